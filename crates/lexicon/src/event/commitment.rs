//! Words that change what a source commits to about an event: `data/events/commitment.toml`.
//!
//! Says what a word does; where it must stand is the reader's business.

use crate::Error;
use serde::Deserialize;
use std::collections::HashMap;

const FILE: &str = "events/commitment.toml";

/// What a word does to the commitment to an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// Name of its group.
    #[serde(default)]
    pub class: String,
    /// `verb`: only verbs have it.
    pub part: Option<String>,
    /// Name of the certainty it lowers to, as the contract has it.
    pub certainty: Option<String>,
    /// Name of the tense it moves to.
    pub tense: Option<String>,
    /// `negative`: turns the polarity round.
    pub polarity: Option<String>,
    /// `kept`: an event named by a noun in its object is not touched ("refused to accept the annexation").
    pub object: Option<String>,
    words: String,
}

impl Effect {
    /// Whether the word leaves alone what a noun names in its object.
    #[must_use]
    pub fn keeps_object(&self) -> bool {
        self.object.as_deref() == Some("kept")
    }
}

/// The effects, by word.
#[derive(Debug)]
pub struct Commitment {
    governors: HashMap<String, Effect>,
    adverbs: HashMap<String, Effect>,
    modals: HashMap<String, Effect>,
    conditions: Vec<String>,
    happening: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    governor: Vec<Effect>,
    adverb: Vec<Effect>,
    modal: Vec<Effect>,
    condition: Words,
    happening: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
}

impl Commitment {
    /// The words that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
        let file: File = toml::from_str(text).map_err(|e| Error::new(FILE, e))?;
        let list = |words: Words| words.words.split_whitespace().map(str::to_owned).collect();
        Ok(Self {
            governors: by_word(file.governor),
            adverbs: by_word(file.adverb),
            modals: by_word(file.modal),
            conditions: list(file.condition),
            happening: list(file.happening),
        })
    }

    /// What a predicate does to the event in its complement.
    #[must_use]
    pub fn governor(&self, lemma: &str) -> Option<&Effect> {
        self.governors.get(lemma)
    }

    /// What an adverb or negation does to the event beside it.
    #[must_use]
    pub fn adverb(&self, word: &str) -> Option<&Effect> {
        self.adverbs.get(word)
    }

    /// What a modal does to its verb.
    #[must_use]
    pub fn modal(&self, word: &str) -> Option<&Effect> {
        self.modals.get(word)
    }

    /// Whether the conjunction opens a condition.
    #[must_use]
    pub fn is_condition(&self, word: &str) -> bool {
        self.conditions.iter().any(|w| w == word)
    }

    /// Whether the verb only says that its noun happens.
    #[must_use]
    pub fn is_happening(&self, lemma: &str) -> bool {
        self.happening.iter().any(|w| w == lemma)
    }
}

/// The first group that names a word wins.
fn by_word(effects: Vec<Effect>) -> HashMap<String, Effect> {
    let mut out = HashMap::new();
    for effect in effects {
        for word in effect.words.split_whitespace() {
            out.entry(word.to_owned()).or_insert_with(|| Effect { words: String::new(), ..effect.clone() });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_effects() {
        let words = Commitment::embedded().unwrap();
        assert_eq!(words.governor("plan").unwrap().tense.as_deref(), Some("future"));
        assert_eq!(words.governor("fail").unwrap().polarity.as_deref(), Some("negative"));
        assert_eq!(words.modal("might").unwrap().certainty.as_deref(), Some("possible"));
        assert!(words.is_condition("unless") && words.governor("table").is_none());
    }
}
