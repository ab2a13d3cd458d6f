//! Places that the gazetteer lacks, kinds of place, context words, demonyms.

use crate::Error;

/// Places that the gazetteer lacks, kinds of place, context words, demonyms.
pub struct PlaceLexicon {}

impl PlaceLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
