//! Vectors that a model has for known words beside its embeddings, already multiplied by the encoder's matrix.
//!
//! Words without a vector have none here either; the encoder takes zeros for them.

use tolmach_datafile::{DataFile, Section};

use crate::error::Error;
use crate::network::encoder::WIDTH;
use crate::network::weights::Numbers;

/// Where the ids of words with vectors are, in ascending order.
pub(crate) const KEYS: &str = "model/vectors/keys";
/// For each of them its row.
pub(crate) const ROWS: &str = "model/vectors/rows";

/// One vector a row; several words may share one.
pub(crate) struct Fixed {
    keys: Section,
    rows: Section,
    table: Numbers,
}

impl Fixed {
    /// The section called `name`, which only models with vectors have.
    pub(crate) fn load(file: &DataFile, name: &str) -> Result<Option<Self>, Error> {
        let Some(table) = file.section(name) else { return Ok(None) };
        let table = Numbers::load(file, name, table.len() / 4)?;
        let section = |name: &str| file.require(name).map_err(|error| Error::new(name, error));
        let (keys, rows) = (section(KEYS)?, section(ROWS)?);
        let ids = keys.numbers::<u64>().map_err(|error| Error::new(KEYS, error))?;
        let places = rows.numbers::<u32>().map_err(|error| Error::new(ROWS, error))?;
        let n_rows = table.get().len() / WIDTH;
        if ids.len() != places.len() || !ids.is_sorted() || places.iter().any(|row| *row as usize >= n_rows) {
            return Err(Error::new(ROWS, "keys, rows and vectors do not fit each other"));
        }
        Ok(Some(Self { keys, rows, table }))
    }

    /// The vector of a word.
    pub(crate) fn find(&self, id: u64) -> Option<&[f32; WIDTH]> {
        let keys = self.keys.numbers::<u64>().expect("checked when it was loaded");
        let at = keys.binary_search(&id).ok()?;
        let rows = self.rows.numbers::<u32>().expect("checked when it was loaded");
        Some(self.table.row(rows[at] as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample::Sample;

    fn sample(rows: &[u32]) -> Sample {
        let mut sample = Sample::new(1);
        sample.numbers("net/fixed", 2 * WIDTH);
        sample.bytes(KEYS, [3u64, 5, 9].iter().flat_map(|key| key.to_le_bytes()).collect());
        sample.bytes(ROWS, rows.iter().flat_map(|row| row.to_le_bytes()).collect());
        sample
    }

    #[test]
    fn words_have_their_rows() {
        let file = sample(&[1, 0, 1]).file();
        let fixed = Fixed::load(&file, "net/fixed").unwrap().unwrap();
        assert_eq!(fixed.find(3), fixed.find(9));
        assert!(fixed.find(5).is_some() && fixed.find(5) != fixed.find(3));
        assert_eq!(fixed.find(4), None);
        assert!(Fixed::load(&file, "other/fixed").unwrap().is_none());
    }

    #[test]
    fn rows_beyond_the_vectors_are_refused() {
        let error = Fixed::load(&sample(&[1, 0, 2]).file(), "net/fixed").err().unwrap();
        assert_eq!(error.part(), ROWS);
    }
}
