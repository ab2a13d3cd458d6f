//! Third-person pronouns and who they are: agreement in person, number and gender, then salience.
//!
//! *They* and *it* only when a candidate is at hand in this or the last sentence. No cataphora.

use super::draft::{Draft, Drafts};
use crate::Context;
use std::collections::BTreeMap;
use tolmach_document::{Dep, EntityKind, Form, Parsed, Pos, RuleId, Tag, TokenRange};
use tolmach_lexicon::actor::Gender;

const PERSON: RuleId = RuleId("entity.pronoun-person");
const THING: RuleId = RuleId("entity.pronoun-thing");
const MANY: RuleId = RuleId("entity.pronoun-many");
const REFLEXIVE: RuleId = RuleId("entity.pronoun-reflexive");

/// No candidate stands more mentions back than this.
const REACH: usize = 160;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person(Gender),
    Thing,
    Many,
}

/// Sort of a pronoun and whether it is reflexive.
fn sort(word: &str) -> Option<(Sort, bool)> {
    Some(match word {
        "he" | "him" | "his" => (Sort::Person(Gender::Male), false),
        "himself" => (Sort::Person(Gender::Male), true),
        "she" | "her" | "hers" => (Sort::Person(Gender::Female), false),
        "herself" => (Sort::Person(Gender::Female), true),
        "it" | "its" => (Sort::Thing, false),
        "itself" => (Sort::Thing, true),
        "they" | "them" | "their" | "theirs" => (Sort::Many, false),
        "themselves" => (Sort::Many, true),
        _ => return None,
    })
}

/// Gender that a noun tells.
pub(crate) fn gender_of_noun(word: &str) -> Option<Gender> {
    let male = [
        "man",
        "boy",
        "father",
        "son",
        "brother",
        "husband",
        "king",
        "prince",
        "policeman",
        "spokesman",
        "businessman",
        "chairman",
        "uncle",
        "actor",
    ];
    let female = [
        "woman",
        "girl",
        "mother",
        "daughter",
        "sister",
        "wife",
        "queen",
        "princess",
        "policewoman",
        "spokeswoman",
        "chairwoman",
        "aunt",
        "actress",
        "widow",
    ];
    if male.contains(&word) {
        Some(Gender::Male)
    } else if female.contains(&word) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// Pushes every third-person pronoun outside names; they are resolved by [`resolve`].
pub(crate) fn find(ctx: Context<'_>, drafts: &mut Drafts) {
    for t in 0..ctx.parsed.len() {
        if !matches!(ctx.parsed.tag(t), Tag::Prp | Tag::PrpDollar) {
            continue;
        }
        if let Some((sort, _)) =
            sort(ctx.parsed.lower(t)).filter(|(s, _)| *s != Sort::Thing || !is_empty(ctx.parsed, t))
        {
            let kind = match sort {
                Sort::Person(_) => EntityKind::Person,
                Sort::Thing => EntityKind::Org,
                Sort::Many => EntityKind::Group,
            };
            let mut draft = Draft::new(TokenRange::new(t, t + 1), t, kind, Form::Pronoun, PERSON);
            draft.plural = sort == Sort::Many;
            draft.gender = if let Sort::Person(gender) = sort { Some(gender) } else { None };
            drafts.push(draft);
        }
    }
    drafts.order();
}

/// "It is clear that", "it seems", "it is believed": refers to nothing.
fn is_empty(parsed: Parsed<'_>, t: usize) -> bool {
    let verb = parsed.head(t);
    if parsed.dep(t) == Dep::Expl {
        return true;
    }
    if !matches!(parsed.dep(t), Dep::Nsubj | Dep::Nsubjpass) {
        return false;
    }
    let clause = |top: usize| {
        parsed
            .children(top)
            .any(|c| matches!(parsed.dep(c), Dep::Ccomp | Dep::Xcomp | Dep::Advcl | Dep::Csubj) && c > top)
    };
    let complement = parsed.children(verb).find(|c| matches!(parsed.dep(*c), Dep::Acomp | Dep::Attr));
    let about = matches!(parsed.lemma(verb), "be" | "become" | "remain")
        && complement.is_some_and(|c| clause(verb) || clause(c));
    let seems = matches!(
        parsed.lemma(verb),
        "seem" | "appear" | "happen" | "turn" | "follow" | "rain" | "snow" | "take" | "look"
    );
    let passive = parsed.dep(t) == Dep::Nsubjpass && clause(verb);
    about || passive || (seems && (clause(verb) || parsed.children(verb).any(|c| parsed.lower(c) == "like")))
}

/// Joins pronouns to earlier mentions, in text order, so that each link feeds the next.
pub(crate) fn resolve(ctx: Context<'_>, drafts: &mut Drafts) {
    let mut genders = genders(drafts);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for d in 0..drafts.list.len() {
        if drafts.list[d].form == Form::Pronoun
            && let Some((best, rule)) = antecedent(ctx, drafts, d, &genders, &counts)
        {
            drafts.join(best, d, rule);
            if let Some(gender) = drafts.list[d].gender {
                genders.entry(drafts.root(d)).or_insert(gender);
            }
        }
        *counts.entry(drafts.root(d)).or_default() += 1;
    }
}

fn genders(drafts: &Drafts) -> BTreeMap<usize, Gender> {
    let mut out = BTreeMap::new();
    for (d, draft) in drafts.list.iter().enumerate().filter(|(_, draft)| draft.form != Form::Pronoun) {
        if let Some(gender) = draft.gender {
            out.entry(drafts.root(d)).or_insert(gender);
        }
    }
    out
}

fn antecedent(
    ctx: Context<'_>,
    drafts: &Drafts,
    d: usize,
    genders: &BTreeMap<usize, Gender>,
    counts: &BTreeMap<usize, usize>,
) -> Option<(usize, RuleId)> {
    let parsed = ctx.parsed;
    let t = drafts.list[d].head;
    let (sort, reflexive) = sort(parsed.lower(t))?;
    let here = parsed.sentence_index(t);
    let reach = if matches!(sort, Sort::Person(_)) { 6 } else { 2 };
    let mut best: Option<(i64, usize)> = None;
    for c in (d.saturating_sub(REACH)..d).rev() {
        let candidate = &drafts.list[c];
        let back = here - parsed.sentence_index(candidate.head);
        if back > reach {
            break;
        }
        if !agrees(parsed, drafts, c, sort, genders) || forbidden(parsed, candidate, t, reflexive) {
            continue;
        }
        let known = *counts.get(&drafts.root(c)).unwrap_or(&0);
        let score = salience(parsed, candidate, t, back) + 4 * (known.min(8) as i64);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, c));
        }
    }
    let rule = match (reflexive, sort) {
        (true, _) => REFLEXIVE,
        (_, Sort::Person(_)) => PERSON,
        (_, Sort::Thing) => THING,
        (_, Sort::Many) => MANY,
    };
    best.map(|(_, c)| (c, rule))
}

