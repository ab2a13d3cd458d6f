//! Tag, part of speech, label and lemma of every token after the attribute rules and the lemmatizer.
//!
//! Remembers what it found for a word with its tag and label; the memory is bounded and changes no result.

use tolmach_document::{Analysis, Dep, Pos, Tag};

use crate::strings;
use crate::tokenizer::Tokens;
use crate::word::lemma::Lemmatizer;
use crate::word::rules::{Facts, Pairs, Rules};

/// Remembered words; 56 bytes each.
const ENTRIES: usize = 1 << 14;
/// Longest lemma that is remembered.
const LONGEST: usize = 23;

/// A word as tagger and parser left it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key {
    /// 0 in empty entries; no token is empty.
    orth: u64,
    tag: u8,
    label_kind: u8,
}

#[derive(Clone, Copy)]
struct Entry {
    key: Key,
    tag: Tag,
    pos: Pos,
    /// The label that a rule sets.
    dep: Option<Dep>,
    /// Rules on pairs whose first or second condition the word meets.
    sides: [Pairs; 2],
    lemma: [u8; LONGEST],
    /// More than [`LONGEST`] if the lemma does not fit.
    len: u8,
}

const EMPTY: Entry = Entry {
    key: Key { orth: 0, tag: 0, label_kind: 0 },
    tag: Tag::None,
    pos: Pos::None,
    dep: None,
    sides: [0; 2],
    lemma: [0; LONGEST],
    len: 0,
};

/// Rules, lemmatizer and memory of one thread.
pub(crate) struct Attributes<'m> {
    rules: &'m Rules,
    lemmatizer: &'m Lemmatizer,
    entries: Vec<Entry>,
}

/// A text with its tokens.
#[derive(Clone, Copy)]
pub(crate) struct Tagged<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a Tokens,
}

impl Tagged<'_> {
    fn facts(&self, t: usize, analysis: &Analysis) -> Facts {
        let lower = strings::id(self.tokens.lowers.get(t));
        let is_space = self.tokens.lexemes[t].is_space;
        Facts { tag: analysis.tags[t], dep: analysis.deps[t], lower, is_space }
    }
}

impl<'m> Attributes<'m> {
    pub(crate) fn new(rules: &'m Rules, lemmatizer: &'m Lemmatizer) -> Self {
        Self { rules, lemmatizer, entries: vec![EMPTY; ENTRIES] }
    }

    /// Fills parts of speech and lemmas; corrects tags and labels.
    pub(crate) fn fill(&mut self, input: Tagged<'_>, analysis: &mut Analysis) {
        let n = input.tokens.tokens.len();
        let mut before = [0; 2];
        let mut entry = (n > 0).then(|| self.entry(input, 0, analysis));
        for t in 0..n {
            let Some(own) = entry else { break };
            entry = (t + 1 < n).then(|| self.entry(input, t + 1, analysis));
            let after = entry.map_or([0; 2], |entry| entry.sides);
            let fired = self.rules.fired(before, own.sides, after);
            before = own.sides;
            if fired == 0 && usize::from(own.len) <= LONGEST {
                (analysis.tags[t], analysis.deps[t]) = (own.tag, own.dep.unwrap_or(analysis.deps[t]));
                analysis.pos.push(own.pos);
                let lemma = std::str::from_utf8(&own.lemma[..usize::from(own.len)]);
                analysis.lemmas.push(lemma.expect("copied from a string"));
            } else {
                let (entry, lemma) = self.work_out(input, t, &input.facts(t, analysis), fired);
                (analysis.tags[t], analysis.deps[t]) = (entry.tag, entry.dep.unwrap_or(analysis.deps[t]));
                analysis.pos.push(entry.pos);
                analysis.lemmas.push(&lemma);
            }
        }
    }

    /// The remembered entry of token `t`, made if need be. Its tag and label must not have been corrected yet.
    fn entry(&mut self, input: Tagged<'_>, t: usize, analysis: &Analysis) -> Entry {
        let (tag, label_kind) = (analysis.tags[t] as u8, self.rules.label_kind(analysis.deps[t]));
        let key = Key { orth: input.tokens.lexemes[t].orth, tag, label_kind };
        let hash =
            (key.orth ^ u64::from(tag) << 8 ^ u64::from(label_kind)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let at = (hash >> 40) as usize % ENTRIES;
        if self.entries[at].key != key {
            self.entries[at] = Entry { key, ..self.work_out(input, t, &input.facts(t, analysis), 0).0 };
        }
        self.entries[at]
    }

    fn work_out(&self, input: Tagged<'_>, t: usize, facts: &Facts, fired: Pairs) -> (Entry, String) {
        let set = self.rules.apply(facts, fired);
        let pos = set.pos.unwrap_or(Pos::None);
        let word = &input.text[input.tokens.tokens[t].range];
        let lemma = set.lemma.unwrap_or_else(|| {
            let lower = input.tokens.lowers.get(t);
            self.lemmatizer.lemma(word, lower, pos, set.morph.unwrap_or_default())
        });
        let mut entry = Entry {
            key: Key::default(),
            tag: set.tag.unwrap_or(facts.tag),
            pos,
            dep: set.dep,
            sides: self.rules.sides(facts),
            lemma: [0; LONGEST],
            len: LONGEST as u8 + 1,
        };
        if lemma.len() <= LONGEST {
            entry.lemma[..lemma.len()].copy_from_slice(lemma.as_bytes());
            entry.len = lemma.len() as u8;
        }
        (entry, lemma)
    }
}
