//! Lists and ranges that share a month or a century: "15-16 September", "April 24 and 25", "1998-99".
//!
//! Each day or year becomes an expression of its own, as TIMEX3 has it.

use super::super::figure::Figure;
use super::super::item::{Cursor, Sign};
use super::super::meaning::Span;
use super::super::meaning::{Found, What, When, Year};
use super::calendar::{day_first, year_after};
use super::number::day;
use tolmach_lexicon::time::Role;

/// Days that one month is said for at the end.
const DAYS: usize = 5;

/// "15" of "15-16 September", "3" of "3, 10 and 17 October".
pub fn days_before(c: Cursor<'_>) -> Option<Found> {
    let (first, after) = day(c)?;
    if first > 31 {
        return None;
    }
    let mut at = after;
    for _ in 0..DAYS {
        let next = joint(at)?;
        if let Some(((When::Calendar { year, span: Span::Day(month, _), pointer, fiscal }, rule), _)) =
            day_first(next)
        {
            let when = When::Calendar { year, span: Span::Day(month, first), pointer, fiscal };
            let what = What::when(when);
            return Some(Found { start: c.at, end: after.at, what, modifier: None, rule });
        }
        at = day(next)?.1;
    }
    None
}

fn joint(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let comma = c.sign(Sign::Comma).map(|c| c.skip(Role::And));
    comma.or_else(|| c.sign(Sign::Dash)).or_else(|| c.take_any(&[Role::And, Role::To, Role::Or]))
}

/// "25" of "April 24 and 25", "-99" of "1998-99": `last` ends where `c` stands.
pub fn next_in_list(last: &Found, c: Cursor<'_>) -> Option<Found> {
    let What::Point(point) = last.what else { return None };
    let Some(When::Calendar { year, span, pointer, fiscal }) = point.when else { return None };
    let next = joint(c)?;
    let (span, year, after) = match span {
        Span::Day(month, before) => {
            let (day, after) =
                day(next).filter(|_| matches!(next.figure(), Figure::Number { .. } | Figure::Ordinal(_)))?;
            let fits = day > before && day <= 31 && !is_counted(after);
            let (year, after) = year_after(after).unwrap_or((year, after));
            fits.then_some((Span::Day(month, day), year, after))?
        }
        Span::Whole if c.item().sign == Sign::Dash => {
            let (Year::Given(first), Figure::Number { value, digits: 1 | 2 }) = (year, next.figure()) else {
                return None;
            };
            let scale = if value < 10 { 10 } else { 100 };
            let second = i32::from(first) - i32::from(first) % scale + value as i32;
            let fits = second > i32::from(first) && !is_counted(next.next()) && c.item().glued;
            fits.then_some((Span::Whole, Year::Given(second as i16), next.next()))?
        }
        _ => return None,
    };
    let when = When::Calendar { year, span, pointer, fiscal };
    let (what, rule) = (What::when(when), last.rule);
    Some(Found { start: next.at, end: after.at, what, modifier: None, rule })
}

/// Whether the number before `c` counts something or names another month's day.
fn is_counted(c: Cursor<'_>) -> bool {
    let word = c.word();
    c.is(Role::Measure) || word.unit.is_some() || (word.month > 0 && c.item().capital)
}
