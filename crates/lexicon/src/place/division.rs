//! `data/places/types.toml`: words that say what kind of division a name belongs to.
//!
//! Says nothing of which divisions a country has.

use crate::Error;
use crate::gazetteer::fold;
use std::collections::BTreeSet;

const FILE: &str = "places/types.toml";

#[derive(serde::Deserialize)]
struct File {
    divisions: Lists,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    never: Vec<String>,
    english_after: Vec<String>,
    english_before: Vec<String>,
    foreign_after: Vec<String>,
    foreign_before: Vec<String>,
}

/// Words before and after the names of divisions.
pub struct DivisionWords {
    before: Vec<String>,
    after: Vec<String>,
    english: BTreeSet<String>,
    never: BTreeSet<String>,
}

impl DivisionWords {
    pub(crate) fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
        let File { divisions: lists } = toml::from_str(text).map_err(|why| Error::new(FILE, why))?;
        let english = lists.english_after.iter().map(|word| word.to_lowercase()).collect();
        // Longer words first, so that "Autonomous Region" is not cut to "Autonomous".
        let longest_first = |mut words: Vec<String>| {
            words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            words
        };
        Ok(Self {
            never: lists.never.iter().map(|word| fold(word)).collect(),
            before: longest_first([lists.english_before, lists.foreign_before].concat()),
            after: longest_first([lists.english_after, lists.foreign_after].concat()),
            english,
        })
    }

    /// Whether the folded name is a bare word ("western") that names no division.
    #[must_use]
    pub fn is_bare(&self, folded: &str) -> bool {
        self.never.contains(folded)
    }

    /// `name` without its type word; `None` if it has none or is nothing else.
    #[must_use]
    pub fn stem<'n>(&self, name: &'n str) -> Option<&'n str> {
        let cut_after = |word: &String| name.strip_suffix(word.as_str())?.strip_suffix(' ');
        let cut_before = |word: &String| name.strip_prefix(word.as_str())?.strip_prefix([' ', '-']);
        let stem =
            self.after.iter().find_map(cut_after).or_else(|| self.before.iter().find_map(cut_before))?;
        Some(stem.trim()).filter(|stem| !stem.is_empty())
    }

    /// Whether `name` ends in an English type word ("Donetsk Oblast").
    #[must_use]
    pub fn is_english_name(&self, name: &str) -> bool {
        let plain = |c: char| c.is_ascii() || c == '’';
        let last = name.rsplit_once(' ').map(|(_, last)| last.to_lowercase());
        name.chars().all(plain) && last.is_some_and(|last| self.is_english(&last))
    }

    /// Whether the lower-case word may follow a name as its type in English ("region", "county").
    #[must_use]
    pub fn is_english(&self, lower: &str) -> bool {
        self.english.contains(lower)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_words_are_stripped_from_either_end() {
        let words = DivisionWords::embedded().unwrap();
        for (name, stem) in [
            ("Laurel County", Some("Laurel")),
            ("Mangghystaū oblysy", Some("Mangghystaū")),
            ("Inner Mongolia Autonomous Region", Some("Inner Mongolia")),
            ("Província de Tarragona", Some("Tarragona")),
            ("Kostanayskaya Oblast’", Some("Kostanayskaya")),
            ("County", None),
            ("Bavaria", None),
        ] {
            assert_eq!(words.stem(name), stem, "{name}");
        }
        assert!(words.is_bare("western") && !words.is_bare("bavaria"));
        assert!(words.is_english_name("Tver’ Oblast") && !words.is_english_name("Tver vilayəti"));
        assert!(words.is_english("region") && !words.is_english("sheng"));
    }
}
