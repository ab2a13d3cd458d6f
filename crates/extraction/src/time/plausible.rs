//! Which of the grammar's readings are times in this sentence: "May" the month or the verb, "1500" the year or
//! the count, "second" the unit or the rank.
//!
//! Asks the parse and the recogniser; proposes nothing of its own.

use super::figure::Figure;
use super::item::{Cursor, Item, Sign};
use super::meaning::{Amount, Clock, Found, Point, Pointer, Span, What, When, Year};
use crate::Context;
use tolmach_document::{Dep, EntityLabel, Pos, Tag};
use tolmach_lexicon::time::{Number, PartOfDay, Role, Unit};

/// A found expression in its sentence.
pub struct Candidate<'a> {
    pub ctx: Context<'a>,
    pub items: &'a [Item<'a>],
    pub found: &'a Found,
}

impl Candidate<'_> {
    fn before(&self) -> &Item<'_> {
        Cursor::new(self.items, self.found.start.saturating_sub(1)).item()
    }
    fn after(&self) -> &Item<'_> {
        Cursor::new(self.items, self.found.end).item()
    }
    fn first(&self) -> &Item<'_> {
        &self.items[self.found.start]
    }
    fn last(&self) -> &Item<'_> {
        &self.items[self.found.end - 1]
    }
    fn length(&self) -> usize {
        self.found.end - self.found.start
    }
    fn tag(&self, item: &Item<'_>) -> Tag {
        let parsed = self.ctx.parsed;
        if item.token < parsed.len() { parsed.tag(item.token) } else { Tag::None }
    }
    fn pos(&self, item: &Item<'_>) -> Pos {
        let parsed = self.ctx.parsed;
        if item.token < parsed.len() { parsed.pos(item.token) } else { Pos::None }
    }
    fn label(&self, item: &Item<'_>) -> Option<EntityLabel> {
        let parsed = self.ctx.parsed;
        if item.token < parsed.len() { parsed.entity(item.token).label() } else { None }
    }
    fn lower(&self, item: &Item<'_>) -> &str {
        let parsed = self.ctx.parsed;
        if item.token < parsed.len() { parsed.lower(item.token) } else { "" }
    }

    /// Whether the reading holds.
    pub fn holds(&self) -> bool {
        match self.found.what {
            What::Point(point) => self.point(point),
            What::Length(length) => self.measured(length.first),
            What::Every(_) => self.repeated(),
            What::Vague(index) => self.vague(index),
        }
    }

    fn point(&self, point: Point) -> bool {
        match (point.when, point.clock) {
            (Some(When::Calendar { year, span, pointer, .. }), _) => self.calendar(year, span, pointer),
            (Some(When::Weekday { .. }), clock) => self.weekday(clock),
            (Some(When::Decade(value)), _) => value >= 100 || self.tag(self.before()) != Tag::PrpDollar,
            (Some(When::Unit { unit, pointer, .. }), None) => self.pointed(unit, pointer),
            (Some(When::Holiday { .. }), _) => !self.inside_name(),
            (Some(When::Unit { pointer: Pointer::Same, .. }), Some(Clock::Part(PartOfDay::Night))) => {
                !self.first().word.is(Role::The) || self.length() > 2
            }
            _ => true,
        }
    }

    fn calendar(&self, year: Year, span: Span, pointer: Pointer) -> bool {
        match span {
            Span::Whole if self.length() == 1 => {
                matches!(self.first().figure, Figure::Prefixed(..) | Figure::Years(_)) || self.year()
            }
            Span::Month(_) if self.length() == 1 => self.month(),
            Span::Season(_) => self.season(year, pointer),
            _ => true,
        }
    }

    /// "May", "March", "April": by its neighbours and its name.
    fn month(&self) -> bool {
        let item = self.first();
        let label = self.label(item);
        if label == Some(EntityLabel::Date) {
            return self.tag(item) != Tag::Md;
        }
        let placed = self.before().word.is_any(&[Role::Yearly, Role::Each, Role::On]);
        let named = matches!(label, Some(EntityLabel::Person)) || self.before().word.is(Role::Titles);
        if item.word.shy {
            return placed && !named && matches!(self.tag(item), Tag::Nnp | Tag::Nn);
        }
        placed || !(named || self.inside_name())
    }

    fn season(&self, year: Year, pointer: Pointer) -> bool {
        let told = year != Year::Open || !matches!(pointer, Pointer::None | Pointer::The);
        let item = self.last();
        let shy = (self.found.start..self.found.end)
            .any(|at| self.items[at].word.season.is_some() && self.items[at].word.shy);
        if self.inside_name() {
            return false;
        }
        told || self.label(item) == Some(EntityLabel::Date) || (!shy && self.pos(item).is_nominal())
    }

    fn weekday(&self, clock: Option<Clock>) -> bool {
        let short = self.items[self.found.start..self.found.end].iter().any(|item| item.word.short);
        if short && clock.is_none() {
            return self.label(self.last()) == Some(EntityLabel::Date);
        }
        !self.inside_name()
    }

    /// Whether the expression is part of a longer name of something else ("The Sunday Times").
    fn inside_name(&self) -> bool {
        let other = |item: &Item<'_>| {
            matches!(
                self.label(item),
                Some(
                    EntityLabel::Org
                        | EntityLabel::WorkOfArt
                        | EntityLabel::Person
                        | EntityLabel::Fac
                        | EntityLabel::Product
                        | EntityLabel::Event
                )
            )
        };
        let (first, last) = (self.first(), self.last());
        (other(first) && other(self.before()) && self.before().capital)
            || (other(last) && other(self.after()) && self.after().capital)
    }

    /// A bare number of four figures.
    fn year(&self) -> bool {
        let item = self.first();
        let (before, after) = (self.before(), self.after());
        if before.sign == Sign::Money || after.word.is(Role::Measure) || after.word.number != Number::None {
            return false;
        }
        if before.sign == Sign::Dash && before.glued && self.items[self.found.start.saturating_sub(2)].glued {
            let range = matches!(
                self.items[self.found.start.saturating_sub(2)].figure,
                Figure::Number { digits: 4, .. }
            );
            return range;
        }
        let counted = matches!(self.tag(after), Tag::Nns | Tag::Nnps);
        match self.label(item) {
            Some(EntityLabel::Date) => true,
            Some(EntityLabel::Money | EntityLabel::Percent | EntityLabel::Quantity) => false,
            Some(EntityLabel::Cardinal) => {
                before.word.is(Role::Yearly) && !counted && self.pos(after) != Pos::Noun
            }
            Some(EntityLabel::Law | EntityLabel::Event) => true,
            Some(_) => before.word.is(Role::Yearly) && !counted,
            None => {
                let placed = before.word.is(Role::Yearly) || before.sign == Sign::Open;
                placed && !counted || (self.is_alone(after) && !counted)
            }
        }
    }

    fn is_alone(&self, after: &Item<'_>) -> bool {
        matches!(after.sign, Sign::Comma | Sign::Stop | Sign::Close)
            && matches!(self.lower(self.before()), "," | "(")
    }

    fn pointed(&self, unit: Unit, pointer: Pointer) -> bool {
        match unit {
            Unit::Second | Unit::Minute => false,
            Unit::Hour | Unit::Night | Unit::Day => !matches!(pointer, Pointer::The | Pointer::Last),
            _ => !self.titled(),
        }
    }

    fn measured(&self, (amount, unit): (Amount, Unit)) -> bool {
        let unit_item =
            self.items[self.found.start..self.found.end].iter().rev().find(|item| item.word.unit.is_some());
        let Some(item) = unit_item else { return true };
        if unit == Unit::Second {
            return matches!(self.tag(item), Tag::Nns | Tag::Nn) && self.pos(self.after()) != Pos::Noun;
        }
        if amount == Amount::Vague && self.length() == 1 && (unit <= Unit::Minute || unit == Unit::Quarter) {
            return false;
        }
        !self.titled() && !self.is_rate()
    }

    /// "barrels a day", "$5 a year": the unit of a quantity.
    fn is_rate(&self) -> bool {
        let bare = self.length() == 2 && self.first().word.is(Role::A);
        let counted = self.before().figure != Figure::None
            || self.before().word.is(Role::Measure)
            || self.before().word.number != Number::None
            || self.tag(self.before()) == Tag::Nns;
        bare && counted && self.ctx.parsed.dep(self.last().token) == Dep::Npadvmod
    }

    /// "This Week", "60 Minutes": a unit with a capital in a title.
    fn titled(&self) -> bool {
        let items = &self.items[self.found.start..self.found.end];
        let Some(unit) = items.iter().find(|item| item.word.unit.is_some() && item.capital) else {
            return false;
        };
        let quoted = matches!(self.lower(self.before()), "\"" | "``" | "“" | "''" | "'" | "‘");
        quoted
            || matches!(
                self.label(unit),
                Some(EntityLabel::WorkOfArt | EntityLabel::Org | EntityLabel::Product)
            )
    }

    /// "quarterly" and the like repeat only as adverbs; "a quarterly loss" is the loss of a quarter.
    fn repeated(&self) -> bool {
        let item = self.first();
        !(self.length() == 1
            && item.word.often
            && item.word.unit == Some(Unit::Quarter)
            && self.tag(item) != Tag::Rb)
    }

    fn vague(&self, index: u16) -> bool {
        let reference = self.ctx.lexicon.time.reference(index);
        let tag = self.tag(self.first());
        let fits = reference.tags.is_empty() || reference.tags.contains(&tag) || tag == Tag::None;
        let is_in = |list: &[String], item: &Item<'_>| list.iter().any(|word| word == self.lower(item));
        fits && !is_in(&reference.not_before, self.after()) && !is_in(&reference.not_after, self.before())
    }
}
