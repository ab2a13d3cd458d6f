//! Furniture and repeats: what on the page is not the report's own running prose.

use crate::Context;
use tolmach_document::Region;

/// Regions of the text, sorted; those that ingestion found are kept.
pub fn find(ctx: Context<'_>) -> Vec<Region> {
    ctx.document.regions.clone()
}
