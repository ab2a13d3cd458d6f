//! Numbers in words, units, currencies, words that bound and compare.

use crate::Error;

/// Numbers in words, units, currencies, words that bound and compare.
pub struct QuantityLexicon {}

impl QuantityLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
