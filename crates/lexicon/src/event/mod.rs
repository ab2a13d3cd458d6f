//! Words that evoke events, with their PLOVER and CAMEO codes: the files of `data/events/`.
//!
//! Reads and checks them and finds the patterns of a lemma; matching them with a parse is extraction's work.

mod commitment;
mod dyads;
mod model;
mod ontology;
mod pattern;
mod sense;
mod words;

pub use dyads::{InventedDyad, invented_dyads};
pub use model::{
    FACTUALITY_FILE, FactualityModel, LinearReading, RELATION_FILE, ROOTS, RelationModel, quad_of_root,
};
pub use commitment::{Commitment, Effect};
pub use ontology::{Code, EventType, Ontology};
pub use pattern::{Filler, Head, Link, Part, Pattern, Slot, Step, Test};
pub use sense::{Example, Parties, Sense};
pub use words::WordSet;

use crate::Error;
use pattern::Classes;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

const CLASSES: &str = "events/classes.toml";
const TRIGGERS: &str = "events/triggers/";

/// A pattern with the head it hangs on and the sense it belongs to.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its head.
    pub head: Head,
    /// What else must be there.
    pub pattern: Pattern,
    /// Index of its sense.
    pub sense: usize,
}

/// Words that evoke events.
#[derive(Debug)]
pub struct EventLexicon {
    ontology: Ontology,
    senses: Vec<Sense>,
    entries: Vec<Entry>,
    index: HashMap<(Part, String), Vec<usize>>,
    people: WordSet,
    public: WordSet,
    pronouns: WordSet,
    measures: WordSet,
    tools: WordSet,
    light: WordSet,
    using: WordSet,
    steering: WordSet,
    commitment: Commitment,
    relation: Option<RelationModel>,
    factuality: Option<FactualityModel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassesFile {
    public: BTreeMap<String, String>,
    people: BTreeMap<String, String>,
    pronouns: BTreeMap<String, String>,
    measures: BTreeMap<String, String>,
    verbs: BTreeMap<String, String>,
    class: BTreeMap<String, String>,
}

impl EventLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(CLASSES).ok_or_else(|| Error::new(CLASSES, "the file is missing"))?;
        let file: ClassesFile = toml::from_str(text).map_err(|e| Error::new(CLASSES, e))?;
        let classes = classes(&file);
        let verbs = |name: &str| word_set(file.verbs.get(name).map_or("", String::as_str));
        let mut out = Self {
            ontology: Ontology::embedded()?,
            senses: Vec::new(),
            entries: Vec::new(),
            index: HashMap::new(),
            people: union(&file.people),
            public: union(&file.public),
            pronouns: union(&file.pronouns),
            measures: union(&file.measures),
            tools: classes.get("weapon").cloned().unwrap_or_default(),
            light: verbs("light"),
            using: verbs("using"),
            steering: verbs("steering"),
            commitment: Commitment::embedded()?,
            relation: RelationModel::embedded()?,
            factuality: FactualityModel::embedded()?,
        };
        for (path, text) in tolmach_data::texts_under(TRIGGERS) {
            out.add_file(path, text, &classes)?;
        }
        Ok(out)
    }

    fn add_file(&mut self, path: &str, text: &str, classes: &Classes) -> Result<(), Error> {
        for (sense, patterns) in sense::read_file(path, text, &self.ontology)? {
            let id = self.senses.len();
            for (part, text) in patterns {
                let (heads, pattern) = pattern::read(&text, part, classes)
                    .map_err(|why| Error::new(path, format!("sense `{}`: `{text}`: {why}", sense.id)))?;
                for head in heads {
                    self.add_entry(Entry { head, pattern: pattern.clone(), sense: id });
                }
            }
            self.senses.push(sense);
        }
        Ok(())
    }

    fn add_entry(&mut self, entry: Entry) {
        let key = (entry.pattern.part, carrier(&entry.head.words).to_owned());
        self.index.entry(key).or_default().push(self.entries.len());
        self.entries.push(entry);
    }

    /// The entries whose carrying word is `word`: a lemma, or a form for passives and adjectives.
    pub fn entries(&self, part: Part, word: &str) -> impl Iterator<Item = &Entry> {
        let found = self.index.get(&(part, word.to_owned()));
        found.into_iter().flatten().map(|at| &self.entries[*at])
    }

    /// The sense at `index`.
    #[must_use]
    pub fn sense(&self, index: usize) -> &Sense {
        &self.senses[index]
    }

    /// Every sense, in the order of the files.
    #[must_use]
    pub fn senses(&self) -> &[Sense] {
        &self.senses
    }

    /// The code tables.
    #[must_use]
    pub fn ontology(&self) -> &Ontology {
        &self.ontology
    }

    /// Words that change what a source commits to.
    #[must_use]
    pub fn commitment(&self) -> &Commitment {
        &self.commitment
    }

    /// Nouns for other people and bodies of people.
    #[must_use]
    pub fn people(&self) -> &WordSet {
        &self.people
    }

    /// Nouns for those who act in public: governments, forces, crowds.
    #[must_use]
    pub fn public(&self) -> &WordSet {
        &self.public
    }

    /// Pronouns for people.
    #[must_use]
    pub fn pronouns(&self) -> &WordSet {
        &self.pronouns
    }

    /// Nouns that only count what follows.
    #[must_use]
    pub fn measures(&self) -> &WordSet {
        &self.measures
    }

    /// Things that act for somebody: weapons.
    #[must_use]
    pub fn tools(&self) -> &WordSet {
        &self.tools
    }

    /// Verbs that only carry a noun of action ("hold a meeting").
    #[must_use]
    pub fn light(&self) -> &WordSet {
        &self.light
    }
    /// The relation coder's weights, if the program carries them.
    #[must_use]
    pub fn relation_model(&self) -> Option<&RelationModel> {
        self.relation.as_ref()
    }
    /// The weights of the learned reading of factuality, if the program carries them.
    #[must_use]
    pub fn factuality_model(&self) -> Option<&FactualityModel> {
        self.factuality.as_ref()
    }
    /// Verbs whose means is a noun of action: "responded with airstrikes".
    #[must_use]
    pub fn using(&self) -> &WordSet {
        &self.using
    }

    /// Verbs whose object acts in their infinitive ("order them to leave").
    #[must_use]
    pub fn steering(&self) -> &WordSet {
        &self.steering
    }
}

