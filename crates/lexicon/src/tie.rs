//! Words that tie one actor to another.

use crate::Error;

/// Words that tie one actor to another.
pub struct TieLexicon {}

impl TieLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
