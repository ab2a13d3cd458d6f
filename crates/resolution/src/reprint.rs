//! Documents that print one text: exact copies, wire copies with another headline, edited reprints.
//!
//! Does not find translations or retellings.

use crate::Sets;
use crate::minhash::{likeness, pairs};
use tolmach_situation::Snapshot;

/// Least estimated share of three-word shingles in common. True reprints lose many when an editor shortens
/// them; two stories of one event in different words stay well below.
const REPRINT: f64 = 0.4;

/// Groups of two or more documents in the snapshot's order, first published first.
pub fn reprints(snapshot: &Snapshot) -> Vec<Vec<usize>> {
    let signatures: Vec<&[u32]> = snapshot.documents.iter().map(|d| d.signature.as_slice()).collect();
    let mut sets = Sets::new(signatures.len());
    let current = |n: usize| snapshot.documents[n].current;
    let alike = |a: usize, b: usize| {
        current(a) && current(b) && likeness(signatures[a], signatures[b]) >= REPRINT
    };
    for (a, b) in pairs(&signatures, alike) {
        sets.join(a, b);
    }
    let mut groups = sets.groups();
    groups.retain(|group| group.len() > 1);
    groups
}
