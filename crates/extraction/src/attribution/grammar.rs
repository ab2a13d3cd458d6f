//! Questions about the parse that attribution asks: who is the subject, which words make the verb group, how far
//! does a noun phrase reach.
//!
//! Knows dependencies only; which verbs report is the lexicon's business.

use tolmach_document::{Dep, Parsed, Pos, Tag, TokenRange};

/// How a verb comes by its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// It has its own.
    Own,
    /// The verb it is joined to by "and" has it.
    Shared,
    /// The verb that governs it has it ("left, saying …").
    Controlled,
    /// It modifies the noun that speaks ("a man saying …").
    Modified,
}

/// The subject of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Head token.
    pub head: usize,
    /// How it belongs to the verb.
    pub tie: Tie,
}

/// Whether `t` may head a clause.
#[must_use]
pub fn is_verb(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.pos(t), Pos::Verb | Pos::Aux)
}

/// Whether `v` stands in the passive, reduced relative clauses included.
#[must_use]
pub fn is_passive(p: Parsed<'_>, v: usize) -> bool {
    if p.children(v).any(|c| matches!(p.dep(c), Dep::Auxpass | Dep::Nsubjpass | Dep::Agent)) {
        return true;
    }
    let bare = p.children(v).all(|c| !matches!(p.dep(c), Dep::Aux | Dep::Nsubj));
    p.tag(v) == Tag::Vbn && bare && matches!(p.dep(v), Dep::Acl | Dep::Conj | Dep::Advcl)
}

/// The one who does `v`: the subject of an active verb, the agent of a passive one.
#[must_use]
pub fn doer(p: Parsed<'_>, v: usize) -> Option<Subject> {
    if is_passive(p, v) {
        return agent(p, v).map(|head| Subject { head, tie: Tie::Own });
    }
    subject(p, v)
}

/// The noun after the "by" of a passive.
#[must_use]
pub fn agent(p: Parsed<'_>, v: usize) -> Option<usize> {
    p.child(v, Dep::Agent).and_then(|by| p.child(by, Dep::Pobj))
}

/// The grammatical subject of an active verb, looked up through conjunction and control. Empty "it" and "there"
/// are none.
#[must_use]
pub fn subject(p: Parsed<'_>, v: usize) -> Option<Subject> {
    let mut at = v;
    let mut tie = Tie::Own;
    for _ in 0..6 {
        if let Some(head) = own_subject(p, at) {
            return Some(Subject { head, tie });
        }
        if p.children(at).any(|c| p.dep(c) == Dep::Expl) {
            return None;
        }
        let up = p.head(at);
        if up == at {
            return None;
        }
        match p.dep(at) {
            Dep::Conj => tie = if tie == Tie::Own { Tie::Shared } else { tie },
            Dep::Xcomp | Dep::Advcl | Dep::Ccomp | Dep::Pcomp | Dep::Prep | Dep::Dep => tie = Tie::Controlled,
            Dep::Acl if p.tag(at) != Tag::Vbn => return Some(Subject { head: up, tie: Tie::Modified }),
            _ => return None,
        }
        if is_passive(p, up) && p.dep(at) != Dep::Conj {
            return p.child(up, Dep::Nsubjpass).map(|head| Subject { head, tie });
        }
        at = up;
    }
    None
}

fn own_subject(p: Parsed<'_>, v: usize) -> Option<usize> {
    p.child(v, Dep::Nsubj).filter(|s| !is_empty_subject(p, *s))
}

fn is_empty_subject(p: Parsed<'_>, s: usize) -> bool {
    p.lower(s) == "there" && p.tag(s) == Tag::Ex
}

/// Auxiliaries, negation, adverbs and particle around `v`, as one stretch.
#[must_use]
pub fn verb_group(p: Parsed<'_>, v: usize) -> TokenRange {
    let belongs = |t: usize| {
        p.head(t) == v && matches!(p.dep(t), Dep::Aux | Dep::Auxpass | Dep::Neg)
            || p.head(t) == v && p.dep(t) == Dep::Advmod && p.tag(t) == Tag::Rb
    };
    let mut start = v;
    while start > 0 && belongs(start - 1) {
        start -= 1;
    }
    while start < v && p.dep(start) == Dep::Advmod {
        start += 1;
    }
    let mut end = v + 1;
    while end < p.len() && p.head(end) == v && p.dep(end) == Dep::Prt {
        end += 1;
    }
    TokenRange::new(start, end)
}

