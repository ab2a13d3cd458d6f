//! Sets of characters as bits: one look into a table says all sets that a character is in.
//!
//! Does not know what the sets mean, but for the fixed ones below.

use std::ops::RangeInclusive;

/// One bit a set.
pub type Mask = u64;

/// Letters (Python's `isalpha`).
pub const ALPHA: Mask = 1;
/// Upper-case letters.
pub const UPPER: Mask = 1 << 1;
/// Python's `isdigit`.
pub const DIGIT: Mask = 1 << 2;
/// `\d`.
pub const DECIMAL: Mask = 1 << 3;
/// `\w`.
pub const WORD: Mask = 1 << 4;
/// Capitals that stay as they are in lower case.
pub const NEW_CAPITAL: Mask = 1 << 5;
/// May begin a prefix.
pub const PREFIX: Mask = 1 << 6;
/// May end a suffix.
pub const SUFFIX: Mask = 1 << 7;
/// May begin an infix.
pub const INFIX: Mask = 1 << 8;
/// May stand in the last label of a host name.
pub const TOP_LEVEL: Mask = 1 << 9;
/// The first bit for the sets of the model's own patterns.
pub const FIRST_FREE: u32 = 10;

const PAGE: usize = 128;
const END: u32 = 0x11_0000;

/// Python's `isspace`: white space, and the four separators of ASCII.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// A set of characters as ranges, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CharSet(pub Vec<RangeInclusive<u32>>);

impl CharSet {
    /// The set of one.
    #[must_use]
    pub fn one(c: char) -> Self {
        Self(vec![c as u32..=c as u32])
    }

    /// Reads `41-5A 61-7A AA`.
    #[must_use]
    pub fn catalogue(text: &str) -> Self {
        let number =
            |hex: &str| u32::from_str_radix(hex, 16).expect("the catalogue holds hexadecimal numbers");
        let range = |item: &str| match item.split_once('-') {
            Some((first, last)) => number(first)..=number(last),
            None => number(item)..=number(item),
        };
        Self(text.split_whitespace().map(range).collect())
    }

    /// Puts the other's characters in.
    pub fn add(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }
}

/// A stretch of code points with equal masks: from its start to the next one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First code point.
    pub start: u32,
    /// The sets that all its characters are in.
    pub mask: Mask,
}

/// Lays the sets over each other: segments in order, the first at 0.
#[must_use]
pub fn segments(sets: &[(Mask, CharSet)]) -> Vec<Segment> {
    let mut cuts = vec![0];
    for range in sets.iter().flat_map(|(_, set)| &set.0) {
        cuts.extend([*range.start(), range.end() + 1]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut segments: Vec<Segment> = cuts.iter().map(|start| Segment { start: *start, mask: 0 }).collect();
    for (bit, set) in sets {
        for range in &set.0 {
            let first = cuts.partition_point(|cut| cut < range.start());
            let last = cuts.partition_point(|cut| cut <= range.end());
            segments[first..last].iter_mut().for_each(|segment| segment.mask |= bit);
        }
    }
    segments.dedup_by_key(|segment| segment.mask);
    segments
}

/// Character to mask, in two steps: pages of equal content are kept once.
#[derive(Default)]
pub struct CharTable {
    index: Vec<u16>,
    masks: Vec<Mask>,
}

impl CharTable {
    /// Spreads the segments over pages.
    ///
    /// `None` unless they start at 0 and rise.
    #[must_use]
    pub fn new(segments: &[Segment]) -> Option<Self> {
        let rise = segments.windows(2).all(|pair| pair[0].start < pair[1].start);
        if !rise || segments.first()?.start != 0 || segments.len() > usize::from(u16::MAX) {
            return None;
        }
        let mut table = Self { index: Vec::new(), masks: Vec::new() };
        let mut even: Vec<(Mask, u16)> = Vec::new();
        let mut at = 0;
        for page in 0..END as usize / PAGE {
            let first = (page * PAGE) as u32;
            at = last_not_after(segments, at, first);
            let stop = segments.get(at + 1).map_or(END, |next| next.start);
            let mask = segments[at].mask;
            let known = even.iter().find(|(have, _)| *have == mask).map(|(_, page)| *page);
            match known.filter(|_| stop >= first + PAGE as u32) {
                Some(page) => table.index.push(page),
                None => {
                    let page = table.push_page(segments, at, first);
                    if stop >= first + PAGE as u32 {
                        even.push((mask, page));
                    }
                }
            }
        }
        Some(table)
    }

    fn push_page(&mut self, segments: &[Segment], mut at: usize, first: u32) -> u16 {
        let page = (self.masks.len() / PAGE) as u16;
        for c in first..first + PAGE as u32 {
            at = last_not_after(segments, at, c);
            self.masks.push(segments[at].mask);
        }
        self.index.push(page);
        page
    }

    /// The sets that `c` is in.
    #[inline]
    #[must_use]
    pub fn of(&self, c: char) -> Mask {
        let c = c as usize;
        let page = usize::from(self.index[c / PAGE]);
        self.masks[page * PAGE + c % PAGE]
    }

    /// The sets that the last character of `text` is in, none if it is empty.
    #[inline]
    #[must_use]
    pub fn of_last(&self, text: &str) -> Mask {
        text.chars().next_back().map_or(0, |c| self.of(c))
    }

    /// The sets that the first character of `text` is in, none if it is empty.
    #[inline]
    #[must_use]
    pub fn of_first(&self, text: &str) -> Mask {
        text.chars().next().map_or(0, |c| self.of(c))
    }
}

/// Moves `at` on to the last segment that does not start after `c`.
fn last_not_after(segments: &[Segment], mut at: usize, c: u32) -> usize {
    while segments.get(at + 1).is_some_and(|next| next.start <= c) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_answers_as_its_sets() {
        let sets = [
            (1, CharSet::catalogue("41-5A 7F-81 20000-2A6DF")),
            (2, CharSet::catalogue("50 100-17F 4E00-9FFF 10FFFF")),
            (4, CharSet::catalogue("0 80-FF 4DFF-4E00")),
        ];
        let table = CharTable::new(&segments(&sets)).unwrap();
        for c in '\0'..=char::MAX {
            let has = |set: &CharSet| set.0.iter().any(|range| range.contains(&(c as u32)));
            let expected: Mask = sets.iter().filter(|(_, set)| has(set)).map(|(bit, _)| bit).sum();
            assert_eq!(table.of(c), expected, "{c:?}");
        }
    }

    #[test]
    fn segments_out_of_order_are_refused() {
        let at = |start| Segment { start, mask: 1 };
        assert!(CharTable::new(&[]).is_none());
        assert!(CharTable::new(&[at(1)]).is_none());
        assert!(CharTable::new(&[at(0), at(5), at(5)]).is_none());
    }
}
