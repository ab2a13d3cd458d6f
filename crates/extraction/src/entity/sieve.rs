//! Joins names that are one: the registry's, the same words, a surname with the one full name, a short form with
//! the long one, an acronym.
//!
//! Two different full names of persons are never joined.

use super::draft::{Draft, Drafts};
use crate::Context;
use std::collections::BTreeMap;
use tolmach_document::{Dep, EntityKind, Parsed, RuleId};
use tolmach_lexicon::actor::{Known, Use, folded};

const KNOWN: RuleId = RuleId("entity.known-name");
const SAME: RuleId = RuleId("entity.same-name");
const SURNAME: RuleId = RuleId("entity.surname");
const SHORT: RuleId = RuleId("entity.short-name");
const ACRONYM: RuleId = RuleId("entity.acronym");
const BRACKET: RuleId = RuleId("entity.bracketed-name");
const ORGAN: RuleId = RuleId("entity.same-organ");

/// Runs the sieves over all names, the most precise first.
pub(crate) fn names(ctx: Context<'_>, drafts: &mut Drafts) {
    unknow_namesakes(ctx, drafts);
    longer_peoples(ctx, drafts);
    let known = |_: Context<'_>, d: &Draft| d.known.map(|k| format!("{} {}", k.actor.0, class(k.by)));
    let same = |ctx: Context<'_>, d: &Draft| d.is_name().then(|| folded(ctx.parsed.text_of(d.tokens)));
    let organ = |_: Context<'_>, d: &Draft| Some(format!("{} {}", d.institution?, d.country.as_ref()?));
    by_key(ctx, drafts, KNOWN, known);
    by_key(ctx, drafts, SAME, same);
    by_key(ctx, drafts, ORGAN, organ);
    persons(ctx, drafts);
    brackets(ctx, drafts);
    short_forms(ctx, drafts);
    acronyms(ctx, drafts);
    neighbours(ctx, drafts);
    agree_on_kind(ctx, drafts);
}

/// Adjective and name of a state are one entity; its people, its capital and its palace are others.
fn class(by: Use) -> u8 {
    match by {
        Use::Name | Use::Adjective => 0,
        Use::People => 1,
        Use::Capital => 2,
        Use::Seat => 3,
    }
}

fn by_key(
    ctx: Context<'_>,
    drafts: &mut Drafts,
    rule: RuleId,
    key: impl Fn(Context<'_>, &Draft) -> Option<String>,
) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        let Some(key) = key(ctx, &drafts.list[d]) else { continue };
        match first.get(&key) {
            Some(earlier) if compatible(&drafts.list[*earlier], &drafts.list[d]) => {
                drafts.join(*earlier, d, rule)
            }
            Some(_) => {}
            None => drop(first.insert(key, d)),
        }
    }
}

/// Not two actors of the registry.
fn compatible(a: &Draft, b: &Draft) -> bool {
    match (a.known, b.known) {
        (Some(x), Some(y)) => x.actor == y.actor && class(x.by) == class(y.by),
        _ => true,
    }
}

/// "Biden" is not the registry's where the report speaks of a Hunter Biden only.
fn unknow_namesakes(ctx: Context<'_>, drafts: &mut Drafts) {
    let full = full_names(ctx, drafts);
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        let Some(known) = draft.known.filter(|_| draft.kind == EntityKind::Person && draft.tokens.len() == 1)
        else {
            continue;
        };
        let others = full.get(ctx.parsed.lower(draft.tokens.start));
        let all_other = others.is_some_and(|list| {
            list.iter().all(|o| drafts.list[*o].known.is_none_or(|k| k.actor != known.actor))
        });
        if all_other {
            let draft = &mut drafts.list[d];
            (draft.known, draft.country, draft.gender) = (None, None, None);
        }
    }
}

/// "Indians" are no people of India in a report on American Indians.
fn longer_peoples(ctx: Context<'_>, drafts: &mut Drafts) {
    let registry = &ctx.lexicon.actor;
    let of_people = |k: &Known| k.by == Use::People || registry.actor(k.actor).kind == EntityKind::Norp;
    let people = |draft: &Draft| draft.known.filter(of_people);
    let mut longer = BTreeMap::new();
    for draft in drafts.list.iter().filter(|d| d.tokens.len() > 1) {
        if let Some(known) = people(draft) {
            longer.insert(ctx.parsed.lower(draft.tokens.end - 1).to_owned(), (known, draft.country.clone()));
        }
    }
    for draft in drafts.list.iter_mut().filter(|d| d.tokens.len() == 1 && people(d).is_some()) {
        if let Some((known, country)) = longer.get(ctx.parsed.lower(draft.tokens.start)) {
            (draft.known, draft.country) = (Some(*known), country.clone());
        }
    }
}

