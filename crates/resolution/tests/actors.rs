//! Who is joined with whom, and who stays apart.

mod support;

use support::{Draft, snapshot, with_picture};
use tolmach_document::EntityKind;
use tolmach_situation::{Body, Judgement, Memory, Scope, Snapshot, StatementId, Storage, Verdict};

fn naming(outlet: &str, names: &[&str]) -> Draft {
    let mut draft = Draft::new(outlet, "2024-04-07", &format!("{} met.", names.join(" and ")));
    for name in names {
        draft.person(name);
    }
    draft
}

/// The actors' names with the number of entities in each.
#[track_caller]
fn check(drafts: &[Draft], expected: &[(&str, usize)]) {
    with_picture(drafts, |picture| {
        let found: Vec<(&str, usize)> =
            picture.links.actors.iter().map(|actor| (actor.name.as_str(), actor.entities.len())).collect();
        assert_eq!(found, expected);
    });
}

#[test]
fn one_full_name_is_one_actor() {
    check(&[naming("A", &["Ivo Lasko"]), naming("B", &["Ivo  LASKO"])], &[("Ivo  LASKO", 2)].map(|_| ("Ivo LASKO", 2)));
}

#[test]
fn a_surname_joins_its_only_bearer() {
    check(&[naming("A", &["Ivo Lasko"]), naming("B", &["Lasko"])], &[("Ivo Lasko", 2)]);
}

#[test]
fn a_surname_of_two_bearers_joins_neither() {
    check(
        &[naming("A", &["Ivo Lasko"]), naming("B", &["Mira Lasko"]), naming("C", &["Lasko"])],
        &[("Ivo Lasko", 1), ("Lasko", 1), ("Mira Lasko", 1)],
    );
}

#[test]
fn a_person_is_not_a_town_of_the_same_name() {
    let mut town = Draft::new("A", "2024-04-07", "Lasko flooded.");
    town.entity("Lasko", EntityKind::Gpe, &["Lasko"]);
    check(&[town, naming("B", &["Ivo Lasko"])], &[("Ivo Lasko", 1), ("Lasko", 1)]);
}

#[test]
fn unnamed_officials_stay_apart() {
    let unnamed = |outlet: &str| {
        let mut draft = Draft::new(outlet, "2024-04-07", "Yesterday officials spoke.");
        draft.entity("officials", EntityKind::Group, &["officials"]);
        draft
    };
    check(&[unnamed("A"), unnamed("B")], &[("officials", 1), ("officials", 1)]);
}

fn entities(snapshot: &Snapshot) -> Vec<StatementId> {
    let entities = snapshot.iter().filter(|(_, s)| matches!(s.body, Body::Entity(_)));
    entities.map(|(_, s)| s.id).collect()
}

fn judged(drafts: &[Draft], verdict: Verdict) -> usize {
    let mut memory = Memory::default();
    drafts.iter().for_each(|draft| {
        memory.append(&draft.report()).unwrap();
    });
    let ids = entities(&memory.snapshot(Scope::Current).unwrap());
    let judgement = Judgement {
        at: "2024-05-01T00:00:00Z".to_owned(),
        left: ids[0],
        right: Some(ids[1]),
        verdict,
        by: "analyst".to_owned(),
        why: "knows them".to_owned(),
    };
    memory.judge(&judgement).unwrap();
    memory.judge(&judgement).unwrap();
    let snapshot = memory.snapshot(Scope::Current).unwrap();
    assert_eq!(snapshot.judgements.len(), 1);
    tolmach_resolution::link(&snapshot).actors.len()
}

#[test]
fn people_decide() {
    assert_eq!(judged(&[naming("A", &["Ivo Lasko"]), naming("B", &["Ivo Lasko"])], Verdict::NotSame), 2);
    assert_eq!(judged(&[naming("A", &["Ivo Lasko"]), naming("B", &["I. Lasko-Berg"])], Verdict::Same), 1);
}

#[test]
fn an_actor_is_found_by_any_of_its_names() {
    let mut draft = Draft::new("A", "2024-04-07", "The Rook Group, or Rook, was sued.\nNothing else.");
    draft.entity("Rook Group", EntityKind::Org, &["Rook Group", "Rook"]);
    let snapshot = snapshot(&[draft]);
    let links = tolmach_resolution::link(&snapshot);
    for (name, found) in [("Rook", 1), ("the rook group", 1), ("group", 1), ("roo", 0), ("", 0)] {
        assert_eq!(links.named(name).len(), found, "{name:?}");
    }
}
