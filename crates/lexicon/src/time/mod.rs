//! Words of time: months, weekdays, units, seasons, holidays, vague references, and the small words between.
//!
//! Answers what a form can mean; it reads no text and knows no calendar.

mod build;
mod file;
mod phrase;
mod word;

pub use phrase::{Bound, Holiday, Meaning, Phrase, Reference};
pub use word::{Modifier, Number, PartOfDay, Role, Season, Unit, Word};

use crate::Error;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words of time, frozen after loading.
pub struct TimeLexicon {
    ids: HashMap<Box<str>, u16, BuildHasherDefault<Fnv>>,
    words: Vec<Word>,
    phrases: Vec<Phrase>,
    references: Vec<Reference>,
    holidays: Vec<Holiday>,
    bounds: Vec<Bound>,
    longest: usize,
}

impl TimeLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        build::lexicon()
    }

    /// What a lower-case form can mean; the empty word if nothing.
    #[must_use]
    pub fn word(&self, lower: &str) -> &Word {
        let known = if lower.len() > self.longest { None } else { self.ids.get(lower) };
        &self.words[known.map_or(0, |id| usize::from(*id))]
    }

    /// The word that means nothing here.
    #[must_use]
    pub fn nothing(&self) -> &Word {
        &self.words[0]
    }

    /// The longest listed expression of a `wanted` kind that starts with `word` and goes on with the words
    /// that `next` gives for 1, 2, …
    #[must_use]
    pub fn phrase<'t>(
        &self,
        word: &Word,
        wanted: impl Fn(Meaning) -> bool,
        next: impl Fn(usize) -> Option<&'t str>,
    ) -> Option<&Phrase> {
        let (start, count) = word.phrases;
        let phrases = &self.phrases[usize::from(start)..usize::from(start + count)];
        phrases.iter().find(|one| wanted(one.means) && one.spelled_by(&next))
    }

    /// The reference of a phrase.
    #[must_use]
    pub fn reference(&self, index: u16) -> &Reference {
        &self.references[usize::from(index)]
    }

    /// The holiday of a phrase.
    #[must_use]
    pub fn holiday(&self, index: u16) -> Holiday {
        self.holidays[usize::from(index)]
    }

    /// The bound of a phrase.
    #[must_use]
    pub fn bound(&self, index: u16) -> Bound {
        self.bounds[usize::from(index)]
    }

    /// The examples of `data/times/`, which the extraction's tests run.
    ///
    /// # Errors
    /// Names the file that cannot be read.
    pub fn examples() -> Result<Vec<Example>, Error> {
        build::examples()
    }
}

/// A sentence with the times that must be read from it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The file it stands in.
    pub file: &'static str,
    /// The text.
    pub text: String,
    /// The document's date.
    pub published: Option<String>,
    /// "surface = VALUE" or "surface = VALUE MOD" each, in text order; nothing else may be read.
    pub times: Vec<String>,
    /// Whether only the language engine's parse can tell.
    pub parsed: bool,
}

/// FNV-1a: short keys, the same on every machine.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
