//! The shapes of the files in `data/times/`. Private to the lexicon; nothing of them leaves it.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    pub month: Vec<Named>,
    pub weekday: Vec<Named>,
    pub season: Vec<Coded>,
    pub part: Vec<Coded>,
    pub hour: Vec<Hour>,
    pub deictic: Vec<Deictic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deictic {
    pub names: Vec<String>,
    pub days: i8,
    pub part: Option<String>,
    #[serde(default)]
    pub shy: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub number: u8,
    pub names: Vec<String>,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    #[serde(default)]
    pub shy: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coded {
    pub code: String,
    pub names: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    #[serde(default)]
    pub shy: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hour {
    pub value: u8,
    pub names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    pub unit: Vec<UnitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    pub name: String,
    pub singular: Vec<String>,
    pub plural: Vec<String>,
    #[serde(default)]
    pub short: Vec<String>,
    #[serde(default)]
    pub often: Vec<String>,
    #[serde(default)]
    pub long: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    pub cardinal: BTreeMap<String, u8>,
    pub scale: BTreeMap<String, u32>,
    pub ordinal: BTreeMap<String, u8>,
    pub decade: BTreeMap<String, u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub roles: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modifiers {
    pub modifier: Vec<ModifierEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModifierEntry {
    #[serde(rename = "mod")]
    pub name: String,
    pub forms: Vec<String>,
    #[serde(default)]
    pub outside: bool,
    #[serde(default)]
    pub amounts: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct References {
    pub reference: Vec<ReferenceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceEntry {
    pub value: String,
    pub forms: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub not_after: Vec<String>,
    #[serde(default)]
    pub not_before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    pub holiday: Vec<HolidayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayEntry {
    pub names: Vec<String>,
    pub on: String,
}

/// Lists of words by role; each member of the file is a role's name.
pub type Tense = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    #[serde(default)]
    pub reads: Vec<ReadsEntry>,
    #[serde(default)]
    pub ignores: Vec<IgnoresEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadsEntry {
    pub text: String,
    pub published: Option<String>,
    pub times: Vec<String>,
    #[serde(default)]
    pub parsed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IgnoresEntry {
    pub text: String,
    #[serde(default)]
    pub parsed: bool,
}
