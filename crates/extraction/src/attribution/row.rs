//! From a reading in tokens to a row of the layer: kind, lemma, stance, certainty, source entity.
//!
//! Looks at one reading at a time; what rows do to one another is `relation`'s business.

use super::atoms;
use super::channel;
use super::grammar;
use super::nest::Nested;
use super::view::View;
use crate::{Context, entity, time};
use tolmach_document::{
    Attribution, AttributionKind, Certainty, Dep, Extraction, Id, Pos, Score, Source, Stance, TokenRange,
};
use tolmach_lexicon::reporting::{Cue, Frame};

/// The row of one reading; parents are ids of the same list.
pub(super) fn row(ctx: Context<'_>, view: View<'_>, so_far: &Extraction, nested: &Nested) -> Attribution {
    let p = ctx.parsed;
    let reading = &nested.reading;
    let ranges = |tokens: &[TokenRange]| tokens.iter().map(|r| p.span(*r)).collect::<Vec<_>>();
    let cue = cue_entry(ctx, reading.head);
    let source = (!reading.source.is_empty()).then(|| Source {
        ranges: ranges(&reading.source),
        entity: source_entity(ctx, so_far, &reading.source),
    });
    Attribution {
        kind: kind(view, &reading.content),
        source,
        cue: ranges(&reading.cue),
        cue_lemma: lemma(ctx, reading.head),
        content: ranges(&reading.content),
        stance: stance(ctx, reading.head, cue),
        parent: nested.parent.map(Id::new),
        channel: channel(ctx, so_far, reading.head),
        denies: Vec::new(),
        supports: Vec::new(),
        time: time::of_clause(p, &so_far.times, reading.head),
        place: None,
        certainty: certainty(ctx, reading.head, cue),
        rule: reading.rule,
        score: Score(1.0 / (1.0 + (-reading.score).exp())),
    }
}

fn source_entity(
    ctx: Context<'_>,
    so_far: &Extraction,
    source: &[TokenRange],
) -> Option<tolmach_document::EntityId> {
    source.iter().find_map(|r| entity::of_range(ctx.parsed, &so_far.mentions, ctx.parsed.span(*r)))
}

/// The medium's entity: an outlet that is told, or one in or through which it is said.
fn channel(ctx: Context<'_>, so_far: &Extraction, head: usize) -> Option<tolmach_document::EntityId> {
    channel::hearer(ctx, so_far, head)
        .and_then(|t| channel::entity_at(ctx, so_far, t))
        .or_else(|| channel::of(ctx, head, None).and_then(|medium| channel::entity(ctx, so_far, medium)))
}

/// Direct when at least nine words in ten stand in quotation marks, indirect when fewer than one does.
fn kind(view: View<'_>, content: &[TokenRange]) -> AttributionKind {
    let words = || content.iter().flat_map(|r| r.iter()).filter(|t| grammar::is_word(view.p, *t));
    let quoted = words().filter(|t| view.quotes.around(*t).is_some()).count();
    match (quoted * 10, words().count()) {
        (quoted, all) if quoted >= all * 9 => AttributionKind::Direct,
        (quoted, all) if quoted < all => AttributionKind::Indirect,
        _ => AttributionKind::Mixed,
    }
}

fn lemma(ctx: Context<'_>, head: usize) -> String {
    let p = ctx.parsed;
    let lemma = ctx.lexicon.reporting.lemma(p.lower(head), p.lemma(head));
    match p.pos(head) {
        Pos::Verb if p.lower(head) == "according" => "according to".to_owned(),
        Pos::Verb => grammar::verb_lemma(p, head, lemma).to_lowercase(),
        Pos::Propn => p.word(head).to_owned(),
        _ => lemma.to_lowercase(),
    }
}

/// The lexicon's entry for a cue: the one whose frame the sentence fills, else the first.
pub(super) fn cue_entry(ctx: Context<'_>, head: usize) -> Option<Cue> {
    let entries = atoms::entries(ctx.parsed, &ctx.lexicon.reporting, head);
    let frames = frames(ctx, head);
    entries.iter().find(|e| frames.iter().any(|f| e.frames.has(*f))).or(entries.first()).copied()
}

/// The frames that the words below `head` fill, most telling first.
fn frames(ctx: Context<'_>, head: usize) -> Vec<Frame> {
    let p = ctx.parsed;
    let mut out = Vec::new();
    for c in p.children(head) {
        let to = p.children(c).any(|m| p.dep(m) == Dep::Aux && p.lower(m) == "to");
        match p.dep(c) {
            Dep::Xcomp | Dep::Ccomp | Dep::Acl if to => out.push(Frame::Infinitive),
            Dep::Xcomp | Dep::Pcomp if p.tag(c) == tolmach_document::Tag::Vbg => out.push(Frame::Ing),
            Dep::Ccomp | Dep::Acl => out.push(Frame::Clause),
            _ => {}
        }
    }
    for c in p.children(head) {
        match (p.dep(c), p.lower(c)) {
            (Dep::Prep, "for") => out.push(Frame::For),
            (Dep::Prep, "about" | "of" | "on") => out.push(Frame::About),
            (Dep::Dobj, _) => out.push(Frame::Object),
            _ => {}
        }
    }
    out
}

fn stance(ctx: Context<'_>, head: usize, cue: Option<Cue>) -> Stance {
    let stance = cue.map_or(Stance::Assert, |c| c.stance);
    match (stance, is_negated(ctx, head)) {
        (Stance::Deny | Stance::Doubt, true) => Stance::Assert,
        (stance, _) => stance,
    }
}

/// Whether the cue itself is negated: "did not say".
pub(super) fn is_negated(ctx: Context<'_>, head: usize) -> bool {
    ctx.parsed.children(head).any(|c| ctx.parsed.dep(c) == Dep::Neg)
}

fn certainty(ctx: Context<'_>, head: usize, cue: Option<Cue>) -> Certainty {
    let word = cue.map_or(Certainty::Unknown, |c| c.certainty);
    if is_negated(ctx, head) && word != Certainty::Certain { Certainty::Unknown } else { word }
}
