//! A text as one reader of it sees it: the whole document, or the inside of one quotation as if it were a document.
//!
//! A quotation that is long enough is read by itself, so that what its speaker reports is found by the same means as
//! what the document reports.

use super::atoms::Atoms;
use super::quotation::{Quotation, Quotations};
use tolmach_document::{Parsed, TokenRange};

/// What the readers look at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Text and parse.
    pub p: Parsed<'a>,
    /// Hashed tokens.
    pub atoms: &'a Atoms,
    /// Quotations.
    pub quotes: &'a Quotations,
    /// The quotation that is read as a document of its own.
    inside: Option<usize>,
    bounds: TokenRange,
}

impl<'a> View<'a> {
    /// The whole document.
    #[must_use]
    pub fn whole(p: Parsed<'a>, atoms: &'a Atoms, quotes: &'a Quotations) -> Self {
        Self { p, atoms, quotes, inside: None, bounds: TokenRange::new(0, p.len()) }
    }

    /// The document and each quotation worth reading by itself, outer ones first.
    pub fn levels(self) -> impl Iterator<Item = View<'a>> {
        let inside = (0..self.quotes.rows().len()).filter(move |q| self.quotes.rows()[*q].whole);
        std::iter::once(self).chain(inside.map(move |q| self.inside(q)))
    }

    fn inside(self, q: usize) -> Self {
        let inner = self.quotes.rows()[q].inner;
        let touched = self.p.tokens_in(inner);
        let within = |t: &usize| inner.contains(self.p.range(*t));
        let start = touched.iter().find(within).unwrap_or(touched.start);
        let end = touched.iter().rev().find(within).map_or(start, |t| t + 1);
        Self { inside: Some(q), bounds: TokenRange::new(start, end.max(start)), ..self }
    }

    /// The quotation that is read.
    #[must_use]
    pub fn quotation(self) -> Option<usize> {
        self.inside
    }

    /// Its tokens, those of quotations within it included.
    #[must_use]
    pub fn bounds(self) -> TokenRange {
        self.bounds
    }

    /// Whether token `t` is read at this level, not inside a quotation that is read by itself.
    #[must_use]
    pub fn owns(self, t: usize) -> bool {
        self.bounds.holds(t) && self.climb(t).all(|row| !row.whole)
    }

    /// The sentence of `t`, cut to this level.
    #[must_use]
    pub fn sentence(self, t: usize) -> TokenRange {
        let whole = self.p.sentence(t).tokens;
        let start = whole.start.max(self.bounds.start);
        TokenRange::new(start, whole.end.min(self.bounds.end).max(start))
    }

    /// Quotations around `t` below this level, innermost first.
    fn climb(self, t: usize) -> impl Iterator<Item = &'a Quotation> {
        let rows = self.quotes.rows();
        let below = move |q: &usize| Some(*q) != self.inside;
        std::iter::successors(self.quotes.around(t).filter(below), move |q| rows[*q].parent.filter(below))
            .map(move |q| &rows[q])
    }

    /// The innermost quotation below this level that carries words, not a title or a single word in doubt.
    #[must_use]
    pub fn speech_around(self, t: usize) -> Option<usize> {
        let rows = self.quotes.rows();
        let below = |q: &usize| Some(*q) != self.inside;
        std::iter::successors(self.quotes.around(t).filter(below), |q| rows[*q].parent.filter(below))
            .find(|q| rows[*q].speech)
    }

    /// The outermost quotation below this level that holds `q`, itself at last.
    #[must_use]
    pub fn outermost(self, mut q: usize) -> usize {
        while let Some(parent) = self.quotes.rows()[q].parent.filter(|p| Some(*p) != self.inside) {
            q = parent;
        }
        q
    }

    /// Quotation state of `t` at this level: 0 outside, 1 in speech, 2 in other marks, 3 deeper; +4 on a mark.
    #[must_use]
    pub fn quote(self, t: usize) -> u32 {
        let mut climb = self.climb(t);
        let Some(row) = climb.next() else { return 0 };
        let state = match (climb.next(), row.speech) {
            (None, true) => 1,
            (None, false) => 2,
            (Some(_), _) => 3,
        };
        let range = self.p.range(t);
        let mark = range.start() < row.inner.start() || range.end() > row.inner.end();
        state + if mark { 4 } else { 0 }
    }
}
