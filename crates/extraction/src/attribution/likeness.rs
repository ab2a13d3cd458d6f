//! How much two contents say the same, by the words that carry meaning.
//!
//! Counts shared lemmas; knows no synonyms.

use crate::Context;
use std::collections::BTreeSet;
use tolmach_document::{Pos, TokenRange};

/// The lemmas of a content that carry meaning.
#[must_use]
pub fn words<'a>(ctx: Context<'a>, content: &[TokenRange]) -> BTreeSet<&'a str> {
    let p = ctx.parsed;
    content
        .iter()
        .flat_map(|r| r.iter())
        .filter(|t| matches!(p.pos(*t), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Num | Pos::Adj))
        .map(|t| p.lemma(t))
        .collect()
}

/// Contents of fewer words are never alike.
const FEWEST: usize = 3;

/// Shared words as a part of the smaller set, 0 to 1; 0 for very short contents.
#[must_use]
pub fn of(a: &BTreeSet<&str>, b: &BTreeSet<&str>) -> f32 {
    let least = a.len().min(b.len());
    if least < FEWEST {
        return 0.0;
    }
    a.intersection(b).count() as f32 / least as f32
}
