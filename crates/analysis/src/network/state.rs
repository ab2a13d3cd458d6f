//! The network that parser and recogniser share: it scores the next action from the vectors of a few tokens.
//!
//! Each token's vector is reduced to 64 numbers; each slot of a state has its own matrix that turns them into
//! 128, which are added over the slots, halved by maxout and turned into one score an action.

use tolmach_datafile::DataFile;

use crate::error::Error;
use crate::network::encoder::WIDTH;
use crate::network::kernel::{Kernel, Rows};
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

    /// How many scores [`Weights::score`] writes, padding included.
    pub(crate) fn n_scores(&self) -> usize {
        self.n_scores
    }

    /// Reduces token vectors; appends [`HIDDEN`] numbers a token to `out`.
    pub(crate) fn reduce(&self, kernel: Kernel, vectors: &[f32], out: &mut Vec<f32>) {
        let rows = Rows { numbers: vectors, stride: WIDTH, count: vectors.len() / WIDTH };
        let from = out.len();
        out.resize(from + rows.count * HIDDEN, 0.0);
        kernel.linear(&self.reduce.packed(), rows, &mut out[from..]);
    }

    /// The parts of reduced tokens in every slot: `SLOTS` × [`PART`] numbers a token.
    pub(crate) fn parts(&self, kernel: Kernel, reduced: &[f32], out: &mut [f32]) {
        let rows = Rows { numbers: reduced, stride: HIDDEN, count: reduced.len() / HIDDEN };
        kernel.linear(&self.slots.packed(), rows, out);
    }

    /// The part of one reduced token in one slot; the same numbers as [`Weights::parts`] gives.
    pub(crate) fn part(&self, kernel: Kernel, reduced: &[f32], slot: usize, out: &mut [f32; PART]) {
        const BLOCKS: usize = PART / 16;
        let rows = Rows { numbers: reduced, stride: HIDDEN, count: 1 };
        kernel.linear(&self.slots.packed().blocks(slot * BLOCKS, BLOCKS), rows, out);
    }

    /// What a slot without a token adds.
    pub(crate) fn missing(&self, slot: usize) -> &[f32; PART] {
        self.missing.row(slot)
    }

    /// Scores of all actions in a state whose slots add `parts`.
    pub(crate) fn score(&self, kernel: Kernel, parts: &[&[f32; PART]; SLOTS], out: &mut [f32]) {
        let state = kernel.merge(parts, self.bias.row(0));
        let rows = Rows { numbers: &state, stride: HIDDEN, count: 1 };
        kernel.linear(&self.scores.packed(), rows, out);
    }
}

/// The first of the largest scores among `candidates`, which come in ascending order.
pub(crate) fn best(scores: &[f32], candidates: impl IntoIterator<Item = usize>) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for candidate in candidates {
        if best.is_none_or(|(_, score)| scores[candidate] > score) {
            best = Some((candidate, scores[candidate]));
        }
    }
    best.map(|(candidate, _)| candidate)
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
        let reduced = Dice::new(2).numbers(7 * HIDDEN);
        let mut all = vec![0.0; 7 * 3 * PART];
        weights.parts(Kernel::detect(), &reduced, &mut all);
        for (at, expected) in all.chunks_exact(PART).enumerate() {
            let mut one = [0.0; PART];
            weights.part(Kernel::detect(), &reduced[at / 3 * HIDDEN..][..HIDDEN], at % 3, &mut one);
            assert_eq!(one, expected, "token {}, slot {}", at / 3, at % 3);
        }
    }

    #[test]
    fn the_first_of_equal_scores_wins() {
        assert_eq!(best(&[1.0, 3.0, 3.0, 5.0], [0, 1, 2]), Some(1));
        assert_eq!(best(&[1.0], []), None);
    }
}
