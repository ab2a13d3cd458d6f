//! "Morning Post, in a piece entitled “…”, reported that …": the outlet stands before the name of the piece.
//!
//! The title is nobody's words, whatever verbs it has, and the outlet is the source of what follows.

use super::{Findings, Found};
use crate::attribution::{atoms, grammar};
use tolmach_document::{Dep, Parsed, Pos, RuleId, Tag, TokenRange};
use tolmach_lexicon::reporting::Frame;

const RULE: RuleId = RuleId("attr.outlet-in-piece");
/// Words between the piece and the verb: titles are long.
const REACH: usize = 60;

/// The parts of such a sentence.
struct Piece {
    /// Its noun.
    noun: usize,
    /// Who carries it, if the words tell.
    outlet: Option<TokenRange>,
    /// The verb that reports.
    verb: usize,
}

pub(super) fn find(out: &mut Findings<'_>) {
    for noun in 0..out.view.p.len() {
        if let Some(piece) = piece(out, noun) {
            read(out, &piece);
        }
    }
}

fn piece(out: &Findings<'_>, noun: usize) -> Option<Piece> {
    let p = out.view.p;
    let media = &out.ctx.lexicon.reporting.media;
    if p.pos(noun) != Pos::Noun || media.medium(p.lower(noun)).is_none_or(|m| m.kind != "article") {
        return None;
    }
    let start = (noun.saturating_sub(4)..noun).rev().find(|t| p.lower(*t) == "in")?;
    let comma = start.checked_sub(1).filter(|t| p.word(*t) == ",")?;
    let verb = verb(out, noun)?;
    Some(Piece { noun, outlet: outlet(p, comma), verb })
}

/// The first verb behind the piece that may report, outside its title, with its words after it.
fn verb(out: &Findings<'_>, noun: usize) -> Option<usize> {
    let p = out.view.p;
    let rows = out.view.quotes.rows();
    let level = out.view.quotes.around(noun);
    let titled = |t: usize| out.view.quotes.around(t).is_some_and(|q| Some(q) != level && !rows[q].speech);
    let end = p.len().min(noun + REACH);
    let verb = (noun + 1..end).filter(|t| !titled(*t)).find(|t| {
        matches!(p.tag(*t), Tag::Vbd | Tag::Vbz)
            && atoms::entries(p, &out.ctx.lexicon.reporting, *t)
                .iter()
                .any(|e| e.frames.has(Frame::Quote) || e.frames.has(Frame::As))
            && says_more(p, *t)
    })?;
    let broken = p.text[p.range(noun).end()..p.range(verb).start()].contains("\n\n");
    (out.view.quotes.around(verb) == level && !broken).then_some(verb)
}

/// Whether "that", a colon, a quotation or "X as saying" follows.
fn says_more(p: Parsed<'_>, verb: usize) -> bool {
    let next = (verb + 1..p.len()).find(|t| p.pos(*t) != Pos::Space);
    next.is_some_and(|t| matches!(p.lower(t), "that" | ":" | "“" | "\"" | "«" | ",") || p.dep(t) == Dep::Mark)
        || as_saying(p, verb).is_some()
}

/// Object and "saying" in "quoted X as saying".
pub(super) fn as_saying(p: Parsed<'_>, verb: usize) -> Option<(usize, usize)> {
    let below = |t: usize| {
        let saying = |c: usize| p.child(c, Dep::Pcomp).filter(|s| p.tag(*s) == Tag::Vbg);
        p.children(t).filter(|c| p.lower(*c) == "as").find_map(saying)
    };
    // The parser may take the verb for an adjective of its object.
    let noun = || Some(p.head(verb)).filter(|n| p.dep(verb) == Dep::Amod && *n > verb);
    let object = p.child(verb, Dep::Dobj).or_else(noun)?;
    let saying = below(verb).or_else(|| below(object))?;
    (object < saying).then_some((object, saying))
}

/// The name that ends before the comma: a noun phrase, or one capital word that the parser took for something else.
fn outlet(p: Parsed<'_>, comma: usize) -> Option<TokenRange> {
    let last = comma.checked_sub(1)?;
    let sentence = p.sentence(last).tokens;
    if p.pos(last) == Pos::Propn {
        let head = if p.dep(last) == Dep::Compound { p.head(last) } else { last };
        let start = p.subtree(head.min(last)).start.max(sentence.start);
        return Some(TokenRange::new(start, comma));
    }
    (last == sentence.start && p.word(last).starts_with(char::is_uppercase))
        .then(|| TokenRange::new(last, comma))
}

fn read(out: &mut Findings<'_>, piece: &Piece) {
    let title = TokenRange::new(piece.noun, piece.verb);
    out.readings.retain(|r| !title.holds(r.head) || r.level != out.view.quotes.around(piece.noun));
    let before = TokenRange::new(piece.outlet.map_or(piece.noun, |o| o.start), piece.verb);
    let view = out.view;
    let found = out.of_head(piece.verb);
    if let Some(at) = found {
        let reading = &mut out.readings[at];
        if let Some(outlet) = piece.outlet {
            reading.source = vec![outlet];
        }
        reading.recontent(view, &[], &[before]);
    }
    if found.is_none_or(|at| out.readings[at].content.is_empty()) {
        let Some(content) = content(out, piece.verb) else { return };
        out.readings.retain(|r| r.head != piece.verb);
        let cue = TokenRange::new(piece.verb, piece.verb + 1);
        out.add(Found { rule: RULE, head: piece.verb, cue, source: piece.outlet, content: vec![content] });
    }
}

/// The quotation behind the verb, else its clause.
fn content(out: &Findings<'_>, verb: usize) -> Option<TokenRange> {
    let p = out.view.p;
    let level = out.view.quotes.around(verb);
    let quotation = (verb + 1..p.len().min(verb + 5)).find_map(|t| {
        out.view.quotes.around(t).filter(|q| Some(*q) != level && out.view.quotes.rows()[*q].speech)
    });
    if let Some(q) = quotation {
        return Some(p.tokens_in(out.view.quotes.rows()[out.view.outermost(q)].range));
    }
    let clause = p.child(verb, Dep::Ccomp).filter(|c| *c > verb)?;
    Some(grammar::trim(p, TokenRange::new(verb + 1, p.subtree(clause).end)))
}
