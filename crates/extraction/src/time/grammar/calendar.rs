//! Calendar dates: months with days and years, weekdays, quarters, seasons, decades, centuries, bare years.
//!
//! Reads forward only, a bounded number of tokens. Whether "May" or "1500" is a time at all is asked later,
//! with the parse at hand.

use super::super::figure::{Figure, Prefix};
use super::super::item::{Cursor, Sign};
use super::super::meaning::{Pointer, Span, When, Year};
use super::number::{day, ordinal, spelled};
use super::{Step, pointer};
use tolmach_lexicon::time::{Modifier, Number, Role, Unit};

/// A rule's id with what it read.
pub type Named = (When, &'static str);

/// Any calendar date, without determiner.
pub fn calendar(c: Cursor<'_>) -> Step<'_, Named> {
    numeric(c)
        .or_else(|| weekday_date(c))
        .or_else(|| quarter(c))
        .or_else(|| month_first(c, Pointer::None))
        .or_else(|| day_first(c))
        .or_else(|| season(c, Pointer::None))
        .or_else(|| decade(c))
        .or_else(|| century(c))
        .or_else(|| fiscal_year(c))
        .or_else(|| echo(c))
        .or_else(|| year(c).map(|(year, after)| ((When::calendar(year, Span::Whole), "time.year"), after)))
}

/// "2024-04-16", "16.04.2024", "12/05/1998".
fn numeric(c: Cursor<'_>) -> Step<'_, Named> {
    let (parts, after) = match c.figure() {
        Figure::Date(year, month, day) => ((year, month, day), c.next()),
        Figure::Number { value: year @ 1000..=2199, digits: 4 } => {
            let (month, after) = two_figures(c.next().hyphen()?)?;
            let (day, after) = two_figures(after.hyphen()?)?;
            ((year as u16, month, day), after)
        }
        _ => return None,
    };
    let (year, month, day) = parts;
    let when = When::calendar(Year::Given(year as i16), Span::Day(month, day));
    Some(((when, "time.numeric-date"), after))
}

fn two_figures(c: Cursor<'_>) -> Step<'_, u8> {
    match c.figure() {
        Figure::Number { value, digits: 2 } => Some((value as u8, c.next())),
        _ => None,
    }
}

/// "Friday", "Friday, Oct. 23", "Friday last week".
fn weekday_date(c: Cursor<'_>) -> Step<'_, Named> {
    let (weekday, after) = weekday(c)?;
    let comma = after.skip_sign(Sign::Comma);
    if let Some(dated) = full_date(comma.skip(Role::The)) {
        return Some(dated);
    }
    Some(((When::Weekday { weekday, pointer: Pointer::None }, "time.weekday"), after))
}

/// A month with a day, in either order.
fn full_date(c: Cursor<'_>) -> Step<'_, Named> {
    month_first(c, Pointer::None)
        .or_else(|| day_first(c))
        .filter(|((when, _), _)| matches!(when, When::Calendar { span: Span::Day(..), .. }))
}

/// One day of the week, singular.
pub fn weekday(c: Cursor<'_>) -> Step<'_, u8> {
    let word = c.word();
    if word.weekday == 0 || word.plural || (word.short && !c.item().capital) {
        return None;
    }
    let after = if word.short { c.next().skip_sign(Sign::Stop) } else { c.next() };
    Some((word.weekday, after))
}

/// A month's name.
pub fn month(c: Cursor<'_>) -> Step<'_, u8> {
    let word = c.word();
    if word.month == 0 || (!c.item().capital && (word.shy || word.short)) {
        return None;
    }
    Some((word.month, c.next()))
}

/// "August", "August 1988", "Aug. 10, 1988", "August 10th", "July last year".
pub fn month_first(c: Cursor<'_>, pointer: Pointer) -> Step<'_, Named> {
    let (month, after) = month(c)?;
    let dated = |span, year, rule, after| {
        let when = When::Calendar { year, span, pointer, fiscal: false };
        Some(((when, rule), after))
    };
    if let Some((day, after)) = month_day(after) {
        let (year, after) = year_after(after).unwrap_or((Year::Open, after));
        return dated(Span::Day(month, day), year, "time.calendar-date", after);
    }
    let (year, after) = year_after(after).unwrap_or((Year::Open, after));
    dated(Span::Month(month), year, "time.month", after)
}

/// The day behind a month: not "May 10 percent", not "June 20,000", not "March 10:30".
fn month_day(c: Cursor<'_>) -> Step<'_, u8> {
    let start = c.skip(Role::The);
    let (value, after) = day(start)?;
    if start.at != c.at && !matches!(c.next().figure(), Figure::Ordinal(_)) && c.next().word().ordinal == 0 {
        return None;
    }
    // "August 10 percent": an amount, not a day. "March first quarter": the quarter's number.
    let counts = after.is(Role::Measure) || after.word().unit.is_some();
    (!counts).then_some((value, after))
}

/// "10 August", "the 10th of August, 1988".
pub fn day_first(c: Cursor<'_>) -> Step<'_, Named> {
    let (day, after) = day(c)?;
    let after = after.skip_hyphen();
    let (month, after) = month(after.skip(Role::Of))?;
    let (year, after) = year_after(after).unwrap_or((Year::Open, after));
    Some(((When::calendar(year, Span::Day(month, day)), "time.calendar-date"), after))
}

/// A year behind a month, season or quarter: "1988", ", 1988", "of 1988", "last year", "of that year".
pub fn year_after(c: Cursor<'_>) -> Step<'_, Year> {
    let joined = c.sign(Sign::Comma).or_else(|| c.take(Role::Of)).unwrap_or(c);
    let start = joined.skip(Role::Fiscal);
    if let Some(found) = year(start) {
        // "August 2000 troops" is settled by the parse; "August, 2000 troops" is not a date here.
        return Some(found);
    }
    if c.item().sign == Sign::Comma {
        return None;
    }
    relative_year(joined)
}

/// "last year", "this year", "of the following year", "the same year".
pub fn relative_year(c: Cursor<'_>) -> Step<'_, Year> {
    let (pointer, after) = pointer::pointer(c)?;
    let (unit, plural, after) = after.skip(Role::Fiscal).unit()?;
    if unit != Unit::Year || plural {
        return None;
    }
    Some((pointer::year(pointer), after))
}

/// A year by itself: "1988", "'98", "329 BC", "A.D. 79", "the year two thousand", "nineteen ninety-seven".
pub fn year(c: Cursor<'_>) -> Step<'_, Year> {
    era_year(c).or_else(|| plain_year(c)).or_else(|| spoken_year(c))
}

fn plain_year(c: Cursor<'_>) -> Step<'_, Year> {
    match c.figure() {
        Figure::Number { value: value @ 1000..=2199, digits: 4 } => {
            Some((Year::Given(value as i16), c.next()))
        }
        // Figures with their own apostrophe ("'98") are marked by a third digit.
        Figure::Number { value: value @ 0..=99, digits: 3 } => Some((Year::Short(value as u8), c.next())),
        Figure::Years(value) => Some((Year::Given(value as i16), c.next())),
        Figure::Number { value: value @ 0..=99, digits: 2 } if c.back().item().sign == Sign::Apostrophe => {
            c.back().item().glued.then(|| (Year::Short(value as u8), c.next()))
        }
        _ if c.item().sign == Sign::Apostrophe && c.item().glued => match c.next().figure() {
            Figure::Number { value: value @ 0..=99, digits: 2 } => {
                Some((Year::Short(value as u8), c.next().next()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// "329 BC", "79 AD", "A.D. 79".
fn era_year(c: Cursor<'_>) -> Step<'_, Year> {
    if let Some(after) = c.take(Role::Ad).filter(|_| c.item().capital) {
        if let Figure::Number { value: value @ 1..=2199, .. } = after.figure() {
            return Some((Year::Given(value as i16), after.next()));
        }
    }
    let Figure::Number { value: value @ 1..=4999, .. } = c.figure() else { return None };
    let after = c.next();
    if after.is(Role::Bc) && after.item().capital {
        return Some((Year::Given(1 - value as i16), after.next()));
    }
    (after.is(Role::Ad) && after.item().capital).then(|| (Year::Given(value as i16), after.next()))
}

/// "nineteen ninety-seven", "nineteen oh five" is not read, "two thousand (and one)" after "the year".
fn spoken_year(c: Cursor<'_>) -> Step<'_, Year> {
    let Number::Cardinal(century @ 10..=20) = c.word().number else { return None };
    let rest = c.next();
    let Number::Cardinal(10..) = rest.word().number else { return None };
    let (low, after) = spelled(rest)?;
    (low < 100.0).then(|| (Year::Given(i16::from(century) * 100 + low as i16), after))
}

/// "the year 2000", "the year two thousand": `c` stands at "year".
pub fn named_year(c: Cursor<'_>) -> Step<'_, Named> {
    let (unit, plural, after) = c.unit()?;
    if unit != Unit::Year || plural {
        return None;
    }
    let (year, after) = year(after).or_else(|| {
        let (value, after) = spelled(after)?;
        (1000.0..2200.0).contains(&value).then_some((Year::Given(value as i16), after))
    })?;
    Some(((When::calendar(year, Span::Whole), "time.year"), after))
}

/// "summer", "the summer of 1969", "summer 2021", "winter 2021/22".
pub fn season(c: Cursor<'_>, pointer: Pointer) -> Step<'_, Named> {
    let season = c.word().season.filter(|_| !c.word().plural)?;
    let after = c.next();
    let (year, after) = year_after(after).unwrap_or((Year::Open, after));
    let when = When::Calendar { year, span: Span::Season(season), pointer, fiscal: false };
    Some(((when, "time.season"), after))
}

/// "1990s", "the '80s", "the nineties", "nineteen eighties", "the 1950's".
fn decade(c: Cursor<'_>) -> Step<'_, Named> {
    let (value, after) = match c.figure() {
        Figure::Decade(value) => (value, c.next()),
        Figure::Number { value: value @ 1000..=2190, digits: 4 }
            if value % 10 == 0 && c.next().item().sign == Sign::Possessive && c.item().glued =>
        {
            // "1950's" the decade, but "1990's first quarter" the year's.
            let after = c.next().next();
            if pointer::possessed(after) {
                return None;
            }
            (value as u16, after)
        }
        _ if c.item().sign == Sign::Apostrophe => match c.next().figure() {
            Figure::Decade(value) if value < 100 => (value, c.next().next()),
            _ => return None,
        },
        _ => spoken_decade(c)?,
    };
    Some(((When::Decade(value), "time.decade"), after))
}

fn spoken_decade(c: Cursor<'_>) -> Step<'_, u16> {
    let word = c.word();
    if word.decade > 0 {
        return Some((u16::from(word.decade), c.next()));
    }
    match word.number {
        Number::Cardinal(century @ 15..=20) if c.next().word().decade > 0 => {
            Some((u16::from(century) * 100 + u16::from(c.next().word().decade), c.next().next()))
        }
        _ => None,
    }
}

/// "20th century", "nineteenth-century", "XIX century", "third century BC".
fn century(c: Cursor<'_>) -> Step<'_, Named> {
    let (number, after) = match c.figure() {
        Figure::Roman(number) => (number, c.next()),
        _ => ordinal(c)?,
    };
    let (unit, plural, after) = after.skip_hyphen().unit()?;
    if unit != Unit::Century || plural {
        return None;
    }
    let number = i8::try_from(number).ok()?;
    let bc = after.is(Role::Bc) && after.item().capital;
    let after = if bc || (after.is(Role::Ad) && after.item().capital) { after.next() } else { after };
    Some(((When::Century(if bc { -number } else { number }), "time.century"), after))
}

/// "third quarter", "Q3 2021", "fiscal first quarter of 1989", "1988 third quarter", "first half of 1990".
fn quarter(c: Cursor<'_>) -> Step<'_, Named> {
    let (year, start) = year_before(c);
    let fiscal = start.is(Role::Fiscal);
    let (span, after) = part_of_year(start.skip(Role::Fiscal).skip_hyphen())?;
    let (year, after) = match year {
        Some(year) => (year, after),
        None => year_after(after).unwrap_or((Year::Open, after)),
    };
    if matches!(span, Span::Half(_)) && year == Year::Open {
        return None;
    }
    let when = When::Calendar { year, span, pointer: Pointer::None, fiscal };
    Some(((when, "time.quarter"), after))
}

/// "1988", "1988's", "last year's", "year-ago" before a quarter.
fn year_before(c: Cursor<'_>) -> (Option<Year>, Cursor<'_>) {
    let c = if c.is(Role::Fiscal) && plain_year(c.next()).is_some() { c.next() } else { c };
    let found = plain_year(c).or_else(|| relative_year(c)).or_else(|| pointer::year_ago(c));
    match found {
        Some((year, after)) => (Some(year), after.skip_sign(Sign::Possessive).skip_sign(Sign::Apostrophe)),
        None => (None, c),
    }
}

fn part_of_year(c: Cursor<'_>) -> Step<'_, Span> {
    match c.figure() {
        Figure::Quarter(quarter) => return Some((Span::Quarter(quarter), c.next())),
        Figure::Half(half) => return Some((Span::Half(half), c.next())),
        _ => {}
    }
    let last = c.is(Role::Last);
    let (number, after) = if last { (2, c.next()) } else { ordinal(c)? };
    let after = after.skip_hyphen();
    if after.is(Role::Half) && number <= 2 {
        return Some((Span::Half(number), after.next()));
    }
    let (unit, plural, after) = after.unit()?;
    (unit == Unit::Quarter && !plural && number <= 4 && !last).then_some((Span::Quarter(number), after))
}

/// "fiscal 1989", "fiscal year 2020", "FY2020", "the 2020 fiscal year".
fn fiscal_year(c: Cursor<'_>) -> Step<'_, Named> {
    let (year, after) = if let Figure::Fiscal(year) = c.figure() {
        (Year::Given(year as i16), c.next())
    } else if let Some(after) = c.take(Role::Fiscal) {
        let after = after.unit().map_or(after, |(.., after)| after);
        plain_year(after)?
    } else {
        let (year, after) = plain_year(c)?;
        let (unit, _, after) = after.take(Role::Fiscal)?.unit()?;
        (unit == Unit::Year).then_some((year, after))?
    };
    let when = When::Calendar { year, span: Span::Whole, pointer: Pointer::None, fiscal: true };
    Some(((when, "time.fiscal-year"), after))
}

/// "1988 quarter", "1988 period", "year-ago period", "year-earlier": the same part of another year.
fn echo(c: Cursor<'_>) -> Step<'_, Named> {
    let (year, after) = match pointer::year_ago(c) {
        Some(found) => found,
        None => plain_year(c)?,
    };
    let part = after.is(Role::Period)
        || after.unit().is_some_and(|(unit, plural, _)| unit == Unit::Quarter && !plural);
    if !part && plain_year(c).is_some() {
        return None;
    }
    let after = if part { after.next() } else { after };
    Some(((When::Echo { year, part }, "time.year-earlier"), after))
}

/// "mid-1990s", "post-1959": one token.
pub fn prefixed(c: Cursor<'_>) -> Step<'_, (Named, Option<Modifier>)> {
    let Figure::Prefixed(prefix, value, decade) = c.figure() else { return None };
    let modifier = match prefix {
        Prefix::Early => Some(Modifier::Start),
        Prefix::Mid => Some(Modifier::Mid),
        Prefix::Late => Some(Modifier::End),
        Prefix::Post | Prefix::Pre => None,
    };
    let named = if decade {
        (When::Decade(value), "time.decade")
    } else {
        (When::calendar(Year::Given(value as i16), Span::Whole), "time.year")
    };
    Some(((named, modifier), c.next()))
}
