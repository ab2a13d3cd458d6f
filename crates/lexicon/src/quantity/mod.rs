//! Numbers in words, units, currencies, and the words that bound, compare and name: the files of `data/quantities/`.
//!
//! Answers what a form can mean; it reads no text and does not know what is counted in a sentence.

mod build;
mod file;
mod unit;
mod word;

pub use unit::{Kind, Unit, UnitId};
pub use word::{Change, Direction, Limit, Means, Number, Phrase, Role, Word};

use crate::Error;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words of quantity, frozen after loading.
pub struct QuantityLexicon {
    ids: Index,
    words: Vec<Word>,
    phrases: Vec<Phrase>,
    units: Vec<Unit>,
    symbols: HashMap<Box<str>, Symbol, BuildHasherDefault<Fnv>>,
    signs: Vec<Sign>,
    parts: HashMap<char, f64, BuildHasherDefault<Fnv>>,
    longest: usize,
}

type Index = HashMap<Box<str>, u16, BuildHasherDefault<Fnv>>;

/// What letters or a sign can mean right after figures, letter for letter as printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Symbol {
    /// A unit, after figures with or without a blank.
    pub unit: Option<UnitId>,
    /// A unit only where nothing stands between ("37m").
    pub glued: Option<UnitId>,
    /// A scale ("5.4bn").
    pub scale: Option<f64>,
    /// A scale where the amount is money or something is counted, since it may be a unit too ("5m").
    pub loose: Option<f64>,
}

/// How a currency is written with letters and signs; several pieces where printed apart ("US $").
#[derive(Clone, Debug)]
pub struct Sign {
    /// Pieces, letter for letter.
    pub pieces: Box<[Box<str>]>,
    /// Which currency.
    pub unit: UnitId,
    /// Whether it counts only when tied to the figures after it ("PS5m").
    pub tied: bool,
    /// Whether blanks may stand between the pieces.
    pub apart: bool,
}

/// A sentence with the quantities that must be read from it; none for one that holds none.
#[derive(Clone, Debug)]
pub struct Example {
    /// The file it stands in.
    pub file: &'static str,
    /// The text.
    pub text: String,
    /// "VALUE UNIT" or "LOW..HIGH UNIT" with bound and direction where they say something, in text order.
    pub rows: Vec<String>,
}

impl QuantityLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        build::lexicon()
    }

    /// The examples of `data/quantities/`, which the extraction's tests run.
    ///
    /// # Errors
    /// Names the file that cannot be read.
    pub fn examples() -> Result<Vec<Example>, Error> {
        build::examples()
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

    /// The longest listed expression of `wanted` kind that starts with `word` and goes on with the words that
    /// `next` gives for 1, 2, …
    #[must_use]
    pub fn phrase<'t>(
        &self,
        word: &Word,
        wanted: impl Fn(Means) -> bool,
        next: impl Fn(usize) -> Option<&'t str>,
    ) -> Option<&Phrase> {
        let (start, count) = word.phrases;
        let phrases = &self.phrases[start as usize..start as usize + usize::from(count)];
        phrases.iter().find(|one| wanted(one.means) && one.spelled_by(&next))
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[usize::from(id.0)]
    }

    /// The first unit of that name.
    #[must_use]
    pub fn unit_named(&self, name: &str) -> Option<UnitId> {
        self.units.iter().position(|unit| &*unit.name == name).map(|at| UnitId(at as u16))
    }

    /// What `text` can mean right after figures.
    #[must_use]
    pub fn symbol(&self, text: &str) -> Symbol {
        if text.len() > self.longest { Symbol::default() } else { self.symbols.get(text).copied().unwrap_or_default() }
    }

    /// The sign with most pieces for which `fits` holds.
    #[must_use]
    pub fn sign(&self, fits: impl Fn(&Sign) -> bool) -> Option<&Sign> {
        self.signs.iter().find(|sign| fits(sign))
    }

    /// The part that a character such as ½ stands for.
    #[must_use]
    pub fn part(&self, c: char) -> Option<f64> {
        if c.is_ascii() { None } else { self.parts.get(&c).copied() }
    }
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
