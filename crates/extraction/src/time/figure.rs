//! Numerals inside one token: "1998", "3rd", "1990s", "10:30am", "16.04.2024", "Q3", "mid-1990s".
//!
//! Says what a token spells, not whether it is a time. Bare numbers of five and more digits stay numbers:
//! 20240416 is no date here, because it is an order number at least as often.

/// What a token with figures spells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Figure {
    /// Nothing of the kind.
    #[default]
    None,
    /// A whole number; `digits` is 0 if it was written with separators.
    Number {
        /// Its value.
        value: u32,
        /// How many figures were written.
        digits: u8,
    },
    /// "2.5", "2½".
    Decimal(f32),
    /// "1/2", "½".
    Fraction(f32),
    /// "3rd".
    Ordinal(u8),
    /// "1990s": 1990; "80s": 80.
    Decade(u16),
    /// A time of day; `half` is 12 for p.m., 0 for a.m., 24 if unsaid.
    Clock {
        /// As written.
        hour: u8,
        /// As written; 60 if unsaid.
        minute: u8,
        /// As written; 60 if unsaid.
        second: u8,
        /// 0 a.m., 12 p.m., 24 unsaid.
        half: u8,
    },
    /// Year (0: none), month, day.
    Date(u16, u8, u8),
    /// "2021/22".
    Years(u16),
    /// "Q3".
    Quarter(u8),
    /// "H1".
    Half(u8),
    /// "FY2020".
    Fiscal(u16),
    /// "mid-1990s", "early-2022": what follows the hyphen, and where the hyphen is.
    Prefixed(Prefix, u16, bool),
    /// "XIX" before "century".
    Roman(u8),
}

/// What stands before the hyphen of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// "early-".
    Early,
    /// "mid-".
    Mid,
    /// "late-".
    Late,
    /// "post-".
    Post,
    /// "pre-".
    Pre,
}

/// Reads `word` as a figure; `Figure::None` for everything else.
pub fn figure(word: &str) -> Figure {
    let bytes = word.as_bytes();
    let Some(first) = bytes.first() else { return Figure::None };
    match first {
        b'0'..=b'9' => figures(word),
        b'\'' | b'Q' | b'q' | b'H' | b'F' | b'I' | b'V' | b'X' => lettered(word),
        b'e' | b'E' | b'm' | b'M' | b'l' | b'L' | b'p' | b'P' => prefixed(word),
        0xC2 | 0xE2 => sign(word),
        _ => Figure::None,
    }
}

fn figures(word: &str) -> Figure {
    let end = word.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(word.len());
    let (number, rest) = word.split_at(end);
    let Ok(value) = number.parse::<u32>() else { return Figure::None };
    let digits = u8::try_from(end).unwrap_or(u8::MAX);
    match rest {
        "" => Figure::Number { value, digits },
        "s" | "'s" | "’s" if (digits == 2 || digits == 4) && value % 10 == 0 => {
            u16::try_from(value).map_or(Figure::None, Figure::Decade)
        }
        "st" | "nd" | "rd" | "th" => u8::try_from(value).map_or(Figure::None, Figure::Ordinal),
        "½" => Figure::Decimal(value as f32 + 0.5),
        "¼" => Figure::Decimal(value as f32 + 0.25),
        "¾" => Figure::Decimal(value as f32 + 0.75),
        "Q" if (1..=4).contains(&value) => Figure::Quarter(value as u8),
        "H" if (1..=2).contains(&value) => Figure::Half(value as u8),
        _ => punctuated(value, digits, rest),
    }
}

/// What follows the first figures after a separator.
fn punctuated(value: u32, digits: u8, rest: &str) -> Figure {
    match rest.as_bytes()[0] {
        b',' => grouped(value, rest),
        b'/' => slashed(value, digits, &rest[1..]),
        b':' => clock(value, rest),
        b'.' => dotted(value, digits, rest),
        b'h' | b'a' | b'p' | b'A' | b'P' | b'G' | b'U' => clock(value, rest),
        b'T' if digits == 2 => Figure::None,
        _ => Figure::None,
    }
}

/// "1,500": groups of three.
fn grouped(value: u32, rest: &str) -> Figure {
    let mut total = value;
    for group in rest[1..].split(',') {
        let three = group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit());
        let Some(next) = three.then(|| total.checked_mul(1000)).flatten() else { return Figure::None };
        total = next + group.parse::<u32>().unwrap_or(0);
    }
    Figure::Number { value: total, digits: 0 }
}

