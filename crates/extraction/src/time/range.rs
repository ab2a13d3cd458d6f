//! What expressions tell one another before any is anchored: years shared in ranges, and whether the text is
//! news or a history.

use super::item::{Item, Sign};
use super::meaning::{Amount, Found, Length, Pointer, Span, What, When, Year};
use jiff::civil::Date;
use tolmach_lexicon::time::{Role, Unit};

/// "from August to December 2021": the first takes its year from the second; "May 1988 to March": the second
/// from the first.
pub fn share_years(found: &mut [Found], items: &[Item<'_>]) {
    for at in 1..found.len() {
        if !joined(&found[at - 1], &found[at], items) {
            continue;
        }
        let (Some((first, a)), Some((second, b))) = (dated(&found[at - 1]), dated(&found[at])) else {
            continue;
        };
        match (first, second) {
            (Year::Open, Year::Given(year)) => {
                let turn = i16::from(order(a) > order(b));
                set_year(&mut found[at - 1], Year::Given(year - turn));
            }
            (Year::Open, Year::Turn(_) | Year::Story(_)) => set_year(&mut found[at - 1], second),
            (Year::Given(year), Year::Open) => {
                let turn = i16::from(order(a) > order(b));
                set_year(&mut found[at], Year::Given(year + turn));
            }
            _ => {}
        }
    }
}

/// "the quarter ended Sept. 30" is the quarter with that day in it; "the year ended July 2" is a length.
pub fn settle_ends(found: &mut [Found], items: &[Item<'_>]) {
    for at in 1..found.len() {
        let between = &items[found[at - 1].end..found[at].start.max(found[at - 1].end)];
        let ended = matches!(between, [one] if one.word.is(Role::Ended))
            || matches!(between, [one, on] if one.word.is(Role::Ended) && on.word.is(Role::On));
        let (true, Some((year, Span::Day(month, _)))) = (ended, dated(&found[at])) else { continue };
        let What::Point(point) = found[at - 1].what else { continue };
        match point.when {
            Some(When::Unit { unit: Unit::Quarter, .. }) => {
                let span = Span::Quarter(month.div_ceil(3));
                found[at - 1].what = What::when(When::calendar(year, span));
            }
            Some(When::Unit { unit: Unit::Year, pointer: Pointer::The, .. }) => {
                let year = Length { first: (Amount::Exact(1.0), Unit::Year), second: None };
                found[at - 1].what = What::Length(year);
            }
            _ => {}
        }
    }
}

/// Whether nothing but "to", "and" or a dash stands between.
fn joined(first: &Found, second: &Found, items: &[Item<'_>]) -> bool {
    let between = &items[first.end..second.start.max(first.end)];
    let joint =
        |item: &Item<'_>| item.word.is_any(&[Role::To, Role::And, Role::Or]) || item.sign == Sign::Dash;
    match between {
        [one] => joint(one),
        [comma, one] => comma.sign == Sign::Comma && joint(one),
        _ => false,
    }
}

/// Year and span of a part of a year without a pointer.
fn dated(found: &Found) -> Option<(Year, Span)> {
    match found.what {
        What::Point(point) => match point.when? {
            When::Calendar { year, span, pointer: Pointer::None, .. } if span != Span::Whole => {
                Some((year, span))
            }
            _ => None,
        },
        _ => None,
    }
}

fn set_year(found: &mut Found, new: Year) {
    if let What::Point(point) = &mut found.what {
        if let Some(When::Calendar { year, .. }) = &mut point.when {
            *year = new;
        }
    }
}

/// Where a span stands in its year.
fn order(span: Span) -> u16 {
    match span {
        Span::Whole => 0,
        Span::Half(half) => u16::from(half) * 600 - 500,
        Span::Quarter(quarter) => u16::from(quarter) * 300 - 200,
        Span::Season(season) => season.first_month() as u16 * 100,
        Span::Month(month) => u16::from(month) * 100,
        Span::Day(month, day) => u16::from(month) * 100 + u16::from(day),
    }
}

/// A history dates its story by years long gone and hardly ever from the day of writing.
pub fn is_history(found: &[Found], today: Option<Date>) -> bool {
    let Some(today) = today else { return false };
    let (mut far, mut near) = (0u32, 0u32);
    for one in found {
        let What::Point(point) = one.what else { continue };
        match point.when {
            Some(When::Calendar { year: Year::Given(year), .. }) if (today.year() - year).abs() > 1 => {
                far += 1
            }
            Some(When::Calendar { year: Year::Given(_), .. }) => near += 1,
            Some(When::Unit { unit: Unit::Day, pointer: Pointer::This | Pointer::Last, .. }) => near += 2,
            Some(When::Weekday { .. } | When::Shift { story: false, .. }) => near += 1,
            Some(When::Unit { pointer: Pointer::This | Pointer::Last | Pointer::Next, .. }) => near += 1,
            _ => {}
        }
    }
    far >= 8 && far > near * 3
}
