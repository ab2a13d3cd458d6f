//! The anchoring pass: from what expressions say to when that is, in the order of the text.
//!
//! Knows the day of publication, the date last spoken of, and whether the text is news or a history. It reads
//! no words; the grammar has done that.

use super::holiday::day_in;
use super::meaning::{Pointer, Span, When, Year};
use super::stamp::{Stamp, step};
use super::story::Story;
use super::tense::Lean;
use super::yearly::{beside, impossible, in_year, last_before, leaning, month_back, next_after, open, season_year};
use jiff::civil::Date;
use tolmach_lexicon::time::{Holiday, TimeLexicon, Unit};

/// What the pass carries along the text.
pub struct Anchor<'a> {
    lexicon: &'a TimeLexicon,
    /// Day of publication.
    pub today: Option<Date>,
    /// Whether undated times belong to the story's time and not to the day of publication.
    pub history: bool,
    /// What was told so far.
    pub story: Story,
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
    /// Before the first word.
    pub fn new(lexicon: &'a TimeLexicon, today: Option<Date>, history: bool) -> Self {
        Self { lexicon, today, history, story: Story::default() }
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

    /// Remembers a date for what is told after it.
    pub fn tell(&mut self, when: When, stamp: Stamp) {
        let over = self.is_over(stamp);
        self.story.tell(when, stamp, over);
    }

    /// The day that a bare time of day belongs to.
    pub fn day(&self) -> Option<Date> {
        let told = if self.tells() { self.story.day } else { self.story.fresh_day() };
        told.or(self.today)
    }

    /// Whether undated times are counted from the story.
    pub(super) fn tells(&self) -> bool {
        self.history || self.today.is_none()
    }

    /// Whether a period has ended by the day of publication.
    fn is_over(&self, stamp: Stamp) -> bool {
        self.history || self.today.is_none_or(|today| stamp.end_day().is_some_and(|end| end <= today))
    }

    fn story_year(&self) -> Option<i16> {
        self.story.last().and_then(Stamp::year).or_else(|| self.today.map(Date::year))
    }

    /// The year that `year` means, if it is told.
    fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Open => None,
            Year::Given(year) => Some(year),
            Year::Short(two) => Some(self.century_of(i16::from(two))),
            Year::Turn(by) if self.history && self.story.last().is_some() => self.story_year()?.checked_add(by),
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
        let story = self.story.last().filter(|story| story.year().is_some());
        match pointer {
            Pointer::Previous => return last_before(span, story?.first_day()?),
            Pointer::Following => return next_after(span, story?.end_day()?),
            Pointer::Same => return in_year(span, self.story_year()?),
            _ => {}
        }
        if let Some(story) = story.filter(|_| self.tells()) {
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
        let told = self.story.day;
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

    fn holiday(&self, holiday: Holiday, year: Year, pointer: Pointer, lean: &dyn Fn() -> Lean) -> Place {
        let day = |year| day_in(holiday, year);
        if let Some(year) = self.year(year) {
            return day(year).map_or(Place::Impossible, |day| Place::At(Stamp::Day(day)));
        }
        let base = if self.history { self.story.last().and_then(Stamp::first_day) } else { self.today };
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
        let base = self.story.part().or(if part { self.story.last() } else { None });
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