fn agrees(
    parsed: Parsed<'_>,
    drafts: &Drafts,
    c: usize,
    sort: Sort,
    genders: &BTreeMap<usize, Gender>,
) -> bool {
    let candidate = &drafts.list[c];
    // An adjective ("Kazakh") speaks of the state but is no antecedent; a title before a name neither.
    if matches!(parsed.dep(candidate.head), Dep::Amod)
        || (candidate.kind == EntityKind::Norp && !candidate.plural)
    {
        return false;
    }
    use EntityKind as K;
    match sort {
        Sort::Person(gender) => {
            let same = genders.get(&drafts.root(c)).is_none_or(|have| *have == gender);
            candidate.kind == K::Person && !candidate.plural && same
        }
        Sort::Thing => !candidate.plural && !matches!(candidate.kind, K::Person | K::Group | K::Norp),
        Sort::Many => candidate.plural || matches!(candidate.kind, K::Group | K::Norp),
    }
}

/// A pronoun beside its own antecedent: "Tokayev praised him" is somebody else; "himself" is nobody else.
fn forbidden(parsed: Parsed<'_>, candidate: &Draft, t: usize, reflexive: bool) -> bool {
    let subject = |verb: usize| {
        parsed
            .children(verb)
            .any(|c| c == candidate.head && matches!(parsed.dep(c), Dep::Nsubj | Dep::Nsubjpass))
    };
    let over = parsed.head(t);
    let verb = if parsed.pos(over) == Pos::Adp { parsed.head(over) } else { over };
    let object = matches!(parsed.dep(t), Dep::Dobj | Dep::Dative | Dep::Pobj);
    if reflexive {
        return !parsed.ancestors(t).any(subject);
    }
    let inside = parsed.tag(t) == Tag::PrpDollar && candidate.tokens.holds(t);
    let partner = parsed.dep(t) == Dep::Conj && over == candidate.head
        || parsed.dep(candidate.head) == Dep::Conj && parsed.head(candidate.head) == t;
    inside || partner || (object && subject(verb) && parsed.tag(t) != Tag::PrpDollar)
}

/// Subjects first, then objects; the nearer sentence first; a parallel place a little more.
fn salience(parsed: Parsed<'_>, candidate: &Draft, t: usize, back: usize) -> i64 {
    let place = match parsed.dep(candidate.head) {
        Dep::Nsubj | Dep::Nsubjpass => 34,
        Dep::Dobj | Dep::Dative | Dep::Agent => 16,
        Dep::Poss => 14,
        Dep::Appos | Dep::Conj => 12,
        Dep::Compound | Dep::Npadvmod => 0,
        _ => 8,
    };
    let parallel = if parsed.dep(candidate.head) == parsed.dep(t) { 6 } else { 0 };
    let name = if candidate.form == Form::Name { 4 } else { 0 };
    let near = 50 - 25 * (back as i64);
    let step = ((t - candidate.head.min(t)) as i64 / 8).min(10);
    place + parallel + name + near - step
}
