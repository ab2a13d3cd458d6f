//! Outlets and authors between the report and the speaker: "in an interview to …", "in an article by …", "of the
//! daily …".
//!
//! Each becomes a reading of its own whose content holds the speaker's, so that the chain names who carries the words.
//! An outlet that the text only mentions is left alone.

use super::channel::{self, Medium};
use super::grammar;
use super::learned::Reading;
use super::view::View;
use crate::Context;
use tolmach_document::{Dep, Extraction, Parsed, Pos, RuleId, TokenRange};

const INTERVIEW: RuleId = RuleId("attr.interview-with");
const ARTICLE: RuleId = RuleId("attr.article-by");
const STAFF: RuleId = RuleId("attr.speaker-of-outlet");

/// Whether a reading only hands on what its child says.
#[must_use]
pub fn is_hop(reading: &Reading) -> bool {
    [INTERVIEW, ARTICLE, STAFF].contains(&reading.rule)
}

/// The readings with the hops between them.
#[must_use]
pub fn add(
    ctx: Context<'_>,
    view: View<'_>,
    so_far: &Extraction,
    mut readings: Vec<Reading>,
) -> Vec<Reading> {
    let mut hops: Vec<Reading> = Vec::new();
    for reading in &mut readings {
        let medium = channel::of(ctx, reading.head, None);
        let hop =
            medium.and_then(|m| interview(ctx, so_far, reading, m)).or_else(|| staff(ctx, so_far, reading));
        hops.extend(hop);
        hops.extend(author(ctx, view, reading));
    }
    let taken = |hop: &Reading| readings.iter().any(|r| r.head == hop.head);
    hops.retain(|hop| !taken(hop));
    hops.sort_by_key(|hop| hop.head);
    hops.dedup_by(|later, earlier| {
        let same = later.head == earlier.head;
        if same {
            earlier.recontent(view, &later.content, &[]);
        }
        same
    });
    readings.extend(hops);
    readings
}

/// "In an interview to FRANCE 24, the minister said …": FRANCE 24 carries what the minister said.
fn interview(ctx: Context<'_>, so_far: &Extraction, reading: &Reading, medium: Medium) -> Option<Reading> {
    let p = ctx.parsed;
    let outlet = medium.outlet?;
    let publishes = channel::entity_at(ctx, so_far, outlet).is_some_and(|id| channel::is_outlet(so_far, id));
    let broadcast =
        ctx.lexicon.reporting.media.medium(p.lower(medium.noun)).is_some_and(|m| m.kind == "interview");
    (publishes || broadcast).then(|| {
        let source = grammar::noun_phrase(p, outlet);
        hop(p, INTERVIEW, medium.noun, medium.words(p), source, reading)
    })
}

/// "a columnist of BirGün said …": the outlet carries its own people.
fn staff(ctx: Context<'_>, so_far: &Extraction, reading: &Reading) -> Option<Reading> {
    let p = ctx.parsed;
    let source = *reading.source.first()?;
    let link = source
        .iter()
        .find(|t| p.dep(*t) == Dep::Prep && matches!(p.lower(*t), "of" | "from" | "at" | "for" | "with"))?;
    let outlet = p.child(link, Dep::Pobj).filter(|o| p.pos(*o) == Pos::Propn && source.holds(*o))?;
    let publishes = channel::entity_at(ctx, so_far, outlet).is_some_and(|id| channel::is_outlet(so_far, id));
    let name = TokenRange::new(p.subtree(outlet).start, outlet + 1);
    publishes.then(|| hop(p, STAFF, link, TokenRange::new(link, link + 1), name, reading))
}

fn hop(
    p: Parsed<'_>,
    rule: RuleId,
    head: usize,
    cue: TokenRange,
    source: TokenRange,
    inner: &Reading,
) -> Reading {
    let mut whole: Vec<TokenRange> =
        inner.source.iter().chain(&inner.cue).chain(&inner.content).copied().collect();
    whole.sort();
    let start = whole.first().map_or(inner.head, |r| r.start);
    let end = whole.iter().map(|r| r.end).max().unwrap_or(inner.head + 1);
    Reading {
        head,
        score: inner.score,
        rule,
        level: inner.level,
        holder: None,
        cue: vec![cue],
        source: vec![source],
        content: grammar::without(p, TokenRange::new(start, end), &[cue, source]),
    }
}

/// "Eadaily, in an article by A. Hakobyan, said: “…”": between the outlet and its words stands the author.
fn author(ctx: Context<'_>, view: View<'_>, reading: &Reading) -> Option<Reading> {
    let p = ctx.parsed;
    let source = reading.source.first()?;
    let (from, to) = (source.end, reading.head);
    if from >= to || to - from > 60 {
        return None;
    }
    let by = (from..to).find(|t| {
        p.lower(*t) == "by"
            && view.quotes.around(*t) == view.quotes.around(reading.head)
            && (from..*t).rev().take(3).any(|n| is_article(ctx, n))
    })?;
    let noun = (from..by).rev().find(|n| is_article(ctx, *n))?;
    let name = p.child(by, Dep::Pobj).or(Some(by + 1).filter(|t| p.pos(*t) == Pos::Propn))?;
    let mut end = name + 1;
    while end < to && (p.pos(end) == Pos::Propn || is_bracketed_name(p, end)) {
        end += 1;
    }
    let start = (by + 1..=name).find(|t| p.pos(*t) == Pos::Propn)?;
    Some(Reading {
        head: noun,
        score: reading.score,
        rule: ARTICLE,
        level: reading.level,
        holder: Some(reading.head),
        cue: vec![TokenRange::new(noun, by + 1)],
        source: vec![TokenRange::new(start, end)],
        content: reading.content.clone(),
    })
}

fn is_article(ctx: Context<'_>, t: usize) -> bool {
    let p = ctx.parsed;
    p.pos(t) == Pos::Noun
        && ctx.lexicon.reporting.media.medium(p.lower(t)).is_some_and(|m| m.kind == "article")
}

/// "(Urumov)" after a name.
fn is_bracketed_name(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.word(t), "(" | ")") && (t.saturating_sub(2)..(t + 3).min(p.len())).any(|n| p.word(n) == ")")
}
