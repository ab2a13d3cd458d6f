//! Phrases that attribute without a verb: "according to", "in his view", "reportedly".

use super::cue::certainty;
use crate::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use tolmach_document::Certainty;

/// Phrases that attribute without a verb.
pub struct Phrases {
    prepositions: Vec<Vec<String>>,
    possessives: BTreeMap<String, Vec<String>>,
    hearsay: BTreeMap<String, Hearsay>,
    hiding: Vec<String>,
}

/// An adverb of hearsay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hearsay {
    /// The reporter's commitment.
    pub certainty: Certainty,
    /// Says more about appearance than about talk ("apparently").
    pub weak: bool,
}

#[derive(Deserialize)]
pub(super) struct File {
    preposition: Vec<Preposition>,
    possessive: Vec<Possessive>,
    hearsay: Vec<Adverbs>,
    anonymity: Anonymity,
}

#[derive(Deserialize)]
struct Anonymity {
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct Preposition {
    words: String,
}

#[derive(Deserialize)]
struct Possessive {
    preposition: String,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
struct Adverbs {
    words: Vec<String>,
    certainty: String,
    #[serde(default)]
    weak: bool,
}

impl Phrases {
    pub(super) fn new(file: File) -> Result<Self, Error> {
        let mut prepositions: Vec<Vec<String>> =
            file.preposition.iter().map(|p| p.words.split(' ').map(str::to_owned).collect()).collect();
        prepositions.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let mut hearsay = BTreeMap::new();
        for adverbs in file.hearsay {
            let certainty = certainty("reporting/phrases.toml", &adverbs.certainty)?;
            for word in adverbs.words {
                hearsay.insert(word, Hearsay { certainty, weak: adverbs.weak });
            }
        }
        let possessives = file.possessive.into_iter().map(|p| (p.preposition, p.nouns)).collect();
        Ok(Self { prepositions, possessives, hearsay, hiding: file.anonymity.verbs })
    }

    /// Whether not to be `lemma`ed is to stay unknown ("asked not to be named").
    #[must_use]
    pub fn hides(&self, lemma: &str) -> bool {
        self.hiding.iter().any(|verb| verb == lemma)
    }

    /// How many of the coming lower-case words make a preposition that a source follows.
    #[must_use]
    pub fn preposition<'w>(&self, next: impl Fn(usize) -> Option<&'w str>) -> Option<usize> {
        self.prepositions
            .iter()
            .find(|words| words.iter().enumerate().all(|(at, word)| next(at) == Some(word.as_str())))
            .map(Vec::len)
    }

    /// Whether "`preposition` his `noun`" attributes ("in his view").
    #[must_use]
    pub fn is_possessive(&self, preposition: &str, noun: &str) -> bool {
        self.possessives.get(preposition).is_some_and(|nouns| nouns.iter().any(|n| n == noun))
    }

    /// The adverb of hearsay `lower`.
    #[must_use]
    pub fn hearsay(&self, lower: &str) -> Option<Hearsay> {
        self.hearsay.get(lower).copied()
    }
}
