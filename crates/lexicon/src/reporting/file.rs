//! Reading the TOML files of `data/reporting/`. Knows their place, not their meaning.

use crate::Error;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// `forms.toml`.
#[derive(Deserialize)]
pub(super) struct Forms {
    pub(super) lemmas: BTreeMap<String, String>,
}

pub(super) fn text(path: &str) -> Result<&'static str, Error> {
    tolmach_data::text(path).ok_or_else(|| Error::new(path, "the file is missing"))
}

pub(super) fn read<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::new(path, error))
}

pub(super) fn of<T: DeserializeOwned>(path: &str) -> Result<T, Error> {
    read(path, text(path)?)
}
