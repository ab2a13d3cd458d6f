//! From joined drafts to the two tables of the contract.

use super::draft::Drafts;
use crate::Context;
use std::collections::BTreeMap;
use tolmach_document::{Entity, EntityId, EntityKind, Form, Id, Mention, Table};

/// Mentions in text order and entities in order of first mention.
pub(crate) fn tables(ctx: Context<'_>, drafts: &Drafts) -> (Table<Mention>, Table<Entity>) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        members.entry(drafts.root(d)).or_default().push(d);
    }
    let mut ids: BTreeMap<usize, EntityId> = BTreeMap::new();
    let mut entities = Table::new();
    for (root, all) in &members {
        ids.insert(*root, Id::new(entities.len()));
        entities.push(entity(ctx, drafts, all));
    }
    let mut mentions = Table::new();
    for (d, draft) in drafts.list.iter().enumerate() {
        mentions.push(Mention {
            range: ctx.parsed.span(draft.tokens),
            head: draft.head,
            kind: draft.kind,
            form: draft.form,
            entity: ids[&drafts.root(d)],
            rule: draft.rule,
        });
    }
    (mentions, entities)
}

fn entity(ctx: Context<'_>, drafts: &Drafts, all: &[usize]) -> Entity {
    let best = all.iter().max_by_key(|d| {
        let draft = &drafts.list[**d];
        (draft.form == Form::Name, draft.tokens.len(), std::cmp::Reverse(**d))
    });
    let name = best.map_or("", |d| ctx.parsed.text_of(drafts.list[*d].tokens));
    Entity {
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        kind: usual_kind(drafts, all),
        country: None,
        code: None,
        sectors: Vec::new(),
        roles: Vec::new(),
        registry: None,
    }
}

/// The kind most mentions have; the earlier kind of the contract on a tie.
fn usual_kind(drafts: &Drafts, all: &[usize]) -> EntityKind {
    let mut votes: BTreeMap<EntityKind, usize> = BTreeMap::new();
    all.iter().for_each(|d| *votes.entry(drafts.list[*d].kind).or_default() += 1);
    let winner = votes.into_iter().max_by_key(|(kind, n)| (*n, std::cmp::Reverse(*kind)));
    winner.map_or(EntityKind::Org, |(kind, _)| kind)
}
