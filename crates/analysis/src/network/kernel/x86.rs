//! The paths for x86-64: AVX2 with FMA, AVX-512, AVX-512 with VNNI.
//!
//! All `unsafe` of the crate is here, of two kinds: calls of functions that need instructions (an [`X86`] exists only
//! where the processor has them), and loads and stores between registers and arrays of their size. What is computed is
//! said in [`super::plain`].
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256, __m256i, __m512, __m512i, _mm_add_ps, _mm_add_ss, _mm_cvtss_f32, _mm_max_ps, _mm_max_ss,
    _mm_movehdup_ps, _mm_movehl_ps, _mm256_add_epi32, _mm256_add_ps, _mm256_castps256_ps128,
    _mm256_cvtepi32_ps, _mm256_extractf128_ps, _mm256_fmadd_ps, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_madd_epi16, _mm256_max_ps, _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps,
    _mm256_setzero_si256, _mm256_storeu_ps, _mm512_add_ps, _mm512_castps256_ps512, _mm512_cvtepi32_ps,
    _mm512_dpbusd_epi32, _mm512_fmadd_ps, _mm512_insertf32x8, _mm512_load_si512, _mm512_loadu_ps,
    _mm512_loadu_si512, _mm512_max_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps,
    _mm512_storeu_ps,
};

use super::int8::{Cell, Half, LANES8, LANES16, Line, Packed8, Row, Rows8};
use super::{LANES, Norm, Packed, Rows, each_tile, plain};

/// Instructions of this processor. Invariant: [`X86::all`] alone makes one, after asking the processor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct X86(Level);

/// Each has the instructions of those before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Level {
    Avx2,
    Avx512,
    Vnni,
}

impl X86 {
    /// What this processor has, the slowest first.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let avx512 = avx2
            && is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        let vnni = avx512 && is_x86_feature_detected!("avx512vnni");
        let levels = [(Level::Avx2, avx2), (Level::Avx512, avx512), (Level::Vnni, vnni)];
        levels.into_iter().filter(|(_, has)| *has).map(|(level, _)| Self(level))
    }

    pub(super) fn name(self) -> &'static str {
        match self.0 {
            Level::Avx2 => "avx2",
            Level::Avx512 => "avx512",
            Level::Vnni => "vnni",
        }
    }

    pub(super) fn has_vnni(self) -> bool {
        self.0 >= Level::Vnni
    }

    pub(super) fn maxout(self, weights: &Packed<'_, 3>, rows: Rows<'_>, out: &mut [f32]) {
        if self.0 >= Level::Avx512 && weights.outputs().is_multiple_of(2 * 3 * LANES) {
            // SAFETY: the level says that the processor has AVX-512.
            return unsafe { maxout_avx512(weights, rows, out) };
        }
        // SAFETY: every level has AVX2 and FMA.
        unsafe { maxout_avx2(weights, rows, out) }
    }

    pub(super) fn linear<const V: usize>(self, weights: &Packed<'_, V>, rows: Rows<'_>, out: &mut [f32]) {
        // SAFETY: every level has AVX2 and FMA.
        unsafe { linear_avx2(weights, rows, out) }
    }

    pub(super) fn normalize(self, rows: &mut [f32], scale: &[f32], shift: &[f32]) {
        // SAFETY: every level has AVX2 and FMA.
        unsafe { normalize_avx2(rows, scale, shift) }
    }

    pub(super) fn merge(self, parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
        // SAFETY: every level has AVX2 and FMA.
        unsafe { merge_avx2(parts, bias) }
    }

    pub(super) fn quantize<T: Cell, const N: usize>(self, rows: &[f32], out: &mut [Row<T>]) {
        if self.0 >= Level::Avx512 {
            // SAFETY: the level says that the processor has AVX-512.
            return unsafe { quantize_avx512::<T, N>(rows, out) };
        }
        // SAFETY: every level has AVX2 and FMA.
        unsafe { quantize_avx2::<T, N>(rows, out) }
    }

    pub(super) fn finish<T: Cell>(
        self,
        rows: &mut [f32],
        before: &[f32],
        norm: Norm<'_>,
        out: &mut [Row<T>],
    ) {
        if self.0 >= Level::Avx512 {
            // SAFETY: the level says that the processor has AVX-512.
            return unsafe { finish_avx512(rows, before, norm, out) };
        }
        // SAFETY: every level has AVX2 and FMA.
        unsafe { finish_avx2(rows, before, norm, out) }
    }

    pub(super) fn maxout_bytes(
        self,
        weights: &Packed8<3>,
        lines: &[[Line; 3]],
        rows: Rows8<'_, u8>,
        out: &mut [f32],
    ) {
        assert!(self.has_vnni());
        // SAFETY: the level was checked.
        unsafe { maxout_vnni(weights, lines, rows, out) }
    }

    pub(super) fn maxout_words(
        self,
        weights: &Packed8<3>,
        lines: &[[Half; 3]],
        rows: Rows8<'_, i16>,
        out: &mut [f32],
    ) {
        // SAFETY: every level has AVX2 and FMA.
        unsafe { maxout8_avx2(weights, lines, rows, out) }
    }

    pub(super) fn linear_bytes<const V: usize>(
        self,
        weights: &Packed8<V>,
        lines: &[[Line; V]],
        rows: Rows8<'_, u8>,
        out: &mut [f32],
    ) {
        assert!(self.has_vnni());
        // SAFETY: the level was checked.
        unsafe { linear_vnni(weights, lines, rows, out) }
    }

    pub(super) fn linear_words<const V: usize>(
        self,
        weights: &Packed8<V>,
        lines: &[[Half; V]],
        rows: Rows8<'_, i16>,
        out: &mut [f32],
    ) {
        // SAFETY: every level has AVX2 and FMA.
        unsafe { linear8_avx2(weights, lines, rows, out) }
    }
}

