//! ISO-TimeML values: lengths and repetitions written, dates read back to the days they cover.
//!
//! Reading back is the one source of intervals, so a value and its interval cannot disagree.

use super::meaning::{Amount, Clock, Every, Length};
use super::stamp::Stamp;
use jiff::civil::Date;
use tolmach_document::Interval;
use tolmach_lexicon::time::{Season, Unit};

/// `P3M`, `PT5H30M`, `PXY`.
pub fn length(length: Length) -> String {
    let (amount, unit) = length.first;
    let mut date = String::new();
    let mut clock = String::new();
    for (amount, unit) in std::iter::once((amount, unit)).chain(length.second) {
        let part = part(amount, unit);
        (if unit.is_clock() { &mut clock } else { &mut date }).push_str(&part);
    }
    if clock.is_empty() { format!("P{date}") } else { format!("P{date}T{clock}") }
}

/// A length counted in halves of a unit: what is left of "two days later" when the start is not known.
pub fn away(unit: Unit, halves: Option<i32>) -> String {
    let amount = halves.map_or(Amount::Vague, |halves| Amount::Exact(halves as f32 / 2.0));
    length(Length { first: (amount, unit), second: None })
}

/// One amount with its letters; halves of years, hours and minutes go down a unit.
fn part(amount: Amount, unit: Unit) -> String {
    let (letters, size, below) = letters(unit);
    let Amount::Exact(value) = amount else {
        return format!("X{}", vague_letters(unit));
    };
    let value = value * size;
    let whole = value.trunc();
    match below {
        Some((small, many)) if value.fract() != 0.0 && (value.fract() * many).fract() == 0.0 => {
            let head = if whole == 0.0 { String::new() } else { format!("{whole}{letters}") };
            format!("{head}{}{small}", value.fract() * many)
        }
        _ => format!("{value}{letters}"),
    }
}

/// Letter, how many of it make the unit, and the next letter down with how many make one.
fn letters(unit: Unit) -> (&'static str, f32, Option<(&'static str, f32)>) {
    match unit {
        Unit::Second => ("S", 1.0, None),
        Unit::Minute => ("M", 1.0, Some(("S", 60.0))),
        Unit::Hour => ("H", 1.0, Some(("M", 60.0))),
        Unit::Day => ("D", 1.0, None),
        Unit::Night => ("NI", 1.0, None),
        Unit::Weekend => ("WE", 1.0, None),
        Unit::Week => ("W", 1.0, None),
        Unit::Fortnight => ("W", 2.0, None),
        Unit::Month => ("M", 1.0, None),
        Unit::Quarter => ("Q", 1.0, None),
        Unit::Year => ("Y", 1.0, Some(("M", 12.0))),
        Unit::Decade => ("Y", 10.0, None),
        Unit::Century => ("Y", 100.0, None),
        Unit::Millennium => ("Y", 1000.0, None),
    }
}

fn vague_letters(unit: Unit) -> &'static str {
    match unit {
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Millennium => "ML",
        _ => letters(unit).0,
    }
}

/// `P1D`, `XXXX-WXX-4`, `XXXX-07`, `XXXX-Q4`.
pub fn every(every: Every) -> String {
    match every {
        Every::Unit(amount, unit) => length(Length { first: (amount, unit), second: None }),
        Every::Weekday(weekday, part) => {
            format!("XXXX-WXX-{weekday}{}", part.map_or(String::new(), |part| format!("T{}", part.code())))
        }
        Every::Month(month) => format!("XXXX-{month:02}"),
        Every::Season(season) => format!("XXXX-{}", season.code()),
        Every::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Every::Part(part) => format!("XXXX-XX-XXT{}", part.code()),
    }
}

/// Writes a time of day behind a date.
pub fn clock(date: &str, clock: Clock) -> String {
    match clock {
        Clock::Part(part) => format!("{date}T{}", part.code()),
        Clock::Time { hour, minute, second, zulu } => {
            let minute = if minute == 60 { 0 } else { minute };
            let seconds = if second == 60 { String::new() } else { format!(":{second:02}") };
            format!("{date}T{hour:02}:{minute:02}{seconds}{}", if zulu { "Z" } else { "" })
        }
    }
}

/// The days that a value covers; `None` for durations, sets, references and what is left open.
pub fn interval(value: &str) -> Option<Interval> {
    let stamp = stamp(value)?;
    Some(Interval { start: stamp.first_day()?, end: stamp.end_day()? })
}

/// Reads a date value; a time of day behind it is passed over.
fn stamp(value: &str) -> Option<Stamp> {
    let date = value.split('T').next()?;
    let (bc, date) = date.strip_prefix("BC").map_or((false, date), |rest| (true, rest));
    let figures = date.split('-').next()?;
    let number: i16 = figures.parse().ok().filter(|_| figures.bytes().all(|b| b.is_ascii_digit()))?;
    match (figures.len(), bc) {
        (2, false) => return Some(Stamp::Century(number)),
        (2, true) => return Some(Stamp::Century(-number)),
        (3, false) => return Some(Stamp::Decade(number)),
        (3, true) => return Some(Stamp::Decade(-number)),
        (4, _) => {}
        _ => return None,
    }
    let year = if bc { 1 - number } else { number };
    part_of_year(year, &date[4..])
}

fn part_of_year(year: i16, rest: &str) -> Option<Stamp> {
    let Some(rest) = rest.strip_prefix('-') else { return rest.is_empty().then_some(Stamp::Year(year)) };
    let small = |text: &str| text.parse::<i8>().ok();
    if let Some(season) = Season::from_code(rest) {
        return Some(Stamp::Season(year, season));
    }
    if let Some(week) = rest.strip_prefix('W') {
        return match week.split_once('-') {
            Some((week, "WE")) => small(week).map(|week| Stamp::Weekend(year, week)),
            Some(_) => None,
            None => small(week).map(|week| Stamp::Week(year, week)),
        };
    }
    match rest.as_bytes()[..] {
        [b'Q', quarter @ b'1'..=b'4'] => Some(Stamp::Quarter(year, (quarter - b'0') as i8)),
        [b'H', half @ (b'1' | b'2')] => Some(Stamp::Half(year, (half - b'0') as i8)),
        _ => match rest.split_once('-') {
            Some((month, day)) => Date::new(year, small(month)?, small(day)?).ok().map(Stamp::Day),
            None => {
                small(rest).filter(|month| (1..=12).contains(month)).map(|month| Stamp::Month(year, month))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cover_their_days() {
        for (value, days) in [
            ("2024-04-16", "2024-04-16..2024-04-17"),
            ("2024-04-16T10:00", "2024-04-16..2024-04-17"),
            ("2024-02", "2024-02-01..2024-03-01"),
            ("2024-W01", "2024-01-01..2024-01-08"),
            ("2020-W53-WE", "2021-01-02..2021-01-04"),
            ("2023-Q4", "2023-10-01..2024-01-01"),
            ("2023-WI", "2023-12-01..2024-03-01"),
            ("199", "1990-01-01..2000-01-01"),
            ("19", "1900-01-01..2000-01-01"),
            ("BC0329", "-000328-01-01..-000327-01-01"),
        ] {
            let interval = interval(value).map(|i| format!("{}..{}", i.start, i.end));
            assert_eq!(interval.as_deref(), Some(days), "{value}");
        }
        for open in ["PAST_REF", "P3M", "XXXX-08", "2024-XX", "2024-02-31", "", "2024-W60", "-", "BC"] {
            assert_eq!(interval(open), None, "{open}");
        }
    }
}
