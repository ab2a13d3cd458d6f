//! The attribute rules: conditions on one token or two neighbours, and what they set.
//!
//! All conditions look at the tags and labels as tagger and parser gave them; where several rules set the same
//! attribute, the last one wins.

use tolmach_datafile::DataFile;
use tolmach_document::{Dep, Pos, Tag};

use crate::error::Error;
use crate::network::weights::lines;
use crate::strings;
use crate::word::morph::Morph;

/// What a rule sets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Set {
    pub(crate) tag: Option<Tag>,
    pub(crate) pos: Option<Pos>,
    pub(crate) dep: Option<Dep>,
    pub(crate) morph: Option<Morph>,
    pub(crate) lemma: Option<String>,
}

impl Set {
    fn add(&mut self, later: &Set) {
        self.tag = later.tag.or(self.tag);
        self.pos = later.pos.or(self.pos);
        self.dep = later.dep.or(self.dep);
        self.morph = later.morph.or(self.morph);
        if later.lemma.is_some() {
            self.lemma.clone_from(&later.lemma);
        }
    }
}

/// What conditions may ask of a token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    /// Id of the lower-case form.
    pub(crate) lower: u64,
    pub(crate) is_space: bool,
}

/// A condition on one token; a bit for each allowed tag and label.
#[derive(Clone, Debug)]
struct Test {
    tags: u64,
    deps: u64,
    lowers: Option<Vec<u64>>,
    is_space: Option<bool>,
}

impl Test {
    fn holds(&self, facts: &Facts) -> bool {
        self.tags >> facts.tag as u32 & 1 == 1
            && self.deps >> facts.dep as u32 & 1 == 1
            && self.is_space.is_none_or(|is_space| is_space == facts.is_space)
            && self.lowers.as_ref().is_none_or(|lowers| lowers.contains(&facts.lower))
    }
}

/// One alternative of one rule.
struct Rule {
    tests: Vec<Test>,
    /// Which of the tokens is changed.
    target: usize,
    set: Set,
}

/// Rules on pairs, a bit each.
pub(crate) type Pairs = u16;

/// All rules in order.
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// Rules on pairs, by their bits.
    pairs: Vec<usize>,
    /// Which of them change their first token.
    change_first: Pairs,
    /// For each label a number that it shares with the labels that no condition tells from it.
    label_kinds: [u8; 64],
}

/// Numbers the labels so that those get the same number which all conditions treat alike.
fn label_kinds(rules: &[Rule]) -> [u8; 64] {
    let mut kinds: Vec<Vec<bool>> = Vec::new();
    std::array::from_fn(|dep| {
        let kind: Vec<bool> =
            rules.iter().flat_map(|rule| &rule.tests).map(|test| test.deps >> dep & 1 == 1).collect();
        let at = kinds.iter().position(|known| *known == kind);
        at.unwrap_or_else(|| {
            kinds.push(kind);
            kinds.len() - 1
        }) as u8
    })
}

impl Rules {
    pub(crate) fn load(file: &DataFile) -> Result<Self, Error> {
        let name = "model/rules";
        let mut reader = Reader::default();
        for line in lines(file, name)? {
            let fields: Vec<&str> = line.split('\t').collect();
            reader.line(&fields).ok_or_else(|| Error::new(name, format_args!("cannot read {line:?}")))?;
        }
        let rules = reader.rules;
        let is_pair = |rule: &Rule| rule.tests.len() == 2;
        if let Some(rule) = rules.iter().find(|rule| rule.target >= rule.tests.len() || rule.tests.len() > 2)
        {
            return Err(Error::new(name, format_args!("a rule on {} tokens", rule.tests.len())));
        }
        let pairs: Vec<usize> = (0..rules.len()).filter(|at| is_pair(&rules[*at])).collect();
        if pairs.len() > Pairs::BITS as usize {
            return Err(Error::new(name, "too many rules on pairs"));
        }
        let first = pairs.iter().enumerate().filter(|(_, at)| rules[**at].target == 0);
        let change_first = first.fold(0, |bits, (bit, _)| bits | 1 << bit);
        let label_kinds = label_kinds(&rules);
        Ok(Self { rules, pairs, change_first, label_kinds })
    }

    /// Labels of the same kind are the same to every rule.
    pub(crate) fn label_kind(&self, dep: Dep) -> u8 {
        self.label_kinds[dep as usize]
    }

    /// The rules on pairs whose conditions hold for this token as the first and as the second of the pair.
    pub(crate) fn sides(&self, facts: &Facts) -> [Pairs; 2] {
        let side = |side: usize| {
            let holds = |at: &usize| self.rules[*at].tests[side].holds(facts);
            self.pairs.iter().enumerate().fold(0, |bits, (bit, at)| bits | Pairs::from(holds(at)) << bit)
        };
        [side(0), side(1)]
    }

    /// The rules on pairs that change a token: from its sides and those of its neighbours.
    pub(crate) fn fired(&self, before: [Pairs; 2], own: [Pairs; 2], after: [Pairs; 2]) -> Pairs {
        (before[0] & own[1] & !self.change_first) | (own[0] & after[1] & self.change_first)
    }

    /// What all rules together set for a token, `fired` being the rules on pairs that change it.
    pub(crate) fn apply(&self, facts: &Facts, fired: Pairs) -> Set {
        let mut set = Set::default();
        let mut bit = 0;
        for rule in &self.rules {
            let applies = if let [test] = rule.tests.as_slice() {
                test.holds(facts)
            } else {
                bit += 1;
                fired >> (bit - 1) & 1 == 1
            };
            if applies {
                set.add(&rule.set);
            }
        }
        set
    }
}

