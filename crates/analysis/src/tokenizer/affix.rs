//! Finds prefixes, suffixes and infixes of a chunk by rules over character sets, never looking twice.
//!
//! The rules come from the model's own regular expressions ([`super::pattern`]); this is the part of those
//! expressions that spaCy's languages use, and no general matcher.

use super::class::{CharTable, INFIX, Mask, PREFIX, SUFFIX};

/// One alternative of a pattern; `S` is its kind of character set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<S> {
    /// Sets of the characters right before the body, in text order: a look-behind.
    pub behind: Vec<S>,
    /// What is found.
    pub body: Body<S>,
    /// What must or must not follow.
    pub ahead: Ahead<S>,
}

/// The part of a rule that becomes a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<S> {
    /// One character of a set.
    Class(S),
    /// The first of these that fits.
    OneOf(Vec<String>),
    /// Two full stops or more, as many as there are.
    Dots,
}

/// A condition on the character after the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ahead<S> {
    /// None.
    Any,
    /// There is one and it is in the set.
    In(S),
    /// There is none, or it is not in the set.
    NotIn(S),
}

/// The three patterns that cut a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affixes {
    /// The first that fits the start counts.
    pub prefixes: Vec<Rule<Mask>>,
    /// The longest that fits the end counts: a search finds the leftmost.
    pub suffixes: Vec<Rule<Mask>>,
    /// At each place the first that fits counts.
    pub infixes: Vec<Rule<Mask>>,
}

impl Affixes {
    /// Bytes of the prefix of `text`, 0 for none.
    #[must_use]
    pub fn prefix(&self, text: &str, chars: &CharTable) -> usize {
        if chars.of_first(text) & PREFIX == 0 {
            return 0;
        }
        self.prefixes.iter().find_map(|rule| rule.length_at(text, 0, chars)).unwrap_or(0)
    }

    /// Bytes of the suffix of `text`, 0 for none.
    #[must_use]
    pub fn suffix(&self, text: &str, chars: &CharTable) -> usize {
        if chars.of_last(text) & SUFFIX == 0 {
            return 0;
        }
        self.suffixes.iter().map(|rule| rule.length_before_end(text, chars)).max().unwrap_or(0)
    }

    /// The next infix of `text` that starts at byte `from` or later, as start and end.
    #[must_use]
    pub fn infix(&self, text: &str, from: usize, chars: &CharTable) -> Option<(usize, usize)> {
        let starts = text[from..].char_indices().filter(|(_, c)| chars.of(*c) & INFIX != 0);
        starts.map(|(at, _)| from + at).find_map(|at| {
            let length = self.infixes.iter().find_map(|rule| rule.length_at(text, at, chars))?;
            Some((at, at + length))
        })
    }
}

impl Rule<Mask> {
    /// Length of the match that starts at byte `at`.
    fn length_at(&self, text: &str, at: usize, chars: &CharTable) -> Option<usize> {
        let rest = &text[at..];
        let holds = |length: &usize| self.holds(&text[..at], &rest[*length..], chars);
        match &self.body {
            Body::Class(set) => {
                let c = rest.chars().next().filter(|c| chars.of(*c) & set != 0)?;
                Some(c.len_utf8()).filter(holds)
            }
            Body::OneOf(strings) => {
                let fitting = strings.iter().filter(|string| rest.starts_with(string.as_str()));
                fitting.map(String::len).find(holds)
            }
            Body::Dots => Some(leading_dots(rest)).filter(|dots| *dots >= 2).filter(holds),
        }
    }

    /// Length of the longest match that reaches the end, 0 for none.
    fn length_before_end(&self, text: &str, chars: &CharTable) -> usize {
        let holds = |length: &usize| self.holds(&text[..text.len() - length], "", chars);
        match &self.body {
            Body::Class(set) => {
                let last = text.chars().next_back().filter(|c| chars.of(*c) & set != 0);
                last.map(char::len_utf8).filter(holds).unwrap_or(0)
            }
            Body::OneOf(strings) => {
                if !self.may_stand_behind(text, chars) {
                    return 0;
                }
                let fitting = strings.iter().filter(|string| text.ends_with(string.as_str()));
                fitting.map(String::len).filter(holds).max().unwrap_or(0)
            }
            Body::Dots => Some(trailing_dots(text)).filter(|dots| *dots >= 2).filter(holds).unwrap_or(0),
        }
    }

    /// A cheap test before the many units: is there, near the end, what must stand before the body?
    fn may_stand_behind(&self, text: &str, chars: &CharTable) -> bool {
        let Some(set) = self.behind.last() else { return true };
        text.chars().rev().skip(1).take(LONGEST_UNIT).any(|c| chars.of(c) & set != 0)
    }

    fn holds(&self, before: &str, after: &str, chars: &CharTable) -> bool {
        let mut before = before.chars();
        let behind =
            self.behind.iter().rev().all(|set| before.next_back().is_some_and(|c| chars.of(c) & set != 0));
        behind
            && match self.ahead {
                Ahead::Any => true,
                Ahead::In(set) => chars.of_first(after) & set != 0,
                Ahead::NotIn(set) => chars.of_first(after) & set == 0,
            }
    }
}

/// Characters of the longest string that may follow a look-behind; reading a pattern refuses longer ones.
pub const LONGEST_UNIT: usize = 8;

fn leading_dots(text: &str) -> usize {
    text.bytes().take_while(|b| *b == b'.').count()
}

fn trailing_dots(text: &str) -> usize {
    text.bytes().rev().take_while(|b| *b == b'.').count()
}
