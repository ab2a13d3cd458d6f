//! Reads and checks the files of `data/actors/`.
//!
//! Checks: ids are unique, bodies and members resolve, terms of one office do not overlap, kinds and genders exist.

use super::row::{Row, date, rows};
use super::{
    Actor, ActorId, ActorRegistry, Gender, Institution, Known, Membership, Office, RoleUse, RoleWord, Use,
    folded,
};
use crate::Error;
use crate::place::Countries;
use tolmach_document::EntityKind;

pub(super) fn registry(countries: &Countries) -> Result<ActorRegistry, Error> {
    let mut out = ActorRegistry {
        actors: Vec::new(),
        by_id: Default::default(),
        states: Default::default(),
        names: Default::default(),
        institution_words: Default::default(),
        institutions: Vec::new(),
        role_words: Default::default(),
        roles: Vec::new(),
        weapon_words: Default::default(),
        last_words: Default::default(),
        of_words: Default::default(),
        domains: Default::default(),
        nouns: Default::default(),
        next_words: Default::default(),
        first_words: Default::default(),
        not_names: Default::default(),
        given_names: Default::default(),
        offices: Default::default(),
        members: Vec::new(),
    };
    states(&mut out, countries);
    regions(&mut out)?;
    organisations(&mut out, "actors/organisations.tsv", "organisation")?;
    organisations(&mut out, "actors/companies.tsv", "company")?;
    outlets(&mut out)?;
    things(&mut out)?;
    persons(&mut out)?;
    words(&mut out)?;
    offices(&mut out)?;
    members(&mut out)?;
    Ok(out)
}

fn slug(part: &str, name: &str) -> String {
    let clean: String = folded(name).chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = clean.split('-').filter(|word| !word.is_empty()).collect();
    format!("{part}/{}", words.join("-"))
}

fn add(out: &mut ActorRegistry, actor: Actor) -> Result<ActorId, String> {
    let id = ActorId(u32::try_from(out.actors.len()).expect("fewer than 2^32 actors"));
    if out.by_id.insert(actor.id.clone(), id).is_some() {
        return Err(format!("{} stands twice", actor.id));
    }
    out.actors.push(actor);
    Ok(id)
}

fn name(out: &mut ActorRegistry, words: &[&str], actor: ActorId, by: Use) {
    for word in words {
        out.names.add(word, Known { actor, by });
    }
}

fn states(out: &mut ActorRegistry, countries: &Countries) {
    for row in countries.iter() {
        let actor = Actor {
            id: format!("state/{}", row.alpha3.to_lowercase()),
            name: row.name.to_owned(),
            kind: EntityKind::Gpe,
            country: Some(row.alpha3.to_owned()),
            code: Some(row.alpha3.to_owned()),
            sectors: Vec::new(),
            gender: None,
            roles: Vec::new(),
        };
        let id = add(out, actor).expect("alpha-3 codes are checked to be unique");
        out.states.insert(row.alpha3.to_owned(), id);
        name(out, &[row.name], id, Use::Name);
        name(out, &row.other_names, id, Use::Name);
        name(out, &row.adjectives, id, Use::Adjective);
        name(out, &row.people, id, Use::People);
        if !row.capital.is_empty() && row.capital != row.name {
            name(out, &[row.capital], id, Use::Capital);
        }
        name(out, &row.seats, id, Use::Seat);
    }
}

fn regions(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/regions.tsv", 6)? {
        let code = row.cell(2);
        let country = out.states.contains_key(code.get(..3).unwrap_or("")).then(|| code[..3].to_owned());
        let actor = Actor {
            id: slug("region", row.need(0)?),
            name: row.cell(0).to_owned(),
            kind: kind(&row, 1)?,
            country,
            code: (!code.is_empty()).then(|| code.to_owned()),
            sectors: Vec::new(),
            gender: None,
            roles: Vec::new(),
        };
        let id = add(out, actor).map_err(|why| row.error(why))?;
        name(out, &[row.cell(0)], id, Use::Name);
        name(out, &row.list(3), id, Use::Name);
        name(out, &row.list(4), id, Use::Adjective);
        name(out, &row.list(5), id, Use::People);
    }
    Ok(())
}