/// Persons with two names or more, by their last.
fn full_names(ctx: Context<'_>, drafts: &Drafts) -> BTreeMap<String, Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (d, draft) in drafts.list.iter().enumerate() {
        if draft.is_name() && draft.kind == EntityKind::Person && draft.tokens.len() > 1 {
            out.entry(ctx.parsed.lower(draft.tokens.end - 1).to_owned()).or_default().push(d);
        }
    }
    out
}

/// Middle names, then surnames and given names alone, where the report has one bearer.
fn persons(ctx: Context<'_>, drafts: &mut Drafts) {
    for list in full_names(ctx, drafts).values() {
        for (at, d) in list.iter().enumerate() {
            if let Some(earlier) = list[..at].iter().find(|e| one_with_middle(ctx.parsed, drafts, **e, *d)) {
                drafts.join(*earlier, *d, SHORT);
            }
        }
    }
    let by_last = roots_by(ctx, drafts, |draft| draft.tokens.end - 1);
    let by_first = roots_by(ctx, drafts, |draft| draft.tokens.start);
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        let alone = draft.is_name() && draft.tokens.len() == 1 && !has_office_of_state(draft);
        let word = ctx.parsed.lower(draft.tokens.start);
        let only = |map: &BTreeMap<String, Vec<usize>>| match map.get(word).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            _ => None,
        };
        let given = || only(&by_first).filter(|_| draft.kind == EntityKind::Person);
        if let Some(one) =
            only(&by_last).or_else(given).filter(|one| alone && compatible(&drafts.list[*one], draft))
        {
            drafts.list[d].kind = EntityKind::Person;
            drafts.join(one, d, SURNAME);
        }
    }
}

fn has_office_of_state(draft: &Draft) -> bool {
    draft.kind == EntityKind::Norp || draft.known.is_some_and(|_| draft.kind == EntityKind::Gpe)
}

/// Entities of full person names by one of their words.
fn roots_by(
    ctx: Context<'_>,
    drafts: &Drafts,
    word: impl Fn(&Draft) -> usize,
) -> BTreeMap<String, Vec<usize>> {
    let mut out: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for d in full_names(ctx, drafts).into_values().flatten() {
        let root = drafts.root(d);
        let roots = out.entry(ctx.parsed.lower(word(&drafts.list[d])).to_owned()).or_default();
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    out
}

/// "Donald Trump" and "Donald J. Trump": the same first and last word, one holds the other.
fn one_with_middle(parsed: Parsed<'_>, drafts: &Drafts, a: usize, b: usize) -> bool {
    let (x, y) = (&drafts.list[a], &drafts.list[b]);
    let (short, long) =
        if x.tokens.len() < y.tokens.len() { (x.tokens, y.tokens) } else { (y.tokens, x.tokens) };
    parsed.lower(short.start) == parsed.lower(long.start)
        && short.len() == 2
        && long.len() > 2
        && compatible(x, y)
}

/// "Collective Security Treaty Organization (CSTO)", "Albert Hakobyan (Urumov)".
fn brackets(ctx: Context<'_>, drafts: &mut Drafts) {
    let parsed = ctx.parsed;
    for d in 1..drafts.list.len() {
        let (long, short) = (&drafts.list[d - 1], &drafts.list[d]);
        let open = short.tokens.start == long.tokens.end + 1 && parsed.word(long.tokens.end) == "(";
        let close = short.tokens.end < parsed.len() && parsed.word(short.tokens.end) == ")";
        if !(open && close && long.is_name() && short.is_name() && compatible(long, short)) {
            continue;
        }
        let person = long.kind == EntityKind::Person && short.tokens.len() == 1 && short.known.is_none();
        if person || is_acronym(parsed.text_of(short.tokens)) {
            drafts.list[d].kind = drafts.list[d - 1].kind;
            drafts.join(d - 1, d, BRACKET);
        }
    }
}

fn is_acronym(text: &str) -> bool {
    text.chars().count() > 1
        && text.chars().all(|c| c.is_uppercase() || c == '.')
        && text.chars().filter(|c| c.is_alphabetic()).count() < 9
}

/// "Northrop" is "Northrop Grumman": the first words of one longer name of the report, not of two.
fn short_forms(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut long: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (d, draft) in drafts.list.iter().enumerate() {
        let named = draft.is_name() && draft.tokens.len() > 1 && draft.institution.is_none();
        if named && matches!(draft.kind, EntityKind::Org | EntityKind::Fac | EntityKind::Route) {
            let roots = long.entry(ctx.parsed.lower(draft.tokens.start).to_owned()).or_default();
            if !roots.contains(&drafts.root(d)) {
                roots.push(drafts.root(d));
            }
        }
    }
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        let alone = draft.is_name()
            && draft.tokens.len() == 1
            && draft.kind == EntityKind::Org
            && draft.known.is_none();
        if let Some([one]) =
            long.get(ctx.parsed.lower(draft.tokens.start)).map(Vec::as_slice).filter(|_| alone)
        {
            drafts.join(*one, d, SHORT);
        }
    }
}

