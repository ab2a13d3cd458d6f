//! “We know this, – the ministry said. – We always did”: who speaks stands between dashes inside the quotation, as
//! Russian and French printers set it.
//!
//! Reads a reporting clause with a dash before and after it; what stands around it is one speech.

use super::Findings;
use crate::attribution::learned::Reading;
use tolmach_document::{Parsed, TokenRange};

/// Words of an aside.
const LONGEST: usize = 20;

pub(super) fn find(out: &mut Findings<'_>) {
    let p = out.view.p;
    for at in 0..out.readings.len() {
        let Some(q) = out.readings[at].level else { continue };
        let Some(aside) = aside(p, &out.readings[at]) else { continue };
        let words = p.tokens_in(out.view.quotes.rows()[q].range);
        if !words.holds(aside.start) || aside.end > words.end {
            continue;
        }
        let view = out.view;
        let level = out.view.quotes.rows()[q].parent.and_then(|parent| out.whole_around(parent));
        let reading = &mut out.readings[at];
        reading.level = level;
        reading.content.clear();
        reading.recontent(view, &[words], &[aside]);
    }
}

/// From dash to dash around source and cue.
fn aside(p: Parsed<'_>, reading: &Reading) -> Option<TokenRange> {
    let own = || reading.source.iter().chain(&reading.cue);
    let start = own().map(|r| r.start).min()?.checked_sub(1).filter(|t| is_dash(p, *t))?;
    let end = own().map(|r| r.end).max()?;
    let close = (end..p.len().min(start + LONGEST)).find(|t| is_dash(p, *t))?;
    let clause = (start + 1..close).all(|t| !matches!(p.word(t), "“" | "”" | "\"" | "«" | "»"));
    clause.then(|| TokenRange::new(start, close + 1))
}

fn is_dash(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.word(t), "–" | "—" | "-" | "--" | "―")
}
