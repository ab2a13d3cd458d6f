//! The arithmetic of the networks: products of packed weights with rows of numbers, layer norms, sums.
//!
//! Knows nothing of tokens or layers. Every function exists for each set of instructions that is worth it, chosen when
//! the program runs. Products of fractions add up in the same order on every path, whatever the number of rows, so
//! that cutting a text into blocks never changes a result. Paths that fuse a product with its sum round once where
//! others round twice; with whole numbers all paths give the same bits.

mod int8;
mod plain;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(crate) use int8::Layout;
pub use int8::{Packed8, Quantized, SEGMENT};
use int8::{Panels, Rows8};

/// Outputs side by side in a [`Packed`] matrix.
pub const LANES: usize = 8;

/// Which instructions to use. Only those can be had that this processor has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kernel {
    path: Path,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Path {
    /// On processors other than x86-64 (NEON is part of every 64-bit ARM, so the compiler uses it here).
    Portable,
    #[cfg(target_arch = "x86_64")]
    X86(x86::X86),
}

/// A weight matrix as the kernel reads it: in blocks of `VECTORS` times eight outputs, for each input the
/// weights of these outputs side by side.
#[derive(Clone, Copy)]
pub struct Packed<'m, const VECTORS: usize> {
    weights: &'m [f32],
    bias: &'m [f32],
    inputs: usize,
}

impl<'m, const VECTORS: usize> Packed<'m, VECTORS> {
    /// `weights`: blocks × `inputs` × `VECTORS` × 8 numbers; `bias`: blocks × `VECTORS` × 8.
    /// `None` if the lengths do not fit each other.
    #[must_use]
    pub fn new(weights: &'m [f32], bias: &'m [f32], inputs: usize) -> Option<Self> {
        let fits = inputs > 0
            && !bias.is_empty()
            && bias.len().is_multiple_of(VECTORS * LANES)
            && bias.len().checked_mul(inputs) == Some(weights.len());
        fits.then_some(Self { weights, bias, inputs })
    }

    /// Outputs, padding included; for [`Kernel::maxout`] three times as many as it writes.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// The blocks from `from` (in blocks), `count` of them, as a matrix of their own.
    #[must_use]
    pub fn blocks(&self, from: usize, count: usize) -> Self {
        let width = VECTORS * LANES;
        Self {
            weights: &self.weights[from * width * self.inputs..(from + count) * width * self.inputs],
            bias: &self.bias[from * width..(from + count) * width],
            inputs: self.inputs,
        }
    }

    /// The blocks: weights and bias of each.
    fn panels(self) -> impl Iterator<Item = (&'m [f32], &'m [f32])> {
        let width = VECTORS * LANES;
        self.weights.chunks_exact(width * self.inputs).zip(self.bias.chunks_exact(width))
    }

    /// The weights of one output.
    fn row(&self, output: usize) -> impl Iterator<Item = f32> {
        let width = VECTORS * LANES;
        let from = output / width * self.inputs * width + output % width;
        self.weights[from..].iter().step_by(width).take(self.inputs).copied()
    }
}

/// Rows of input: row `r` starts at `numbers[r * stride]`.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// All rows; they may overlap, as the windows of a convolution do.
    pub numbers: &'a [f32],
    /// From one row's start to the next.
    pub stride: usize,
    /// How many.
    pub count: usize,
}

impl Rows<'_> {
    fn hold(&self, inputs: usize) -> bool {
        self.count == 0
            || (self.count - 1).checked_mul(self.stride).and_then(|at| at.checked_add(inputs))
                <= Some(self.numbers.len())
    }
}

impl Kernel {
    /// The fastest that this processor has.
    #[must_use]
    pub fn detect() -> Self {
        Self::all().pop().unwrap_or(Self::PORTABLE)
    }

    const PORTABLE: Self = Self { path: Path::Portable };