/// "CSTO" is "Collective Security Treaty Organization", wherever that stands.
fn acronyms(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut spelled = BTreeMap::new();
    for (d, draft) in drafts.list.iter().enumerate() {
        let letters: String = draft
            .tokens
            .iter()
            .filter_map(|t| ctx.parsed.word(t).chars().next())
            .filter(|c| c.is_uppercase())
            .collect();
        if draft.is_name() && draft.kind == EntityKind::Org && letters.chars().count() > 2 {
            spelled.entry(letters).or_insert(d);
        }
    }
    for d in 0..drafts.list.len() {
        let text = ctx.parsed.text_of(drafts.list[d].tokens).replace('.', "");
        if let Some(long) = spelled.get(&text).filter(|_| is_acronym(&text))
            && compatible(&drafts.list[*long], &drafts.list[d])
        {
            drafts.join(*long, d, ACRONYM);
        }
    }
}

/// "Yelabuga and Nizhnekamsk in Tatarstan": in a list of places an unknown single word is a place.
fn neighbours(ctx: Context<'_>, drafts: &mut Drafts) {
    let parsed = ctx.parsed;
    let place = |kind| matches!(kind, EntityKind::Gpe | EntityKind::Loc);
    let by_head: BTreeMap<usize, usize> =
        drafts.list.iter().enumerate().map(|(d, draft)| (draft.head, d)).collect();
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        if parsed.dep(draft.head) != Dep::Conj || !draft.is_name() {
            continue;
        }
        let Some(p) = by_head.get(&parsed.head(draft.head)).copied().filter(|p| drafts.list[*p].is_name())
        else {
            continue;
        };
        let weak = |d: &Draft| {
            d.known.is_none()
                && d.tokens.len() == 1
                && matches!(d.kind, EntityKind::Org | EntityKind::Person | EntityKind::Norp)
        };
        let (one, other) = if weak(draft) { (d, p) } else { (p, d) };
        if weak(&drafts.list[one]) && place(drafts.list[other].kind) {
            drafts.list[one].kind = drafts.list[other].kind;
        }
    }
}

/// "near Daquq", "outside Raqqah": nobody is near a person without a word between.
fn inside_a_place(parsed: Parsed<'_>, draft: &Draft) -> bool {
    let alone = draft.is_name()
        && draft.tokens.len() < 3
        && draft.known.is_none()
        && parsed.dep(draft.head) == Dep::Pobj;
    let doubtful = match draft.kind {
        EntityKind::Person | EntityKind::Norp | EntityKind::Product => true,
        EntityKind::Org => draft.tokens.len() == 1 && !is_acronym(parsed.text_of(draft.tokens)),
        _ => false,
    };
    let before = draft.tokens.start.checked_sub(1).map_or("", |t| parsed.lower(t));
    let place = matches!(before, "near" | "outside" | "around" | "inside" | "toward" | "towards" | "across");
    alone && doubtful && (place || (before == "in" && draft.tokens.len() == 1))
}

/// One name has one kind in a report: the registry's, else what most of its mentions have.
fn agree_on_kind(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut votes: BTreeMap<usize, BTreeMap<EntityKind, usize>> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        let draft = &drafts.list[d];
        let full_name = draft.kind == EntityKind::Person && draft.tokens.len() > 1;
        let cast = votes.entry(drafts.root(d)).or_default();
        *cast.entry(draft.kind).or_default() +=
            if draft.known.is_some() { 100 } else { 1 + usize::from(full_name) };
        if inside_a_place(ctx.parsed, draft) {
            *cast.entry(EntityKind::Gpe).or_default() += 3;
        }
    }
    for d in 0..drafts.list.len() {
        let best = votes[&drafts.root(d)].iter().max_by_key(|(kind, n)| (**n, std::cmp::Reverse(**kind)));
        let draft = &mut drafts.list[d];
        if let Some((kind, _)) = best.filter(|_| draft.known.is_none() && draft.is_name()) {
            draft.kind = *kind;
        }
    }
}
