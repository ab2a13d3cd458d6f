//! Times: TIMEX3 expressions with values and intervals.
//!
//! Three steps: the grammar finds what speaks of time, the parse says which readings hold, one anchoring pass
//! says when that is. Says when, never what: which event a time belongs to is asked by [`of_clause`].

mod anchor;
mod count;
mod attach;
pub mod example;
mod figure;
mod grammar;
mod holiday;
mod item;
mod meaning;
mod plausible;
mod range;
mod stamp;
mod story;
mod tense;
mod value;
mod yearly;

pub use attach::of_clause;

use crate::Context;
use anchor::{Anchor, Place};
use grammar::Grammar;
use item::{Cursor, Item};
use meaning::{Found, Point, What};
use plausible::Candidate;
use tolmach_document::{Issue, RuleId, Table, TextRange, TimeExpression, TimeKind, TokenRange};
use tolmach_lexicon::time::{Modifier, Role, Unit};

/// Times of the text, sorted by range.
pub fn find(ctx: Context<'_>, issues: &mut Vec<Issue>) -> Table<TimeExpression> {
    let lexicon = &ctx.lexicon.time;
    let items = item::items(ctx.parsed, lexicon);
    let lowers =
        |at: usize| items.get(at).filter(|i| i.token < ctx.parsed.len()).map(|i| ctx.parsed.lower(i.token));
    let mut found = scan(ctx, &items, Grammar::new(lexicon, &lowers));
    range::share_years(&mut found, &items);
    range::settle_ends(&mut found, &items);
    let history = range::is_history(&found, ctx.published());
    let mut pass =
        Pass { ctx, items: &items, anchor: Anchor::new(lexicon, ctx.published(), history), issues };
    let mut sentence = usize::MAX;
    let mut out = Table::new();
    for one in &found {
        let here = ctx.parsed.sentence_index(items[one.start].token);
        if here != sentence {
            pass.anchor.story.sentence();
            sentence = here;
        }
        if let Some(row) = pass.row(one) {
            out.push(row);
        }
    }
    out
}

/// Every expression that holds, from left to right, without overlap.
fn scan<'a>(ctx: Context<'a>, items: &'a [Item<'a>], grammar: Grammar<'a>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let nothing = ctx.lexicon.time.nothing();
    let mut at = 1;
    while at + 1 < items.len() {
        let item = &items[at];
        let silent = std::ptr::eq(item.word, nothing) && item.figure == figure::Figure::None;
        if silent && item.sign == item::Sign::None {
            at += 1;
            continue;
        }
        let c = Cursor::new(items, at);
        let listed = out.last().filter(|last| last.end + 3 > at).and_then(|last| {
            let end = Cursor::new(items, last.end);
            grammar::next_in_list(last, end).filter(|found| found.start == at)
        });
        let read = listed.or_else(|| grammar::days_before(c)).or_else(|| grammar.expression(c));
        match read.filter(|found| Candidate { ctx, items, found }.holds()) {
            Some(found) => {
                at = found.end;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

/// The anchoring pass over one text.
struct Pass<'a, 'i> {
    ctx: Context<'a>,
    items: &'a [Item<'a>],
    anchor: Anchor<'a>,
    issues: &'i mut Vec<Issue>,
}

impl Pass<'_, '_> {
    fn row(&mut self, found: &Found) -> Option<TimeExpression> {
        let (kind, value) = match found.what {
            What::Point(point) => self.point(found, point)?,
            What::Length(length) => {
                // "the nine months": an accounting period of its own.
                let told = self.items[found.start].word.is(Role::The);
                if told && length.first.1 == Unit::Month {
                    self.anchor.story.measure();
                }
                (TimeKind::Duration, value::length(length))
            }
            What::Every(every) => (TimeKind::Set, value::every(every)),
            What::Vague(index) => (TimeKind::Date, self.ctx.lexicon.time.reference(index).value.clone()),
        };
        let interval =
            if matches!(kind, TimeKind::Date | TimeKind::Time) { value::interval(&value) } else { None };
        let modifier = found.modifier.map(Modifier::name);
        Some(TimeExpression {
            range: self.range(found),
            kind,
            value,
            interval,
            modifier,
            rule: RuleId(found.rule),
        })
    }

    fn point(&mut self, found: &Found, point: Point) -> Option<(TimeKind, String)> {
        let tokens = self.tokens(found);
        let ctx = self.ctx;
        let lean = || tense::lean(ctx, tokens);
        let place = match point.when {
            Some(when) => self.anchor.place(when, &lean),
            None => self.anchor.day().map_or_else(
                || Place::Open("XXXX-XX-XX".to_owned()),
                |day| Place::At(stamp::Stamp::Day(day)),
            ),
        };
        let date = match place {
            Place::At(stamp) => {
                if let Some(when) = point.when {
                    self.anchor.tell(when, stamp);
                }
                stamp.value()
            }
            Place::Open(value) => value,
            Place::Length(unit, halves) => return Some((TimeKind::Duration, value::away(unit, halves))),
            Place::Impossible => {
                self.complain(found);
                return None;
            }
        };
        Some(match point.clock {
            Some(clock) => (TimeKind::Time, value::clock(&date, clock)),
            None => (TimeKind::Date, date),
        })
    }

    fn complain(&mut self, found: &Found) {
        let range = self.range(found);
        let message = format!("no such day: {}", &self.ctx.parsed.text[range]);
        self.issues.push(Issue { code: "time.impossible-date", message, range: Some(range) });
    }

    fn tokens(&self, found: &Found) -> TokenRange {
        TokenRange::new(self.items[found.start].token, self.items[found.end - 1].token + 1)
    }

    fn range(&self, found: &Found) -> TextRange {
        self.items[found.start].range.cover(self.items[found.end - 1].range)
    }
}
