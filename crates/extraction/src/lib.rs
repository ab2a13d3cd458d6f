//! Who says what, what happened, when, where, how much: one module a layer, each a pure function.
//!
//! Knows one report at a time; nothing of storage or of other documents.

use tolmach_document::{Analysis, Date, Document, Extraction, Issue, Parsed};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::gazetteer::Gazetteer;

pub mod attribution;
pub mod entity;
pub mod event;
pub mod factuality;
pub mod place;
pub mod quantity;
pub mod region;
pub mod tie;
pub mod time;

/// What every layer may look at: the report, its parse and the frozen knowledge.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its text through its parse.
    pub parsed: Parsed<'a>,
    /// Word knowledge.
    pub lexicon: &'a Lexicon,
    /// Place names; without it places come from our own data only.
    pub gazetteer: Option<&'a Gazetteer>,
}

impl Context<'_> {
    /// The day the report was published: the anchor of its relative times.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.document.published.as_ref().map(|moment| moment.date)
    }
}

/// Reads every layer of one report. The order of the calls is the order of dependence.
#[must_use]
pub fn extract(
    document: &Document,
    analysis: &Analysis,
    lexicon: &Lexicon,
    gazetteer: Option<&Gazetteer>,
) -> (Extraction, Vec<Issue>) {
    let ctx = Context { document, parsed: Parsed::new(&document.text, analysis), lexicon, gazetteer };
    let mut out = Extraction::default();
    let mut issues = Vec::new();
    out.regions = region::find(ctx);
    out.times = time::find(ctx, &mut issues);
    out.quantities = quantity::find(ctx, &out.times);
    (out.mentions, out.entities) = entity::find(ctx, &out.regions);
    out.places = place::find(ctx, &out.mentions, &out.entities);
    out.attributions = attribution::find(ctx, &out);
    out.events = event::find(ctx, &out);
    out.ties = tie::find(ctx, &out);
    (out, issues)
}
