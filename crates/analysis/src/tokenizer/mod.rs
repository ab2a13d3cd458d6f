//! Text to tokens, exactly as spaCy's English tokenizer cuts it, with the ids that the network's features need.
//!
//! No tags, no sentences, no repair of odd text: what spaCy cuts badly is cut badly here.
//!
//! The face of this module:
//! - `compile(tokenizer_file, lexeme_norms) -> Result<Vec<u8>, Error>` at conversion: the bytes of the section.
//!   `lexeme_norms` is the table `lexeme_norm` of `vocab/lookups.bin`: (id of the word, its norm).
//! - `Tokenizer::load(&[u8]) -> Result<Tokenizer, Error>`: copies what it needs; `Sync`, one for all threads.
//! - `tokenizer.tokenize(text, &mut Scratch, &mut Tokens)`: `Scratch` holds a worker's bounded cache; `Tokens` is
//!   cleared and refilled, and keeps its memory. Three parallel layers: `tokens`, `lexemes`, `lowers`.

mod tokens;

pub use tokens::{Lexeme, Tokens};