#[target_feature(enable = "avx2,fma")]
fn normalize_avx2(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    plain::normalize(rows, scale, shift, &folds());
}

#[target_feature(enable = "avx2,fma")]
fn merge_avx2(parts: &[&[f32; 128]], bias: &[f32; 128]) -> [f32; 64] {
    plain::merge(parts, bias)
}

#[target_feature(enable = "avx2,fma")]
fn quantize_avx2<T: Cell, const N: usize>(rows: &[f32], out: &mut [Row<T>]) {
    plain::quantize::<T, N>(rows, out, &folds());
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
fn quantize_avx512<T: Cell, const N: usize>(rows: &[f32], out: &mut [Row<T>]) {
    plain::quantize::<T, N>(rows, out, &folds());
}

#[target_feature(enable = "avx2,fma")]
fn finish_avx2<T: Cell>(rows: &mut [f32], before: &[f32], norm: Norm<'_>, out: &mut [Row<T>]) {
    plain::finish(rows, before, norm, out, &folds());
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
fn finish_avx512<T: Cell>(rows: &mut [f32], before: &[f32], norm: Norm<'_>, out: &mut [Row<T>]) {
    plain::finish(rows, before, norm, out, &folds());
}

/// Folds in registers.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn folds() -> impl plain::Folds {
    (
        |lanes: &[f32; LANES]| {
            let lanes = load8(lanes);
            let four = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps::<1>(lanes));
            let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)))
        },
        |lanes: &[f32; LANES]| {
            let lanes = load8(lanes);
            let four = _mm_max_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps::<1>(lanes));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)))
        },
    )
}

// Fractions, eight at a time.

#[target_feature(enable = "avx2,fma")]
fn maxout_avx2(weights: &Packed<'_, 3>, rows: Rows<'_>, out: &mut [f32]) {
    let width = weights.outputs() / 3;
    for (block, (panel, bias)) in weights.panels().enumerate() {
        let out = &mut out[block * LANES..];
        let many = |from: &[f32]| tile::<3, 3>(panel, bias, from, rows.stride);
        let one = |from: &[f32]| tile::<1, 3>(panel, bias, from, rows.stride);
        each_tile(rows, many, one, |row, sums| {
            out[row * width..][..LANES].copy_from_slice(&plain::largest(&sums));
        });
    }
}

