//! A text together with its analysis: the view that rules look through.

use crate::{Analysis, Dep, Iob, Pos, Sentence, Tag, TextRange, TokenRange};

/// A text and its linguistic layers, with the questions that rules ask of them. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Parsed<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its layers.
    pub analysis: &'a Analysis,
}

impl<'a> Parsed<'a> {
    /// The view of `text` through `analysis`, which must have been made from it.
    #[must_use]
    pub fn new(text: &'a str, analysis: &'a Analysis) -> Self {
        Self { text, analysis }
    }
    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.analysis.tokens.len()
    }
    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.analysis.tokens.is_empty()
    }
    /// Surface form.
    #[must_use]
    pub fn word(&self, t: usize) -> &'a str {
        &self.text[self.analysis.tokens[t].range]
    }
    /// Lower-case form.
    #[must_use]
    pub fn lower(&self, t: usize) -> &'a str {
        self.analysis.lowers.get(t)
    }
    /// Lemma.
    #[must_use]
    pub fn lemma(&self, t: usize) -> &'a str {
        self.analysis.lemmas.get(t)
    }
    /// Bytes of token `t`.
    #[must_use]
    pub fn range(&self, t: usize) -> TextRange {
        self.analysis.tokens[t].range
    }
    /// Penn tag.
    #[must_use]
    pub fn tag(&self, t: usize) -> Tag {
        self.analysis.tags[t]
    }
    /// Universal part of speech.
    #[must_use]
    pub fn pos(&self, t: usize) -> Pos {
        self.analysis.pos[t]
    }
    /// Arc label.
    #[must_use]
    pub fn dep(&self, t: usize) -> Dep {
        self.analysis.deps[t]
    }
    /// Head; a root is its own.
    #[must_use]
    pub fn head(&self, t: usize) -> usize {
        self.analysis.heads[t] as usize
    }
    /// Entity position and type.
    #[must_use]
    pub fn entity(&self, t: usize) -> Iob {
        self.analysis.entities[t]
    }
    /// Whether `t` is the root of its tree.
    #[must_use]
    pub fn is_root(&self, t: usize) -> bool {
        self.head(t) == t
    }
    /// The sentence that holds `t`.
    #[must_use]
    pub fn sentence(&self, t: usize) -> Sentence {
        self.analysis.sentences[self.sentence_index(t)]
    }
    /// The index of the sentence that holds `t`.
    #[must_use]
    pub fn sentence_index(&self, t: usize) -> usize {
        self.analysis.sentence_of[t] as usize
    }
    /// Children of `t`, left to right.
    pub fn children(&self, t: usize) -> impl Iterator<Item = usize> + use<'a> {
        let analysis = self.analysis;
        let mut next = analysis.first_child[t];
        std::iter::from_fn(move || {
            (next != u32::MAX).then(|| {
                let child = next as usize;
                next = analysis.next_sibling[child];
                child
            })
        })
    }
    /// The first child of `t` with label `dep`.
    #[must_use]
    pub fn child(&self, t: usize, dep: Dep) -> Option<usize> {
        self.children(t).find(|c| self.dep(*c) == dep)
    }
    /// Heads above `t`, nearest first; ends at the root. Bounded by the number of tokens.
    pub fn ancestors(&self, t: usize) -> impl Iterator<Item = usize> + use<'a> {
        let heads = &self.analysis.heads;
        let mut at = t;
        std::iter::from_fn(move || {
            let up = heads[at] as usize;
            (up != at).then(|| {
                at = up;
                up
            })
        })
        .take(self.len())
    }
    /// Whether `t` stands in the subtree of `top`, itself included.
    #[must_use]
    pub fn is_under(&self, t: usize, top: usize) -> bool {
        t == top || self.ancestors(t).any(|a| a == top)
    }
    /// From the leftmost to the rightmost token of the subtree of `t`.
    #[must_use]
    pub fn subtree(&self, t: usize) -> TokenRange {
        TokenRange::new(self.analysis.left_edges[t] as usize, self.analysis.right_edges[t] as usize + 1)
    }
    /// Bytes from the first to the last token of `tokens`; empty ranges give an empty range at 0.
    #[must_use]
    pub fn span(&self, tokens: TokenRange) -> TextRange {
        if tokens.is_empty() {
            return TextRange::default();
        }
        self.range(tokens.start).cover(self.range(tokens.end - 1))
    }
    /// Surface text of `tokens`.
    #[must_use]
    pub fn text_of(&self, tokens: TokenRange) -> &'a str {
        &self.text[self.span(tokens)]
    }
    /// The first token that ends after byte `offset`, or the number of tokens.
    #[must_use]
    pub fn token_at(&self, offset: usize) -> usize {
        self.analysis.tokens.partition_point(|token| token.range.end() <= offset)
    }
    /// The tokens that share at least one byte with `range`.
    #[must_use]
    pub fn tokens_in(&self, range: TextRange) -> TokenRange {
        let start = self.token_at(range.start());
        let end = self.analysis.tokens.partition_point(|token| token.range.start() < range.end());
        TokenRange::new(start, end.max(start))
    }
}
