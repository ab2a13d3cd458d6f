//! Questions about who does what in a parse: logical subject and object of a verb, prepositional phrases, joined nouns.
//!
//! Knows ClearNLP labels, no words but function words, and nothing of events.

use tolmach_document::{Dep, EntityLabel, Parsed, Pos, Tag};
use tolmach_lexicon::event::WordSet;

/// No chain of heads is followed further than this.
const REACH: usize = 12;

/// No more children of one token than this are looked at, so that no text costs more than its length.
const WIDTH: usize = 200;

/// The first children of `t`, left to right.
pub(crate) fn kids<'a>(p: Parsed<'a>, t: usize) -> impl Iterator<Item = usize> + use<'a> {
    p.children(t).take(WIDTH)
}

/// The first child of `t` with label `dep`.
pub(crate) fn kid(p: Parsed<'_>, t: usize, dep: Dep) -> Option<usize> {
    kids(p, t).find(|c| p.dep(*c) == dep)
}

/// Whether `t` is a verb form.
pub(crate) fn is_verb(p: Parsed<'_>, t: usize) -> bool {
    p.tag(t).is_verbal() && p.tag(t) != Tag::Md
}

/// Whether the verb `t` is passive: with its auxiliary, or a bare participle ("the ship seized by").
pub(crate) fn is_passive(p: Parsed<'_>, t: usize) -> bool {
    if kids(p, t).any(|c| matches!(p.dep(c), Dep::Auxpass | Dep::Nsubjpass)) {
        return true;
    }
    if p.tag(t) != Tag::Vbn || kids(p, t).any(|c| p.dep(c) == Dep::Nsubj) {
        return false;
    }
    match p.dep(t) {
        Dep::Acl | Dep::Amod | Dep::Relcl => kids(p, t).all(|c| p.dep(c) != Dep::Aux),
        // "Released on bail, he fled"; after a noun such a participle belongs to the noun.
        Dep::Advcl => t < p.head(t) && kids(p, t).all(|c| !matches!(p.dep(c), Dep::Aux | Dep::Dobj)),
        // "Restrictions were relaxed": the parser may take the participle for an adjective.
        Dep::Acomp => p.lemma(p.head(t)) == "be",
        Dep::Conj => kids(p, t).all(|c| p.dep(c) != Dep::Aux) && is_passive(p, p.head(t)),
        _ => false,
    }
}

/// Who does what the verb `t` says: the subject, or the agent of a passive.
pub(crate) fn doer(p: Parsed<'_>, steering: &WordSet, t: usize) -> Option<usize> {
    if is_passive(p, t) { agent(p, t) } else { subject(p, steering, t) }
}

/// The noun of "by …" after a passive.
pub(crate) fn agent(p: Parsed<'_>, t: usize) -> Option<usize> {
    let by =
        kids(p, t).find(|c| p.dep(*c) == Dep::Agent || (p.dep(*c) == Dep::Prep && p.lower(*c) == "by"))?;
    kid(p, by, Dep::Pobj)
}

/// The surface subject of verb `t`, found through control, coordination and relative clauses.
pub(crate) fn subject(p: Parsed<'_>, steering: &WordSet, t: usize) -> Option<usize> {
    let mut at = t;
    for _ in 0..REACH {
        if let Some(own) = own_subject(p, at) {
            return Some(antecedent(p, own));
        }
        if kids(p, at).any(|c| matches!(p.dep(c), Dep::Expl | Dep::Csubj)) {
            return None;
        }
        match above(p, steering, at) {
            Above::Noun(noun) => return Some(noun),
            Above::Verb(verb) => at = verb,
            Above::Nobody => return None,
        }
    }
    None
}

/// The subject that stands with `verb`; of two the later: "GENEVA (Wire) – Chad has asked".
fn own_subject(p: Parsed<'_>, verb: usize) -> Option<usize> {
    let all = || kids(p, verb).filter(|c| matches!(p.dep(*c), Dep::Nsubj | Dep::Nsubjpass));
    all().take_while(|c| *c < verb).last().or_else(|| all().next())
}

enum Above {
    Noun(usize),
    Verb(usize),
    Nobody,
}

/// Where the subject of `at` is to be sought, when it has none of its own.
fn above(p: Parsed<'_>, steering: &WordSet, at: usize) -> Above {
    let head = p.head(at);
    if head == at {
        return Above::Nobody;
    }
    match p.dep(at) {
        Dep::Conj if is_verb(p, head) || p.pos(head) == Pos::Aux => Above::Verb(head),
        Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Acomp | Dep::Dep => controller(p, steering, at, head),
        Dep::Pcomp => preposition_owner(p, head),
        Dep::Acl if infinitive(p, at) => noun_owner(p, head),
        Dep::Acl | Dep::Relcl if p.tag(at) != Tag::Vbn => Above::Noun(head),
        _ => Above::Nobody,
    }
}

