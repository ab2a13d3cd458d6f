//! Amounts that belong together: "10 to 15", "from 20 tonnes to 35", "19 and 34 years", "280 million of the 1.5 billion
//! shekels".
//!
//! Joins neighbours; what a change means is read from the verb, elsewhere.

use super::amount::{Amount, Reader, is_dash};
use super::number::Form;
use tolmach_document::{Table, TimeExpression, TimeKind};
use tolmach_lexicon::quantity::{self, Means};

/// Pieces between "from 21 mpg" and "to 23", at most.
const GAP: usize = 5;
/// Amounts that a bare one may take its unit from, looking back.
const NEAR: usize = 3;

/// How two amounts are joined.
#[derive(Clone, Copy, PartialEq)]
enum Link {
    Dash,
    To,
    And,
    Or,
}

impl Reader<'_, '_> {
    /// The amount with its other end, where it is the first of a range.
    #[must_use]
    pub fn range(&self, low: &Amount, times: &Table<TimeExpression>) -> Option<Amount> {
        if low.high.is_some() || matches!(low.form, Form::Fold) || (self.is_year(low) && self.is_dated(low, times)) {
            return None;
        }
        let (link, at) = self.link(low, times)?;
        let high = (at..at + 5).find_map(|k| self.amount(k).filter(|high| high.start <= at && high.number == k))?;
        let from = self.opener(low) == Some("from") || self.opener(low) == Some("between");
        let good = match link {
            Link::Dash => low.low < high.low || high.scale > low.scale,
            Link::And => true,
            Link::Or => self.is_choice(low, &high),
            Link::To => from || self.rises(low, &high) && !self.is_step(low),
        };
        if !good || high.high.is_some() || !self.agree(low, &high, from) {
            return None;
        }
        let joined = self.join(low, &high);
        (from || link == Link::To || joined.low < joined.high.unwrap_or(f64::MAX)).then_some(joined)
    }

    /// Upwards, or with the unit said twice ("3 per cent to 1 per cent").
    fn rises(&self, low: &Amount, high: &Amount) -> bool {
        low.low < high.low || high.scale > low.scale || (low.unit.is_some() && low.unit == high.unit && !self.is_money(low))
    }

    /// "two or three", not "10 or 60".
    fn is_choice(&self, low: &Amount, high: &Amount) -> bool {
        low.unit.is_none() && high.low > low.low && high.low <= 2.0 * low.low.max(1.0) && low.low.fract() == 0.0
    }

    fn link(&self, low: &Amount, times: &Table<TimeExpression>) -> Option<(Link, usize)> {
        let next = self.at(low.end);
        let between = self.opener(low) == Some("between");
        let found = match next.lower {
            _ if is_dash(next) && (next.glued == self.at(low.end + 1).glued) => (Link::Dash, low.end + 1),
            "to" => (Link::To, low.end + 1),
            "and" if between => (Link::And, low.end + 1),
            "or" => (Link::Or, low.end + 1),
            _ => return self.far_link(low, times),
        };
        let hyphen = usize::from(found.0 == Link::To && self.at(found.1).lower == "-");
        Some((found.0, self.skip_bound(found.1 + hyphen)))
    }

    /// "from 21 mpg combined to 23": a few words between. With a date of its own each end is a value by itself.
    fn far_link(&self, low: &Amount, times: &Table<TimeExpression>) -> Option<(Link, usize)> {
        if self.opener(low) != Some("from") {
            return None;
        }
        let at = (low.end..low.end + GAP).take_while(|at| !self.may_start(*at) && !self.ends(*at));
        let to = at.into_iter().find(|at| self.at(*at).lower == "to")?;
        let gap = self.atoms.range(low.start..to + 1);
        let dated = times.iter().as_slice().partition_point(|row| row.range.start() < gap.start());
        let dated = times.iter().as_slice()[dated..]
            .iter()
            .take_while(|row| row.range.start() < gap.end())
            .any(|row| matches!(row.kind, TimeKind::Date | TimeKind::Time));
        (!dated).then(|| (Link::To, self.skip_bound(to + 1)))
    }

    fn ends(&self, at: usize) -> bool {
        matches!(self.at(at).text, "." | ";" | "," | "") || self.at(at).lower == "and"
    }

    fn skip_bound(&self, at: usize) -> usize {
        let bound = |means| matches!(means, Means::Before(_));
        let phrase = self.atoms.lexicon.phrase(self.at(at).word, bound, |k| Some(self.at(at + k).lower));
        at + phrase.map_or(0, quantity::Phrase::len)
    }

    /// The preposition before an amount and its bound: "from about 20", "between $5".
    #[must_use]
    pub fn opener(&self, amount: &Amount) -> Option<&str> {
        let start = self.bound_before(amount).map_or(amount.start, |(_, start)| start);
        let word = self.atoms.before(start).lower;
        let ranges = matches!(word, "range" | "ranges" | "ranged" | "ranging");
        (!word.is_empty()).then_some(if ranges { "from" } else { word })
    }

    /// "rose 2 points to 58": the first amount is the step, not the start.
    fn is_step(&self, low: &Amount) -> bool {
        if low.unit.is_none() {
            return false;
        }
        let start = self.bound_before(low).map_or(low.start, |(_, start)| start);
        let before = self.atoms.before(start);
        let verb = before.token < self.parsed.len() && self.verb(before.token).change.verb.is_some();
        verb || before.word.change.adverb.is_some() || matches!(before.lower, "by" | "at")
    }

    /// Whether two ends can be of one kind.
    fn agree(&self, low: &Amount, high: &Amount, from: bool) -> bool {
        match (low.unit, high.unit) {
            (None, None) => low.per.is_none(),
            (None, Some(unit)) => self.atoms.lexicon.unit(unit).kind != quantity::Kind::Multiple,
            // "from 208 pounds to 193 by exercise": the second end need not repeat the unit.
            (Some(_), None) => from || self.is_money(low),
            (Some(a), Some(b)) => a == b || (self.same_name(a, b)),
        }
    }

