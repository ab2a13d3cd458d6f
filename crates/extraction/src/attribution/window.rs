//! Which sentences may hold source and content of a cue: its own, and those that quotation marks tie to it.

use super::view::View;
use tolmach_document::{Pos, TokenRange};

/// No window is wider than this on either side of its cue, so that work stays linear.
const REACH: usize = 400;

/// The sentences around cue head `t` that its content may reach. `heads` says which tokens head cues.
#[must_use]
pub fn around(view: View<'_>, heads: &[bool], t: usize) -> TokenRange {
    let sentence = view.sentence(t);
    let mut out = whole_quotations(view, sentence);
    // “First words.” ⏎ She said: — the parser may end a sentence at the closing mark.
    if let Some(before) = previous(view, out).filter(|last| closes(view, *last)) {
        let wider = whole_quotations(view, TokenRange::new(view.sentence(before).start, out.end));
        if !is_claimed(view, heads, TokenRange::new(wider.start, out.start)) {
            out = wider;
        }
    }
    // “First words,” he said. “And more.” ⏎ “And more still.”
    for _ in 0..4 {
        let Some(after) = next(view, out).filter(|first| opens(view, *first)) else { break };
        let wider = whole_quotations(view, TokenRange::new(out.start, view.sentence(after).end));
        if is_claimed(view, heads, TokenRange::new(out.end, wider.end)) {
            break;
        }
        out = wider;
    }
    TokenRange::new(out.start.max(t.saturating_sub(REACH)), out.end.min(t + REACH))
}

/// Whether another cue outside quotation marks stands in `range`: then its quotations are that cue's.
fn is_claimed(view: View<'_>, heads: &[bool], range: TokenRange) -> bool {
    range.iter().any(|t| heads[t] && view.speech_around(t).is_none())
}

/// Widens `range` to the sentences of every quotation that crosses its ends.
fn whole_quotations(view: View<'_>, range: TokenRange) -> TokenRange {
    let p = view.p;
    let mut out = range;
    for edge in [range.start, range.end.saturating_sub(1)] {
        let Some(q) = view.speech_around(edge) else { continue };
        let words = p.tokens_in(view.quotes.rows()[view.outermost(q)].range);
        if words.is_empty() || words.len() > REACH {
            continue;
        }
        out.start = out.start.min(view.sentence(words.start).start);
        out.end = out.end.max(view.sentence(words.end - 1).end);
    }
    out
}

fn previous(view: View<'_>, range: TokenRange) -> Option<usize> {
    (view.bounds().start..range.start).rev().take(4).find(|t| view.p.pos(*t) != Pos::Space)
}

fn next(view: View<'_>, range: TokenRange) -> Option<usize> {
    (range.end..view.bounds().end).take(4).find(|t| view.p.pos(*t) != Pos::Space)
}

fn closes(view: View<'_>, t: usize) -> bool {
    view.speech_around(t).is_some_and(|q| {
        let row = &view.quotes.rows()[q];
        view.outermost(q) == q && row.closed && row.range.end() <= view.p.range(t).end()
    })
}

fn opens(view: View<'_>, t: usize) -> bool {
    view.speech_around(t).is_some_and(|q| {
        let row = &view.quotes.rows()[q];
        view.outermost(q) == q && row.range.start() >= view.p.range(t).start()
    })
}
