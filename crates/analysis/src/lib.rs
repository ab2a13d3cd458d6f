//! The language engine: text in, tokens, tags, parse and names out, as spaCy's `en_core_web_sm` has them.
//!
//! No files, no clock; no knowledge of what the words mean.

pub mod msgpack;
pub mod strings;
pub mod tokenizer;
