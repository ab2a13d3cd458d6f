//! Times: TIMEX3 expressions with values and intervals.
//!
//! Says when, never what: which event a time belongs to is asked by [`of_clause`], from the event's side.

mod attach;

pub use attach::of_clause;

use crate::Context;
use tolmach_document::{Issue, Table, TimeExpression};

/// Times of the text, sorted by range.
pub fn find(_ctx: Context<'_>, _issues: &mut Vec<Issue>) -> Table<TimeExpression> {
    Table::new()
}
