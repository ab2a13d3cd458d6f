//! Which way a value went: "rose 8 per cent", "up 3 points", "a 5% cut", "from 40 to 25".
//!
//! Reads the verb, adverb or noun that governs the amount; compares no values.

use super::amount::{Amount, Reader};
use super::number::Form;
use tolmach_document::{Dep, Direction, Tag};
use tolmach_lexicon::quantity;

/// Heads between an amount and the word that states its change, at most.
const CLIMB: usize = 5;
/// Children of one head that are looked at.
const CHILDREN: usize = 32;

impl Reader<'_, '_> {
    /// The change that the text states of this amount.
    #[must_use]
    pub fn direction(&self, amount: &Amount) -> Option<Direction> {
        let found = self.beside(amount).or_else(|| self.governor(amount));
        let found = found.or(amount.plus.then_some(quantity::Direction::Up))?;
        Some(match found {
            quantity::Direction::Up => Direction::Up,
            quantity::Direction::Down => Direction::Down,
            quantity::Direction::Same => Direction::Same,
        })
    }

    /// "up 8 per cent", "3 per cent higher", "a 5% cut".
    fn beside(&self, amount: &Amount) -> Option<quantity::Direction> {
        let start = self.bound_before(amount).map_or(amount.start, |(_, start)| start);
        let before = self.atoms.before(start);
        let after = self.at(amount.end);
        let is_part = |lower: &str| matches!(lower, "to" | "of" | "the");
        let tag = (before.token < self.parsed.len()).then(|| self.parsed.tag(before.token));
        let adverb = matches!(tag, Some(Tag::Rb | Tag::Rp | Tag::In | Tag::Jjr | Tag::Rbr | Tag::Jj));
        let left = before.word.change.adverb.filter(|_| adverb && !is_part(self.at(start).lower));
        let next = self.at(amount.end + 1).lower;
        let right = after.word.change.adverb.filter(|_| after.token < self.parsed.len() && !matches!(next, "to" | "than" | "the"));
        left.or(right.filter(|_| !self.parsed_noun_follows(amount))).or_else(|| self.noun_after(amount))
    }

    /// "3 per cent lower prices" says nothing of a change of 3 per cent.
    fn parsed_noun_follows(&self, amount: &Amount) -> bool {
        let t = self.at(amount.end + 1).token;
        t < self.parsed.len() && matches!(self.parsed.tag(t), Tag::Nn | Tag::Nns) && self.parsed.head(self.at(amount.end).token) == t
    }

    fn noun_after(&self, amount: &Amount) -> Option<quantity::Direction> {
        amount.unit?;
        let noun = |at: usize| {
            let t = self.at(at).token;
            let is_noun = t < self.parsed.len() && self.parsed.tag(t) == Tag::Nn;
            self.at(at).word.change.noun.filter(|_| is_noun)
        };
        noun(amount.end).or_else(|| {
            let t = self.at(amount.end).token;
            let adjective = t < self.parsed.len() && matches!(self.parsed.tag(t), Tag::Jj | Tag::Nn);
            noun(amount.end + 1).filter(|_| adjective)
        })
    }

    /// The verb or noun above the amount.
    fn governor(&self, amount: &Amount) -> Option<quantity::Direction> {
        let opener = self.opener(amount);
        let mut at = self.top(amount);
        let mut bare = true;
        for _ in 0..CLIMB {
            let (dep, head) = (self.parsed.dep(at), self.parsed.head(at));
            if head == at {
                return None;
            }
            let particle = self.particle(head, amount);
            let verb = particle.map(|direction| (direction, true)).or(self.verb(head).change.verb);
            let noun = self.verb(head).change.noun;
            let stated = amount.joined || matches!(opener, Some("by" | "to" | "at")) && !bare;
            let loose = self.is_loose(amount);
            if self.parsed.tag(head).is_verbal()
                && let Some((direction, direct)) = verb
            {
                let held = direction != quantity::Direction::Same || !bare || loose;
                let object = matches!(dep, Dep::Dobj | Dep::Npadvmod | Dep::Attr | Dep::Advmod | Dep::Oprd);
                let share = self.is_share(amount) && dep == Dep::Npadvmod;
                let takes = stated && dep == Dep::Prep || (direct || share) && bare && object && !loose;
                return takes.then_some(direction).filter(|_| held);
            }
            if matches!(self.parsed.tag(head), Tag::Nn | Tag::Nns)
                && let Some(direction) = noun
            {
                let takes = dep == Dep::Prep && matches!(opener, Some("of" | "by" | "to"));
                return takes.then_some(direction);
            }
            let passes = matches!(dep, Dep::Pobj | Dep::Prep | Dep::Nummod | Dep::Quantmod | Dep::Nmod | Dep::Compound | Dep::Conj | Dep::Appos);
            if !passes || self.parsed.tag(head).is_verbal() {
                return None;
            }
            bare &= !matches!(dep, Dep::Pobj | Dep::Prep);
            at = head;
        }
        None
    }

    /// "edged down to", "went up by": the particle says which way.
    fn particle(&self, verb: usize, amount: &Amount) -> Option<quantity::Direction> {
        let first = self.at(amount.start).token;
        let word = self.parsed.children(verb).take(CHILDREN).find(|c| {
            *c > verb && *c < first && matches!(self.parsed.dep(*c), Dep::Prt | Dep::Advmod | Dep::Acomp)
        })?;
        self.atoms.lexicon.word(self.parsed.lower(word)).change.adverb
    }

    fn is_share(&self, amount: &Amount) -> bool {
        amount.unit.is_some_and(|unit| self.atoms.lexicon.unit(unit).kind == quantity::Kind::Share)
    }

    /// Counts state no change by being an object: "lost 5 men", "added two ministers".
    fn is_loose(&self, amount: &Amount) -> bool {
        amount.unit.is_none() && amount.form != Form::Fold
    }

    /// The token of the amount whose head is outside it.
    #[must_use]
    pub fn top(&self, amount: &Amount) -> usize {
        let first = self.at(amount.start).token;
        let last = self.at(amount.end - 1).token;
        let inside = |t: usize| (first..=last).contains(&t);
        (first..=last)
            .find(|t| self.parsed.is_root(*t) || !inside(self.parsed.head(*t)))
            .unwrap_or_else(|| self.at(amount.number).token)
    }
}
