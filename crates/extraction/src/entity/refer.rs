//! Joins descriptions to names: apposition, copula, the office of the day, then the same words again.
//!
//! Works outward from the surest; a description that fits nobody stays its own entity.

use super::draft::{Draft, Drafts};
use crate::Context;
use std::collections::BTreeMap;
use tolmach_document::{Dep, EntityKind, Form, Parsed, RuleId};
use tolmach_lexicon::actor::{ActorId, Known, Use, folded};

const APPOSITION: RuleId = RuleId("entity.apposition");
const COPULA: RuleId = RuleId("entity.copula");
const OFFICE: RuleId = RuleId("entity.office-holder");
const AGAIN: RuleId = RuleId("entity.same-description");
const ORGAN: RuleId = RuleId("entity.organ-again");
const ROLE: RuleId = RuleId("entity.role-again");
const CALLED: RuleId = RuleId("entity.called-so");
const COUNTRY: RuleId = RuleId("entity.the-country");

/// How many mentions back a titled name is looked for.
const FAR: usize = 300;

/// Runs the sieves over nominals; names are joined already.
pub(crate) fn nominals(ctx: Context<'_>, drafts: &mut Drafts) {
    beside(ctx, drafts);
    offices(ctx, drafts);
    again(ctx, drafts);
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        let free = draft.form == Form::Nominal && drafts.root(d) == d && draft.kind != EntityKind::Thing;
        if !free || !super::nominal::definite(ctx.parsed, drafts.list[d].tokens.start) {
            continue;
        }
        let found = organ(ctx, drafts, d).or_else(|| role(ctx, drafts, d)).or_else(|| noun(ctx, drafts, d));
        if let Some((earlier, rule)) = found {
            drafts.join(earlier, d, rule);
        }
    }
}

/// "Dosym Satpayev, a political analyst", "the minister, Jane Doe", "Akhas Tazhutov is an analyst".
fn beside(ctx: Context<'_>, drafts: &mut Drafts) {
    let parsed = ctx.parsed;
    let heads: BTreeMap<usize, usize> =
        drafts.list.iter().enumerate().map(|(d, draft)| (draft.head, d)).collect();
    for d in 0..drafts.list.len() {
        let head = drafts.list[d].head;
        let over = parsed.head(head);
        let partner = match parsed.dep(head) {
            // "A and B, the envoy": said of the name right before, whatever the parser hangs it on.
            Dep::Appos => {
                person_before(parsed, drafts, d).or(heads.get(&over).copied()).map(|p| (p, APPOSITION))
            }
            Dep::Attr if parsed.lemma(over) == "be" && parsed.child(over, Dep::Neg).is_none() => {
                parsed.child(over, Dep::Nsubj).and_then(|s| heads.get(&s)).map(|p| (*p, COPULA))
            }
            _ => None,
        };
        if let Some((p, rule)) = partner.filter(|(p, _)| one_can_be(&drafts.list[*p], &drafts.list[d])) {
            drafts.join(p.min(d), p.max(d), rule);
        }
    }
}

/// The person whose name ends right before the comma in front of description `d`.
fn person_before(parsed: Parsed<'_>, drafts: &Drafts, d: usize) -> Option<usize> {
    let comma = drafts.list[d].tokens.start.checked_sub(1).filter(|t| *t > 0 && parsed.word(*t) == ",")?;
    drafts.name_ending_at(comma - 1).filter(|p| drafts.list[*p].kind == EntityKind::Person)
}

/// A person and a description of one; a named thing and a noun of its kind. Never two names.
fn one_can_be(a: &Draft, b: &Draft) -> bool {
    let pair = (a.form == Form::Name) != (b.form == Form::Name)
        && a.form != Form::Pronoun
        && b.form != Form::Pronoun;
    let place = |kind| matches!(kind, EntityKind::Gpe | EntityKind::Loc);
    let same = (a.kind == b.kind && a.kind != EntityKind::Thing) || (place(a.kind) && place(b.kind));
    pair && same && a.plural == b.plural
}

