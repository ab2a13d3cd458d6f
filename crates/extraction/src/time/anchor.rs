//! The anchoring pass: from what expressions say to when that is, in the order of the text.
//!
//! Knows the day of publication, the date last spoken of, and whether the text is news or a history. It reads
//! no words; the grammar has done that.

use super::meaning::{Clock, Pointer, Span, When, Year};
use super::stamp::{Stamp, step};
use super::tense::Lean;
use jiff::civil::Date;
use tolmach_lexicon::time::{Holiday, Season, TimeLexicon, Unit};

/// Sentences for which "a year earlier" is still a comparison with the quarter told of.
const MEMORY: u32 = 3;

/// What the pass carries along the text.
pub struct Anchor<'a> {
    lexicon: &'a TimeLexicon,
    /// Day of publication.
    pub today: Option<Date>,
    /// Whether undated times belong to the story's time and not to the day of publication.
    pub history: bool,
    /// The date last spoken of.
    story: Option<Stamp>,
    /// The quarter, half or month last spoken of, for "a year earlier".
    part: Option<Stamp>,
    /// The day last spoken of.
    told_day: Option<Date>,
    /// Whether `story` belongs to the sentence at hand.
    fresh: bool,
    /// Whether the sentence at hand measures a length, so that its "a year earlier" is no quarter's.
    measured: bool,
    /// Sentences so far, and the one that told `part`.
    sentence: u32,
    part_sentence: u32,
}

/// A resolved point: a stamp, or a value with open places.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Known.
    At(Stamp),
    /// Written with `X` where unknown.
    Open(String),
    /// Only a length of time is known.
    Length(Unit, Option<i32>),
    /// The calendar has no such day.
    Impossible,
}

impl<'a> Anchor<'a> {
    pub fn new(lexicon: &'a TimeLexicon, today: Option<Date>, history: bool) -> Self {
        Self {
            lexicon,
            today,
            history,
            story: None,
            part: None,
            told_day: None,
            fresh: false,
            measured: false,
            sentence: 0,
            part_sentence: 0,
        }
    }

    /// A new sentence begins.
    pub fn sentence(&mut self) {
        self.fresh = false;
        self.measured = false;
        self.sentence += 1;
    }

    /// A length was told.
    pub fn measure(&mut self) {
        self.measured = true;
    }

    /// Where the date is; `lean` is asked only when it matters.
    pub fn place(&self, when: When, lean: &dyn Fn() -> Lean) -> Place {
        match when {
            // "the fiscal first quarter" is reported in the year it is told of.
            When::Calendar { year: Year::Open, span, pointer, fiscal: true } if !self.history => {
                self.calendar(Year::Turn(0), span, pointer, lean)
            }
            When::Calendar { year, span, pointer, .. } => self.calendar(year, span, pointer, lean),
            When::Weekday { weekday, pointer } => self.weekday(weekday as i8, pointer, lean),
            When::Decade(value) => self.decade(value),
            When::Century(number) => {
                let number = i16::from(number);
                Place::At(Stamp::Century(if number > 0 { number - 1 } else { number }))
            }
            When::Unit { unit, pointer, by } => self.unit(unit, pointer, i32::from(by), lean),
            When::Shift { unit, halves, story, forward } => self.shift(unit, halves, story, forward),
            When::Holiday { index, year, pointer } => {
                self.holiday(self.lexicon.holiday(index), year, pointer, lean)
            }
            When::Echo { year, part } => self.echo(year, part),
            When::WeekOf { year, month, day } => {
                match self.calendar(year, Span::Day(month, day), Pointer::None, lean) {
                    Place::At(Stamp::Day(day)) => Place::At(Stamp::week_of(day)),
                    other => other,
                }
            }
        }
    }