fn controller(p: Parsed<'_>, steering: &WordSet, at: usize, head: usize) -> Above {
    let steers = steering.has(p.lemma(head));
    let object = kid(p, head, Dep::Dobj).filter(|_| p.dep(at) == Dep::Xcomp);
    match object.or_else(|| addressed(p, at, head)) {
        Some(object) if steers => Above::Noun(object),
        // "areas that were used to launch drones": whoever used them, not they.
        _ if is_passive(p, head) && p.lemma(head) == "use" && infinitive(p, at) => Above::Nobody,
        _ if is_passive(p, head) && p.dep(at) == Dep::Advcl && p.tag(at) == Tag::Vbg => {
            agent(p, head).map_or(Above::Verb(head), Above::Noun)
        }
        _ => Above::Verb(head),
    }
}

/// "called on Chad to help": the one who is told to.
fn addressed(p: Parsed<'_>, at: usize, verb: usize) -> Option<usize> {
    let told = |c: usize| p.dep(c) == Dep::Prep && c < at && matches!(p.lower(c), "on" | "upon" | "to" | "with" | "for");
    let preposition = kids(p, verb).find(|c| told(*c)).filter(|_| infinitive(p, at) && verb < at)?;
    kid(p, preposition, Dep::Pobj)
}

/// "accused of shelling", "by launching strikes": the verb above, or the owner of the noun above.
fn preposition_owner(p: Parsed<'_>, preposition: usize) -> Above {
    let owner = p.head(preposition);
    if is_verb(p, owner) {
        // "Syria accused Iraq of shelling": the one accused shells.
        let of = p.lower(preposition) == "of" || p.lower(preposition) == "from";
        match object(p, owner).filter(|_| of) {
            Some(object) => Above::Noun(object),
            None => Above::Verb(owner),
        }
    } else if p.pos(owner).is_nominal() {
        noun_owner(p, owner)
    } else {
        Above::Verb(owner)
    }
}

/// "Chad's decision to attack", "made a promise to help".
fn noun_owner(p: Parsed<'_>, noun: usize) -> Above {
    let by = || agent(p, noun).filter(|by| p.pos(*by).is_nominal());
    // "Chadian assistance in quelling the riots".
    let named = || {
        kids(p, noun).find(|c| {
            matches!(p.dep(*c), Dep::Amod | Dep::Compound | Dep::Nmod)
                && matches!(p.entity(*c).label(), Some(EntityLabel::Norp | EntityLabel::Gpe))
        })
    };
    if let Some(owner) = kid(p, noun, Dep::Poss).or_else(by).or_else(named) {
        return Above::Noun(owner);
    }
    let head = p.head(noun);
    if p.dep(noun) == Dep::Dobj && is_verb(p, head) { Above::Verb(head) } else { Above::Nobody }
}

fn infinitive(p: Parsed<'_>, t: usize) -> bool {
    p.tag(t) == Tag::Vb && kids(p, t).any(|c| p.tag(c) == Tag::To)
}

/// What the verb `t` is done to: the object, the subject of a passive, the noun a participle or gap belongs to.
pub(crate) fn object(p: Parsed<'_>, t: usize) -> Option<usize> {
    if is_passive(p, t) {
        return passive_object(p, t);
    }
    if let Some(own) = kid(p, t, Dep::Dobj) {
        return Some(antecedent(p, own));
    }
    if p.dep(t) == Dep::Relcl && relative_gap(p, t) {
        return Some(p.head(t));
    }
    // "attacked and burned the town": the object stands with the second verb only.
    let second = kids(p, t).find(|c| p.dep(*c) == Dep::Conj && *c <= t + 3 && is_verb(p, *c))?;
    kid(p, second, Dep::Dobj).filter(|_| kids(p, t).all(|c| !matches!(p.dep(c), Dep::Prep | Dep::Ccomp)))
}

fn passive_object(p: Parsed<'_>, t: usize) -> Option<usize> {
    let mut at = t;
    for _ in 0..REACH {
        if let Some(own) = kids(p, at).find(|c| matches!(p.dep(*c), Dep::Nsubjpass | Dep::Nsubj)) {
            return Some(antecedent(p, own));
        }
        match p.dep(at) {
            Dep::Acl | Dep::Amod | Dep::Relcl => return Some(p.head(at)),
            Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Acomp => at = p.head(at),
            _ => return None,
        }
        if !is_verb(p, at) && p.pos(at) != Pos::Aux {
            return None;
        }
    }
    None
}

