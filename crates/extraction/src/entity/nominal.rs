//! Descriptions of persons, groups and things: "the Russian president", "oil workers", "the country".
//!
//! Finds them with their edges; who they are is decided by the sieves.

use super::draft::{Draft, Drafts};
use super::scan::Scan;
use super::{organ, shape};
use crate::Context;
use tolmach_document::{Dep, EntityKind, Form, Parsed, Pos, RuleId, TokenRange};
use tolmach_lexicon::actor::RoleUse;

const ROLE: RuleId = RuleId("entity.role");
const GROUP: RuleId = RuleId("entity.group");
pub(crate) const NOUN: RuleId = RuleId("entity.noun");
pub(crate) const THING: RuleId = RuleId("entity.thing");
const WEAPON: RuleId = RuleId("entity.weapon");

/// Pushes every nominal; names must be settled.
pub(crate) fn find(ctx: Context<'_>, scan: &Scan, drafts: &mut Drafts) {
    let covered = covered(ctx.parsed.len(), drafts);
    let mut found = organ::nominals(ctx, scan, &covered);
    let mut heads: Vec<bool> = vec![false; ctx.parsed.len()];
    drafts.list.iter().chain(&found).for_each(|d| heads[d.head] = true);
    // "Kazakh officials" is an organ already.
    let roles = scan.roles.iter().filter_map(|(tokens, use_)| role(ctx, scan, drafts, *tokens, *use_));
    found.extend(roles.filter(|d| !heads[d.head]));
    found.extend(nouns(ctx, scan, &covered));
    found.extend(weapons(ctx, &covered));
    found.iter().for_each(|d| heads[d.head] = true);
    found.extend(things(ctx.parsed, &covered, &heads));
    for draft in found {
        let inside = draft.tokens.iter().all(|t| covered[t]);
        if !inside && draft.tokens.len() <= super::LONGEST {
            drafts.push(draft);
        }
    }
    drafts.order();
}

fn covered(len: usize, drafts: &Drafts) -> Vec<bool> {
    let mut out = vec![false; len];
    drafts.list.iter().flat_map(|d| d.tokens.iter()).for_each(|t| out[t] = true);
    out
}

fn role(ctx: Context<'_>, scan: &Scan, drafts: &Drafts, tokens: TokenRange, use_: RoleUse) -> Option<Draft> {
    let parsed = ctx.parsed;
    let head = shape::head_of(parsed, tokens);
    let titled = drafts.name_ending_at(tokens.end).is_some() || named_after(drafts, tokens.end);
    if titled
        || !parsed.pos(head).is_nominal()
        || matches!(parsed.dep(head), Dep::Compound | Dep::Amod | Dep::Nmod)
    {
        return None;
    }
    let relation = ctx.lexicon.actor.role(use_.role).relation && !use_.plural;
    if relation && !beside_person(parsed, drafts, head) {
        return None;
    }
    let start = organ::phrase_start(parsed, tokens);
    let end = of_phrase(parsed, drafts, tokens.end);
    let whole = TokenRange::new(start, end);
    let (kind, rule) = if use_.plural { (EntityKind::Group, GROUP) } else { (EntityKind::Person, ROLE) };
    let mut out = Draft::new(whole, head, kind, Form::Nominal, rule);
    let text = bare(parsed, whole);
    out.sectors = ctx.lexicon.actor.sectors_of(text);
    out.country = scan.country_in(&ctx.lexicon.actor, whole);
    out.title = Some(text.to_owned());
    out.plural = use_.plural;
    out.gender = super::pronoun::gender_of_noun(parsed.lower(head));
    Some(out)
}

/// "Tokayev, successor to …" against "Russia, the biggest investor": such a word tells of a person only beside one.
fn beside_person(parsed: Parsed<'_>, drafts: &Drafts, head: usize) -> bool {
    let over = parsed.head(head);
    let partner = match parsed.dep(head) {
        Dep::Appos => Some(over),
        Dep::Attr => parsed.child(over, Dep::Nsubj),
        _ => None,
    };
    partner.and_then(|p| drafts.name_headed_by(p)).is_some_and(|d| drafts.list[d].kind == EntityKind::Person)
}

/// Whether a person's name starts at token `t`: then the words before are its title.
fn named_after(drafts: &Drafts, t: usize) -> bool {
    let at = drafts.from_token(t);
    drafts.list.get(at).is_some_and(|d| d.tokens.start == t && d.kind == EntityKind::Person)
}