fn organisations(out: &mut ActorRegistry, file: &'static str, part: &str) -> Result<(), Error> {
    for row in rows(file, 6)? {
        let code = row.cell(3);
        let actor = Actor {
            id: slug(part, row.need(0)?),
            name: row.cell(0).to_owned(),
            kind: EntityKind::Org,
            country: state(out, &row, 2)?,
            code: (!code.is_empty()).then(|| code.to_owned()),
            sectors: owned(&row.list(4)),
            gender: None,
            roles: Vec::new(),
        };
        let id = add(out, actor).map_err(|why| row.error(why))?;
        name(out, &[row.cell(0)], id, Use::Name);
        let short = row.cell(1);
        if !short.is_empty() {
            if short != row.cell(0) {
                name(out, &[short], id, Use::Name);
            }
            out.by_id.entry(format!("short/{short}")).or_insert(id);
        }
        name(out, &row.list(5), id, Use::Name);
    }
    Ok(())
}

fn outlets(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/outlets.tsv", 5)? {
        let country = state(out, &row, 2)?;
        let actor = Actor {
            id: slug("outlet", row.need(0)?),
            name: row.cell(0).to_owned(),
            kind: EntityKind::Org,
            code: country.as_ref().map(|c| format!("{c}MED")),
            country,
            sectors: vec!["MED".to_owned()],
            gender: None,
            roles: vec![row.need(1)?.to_owned()],
        };
        let id = add(out, actor).map_err(|why| row.error(why))?;
        let mut names = row.list(4);
        names.extend([row.cell(0), row.cell(3)].into_iter().filter(|n| !n.is_empty()));
        names.sort_unstable();
        names.dedup();
        name(out, &names, id, Use::Name);
    }
    Ok(())
}

fn things(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/things.tsv", 4)? {
        let actor = Actor {
            id: slug("thing", row.need(0)?),
            name: row.cell(0).to_owned(),
            kind: kind(&row, 1)?,
            country: state(out, &row, 2)?,
            code: None,
            sectors: Vec::new(),
            gender: None,
            roles: Vec::new(),
        };
        let id = add(out, actor).map_err(|why| row.error(why))?;
        name(out, &[row.cell(0)], id, Use::Name);
        name(out, &row.list(3), id, Use::Name);
    }
    Ok(())
}

fn persons(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/persons.tsv", 5)? {
        let gender = match row.cell(1) {
            "m" => Gender::Male,
            "f" => Gender::Female,
            other => return Err(row.error(format!("expected m or f, found {other:?}"))),
        };
        let country = state(out, &row, 2)?;
        let actor = person(row.need(0)?, country, gender, owned(&row.list(4)));
        let id = add(out, actor).map_err(|why| row.error(why))?;
        name(out, &[row.cell(0)], id, Use::Name);
        name(out, &row.list(3), id, Use::Name);
    }
    Ok(())
}

fn person(name: &str, country: Option<String>, gender: Gender, roles: Vec<String>) -> Actor {
    Actor {
        id: slug("person", name),
        name: name.to_owned(),
        kind: EntityKind::Person,
        country,
        code: None,
        sectors: Vec::new(),
        gender: Some(gender),
        roles,
    }
}

fn offices(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/titles.tsv", 2)? {
        for word in row.list(1) {
            out.offices.add_title(row.need(0)?, word);
        }
    }
    for row in rows("actors/offices.tsv", 5)? {
        let body = body(out, &row, 0)?;
        let title = row.need(1)?;
        let person = holder(out, &row, 2, body)?;
        let office = Office {
            body,
            class: out.offices.class_of(title),
            title: title.to_owned(),
            person,
            from: row.date(3)?,
            to: row.date(4)?,
        };
        out.offices.add(office).map_err(|why| row.error(why))?;
    }
    Ok(())
}

/// The person of the cell; who is not in `persons.tsv` is entered here, as a man of the body's country.
fn holder(out: &mut ActorRegistry, row: &Row, at: usize, body: ActorId) -> Result<ActorId, Error> {
    let cell = row.need(at)?;
    if let Some(known) = out.by_id(&slug("person", cell)) {
        return Ok(known);
    }
    let country = out.actor(body).country.clone();
    let id = add(out, person(cell, country, Gender::Male, Vec::new())).map_err(|why| row.error(why))?;
    name(out, &[cell], id, Use::Name);
    Ok(id)
}

