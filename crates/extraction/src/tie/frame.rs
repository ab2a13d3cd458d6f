//! Ties that words of `data/ties/` state: each frame's word is looked for, then its two ends.
//!
//! Routes and names of one thing have rules of their own.

use super::Found;
use super::ends::Ends;
use crate::entity;
use tolmach_document::{Dep, EntityId, EntityKind, Pos, RuleId, Tag, TieKind};
use tolmach_lexicon::tie::{Frame, Shape};

const NOUN: RuleId = RuleId("tie.noun");
const VERB: RuleId = RuleId("tie.verb");
const ADJECTIVE: RuleId = RuleId("tie.adjective");
const COMPOUND: RuleId = RuleId("tie.compound");
const NOMINAL: RuleId = RuleId("tie.nominal");

/// An entity with the token it was read from.
type End = (usize, EntityId);

pub(super) fn find(ends: &Ends<'_>, out: &mut Vec<Found>) {
    let frames = &ends.ctx.lexicon.tie.frames;
    let own = |frame: &&Frame| !matches!(frame.kind, TieKind::Route | TieKind::SameAs);
    for t in 0..ends.parsed.len() {
        for frame in frames.iter().filter(own).filter(|frame| says(ends, frame, t)) {
            let (rule, pairs) = match frame.shape {
                Shape::Noun => (NOUN, noun(ends, frame, t)),
                Shape::Verb => (VERB, verb(ends, frame, t)),
                Shape::Adjective => (ADJECTIVE, adjective(ends, frame, t)),
                Shape::Compound => (COMPOUND, compound(ends, frame, t)),
                Shape::Nominal => (NOMINAL, nominal(ends, frame, t)),
            };
            let told = pairs.into_iter().filter(|(a, _)| !ends.is_it(a.0));
            out.extend(told.map(|(a, b)| tie(ends, frame, t, a, b, rule)));
        }
    }
}

fn says(ends: &Ends<'_>, frame: &Frame, t: usize) -> bool {
    let parsed = ends.parsed;
    let word = if frame.shape == Shape::Compound { parsed.lower(t) } else { parsed.lemma(t) };
    let pos = match frame.shape {
        Shape::Noun | Shape::Nominal => parsed.pos(t).is_nominal(),
        Shape::Verb => parsed.pos(t) == Pos::Verb,
        Shape::Adjective => parsed.pos(t) == Pos::Adj,
        Shape::Compound => true,
    };
    pos && frame.words.contains(word)
}

fn tie(ends: &Ends<'_>, frame: &Frame, t: usize, a: End, b: End, rule: RuleId) -> Found {
    let mut range = ends.span(&[a.0, t, b.0]);
    if matches!(frame.shape, Shape::Noun | Shape::Nominal) && ends.parsed.subtree(t).start + 8 > t {
        range = range.cover(ends.parsed.range(ends.parsed.subtree(t).start));
    }
    let (a, b) = if frame.swap { (b.1, a.1) } else { (a.1, b.1) };
    Found { kind: frame.kind, a, b, range, at: t, rule }
}

fn pairs(a: &[End], b: &[End]) -> Vec<(End, End)> {
    a.iter().flat_map(|a| b.iter().map(|b| (*a, *b))).filter(|(a, b)| a.1 != b.1).collect()
}

fn some(ends: &Ends<'_>, tokens: &[usize], kinds: &[EntityKind]) -> Vec<End> {
    tokens.iter().flat_map(|t| ends.entities(*t, kinds).into_iter().map(move |e| (*t, e))).collect()
}

/// "A is B's biggest investor", "A, successor to B", "the largest partner of B is A", "A (an alliance under B)".
fn noun(ends: &Ends<'_>, frame: &Frame, t: usize) -> Vec<(End, End)> {
    let parsed = ends.parsed;
    let lower = |c: usize| frame.with.iter().any(|word| word == parsed.lower(c));
    if !frame.with.is_empty() && !parsed.children(t).any(lower) {
        return Vec::new();
    }
    let Some(bearer) = bearer(ends, t) else { return Vec::new() };
    let a = some(ends, &[bearer], &frame.a);
    let mut b: Vec<End> = ends.modifier(t, &frame.b).map(|e| (t, e)).into_iter().collect();
    if b.is_empty() {
        b = some(ends, &ends.objects(t, &frame.prep), &frame.b);
    }
    pairs(&a, &b)
}

