//! The words that point: "this", "last", "the following", "year-ago" — and units that are pointed at.
//!
//! Says where a time is counted from; the counting is the anchoring pass's.

use super::super::item::{Cursor, Sign};
use super::super::meaning::{Pointer, When, Year};
use super::calendar::{self, Named};
use super::number::ordinal;
use super::{Step, clock};
use tolmach_lexicon::time::{PartOfDay, Role, Unit};

/// "this", "the last", "this past", "that same", "the": at least one word.
pub fn pointer(c: Cursor<'_>) -> Step<'_, Pointer> {
    let start = c.skip(Role::The);
    let first = one(start);
    let Some((first, after)) = first else {
        return (start.at != c.at).then_some((Pointer::The, start));
    };
    match (first, one(after)) {
        // "this past spring", "this coming Sunday", "that same year", "the very same day".
        (Pointer::This, Some((second @ (Pointer::Last | Pointer::Next | Pointer::Same), after))) => {
            Some((second, after))
        }
        (Pointer::Same | Pointer::This, Some((Pointer::Same | Pointer::This, after))) => Some((first, after)),
        // "the next day" is the day after the one told of; "next week" is the week after this one.
        (Pointer::Next, _) if start.at != c.at && is_day(after) => Some((Pointer::Following, after)),
        _ => Some((first, after)),
    }
}

fn is_day(c: Cursor<'_>) -> bool {
    c.word().part.is_some() || c.unit().is_some_and(|(unit, plural, _)| unit == Unit::Day && !plural)
}

fn one(c: Cursor<'_>) -> Step<'_, Pointer> {
    let pointer = [
        (Role::This, Pointer::This),
        (Role::Current, Pointer::This),
        (Role::That, Pointer::Same),
        (Role::Same, Pointer::Same),
        (Role::Last, Pointer::Last),
        (Role::Previous, Pointer::Previous),
        (Role::Next, Pointer::Next),
        (Role::Coming, Pointer::Next),
        (Role::Following, Pointer::Following),
        (Role::Latest, Pointer::Latest),
    ];
    let word = c.word();
    pointer.into_iter().find(|(role, _)| word.is(*role)).map(|(_, pointer)| (pointer, c.next()))
}

/// The year that a pointed-at "year" is.
pub fn year(pointer: Pointer) -> Year {
    match pointer {
        Pointer::None | Pointer::This => Year::Turn(0),
        Pointer::Last | Pointer::Latest => Year::Turn(-1),
        Pointer::Next => Year::Turn(1),
        Pointer::Previous => Year::Story(-1),
        Pointer::Following => Year::Story(1),
        Pointer::The | Pointer::Same => Year::Story(0),
    }
}

/// "year-ago", "year-earlier", with "comparable" before it: a year before what is spoken of.
pub fn year_ago(c: Cursor<'_>) -> Step<'_, Year> {
    let start = c.skip(Role::Corresponding);
    let (unit, plural, after) = start.unit()?;
    if unit != Unit::Year || plural {
        return None;
    }
    let after = after.hyphen()?.take_any(&[Role::Ago, Role::Earlier, Role::Before])?;
    Some((Year::Story(-1), after))
}

/// Whether what follows "1990's" makes it the owner of a quarter.
pub fn possessed(c: Cursor<'_>) -> bool {
    ordinal(c).is_some() || c.is(Role::Fiscal) || c.is(Role::Half)
}

/// "this week", "the following year", "last Friday", "next summer", "the quarter", "that night".
pub fn pointed(c: Cursor<'_>) -> Step<'_, (Named, Option<PartOfDay>)> {
    let (pointer, after) = pointer(c)?;
    pointed_date(pointer, after)
        .map(|(named, after)| ((named, None), after))
        .or_else(|| pointed_part(pointer, after))
        .or_else(|| period(pointer, after).map(|(named, after)| ((named, None), after)))
        .or_else(|| pointed_unit(pointer, after).map(|(named, after)| ((named, None), after)))
}

/// A weekday, month or season that is pointed at.
fn pointed_date(pointer: Pointer, c: Cursor<'_>) -> Step<'_, Named> {
    if pointer == Pointer::The {
        return None;
    }
    if let Some((weekday, after)) = calendar::weekday(c) {
        let comma = after.sign(Sign::Comma).map(|after| after.skip(Role::The));
        let dated = comma.and_then(|c| calendar::month_first(c, Pointer::None));
        return dated.or(Some(((When::Weekday { weekday, pointer }, "time.weekday"), after)));
    }
    calendar::month_first(c, pointer).or_else(|| calendar::season(c, pointer))
}

/// "this morning", "last night", "the next morning", "that same evening".
fn pointed_part(pointer: Pointer, c: Cursor<'_>) -> Step<'_, (Named, Option<PartOfDay>)> {
    let (part, after) = clock::part(c)?;
    if c.word().deictic.is_some() {
        return None;
    }
    let night_before = pointer == Pointer::Last;
    let (pointer, by) = match pointer {
        Pointer::Last if night_before => (Pointer::This, -1),
        Pointer::The => (Pointer::Same, 0),
        other => (other, 0),
    };
    let when = When::Unit { unit: Unit::Day, pointer, by };
    Some((((when, "time.part-of-day"), Some(part)), after))
}

/// A unit that is pointed at; "the" alone points only at units that reports count in.
fn pointed_unit(pointer: Pointer, c: Cursor<'_>) -> Step<'_, Named> {
    let fiscal = c.is(Role::Fiscal);
    let filled = fillers(c);
    let (unit, plural, after) = filled.free_unit()?;
    if plural {
        return None;
    }
    let counted = matches!(unit, Unit::Week | Unit::Weekend | Unit::Month | Unit::Quarter | Unit::Year);
    let full = filled.at != c.at;
    if pointer == Pointer::The {
        return the_unit(unit, after).or_else(|| {
            (counted || (fiscal && full))
                .then_some(((When::Unit { unit, pointer, by: 0 }, "time.unit-reference"), after))
        });
    }
    Some(((When::Unit { unit, pointer, by: 0 }, "time.unit-reference"), after))
}

/// "the day before", "the week after", "the month before last", "the day before yesterday".
fn the_unit(unit: Unit, c: Cursor<'_>) -> Step<'_, Named> {
    let before = c.is(Role::Before) || c.is(Role::Earlier);
    let after = c.is(Role::After) || c.is(Role::Later);
    if !before && !after {
        return None;
    }
    let rest = c.next();
    let named = |pointer, by| (When::Unit { unit, pointer, by }, "time.unit-reference");
    if rest.is(Role::Last) && before && rest.next().word().unit.is_none() {
        return Some((named(Pointer::Last, -1), rest.next()));
    }
    if after && rest.is(Role::Next) {
        return Some((named(Pointer::Next, 1), rest.next()));
    }
    if let Some(days) = rest.word().deictic.filter(|days| *days != 0) {
        return Some((named(Pointer::This, i16::from(days.signum()) * 2), rest.next()));
    }
    closes(rest).then(|| (named(if before { Pointer::Previous } else { Pointer::Following }, 0), rest))
}

/// Whether nothing that could belong to "before" or "after" follows.
pub fn closes(c: Cursor<'_>) -> bool {
    matches!(c.item().sign, Sign::Comma | Sign::Stop | Sign::Close) || c.is(Role::And)
}

/// "the latest period", "the same period last year", "the corresponding period of 1988".
fn period(pointer: Pointer, c: Cursor<'_>) -> Step<'_, Named> {
    let corresponding = c.is(Role::Corresponding);
    let after = c.skip(Role::Corresponding);
    let quarter = after.unit().is_some_and(|(unit, plural, _)| unit == Unit::Quarter && !plural);
    let compared = quarter && (corresponding || a_year_ago(after.next()).is_some());
    if !after.is(Role::Period) && !compared {
        return None;
    }
    let after = after.next();
    if let Some((year, after)) = calendar::year_after(after).or_else(|| a_year_ago(after)) {
        return Some(((When::Echo { year, part: true }, "time.year-earlier"), after));
    }
    let year = match pointer {
        Pointer::Latest | Pointer::This | Pointer::Same => Year::Story(0),
        Pointer::Previous => Year::Story(-1),
        _ if corresponding => Year::Story(-1),
        _ => return None,
    };
    Some(((When::Echo { year, part: true }, "time.period"), after))
}

/// "a year ago", "a year earlier" behind a period.
fn a_year_ago(c: Cursor<'_>) -> Step<'_, Year> {
    let (unit, plural, after) = c.take(Role::A)?.unit()?;
    let after = after.take_any(&[Role::Ago, Role::Earlier, Role::Before])?;
    (unit == Unit::Year && !plural).then_some((Year::Story(-1), after))
}

/// Past the adjectives between a number or pointer and its unit: "full", "trading", "consecutive".
pub fn fillers(c: Cursor<'_>) -> Cursor<'_> {
    let mut at = c;
    for _ in 0..3 {
        let Some(after) = at.take(Role::Filler) else { break };
        at = after.skip_hyphen();
    }
    at
}

/// "today", "yesterday", "tomorrow", "tonight".
pub fn deictic(c: Cursor<'_>) -> Step<'_, (Named, Option<PartOfDay>)> {
    let days = c.word().deictic?;
    let when = When::Unit { unit: Unit::Day, pointer: Pointer::This, by: i16::from(days) };
    Some((((when, "time.deictic"), c.word().part), c.next()))
}
