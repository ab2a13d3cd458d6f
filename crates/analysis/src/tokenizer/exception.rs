//! Chunks with a fixed reading: contractions, abbreviations, emoticons.
//!
//! Which words they are is the model's knowledge, not written here.

use super::tokens::Lexeme;
use crate::strings::murmur64a;

/// A token of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes.
    pub length: u32,
    /// Whether a special case may begin with it (see [`super::special`]).
    pub opens: bool,
    /// Its ids.
    pub lexeme: Lexeme,
}

/// One chunk with its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The chunk.
    pub text: String,
    /// Together as long as the text.
    pub pieces: Vec<Piece>,
}

impl Exception {
    /// Whether the pieces cut the text between characters and leave nothing.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let mut at = 0;
        let between = self.pieces.iter().all(|piece| {
            at += piece.length as usize;
            piece.length > 0 && self.text.is_char_boundary(at)
        });
        between && at == self.text.len()
    }
}

/// All of them, by open addressing over the hash of the text.
#[derive(Default)]
pub struct Exceptions {
    rows: Vec<Exception>,
    slots: Vec<u32>,
    longest: usize,
}

impl Exceptions {
    /// Takes rows with different texts.
    #[must_use]
    pub fn new(rows: Vec<Exception>) -> Self {
        let longest = rows.iter().map(|row| row.text.len()).max().unwrap_or(0);
        let slots = vec![0; (rows.len() * 4).next_power_of_two()];
        let mut exceptions = Self { rows: Vec::new(), slots, longest };
        for row in rows {
            let at = exceptions.slot(&row.text);
            exceptions.rows.push(row);
            exceptions.slots[at] = exceptions.rows.len() as u32;
        }
        exceptions
    }

    /// The tokens of `text`, if it is an exception.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<&[Piece]> {
        if text.is_empty() || text.len() > self.longest {
            return None;
        }
        let row = self.slots[self.slot(text)].checked_sub(1)?;
        Some(&self.rows[row as usize].pieces)
    }

    /// The slot of `text`, or the free one where it belongs. Three of four slots are free.
    fn slot(&self, text: &str) -> usize {
        let last = self.slots.len() - 1;
        let mut at = murmur64a(text.as_bytes(), 0) as usize & last;
        while self.slots[at] != 0 && self.rows[self.slots[at] as usize - 1].text != text {
            at = (at + 1) & last;
        }
        at
    }
}
