//! Quotations that nobody claimed: by a reporting verb beside them, before a colon, or going on from the last speaker.

use super::{Findings, Found};
use crate::attribution::{atoms, grammar, own, reference};
use tolmach_document::{Dep, Parsed, Pos, RuleId, Tag, TokenRange};
use tolmach_lexicon::reporting::Frame;

const VERB: RuleId = RuleId("attr.quote-verb");
const COLON: RuleId = RuleId("attr.quote-colon");
const NOUN: RuleId = RuleId("attr.quote-noun");

/// Words between a quotation and its verb.
const NEAR: usize = 14;

pub(super) fn find(out: &mut Findings<'_>) {
    inverted(out);
    for q in 0..out.view.quotes.rows().len() {
        let row = &out.view.quotes.rows()[q];
        if !row.speech {
            continue;
        }
        let words = out.view.p.tokens_in(row.range);
        if let Some(at) = own::owner(out.view, &out.readings, q) {
            if row.whole && is_bare_colon(out, at) {
                name_colon(out, at, words);
            }
            continue;
        }
        let level = row.parent.and_then(|parent| out.whole_around(parent));
        if words.is_empty() || out.is_said(level, words.start) && out.is_said(level, words.end - 1) {
            continue;
        }
        let _claimed =
            beside(out, q, words) || (row.whole && (before_colon(out, words) || going_on(out, q, words)));
    }
    // What was given may continue a quotation that another reading holds.
    own::complete(out.view, &mut out.readings);
}

/// Puts the reading of whoever speaks before the colon in the place of the colon's own.
fn name_colon(out: &mut Findings<'_>, at: usize, words: TokenRange) {
    let known = out.readings.len();
    if before_colon(out, words) && out.readings.len() > known {
        out.readings.remove(at);
    }
}

/// A colon that nobody speaks before: a noun or verb before it may tell who does.
fn is_bare_colon(out: &Findings<'_>, at: usize) -> bool {
    let reading = &out.readings[at];
    reading.source.is_empty() && out.view.p.word(reading.head) == ":"
}

/// “It stands,” replied the builder: who stands behind the verb is the speaker, whatever the parser calls it.
fn inverted(out: &mut Findings<'_>) {
    let p = out.view.p;
    for at in 0..out.readings.len() {
        let reading = &out.readings[at];
        let head = reading.head;
        if !reading.source.is_empty() || p.pos(head) != Pos::Verb || !carries(out, head) {
            continue;
        }
        let quoted = |t: usize| out.view.quotes.around(t).is_some_and(|q| Some(q) != reading.level);
        let own = p.child(head, Dep::Nsubj).filter(|s| !quoted(*s) && *s < head);
        let behind =
            p.child(head, Dep::Dobj).filter(|o| *o > head && !quoted(*o) && head > 0 && quoted(head - 1));
        let quotes = reading.content.iter().flat_map(|r| r.iter()).any(quoted);
        if let Some(speaker) = own.or(behind).filter(|s| quotes && reading.says(*s)) {
            let view = out.view;
            let reading = &mut out.readings[at];
            reading.source = vec![grammar::noun_phrase(p, speaker)];
            reading.recontent(view, &[], &[]);
        }
    }
}

/// A verb that may carry a quotation, next to it: “…,” said X. X said: “…”
fn beside(out: &mut Findings<'_>, q: usize, words: TokenRange) -> bool {
    let p = out.view.p;
    let level = out.view.quotes.rows()[q].parent;
    let free = |t: usize| out.view.quotes.around(t) == level;
    let after = (words.end..p.len().min(words.end + NEAR))
        .take_while(|t| free(*t) && p.sentence_index(*t) == p.sentence_index((words.end).min(p.len() - 1)))
        .find(|t| carries(out, *t));
    let touches = p.word(words.end - 1).ends_with([',', '”', '"', '’']) || p.word(words.end - 1) == ",";
    let before = (words.start.saturating_sub(NEAR)..words.start)
        .rev()
        .take_while(|t| free(*t) && p.sentence_index(*t) == p.sentence_index(words.start))
        .find(|t| carries(out, *t));
    let announced = words.start > 0 && matches!(p.word(words.start - 1), "," | ":" | "that");
    let head = after.filter(|_| touches).or(before.filter(|_| announced || out.view.quotes.rows()[q].whole));
    let Some(head) = head else { return false };
    give(out, head, words, VERB);
    true
}

