//! Who does what a noun of action names: its owner, the subject of the verb that carries it, the agent of a participle on it.
//!
//! Finds candidates; whether a pattern takes them is decided where patterns are matched.

use super::cast::{Cast, Standing};
use super::grammar::{doer, governed, is_passive, is_verb, kids};
use tolmach_document::{Dep, Pos};

/// A noun of action is no deeper below its verb than this: "subjected them to all kinds of threats".
const DEEPEST: usize = 6;

/// Who owns or does the noun `t`: "Chad's", "by Chad", "Chadian", "Chad" in "Chad talks".
pub(super) fn owners(cast: Cast<'_>, t: usize) -> Vec<usize> {
    let p = cast.parsed();
    let mut out: Vec<usize> = kids(p, t).filter(|c| p.dep(*c) == Dep::Poss).collect();
    out.extend(governed(p, t, &["by".to_owned()]));
    out.extend(kids(p, t).filter(|c| {
        matches!(p.dep(*c), Dep::Compound | Dep::Amod | Dep::Nmod)
            && !cast.is_plain_place(*c)
            && (cast.standing(*c) == Standing::Named
                || p.pos(*c).is_nominal() && cast.standing(*c) >= Standing::Somebody)
    }));
    out
}

/// Those who act for a noun without an owner.
pub(super) fn of(cast: Cast<'_>, t: usize) -> Vec<usize> {
    let who = subject(cast, t).or_else(|| agent(cast, t)).or_else(|| user(cast, t));
    who.map_or_else(Vec::new, |who| cast.joined(who))
}

fn acting(cast: Cast<'_>, verb: usize) -> Option<usize> {
    let who = doer(cast.parsed(), cast.lexicon().steering(), verb)?;
    (cast.standing(who) >= Standing::Somebody).then_some(who)
}

/// "Chad carried out an attack": the subject of the verb that only carries the noun.
fn subject(cast: Cast<'_>, t: usize) -> Option<usize> {
    let p = cast.parsed();
    let verb = p.head(t);
    let carried = matches!(p.dep(t), Dep::Dobj | Dep::Nsubjpass)
        && is_verb(p, verb)
        && cast.lexicon().light().has(p.lemma(verb));
    carried.then(|| acting(cast, verb)).flatten()
}

/// "expulsions carried out by Chad", "a series of raids, ordered and undertaken by Chad".
fn agent(cast: Cast<'_>, t: usize) -> Option<usize> {
    let p = cast.parsed();
    let mut clauses = Vec::new();
    for noun in std::iter::once(t).chain(measured(cast, t)) {
        let own = kids(p, noun).filter(|c| matches!(p.dep(*c), Dep::Acl | Dep::Relcl) && is_passive(p, *c));
        for clause in own {
            clauses.push(clause);
            clauses.extend(kids(p, clause).filter(|c| p.dep(*c) == Dep::Conj && is_verb(p, *c)));
        }
    }
    let light = |c: &usize| cast.lexicon().light().has(p.lemma(*c));
    clauses.iter().any(light).then(|| clauses.iter().find_map(|c| acting(cast, *c))).flatten()
}

/// The noun that only measures `t`: "series" in "a series of raids".
fn measured(cast: Cast<'_>, t: usize) -> Option<usize> {
    let p = cast.parsed();
    let of = p.head(t);
    let noun = p.head(of);
    (p.dep(t) == Dep::Pobj && p.lower(of) == "of" && cast.lexicon().measures().has(p.lemma(noun))).then_some(noun)
}

/// "Chad responded with airstrikes", "resorted to threats": the subject of the verb that the noun is the means of.
fn user(cast: Cast<'_>, t: usize) -> Option<usize> {
    let p = cast.parsed();
    // "subjected them to pressure, ranging from fines to threats".
    let listed = || p.ancestors(t).take(DEEPEST + 2).find(|a| p.lemma(*a) == "range" && is_verb(p, *a));
    let mut at = if p.dep(t) == Dep::Pobj && matches!(p.lower(p.head(t)), "from" | "to") { listed().unwrap_or(t) } else { t };
    for _ in 0..DEEPEST {
        let head = p.head(at);
        if head == at {
            return None;
        }
        if is_verb(p, head) && cast.lexicon().using().has(p.lemma(head)) {
            let means = p.dep(at) == Dep::Prep && matches!(p.lower(at), "with" | "to" | "by" | "in") || p.lemma(at) == "range";
            return means.then(|| acting(cast, head)).flatten();
        }
        let passing = match p.dep(at) {
            Dep::Pobj => true,
            Dep::Prep => p.lower(at) == "of" && cast.lexicon().measures().has(p.lemma(head)),
            Dep::Acl => p.lemma(at) == "range",
            _ => false,
        };
        if !passing || p.pos(head) == Pos::Punct {
            return None;
        }
        at = head;
    }
    None
}
