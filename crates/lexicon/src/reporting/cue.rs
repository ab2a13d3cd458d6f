//! Cue families: verbs and nouns that report, with class, stance and the frames they open.
//!
//! One word may stand in several families ("suggest that" distances, "suggest doing" demands); the extractor
//! takes the entry whose frame the sentence fills, the first one otherwise.

use crate::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use tolmach_document::{Certainty, Stance};

/// What a reporting word commits its source and its reporter to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// "say": the source commits, the reporter does not.
    Neutral,
    /// "confirm": affirmed, it vouches for the content.
    Committing,
    /// "reveal": takes the content for granted.
    Factive,
    /// "insist": hints at a dispute.
    Insistent,
    /// "claim": the reporter stands back.
    Distancing,
    /// "expect", "fear": lies ahead.
    Prediction,
    /// "demand", "order": wants it done.
    Directive,
    /// "promise", "threaten": binds itself.
    Commissive,
    /// "deny".
    Denying,
    /// "doubt".
    Doubting,
    /// "ask".
    Asking,
    /// "pretend": presented as false.
    AntiVeridical,
    /// "condemn": judges.
    Evaluating,
    /// "seem": how it looks, to nobody in particular.
    Impression,
    /// "believe", "know": holds it, said or not.
    Mind,
    /// "want", "plan": means to do it, said or not.
    Intention,
}

impl Class {
    /// Whether something is said, not only held, seen or wanted.
    #[must_use]
    pub fn is_said(self) -> bool {
        !matches!(self, Class::Impression | Class::Mind | Class::Intention)
    }
}

/// What a word opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u32)]
pub enum Frame {
    /// A that-clause, its "that" said or not.
    Clause,
    /// A to-clause.
    Infinitive,
    /// A gerund.
    Ing,
    /// A noun phrase is what is said.
    Object,
    /// Object and "as …".
    As,
    /// Object and what it is called.
    Name,
    /// A question.
    Whether,
    /// "about …", "of …", "on …", "against …".
    About,
    /// "for …".
    For,
    /// "to …".
    To,
    /// "with …".
    With,
    /// The object hears; it is not what is said.
    Addressee,
    /// May carry a quotation.
    Quote,
    /// "is said to …": the speaker stays open.
    Raise,
    /// The noun's "of …" is what is said.
    NounOf,
    /// Object and "of doing".
    OfIng,
}

/// A set of [`Frame`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u32);

impl Frames {
    /// Whether `frame` is in the set.
    #[must_use]
    pub fn has(self, frame: Frame) -> bool {
        self.0 & (1 << frame as u32) != 0
    }
    fn of(frames: &[Frame]) -> Self {
        Self(frames.iter().fold(0, |set, frame| set | 1 << *frame as u32))
    }
}

/// Part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A verb, with its particle.
    Verb,
    /// A noun.
    Noun,
}

/// One entry of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Commitment.
    pub class: Class,
    /// What the source does to the content.
    pub stance: Stance,
    /// The reporter's own commitment, as far as the word alone tells.
    pub certainty: Certainty,
    /// What it opens.
    pub frames: Frames,
}

/// A file of `cues/`.
#[derive(Deserialize)]
pub(super) struct Family {
    class: Class,
    stance: String,
    certainty: String,
    #[serde(default)]
    verbs: BTreeMap<String, Vec<Frame>>,
    #[serde(default)]
    nouns: BTreeMap<String, Vec<Frame>>,
}

/// All families, by word.
#[derive(Default)]
pub(super) struct Cues {
    verbs: BTreeMap<String, Vec<Cue>>,
    nouns: BTreeMap<String, Vec<Cue>>,
}

impl Cues {
    pub(super) fn add(&mut self, path: &str, family: &Family) -> Result<(), Error> {
        let stance = Stance::from_name(&family.stance)
            .ok_or_else(|| Error::new(path, format!("unknown stance `{}`", family.stance)))?;
        let certainty = certainty(path, &family.certainty)?;
        let entry =
            |frames: &[Frame]| Cue { class: family.class, stance, certainty, frames: Frames::of(frames) };
        for (word, frames) in &family.verbs {
            self.verbs.entry(word.clone()).or_default().push(entry(frames));
        }
        for (word, frames) in &family.nouns {
            self.nouns.entry(word.clone()).or_default().push(entry(frames));
        }
        Ok(())
    }

    pub(super) fn get(&self, word: Word, lemma: &str) -> &[Cue] {
        let table = match word {
            Word::Verb => &self.verbs,
            Word::Noun => &self.nouns,
        };
        table.get(lemma).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn certainty(path: &str, name: &str) -> Result<Certainty, Error> {
    use Certainty::{Certain, Possible, Probable, Unknown, Unlikely};
    [Certain, Probable, Possible, Unlikely, Unknown]
        .into_iter()
        .find(|c| c.name() == name)
        .ok_or_else(|| Error::new(path, format!("unknown certainty `{name}`")))
}