fn carries(out: &Findings<'_>, t: usize) -> bool {
    out.view.p.pos(t) == Pos::Verb
        && atoms::entries(out.view.p, &out.ctx.lexicon.reporting, t)
            .iter()
            .any(|e| e.frames.has(Frame::Quote))
}

/// Adds the quotation to the reading of cue `head`, or makes one.
fn give(out: &mut Findings<'_>, head: usize, words: TokenRange, rule: RuleId) {
    let p = out.view.p;
    if let Some(at) = out.of_head(head) {
        let view = out.view;
        out.readings[at].recontent(view, &[words], &[]);
        return;
    }
    let cue = grammar::verb_group(p, head);
    let source = grammar::doer(p, head)
        .map(|d| grammar::noun_phrase(p, d.head))
        .filter(|s| s.end <= words.start || s.start >= words.end)
        .or_else(|| grammar::first_noun_phrase(p, head));
    out.add(Found { rule, head, cue, source, content: vec![words] });
}

/// "began his speech as follows: “…”", "their commander’s order: “…”".
fn before_colon(out: &mut Findings<'_>, words: TokenRange) -> bool {
    let p = out.view.p;
    let Some(colon) = words.start.checked_sub(1).filter(|t| p.word(*t) == ":") else { return false };
    let sentence = p.sentence(colon).tokens;
    let clause = sentence.start.max(colon.saturating_sub(30))..colon;
    let lexicon = &out.ctx.lexicon.reporting;
    let noun = clause.clone().rev().find(|t| {
        p.pos(*t) == Pos::Noun && lexicon.noun(p.lemma(*t)).iter().any(|e| e.frames.has(Frame::Quote))
    });
    if let Some(noun) = noun.filter(|n| reference::speaker(p, *n).is_some() && colon - n <= 6) {
        let speaker = reference::speaker(p, noun).expect("just found");
        let source = reference::without_possessive(p, p.subtree(speaker));
        let cue = TokenRange::new(noun, noun + 1);
        out.add(Found { rule: NOUN, head: noun, cue, source: Some(source), content: vec![words] });
        return true;
    }
    let verb = clause.rev().filter(|t| grammar::is_verb(p, *t) && p.dep(*t) != Dep::Aux).find(|t| {
        grammar::doer(p, *t).is_some_and(|d| matches!(p.pos(d.head), Pos::Propn | Pos::Pron | Pos::Noun))
    });
    let Some(verb) = verb else { return false };
    let clause = TokenRange::new(sentence.start.max(colon.saturating_sub(30)), verb);
    let source =
        framer(p, clause).or(grammar::doer(p, verb).map(|d| d.head)).map(|t| grammar::noun_phrase(p, t));
    let cue = TokenRange::new(verb, verb + 1);
    out.add(Found { rule: COLON, head: verb, cue, source, content: vec![words] });
    true
}

/// Tokayev in "the task set by Tokayev is as follows: “…”".
fn framer(p: Parsed<'_>, clause: TokenRange) -> Option<usize> {
    let participle = |t: &usize| p.tag(*t) == Tag::Vbn && p.dep(*t) == Dep::Acl;
    clause.iter().filter(participle).find_map(|t| grammar::agent(p, t)).filter(|t| clause.holds(*t))
}

/// “…,” she said. “And more.” ⏎ “And more still.”
fn going_on(out: &mut Findings<'_>, q: usize, words: TokenRange) -> bool {
    let p = out.view.p;
    let rows = out.view.quotes.rows();
    let first = p.sentence(words.start).tokens.start;
    let opens = (first..words.start).all(|t| !grammar::is_word(p, t));
    let level = rows[q].parent;
    let last = (0..q).rev().find(|k| rows[*k].parent == level && rows[*k].speech);
    let Some(last) = last.filter(|_| opens) else { return false };
    let between = rows[last].range.end()..rows[q].range.start();
    let breaks = p.text[between.clone()].matches("\n").count();
    let Some(owner) = own::owner(out.view, &out.readings, last) else { return false };
    let sentence = p.sentence_index(words.start);
    let reading = &out.readings[owner];
    let close = sentence.abs_diff(p.sentence_index(reading.head)) <= 1 + breaks.min(1)
        || rows[q].continues == Some(last);
    let other = (p.token_at(between.start)..words.start)
        .any(|t| out.readings.iter().enumerate().any(|(at, r)| at != owner && r.head == t));
    if !close || other || reading.source.is_empty() {
        return false;
    }
    let view = out.view;
    out.readings[owner].recontent(view, &[words], &[]);
    true
}
