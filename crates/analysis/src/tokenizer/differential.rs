//! Holds the scanners against the regular expressions that they replace, with `fancy-regex` as judge.
//!
//! The patterns of the small model are always tried, those of the real one where its data file is at hand
//! (`TOLMACH_DATA`, else the user's data folder). `TOLMACH_ROUNDS` sets the number of strings.

use std::env;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use fancy_regex::Regex;
use tolmach_datafile::DataFile;

use super::class::CharSet;
use super::compile::{Source, build};
use super::section::{Content, Patterns};
use super::tests::small_patterns;
use super::{Tables, class, unicode, url};

/// The expressions, compiled as they are.
struct Judge {
    prefix: Regex,
    suffix: Regex,
    infix: Regex,
    address: Option<Regex>,
}

impl Judge {
    fn new(patterns: &Patterns) -> Self {
        let regex = |pattern: &str| Regex::new(&as_python(pattern)).unwrap();
        let is_whole = patterns.address.contains('^');
        Self {
            prefix: regex(&patterns.prefix),
            suffix: regex(&patterns.suffix),
            infix: regex(&patterns.infix),
            address: is_whole.then(|| regex(&patterns.address)),
        }
    }

    #[track_caller]
    fn compare(&self, text: &str, tables: &Tables) {
        let length = |regex: &Regex| regex.find(text).unwrap().map_or(0, |found| found.as_str().len());
        let Tables { affixes, chars, .. } = tables;
        assert_eq!(affixes.prefix(text, chars), length(&self.prefix), "prefix of {text:?}");
        assert_eq!(affixes.suffix(text, chars), length(&self.suffix), "suffix of {text:?}");
        let mut from = 0;
        for found in self.infix.find_iter(text).map(Result::unwrap) {
            let expected = Some((found.start(), found.end()));
            assert_eq!(affixes.infix(text, from, chars), expected, "infix of {text:?} from {from}");
            from = found.end();
        }
        assert_eq!(affixes.infix(text, from, chars), None, "infix of {text:?} from {from}");
        if let Some(address) = &self.address {
            assert_eq!(url::is_address(text, chars), address.is_match(text).unwrap(), "address {text:?}");
        }
    }
}

/// `\d` and `\w` as Python understands them; the patterns use `\w` in one class only.
fn as_python(pattern: &str) -> String {
    let listed = |names: &[&str]| {
        let mut list = String::new();
        for range in names.iter().flat_map(|name| CharSet::catalogue(name).0) {
            write!(list, r"\x{{{:X}}}-\x{{{:X}}}", range.start(), range.end()).unwrap();
        }
        list
    };
    let digits = format!("[{}]", listed(&[unicode::DECIMAL]));
    let word = format!("_{}", listed(&[unicode::ALPHA, unicode::NUMERIC]));
    pattern.replace(r"\d", &digits).replace(r"\w", &word).replace("a1-\\uffff", "a1-\\x{FFFF}")
}

/// What the hard strings are made of: edges of the rules, and characters at the edges of the sets.
const ATOMS: &str = "a b z A Z é É ß ÿ x 0 1 2 9 5 10 127 172 192 168 254 255 3.4 ٣ ² . .. ... … …… , : ; ! ? ( ) [ ] { } < > \
    _ # * & ' \" ’ “ ” „ « » ` ´ 's ’S - – — -- --- —— ~ + ^ = / | \\ @ % § $ € £ US$ C$ ₸ ° °C °F °k km km² m/s km/h \
    кПа كم тб g K MB http:// https:// ftp:// :// mailto: www. com .com .co.uk example. user@ :80 :123456 :8 ?q #f / \
    ё Я ї Ў א ب ١ ہ क ். 漢 字 。 、 「 」 ー 가 ア ｱ Ａ ａ ９ 😀 ☺ ™ © € ₿ \u{301} \u{200b} \u{ad} \u{a1} \u{ffff} \u{10000} \
    \u{1d400} \u{20000} \u{2a6e0} \u{0} \u{7f} \u{1e9e} \u{1f0ff} \u{1f60f} \u{3000a} Σ ς ﬁ ĸ ŉ ǅ ʰ ა Ა Ω µ º ª ½ Ⅷ ⓐ";

fn atoms() -> Vec<&'static str> {
    ATOMS.split(' ').filter(|atom| !atom.is_empty()).collect()
}

/// Numbers that look random and are the same every time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n as u64) as usize
    }

    /// Up to eight atoms, now and then a character from anywhere among them.
    fn hard_string(&mut self, atoms: &[&str]) -> String {
        let mut text = String::new();
        for _ in 0..=self.below(8) {
            match self.below(20) {
                0 => {
                    text.extend(char::from_u32(self.below(0x2_0000) as u32).filter(|c| !class::is_space(*c)))
                }
                _ => text.push_str(atoms[self.below(atoms.len())]),
            }
        }
        text
    }
}

