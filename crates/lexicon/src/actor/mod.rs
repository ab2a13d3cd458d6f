//! States, offices with dates, organisations, outlets, and the words of roles: who is known before a text is read.
//!
//! Knows no document. Which of two namesakes is meant, and whose office "the president" is, decides who asks.

mod load;
mod office;
mod phrase;
mod row;
mod user;

pub use office::{Office, Offices};
pub use phrase::{Phrases, fold, folded};

use crate::Error;
use crate::place::Countries;
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::{Date, EntityKind};

/// Position of an [`Actor`] in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u32);

/// He or she.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

/// Somebody or something known by name.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Stable id: file part and name, e.g. `person/vladimir-putin`.
    pub id: String,
    /// The name we print.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// ISO 3166 alpha-3; `None` for what is international.
    pub country: Option<String>,
    /// CAMEO actor code, where it does not follow from country and office.
    pub code: Option<String>,
    /// CAMEO/PLOVER sectors.
    pub sectors: Vec<String>,
    /// Of persons.
    pub gender: Option<Gender>,
    /// What they are, where they hold no office of the registry.
    pub roles: Vec<String>,
}

/// How a phrase names an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Use {
    /// By its name.
    Name,
    /// By an adjective of it ("Kazakh").
    Adjective,
    /// By its people ("Kazakhs").
    People,
    /// By its capital ("Astana").
    Capital,
    /// By the seat of its government ("Kremlin").
    Seat,
}

/// One meaning of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub actor: ActorId,
    /// How.
    pub by: Use,
}

/// An organ that every state has.
#[derive(Clone, Debug)]
pub struct Institution {
    /// `foreign-ministry`.
    pub id: &'static str,
    /// Whether several people rather than one body.
    pub group: bool,
    /// CAMEO/PLOVER sectors.
    pub sectors: Vec<&'static str>,
}

/// A word for what somebody is.
#[derive(Clone, Debug)]
pub struct RoleWord {
    /// In the singular.
    pub word: &'static str,
    /// CAMEO/PLOVER sectors.
    pub sectors: Vec<&'static str>,
    /// Whether it may stand before a name.
    pub title: bool,
    /// Whether it is a form of address only ("Mr.").
    pub honorific: bool,
    /// Whether states and firms are such too ("partner").
    pub relation: bool,
}

/// A role word as found: which, and whether in the plural.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleUse {
    /// Index into [`ActorRegistry::roles`].
    pub role: usize,
    /// In the plural.
    pub plural: bool,
}

/// States, offices with dates, organisations, outlets, and the words of roles.
pub struct ActorRegistry {
    actors: Vec<Actor>,
    by_id: BTreeMap<String, ActorId>,
    states: BTreeMap<String, ActorId>,
    /// Names of actors in all their uses.
    pub names: Phrases<Known>,
    /// Words for organs, as indices of [`ActorRegistry::institution`].
    pub institution_words: Phrases<usize>,
    institutions: Vec<Institution>,
    /// Words for what people are.
    pub role_words: Phrases<RoleUse>,
    roles: Vec<RoleWord>,
    /// Common nouns of weapons (`false`) and names of their types (`true`).
    pub weapon_words: Phrases<bool>,
    /// Last words of names (`River`) and the kinds they tell.
    pub last_words: BTreeMap<&'static str, EntityKind>,
    /// First words of names of the form "Ministry of …".
    pub of_words: BTreeMap<&'static str, EntityKind>,
    /// First words of names that tell their kind ("HMS").
    pub first_words: BTreeMap<&'static str, EntityKind>,
    /// Nouns right after a name that tell its kind ("region").
    pub next_words: BTreeMap<&'static str, EntityKind>,
    /// Words with capitals that name nobody (units, months), lower case.
    pub not_names: BTreeSet<&'static str>,
    /// Last parts of site addresses.
    pub domains: BTreeSet<&'static str>,
    /// Common nouns (singular) by which a thing already named is spoken of again ("the country").
    pub nouns: BTreeMap<&'static str, EntityKind>,
    given_names: BTreeMap<&'static str, Option<Gender>>,
    /// Offices with their holders.
    pub offices: Offices,
    members: Vec<Membership>,
}

