//! A text cut finer than tokens: figures, words and single marks, so that "1.5m", "US$5" and "20-year-old" read alike.
//!
//! Knows no grammar. Letters tied to figures make a name ("Soyuz-5", "C5+1") unless the lexicon says otherwise.

use super::figure;
use std::ops::Range;
use tolmach_document::{Parsed, TextRange};
use tolmach_lexicon::quantity::{QuantityLexicon, Role, Word};

/// One piece of the text.
#[derive(Clone, Copy)]
pub struct Atom<'a> {
    /// As printed.
    pub text: &'a str,
    /// In lower case; as printed where the piece is not a whole token.
    pub lower: &'a str,
    /// Bytes.
    pub range: TextRange,
    /// The token it belongs to.
    pub token: usize,
    /// What it can mean.
    pub word: &'a Word,
    /// What it is.
    pub kind: Kind,
    /// Whether nothing stands between it and the atom before.
    pub glued: bool,
    /// Whether it begins a line.
    pub line: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Figures that make a number.
    Figures(f64),
    /// Figures with an ending that makes them an ordinal ("93rd").
    Ordinal(f64),
    /// A name that holds figures, a time of day, an address, a decade.
    Name,
    /// One mark.
    Mark,
    /// A blank line, or the end of the text.
    Blank,
}

/// Every piece, in text order.
pub struct Atoms<'a> {
    rows: Vec<Atom<'a>>,
    /// What can be looked up.
    pub lexicon: &'a QuantityLexicon,
    end: Atom<'a>,
    line: bool,
}

impl<'a> Atoms<'a> {
    /// The pieces of a text.
    #[must_use]
    pub fn new(parsed: Parsed<'a>, lexicon: &'a QuantityLexicon) -> Self {
        let end = Atom {
            text: "",
            lower: "",
            range: TextRange::at(parsed.text.len(), parsed.text.len()),
            token: parsed.len(),
            word: lexicon.nothing(),
            kind: Kind::Blank,
            glued: false,
            line: true,
        };
        let mut out = Self { rows: Vec::with_capacity(parsed.len() + parsed.len() / 8), lexicon, end, line: true };
        for token in 0..parsed.len() {
            out.token(parsed, token);
        }
        out
    }