/// Parts of addresses, right and almost right; labels of `x` are as long as allowed and one longer.
const SCHEMES: &str = " http:// ab:// a:// x+y-.z:// é2:// :// a/b:// http:/ ½_:// a\u{301}b://";
const USERS: &str = " u@ u:p@ @ a@b@ é@ :@ u@@";
const LABELS: &str = "a news co com Com c é ÿ 漢字 a-b a_b -a a- _ - \u{a0} \u{a1} \u{ffff} \u{10000} \u{20000} 1a क१ ა x62 x63 x64 x65";
const NUMBERS: &str = "0 00 000 1 9 09 10 11 15 16 17 19 2 20 29 30 31 32 99 100 126 127 128 168 169 172 191 192 199 200 219 \
    222 223 224 229 249 250 254 255 256 300 1000 172.15 172.16 172.2٣ 172.32 169.254 192.168 ٣ 1٣ ٣1 2٣ 3٣ 22٣ 2٣2 25٣ 12٣ 1٣2 ٣٣٣ 25a";
const PORTS: &str = " : :8 :80 :123 :12345 :123456 :٣٣ :8a :80: ::80";
const PATHS: &str = " / /a ? ?q=1 # #x/ /@a.co x /😀 \u{301} @ .";

impl Numbers {
    fn pick<'a>(&mut self, choices: &'a str) -> &'a str {
        let n_choices = choices.split(' ').count();
        choices.split(' ').nth(self.below(n_choices)).unwrap_or_default()
    }

    /// Scheme, user, host, port and path, each possibly missing or wrong.
    fn hard_address(&mut self) -> String {
        let mut text = format!("{}{}", self.pick(SCHEMES), self.pick(USERS));
        let is_network = self.below(2) == 0;
        let n_labels = if is_network { 2 + self.below(3) } else { self.below(5) };
        for n in 0..n_labels {
            let label = self.pick(if is_network { NUMBERS } else { LABELS });
            let dot = if n == 0 { "" } else { "." };
            match label.strip_prefix('x').and_then(|length| length.parse().ok()) {
                Some(length) => write!(text, "{dot}{}", "x".repeat(length)).unwrap(),
                None => write!(text, "{dot}{label}").unwrap(),
            }
        }
        // Half of all tails are empty, lest most addresses fail by them.
        match self.below(4) {
            0 => text.push_str(self.pick(PORTS)),
            1 => text.push_str(self.pick(PATHS)),
            2 => write!(text, "{}{}", self.pick(PORTS), self.pick(PATHS)).unwrap(),
            _ => {}
        }
        text.retain(|c| !class::is_space(c));
        text
    }
}

fn compare_all(patterns: &Patterns, rounds: usize) {
    let source = Source { patterns: patterns.clone(), exceptions: Vec::new(), norms: Vec::new() };
    let Content { segments, affixes, .. } = build(source).unwrap();
    let tables = Tables { chars: class::CharTable::new(&segments).unwrap(), affixes, ..Tables::default() };
    let (judge, atoms) = (Judge::new(patterns), atoms());
    for first in &atoms {
        judge.compare(first, &tables);
        atoms.iter().for_each(|second| judge.compare(&format!("{first}{second}"), &tables));
    }
    let mut numbers = Numbers(1);
    for _ in 0..rounds {
        judge.compare(&numbers.hard_string(&atoms), &tables);
        judge.compare(&numbers.hard_address(), &tables);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test may ask its environment")]
fn rounds(usual: usize) -> usize {
    env::var("TOLMACH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

#[test]
fn scanning_finds_what_the_small_patterns_find() {
    compare_all(&small_patterns(), rounds(10_000));
}

#[test]
fn scanning_finds_what_the_patterns_of_the_model_find() {
    let Some(content) = model() else {
        eprintln!("skipped: scanners against the model's patterns (no data file)");
        return;
    };
    compare_all(&content.patterns, rounds(4_000));
}

/// The tokenizer's section of the real model, if there is a data file.
#[expect(
    clippy::disallowed_methods,
    reason = "the product gets its data from `host`; this test looks where that does"
)]
pub fn model() -> Option<Content> {
    let folder =
        |name: &str, below: &str| Some(PathBuf::from(env::var_os(name)?).join(below).join("tolmach.data"));
    let path = env::var_os("TOLMACH_DATA").map(PathBuf::from);
    let path = path.or_else(|| folder("TOLMACH_HOME", "")).or_else(|| folder("XDG_DATA_HOME", "tolmach"));
    let path = path.or_else(|| folder("HOME", ".local/share/tolmach"))?;
    let file = DataFile::open(Arc::new(std::fs::read(path).ok()?)).ok()?;
    Content::read(&file.section("model/tokenizer")?)
}
