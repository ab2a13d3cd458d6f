//! The little language of event patterns: `launch war|attack [on|against RECIPIENT]`.
//!
//! A pattern is read into a head and steps from it; how steps are found in a parse is not its business.
//! The language is told in `data/events/README.md`.

use super::words::{WordSet, split};
use std::collections::BTreeMap;

/// What kind of word carries a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A verb: the subject is who acts.
    Verb,
    /// A noun: possessors, `by` and nationalities act.
    Noun,
    /// An adjective or participle after a copula.
    Adjective,
}

/// Who a slot is in the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The one who does it.
    Actor,
    /// The one it is done to.
    Recipient,
    /// Something the pattern needs but the event does not name.
    Thing,
}

/// What a slot's head must be; an empty test takes anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Test {
    /// `#who`: can act.
    pub who: bool,
    /// `#person`: a human being or a group of them, not an institution or a place.
    pub person: bool,
    /// `#place`: a named place.
    pub place: bool,
    /// `#many`: plural or joined by "and".
    pub many: bool,
    /// One of these words.
    pub words: WordSet,
}

impl Test {
    /// Whether it takes anything.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.who && !self.person && !self.place && !self.many && self.words.is_empty()
    }
}

/// What stands at the end of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// A phrase with a part in the event.
    Slot(Slot, Test),
    /// Another event.
    Event,
}

/// How a step leads away from the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// Direct object, or the subject of a passive.
    Object,
    /// A prepositional phrase; each preposition is one or more words.
    Preposition(Vec<String>),
    /// `to` and a verb.
    Infinitive,
    /// A clause with its own subject.
    Clause,
    /// A clause that says what must be done.
    Must,
    /// What the object is called or made.
    Predicate,
    /// An adverb.
    Adverb,
}

/// One thing the head must, or may, have beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where.
    pub link: Link,
    /// What.
    pub filler: Filler,
    /// Whether it may be missing.
    pub optional: bool,
}

/// A head as one of a pattern's alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The words, usually one; the last, or the one before a preposition, carries the phrase.
    pub words: Vec<String>,
    /// `up` of "give up".
    pub particle: Option<String>,
    /// Matches the surface form of a passive participle (`be killed`), and only without an agent.
    pub passive: bool,
}

/// One pattern: what to look for beside a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Verb, noun or adjective.
    pub part: Part,
    /// What the subject (of a verb), or the owner (of a noun), is.
    pub subject: Slot,
    /// What it must be like.
    pub subject_test: Test,
    /// `THING(EVENT) stop`: the subject is itself an event.
    pub subject_event: bool,
    /// Whether it must be there.
    pub subject_needed: bool,
    /// What else.
    pub steps: Vec<Step>,
}

/// Named classes of words.
pub type Classes = BTreeMap<String, WordSet>;

const PREPOSITIONS: [&str; 34] = [
    "with",
    "against",
    "on",
    "upon",
    "to",
    "for",
    "from",
    "of",
    "in",
    "into",
    "at",
    "over",
    "about",
    "as",
    "by",
    "between",
    "among",
    "toward",
    "towards",
    "through",
    "under",
    "behind",
    "after",
    "before",
    "out",
    "off",
    "along",
    "across",
    "around",
    "near",
    "during",
    "outside",
    "alongside",
    "via",
];

/// Reads `text` as a pattern of `part`: its heads and what they share.
///
/// # Errors
/// Says what cannot be read.
pub fn read(text: &str, part: Part, classes: &Classes) -> Result<(Vec<Head>, Pattern), String> {
    let spaced = text.replace('[', " [ ").replace(']', " ] ");
    let mut tokens = spaced.split_whitespace().peekable();
    let mut pattern = Pattern {
        part,
        subject: Slot::Actor,
        subject_test: Test::default(),
        subject_event: false,
        subject_needed: false,
        steps: Vec::new(),
    };
    if let Some(first) = tokens.next_if(|t| is_slot(t)) {
        read_subject(first, &mut pattern, classes)?;
    }
    let head = tokens.next().ok_or("a pattern needs a head")?;
    let passive = head == "be" && tokens.peek().is_some_and(|next| is_plain(next));
    let head = if passive { tokens.next().unwrap_or(head) } else { head };
    let heads = head.split('|').map(|one| read_head(one, passive)).collect();
    let mut reader = Steps { classes, steps: Vec::new(), optional: false, object: false };
    while let Some(token) = tokens.next() {
        reader.step(token, &mut tokens)?;
    }
    pattern.steps = reader.steps;
    Ok((heads, pattern))
}

fn read_subject(token: &str, pattern: &mut Pattern, classes: &Classes) -> Result<(), String> {
    if token == "THING(EVENT)" {
        pattern.subject_event = true;
        pattern.subject = Slot::Thing;
    } else if let Filler::Slot(slot, test) = read_filler(token, classes)? {
        pattern.subject = slot;
        pattern.subject_test = test;
    }
    pattern.subject_needed = true;
    Ok(())
}

fn read_head(text: &str, passive: bool) -> Head {
    let (word, particle) = match text.split_once('+') {
        Some((word, particle)) => (word, Some(particle.to_owned())),
        None => (text, None),
    };
    Head { words: split(word), particle, passive }
}

fn is_slot(token: &str) -> bool {
    ["ACTOR", "RECIPIENT", "WHO", "PERSON", "PLACE", "THING", "EVENT"].iter().any(|slot| {
        token.strip_prefix(slot).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '(']))
    })
}

/// A list of plain words: no preposition, no slot, no keyword.
fn is_plain(token: &str) -> bool {
    !is_preposition(token) && token.chars().all(|c| !c.is_uppercase() && c != '[' && c != ']' && c != '~')
}

