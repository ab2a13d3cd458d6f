//! Words of time: months, weekdays, units, seasons, holidays, vague references.

use crate::Error;

/// Words of time: months, weekdays, units, seasons, holidays, vague references.
pub struct TimeLexicon {}

impl TimeLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Ok(Self {})
    }
}
