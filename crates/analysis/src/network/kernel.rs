//! The arithmetic of the networks: products of packed weights with rows of numbers, layer norms, sums.
//!
//! All `unsafe` of the crate is here. Knows nothing of tokens or layers. Every function exists twice, for
//! AVX2 with FMA and portable; both add the products of one output in the same order, whatever the number of
//! rows, so that cutting a text into blocks never changes a result.
#![allow(unsafe_code)]

/// Numbers in one vector register.
pub const LANES: usize = 8;

/// Which instructions to use. Only [`Kernel::detect`] can choose those that a processor may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel {
    /// Invariant: true only if the processor has AVX2 and FMA.
    wide: bool,
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
    fn holds(&self, inputs: usize) -> bool {
        self.count == 0
            || (self.count - 1).checked_mul(self.stride).and_then(|at| at.checked_add(inputs))
                <= Some(self.numbers.len())
    }
}

impl Kernel {
    /// The fastest that this processor has.
    #[must_use]
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return Self { wide: true };
        }
        Self { wide: false }
    }

    /// The one that runs everywhere; the measure of the other.
    #[cfg(test)]
    pub fn portable() -> Self {
        Self { wide: false }
    }

    /// The largest of the three pieces of each output: `out` holds `count` rows of `outputs / 3` numbers.
    /// A block holds eight outputs, piece by piece.
    ///
    /// # Panics
    /// If `rows` or `out` is too short.
    pub fn maxout(self, weights: &Packed<'_, 3>, rows: Rows<'_>, out: &mut [f32]) {
        let width = weights.outputs() / 3;
        assert!(rows.holds(weights.inputs) && out.len() >= rows.count * width);
        if rows.count == 0 {
            return;
        }
        for (block, (panel, bias)) in panels(weights).enumerate() {
            let out = &mut out[block * LANES..];
            self.each_tile::<3, 3>(panel, bias, rows, |row, sums: [[f32; LANES]; 3]| {
                let at = &mut out[row * width..][..LANES];
                for lane in 0..LANES {
                    at[lane] = sums[0][lane].max(sums[1][lane]).max(sums[2][lane]);
                }
            });
        }
    }

    /// Plain products with bias: `out` holds `count` rows of `outputs` numbers.
    ///
    /// # Panics
    /// If `rows` or `out` is too short.
    pub fn linear<const V: usize>(self, weights: &Packed<'_, V>, rows: Rows<'_>, out: &mut [f32]) {
        let width = weights.outputs();
        assert!(rows.holds(weights.inputs) && out.len() >= rows.count * width);
        if rows.count == 0 {
            return;
        }
        for (block, (panel, bias)) in panels(weights).enumerate() {
            let out = &mut out[block * LANES * V..];
            self.each_tile::<5, V>(panel, bias, rows, |row, sums: [[f32; LANES]; V]| {
                out[row * width..][..LANES * V].copy_from_slice(sums.as_flattened());
            });
        }
    }

    /// Layer norm of every row of `scale.len()` numbers, in place.
    ///
    /// # Panics
    /// If `shift` is not as long as `scale`.
    pub fn normalize(self, rows: &mut [f32], scale: &[f32], shift: &[f32]) {
        assert_eq!(scale.len(), shift.len());
        #[cfg(target_arch = "x86_64")]
        if self.wide {
            // SAFETY: `wide` is set only where the processor has AVX2 and FMA.
            return unsafe { normalize_wide(rows, scale, shift) };
        }
        normalize_loop(rows, scale, shift);
    }

    /// Adds the `parts`, number by number, then the bias; halves the result by taking the larger of `i` and
    /// `i + 64`: the maxout of two pieces.
    pub fn merge(self, parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
        #[cfg(target_arch = "x86_64")]
        if self.wide {
            // SAFETY: `wide` is set only where the processor has AVX2 and FMA.
            return unsafe { merge_wide(parts, bias) };
        }
        merge_loop(parts, bias)
    }

    /// Cuts `rows` into tiles of `R` rows (then two, then one) and hands each row's sums to `sink`.
    fn each_tile<const R: usize, const V: usize>(
        self,
        panel: &[f32],
        bias: &[f32],
        rows: Rows<'_>,
        mut sink: impl FnMut(usize, [[f32; LANES]; V]),
    ) {
        let mut row = 0;
        while row < rows.count {
            let from = &rows.numbers[row * rows.stride..];
            let left = rows.count - row;
            row += if left >= R {
                spread(row, self.tile::<R, V>(panel, bias, from, rows.stride), &mut sink)
            } else if left >= 2 {
                spread(row, self.tile::<2, V>(panel, bias, from, rows.stride), &mut sink)
            } else {
                spread(row, self.tile::<1, V>(panel, bias, from, rows.stride), &mut sink)
            };
        }
    }

    /// `R` rows times one block of weights.
    #[inline]
    fn tile<const R: usize, const V: usize>(
        self,
        panel: &[f32],
        bias: &[f32],
        from: &[f32],
        stride: usize,
    ) -> [[[f32; LANES]; V]; R] {
        let inputs = panel.len() / (V * LANES);
        assert!(bias.len() == V * LANES && (R - 1) * stride + inputs <= from.len());
        #[cfg(target_arch = "x86_64")]
        if self.wide {
            // SAFETY: the processor has AVX2 and FMA, and the lengths were compared above.
            return unsafe { tile_wide::<R, V>(panel, bias, from, stride) };
        }
        tile_loop::<R, V>(panel, bias, from, stride)
    }
}

