//! The order of the stages for one text, and the memory of one thread.
//!
//! Memory of a worker: about 25 MB for caches, buffers and the ring of the parser, whatever the texts; beyond that some 150
//! bytes for each token of the longest text. Time is linear in the length of the text: encoder, tagger, parser and
//! recogniser go through it in blocks.

use std::ops::Range;

use tolmach_document::{Analysis, Iob};

use crate::model::Model;
use crate::network::encoder::{Encoder, WIDTH};
use crate::network::kernel::Kernel;
use crate::parse::names::{Place, Recogniser};
use crate::parse::parser::Parser;
use crate::parse::tree::Tree;
use crate::tagger::Tags;
use crate::tokenizer::{Scratch, Tokens};
use crate::word::{Attributes, Tagged};

/// Tokens that are encoded together. Changes no result.
const BLOCK: usize = 256;

/// How closely spaCy is followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Every decision as spaCy makes it.
    Exact,
    /// The networks multiply whole numbers of eight bits, which changes a decision in some hundreds; and a sentence
    /// also begins wherever a paragraph does (after a blank line). The same bytes on every processor.
    Fast,
}

/// What a worker is to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// How closely spaCy is followed.
    pub mode: Mode,
    /// Whether to keep the encoder's vectors.
    pub vectors: bool,
}

/// A thread's share of the engine: it analyses one text after the other.
///
/// What it remembers of earlier texts only saves time.
pub struct Worker<'m> {
    model: &'m Model,
    options: Options,
    scratch: Scratch,
    tokens: Tokens,
    encoder: Encoder<'m>,
    tagger: Tags<'m>,
    parser: Parser<'m>,
    tree: Tree,
    names_encoder: Encoder<'m>,
    names: Recogniser<'m>,
    attributes: Attributes<'m>,
}

impl<'m> Worker<'m> {
    /// A worker with empty caches.
    #[must_use]
    pub fn new(model: &'m Model, options: Options) -> Self {
        Self::with_kernel(model, options, Kernel::detect())
    }

    /// A worker that uses the given instructions.
    #[must_use]
    pub fn with_kernel(model: &'m Model, options: Options, kernel: Kernel) -> Self {
        let fast = (options.mode == Mode::Fast).then(|| model.fast(kernel));
        let names_fast = fast.map(|fast| &fast.names_encoder);
        Self {
            model,
            options,
            scratch: Scratch::default(),
            tokens: Tokens::default(),
            encoder: Encoder::new(&model.encoder, fast.map(|fast| &fast.encoder), kernel),
            tagger: Tags::new(&model.tagger, fast.map(|fast| &fast.tagger), kernel),
            parser: Parser::new(&model.parser, fast.map(|fast| &fast.parser), kernel),
            tree: Tree::default(),
            names_encoder: Encoder::new(&model.names_encoder, names_fast, kernel),
            names: Recogniser::new(&model.names, fast.map(|fast| &fast.names), kernel),
            attributes: Attributes::new(&model.rules, &model.lemmatizer),
        }
    }

    /// Analyses one text.
    pub fn analyze(&mut self, text: &str) -> Analysis {
        self.model.tokenizer.tokenize(text, &mut self.scratch, &mut self.tokens);
        let mut analysis = Analysis::default();
        if self.tokens.tokens.is_empty() {
            return analysis;
        }
        self.tag_and_parse(text, &mut analysis);
        self.recognise(&mut analysis);
        self.attributes.fill(Tagged { text, tokens: &self.tokens }, &mut analysis);
        analysis.tokens.clone_from(&self.tokens.tokens);
        analysis.lowers = std::mem::take(&mut self.tokens.lowers);
        analysis.link(&self.tree.starts);
        analysis
    }

    fn tag_and_parse(&mut self, text: &str, analysis: &mut Analysis) {
        let tokens = &self.tokens;
        let mut paragraphs = Paragraphs { text, tokens, open: false, next: 0 };
        let force = self.options.mode == Mode::Fast;
        self.parser.begin(
            tokens.tokens.len(),
            std::iter::from_fn(|| force.then(|| paragraphs.next_starts()).flatten()),
        );
        for block in blocks(tokens.tokens.len()) {
            let vectors = self.encoder.encode(tokens, block);
            self.tagger.tag(vectors, &mut analysis.tags);
            if self.options.vectors {
                analysis.vectors.extend_from_slice(vectors.numbers);
                analysis.vector_width = WIDTH;
            }
            self.parser.feed(vectors);
        }
        let (heads, labels) = self.parser.arcs();
        let labels = labels.iter().map(|label| self.model.parser.label(*label));
        self.tree.build(heads, labels, |token| tokens.lexemes[token].is_space);
        analysis.heads.clone_from(&self.tree.heads);
        analysis.deps.clone_from(&self.tree.deps);
    }

    fn recognise(&mut self, analysis: &mut Analysis) {
        let (tokens, starts) = (&self.tokens, &self.tree.starts);
        let place = |token: usize| Place {
            is_space: tokens.lexemes[token].is_space,
            can_go_on: starts.get(token + 1).is_some_and(|start| !start),
        };
        let mut entities: Vec<Iob> = Vec::with_capacity(tokens.tokens.len());
        self.names.begin();
        for block in blocks(tokens.tokens.len()) {
            let vectors = self.names_encoder.encode(tokens, block.clone());
            self.names.feed(vectors, block, place, &mut entities);
        }
        analysis.entities = entities;
    }
}

fn blocks(n: usize) -> impl Iterator<Item = Range<usize>> {
    (0..n).step_by(BLOCK).map(move |from| from..n.min(from + BLOCK))
}

/// Finds the tokens at which a paragraph begins: the first word after a blank line.
struct Paragraphs<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    /// Whether a blank line, after some word, came before the next token.
    open: bool,
    next: usize,
}

impl Paragraphs<'_> {
    /// Whether a paragraph begins at the next token; `None` after the last.
    fn next_starts(&mut self) -> Option<bool> {
        let at = self.next;
        let token = self.tokens.tokens.get(at)?;
        self.next += 1;
        if !self.tokens.lexemes[at].is_space {
            return Some(std::mem::take(&mut self.open));
        }
        let space = &self.text[token.range];
        let lines = space.matches('\n').count().max(space.matches('\r').count());
        // White space before the first word opens no paragraph: the text itself does.
        self.open |= at > 0 && (lines > 1 || space.contains('\u{2029}'));
        Some(false)
    }
}
