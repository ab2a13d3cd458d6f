//! From the files of a spaCy model to the tokenizer's section: everything slow is done here, once.
//!
//! Opens no files.

use std::fmt;

use super::affix::{Affixes, Ahead, Body, Rule};
use super::chunk::Workspace;
use super::class::{self, CharSet, CharTable, Mask, segments};
use super::exception::{Exception, Piece};
use super::lexeme::{IdMap, SIGN_NORMS, lexeme};
use super::pattern::{self, Anchor};
use super::section::Content;
use super::special::Specials;
use super::{Tables, unicode};
use crate::msgpack::{self, Value};
use crate::strings::{id, murmur64a};

/// Why a model's tokenizer cannot be used.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tokenizer: {}", self.0)
    }
}

impl std::error::Error for Error {}

/// Hash of the web address expression without its top-level letters, which [`super::url`] does by hand.
const ADDRESS: u64 = 0x42ed_622e_73b5_526e;

/// Attribute numbers in the exceptions.
const ORTH: i128 = 65;
const NORM: i128 = 67;

/// The section's bytes.
///
/// - `tokenizer`: the model's file of that name.
/// - `norms`: its table `lexeme_norm`: word id and norm.
///
/// # Errors
/// When the file is damaged, or its rules have a form that this tokenizer does not know.
pub fn compile(tokenizer: &[u8], norms: &[(u64, String)]) -> Result<Vec<u8>, Error> {
    let file = msgpack::read(tokenizer).map_err(|error| Error::new(error.to_string()))?;
    if file.field("token_match").is_some_and(|value| *value != Value::Nil) {
        return Err(Error::new("a token_match pattern is not supported"));
    }
    if file.field("faster_heuristics").is_some_and(|value| *value == Value::Bool(false)) {
        return Err(Error::new("faster_heuristics = false is not supported"));
    }
    let (affixes, segments) = compile_patterns(&file)?;
    let norms = all_norms(norms);
    let chars = CharTable::new(&segments).ok_or_else(|| Error::new("too many character ranges"))?;
    let tables = Tables { chars, affixes, norms: IdMap::new(&norms), ..Tables::default() };
    let mut exceptions = read_exceptions(&file, &tables)?;
    let specials = find_specials(&exceptions, &tables);
    for piece in exceptions.iter_mut().flat_map(|row| &mut row.pieces) {
        piece.opens = specials.opens(piece.lexeme.orth);
    }
    let affixes = tables.affixes;
    Ok(Content { segments, affixes, exceptions, norms, specials }.write())
}

fn compile_patterns(file: &Value<'_>) -> Result<(Affixes, Vec<class::Segment>), Error> {
    let field = |name| file.field(name).and_then(Value::text).ok_or_else(|| Error::new(format!("no {name}")));
    let rules = |name, anchor| {
        pattern::read(field(name)?, anchor).map_err(|refusal| Error::new(format!("{name}: {refusal}")))
    };
    let prefixes = rules("prefix_search", Anchor::Start)?;
    let suffixes = rules("suffix_search", Anchor::End)?;
    let infixes = rules("infix_finditer", Anchor::None)?;
    let (top_level, frame) =
        pattern::top_level(field("url_match")?).ok_or_else(|| Error::new("url_match: unknown form"))?;
    if murmur64a(frame.as_bytes(), 0) != ADDRESS {
        return Err(Error::new(format!("url_match: unknown form {:#x}", murmur64a(frame.as_bytes(), 0))));
    }
    let mut sets = Sets(unicode_sets());
    sets.0.push((class::TOP_LEVEL, top_level));
    sets.0.push((class::PREFIX, edge(&prefixes, |string| string.chars().next())));
    sets.0.push((class::SUFFIX, edge(&suffixes, |string| string.chars().next_back())));
    sets.0.push((class::INFIX, edge(&infixes, |string| string.chars().next())));
    let affixes = Affixes {
        prefixes: sets.number(prefixes)?,
        suffixes: sets.number(suffixes)?,
        infixes: sets.number(infixes)?,
    };
    Ok((affixes, segments(&sets.0)))
}

fn unicode_sets() -> Vec<(Mask, CharSet)> {
    let alpha = CharSet::catalogue(unicode::ALPHA);
    let upper = alpha.0.iter().cloned().flatten().filter_map(char::from_u32).filter(|c| c.is_uppercase());
    let upper = CharSet(upper.map(|c| c as u32..=c as u32).collect());
    let decimal = CharSet::catalogue(unicode::DECIMAL);
    let mut digit = CharSet::catalogue(unicode::OTHER_DIGIT);
    digit.add(&decimal);
    let mut word = CharSet::catalogue(unicode::NUMERIC);
    word.add(&alpha);
    word.add(&CharSet::one('_'));
    vec![
        (class::ALPHA, alpha),
        (class::UPPER, upper),
        (class::DIGIT, digit),
        (class::DECIMAL, decimal),
        (class::WORD, word),
        (class::NEW_CAPITAL, CharSet::catalogue(unicode::NEW_CAPITAL)),
    ]
}

