//! Words that attribute, hedge, doubt and deny, with the frames they open.
//!
//! Answers look-ups by lemma. Does not look at sentences: which frame a sentence fills is the extractor's
//! business.

mod cue;
mod example;
mod file;
mod medium;
mod model;
mod phrase;
mod verdict;
mod weights;

pub use cue::{Class, Cue, Frame, Frames, Word};
pub use example::Example;
pub use medium::{Media, Medium};
pub use model::{MODEL_FILE, ReportingModel};
pub use phrase::{Hearsay, Phrases};
pub use verdict::{Band, References, Verdict, Verdicts};
pub use weights::Weights;

use crate::Error;
use std::collections::BTreeMap;

/// All words that attribute.
pub struct ReportingLexicon {
    cues: cue::Cues,
    forms: BTreeMap<String, String>,
    /// "according to", "in his view", "reportedly".
    pub phrases: Phrases,
    /// Interviews, posts, channels and platforms.
    pub media: Media,
    /// Nouns and pronouns that take up an earlier saying.
    pub references: References,
    /// What a saying is called, and what that does to it.
    pub verdicts: Verdicts,
    /// Words of estimation, longest first.
    pub bands: Vec<Band>,
    /// Trained weights; `None` before they are made, then rules alone work.
    pub model: Option<ReportingModel>,
    examples: Vec<Example>,
}

impl ReportingLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let mut cues = cue::Cues::default();
        let mut examples = Vec::new();
        for (path, text) in tolmach_data::texts_under("reporting/cues/") {
            let family: cue::Family = file::read(path, text)?;
            cues.add(path, &family)?;
            examples.extend(example::of_file(path, text)?);
        }
        let phrases = file::of("reporting/phrases.toml")?;
        examples.extend(example::of_file("reporting/phrases.toml", file::text("reporting/phrases.toml")?)?);
        let forms: file::Forms = file::of("reporting/forms.toml")?;
        Ok(Self {
            cues,
            forms: forms.lemmas,
            phrases: Phrases::new(phrases)?,
            media: Media::new(file::of("reporting/channels.toml")?),
            references: References::new(file::of("reporting/reference.toml")?),
            verdicts: Verdicts::new(file::of("reporting/verdict.toml")?),
            bands: verdict::bands(file::of("reporting/estimative.toml")?)?,
            model: ReportingModel::embedded()?,
            examples,
        })
    }

    /// The lemma that `lower` really has, where the language engine is known to be wrong.
    #[must_use]
    pub fn lemma<'a>(&'a self, lower: &str, lemma: &'a str) -> &'a str {
        self.forms.get(lower).map_or(lemma, String::as_str)
    }

    /// What the lexicon knows of a verb, particle included ("point out"); first the entry that families name first.
    #[must_use]
    pub fn verb(&self, lemma: &str) -> &[Cue] {
        self.cues.get(Word::Verb, lemma)
    }

    /// What the lexicon knows of a noun.
    #[must_use]
    pub fn noun(&self, lemma: &str) -> &[Cue] {
        self.cues.get(Word::Noun, lemma)
    }

    /// Examples of all files, to be checked against a parse.
    #[must_use]
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> ReportingLexicon {
        ReportingLexicon::embedded().expect("the carried data is whole")
    }

    #[test]
    fn particles_make_another_verb() {
        let lexicon = lexicon();
        assert!(lexicon.verb("point").is_empty());
        assert_eq!(lexicon.verb("point out")[0].class, Class::Committing);
        assert_eq!(lexicon.verb("rule out")[0].stance, tolmach_document::Stance::Deny);
    }

    #[test]
    fn every_cue_file_reads_and_ignores() {
        let lexicon = lexicon();
        let mut files: Vec<_> = tolmach_data::texts_under("reporting/cues/").map(|(path, _)| path).collect();
        files.push("reporting/phrases.toml");
        for path in files {
            let of_file = || lexicon.examples().iter().filter(|e| e.file == path);
            assert!(of_file().any(|e| e.wanted.is_some()), "{path} has no [[reads]]");
            assert!(of_file().any(|e| e.wanted.is_none()), "{path} has no [[ignores]]");
        }
    }

    #[test]
    fn longer_words_of_estimation_come_first() {
        let lexicon = lexicon();
        let at = |words: &str| lexicon.bands.iter().position(|b| b.words == words).expect(words);
        assert!(at("very likely") < at("likely"));
        assert_eq!(lexicon.bands[at("very likely")].percent, Some((80, 95)));
        assert_eq!(lexicon.bands[at("possibly")].percent, None);
    }
}