    /// Remembers a date for what is told after it. What is only compared with ("a year earlier") is passed by.
    pub fn tell(&mut self, when: When, stamp: Stamp) {
        let compared = match when {
            When::Shift { story, forward, .. } => !(story && forward),
            When::Echo { .. } => true,
            When::Calendar { year: Year::Story(by), .. } => by < 0,
            _ => false,
        };
        if compared || matches!(stamp, Stamp::Decade(_) | Stamp::Century(_)) {
            return;
        }
        self.story = Some(stamp);
        self.fresh = true;
        match stamp {
            Stamp::Quarter(..) | Stamp::Half(..) if self.is_over(stamp) => {
                self.part = Some(stamp);
                self.part_sentence = self.sentence;
            }
            Stamp::Day(day) => self.told_day = Some(day),
            _ => {}
        }
    }

    /// The day that a bare time of day belongs to.
    pub fn day(&self) -> Option<Date> {
        match self.story {
            Some(Stamp::Day(day)) if self.fresh || self.history || self.today.is_none() => Some(day),
            _ => self.today,
        }
    }

    /// Whether a period has ended by the day of publication.
    fn is_over(&self, stamp: Stamp) -> bool {
        self.history || self.today.is_none_or(|today| stamp.end_day().is_some_and(|end| end <= today))
    }

    fn story_year(&self) -> Option<i16> {
        self.story.and_then(Stamp::year).or_else(|| self.today.map(Date::year))
    }

