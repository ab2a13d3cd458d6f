//! Ranges of text in UTF-8 bytes, and the one conversion to code points at the border.

use std::cmp::{Ordering, Reverse};
use std::ops::Index;

/// A half-open range of UTF-8 bytes in a document's text. Invariant: `start <= end`.
///
/// Ordered by start, longer first on ties, so that containers precede their contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// The range from `start` to `end` (bytes).
    ///
    /// # Panics
    /// If `start > end`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a range cannot end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// As [`TextRange::new`] from the `usize` offsets of string functions; texts are below 4 GiB.
    ///
    /// # Panics
    /// If `start > end` or an offset does not fit 32 bits.
    #[must_use]
    pub fn at(start: usize, end: usize) -> Self {
        Self::new(
            u32::try_from(start).expect("texts are below 4 GiB"),
            u32::try_from(end).expect("texts are below 4 GiB"),
        )
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Bytes covered.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside, borders included.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one byte is shared.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same range without white space at its ends in `text`.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let whole = &text[self];
        let left = whole.len() - whole.trim_start().len();
        let kept = whole.trim().len();
        Self::at(self.start() + left, self.start() + left + kept)
    }
}

impl Ord for TextRange {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, Reverse(self.end)).cmp(&(other.start, Reverse(other.end)))
    }
}

impl PartialOrd for TextRange {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Index<TextRange> for str {
    type Output = str;
    fn index(&self, range: TextRange) -> &str {
        &self[range.start()..range.end()]
    }
}

impl Index<TextRange> for String {
    type Output = str;
    fn index(&self, range: TextRange) -> &str {
        &self.as_str()[range]
    }
}

/// Converts byte offsets of one text to Unicode code points and back; built once, in linear time.
///
/// Holds the code point count at every 64th byte, so a lookup scans at most 63 bytes.
pub struct CodePoints<'t> {
    text: &'t str,
    marks: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0u32;
        for (at, byte) in bytes.iter().enumerate() {
            if at % STEP == 0 {
                marks.push(count);
            }
            count += u32::from(is_lead(*byte));
        }
        if bytes.len() % STEP == 0 {
            marks.push(count);
        }
        Self { text, marks }
    }

    /// Code points before byte `offset`.
    ///
    /// # Panics
    /// If `offset` lies past the end of the text.
    #[must_use]
    pub fn of_byte(&self, offset: usize) -> usize {
        let block = offset / STEP;
        let rest = &self.text.as_bytes()[block * STEP..offset];
        self.marks[block] as usize + rest.iter().filter(|byte| is_lead(**byte)).count()
    }

    /// A byte range as `[start, end)` in code points.
    #[must_use]
    pub fn of_range(&self, range: TextRange) -> [usize; 2] {
        [self.of_byte(range.start()), self.of_byte(range.end())]
    }

    /// The byte offset of the `n`th code point, or `None` past the end.
    #[must_use]
    pub fn to_byte(&self, n: usize) -> Option<usize> {
        let block = self.marks.partition_point(|mark| *mark as usize <= n).saturating_sub(1);
        let mut left = n - self.marks[block] as usize;
        let bytes = self.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().skip(block * STEP) {
            if is_lead(*byte) {
                if left == 0 {
                    return Some(at);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(bytes.len())
    }
}

fn is_lead(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_come_before_contents() {
        let mut ranges = [TextRange::new(3, 5), TextRange::new(0, 2), TextRange::new(3, 9)];
        ranges.sort();
        assert_eq!(ranges, [TextRange::new(0, 2), TextRange::new(3, 9), TextRange::new(3, 5)]);
    }

    #[test]
    fn code_points_agree_with_counting() {
        let text = "Қазақстан — “ok” 🙂 ".repeat(40);
        let points = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.of_byte(at), n);
            assert_eq!(points.to_byte(n), Some(at));
        }
        let n = text.chars().count();
        assert_eq!(points.of_byte(text.len()), n);
        assert_eq!(points.to_byte(n), Some(text.len()));
        assert_eq!(points.to_byte(n + 1), None);
        assert_eq!(CodePoints::new("").of_byte(0), 0);
    }

    #[test]
    fn trimming_stays_inside() {
        let text = "a  b \n";
        assert_eq!(TextRange::at(1, 6).trimmed(text), TextRange::at(3, 4));
        assert!(TextRange::at(1, 3).trimmed(text).is_empty());
    }
}
