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
    titles: Titles,
}

/// Words right before a quotation that is a title.
#[derive(Clone, Debug, Deserialize)]
struct Titles {
    participles: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct File {
    medium: Vec<Medium>,
    platforms: Platforms,
    carriers: Carriers,
    titles: Titles,
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
            titles: file.titles,
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

    /// Whether a quotation right after `lower` is a title: after "entitled" always, after "article" as a noun.
    #[must_use]
    pub fn announces_title(&self, lower: &str) -> bool {
        [&self.titles.participles, &self.titles.nouns].iter().any(|words| words.iter().any(|w| w == lower))
    }

    /// Whether `lower` is a participle that gives a title: "entitled".
    #[must_use]
    pub fn gives_title(&self, lower: &str) -> bool {
        self.titles.participles.iter().any(|w| w == lower)
    }

    /// Whether `lemma` brings a recording or paper to light ("leak").
    #[must_use]
    pub fn carries(&self, lemma: &str) -> bool {
        self.carriers.contains(lemma)
    }
}