/// The word of a head phrase that the others hang on: the one before a preposition, else the last.
#[must_use]
pub fn carrier(words: &[String]) -> &str {
    let before = words.windows(2).find(|pair| matches!(pair[1].as_str(), "of" | "in" | "at" | "to"));
    before.map_or_else(|| words.last().map_or("", String::as_str), |pair| pair[0].as_str())
}

fn classes(file: &ClassesFile) -> Classes {
    let all = file.class.iter().chain(&file.people).chain(&file.public);
    all.map(|(name, words)| (name.clone(), word_set(words))).collect()
}

fn union(lists: &BTreeMap<String, String>) -> WordSet {
    let mut out = WordSet::default();
    lists.values().for_each(|words| out.extend(&word_set(words)));
    out
}

fn word_set(words: &str) -> WordSet {
    let mut out = WordSet::default();
    words.split_whitespace().for_each(|word| out.add(word));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carried_files_are_sound() {
        let lexicon = EventLexicon::embedded().unwrap();
        assert!(lexicon.entries(Part::Verb, "bomb").count() > 0);
        assert!(lexicon.entries(Part::Noun, "state").any(|e| e.head.words == ["state", "of", "emergency"]));
        assert!(lexicon.public().has("minister") && lexicon.tools().has("drone"));
    }

    #[test]
    fn every_sense_reads_something_and_every_file_ignores_something() {
        let lexicon = EventLexicon::embedded().unwrap();
        let mute: Vec<_> = lexicon.senses().iter().filter(|s| s.reads.is_empty()).map(|s| &s.id).collect();
        assert!(mute.is_empty(), "no `reads` example: {mute:?}");
        for (path, text) in tolmach_data::texts_under(TRIGGERS) {
            assert!(text.contains("ignores ="), "{path} has no `ignores` example");
        }
    }
}