/// "1/2", "2021/22", "12/05/1998", "1998/12/05".
fn slashed(value: u32, digits: u8, rest: &str) -> Figure {
    let parts: Option<Vec<(u32, usize)>> =
        rest.split('/').map(|part| part.parse().ok().map(|number| (number, part.len()))).collect();
    match parts.as_deref() {
        Some([(second, length)]) if digits == 4 && (*length == 2 || *length == 4) => {
            let follows = if *length == 2 { (value + 1) % 100 == *second } else { value + 1 == *second };
            if follows { Figure::Years(value as u16) } else { Figure::None }
        }
        Some([(second, _)]) if value < *second && *second <= 10 && digits == 1 => {
            Figure::Fraction(value as f32 / *second as f32)
        }
        Some([(month, _), (day, _)]) if digits == 4 => date(value, *month, *day),
        Some([(second, _), (year, length)]) if digits <= 2 && (*length == 4 || *length == 2) => {
            let year = if *length == 4 { *year } else { full_year(*year) };
            // Month first, as most English dates are written, unless that cannot be.
            if value > 12 { date(year, *second, value) } else { date(year, value, *second) }
        }
        _ => Figure::None,
    }
}

/// The year that two figures stand for in a slashed date.
fn full_year(two: u32) -> u32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

fn date(year: u32, month: u32, day: u32) -> Figure {
    // A month above 12 is kept: the anchoring pass reports the impossible date.
    let (Ok(year), Ok(month), Ok(day)) = (u16::try_from(year), u8::try_from(month), u8::try_from(day)) else {
        return Figure::None;
    };
    if (1000..=2199).contains(&year) { Figure::Date(year, month, day) } else { Figure::None }
}

/// "16.04.2024", "2.5", "10.30pm".
fn dotted(value: u32, digits: u8, rest: &str) -> Figure {
    let parts: Vec<&str> = rest[1..].split('.').collect();
    match parts[..] {
        [month, year] if digits <= 2 && year.len() == 4 => match (month.parse(), year.parse()) {
            (Ok(month), Ok(year)) => date(year, month, value),
            _ => Figure::None,
        },
        [decimals] if decimals.bytes().all(|b| b.is_ascii_digit()) && !decimals.is_empty() => {
            format!("{value}.{decimals}").parse().map_or(Figure::None, Figure::Decimal)
        }
        _ => clock(value, rest),
    }
}

/// ":30", ":30:15", ":30am", ".30pm", "am", "pm", "GMT" after an hour.
fn clock(hour: u32, rest: &str) -> Figure {
    let mut tail = rest;
    let (mut minute, mut second) = (60, 60);
    if let Some(two) = two_figures(tail, &[':', '.', 'h']) {
        minute = two;
        tail = &tail[3..];
        if let Some(two) = two_figures(tail, &[':']) {
            second = two;
            tail = &tail[3..];
        }
    }
    let half = match tail {
        "" => 24,
        "am" | "AM" | "a.m." | "a.m" => 0,
        "pm" | "PM" | "p.m." | "p.m" => 12,
        "GMT" | "UTC" if minute == 60 && hour >= 100 => return clock_of(hour / 100, hour % 100, 60, 24),
        _ => return Figure::None,
    };
    clock_of(hour, minute, second, half)
}

fn clock_of(hour: u32, minute: u32, second: u32, half: u8) -> Figure {
    let fits = hour <= 24 && minute <= 60 && second <= 60 && (half == 24 || (1..=12).contains(&hour));
    if !fits {
        return Figure::None;
    }
    Figure::Clock { hour: hour as u8, minute: minute as u8, second: second as u8, half }
}

fn two_figures(text: &str, marks: &[char]) -> Option<u32> {
    let rest = text.strip_prefix(marks)?;
    let two = rest.get(..2)?;
    (two.bytes().all(|b| b.is_ascii_digit()) && !rest[2..].starts_with(|c: char| c.is_ascii_digit()))
        .then(|| two.parse().ok())
        .flatten()
        .filter(|value| *value < 60)
}

