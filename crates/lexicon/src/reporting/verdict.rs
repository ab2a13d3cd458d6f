//! What takes up an earlier saying, what it is called, and how likely something is said to be.

use super::cue::certainty;
use crate::Error;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::Certainty;

/// What being called so does to a saying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// "fake".
    Denies,
    /// "unconvincing".
    Doubts,
    /// "true".
    Supports,
    /// "retract": denies what the speaker said before.
    Withdraws,
}

/// Words and verbs that pass a verdict on a saying.
pub struct Verdicts {
    words: BTreeMap<String, Verdict>,
    verbs: BTreeMap<String, Verdict>,
}

#[derive(Deserialize)]
pub(super) struct VerdictFile {
    denies: Words,
    doubts: Words,
    supports: Words,
    verbs: Verbs,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Verbs {
    supports: Vec<String>,
    denies: Vec<String>,
    doubts: Vec<String>,
    withdraws: Vec<String>,
}

impl Verdicts {
    pub(super) fn new(file: VerdictFile) -> Self {
        let join = |groups: Vec<(Vec<String>, Verdict)>| {
            groups.into_iter().flat_map(|(words, v)| words.into_iter().map(move |w| (w, v))).collect()
        };
        Self {
            words: join(vec![
                (file.denies.words, Verdict::Denies),
                (file.doubts.words, Verdict::Doubts),
                (file.supports.words, Verdict::Supports),
            ]),
            verbs: join(vec![
                (file.verbs.denies, Verdict::Denies),
                (file.verbs.doubts, Verdict::Doubts),
                (file.verbs.withdraws, Verdict::Withdraws),
                (file.verbs.supports, Verdict::Supports),
            ]),
        }
    }

    /// What calling a saying `word` (lower-case lemma) does to it.
    #[must_use]
    pub fn word(&self, word: &str) -> Option<Verdict> {
        self.words.get(word).copied()
    }

    /// What doing `verb` (lemma, particle included) to a saying does to it.
    #[must_use]
    pub fn verb(&self, verb: &str) -> Option<Verdict> {
        self.verbs.get(verb).copied()
    }
}

/// Nouns and pronouns that take up an earlier saying.
pub struct References {
    saying: BTreeSet<String>,
    denial: BTreeSet<String>,
    record: BTreeSet<String>,
    determiners: BTreeSet<String>,
    pronouns: BTreeSet<String>,
}

#[derive(Deserialize)]
pub(super) struct ReferenceFile {
    saying: Nouns,
    denial: Nouns,
    record: Nouns,
    determiners: Determiners,
    pronouns: Determiners,
}

#[derive(Deserialize)]
struct Nouns {
    nouns: Vec<String>,
}

#[derive(Deserialize)]
struct Determiners {
    words: Vec<String>,
}

impl References {
    pub(super) fn new(file: ReferenceFile) -> Self {
        Self {
            saying: file.saying.nouns.into_iter().collect(),
            denial: file.denial.nouns.into_iter().collect(),
            record: file.record.nouns.into_iter().collect(),
            determiners: file.determiners.words.into_iter().collect(),
            pronouns: file.pronouns.words.into_iter().collect(),
        }
    }
    /// Whether `lemma` names a saying ("claim") or what holds one ("recording").
    #[must_use]
    pub fn is_saying(&self, lemma: &str) -> bool {
        self.saying.contains(lemma) || self.record.contains(lemma)
    }
    /// Whether `lemma` names what holds somebody's words ("audio").
    #[must_use]
    pub fn is_record(&self, lemma: &str) -> bool {
        self.record.contains(lemma)
    }
    /// Whether `lemma` names a denial.
    #[must_use]
    pub fn is_denial(&self, lemma: &str) -> bool {
        self.denial.contains(lemma)
    }
    /// Whether `lower` may stand before such a noun and points back ("such").
    #[must_use]
    pub fn is_determiner(&self, lower: &str) -> bool {
        self.determiners.contains(lower)
    }
    /// Whether `lower` alone may take up what was said.
    #[must_use]
    pub fn is_pronoun(&self, lower: &str) -> bool {
        self.pronouns.contains(lower)
    }
}

/// Words of estimation and the band they fall in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Lower case, blanks between.
    pub words: String,
    /// Per cent, lowest and highest; `None`: the scale gives these words no number.
    pub percent: Option<(u8, u8)>,
    /// FactBank's degree.
    pub certainty: Certainty,
}

#[derive(Deserialize)]
pub(super) struct BandFile {
    band: Vec<BandRow>,
}

#[derive(Deserialize)]
struct BandRow {
    low: Option<u8>,
    high: Option<u8>,
    certainty: String,
    words: Vec<String>,
}

pub(super) fn bands(file: BandFile) -> Result<Vec<Band>, Error> {
    let mut out = Vec::new();
    for row in file.band {
        let certainty = certainty("reporting/estimative.toml", &row.certainty)?;
        let percent = row.low.zip(row.high);
        out.extend(row.words.into_iter().map(|words| Band { words, percent, certainty }));
    }
    out.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(&b.words)));
    Ok(out)
}
