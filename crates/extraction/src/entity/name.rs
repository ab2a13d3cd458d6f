//! Proper names: the registry's, the recogniser's with their edges cleaned, runs of proper nouns that both
//! missed, addresses of sites, channels.
//!
//! Does not decide who is who.

use super::draft::{Draft, Drafts};
use super::scan::Scan;
use super::{LONGEST, shape};
use crate::Context;
use std::collections::BTreeSet;
use tolmach_document::{Dep, EntityKind, EntityLabel, Form, Iob, Parsed, Pos, RuleId, TokenRange};
use tolmach_lexicon::actor::{Known, Use};

const REGISTRY: RuleId = RuleId("entity.registry");
const RECOGNISER: RuleId = RuleId("entity.recogniser");
const RUN: RuleId = RuleId("entity.proper-run");
const BEARER: RuleId = RuleId("entity.surname-alone");
const SITE: RuleId = RuleId("entity.site-address");

/// Pushes every name of the document.
pub(crate) fn find(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts) {
    let surnames = surnames(ctx.parsed);
    registry(ctx, scan, &surnames, drafts);
    recogniser(ctx, scan, drafts);
    super::organ::names(ctx, scan, drafts);
    drafts.settle();
    runs(ctx, scan, drafts);
    drafts.settle();
}

/// Last words of the recogniser's full names: there "Jordan" is somebody's, no country.
fn surnames(parsed: Parsed<'_>) -> BTreeSet<String> {
    let persons = entities(parsed).into_iter().filter(|(_, label)| *label == EntityLabel::Person);
    let names = persons.map(|(tokens, _)| shape::clean(parsed, tokens)).filter(|tokens| tokens.len() > 1);
    names.map(|tokens| parsed.lower(tokens.end - 1).to_owned()).collect()
}

fn registry(ctx: Context<'_>, scan: &Scan, surnames: &BTreeSet<String>, drafts: &mut Drafts) {
    let parsed = ctx.parsed;
    for (tokens, meanings) in &scan.known {
        let known = choose(ctx, scan, *tokens, meanings);
        let actor = ctx.lexicon.actor.actor(known.actor);
        let person = actor.kind == EntityKind::Person;
        if tokens.len() == 1 && !stands_alone(ctx, tokens.start, known, person, surnames) {
            continue;
        }
        let mut draft = Draft::new(
            *tokens,
            shape::head_of(parsed, *tokens),
            kind(actor.kind, known.by),
            Form::Name,
            REGISTRY,
        );
        draft.known = Some(known);
        draft.country = actor.country.clone();
        draft.gender = actor.gender.filter(|_| person);
        draft.plural = known.by == Use::People;
        draft.rank = if tokens.len() > 1 { 1 } else { 3 };
        drafts.push(draft);
    }
}

/// The meaning whose full name stands elsewhere in the text, then a body before a seat, then the first.
fn choose(ctx: Context<'_>, scan: &Scan, tokens: TokenRange, meanings: &[Known]) -> Known {
    if meanings.len() == 1 {
        return meanings[0];
    }
    let registry = &ctx.lexicon.actor;
    // "Sputnik was launched": what is done to an outlet's namesake is done to the thing.
    let passive = ctx.parsed.dep(shape::head_of(ctx.parsed, tokens)) == Dep::Nsubjpass;
    let outlet = |known: &Known| registry.actor(known.actor).id.starts_with("outlet/");
    if let Some(thing) = meanings.iter().find(|known| passive && !outlet(known)) {
        return *thing;
    }
    let full = meanings.iter().find(|known| scan.spells(known.actor));
    let body = meanings
        .iter()
        .find(|known| known.by == Use::Name && registry.actor(known.actor).kind == EntityKind::Org);
    let first = meanings[0];
    *full.or(body.filter(|_| matches!(first.by, Use::Seat))).unwrap_or(&first)
}

/// Whether one word may be taken for the registry's: not "Apple" for a fruit, not "Jordan" for Mr Jordan.
fn stands_alone(ctx: Context<'_>, t: usize, known: Known, person: bool, surnames: &BTreeSet<String>) -> bool {
    let parsed = ctx.parsed;
    let label = parsed.entity(t).label();
    if surnames.contains(parsed.lower(t)) && (!person || parsed.word(t).len() < 4) {
        return false;
    }
    let word = parsed.word(t);
    let acronym =
        word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase()) && !shape::in_heading(parsed, t);
    match known.by {
        Use::Adjective | Use::People => true,
        _ => parsed.pos(t) == Pos::Propn || label.is_some() || word.contains('.') || acronym,
    }
}

fn kind(kind: EntityKind, by: Use) -> EntityKind {
    match by {
        Use::Name => kind,
        Use::Adjective | Use::People => EntityKind::Norp,
        Use::Capital => EntityKind::Gpe,
        Use::Seat => EntityKind::Org,
    }
}

/// The recogniser's spans with their labels.
fn entities(parsed: Parsed<'_>) -> Vec<(TokenRange, EntityLabel)> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < parsed.len() {
        let Iob::Begin(label) = parsed.entity(start) else {
            start += 1;
            continue;
        };
        let end = (start + 1..parsed.len())
            .find(|t| !matches!(parsed.entity(*t), Iob::In(_)))
            .unwrap_or(parsed.len());
        out.push((TokenRange::new(start, end), label));
        start = end;
    }
    out
}

