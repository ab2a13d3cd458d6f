//! A sense: one thing that words can mean, its code, and its examples. One file of `data/events/triggers/` a type.

use super::ontology::{Ontology, knows_mode};
use super::pattern::Part;
use crate::Error;
use serde::Deserialize;

/// Which participants an event must show before it is believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Parties {
    /// None.
    None,
    /// One who can act.
    Any,
    /// One with a name.
    #[default]
    Named,
    /// An actor and a recipient, one of them with a name.
    Both,
}

/// A sentence with what must be read from it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// The word that evokes the event.
    pub trigger: String,
    /// The actor's words.
    pub actor: Option<String>,
    /// The recipient's words.
    pub recipient: Option<String>,
    /// PLOVER type, where it is not the sense's.
    #[serde(rename = "type")]
    pub category: Option<String>,
}

/// One thing that words can mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Sense {
    /// Rule id, `event.` and the name in the file; unique.
    pub id: &'static str,
    /// CAMEO code; `None` for our own types.
    pub cameo: Option<String>,
    /// PLOVER type, or our own.
    pub category: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Table of `compose.toml` for the patterns that hold another event.
    pub compose: Option<String>,
    /// Whether the event inside stays an event of its own.
    pub keeps: bool,
    /// Whether the recipient is the one who acts in the inner event, rather than its recipient.
    pub inner_actor: bool,
    /// Who must be there.
    pub parties: Parties,
    /// Whether the owner of a thing in the pattern does it ("Chadian drones were launched"), rather than suffers it.
    pub owner_acts: bool,
    /// Whether the place is the one that acts, when nobody else does ("a curfew was imposed in Chad").
    pub place_acts: bool,
    /// Whether a weapon may be the subject.
    pub tools: bool,
    /// CAMEO code when the event is negated ("did not recognise").
    pub negated: Option<String>,
    /// Phrases that hold the trigger but mean something else.
    pub never: Vec<Vec<String>>,
    /// What must be read.
    pub reads: Vec<Example>,
    /// Where nothing of this sense must be read.
    pub ignores: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    sense: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    cameo: Option<String>,
    #[serde(rename = "type")]
    category: Option<String>,
    mode: Option<String>,
    contexts: Option<Vec<String>>,
    compose: Option<String>,
    inner: Option<String>,
    #[serde(default)]
    keeps: bool,
    #[serde(default)]
    parties: Parties,
    #[serde(default)]
    owner_acts: bool,
    #[serde(default)]
    place_acts: bool,
    #[serde(default)]
    tools: bool,
    negated: Option<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    reads: Vec<Example>,
    #[serde(default)]
    ignores: Vec<String>,
}

/// A sense and its patterns as text.
pub type WithPatterns = (Sense, Vec<(Part, String)>);

/// The senses of one file.
///
/// # Errors
/// Names the file and the sense that cannot be read.
pub fn read_file(path: &str, text: &str, ontology: &Ontology) -> Result<Vec<WithPatterns>, Error> {
    let file: File = toml::from_str(text).map_err(|e| Error::new(path, e))?;
    let one = |entry: Entry| {
        let id = entry.id.clone();
        sense(entry, ontology).map_err(|why| Error::new(path, format!("sense `{id}`: {why}")))
    };
    file.sense.into_iter().map(one).collect()
}

fn sense(entry: Entry, ontology: &Ontology) -> Result<WithPatterns, String> {
    let code = match &entry.cameo {
        Some(cameo) => Some(ontology.code(cameo).ok_or_else(|| format!("unknown code {cameo}"))?),
        None => None,
    };
    let category = entry
        .category
        .clone()
        .or_else(|| code.map(|c| c.category.clone()))
        .ok_or("no `cameo` and no `type`")?;
    let known = ontology.event_type(&category).ok_or_else(|| format!("unknown type `{category}`"))?;
    let own_mode = code.filter(|c| c.category == category).and_then(|c| c.mode.clone());
    let mode = entry.mode.clone().or(own_mode);
    if !knows_mode(known, mode.as_ref()) {
        return Err(format!("`{category}` has no mode `{}`", mode.unwrap_or_default()));
    }
    if let Some(bad) = entry.compose.as_ref().filter(|table| !ontology.has_table(table)) {
        return Err(format!("no table `{bad}` in compose.toml"));
    }
    let patterns = patterns(&entry);
    let sense = Sense {
        // Rule ids live as long as the program; the lexicon is loaded once.
        id: format!("event.{}", entry.id).leak(),
        cameo: entry.cameo,
        category,
        mode,
        contexts: entry.contexts.or_else(|| code.map(|c| c.contexts.clone())).unwrap_or_default(),
        compose: entry.compose,
        keeps: entry.keeps,
        inner_actor: entry.inner.as_deref() == Some("actor"),
        parties: entry.parties,
        owner_acts: entry.owner_acts,
        place_acts: entry.place_acts,
        tools: entry.tools,
        negated: entry.negated,
        never: entry.never.iter().map(|phrase| super::words::split(phrase)).collect(),
        reads: entry.reads,
        ignores: entry.ignores,
    };
    Ok((sense, patterns))
}

fn patterns(entry: &Entry) -> Vec<(Part, String)> {
    let of = |part, list: &[String]| list.iter().map(|text| (part, text.clone())).collect::<Vec<_>>();
    let mut out = of(Part::Verb, &entry.verbs);
    out.extend(of(Part::Noun, &entry.nouns));
    out.extend(of(Part::Adjective, &entry.adjectives));
    out
}
