//! Proper names: the recogniser's entities with their edges cleaned.
//!
//! Does not decide who is who.

use super::LONGEST;
use super::draft::{Draft, Drafts};
use crate::Context;
use tolmach_document::{EntityKind, EntityLabel, Form, Iob, Parsed, RuleId, TokenRange};

const RECOGNISER: RuleId = RuleId("entity.recogniser");

/// Pushes every name of the document.
pub(crate) fn find(ctx: Context<'_>, drafts: &mut Drafts) {
    let parsed = ctx.parsed;
    let mut start = 0;
    while start < parsed.len() {
        let Iob::Begin(label) = parsed.entity(start) else {
            start += 1;
            continue;
        };
        let mut end = start + 1;
        while end < parsed.len() && matches!(parsed.entity(end), Iob::In(_)) {
            end += 1;
        }
        if let Some(kind) = kind_of(label) {
            push(parsed, drafts, clean(parsed, TokenRange::new(start, end)), kind);
        }
        start = end;
    }
}

fn push(parsed: Parsed<'_>, drafts: &mut Drafts, tokens: TokenRange, kind: EntityKind) {
    let named = tokens.iter().any(|t| parsed.word(t).chars().any(char::is_uppercase));
    if named && !tokens.is_empty() && tokens.len() <= LONGEST {
        let head = head_of(parsed, tokens);
        drafts.push(Draft { tokens, head, kind, form: Form::Name, rule: RECOGNISER, rank: 5 });
    }
}

/// The token of `tokens` that the others hang on.
pub(crate) fn head_of(parsed: Parsed<'_>, tokens: TokenRange) -> usize {
    let top = tokens.iter().find(|t| parsed.is_root(*t) || !tokens.holds(parsed.head(*t)));
    top.unwrap_or(tokens.end - 1)
}

/// Without article, blank tokens, quotation marks and possessive endings at the edges; cut at line ends.
fn clean(parsed: Parsed<'_>, tokens: TokenRange) -> TokenRange {
    let mut start = tokens.start;
    while start < tokens.end && is_edge(parsed, start) {
        start += 1;
    }
    let line = (start..tokens.end).find(|t| parsed.word(*t).contains('\n'));
    let mut end = line.unwrap_or(tokens.end);
    while end > start && is_edge(parsed, end - 1) {
        end -= 1;
    }
    TokenRange::new(start, end.max(start))
}

fn is_edge(parsed: Parsed<'_>, t: usize) -> bool {
    let word = parsed.word(t);
    matches!(word, "the" | "a" | "an" | "'s" | "’s" | "'" | "’")
        || word
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '«' | '»' | ',' | '*'))
}

fn kind_of(label: EntityLabel) -> Option<EntityKind> {
    use EntityKind as K;
    use EntityLabel as L;
    Some(match label {
        L::Person => K::Person,
        L::Org => K::Org,
        L::Gpe => K::Gpe,
        L::Loc => K::Loc,
        L::Norp => K::Norp,
        L::Fac => K::Fac,
        L::Event => K::Event,
        L::Law => K::Law,
        L::Product => K::Product,
        L::WorkOfArt => K::WorkOfArt,
        L::Language => K::Language,
        _ => return None,
    })
}
