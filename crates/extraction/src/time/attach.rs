//! Which time belongs to a word: the one its clause is dated by.
//!
//! Reads the parse only. It does not guess a date for a clause without one, and it leaves a reporting
//! verb's date ("said on Monday that …") with the reporting verb.

use tolmach_document::{Dep, Parsed, Table, TimeExpression, TimeId, TimeKind};

/// The time that dates the clause of token `at`: attached to it, else to the predicate it is an argument of,
/// else the nearest other time of the sentence that no outer clause claims. Durations and sets never date.
#[must_use]
pub fn of_clause(parsed: Parsed<'_>, times: &Table<TimeExpression>, at: usize) -> Option<TimeId> {
    let sentence = parsed.sentence(at).range;
    let clause = clause_of(parsed, at);
    in_sentence(times, sentence.start(), sentence.end())
        .filter_map(|(id, row)| rank(parsed, row, at, &clause).map(|rank| (row.interval.is_none(), rank, id)))
        .min_by_key(|(vague, (tier, distance), id)| (*tier, *vague, *distance, *id))
        .map(|(.., id)| id)
}

/// Times that date something, between two bytes of the text; found by bisection, for texts with many times.
fn in_sentence(
    times: &Table<TimeExpression>,
    start: usize,
    end: usize,
) -> impl Iterator<Item = (TimeId, &TimeExpression)> {
    let rows = times.iter().as_slice();
    let first = rows.partition_point(|row| row.range.start() < start);
    (first..rows.len())
        .map(move |index| (TimeId::new(index), &rows[index]))
        .take_while(move |(_, row)| row.range.start() < end)
        .filter(|(_, row)| matches!(row.kind, TimeKind::Date | TimeKind::Time))
}

/// The predicates that `at` shares its date with, nearest first; ends where another clause begins.
fn clause_of(parsed: Parsed<'_>, at: usize) -> Vec<usize> {
    let mut out = vec![at];
    let mut top = at;
    while !parsed.is_root(top) && shares_date(parsed, top) {
        top = parsed.head(top);
        out.push(top);
    }
    out
}

/// Whether the date of `t`'s head dates `t` too: arguments and coordinate verbs, not clauses of their own.
fn shares_date(parsed: Parsed<'_>, t: usize) -> bool {
    !matches!(
        parsed.dep(t),
        Dep::Ccomp | Dep::Advcl | Dep::Relcl | Dep::Acl | Dep::Csubj | Dep::Csubjpass | Dep::Parataxis
    )
}

/// Lower is nearer: (0, _) hangs on the word itself, (1, _) on its predicate, (2, _) loose in the sentence.
fn rank(parsed: Parsed<'_>, row: &TimeExpression, at: usize, clause: &[usize]) -> Option<(u8, usize)> {
    let holder = holder(parsed, row)?;
    if let Some(steps) = clause.iter().position(|t| *t == holder) {
        return Some((u8::from(steps > 0), steps * 1000 + holder.abs_diff(at)));
    }
    if parsed.is_under(at, holder) {
        return None;
    }
    Some((2, holder.abs_diff(at)))
}

/// The word that a time modifies: the first head outside it that is no preposition.
fn holder(parsed: Parsed<'_>, row: &TimeExpression) -> Option<usize> {
    let tokens = parsed.tokens_in(row.range);
    let mut top = tokens.iter().find(|t| parsed.is_root(*t) || !tokens.holds(parsed.head(*t)))?;
    while !parsed.is_root(top) {
        let link = parsed.dep(top);
        top = parsed.head(top);
        let passes = parsed.dep(top) == Dep::Prep || (link == Dep::Pobj && tokens.holds(top));
        if !passes && !tokens.holds(top) {
            break;
        }
    }
    Some(top)
}
