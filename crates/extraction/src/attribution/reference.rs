//! Words that take up what somebody said: "this statement", "such claims", "the minister's remark".
//!
//! Recognises them and whom they name; which attribution they mean is `relation`'s business.

use super::grammar;
use super::learned::Reading;
use crate::Context;
use tolmach_document::{Dep, Parsed, Pos, TokenRange};

/// Words that take up what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The saying noun, or the pronoun.
    pub noun: usize,
    /// The token that stands for it in its clause: the noun, or what counts it ("kind of claims").
    pub top: usize,
    /// Whose saying, if the words tell.
    pub speaker: Option<usize>,
    /// Whether it takes up a denial.
    pub denial: bool,
    /// A pronoun alone: "described that all as a fake".
    pub bare: bool,
    /// What was said stands in its own clause: "reports that the bridge fell".
    pub told: bool,
}

/// References in what a reading says.
#[must_use]
pub fn within(ctx: Context<'_>, reading: &Reading) -> Vec<Reference> {
    let mut out: Vec<Reference> =
        reading.content.iter().flat_map(|r| r.iter()).filter_map(|t| of(ctx, t)).collect();
    let first = reading.content.first().map_or(0, |r| r.start);
    let p = ctx.parsed;
    let bare = (first..(first + 3).min(p.len())).find(|t| {
        reading.says(*t)
            && matches!(p.pos(*t), Pos::Pron | Pos::Det)
            && ctx.lexicon.reporting.references.is_pronoun(p.lower(*t))
            && !p.children(*t).any(|c| p.pos(c).is_nominal())
            && !p.pos(p.head(*t)).is_nominal()
    });
    out.extend(bare.map(|t| Reference {
        noun: t,
        top: t,
        speaker: None,
        denial: false,
        bare: true,
        told: false,
    }));
    out
}

/// References beside the cue: "in respect of such allegations, X said …".
#[must_use]
pub fn beside(ctx: Context<'_>, reading: &Reading) -> Vec<Reference> {
    let p = ctx.parsed;
    let sentence = p.sentence(reading.head).tokens;
    let own = |t: usize| reading.says(t) || reading.source.iter().any(|r| r.holds(t));
    let before = TokenRange::new(sentence.start, reading.head);
    before.iter().filter(|t| !own(*t)).filter_map(|t| of(ctx, t)).collect()
}

fn of(ctx: Context<'_>, top: usize) -> Option<Reference> {
    let p = ctx.parsed;
    if !p.pos(top).is_nominal() && p.pos(top) != Pos::Pron {
        return None;
    }
    let noun = noun(ctx, top)?;
    let clause = p.children(noun).any(|c| matches!(p.dep(c), Dep::Acl | Dep::Ccomp | Dep::Relcl));
    (is_saying(ctx, top) || clause).then(|| Reference {
        noun,
        top,
        speaker: speaker(p, noun),
        denial: ctx.lexicon.reporting.references.is_denial(p.lemma(noun)),
        bare: false,
        told: clause && !is_saying(ctx, top),
    })
}

/// Without a possessive mark at its end: "their commander’s" names "their commander".
#[must_use]
pub fn without_possessive(p: Parsed<'_>, range: TokenRange) -> TokenRange {
    let range = grammar::trim(p, range);
    let cut = range.len() > 1 && matches!(p.word(range.end - 1), "'s" | "’s" | "’" | "'");
    TokenRange::new(range.start, range.end - usize::from(cut))
}

/// Whether noun `t` takes up a saying, by a determiner that points back or a speaker it belongs to.
#[must_use]
pub fn is_saying(ctx: Context<'_>, t: usize) -> bool {
    noun(ctx, t).is_some_and(|noun| {
        points_back(ctx, t) || points_back(ctx, noun) || speaker(ctx.parsed, noun).is_some()
    })
}

/// The saying noun that `t` is or counts ("such kind of claims").
#[must_use]
pub fn noun(ctx: Context<'_>, t: usize) -> Option<usize> {
    let p = ctx.parsed;
    let references = &ctx.lexicon.reporting.references;
    let is = |t: usize| {
        p.pos(t) == Pos::Noun && (references.is_saying(p.lemma(t)) || references.is_denial(p.lemma(t)))
    };
    if is(t) {
        return Some(t);
    }
    let of = p.children(t).find(|c| p.dep(*c) == Dep::Prep && p.lower(*c) == "of")?;
    p.child(of, Dep::Pobj)
        .filter(|o| is(*o) && matches!(p.lemma(t), "kind" | "sort" | "type" | "all" | "any" | "most"))
}

fn points_back(ctx: Context<'_>, t: usize) -> bool {
    let p = ctx.parsed;
    p.children(t).any(|c| {
        matches!(p.dep(c), Dep::Det | Dep::Amod | Dep::Predet)
            && ctx.lexicon.reporting.references.is_determiner(p.lower(c))
    })
}

/// Whose saying it is: "Putin’s claim", "allegations by the officials", "the remarks of the envoy".
#[must_use]
pub fn speaker(p: Parsed<'_>, noun: usize) -> Option<usize> {
    let owner = p.child(noun, Dep::Poss);
    let named = || {
        p.children(noun)
            .filter(|c| p.dep(*c) == Dep::Prep && matches!(p.lower(*c), "by" | "from" | "of"))
            .find_map(|c| p.child(c, Dep::Pobj))
    };
    owner.or_else(named)
}
