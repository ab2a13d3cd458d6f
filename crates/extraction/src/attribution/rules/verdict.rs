//! What somebody does to another's words: "dismissed such claims", "did not back up these allegations", "described
//! all that as a fake".
//!
//! Only where the object is a saying that the text takes up again; what is thereby denied is `relation`'s business.

use super::{Findings, Found};
use crate::attribution::{atoms, grammar, reference};
use tolmach_document::{Dep, Pos, RuleId, Tag, TokenRange};
use tolmach_lexicon::reporting::Frame;

const RULE: RuleId = RuleId("attr.verdict");
const NAME: RuleId = RuleId("attr.verdict-name");

pub(super) fn find(out: &mut Findings<'_>) {
    objects(out);
    names(out);
}

/// "described that all as a fake", "called by its author a joke": the object is called something.
fn names(out: &mut Findings<'_>) {
    let p = out.view.p;
    for v in (0..p.len()).filter(|t| p.pos(*t) == Pos::Verb) {
        let entries = atoms::entries(p, &out.ctx.lexicon.reporting, v);
        if !entries.iter().any(|e| e.frames.has(Frame::As) || e.frames.has(Frame::Name)) {
            continue;
        }
        let Some(doer) = grammar::doer(p, v) else { continue };
        let source = grammar::noun_phrase(p, doer.head);
        if let Some(content) = what_it_is_called(out, v) {
            out.readings.retain(|r| r.head != v || r.content.iter().any(|c| c.holds(content.start)));
            let cue = grammar::verb_group(p, v);
            out.add(Found { rule: NAME, head: v, cue, source: Some(source), content: vec![content] });
        }
    }
}

/// Object and name where the name is a verdict on a saying; the name alone in a passive that tells its agent.
fn what_it_is_called(out: &Findings<'_>, v: usize) -> Option<TokenRange> {
    let p = out.view.p;
    let name = p.children(v).find_map(|c| match p.dep(c) {
        Dep::Oprd | Dep::Attr => Some(c),
        Dep::Prep if p.lower(c) == "as" => p.children(c).last(),
        _ => None,
    })?;
    let whole = p.subtree(name).end;
    let end = (name + 2..whole).find(|t| is_called_next(out, *t)).map_or(whole, |t| t - 1);
    if grammar::agent(p, v).is_some_and(|agent| agent < name) {
        return Some(grammar::trim(p, TokenRange::new(p.subtree(name).start, end)));
    }
    // "called the denial unconvincing": the parser may read one noun phrase.
    let inside = || p.children(name).find(|c| *c < name && reference::noun(out.ctx, *c).is_some());
    let object = p.child(v, Dep::Dobj).filter(|o| *o < name).or_else(inside)?;
    let taken_up = reference::is_saying(out.ctx, object)
        || out.ctx.lexicon.reporting.references.is_pronoun(p.lower(object));
    let verdict = out.ctx.lexicon.reporting.verdicts.word(p.lemma(name)).is_some();
    (taken_up && verdict).then(|| grammar::trim(p, TokenRange::new(p.subtree(object).start, end)))
}

/// The second name: "described by one as a plot and called by the other a farce".
fn is_called_next(out: &Findings<'_>, t: usize) -> bool {
    let p = out.view.p;
    p.tag(t) == Tag::Vbn
        && p.dep(t) == Dep::Conj
        && p.dep(t - 1) == Dep::Cc
        && grammar::agent(p, t).is_some()
        && atoms::entries(p, &out.ctx.lexicon.reporting, t)
            .iter()
            .any(|e| e.frames.has(Frame::As) || e.frames.has(Frame::Name))
}

/// "dismissed such claims".
fn objects(out: &mut Findings<'_>) {
    let p = out.view.p;
    let lexicon = &out.ctx.lexicon.reporting;
    for v in (0..p.len()).filter(|t| p.pos(*t) == Pos::Verb) {
        let lemma = grammar::verb_lemma(p, v, lexicon.lemma(p.lower(v), p.lemma(v)));
        if lexicon.verdicts.verb(&lemma).is_none() {
            continue;
        }
        let objects = p.children(v).filter(|c| matches!(p.dep(*c), Dep::Dobj | Dep::Prep));
        let object = objects
            .filter_map(|c| if p.dep(c) == Dep::Dobj { Some(c) } else { p.child(c, Dep::Pobj) })
            .find(|o| reference::is_saying(out.ctx, *o));
        let (Some(object), Some(doer)) = (object, grammar::doer(p, v)) else { continue };
        let source = grammar::noun_phrase(p, doer.head);
        let content = vec![grammar::trim(p, p.subtree(object))];
        out.add(Found { rule: RULE, head: v, cue: grammar::verb_group(p, v), source: Some(source), content });
    }
}
