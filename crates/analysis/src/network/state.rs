//! The network that parser and recogniser share: it scores the next action from the vectors of a few tokens.
//!
//! Each token's vector is reduced to 64 numbers; each slot of a state has its own matrix that turns them into
//! 128, which are added over the slots, halved by maxout and turned into one score an action.

use std::ops::Range;

use tolmach_datafile::DataFile;

use crate::error::Error;
use crate::network::encoder::{Vectors, WIDTH};
use crate::network::kernel::{Kernel, Packed8, Quantized, Rows, Window};
use crate::network::weights::{Matrix, Numbers};

/// Numbers of a reduced token vector and of a state.
pub(crate) const HIDDEN: usize = 64;
/// What one token in one slot adds to a state: two pieces of [`HIDDEN`] numbers.
pub(crate) const PART: usize = 2 * HIDDEN;
/// Outputs in one block of the matrix of scores.
pub(crate) const SCORE_BLOCK: usize = 7 * 8;

/// The weights for states of `SLOTS` tokens.
pub(crate) struct Weights<const SLOTS: usize> {
    reduce: Matrix<2>,
    slots: Matrix<2>,
    missing: Numbers,
    bias: Numbers,
    scores: Matrix<7>,
    n_scores: usize,
}

impl<const SLOTS: usize> Weights<SLOTS> {
    /// From the sections below `name`, for `actions` actions.
    pub(crate) fn load(file: &DataFile, name: &str, actions: usize) -> Result<Self, Error> {
        let n_scores = actions.next_multiple_of(SCORE_BLOCK);
        Ok(Self {
            reduce: Matrix::load(file, &format!("{name}/reduce"), WIDTH, HIDDEN)?,
            slots: Matrix::load(file, &format!("{name}/slots"), HIDDEN, SLOTS * PART)?,
            missing: Numbers::load(file, &format!("{name}/missing"), SLOTS * PART)?,
            bias: Numbers::load(file, &format!("{name}/bias"), PART)?,
            scores: Matrix::load(file, &format!("{name}/scores"), HIDDEN, n_scores)?,
            n_scores,
        })
    }
}

impl<const SLOTS: usize> Weights<SLOTS> {
    /// What a slot without a token adds.
    pub(crate) fn missing(&self, slot: usize) -> &[f32; PART] {
        self.missing.row(slot)
    }
}

/// The larger matrices of the network in whole numbers.
pub(crate) struct Fast {
    reduce: Packed8<4>,
    slots: Packed8<4>,
    scores: Packed8<7>,
}

impl Fast {
    pub(crate) fn new<const SLOTS: usize>(weights: &Weights<SLOTS>, kernel: Kernel) -> Self {
        Self {
            reduce: kernel.pack_linear(&weights.reduce.packed()),
            slots: kernel.pack_linear(&weights.slots.packed()),
            scores: kernel.pack_linear(&weights.scores.packed()),
        }
    }
}

/// The network at work, with the buffers of one thread.
pub(crate) struct Network<'m, const SLOTS: usize> {
    weights: &'m Weights<SLOTS>,
    fast: Option<&'m Fast>,
    kernel: Kernel,
    whole: Quantized,
    scores: Vec<f32>,
}

impl<'m, const SLOTS: usize> Network<'m, SLOTS> {
    /// With `fast`, which must be of the same kernel, multiplies whole numbers where it matters.
    pub(crate) fn new(weights: &'m Weights<SLOTS>, fast: Option<&'m Fast>, kernel: Kernel) -> Self {
        let mut whole = kernel.quantized();
        whole.resize(1);
        let n_scores = fast.map_or(weights.n_scores, |fast| fast.scores.outputs());
        Self { weights, fast, kernel, whole, scores: vec![0.0; n_scores] }
    }

    /// Reduces token vectors; appends [`HIDDEN`] numbers a token to `out`.
    pub(crate) fn reduce(&self, vectors: Vectors<'_>, out: &mut Vec<f32>) {
        vectors.times(self.kernel, &self.weights.reduce, self.fast.map(|fast| &fast.reduce), out);
    }

    /// The parts of reduced tokens in every slot: `SLOTS` × [`PART`] numbers a token.
    pub(crate) fn parts(&mut self, reduced: &[f32], out: &mut [f32]) {
        let count = reduced.len() / HIDDEN;
        let Some(fast) = self.fast else {
            let rows = Rows { numbers: reduced, stride: HIDDEN, count };
            return self.kernel.linear(&self.weights.slots.packed(), rows, out);
        };
        self.whole.resize(count);
        self.kernel.quantize::<HIDDEN>(reduced, &mut self.whole);
        self.kernel.linear8(&fast.slots, Window { rows: &self.whole, from: 0, stride: 1, count }, out);
    }

