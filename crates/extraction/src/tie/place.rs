//! What lies in what: "Nizhnekamsk in Tatarstan", "Irving, Texas", and a city in the region that the report turns to next.
//!
//! States do not lie in anything here: "Russia in Central Asia" is a partner, not a place.

use super::Found;
use super::ends::Ends;
use tolmach_document::{Dep, EntityId, EntityKind, Form, Mention, RuleId, TieKind};

const IN: RuleId = RuleId("tie.place-in");
const COMMA: RuleId = RuleId("tie.place-comma");
const REGION: RuleId = RuleId("tie.place-region");

pub(super) fn find(ends: &Ends<'_>, out: &mut Vec<Found>) {
    let places: Vec<&Mention> =
        ends.so_far.mentions.iter().filter(|m| m.form == Form::Name && is_place(ends, m.entity)).collect();
    for pair in places.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if is_state(ends, a.entity)
            || a.kind == EntityKind::Norp
            || b.kind == EntityKind::Norp
            || a.entity == b.entity
        {
            continue;
        }
        if let Some(rule) = beside(ends, a, b) {
            out.push(Found {
                kind: TieKind::Located,
                a: a.entity,
                b: b.entity,
                range: a.range.cover(b.range),
                at: a.head,
                rule,
            });
        }
    }
    regions(ends, out);
}

fn is_place(ends: &Ends<'_>, id: EntityId) -> bool {
    matches!(ends.row(id).kind, EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac)
}

fn is_state(ends: &Ends<'_>, id: EntityId) -> bool {
    ends.row(id).registry.as_ref().is_some_and(|(_, id)| id.starts_with("state/"))
}

/// "A in B", "A, B": nothing else between them.
fn beside(ends: &Ends<'_>, a: &Mention, b: &Mention) -> Option<RuleId> {
    let parsed = ends.parsed;
    let next = parsed.token_at(a.range.end());
    let start = parsed.token_at(b.range.start());
    let between: Vec<&str> = (next..start.max(next)).map(|t| parsed.lower(t)).collect();
    match between.as_slice() {
        ["in"] | ["in", "the"] if parsed.head(b.head) == next => Some(IN),
        [","] if parsed.dep(b.head) == Dep::Appos && parsed.head(b.head) == a.head => Some(COMMA),
        _ => None,
    }
}

/// "… in Zhanaozen … in the oil-rich region of Mangystau": the gazetteer has that city in that region.
fn regions(ends: &Ends<'_>, out: &mut Vec<Found>) {
    let parsed = ends.parsed;
    let rows: Vec<_> = ends.so_far.places.iter().collect();
    for (at, region) in rows.iter().enumerate().filter(|(_, row)| row.kind == "region") {
        let Some(head) = region_noun(ends, region.range) else { continue };
        let here = parsed.sentence_index(head);
        for city in rows[..at].iter().rev().take(6) {
            let t = parsed.token_at(city.range.start());
            let near = parsed.sentence_index(t) + 2 >= here;
            let inside = city.admin1.as_deref().is_some_and(|admin| same_region(admin, &region.name))
                && city.country == region.country;
            let pair = ends.entity(t).zip(ends.entity(parsed.token_at(region.range.start())));
            if let Some((a, b)) = pair.filter(|(a, b)| near && inside && a != b) {
                let range = parsed.range(head).cover(region.range);
                out.push(Found { kind: TieKind::Located, a, b, range, at: head, rule: REGION });
                break;
            }
        }
    }
}

/// The noun of "the region of Mangystau".
fn region_noun(ends: &Ends<'_>, range: tolmach_document::TextRange) -> Option<usize> {
    let parsed = ends.parsed;
    let t = parsed.token_at(range.start());
    let of = parsed.head(t);
    let noun = parsed.head(of);
    let region = matches!(parsed.lemma(noun), "region" | "province" | "oblast" | "district" | "area");
    (parsed.dep(t) == Dep::Pobj && parsed.lower(of) == "of" && region).then_some(noun)
}

fn same_region(admin: &str, name: &str) -> bool {
    let (admin, name) = (tolmach_lexicon::actor::folded(admin), tolmach_lexicon::actor::folded(name));
    admin.starts_with(&name) || name.starts_with(&admin)
}
