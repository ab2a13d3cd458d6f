//! What somebody does to another's words: "dismissed such claims", "did not back up these allegations".
//!
//! Only where the object is a saying that the text takes up again; what is thereby denied is `relation`'s business.

use super::{Findings, Found};
use crate::attribution::{grammar, reference};
use tolmach_document::{Dep, Pos, RuleId};

const RULE: RuleId = RuleId("attr.verdict");

pub(super) fn find(out: &mut Findings<'_>) {
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
