//! Amounts that no unit shows: ages after a name, places in a ranking, units that stand before the number.
//!
//! Each needs its own sign in the text; a bare number is never guessed to be one of them.

use super::amount::{Amount, Reader, is_dash};
use super::atom::Kind;
use super::number::Form;
use super::counted::is_noun;
use tolmach_document::{Dep, EntityLabel, Tag};
use tolmach_lexicon::quantity::{Means, Number, Role};

/// Nobody is older.
const OLDEST: f64 = 115.0;
/// Children of one head that are looked at.
const CHILDREN: usize = 32;
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
                (out.unit, out.ahead) = (Some(unit), true);
                return;
            }
        }
        if self.is_age(out) || self.is_told_age(out) {
            out.unit = self.atoms.lexicon.unit_named("year of age");
        }
    }

    /// A small whole number set off by commas or brackets after a person's name.
    fn is_age(&self, out: &Amount) -> bool {
        let opens = self.atoms.before(out.start).text;
        let closes = self.at(out.end).text;
        let dash = is_dash(self.at(out.end)) && !self.at(out.end).glued;
        let set_off = matches!((opens, closes), (",", "," | "." | ")" | ";") | ("(", ")")) || (opens == "," && dash);
        if !set_off || out.start < 2 || out.form != Form::Figures || out.low.fract() != 0.0 || !(1.0..=OLDEST).contains(&out.low) {
            return false;
        }
        let name = self.at(out.start - 2).token;
        let label = self.parsed.entity(name).label();
        let proper = self.parsed.tag(name) == Tag::Nnp && self.at(out.start - 2).kind == Kind::Word;
        // The recogniser often takes a bare surname for an organisation: "Seitkali, 66, said".
        let surname = matches!(label, None | Some(EntityLabel::Org | EntityLabel::Norp | EntityLabel::Product));
        // … or for a town: "Seitkali, 66, has lost his house".
        let subject = label == Some(EntityLabel::Gpe) && self.parsed.dep(name) == Dep::Nsubj && out.low > 13.0 && closes == ",";
        label == Some(EntityLabel::Person) || (proper && opens == "," && (surname || subject))
    }

    /// "She is 35", "he turned 35", "life expectancy is 73".
    fn is_told_age(&self, out: &Amount) -> bool {
        let p = self.parsed;
        let token = self.at(out.number_end - 1).token;
        let whole = out.form != Form::Vague && out.low.fract() == 0.0 && (1.0..=OLDEST).contains(&out.low);
        let mut verb = p.head(token);
        if p.tag(verb) == Tag::In && self.bound_before(out).is_some() {
            verb = p.head(verb);
        }
        let links = whole && matches!(p.lemma(verb), "be" | "turn" | "average") && verb < token;
        let next = self.at(out.end);
        let noun = next.token < p.len() && (is_noun(p.tag(next.token)) || matches!(next.lower, "of" | "-"));
        if !links || noun {
            return false;
        }
        let subject = p.children(verb).take(CHILDREN).find(|c| matches!(p.dep(*c), Dep::Nsubj | Dep::Nsubjpass));
        subject.is_some_and(|t| {
            let person = p.entity(t).label() == Some(EntityLabel::Person) && p.tag(t) == Tag::Nnp;
            matches!(p.lower(t), "he" | "she") || person || self.verb(t).is(Role::Age)
        })
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
            ahead: false,
        })
    }
}
