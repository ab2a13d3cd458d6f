//! Repetitions: "every week", "each July", "daily", "on Tuesdays", "Tuesday nights", "twice a year".
//!
//! "a year" alone is a length here; whether it is a rate ("$5 a year") is asked later.

use super::super::item::Cursor;
use super::super::meaning::{Amount, Every, What};
use super::number::{number, ordinal};
use super::{Step, pointer};
use tolmach_lexicon::time::{Role, Unit};

/// A repetition.
pub fn every(c: Cursor<'_>) -> Step<'_, (What, &'static str)> {
    let (every, after) =
        each(c).or_else(|| one_word(c)).or_else(|| plural(c)).or_else(|| rate(c)).or_else(|| quarters(c))?;
    Some(((What::Every(every), "time.set"), after))
}

/// "every week", "each of", "every two years", "every other Thursday", "each July".
fn each(c: Cursor<'_>) -> Step<'_, Every> {
    let after = c.take(Role::Each)?;
    let filled = pointer::fillers(after);
    if let Some((unit, plural, next)) = filled.unit() {
        return (!plural).then_some((Every::Unit(Amount::Exact(1.0), unit), next));
    }
    if let Some((value, next)) = number(after) {
        let (unit, _, next) = pointer::fillers(next).unit()?;
        return Some((Every::Unit(Amount::Exact(value), unit), next));
    }
    calendar_word(filled)
}

/// A weekday, month, season or part of the day after "every".
fn calendar_word(c: Cursor<'_>) -> Step<'_, Every> {
    let word = c.word();
    let next = c.next();
    if word.weekday > 0 && !word.short {
        let part = next.word().part.filter(|_| next.word().deictic.is_none());
        let after = if part.is_some() { next.next() } else { next };
        return Some((Every::Weekday(word.weekday, part), after));
    }
    if word.month > 0 && c.item().capital {
        return Some((Every::Month(word.month), next));
    }
    if let Some(season) = word.season {
        return Some((Every::Season(season), next));
    }
    word.part.map(|part| (Every::Part(part), next))
}

/// "daily", "weekly", "annually".
fn one_word(c: Cursor<'_>) -> Step<'_, Every> {
    let unit = c.word().unit.filter(|_| c.word().often)?;
    Some((Every::Unit(Amount::Exact(1.0), unit), c.next()))
}

/// "Mondays", "Tuesday nights", "weekends".
fn plural(c: Cursor<'_>) -> Step<'_, Every> {
    let word = c.word();
    let next = c.next();
    if word.weekday > 0 && word.plural {
        return Some((Every::Weekday(word.weekday, None), next));
    }
    let nights = next.word().part.filter(|_| next.word().plural);
    (word.weekday > 0 && nights.is_some()).then(|| (Every::Weekday(word.weekday, nights), next.next()))
}

/// "twice a year", "three times a week", "once every two months".
fn rate(c: Cursor<'_>) -> Step<'_, Every> {
    let after = match c.take(Role::Once) {
        Some(after) => after,
        None => number(c)?.1.take(Role::Times)?,
    };
    let after = after.take(Role::Per)?;
    let (value, after) = number(after).unwrap_or((1.0, after));
    let (unit, _, after) = after.unit()?;
    Some((Every::Unit(Amount::Exact(value), unit), after))
}

/// "fourth quarters".
fn quarters(c: Cursor<'_>) -> Step<'_, Every> {
    let (number, after) = ordinal(c)?;
    let (unit, plural, after) = after.unit()?;
    (unit == Unit::Quarter && plural && number <= 4).then_some((Every::Quarter(number), after))
}
