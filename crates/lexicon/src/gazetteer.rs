//! Names of the world's places with what they may refer to, from the data file's `gazetteer/…` sections.

use crate::Error;
use tolmach_datafile::DataFile;

/// A finite-state map from folded names to candidate places, memory-mapped.
pub struct Gazetteer {}

impl Gazetteer {
    /// Opens the sections of `file`.
    ///
    /// # Errors
    /// When a section is missing or damaged.
    pub fn load(_file: &DataFile) -> Result<Self, Error> {
        Ok(Self {})
    }
}
