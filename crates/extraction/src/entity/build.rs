//! From joined drafts to the two tables of the contract: names, countries, codes, sectors, roles.

use super::draft::{Draft, Drafts};
use super::nominal;
use crate::Context;
use std::collections::BTreeMap;
use tolmach_document::{Entity, EntityId, EntityKind, Form, Mention, Role, Table};
use tolmach_lexicon::actor::{Actor, ActorId, Known, Use};

/// Mentions in text order and entities in order of first mention. Pronouns that refer to nobody are left out.
pub(crate) fn tables(ctx: Context<'_>, drafts: &Drafts) -> (Table<Mention>, Table<Entity>) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        members.entry(drafts.root(d)).or_default().push(d);
    }
    // A noun such as "the base" is a mention only when it speaks of something else that is one.
    let pronoun = |d: &usize| drafts.list[*d].form == Form::Pronoun;
    let weak = |d: &usize| matches!(drafts.list[*d].rule, nominal::NOUN | nominal::THING);
    members.retain(|_, all| {
        let told = all.iter().any(|d| !pronoun(d) && !weak(d));
        told || (all.len() > 1 && !all.iter().all(pronoun))
    });
    let mut ids: BTreeMap<usize, EntityId> = BTreeMap::new();
    let mut entities = Table::new();
    for (root, all) in &members {
        let rows: Vec<&Draft> = all.iter().map(|d| &drafts.list[*d]).collect();
        ids.insert(*root, entities.push(entity(ctx, &rows)));
    }
    let mut mentions = Table::new();
    for (d, draft) in drafts.list.iter().enumerate() {
        let Some(entity) = ids.get(&drafts.root(d)) else { continue };
        let kind = if draft.form == Form::Pronoun { entities[*entity].kind } else { draft.kind };
        mentions.push(Mention {
            range: ctx.parsed.span(draft.tokens),
            head: draft.head,
            kind,
            form: draft.form,
            entity: *entity,
            rule: draft.rule,
        });
    }
    (mentions, entities)
}

fn entity(ctx: Context<'_>, rows: &[&Draft]) -> Entity {
    let known = rows.iter().find_map(|row| row.known);
    let actor = known.map(|known| ctx.lexicon.actor.actor(known.actor));
    let kind = kind(rows, known, actor);
    let country =
        actor.and_then(|a| a.country.clone()).or_else(|| rows.iter().find_map(|row| row.country.clone()));
    let roles = roles(ctx, rows, known);
    let sectors = sectors(ctx, rows, known, actor);
    Entity {
        name: name(ctx, rows, known, actor),
        code: code(country.as_deref(), &sectors, known, actor),
        kind,
        country,
        sectors,
        roles,
        registry: registry(ctx, rows, known, actor),
    }
}

fn kind(rows: &[&Draft], known: Option<Known>, actor: Option<&Actor>) -> EntityKind {
    match (known.map(|k| k.by), actor) {
        (Some(Use::Name | Use::Adjective), Some(actor)) => actor.kind,
        (Some(Use::People), _) => EntityKind::Norp,
        (Some(Use::Capital), _) => EntityKind::Gpe,
        (Some(Use::Seat), _) => EntityKind::Org,
        _ => rows
            .iter()
            .find(|row| row.form == Form::Name)
            .or(rows.first())
            .map_or(EntityKind::Org, |row| row.kind),
    }
}

/// The registry's name; else the longest name in the text; else the first description without its article.
fn name(ctx: Context<'_>, rows: &[&Draft], known: Option<Known>, actor: Option<&Actor>) -> String {
    if let (Some(Use::Name | Use::Adjective), Some(actor)) = (known.map(|k| k.by), actor) {
        return actor.name.clone();
    }
    let longest = rows.iter().filter(|row| row.is_name()).rev().max_by_key(|row| row.tokens.len());
    let text = match longest {
        Some(row) => ctx.parsed.text_of(row.tokens),
        None => rows
            .iter()
            .find(|row| row.form == Form::Nominal)
            .map_or("", |row| nominal::bare(ctx.parsed, row.tokens)),
    };
    text.replace(['[', ']'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn registry(
    ctx: Context<'_>,
    rows: &[&Draft],
    known: Option<Known>,
    actor: Option<&Actor>,
) -> Option<(String, String)> {
    match (known.map(|k| k.by), actor) {
        (Some(Use::Name | Use::Adjective), Some(actor)) => Some(("tolmach".to_owned(), actor.id.clone())),
        (None, _) => rows.iter().find_map(|row| {
            let organ = ctx.lexicon.actor.institution(row.institution?).id;
            Some(("tolmach".to_owned(), format!("organ/{}/{organ}", row.country.as_ref()?.to_lowercase())))
        }),
        _ => None,
    }
}

/// Of the office of the day, then what the words say.
fn sectors(ctx: Context<'_>, rows: &[&Draft], known: Option<Known>, actor: Option<&Actor>) -> Vec<String> {
    let registry = &ctx.lexicon.actor;
    let mut out: Vec<String> = actor
        .filter(|_| known.is_some_and(|k| k.by == Use::Name))
        .map_or_else(Vec::new, |a| a.sectors.clone());
    let person = known.filter(|_| actor.is_some_and(|a| a.kind == EntityKind::Person));
    if let Some(person) = person {
        let office = ctx.published().and_then(|day| registry.offices.on(person.actor, day));
        out.extend(office.map_or_else(Vec::new, |office| registry.sectors_of(&office.title)));
        out.extend(actor.iter().flat_map(|a| &a.roles).flat_map(|role| registry.sectors_of(role)));
    }
    if known.is_some_and(|k| k.by == Use::Seat) {
        out.push("GOV".to_owned());
    }
    let said = rows.iter().flat_map(|row| row.sectors.iter().cloned());
    out.extend(said);
    let mut seen = Vec::new();
    out.retain(|sector| {
        !seen.contains(sector) && {
            seen.push(sector.clone());
            true
        }
    });
    out
}

fn code(
    country: Option<&str>,
    sectors: &[String],
    known: Option<Known>,
    actor: Option<&Actor>,
) -> Option<String> {
    let own = actor.and_then(|a| a.code.clone()).filter(|_| known.is_some_and(|k| k.by != Use::Seat));
    own.or_else(|| match (country, sectors.first()) {
        (Some(country), Some(sector)) => Some(format!("{country}{sector}")),
        (Some(country), None) => Some(country.to_owned()),
        (None, Some(sector)) => Some(sector.clone()),
        (None, None) => None,
    })
}

/// The registry's offices that are not over before the report, then the text's own words.
fn roles(ctx: Context<'_>, rows: &[&Draft], known: Option<Known>) -> Vec<Role> {
    let mut out = Vec::new();
    if let Some(known) = known.filter(|k| k.by == Use::Name) {
        out.extend(offices(ctx, known.actor));
    }
    for row in rows.iter().filter(|row| row.kind == EntityKind::Person && row.form != Form::Pronoun) {
        let title = row.title.as_deref().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() && !out.iter().any(|role: &Role| role.title == title) {
            out.push(Role { title, from: None, to: None });
        }
    }
    out
}

fn offices(ctx: Context<'_>, person: ActorId) -> Vec<Role> {
    let registry = &ctx.lexicon.actor;
    let day = ctx.published();
    let held = registry.offices.of(person).filter(|office| day.is_none_or(|day| office.covers(day)));
    let title = |body: ActorId, title: &str| format!("{title} of {}", registry.actor(body).name);
    held.map(|office| Role { title: title(office.body, &office.title), from: office.from, to: office.to })
        .collect()
}