    /// The part of one reduced token in one slot; the same numbers as [`Network::parts`] gives.
    pub(crate) fn part(&mut self, reduced: &[f32], slot: usize, out: &mut [f32; PART]) {
        if self.fast.is_some() {
            let mut all = [[0.0; PART]; SLOTS];
            self.parts(reduced, all.as_flattened_mut());
            *out = all[slot];
            return;
        }
        const BLOCKS: usize = PART / 16;
        let rows = Rows { numbers: reduced, stride: HIDDEN, count: 1 };
        self.kernel.linear(&self.weights.slots.packed().blocks(slot * BLOCKS, BLOCKS), rows, out);
    }

    /// Scores of all actions in a state whose slots add `parts`.
    pub(crate) fn score(&mut self, parts: &[&[f32; PART]; SLOTS]) -> &[f32] {
        let state = self.kernel.merge(parts, self.weights.bias.row(0));
        match self.fast {
            Some(fast) => {
                self.whole.resize(1);
                self.kernel.quantize::<HIDDEN>(&state, &mut self.whole);
                let window = Window { rows: &self.whole, from: 0, stride: 1, count: 1 };
                self.kernel.linear8(&fast.scores, window, &mut self.scores);
            }
            None => {
                let rows = Rows { numbers: &state, stride: HIDDEN, count: 1 };
                self.kernel.linear(&self.weights.scores.packed(), rows, &mut self.scores);
            }
        }
        &self.scores
    }
}

/// The first of the largest scores in the ranges, which come in ascending order.
pub(crate) fn best<'a>(scores: &[f32], ranges: impl IntoIterator<Item = &'a Range<usize>>) -> Option<usize> {
    let mut best: Option<(&Range<usize>, f32)> = None;
    for range in ranges {
        let top = largest(&scores[range.clone()]);
        if !range.is_empty() && best.is_none_or(|(_, score)| top > score) {
            best = Some((range, top));
        }
    }
    let (range, top) = best?;
    let at = scores[range.clone()].iter().position(|score| *score == top);
    // Scores that are no numbers are equal to nothing.
    Some(range.start + at.unwrap_or(0))
}

/// The largest number, found in eight lanes.
fn largest(scores: &[f32]) -> f32 {
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    let (chunks, rest) = scores.as_chunks::<8>();
    let mut lanes = [f32::NEG_INFINITY; 8];
    for chunk in chunks {
        for lane in 0..8 {
            lanes[lane] = greater(lanes[lane], chunk[lane]);
        }
    }
    lanes.into_iter().chain(rest.iter().copied()).fold(f32::NEG_INFINITY, greater)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample::{Dice, Sample};

    #[test]
    fn a_part_is_the_same_alone_and_among_others() {
        let mut sample = Sample::new(1);
        sample.state("net", 3, "5 \n");
        let weights = Weights::<3>::load(&sample.file(), "net", 1).unwrap();
        let kernel = Kernel::detect();
        let fast = Fast::new(&weights, kernel);
        let reduced = Dice::new(2).numbers(7 * HIDDEN);
        for fast in [None, Some(&fast)] {
            let mut network = Network::new(&weights, fast, kernel);
            let mut all = vec![0.0; 7 * 3 * PART];
            network.parts(&reduced, &mut all);
            for (at, expected) in all.chunks_exact(PART).enumerate() {
                let mut one = [0.0; PART];
                network.part(&reduced[at / 3 * HIDDEN..][..HIDDEN], at % 3, &mut one);
                assert_eq!(one, expected, "token {}, slot {}", at / 3, at % 3);
            }
        }
    }

    #[test]
    fn the_first_of_equal_scores_wins() {
        assert_eq!(best(&[1.0, 3.0, 3.0, 5.0], [&(0..1), &(1..3)]), Some(1));
        assert_eq!(best(&[3.0, 3.0], [&(0..0), &(0..1), &(1..2)]), Some(0));
        let mut scores: Vec<f32> = (0..40).map(|score| -(score as f32)).collect();
        scores[29] = 1.0;
        assert_eq!(best(&scores, [&(3..5), &(7..40)]), Some(29));
        assert_eq!(best(&scores, [&(3..5), &(7..29)]), Some(3));
        assert_eq!(best(&[1.0], []), None);
    }
}
