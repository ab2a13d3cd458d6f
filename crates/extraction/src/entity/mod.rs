//! Mentions and the entities they refer to inside one document, and the questions other layers ask of them.
//!
//! Names, nominals and pronouns are found first, then joined by sieves from precise to loose; each mention
//! keeps the id of the rule that found or joined it. Nothing here looks at another document.

mod build;
mod draft;
mod name;
mod nominal;
mod organ;
mod person;
mod pronoun;
mod refer;
mod scan;
mod shape;
mod sieve;

use crate::Context;
use draft::Drafts;
use tolmach_document::{
    Entity, EntityId, EntityKind, Form, Id, Mention, Parsed, Region, RegionKind, Table, TextRange, TokenRange,
};

/// No mention is longer than this many tokens, so that look-ups need not walk far back.
pub const LONGEST: usize = 24;

/// Mentions sorted by range, entities in order of first mention.
pub fn find(ctx: Context<'_>, regions: &[Region]) -> (Table<Mention>, Table<Entity>) {
    let mut drafts = Drafts::default();
    let scan = scan::Scan::new(ctx);
    name::find(ctx, &scan, &mut drafts);
    person::titles(ctx, &scan, &mut drafts);
    nominal::find(ctx, &scan, &mut drafts);
    pronoun::find(ctx, &mut drafts);
    drop_furniture(ctx.parsed, regions, &mut drafts);
    sieve::names(ctx, &mut drafts);
    refer::nominals(ctx, &mut drafts);
    pronoun::resolve(ctx, &mut drafts);
    build::tables(ctx, &drafts)
}

/// What stands in a comment form or a "read more" line is not the report's.
fn drop_furniture(parsed: Parsed<'_>, regions: &[Region], drafts: &mut Drafts) {
    let mut furniture: Vec<TextRange> =
        regions.iter().filter(|r| r.kind == RegionKind::Boilerplate).map(|r| r.range).collect();
    furniture.sort();
    let stands_in = |range: TextRange| {
        let at = furniture.partition_point(|f| f.start() < range.end());
        at > 0 && furniture[at - 1].overlaps(range)
    };
    if !furniture.is_empty() {
        drafts.list.retain(|d| !stands_in(parsed.span(d.tokens)));
        drafts.order();
    }
}

/// The titles that stand right before persons' names, with the names.
pub(crate) fn titles(ctx: Context<'_>, mentions: &Table<Mention>) -> Vec<(Id<Mention>, TokenRange)> {
    let scan = scan::Scan::new(ctx);
    let names = mentions.iter_ids().filter(|(_, m)| m.form == Form::Name && m.kind == EntityKind::Person);
    names
        .filter_map(|(id, m)| Some((id, person::title(ctx, &scan, ctx.parsed.token_at(m.range.start()))?)))
        .collect()
}

/// Whether token `t` holds a letter or a digit.
pub(crate) fn is_word(parsed: Parsed<'_>, t: usize) -> bool {
    shape::lettered(parsed.word(t))
}

/// The smallest mention that contains `range`.
#[must_use]
pub fn mention_covering(mentions: &Table<Mention>, range: TextRange) -> Option<Id<Mention>> {
    near(mentions, range)
        .filter(|id| mentions[*id].range.contains(range))
        .min_by_key(|id| mentions[*id].range.len())
}

/// The mention whose head is token `t`; the longest, where several are.
#[must_use]
pub fn of_token(parsed: Parsed<'_>, mentions: &Table<Mention>, t: usize) -> Option<Id<Mention>> {
    near(mentions, parsed.range(t))
        .filter(|id| mentions[*id].head == t)
        .max_by_key(|id| mentions[*id].range.len())
}

/// The mention that heads the words of `range`: of "Russian Deputy Gurulev, a general", that of "Gurulev".
#[must_use]
pub fn heading(parsed: Parsed<'_>, mentions: &Table<Mention>, range: TextRange) -> Option<Id<Mention>> {
    let tokens = parsed.tokens_in(range);
    let top = tokens.iter().find(|t| !tokens.holds(parsed.head(*t)) || parsed.is_root(*t))?;
    of_token(parsed, mentions, top)
        .or_else(|| mention_covering(mentions, parsed.range(top)))
        .or_else(|| mention_covering(mentions, range))
}

/// The entity that the words of `range` refer to: that of the mention that heads them.
#[must_use]
pub fn of_range(parsed: Parsed<'_>, mentions: &Table<Mention>, range: TextRange) -> Option<EntityId> {
    heading(parsed, mentions, range).map(|id| mentions[id].entity)
}

/// Mentions that lie inside `range`, in order.
pub(crate) fn within(mentions: &Table<Mention>, range: TextRange) -> impl Iterator<Item = &Mention> {
    let from = partition(mentions, |m| m.range.start() < range.start());
    let after = (from..mentions.len()).map(|at| &mentions[Id::new(at)]);
    after.take_while(move |m| m.range.start() < range.end()).filter(move |m| range.contains(m.range))
}

/// Mentions that may contain the start of `range`: a bounded walk back from it.
fn near(mentions: &Table<Mention>, range: TextRange) -> impl Iterator<Item = Id<Mention>> {
    let after = partition(mentions, |m| m.range.start() <= range.start());
    (after.saturating_sub(2 * LONGEST)..after).rev().map(Id::new)
}

fn partition(mentions: &Table<Mention>, before: impl Fn(&Mention) -> bool) -> usize {
    let (mut low, mut high) = (0, mentions.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(&mentions[Id::new(middle)]) { low = middle + 1 } else { high = middle }
    }
    low
}
