//! Why a model cannot be converted or loaded. Reading text never fails.

use std::fmt;

/// Names the part of the model that does not fit and what was expected of it.
#[derive(Debug)]
pub struct Error {
    part: String,
    reason: String,
}

impl Error {
    pub(crate) fn new(part: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { part: part.into(), reason: reason.to_string() }
    }

    /// The component or section that does not fit, such as `parser/moves`.
    #[must_use]
    pub fn part(&self) -> &str {
        &self.part
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "language model, {}: {}", self.part, self.reason)
    }
}

impl std::error::Error for Error {}