    /// The year that `year` means, if it is told.
    fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Open => None,
            Year::Given(year) => Some(year),
            Year::Short(two) => Some(self.century_of(i16::from(two))),
            Year::Turn(by) if self.history && self.story.is_some() => self.story_year()?.checked_add(by),
            Year::Turn(by) => self.today?.year().checked_add(by),
            Year::Story(by) => self.story_year()?.checked_add(by),
        }
    }

    /// "'98": the year that is not more than ten years ahead.
    fn century_of(&self, two: i16) -> i16 {
        let now = self.today.map_or(2000, Date::year);
        let year = now - now.rem_euclid(100) + two;
        if year > now + 10 { year - 100 } else { year }
    }

    fn calendar(&self, year: Year, span: Span, pointer: Pointer, lean: &dyn Fn() -> Lean) -> Place {
        if impossible(span, self.year(year)) {
            return Place::Impossible;
        }
        if let Some(year) = self.year(year) {
            return in_year(span, year).map_or(Place::Impossible, Place::At);
        }
        if year != Year::Open {
            return Place::Open(open(span));
        }
        match self.near(span, pointer, lean) {
            Some(stamp) => Place::At(stamp),
            None => Place::Open(open(span)),
        }
    }

    /// A part of the year without a year: from the story in histories, from the day of publication in news.
    fn near(&self, span: Span, pointer: Pointer, lean: &dyn Fn() -> Lean) -> Option<Stamp> {
        let story = self.story.filter(|story| story.year().is_some());
        match pointer {
            Pointer::Previous => return last_before(span, story?.first_day()?),
            Pointer::Following => return next_after(span, story?.end_day()?),
            Pointer::Same => return in_year(span, self.story_year()?),
            _ => {}
        }
        if let Some(story) = story.filter(|_| self.history || self.today.is_none()) {
            return beside(span, story, pointer);
        }
        let today = self.today?;
        match pointer {
            Pointer::Last | Pointer::Latest => last_before(span, month_back(span, today)),
            Pointer::Next => next_after(span, today),
            Pointer::This => in_year(span, season_year(span, today)),
            _ => match lean() {
                lean => leaning(span, today, lean),
            },
        }
    }

    fn weekday(&self, weekday: i8, pointer: Pointer, lean: &dyn Fn() -> Lean) -> Place {
        let open = || Place::Open(format!("XXXX-WXX-{weekday}"));
        let told = self.told_day;
        let story = matches!(pointer, Pointer::Previous | Pointer::Following | Pointer::Same) || self.history;
        let Some(base) = (if story { told.or(self.today) } else { self.today }) else { return open() };
        let ahead = i32::from((weekday - base.weekday().to_monday_one_offset()).rem_euclid(7));
        let behind = (7 - ahead) % 7;
        let week = i32::from(weekday - base.weekday().to_monday_one_offset());
        let days = match pointer {
            Pointer::Last | Pointer::Previous | Pointer::Latest => -(if behind == 0 { 7 } else { behind }),
            Pointer::Next => week + 7,
            Pointer::Following => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
            Pointer::This | Pointer::Same => week,
            _ if story => ahead,
            _ => match lean() {
                Lean::Future | Lean::Ahead => ahead,
                _ => -behind,
            },
        };
        step(base, Unit::Day, days).map_or_else(open, |day| Place::At(Stamp::Day(day)))
    }

    fn decade(&self, value: u16) -> Place {
        let decade = value as i16 / 10;
        if value >= 100 {
            return Place::At(Stamp::Decade(decade));
        }
        let Some(today) = self.today else { return Place::At(Stamp::Decade(190 + decade)) };
        let century = today.year() / 100 * 10;
        let decade =
            if century + decade > today.year() / 10 { century - 10 + decade } else { century + decade };
        Place::At(Stamp::Decade(decade))
    }

    fn unit(&self, unit: Unit, pointer: Pointer, by: i32, lean: &dyn Fn() -> Lean) -> Place {
        let open = || Place::Open(open_unit(unit).to_owned());
        if unit == Unit::Quarter && matches!(pointer, Pointer::The | Pointer::Latest | Pointer::Same) {
            if let Some(part) = self.part {
                return Place::At(part);
            }
        }
        if unit == Unit::Decade && pointer == Pointer::Last {
            return Place::Length(unit, Some(2));
        }
        if unit == Unit::Weekend {
            return self.weekend(pointer, lean).map_or_else(open, Place::At);
        }
        let days = unit <= Unit::Day || unit == Unit::Night;
        let story = if days { self.told_day } else { self.story.and_then(Stamp::first_day) };
        let fine = days || self.story.is_some_and(|story| story.unit() <= unit);
        let (base, count) = match pointer {
            Pointer::Previous => (story.filter(|_| fine).or(self.today), -1),
            Pointer::Following => (story.filter(|_| fine).or(self.today), 1),
            Pointer::Same => (story.filter(|_| fine).or(self.today), 0),
            Pointer::Last => (self.now(), -1),
            Pointer::Latest => (self.now(), if unit == Unit::Quarter { -1 } else { 0 }),
            Pointer::Next => (self.now(), 1),
            Pointer::The if unit == Unit::Quarter && !lean().is_ahead() => (self.now(), -1),
            Pointer::The | Pointer::This | Pointer::None => (self.now(), 0),
        };
        let base = if unit == Unit::Day && pointer == Pointer::This { self.today } else { base };
        let place = base.and_then(|base| step(base, unit, count + by)).map(|day| Stamp::around(day, unit));
        place.map_or_else(open, Place::At)
    }

    /// The day that "last" and "this" count from: the story's in histories.
    fn now(&self) -> Option<Date> {
        if self.history { self.story.and_then(Stamp::first_day).or(self.today) } else { self.today }
    }

    fn weekend(&self, pointer: Pointer, lean: &dyn Fn() -> Lean) -> Option<Stamp> {
        let base = self.now()?;
        let weeks = match pointer {
            Pointer::Last | Pointer::Previous => -1,
            Pointer::Next | Pointer::Following => 1,
            _ if lean().is_ahead() => 0,
            // On Saturdays and Sundays the weekend is the one that runs.
            _ if base.weekday().to_monday_one_offset() >= 6 => 0,
            Pointer::This => 0,
            _ => -1,
        };
        Some(Stamp::around(step(base, Unit::Week, weeks)?, Unit::Weekend))
    }

    fn shift(&self, unit: Unit, halves: Option<i32>, story: bool, forward: bool) -> Place {
        let Some(halves) = halves else {
            return Place::Open(if forward { "FUTURE_REF" } else { "PAST_REF" }.to_owned());
        };
        let signed = if forward { halves } else { -halves };
        if unit == Unit::Year && signed == -2 {
            if let Some(part) = self.comparable() {
                return part
                    .year()
                    .and_then(|year| part.in_year(year - 1))
                    .map_or(Place::Length(unit, Some(halves)), Place::At);
            }
        }
        let base = if story { self.story_base(unit) } else { self.now_for_ago() };
        let (step_unit, count) = whole(unit, signed);
        let moved = base.and_then(|base| step(base, step_unit, count));
        match moved {
            Some(day) => Place::At(Stamp::around(day, fineness(step_unit))),
            None if self.today.is_none() && !story => Place::Open(open_unit(unit).to_owned()),
            None => Place::Length(unit, Some(halves)),
        }
    }

    /// The quarter or half spoken of just now, which "a year earlier" is compared with.
    fn comparable(&self) -> Option<Stamp> {
        self.part
            .filter(|_| !self.measured)
            .filter(|part| self.story == Some(*part) || self.sentence - self.part_sentence <= MEMORY)
    }

    fn now_for_ago(&self) -> Option<Date> {
        self.today
    }

    /// The story's day, if the story is told finely enough to count `unit` from it.
    fn story_base(&self, unit: Unit) -> Option<Date> {
        match self.story {
            Some(story) if story.unit() <= fineness(unit) => story.first_day(),
            Some(_) => None,
            None => self.today,
        }
    }

    fn holiday(&self, holiday: Holiday, year: Year, pointer: Pointer, lean: &dyn Fn() -> Lean) -> Place {
        let day = |year| holiday_in(holiday, year);
        if let Some(year) = self.year(year) {
            return day(year).map_or(Place::Impossible, |day| Place::At(Stamp::Day(day)));
        }
        let base = if self.history { self.story.and_then(Stamp::first_day) } else { self.today };
        let Some(base) = base.or(self.today) else { return Place::Open("XXXX-XX-XX".to_owned()) };
        let days = || [-1, 0, 1].into_iter().filter_map(|turn| day(base.year() + turn));
        let before = || days().filter(|day| *day < base).last();
        let after = || days().find(|day| *day > base);
        let found = match pointer {
            Pointer::Last | Pointer::Previous => before(),
            Pointer::Next | Pointer::Following => after(),
            Pointer::This | Pointer::Same => day(base.year()),
            _ if self.history => day(base.year()),
            _ => match lean() {
                Lean::Past | Lean::Over => days().filter(|day| *day <= base).last(),
                Lean::Future | Lean::Ahead => days().find(|day| *day >= base),
                _ => days().min_by_key(|day| (*day - base).get_days().abs()),
            },
        };
        found.map_or_else(|| Place::Open("XXXX-XX-XX".to_owned()), |day| Place::At(Stamp::Day(day)))
    }

    /// The part of the year last spoken of, in another year.
    fn echo(&self, year: Year, part: bool) -> Place {
        let base = self.part.or(if part { self.story } else { None });
        let target = match (year, base) {
            (Year::Story(by), Some(base)) => base.year().and_then(|year| year.checked_add(by)),
            (Year::Story(by), None) => self.today.map(|today| today.year() + by),
            _ => self.year(year),
        };
        let Some(target) = target else { return Place::Open("XXXX".to_owned()) };
        let stamp = base.and_then(|base| base.in_year(target)).unwrap_or(Stamp::Year(target));
        Place::At(stamp)
    }
}