fn is_preposition(token: &str) -> bool {
    token.split('|').all(|one| {
        PREPOSITIONS.contains(&one)
            || (one.contains('_')
                && one.split('_').next().is_some_and(|p| PREPOSITIONS.contains(&p))
                && one.rsplit('_').next().is_some_and(|p| PREPOSITIONS.contains(&p)))
    })
}

struct Steps<'c> {
    classes: &'c Classes,
    steps: Vec<Step>,
    optional: bool,
    object: bool,
}

impl Steps<'_> {
    fn step<'t>(&mut self, token: &str, rest: &mut impl Iterator<Item = &'t str>) -> Result<(), String> {
        let mut next = |what: &str| rest.next().ok_or_else(|| format!("`{what}` needs something after it"));
        let (link, filler) = match token {
            "[" | "]" => {
                self.optional = token == "[";
                return Ok(());
            }
            "TO-DO" => (Link::Infinitive, Filler::Slot(Slot::Thing, Test::default())),
            "TO" => (Link::Infinitive, read_filler(next("TO")?, self.classes)?),
            "THAT-MUST" => (Link::Must, read_filler(next("THAT-MUST")?, self.classes)?),
            "THAT" => (Link::Clause, read_filler(rest.next().unwrap_or("THING"), self.classes)?),
            "IS" => (Link::Predicate, read_filler(next("IS")?, self.classes)?),
            _ if token.starts_with('~') => (Link::Adverb, read_filler(&token[1..], self.classes)?),
            _ if is_preposition(token) => {
                let words = token.split('|').map(|one| one.replace('_', " ")).collect();
                (Link::Preposition(words), read_filler(next(token)?, self.classes)?)
            }
            _ => {
                let link = if self.object { Link::Predicate } else { Link::Object };
                self.object = true;
                (link, read_filler(token, self.classes)?)
            }
        };
        self.steps.push(Step { link, filler, optional: self.optional });
        Ok(())
    }
}

fn read_filler(token: &str, classes: &Classes) -> Result<Filler, String> {
    if token == "EVENT" {
        return Ok(Filler::Event);
    }
    if !is_slot(token) {
        return Ok(Filler::Slot(Slot::Thing, read_test(token, classes)?));
    }
    let end = token.find([':', '(']).unwrap_or(token.len());
    let (name, rest) = token.split_at(end);
    let inside = rest.strip_prefix('(').map(|r| r.trim_end_matches(')').to_owned());
    let inside = inside.or_else(|| rest.strip_prefix(':').map(|kind| format!("#{kind}")));
    let (slot, default) = match name {
        "ACTOR" => (Slot::Actor, ""),
        "RECIPIENT" => (Slot::Recipient, ""),
        "WHO" => (Slot::Recipient, "#who"),
        "PERSON" => (Slot::Recipient, "#person"),
        "PLACE" => (Slot::Recipient, "#place"),
        _ => (Slot::Thing, ""),
    };
    Ok(Filler::Slot(slot, read_test(inside.as_deref().unwrap_or(default), classes)?))
}

fn read_test(text: &str, classes: &Classes) -> Result<Test, String> {
    let mut test = Test::default();
    for item in text.split('|').filter(|item| !item.is_empty()) {
        match item {
            "#who" => test.who = true,
            "#person" => test.person = true,
            "#place" => test.place = true,
            "#many" => test.many = true,
            _ if item.starts_with('#') || is_slot(item) => {
                return Err(format!("`{item}` cannot stand in a list"));
            }
            _ => match item.strip_prefix('@') {
                Some(name) => {
                    test.words.extend(classes.get(name).ok_or_else(|| format!("no class `{name}`"))?);
                }
                None => test.words.add(item),
            },
        }
    }
    Ok(test)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> (Vec<Head>, Pattern) {
        let mut classes = Classes::new();
        let mut talk = WordSet::default();
        talk.add("meeting");
        classes.insert("talk".to_owned(), talk);
        read(text, Part::Verb, &classes).unwrap()
    }

    #[test]
    fn optional_preposition_and_words() {
        let (heads, pattern) = reading("launch|carry+out war|attack [on|against RECIPIENT]");
        assert_eq!(heads.len(), 2);
        assert_eq!(heads[1].particle.as_deref(), Some("out"));
        assert_eq!(pattern.steps.len(), 2);
        assert!(pattern.steps[1].optional && !pattern.steps[0].optional);
        assert_eq!(pattern.steps[1].link, Link::Preposition(vec!["on".into(), "against".into()]));
    }

    #[test]
    fn a_second_bare_word_is_what_the_object_is_called() {
        let (_, pattern) = reading("take WHO hostage");
        assert_eq!(pattern.steps[1].link, Link::Predicate);
        assert!(!pattern.subject_needed);
    }

    #[test]
    fn passives_subjects_and_classes() {
        let (heads, pattern) = reading("RECIPIENT:who be killed|wounded");
        assert!(heads[0].passive && pattern.subject == Slot::Recipient && pattern.subject_test.who);
        let (heads, pattern) = reading("be on visit to PLACE");
        assert!(!heads[0].passive && pattern.steps.len() == 2);
        let (_, pattern) = reading("hold @talk");
        assert!(
            matches!(&pattern.steps[0].filler, Filler::Slot(Slot::Thing, test) if test.words.has("meeting"))
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let classes = Classes::new();
        assert_eq!(read("", Part::Verb, &classes).unwrap_err(), "a pattern needs a head");
        assert_eq!(read("hold @talk", Part::Verb, &classes).unwrap_err(), "no class `talk`");
        assert_eq!(read("seize WHO|land", Part::Verb, &classes).unwrap_err(), "`WHO` cannot stand in a list");
    }
}
