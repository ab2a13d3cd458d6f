//! "reportedly", "allegedly": somebody says so, and the text leaves open who.

use super::{Findings, Found};
use crate::attribution::grammar;
use tolmach_document::{Dep, Parsed, RuleId, Tag, TokenRange};

const RULE: RuleId = RuleId("attr.hearsay-adverb");

pub(super) fn find(out: &mut Findings<'_>) {
    let p = out.view.p;
    for t in 0..p.len() {
        let Some(hearsay) = out.ctx.lexicon.reporting.phrases.hearsay(p.lower(t)) else { continue };
        let verb = p.head(t);
        let clause = p.dep(t) == Dep::Advmod && verb != t && grammar::is_verb(p, verb);
        let cited = out.readings.iter().any(|r| r.cue.iter().any(|c| c.holds(t)));
        if hearsay.weak || !clause || cited {
            continue;
        }
        let cue = TokenRange::new(t, t + 1);
        let clause = grammar::clause(p, verb);
        let whole = TokenRange::new(clause.start, comment(p, verb).map_or(clause.end, |t| t.min(clause.end)));
        let content = grammar::without(p, whole, &[cue]);
        out.add(Found { rule: RULE, head: t, cue, source: None, content });
    }
}

/// Where a comment behind the clause begins: "…, raising fears of a new war".
fn comment(p: Parsed<'_>, verb: usize) -> Option<usize> {
    p.children(verb)
        .filter(|c| *c > verb && p.dep(*c) == Dep::Advcl && p.tag(*c) == Tag::Vbg)
        .map(|c| p.subtree(c).start)
        .find(|start| p.word(start - 1) == ",")
}
