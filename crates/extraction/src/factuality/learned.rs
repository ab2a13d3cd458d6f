//! The learned reading of factuality: a number from -3 (certainly did not happen) to +3 (certainly did).
//!
//! Sums of weights over `features`. Rows of a report keep the classes that the rules give.

use super::features;
use crate::attribution::atoms::text_hash;
use tolmach_document::{Parsed, TextRange};
use tolmach_lexicon::Lexicon;

/// The most that a score can say.
const MOST: f32 = 3.0;

/// Features of the event at `t`, as numbers.
#[must_use]
pub fn event(p: Parsed<'_>, lexicon: &Lexicon, t: usize) -> Vec<u32> {
    numbers(|emit| features::of(p, lexicon, t, emit))
}

/// Features of a text with marked events, as numbers, for telling what is asked of them.
#[must_use]
pub fn school(p: Parsed<'_>, lexicon: &Lexicon, events: &[usize]) -> Vec<u32> {
    numbers(|emit| features::school(p, lexicon, events, emit))
}

fn numbers(name: impl FnOnce(&mut dyn FnMut(&str))) -> Vec<u32> {
    let mut out = Vec::new();
    name(&mut |feature| out.push(text_hash(feature)));
    out.sort_unstable();
    out.dedup();
    out
}

/// The token that heads a marked event.
#[must_use]
pub fn head(p: Parsed<'_>, range: TextRange) -> usize {
    let tokens = p.tokens_in(range);
    let top = tokens.iter().find(|t| p.is_root(*t) || !tokens.holds(p.head(*t)));
    top.unwrap_or_else(|| p.token_at(range.start()))
}

/// A score for each marked event of a text, in their order; `None` without the model.
#[must_use]
pub fn scores(p: Parsed<'_>, lexicon: &Lexicon, events: &[TextRange]) -> Option<Vec<f32>> {
    let model = lexicon.event.factuality_model()?;
    if p.is_empty() {
        return Some(vec![0.0; events.len()]);
    }
    let heads: Vec<usize> = events.iter().map(|range| head(p, *range)).collect();
    let committed = 1.0 / (1.0 + (-model.school.score(&school(p, lexicon, &heads))).exp());
    let score = |t: &usize| {
        let features = event(p, lexicon, *t);
        let mixed = committed * model.committed.score(&features) + (1.0 - committed) * model.happened.score(&features);
        mixed.clamp(-MOST, MOST)
    };
    Some(heads.iter().map(score).collect())
}
