//! The language engine: text in, tokens, tags, parse and names out, as spaCy's `en_core_web_sm` has them.
//!
//! No files, no clock; no knowledge of what the words mean.
//!
//! [`convert`] turns a spaCy pipeline into sections of a data file, once. [`Model::load`] opens them;
//! a [`Worker`] for each thread analyses texts.

mod convert;
mod error;
mod model;
pub mod msgpack;
mod network;
mod parse;
pub mod strings;
mod tagger;
pub mod tokenizer;
mod word;
mod worker;

pub use convert::convert;
pub use error::Error;
pub use model::Model;
pub use network::kernel::Kernel;
pub use worker::{Mode, Options, Worker};
