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
use super::section::{Content, Patterns};
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
    let norms = norms.iter().map(|(word, norm)| (*word, norm.as_str())).collect();
    let source = Source { patterns: read_patterns(&file)?, exceptions: read_exceptions(&file)?, norms };
    build(source).map(|content| content.write())
}

/// What a model says about tokens, as it stands in its files.
pub(super) struct Source<'a> {
    pub patterns: Patterns,
    pub exceptions: Vec<(&'a str, Vec<Part<'a>>)>,
    pub norms: Vec<(u64, &'a str)>,
}

/// A token of an exception, and its norm if it has one of its own.
pub(super) type Part<'a> = (&'a str, Option<&'a str>);

pub(super) fn build(source: Source<'_>) -> Result<Content, Error> {
    let (affixes, segments) = compile_patterns(&source.patterns)?;
    let norms = all_norms(&source.norms);
    let chars = CharTable::new(&segments).ok_or_else(|| Error::new("too many character ranges"))?;
    let tables = Tables { chars, affixes, norms: IdMap::new(&norms), ..Tables::default() };
    let rows = source.exceptions.iter().map(|(text, parts)| build_exception(text, parts, &tables));
    let mut exceptions = rows.collect::<Result<Vec<_>, _>>()?;
    let specials = find_specials(&exceptions, &tables);
    for piece in exceptions.iter_mut().flat_map(|row| &mut row.pieces) {
        piece.opens = specials.opens(piece.lexeme.orth);
    }
    Ok(Content { segments, affixes: tables.affixes, exceptions, norms, specials, patterns: source.patterns })
}

fn read_patterns(file: &Value<'_>) -> Result<Patterns, Error> {
    let field = |name| {
        let pattern = file.field(name).and_then(Value::text);
        pattern.map(str::to_owned).ok_or_else(|| Error::new(format!("no {name}")))
    };
    let address = field("url_match")?;
    let frame = pattern::top_level(&address).map(|(_, frame)| murmur64a(frame.as_bytes(), 0));
    if frame != Some(ADDRESS) {
        return Err(Error::new(format!("url_match has an unknown form ({frame:x?})")));
    }
    let (prefix, suffix) = (field("prefix_search")?, field("suffix_search")?);
    Ok(Patterns { prefix, suffix, infix: field("infix_finditer")?, address })
}

fn compile_patterns(patterns: &Patterns) -> Result<(Affixes, Vec<class::Segment>), Error> {
    let prefixes = pattern::read(&patterns.prefix, Anchor::Start).map_err(Error::new)?;
    let suffixes = pattern::read(&patterns.suffix, Anchor::End).map_err(Error::new)?;
    let infixes = pattern::read(&patterns.infix, Anchor::None).map_err(Error::new)?;
    let (top_level, _) = pattern::top_level(&patterns.address)
        .ok_or_else(|| Error::new("address pattern without a domain"))?;
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
fn all_norms(norms: &[(u64, &str)]) -> Vec<(u64, u64)> {
    let own = norms.iter().map(|(word, norm)| (*word, id(norm)));
    let signs = SIGN_NORMS.iter().flat_map(|(norm, signs)| signs.split(' ').map(|sign| (id(sign), id(norm))));
    let mut all: Vec<(u64, u64)> = own.chain(signs).collect();
    all.sort_by_key(|(word, _)| *word);
    all.dedup_by_key(|(word, _)| *word);
    all
}

fn read_exceptions<'a>(file: &Value<'a>) -> Result<Vec<(&'a str, Vec<Part<'a>>)>, Error> {
    let rows = file.field("exceptions").ok_or_else(|| Error::new("no exceptions"))?.pairs();
    let read = |(text, parts): &(Value<'a>, Value<'a>)| {
        let part = |part: &Value<'a>| {
            Some((part.numbered(ORTH)?.text()?, part.numbered(NORM).and_then(Value::text)))
        };
        Some((text.text()?, parts.list().iter().map(part).collect::<Option<_>>()?))
    };
    rows.iter().map(read).collect::<Option<_>>().ok_or_else(|| Error::new("exceptions are damaged"))
}

fn build_exception(text: &str, parts: &[Part<'_>], tables: &Tables) -> Result<Exception, Error> {
    let whole: String = parts.iter().map(|(orth, _)| *orth).collect();
    if whole != text || parts.is_empty() || parts.iter().any(|(orth, _)| orth.is_empty()) {
        return Err(Error::new(format!("exception {text:?} does not consist of its parts")));
    }
    let mut buffer = String::new();
    let pieces = parts.iter().map(|(orth, norm)| {
        let mut lexeme = lexeme(orth, &tables.chars, &tables.norms, &mut buffer);
        if let Some(norm) = norm.filter(|norm| !norm.is_empty()) {
            lexeme.norm = id(norm);
        }
        Piece { length: orth.len() as u32, opens: false, lexeme }
    });
    Ok(Exception { text: text.to_owned(), pieces: pieces.collect() })
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