#[target_feature(enable = "avx2,fma")]
fn linear_avx2<const V: usize>(weights: &Packed<'_, V>, rows: Rows<'_>, out: &mut [f32]) {
    let width = weights.outputs();
    for (block, (panel, bias)) in weights.panels().enumerate() {
        let out = &mut out[block * LANES * V..];
        let many = |from: &[f32]| tile::<5, V>(panel, bias, from, rows.stride);
        let one = |from: &[f32]| tile::<1, V>(panel, bias, from, rows.stride);
        each_tile(rows, many, one, |row, sums| {
            out[row * width..][..LANES * V].copy_from_slice(sums.as_flattened());
        });
    }
}

/// `R` rows times one block of weights; `R × V` sums stay in registers, the bias comes last.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile<const R: usize, const V: usize>(
    panel: &[f32],
    bias: &[f32],
    from: &[f32],
    stride: usize,
) -> [[[f32; LANES]; V]; R] {
    let inputs = panel.len() / (V * LANES);
    assert!(bias.len() == V * LANES && (R - 1) * stride + inputs <= from.len());
    let mut sums = [[_mm256_setzero_ps(); V]; R];
    for input in 0..inputs {
        let mut weights = [_mm256_setzero_ps(); V];
        for (v, weight) in weights.iter_mut().enumerate() {
            // SAFETY: `input` is below `inputs`, and `V` registers of weights belong to each input.
            *weight = unsafe { _mm256_loadu_ps(panel.as_ptr().add((input * V + v) * LANES)) };
        }
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `(R - 1) * stride + inputs` numbers are there, as was checked above.
            let x = _mm256_set1_ps(unsafe { *from.get_unchecked(row * stride + input) });
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = _mm256_fmadd_ps(x, weight, *sum);
            }
        }
    }
    let bias = bias.as_chunks::<LANES>().0;
    let mut out = [[[0.0; LANES]; V]; R];
    for (out, sums) in out.iter_mut().zip(sums) {
        for ((out, sum), bias) in out.iter_mut().zip(sums).zip(bias) {
            store8(_mm256_add_ps(sum, load8(bias)), out);
        }
    }
    out
}

#[target_feature(enable = "avx2")]
#[inline]
fn load8(from: &[f32; LANES]) -> __m256 {
    // SAFETY: eight numbers are one register.
    unsafe { _mm256_loadu_ps(from.as_ptr()) }
}

#[target_feature(enable = "avx2")]
#[inline]
fn store8(from: __m256, out: &mut [f32; LANES]) {
    // SAFETY: eight numbers are one register.
    unsafe { _mm256_storeu_ps(out.as_mut_ptr(), from) }
}

// Fractions, sixteen at a time: two blocks of the matrix side by side.

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
fn maxout_avx512(weights: &Packed<'_, 3>, rows: Rows<'_>, out: &mut [f32]) {
    let width = weights.outputs() / 3;
    for block in (0..width / LANES).step_by(2) {
        let pair = [weights.blocks(block, 1), weights.blocks(block + 1, 1)];
        let out = &mut out[block * LANES..];
        let many = |from: &[f32]| tile_pair::<8>(&pair, from, rows.stride);
        let one = |from: &[f32]| tile_pair::<1>(&pair, from, rows.stride);
        each_tile(rows, many, one, |row, largest| {
            out[row * width..][..2 * LANES].copy_from_slice(&largest);
        });
    }
}

