//! The shapes of the files in `data/quantities/`; what they mean is `build`'s business.

use serde::Deserialize;
use std::collections::BTreeMap;

type Table = BTreeMap<String, f64>;

#[derive(Deserialize)]
pub struct Numbers {
    pub cardinal: Table,
    pub scale: Table,
    pub short: Table,
    pub loose: Table,
    pub fraction: Table,
    pub ordinal: Table,
    pub rank: Table,
    pub plural: Table,
    pub few: BTreeMap<String, (f64, f64)>,
    pub fold: Table,
    pub characters: BTreeMap<char, f64>,
    pub words: Tied,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tied {
    pub before: Vec<String>,
    pub minus: Vec<String>,
}

#[derive(Deserialize)]
pub struct Units {
    pub unit: Vec<UnitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitEntry {
    pub kind: String,
    pub name: String,
    pub words: Vec<String>,
    pub plurals: Option<Vec<String>>,
    #[serde(default)]
    pub symbols: Vec<String>,
    #[serde(default)]
    pub glued: Vec<String>,
    #[serde(default)]
    pub prefixes: Vec<String>,
    #[serde(default)]
    pub powers: bool,
    #[serde(default)]
    pub ahead: Vec<String>,
    #[serde(default)]
    pub each: Vec<String>,
    pub factor: Option<f64>,
    pub money: Option<String>,
}

#[derive(Deserialize)]
pub struct Currencies {
    pub currency: Vec<Currency>,
    pub shared: Vec<Shared>,
    pub minor: Vec<Minor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    pub code: String,
    #[serde(default)]
    pub country: Vec<String>,
    pub names: Vec<String>,
    pub plurals: Option<Vec<String>>,
    #[serde(default)]
    pub symbols: Vec<String>,
    #[serde(default)]
    pub ascii: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shared {
    pub name: String,
    #[serde(default = "yes")]
    pub words: bool,
    pub plurals: Option<Vec<String>>,
    pub default: Option<String>,
    pub codes: Vec<String>,
    #[serde(default)]
    pub symbols: Vec<String>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minor {
    pub name: String,
    pub names: Vec<String>,
    pub plurals: Option<Vec<String>>,
    #[serde(default)]
    pub symbols: Vec<String>,
}

#[derive(Deserialize)]
pub struct Bounds {
    pub bound: Vec<BoundEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoundEntry {
    pub kind: String,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

#[derive(Deserialize)]
pub struct Changes {
    pub change: Vec<ChangeEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    pub direction: String,
    pub direct: Vec<String>,
    pub verbs: Vec<String>,
    pub adverbs: Vec<String>,
    pub nouns: Vec<String>,
}

/// Word lists by role: `labels.toml`, `counts.toml`, `ranks.toml`.
#[derive(Deserialize)]
pub struct Lists {
    #[serde(flatten)]
    pub lists: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
pub struct Examples {
    #[serde(default)]
    pub reads: Vec<Reads>,
    #[serde(default)]
    pub ignores: Vec<Ignores>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reads {
    pub text: String,
    pub rows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ignores {
    pub text: String,
}
