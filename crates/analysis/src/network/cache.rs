//! A bounded cache of embedded token types.
//!
//! A pure memory: a value is the same whether it was found or made, so what is dropped and when has no
//! influence on results.

use crate::network::encoder::{Features, WIDTH};

/// Entries; with [`WIDTH`] numbers each, 7 MB. Chosen so that a book's vocabulary fits.
const ENTRIES: usize = 1 << 14;
/// Entries that one type may take.
const WAYS: usize = 4;

pub(crate) struct Cache {
    /// All zero where the entry is empty: no token has an empty suffix, whose id is 0.
    keys: Vec<Features>,
    vectors: Vec<f32>,
    next: usize,
}

impl Cache {
    pub(crate) fn new() -> Self {
        Self { keys: vec![Features::default(); ENTRIES], vectors: vec![0.0; ENTRIES * WIDTH], next: 0 }
    }

    pub(crate) fn find(&self, key: &Features) -> Option<&[f32]> {
        let set = set_of(key);
        let way = self.keys[set..set + WAYS].iter().position(|found| found == key)?;
        Some(&self.vectors[(set + way) * WIDTH..][..WIDTH])
    }

    /// Keeps a vector, in place of the oldest but for the turn of the wheel.
    pub(crate) fn insert(&mut self, key: Features, vector: &[f32]) {
        self.next = (self.next + 1) % WAYS;
        let entry = set_of(&key) + self.next;
        self.keys[entry] = key;
        self.vectors[entry * WIDTH..][..WIDTH].copy_from_slice(vector);
    }
}

/// The first entry of the set that `key` may lie in.
fn set_of(key: &Features) -> usize {
    let mut hash = 0u64;
    for id in key {
        hash = (hash.rotate_left(23) ^ id).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 40) as usize % (ENTRIES / WAYS) * WAYS
}