/// `R` rows times two blocks of weights: the largest of three pieces of each of sixteen outputs.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
#[inline]
fn tile_pair<const R: usize>(
    pair: &[Packed<'_, 3>; 2],
    from: &[f32],
    stride: usize,
) -> [[f32; 2 * LANES]; R] {
    let [first, second] = pair.map(|block| block.weights.as_chunks::<LANES>().0.as_chunks::<3>().0);
    assert!(first.len() == second.len() && (R - 1) * stride + first.len() <= from.len());
    let mut sums = [[_mm512_setzero_ps(); 3]; R];
    for (input, (first, second)) in first.iter().zip(second).enumerate() {
        let mut weights = [_mm512_setzero_ps(); 3];
        for v in 0..3 {
            weights[v] = side_by_side(&first[v], &second[v]);
        }
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `input` is below the length of `first`, and so many numbers are there after `(R - 1) * stride`.
            let x = _mm512_set1_ps(unsafe { *from.get_unchecked(row * stride + input) });
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = _mm512_fmadd_ps(x, weight, *sum);
            }
        }
    }
    let [first, second] = pair.map(|block| block.bias.as_chunks::<LANES>().0);
    let mut out = [[0.0; 2 * LANES]; R];
    for (out, mut sums) in out.iter_mut().zip(sums) {
        for v in 0..3 {
            sums[v] = _mm512_add_ps(sums[v], side_by_side(&first[v], &second[v]));
        }
        store16(_mm512_max_ps(_mm512_max_ps(sums[0], sums[1]), sums[2]), out);
    }
    out
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
#[inline]
fn side_by_side(first: &[f32; LANES], second: &[f32; LANES]) -> __m512 {
    _mm512_insertf32x8::<1>(_mm512_castps256_ps512(load8(first)), load8(second))
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load16(from: &[f32; LANES16]) -> __m512 {
    // SAFETY: sixteen numbers are one register.
    unsafe { _mm512_loadu_ps(from.as_ptr()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store16(from: __m512, out: &mut [f32; LANES16]) {
    // SAFETY: sixteen numbers are one register.
    unsafe { _mm512_storeu_ps(out.as_mut_ptr(), from) }
}

// Whole numbers of two bytes: products of pairs, eight sums at a time.

#[target_feature(enable = "avx2,fma")]
fn maxout8_avx2(weights: &Packed8<3>, lines: &[[Half; 3]], rows: Rows8<'_, i16>, out: &mut [f32]) {
    let width = weights.outputs() / 3;
    for panel in 0..width / LANES8 {
        let mut row = 0;
        while row < rows.count {
            let out = &mut out[row * width + panel * LANES8..];
            row += if rows.count - row >= 3 {
                maxout8_tile::<3>(weights, lines, panel, rows.at(row), out)
            } else {
                maxout8_tile::<1>(weights, lines, panel, rows.at(row), out)
            };
        }
    }
}

/// Writes eight outputs of `R` rows; returns `R`.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn maxout8_tile<const R: usize>(
    weights: &Packed8<3>,
    lines: &[[Half; 3]],
    panel: usize,
    rows: Rows8<'_, i16>,
    out: &mut [f32],
) -> usize {
    let mut total = [[_mm256_setzero_ps(); 3]; R];
    for segment in 0..weights.segments {
        let (lines, scales) = weights.panel::<_, LANES8>(lines, panel, segment);
        let row = rows.tile::<R>(segment);
        let sums = products_words::<R, 3, 48>(lines, row);
        for ((total, sums), row) in total.iter_mut().zip(sums).zip(row) {
            for v in 0..3 {
                let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(sums[v]), load8(&scales[v]));
                total[v] = _mm256_add_ps(total[v], _mm256_mul_ps(scaled, _mm256_set1_ps(row.scale)));
            }
        }
    }
    let (bias, width) = (weights.bias::<LANES8>(panel), weights.outputs() / 3);
    for (at, mut total) in total.into_iter().enumerate() {
        for v in 0..3 {
            total[v] = _mm256_add_ps(total[v], load8(&bias[v]));
        }
        let out = out[at * width..].first_chunk_mut().expect("the caller has room for each row");
        store8(_mm256_max_ps(_mm256_max_ps(total[0], total[1]), total[2]), out);
    }
    R
}

#[target_feature(enable = "avx2,fma")]
fn linear8_avx2<const V: usize>(
    weights: &Packed8<V>,
    lines: &[[Half; V]],
    rows: Rows8<'_, i16>,
    out: &mut [f32],
) {
    let width = weights.outputs();
    for panel in 0..width / (V * LANES8) {
        let mut row = 0;
        while row < rows.count {
            let out = &mut out[row * width + panel * V * LANES8..];
            row += if rows.count - row >= 2 {
                linear8_tile::<2, V>(weights, lines, panel, rows.at(row), out)
            } else {
                linear8_tile::<1, V>(weights, lines, panel, rows.at(row), out)
            };
        }
    }
}

/// Writes `V` times eight outputs of `R` rows; returns `R`.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn linear8_tile<const R: usize, const V: usize>(
    weights: &Packed8<V>,
    lines: &[[Half; V]],
    panel: usize,
    rows: Rows8<'_, i16>,
    out: &mut [f32],
) -> usize {
    let (lines, scales) = weights.panel::<_, LANES8>(lines, panel, 0);
    let row = rows.tile::<R>(0);
    let (bias, width) = (weights.bias::<LANES8>(panel), weights.outputs());
    for (at, sums) in linear_words::<R, V>(lines, row).into_iter().enumerate() {
        let out = out[at * width..].as_chunks_mut::<LANES8>().0;
        for v in 0..V {
            let scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(sums[v]), load8(&scales[v]));
            let scaled = _mm256_mul_ps(scaled, _mm256_set1_ps(row[at].scale));
            store8(_mm256_add_ps(scaled, load8(&bias[v])), &mut out[v]);
        }
    }
    R
}

