//! Times of day: "10:30 a.m.", "5 p.m. EST", "noon", "two o'clock in the afternoon", "1400 GMT", parts of the day.
//!
//! The day they belong to is joined in `point`.

use super::super::figure::Figure;
use super::super::item::{Cursor, Sign};
use super::super::meaning::Clock;
use super::Step;
use super::number::number;
use tolmach_lexicon::time::{PartOfDay, Role};

/// A part of the day, singular: "morning".
pub fn part(c: Cursor<'_>) -> Step<'_, PartOfDay> {
    let word = c.word();
    (!word.plural).then_some(word.part).flatten().map(|part| (part, c.next()))
}

/// A time of day that is precise.
pub fn clock(c: Cursor<'_>) -> Step<'_, Clock> {
    let (clock, after) = figures(c).or_else(|| hour_word(c)).or_else(|| bare_hour(c))?;
    let (clock, after) = daytime(clock, after);
    Some(zone(clock, after))
}

/// "10:30", "10:30 p.m.", "5 p.m.", "1400 GMT".
fn figures(c: Cursor<'_>) -> Step<'_, Clock> {
    match c.figure() {
        Figure::Clock { hour, minute, second, half: 24 } => Some(halved((hour, minute, second), c.next())),
        Figure::Clock { hour, minute, second, half } => {
            Some((Clock::Time { hour: turned(hour, half == 12), minute, second, zulu: false }, c.next()))
        }
        Figure::Number { value: value @ 100..=2359, digits: 4 | 3 } if c.next().is(Role::Zone) => {
            let (hour, minute) = (value / 100, value % 100);
            (minute < 60 && c.next().item().capital).then(|| {
                (Clock::Time { hour: hour as u8, minute: minute as u8, second: 60, zulu: false }, c.next())
            })
        }
        Figure::Number { value: hour @ 1..=12, digits: 1 | 2 } => half(c.next()).map(|(pm, after)| {
            (Clock::Time { hour: turned(hour as u8, pm), minute: 60, second: 60, zulu: false }, after)
        }),
        _ => None,
    }
}

/// An a.m. or p.m. behind a time that has none of its own.
fn halved((hour, minute, second): (u8, u8, u8), c: Cursor<'_>) -> (Clock, Cursor<'_>) {
    match half(c) {
        Some((pm, after)) if (1..=12).contains(&hour) => {
            (Clock::Time { hour: turned(hour, pm), minute, second, zulu: false }, after)
        }
        _ => (Clock::Time { hour, minute, second, zulu: false }, c),
    }
}

/// "a.m.", "PM", with or without hyphen: whether it is after noon.
fn half(c: Cursor<'_>) -> Step<'_, bool> {
    let c = c.skip_hyphen();
    if c.is(Role::Pm) {
        return Some((true, c.next()));
    }
    c.take(Role::Am).map(|after| (false, after))
}

/// The hour of a day of 24.
fn turned(hour: u8, pm: bool) -> u8 {
    match (hour, pm) {
        (12, false) => 0,
        (12, true) => 12,
        (_, true) => hour + 12,
        _ => hour,
    }
}

/// "noon", "midnight".
fn hour_word(c: Cursor<'_>) -> Step<'_, Clock> {
    let hour = c.word().hour;
    (hour > 0).then(|| {
        (Clock::Time { hour, minute: if hour == 24 { 60 } else { 0 }, second: 60, zulu: false }, c.next())
    })
}

/// "two o'clock", "4 in the morning".
fn bare_hour(c: Cursor<'_>) -> Step<'_, Clock> {
    let (value, after) = number(c)?;
    if !(1.0..=12.0).contains(&value) || value.fract() != 0.0 {
        return None;
    }
    let plain = Clock::Time { hour: value as u8, minute: 60, second: 60, zulu: false };
    if let Some(after) = after.take(Role::OClock) {
        return Some((plain, after));
    }
    in_the_part(after).map(|_| (plain, after))
}

/// "in the morning", "at night" behind an hour: the half of the day it lies in.
fn daytime(clock: Clock, c: Cursor<'_>) -> (Clock, Cursor<'_>) {
    let Some((part, after)) = in_the_part(c) else { return (clock, c) };
    let Clock::Time { hour, minute, second, zulu } = clock else { return (clock, c) };
    let pm = match part {
        PartOfDay::Morning => false,
        PartOfDay::Afternoon | PartOfDay::Evening => true,
        PartOfDay::Night => (6..12).contains(&hour),
    };
    let hour = if hour <= 12 { turned(hour, pm) } else { hour };
    (Clock::Time { hour, minute, second, zulu }, after)
}

fn in_the_part(c: Cursor<'_>) -> Step<'_, PartOfDay> {
    if let Some(after) = c.take(Role::In).and_then(|c| c.take(Role::The)) {
        return part(after);
    }
    c.take(Role::At).and_then(part).filter(|(part, _)| *part == PartOfDay::Night)
}

/// "EST", "GMT", "local time", "(1900 GMT)" is left alone.
fn zone(clock: Clock, c: Cursor<'_>) -> (Clock, Cursor<'_>) {
    if !c.is(Role::Zone) || !c.item().capital {
        return (clock, c);
    }
    let zulu = c.is(Role::Zulu);
    let after = c.next();
    let after = if after.item().sign == Sign::Slash { c } else { after };
    match clock {
        Clock::Time { hour, minute, second, .. } => (Clock::Time { hour, minute, second, zulu }, after),
        Clock::Part(_) => (clock, c),
    }
}
