//! Quantities: values in base units with bounds, direction and what is measured.

use crate::Context;
use tolmach_document::{Quantity, Table, TimeExpression};

/// Quantities of the text, sorted by range.
pub fn find(_ctx: Context<'_>, _times: &Table<TimeExpression>) -> Table<Quantity> {
    Table::new()
}
