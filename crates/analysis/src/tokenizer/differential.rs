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
        let is_whole = patterns.address.starts_with('^');
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
    }
}

fn rounds(usual: usize) -> usize {
    env::var("TOLMACH_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

#[test]
fn scanning_finds_what_the_small_patterns_find() {
    compare_all(&small_patterns(), rounds(20_000));
}

#[test]
fn scanning_finds_what_the_patterns_of_the_model_find() {
    let Some(content) = model() else {
        eprintln!("skipped: scanners against the model's patterns (no data file)");
        return;
    };
    compare_all(&content.patterns, rounds(5_000));
}

fn model() -> Option<Content> {
    let home = || Some(PathBuf::from(env::var_os("HOME")?).join(".local/share/tolmach/tolmach.data"));
    let path = env::var_os("TOLMACH_DATA").map(PathBuf::from).or_else(home)?;
    let file = DataFile::open(Arc::new(std::fs::read(path).ok()?)).ok()?;
    Content::read(&file.section("model/tokenizer")?)
}
