//! Words that attribute, hedge, doubt and deny, with the frames they open.

use crate::Error;

/// Words that attribute, hedge, doubt and deny, with the frames they open.
pub struct ReportingLexicon {}

impl ReportingLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
