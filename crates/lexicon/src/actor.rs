//! States, offices with dates, organisations, outlets, and the words of roles.

use crate::Error;

/// States, offices with dates, organisations, outlets, and the words of roles.
pub struct ActorRegistry {}

impl ActorRegistry {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
