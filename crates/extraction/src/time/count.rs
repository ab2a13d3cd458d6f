//! Counting in units from now or from the story: "this week", "the following year", "two days later".
//!
//! A part of the anchoring pass; parts of a year are `yearly`'s.

use super::anchor::{Anchor, Place};
use super::meaning::Pointer;
use super::stamp::{Stamp, step};
use super::tense::Lean;
use jiff::civil::Date;
use tolmach_lexicon::time::Unit;

impl Anchor<'_> {
    pub(super) fn unit(&self, unit: Unit, pointer: Pointer, by: i32, lean: &dyn Fn() -> Lean) -> Place {
        let open = || Place::Open(open_unit(unit).to_owned());
        if unit == Unit::Quarter && matches!(pointer, Pointer::The | Pointer::Latest | Pointer::Same) {
            if let Some(part) = self.story.part() {
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
        let story = if days { self.story.day } else { self.story.last().and_then(Stamp::first_day) };
        let fine = days || self.story.last().is_some_and(|story| story.unit() <= unit);
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
        if self.history { self.story.last().and_then(Stamp::first_day).or(self.today) } else { self.today }
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

    pub(super) fn shift(&self, unit: Unit, halves: Option<i32>, story: bool, forward: bool) -> Place {
        let Some(halves) = halves else {
            // "a few days later" is some way from the story; "a few days ago" is in the past.
            return if story {
                Place::Length(unit, None)
            } else {
                Place::Open(if forward { "FUTURE_REF" } else { "PAST_REF" }.to_owned())
            };
        };
        let signed = if forward { halves } else { -halves };
        if unit == Unit::Year && signed == -2 {
            if let Some(part) = self.story.comparable() {
                return part
                    .year()
                    .and_then(|year| part.in_year(year - 1))
                    .map_or(Place::Length(unit, Some(halves)), Place::At);
            }
        }
        let base = if story { self.story_base(unit) } else { self.today };
        let (step_unit, count) = whole(unit, signed);
        let moved = base.and_then(|base| step(base, step_unit, count));
        match moved {
            Some(day) => Place::At(Stamp::around(day, fineness(step_unit))),
            None if self.today.is_none() && !story => Place::Open(open_unit(unit).to_owned()),
            None => Place::Length(unit, Some(halves)),
        }
    }

    /// The story's day, if the story is told finely enough to count `unit` from it.
    fn story_base(&self, unit: Unit) -> Option<Date> {
        match self.story.last() {
            Some(story) if story.unit() <= fineness(unit) => story.first_day(),
            Some(_) => None,
            None => self.today,
        }
    }
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

/// The value of a unit that cannot be counted from anywhere.
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
