//! Points on the time line: a date, where in it ("early", "the end of"), and the time of day.

use super::super::item::{Cursor, Sign};
use super::super::meaning::{Clock, Point, Pointer, Span, What, When, Year};
use super::calendar::{self, Named};
use super::{Grammar, Said, Step, clock, length, pointer};
use tolmach_lexicon::time::{Meaning, Modifier, PartOfDay, Role, Unit};

/// A date with what was said of its part.
type Dated = (Named, Option<PartOfDay>, Option<Modifier>);

impl<'a> Grammar<'a> {
    /// A date or a time of day, alone or together.
    pub(super) fn point(self, c: Cursor<'a>) -> Step<'a, Said> {
        let dated = self.clocked(c).or_else(|| self.dated_point(c));
        let part = bare_part(c);
        match (&dated, &part) {
            (Some((_, a)), Some((_, b))) if b.at > a.at => part,
            (None, _) => part,
            _ => dated,
        }
    }

    /// "10 p.m.", "noon Saturday", "5 p.m. EST, Nov. 9", "8 o'clock on Friday morning".
    fn clocked(self, c: Cursor<'a>) -> Step<'a, Said> {
        let (clock, after) = clock::clock(c)?;
        let joined = after.skip_sign(Sign::Comma).skip(Role::On);
        let day =
            self.date(joined).filter(|(((when, _), _, modifier), _)| is_day(*when) && modifier.is_none());
        match day {
            Some((((when, _), _, _), after)) => Some((timed(Some(when), clock, None), after)),
            None => Some((timed(None, clock, None), after)),
        }
    }

    /// A date, with a part of the day or an hour behind it.
    fn dated_point(self, c: Cursor<'a>) -> Step<'a, Said> {
        let (((when, rule), part, modifier), after) = self.date(c)?;
        if let Some(part) = part {
            return Some((timed(Some(when), Clock::Part(part), modifier), after));
        }
        if is_day(when) {
            if let Some((clock, after)) = daytime(after) {
                return Some((timed(Some(when), clock, modifier), after));
            }
        }
        Some(((What::when(when), modifier, rule), after))
    }

    /// A date with its position words.
    fn date(self, c: Cursor<'a>) -> Step<'a, Dated> {
        self.positioned(c).or_else(|| year_end(c)).or_else(|| part_of(c, self)).or_else(|| self.plain_date(c))
    }

    fn plain_date(self, c: Cursor<'a>) -> Step<'a, Dated> {
        let mut best: Step<'a, Dated> = None;
        let mut offer = |candidate: Step<'a, Dated>| {
            if let Some((dated, after)) = candidate {
                if best.as_ref().is_none_or(|(_, end)| after.at > end.at) {
                    best = Some((dated, after));
                }
            }
        };
        let simple = |(named, after)| ((named, None, None), after);
        offer(self.holiday(c));
        offer(length::shifted(c).map(simple));
        offer(calendar::prefixed(c).map(|((named, modifier), after)| ((named, None, modifier), after)));
        offer(pointer::deictic(c).map(|((named, part), after)| ((named, part, None), after)));
        offer(determined(c).map(simple));
        offer(pointer::pointed(c).map(|((named, part), after)| ((named, part, None), after)));
        best
    }

    /// "Christmas", "last Thanksgiving", "New Year's Eve 1999".
    fn holiday(self, c: Cursor<'a>) -> Step<'a, Dated> {
        let (pointer, start) = pointer::pointer(c).unwrap_or((Pointer::None, c));
        if !start.item().capital && start.word().ordinal == 0 {
            return None;
        }
        let (means, after) = self.phrase(start, |means| matches!(means, Meaning::Holiday(_)))?;
        let Meaning::Holiday(index) = means else { return None };
        let (year, after) = calendar::year_after(after).unwrap_or((Year::Open, after));
        let pointer = if pointer == Pointer::The { Pointer::None } else { pointer };
        Some((((When::Holiday { index, year, pointer }, "time.holiday"), None, None), after))
    }

    /// "early 1990", "late last week", "mid-November", "earlier this year", "the end of 1990".
    fn positioned(self, c: Cursor<'a>) -> Step<'a, Dated> {
        let start = c.skip(Role::The);
        let (modifier, after) = position(start)?;
        let (dated, after) = self.deeper()?.date(after)?;
        let ((when, rule), part, inner) = dated;
        let fits =
            matches!(when, When::Shift { .. }) || start.at == c.at || !matches!(when, When::Weekday { .. });
        fits.then_some((((when, rule), part, inner.or(modifier)), after))
    }
}

/// "early", "mid-", "later in", "the beginning of", "end-": with the `mod` they give.
fn position(c: Cursor<'_>) -> Step<'_, Option<Modifier>> {
    if c.is(Role::Start) || c.is(Role::End) || c.is(Role::Mid) || c.is(Role::Remainder) {
        let modifier = match () {
            () if c.is(Role::Start) => Some(Modifier::Start),
            () if c.is(Role::End) => Some(Modifier::End),
            () if c.is(Role::Mid) => Some(Modifier::Mid),
            () => None,
        };
        let after = c.next();
        let joined = after.take(Role::Of).or_else(|| after.hyphen());
        let close = c.is(Role::Mid).then_some(after);
        return joined.or(close).map(|after| (modifier, after));
    }
    let (modifier, after) = if let Some(after) = c.take(Role::Early) {
        (Modifier::Start, after)
    } else if let Some(after) = c.take(Role::Late) {
        (Modifier::End, after)
    } else if let Some(after) = c.take(Role::Earlier) {
        (Modifier::Start, after)
    } else {
        (Modifier::End, c.take(Role::Later)?)
    };
    Some((Some(modifier), after.skip_hyphen().skip(Role::In).skip(Role::On)))
}

/// "first half of 1990", "a good part of 1990", "the second half of the year": stands for what it is part of.
fn part_of<'a>(c: Cursor<'a>, grammar: Grammar<'a>) -> Step<'a, Dated> {
    let start = c.take_any(&[Role::The, Role::A]).unwrap_or(c);
    let (ordinal, after) = super::number::ordinal(start).unwrap_or((0, start));
    let after = if ordinal == 0 && start.is(Role::Last) { start.next() } else { after };
    let latter = after.at != start.at && ordinal != 1;
    let after = after.take(Role::Half)?.take(Role::Of)?;
    let (((when, rule), part, _), after) = grammar.deeper()?.date(after)?;
    let half = if latter { 2 } else { 1 };
    if start.at == c.at && ordinal == 0 && !latter {
        return None;
    }
    match when {
        When::Calendar { year, span: Span::Whole, pointer, fiscal } => {
            let when = When::Calendar { year, span: Span::Half(half), pointer, fiscal };
            Some((((when, "time.quarter"), part, None), after))
        }
        When::Unit { unit: Unit::Year, pointer, by } => {
            let year = match pointer::year(pointer) {
                Year::Turn(turn) => Year::Turn(turn + by),
                Year::Story(turn) => Year::Story(turn + by),
                other => other,
            };
            Some((((When::calendar(year, Span::Half(half)), "time.quarter"), part, None), after))
        }
        _ => {
            let modifier = if latter { Modifier::End } else { Modifier::Start };
            Some((((when, rule), part, Some(modifier)), after))
        }
    }
}

/// "year-end", "year's end", "month end", "year-end 1990".
fn year_end(c: Cursor<'_>) -> Step<'_, Dated> {
    let (pointer, start) = pointer::pointer(c).unwrap_or((Pointer::This, c));
    let (unit, plural, after) = start.unit()?;
    if plural || !matches!(unit, Unit::Year | Unit::Month | Unit::Quarter | Unit::Week) {
        return None;
    }
    let after = after.sign(Sign::Possessive).unwrap_or(after).skip_hyphen();
    let after = after.take(Role::End)?;
    if unit == Unit::Week {
        return None;
    }
    let pointer = if pointer == Pointer::The { Pointer::This } else { pointer };
    if let (Unit::Year, Some((year, after))) = (unit, calendar::year(after)) {
        let when = When::calendar(year, Span::Whole);
        return Some((((when, "time.year-end"), None, Some(Modifier::End)), after));
    }
    let when = When::Unit { unit, pointer, by: 0 };
    Some((((when, "time.year-end"), None, Some(Modifier::End)), after))
}

/// A calendar date with its article; "the" belongs to quarters, decades, seasons, days and named years.
fn determined(c: Cursor<'_>) -> Step<'_, Named> {
    let start = c.skip(Role::The);
    if let Some(found) = week_of(start) {
        return Some(found);
    }
    if let Some(found) = calendar::named_year(start) {
        return Some(found);
    }
    let start = if start.at == c.at { c } else { start.skip(Role::Corresponding) };
    let found = calendar::calendar(start)?;
    let ((when, _), _) = found;
    let takes_article = match when {
        When::Weekday { .. } => false,
        When::Calendar { span: Span::Whole, fiscal, .. } => fiscal,
        When::Calendar { span, .. } => !matches!(span, Span::Month(_)),
        When::Echo { part, .. } => part,
        _ => true,
    };
    (start.at == c.at || takes_article).then_some(found)
}

/// "the week of March 6", "the week ended Oct. 13" is two expressions.
fn week_of(c: Cursor<'_>) -> Step<'_, Named> {
    let (unit, plural, after) = c.unit()?;
    if unit != Unit::Week || plural {
        return None;
    }
    let ((when, _), after) = calendar::calendar(after.take(Role::Of)?)?;
    let When::Calendar { year, span: Span::Day(month, day), .. } = when else { return None };
    Some(((When::WeekOf { year, month, day }, "time.week-of"), after))
}

/// "morning", "at 10 a.m.", ", 5 p.m." behind a date.
fn daytime(c: Cursor<'_>) -> Step<'_, Clock> {
    if let Some((part, after)) = clock::part(c.skip_hyphen()).filter(|_| c.word().deictic.is_none()) {
        return Some((Clock::Part(part), after));
    }
    let joined = c.skip_sign(Sign::Comma).skip(Role::At);
    if joined.at == c.at {
        return None;
    }
    clock::clock(joined)
}

/// Whether a time of day can belong to it.
fn is_day(when: When) -> bool {
    matches!(
        when,
        When::Weekday { .. }
            | When::Calendar { span: Span::Day(..), .. }
            | When::Unit { unit: Unit::Day, .. }
            | When::Holiday { .. }
    )
}

fn timed(when: Option<When>, clock: Clock, modifier: Option<Modifier>) -> Said {
    let rule = if matches!(clock, Clock::Part(_)) { "time.part-of-day" } else { "time.clock" };
    (What::Point(Point { when, clock: Some(clock) }), modifier, rule)
}

/// "the morning of March 5", "mid-afternoon yesterday", "early morning": a part of the day that comes first.
fn bare_part(c: Cursor<'_>) -> Step<'_, Said> {
    let start = c.skip(Role::The);
    let placed = position(start).map(|(_, after)| after).unwrap_or(start);
    let (part, after) = clock::part(placed)?;
    if placed.word().deictic.is_some() {
        return None;
    }
    let joined = after.skip(Role::Of).skip(Role::On);
    let named = calendar::calendar(joined.skip(Role::The))
        .or_else(|| pointer::deictic(joined).map(|((named, _), after)| (named, after)))
        .filter(|((when, _), _)| is_day(*when));
    match named {
        Some(((when, _), after)) => Some((timed(Some(when), Clock::Part(part), None), after)),
        None => (placed.at != c.at).then(|| (timed(None, Clock::Part(part), None), after)),
    }
}