/// "'98", "'80s", "Q3", "H1", "FY2020", "XIX".
fn lettered(word: &str) -> Figure {
    let (letters, rest) = word.split_at(word.bytes().position(|b| b.is_ascii_digit()).unwrap_or(word.len()));
    let number: Option<u32> = rest.parse().ok();
    match (letters, number) {
        ("Q" | "q", Some(quarter @ 1..=4)) => Figure::Quarter(quarter as u8),
        ("H", Some(half @ 1..=2)) => Figure::Half(half as u8),
        ("FY", Some(year @ 1900..=2199)) => Figure::Fiscal(year as u16),
        ("FY", Some(two @ 0..=99)) if rest.len() == 2 => Figure::Fiscal(full_year(two) as u16),
        ("'", Some(two)) if rest.len() == 2 => Figure::Number { value: two, digits: 3 },
        ("'", None) => match figure(rest) {
            Figure::Decade(decade) if decade < 100 => Figure::Decade(decade),
            _ => Figure::None,
        },
        (_, None) if rest.is_empty() => roman(word),
        _ => Figure::None,
    }
}

fn roman(word: &str) -> Figure {
    let mut value = 0i32;
    let mut before = 0i32;
    for letter in word.bytes().rev() {
        let one = match letter {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            _ => return Figure::None,
        };
        value += if one < before { -one } else { one };
        before = one;
    }
    if (1..=30).contains(&value) { Figure::Roman(value as u8) } else { Figure::None }
}

/// "mid-1990s", "post-1959", "early-2022": one token for the tokenizer.
fn prefixed(word: &str) -> Figure {
    let Some((before, after)) = word.split_once(['-', '–']) else { return Figure::None };
    let prefix = match before {
        "early" | "Early" => Prefix::Early,
        "mid" | "Mid" => Prefix::Mid,
        "late" | "Late" => Prefix::Late,
        "post" | "Post" => Prefix::Post,
        "pre" | "Pre" => Prefix::Pre,
        _ => return Figure::None,
    };
    match figure(after) {
        Figure::Number { value, digits: 4 } => Figure::Prefixed(prefix, value as u16, false),
        Figure::Decade(decade) => Figure::Prefixed(prefix, decade, true),
        _ => Figure::None,
    }
}

fn sign(word: &str) -> Figure {
    match word {
        "½" => Figure::Fraction(0.5),
        "¼" => Figure::Fraction(0.25),
        "¾" => Figure::Fraction(0.75),
        _ => word.strip_prefix(['’', '‘']).map_or(Figure::None, |rest| match figure(rest) {
            Figure::Decade(decade) if decade < 100 => Figure::Decade(decade),
            Figure::Number { value, digits: 2 } => Figure::Number { value, digits: 3 },
            _ => Figure::None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(hour: u8, minute: u8, half: u8) -> Figure {
        Figure::Clock { hour, minute, second: 60, half }
    }

    #[test]
    fn tokens_spell_figures() {
        let table = [
            ("1998", Figure::Number { value: 1998, digits: 4 }),
            ("1,500", Figure::Number { value: 1500, digits: 0 }),
            ("20240416", Figure::Number { value: 20_240_416, digits: 8 }),
            ("3rd", Figure::Ordinal(3)),
            ("1990s", Figure::Decade(1990)),
            ("'80s", Figure::Decade(80)),
            ("1995s", Figure::None),
            ("'98", Figure::Number { value: 98, digits: 3 }),
            ("2½", Figure::Decimal(2.5)),
            ("1/2", Figure::Fraction(0.5)),
            ("24/7", Figure::None),
            ("2021/22", Figure::Years(2021)),
            ("2021/25", Figure::None),
            ("12/05/1998", Figure::Date(1998, 12, 5)),
            ("25/12/1998", Figure::Date(1998, 12, 25)),
            ("16.04.2024", Figure::Date(2024, 4, 16)),
            ("10:30", clock(10, 30, 24)),
            ("10:30am", clock(10, 30, 0)),
            ("7.15pm", clock(7, 15, 12)),
            ("10:75", Figure::None),
            ("13pm", Figure::None),
            ("1400GMT", clock(14, 0, 24)),
            ("Q3", Figure::Quarter(3)),
            ("3Q", Figure::Quarter(3)),
            ("FY20", Figure::Fiscal(2020)),
            ("XIX", Figure::Roman(19)),
            ("mid-1990s", Figure::Prefixed(Prefix::Mid, 1990, true)),
            ("post-1959", Figure::Prefixed(Prefix::Post, 1959, false)),
            ("99999999999", Figure::None),
            ("", Figure::None),
        ];
        for (word, expected) in table {
            assert_eq!(figure(word), expected, "{word}");
        }
    }
}
