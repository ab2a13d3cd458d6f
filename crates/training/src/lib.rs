//! Makes the weights that `data/models/` carries: from annotated texts and their parses to a model's bytes.
//!
//! Pure and deterministic: the same rows give the same bytes. Reads no file; the caller brings rows and writes the
//! result. Features are computed by the extractor's own code.

pub mod attribution;
mod chain;
pub mod factuality;
mod linear;
mod logistic;
pub mod relation;
mod sparse;

/// Snapshots of the weights in each round but the first; their mean is the model.
const SNAPSHOTS: usize = 8;

/// Whether a snapshot is due after item `at` of `n` in round `epoch`.
pub(crate) fn is_due(epoch: usize, at: usize, n: usize) -> bool {
    epoch > 0 && (at + 1) % (n / SNAPSHOTS).max(1) == 0
}

/// A small generator of pseudo-random numbers (xorshift), so that every training run is the same.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    /// Puts `items` in a random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
    }
}
