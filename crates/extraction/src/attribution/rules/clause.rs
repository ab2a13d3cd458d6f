//! "The price will fall, the minister told the forum": a verb of saying with its subject and a clause, which the model
//! passed over.
//!
//! Only verbs that do nothing but say, in the finite form, with a clause that has a subject of its own.

use super::{Findings, Found};
use crate::attribution::{atoms, grammar};
use tolmach_document::{Dep, Pos, RuleId, Tag, TokenRange};
use tolmach_lexicon::reporting::{Class, Frame};

const RULE: RuleId = RuleId("attr.verb-clause");

pub(super) fn find(out: &mut Findings<'_>) {
    for v in 0..out.view.p.len() {
        if says(out, v) {
            read(out, v);
        }
    }
}

fn says(out: &Findings<'_>, v: usize) -> bool {
    let p = out.view.p;
    let finite = p.pos(v) == Pos::Verb && matches!(p.tag(v), Tag::Vbd | Tag::Vbz | Tag::Vbn);
    let plain = |v| {
        let entries = atoms::entries(p, &out.ctx.lexicon.reporting, v);
        entries
            .iter()
            .any(|e| e.class == Class::Neutral && e.frames.has(Frame::Clause) && e.frames.has(Frame::Quote))
    };
    let unread = out.of_head(v).is_none_or(|at| out.readings[at].content.is_empty());
    let quotes = &out.view.quotes;
    let titled = quotes.around(v).is_some_and(|q| !quotes.rows()[q].speech);
    finite && !titled && plain(v) && !grammar::is_passive(p, v) && unread
}

fn read(out: &mut Findings<'_>, v: usize) {
    let p = out.view.p;
    let Some(speaker) = p.child(v, Dep::Nsubj).filter(|s| matches!(p.pos(*s), Pos::Propn | Pos::Noun)) else {
        return;
    };
    let clause = p.children(v).find(|c| p.dep(*c) == Dep::Ccomp && p.children(*c).any(is_subject(out)));
    let Some(clause) = clause else { return };
    let source = grammar::noun_phrase(p, speaker);
    let cue = grammar::verb_group(p, v);
    let whole = p.subtree(clause);
    let content = grammar::without(p, TokenRange::new(whole.start, whole.end), &[cue, source]);
    if content.iter().flat_map(|r| r.iter()).any(|t| out.view.quotes.around(t) != out.view.quotes.around(v)) {
        return;
    }
    out.readings.retain(|r| r.head != v);
    out.add(Found { rule: RULE, head: v, cue, source: Some(source), content });
}

fn is_subject<'a>(out: &'a Findings<'_>) -> impl Fn(usize) -> bool + 'a {
    |t| matches!(out.view.p.dep(t), Dep::Nsubj | Dep::Nsubjpass)
}