/// The characters that the bodies of the rules have at their edge.
fn edge(rules: &[Rule<CharSet>], edge: impl Fn(&str) -> Option<char>) -> CharSet {
    let mut set = CharSet::default();
    for rule in rules {
        match &rule.body {
            Body::Class(class) => set.add(class),
            Body::OneOf(strings) => {
                strings.iter().filter_map(|s| edge(s)).for_each(|c| set.add(&CharSet::one(c)))
            }
            Body::Dots => set.add(&CharSet::one('.')),
        }
    }
    set
}

/// Character sets and the bits that stand for them.
struct Sets(Vec<(Mask, CharSet)>);

impl Sets {
    fn bit(&mut self, set: CharSet) -> Result<Mask, Error> {
        if let Some((bit, _)) = self.0.iter().find(|(_, have)| *have == set) {
            return Ok(*bit);
        }
        let used = self.0.iter().map(|(bit, _)| bit.trailing_zeros() + 1).max().unwrap_or(0);
        let bit = 1u64
            .checked_shl(used.max(class::FIRST_FREE))
            .ok_or_else(|| Error::new("too many character sets"))?;
        self.0.push((bit, set));
        Ok(bit)
    }

    fn number(&mut self, rules: Vec<Rule<CharSet>>) -> Result<Vec<Rule<Mask>>, Error> {
        rules.into_iter().map(|rule| self.number_rule(rule)).collect()
    }

    fn number_rule(&mut self, rule: Rule<CharSet>) -> Result<Rule<Mask>, Error> {
        let behind = rule.behind.into_iter().map(|set| self.bit(set)).collect::<Result<_, _>>()?;
        let body = match rule.body {
            Body::Class(set) => Body::Class(self.bit(set)?),
            Body::OneOf(strings) => Body::OneOf(strings),
            Body::Dots => Body::Dots,
        };
        let ahead = match rule.ahead {
            Ahead::Any => Ahead::Any,
            Ahead::In(set) => Ahead::In(self.bit(set)?),
            Ahead::NotIn(set) => Ahead::NotIn(self.bit(set)?),
        };
        Ok(Rule { behind, body, ahead })
    }
}

/// The model's norms, then those of signs, by word id; one a word.
fn all_norms(norms: &[(u64, String)]) -> Vec<(u64, u64)> {
    let own = norms.iter().map(|(word, norm)| (*word, id(norm)));
    let signs = SIGN_NORMS.iter().flat_map(|(norm, signs)| signs.split(' ').map(|sign| (id(sign), id(norm))));
    let mut all: Vec<(u64, u64)> = own.chain(signs).collect();
    all.sort_by_key(|(word, _)| *word);
    all.dedup_by_key(|(word, _)| *word);
    all
}

fn read_exceptions(file: &Value<'_>, tables: &Tables) -> Result<Vec<Exception>, Error> {
    let rows = file.field("exceptions").ok_or_else(|| Error::new("no exceptions"))?.pairs();
    rows.iter()
        .map(|(text, pieces)| {
            let text = text.text().ok_or_else(|| Error::new("exceptions: a key is no text"))?;
            read_exception(text, pieces, tables)
                .ok_or_else(|| Error::new(format!("exception {text:?} is damaged")))
        })
        .collect()
}

fn read_exception(text: &str, pieces: &Value<'_>, tables: &Tables) -> Option<Exception> {
    let mut buffer = String::new();
    let mut rest = text;
    let pieces = pieces.list().iter().map(|piece| {
        let orth = piece.numbered(ORTH)?.text().filter(|orth| !orth.is_empty())?;
        rest = rest.strip_prefix(orth)?;
        let mut lexeme = lexeme(orth, &tables.chars, &tables.norms, &mut buffer);
        if let Some(norm) = piece.numbered(NORM).and_then(Value::text).filter(|norm| !norm.is_empty()) {
            lexeme.norm = id(norm);
        }
        Some(Piece { length: orth.len() as u32, opens: false, lexeme })
    });
    let pieces = pieces.collect::<Option<Vec<_>>>()?;
    (rest.is_empty() && !pieces.is_empty()).then(|| Exception { text: text.to_owned(), pieces })
}

/// What the affix rules make of the exceptions that they touch, where that differs from the exception.
fn find_specials(exceptions: &[Exception], tables: &Tables) -> Specials {
    let mut workspace = Workspace::default();
    let mut sequences = Vec::new();
    for row in exceptions {
        let (text, chars, affixes) = (row.text.as_str(), &tables.chars, &tables.affixes);
        let touched = affixes.prefix(text, chars) > 0
            || affixes.suffix(text, chars) > 0
            || affixes.infix(text, 0, chars).is_some()
            || text.contains(' ');
        if !touched {
            continue;
        }
        let mut pieces = Vec::new();
        for run in super::Runs::new(text) {
            workspace.cut(&text[run.start..run.end], tables, false);
            pieces.append(&mut workspace.pieces);
        }
        // A token that would be replaced by itself: nothing shorter could be hindered by it.
        if pieces.len() > 1 || pieces != row.pieces {
            sequences.push(pieces.iter().map(|piece| piece.lexeme.orth).collect());
        }
    }
    Specials::new(&sequences)
}
