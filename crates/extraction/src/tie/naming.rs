//! Two names of one thing: "the Middle Corridor, also known as …".
//!
//! Nicknames of classes ("stocks known as FAANG") are left alone: both names must be names.

use super::Found;
use super::ends::Ends;
use tolmach_document::{Dep, EntityKind, RuleId, Tag, TieKind};

const KNOWN_AS: RuleId = RuleId("tie.known-as");

pub(super) fn find(ends: &Ends<'_>, out: &mut Vec<Found>) {
    let parsed = ends.parsed;
    for frame in ends.ctx.lexicon.tie.of_kind(TieKind::SameAs) {
        for t in 0..parsed.len() {
            let said =
                parsed.tag(t) == Tag::Vbn && frame.words.contains(parsed.lemma(t)) && !ends.unreal(t, false);
            let Some(subject) = ends.subject(t).filter(|_| said) else { continue };
            let other =
                ends.objects(t, &frame.prep).into_iter().next().or_else(|| parsed.child(t, Dep::Oprd));
            let Some((a, b)) = ends.entity(subject).zip(other.and_then(|o| ends.entity(o))) else { continue };
            if other.is_some_and(|o| o > t) && compatible(ends.row(a).kind, ends.row(b).kind) {
                let range = ends.span(&[subject, t, other.unwrap_or(t)]);
                out.push(Found { kind: TieKind::SameAs, a, b, range, at: t, rule: KNOWN_AS });
            }
        }
    }
}

/// People are called after people, places after places; the parser hangs "known as" on any noun before it.
fn compatible(a: EntityKind, b: EntityKind) -> bool {
    let place = |kind| matches!(kind, EntityKind::Gpe | EntityKind::Loc);
    a == b || (place(a) && place(b))
}
