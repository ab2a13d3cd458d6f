//! Who is said to have said what, by which words, through whom.
//!
//! A trained model reads cues, sources and contents; rules read what rules read better. Readings nest: a quotation
//! in a quotation is the child of its reporter. Nothing here asks whether what is said is true.

pub mod atoms;
pub mod belief;
mod channel;
pub mod cue_features;
pub mod grammar;
mod hop;
pub mod learned;
mod likeness;
pub mod nest;
pub mod own;
pub mod quotation;
pub mod reference;
mod relation;
pub mod role_features;
mod row;
mod rules;
pub mod view;
pub mod window;

use crate::Context;
use atoms::Atoms;
use belief::Thresholds;
use nest::Nested;
use quotation::Quotations;
use tolmach_document::{Attribution, Extraction, Table};
use view::View;

/// Attributions sorted by the start of their first range. `so_far` holds every layer before this one.
pub fn find(ctx: Context<'_>, so_far: &Extraction) -> Table<Attribution> {
    let quotes = Quotations::find(ctx.parsed, &ctx.lexicon.reporting.media);
    let atoms = Atoms::new(ctx.parsed, &ctx.lexicon.reporting);
    let view = View::whole(ctx.parsed, &atoms, &quotes);
    let nested = read(ctx, view, so_far, belief::BELIEVED);
    let mut rows: Vec<Attribution> = nested.iter().map(|n| row::row(ctx, view, so_far, n)).collect();
    relation::relate(ctx, so_far, &nested, &mut rows);
    rows.into()
}

/// Readings of model and rules, settled.
#[must_use]
pub fn read(ctx: Context<'_>, view: View<'_>, so_far: &Extraction, thresholds: Thresholds) -> Vec<Nested> {
    let mut readings = match &ctx.lexicon.reporting.model {
        Some(model) => learned::find(view, model, thresholds.least()),
        None => Vec::new(),
    };
    readings.retain(|r| thresholds.believes(view, ctx, r));
    own::complete(view, &mut readings);
    let readings = hop::add(ctx, view, so_far, rules::apply(ctx, view, readings));
    nest::settle(view, readings, |inner| thresholds.believes_inside(ctx, inner))
}
