//! Times: TIMEX3 expressions with values and intervals.

use crate::Context;
use tolmach_document::{Issue, Table, TimeExpression};

/// Times of the text, sorted by range.
pub fn find(_ctx: Context<'_>, _issues: &mut Vec<Issue>) -> Table<TimeExpression> {
    Table::new()
}
