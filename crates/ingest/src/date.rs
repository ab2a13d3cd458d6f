//! Publication dates as machines and feeds write them: ISO 8601, RFC 2822, and a few plain forms.
//!
//! Not for dates in running text, and never a guess: day and month in figures only are refused.

use tolmach_document::{Date, Moment};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads `2024-04-16`, an ISO date-time, `Tue, 16 Apr 2024 10:00:00 GMT`, `16 April 2024` or `April 16, 2024`.
pub fn read(text: &str) -> Option<Moment> {
    let text = text.trim();
    Moment::parse(text).or_else(|| words(text)).filter(|moment| (1900..=2199).contains(&moment.date.year()))
}

fn words(text: &str) -> Option<Moment> {
    let parts: Vec<&str> = text.split([' ', ',', '\u{a0}']).filter(|part| !part.is_empty()).take(8).collect();
    let month_at = parts.iter().position(|part| month(part).is_some())?;
    let number =
        |at: Option<usize>| at.and_then(|at| parts.get(at)).and_then(|part| part.parse::<i16>().ok());
    let before = number(month_at.checked_sub(1));
    let after = number(Some(month_at + 1));
    let (day, year) = match (before, after) {
        (Some(day), Some(year)) if (1..=31).contains(&day) => (day, year),
        (_, Some(day)) => (day, number(Some(month_at + 2))?),
        _ => return None,
    };
    let month = month(parts[month_at])?;
    Some(Moment::day(Date::new(year, month, i8::try_from(day).ok()?).ok()?))
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() <= 4 && month.starts_with(word.as_str())))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates() {
        for text in [
            "2024-04-16",
            "2024-04-16T08:00:00Z",
            "Tue, 16 Apr 2024 10:00:00 GMT",
            "16 April 2024",
            "April 16, 2024",
            "Apr. 16, 2024",
        ] {
            assert_eq!(read(text).unwrap().date.to_string(), "2024-04-16", "{text}");
        }
        for text in [
            "04/05/2024",
            "2024-13-01",
            "April",
            "Mar 45 2024",
            "0001-01-01",
            "yesterday",
            "31 February 2024",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
