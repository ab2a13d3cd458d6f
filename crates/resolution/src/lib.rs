//! Which mentions are one actor, which documents print one text, which claims repeat each other?
//!
//! Reads a snapshot and says what belongs together; edits nothing and knows nothing of how things were found.
//! Everything here is linear in the size of the snapshot and independent of the order of arrival.
#![warn(missing_docs)]

mod actor;
mod echo;
mod hollow;
mod minhash;
mod reprint;

pub use hollow::is_hollow;
pub use minhash::signature;

use tolmach_situation::{Links, Snapshot};

/// What belongs together in a snapshot.
#[must_use]
pub fn link(snapshot: &Snapshot) -> Links {
    let (actors, actor_of) = actor::actors(snapshot);
    let reprints = reprint::reprints(snapshot);
    let echoes = echo::echoes(snapshot, &actor_of, &reprints);
    Links { actors, actor_of, reprints, echoes }
}

/// Disjoint sets over `0..n`; the smallest member stands for its set.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The sets in order of their smallest members; members ascend.
    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); self.0.len()];
        for at in 0..self.0.len() {
            out[self.root(at)].push(at);
        }
        out.retain(|group| !group.is_empty());
        out
    }
}
