//! What runs through or to where: the places on either side of a corridor's, pipeline's or railway's verb.
//!
//! A planned route ("would run from …") is a route; a place that is bypassed is not on it.

use super::Found;
use super::ends::Ends;
use crate::entity;
use tolmach_document::{Dep, EntityKind, Form, Mention, Pos, RuleId, TieKind};
use tolmach_lexicon::tie::Frame;

const VERB: RuleId = RuleId("tie.route-verb");
const NOUN: RuleId = RuleId("tie.route-noun");

pub(super) fn find(ends: &Ends<'_>, out: &mut Vec<Found>) {
    let parsed = ends.parsed;
    let frames: Vec<&Frame> = ends.ctx.lexicon.tie.of_kind(TieKind::Route).collect();
    for t in 0..parsed.len() {
        if parsed.pos(t) != Pos::Verb {
            continue;
        }
        for frame in
            frames.iter().filter(|frame| frame.words.contains(parsed.lemma(t)) && parsed.lemma(t) != "bypass")
        {
            if let Some(route) = subject(ends, frame, t) {
                places(ends, frame, t, route, VERB, out);
            }
        }
    }
    for route in ends.so_far.mentions.iter().filter(|m| m.kind == EntityKind::Route && m.form == Form::Name) {
        if let Some(frame) = frames.first() {
            places(ends, frame, route.head, route.head, NOUN, out);
        }
    }
}

/// The route that verb `t` is said of: subject, antecedent, or the name right before a participle.
fn subject(ends: &Ends<'_>, frame: &Frame, t: usize) -> Option<usize> {
    let parsed = ends.parsed;
    let fits = |s: &usize| ends.entity(*s).is_some_and(|e| ends.fits(e, &frame.a));
    let told = ends.subject(t).filter(fits);
    if ends.unreal(t, true) {
        return None;
    }
    // "changes to the Northern Corridor of the New Silk Road passing through": the parser hangs "passing" anywhere.
    let before = (parsed.tag(t) == tolmach_document::Tag::Vbg && t > 0).then(|| outer(ends, t - 1)).flatten();
    told.or(before.filter(fits))
}

/// The route whose words end at token `t`, or that one's own ("the Northern Corridor of the New Silk Road").
fn outer(ends: &Ends<'_>, t: usize) -> Option<usize> {
    let parsed = ends.parsed;
    ends.entity(t)?;
    let over = parsed.head(t);
    let whole = parsed.head(over);
    let of = parsed.dep(t) == Dep::Pobj && parsed.lower(over) == "of" && ends.entity(whole).is_some();
    Some(if of { whole } else { t })
}

/// Ties the route to every place below `t` that a word of the frame leads to.
fn places(ends: &Ends<'_>, frame: &Frame, t: usize, route: usize, rule: RuleId, out: &mut Vec<Found>) {
    let parsed = ends.parsed;
    let Some(a) = ends.entity(route) else { return };
    let below = parsed.span(parsed.subtree(t));
    let named = entity::within(&ends.so_far.mentions, below).filter(|m| m.form == Form::Name && m.head > t);
    for place in named.take(24) {
        let b = place.entity;
        if b != a && ends.fits(b, &frame.b) && leads(ends, frame, t, place) {
            let range = ends.span(&[route, t]).cover(place.range);
            out.push(Found { kind: TieKind::Route, a, b, range, at: t, rule });
        }
    }
}

/// Whether the way from the place up to `t` goes by a word of the frame, and by no clause of its own.
fn leads(ends: &Ends<'_>, frame: &Frame, t: usize, place: &Mention) -> bool {
    let parsed = ends.parsed;
    let links = frame.prep.iter().any(|p| p == "with");
    let mut named = links;
    for at in std::iter::once(place.head).chain(parsed.ancestors(place.head)) {
        if at == t {
            return named;
        }
        let clause = matches!(parsed.dep(at), Dep::Relcl | Dep::Ccomp | Dep::Advcl | Dep::Acl | Dep::Xcomp);
        if clause
            || matches!(parsed.lemma(at), "bypass" | "avoid" | "without" | "instead" | "according" | "unlike")
        {
            return false;
        }
        named |= frame.prep.iter().any(|p| p == parsed.lower(at));
    }
    false
}
