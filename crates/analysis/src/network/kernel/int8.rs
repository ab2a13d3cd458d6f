//! Weights and rows in whole numbers of eight bits, and how they lie in memory for each path.
//!
//! Multiplies nothing. A row is cut into segments of up to 96 numbers, each with a scale of its own; each output has a
//! scale for every segment. What is computed does not depend on the layout: sums of products are exact, and all paths
//! do the same operations on fractions in the same order.

use super::Packed;

/// Numbers in a segment at most.
pub const SEGMENT: usize = 96;
/// Outputs side by side in a [`Half`].
pub(super) const LANES8: usize = 8;
/// Outputs side by side in a [`Line`].
pub(super) const LANES16: usize = 16;

/// Weights of sixteen outputs for four inputs, in the order of a register.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Line(pub(super) [i8; 64]);

/// Weights of eight outputs for two inputs, in the order of the [`Layout`].
#[derive(Clone, Copy)]
#[repr(C, align(32))]
pub(super) struct Half(pub(super) [i16; 16]);

/// What a number of a row is kept in.
pub trait Cell: Copy + Default {
    /// From a whole number between -127 and 127.
    fn from_whole(whole: i32) -> Self;
}

/// 128 more than the number: the instruction wants one side without sign.
impl Cell for u8 {
    #[inline(always)]
    fn from_whole(whole: i32) -> Self {
        whole.wrapping_add(128) as Self
    }
}

impl Cell for i16 {
    #[inline(always)]
    fn from_whole(whole: i32) -> Self {
        whole as Self
    }
}

/// A segment of input in whole numbers.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct Row<T> {
    pub(super) cells: [T; SEGMENT],
    /// What 1 stands for.
    pub(super) scale: f32,
}

impl<T: Cell> Row<T> {
    const ZERO: fn() -> Self = || Self { cells: [T::default(); SEGMENT], scale: 0.0 };
}

/// Segments for one path or the other.
pub enum Quantized {
    /// For paths that multiply bytes.
    Bytes(Vec<Row<u8>>),
    /// For paths that multiply words of two bytes.
    Words(Vec<Row<i16>>),
}

impl Quantized {
    /// Makes room for `count` segments.
    pub fn resize(&mut self, count: usize) {
        match self {
            Self::Bytes(rows) => rows.resize(count, Row::ZERO()),
            Self::Words(rows) => rows.resize(count, Row::ZERO()),
        }
    }
}

/// Input of a product: row `r` consists of the segments from `rows[r * stride]` on.
#[derive(Clone, Copy)]
pub(super) struct Rows8<'a, T> {
    pub(super) rows: &'a [Row<T>],
    pub(super) stride: usize,
    pub(super) count: usize,
}

/// How weights in whole numbers lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    /// Words; all outputs for one input, then for the next: what loops like, and the compiler for ARM.
    Planes,
    /// Words; the two inputs of each output together, as AVX2 multiplies them.
    Pairs,
    /// Bytes; four inputs of each output together, as VNNI multiplies them.
    Bytes,
}

impl Layout {
    fn lanes(self) -> usize {
        if self == Self::Bytes { LANES16 } else { LANES8 }
    }
}

pub(super) enum Panels<const V: usize> {
    Bytes(Vec<[Line; V]>),
    Words(Vec<[Half; V]>),
}

/// A weight matrix in whole numbers: in panels of `V` registers of outputs, for each segment and each group of inputs
/// the weights of these outputs side by side.
pub struct Packed8<const V: usize> {
    pub(super) layout: Layout,
    pub(super) panels: Panels<V>,
    /// What 1 stands for: panels × segments × outputs of a panel.
    scales: Vec<f32>,
    /// With bytes: what takes away again that each number of a row is 128 too large; as many as scales.
    starts: Vec<i32>,
    bias: Vec<f32>,
    pub(super) segments: usize,
    /// Inputs of a segment.
    pub(super) inputs: usize,
}

/// Where to take weights from, in the order of the matrix to be made.
struct Source<'a> {
    /// Appends the weights of an output, all segments one after the other.
    row: &'a dyn Fn(usize, &mut Vec<f32>),
    bias: &'a dyn Fn(usize) -> f32,
    outputs: usize,
    segments: usize,
    inputs: usize,
}

impl Packed8<3> {
    /// A maxout of three pieces from its fractions; every segment has [`SEGMENT`] inputs.
    pub(super) fn maxout(layout: Layout, from: &Packed<'_, 3>) -> Self {
        let lanes = layout.lanes();
        // Outputs come piece by piece in panels of `lanes` there, of eight here.
        let place = |at: usize| {
            let (unit, piece) = (at / (3 * lanes) * lanes + at % lanes, at / lanes % 3);
            unit / LANES8 * 3 * LANES8 + piece * LANES8 + unit % LANES8
        };
        let row = |at, out: &mut Vec<f32>| out.extend(from.row(place(at)));
        let bias = |at| from.bias[place(at)];
        let (segments, inputs) = (from.inputs / SEGMENT, SEGMENT);
        assert!(segments * SEGMENT == from.inputs && from.outputs().is_multiple_of(3 * lanes));
        Self::new(layout, &Source { row: &row, bias: &bias, outputs: from.outputs(), segments, inputs })
    }
}

