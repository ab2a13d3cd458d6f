//! The arithmetic in plain Rust: what runs on every processor, and the measure of every other path.
//!
//! Contains no instruction of a particular processor. The `inline(always)` functions are also compiled into the
//! paths of [`super::x86`] with wider registers; as Rust neither reorders nor fuses operations on numbers, they give
//! the same bits there.

use super::int8::{Cell, Half, LANES8, Packed8, Row, Rows8, SEGMENT};
use super::{LANES, Norm, Packed, Rows, each_tile};

/// Adding this to a number below 2²² and taking it away again rounds to the nearest whole number, ties to even.
const ROUNDER: f32 = 12_582_912.0;

/// `R` rows times one block of weights; the bias comes last.
pub(super) fn tile<const R: usize, const V: usize>(
    panel: &[f32],
    bias: &[f32],
    from: &[f32],
    stride: usize,
) -> [[[f32; LANES]; V]; R] {
    let mut sums = [[[0.0; LANES]; V]; R];
    for (input, weights) in panel.chunks_exact(V * LANES).enumerate() {
        for (row, sum) in sums.iter_mut().enumerate() {
            let x = from[row * stride + input];
            for (sum, weight) in sum.as_flattened_mut().iter_mut().zip(weights) {
                *sum += x * weight;
            }
        }
    }
    for sum in &mut sums {
        for (sum, bias) in sum.as_flattened_mut().iter_mut().zip(bias) {
            *sum += bias;
        }
    }
    sums
}

/// See [`super::Kernel::maxout`].
pub(super) fn maxout(weights: &Packed<'_, 3>, rows: Rows<'_>, out: &mut [f32]) {
    let width = weights.outputs() / 3;
    for (block, (panel, bias)) in weights.panels().enumerate() {
        let out = &mut out[block * LANES..];
        let many = |from: &[f32]| tile::<3, 3>(panel, bias, from, rows.stride);
        let one = |from: &[f32]| tile::<1, 3>(panel, bias, from, rows.stride);
        each_tile(rows, many, one, |row, sums| {
            out[row * width..][..LANES].copy_from_slice(&largest(&sums));
        });
    }
}

/// See [`super::Kernel::linear`].
pub(super) fn linear<const V: usize>(weights: &Packed<'_, V>, rows: Rows<'_>, out: &mut [f32]) {
    let width = weights.outputs();
    for (block, (panel, bias)) in weights.panels().enumerate() {
        let out = &mut out[block * LANES * V..];
        let many = |from: &[f32]| tile::<4, V>(panel, bias, from, rows.stride);
        let one = |from: &[f32]| tile::<1, V>(panel, bias, from, rows.stride);
        each_tile(rows, many, one, |row, sums| {
            out[row * width..][..LANES * V].copy_from_slice(sums.as_flattened());
        });
    }
}

/// The largest of three, lane by lane.
#[inline(always)]
pub(super) fn largest<const N: usize>(sums: &[[f32; N]; 3]) -> [f32; N] {
    std::array::from_fn(|lane| greater(greater(sums[0][lane], sums[1][lane]), sums[2][lane]))
}

/// The greater of two numbers, in one instruction, which `f32::max` is not.
#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// How eight lanes are folded to one number: the second half onto the first, until one is left. A path may do it with
/// instructions that the compiler does not find.
pub(super) trait Folds {
    fn sum(&self, lanes: &[f32; LANES]) -> f32;
    fn top(&self, lanes: &[f32; LANES]) -> f32;
}

impl<S, T> Folds for (S, T)
where
    S: Fn(&[f32; LANES]) -> f32,
    T: Fn(&[f32; LANES]) -> f32,
{
    #[inline(always)]
    fn sum(&self, lanes: &[f32; LANES]) -> f32 {
        self.0(lanes)
    }

    #[inline(always)]
    fn top(&self, lanes: &[f32; LANES]) -> f32 {
        self.1(lanes)
    }
}

/// Folds in plain Rust.
pub(super) fn folds() -> impl Folds {
    (|lanes: &[f32; LANES]| fold(*lanes, |a, b| a + b), |lanes: &[f32; LANES]| fold(*lanes, greater))
}

fn fold(mut lanes: [f32; LANES], of: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [4, 2, 1] {
        for lane in 0..half {
            lanes[lane] = of(lanes[lane], lanes[lane + half]);
        }
    }
    lanes[0]
}

