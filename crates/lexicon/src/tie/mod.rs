//! Words that tie one actor to another: the frames of `data/ties/`, with their examples.
//!
//! Knows no sentence; how a frame is matched is the extractor's.

use crate::Error;
use serde::Deserialize;
use std::collections::BTreeSet;
use tolmach_document::{EntityKind, TieKind};

const FOLDER: &str = "ties/";
const GUARDS: &str = "ties/guards.toml";

/// How the words of a frame stand in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// "A is a WORD prep B", "A, WORD prep B", "B's WORD A".
    Noun,
    /// "A WORDs (prep) B".
    Verb,
    /// "A is WORD prep B".
    Adjective,
    /// "A-WORD B".
    Compound,
    /// "A's WORD prep B".
    Nominal,
}

/// Words that state one kind of tie in one shape.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Which tie.
    pub kind: TieKind,
    /// How the words stand.
    pub shape: Shape,
    /// Lemmas of the word.
    pub words: BTreeSet<String>,
    /// Prepositions before the second end; none: the second end is the object.
    pub prep: Vec<String>,
    /// Only in the passive.
    pub passive: bool,
    /// Whether the ends change places.
    pub swap: bool,
    /// Words of which one must modify the noun.
    pub with: Vec<String>,
    /// Kinds allowed at the first end.
    pub a: Vec<EntityKind>,
    /// Kinds allowed at the second end.
    pub b: Vec<EntityKind>,
}

/// A sentence with the tie it states ("A -> B"), or none.
#[derive(Clone, Debug)]
pub struct Example {
    /// Which kind is meant.
    pub kind: TieKind,
    /// The sentence.
    pub text: String,
    /// "A -> B", or `None` for a sentence that states no such tie.
    pub tie: Option<String>,
}

/// Words of offices.
#[derive(Clone, Debug, Default)]
pub struct OfficeWords {
    /// Sectors of role words that make an office of a state.
    pub sectors: BTreeSet<String>,
    /// Words whose bearer leads an organisation.
    pub leads: BTreeSet<String>,
    /// Words whose bearer is a member.
    pub member: BTreeSet<String>,
    /// Words that say the office is not held.
    pub not: BTreeSet<String>,
}

/// Words that keep a tie from being stated.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guards {
    /// Modal verbs.
    pub modals: BTreeSet<String>,
    /// Verbs whose complement does not hold.
    pub unreal: BTreeSet<String>,
    /// Verbs under which it does.
    pub raising: BTreeSet<String>,
    /// Words of denial.
    pub negations: BTreeSet<String>,
    /// Conjunctions of conditions.
    pub marks: BTreeSet<String>,
}

