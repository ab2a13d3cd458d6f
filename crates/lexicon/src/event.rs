//! Words that evoke events, with their PLOVER and CAMEO codes.

use crate::Error;

/// Words that evoke events, with their PLOVER and CAMEO codes.
pub struct EventLexicon {}

impl EventLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