/// Rows that are normalized in step, so that none waits for the sums of another.
const STEP: usize = 4;

/// See [`super::Kernel::normalize`].
#[inline(always)]
pub(super) fn normalize(rows: &mut [f32], scale: &[f32], shift: &[f32], folds: &impl Folds) {
    for rows in rows.chunks_mut(STEP * scale.len()) {
        let mut factors = [(0.0, 0.0); STEP];
        for (row, factor) in rows.chunks_exact(scale.len()).zip(&mut factors) {
            *factor = spread(row, folds);
        }
        for (row, (mean, factor)) in rows.chunks_exact_mut(scale.len()).zip(factors) {
            for ((x, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
                *x = (*x - mean) * factor * scale + shift;
            }
        }
    }
}

/// The mean of a row, and what brings its spread to 1.
#[inline(always)]
fn spread(row: &[f32], folds: &impl Folds) -> (f32, f32) {
    let width = row.len() as f32;
    let mean = sum(row, folds, |x| x) / width;
    let variance = sum(row, folds, |x| (x - mean) * (x - mean)) / width;
    (mean, 1.0 / (variance + 1e-8).sqrt())
}

/// Registers of lanes that are looked at side by side: enough that no sum waits long for the one before.
const WIDE: usize = 4;

/// The sum over a row, in partial sums.
#[inline(always)]
fn sum(row: &[f32], folds: &impl Folds, of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let (wide, narrow) = chunks.as_chunks::<WIDE>();
    let mut sums = [[0.0; LANES]; WIDE];
    for chunk in wide {
        for (sums, chunk) in sums.iter_mut().zip(chunk) {
            for lane in 0..LANES {
                sums[lane] += of(chunk[lane]);
            }
        }
    }
    for (sums, chunk) in sums.iter_mut().zip(narrow) {
        for lane in 0..LANES {
            sums[lane] += of(chunk[lane]);
        }
    }
    let [a, b, c, d] = sums;
    let lanes = std::array::from_fn(|lane| a[lane] + c[lane] + (b[lane] + d[lane]));
    folds.sum(&lanes) + rest.iter().map(|x| of(*x)).sum::<f32>()
}

/// See [`super::Kernel::finish`].
#[inline(always)]
pub(super) fn finish<T: Cell>(
    rows: &mut [f32],
    before: &[f32],
    [scale, shift]: Norm<'_>,
    out: &mut [Row<T>],
    folds: &impl Folds,
) {
    let (rows, before) = (rows.as_chunks_mut::<SEGMENT>().0, before.as_chunks::<SEGMENT>().0);
    for ((rows, before), out) in rows.chunks_mut(STEP).zip(before.chunks(STEP)).zip(out.chunks_mut(STEP)) {
        let (mut factors, mut tops) = ([(0.0, 0.0); STEP], [0.0; STEP]);
        for (row, factor) in rows.iter().zip(&mut factors) {
            *factor = spread(row, folds);
        }
        for (((row, before), (mean, factor)), top) in rows.iter_mut().zip(before).zip(factors).zip(&mut tops)
        {
            for i in 0..SEGMENT {
                row[i] = (row[i] - mean) * factor * scale[i] + shift[i] + before[i];
            }
            *top = largest_of(row, folds);
        }
        for ((row, out), top) in rows.iter().zip(out).zip(tops) {
            quantize_row(row, top, out);
        }
    }
}

/// See [`super::Kernel::quantize`].
#[inline(always)]
pub(super) fn quantize<T: Cell, const N: usize>(rows: &[f32], out: &mut [Row<T>], folds: &impl Folds) {
    for (row, out) in rows.as_chunks::<N>().0.iter().zip(out) {
        quantize_row(row, largest_of(row, folds), out);
    }
}

/// The largest number, positive or negative, of a row. `N` is a multiple of 32.
#[inline(always)]
fn largest_of<const N: usize>(row: &[f32; N], folds: &impl Folds) -> f32 {
    let mut tops = [[0.0f32; LANES]; WIDE];
    for chunk in row.as_chunks::<LANES>().0.as_chunks::<WIDE>().0 {
        for (tops, chunk) in tops.iter_mut().zip(chunk) {
            for lane in 0..LANES {
                tops[lane] = greater(chunk[lane].abs(), tops[lane]);
            }
        }
    }
    let [a, b, c, d] = tops;
    folds.top(&std::array::from_fn(|i| greater(greater(a[i], b[i]), greater(c[i], d[i]))))
}

/// A row in whole numbers: its largest number, positive or negative, which is `top`, becomes 127. Cells from `N` on stay
/// as they are.
#[inline(always)]
fn quantize_row<T: Cell, const N: usize>(row: &[f32; N], top: f32, out: &mut Row<T>) {
    // Below this the reciprocal is no longer finite; such a row counts as zeros.
    let inverse = if top > 1e-35 { 127.0 / top } else { 0.0 };
    // One simple loop after the other, each of which the compiler turns into few instructions.
    let mut whole = [0i32; N];
    for (whole, x) in whole.iter_mut().zip(row) {
        *whole = (x * inverse + ROUNDER).to_bits().wrapping_sub(ROUNDER.to_bits()) as i32;
    }
    for (cell, whole) in out.cells.iter_mut().zip(whole) {
        *cell = T::from_whole(whole);
    }
    out.scale = top / 127.0;
}

/// See [`super::Kernel::merge`].
#[inline(always)]
pub(super) fn merge(parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
    let mut out = [0.0; 64];
    for from in (0..64).step_by(LANES) {
        let (mut first, mut second) = ([0.0; LANES], [0.0; LANES]);
        for part in parts {
            for lane in 0..LANES {
                first[lane] += part[from + lane];
                second[lane] += part[from + 64 + lane];
            }
        }
        for lane in 0..LANES {
            out[from + lane] =
                greater(first[lane] + bias[from + lane], second[lane] + bias[from + 64 + lane]);
        }
    }
    out
}

/// See [`super::Kernel::maxout8`].
pub(super) fn maxout8(weights: &Packed8<3>, panels: &[[Half; 3]], rows: Rows8<'_, i16>, out: &mut [f32]) {
    let width = weights.outputs() / 3;
    for panel in 0..width / LANES8 {
        for row in 0..rows.count {
            let mut total = [[0.0; LANES8]; 3];
            for segment in 0..weights.segments {
                let row = &rows.rows[row * rows.stride + segment];
                let (lines, scales) = weights.panel::<_, LANES8>(panels, panel, segment);
                add_scaled(&mut total, &products(lines, row), scales, row.scale);
            }
            add_bias(&mut total, weights.bias::<LANES8>(panel));
            out[row * width + panel * LANES8..][..LANES8].copy_from_slice(&largest(&total));
        }
    }
}

/// See [`super::Kernel::linear8`].
pub(super) fn linear8<const V: usize>(
    weights: &Packed8<V>,
    panels: &[[Half; V]],
    rows: Rows8<'_, i16>,
    out: &mut [f32],
) {
    let width = weights.outputs();
    for panel in 0..width / (V * LANES8) {
        let (lines, scales) = weights.panel::<_, LANES8>(panels, panel, 0);
        for (row, out) in rows.rows[..rows.count].iter().zip(out.chunks_exact_mut(width)) {
            let mut total = [[0.0; LANES8]; V];
            add_scaled(&mut total, &products(lines, row), scales, row.scale);
            add_bias(&mut total, weights.bias::<LANES8>(panel));
            out[panel * V * LANES8..][..V * LANES8].copy_from_slice(total.as_flattened());
        }
    }
}

/// Products of whole numbers; exact, so their order is free.
fn products<const V: usize>(lines: &[[Half; V]], row: &Row<i16>) -> [[i32; LANES8]; V] {
    let mut sums = [[0; LANES8]; V];
    for (line, [first, second]) in lines.iter().zip(row.cells.as_chunks::<2>().0) {
        for (sums, half) in sums.iter_mut().zip(line) {
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += i32::from(half.0[lane]) * i32::from(*first);
                *sum += i32::from(half.0[LANES8 + lane]) * i32::from(*second);
            }
        }
    }
    sums
}

fn add_scaled<const V: usize>(
    total: &mut [[f32; LANES8]; V],
    sums: &[[i32; LANES8]; V],
    scales: &[[f32; LANES8]; V],
    scale: f32,
) {
    for ((total, sums), scales) in total.iter_mut().zip(sums).zip(scales) {
        for lane in 0..LANES8 {
            total[lane] += sums[lane] as f32 * scales[lane] * scale;
        }
    }
}

fn add_bias<const V: usize>(total: &mut [[f32; LANES8]; V], bias: &[[f32; LANES8]; V]) {
    for (total, bias) in total.as_flattened_mut().iter_mut().zip(bias.as_flattened()) {
        *total += bias;
    }
}
