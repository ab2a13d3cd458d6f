//! `data/places/context.toml`: classes of the words around a name.
//!
//! Gives classes numbers in the order of the file; what they weigh is for the models to say.

use crate::Error;
use std::collections::BTreeMap;

const FILE: &str = "places/context.toml";

/// Classes of words before, after and beside a name. Class 0 is "none of these".
pub struct ContextWords {
    nouns: Classes,
    before: Classes,
    after: Classes,
}

type Classes = BTreeMap<String, u8>;

/// The kinds of place that nouns name, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PlaceNoun {
    /// "city", "village"
    City = 1,
    /// "province"
    Region,
    /// "county"
    District,
    /// "nation"
    Country,
    /// "river"
    Water,
    /// "island"
    Land,
}

impl ContextWords {
    /// Number of classes of words before a name, "none" included.
    pub const BEFORE: usize = BEFORE.len() + 1;
    /// Number of classes of words after a name, "none" included.
    pub const AFTER: usize = AFTER.len() + 1;

    pub(super) fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
        Self::parse(text).map_err(|why| Error::new(FILE, why))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|why: toml::de::Error| why.to_string())?;
        let section = |name: &str, order: &[&str]| {
            let lists = table.get(name).and_then(|value| value.as_table());
            classes(lists.ok_or_else(|| format!("no table {name:?}"))?, order)
                .map_err(|why| format!("{name}: {why}"))
        };
        Ok(Self {
            nouns: section("nouns", &["city", "region", "district", "country", "water", "land"])?,
            before: section("before", &BEFORE)?,
            after: section("after", &AFTER)?,
        })
    }

    /// The kind of place that the lower-case noun names.
    #[must_use]
    pub fn noun(&self, lower: &str) -> Option<PlaceNoun> {
        let all = [
            PlaceNoun::City,
            PlaceNoun::Region,
            PlaceNoun::District,
            PlaceNoun::Country,
            PlaceNoun::Water,
            PlaceNoun::Land,
        ];
        self.nouns.get(lower).map(|class| all[usize::from(*class) - 1])
    }

    /// Class of the lower-case word before a name.
    #[must_use]
    pub fn before(&self, lower: &str) -> usize {
        self.before.get(lower).map_or(0, |class| usize::from(*class))
    }

    /// Class of the lower-case word after a name.
    #[must_use]
    pub fn after(&self, lower: &str) -> usize {
        self.after.get(lower).map_or(0, |class| usize::from(*class))
    }
}

const BEFORE: [&str; 11] =
    ["in", "motion", "side", "of", "by", "direction", "title", "article", "conjunction", "road", "saint"];
const AFTER: [&str; 10] =
    ["possessive", "street", "institution", "office", "firm", "press", "team", "speech", "verb", "people"];

fn classes(lists: &toml::Table, order: &[&str]) -> Result<Classes, String> {
    if let Some(name) = lists.keys().find(|name| !order.contains(&name.as_str())) {
        return Err(format!("class {name:?} is not known"));
    }
    let mut out = Classes::new();
    for (class, name) in (1u8..).zip(order) {
        let words = lists.get(*name).and_then(|value| value.as_array()).into_iter().flatten();
        for word in words.filter_map(|word| word.as_str()) {
            out.entry(word.to_owned()).or_insert(class);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_class() {
        let words = ContextWords::embedded().unwrap();
        assert_eq!(words.noun("village"), Some(PlaceNoun::City));
        assert_eq!(words.noun("peninsula"), Some(PlaceNoun::Land));
        assert_eq!(words.noun("spoon"), None);
        assert_eq!((words.before("in"), words.before("spoon")), (1, 0));
        assert_eq!((words.after("street"), words.after("residents")), (2, 10));
    }

    #[test]
    fn an_unknown_class_is_named() {
        let text = "[nouns]\ncity = []\n[before]\nunder = []\n[after]\n";
        assert_eq!(ContextWords::parse(text).err().unwrap(), "before: class \"under\" is not known");
    }
}
