//! The vectors of known words (`vocab/vectors`, `vocab/key2row`), multiplied by the matrix of each encoder.
//!
//! A product that is made here need not be made for every word that is read.

use std::collections::BTreeMap;

use crate::convert::thinc::Nodes;
use crate::convert::{Sections, file};
use crate::error::Error;
use crate::msgpack::{self, Value};
use crate::network::encoder::WIDTH;
use crate::network::fixed;

const VECTORS: &str = "vocab/vectors";
const KEYS: &str = "vocab/key2row";

/// The vectors as the model has them.
pub(crate) struct Vectors {
    numbers: Vec<f32>,
    width: usize,
}

impl Vectors {
    /// From the files of a pipeline; writes which word has which vector.
    pub(crate) fn read(files: &BTreeMap<String, Vec<u8>>, out: &mut Sections) -> Result<Self, Error> {
        let bytes = file(files, VECTORS)?;
        let broken = || Error::new(VECTORS, "expected an array of 32-bit numbers with two dimensions");
        let (rows, width, numbers) = read_npy(bytes).ok_or_else(broken)?;
        let map = msgpack::read(file(files, KEYS)?).map_err(|error| Error::new(KEYS, error))?;
        let pair = |(key, row): &(Value<'_>, Value<'_>)| {
            Some((key.int::<u64>()?, row.int::<u32>().filter(|row| (*row as usize) < rows)?))
        };
        let pairs: Option<BTreeMap<u64, u32>> = map.pairs().iter().map(pair).collect();
        let pairs = pairs.ok_or_else(|| Error::new(KEYS, "expected ids of words and rows of vectors"))?;
        out.bytes(fixed::KEYS, pairs.keys().flat_map(|key| key.to_le_bytes()).collect());
        out.bytes(fixed::ROWS, pairs.values().flat_map(|row| row.to_le_bytes()).collect());
        Ok(Self { numbers, width })
    }

    /// Writes the products with the matrix of the encoder in `nodes`, below `name`.
    pub(crate) fn project(&self, nodes: &Nodes<'_>, name: &str, out: &mut Sections) -> Result<(), Error> {
        let matrix = nodes.array("static_vectors", 0, "W", &[WIDTH, self.width])?;
        let product = |vector: &[f32], row: &[f32]| vector.iter().zip(row).map(|(a, b)| a * b).sum::<f32>();
        let projected: Vec<f32> = self
            .numbers
            .chunks_exact(self.width)
            .flat_map(|vector| matrix.chunks_exact(self.width).map(move |row| product(vector, row)))
            .collect();
        out.numbers(format!("{name}/fixed"), &projected);
        Ok(())
    }
}

/// Rows, width and numbers of an array in NumPy's format.
fn read_npy(bytes: &[u8]) -> Option<(usize, usize, Vec<f32>)> {
    let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00")?;
    let (length, rest) = rest.split_first_chunk::<2>()?;
    let (header, data) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    let header = std::str::from_utf8(header).ok()?;
    if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return None;
    }
    let (_, shape) = header.split_once("'shape': (")?;
    let (rows, width) = shape.split_once(')')?.0.split_once(", ")?;
    let (rows, width): (usize, usize) = (rows.parse().ok()?, width.parse().ok()?);
    let numbers: Vec<f32> = data.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let fits = width > 0 && rows.checked_mul(width) == Some(numbers.len());
    (fits && numbers.iter().all(|number| number.is_finite())).then_some((rows, width, numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npy(header: &str, numbers: &[f32]) -> Vec<u8> {
        let mut out = b"\x93NUMPY\x01\x00".to_vec();
        out.extend((header.len() as u16).to_le_bytes());
        out.extend(header.as_bytes());
        out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        out
    }

    #[test]
    fn arrays_of_numpy_are_read() {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n";
        let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.5];
        assert_eq!(read_npy(&npy(header, &numbers)), Some((2, 3, numbers.to_vec())));
        assert_eq!(read_npy(&npy(header, &numbers[..5])), None);
        assert_eq!(read_npy(&npy(&header.replace("f4", "f8"), &numbers)), None);
        assert_eq!(read_npy(&npy(&header.replace("False", "True"), &numbers)), None);
        assert_eq!(read_npy(b"\x93NUMPY\x01"), None);
    }
}
