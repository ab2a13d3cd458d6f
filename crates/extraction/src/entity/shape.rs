//! The shape of names: where one begins and ends, what its words tell of its kind.
//!
//! Looks at a name's own words and its next neighbours only.

use super::scan::Scan;
use crate::Context;
use tolmach_document::{Dep, EntityKind, Parsed, Pos, TokenRange};
use tolmach_lexicon::actor::Use;

/// The token of `tokens` that the others hang on.
pub(crate) fn head_of(parsed: Parsed<'_>, tokens: TokenRange) -> usize {
    let top = tokens.iter().find(|t| parsed.is_root(*t) || !tokens.holds(parsed.head(*t)));
    top.unwrap_or(tokens.end - 1)
}

/// Without article, blank tokens, quotation marks and possessive endings at the edges; cut at line ends.
pub(crate) fn clean(parsed: Parsed<'_>, tokens: TokenRange) -> TokenRange {
    let mut start = tokens.start;
    while start < tokens.end && (is_edge(parsed.word(start)) || is_prefix(parsed, start)) {
        start += 1;
    }
    let line = (start..tokens.end).find(|t| parsed.word(*t).contains('\n'));
    let mut end = line.unwrap_or(tokens.end);
    while end > start && is_edge(parsed.word(end - 1)) {
        end -= 1;
    }
    TokenRange::new(start, end.max(start))
}

fn is_edge(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "The"
            | "A"
            | "An"
            | "Near"
            | "In"
            | "At"
            | "From"
            | "On"
            | "For"
            | "'s"
            | "’s"
            | "n't"
            | "n’t"
    ) || !lettered(word)
}

/// "pro" of "pro-Putin": who is named is Putin.
fn is_prefix(parsed: Parsed<'_>, t: usize) -> bool {
    let hyphen = t + 1 < parsed.len() && parsed.word(t + 1) == "-";
    hyphen && matches!(parsed.lower(t), "pro" | "anti" | "post" | "non" | "ex" | "neo" | "mid" | "pre")
}

