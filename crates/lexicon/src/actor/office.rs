//! Offices with dates: who held which when.
//!
//! Knows no text; titles are compared after `titles.tsv` has put synonyms into one class.

use super::ActorId;
use std::collections::BTreeMap;
use tolmach_document::Date;

/// One term of one person in one office.
#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    /// The state or organisation.
    pub body: ActorId,
    /// Class of the title ("foreign minister" for a secretary of state).
    pub class: String,
    /// The title as that state says it.
    pub title: String,
    /// Who.
    pub person: ActorId,
    /// First day.
    pub from: Option<Date>,
    /// Last day; `None`: still in office.
    pub to: Option<Date>,
}

impl Office {
    /// Whether the term covers `day`.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// All terms.
#[derive(Clone, Debug, Default)]
pub struct Offices {
    terms: Vec<Office>,
    by_body: BTreeMap<(ActorId, String), Vec<usize>>,
    by_person: BTreeMap<ActorId, Vec<usize>>,
    classes: BTreeMap<String, String>,
}

impl Offices {
    /// Says that `word` (lower case) is a title of `class`.
    pub(super) fn add_title(&mut self, class: &str, word: &str) {
        self.classes.insert(word.to_owned(), class.to_owned());
    }

    /// Adds a term; an error if it overlaps another of the same office.
    pub(super) fn add(&mut self, office: Office) -> Result<(), String> {
        let index = self.terms.len();
        let same = self.by_body.entry((office.body, office.class.clone())).or_default();
        if let Some(other) = same.iter().map(|at| &self.terms[*at]).find(|other| overlap(other, &office)) {
            return Err(format!("overlaps the term from {:?} to {:?}", other.from, other.to));
        }
        same.push(index);
        self.by_person.entry(office.person).or_default().push(index);
        self.terms.push(office);
        Ok(())
    }

    /// Class of a title in any case: "Foreign Minister" and "secretary of state" are one; others are their own.
    #[must_use]
    pub fn class_of(&self, title: &str) -> String {
        let lower = title.to_lowercase();
        self.classes.get(&lower).cloned().unwrap_or(lower)
    }

    /// Whether a title names one office of its state, so that who holds it follows from the day.
    #[must_use]
    pub fn is_title(&self, title: &str) -> bool {
        self.classes.contains_key(&title.to_lowercase())
    }

    /// Who held the office of `class` at `body` on `day`.
    #[must_use]
    pub fn holder(&self, body: ActorId, class: &str, day: Date) -> Option<&Office> {
        let terms = self.by_body.get(&(body, class.to_owned()))?;
        // On a day of hand-over the newcomer answers.
        terms.iter().rev().map(|at| &self.terms[*at]).find(|office| office.covers(day))
    }

    /// Every term of the office.
    pub fn terms(&self, body: ActorId, class: &str) -> impl Iterator<Item = &Office> {
        self.by_body.get(&(body, class.to_owned())).into_iter().flatten().map(|at| &self.terms[*at])
    }

    /// Every term of a person, in the order of the file (first offices first).
    pub fn of(&self, person: ActorId) -> impl Iterator<Item = &Office> {
        self.by_person.get(&person).into_iter().flatten().map(|at| &self.terms[*at])
    }

    /// The highest office of `person` on `day`: the first in file order that covers it.
    #[must_use]
    pub fn on(&self, person: ActorId, day: Date) -> Option<&Office> {
        self.of(person).find(|office| office.covers(day))
    }

    /// How many terms are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// Whether two terms share more than a day of hand-over.
fn overlap(a: &Office, b: &Office) -> bool {
    let before = |x: &Office, y: &Office| matches!((x.to, y.from), (Some(to), Some(from)) if to <= from);
    !before(a, b) && !before(b, a)
}
