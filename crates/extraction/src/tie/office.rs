//! Who holds an office of what, leads it or is its member: titles before names, descriptions beside them.
//!
//! "Kazakh President Tokayev", "Andrei Gurulev, a member of the State Duma Committee on Defense". Former offices are none.

use super::Found;
use super::ends::Ends;
use crate::entity;
use std::collections::BTreeSet;
use tolmach_document::{EntityId, EntityKind, Form, Mention, RuleId, TextRange, TieKind};

const TITLE: RuleId = RuleId("tie.title");
const BESIDE: RuleId = RuleId("tie.description");
const OF: RuleId = RuleId("tie.person-of");

pub(super) fn find(ends: &Ends<'_>, out: &mut Vec<Found>) {
    for (id, title) in entity::titles(ends.ctx, &ends.so_far.mentions) {
        let name = ends.mention(id);
        let before = ends.parsed.span(title);
        if let Some((kind, body)) = body(ends, before, name.entity) {
            let range = before.cover(name.range);
            out.push(Found { kind, a: name.entity, b: body, range, at: name.head, rule: TITLE });
        }
    }
    for (_, mention) in ends.so_far.mentions.iter_ids().filter(|(_, m)| beside(m)) {
        if let Some((kind, body)) = body(ends, mention.range, mention.entity) {
            let range = nearest_name(ends, mention).map_or(mention.range, |name| name.cover(mention.range));
            out.push(Found { kind, a: mention.entity, b: body, range, at: mention.head, rule: BESIDE });
        }
    }
    persons_of(ends, out);
}

/// A person's description that the grammar ties to the name.
fn beside(mention: &Mention) -> bool {
    let linked = matches!(mention.rule.0, "entity.apposition" | "entity.copula");
    linked && mention.form == Form::Nominal && mention.kind == EntityKind::Person
}

/// The name that the description stands beside: the last one before it.
fn nearest_name(ends: &Ends<'_>, mention: &Mention) -> Option<TextRange> {
    let start = mention.range.start();
    let text = ends.parsed.text;
    let from = (start.saturating_sub(120)..start).find(|at| text.is_char_boundary(*at))?;
    let names = entity::within(&ends.so_far.mentions, TextRange::at(from, start));
    names.filter(|m| m.entity == mention.entity && m.form == Form::Name).last().map(|m| m.range)
}

/// What the words make their bearer of which named body.
fn body(ends: &Ends<'_>, words: TextRange, bearer: EntityId) -> Option<(TieKind, EntityId)> {
    let lexicon = &ends.ctx.lexicon.tie.office;
    let text = ends.parsed.text[words].to_lowercase();
    if lexicon.not.iter().any(|word| has_words(&text, word, false)) {
        return None;
    }
    let inside = |m: &&Mention| m.entity != bearer && m.kind != EntityKind::Person && m.form == Form::Name;
    let named = entity::within(&ends.so_far.mentions, words).filter(inside);
    let target = named.max_by_key(|m| m.range.len())?.entity;
    let said = |set: &BTreeSet<String>| set.iter().any(|phrase| has_words(&text, phrase, true));
    let sectors = ends.ctx.lexicon.actor.sectors_of(&text);
    let office = sectors.iter().any(|sector| lexicon.sectors.contains(sector));
    let kind = match ends.row(target).kind {
        EntityKind::Gpe if office => TieKind::Office,
        EntityKind::Org if said(&lexicon.member) => TieKind::Member,
        EntityKind::Org if said(&lexicon.leads) => TieKind::Leads,
        EntityKind::Org if office => TieKind::Office,
        _ => return None,
    };
    Some((kind, target))
}

/// Whether `phrase` stands in `text` as whole words; as its noun (`head`) only at its end or before "of" ("chief
/// economist" makes no chief).
fn has_words(text: &str, phrase: &str, head: bool) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = &text[at + phrase.len()..];
        let ends = rest.is_empty()
            || [" of ", " for ", " in ", " on ", " at "].iter().any(|word| rest.starts_with(word));
        let after = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
        before && if head { ends } else { after }
    })
}

/// "Hakan Güneş of BirGün": a person, `of` or `from`, an organisation.
fn persons_of(ends: &Ends<'_>, out: &mut Vec<Found>) {
    let parsed = ends.parsed;
    for name in ends.so_far.mentions.iter().filter(|m| m.form == Form::Name && m.kind == EntityKind::Person) {
        let next = parsed.token_at(name.range.end());
        if next + 1 >= parsed.len() || !matches!(parsed.lower(next), "of" | "from") {
            continue;
        }
        let Some(object) = parsed.child(next, tolmach_document::Dep::Pobj) else { continue };
        let tight = parsed.head(next) == name.head && object <= next + 6;
        if let Some(body) = ends.entity(object).filter(|e| tight && ends.row(*e).kind == EntityKind::Org) {
            let range = name.range.cover(ends.span(&[object]));
            out.push(Found {
                kind: TieKind::Affiliated,
                a: name.entity,
                b: body,
                range,
                at: name.head,
                rule: OF,
            });
        }
    }
}
