//! What stands around a person's name: titles before it, and what they tell of country and sector.
//!
//! "retired pro-Putin general-turned-MP Andrei Gurulev": the title is everything up to the name.

use super::draft::Drafts;
use super::scan::Scan;
use crate::Context;
use tolmach_document::{EntityKind, EntityLabel, Parsed, Pos, Tag, TokenRange};
use tolmach_lexicon::actor::Gender;

/// How far left of a name its title may begin.
const REACH: usize = 10;

/// Fills title, country, sectors and gender of every person's name.
pub(crate) fn titles(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts) {
    for draft in drafts.list.iter_mut().filter(|d| d.kind == EntityKind::Person && d.is_name()) {
        if let Some(window) = title(ctx, scan, draft.tokens.start) {
            let text = ctx.parsed.text_of(window);
            draft.sectors = ctx.lexicon.actor.sectors_of(text);
            draft.country = draft.country.take().or_else(|| scan.country_in(&ctx.lexicon.actor, window));
            draft.gender = draft.gender.or_else(|| gender_of_title(text));
            draft.title = Some(text.to_owned()).filter(|_| !honorific(ctx, scan, draft.tokens.start, window));
        }
        if draft.gender.is_none() && draft.tokens.len() > 1 {
            draft.gender = ctx.lexicon.actor.given_name(ctx.parsed.lower(draft.tokens.start)).flatten();
        }
    }
}

/// "Mr." is no role.
fn honorific(ctx: Context<'_>, scan: &Scan, name: usize, window: TokenRange) -> bool {
    let role = scan.role_before(name);
    role.is_some_and(|(role, use_)| role == window && ctx.lexicon.actor.role(use_.role).honorific)
}

/// The words of the title before the name that starts at token `name`.
pub(crate) fn title(ctx: Context<'_>, scan: &Scan, name: usize) -> Option<TokenRange> {
    let (role, use_) = scan.role_before(name)?;
    if use_.plural || !ctx.lexicon.actor.role(use_.role).title {
        return None;
    }
    let parsed = ctx.parsed;
    let floor = parsed.sentence(name).tokens.start.max(name.saturating_sub(REACH));
    let mut start = role.start;
    while start > floor && belongs(parsed, start - 1) {
        start -= 1;
    }
    while start < role.start && !super::shape::lettered(parsed.word(start)) {
        start += 1;
    }
    Some(TokenRange::new(start, name))
}

/// Whether a word may stand inside a title: not an article, not a verb, not a date.
fn belongs(parsed: Parsed<'_>, t: usize) -> bool {
    let dated = matches!(
        parsed.entity(t).label(),
        Some(EntityLabel::Date | EntityLabel::Time | EntityLabel::Cardinal)
    );
    let word = matches!(parsed.pos(t), Pos::Noun | Pos::Propn | Pos::Adj)
        || matches!(parsed.tag(t), Tag::Pos | Tag::Afx | Tag::Vbn);
    let tight = parsed.word(t) == "-";
    (word || tight) && !dated && !parsed.word(t).contains('\n')
}

fn gender_of_title(title: &str) -> Option<Gender> {
    let lower = title.to_lowercase();
    let ends = |words: &[&str]| words.iter().any(|word| lower.ends_with(word));
    if ends(&[
        "mr.",
        "mr",
        "sir",
        "king",
        "prince",
        "chairman",
        "spokesman",
        "congressman",
        "lord",
        "father",
        "brother",
    ]) {
        Some(Gender::Male)
    } else if ends(&[
        "mrs.", "mrs", "ms.", "ms", "miss", "queen", "princess", "woman", "lady", "dame", "sister", "actress",
    ]) {
        Some(Gender::Female)
    } else {
        None
    }
}
