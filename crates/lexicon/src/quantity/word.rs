//! What one word can mean to a quantity.

use super::UnitId;

/// One form and all it can mean.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// As a number.
    pub number: Number,
    /// As a word that states a change.
    pub change: Change,
    /// Bits of [`Role`].
    pub(super) roles: u16,
    /// Phrases that start with it: where, how many.
    pub(super) phrases: (u32, u16),
}

impl Word {
    /// Whether it can play `role`.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles & role.bit() != 0
    }
}

/// A word as a number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Number {
    /// Not one.
    #[default]
    None,
    /// "seven".
    Cardinal(f64),
    /// "million": multiplies.
    Scale(f64),
    /// "half".
    Fraction(f64),
    /// "third": a part after "a", a place in a ranking.
    Ordinal(f64),
    /// "first": a place in a ranking only.
    Rank(f64),
    /// "thousands".
    Plural(f64),
    /// "several": from, to.
    Few(f64, f64),
    /// "threefold".
    Fold(f64),
}

/// What a word does for quantities besides counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Persons are meant ("people").
    Person,
    /// Its bare number counts persons ("kill").
    Casualty,
    /// Stands for persons after a number ("dead").
    State,
    /// Makes an ambiguous unit money ("cost").
    Money,
    /// "a" may divide by it ("$5 a share").
    Per,
    /// Says nothing of what is counted ("other").
    Vague,
    /// The number after it is a label ("Article 5").
    Label,
    /// The number before it is part of an address ("16 Abay Street").
    Address,
    /// Never counted ("o'clock").
    Never,
    /// An ordinal after it is a place in a ranking ("rank").
    Ranking,
    /// May be tied to figures by a hyphen ("sub-7").
    Before,
    /// Turns the number ("minus").
    Minus,
    /// Says no amount when tied to a number ("two-way").
    Untied,
    /// What it is, is an age ("life expectancy").
    Age,
}

impl Role {
    const fn bit(self) -> u16 {
        1 << self as u16
    }

    pub(super) fn add(self, word: &mut Word) {
        word.roles |= self.bit();
    }
}

/// Where a value went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It stayed.
    Same,
}

/// A word as the statement of a change, by word class.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    /// As a verb, with whether what follows at once states it too ("rose 8 per cent").
    pub verb: Option<(Direction, bool)>,
    /// As an adverb next to the amount.
    pub adverb: Option<Direction>,
    /// As a noun.
    pub noun: Option<Direction>,
}

/// What a listed expression means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Means {
    /// A unit after the number.
    Unit(UnitId),
    /// A unit before the number ("aged 14").
    Ahead(UnitId),
    /// "per day" in one word ("daily").
    Each(UnitId),
    /// A bound before the amount.
    Before(Limit),
    /// A bound after the amount.
    After(Limit),
}

/// How an expression bounds the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// About it.
    Approx,
    /// At least it.
    Min,
    /// At most it.
    Max,
}

/// An expression of one or more words.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The words after the first.
    pub rest: Box<[Box<str>]>,
    /// What it means.
    pub means: Means,
}

impl Phrase {
    pub(super) fn spelled_by<'t>(&self, next: &impl Fn(usize) -> Option<&'t str>) -> bool {
        self.rest.iter().enumerate().all(|(at, word)| next(at + 1) == Some(word))
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rest.len() + 1
    }

    /// Never: every phrase has a first word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }
}
