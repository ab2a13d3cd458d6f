//! The trained part of attribution: which tokens head a cue, and which words are its source and content.
//!
//! Only the numbers; the features are the extractor's, and `cargo xtask train attribution` makes the file.

use super::weights::Weights;
use crate::Error;

/// Where the model lies below `data/`.
pub const MODEL_FILE: &str = "models/attribution.bin";
const MAGIC: &[u8; 8] = b"tolmATT1";

/// Weights of the attribution model.
#[derive(Clone, Debug)]
pub struct ReportingModel {
    /// For a token: does it head a cue?
    pub cue: Weights<1>,
    /// For a cue and a token: out, source, cue, content.
    pub role: Weights<4>,
    /// For two neighbouring tokens of a cue: role to role.
    pub link: Weights<16>,
}

impl ReportingModel {
    /// The model's file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.cue.write(&mut out);
        self.role.write(&mut out);
        self.link.write(&mut out);
        out
    }

    /// Reads a file made by [`ReportingModel::to_bytes`].
    ///
    /// # Errors
    /// When it is another version's file or cut off.
    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self, Error> {
        let file = MODEL_FILE;
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| {
            Error::new(file, "not this version's model: make it anew with `cargo xtask train attribution`")
        })?;
        bytes = rest;
        Ok(Self {
            cue: Weights::read(file, &mut bytes)?,
            role: Weights::read(file, &mut bytes)?,
            link: Weights::read(file, &mut bytes)?,
        })
    }

    pub(super) fn embedded() -> Result<Option<Self>, Error> {
        tolmach_data::model(MODEL_FILE).map(Self::from_bytes).transpose()
    }
}