/// On over "of the State Duma": to the end of the noun's own words, no clause.
fn of_phrase(parsed: Parsed<'_>, drafts: &Drafts, end: usize) -> usize {
    if end + 1 >= parsed.len() || parsed.lower(end) != "of" {
        return end;
    }
    let Some(object) = parsed.child(end, Dep::Pobj) else { return end };
    let far = parsed.subtree(object);
    if let Some(name) = drafts.name_over(object) {
        return drafts.list[name].tokens.end;
    }
    let short = far.len() <= 10
        && !far
            .iter()
            .any(|t| matches!(parsed.dep(t), Dep::Relcl | Dep::Acl | Dep::Punct | Dep::Cc | Dep::Appos));
    if short { far.end } else { object + 1 }
}

/// The words without article and possessives in front.
pub(crate) fn bare<'a>(parsed: Parsed<'a>, tokens: TokenRange) -> &'a str {
    let start = tokens
        .iter()
        .find(|t| matches!(parsed.pos(*t), Pos::Noun | Pos::Propn | Pos::Adj | Pos::Verb))
        .unwrap_or(tokens.start);
    parsed.text_of(TokenRange::new(start, tokens.end))
}

/// Definite nouns that may speak of something named before: "the country", "this route".
fn nouns(ctx: Context<'_>, scan: &Scan, covered: &[bool]) -> Vec<Draft> {
    let parsed = ctx.parsed;
    let mut out = Vec::new();
    for t in 0..parsed.len() {
        let Some(kind) = ctx.lexicon.actor.nouns.get(parsed.lower(t)).filter(|_| !covered[t]) else {
            continue;
        };
        let noun = parsed.pos(t) == Pos::Noun && parsed.dep(t) != Dep::Compound;
        let tokens = TokenRange::new(t, t + 1);
        let start = organ::phrase_start(parsed, tokens);
        let organ = scan.is_organ(tokens);
        if noun && !organ && start < t && definite(parsed, start) {
            let whole = TokenRange::new(start, t + 1);
            out.push(Draft {
                title: Some(bare(parsed, whole).to_owned()),
                ..Draft::new(whole, t, *kind, Form::Nominal, NOUN)
            });
        }
    }
    out
}

/// "the", "this", "its": something the reader knows already.
pub(crate) fn definite(parsed: Parsed<'_>, t: usize) -> bool {
    matches!(
        parsed.lower(t),
        "the" | "this" | "that" | "these" | "those" | "its" | "their" | "his" | "her" | "our"
    )
}

/// Every other noun phrase: nothing to report, but a pronoun may take it up.
fn things(parsed: Parsed<'_>, covered: &[bool], heads: &[bool]) -> Vec<Draft> {
    let place = |t: usize| {
        matches!(
            parsed.dep(t),
            Dep::Nsubj
                | Dep::Nsubjpass
                | Dep::Dobj
                | Dep::Pobj
                | Dep::Conj
                | Dep::Attr
                | Dep::Poss
                | Dep::Appos
                | Dep::Root
        )
    };
    let dated = |t: usize| parsed.entity(t).label().is_some();
    let open =
        |t: &usize| !covered[*t] && !heads[*t] && parsed.pos(*t) == Pos::Noun && place(*t) && !dated(*t);
    let draft = |t: usize| {
        let whole = TokenRange::new(organ::phrase_start(parsed, TokenRange::new(t, t + 1)), t + 1);
        let plural = parsed.tag(t) == tolmach_document::Tag::Nns;
        Draft { plural, ..Draft::new(whole, t, EntityKind::Thing, Form::Nominal, THING) }
    };
    (0..parsed.len()).filter(open).map(draft).collect()
}

fn weapons(ctx: Context<'_>, covered: &[bool]) -> Vec<Draft> {
    let parsed = ctx.parsed;
    let mut out = Vec::new();
    let mut t = 0;
    while t < parsed.len() {
        let found = (!covered[t] && parsed.pos(t) != Pos::Verb)
            .then(|| ctx.lexicon.actor.weapon_words.longest(parsed.text, parsed.range(t).start()))
            .flatten();
        let Some((end, named)) = found else {
            t += 1;
            continue;
        };
        let tokens = TokenRange::new(t, parsed.token_at(end - 1) + 1);
        let head = shape::head_of(parsed, tokens);
        let capital = parsed.word(t).chars().next().is_some_and(char::is_uppercase);
        if parsed.pos(head).is_nominal() && (!named[0] || capital) {
            let form = if named[0] { Form::Name } else { Form::Nominal };
            let plural = parsed.tag(head) == tolmach_document::Tag::Nns;
            out.push(Draft { plural, ..Draft::new(tokens, head, EntityKind::Weapon, form, WEAPON) });
        }
        t = tokens.end;
    }
    out
}