/// For the two lengths of segments that there are.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn linear_words<const R: usize, const V: usize>(
    lines: &[[Half; V]],
    rows: [&Row<i16>; R],
) -> [[__m256i; V]; R] {
    match lines.len() {
        32 => products_words::<R, V, 32>(lines, rows),
        _ => products_words::<R, V, 48>(lines, rows),
    }
}

/// The sums of products of `PAIRS` pairs of inputs.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn products_words<const R: usize, const V: usize, const PAIRS: usize>(
    lines: &[[Half; V]],
    rows: [&Row<i16>; R],
) -> [[__m256i; V]; R] {
    let lines: &[[Half; V]; PAIRS] = lines.try_into().expect("a segment has that many pairs");
    let mut sums = [[_mm256_setzero_si256(); V]; R];
    for (pair, line) in lines.iter().enumerate() {
        let mut weights = [_mm256_setzero_si256(); V];
        for (weight, half) in weights.iter_mut().zip(line) {
            // SAFETY: a `Half` is one register, aligned as such.
            *weight = unsafe { _mm256_load_si256((&raw const half.0).cast()) };
        }
        for (sums, row) in sums.iter_mut().zip(rows) {
            let [low, high] = row.cells.as_chunks::<2>().0[pair].map(i16::to_le_bytes);
            let x = _mm256_set1_epi32(i32::from_le_bytes([low[0], low[1], high[0], high[1]]));
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(x, weight));
            }
        }
    }
    sums
}

// Whole numbers of one byte: products of four, sixteen sums at a time.

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn maxout_vnni(weights: &Packed8<3>, lines: &[[Line; 3]], rows: Rows8<'_, u8>, out: &mut [f32]) {
    let width = weights.outputs() / 3;
    for panel in 0..width / LANES16 {
        let mut row = 0;
        while row < rows.count {
            let out = &mut out[row * width + panel * LANES16..];
            row += if rows.count - row >= 4 {
                maxout_vnni_tile::<4>(weights, lines, panel, rows.at(row), out)
            } else {
                maxout_vnni_tile::<1>(weights, lines, panel, rows.at(row), out)
            };
        }
    }
}