fn members(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/members.tsv", 2)? {
        let organisation = body(out, &row, 0)?;
        for item in row.need(1)?.split(' ').filter(|item| !item.is_empty()) {
            let mut parts = item.split(':');
            let code = parts.next().unwrap_or("");
            let member = out.state(code).ok_or_else(|| row.error(format!("no state {code}")))?;
            let mut day = || date(parts.next().unwrap_or("")).map_err(|why| row.error(why));
            let (from, to) = (day()?, day()?);
            out.members.push(Membership { organisation, member, from, to });
        }
    }
    Ok(())
}

// LONG: one short block a file of words, in the order of the files.
fn words(out: &mut ActorRegistry) -> Result<(), Error> {
    for row in rows("actors/institutions.tsv", 4)? {
        let at = out.institutions.len();
        let group = row.need(1)? == "group";
        out.institutions.push(Institution { id: row.need(0)?, group, sectors: row.list(2) });
        row.list(3).into_iter().for_each(|word| out.institution_words.add(word, at));
    }
    for row in rows("actors/roles.tsv", 4)? {
        let (word, role) = (row.need(0)?, out.roles.len());
        let plural = if row.cell(1).is_empty() { format!("{word}s") } else { row.cell(1).to_owned() };
        let honorific = row.need(3)? == "honorific";
        let title = honorific || row.cell(3) == "title";
        let relation = row.cell(3) == "relation";
        out.roles.push(RoleWord { word, sectors: row.list(2), title, honorific, relation });
        out.role_words.add(word, RoleUse { role, plural: false });
        out.role_words.add(&plural, RoleUse { role, plural: true });
    }
    for row in rows("actors/weapons.tsv", 3)? {
        let (word, named) = (row.need(0)?, row.need(2)? == "name");
        let plural = if row.cell(1).is_empty() { format!("{word}s") } else { row.cell(1).to_owned() };
        out.weapon_words.add(word, named);
        if plural != word {
            out.weapon_words.add(&plural, named);
        }
    }
    for row in rows("actors/name_words.tsv", 3)? {
        if row.need(2)? == "domain" {
            out.domains.insert(row.need(0)?);
            continue;
        }
        if row.cell(2) == "first" {
            out.first_words.insert(row.need(0)?, kind(&row, 1)?);
            continue;
        }
        if row.cell(2) == "next" {
            out.next_words.insert(row.need(0)?, kind(&row, 1)?);
            continue;
        }
        out.last_words.insert(row.need(0)?, kind(&row, 1)?);
        if row.need(2)? == "both" {
            out.of_words.insert(row.cell(0), kind(&row, 1)?);
        }
    }
    for row in rows("actors/not_names.tsv", 1)? {
        out.not_names.extend(row.need(0)?.split(' '));
    }
    for row in rows("actors/nouns.tsv", 2)? {
        for word in row.list(1) {
            out.nouns.insert(word, kind(&row, 0)?);
        }
    }
    for row in rows("actors/given_names.tsv", 2)? {
        let gender = match row.need(1)? {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            "b" => None,
            other => return Err(row.error(format!("expected m, f or b, found {other:?}"))),
        };
        for word in row.need(0)?.split(' ') {
            out.given_names.insert(word, gender);
        }
    }
    Ok(())
}

/// A state by its code, or an organisation by its short name.
fn body(out: &ActorRegistry, row: &Row, at: usize) -> Result<ActorId, Error> {
    let cell = row.need(at)?;
    let found = out.state(cell).or_else(|| out.by_id(&format!("short/{cell}")));
    found.ok_or_else(|| row.error(format!("neither a state nor a short name of an organisation: {cell}")))
}

/// The state's code, `None` for `INT`.
fn state(out: &ActorRegistry, row: &Row, at: usize) -> Result<Option<String>, Error> {
    let cell = row.need(at)?;
    if cell == "INT" {
        return Ok(None);
    }
    out.state(cell).map(|_| Some(cell.to_owned())).ok_or_else(|| row.error(format!("no state {cell}")))
}

fn kind(row: &Row, at: usize) -> Result<EntityKind, Error> {
    let cell = row.need(at)?;
    EntityKind::from_name(cell).ok_or_else(|| row.error(format!("no kind of entity {cell:?}")))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