    /// Number of pieces.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The piece at `at`; an empty one past the ends.
    #[must_use]
    pub fn at(&self, at: usize) -> &Atom<'a> {
        self.rows.get(at).unwrap_or(&self.end)
    }

    /// The piece before `at`.
    #[must_use]
    pub fn before(&self, at: usize) -> &Atom<'a> {
        at.checked_sub(1).map_or(&self.end, |at| self.at(at))
    }

    /// The first piece after token `token`.
    #[must_use]
    pub fn after(&self, token: usize) -> usize {
        self.rows.partition_point(|atom| atom.token <= token)
    }

    /// Bytes of the pieces in `range`, which must not be empty.
    #[must_use]
    pub fn range(&self, range: Range<usize>) -> TextRange {
        self.at(range.start).range.cover(self.at(range.end - 1).range)
    }

    fn token(&mut self, parsed: Parsed<'a>, token: usize) {
        let (text, range) = (parsed.word(token), parsed.range(token));
        let glued = self.rows.last().is_some_and(|last| last.range.end() == range.start());
        if text.bytes().all(|b| b.is_ascii_alphabetic()) {
            let lower = parsed.lower(token);
            let word = self.lexicon.word(lower);
            self.push(Atom { text, lower, range, token, word, kind: Kind::Word, glued, line: false });
        } else if text.trim().is_empty() {
            self.blank(text, range, token);
        } else {
            self.pieces(parsed, token, glued);
        }
    }

    fn push(&mut self, atom: Atom<'a>) {
        let line = std::mem::take(&mut self.line);
        self.rows.push(Atom { line, ..atom });
    }

    /// White space separates nothing but paragraphs.
    fn blank(&mut self, text: &'a str, range: TextRange, token: usize) {
        let lines = text.bytes().filter(|b| *b == b'\n').count();
        self.line |= lines > 0;
        if lines > 1 {
            let word = self.lexicon.nothing();
            let kind = Kind::Blank;
            self.rows.push(Atom { text, lower: text, range, token, word, kind, glued: false, line: false });
        }
    }

    /// A token with figures or marks in it.
    fn pieces(&mut self, parsed: Parsed<'a>, token: usize, glued: bool) {
        let (text, range) = (parsed.word(token), parsed.range(token));
        let lower = parsed.lower(token);
        let figures = text.bytes().any(|b| b.is_ascii_digit());
        if figures && (is_name(text) || (text.starts_with(char::is_alphabetic) && !self.opens(text))) {
            let word = self.lexicon.nothing();
            return self.push(Atom { text, lower, range, token, word, kind: Kind::Name, glued, line: false });
        }
        let same = lower.len() == text.len();
        // "3.4 TWh.": the full stop of the sentence is no part of the unit.
        let stop = self.ends_in_symbol(text).then(|| text.len() - 1);
        let mut start = 0;
        while start < text.len() {
            let (len, kind) = match stop {
                Some(stop) if start < stop => piece(&text[start..stop]),
                _ => piece(&text[start..]),
            };
            let at = TextRange::at(range.start() + start, range.start() + start + len);
            let written = &text[start..start + len];
            let lower = if same { &lower[start..start + len] } else { written };
            let word = self.lexicon.word(lower);
            let glued = start > 0 || glued;
            self.push(Atom { text: written, lower, range: at, token, word, kind, glued, line: false });
            start += len;
        }
    }

    fn ends_in_symbol(&self, text: &str) -> bool {
        let Some(rest) = text.strip_suffix('.') else { return false };
        let letters = rest.rfind(|c: char| c.is_ascii_digit()).map_or(rest, |at| &rest[at + 1..]);
        let known = |text: &str| {
            let symbol = self.lexicon.symbol(text);
            symbol.unit.is_some() || symbol.glued.is_some() || symbol.scale.is_some() || symbol.loose.is_some()
        };
        known(letters) || known(rest)
    }

    /// Whether letters before figures belong to an amount: a currency's ("RM23") or a word like "sub-7".
    fn opens(&self, text: &str) -> bool {
        let end = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
        let letters = &text[..end];
        if let Some(word) = letters.strip_suffix('-') {
            let known = self.lexicon.word(word);
            return known.is(Role::Before) || known.is(Role::Minus);
        }
        let last = self.rows.last().map_or("", |atom| atom.text);
        let rest = |pieces: &[Box<str>]| pieces.concat() == letters;
        let spells = |pieces: &[Box<str>]| rest(pieces) || (&*pieces[0] == last && rest(&pieces[1..]));
        self.lexicon.sign(|sign| spells(&sign.pieces)).is_some()
    }
}

/// The first piece of `text`: its length and kind.
fn piece(text: &str) -> (usize, Kind) {
    let first = text.chars().next().expect("not empty");
    if first.is_ascii_digit() || (first == '.' && text[1..].starts_with(|c: char| c.is_ascii_digit())) {
        let len = figure::length(text);
        return match ordinal(&text[len..]) {
            Some(end) => (len + end, figure::value(&text[..len]).map_or(Kind::Name, Kind::Ordinal)),
            None => (len, figure::value(&text[..len]).map_or(Kind::Name, Kind::Figures)),
        };
    }
    if QuantityLexicon::is_mark(first) {
        return (first.len_utf8(), Kind::Mark);
    }
    let end = text.char_indices().find(|(at, c)| *at > 0 && (QuantityLexicon::is_mark(*c) || c.is_ascii_digit()));
    let mut end = end.map_or(text.len(), |(at, _)| at);
    // "32m2": the power belongs to the unit.
    let rest = &text[end..];
    if rest.starts_with(['2', '3']) && !rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '.') {
        end += 1;
    }
    (end, Kind::Word)
}

/// Length of an ordinal's ending at the start of `rest`.
fn ordinal(rest: &str) -> Option<usize> {
    let ends = |with: &&str| rest.len() == 2 && rest.eq_ignore_ascii_case(with);
    ["st", "nd", "rd", "th"].iter().any(|end| ends(&end)).then_some(2)
}

/// Times of day, decades, addresses on the net, figures with a slash that make no part, serial numbers.
fn is_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let between = |at: usize| at > 0 && digit(at - 1) && digit(at + 1);
    let decade = |at: usize| bytes[at] == b's' && at > 0 && digit(at - 1) && at + 1 == bytes.len();
    (0..bytes.len()).any(|at| match bytes[at] {
        b':' => between(at),
        b'/' => between(at) && !figure::is_part(text),
        b's' => decade(at),
        b'@' | b'_' => true,
        // U+2044, the slash of fractions.
        0xE2 => text[at..].starts_with('\u{2044}'),
        _ => false,
    })
}
