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
    let said = Said::new(so_far);
    let rows: Vec<Tie> = found.into_iter().map(|tie| row(ctx, so_far, &said, &tie)).collect();
    rows.into()
}

fn row(ctx: Context<'_>, so_far: &Extraction, said: &Said, tie: &Found) -> Tie {
    Tie {
        kind: tie.kind,
        a: tie.a,
        b: tie.b,
        range: tie.range,
        time: crate::time::of_clause(ctx.parsed, &so_far.times, tie.at),
        attribution: said.around(tie.range),
        rule: tie.rule,
    }
}

/// What is said by somebody, in text order.
struct Said(Vec<(TextRange, AttributionId)>);

impl Said {
    fn new(so_far: &Extraction) -> Self {
        let mut all: Vec<(TextRange, AttributionId)> = Vec::new();
        for (id, row) in so_far.attributions.iter_ids() {
            all.extend(row.content.iter().map(|part| (*part, id)));
        }
        all.sort();
        Self(all)
    }

    /// The innermost attribution whose content holds the words; only the last 64 contents that begin before them count.
    fn around(&self, range: TextRange) -> Option<AttributionId> {
        let after = self.0.partition_point(|(part, _)| part.start() <= range.start());
        let near = self.0[after.saturating_sub(64)..after].iter().filter(|(part, _)| part.contains(range));
        near.min_by_key(|(part, _)| part.len()).map(|(_, id)| *id)
    }
}
