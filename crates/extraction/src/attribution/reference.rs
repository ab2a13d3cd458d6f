//! Words that take up what somebody said: "this statement", "such claims", "the minister's remark".
//!
//! Recognises them and whom they name; which attribution they mean is `relation`'s business.

use crate::Context;
use tolmach_document::{Dep, Parsed, Pos};

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