    /// All that this processor has, the slowest first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::PORTABLE];
        #[cfg(target_arch = "x86_64")]
        all.extend(x86::X86::all().map(|x86| Self { path: Path::X86(x86) }));
        all
    }

    /// What it is called: `portable`, `avx2`, `avx512` or `vnni`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.path {
            Path::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Path::X86(x86) => x86.name(),
        }
    }

    /// The largest of the three pieces of each output: `out` holds `count` rows of `outputs / 3` numbers.
    /// A block holds eight outputs, piece by piece.
    ///
    /// # Panics
    /// If `rows` or `out` is too short.
    pub fn maxout(self, weights: &Packed<'_, 3>, rows: Rows<'_>, out: &mut [f32]) {
        assert!(rows.hold(weights.inputs) && out.len() >= rows.count * weights.outputs() / 3);
        if rows.count == 0 {
            return;
        }
        match self.path {
            Path::Portable => plain::maxout(weights, rows, out),
            #[cfg(target_arch = "x86_64")]
            Path::X86(x86) => x86.maxout(weights, rows, out),
        }
    }

    /// Plain products with bias: `out` holds `count` rows of `outputs` numbers.
    ///
    /// # Panics
    /// If `rows` or `out` is too short.
    pub fn linear<const V: usize>(self, weights: &Packed<'_, V>, rows: Rows<'_>, out: &mut [f32]) {
        assert!(rows.hold(weights.inputs) && out.len() >= rows.count * weights.outputs());
        if rows.count == 0 {
            return;
        }
        match self.path {
            Path::Portable => plain::linear(weights, rows, out),
            #[cfg(target_arch = "x86_64")]
            Path::X86(x86) => x86.linear(weights, rows, out),
        }
    }

    /// Layer norm of every row of `scale.len()` numbers, in place.
    ///
    /// # Panics
    /// If `shift` is not as long as `scale`.
    pub fn normalize(self, rows: &mut [f32], scale: &[f32], shift: &[f32]) {
        assert_eq!(scale.len(), shift.len());
        match self.path {
            Path::Portable => plain::normalize(rows, scale, shift, &plain::folds()),
            #[cfg(target_arch = "x86_64")]
            Path::X86(x86) => x86.normalize(rows, scale, shift),
        }
    }

    /// Adds the `parts`, number by number, then the bias; halves the result by taking the larger of `i` and
    /// `i + 64`: the maxout of two pieces.
    pub fn merge(self, parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
        match self.path {
            Path::Portable => plain::merge(parts, bias),
            #[cfg(target_arch = "x86_64")]
            Path::X86(x86) => x86.merge(parts, bias),
        }
    }

    /// How weights in whole numbers lie for this kernel.
    pub(crate) fn layout(self) -> Layout {
        match self.path {
            Path::Portable => Layout::Planes,
            #[cfg(target_arch = "x86_64")]
            Path::X86(x86) if x86.has_vnni() => Layout::Bytes,
            #[cfg(target_arch = "x86_64")]
            Path::X86(_) => Layout::Pairs,
        }
    }

    /// A maxout matrix in whole numbers, for this kernel. Segments have [`SEGMENT`] inputs.
    ///
    /// # Panics
    /// If the inputs do not fill segments, or the outputs no register.
    #[must_use]
    pub fn pack_maxout(self, from: &Packed<'_, 3>) -> Packed8<3> {
        Packed8::maxout(self.layout(), from)
    }

    /// A matrix of one segment in whole numbers, for this kernel; outputs are padded to panels of `V` registers.
    ///
    /// # Panics
    /// If the inputs do not fit into a segment.
    #[must_use]
    pub fn pack_linear<const V: usize, const FROM: usize>(self, from: &Packed<'_, FROM>) -> Packed8<V> {
        Packed8::linear(self.layout(), from)
    }

    /// An empty buffer for rows in whole numbers.
    #[must_use]
    pub fn quantized(self) -> Quantized {
        match self.layout() {
            Layout::Bytes => Quantized::Bytes(Vec::new()),
            Layout::Pairs | Layout::Planes => Quantized::Words(Vec::new()),
        }
    }

    /// Turns rows of `N` numbers, 64 or 96, into whole numbers.
    pub fn quantize<const N: usize>(self, rows: &[f32], out: &mut Quantized) {
        const { assert!(N == 64 || N == SEGMENT) };
        match (out, self.path) {
            #[cfg(target_arch = "x86_64")]
            (Quantized::Bytes(out), Path::X86(x86)) => x86.quantize::<_, N>(rows, out),
            #[cfg(target_arch = "x86_64")]
            (Quantized::Words(out), Path::X86(x86)) => x86.quantize::<_, N>(rows, out),
            (Quantized::Bytes(out), Path::Portable) => plain::quantize::<_, N>(rows, out, &plain::folds()),
            (Quantized::Words(out), Path::Portable) => plain::quantize::<_, N>(rows, out, &plain::folds()),
        }
    }

    /// Layer norm of every row of 96 numbers, then adds the rows `before`; keeps the result in place and turns it into
    /// whole numbers.
    ///
    /// # Panics
    /// If `before` or `out` is shorter than `rows`.
    pub fn finish(self, rows: &mut [f32], before: &[f32], norm: Norm<'_>, out: &mut Quantized) {
        assert!(before.len() >= rows.len());
        match (out, self.path) {
            #[cfg(target_arch = "x86_64")]
            (Quantized::Bytes(out), Path::X86(x86)) => x86.finish(rows, before, norm, out),
            #[cfg(target_arch = "x86_64")]
            (Quantized::Words(out), Path::X86(x86)) => x86.finish(rows, before, norm, out),
            (Quantized::Bytes(out), Path::Portable) => {
                plain::finish(rows, before, norm, out, &plain::folds())
            }
            (Quantized::Words(out), Path::Portable) => {
                plain::finish(rows, before, norm, out, &plain::folds())
            }
        }
    }

    /// As [`Kernel::maxout`] in whole numbers: row `r` consists of the segments from `r * stride` on.
    ///
    /// # Panics
    /// If `rows` or `out` is too short, or weights and rows were made by another kernel.
    pub fn maxout8(self, weights: &Packed8<3>, rows: Window<'_>, out: &mut [f32]) {
        assert_eq!(weights.layout, self.layout(), "the weights lie as another kernel has them");
        assert!(weights.inputs == SEGMENT && out.len() >= rows.count * weights.outputs() / 3);
        if rows.count == 0 {
            return;
        }
        match (&weights.panels, rows.rows, self.path) {
            #[cfg(target_arch = "x86_64")]
            (Panels::Bytes(lines), Quantized::Bytes(from), Path::X86(x86)) => {
                x86.maxout_bytes(weights, lines, rows.of(from, weights.segments), out);
            }
            #[cfg(target_arch = "x86_64")]
            (Panels::Words(lines), Quantized::Words(from), Path::X86(x86)) => {
                x86.maxout_words(weights, lines, rows.of(from, weights.segments), out);
            }
            (Panels::Words(lines), Quantized::Words(from), Path::Portable) => {
                plain::maxout8(weights, lines, rows.of(from, weights.segments), out);
            }
            _ => panic!("the rows lie as another kernel has them"),
        }
    }

    /// As [`Kernel::linear`] in whole numbers, for 64 or 96 inputs.
    ///
    /// # Panics
    /// If `rows` or `out` is too short, or weights and rows were made by another kernel.
    pub fn linear8<const V: usize>(self, weights: &Packed8<V>, rows: Window<'_>, out: &mut [f32]) {
        assert_eq!(weights.layout, self.layout(), "the weights lie as another kernel has them");
        assert!(out.len() >= rows.count * weights.outputs());
        if rows.count == 0 {
            return;
        }
        match (&weights.panels, rows.rows, self.path) {
            #[cfg(target_arch = "x86_64")]
            (Panels::Bytes(lines), Quantized::Bytes(from), Path::X86(x86)) => {
                x86.linear_bytes(weights, lines, rows.of(from, 1), out);
            }
            #[cfg(target_arch = "x86_64")]
            (Panels::Words(lines), Quantized::Words(from), Path::X86(x86)) => {
                x86.linear_words(weights, lines, rows.of(from, 1), out);
            }
            (Panels::Words(lines), Quantized::Words(from), Path::Portable) => {
                plain::linear8(weights, lines, rows.of(from, 1), out);
            }
            _ => panic!("the rows lie as another kernel has them"),
        }
    }
}

