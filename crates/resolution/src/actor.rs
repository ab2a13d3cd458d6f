//! Entities of different documents that are one actor: by registry, by full name, by a surname that only one
//! bears; and as people judged. Unknown actors stay apart rather than wrongly joined.

use crate::Sets;
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::{EntityKind, Form, TieKind};
use tolmach_situation::words::fold;
use tolmach_situation::{Actor, ActorId, Body, Entity, Snapshot, StatementId, Verdict};

/// One entity of one document.
struct Seen<'s> {
    id: StatementId,
    entity: &'s Entity,
    /// Its names in that document, folded.
    names: BTreeSet<String>,
    /// Its best name, folded.
    best: String,
    is_named: bool,
    /// Whether nobody has judged that it is another than it seems.
    is_free: bool,
}

/// The actors by name, and the actor of every entity.
pub fn actors(snapshot: &Snapshot) -> (Vec<Actor>, BTreeMap<StatementId, ActorId>) {
    let mut seen = seen(snapshot);
    let mut sets = Sets::new(seen.len());
    let apart = set_apart(snapshot);
    seen.iter_mut().for_each(|one| one.is_free = !apart.contains(&one.id));
    by_key(&seen, &mut sets);
    by_surname(&seen, &mut sets);
    by_word(snapshot, &seen, &mut sets);
    let mut actors: Vec<Actor> = sets.groups().iter().map(|group| actor(&seen, group)).collect();
    actors.sort_by_cached_key(|a| (fold(&a.name), a.name.clone(), a.kind, a.entities.iter().min().copied()));
    let of = actors.iter().enumerate();
    let of = of.flat_map(|(n, actor)| actor.entities.iter().map(move |id| (*id, ActorId(n)))).collect();
    (actors, of)
}

fn seen(snapshot: &Snapshot) -> Vec<Seen<'_>> {
    let mut out = Vec::new();
    for (document, statement) in snapshot.iter() {
        let Body::Entity(entity) = &statement.body else { continue };
        let text = &snapshot.documents[document].document.text;
        let named = entity.mentions.iter().filter(|m| m.form == Form::Name);
        let mut names: BTreeSet<String> = named.map(|m| fold(&text[m.range])).collect();
        let is_named = !names.is_empty() || entity.registry.is_some();
        let best = fold(&entity.name);
        names.insert(best.clone());
        names.remove("");
        out.push(Seen { id: statement.id, entity, names, best, is_named, is_free: true });
    }
    out
}

/// Same registry entry, or same full name and a like kind of thing.
fn by_key(seen: &[Seen], sets: &mut Sets) {
    let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (n, one) in seen.iter().enumerate().filter(|(_, one)| one.is_named && one.is_free) {
        let registry = one.entity.registry.clone().map(|(registry, id)| (format!("@{registry}"), id));
        // A person known only by one word may be anybody of that name; `by_surname` decides.
        let is_full = one.entity.kind != EntityKind::Person || one.best.contains(' ');
        let name = (is_full && !one.best.is_empty()).then(|| (kin(one.entity.kind).to_owned(), one.best.clone()));
        for key in [registry, name].into_iter().flatten() {
            sets.join(*first.entry(key).or_insert(n), n);
        }
    }
}

/// Recognisers waver between near kinds; a name does not.
fn kin(kind: EntityKind) -> &'static str {
    use EntityKind::{Fac, Gpe, Group, Loc, Norp, Org, Person, Product, Route, Thing, Weapon};
    match kind {
        Person => "person",
        Gpe | Loc | Fac | Route => "place",
        Norp | Group => "people",
        Org => "organisation",
        Product | Weapon | Thing => "thing",
        other => other.name(),
    }
}

/// A person of one word joins the only person whose name ends with that word, and others of that one word.
fn by_surname(seen: &[Seen], sets: &mut Sets) {
    let people = || seen.iter().enumerate().filter(|(_, s)| is_free_person(s));
    let mut bearers: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (n, one) in people() {
        if let Some((_, surname)) = one.best.rsplit_once(' ') {
            bearers.entry(surname).or_default().insert(sets.root(n));
        }
    }
    for (n, one) in people().filter(|(_, one)| !one.best.contains(' ')) {
        let bearers = bearers.entry(one.best.as_str()).or_insert_with(|| BTreeSet::from([n]));
        if bearers.len() == 1 {
            let bearer = *bearers.first().expect("it has one");
            if agree(seen[bearer].entity.country.as_deref(), one.entity.country.as_deref()) {
                sets.join(bearer, n);
            }
        }
    }
}

fn is_free_person(one: &Seen) -> bool {
    one.is_named && one.is_free && one.entity.kind == EntityKind::Person
}

/// Entities judged not to be what they seem: only another judgement joins them to anything.
fn set_apart(snapshot: &Snapshot) -> BTreeSet<StatementId> {
    let apart = snapshot.judgements.iter().filter(|j| j.verdict == Verdict::NotSame);
    apart.filter_map(|judgement| judgement.right).collect()
}

fn agree(a: Option<&str>, b: Option<&str>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// What documents and people say outright: "same as" ties of a document, and judgements.
fn by_word(snapshot: &Snapshot, seen: &[Seen], sets: &mut Sets) {
    let place: BTreeMap<StatementId, usize> = seen.iter().enumerate().map(|(n, one)| (one.id, n)).collect();
    let mut join = |a: &StatementId, b: &StatementId| {
        if let (Some(a), Some(b)) = (place.get(a), place.get(b)) {
            sets.join(*a, *b);
        }
    };
    for (_, statement) in snapshot.iter() {
        if let Body::Tie(tie) = &statement.body
            && tie.kind == TieKind::SameAs
            && tie.attribution.is_none()
        {
            join(&tie.a, &tie.b);
        }
    }
    for judgement in snapshot.judgements.iter().filter(|j| j.verdict == Verdict::Same) {
        if let Some(right) = &judgement.right {
            join(&judgement.left, right);
        }
    }
}

fn actor(seen: &[Seen], group: &[usize]) -> Actor {
    let members = || group.iter().map(|n| &seen[*n]);
    // The registry's name first, then the most frequent of the longest-used names; ties go to the alphabet.
    let mut votes: BTreeMap<&str, (bool, usize)> = BTreeMap::new();
    for one in members() {
        let vote = votes.entry(one.entity.name.as_str()).or_default();
        vote.0 |= one.entity.registry.is_some();
        vote.1 += one.entity.mentions.len().max(1);
    }
    let best = votes.iter().max_by_key(|(name, vote)| (**vote, name.contains(' '), std::cmp::Reverse(**name)));
    let first = members().next().expect("a set has a member");
    Actor {
        name: tolmach_situation::words::one_line(best.map_or("", |(name, _)| name)),
        kind: first.entity.kind,
        country: members().find_map(|one| one.entity.country.clone()),
        code: members().find_map(|one| one.entity.code.clone()),
        names: members().flat_map(|one| one.names.iter().cloned()).collect(),
        entities: members().map(|one| one.id).collect(),
        is_named: members().any(|one| one.is_named),
    }
}
