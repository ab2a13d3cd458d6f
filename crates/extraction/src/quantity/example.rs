//! The examples of `data/quantities/`, run over a parse: what was read, written as the data files write it.
//!
//! Prints values to three digits; the wire format is the shell's business.

use crate::Context;
use tolmach_document::{Bound, Quantity, Table, TimeExpression};
use tolmach_lexicon::quantity::Example;

/// A row as the examples write it: "10..15 truck", "12 soldier min", "7 % down".
#[must_use]
pub fn row_text(row: &Quantity) -> String {
    let mut out = number(row.value);
    if let Some(high) = row.high {
        out.push_str("..");
        out.push_str(&number(high));
    }
    if let Some(unit) = &row.unit {
        out.push(' ');
        out.push_str(unit);
    }
    if !matches!(row.bound, Bound::Exact | Bound::Range) {
        out.push(' ');
        out.push_str(row.bound.name());
    }
    if let Some(direction) = row.direction {
        out.push(' ');
        out.push_str(direction.name());
    }
    out
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 {
        return format!("{value}");
    }
    let digits = if value.abs() < 0.1 { 4 } else { 3 };
    format!("{value:.digits$}").trim_end_matches('0').to_owned()
}

/// What is wrong with the reading of an example, or `None`.
#[must_use]
pub fn broken_example(example: &Example, ctx: Context<'_>, times: &Table<TimeExpression>) -> Option<String> {
    let read: Vec<String> = super::find(ctx, times).iter().map(row_text).collect();
    (read != example.rows).then(|| {
        format!("{}: {:?}: expected {:?}, read {:?}", example.file, example.text, example.rows, read)
    })
}
