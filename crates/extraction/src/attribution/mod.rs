//! Who is said to have said what, by which words, through whom.
//!
//! A trained model reads cues, sources and contents; rules read what rules read better. Readings nest: a quotation
//! in a quotation is the child of its reporter. Nothing here asks whether what is said is true.

pub mod atoms;
pub mod cue_features;
pub mod grammar;
pub mod learned;
pub mod nest;
pub mod quotation;
pub mod role_features;
mod row;
pub mod window;

use crate::Context;
use atoms::Atoms;
use cue_features::View;
use quotation::Quotations;
use tolmach_document::{Attribution, Extraction, Table};

/// Readings whose cue scores less (log-odds) are not believed.
pub const BELIEVED: f32 = 0.0;
/// Readings inside another's content must be surer still.
pub const BELIEVED_INSIDE: f32 = 1.0;

/// Attributions sorted by the start of their first range. `so_far` holds every layer before this one.
pub fn find(ctx: Context<'_>, so_far: &Extraction) -> Table<Attribution> {
    let quotes = Quotations::find(ctx.parsed);
    let atoms = Atoms::new(ctx.parsed, &quotes, &ctx.lexicon.reporting);
    let view = View { p: ctx.parsed, atoms: &atoms, quotes: &quotes };
    let readings = match &ctx.lexicon.reporting.model {
        Some(model) => learned::find(view, model, BELIEVED),
        None => Vec::new(),
    };
    let nested = nest::settle(readings, BELIEVED_INSIDE);
    nested.iter().map(|n| row::row(ctx, view, so_far, n)).collect::<Vec<_>>().into()
}
