//! PLOVER's types, modes and contexts, CAMEO's codes, and how events compose: `data/events/ontology/`, `compose.toml`.

use super::words::WordSet;
use crate::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

const TYPES: &str = "events/ontology/plover.toml";
const CODES: &str = "events/ontology/cameo.tsv";
const COMPOSE: &str = "events/compose.toml";

/// A PLOVER type, or one of our own (`tolmach:…`).
#[derive(Clone, Debug, PartialEq)]
pub struct EventType {
    /// `ASSAULT`, `tolmach:DISASTER`.
    pub name: String,
    /// Quad class 1 to 4; `None` for our own types.
    pub quad: Option<u8>,
    /// Whether the type makes no sense without a recipient.
    pub needs_recipient: bool,
    /// Modes with their PLOVER scores, sorted by name.
    pub modes: BTreeMap<String, f32>,
    /// PLOVER's score of the type.
    pub score: Option<f32>,
    /// What it is, in one sentence.
    pub about: String,
}

/// What a CAMEO code maps to.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// PLOVER type; empty for CAMEO 01, which PLOVER drops.
    pub category: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Goldstein value.
    pub goldstein: f32,
    /// What it means.
    pub meaning: String,
}

/// The code tables.
#[derive(Debug)]
pub struct Ontology {
    types: BTreeMap<String, EventType>,
    contexts: Vec<(String, WordSet)>,
    codes: BTreeMap<String, Code>,
    compose: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypesFile {
    #[serde(rename = "type")]
    types: Vec<TypeEntry>,
    contexts: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeEntry {
    name: String,
    quad: Option<u8>,
    score: Option<f32>,
    #[serde(default)]
    recipient: bool,
    #[serde(default)]
    modes: BTreeMap<String, f32>,
    about: String,
}

impl Ontology {
    /// The tables that the program carries.
    ///
    /// # Errors
    /// Names the file and the line or entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let file: TypesFile = toml::from_str(text(TYPES)?).map_err(|e| Error::new(TYPES, e))?;
        let compose = toml::from_str(text(COMPOSE)?).map_err(|e| Error::new(COMPOSE, e))?;
        let mut out = Self { types: BTreeMap::new(), contexts: Vec::new(), codes: BTreeMap::new(), compose };
        out.types = file.types.into_iter().map(|t| (t.name.clone(), event_type(t))).collect();
        out.contexts = file.contexts.into_iter().map(|(name, words)| (name, word_set(&words))).collect();
        for (n, line) in text(CODES)?.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let (code, row) =
                code_row(line).map_err(|why| Error::new(CODES, format!("line {}: {why}", n + 1)))?;
            out.codes.insert(code, row);
        }
        out.check()?;
        Ok(out)
    }

    /// The type of that name.
    #[must_use]
    pub fn event_type(&self, name: &str) -> Option<&EventType> {
        self.types.get(name)
    }

    /// Every type, by name.
    pub fn types(&self) -> impl Iterator<Item = &EventType> {
        self.types.values()
    }

    /// The row of a CAMEO code.
    #[must_use]
    pub fn code(&self, cameo: &str) -> Option<&Code> {
        self.codes.get(cameo)
    }

    /// Contexts with the words that show them, by name.
    #[must_use]
    pub fn contexts(&self) -> &[(String, WordSet)] {
        &self.contexts
    }

    /// The code of an event whose object is an event with code `inner`, after the table `table`.
    #[must_use]
    pub fn composed(&self, table: &str, inner: &str) -> Option<&str> {
        let rows = self.compose.get(table)?;
        let found = (1..=inner.len()).rev().find_map(|n| rows.get(inner.get(..n)?))?;
        if found == "=" { self.codes.get_key_value(inner).map(|(k, _)| k.as_str()) } else { Some(found) }
    }

    /// Whether there is such a table.
    #[must_use]
    pub fn has_table(&self, table: &str) -> bool {
        self.compose.contains_key(table)
    }

    fn check(&self) -> Result<(), Error> {
        for (cameo, code) in &self.codes {
            let known = code.category.is_empty()
                || self.types.get(&code.category).is_some_and(|t| knows_mode(t, code.mode.as_ref()));
            if !known {
                return Err(Error::new(CODES, format!("code {cameo}: unknown type or mode")));
            }
            if let Some(bad) = code.contexts.iter().find(|c| !self.contexts.iter().any(|(n, _)| n == *c)) {
                return Err(Error::new(CODES, format!("code {cameo}: unknown context `{bad}`")));
            }
        }
        for (table, rows) in &self.compose {
            if let Some((_, bad)) = rows.iter().find(|(_, to)| *to != "=" && !self.codes.contains_key(*to)) {
                return Err(Error::new(COMPOSE, format!("[{table}]: unknown code {bad}")));
            }
        }
        Ok(())
    }
}

/// Whether `mode` is none or one of the type's.
#[must_use]
pub fn knows_mode(event_type: &EventType, mode: Option<&String>) -> bool {
    mode.is_none_or(|mode| event_type.modes.contains_key(mode))
}

fn text(path: &str) -> Result<&'static str, Error> {
    tolmach_data::text(path).ok_or_else(|| Error::new(path, "the file is missing"))
}

fn event_type(t: TypeEntry) -> EventType {
    EventType {
        name: t.name,
        quad: t.quad,
        needs_recipient: t.recipient,
        modes: t.modes,
        score: t.score,
        about: t.about,
    }
}

fn word_set(words: &[String]) -> WordSet {
    let mut set = WordSet::default();
    words.iter().for_each(|w| set.add(&w.replace(' ', "_")));
    set
}

fn code_row(line: &str) -> Result<(String, Code), String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [cameo, category, mode, contexts, goldstein, meaning] = columns[..] else {
        return Err(format!("expected 6 columns, found {}", columns.len()));
    };
    let goldstein = goldstein.parse().map_err(|_| format!("`{goldstein}` is no number"))?;
    let row = Code {
        category: category.to_owned(),
        mode: (!mode.is_empty()).then(|| mode.to_owned()),
        contexts: contexts.split(';').filter(|c| !c.is_empty()).map(str::to_owned).collect(),
        goldstein,
        meaning: meaning.to_owned(),
    };
    Ok((cameo.to_owned(), row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_compose_by_their_longest_prefix() {
        let ontology = Ontology::embedded().unwrap();
        let composed = |table, inner| ontology.composed(table, inner).unwrap_or("none").to_owned();
        assert_eq!(composed("intent", "042"), "036");
        assert_eq!(composed("intent", "0841"), "0353");
        assert_eq!(composed("ending", "1723"), "0813");
        assert_eq!(composed("same", "195"), "195");
        assert_eq!(composed("no such table", "195"), "none");
    }

    #[test]
    fn sixteen_plover_types_and_their_quads() {
        let ontology = Ontology::embedded().unwrap();
        let plover: Vec<_> = ontology.types().filter(|t| !t.name.contains(':')).collect();
        assert_eq!(plover.len(), 16);
        assert!(plover.iter().all(|t| matches!(t.quad, Some(1..=4)) && t.score.is_some()));
        assert_eq!(ontology.code("195").unwrap().mode.as_deref(), Some("aerial"));
    }
}
