//! Standing relations between entities: offices, members, allies, routes, trade, names of one thing.
//!
//! A tie needs both ends named and a plain statement: nothing denied, wished or merely possible makes one.

mod ends;
mod frame;
mod naming;
mod office;
mod place;
mod route;

use crate::Context;
use ends::Ends;
use tolmach_document::{AttributionId, EntityId, Extraction, RuleId, Table, TextRange, Tie, TieKind};

/// A tie before it is dated and attributed.
struct Found {
    kind: TieKind,
    a: EntityId,
    b: EntityId,
    range: TextRange,
    /// The token that states it.
    at: usize,
    rule: RuleId,
}

/// Ties sorted by range. `so_far` holds every layer before this one.
pub fn find(ctx: Context<'_>, so_far: &Extraction) -> Table<Tie> {
    let ends = Ends::new(ctx, so_far);
    let mut found = Vec::new();
    office::find(&ends, &mut found);
    frame::find(&ends, &mut found);
    route::find(&ends, &mut found);
    place::find(&ends, &mut found);
    naming::find(&ends, &mut found);
    found.retain(|tie| tie.a != tie.b || tie.kind == TieKind::SameAs);
    found.sort_by_key(|tie| (tie.range, tie.kind, tie.a, tie.b));
    found.dedup_by(|later, earlier| {
        (later.kind, later.a, later.b) == (earlier.kind, earlier.a, earlier.b)
            && later.range.overlaps(earlier.range)
    });
    let rows: Vec<Tie> = found.into_iter().map(|tie| row(ctx, so_far, tie)).collect();
    rows.into()
}

fn row(ctx: Context<'_>, so_far: &Extraction, tie: Found) -> Tie {
    Tie {
        kind: tie.kind,
        a: tie.a,
        b: tie.b,
        range: tie.range,
        time: crate::time::of_clause(ctx.parsed, &so_far.times, tie.at),
        attribution: said_in(so_far, tie.range),
        rule: tie.rule,
    }
}

/// The innermost attribution whose content holds the words.
fn said_in(so_far: &Extraction, range: TextRange) -> Option<AttributionId> {
    let holding = so_far.attributions.iter_ids().filter_map(|(id, row)| {
        let part = row.content.iter().filter(|part| part.contains(range)).min_by_key(|part| part.len())?;
        Some((part.len(), id))
    });
    holding.min().map(|(_, id)| id)
}
