//! “…” ― Name: the line under a quotation.
//!
//! Reads a dash after the closing mark and a name up to the end of the line; nothing else.

use super::{Findings, Found};
use crate::attribution::grammar;
use tolmach_document::{RuleId, TextRange};

const RULE: RuleId = RuleId("attr.dash-name");
/// A line under a quotation is no longer than this many bytes.
const LONGEST: usize = 90;

pub(super) fn find(out: &mut Findings<'_>) {
    let p = out.view.p;
    for q in 0..out.view.quotes.rows().len() {
        let row = &out.view.quotes.rows()[q];
        if !row.closed || !row.whole || row.parent.is_some() {
            continue;
        }
        let Some((dash, name)) = name_after(p.text, row.range.end()) else { continue };
        let source = grammar::trim(p, p.tokens_in(name));
        let head = p.token_at(dash);
        let content = grammar::trim(p, p.tokens_in(row.range));
        let content = grammar::without(p, content, &[source]);
        let cue = tolmach_document::TokenRange::new(head, head + 1);
        out.readings.retain(|r| !content.iter().any(|c| c.holds(r.head)) || r.level.is_some());
        out.add(Found { rule: RULE, head, cue, source: Some(source), content });
    }
}

/// The offset of the dash and the name behind it, where the line holds nothing more.
fn name_after(text: &str, end: usize) -> Option<(usize, TextRange)> {
    let rest = &text[end..];
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let blank = line.len() - line.trim_start().len();
    let dash = line[blank..].chars().next().filter(|c| matches!(c, '―' | '—' | '–'))?;
    let from = blank + dash.len_utf8();
    let name = line[from..].trim().trim_end_matches('.');
    let starts = end + from + (line[from..].len() - line[from..].trim_start().len());
    let fits = name.len() <= LONGEST && !name.contains(['“', '"', '?', '!', ':']);
    let capital = name.starts_with(char::is_uppercase);
    let words = name.split_whitespace().filter(|w| w.starts_with(char::is_alphabetic));
    let names = words.clone().filter(|w| w.starts_with(char::is_uppercase)).count();
    (fits && capital && names * 2 > words.count())
        .then(|| (end + blank, TextRange::at(starts, starts + name.len())))
}
