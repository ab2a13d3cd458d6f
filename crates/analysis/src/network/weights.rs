//! Weights as they lie in the data file: sections of numbers, checked once, then read in place.

use tolmach_datafile::{DataFile, Section};

use crate::error::Error;
use crate::network::kernel::{self, Packed, SEGMENT};

/// A section of 32-bit numbers. Invariant: its length and place in memory suit `f32`.
pub(crate) struct Numbers {
    section: Section,
}

impl Numbers {
    /// The section called `name`, of exactly `len` numbers.
    pub(crate) fn load(file: &DataFile, name: &str, len: usize) -> Result<Self, Error> {
        let section = file.require(name).map_err(|error| Error::new(name, error))?;
        let found = section.numbers::<f32>().map_err(|error| Error::new(name, error))?.len();
        if found != len {
            return Err(Error::new(name, format_args!("expected {len} numbers, found {found}")));
        }
        Ok(Self { section })
    }

    pub(crate) fn get(&self) -> &[f32] {
        self.section.numbers().expect("length and place were checked when the section was loaded")
    }

    /// The `index`th row of `N` numbers.
    pub(crate) fn row<const N: usize>(&self, index: usize) -> &[f32; N] {
        self.get()[index * N..][..N].try_into().expect("the slice has N numbers")
    }
}

/// A packed matrix with its bias, in two sections.
pub(crate) struct Matrix<const V: usize> {
    weights: Numbers,
    bias: Numbers,
    inputs: usize,
}

impl<const V: usize> Matrix<V> {
    /// `name.weights` and `name.bias`, for `inputs` inputs and `outputs` outputs with padding.
    pub(crate) fn load(file: &DataFile, name: &str, inputs: usize, outputs: usize) -> Result<Self, Error> {
        let weights = Numbers::load(file, &format!("{name}.weights"), inputs * outputs)?;
        let bias = Numbers::load(file, &format!("{name}.bias"), outputs)?;
        Packed::<V>::new(weights.get(), bias.get(), inputs)
            .ok_or_else(|| Error::new(name, "the blocks do not fill the matrix"))?;
        Ok(Self { weights, bias, inputs })
    }

    pub(crate) fn packed(&self) -> Packed<'_, V> {
        Packed::new(self.weights.get(), self.bias.get(), self.inputs).expect("checked when it was loaded")
    }
}

/// Scale and shift of a layer norm.
pub(crate) struct Norm {
    scale: Numbers,
    shift: Numbers,
}

impl Norm {
    pub(crate) fn load(file: &DataFile, name: &str, width: usize) -> Result<Self, Error> {
        let scale = Numbers::load(file, &format!("{name}.scale"), width)?;
        Ok(Self { scale, shift: Numbers::load(file, &format!("{name}.shift"), width)? })
    }

    pub(crate) fn scale(&self) -> &[f32] {
        self.scale.get()
    }

    pub(crate) fn shift(&self) -> &[f32] {
        self.shift.get()
    }

    /// Both, of a norm of [`SEGMENT`] numbers.
    pub(crate) fn both(&self) -> kernel::Norm<'_> {
        [self.scale.row::<SEGMENT>(0), self.shift.row::<SEGMENT>(0)]
    }
}

/// A section of UTF-8 lines.
pub(crate) fn lines(file: &DataFile, name: &str) -> Result<Vec<String>, Error> {
    let section = file.require(name).map_err(|error| Error::new(name, error))?;
    let text = std::str::from_utf8(&section).map_err(|error| Error::new(name, error))?;
    Ok(text.lines().map(str::to_owned).collect())
}
