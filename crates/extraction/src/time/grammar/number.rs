//! Numbers as times hold them: "18", "twenty-four", "two and a half", "2 1/2", "several".
//!
//! Reads forward only, a bounded number of tokens; knows no unit.

use super::super::figure::Figure;
use super::super::item::{Cursor, Sign};
use super::super::meaning::Amount;
use tolmach_lexicon::time::{Number, Role};

/// No number in prose has more words than this.
const WORDS: usize = 12;

/// A number of any spelling.
pub fn number(c: Cursor<'_>) -> Option<(f32, Cursor<'_>)> {
    let (value, after) = match c.figure() {
        Figure::Number { value, digits } if digits < 9 => (value as f32, c.next()),
        Figure::Decimal(value) | Figure::Fraction(value) => return Some((value, c.next())),
        _ => return spelled(c).map(and_a_half),
    };
    let (value, after) = match after.figure() {
        Figure::Fraction(part) => (value + part, after.next()),
        _ => (value, after),
    };
    match after.word().number {
        Number::Scale(scale) => Some((value * scale as f32, after.next())),
        _ => Some(and_a_half((value, after))),
    }
}

/// "twenty-four", "a hundred and ten", "two thousand": number words, composed as they are spoken.
pub fn spelled(c: Cursor<'_>) -> Option<(f32, Cursor<'_>)> {
    let mut at = if c.is(Role::A) && is_scale(c.next()) { c.next() } else { c };
    let (mut total, mut group, mut words) = (0u32, 0u32, 0);
    while words < WORDS {
        match at.word().number {
            Number::Cardinal(value) if fits(group, value) => group += u32::from(value),
            Number::Scale(100) => group = group.max(1) * 100,
            Number::Scale(scale) => {
                total = total.saturating_add(group.max(1).saturating_mul(scale));
                group = 0;
            }
            _ => break,
        }
        words += 1;
        at = at.next();
        at = joint(at).unwrap_or(at);
    }
    (words > 0).then(|| ((total + group) as f32, at))
}

fn is_scale(c: Cursor<'_>) -> bool {
    matches!(c.word().number, Number::Scale(_))
}

/// Units go after tens, tens and teens after hundreds: "nineteen ninety" is two numbers.
fn fits(group: u32, value: u8) -> bool {
    group == 0 || (group % 100 == 0) || (value < 10 && group % 10 == 0 && group % 100 >= 20)
}

/// A hyphen or "and" inside a spelled number, when a number word follows.
fn joint(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = c.hyphen().or_else(|| (is_scale(c.back()) && c.is(Role::And)).then(|| c.next()))?;
    (next.word().number != Number::None).then_some(next)
}

/// "two and a half", "two-and-a-half".
fn and_a_half((value, c): (f32, Cursor<'_>)) -> (f32, Cursor<'_>) {
    half_more(c).map_or((value, c), |after| (value + 0.5, after))
}

/// "and a half", with or without hyphens.
pub fn half_more(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let after = c.skip_hyphen().take(Role::And)?.skip_hyphen();
    let after = after.take(Role::A).or_else(|| one(after))?;
    after.skip_hyphen().take(Role::Half)
}

fn one(c: Cursor<'_>) -> Option<Cursor<'_>> {
    (c.word().number == Number::Cardinal(1)).then(|| c.next())
}

/// A number, or a word for several: what may stand before a unit, without "a" alone.
pub fn amount(c: Cursor<'_>) -> Option<(Amount, Cursor<'_>)> {
    if let Some((value, after)) = number(c) {
        return Some((Amount::Exact(value), range_end(after)));
    }
    let start = c.take(Role::A).unwrap_or(c);
    if let Some(after) = start.take(Role::Couple) {
        return Some((Amount::Exact(2.0), after.skip(Role::Of)));
    }
    if let Some(after) = start.take(Role::Few) {
        return Some((Amount::Vague, after.skip(Role::Of)));
    }
    c.take(Role::Several).map(|after| (Amount::Vague, after))
}

/// "to 18" of "12 to 18", "or three" of "two or three", "-40" of "30-40": passed over, the lower number counts.
fn range_end(c: Cursor<'_>) -> Cursor<'_> {
    let joined = c.take_any(&[Role::To, Role::Or]).or_else(|| c.sign(Sign::Dash));
    joined.and_then(number).map_or(c, |(_, after)| after)
}

/// A day of the month: "5", "5th", "fifth", "twenty-first".
pub fn day(c: Cursor<'_>) -> Option<(u8, Cursor<'_>)> {
    match c.figure() {
        Figure::Number { value: value @ 1..=99, digits: 1 | 2 } => Some((value as u8, c.next())),
        Figure::Ordinal(value @ 1..=31) => Some((value, c.next())),
        _ => ordinal_word(c).filter(|(value, _)| *value <= 31),
    }
}

/// "third", "3rd", "twenty-first".
pub fn ordinal(c: Cursor<'_>) -> Option<(u8, Cursor<'_>)> {
    match c.figure() {
        Figure::Ordinal(value) => Some((value, c.next())),
        _ => ordinal_word(c),
    }
}

fn ordinal_word(c: Cursor<'_>) -> Option<(u8, Cursor<'_>)> {
    if let Number::Cardinal(tens @ (20 | 30 | 40 | 50)) = c.word().number {
        let unit = c.next().skip_hyphen();
        return (1..=9).contains(&unit.word().ordinal).then(|| (tens + unit.word().ordinal, unit.next()));
    }
    (c.word().ordinal > 0).then(|| (c.word().ordinal, c.next()))
}
