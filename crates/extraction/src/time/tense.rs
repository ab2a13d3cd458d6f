//! Which way an undated time points: behind or ahead, by its preposition, its verb and words of planning.
//!
//! Looks at the parse only, a bounded number of heads up; the calendar is `anchor`'s business.

use crate::Context;
use tolmach_document::{Dep, Pos, Tag, TokenRange};
use tolmach_lexicon::time::Role;

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Over: the time hangs on a verb in the past.
    Over,
    /// Rather over: it hangs on something below such a verb.
    Past,
    /// Rather ahead: by a plan or an infinitive.
    Future,
    /// Ahead: by "will" and its like.
    Ahead,
    /// The grammar does not say.
    Unknown,
}

impl Lean {
    /// Whether it points ahead.
    pub fn is_ahead(self) -> bool {
        matches!(self, Self::Future | Self::Ahead)
    }
}

/// Heads looked at before giving up.
const CLIMB: usize = 12;

/// The direction of the time that `tokens` spell.
pub fn lean(ctx: Context<'_>, tokens: TokenRange) -> Lean {
    let parsed = ctx.parsed;
    let before = |role| {
        let before = tokens.start.checked_sub(1);
        before.is_some_and(|t| ctx.lexicon.time.word(parsed.lower(t)).is(role))
    };
    if before(Role::PastPreposition) {
        return Lean::Over;
    }
    let Some(top) = tokens.iter().find(|t| parsed.is_root(*t) || !tokens.holds(parsed.head(*t))) else {
        return Lean::Unknown;
    };
    let lean = of_holder(ctx, top);
    // "extended it until Thursday", but "until Thursday they had not called him".
    let denied = || parsed.ancestors(top).take(2).any(|t| parsed.child(t, Dep::Neg).is_some());
    if before(Role::FuturePreposition) && !(lean == Lean::Over && denied()) { Lean::Future } else { lean }
}

/// Climbs from the time to the verb that governs it.
fn of_holder(ctx: Context<'_>, top: usize) -> Lean {
    let parsed = ctx.parsed;
    // "Wednesday's ruling", "the June agreement": told of as known, whatever is said of it.
    if matches!(parsed.dep(top), Dep::Poss | Dep::Compound | Dep::Nmod) {
        return Lean::Unknown;
    }
    let mut at = top;
    let mut direct = true;
    for _ in 0..CLIMB {
        if parsed.is_root(at) {
            return Lean::Unknown;
        }
        at = parsed.head(at);
        if is_verb(ctx, at) {
            return match of_verb(ctx, at, CLIMB) {
                Lean::Past if direct => Lean::Over,
                lean => lean,
            };
        }
        if is(ctx, at, Role::Planning) {
            return Lean::Future;
        }
        direct &= !parsed.pos(at).is_nominal();
    }
    Lean::Unknown
}

fn is_verb(ctx: Context<'_>, t: usize) -> bool {
    matches!(ctx.parsed.pos(t), Pos::Verb | Pos::Aux)
}

fn is(ctx: Context<'_>, t: usize, role: Role) -> bool {
    ctx.lexicon.time.word(ctx.parsed.lemma(t)).is(role)
}

/// The direction of verb `v`.
fn of_verb(ctx: Context<'_>, v: usize, left: usize) -> Lean {
    let parsed = ctx.parsed;
    if left == 0 {
        return Lean::Unknown;
    }
    let helpers = Helpers::of(ctx, v);
    if helpers.future {
        return if helpers.perfect && !helpers.certain { Lean::Past } else { Lean::Ahead };
    }
    if is(ctx, v, Role::Planning) {
        // "had been scheduled to expire Friday": a plan that is over.
        return if helpers.pluperfect { Lean::Past } else { Lean::Future };
    }
    match parsed.tag(v) {
        Tag::Vbd => Lean::Past,
        Tag::Vbn if helpers.any && !helpers.past && !helpers.perfect => Lean::Unknown,
        Tag::Vbn => Lean::Past,
        Tag::Vb if helpers.past => Lean::Past,
        Tag::Vb => above(ctx, v, left, helpers.to).unwrap_or(Lean::Future),
        Tag::Vbg if helpers.past || helpers.perfect => Lean::Past,
        Tag::Vbg if helpers.any => Lean::Future,
        Tag::Vbg => above(ctx, v, left, true).unwrap_or(Lean::Unknown),
        _ => Lean::Unknown,
    }
}

/// The direction that the clause above gives to an infinitive (`to`: with "to") or participle.
fn above(ctx: Context<'_>, v: usize, left: usize, to: bool) -> Option<Lean> {
    let parsed = ctx.parsed;
    if parsed.is_root(v) {
        return None;
    }
    let up = parsed.head(v);
    if is(ctx, up, Role::Planning) {
        let over = Helpers::of(ctx, up).pluperfect || Helpers::of(ctx, parsed.head(up)).pluperfect;
        return Some(if over { Lean::Past } else { Lean::Future });
    }
    if is(ctx, up, Role::Aiming) && parsed.dep(v) == Dep::Xcomp {
        return Some(Lean::Future);
    }
    if !is_verb(ctx, up) || (to && parsed.dep(v) == Dep::Ccomp) {
        return None;
    }
    // "went to Paris to sign it on Monday": an aim reached, told in the past; "is to sign it" lies ahead.
    // "let the attack begin on Saturday": as past as the letting.
    Some(of_verb(ctx, up, left - 1)).filter(|lean| *lean == Lean::Past)
}

/// What stands before a verb.
#[derive(Default)]
struct Helpers {
    any: bool,
    to: bool,
    perfect: bool,
    pluperfect: bool,
    past: bool,
    future: bool,
    certain: bool,
}

impl Helpers {
    fn of(ctx: Context<'_>, v: usize) -> Self {
        let parsed = ctx.parsed;
        let mut out = Self::default();
        for t in parsed.children(v).take(CLIMB) {
            if !matches!(parsed.dep(t), Dep::Aux | Dep::Auxpass) {
                continue;
            }
            let tag = parsed.tag(t);
            let word = ctx.lexicon.time.word(parsed.lower(t));
            out.any |= tag != Tag::To;
            out.to |= tag == Tag::To;
            out.perfect |= word.is(Role::Perfect);
            out.pluperfect |= word.is(Role::Perfect) && tag == Tag::Vbd;
            out.past |= tag == Tag::Vbd;
            out.future |= tag == Tag::Md && word.is(Role::FutureAuxiliary);
            out.certain |= word.is(Role::CertainAuxiliary);
        }
        out
    }
}
