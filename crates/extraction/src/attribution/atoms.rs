//! What the learned parts see of each token, as small numbers: hashed words, labels, lexicon classes.
//! Computed once a document; training and use share it.
//!
//! Words enter only hashed: no text can be read back from a model.

use super::grammar;
use tolmach_document::{Parsed, Pos};
use tolmach_lexicon::reporting::{Cue, ReportingLexicon};

/// One token as the models see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Atom {
    /// Hash of the lower-case form.
    pub lower: u32,
    /// Hash of the lemma, particle included.
    pub lemma: u32,
    /// Hash of the last three letters.
    pub suffix: u32,
    /// Penn tag.
    pub tag: u32,
    /// Universal part of speech.
    pub pos: u32,
    /// Arc label.
    pub dep: u32,
    /// Entity type, 0 outside.
    pub entity: u32,
    /// Capitals and digits.
    pub shape: u32,
    /// Class of the lexicon's first entry as verb or noun, 0 if unknown.
    pub class: u32,
}

/// The tokens of a document as the models see them.
pub struct Atoms {
    rows: Vec<Atom>,
}

impl Atoms {
    /// Hashes every token.
    #[must_use]
    pub fn new(p: Parsed<'_>, lexicon: &ReportingLexicon) -> Self {
        Self { rows: (0..p.len()).map(|t| atom(p, lexicon, t)).collect() }
    }
}

impl std::ops::Index<usize> for Atoms {
    type Output = Atom;
    fn index(&self, t: usize) -> &Atom {
        &self.rows[t]
    }
}

fn atom(p: Parsed<'_>, lexicon: &ReportingLexicon, t: usize) -> Atom {
    let lower = p.lower(t);
    let lemma = lexicon.lemma(lower, p.lemma(t));
    let entries = entries(p, lexicon, t);
    Atom {
        lower: text_hash(lower),
        lemma: match p.pos(t) {
            Pos::Verb => text_hash(&grammar::verb_lemma(p, t, lemma).to_lowercase()),
            _ => text_hash(&lemma.to_lowercase()),
        },
        suffix: text_hash(suffix(lower)),
        tag: p.tag(t) as u32,
        pos: p.pos(t) as u32,
        dep: p.dep(t) as u32,
        entity: p.entity(t).label().map_or(0, |label| label as u32 + 1),
        shape: shape(p.word(t)),
        class: entries.first().map_or(0, |cue| cue.class as u32 + 1),
    }
}

/// What the lexicon knows of token `t` as a verb or noun.
#[must_use]
pub fn entries<'a>(p: Parsed<'_>, lexicon: &'a ReportingLexicon, t: usize) -> &'a [Cue] {
    let lemma = lexicon.lemma(p.lower(t), p.lemma(t));
    match p.pos(t) {
        Pos::Verb => {
            let whole = grammar::verb_lemma(p, t, lemma);
            let found = lexicon.verb(&whole);
            if found.is_empty() { lexicon.verb(lemma) } else { found }
        }
        Pos::Noun => lexicon.noun(lemma),
        _ => &[],
    }
}

fn suffix(lower: &str) -> &str {
    let cut = lower.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &lower[cut..]
}

/// 0 no letters, 1 lower, 2 capitalised, 3 all capitals, 4 digits, 5 mixed.
fn shape(word: &str) -> u32 {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return if word.chars().any(|c| c.is_numeric()) { 4 } else { 0 };
    };
    let upper = letters.clone().filter(|c| c.is_uppercase()).count();
    let rest = letters.count();
    match (first.is_uppercase(), upper) {
        (false, 0) => 1,
        (true, 0) => 2,
        (true, n) if n == rest => 3,
        _ => 5,
    }
}

/// FNV-1a of the bytes, mixed; fixed for all time, as models depend on it.
#[must_use]
pub fn text_hash(text: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 15)
}

/// A feature as a number: the template's number and its values, mixed.
#[must_use]
pub fn feature(template: u32, values: &[u32]) -> u32 {
    let mut hash = u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for value in values {
        hash = (hash ^ u64::from(*value)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 32;
    }
    (hash ^ (hash >> 29)) as u32
}