/// Builds rules from the lines of the section.
#[derive(Default)]
struct Reader {
    rules: Vec<Rule>,
    target: usize,
    set: Set,
}

impl Reader {
    /// `rule TARGET`, then `set WHAT VALUE` lines, then for each alternative `pattern`, and for each of its tokens
    /// `token`, then `WHAT in VALUE…` or `WHAT not VALUE…`. `None` if the line is none of these.
    fn line(&mut self, fields: &[&str]) -> Option<()> {
        match *fields {
            ["rule", target] => (self.target, self.set) = (target.parse().ok()?, Set::default()),
            ["set", "pos", value] => self.set.pos = Some(Pos::from_name(value)?),
            ["set", "tag", value] => self.set.tag = Some(Tag::from_name(value)?),
            ["set", "dep", value] => self.set.dep = Some(Dep::from_name(value)?),
            ["set", "morph", value] => self.set.morph = Some(Morph::from_text(value)),
            ["set", "lemma", value] => self.set.lemma = Some(value.to_owned()),
            ["pattern"] => {
                self.rules.push(Rule { tests: Vec::new(), target: self.target, set: self.set.clone() })
            }
            ["token"] => {
                let test = Test { tags: !0, deps: !0, lowers: None, is_space: None };
                self.rules.last_mut()?.tests.push(test);
            }
            [what, side @ ("in" | "not"), ref values @ ..] => {
                let test = self.rules.last_mut()?.tests.last_mut()?;
                return narrow(test, what, side == "in", values);
            }
            _ => return None,
        }
        Some(())
    }
}

fn narrow(test: &mut Test, what: &str, among: bool, values: &[&str]) -> Option<()> {
    let flip = |bits: u64| if among { bits } else { !bits };
    match what {
        "tag" => {
            let bits = values
                .iter()
                .try_fold(0, |bits, value| Some(bits | 1u64 << Tag::from_name(value)? as u32))?;
            test.tags &= flip(bits);
        }
        "dep" => {
            let bits = values
                .iter()
                .try_fold(0, |bits, value| Some(bits | 1u64 << Dep::from_name(value)? as u32))?;
            test.deps &= flip(bits);
        }
        "lower" if among => test.lowers = Some(values.iter().map(|value| strings::id(value)).collect()),
        "space" if among => test.is_space = Some(values == ["true"]),
        _ => return None,
    }
    Some(())
}

const _: () = assert!(Tag::ALL.len() <= 64 && Dep::ALL.len() <= 64, "a bit for each label");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample::Sample;

    const RULES: &str = "\
rule\t0\nset\tpos\tDET\npattern\ntoken\ntag\tin\tDT\n\
rule\t0\nset\tpos\tPRON\npattern\ntoken\ntag\tin\tDT\tWDT\ndep\tnot\tdet\t\n\
rule\t0\nset\tlemma\tget\npattern\ntoken\nlower\tin\tgot\npattern\ntoken\nlower\tin\tgets\n\
rule\t1\nset\tlemma\tto\npattern\ntoken\nlower\tin\tgot\ntoken\nlower\tin\tta\n\
rule\t0\nset\ttag\t_SP\npattern\ntoken\nspace\tin\ttrue\n";

    fn rules(text: &str) -> Result<Rules, Error> {
        let mut sample = Sample::new(1);
        sample.text("model/rules", text);
        Rules::load(&sample.file())
    }

    fn facts(lower: &str, tag: Tag, dep: Dep) -> Facts {
        Facts { tag, dep, lower: strings::id(lower), is_space: lower == "\n" }
    }

    #[test]
    fn later_rules_win() {
        let rules = rules(RULES).unwrap();
        let pos = |dep| rules.apply(&facts("that", Tag::Dt, dep), 0).pos;
        assert_eq!((pos(Dep::Det), pos(Dep::Nsubj)), (Some(Pos::Det), Some(Pos::Pron)));
        assert_eq!(rules.apply(&facts("\n", Tag::Nn, Dep::Dep), 0).tag, Some(Tag::Space));
        assert_eq!(rules.apply(&facts("gets", Tag::Vbz, Dep::Root), 0).lemma.as_deref(), Some("get"));
    }

    #[test]
    fn rules_on_pairs_need_both() {
        let rules = rules(RULES).unwrap();
        let [got, ta, none] = ["got", "ta", "x"].map(|lower| facts(lower, Tag::Vbp, Dep::Aux));
        let [got_sides, ta_sides, none_sides] = [got, ta, none].map(|facts| rules.sides(&facts));
        let lemma = |facts: &Facts, fired| rules.apply(facts, fired).lemma;
        assert_eq!(lemma(&ta, rules.fired(got_sides, ta_sides, none_sides)).as_deref(), Some("to"));
        assert_eq!(lemma(&ta, rules.fired(none_sides, ta_sides, got_sides)), None);
        assert_eq!(lemma(&got, rules.fired(none_sides, got_sides, ta_sides)).as_deref(), Some("get"));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "set\tpos\tNONSENSE\n",
            "rule\t1\npattern\ntoken\n",
            "token\n",
            "rule\t0\npattern\ntoken\nlemma\tin\ta\n",
        ] {
            assert!(rules(text).is_err(), "{text}");
        }
    }
}
