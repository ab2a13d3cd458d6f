//! Lengths of time and what is counted with them: "five years", "10-hour", "the last two weeks", "months",
//! "a year ago", "two days later".
//!
//! Whether a bare "days" or "seconds" is a length at all is asked later, with the parse at hand.

use super::super::item::{Cursor, Sign};
use super::super::meaning::{Amount, Length, What, When};
use super::number::{amount, half_more, number};
use super::{Step, pointer};
use tolmach_lexicon::time::{Number, Role, Unit};

/// An amount of one unit, with what may follow it inside the expression.
pub fn measure(c: Cursor<'_>) -> Step<'_, Length> {
    let (first, after) = half_of(c).or_else(|| counted(c)).or_else(|| single(c))?;
    let (length, after) = compound(first, after);
    Some((length, or_so(after)))
}

/// "18 months", "10-hour", "several full years", "two more weeks".
fn counted(c: Cursor<'_>) -> Step<'_, (Amount, Unit)> {
    let (amount, after) = amount(c)?;
    let joined = after.hyphen();
    let filled = pointer::fillers(joined.unwrap_or(after));
    let (unit, _, after) = filled.unit()?;
    if unit == Unit::Quarter && joined.is_some() {
        return None;
    }
    Some(((amount, unit), after))
}

/// "a week", "an additional year", "another month": one of it.
fn single(c: Cursor<'_>) -> Step<'_, (Amount, Unit)> {
    let after = c.take(Role::A)?;
    let (unit, plural, after) = pointer::fillers(after).free_unit()?;
    if plural || matches!(unit, Unit::Quarter | Unit::Weekend) {
        return None;
    }
    match half_more(after) {
        Some(after) => Some(((Amount::Exact(1.5), unit), after)),
        None => Some(((Amount::Exact(1.0), unit), after)),
    }
}

/// "half an hour", "half-century", "a half year", "a quarter of a century".
fn half_of(c: Cursor<'_>) -> Step<'_, (Amount, Unit)> {
    let start = c.skip(Role::A);
    let (value, after) = if let Some(after) = start.take(Role::Half) {
        (0.5, after)
    } else {
        let quarters = if start.at == c.at { number(c)? } else { (1.0, start) };
        let (unit, _, after) = quarters.1.skip_hyphen().unit()?;
        if unit != Unit::Quarter || !after.is(Role::Of) {
            return None;
        }
        (quarters.0 * 0.25, after)
    };
    let after = after.skip_hyphen().skip(Role::Of).skip(Role::A);
    let (unit, plural, after) = after.unit()?;
    (!plural && unit != Unit::Quarter).then_some(((Amount::Exact(value), unit), after))
}

/// "… and three months", "…, 3 months", "… and a half".
fn compound(first: (Amount, Unit), c: Cursor<'_>) -> (Length, Cursor<'_>) {
    let plain = Length { first, second: None };
    if let (Amount::Exact(value), Some(after)) = (first.0, half_more(c)) {
        if value.fract() == 0.0 {
            return (Length { first: (Amount::Exact(value + 0.5), first.1), second: None }, after);
        }
    }
    let joined = c.take(Role::And).or_else(|| c.sign(Sign::Comma).map(|c| c.skip(Role::And)));
    let second = joined.and_then(|c| {
        let (value, after) = number(c)?;
        let (unit, _, after) = after.unit()?;
        goes_on(first.1, unit).then_some(((Amount::Exact(value), unit), after))
    });
    match second {
        Some((second, after)) if matches!(first.0, Amount::Exact(_)) => {
            (Length { first, second: Some(second) }, after)
        }
        _ => (plain, c),
    }
}

/// Years go on in months, hours in minutes; "two years and 3 hours" are two lengths.
fn goes_on(first: Unit, second: Unit) -> bool {
    match first {
        Unit::Year => second == Unit::Month,
        Unit::Month => matches!(second, Unit::Week | Unit::Day),
        Unit::Week => second == Unit::Day,
        Unit::Day => second == Unit::Hour,
        Unit::Hour => second == Unit::Minute,
        Unit::Minute => second == Unit::Second,
        _ => false,
    }
}

/// "or so", "or two", "or more", "or less" stay in the expression.
fn or_so(c: Cursor<'_>) -> Cursor<'_> {
    let Some(after) = c.take(Role::Or) else { return c };
    if after.is(Role::Loose) || matches!(after.word().number, Number::Cardinal(_)) {
        let next = after.next();
        if next.word().unit.is_none() {
            return next;
        }
    }
    c
}

/// A length as an expression of its own, pointed at or not.
pub fn length(c: Cursor<'_>) -> Step<'_, (What, &'static str)> {
    let direct = measure(c).or_else(|| determined(c)).or_else(|| bare(c)).or_else(|| one_word(c));
    let (length, after) = direct?;
    let after = tail(after)?;
    Some(((What::Length(length), "time.duration"), after))
}

/// "the last five years", "those two weeks", "the first nine months", "recent years", "coming weeks".
fn determined(c: Cursor<'_>) -> Step<'_, Length> {
    let start = each_of(c);
    let pointed = pointer::pointer(start).map(|(_, after)| after);
    let after = pointed.or_else(|| start.take_any(&[Role::These, Role::Recent, Role::Future]));
    let after = after.unwrap_or(start);
    let after = if after.word().ordinal > 0 && after.word().ordinal < 3 { after.next() } else { after };
    let after = after.take_any(&[Role::Recent, Role::Coming, Role::Filler]).unwrap_or(after);
    if after.at == start.at {
        return None;
    }
    if let Some((first, after)) = half_of(after).or_else(|| counted(after)) {
        let (length, after) = compound(first, after);
        return Some((length, or_so(after)));
    }
    bare(after)
}

/// "each of the past three years": the length of it.
fn each_of(c: Cursor<'_>) -> Cursor<'_> {
    c.take(Role::Each).and_then(|after| after.take(Role::Of)).unwrap_or(c)
}

/// "years", "weeks or months", "days", "decades".
fn bare(c: Cursor<'_>) -> Step<'_, Length> {
    let (unit, plural, after) = pointer::fillers(c).free_unit()?;
    if !plural {
        return None;
    }
    let joined = after.take_any(&[Role::Or, Role::And]).and_then(Cursor::unit);
    let after = joined.filter(|(_, plural, _)| *plural).map_or(after, |(.., after)| after);
    Some((Length { first: (Amount::Vague, unit), second: None }, after))
}

/// "weeklong", "day-long", "decades-long".
fn one_word(c: Cursor<'_>) -> Step<'_, Length> {
    if let (true, Some(unit)) = (c.word().long, c.word().unit) {
        return Some((Length { first: (Amount::Exact(1.0), unit), second: None }, c.next()));
    }
    let (unit, plural, after) = c.unit()?;
    let after = after.hyphen()?.take(Role::Long)?;
    let amount = if plural { Amount::Vague } else { Amount::Exact(1.0) };
    Some((Length { first: (amount, unit), second: None }, after))
}

/// "-long", "ahead": inside the expression. Ages ("6-year-old", "52 years old") are quantities, not times.
fn tail(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let joined = c.skip_hyphen();
    if joined.is(Role::Old) {
        return None;
    }
    let long = c.hyphen().and_then(|after| after.take(Role::Long));
    Some(long.or_else(|| c.take(Role::Ahead)).unwrap_or(c))
}

/// "a year ago", "two days later", "three weeks from now": a date counted from now or from the story.
pub fn shifted(c: Cursor<'_>) -> Step<'_, (When, &'static str)> {
    let (length, after) = measure(c).or_else(|| bare(c))?;
    let (forward, story, after) = direction(after)?;
    let (amount, unit) = length.first;
    let halves = match amount {
        Amount::Exact(value) if value < 10_000.0 => Some((value * 2.0) as i32),
        _ => None,
    };
    let rule = if story { "time.later" } else { "time.ago" };
    Some(((When::Shift { unit, halves, story, forward }, rule), after))
}

/// Whether forward, whether counted from the story.
fn direction(c: Cursor<'_>) -> Option<(bool, bool, Cursor<'_>)> {
    if let Some(after) = c.take(Role::Ago) {
        return Some((false, false, after));
    }
    if let Some(after) = c.take(Role::From).and_then(|c| c.take(Role::Now).or_else(|| today(c))) {
        return Some((true, false, after));
    }
    if let Some(after) = c.take(Role::Earlier) {
        return Some((false, true, after));
    }
    if let Some(after) = c.take(Role::Later) {
        return Some((true, true, after));
    }
    let before = c.take_any(&[Role::Before, Role::After])?;
    pointer::closes(before).then(|| (c.is(Role::After), true, before))
}

fn today(c: Cursor<'_>) -> Option<Cursor<'_>> {
    (c.word().deictic == Some(0)).then(|| c.next())
}
