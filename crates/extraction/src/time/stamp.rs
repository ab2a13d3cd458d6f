//! Points on the time line with their fineness, the calendar steps between them, and how ISO-TimeML writes them.
//!
//! Civil arithmetic only; which point an expression means is told by `anchor`.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};
use tolmach_lexicon::time::{Season, Unit};

/// A resolved date of some fineness. Years are astronomical: 0 is 1 BC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// One day.
    Day(Date),
    /// ISO week-year and week.
    Week(i16, i8),
    /// Saturday and Sunday of an ISO week.
    Weekend(i16, i8),
    /// Year and month.
    Month(i16, i8),
    /// Year and quarter.
    Quarter(i16, i8),
    /// Year and half.
    Half(i16, i8),
    /// The year it begins in, and the season.
    Season(i16, Season),
    /// One year.
    Year(i16),
    /// Year divided by ten.
    Decade(i16),
    /// Year divided by a hundred (the 20th century is 19); before Christ, the century's number negated.
    Century(i16),
}

impl Stamp {
    /// The stretch of a calendar that holds `day` and has the size of `unit`.
    pub fn around(day: Date, unit: Unit) -> Self {
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::week_of(day),
            Unit::Weekend => {
                let week = day.iso_week_date();
                Self::Weekend(week.year(), week.week())
            }
            Unit::Month => Self::Month(day.year(), day.month()),
            Unit::Quarter => Self::Quarter(day.year(), (day.month() + 2) / 3),
            Unit::Year => Self::Year(day.year()),
            Unit::Decade => Self::Decade(day.year().div_euclid(10)),
            Unit::Century | Unit::Millennium => Self::Century(day.year().div_euclid(100)),
        }
    }

    /// The ISO week of a day.
    pub fn week_of(day: Date) -> Self {
        let week = day.iso_week_date();
        Self::Week(week.year(), week.week())
    }

    /// Its first day; `None` outside the calendar's range.
    pub fn first_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Week(year, week) => monday(year, week),
            Self::Weekend(year, week) => monday(year, week)?.checked_add(5.days()).ok(),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Self::Season(year, season) => Date::new(year, season.first_month(), 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
            Self::Decade(decade) => Date::new(decade.checked_mul(10)?, 1, 1).ok(),
            Self::Century(century) if century < 0 => {
                Date::new(century.checked_mul(100)?.checked_add(1)?, 1, 1).ok()
            }
            Self::Century(century) => Date::new(century.checked_mul(100)?, 1, 1).ok(),
        }
    }

    /// The day after its last.
    pub fn end_day(self) -> Option<Date> {
        self.first_day()?.checked_add(self.length()).ok()
    }

    fn length(self) -> Span {
        match self {
            Self::Day(_) => 1.day(),
            Self::Week(..) => 7.days(),
            Self::Weekend(..) => 2.days(),
            Self::Month(..) => 1.month(),
            Self::Quarter(..) | Self::Season(..) => 3.months(),
            Self::Half(..) => 6.months(),
            Self::Year(_) => 1.year(),
            Self::Decade(_) => 10.years(),
            Self::Century(_) => 100.years(),
        }
    }

    /// The year it lies in, for a year or something finer.
    pub fn year(self) -> Option<i16> {
        match self {
            Self::Day(day) => Some(day.year()),
            Self::Week(year, _) | Self::Weekend(year, _) | Self::Month(year, _) => Some(year),
            Self::Quarter(year, _) | Self::Half(year, _) | Self::Season(year, _) | Self::Year(year) => {
                Some(year)
            }
            Self::Decade(_) | Self::Century(_) => None,
        }
    }

    /// The same part of another year; a leap day goes to the 28th.
    pub fn in_year(self, year: i16) -> Option<Self> {
        Some(match self {
            Self::Day(day) => {
                let span = year.checked_sub(day.year())?;
                Self::Day(day.checked_add(Span::new().try_years(span).ok()?).ok()?)
            }
            Self::Week(_, week) => Self::Week(year, week.min(52)),
            Self::Weekend(_, week) => Self::Weekend(year, week.min(52)),
            Self::Month(_, month) => Self::Month(year, month),
            Self::Quarter(_, quarter) => Self::Quarter(year, quarter),
            Self::Half(_, half) => Self::Half(year, half),
            Self::Season(_, season) => Self::Season(year, season),
            Self::Year(_) => Self::Year(year),
            Self::Decade(_) | Self::Century(_) => return None,
        })
    }

    /// How coarse it is: the unit of its size.
    pub fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(..) => Unit::Week,
            Self::Weekend(..) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) | Self::Half(..) | Self::Season(..) => Unit::Quarter,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    /// The ISO-TimeML value.
    pub fn value(self) -> String {
        match self {
            Self::Day(day) => format!("{}-{:02}-{:02}", year_text(day.year()), day.month(), day.day()),
            Self::Week(year, week) => format!("{}-W{week:02}", year_text(year)),
            Self::Weekend(year, week) => format!("{}-W{week:02}-WE", year_text(year)),
            Self::Month(year, month) => format!("{}-{month:02}", year_text(year)),
            Self::Quarter(year, quarter) => format!("{}-Q{quarter}", year_text(year)),
            Self::Half(year, half) => format!("{}-H{half}", year_text(year)),
            Self::Season(year, season) => format!("{}-{}", year_text(year), season.code()),
            Self::Year(year) => year_text(year),
            Self::Decade(decade) if decade < 0 => format!("BC{:03}", -decade),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) if century < 0 => format!("BC{:02}", -century),
            Self::Century(century) => format!("{century:02}"),
        }
    }
}

/// Four figures, with `BC` before the years that Christians count backwards.
fn year_text(year: i16) -> String {
    if year < 1 { format!("BC{:04}", 1 - i32::from(year)) } else { format!("{year:04}") }
}

fn monday(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(ISOWeekDate::date)
}

/// `day` moved by `count` units; `None` outside the calendar's range.
pub fn step(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day | Unit::Night => span.try_days(count),
        Unit::Week | Unit::Weekend => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(count.checked_mul(2)?),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(count.checked_mul(3)?),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(count.checked_mul(10)?),
        Unit::Century => span.try_years(count.checked_mul(100)?),
        Unit::Millennium => span.try_years(count.checked_mul(1000)?),
    };
    day.checked_add(span.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_timeml_does() {
        let day = Date::new(2024, 4, 16).unwrap();
        let written: Vec<String> = [
            Stamp::around(day, Unit::Day),
            Stamp::around(day, Unit::Week),
            Stamp::around(day, Unit::Weekend),
            Stamp::around(day, Unit::Month),
            Stamp::around(day, Unit::Quarter),
            Stamp::Half(2024, 1),
            Stamp::Season(2023, Season::Fall),
            Stamp::around(day, Unit::Decade),
            Stamp::around(day, Unit::Century),
            Stamp::Year(-328),
        ]
        .map(Stamp::value)
        .to_vec();
        assert_eq!(
            written.join(" "),
            "2024-04-16 2024-W16 2024-W16-WE 2024-04 2024-Q2 2024-H1 2023-FA 202 20 BC0329"
        );
    }
}
