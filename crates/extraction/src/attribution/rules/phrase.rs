//! "in the words of the historian, “…”": a preposition of several words before the one who speaks.
//!
//! Which phrases these are is data; "according to" is the model's.

use super::{Findings, Found};
use crate::attribution::grammar;
use tolmach_document::{Dep, RuleId, TokenRange};

const RULE: RuleId = RuleId("attr.phrase");
/// Words that may stand between the speaker and a quotation.
const GAP: usize = 3;

pub(super) fn find(out: &mut Findings<'_>) {
    let p = out.view.p;
    for t in 0..p.len() {
        let next = |n: usize| (t + n < p.len()).then(|| p.lower(t + n));
        let Some(length) = out.ctx.lexicon.reporting.phrases.preposition(next).filter(|n| *n > 2) else {
            continue;
        };
        let cue = TokenRange::new(t, t + length);
        let free = |r: &super::super::learned::Reading| !cue.holds(r.head);
        let Some(speaker) = p.child(cue.end - 1, Dep::Pobj).filter(|_| out.readings.iter().all(free)) else {
            continue;
        };
        let phrase = grammar::noun_phrase(p, speaker);
        let level = out.view.quotes.around(t);
        let quoted = |t: &usize| out.view.quotes.around(*t) != level;
        let end = (speaker + 1..phrase.end).find(quoted).unwrap_or(phrase.end);
        let source = grammar::trim(p, TokenRange::new(phrase.start, end));
        let content = (end..p.len().min(end + GAP)).find(quoted).and_then(|t| out.view.quotes.around(t));
        let content = match content {
            Some(q) => vec![p.tokens_in(out.view.quotes.rows()[q].range)],
            None => {
                let sentence = p.sentence(t).tokens;
                grammar::without(p, sentence, &[cue, source])
            }
        };
        out.add(Found { rule: RULE, head: t, cue, source: Some(source), content });
    }
}
