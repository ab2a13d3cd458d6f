//! What the tokenizer hands on: the tokens and, for each, the ids that feature hashing starts from.
//!
//! Nothing here cuts text.

use tolmach_document::{Strings, Token};

/// spaCy ids of what the network looks at in a word (see [`crate::strings::id`]).
///
/// Equal `orth` does not mean equal lexemes: an exception may give a token its own `norm` ("'s" in "let's").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lexeme {
    /// Of the surface form.
    pub orth: u64,
    /// Of the normal form: NORM.
    pub norm: u64,
    /// Of the first character: PREFIX.
    pub prefix: u64,
    /// Of the last three characters: SUFFIX.
    pub suffix: u64,
    /// Of the shape ("Xxxx", "d.d"): SHAPE.
    pub shape: u64,
    /// Whether the word is white space only: IS_SPACE.
    pub is_space: bool,
}

/// The tokens of one text; three layers of equal length.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Range and following blank. Together they cover the text but for single blanks between tokens.
    pub tokens: Vec<Token>,
    /// Ids for the features.
    pub lexemes: Vec<Lexeme>,
    /// Lower-case forms.
    pub lowers: Strings,
}

impl Tokens {
    /// Drops all tokens, keeps the memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.lexemes.clear();
        self.lowers.clear();
    }
}
