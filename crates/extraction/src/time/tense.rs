//! Which way an undated time points: behind or ahead, by its preposition, its verb and words of planning.
//!
//! Looks at the parse only, a bounded number of heads up; the calendar is `anchor`'s business.

use crate::Context;
use tolmach_document::{Dep, Pos, Tag, TokenRange};
use tolmach_lexicon::time::Role;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Over.
    Past,
    /// Now or in general.
    Present,
    /// Ahead.
    Future,
    /// The grammar does not say.
    Unknown,
}

/// Heads looked at before giving up.
const CLIMB: usize = 12;

/// The direction of the time that `tokens` spell.
pub fn lean(ctx: Context<'_>, tokens: TokenRange) -> Lean {
    let parsed = ctx.parsed;
    if let Some(before) = tokens.start.checked_sub(1) {
        let word = ctx.lexicon.time.word(parsed.lower(before));
        if word.is(Role::PastPreposition) {
            return Lean::Past;
        }
        if word.is(Role::FuturePreposition) {
            return Lean::Future;
        }
    }
    let top = tokens.iter().find(|t| parsed.is_root(*t) || !tokens.holds(parsed.head(*t)));
    top.map_or(Lean::Unknown, |top| of_holder(ctx, top))
}

/// Climbs from the time to the verb that governs it.
fn of_holder(ctx: Context<'_>, top: usize) -> Lean {
    let parsed = ctx.parsed;
    let mut at = top;
    let mut nominal = false;
    for _ in 0..CLIMB {
        if parsed.is_root(at) && at != top && !is_verb(ctx, at) {
            return Lean::Unknown;
        }
        if at != top && is_verb(ctx, at) {
            return of_verb(ctx, at, nominal, CLIMB);
        }
        if at != top {
            if plans(ctx, at) {
                return Lean::Future;
            }
            nominal |= parsed.pos(at).is_nominal();
        }
        let up = parsed.head(at);
        if up == at {
            return Lean::Unknown;
        }
        at = up;
    }
    Lean::Unknown
}

fn is_verb(ctx: Context<'_>, t: usize) -> bool {
    matches!(ctx.parsed.pos(t), Pos::Verb | Pos::Aux)
}

fn plans(ctx: Context<'_>, t: usize) -> bool {
    ctx.lexicon.time.word(ctx.parsed.lemma(t)).is(Role::Planning)
}

/// The direction of verb `v`; `nominal`: the time hangs on a noun below it ("plans a meeting Monday").
fn of_verb(ctx: Context<'_>, v: usize, nominal: bool, left: usize) -> Lean {
    let parsed = ctx.parsed;
    if left == 0 {
        return Lean::Unknown;
    }
    let auxiliaries = Auxiliaries::of(ctx, v);
    if auxiliaries.future {
        return if auxiliaries.have && !auxiliaries.will { Lean::Past } else { Lean::Future };
    }
    let above = |lean: Lean| {
        if parsed.is_root(v) { lean } else { of_above(ctx, v, left - 1).unwrap_or(lean) }
    };
    match parsed.tag(v) {
        Tag::Vbd if nominal && plans(ctx, v) => Lean::Future,
        Tag::Vbd => Lean::Past,
        Tag::Vbn if auxiliaries.have => Lean::Past,
        Tag::Vbn if plans(ctx, v) => Lean::Future,
        Tag::Vbn if auxiliaries.past || !auxiliaries.any => Lean::Past,
        Tag::Vbn => Lean::Present,
        Tag::Vb if auxiliaries.past => Lean::Past,
        Tag::Vb => above(Lean::Future),
        Tag::Vbg if auxiliaries.past || auxiliaries.have => Lean::Past,
        Tag::Vbg if auxiliaries.any => Lean::Future,
        Tag::Vbg => above(Lean::Unknown),
        Tag::Vbz | Tag::Vbp if plans(ctx, v) => Lean::Future,
        Tag::Vbz | Tag::Vbp => Lean::Present,
        _ => Lean::Unknown,
    }
}

/// The direction that the clause above gives to an infinitive or participle.
fn of_above(ctx: Context<'_>, v: usize, left: usize) -> Option<Lean> {
    let parsed = ctx.parsed;
    let up = parsed.head(v);
    if plans(ctx, up) {
        return Some(Lean::Future);
    }
    if !is_verb(ctx, up) || parsed.dep(v) == Dep::Ccomp {
        return None;
    }
    // "went to Paris to sign it on Monday": an aim reached, told in the past; "is to sign it" lies ahead.
    let lean = of_verb(ctx, up, false, left);
    (lean == Lean::Past).then_some(lean)
}

/// What stands before a verb.
#[derive(Default)]
struct Auxiliaries {
    any: bool,
    have: bool,
    past: bool,
    future: bool,
    will: bool,
}

impl Auxiliaries {
    fn of(ctx: Context<'_>, v: usize) -> Self {
        let parsed = ctx.parsed;
        let mut out = Self::default();
        for t in parsed.children(v).take(CLIMB) {
            if !matches!(parsed.dep(t), Dep::Aux | Dep::Auxpass) {
                continue;
            }
            let tag = parsed.tag(t);
            let lemma = parsed.lemma(t);
            out.any |= tag != Tag::To;
            out.have |= lemma == "have";
            out.past |= tag == Tag::Vbd;
            out.future |= tag == Tag::Md && ctx.lexicon.time.word(parsed.lower(t)).is(Role::FutureAuxiliary);
            out.will |= lemma == "will";
        }
        out
    }
}