/// "the Russian president" is who held that office on the day of the report.
fn offices(ctx: Context<'_>, drafts: &mut Drafts) {
    let registry = &ctx.lexicon.actor;
    let mut first: BTreeMap<ActorId, usize> = BTreeMap::new();
    for (n, draft) in drafts.list.iter().enumerate() {
        if let Some(known) = draft.known {
            first.entry(known.actor).or_insert(n);
        }
    }
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        let (Some(title), EntityKind::Person, Form::Nominal) = (&draft.title, draft.kind, draft.form) else {
            continue;
        };
        let Some(word) = office_word(ctx, title).filter(|_| drafts.root(d) == d && !draft.plural) else {
            continue;
        };
        let class = registry.offices.class_of(&word);
        let country = draft.country.clone();
        if let Some(named) = titled(ctx, drafts, d, &class, country.as_deref()) {
            drafts.join(named, d, OFFICE);
            continue;
        }
        let holder = country.and_then(|c| registry.state(&c)).zip(ctx.published());
        if let Some(office) = holder.and_then(|(state, day)| registry.offices.holder(state, &class, day)) {
            let named = first.get(&office.person).copied();
            match named {
                Some(named) => drafts.join(named, d, OFFICE),
                None => {
                    drafts.list[d].known = Some(Known { actor: office.person, by: Use::Name });
                    drafts.list[d].rule = OFFICE;
                    first.insert(office.person, d);
                }
            }
        }
    }
}

/// The office that the words name, without former, acting or deputy holders of it.
fn office_word(ctx: Context<'_>, title: &str) -> Option<String> {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let other = [
        "former", "ex", "deputy", "acting", "late", "then", "new", "next", "vice", "future", "ousted",
        "last", "any", "another",
    ];
    if words.iter().any(|word| other.contains(word)) {
        return None;
    }
    let cut = words.iter().position(|word| *word == "of").filter(|at| {
        words.get(at + 1).is_some_and(|w| !matches!(*w, "state" | "foreign" | "defence" | "defense"))
    });
    let words = &words[..cut.unwrap_or(words.len())];
    (0..words.len()).map(|at| words[at..].join(" ")).find(|phrase| ctx.lexicon.actor.offices.is_title(phrase))
}

/// Somebody named earlier with that title, of that country if one is said: "Kazakh President Tokayev … the president".
fn titled(ctx: Context<'_>, drafts: &Drafts, d: usize, class: &str, country: Option<&str>) -> Option<usize> {
    (d.saturating_sub(FAR)..d).rev().find(|n| {
        let draft = &drafts.list[*n];
        let office =
            draft.title.as_deref().filter(|_| draft.is_name()).and_then(|title| office_word(ctx, title));
        let same = office.is_some_and(|word| ctx.lexicon.actor.offices.class_of(&word) == class);
        same && country.is_none_or(|country| draft.country.as_deref() == Some(country))
    })
}

/// The same description again: "the Kazakhstani authorities", "oil workers".
fn again(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        if draft.form != Form::Nominal || drafts.root(d) != d {
            continue;
        }
        let words = folded(super::nominal::bare(ctx.parsed, draft.tokens));
        let enough = (draft.plural || draft.tokens.len() > 2) && draft.kind != EntityKind::Thing;
        let Some(key) = enough.then(|| format!("{:?} {}", draft.kind, words)) else { continue };
        match first.get(&key) {
            Some(earlier) => drafts.join(*earlier, d, AGAIN),
            None => drop(first.insert(key, d)),
        }
    }
}

/// "the ministry", "the army" after "Russia's foreign ministry", "the Kazakh army".
fn organ(ctx: Context<'_>, drafts: &Drafts, d: usize) -> Option<(usize, RuleId)> {
    let draft = &drafts.list[d];
    let head = ctx.parsed.lower(draft.head);
    if draft.kind != EntityKind::Org && draft.institution.is_none() {
        return None;
    }
    let same = |earlier: &Draft| match (draft.institution, earlier.institution) {
        (Some(a), Some(b)) => a == b && !draft.plural && draft.tokens.len() < 3,
        _ => {
            draft.country.is_none()
                && earlier.is_name()
                && earlier.kind == EntityKind::Org
                && named_so(ctx.parsed, earlier, head)
        }
    };
    (d.saturating_sub(200)..d).rev().find(|e| same(&drafts.list[*e])).map(|e| (e, ORGAN))
}