impl<const V: usize> Packed8<V> {
    /// A plain matrix from its fractions, with one segment of inputs; padded with outputs that are 0.
    pub(super) fn linear<const FROM: usize>(layout: Layout, from: &Packed<'_, FROM>) -> Self {
        let lanes = layout.lanes();
        assert!(from.inputs == 64 || from.inputs == SEGMENT);
        let row = |at, out: &mut Vec<f32>| match at < from.outputs() {
            true => out.extend(from.row(at)),
            false => out.resize(from.inputs, 0.0),
        };
        let bias = |at: usize| from.bias.get(at).copied().unwrap_or(0.0);
        let (outputs, inputs) = (from.outputs().next_multiple_of(V * lanes), from.inputs);
        Self::new(layout, &Source { row: &row, bias: &bias, outputs, segments: 1, inputs })
    }

    fn new(layout: Layout, source: &Source<'_>) -> Self {
        let lanes = layout.lanes();
        let mut out = Self {
            layout,
            panels: match layout {
                Layout::Bytes => Panels::Bytes(Vec::new()),
                Layout::Pairs | Layout::Planes => Panels::Words(Vec::new()),
            },
            scales: Vec::new(),
            starts: Vec::new(),
            bias: (0..source.outputs).map(source.bias).collect(),
            segments: source.segments,
            inputs: source.inputs,
        };
        let mut rows: Vec<Vec<f32>> = vec![Vec::new(); V * lanes];
        for panel in 0..source.outputs / (V * lanes) {
            for (at, row) in rows.iter_mut().enumerate() {
                row.clear();
                (source.row)(panel * V * lanes + at, row);
            }
            for segment in 0..source.segments {
                let from = segment * source.inputs;
                let rows: Vec<_> = rows.iter().map(|row| whole(&row[from..from + source.inputs])).collect();
                out.push(&rows);
            }
        }
        out
    }

    /// Appends one segment of one panel: its outputs with their scales.
    fn push(&mut self, rows: &[(Vec<i16>, f32)]) {
        match &mut self.panels {
            Panels::Bytes(lines) => {
                let cell = |v: usize, group: usize, i: usize| rows[v * LANES16 + i / 4].0[group * 4 + i % 4];
                let line = |v, group| Line(std::array::from_fn(|i| cell(v, group, i) as i8));
                lines.extend((0..self.inputs / 4).map(|group| std::array::from_fn(|v| line(v, group))));
                let sum = |row: &[i16]| row.iter().map(|weight| i32::from(*weight)).sum::<i32>();
                self.starts.extend(rows.iter().map(|(row, _)| -128 * sum(row)));
            }
            Panels::Words(lines) => {
                let place = |i: usize| match self.layout {
                    Layout::Planes => (i % LANES8, i / LANES8),
                    Layout::Pairs | Layout::Bytes => (i / 2, i % 2),
                };
                let cell = |v: usize, group: usize, i: usize| {
                    let (lane, input) = place(i);
                    rows[v * LANES8 + lane].0[group * 2 + input]
                };
                let half = |v, group| Half(std::array::from_fn(|i| cell(v, group, i)));
                lines.extend((0..self.inputs / 2).map(|group| std::array::from_fn(|v| half(v, group))));
            }
        }
        self.scales.extend(rows.iter().map(|(_, scale)| scale));
    }

    /// Outputs, padding included; for a maxout three times as many as it writes.
    #[must_use]
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// One segment of one panel: its weights and the scales of its outputs.
    #[inline(always)]
    pub(super) fn panel<'a, L, const LANES: usize>(
        &'a self,
        lines: &'a [L],
        panel: usize,
        segment: usize,
    ) -> (&'a [L], &'a [[f32; LANES]; V]) {
        let at = panel * self.segments + segment;
        let per_segment = lines.len() * LANES * V / (self.outputs() * self.segments);
        let scales = &self.scales[at * V * LANES..][..V * LANES];
        (&lines[at * per_segment..][..per_segment], in_registers(scales))
    }

    /// Where the sums of one segment of one panel start, with bytes.
    #[inline(always)]
    pub(super) fn starts(&self, panel: usize, segment: usize) -> &[[i32; LANES16]; V] {
        in_registers(&self.starts[(panel * self.segments + segment) * V * LANES16..][..V * LANES16])
    }

    #[inline(always)]
    pub(super) fn bias<const LANES: usize>(&self, panel: usize) -> &[[f32; LANES]; V] {
        in_registers(&self.bias[panel * V * LANES..][..V * LANES])
    }
}

/// Weights between -127 and 127, and what 1 stands for.
fn whole(row: &[f32]) -> (Vec<i16>, f32) {
    let scale = row.iter().fold(0.0, |top, weight| weight.abs().max(top)) / 127.0;
    let inverse = if scale > 1e-35 { 1.0 / scale } else { 0.0 };
    (row.iter().map(|weight| (weight * inverse).round() as i16).collect(), scale)
}

#[inline(always)]
fn in_registers<T, const LANES: usize, const V: usize>(numbers: &[T]) -> &[[T; LANES]; V] {
    numbers.as_chunks::<LANES>().0.try_into().expect("the slice holds V registers")
}

impl<'a, T> Rows8<'a, T> {
    /// The rows from `row` on.
    #[inline(always)]
    pub(super) fn at(&self, row: usize) -> Self {
        Self { rows: &self.rows[row * self.stride..], stride: self.stride, count: self.count - row }
    }

    /// One segment of the first `R` rows.
    #[inline(always)]
    pub(super) fn tile<const R: usize>(&self, segment: usize) -> [&'a Row<T>; R] {
        std::array::from_fn(|row| &self.rows[row * self.stride + segment])
    }
}
