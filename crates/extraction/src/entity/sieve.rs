//! Joins names that are one: the same words, then a surname with the full name, then an acronym.
//!
//! Two different full names are never joined.

use super::draft::Drafts;
use crate::Context;
use std::collections::BTreeMap;
use tolmach_document::{EntityKind, RuleId};

const SAME: RuleId = RuleId("entity.same-name");
const SURNAME: RuleId = RuleId("entity.surname");
const ACRONYM: RuleId = RuleId("entity.acronym");

/// Runs the sieves over the settled names.
pub(crate) fn names(ctx: Context<'_>, drafts: &mut Drafts) {
    same(ctx, drafts);
    surnames(ctx, drafts);
    acronyms(ctx, drafts);
}

fn key(ctx: Context<'_>, drafts: &Drafts, d: usize) -> String {
    ctx.parsed.text_of(drafts.list[d].tokens).to_lowercase().replace('’', "'")
}

fn same(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut first = BTreeMap::new();
    for d in 0..drafts.list.len() {
        let key = key(ctx, drafts, d);
        match first.get(&key) {
            Some(earlier) => drafts.join(*earlier, d, SAME),
            None => drop(first.insert(key, d)),
        }
    }
}

/// "Gurulev" is the one full name of the document that ends in it.
fn surnames(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        if draft.kind == EntityKind::Person && draft.tokens.len() > 1 {
            let root = drafts.root(d);
            let roots = full.entry(ctx.parsed.lower(draft.tokens.end - 1).to_owned()).or_default();
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
    }
    for d in 0..drafts.list.len() {
        if drafts.list[d].tokens.len() == 1
            && let Some([only]) = full.get(&key(ctx, drafts, d)).map(Vec::as_slice)
        {
            drafts.join(*only, d, SURNAME);
        }
    }
}

/// "CSTO" is "Collective Security Treaty Organization".
fn acronyms(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut spelled = BTreeMap::new();
    for d in 0..drafts.list.len() {
        if let Some(letters) = initials(ctx, drafts, d) {
            spelled.entry(letters).or_insert(d);
        }
    }
    for d in 0..drafts.list.len() {
        let text = ctx.parsed.text_of(drafts.list[d].tokens);
        if text.len() > 1
            && text.chars().all(char::is_uppercase)
            && let Some(long) = spelled.get(text)
        {
            drafts.join(*long, d, ACRONYM);
        }
    }
}

fn initials(ctx: Context<'_>, drafts: &Drafts, d: usize) -> Option<String> {
    let draft = &drafts.list[d];
    let capitals: String = draft
        .tokens
        .iter()
        .filter_map(|t| ctx.parsed.word(t).chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    (capitals.chars().count() > 1).then_some(capitals)
}