/// A state's time in an organisation.
#[derive(Clone, Copy, Debug)]
pub struct Membership {
    /// The organisation.
    pub organisation: ActorId,
    /// The state.
    pub member: ActorId,
    /// First day, if known.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl ActorRegistry {
    /// The data that the program carries; states come from `countries`.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded(countries: &Countries) -> Result<Self, Error> {
        load::registry(countries)
    }

    /// The actor of that position.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.0 as usize]
    }

    /// Every actor with its position, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (ActorId, &Actor)> {
        self.actors.iter().enumerate().map(|(at, actor)| (ActorId(at as u32), actor))
    }

    /// The actor of a stable id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<ActorId> {
        self.by_id.get(id).copied()
    }

    /// The state of an ISO alpha-3 code.
    #[must_use]
    pub fn state(&self, alpha3: &str) -> Option<ActorId> {
        self.states.get(alpha3).copied()
    }

    /// An organ by its index.
    #[must_use]
    pub fn institution(&self, at: usize) -> &Institution {
        &self.institutions[at]
    }

    /// A role word by its index.
    #[must_use]
    pub fn role(&self, at: usize) -> &RoleWord {
        &self.roles[at]
    }

    /// Whether `word` (lower case) is a given name, and whose: `Some(None)` for names of both.
    #[must_use]
    pub fn given_name(&self, word: &str) -> Option<Option<Gender>> {
        self.given_names.get(word).copied()
    }

    /// Sectors of the role words in `title` ("member of the State Duma" has none of its own), in order, each once.
    #[must_use]
    pub fn sectors_of(&self, title: &str) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut done = 0;
        for at in word_starts(title) {
            let Some((end, uses)) = self.role_words.longest(title, at).filter(|_| at >= done) else {
                continue;
            };
            done = end;
            for sector in &self.role(uses[0].role).sectors {
                if !out.iter().any(|have| have == sector) {
                    out.push((*sector).to_owned());
                }
            }
        }
        out
    }

    /// Organisations that `member` belonged to on `day` (today's, without a day).
    pub fn memberships(&self, member: ActorId, day: Option<Date>) -> impl Iterator<Item = &Membership> {
        self.members.iter().filter(move |m| {
            let begun = day.is_none_or(|day| m.from.is_none_or(|from| from <= day));
            let open = day.map_or(m.to.is_none(), |day| m.to.is_none_or(|to| day <= to));
            m.member == member && begun && open
        })
    }
}

/// Bytes at which a word begins.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let starts = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        starts.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::PlaceLexicon;

    fn registry() -> ActorRegistry {
        ActorRegistry::embedded(PlaceLexicon::embedded().unwrap().countries()).unwrap()
    }

    fn day(text: &str) -> Date {
        row::date(text).unwrap().unwrap()
    }

    #[track_caller]
    fn check_holder(body: &str, title: &str, on: &str, person: Option<&str>) {
        let registry = registry();
        let body = registry.state(body).or_else(|| registry.by_id(&format!("short/{body}"))).unwrap();
        let found = registry.offices.holder(body, &registry.offices.class_of(title), day(on));
        assert_eq!(found.map(|office| registry.actor(office.person).name.as_str()), person);
    }

    #[test]
    fn offices_are_held_by_the_one_of_that_day() {
        check_holder("RUS", "President", "2010-03-01", Some("Dmitry Medvedev"));
        check_holder("RUS", "prime minister", "2015-03-01", Some("Dmitry Medvedev"));
        check_holder("RUS", "president", "2022-01-05", Some("Vladimir Putin"));
        check_holder("USA", "foreign minister", "2022-01-05", Some("Antony Blinken"));
        check_holder("GBR", "Foreign Secretary", "2023-02-28", Some("James Cleverly"));
        check_holder("NATO", "secretary general", "2022-01-05", Some("Jens Stoltenberg"));
        check_holder("DEU", "chancellor", "2021-12-08", Some("Olaf Scholz"));
        check_holder("RUS", "president", "1980-01-01", None);
    }

    #[test]
    fn one_person_is_known_by_the_office_of_the_day() {
        let registry = registry();
        let medvedev = registry.by_id("person/dmitry-medvedev").unwrap();
        let title = |on| registry.offices.on(medvedev, day(on)).map(|office| office.title.as_str());
        assert_eq!(title("2010-06-01"), Some("president"));
        assert_eq!(title("2015-06-01"), Some("prime minister"));
        assert_eq!(title("2022-06-01"), Some("deputy chairman of the Security Council"));
        assert_eq!(title("2000-06-01"), None);
    }

    /// Every name of the registry is found at its own text, with its own actor among the meanings.
    #[test]
    fn every_name_resolves_to_its_actor() {
        let registry = registry();
        for (id, actor) in registry.iter() {
            let (end, meanings) = registry.names.longest(&actor.name, 0).expect("the name is loaded");
            assert_eq!(end, actor.name.len(), "{} is cut", actor.name);
            assert!(meanings.iter().any(|known| known.actor == id), "{} means others", actor.name);
        }
    }

    #[test]
    fn sectors_follow_the_role_words() {
        let registry = registry();
        assert_eq!(registry.sectors_of("Lieutenant General"), ["MIL"]);
        assert_eq!(registry.sectors_of("retired general-turned-MP"), ["MIL", "LEG"]);
        assert_eq!(registry.sectors_of("foreign ministers of the region"), ["GOV"]);
        assert!(registry.sectors_of("friend").is_empty());
    }

    #[test]
    fn memberships_have_their_time() {
        let registry = registry();
        let of = |state, on| -> Vec<String> {
            let state = registry.state(state).unwrap();
            registry.memberships(state, on).map(|m| registry.actor(m.organisation).name.clone()).collect()
        };
        assert!(
            of("KAZ", Some(day("2022-01-05"))).iter().any(|n| n == "Collective Security Treaty Organization")
        );
        assert!(!of("GEO", None).iter().any(|n| n == "Commonwealth of Independent States"));
        assert!(of("GBR", Some(day("2016-01-01"))).iter().any(|n| n == "European Union"));
        assert!(!of("GBR", None).iter().any(|n| n == "European Union"));
    }
}
