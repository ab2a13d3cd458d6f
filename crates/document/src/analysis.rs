//! The linguistic layers of one text: one vector a layer, all indexed by token.

use crate::{Dep, Iob, Pos, Tag, TextRange};

/// A token: its bytes and whether one blank follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the surface form.
    pub range: TextRange,
    /// Whether exactly one blank stands between this token and the next (spaCy's `SPACY`).
    pub blank_after: bool,
}

/// A half-open range of tokens, to keep it apart from ranges of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenRange {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

impl TokenRange {
    /// Tokens from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }
    /// Whether token `t` is inside.
    #[must_use]
    pub fn holds(self, t: usize) -> bool {
        self.start <= t && t < self.end
    }
    /// The tokens, in order.
    pub fn iter(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }
    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// One sentence. Sentences cover all tokens, in order, without overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last token, bytes.
    pub range: TextRange,
    /// Its tokens.
    pub tokens: TokenRange,
}

/// Many short strings in one arena, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Appends one.
    pub fn push(&mut self, value: &str) {
        self.text.push_str(value);
        self.ends.push(u32::try_from(self.text.len()).expect("texts are below 4 GiB"));
    }
    /// The string at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }
    /// Whether none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
    /// Drops all, keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// What the language engine found in one text. Every vector has one item a token.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Tokens in text order, not overlapping; the bytes between two tokens are at most one blank.
    pub tokens: Vec<Token>,
    /// Lower-case form of each token.
    pub lowers: Strings,
    /// Lemma of each token.
    pub lemmas: Strings,
    /// Penn tag.
    pub tags: Vec<Tag>,
    /// Universal part of speech.
    pub pos: Vec<Pos>,
    /// Syntactic head; a root is its own head.
    pub heads: Vec<u32>,
    /// Label of the arc from the head.
    pub deps: Vec<Dep>,
    /// The recogniser's entities.
    pub entities: Vec<Iob>,
    /// Sentences in order; they cover every token.
    pub sentences: Vec<Sentence>,
    /// Index of each token's sentence.
    pub sentence_of: Vec<u32>,
    /// Leftmost token of each token's subtree.
    pub left_edges: Vec<u32>,
    /// Rightmost token of each token's subtree.
    pub right_edges: Vec<u32>,
    /// First child of each token in text order, or `u32::MAX`.
    pub first_child: Vec<u32>,
    /// Next sibling under the same head, or `u32::MAX`.
    pub next_sibling: Vec<u32>,
    /// The encoder's vectors, `vector_width` numbers a token; empty unless asked for.
    pub vectors: Vec<f32>,
    /// Numbers in each vector; 0 without vectors.
    pub vector_width: usize,
}

impl Analysis {
    /// Fills what follows from heads and sentence starts: sentences, edges and child lists.
    ///
    /// `starts[t]` says whether a sentence begins at token `t`; token 0 always does.
    pub fn link(&mut self, starts: &[bool]) {
        let n = self.tokens.len();
        self.sentences.clear();
        self.sentence_of = vec![0; n];
        let mut from = 0;
        for t in 0..n {
            if t + 1 == n || starts[t + 1] {
                let range = self.tokens[from].range.cover(self.tokens[t].range);
                self.sentence_of[from..=t].fill(self.sentences.len() as u32);
                self.sentences.push(Sentence { range, tokens: TokenRange::new(from, t + 1) });
                from = t + 1;
            }
        }
        self.first_child = vec![u32::MAX; n];
        self.next_sibling = vec![u32::MAX; n];
        for t in (0..n).rev() {
            let head = self.heads[t] as usize;
            if head != t {
                self.next_sibling[t] = self.first_child[head];
                self.first_child[head] = t as u32;
            }
        }
        self.left_edges = (0..n as u32).collect();
        self.right_edges = (0..n as u32).collect();
        self.spread_edges();
    }

    /// Subtree edges by an explicit walk from each root, children before parents: linear, any depth.
    fn spread_edges(&mut self) {
        let n = self.tokens.len();
        let mut order = Vec::with_capacity(n);
        let mut open: Vec<usize> = (0..n).filter(|t| self.heads[*t] as usize == *t).collect();
        while let Some(t) = open.pop() {
            order.push(t);
            let mut child = self.first_child[t];
            while child != u32::MAX {
                open.push(child as usize);
                child = self.next_sibling[child as usize];
            }
        }
        for t in order.into_iter().rev() {
            let head = self.heads[t] as usize;
            self.left_edges[head] = self.left_edges[head].min(self.left_edges[t]);
            self.right_edges[head] = self.right_edges[head].max(self.right_edges[t]);
        }
    }
}
