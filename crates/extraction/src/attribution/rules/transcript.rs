//! NAME: what the speaker said. Lines of a transcript.
//!
//! Needs three such lines in the text, so that "Note: …" is left alone.

use super::{Findings, Found};
use crate::attribution::grammar;
use tolmach_document::{RuleId, TextRange, TokenRange};

const RULE: RuleId = RuleId("attr.transcript");
const LINES: usize = 3;
/// No speaker's name is longer, in bytes.
const LONGEST: usize = 40;

struct Line {
    name: TextRange,
    colon: usize,
    said: TextRange,
}

pub(super) fn find(out: &mut Findings<'_>) {
    let p = out.view.p;
    let lines = lines(p.text);
    if lines.len() < LINES {
        return;
    }
    for line in lines {
        let head = p.token_at(line.colon);
        let said = p.tokens_in(line.said);
        let source = grammar::trim(p, p.tokens_in(line.name));
        let content =
            vec![grammar::trim(p, TokenRange::new(said.start.max(head + 1), said.end.max(head + 1)))];
        out.add(Found {
            rule: RULE,
            head,
            cue: TokenRange::new(head, head + 1),
            source: Some(source),
            content,
        });
    }
}

/// Lines that begin with a name in capitals and a colon; what is said runs on to the next such line, over lines that
/// begin with a quotation mark.
fn lines(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    let mut running = false;
    for row in text.split_inclusive('\n') {
        let start = at;
        at += row.len();
        let trimmed = TextRange::at(start, at).trimmed(text);
        if trimmed.is_empty() {
            continue;
        }
        if let Some((name, colon)) = speaker(text, trimmed) {
            out.push(Line { name, colon, said: TextRange::at(colon + 1, trimmed.end()) });
            running = true;
        } else if running && text[trimmed].starts_with(['"', '“']) && !text[trimmed].contains('(') {
            let last = out.last_mut().expect("running");
            last.said = TextRange::at(last.said.start(), trimmed.end());
        } else {
            running = false;
        }
    }
    out
}

fn speaker(text: &str, line: TextRange) -> Option<(TextRange, usize)> {
    let body = text[line].trim_start_matches(['"', '“']);
    let start = line.end() - body.len();
    let colon = body.find(':').filter(|n| *n > 1 && *n <= LONGEST)?;
    let name = body[..colon].trim_end();
    let capitals = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let follows = body[colon + 1..].starts_with(' ') && body[colon + 1..].trim().len() > 2;
    (capitals && follows && name.chars().any(char::is_alphabetic))
        .then(|| (TextRange::at(start, start + name.len()), start + colon))
}
