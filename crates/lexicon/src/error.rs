//! The one error of this crate: which data file, which entry, what was expected.

use std::fmt;

/// A data file that cannot be used.
#[derive(Debug)]
pub struct Error {
    file: String,
    message: String,
}

impl Error {
    /// `file` as below `data/`; `message` in lower case, naming the entry, without a final dot.
    pub fn new(file: impl Into<String>, message: impl fmt::Display) -> Self {
        Self { file: format!("data/{}", file.into()), message: message.to_string() }
    }

    /// As [`Error::new`], of a file that is the user's own.
    pub fn outside(file: impl Into<String>, message: impl fmt::Display) -> Self {
        Self { file: file.into(), message: message.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for Error {}