/// Words that tie one actor to another.
pub struct TieLexicon {
    /// Every frame, in the order of the files.
    pub frames: Vec<Frame>,
    /// Words of offices.
    pub office: OfficeWords,
    /// Words that keep a tie from being stated.
    pub guards: Guards,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kind: String,
    a: Vec<String>,
    b: Vec<String>,
    #[serde(default)]
    frame: Vec<Entry>,
    #[serde(default)]
    sectors: BTreeSet<String>,
    #[serde(default)]
    leads: BTreeSet<String>,
    #[serde(default)]
    member: BTreeSet<String>,
    #[serde(default)]
    not: BTreeSet<String>,
    reads: Vec<Read>,
    ignores: Vec<Ignored>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    noun: Option<BTreeSet<String>>,
    verb: Option<BTreeSet<String>>,
    adjective: Option<BTreeSet<String>>,
    compound: Option<BTreeSet<String>>,
    nominal: Option<BTreeSet<String>>,
    #[serde(default)]
    prep: Vec<String>,
    #[serde(default)]
    passive: bool,
    #[serde(default)]
    swap: bool,
    #[serde(default)]
    with: Vec<String>,
    /// Narrows the kinds of both ends (of the first only, for one kind that the second may not be).
    #[serde(default)]
    ends: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    text: String,
    tie: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignored {
    text: String,
}

impl TieLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let guards = tolmach_data::text(GUARDS).ok_or_else(|| Error::new(GUARDS, "the file is missing"))?;
        let guards = toml::from_str(guards).map_err(|why| Error::new(GUARDS, why))?;
        let mut out =
            Self { frames: Vec::new(), office: OfficeWords::default(), guards, examples: Vec::new() };
        for (name, text) in tolmach_data::texts_under(FOLDER).filter(|(name, _)| *name != GUARDS) {
            let file: File = toml::from_str(text).map_err(|why| Error::new(name, why))?;
            out.add(file).map_err(|why| Error::new(name, why))?;
        }
        Ok(out)
    }

    /// Every example of the files.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Frames of one kind.
    pub fn of_kind(&self, kind: TieKind) -> impl Iterator<Item = &Frame> {
        self.frames.iter().filter(move |frame| frame.kind == kind)
    }

    fn add(&mut self, file: File) -> Result<(), String> {
        let kind = TieKind::ALL.into_iter().find(|kind| kind.name() == file.kind);
        let kind = kind.ok_or_else(|| format!("no kind of tie {:?}", file.kind))?;
        let (a, b) = (kinds(&file.a)?, kinds(&file.b)?);
        for entry in file.frame {
            self.frames.push(frame(kind, &a, &b, entry)?);
        }
        if kind == TieKind::Office {
            self.office =
                OfficeWords { sectors: file.sectors, leads: file.leads, member: file.member, not: file.not };
        }
        if file.reads.is_empty() || file.ignores.is_empty() {
            return Err("every kind needs an example that is read and one that is ignored".to_owned());
        }
        let reads = file.reads.into_iter().map(|read| Example { kind, text: read.text, tie: Some(read.tie) });
        self.examples.extend(reads);
        self.examples.extend(file.ignores.into_iter().map(|row| Example { kind, text: row.text, tie: None }));
        Ok(())
    }
}

fn frame(kind: TieKind, a: &[EntityKind], b: &[EntityKind], entry: Entry) -> Result<Frame, String> {
    let words = [
        (Shape::Noun, entry.noun),
        (Shape::Verb, entry.verb),
        (Shape::Adjective, entry.adjective),
        (Shape::Compound, entry.compound),
        (Shape::Nominal, entry.nominal),
    ];
    let mut given = words.into_iter().filter_map(|(shape, words)| Some((shape, words?)));
    let (Some((shape, words)), None) = (given.next(), given.next()) else {
        return Err("a frame needs one of noun, verb, adjective, compound, nominal".to_owned());
    };
    let ends = kinds(&entry.ends)?;
    let narrow = |all: &[EntityKind]| {
        let kept: Vec<EntityKind> =
            all.iter().copied().filter(|k| ends.is_empty() || ends.contains(k)).collect();
        if kept.is_empty() { all.to_vec() } else { kept }
    };
    let (a, b) = (narrow(a), narrow(b));
    Ok(Frame {
        kind,
        shape,
        words,
        prep: entry.prep,
        passive: entry.passive,
        swap: entry.swap,
        with: entry.with,
        a,
        b,
    })
}

fn kinds(names: &[String]) -> Result<Vec<EntityKind>, String> {
    names.iter().map(|n| EntityKind::from_name(n).ok_or_else(|| format!("no kind of entity {n:?}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_but_the_general_ones_has_words() {
        let lexicon = TieLexicon::embedded().unwrap();
        for kind in TieKind::ALL.into_iter().filter(|kind| *kind != TieKind::Office) {
            assert!(lexicon.of_kind(kind).next().is_some(), "{} has no frame", kind.name());
        }
        assert!(!lexicon.office.sectors.is_empty());
    }

    #[test]
    fn a_frame_without_a_word_is_refused() {
        let text = "kind = \"trade\"\na = []\nb = []\n[[frame]]\nprep = [\"of\"]\n[[reads]]\ntext = \"x\"\ntie = \"a -> b\"\n[[ignores]]\ntext = \"y\"";
        let guards = Guards::default();
        let mut lexicon =
            TieLexicon { frames: Vec::new(), office: OfficeWords::default(), guards, examples: Vec::new() };
        let file: File = toml::from_str(text).unwrap();
        assert!(lexicon.add(file).unwrap_err().contains("needs one of"));
    }
}