/// Whether `word` holds a letter or a digit.
pub(crate) fn lettered(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// "Kazakh President Tokayev" without "Kazakh President", and whether a title was there, so that a person is named.
pub(crate) fn without_title(ctx: Context<'_>, scan: &Scan, tokens: TokenRange) -> (TokenRange, bool) {
    let start = tokens.iter().rev().find_map(|t| {
        let (role, use_) = scan.role_before(t)?;
        let title = ctx.lexicon.actor.role(use_.role).title && !use_.plural && role.start >= tokens.start;
        (title && t < tokens.end).then_some(t)
    });
    match start {
        Some(start) if capital(ctx.parsed, start) && !is_organ(ctx, tokens) => {
            (TokenRange::new(start, tokens.end), true)
        }
        _ => {
            let titled = tokens.len() < 4 && title_before(ctx, scan, tokens);
            (tokens, titled)
        }
    }
}

/// Whether a title stands right before: "General" of "General | Suvorov".
fn title_before(ctx: Context<'_>, scan: &Scan, tokens: TokenRange) -> bool {
    scan.role_before(tokens.start).is_some_and(|(role, use_)| {
        let role_word = ctx.lexicon.actor.role(use_.role);
        let own_line =
            !ctx.parsed.text[ctx.parsed.span(TokenRange::new(role.start, tokens.end))].contains('\n');
        role_word.title
            && !use_.plural
            && own_line
            && capital(ctx.parsed, tokens.start)
            && !is_organ(ctx, tokens)
    })
}

/// Whether the last word says that no person is named ("Foreign Minister Council").
fn is_organ(ctx: Context<'_>, tokens: TokenRange) -> bool {
    ctx.lexicon.actor.last_words.contains_key(ctx.parsed.lower(tokens.end - 1))
}

fn capital(parsed: Parsed<'_>, t: usize) -> bool {
    parsed.word(t).chars().next().is_some_and(char::is_uppercase)
}

/// Whether something is named at all: a capital or a site, not a bare title, not "pro-Putin", not punctuation.
pub(crate) fn is_name(ctx: Context<'_>, scan: &Scan, tokens: TokenRange) -> bool {
    let parsed = ctx.parsed;
    if tokens.is_empty() || !tokens.iter().any(|t| parsed.word(t).chars().any(char::is_uppercase)) {
        return false;
    }
    let first = parsed.lower(tokens.start);
    let prefixed =
        ["pro-", "anti-", "post-", "non-", "ex-", "neo-", "mid-"].iter().any(|p| first.starts_with(p));
    let letters = parsed.text_of(tokens).chars().filter(|c| c.is_alphabetic()).count();
    let common = tokens.len() == 1 && ctx.lexicon.actor.not_names.contains(first);
    !scan.is_common(tokens) && !common && !(prefixed && tokens.len() == 1) && letters > 1
}

/// What the words of a name tell: "… River", "Ministry of …", a given name in front.
pub(crate) fn kind_by_words(ctx: Context<'_>, scan: &Scan, tokens: TokenRange) -> Option<EntityKind> {
    let (parsed, registry) = (ctx.parsed, &ctx.lexicon.actor);
    if let Some(kind) = kind_by_next(ctx, tokens) {
        return Some(kind);
    }
    if tokens.len() < 2 {
        return None;
    }
    let first = registry.first_words.get(parsed.lower(tokens.start));
    let by_of =
        registry.of_words.get(parsed.lower(tokens.start)).filter(|_| parsed.lower(tokens.start + 1) == "of");
    let of = tokens.iter().skip(1).find(|t| parsed.lower(*t) == "of");
    let last = of.map_or(tokens.end - 1, |of| of - 1);
    let by_last = registry.last_words.get(parsed.lower(last)).filter(|_| last > tokens.start);
    let given = registry.given_name(parsed.lower(tokens.start)).is_some()
        && tokens.len() < 5
        && tokens.iter().all(|t| matches!(parsed.pos(t), Pos::Propn | Pos::Punct))
        && !scan.known_from(tokens.start).is_some_and(|(_, m)| m.iter().any(|k| k.by == Use::Name));
    first.or(by_of).or(by_last).copied().or(given.then_some(EntityKind::Person))
}

/// "the Azov region", "the 'Vremya Pokazhet' program": the noun right after a name that hangs on it.
fn kind_by_next(ctx: Context<'_>, tokens: TokenRange) -> Option<EntityKind> {
    let parsed = ctx.parsed;
    let next = (tokens.end..parsed.len().min(tokens.end + 2)).find(|t| lettered(parsed.word(*t)))?;
    let hangs = parsed.head(head_of(parsed, tokens)) == next;
    ctx.lexicon.actor.next_words.get(parsed.lower(next)).copied().filter(|_| hangs)
}

/// What a name's place in the sentence tells, where its words tell nothing.
pub(crate) fn kind_by_place(ctx: Context<'_>, tokens: TokenRange) -> EntityKind {
    let parsed = ctx.parsed;
    let head = head_of(parsed, tokens);
    let over = parsed.head(head);
    let where_ = parsed.dep(head) == Dep::Pobj
        && matches!(parsed.lower(over), "in" | "at" | "near" | "across" | "outside");
    let acts = parsed.dep(head) == Dep::Nsubj && (2..4).contains(&tokens.len());
    match (where_, acts) {
        (true, _) => EntityKind::Gpe,
        (_, true) => EntityKind::Person,
        _ => EntityKind::Org,
    }
}

/// What may stand inside a name between two capitals.
pub(crate) fn joins(parsed: Parsed<'_>, t: usize) -> bool {
    let next = t + 1 < parsed.len() && parsed.pos(t + 1) == Pos::Propn && capital(parsed, t + 1);
    let tight = t > 0 && !parsed.analysis.tokens[t - 1].blank_after && !parsed.analysis.tokens[t].blank_after;
    next && ((tight && matches!(parsed.word(t), "-" | "–" | "'" | "’"))
        || matches!(parsed.word(t), "al" | "bin" | "von" | "de" | "van"))
}

/// A lower-case address such as `censor.net`, without user or path.
pub(crate) fn is_site(ctx: Context<'_>, word: &str) -> bool {
    let mut parts = word.rsplit('.');
    let top = parts.next().unwrap_or("");
    let good = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let host = parts.clone().count() > 0 && parts.all(good);
    host && word.len() > top.len() + 3 && ctx.lexicon.actor.domains.contains(top)
}

/// Whether the sentence of token `t` is a headline: most of its longer words have capitals.
pub(crate) fn in_heading(parsed: Parsed<'_>, t: usize) -> bool {
    let words = parsed
        .sentence(t)
        .tokens
        .iter()
        .filter(|t| parsed.word(*t).chars().count() > 3 && lettered(parsed.word(*t)));
    let (mut all, mut small) = (0, 0);
    words.for_each(|t| {
        all += 1;
        small += usize::from(!capital(parsed, t));
    });
    all > 2 && small * 5 < all
}