/// The blocks of a matrix: weights and bias of each.
fn panels<'m, const V: usize>(
    packed: &Packed<'m, V>,
) -> impl Iterator<Item = (&'m [f32], &'m [f32])> + use<'m, V> {
    let width = V * LANES;
    packed.weights.chunks_exact(width * packed.inputs).zip(packed.bias.chunks_exact(width))
}

/// Hands out the rows of a tile; returns how many they are.
#[inline]
fn spread<const R: usize, const V: usize>(
    row: usize,
    sums: [[[f32; LANES]; V]; R],
    sink: &mut impl FnMut(usize, [[f32; LANES]; V]),
) -> usize {
    for (offset, sum) in sums.into_iter().enumerate() {
        sink(row + offset, sum);
    }
    R
}

fn tile_loop<const R: usize, const V: usize>(
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

/// As [`tile_loop`], with `R × V` sums held in registers.
///
/// # Safety
/// `panel` holds a multiple of `V × 8` weights, for `n` inputs; `bias` holds `V × 8` numbers; `from` holds
/// at least `(R - 1) × stride + n`.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn tile_wide<const R: usize, const V: usize>(
    panel: &[f32],
    bias: &[f32],
    from: &[f32],
    stride: usize,
) -> [[[f32; LANES]; V]; R] {
    use std::arch::x86_64::{
        _mm256_add_ps, _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
    };
    let inputs = panel.len() / (V * LANES);
    let (panel, rows) = (panel.as_ptr(), from.as_ptr());
    let mut sums = [[_mm256_setzero_ps(); V]; R];
    for input in 0..inputs {
        // SAFETY: `input` is below `inputs` and `V` vectors of weights belong to each input.
        let weights: [_; V] =
            std::array::from_fn(|v| unsafe { _mm256_loadu_ps(panel.add((input * V + v) * LANES)) });
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: the caller promises `(R - 1) * stride + inputs` numbers.
            let x = _mm256_set1_ps(unsafe { *rows.add(row * stride + input) });
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = _mm256_fmadd_ps(x, weight, *sum);
            }
        }
    }
    let mut out = [[[0.0; LANES]; V]; R];
    for (out, sums) in out.iter_mut().zip(sums) {
        for (v, (out, sum)) in out.iter_mut().zip(sums).enumerate() {
            // SAFETY: `bias` holds `V` vectors, and every item of `out` is eight numbers long.
            unsafe {
                let bias = _mm256_loadu_ps(bias.as_ptr().add(v * LANES));
                _mm256_storeu_ps(out.as_mut_ptr(), _mm256_add_ps(sum, bias));
            }
        }
    }
    out
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn normalize_wide(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    normalize_loop(rows, scale, shift);
}

