//! Which currency an ambiguous word means: the country the text speaks of, else the usual one.
//!
//! Reads names, adjectives and peoples of countries word by word; no parse, no gazetteer.

use super::amount::{Amount, Reader};
use std::collections::BTreeMap;
use tolmach_document::Parsed;
use tolmach_lexicon::place::Countries;
use tolmach_lexicon::quantity::{QuantityLexicon, Role, Unit, UnitId};

/// Heads between an amount and a word of paying, at most.
const CLIMB: usize = 4;

/// How often a text names each country; counted on first use.
pub struct Nations<'a> {
    parsed: Parsed<'a>,
    countries: &'a Countries,
    counts: Option<BTreeMap<&'a str, (usize, usize)>>,
}

impl<'a> Nations<'a> {
    /// Nothing is counted yet.
    #[must_use]
    pub fn new(parsed: Parsed<'a>, countries: &'a Countries) -> Self {
        Self { parsed, countries, counts: None }
    }

    /// The country of `unit`'s choices that the text names most, the earliest among equals.
    fn choice(&mut self, unit: &Unit) -> Option<UnitId> {
        let (parsed, countries) = (self.parsed, self.countries);
        let counts = self.counts.get_or_insert_with(|| count(parsed, countries));
        let named = unit.choices.iter().filter_map(|(country, id)| counts.get(&**country).map(|seen| (seen, *id)));
        named.max_by_key(|((times, first), _)| (*times, std::cmp::Reverse(*first))).map(|(_, id)| id)
    }

    /// The unit itself, or the currency that it stands for here.
    #[must_use]
    pub fn resolve(&mut self, lexicon: &QuantityLexicon, id: UnitId) -> UnitId {
        let unit = lexicon.unit(id);
        if unit.choices.is_empty() && unit.default.is_none() {
            return id;
        }
        self.choice(unit).or(unit.default).unwrap_or(id)
    }
}

fn count<'a>(parsed: Parsed<'a>, countries: &'a Countries) -> BTreeMap<&'a str, (usize, usize)> {
    let mut out = BTreeMap::new();
    for t in 0..parsed.len() {
        let word = parsed.word(t);
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        let found = countries.of_name(word).or_else(|| countries.of_adjective(word)).or_else(|| countries.of_people(word));
        if let Some(country) = found {
            out.entry(country.alpha3).or_insert((0, t)).0 += 1;
        }
    }
    out
}

impl Reader<'_, '_> {
    /// "cost 200 pounds", "5 million pounds": money, where the word also names a weight.
    #[must_use]
    pub fn speaks_of_money(&self, amount: &Amount) -> bool {
        if amount.scale >= 1e6 {
            return true;
        }
        let mut at = self.top(amount);
        for _ in 0..CLIMB {
            let head = self.parsed.head(at);
            if self.verb(head).is(Role::Money) {
                return true;
            }
            if head == at || self.parsed.tag(head).is_verbal() {
                return false;
            }
            at = head;
        }
        false
    }
}