fn recogniser(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts) {
    for (tokens, label) in entities(ctx.parsed) {
        let Some(kind) = kind_of(label) else { continue };
        let tokens = shape::clean(ctx.parsed, tokens);
        let (tokens, person) = shape::without_title(ctx, scan, tokens);
        if !shape::is_name(ctx, scan, tokens) || tokens.len() > LONGEST {
            continue;
        }
        let kind =
            if person { EntityKind::Person } else { shape::kind_by_words(ctx, scan, tokens).unwrap_or(kind) };
        let mut draft = Draft::new(tokens, shape::head_of(ctx.parsed, tokens), kind, Form::Name, RECOGNISER);
        draft.rank = if tokens.len() > 1 { 2 } else { 4 };
        drafts.push(draft);
    }
}

/// Runs of capitalised proper nouns outside all names, and addresses of sites.
fn runs(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts) {
    let parsed = ctx.parsed;
    let mut taken = vec![false; parsed.len() + 1];
    drafts.list.iter().flat_map(|d| d.tokens.iter()).for_each(|t| taken[t] = true);
    bearers(parsed, drafts, &mut taken);
    let mut t = 0;
    while t < parsed.len() {
        let open = |t: usize| !taken[t] && parsed.entity(t).label().is_none_or(|l| kind_of(l).is_some());
        if open(t) && shape::is_site(ctx, parsed.word(t)) {
            let draft = Draft::new(TokenRange::new(t, t + 1), t, EntityKind::Org, Form::Name, SITE);
            drafts.push(Draft { sectors: vec!["MED".to_owned()], ..draft });
            t += 1;
            continue;
        }
        let mut end = t;
        while end < parsed.len()
            && open(end)
            && (proper(parsed, end) || (end > t && shape::joins(parsed, end)))
        {
            end += 1;
        }
        if end > t {
            push_run(ctx, scan, drafts, shape::clean(parsed, TokenRange::new(t, end)));
        }
        t = end.max(t + 1);
    }
}

/// "Cleverly stated": surnames alone that the recogniser lost, of persons whom the text names in full.
fn bearers(parsed: Parsed<'_>, drafts: &mut Drafts, taken: &mut [bool]) {
    let full = drafts.list.iter().filter(|d| d.kind == EntityKind::Person && d.tokens.len() > 1);
    let surnames: BTreeSet<String> = full.map(|d| parsed.lower(d.tokens.end - 1).to_owned()).collect();
    for t in (0..parsed.len()).filter(|t| surnames.contains(parsed.lower(*t))) {
        let word = parsed.word(t);
        let capital = word.starts_with(char::is_uppercase) && !shape::in_heading(parsed, t);
        let acts = t + 1 < parsed.len() && matches!(parsed.pos(t + 1), Pos::Verb | Pos::Aux);
        if !taken[t] && capital && word.len() > 2 && (parsed.pos(t) == Pos::Propn || acts) {
            taken[t] = true;
            let draft = Draft::new(TokenRange::new(t, t + 1), t, EntityKind::Person, Form::Name, BEARER);
            drafts.push(Draft { rank: 5, ..draft });
        }
    }
}

fn proper(parsed: Parsed<'_>, t: usize) -> bool {
    parsed.pos(t) == Pos::Propn && parsed.word(t).chars().next().is_some_and(char::is_uppercase)
}

fn push_run(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts, tokens: TokenRange) {
    let parsed = ctx.parsed;
    let (tokens, person) = shape::without_title(ctx, scan, tokens);
    if tokens.is_empty() || !shape::is_name(ctx, scan, tokens) || shape::in_heading(parsed, tokens.start) {
        return;
    }
    let first = parsed.sentence(tokens.start).tokens.start;
    let opens = (first..tokens.start).all(|t| !shape::lettered(parsed.word(t)));
    let named = matches!(
        parsed.dep(tokens.start),
        Dep::Nsubj | Dep::Nsubjpass | Dep::Pobj | Dep::Poss | Dep::Conj | Dep::Appos | Dep::Dobj
    );
    if tokens.len() == 1 && !person && (opens || !named) {
        return;
    }
    let kind = if person { Some(EntityKind::Person) } else { shape::kind_by_words(ctx, scan, tokens) };
    let kind = kind.unwrap_or_else(|| shape::kind_by_place(ctx, tokens));
    let draft = Draft::new(tokens, shape::head_of(parsed, tokens), kind, Form::Name, RUN);
    drafts.push(Draft { rank: 6, ..draft });
}

fn kind_of(label: EntityLabel) -> Option<EntityKind> {
    use EntityKind as K;
    use EntityLabel as L;
    Some(match label {
        L::Person => K::Person,
        L::Org => K::Org,
        L::Gpe => K::Gpe,
        L::Loc => K::Loc,
        L::Norp => K::Norp,
        L::Fac => K::Fac,
        L::Event => K::Event,
        L::Law => K::Law,
        L::Product => K::Product,
        L::WorkOfArt => K::WorkOfArt,
        L::Language => K::Language,
        _ => return None,
    })
}