#[inline(always)]
fn normalize_loop(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    let width = scale.len() as f32;
    for row in rows.chunks_exact_mut(scale.len()) {
        let mean = lane_sum(row, |x| x) / width;
        let variance = lane_sum(row, |x| (x - mean) * (x - mean)) / width;
        let factor = 1.0 / (variance + 1e-8).sqrt();
        for ((x, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *x = (*x - mean) * factor * scale + shift;
        }
    }
}

/// The sum over a row, in eight partial sums so that it can be done eight numbers at a time.
#[inline(always)]
fn lane_sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().map(|x| of(*x)).sum();
    for chunk in chunks {
        for lane in 0..LANES {
            sums[lane] += of(chunk[lane]);
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn merge_wide(parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
    merge_loop(parts, bias)
}

#[inline(always)]
fn merge_loop(parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
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
            out[from + lane] = (first[lane] + bias[from + lane]).max(second[lane] + bias[from + 64 + lane]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    /// `a` and `b` are equal but for the rounding of sums of `terms` products.
    fn close(a: &[f32], b: &[f32], terms: usize) -> bool {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-6 * terms as f32)
    }

    proptest! {
        #[test]
        fn both_paths_give_the_same_products(inputs in 1usize..300, rows in 0usize..11, blocks in 1usize..4, seed: u32) {
            let weights = numbers(blocks * 3 * LANES * inputs, seed);
            let bias = numbers(blocks * 3 * LANES, seed ^ 1);
            let packed = Packed::<3>::new(&weights, &bias, inputs).unwrap();
            let x = numbers(rows * 7 + inputs, seed ^ 2);
            let rows = Rows { numbers: &x, stride: 7, count: rows };
            let both = [Kernel::portable(), Kernel::detect()].map(|kernel| {
                let mut pieces = vec![0.0; rows.count * packed.outputs() / 3];
                kernel.maxout(&packed, rows, &mut pieces);
                let mut plain = vec![0.0; rows.count * packed.outputs()];
                kernel.linear(&packed, rows, &mut plain);
                (pieces, plain)
            });
            prop_assert!(close(&both[0].0, &both[1].0, inputs));
            prop_assert!(close(&both[0].1, &both[1].1, inputs));
        }

        #[test]
        fn a_row_does_not_depend_on_its_neighbours(rows in 1usize..14, seed: u32) {
            let (weights, bias) = (numbers(16 * 40, seed), numbers(16, seed ^ 1));
            let packed = Packed::<2>::new(&weights, &bias, 40).unwrap();
            let x = numbers(rows * 40, seed ^ 2);
            let mut together = vec![0.0; rows * 16];
            Kernel::detect().linear(&packed, Rows { numbers: &x, stride: 40, count: rows }, &mut together);
            for row in 0..rows {
                let mut alone = [0.0; 16];
                Kernel::detect().linear(&packed, Rows { numbers: &x[row * 40..], stride: 40, count: 1 }, &mut alone);
                prop_assert_eq!(&together[row * 16..][..16], &alone[..]);
            }
        }

        #[test]
        fn both_paths_normalize_and_merge_alike(seed: u32) {
            let (scale, shift) = (numbers(96, seed), numbers(96, seed ^ 1));
            let mut rows = [numbers(96 * 3, seed ^ 2), numbers(96 * 3, seed ^ 2)];
            Kernel::portable().normalize(&mut rows[0], &scale, &shift);
            Kernel::detect().normalize(&mut rows[1], &scale, &shift);
            prop_assert!(close(&rows[0], &rows[1], 96));
            let part = |seed: u32| <[f32; 128]>::try_from(numbers(128, seed)).unwrap();
            let (a, b, bias) = (part(seed), part(seed ^ 3), part(seed ^ 4));
            let merged = [Kernel::portable(), Kernel::detect()].map(|kernel| kernel.merge(&[&a, &b], &bias));
            prop_assert!(close(&merged[0], &merged[1], 3));
        }
    }

    #[test]
    fn normalized_rows_have_mean_zero_and_spread_one() {
        let mut row = numbers(96, 7);
        Kernel::detect().normalize(&mut row, &[1.0; 96], &[0.0; 96]);
        let mean = row.iter().sum::<f32>() / 96.0;
        let spread = row.iter().map(|x| x * x).sum::<f32>() / 96.0;
        assert!(mean.abs() < 1e-6 && (spread - 1.0).abs() < 1e-4, "{mean} {spread}");
    }

    #[test]
    #[should_panic(expected = "holds")]
    fn short_input_is_refused() {
        let (weights, bias) = (numbers(16 * 4, 1), numbers(16, 2));
        let packed = Packed::<2>::new(&weights, &bias, 4).unwrap();
        Kernel::detect().linear(&packed, Rows { numbers: &[0.0; 7], stride: 4, count: 2 }, &mut [0.0; 32]);
    }
}