/// Writes sixteen outputs of `R` rows; returns `R`.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn maxout_vnni_tile<const R: usize>(
    weights: &Packed8<3>,
    lines: &[[Line; 3]],
    panel: usize,
    rows: Rows8<'_, u8>,
    out: &mut [f32],
) -> usize {
    let mut total = [[_mm512_setzero_ps(); 3]; R];
    for segment in 0..weights.segments {
        let (lines, scales) = weights.panel::<_, LANES16>(lines, panel, segment);
        let row = rows.tile::<R>(segment);
        let sums = products_bytes::<R, 3, 24>(weights.starts(panel, segment), lines, row);
        for ((total, sums), row) in total.iter_mut().zip(sums).zip(row) {
            for v in 0..3 {
                let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[v]), load16(&scales[v]));
                total[v] = _mm512_add_ps(total[v], _mm512_mul_ps(scaled, _mm512_set1_ps(row.scale)));
            }
        }
    }
    let (bias, width) = (weights.bias::<LANES16>(panel), weights.outputs() / 3);
    for (at, mut total) in total.into_iter().enumerate() {
        for v in 0..3 {
            total[v] = _mm512_add_ps(total[v], load16(&bias[v]));
        }
        let out = out[at * width..].first_chunk_mut().expect("the caller has room for each row");
        store16(_mm512_max_ps(_mm512_max_ps(total[0], total[1]), total[2]), out);
    }
    R
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn linear_vnni<const V: usize>(
    weights: &Packed8<V>,
    lines: &[[Line; V]],
    rows: Rows8<'_, u8>,
    out: &mut [f32],
) {
    let width = weights.outputs();
    for panel in 0..width / (V * LANES16) {
        let mut row = 0;
        while row < rows.count {
            let out = &mut out[row * width + panel * V * LANES16..];
            row += if rows.count - row >= 3 {
                linear_vnni_tile::<3, V>(weights, lines, panel, rows.at(row), out)
            } else {
                linear_vnni_tile::<1, V>(weights, lines, panel, rows.at(row), out)
            };
        }
    }
}

/// Writes `V` times sixteen outputs of `R` rows; returns `R`.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn linear_vnni_tile<const R: usize, const V: usize>(
    weights: &Packed8<V>,
    lines: &[[Line; V]],
    panel: usize,
    rows: Rows8<'_, u8>,
    out: &mut [f32],
) -> usize {
    let (lines, scales) = weights.panel::<_, LANES16>(lines, panel, 0);
    let row = rows.tile::<R>(0);
    let (bias, width) = (weights.bias::<LANES16>(panel), weights.outputs());
    for (at, sums) in linear_bytes::<R, V>(weights.starts(panel, 0), lines, row).into_iter().enumerate() {
        let out = out[at * width..].as_chunks_mut::<LANES16>().0;
        for v in 0..V {
            let scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sums[v]), load16(&scales[v]));
            let scaled = _mm512_mul_ps(scaled, _mm512_set1_ps(row[at].scale));
            store16(_mm512_add_ps(scaled, load16(&bias[v])), &mut out[v]);
        }
    }
    R
}

/// For the two lengths of segments that there are.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn linear_bytes<const R: usize, const V: usize>(
    starts: &[[i32; LANES16]; V],
    lines: &[[Line; V]],
    rows: [&Row<u8>; R],
) -> [[__m512i; V]; R] {
    match lines.len() {
        16 => products_bytes::<R, V, 16>(starts, lines, rows),
        _ => products_bytes::<R, V, 24>(starts, lines, rows),
    }
}

/// The sums of products of `GROUPS` times four inputs.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
#[inline]
fn products_bytes<const R: usize, const V: usize, const GROUPS: usize>(
    starts: &[[i32; LANES16]; V],
    lines: &[[Line; V]],
    rows: [&Row<u8>; R],
) -> [[__m512i; V]; R] {
    let lines: &[[Line; V]; GROUPS] = lines.try_into().expect("a segment has that many groups");
    let mut from = [_mm512_set1_epi32(0); V];
    for (from, start) in from.iter_mut().zip(starts) {
        // SAFETY: sixteen numbers are one register.
        *from = unsafe { _mm512_loadu_si512(start.as_ptr().cast()) };
    }
    let mut sums = [from; R];
    for (group, line) in lines.iter().enumerate() {
        let mut weights = [_mm512_set1_epi32(0); V];
        for (weight, line) in weights.iter_mut().zip(line) {
            // SAFETY: a `Line` is one register, aligned as such.
            *weight = unsafe { _mm512_load_si512((&raw const line.0).cast()) };
        }
        for (sums, row) in sums.iter_mut().zip(rows) {
            let cells = row.cells.as_chunks::<4>().0[group];
            let x = _mm512_set1_epi32(i32::from_le_bytes(cells));
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = _mm512_dpbusd_epi32(*sum, x, weight);
            }
        }
    }
    sums
}
