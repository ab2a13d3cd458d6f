//! The second pass over the tokens of a text: sequences that read as an exception become its tokens.
//!
//! "Apr" and "." of "(Apr.)," are found here, since no single chunk showed the exception. Only exceptions that
//! the affix rules take apart can be found so; which sequences they leave is worked out at conversion.

use tolmach_document::{TextRange, Token};

use super::Tables;
use super::tokens::{Lexeme, Tokens};

/// The sequences of word ids, as a tree: `(node, id) -> node`, sorted. The root is node 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Specials {
    /// From node, by id, to node.
    pub edges: Vec<(u32, u64, u32)>,
    /// Nodes where a sequence ends, sorted.
    pub ends: Vec<u32>,
}

impl Specials {
    /// The tree of these sequences.
    #[must_use]
    pub fn new(sequences: &[Vec<u64>]) -> Self {
        let mut tree = Self::default();
        for sequence in sequences {
            let mut node = 0;
            for id in sequence {
                node = tree.step(node, *id).unwrap_or_else(|| tree.grow(node, *id));
            }
            tree.ends.push(node);
        }
        tree.ends.sort_unstable();
        tree.ends.dedup();
        tree
    }

    fn grow(&mut self, node: u32, id: u64) -> u32 {
        let new = self.edges.len() as u32 + 1;
        let at = self.edges.partition_point(|(from, by, _)| (*from, *by) < (node, id));
        self.edges.insert(at, (node, id, new));
        new
    }

    fn step(&self, node: u32, id: u64) -> Option<u32> {
        let at = self.edges.binary_search_by_key(&(node, id), |(from, by, _)| (*from, *by)).ok()?;
        Some(self.edges[at].2)
    }

    /// Whether a sequence begins with this id.
    #[must_use]
    pub fn opens(&self, id: u64) -> bool {
        self.step(0, id).is_some()
    }

    /// Appends every sequence that begins at `start`.
    fn find(&self, lexemes: &[Lexeme], start: usize, found: &mut Vec<Found>) {
        let mut node = 0;
        for (at, lexeme) in lexemes.iter().enumerate().skip(start) {
            match self.step(node, lexeme.orth) {
                Some(next) => node = next,
                None => return,
            }
            if self.ends.binary_search(&node).is_ok() {
                found.push(Found { start, end: at + 1 });
            }
        }
    }
}

/// Tokens `start..end`.
#[derive(Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
}

/// Memory of the second pass.
#[derive(Default)]
pub struct Rewriter {
    /// Tokens of the first pass that a sequence may begin with, in order.
    pub openers: Vec<u32>,
    found: Vec<Found>,
    taken: Vec<bool>,
    tokens: Vec<Token>,
    lexemes: Vec<Lexeme>,
}

impl Rewriter {
    /// Puts the tokens of exceptions where their sequence stands; leaves `lowers` alone.
    pub fn rewrite(&mut self, text: &str, out: &mut Tokens, tables: &Tables) {
        self.found.clear();
        for opener in &self.openers {
            tables.specials.find(&out.lexemes, *opener as usize, &mut self.found);
        }
        if self.found.is_empty() {
            return;
        }
        self.settle(out.tokens.len());
        self.found.retain(|found| tables.exceptions.get(surface(text, &out.tokens, *found)).is_some());
        if !self.found.is_empty() {
            self.rebuild(text, out, tables);
        }
    }

    /// Longest first, then leftmost; one whose first or last token is taken is dropped. Sorts the rest by place.
    fn settle(&mut self, n_tokens: usize) {
        self.taken.clear();
        self.taken.resize(n_tokens, false);
        self.found.sort_unstable_by_key(|found| (found.start.wrapping_sub(found.end), found.start));
        let taken = &mut self.taken;
        self.found.retain(|found| {
            let free = !taken[found.start] && !taken[found.end - 1];
            taken[found.start..found.end].fill(true);
            free
        });
        self.found.sort_unstable_by_key(|found| found.start);
    }

    fn rebuild(&mut self, text: &str, out: &mut Tokens, tables: &Tables) {
        self.tokens.clear();
        self.lexemes.clear();
        let mut next = 0;
        for found in &self.found {
            self.tokens.extend_from_slice(&out.tokens[next..found.start]);
            self.lexemes.extend_from_slice(&out.lexemes[next..found.start]);
            let pieces = tables.exceptions.get(surface(text, &out.tokens, *found)).unwrap_or_default();
            let mut start = out.tokens[found.start].range.start();
            for piece in pieces {
                let end = start + piece.length as usize;
                self.tokens.push(Token { range: TextRange::at(start, end), blank_after: false });
                self.lexemes.push(piece.lexeme);
                start = end;
            }
            if let Some(last) = self.tokens.last_mut() {
                last.blank_after = out.tokens[found.end - 1].blank_after;
            }
            next = found.end;
        }
        self.tokens.extend_from_slice(&out.tokens[next..]);
        self.lexemes.extend_from_slice(&out.lexemes[next..]);
        std::mem::swap(&mut self.tokens, &mut out.tokens);
        std::mem::swap(&mut self.lexemes, &mut out.lexemes);
    }
}

fn surface<'a>(text: &'a str, tokens: &[Token], found: Found) -> &'a str {
    &text[tokens[found.start].range.start()..tokens[found.end - 1].range.end()]
}
