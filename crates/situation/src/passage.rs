//! The words a line rests on: verbatim ranges of one document.

use crate::Snapshot;
use tolmach_document::TextRange;

/// Verbatim words of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Index of the document in the snapshot.
    pub document: usize,
    /// What is shown: in text order, not overlapping, not empty.
    pub shown: Vec<TextRange>,
    /// What carries the reading, inside the shown words; may be empty.
    pub focus: Vec<TextRange>,
    /// Whether words of the sentence were left out before and after.
    pub cut: [bool; 2],
}

/// A piece of quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote<'t> {
    /// Verbatim words.
    Plain(&'t str),
    /// Verbatim words that carry the reading.
    Focus(&'t str),
    /// Something was left out here.
    Gap,
}

/// Longest passage shown whole, in bytes; the rest is cut away from the words that carry the reading.
const LONGEST: usize = 420;

impl Passage {
    /// `focus` within `context`, cut to what a reader can take in.
    #[must_use]
    pub fn new(document: usize, text: &str, context: TextRange, focus: Vec<TextRange>) -> Self {
        let whole = focus.iter().fold(context, |whole, part| whole.cover(*part)).trimmed(text);
        let core = focus.iter().copied().reduce(TextRange::cover).unwrap_or(whole);
        let shown = if whole.len() <= LONGEST { whole } else { clip(text, whole, core) };
        let focus = focus.into_iter().filter(|part| shown.contains(*part)).collect();
        let cut = [shown.start() > whole.start(), shown.end() < whole.end()];
        Self { document, shown: vec![shown], focus, cut }
    }

    /// Exactly these words.
    #[must_use]
    pub fn exact(document: usize, mut ranges: Vec<TextRange>) -> Self {
        ranges.sort();
        ranges.dedup_by(|later, earlier| earlier.contains(*later));
        ranges.retain(|range| !range.is_empty());
        Self { document, shown: ranges, focus: Vec::new(), cut: [false; 2] }
    }

    /// From the first to the last word shown.
    #[must_use]
    pub fn range(&self) -> TextRange {
        self.shown.iter().copied().reduce(TextRange::cover).unwrap_or_default()
    }

    /// The range to open the document at.
    #[must_use]
    pub fn anchor(&self) -> TextRange {
        self.focus.iter().copied().reduce(TextRange::cover).unwrap_or_else(|| self.range())
    }

    /// The pieces of the passage, in order. Joined without gaps they are the document's own words.
    #[must_use]
    pub fn pieces<'s>(&self, snapshot: &'s Snapshot) -> Vec<Quote<'s>> {
        let text = snapshot.documents[self.document].document.text.as_str();
        let mut out = Vec::new();
        for (n, shown) in self.shown.iter().enumerate() {
            if n > 0 || self.cut[0] {
                out.push(Quote::Gap);
            }
            self.pieces_of(text, *shown, &mut out);
        }
        if self.cut[1] {
            out.push(Quote::Gap);
        }
        out
    }

    /// Whether the words shown stand in quotation marks of their own, so that none need be put around them.
    #[must_use]
    pub fn is_quoted(&self, snapshot: &Snapshot) -> bool {
        let text = &snapshot.documents[self.document].document.text;
        let words: Vec<&str> = self.shown.iter().map(|range| &text[*range]).collect();
        let opens = words.first().is_some_and(|first| first.starts_with(['“', '"', '«', '„', '‘']));
        let closes = words.last().is_some_and(|last| last.ends_with(['”', '"', '»', '“', '’']));
        let within = words.iter().map(|part| part.matches(['“', '”', '"', '«', '»', '„']).count()).sum::<usize>();
        opens && closes && self.cut == [false; 2] && within <= 2
    }

    fn pieces_of<'t>(&self, text: &'t str, shown: TextRange, out: &mut Vec<Quote<'t>>) {
        let mut at = shown.start();
        let mut focus = self.focus.clone();
        focus.sort();
        for part in focus {
            if part.start() < at || part.end() > shown.end() {
                continue;
            }
            if at < part.start() {
                out.push(Quote::Plain(&text[at..part.start()]));
            }
            out.push(Quote::Focus(&text[part]));
            at = part.end();
        }
        if at < shown.end() {
            out.push(Quote::Plain(&text[at..shown.end()]));
        }
    }

    /// The passage on one line, with "…" where words are left out.
    #[must_use]
    pub fn line(&self, snapshot: &Snapshot) -> String {
        let mut out = String::new();
        for piece in self.pieces(snapshot) {
            match piece {
                Quote::Plain(words) | Quote::Focus(words) => out.push_str(words),
                Quote::Gap => out.push_str(" … "),
            }
        }
        crate::words::one_line(&out)
    }
}

/// At most [`LONGEST`] bytes of `whole` around `core`, cut between words.
fn clip(text: &str, whole: TextRange, core: TextRange) -> TextRange {
    let room = LONGEST.saturating_sub(core.len().min(LONGEST));
    let start = core.start().saturating_sub(room / 2).max(whole.start());
    let end = (start + LONGEST).max(core.start() + 1).min(whole.end());
    let start = word_start(text, start, whole.start());
    let end = word_end(text, end, core.start());
    TextRange::at(start, end.max(start))
}

/// How far from a cut the border of a word is looked for, in bytes; a longer word is cut between letters.
const LONGEST_WORD: usize = 60;

/// The nearest start of a word at or before `at`, not before `floor`.
fn word_start(text: &str, at: usize, floor: usize) -> usize {
    let least = floor.max(at.saturating_sub(LONGEST_WORD));
    let is_start = |i: &usize| *i == floor || text.is_char_boundary(*i) && text[..*i].ends_with(char::is_whitespace);
    let start = (least..=at).rev().find(is_start);
    start.or_else(|| (floor..=at).rev().find(|i| text.is_char_boundary(*i))).unwrap_or(floor)
}

/// The nearest end of a word at or before `at`, not before `floor`.
fn word_end(text: &str, at: usize, floor: usize) -> usize {
    let least = floor.max(at.saturating_sub(LONGEST_WORD));
    let is_end = |i: &usize| {
        *i == text.len() || text.is_char_boundary(*i) && text[*i..].starts_with(char::is_whitespace)
    };
    let end = (least..=at).rev().find(is_end);
    end.or_else(|| (floor..=at).rev().find(|i| text.is_char_boundary(*i))).unwrap_or(floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_around_the_focus() {
        let text = format!("{} the bridge fell {}", "word ".repeat(200), "слово ".repeat(200));
        let focus = text.find("bridge").map(|at| TextRange::at(at, at + 6)).unwrap();
        let passage = Passage::new(0, &text, TextRange::at(0, text.len()), vec![focus]);
        assert!(passage.range().len() <= LONGEST && passage.range().contains(focus));
        assert_eq!(passage.anchor(), focus);
        let shown = &text[passage.range()];
        assert!(shown.starts_with("word") && shown.ends_with("слово"), "{shown:?}");
    }

    #[test]
    fn one_endless_word_is_cut_at_a_letter() {
        let text = "я".repeat(2000);
        let passage = Passage::new(0, &text, TextRange::at(0, text.len()), vec![TextRange::at(600, 1400)]);
        // Either end may take in the rest of a two-byte letter.
        assert!(passage.range().len() <= LONGEST + 2);
    }
}
