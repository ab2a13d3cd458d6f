//! "the minister's claim that the bridge had fallen": a saying named by its noun, with speaker and clause.
//!
//! Also "quoted X as saying": the one who is quoted stands between the outlet and the words.

use super::{Findings, Found, paper};
use crate::attribution::{atoms, grammar, reference};
use tolmach_document::{Dep, Parsed, Pos, RuleId, TokenRange};
use tolmach_lexicon::reporting::Frame;

const NOUN: RuleId = RuleId("attr.noun-clause");
const QUOTED: RuleId = RuleId("attr.quoted-as-saying");

pub(super) fn find(out: &mut Findings<'_>) {
    let p = out.view.p;
    for t in 0..p.len() {
        match p.pos(t) {
            Pos::Noun => noun(out, t),
            Pos::Verb => quoted(out, t),
            _ => {}
        }
    }
}

fn noun(out: &mut Findings<'_>, t: usize) {
    let p = out.view.p;
    let entries = out.ctx.lexicon.reporting.noun(p.lemma(t));
    if !entries.iter().any(|e| e.class.is_said() && e.frames.has(Frame::Clause)) {
        return;
    }
    let Some(speaker) = reference::speaker(p, t) else { return };
    let Some(clause) = that_clause(p, t) else { return };
    let source = reference::without_possessive(p, p.subtree(speaker));
    let content = vec![grammar::trim(p, p.subtree(clause))];
    out.readings.retain(|r| r.head != t);
    out.add(Found { rule: NOUN, head: t, cue: TokenRange::new(t, t + 1), source: Some(source), content });
}

/// The clause behind a noun that a "that" opens and that lacks nothing: no relative clause.
fn that_clause(p: Parsed<'_>, t: usize) -> Option<usize> {
    p.children(t).find(|c| {
        let mark = p.child(*c, Dep::Mark).is_some_and(|m| p.lower(m) == "that");
        *c > t && matches!(p.dep(*c), Dep::Acl | Dep::Ccomp) && mark
    })
}

fn quoted(out: &mut Findings<'_>, verb: usize) {
    let p = out.view.p;
    let Some((object, saying)) = paper::as_saying(p, verb) else { return };
    if grammar::is_passive(p, verb)
        || !atoms::entries(p, &out.ctx.lexicon.reporting, saying).iter().any(|e| e.frames.has(Frame::Quote))
    {
        return;
    }
    let outer = out.of_head(verb);
    let said = outer.map(|at| out.readings[at].content.clone()).unwrap_or_default();
    let behind = |r: &TokenRange| TokenRange::new(r.start.max(saying + 1), r.end);
    let mut content: Vec<TokenRange> =
        said.iter().filter(|r| r.end > saying + 1).map(|r| grammar::trim(p, behind(r))).collect();
    if content.is_empty() {
        let clause = p.child(saying, Dep::Ccomp).map(|c| TokenRange::new(saying + 1, p.subtree(c).end));
        content.extend(clause.map(|c| grammar::trim(p, c)));
    }
    let name = grammar::noun_phrase(p, object);
    let end = (object..saying).find(|t| p.lower(*t) == "as").unwrap_or(saying);
    let source = TokenRange::new(name.start.max(verb + 1), name.end.min(end).max(object + 1));
    match outer {
        Some(at) if out.readings[at].source.is_empty() => out.readings.retain(|r| r.head != verb),
        Some(_) => {}
        None => outlet(out, verb, source.start, &content),
    }
    let cue = TokenRange::new(saying, saying + 1);
    out.add(Found { rule: QUOTED, head: saying, cue, source: Some(source), content });
}

/// "the newspaper quoted …": who carries the words, where the model saw nobody.
fn outlet(out: &mut Findings<'_>, verb: usize, from: usize, said: &[TokenRange]) {
    let p = out.view.p;
    let Some(doer) = grammar::doer(p, verb) else { return };
    let end = said.iter().map(|r| r.end).max().unwrap_or(from);
    let content = vec![grammar::trim(p, TokenRange::new(from, end.max(from)))];
    let cue = grammar::verb_group(p, verb);
    let source = grammar::noun_phrase(p, doer.head);
    let source = TokenRange::new(source.start, source.end.min(cue.start).max(doer.head + 1));
    out.add(Found { rule: QUOTED, head: verb, cue, source: Some(source), content });
}
