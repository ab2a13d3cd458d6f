//! Media in or through which something is said: interviews, posts, channels, platforms.

use serde::Deserialize;
use std::collections::BTreeSet;

/// A kind of medium.
#[derive(Clone, Debug, Deserialize)]
pub struct Medium {
    /// `interview`, `article`, `social`, …
    pub kind: String,
    /// Its nouns, lower case.
    pub nouns: Vec<String>,
    /// Prepositions that tie it to the saying.
    pub prepositions: Vec<String>,
    /// Prepositions that name the outlet after it.
    pub outlet: Vec<String>,
}

/// All media.
pub struct Media {
    media: Vec<Medium>,
    platforms: BTreeSet<String>,
    carriers: BTreeSet<String>,
}

#[derive(Deserialize)]
pub(super) struct File {
    medium: Vec<Medium>,
    platforms: Platforms,
    carriers: Carriers,
}

#[derive(Deserialize)]
struct Platforms {
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Carriers {
    verbs: Vec<String>,
}

impl Media {
    pub(super) fn new(file: File) -> Self {
        Self {
            media: file.medium,
            platforms: file.platforms.names.into_iter().collect(),
            carriers: file.carriers.verbs.into_iter().collect(),
        }
    }

    /// The medium that `noun` (lower case) is.
    #[must_use]
    pub fn medium(&self, noun: &str) -> Option<&Medium> {
        self.media.iter().find(|m| m.nouns.iter().any(|n| n == noun))
    }

    /// Whether `name` is a platform ("Telegram").
    #[must_use]
    pub fn is_platform(&self, name: &str) -> bool {
        self.platforms.contains(name)
    }

    /// Whether `lemma` brings a recording or paper to light ("leak").
    #[must_use]
    pub fn carries(&self, lemma: &str) -> bool {
        self.carriers.contains(lemma)
    }
}
