//! Days as a reader writes them: "2 April 2024", "August 2021", "2022", "1–5 January 2022".

use tolmach_document::{Date, Interval};

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

fn month(day: Date) -> &'static str {
    MONTHS[(day.month() - 1) as usize]
}

/// One day in words.
#[must_use]
pub fn day(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// A half-open range of days in words.
#[must_use]
pub fn days(days: Interval) -> String {
    let (start, end) = (days.start, days.end);
    let Ok(last) = end.yesterday() else { return day(start) };
    if last <= start {
        return day(start);
    }
    if start.day() == 1 && end.day() == 1 {
        if start.month() == 1 && end.month() == 1 {
            return years(start.year(), last.year());
        }
        if start.year() == last.year() && start.month() == last.month() {
            return format!("{} {}", month(start), start.year());
        }
    }
    match (start.year() == last.year(), start.month() == last.month()) {
        (true, true) => format!("{}–{}", start.day(), day(last)),
        (true, false) => format!("{} {} – {}", start.day(), month(start), day(last)),
        (false, _) => format!("{} – {}", day(start), day(last)),
    }
}

fn years(first: i16, last: i16) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// The days as ISO 8601: a day, a month, a year, or first and last day with a slash.
#[must_use]
pub fn iso(days: Interval) -> String {
    let (start, end) = (days.start, days.end);
    let last = end.yesterday().unwrap_or(start);
    if last <= start {
        return start.to_string();
    }
    let whole_months = start.day() == 1 && end.day() == 1;
    if whole_months && start.month() == 1 && end.month() == 1 && start.year() == last.year() {
        return format!("{:04}", start.year());
    }
    if whole_months && (start.year(), start.month()) == (last.year(), last.month()) {
        return format!("{:04}-{:02}", start.year(), start.month());
    }
    format!("{start}/{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, end: &str, words: &str, short: &str) {
        let span = Interval { start: start.parse().unwrap(), end: end.parse().unwrap() };
        assert_eq!(days(span), words);
        assert_eq!(iso(span), short);
    }

    #[test]
    fn spans_read_as_people_write_them() {
        check("2024-04-02", "2024-04-03", "2 April 2024", "2024-04-02");
        check("2024-04-01", "2024-05-01", "April 2024", "2024-04");
        check("2021-01-01", "2022-01-01", "2021", "2021");
        check("1740-01-01", "1750-01-01", "1740–1749", "1740-01-01/1749-12-31");
        check("2022-01-01", "2022-01-06", "1–5 January 2022", "2022-01-01/2022-01-05");
        check("2022-01-30", "2022-02-02", "30 January – 1 February 2022", "2022-01-30/2022-02-01");
        check("2021-12-31", "2022-01-02", "31 December 2021 – 1 January 2022", "2021-12-31/2022-01-01");
        check("2024-04-02", "2024-04-02", "2 April 2024", "2024-04-02");
    }
}
