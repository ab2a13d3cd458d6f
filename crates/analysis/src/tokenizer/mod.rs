//! Text to tokens, exactly as spaCy's English tokenizer cuts it, with the ids that the network's features need.
//!
//! No tags, no sentences, no repair of odd text: what spaCy cuts badly is cut badly here.
//!
//! The face of this module:
//! - [`compile`]`(tokenizer_file, lexeme_norms) -> Result<Vec<u8>, Error>` at conversion: the bytes of the section.
//!   `lexeme_norms` is the table `lexeme_norm` of `vocab/lookups.bin`: (id of the word, its norm).
//! - [`Tokenizer::load`]`(&[u8]) -> Result<Tokenizer, Error>`: copies what it needs; `Sync`, one for all threads.
//! - [`Tokenizer::tokenize`]`(text, &mut Scratch, &mut Tokens)`: `Scratch` holds a worker's bounded cache;
//!   [`Tokens`] is cleared and refilled, and keeps its memory. Three parallel layers: `tokens`, `lexemes`, `lowers`.
//!
//! Time is linear in the length of the text, also for one endless run without blanks, and there is no length
//! beyond which the result leaves spaCy's.

mod affix;
mod cache;
mod chunk;
mod class;
mod compile;
#[cfg(test)]
mod differential;
mod exception;
#[cfg(test)]
mod golden;
mod lexeme;
mod pattern;
mod section;
mod special;
#[cfg(test)]
mod tests;
mod tokens;
mod unicode;
mod url;

pub use compile::{Error, compile};
pub use tokens::{Lexeme, Tokens};

use tolmach_document::{TextRange, Token};

/// The loaded tables.
#[derive(Default)]
struct Tables {
    chars: class::CharTable,
    affixes: affix::Affixes,
    exceptions: exception::Exceptions,
    norms: lexeme::IdMap,
    specials: special::Specials,
}

/// Cuts texts; shared by all workers.
pub struct Tokenizer {
    tables: Tables,
}

/// A worker's memory: a cache of at most 2.6 MB, and buffers that grow with the longest text.
#[derive(Default)]
pub struct Scratch {
    cache: cache::Cache,
    workspace: chunk::Workspace,
    rewriter: special::Rewriter,
    buffer: String,
}

impl Tokenizer {
    /// Reads a section that [`compile`] wrote.
    ///
    /// # Errors
    /// When the bytes are not such a section.
    pub fn load(section: &[u8]) -> Result<Self, Error> {
        let damaged = || Error::new("the section of the data file is damaged or of another version");
        let content = section::Content::read(section).ok_or_else(damaged)?;
        let tables = Tables {
            chars: class::CharTable::new(&content.segments).ok_or_else(damaged)?,
            affixes: content.affixes,
            exceptions: exception::Exceptions::new(content.exceptions),
            norms: lexeme::IdMap::new(&content.norms),
            specials: content.specials,
        };
        Ok(Self { tables })
    }

    /// Fills `out` with the tokens of `text`. The result does not depend on what `scratch` has seen.
    pub fn tokenize(&self, text: &str, scratch: &mut Scratch, out: &mut Tokens) {
        out.clear();
        scratch.rewriter.openers.clear();
        for run in Runs::new(text) {
            self.cut_run(text, &run, scratch, out);
        }
        scratch.rewriter.rewrite(text, out, &self.tables);
        for token in &out.tokens {
            scratch.buffer.clear();
            lexeme::write_lower(&text[token.range], &self.tables.chars, &mut scratch.buffer);
            out.lowers.push(&scratch.buffer);
        }
    }

    fn cut_run(&self, text: &str, run: &Run, scratch: &mut Scratch, out: &mut Tokens) {
        let Scratch { cache, workspace, rewriter, .. } = scratch;
        let chunk = &text[run.start..run.end];
        let pieces = cache.get(chunk, || {
            workspace.cut(chunk, &self.tables, true);
            &workspace.pieces
        });
        let mut start = run.start;
        for piece in pieces {
            if piece.opens {
                rewriter.openers.push(out.tokens.len() as u32);
            }
            let end = start + piece.length as usize;
            out.tokens.push(Token { range: TextRange::at(start, end), blank_after: false });
            out.lexemes.push(piece.lexeme);
            start = end;
        }
        if let Some(last) = out.tokens.last_mut() {
            last.blank_after = run.blank_after;
        }
    }
}

/// A run of white space or of anything else.
struct Run {
    start: usize,
    end: usize,
    blank_after: bool,
}

/// The runs of a text. One blank after a word belongs to no run; more white space than that is a run.
struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Runs<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where the run that starts at `self.at` ends.
    fn end(&self, in_space: bool) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            let (is_space, length) = match byte {
                0x21..0x7f => (false, 1),
                b' ' => (true, 1),
                _ => {
                    let c = self.text[at..].chars().next().expect("a run ends between characters");
                    (class::is_space(c), c.len_utf8())
                }
            };
            if is_space != in_space {
                break;
            }
            at += length;
        }
        at
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let start = self.at;
        let in_space = class::is_space(self.text[start..].chars().next()?);
        let end = self.end(in_space);
        let blank_after = !in_space && self.text.as_bytes().get(end) == Some(&b' ');
        self.at = end + usize::from(blank_after);
        Some(Run { start, end, blank_after })
    }
}