/// Verb and particle as the lexicon writes them: "point out".
#[must_use]
pub fn verb_lemma(p: Parsed<'_>, v: usize, lemma: &str) -> String {
    match p.child(v, Dep::Prt) {
        Some(particle) => format!("{lemma} {}", p.lower(particle)),
        None => lemma.to_owned(),
    }
}

/// The noun phrase of `head` without relative clauses, with its appositions; trimmed.
#[must_use]
pub fn noun_phrase(p: Parsed<'_>, head: usize) -> TokenRange {
    let whole = p.subtree(head);
    let mut end = whole.end;
    for c in p.children(head) {
        let clause = matches!(p.dep(c), Dep::Relcl | Dep::Advcl | Dep::Ccomp | Dep::Parataxis)
            || p.dep(c) == Dep::Acl && p.tag(c) != Tag::Vbn;
        if clause && c > head {
            end = end.min(p.subtree(c).start);
        }
    }
    trim(p, TokenRange::new(whole.start, end.max(head + 1)))
}

/// The clause of verb `v`: its subtree without the "and" that joins it to another.
#[must_use]
pub fn clause(p: Parsed<'_>, v: usize) -> TokenRange {
    let whole = p.subtree(v);
    let end = p
        .children(v)
        .filter(|c| p.dep(*c) == Dep::Conj && *c > v && p.child(*c, Dep::Nsubj).is_some())
        .map(|c| p.subtree(c).start)
        .min()
        .unwrap_or(whole.end);
    let mut end = end;
    while end > v + 1 && (p.dep(end - 1) == Dep::Cc || p.dep(end - 1) == Dep::Punct) {
        end -= 1;
    }
    trim(p, TokenRange::new(whole.start, end))
}

/// The noun phrase that opens the sentence of verb `v` and no preposition governs: the subject that the parser lost
/// in "Vesti, in a piece entitled “…”, reported".
#[must_use]
pub fn first_noun_phrase(p: Parsed<'_>, v: usize) -> Option<TokenRange> {
    let sentence = p.sentence(v).tokens;
    let head = (sentence.start..v).find(|t| {
        matches!(p.pos(*t), Pos::Noun | Pos::Propn | Pos::Pron)
            && !matches!(p.dep(*t), Dep::Compound | Dep::Poss)
    })?;
    let light = |t: usize| !is_word(p, t) || matches!(p.pos(t), Pos::Adv | Pos::Cconj);
    let opens = (sentence.start..head).all(|t| p.head(t) == head || light(t) || p.subtree(head).holds(t));
    let free = !matches!(p.dep(head), Dep::Pobj | Dep::Dobj | Dep::Npadvmod);
    (opens && free).then(|| noun_phrase(p, head)).filter(|r| r.end <= v)
}

/// Without white space, commas, dashes, colons and full stops at its ends; quotation marks stay.
#[must_use]
pub fn trim(p: Parsed<'_>, mut range: TokenRange) -> TokenRange {
    let loose = |t: usize| {
        p.pos(t) == Pos::Space
            || matches!(
                p.word(t),
                "," | "." | ";" | ":" | "-" | "--" | "–" | "—" | "―" | "..." | "…" | "(" | "["
            )
            || p.word(t).chars().all(char::is_whitespace)
    };
    while range.start < range.end && loose(range.start) {
        range.start += 1;
    }
    while range.end > range.start && loose(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// `range` without the tokens of `holes`, as trimmed stretches in order.
#[must_use]
pub fn without(p: Parsed<'_>, range: TokenRange, holes: &[TokenRange]) -> Vec<TokenRange> {
    let mut holes: Vec<TokenRange> = holes.iter().copied().filter(|h| !h.is_empty()).collect();
    holes.sort();
    let mut out = Vec::new();
    let mut from = range.start;
    for hole in holes {
        if hole.end <= from || hole.start >= range.end {
            continue;
        }
        out.push(TokenRange::new(from, hole.start.max(from)));
        from = hole.end;
    }
    out.push(TokenRange::new(from.min(range.end), range.end));
    out.into_iter().map(|r| trim(p, r)).filter(|r| r.iter().any(|t| is_word(p, t))).collect()
}

/// Whether `t` has a letter or digit.
#[must_use]
pub fn is_word(p: Parsed<'_>, t: usize) -> bool {
    p.word(t).chars().any(char::is_alphanumeric)
}
