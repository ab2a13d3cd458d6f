//! Phrases of web furniture: comment forms, credits, calls to read on.

use crate::Error;

/// Phrases of web furniture: comment forms, credits, calls to read on.
pub struct RegionLexicon {}

impl RegionLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