    fn same_name(&self, a: quantity::UnitId, b: quantity::UnitId) -> bool {
        let lexicon = self.atoms.lexicon;
        lexicon.unit(a).name == lexicon.unit(b).name || lexicon.unit(a).default == Some(b) || lexicon.unit(b).default == Some(a)
    }

    /// Whether the unit is a currency.
    #[must_use]
    pub fn is_money(&self, amount: &Amount) -> bool {
        amount.unit.is_some_and(|unit| self.atoms.lexicon.unit(unit).kind == quantity::Kind::Money)
    }

    fn join(&self, low: &Amount, high: &Amount) -> Amount {
        let mut out = high.clone();
        out.start = low.start;
        out.number = low.number;
        // "33-35 billion", "1 to 2 thousand": one scale for both.
        let shares = low.scale == 1.0 && high.scale > 1.0 && low.low < 1000.0 && low.low < high.low / high.scale * 10.0;
        let shares = shares && low.low <= high.low / high.scale || shares && self.opener(low) == Some("from") && !self.is_money(low);
        out.low = if shares { low.low * high.scale } else { low.low };
        if low.unit.is_none() {
            out.low *= high.unit.map_or(1.0, |unit| self.atoms.lexicon.unit(unit).factor);
        }
        out.high = Some(high.low);
        out.unit = high.unit.or(low.unit);
        out.per = high.per.clone().or_else(|| low.per.clone());
        out.limit = low.limit;
        out.joined = true;
        out
    }

    /// Lends units to bare neighbours: "19 and 34 years", "four-, five- and six-cylinder", "280 million of the 1.5
    /// billion shekels", "by 2 per cent … by 1".
    pub fn lend(&self, amounts: &mut [Amount]) {
        for at in (0..amounts.len().saturating_sub(1)).rev() {
            let (one, next) = (&amounts[at], &amounts[at + 1]);
            if is_bare(one) && self.is_listed(one, next) {
                let (unit, noun, per) = (next.unit, next.noun.clone(), next.per.clone());
                let one = &mut amounts[at];
                (one.unit, one.noun, one.per, one.lent) = (unit, noun, per, true);
            }
        }
        for at in 1..amounts.len() {
            let one = &amounts[at];
            let near = &amounts[at.saturating_sub(NEAR)..at];
            let lender = near.iter().rev().find(|last| last.unit.is_some() && self.is_parallel(last, one));
            if let Some((unit, per)) = lender.filter(|_| is_bare(one)).map(|last| (last.unit, last.per.clone())) {
                let one = &mut amounts[at];
                (one.unit, one.per, one.lent) = (unit, per, true);
            }
        }
    }

    /// "147,000 of them": what was counted last, a sentence or two before.
    pub fn lend_nouns(&self, amounts: &mut [Amount]) {
        for at in 1..amounts.len() {
            let one = &amounts[at];
            let of = is_bare(one) && self.at(one.end).lower == "of";
            if !of || !matches!(self.at(one.end + 1).lower, "them" | "these" | "those" | "whom" | "which") {
                continue;
            }
            let near = &amounts[at.saturating_sub(NEAR)..at];
            let here = self.parsed.sentence_index(self.at(one.number).token);
            let sentence = |amount: &Amount| self.parsed.sentence_index(self.at(amount.number).token);
            let lender = near.iter().rev().find(|last| last.noun.is_some() && sentence(last) + 2 >= here);
            if let Some(noun) = lender.and_then(|last| last.noun.clone()) {
                amounts[at].noun = Some(noun);
                amounts[at].lent = true;
            }
        }
    }

    /// Only commas, hyphens, "and", "or", or "of the" between two amounts.
    fn is_listed(&self, one: &Amount, next: &Amount) -> bool {
        let words = one.end..next.start;
        if next.start < one.end || words.len() > 3 || is_bare(next) {
            return false;
        }
        let of = self.at(one.end).lower == "of" && next.unit.is_some();
        let listed = words.clone().all(|at| matches!(self.at(at).lower, "," | "and" | "or" | "-" | "/" | "&" | "even"));
        let dangling = words.len() == 1 && self.at(one.end).lower == ",";
        (of && words.clone().all(|at| matches!(self.at(at).lower, "of" | "the" | "its" | "a"))) || (listed && !dangling && !words.is_empty())
    }

    /// The same preposition before both, in one sentence: "rose by 2 per cent but fell by 1"; "from 14-18 mpg to 24";
    /// "aged 19 and 34".
    fn is_parallel(&self, last: &Amount, one: &Amount) -> bool {
        let sentence = |amount: &Amount| self.parsed.sentence_index(self.at(amount.number).token);
        let kind = last.unit.map(|unit| self.atoms.lexicon.unit(unit).kind);
        let opener = self.opener(one);
        let same = matches!(opener, Some("by" | "at" | "to")) && opener == self.opener(last);
        let next = last.end + 1 == one.start;
        let goes_to = next && opener == Some("to") && self.opener(last) == Some("from");
        let listed = next && (kind == Some(quantity::Kind::Age) || last.ahead) && matches!(opener, Some("and" | "or" | ","));
        let money = matches!(kind, Some(quantity::Kind::Money | quantity::Kind::Time));
        sentence(last) == sentence(one) && (same && !money || goes_to || listed) && one.form == Form::Figures
    }
}

/// Neither unit nor noun.
#[must_use]
pub fn is_bare(amount: &Amount) -> bool {
    amount.unit.is_none() && amount.noun.is_none()
}
