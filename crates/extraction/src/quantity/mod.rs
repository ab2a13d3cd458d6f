//! Quantities: values in base units with bounds, direction, what is measured and when.
//!
//! The words next to a number give unit and bound; the parse says what is counted and what it measures. Numbers in
//! dates, names and labels are left alone. Compares no two quantities: that is the situation's business.

mod amount;
mod atom;
mod bound;
mod change;
mod counted;
mod currency;
mod example;
mod figure;
mod measured;
mod number;
mod plausible;
mod series;
mod special;

pub use example::{broken_example, row_text};

use crate::{Context, time};
use amount::{Amount, Noun, Reader};
use atom::Atoms;
use currency::Nations;
use number::Form;
use measured::Told;
use series::is_bare;
use tolmach_document::{Bound, Quantity, RuleId, Table, TimeExpression, TimeId};
use tolmach_lexicon::quantity::{Kind, Limit};

const UNIT: RuleId = RuleId("quantity.unit");
const MONEY: RuleId = RuleId("quantity.money");
const COUNT: RuleId = RuleId("quantity.count");
const AGE: RuleId = RuleId("quantity.age");
const SHARE: RuleId = RuleId("quantity.share");
const VAGUE: RuleId = RuleId("quantity.vague");
const RANGE: RuleId = RuleId("quantity.range");
const SHARED: RuleId = RuleId("quantity.shared-unit");
const BARE: RuleId = RuleId("quantity.bare");

/// In a sentence longer than this, in tokens, no date is looked for: it is a table.
const LONGEST_DATED: usize = 400;
/// Earlier amounts that a later one may share its subject with.
const NEAR: usize = 4;

/// Quantities of the text, sorted by range.
pub fn find(ctx: Context<'_>, times: &Table<TimeExpression>) -> Table<Quantity> {
    let atoms = Atoms::new(ctx.parsed, &ctx.lexicon.quantity);
    let reader = Reader { atoms: &atoms, parsed: ctx.parsed };
    let mut amounts = scan(reader, times);
    reader.lend(&mut amounts);
    for amount in amounts.iter_mut().filter(|amount| is_bare(amount)) {
        if reader.counts_persons(amount) {
            let head = reader.at(amount.number_end - 1).token;
            amount.noun = Some(Noun { name: "person".to_owned(), head });
        }
    }
    reader.lend_nouns(&mut amounts);
    let mut rows = Rows { reader, times, told: Vec::new(), nations: Nations::new(ctx.parsed, ctx.lexicon.place.countries()) };
    let mut out: Vec<Quantity> =
        amounts.iter().filter(|amount| reader.holds(amount, times)).map(|amount| rows.row(amount)).collect();
    out.sort_by_key(|row| row.range);
    out.dedup_by_key(|row| row.range);
    out.into()
}

/// Every amount from left to right, ranges joined, nouns found.
fn scan(reader: Reader<'_, '_>, times: &Table<TimeExpression>) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < reader.atoms.len() {
        if let Some(rank) = reader.rank(at) {
            out.push(rank);
        }
        if let Some(len) = reader.unit_name(at) {
            at += len;
            continue;
        }
        if !reader.may_start(at) {
            at += 1;
            continue;
        }
        let Some(mut amount) = reader.amount(at) else {
            at += 1;
            continue;
        };
        if let Some(joined) = reader.range(&amount, times) {
            amount = joined;
        }
        at = amount.end.max(amount.number_end).max(at + 1);
        reader.ahead(&mut amount);
        let of = reader.at(amount.end).lower == "of";
        reader.count(&mut amount);
        // "two new 737 Max jets": figures inside the counted noun are part of its name.
        at = if of { at } else { at.max(amount.end) };
        out.push(amount);
    }
    out
}

/// Turns amounts into rows.
struct Rows<'r, 'a> {
    reader: Reader<'r, 'a>,
    times: &'r Table<TimeExpression>,
    nations: Nations<'a>,
    told: Vec<Told>,
}

impl Rows<'_, '_> {
    fn row(&mut self, amount: &Amount) -> Quantity {
        let reader = self.reader;
        let near = self.told.len().saturating_sub(NEAR);
        let of = reader.measured(amount, &self.told[near..]);
        self.told.push(Told { tokens: reader.tokens(amount), of: of.clone() });
        Quantity {
            range: reader.atoms.range(amount.start..amount.end),
            value: tidy(amount.low),
            high: amount.high.map(tidy),
            unit: self.unit(amount),
            bound: bound(amount, reader.bound(amount)),
            direction: reader.direction(amount),
            of,
            time: self.time(amount),
            rule: self.rule(amount),
        }
    }

    /// The unit as the contract prints it.
    fn unit(&mut self, amount: &Amount) -> Option<String> {
        let lexicon = self.reader.atoms.lexicon;
        let name = match (amount.unit, &amount.noun) {
            (Some(id), _) => {
                let money = lexicon.unit(id).money.filter(|_| self.reader.speaks_of_money(amount));
                let id = self.nations.resolve(lexicon, money.unwrap_or(id));
                lexicon.unit(id).name.to_string()
            }
            (None, Some(noun)) => noun.name.clone(),
            (None, None) => return None,
        };
        Some(match &amount.per {
            Some(per) => format!("{name}/{per}"),
            None => name,
        })
    }

    fn kind(&self, amount: &Amount) -> Option<Kind> {
        amount.unit.map(|unit| self.reader.atoms.lexicon.unit(unit).kind)
    }

    /// The date of the clause; a length of time has none of its own.
    fn time(&self, amount: &Amount) -> Option<TimeId> {
        let reader = self.reader;
        let top = reader.top(amount);
        let short = reader.parsed.sentence(top).tokens.len() <= LONGEST_DATED;
        (short && !reader.is_span(amount)).then(|| time::of_clause(reader.parsed, self.times, top)).flatten()
    }

    fn rule(&self, amount: &Amount) -> RuleId {
        match (self.kind(amount), amount.form) {
            _ if amount.joined => RANGE,
            _ if amount.lent => SHARED,
            (_, Form::Vague) => VAGUE,
            (Some(Kind::Money | Kind::Minor), _) => MONEY,
            (Some(Kind::Age), _) => AGE,
            (Some(Kind::Share | Kind::Multiple), _) => SHARE,
            (Some(_), _) => UNIT,
            (None, _) if amount.noun.is_some() => COUNT,
            (None, _) => BARE,
        }
    }
}

fn bound(amount: &Amount, limit: Option<Limit>) -> Bound {
    match limit {
        _ if amount.high.is_some() => Bound::Range,
        Some(Limit::Approx) => Bound::Approx,
        Some(Limit::Min) => Bound::Min,
        Some(Limit::Max) => Bound::Max,
        None => Bound::Exact,
    }
}

/// Multiplication leaves dust ("1.1 million" is 1100000.0000000002): values are kept to fifteen digits.
fn tidy(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}
