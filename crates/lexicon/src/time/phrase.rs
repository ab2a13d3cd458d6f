//! Expressions of several words that are listed, not composed: references, holidays, bounds.

use super::Modifier;
use tolmach_document::Tag;

/// A listed expression.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its lower-case words as the tokenizer cuts them; never empty.
    pub words: Vec<String>,
    /// What it says.
    pub means: Meaning,
}

/// What a [`Phrase`] says: an index into the lexicon's table of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `PRESENT_REF` and its like.
    Reference(u16),
    /// A day with a name.
    Holiday(u16),
    /// A bound on the time that follows.
    Bound(u16),
}

/// A vague reference: "now", "the near future".
#[derive(Clone, Debug)]
pub struct Reference {
    /// TIMEX3 value.
    pub value: String,
    /// Tags that the first word may have; empty: any.
    pub tags: Vec<Tag>,
    /// Words after which it is something else.
    pub not_after: Vec<String>,
    /// Words before which it is something else.
    pub not_before: Vec<String>,
}

/// Words before a time that bound it.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// `None`: they say nothing about the value ("exactly").
    pub modifier: Option<Modifier>,
    /// Whether the words stay outside the expression.
    pub outside: bool,
    /// Whether they bound only numbers and "a", not what "the" points at.
    pub amounts: bool,
}

/// When a named day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// Month and day.
    Fixed(i8, i8),
    /// The `nth` weekday of a month (negative: from its end), and days after it.
    Nth {
        /// 1 is the first, -1 the last.
        nth: i8,
        /// 1 is Monday.
        weekday: i8,
        /// 1 is January.
        month: i8,
        /// Days to add.
        plus: i8,
    },
    /// Days after Easter Sunday of the western church.
    Easter(i16),
    /// The Tuesday after the first Monday of November.
    Election,
}

impl Holiday {
    /// Reads `12-25`, `4-4-11`, `4-4-11+1`, `easter-2`, `election`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == "election" {
            return Some(Self::Election);
        }
        if let Some(days) = text.strip_prefix("easter") {
            return days.parse().ok().map(Self::Easter);
        }
        let (rule, plus) = text.split_once('+').unwrap_or((text, "0"));
        let (sign, rule) = rule.strip_prefix('-').map_or((1, rule), |rest| (-1, rest));
        let numbers: Option<Vec<i8>> = rule.split('-').map(|part| part.parse().ok()).collect();
        match numbers?[..] {
            [month, day] => Some(Self::Fixed(month, day)),
            [nth, weekday, month] => {
                Some(Self::Nth { nth: sign * nth, weekday, month, plus: plus.parse().ok()? })
            }
            _ => None,
        }
    }
}

impl Phrase {
    /// Whether `next`, asked for 1, 2, …, gives the words after the first.
    pub(super) fn spelled_by<'t>(&self, next: &impl Fn(usize) -> Option<&'t str>) -> bool {
        self.words.iter().enumerate().skip(1).all(|(at, word)| next(at) == Some(word.as_str()))
    }
}
