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
    let pronoun = Pronoun::new(parsed, drafts.list[d].head)?;
    let reach = if matches!(pronoun.sort, Sort::Person(_)) { 6 } else { 2 };
    let here = parsed.sentence_index(pronoun.t);
    let mut best: Option<(i64, usize)> = None;
    for c in (d.saturating_sub(REACH)..d).rev() {
        let candidate = &drafts.list[c];
        let back = here - parsed.sentence_index(candidate.head);
        if back > reach {
            break;
        }
        let unresolved = candidate.form == Form::Pronoun && drafts.root(c) == c;
        if unresolved
            || !agrees(parsed, drafts, c, pronoun.sort, genders)
            || forbidden(parsed, candidate, &pronoun)
        {
            continue;
        }
        let told = *counts.get(&drafts.root(c)).unwrap_or(&0);
        let score = salience(parsed, candidate, &pronoun, back) + 4 * (told.min(8) as i64);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, c));
        }
    }
    best.map(|(_, c)| (c, pronoun.rule()))
}

/// A pronoun to be resolved.
struct Pronoun {
    t: usize,
    sort: Sort,
    reflexive: bool,
    /// The verb that it stands under.
    verb: Option<usize>,
}

impl Pronoun {
    fn new(parsed: Parsed<'_>, t: usize) -> Option<Self> {
        let (sort, reflexive) = sort(parsed.lower(t))?;
        let verb = parsed.ancestors(t).find(|a| matches!(parsed.pos(*a), Pos::Verb | Pos::Aux));
        Some(Self { t, sort, reflexive, verb })
    }

    fn rule(&self) -> RuleId {
        match (self.reflexive, self.sort) {
            (true, _) => REFLEXIVE,
            (_, Sort::Person(_)) => PERSON,
            (_, Sort::Thing) => THING,
            (_, Sort::Many) => MANY,
        }
    }
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
        Sort::Many => candidate.plural || matches!(candidate.kind, K::Group | K::Norp | K::Org | K::Gpe),
    }
}

/// A pronoun beside its own antecedent: "Tokayev praised him" is somebody else; "himself" is nobody else.
fn forbidden(parsed: Parsed<'_>, candidate: &Draft, pronoun: &Pronoun) -> bool {
    let (head, t) = (candidate.head, pronoun.t);
    let is_subject = matches!(parsed.dep(head), Dep::Nsubj | Dep::Nsubjpass);
    if pronoun.reflexive {
        return !is_subject || !parsed.ancestors(t).any(|verb| verb == parsed.head(head));
    }
    let over = parsed.head(t);
    let verb = if parsed.pos(over) == Pos::Adp { parsed.head(over) } else { over };
    let object = matches!(parsed.dep(t), Dep::Dobj | Dep::Dative | Dep::Pobj);
    let inside = candidate.tokens.holds(t);
    let partner =
        parsed.dep(t) == Dep::Conj && over == head || parsed.dep(head) == Dep::Conj && parsed.head(head) == t;
    inside || partner || (object && is_subject && parsed.head(head) == verb)
}

/// Subjects first, then objects; the nearer sentence first; people for *they*, the subject of the same clause for
/// *his*. The numbers were fitted by hand and by random steps on the development half of a coreference corpus.
fn salience(parsed: Parsed<'_>, candidate: &Draft, pronoun: &Pronoun, back: usize) -> i64 {
    let head = candidate.head;
    let parallel = if parsed.dep(head) == parsed.dep(pronoun.t) { 6 } else { 0 };
    let clause = parsed.dep(head) == Dep::Nsubj && pronoun.verb == Some(parsed.head(head));
    let near = match pronoun.sort {
        Sort::Person(_) => 25,
        Sort::Thing => 42,
        Sort::Many => 57,
    };
    let step = ((pronoun.t - head.min(pronoun.t)) as i64 / 8).min(40);
    let place = place(parsed.dep(head)) + parallel + if clause { 6 } else { 0 };
    place + form(parsed, candidate) + kind(candidate, pronoun.sort) + 50 - near * (back as i64) - step
}

fn place(dep: Dep) -> i64 {
    match dep {
        Dep::Nsubj | Dep::Nsubjpass => 34,
        Dep::Dobj | Dep::Dative | Dep::Agent => 16,
        Dep::Poss => 9,
        Dep::Appos | Dep::Conj => 12,
        Dep::Compound | Dep::Npadvmod => 3,
        _ => 8,
    }
}

fn form(parsed: Parsed<'_>, candidate: &Draft) -> i64 {
    match candidate.form {
        Form::Name => 16,
        Form::Pronoun => 4,
        Form::Nominal if super::nominal::definite(parsed, candidate.tokens.start) => 15,
        Form::Nominal => 0,
    }
}

/// *They* are people before things, and a body ("the company … they") last.
fn kind(candidate: &Draft, sort: Sort) -> i64 {
    match (sort, candidate.kind) {
        (Sort::Many, EntityKind::Group | EntityKind::Norp) => 19,
        (Sort::Many, EntityKind::Org | EntityKind::Gpe) if !candidate.plural => -18,
        _ => 0,
    }
}
