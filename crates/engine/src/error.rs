//! The one error of this crate: which of the engine's parts cannot be used, and why.

use std::fmt;

/// A part of the engine that cannot be used.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
}

#[derive(Debug)]
enum ErrorKind {
    Model(tolmach_analysis::Error),
    Lexicon(tolmach_lexicon::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Model(error) => write!(f, "language model: {error}"),
            ErrorKind::Lexicon(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<tolmach_analysis::Error> for Error {
    fn from(error: tolmach_analysis::Error) -> Self {
        Self { kind: ErrorKind::Model(error) }
    }
}

impl From<tolmach_lexicon::Error> for Error {
    fn from(error: tolmach_lexicon::Error) -> Self {
        Self { kind: ErrorKind::Lexicon(error) }
    }
}