/// "the alliance" may be any body named before; "the mayor's office" and "his government" say themselves whose.
fn plain(parsed: Parsed<'_>, draft: &Draft) -> bool {
    draft.institution.is_none()
        && draft.tokens.len() <= 2
        && matches!(parsed.lower(draft.tokens.start), "the" | "this" | "that")
}

/// Whether a noun is one of the name's own words: "the ministry" of "Ministry of Defense".
fn named_so(parsed: Parsed<'_>, name: &Draft, noun: &str) -> bool {
    name.tokens.iter().any(|t| parsed.lower(t) == noun)
}

/// "the general", "the deputy" after "General Gurulev": the last person spoken of by that word.
fn role(ctx: Context<'_>, drafts: &Drafts, d: usize) -> Option<(usize, RuleId)> {
    let draft = &drafts.list[d];
    if draft.kind != EntityKind::Person || draft.country.is_some() || draft.tokens.len() > 2 {
        return None;
    }
    let word = ctx.parsed.lower(draft.head);
    let said = |earlier: &Draft| {
        let title = earlier.title.as_deref().unwrap_or("").to_lowercase();
        earlier.kind == EntityKind::Person
            && title.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
    };
    (d.saturating_sub(120)..d).rev().find(|e| said(&drafts.list[*e])).map(|e| (e, ROLE))
}

/// "the country" is the state spoken of last, in this sentence or the two before; other nouns need a name of their kind.
fn noun(ctx: Context<'_>, drafts: &Drafts, d: usize) -> Option<(usize, RuleId)> {
    let draft = &drafts.list[d];
    let parsed = ctx.parsed;
    let word = parsed.lower(draft.head);
    let here = parsed.sentence_index(draft.head);
    let near =
        (d.saturating_sub(60)..d).rev().filter(|e| parsed.sentence_index(drafts.list[*e].head) + 2 >= here);
    let fits = |earlier: &Draft| {
        let of_state = |k: &Known| ctx.lexicon.actor.actor(k.actor).id.starts_with("state/");
        // "the nation" is Russia, not Moscow.
        let state = earlier.known.is_some_and(|k| matches!(k.by, Use::Name | Use::Adjective) && of_state(&k));
        match word {
            "country" | "nation" | "republic" => state && earlier.kind == EntityKind::Gpe,
            _ => {
                earlier.is_name()
                    && earlier.kind == draft.kind
                    && (draft.kind == EntityKind::Org && plain(parsed, draft) || named_so(parsed, earlier, word))
            }
        }
    };
    if let Some(called) = called_so(parsed, drafts, d) {
        return Some((called, CALLED));
    }
    let subject = |e: &usize| matches!(parsed.dep(drafts.list[*e].head), Dep::Nsubj | Dep::Nsubjpass);
    let all: Vec<usize> =
        near.filter(|e| fits(&drafts.list[*e]) && !drafts.list[*e].tokens.holds(draft.head)).collect();
    let best = all.iter().copied().find(subject).or(all.first().copied())?;
    Some((best, COUNTRY))
}

/// "the channel" after "the Telegram channel VChK-OGPU": the last body whose name follows that word.
fn called_so(parsed: Parsed<'_>, drafts: &Drafts, d: usize) -> Option<usize> {
    let draft = &drafts.list[d];
    let word = parsed.lower(draft.head);
    let so = |earlier: &Draft| {
        let start = earlier.tokens.start;
        earlier.is_name() && earlier.kind == EntityKind::Org && start > 0 && parsed.lower(start - 1) == word
    };
    let bare = draft.kind == EntityKind::Org && draft.tokens.len() <= 2;
    (d.saturating_sub(120)..d).rev().find(|e| bare && so(&drafts.list[*e]))
}