/// Writes a time of day behind a date.
pub fn clock_value(date: &str, clock: Clock) -> String {
    match clock {
        Clock::Part(part) => format!("{date}T{}", part.code()),
        Clock::Time { hour, minute, second, zulu } => {
            let minute = if minute == 60 { 0 } else { minute };
            let seconds = if second == 60 { String::new() } else { format!(":{second:02}") };
            format!("{date}T{hour:02}:{minute:02}{seconds}{}", if zulu { "Z" } else { "" })
        }
    }
}

/// Whether the calendar lacks the day, in that year or in every year.
fn impossible(span: Span, year: Option<i16>) -> bool {
    match span {
        // 2024 had a 29 February; without a year the benefit of the doubt.
        Span::Day(month, day) => Date::new(year.unwrap_or(2024), month as i8, day as i8).is_err(),
        Span::Month(month) => !(1..=12).contains(&month),
        _ => false,
    }
}

fn in_year(span: Span, year: i16) -> Option<Stamp> {
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
fn season_year(span: Span, today: Date) -> i16 {
    if span == Span::Season(Season::Winter) && today.month() < 3 { today.year() - 1 } else { today.year() }
}

/// "last February" said in March is the one a year back; the month just over is "last month".
fn month_back(span: Span, today: Date) -> Date {
    let month = matches!(span, Span::Month(_));
    let start = Stamp::Month(today.year(), today.month()).first_day().filter(|_| month);
    start.and_then(|start| step(start, Unit::Day, -1)).unwrap_or(today)
}

fn candidates(span: Span, year: i16) -> impl DoubleEndedIterator<Item = Stamp> {
    // Leap days need a wider look.
    (year - 4..=year + 4).filter_map(move |year| in_year(span, year))
}

fn last_before(span: Span, day: Date) -> Option<Stamp> {
    candidates(span, day.year()).rev().find(|one| one.end_day().is_some_and(|end| end <= day))
}

fn next_after(span: Span, day: Date) -> Option<Stamp> {
    candidates(span, day.year()).find(|one| one.first_day().is_some_and(|start| start > day))
}

/// The nearest one, with the other side of now made farther by what the grammar says.
///
/// "is payable Dec. 7" and "was announced Dec. 7" may both be two weeks ahead, but "fell in December" said in
/// October lies behind.
fn leaning(span: Span, day: Date, lean: Lean) -> Option<Stamp> {
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
fn beside(span: Span, story: Stamp, pointer: Pointer) -> Option<Stamp> {
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

/// Whole steps of a unit: half years are six months, half weeks and the like are cut.
fn whole(unit: Unit, halves: i32) -> (Unit, i32) {
    match unit {
        _ if halves % 2 == 0 => (unit, halves / 2),
        Unit::Year => (Unit::Month, halves * 6),
        Unit::Decade => (Unit::Year, halves * 5),
        Unit::Century => (Unit::Year, halves * 50),
        _ => (unit, halves / 2),
    }
}

/// How fine a date is when it is counted in a unit: a decade ago is a year.
fn fineness(unit: Unit) -> Unit {
    match unit {
        Unit::Decade => Unit::Year,
        Unit::Fortnight | Unit::Weekend => Unit::Week,
        other => other,
    }
}

fn open(span: Span) -> String {
    match span {
        Span::Whole => "XXXX".to_owned(),
        Span::Half(half) => format!("XXXX-H{half}"),
        Span::Quarter(quarter) => format!("XXXX-Q{quarter}"),
        Span::Season(season) => format!("XXXX-{}", season.code()),
        Span::Month(month) => format!("XXXX-{month:02}"),
        Span::Day(month, day) => format!("XXXX-{month:02}-{day:02}"),
    }
}

fn open_unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century | Unit::Millennium => "XX",
        _ => "XXXX-XX-XX",
    }
}

fn holiday_in(holiday: Holiday, year: i16) -> Option<Date> {
    match holiday {
        Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
        Holiday::Easter(days) => step(super::stamp::easter(year)?, Unit::Day, i32::from(days)),
        Holiday::Election => step(nth_weekday(year, 11, 1, 1)?, Unit::Day, 1),
        Holiday::Nth { nth, weekday, month, plus } => {
            step(nth_weekday(year, month, nth, weekday)?, Unit::Day, i32::from(plus))
        }
    }
}

fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}