/// Scale and shift of a layer norm.
pub type Norm<'a> = [&'a [f32; SEGMENT]; 2];

/// Rows in whole numbers: row `r` consists of the segments from `from + r * stride` on.
#[derive(Clone, Copy)]
pub struct Window<'a> {
    /// All segments.
    pub rows: &'a Quantized,
    /// The first segment of the first row.
    pub from: usize,
    /// From one row's first segment to the next's.
    pub stride: usize,
    /// How many rows.
    pub count: usize,
}

impl<'a> Window<'a> {
    fn of<T>(&self, rows: &'a [int8::Row<T>], segments: usize) -> Rows8<'a, T> {
        let rows = &rows[self.from..];
        assert!(self.count == 0 || (self.count - 1) * self.stride + segments <= rows.len());
        Rows8 { rows, stride: self.stride, count: self.count }
    }
}

/// Cuts `rows` into tiles of `R` rows, the rest into single ones, and hands each row's sums to `sink`.
#[inline(always)]
fn each_tile<const R: usize, T>(
    rows: Rows<'_>,
    many: impl Fn(&[f32]) -> [T; R],
    one: impl Fn(&[f32]) -> [T; 1],
    mut sink: impl FnMut(usize, T),
) {
    let mut row = 0;
    while row < rows.count {
        let from = &rows.numbers[row * rows.stride..];
        if rows.count - row >= R {
            for sums in many(from) {
                sink(row, sums);
                row += 1;
            }
        } else {
            let [sums] = one(from);
            sink(row, sums);
            row += 1;
        }
    }
}