/// "the town they attacked": the clause has its own subject, and no object of its own.
fn relative_gap(p: Parsed<'_>, t: usize) -> bool {
    let own = kids(p, t).find(|c| p.dep(*c) == Dep::Nsubj);
    own.is_some_and(|s| !is_relative(p, s))
        && kids(p, t).all(|c| p.dep(c) != Dep::Prep || kids(p, c).next().is_some())
}

fn is_relative(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.tag(t), Tag::Wdt | Tag::Wp) || (p.lower(t) == "that" && p.dep(p.head(t)) == Dep::Relcl)
}

/// A relative pronoun's noun; any other token itself.
pub(crate) fn antecedent(p: Parsed<'_>, t: usize) -> usize {
    let verb = p.head(t);
    let mut clause = verb;
    for _ in 0..REACH {
        if !matches!(p.dep(clause), Dep::Conj | Dep::Xcomp | Dep::Ccomp) {
            break;
        }
        clause = p.head(clause);
    }
    if !is_relative(p, t) || !matches!(p.dep(clause), Dep::Relcl | Dep::Acl) {
        return t;
    }
    if p.lower(t) == "who" { person_of(p, p.head(clause)) } else { p.head(clause) }
}

/// "workers in Zhanaozen, who": a place is no who.
fn person_of(p: Parsed<'_>, noun: usize) -> usize {
    let preposition = p.head(noun);
    let owner = p.head(preposition);
    let inside = p.dep(noun) == Dep::Pobj && p.dep(preposition) == Dep::Prep && p.tag(owner) == Tag::Nns;
    if inside && p.pos(noun) == Pos::Propn { owner } else { noun }
}

/// `head` and the nouns joined to it by "and", ",", "as well as"; counting nouns give way to what they count.
pub(crate) fn joined(p: Parsed<'_>, measures: &WordSet, head: usize) -> Vec<usize> {
    let mut out = Vec::new();
    let mut open = vec![head];
    while let Some(t) = open.pop() {
        let kept = counted(p, measures, t);
        if !out.contains(&kept) {
            out.push(kept);
        }
        if out.len() >= REACH {
            break;
        }
        open.extend(kids(p, t).filter(|c| p.dep(*c) == Dep::Conj && is_noun(p, *c)));
    }
    out.sort_unstable();
    out
}

/// Whether `t` can head a participant.
pub(crate) fn is_noun(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.pos(t), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Det | Pos::Adj | Pos::X)
}

fn counted(p: Parsed<'_>, measures: &WordSet, t: usize) -> usize {
    let mut at = t;
    for _ in 0..3 {
        let measures_it = measures.has(p.lemma(at)) || p.pos(at) == Pos::Num;
        let of = kids(p, at).find(|c| p.dep(*c) == Dep::Prep && p.lower(*c) == "of");
        match of.and_then(|of| kid(p, of, Dep::Pobj)).filter(|_| measures_it) {
            Some(inner) => at = inner,
            None => break,
        }
    }
    at
}

/// The nouns and verbs governed by a preposition of `names` below `host`; `names` may hold "in support of".
pub(crate) fn governed(p: Parsed<'_>, host: usize, names: &[String]) -> Vec<usize> {
    let mut out = Vec::new();
    for c in kids(p, host).filter(|c| is_preposition(p, *c)) {
        for name in names {
            let mut words = name.split(' ');
            if words.next() == Some(p.lower(c)) {
                out.extend(follow(p, c, words));
            }
        }
    }
    out
}

fn is_preposition(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.dep(t), Dep::Prep | Dep::Agent | Dep::Dative | Dep::Prt | Dep::Advmod | Dep::Mark)
        && kids(p, t).any(|c| matches!(p.dep(c), Dep::Pobj | Dep::Pcomp | Dep::Prep))
}

/// From a preposition through the rest of a complex one ("in" support "of") to what it governs.
fn follow<'w>(p: Parsed<'_>, preposition: usize, rest: impl Iterator<Item = &'w str>) -> Vec<usize> {
    let mut at = preposition;
    for word in rest {
        let next = kids(p, at)
            .find(|c| p.lower(*c) == word && matches!(p.dep(*c), Dep::Pobj | Dep::Prep | Dep::Pcomp));
        match next {
            Some(next) => at = next,
            None => return Vec::new(),
        }
    }
    let end = if kids(p, at).any(|c| matches!(p.dep(c), Dep::Pobj | Dep::Pcomp)) {
        Some(at)
    } else {
        kids(p, at).find(|c| p.dep(*c) == Dep::Prep)
    };
    let inside = end.into_iter().flat_map(|end| kids(p, end));
    inside.filter(|c| matches!(p.dep(*c), Dep::Pobj | Dep::Pcomp)).collect()
}
