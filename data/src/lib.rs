//! The data files of this folder, carried inside the program. What they mean is `lexicon`'s business.

mod files {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// Every `.toml` and `.tsv` file as (path below `data/`, contents), sorted by path.
#[must_use]
pub fn texts() -> &'static [(&'static str, &'static str)] {
    files::TEXTS
}

/// Every trained model (`.bin`) as (path below `data/`, bytes), sorted by path.
#[must_use]
pub fn models() -> &'static [(&'static str, &'static [u8])] {
    files::MODELS
}

/// The data file at `path` (below `data/`, with `/`).
#[must_use]
pub fn text(path: &str) -> Option<&'static str> {
    files::TEXTS.binary_search_by_key(&path, |(name, _)| name).ok().map(|at| files::TEXTS[at].1)
}

/// The trained model at `path` (below `data/`, with `/`).
#[must_use]
pub fn model(path: &str) -> Option<&'static [u8]> {
    files::MODELS.binary_search_by_key(&path, |(name, _)| name).ok().map(|at| files::MODELS[at].1)
}

/// Files below `folder` (such as `times/`), sorted by path.
pub fn texts_under(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let folder = folder.to_owned();
    files::TEXTS.iter().copied().filter(move |(name, _)| name.starts_with(&folder))
}
