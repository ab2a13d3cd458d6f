//! How an amount is bounded: "about", "more than", "up to", "or more".
//!
//! Looks at the words next to the amount; a range has its own bound.

use super::amount::{Amount, Reader};
use tolmach_lexicon::quantity::{self, Limit, Means};

/// Words of the longest bound.
const LONGEST: usize = 4;

impl Reader<'_, '_> {
    /// How the amount is bounded, and the first piece of the words that say so.
    #[must_use]
    pub fn bound_before(&self, amount: &Amount) -> Option<(Limit, usize)> {
        let end = amount.start - usize::from(self.is_article(amount));
        (1..=LONGEST.min(end)).rev().find_map(|n| {
            let start = end - n;
            let wanted = |means| matches!(means, Means::Before(_));
            let word = self.at(start).word;
            let within = |k: usize| (k < n).then(|| self.at(start + k).lower);
            let phrase = self.atoms.lexicon.phrase(word, wanted, within).filter(|phrase| phrase.len() == n)?;
            let Means::Before(limit) = phrase.means else { return None };
            (!self.spans_time(start, amount)).then_some((limit, start))
        })
    }

    /// "up to a dozen": the article belongs to the number.
    fn is_article(&self, amount: &Amount) -> bool {
        amount.start > 0 && matches!(self.at(amount.start - 1).lower, "the" | "a")
    }

    /// "over three years", "within two days", "under 2 metres of water": with times these are prepositions.
    fn spans_time(&self, start: usize, amount: &Amount) -> bool {
        let time = amount.unit.is_some_and(|unit| self.atoms.lexicon.unit(unit).kind == quantity::Kind::Time);
        time && matches!(self.at(start).lower, "over" | "within" | "some" | "around") && self.at(start + 1).token >= self.at(amount.start).token
            && self.at(start).lower != "around" && self.at(start).lower != "some"
    }

    /// The bound of the amount: in words before or after it, or in a sign.
    #[must_use]
    pub fn bound(&self, amount: &Amount) -> Option<Limit> {
        amount.limit.or_else(|| self.bound_before(amount).map(|(limit, _)| limit)).or_else(|| self.bound_after(amount))
    }

    fn bound_after(&self, amount: &Amount) -> Option<Limit> {
        let plus = self.at(amount.number_end);
        if plus.text == "+" && plus.glued {
            return Some(Limit::Min);
        }
        let wanted = |means| matches!(means, Means::After(_));
        let word = self.at(amount.end).word;
        let phrase = self.atoms.lexicon.phrase(word, wanted, |k| Some(self.at(amount.end + k).lower))?;
        let Means::After(limit) = phrase.means else { return None };
        Some(limit)
    }
}
