//! The trained parts of the event layer: what one party does to another, and how far an event is told as real.
//!
//! Only numbers; the features are the extractor's, and `cargo xtask train relation|factuality` makes the files.

use crate::Error;
use crate::reporting::Weights;

/// Where the relation model lies below `data/`.
pub const RELATION_FILE: &str = "models/relation.bin";
/// Where the factuality model lies below `data/`.
pub const FACTUALITY_FILE: &str = "models/factuality.bin";
const RELATION_MAGIC: &[u8; 8] = b"tolmREL1";
const FACTUALITY_MAGIC: &[u8; 8] = b"tolmFAC1";

/// PLOVER's root types as the relation coder tells them apart: CONCEDE and RETREAT are one.
pub const ROOTS: [&str; 15] = [
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
];

/// The quad class of `ROOTS[root]`: verbal and material cooperation, verbal and material conflict.
#[must_use]
pub fn quad_of_root(root: usize) -> u8 {
    match ROOTS[root] {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}

/// Weights of the relation coder.
#[derive(Clone, Debug)]
pub struct RelationModel {
    /// A score for each of [`ROOTS`].
    pub roots: Weights<15>,
}

impl RelationModel {
    /// The model's file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = RELATION_MAGIC.to_vec();
        self.roots.write(&mut out);
        out
    }

    /// Reads a file made by [`RelationModel::to_bytes`].
    ///
    /// # Errors
    /// When it is another version's file or cut off.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut rest = after_magic(RELATION_FILE, bytes, RELATION_MAGIC)?;
        Ok(Self { roots: Weights::read(RELATION_FILE, &mut rest)? })
    }

    pub(super) fn embedded() -> Result<Option<Self>, Error> {
        tolmach_data::model(RELATION_FILE).map(Self::from_bytes).transpose()
    }
}

/// A linear reading: its mean and what each feature adds.
#[derive(Clone, Debug)]
pub struct LinearReading {
    /// The score without any feature.
    pub mean: f32,
    /// What features add.
    pub weights: Weights<1>,
}

impl LinearReading {
    /// The score of a set of features.
    #[must_use]
    pub fn score(&self, features: &[u32]) -> f32 {
        self.mean + self.weights.score(features)[0]
    }
}

/// Weights of the factuality reading. Two schools of annotators ask different questions of an event: did it happen,
/// and is its teller committed to it. Each has its own reading, and a third tells which school a text is of.
#[derive(Clone, Debug)]
pub struct FactualityModel {
    /// Did it happen, as far as a reader can tell?
    pub happened: LinearReading,
    /// Is the teller committed to it?
    pub committed: LinearReading,
    /// Log-odds that the second question is the one asked.
    pub school: LinearReading,
}

impl FactualityModel {
    /// The model's file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = FACTUALITY_MAGIC.to_vec();
        for reading in [&self.happened, &self.committed, &self.school] {
            out.extend(reading.mean.to_le_bytes());
            reading.weights.write(&mut out);
        }
        out
    }

    /// Reads a file made by [`FactualityModel::to_bytes`].
    ///
    /// # Errors
    /// When it is another version's file or cut off.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let mut rest = after_magic(FACTUALITY_FILE, bytes, FACTUALITY_MAGIC)?;
        let mut reading = || -> Result<LinearReading, Error> {
            let (mean, after) = rest
                .split_first_chunk::<4>()
                .ok_or_else(|| Error::new(FACTUALITY_FILE, "the model is cut off"))?;
            rest = after;
            Ok(LinearReading { mean: f32::from_le_bytes(*mean), weights: Weights::read(FACTUALITY_FILE, &mut rest)? })
        };
        Ok(Self { happened: reading()?, committed: reading()?, school: reading()? })
    }

    pub(super) fn embedded() -> Result<Option<Self>, Error> {
        tolmach_data::model(FACTUALITY_FILE).map(Self::from_bytes).transpose()
    }
}

fn after_magic<'b>(file: &str, bytes: &'b [u8], magic: &[u8; 8]) -> Result<&'b [u8], Error> {
    bytes.strip_prefix(magic).ok_or_else(|| Error::new(file, "not this version's model: make it anew with `cargo xtask train`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_the_rest_is_refused() {
        let weights = Weights::pack(&[(7, [1.5])], 0.1);
        let reading = LinearReading { mean: 0.5, weights };
        let model = FactualityModel { happened: reading.clone(), committed: reading.clone(), school: reading };
        let bytes = model.to_bytes();
        let back = FactualityModel::from_bytes(&bytes).unwrap();
        assert!((back.school.score(&[7, 8]) - 2.0).abs() < 1e-5);
        assert!(FactualityModel::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        assert!(RelationModel::from_bytes(&bytes).is_err());
    }
}
