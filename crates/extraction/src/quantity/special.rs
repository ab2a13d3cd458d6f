//! Amounts that no unit shows: ages after a name, places in a ranking, units that stand before the number.
//!
//! Each needs its own sign in the text; a bare number is never guessed to be one of them.

use super::amount::{Amount, Reader};
use super::atom::Kind;
use super::number::Form;
use tolmach_document::{EntityLabel, Tag};
use tolmach_lexicon::quantity::{Means, Number, Role};

/// Nobody is older.
const OLDEST: f64 = 115.0;
/// Words of the longest unit before a number ("a magnitude of").
const LONGEST: usize = 3;

impl Reader<'_, '_> {
    /// "aged 14", "magnitude 6.1", "Dana Omarova, 47,".
    pub fn ahead(&self, out: &mut Amount) {
        if out.unit.is_some() {
            return;
        }
        let start = self.bound_before(out).map_or(out.start, |(_, start)| start);
        for n in (1..=LONGEST.min(start)).rev() {
            let at = start - n;
            let wanted = |means| matches!(means, Means::Ahead(_));
            let within = |k: usize| (k < n).then(|| self.at(at + k).lower);
            if let Some(phrase) = self.atoms.lexicon.phrase(self.at(at).word, wanted, within).filter(|p| p.len() == n)
                && let Means::Ahead(unit) = phrase.means
            {
                out.unit = Some(unit);
                return;
            }
        }
        if self.is_age(out) {
            out.unit = self.atoms.lexicon.unit_named("year of age");
        }
    }

    /// A small whole number set off by commas or brackets after a person's name.
    fn is_age(&self, out: &Amount) -> bool {
        let opens = self.atoms.before(out.start).text;
        let closes = self.at(out.end).text;
        let set_off = matches!((opens, closes), (",", "," | "." | ")" | ";") | ("(", ")"));
        if !set_off || out.start < 2 || out.form != Form::Figures || out.low.fract() != 0.0 || !(1.0..=OLDEST).contains(&out.low) {
            return false;
        }
        let name = self.at(out.start - 2).token;
        let label = self.parsed.entity(name).label();
        let proper = self.parsed.tag(name) == Tag::Nnp && self.at(out.start - 2).kind == Kind::Word;
        label == Some(EntityLabel::Person) || (proper && label.is_none() && opens == ",")
    }

    /// "ranked 93rd", "ranks third": the place in a ranking at `at`.
    #[must_use]
    pub fn rank(&self, at: usize) -> Option<Amount> {
        let value = match (self.at(at).kind, self.at(at).word.number) {
            (Kind::Ordinal(value), _) | (_, Number::Ordinal(value) | Number::Rank(value)) => value,
            _ => return None,
        };
        let back = usize::from(matches!(self.atoms.before(at).lower, "only" | "just" | "joint" | "the" | "at"));
        let before = self.atoms.before(at - back.min(at));
        let ranks = before.token < self.parsed.len() && self.verb(before.token).is(Role::Ranking);
        ranks.then(|| Amount {
            start: at,
            end: at + 1,
            number: at,
            number_end: at + 1,
            low: value,
            high: None,
            form: Form::Figures,
            scale: 1.0,
            unit: self.atoms.lexicon.unit_named("rank"),
            noun: None,
            per: None,
            limit: None,
            plus: false,
            joined: false,
            lent: false,
        })
    }
}
