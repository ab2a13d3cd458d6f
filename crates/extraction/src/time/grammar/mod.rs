//! The typed grammar of times: from a place in the items to the longest expression that begins there.
//!
//! Every rule reads forward a bounded number of tokens and never goes back to an earlier start, so a text is
//! scanned in linear time whatever it holds. No values, no dates, no parse here.

mod calendar;
mod clock;
mod every;
mod length;
mod list;
mod number;
mod point;
mod pointer;

use super::item::Cursor;
use super::meaning::{Found, Point, What, When};
use tolmach_lexicon::time::{Bound, Meaning, Modifier, Role, TimeLexicon};

pub use list::days_before;
pub use list::next_in_list;

/// What a rule read and the place after it.
pub type Step<'a, T> = Option<(T, Cursor<'a>)>;

/// What an expression says, its `mod` and its rule.
type Said = (What, Option<Modifier>, &'static str);

/// The grammar with the lists it needs.
#[derive(Clone, Copy)]
pub struct Grammar<'a> {
    lexicon: &'a TimeLexicon,
    lowers: &'a dyn Fn(usize) -> Option<&'a str>,
    /// How often position words may still nest: "early in the second half of last year".
    depth: u8,
}

/// No phrase nests deeper than this.
const DEPTH: u8 = 3;

impl<'a> Grammar<'a> {
    /// `lowers` gives the lower-case form of the item at an index.
    pub fn new(lexicon: &'a TimeLexicon, lowers: &'a dyn Fn(usize) -> Option<&'a str>) -> Self {
        Self { lexicon, lowers, depth: DEPTH }
    }

    fn deeper(self) -> Option<Self> {
        self.depth.checked_sub(1).map(|depth| Self { depth, ..self })
    }

    /// The longest expression that begins at `c`.
    pub fn expression(self, c: Cursor<'a>) -> Option<Found> {
        let bounded = self.bounded(c);
        let plain = self.core(c).map(|(said, after)| found(c, said, after));
        match (bounded, plain) {
            (Some(a), Some(b)) if b.end > a.end => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        }
    }

    /// "about", "at least", … and the expression behind it.
    fn bounded(self, c: Cursor<'a>) -> Option<Found> {
        let (bound, after) = self.bound(c)?;
        if bound.amounts && (pointer::pointer(after).is_some() || after.is(Role::These)) {
            return None;
        }
        let ((what, modifier, rule), end) = self.core(after)?;
        if matches!(what, What::Vague(_) | What::Every(_)) || is_weekday(what) {
            return None;
        }
        let start = if bound.outside { after } else { c };
        Some(found(start, (what, modifier.or(bound.modifier), rule), end))
    }

    fn bound(self, c: Cursor<'a>) -> Step<'a, Bound> {
        let (means, after) = self.phrase(c, |means| matches!(means, Meaning::Bound(_)))?;
        let Meaning::Bound(index) = means else { return None };
        Some((self.lexicon.bound(index), after))
    }

    /// The longest of the constructions; earlier ones win ties.
    fn core(self, c: Cursor<'a>) -> Step<'a, Said> {
        let mut best: Step<'a, Said> = None;
        let mut offer = |candidate: Step<'a, Said>| {
            if let Some((said, after)) = candidate {
                if best.as_ref().is_none_or(|(_, end)| after.at > end.at) {
                    best = Some((said, after));
                }
            }
        };
        offer(self.vague(c));
        offer(self.point(c));
        offer(every::every(c).map(plain));
        offer(length::length(c).map(plain));
        best
    }

    fn vague(self, c: Cursor<'a>) -> Step<'a, Said> {
        let (means, after) = self.phrase(c, |means| matches!(means, Meaning::Reference(_)))?;
        let Meaning::Reference(index) = means else { return None };
        Some(((What::Vague(index), None, "time.reference"), after))
    }

    /// The longest listed phrase at `c`.
    fn phrase(self, c: Cursor<'a>, wanted: impl Fn(Meaning) -> bool) -> Step<'a, Meaning> {
        if !c.word().opens_phrase() {
            return None;
        }
        let phrase = self.lexicon.phrase(c.word(), wanted, |n| (self.lowers)(c.at + n))?;
        let mut after = c;
        for _ in &phrase.words {
            after = after.next();
        }
        Some((phrase.means, after))
    }
}

/// "about Wednesday's ruling": about the ruling.
fn is_weekday(what: What) -> bool {
    matches!(what, What::Point(Point { when: Some(When::Weekday { .. }), clock: None }))
}

fn plain<'a>(((what, rule), after): ((What, &'static str), Cursor<'a>)) -> (Said, Cursor<'a>) {
    ((what, None, rule), after)
}

fn found(start: Cursor<'_>, (what, modifier, rule): Said, end: Cursor<'_>) -> Found {
    Found { start: start.at, end: end.at, what, modifier, rule }
}