/// The token of whom the noun is said, if the statement holds.
fn bearer(ends: &Ends<'_>, t: usize) -> Option<usize> {
    let parsed = ends.parsed;
    let over = parsed.head(t);
    let is = |v: usize| matches!(parsed.lemma(v), "be" | "become" | "remain") && !ends.unreal(v, false);
    let denied = parsed.children(t).any(|c| {
        matches!(parsed.lower(c), "no" | "former" | "potential" | "possible" | "future" | "would-be")
    });
    match parsed.dep(t) {
        _ if denied => None,
        Dep::Attr if is(over) => ends.subject(over),
        Dep::Nsubj if is(over) => parsed.child(over, Dep::Attr),
        // "the foreign minister of France, a member of the council": of whom is it said?
        Dep::Appos if doubtful(ends, t, over) => None,
        Dep::Appos => Some(over).filter(|o| ends.entity(*o).is_some()).or_else(|| bracketed(ends, t)),
        Dep::Compound if over == t + 1 || parsed.is_under(over, t) => Some(over),
        _ => parsed.child(t, Dep::Appos).or_else(|| bracketed(ends, t)),
    }
}

/// Whether another name than that of `over` stands right before the phrase of noun `t`.
fn doubtful(ends: &Ends<'_>, t: usize, over: usize) -> bool {
    let parsed = ends.parsed;
    let start = parsed.subtree(t).start;
    let before = (over..start).rev().find(|at| entity::is_word(parsed, *at));
    let other = before.filter(|b| *b != over).and_then(|b| ends.entity(b));
    other.is_some() && other != ends.entity(over)
}

/// The name right before the bracket that token `t` stands in, unless another tie is spoken of there.
fn bracketed(ends: &Ends<'_>, t: usize) -> Option<usize> {
    let parsed = ends.parsed;
    let start = parsed.sentence(t).tokens.start.max(t.saturating_sub(12));
    let open =
        (start..t).rev().take_while(|at| parsed.word(*at) != ")").find(|at| parsed.word(*at) == "(")?;
    if (open..t).any(|at| parsed.pos(at) == Pos::Verb) {
        return None;
    }
    let name = (start..open).rev().find(|at| entity::is_word(parsed, *at))?;
    ends.entity(name).map(|_| name)
}

/// "A succeeded B", "A depends on B", "A is associated with B", "B is led by A".
fn verb(ends: &Ends<'_>, frame: &Frame, t: usize) -> Vec<(End, End)> {
    let parsed = ends.parsed;
    let acl = parsed.dep(t) == Dep::Acl && parsed.tag(t) == Tag::Vbn;
    let passive = acl || parsed.children(t).any(|c| matches!(parsed.dep(c), Dep::Nsubjpass | Dep::Auxpass));
    if ends.unreal(t, false) || (frame.passive && !passive) {
        return Vec::new();
    }
    let Some(subject) = ends.subject(t) else { return Vec::new() };
    if passive && !frame.passive && frame.prep.is_empty() {
        let by = ends.objects(t, &["by".to_owned()]);
        return pairs(&some(ends, &by, &frame.a), &some(ends, &[subject], &frame.b));
    }
    let object: Vec<usize> = match frame.prep.is_empty() {
        true => parsed.child(t, Dep::Dobj).into_iter().collect(),
        false => ends.objects(t, &frame.prep),
    };
    pairs(&some(ends, &[subject], &frame.a), &some(ends, &object, &frame.b))
}

/// "A is dependent on B", "circles close to B".
fn adjective(ends: &Ends<'_>, frame: &Frame, t: usize) -> Vec<(End, End)> {
    let parsed = ends.parsed;
    let over = parsed.head(t);
    let bearer = match parsed.dep(t) {
        Dep::Acomp if !ends.unreal(over, false) => ends.subject(over),
        Dep::Amod if over < t => Some(over),
        _ => None,
    };
    let Some(bearer) = bearer else { return Vec::new() };
    pairs(&some(ends, &[bearer], &frame.a), &some(ends, &ends.objects(t, &frame.prep), &frame.b))
}

/// "the Russian-led Collective Security Treaty Organization": name, hyphen, participle, noun.
fn compound(ends: &Ends<'_>, frame: &Frame, t: usize) -> Vec<(End, End)> {
    let parsed = ends.parsed;
    if t < 2 || parsed.word(t - 1) != "-" || parsed.dep(t) != Dep::Amod {
        return Vec::new();
    }
    let head = parsed.head(t);
    let Some(leader) =
        ends.entity(t - 2).filter(|e| ends.fits(*e, if frame.swap { &frame.b } else { &frame.a }))
    else {
        return Vec::new();
    };
    let led = some(ends, &[head], if frame.swap { &frame.a } else { &frame.b });
    pairs(&[(t - 2, leader)], &led)
}

/// "A's dependence on B", "Russian investment in B".
fn nominal(ends: &Ends<'_>, frame: &Frame, t: usize) -> Vec<(End, End)> {
    let a: Vec<End> = ends.modifier(t, &frame.a).map(|e| (t, e)).into_iter().collect();
    pairs(&a, &some(ends, &ends.objects(t, &frame.prep), &frame.b))
}
