//! Organs of states: "Russia's foreign ministry", "the Ministry of Defense of Kazakhstan", "Kazakh authorities".
//!
//! With a country in their words they are names; without one they are nominals, linked later.

use super::draft::{Draft, Drafts};
use super::scan::{Scan, country_of};
use super::shape;
use crate::Context;
use tolmach_document::{Dep, EntityKind, Form, Parsed, Pos, RuleId, TokenRange};
use tolmach_lexicon::actor::Known;

const ORGAN: RuleId = RuleId("entity.organ-of-state");
const BARE: RuleId = RuleId("entity.organ");

/// Organs whose country stands in their own words.
pub(crate) fn names(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts) {
    for (tokens, id) in scan.institutions.iter().filter(|(tokens, _)| is_noun(ctx.parsed, *tokens)) {
        if !ctx.lexicon.actor.institution(*id).group
            && let Some((whole, country)) = with_country(ctx, scan, *tokens)
        {
            drafts.push(Draft { country: Some(country), rank: 0, ..draft(ctx, *tokens, *id, whole) });
        }
    }
}

/// Organs without a country and groups with one ("Kazakh authorities"), outside all names.
pub(crate) fn nominals(ctx: Context<'_>, scan: &Scan, covered: &[bool]) -> Vec<Draft> {
    let mut out = Vec::new();
    for (tokens, id) in scan.institutions.iter().filter(|(tokens, _)| is_noun(ctx.parsed, *tokens)) {
        if tokens.iter().all(|t| covered[t]) {
            continue;
        }
        let group = ctx.lexicon.actor.institution(*id).group;
        let found = if group { with_country(ctx, scan, *tokens) } else { None };
        let bare = TokenRange::new(phrase_start(ctx.parsed, *tokens), tokens.end);
        let (whole, country, rule) = match found {
            Some((whole, country)) => (whole, Some(country), ORGAN),
            None => (bare, None, BARE),
        };
        out.push(Draft { form: Form::Nominal, country, rule, ..draft(ctx, *tokens, *id, whole) });
    }
    out
}

fn draft(ctx: Context<'_>, tokens: TokenRange, id: usize, whole: TokenRange) -> Draft {
    let institution = ctx.lexicon.actor.institution(id);
    let kind = if institution.group { EntityKind::Group } else { EntityKind::Org };
    let mut out = Draft::new(whole, shape::head_of(ctx.parsed, tokens), kind, Form::Name, ORGAN);
    out.institution = Some(id);
    out.sectors = institution.sectors.iter().map(|s| (*s).to_owned()).collect();
    out.plural = institution.group;
    out
}

/// Not "police raids", not "to police".
fn is_noun(parsed: Parsed<'_>, tokens: TokenRange) -> bool {
    let head = shape::head_of(parsed, tokens);
    let inside = parsed.dep(head) == Dep::Compound && parsed.head(head) >= tokens.end;
    parsed.pos(head).is_nominal() && !inside || parsed.pos(tokens.end - 1) == Pos::Propn && !inside
}

/// Where the words before the noun begin that belong to it.
pub(crate) fn phrase_start(parsed: Parsed<'_>, tokens: TokenRange) -> usize {
    let head = shape::head_of(parsed, tokens);
    let fits = |dep| {
        matches!(
            dep,
            Dep::Det
                | Dep::Amod
                | Dep::Compound
                | Dep::Poss
                | Dep::Nummod
                | Dep::Nmod
                | Dep::Predet
                | Dep::Quantmod
        )
    };
    let left = parsed.children(head).filter(|c| *c < tokens.start && fits(parsed.dep(*c)));
    let start = left.map(|c| parsed.subtree(c).start).min().unwrap_or(tokens.start).min(tokens.start);
    // Bounded, and never over a line end.
    let start = start.max(tokens.end.saturating_sub(super::LONGEST));
    (start..tokens.start).rev().find(|t| parsed.word(*t).contains('\n')).map_or(start, |line| line + 1)
}

/// The words from the country to the organ, or on to the country after it.
fn with_country(ctx: Context<'_>, scan: &Scan, tokens: TokenRange) -> Option<(TokenRange, String)> {
    let parsed = ctx.parsed;
    let start = phrase_start(parsed, tokens);
    let registry = &ctx.lexicon.actor;
    // "the Biden administration" is that of his country.
    let of_person = |at: TokenRange, known: &Known| {
        let person = registry.actor(known.actor);
        (person.kind == EntityKind::Person && at.end == tokens.start)
            .then(|| person.country.clone())
            .flatten()
    };
    let before = (start..tokens.start).find_map(|t| {
        let (at, meanings) = scan.known_from(t)?;
        Some((at.start, country_of(registry, meanings).or_else(|| of_person(*at, &meanings[0]))?))
    });
    let after = after(ctx, scan, tokens.end);
    match (before, after) {
        (Some((at, country)), _) => Some((TokenRange::new(at, tokens.end), country)),
        (None, Some((end, country))) => Some((TokenRange::new(tokens.start, end), country)),
        _ => None,
    }
}

/// "… of the Russian Federation", and for an embassy also where it is: "… to the USA".
fn after(ctx: Context<'_>, scan: &Scan, end: usize) -> Option<(usize, String)> {
    let parsed = ctx.parsed;
    let mut found: Option<(usize, String)> = None;
    let mut at = end;
    while at + 1 < parsed.len() && matches!(parsed.lower(at), "of" | "in" | "to") {
        let (word, wanted) = (parsed.lower(at), found.is_none());
        if (wanted && word != "of" && word != "in") || (!wanted && word == "of") {
            break;
        }
        let name = if parsed.lower(at + 1) == "the" { at + 2 } else { at + 1 };
        let Some((range, meanings)) = scan.known_from(name) else { break };
        let Some(country) = country_of(&ctx.lexicon.actor, meanings) else { break };
        at = range.end;
        found = Some((at, found.map_or(country, |(_, first)| first)));
        // "officials in Kazakhstan" stays, "the army in Syria" is somebody's there: only `of` may be followed by more.
        if word != "of" {
            break;
        }
    }
    found
}
