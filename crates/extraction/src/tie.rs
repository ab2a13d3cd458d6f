//! Standing relations between entities.

use crate::Context;
use tolmach_document::{Extraction, Table, Tie};

/// Ties sorted by range. `so_far` holds every layer before this one.
pub fn find(_ctx: Context<'_>, _so_far: &Extraction) -> Table<Tie> {
    Table::new()
}
