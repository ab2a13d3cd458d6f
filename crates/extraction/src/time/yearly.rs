//! Parts of a year without the year: which one is meant, seen from a day or from the story.
//!
//! Calendar only; it knows neither words nor what was told before.

use super::meaning::{Pointer, Span};
use super::stamp::{Stamp, step};
use super::tense::Lean;
use jiff::civil::Date;
use tolmach_lexicon::time::{Season, Unit};

/// Whether the calendar lacks the day, in that year or in every year.
pub fn impossible(span: Span, year: Option<i16>) -> bool {
    match span {
        // 2024 had a 29 February; without a year the benefit of the doubt.
        Span::Day(month, day) => Date::new(year.unwrap_or(2024), month as i8, day as i8).is_err(),
        Span::Month(month) => !(1..=12).contains(&month),
        _ => false,
    }
}

/// The part in that year.
pub fn in_year(span: Span, year: i16) -> Option<Stamp> {
    Some(match span {
        Span::Whole => Stamp::Year(year),
        Span::Half(half) => Stamp::Half(year, half as i8),
        Span::Quarter(quarter) => Stamp::Quarter(year, quarter as i8),
        Span::Season(season) => Stamp::Season(year, season),
        Span::Month(month) => Stamp::Month(year, month as i8),
        Span::Day(month, day) => Stamp::Day(Date::new(year, month as i8, day as i8).ok()?),
    })
}

/// January and February belong to the winter that began the year before.
pub fn season_year(span: Span, today: Date) -> i16 {
    if span == Span::Season(Season::Winter) && today.month() < 3 { today.year() - 1 } else { today.year() }
}

/// "last February" said in March is the one a year back; the month just over is "last month".
pub fn month_back(span: Span, today: Date) -> Date {
    let month = matches!(span, Span::Month(_));
    let start = Stamp::Month(today.year(), today.month()).first_day().filter(|_| month);
    start.and_then(|start| step(start, Unit::Day, -1)).unwrap_or(today)
}

fn candidates(span: Span, year: i16) -> impl DoubleEndedIterator<Item = Stamp> {
    // Leap days need a wider look.
    (year - 4..=year + 4).filter_map(move |year| in_year(span, year))
}

/// The last one that is over before `day`.
pub fn last_before(span: Span, day: Date) -> Option<Stamp> {
    candidates(span, day.year()).rev().find(|one| one.end_day().is_some_and(|end| end <= day))
}

/// The first one that begins after `day`.
pub fn next_after(span: Span, day: Date) -> Option<Stamp> {
    candidates(span, day.year()).find(|one| one.first_day().is_some_and(|start| start > day))
}

/// The nearest one, with the other side of now made farther by what the grammar says.
///
/// "is payable Dec. 7" and "was announced Dec. 7" may both be two weeks ahead, but "fell in December" said in
/// October lies behind.
pub fn leaning(span: Span, day: Date, lean: Lean) -> Option<Stamp> {
    let penalty = match span {
        // "was extended to Nov. 16": a day and month without a year is near.
        Span::Day(..) => 150,
        _ if lean == Lean::Over => 1000,
        // "will report third-quarter results": ahead is the reporting, not the quarter.
        Span::Quarter(_) | Span::Half(_) => 100,
        _ if lean == Lean::Ahead => 1000,
        _ => 150,
    };
    candidates(span, day.year()).min_by_key(|one| {
        let (Some(start), Some(end)) = (one.first_day(), one.end_day()) else { return i32::MAX };
        let (ahead, behind) = ((start - day).get_days(), (day - end).get_days() + 1);
        let wrong = match lean {
            Lean::Over | Lean::Past => ahead > 0,
            Lean::Future | Lean::Ahead => behind > 0,
            Lean::Unknown => false,
        };
        ahead.max(behind).max(0) + if wrong { penalty } else { 0 }
    })
}

/// In a history: the year of the story, or the next one where the months turn over ("In November … In January").
pub fn beside(span: Span, story: Stamp, pointer: Pointer) -> Option<Stamp> {
    let year = story.year()?;
    match pointer {
        Pointer::Last => return last_before(span, story.first_day()?),
        Pointer::Next => return next_after(span, story.first_day()?),
        _ => {}
    }
    let same = in_year(span, year)?;
    if story.unit() > Unit::Quarter {
        return Some(same);
    }
    let distance = (same.first_day()? - story.first_day()?).get_days();
    if distance < -240 { in_year(span, year + 1) } else { Some(same) }
}

/// The value with the year left open.
pub fn open(span: Span) -> String {
    match span {
        Span::Whole => "XXXX".to_owned(),
        Span::Half(half) => format!("XXXX-H{half}"),
        Span::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Span::Season(season) => format!("XXXX-{}", season.code()),
        Span::Month(month) => format!("XXXX-{month:02}"),
        Span::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
    }
}
