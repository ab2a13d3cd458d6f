//! The tokens of a text as the grammar of times sees them, and a cursor over them.
//!
//! White space is left out; a blank line stands as one item that means nothing, so no expression crosses it.

use super::figure::{self, Figure};
use tolmach_document::{Parsed, TextRange};
use tolmach_lexicon::time::{Role, TimeLexicon, Unit, Word};

/// One token.
#[derive(Clone, Copy)]
pub struct Item<'a> {
    /// Index of the token in the parse.
    pub token: usize,
    /// Its bytes: the token's, or a part of them.
    pub range: TextRange,
    /// What it can mean as a word.
    pub word: &'a Word,
    /// What it spells as a numeral.
    pub figure: Figure,
    /// What it is as a sign.
    pub sign: Sign,
    /// Whether the next token follows without a blank.
    pub glued: bool,
    /// Whether it starts with a capital.
    pub capital: bool,
}

/// Punctuation that the grammar knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// None of these.
    #[default]
    None,
    /// A comma.
    Comma,
    /// Hyphen or dash.
    Dash,
    /// Full stop.
    Stop,
    /// "'s" or "’s".
    Possessive,
    /// An apostrophe.
    Apostrophe,
    /// A currency sign.
    Money,
    /// Opening bracket.
    Open,
    /// Closing bracket.
    Close,
    /// A slash.
    Slash,
}

fn sign(word: &str) -> Sign {
    match word {
        "," => Sign::Comma,
        "-" | "–" | "—" | "--" => Sign::Dash,
        "." => Sign::Stop,
        "'s" | "’s" => Sign::Possessive,
        "'" | "’" | "‘" => Sign::Apostrophe,
        "$" | "£" | "€" | "¥" | "#" => Sign::Money,
        "(" | "[" => Sign::Open,
        ")" | "]" => Sign::Close,
        "/" => Sign::Slash,
        _ => Sign::None,
    }
}

/// Every token but white space, in order, with a meaningless item at each blank line and at both ends.
pub fn items<'a>(parsed: Parsed<'a>, lexicon: &'a TimeLexicon) -> Vec<Item<'a>> {
    let mut out = Vec::with_capacity(parsed.len() + 2);
    out.push(barrier(lexicon, 0));
    for token in 0..parsed.len() {
        let word = parsed.word(token);
        let bytes = word.as_bytes();
        if bytes.iter().all(u8::is_ascii_whitespace) {
            if bytes.iter().filter(|b| **b == b'\n').count() > 1 {
                out.push(barrier(lexicon, token));
            }
            continue;
        }
        match dash_in_figures(word) {
            Some(at) => split(parsed, lexicon, token, at, &mut out),
            None => out.push(item(parsed, lexicon, token)),
        }
    }
    out.push(barrier(lexicon, parsed.len()));
    out
}

fn barrier(lexicon: &TimeLexicon, token: usize) -> Item<'_> {
    Item {
        token,
        range: TextRange::default(),
        word: lexicon.nothing(),
        figure: Figure::None,
        sign: Sign::None,
        glued: false,
        capital: false,
    }
}

fn item<'a>(parsed: Parsed<'a>, lexicon: &'a TimeLexicon, token: usize) -> Item<'a> {
    let word = parsed.word(token);
    let first = word.as_bytes()[0];
    Item {
        token,
        range: parsed.range(token),
        word: lexicon.word(parsed.lower(token)),
        figure: figure::figure(word),
        sign: if word.len() <= 4 && !first.is_ascii_alphanumeric() { sign(word) } else { Sign::None },
        glued: !parsed.analysis.tokens[token].blank_after,
        capital: first.is_ascii_uppercase(),
    }
}

/// Where a dash stands between figures inside one token, as the tokenizer leaves "1945–1949".
fn dash_in_figures(word: &str) -> Option<usize> {
    if !word.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    let at = word.find('–')?;
    word[at + '–'.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()).then_some(at)
}

/// Three items of one token: figure, dash, figure.
fn split<'a>(parsed: Parsed<'a>, lexicon: &'a TimeLexicon, token: usize, at: usize, out: &mut Vec<Item<'a>>) {
    let whole = item(parsed, lexicon, token);
    let (start, end) = (whole.range.start(), whole.range.end());
    let (left, right) = (start + at, start + at + '–'.len_utf8());
    let piece = |from, to, sign, glued| {
        let range = TextRange::at(from, to);
        let figure = figure::figure(&parsed.text[range]);
        Item { range, word: lexicon.nothing(), figure, sign, glued, ..whole }
    };
    out.push(piece(start, left, Sign::None, true));
    out.push(piece(left, right, Sign::Dash, true));
    out.push(piece(right, end, Sign::None, whole.glued));
}

/// A place in the items. Copies freely; reading past the end finds nothing.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    items: &'a [Item<'a>],
    /// Index of the item it stands before.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// Before item `at`; `items` ends with a barrier.
    pub fn new(items: &'a [Item<'a>], at: usize) -> Self {
        Self { items, at: at.min(items.len() - 1) }
    }
    /// The item it stands before.
    pub fn item(self) -> &'a Item<'a> {
        &self.items[self.at]
    }
    /// What that item can mean as a word.
    pub fn word(self) -> &'a Word {
        self.item().word
    }
    /// What it spells.
    pub fn figure(self) -> Figure {
        self.item().figure
    }
    /// One further.
    pub fn next(self) -> Self {
        Self::new(self.items, self.at + 1)
    }
    /// One back.
    pub fn back(self) -> Self {
        Self::new(self.items, self.at.saturating_sub(1))
    }
    /// Whether the item can play `role`.
    pub fn is(self, role: Role) -> bool {
        self.word().is(role)
    }
    /// Past the item if it can play `role`.
    pub fn take(self, role: Role) -> Option<Self> {
        self.is(role).then(|| self.next())
    }
    /// Past the item if it can play one of `roles`.
    pub fn take_any(self, roles: &[Role]) -> Option<Self> {
        self.word().is_any(roles).then(|| self.next())
    }
    /// Past the item if it can play `role`, else here.
    pub fn skip(self, role: Role) -> Self {
        self.take(role).unwrap_or(self)
    }
    /// Past the sign.
    pub fn sign(self, sign: Sign) -> Option<Self> {
        (self.item().sign == sign).then(|| self.next())
    }
    /// Past the sign if it is there, else here.
    pub fn skip_sign(self, sign: Sign) -> Self {
        self.sign(sign).unwrap_or(self)
    }
    /// Past a hyphen that joins two words without blanks.
    pub fn hyphen(self) -> Option<Self> {
        (self.item().sign == Sign::Dash && self.back().item().glued && self.item().glued).then(|| self.next())
    }
    /// Past such a hyphen if it is there, else here.
    pub fn skip_hyphen(self) -> Self {
        self.hyphen().unwrap_or(self)
    }
    /// The unit that the item names, with the place after it; one-word sets and lengths are none.
    pub fn unit(self) -> Option<(Unit, bool, Self)> {
        let word = self.word();
        let unit = word.unit?;
        (!word.often && !word.long).then(|| (unit, word.plural, self.next()))
    }
    /// As [`Cursor::unit`], but not where a hyphen ties the unit to a following word ("day-to-day", "a year-ago").
    pub fn free_unit(self) -> Option<(Unit, bool, Self)> {
        self.unit().filter(|(.., after)| after.hyphen().is_none())
    }
}
