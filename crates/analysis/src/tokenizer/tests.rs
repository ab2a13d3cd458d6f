//! The whole tokenizer on a small model: a dozen rules and exceptions in the forms of the real one.
//!
//! That the real one cuts as spaCy does is tested elsewhere, since it needs the model.

use proptest::prelude::*;

use super::compile::{Source, build};
use super::section::{Content, Patterns};
use super::*;
use crate::strings::id;

pub fn small_patterns() -> Patterns {
    let (lower, upper, letter) = ("a-zà-ÿ", "A-ZÀ-Þ", "A-Za-zÀ-ÿ");
    let suffixes = [
        r#"…$|……$|,$|:$|;$|\!$|\?$|\($|\)$|\.\.+$|\'$|"$|”$|“$|'s$|’s$|[°\u2600-\u26FF\U0001F600-\U0001F64F]$"#,
        r"(?<=[0-9])\+$|(?<=°[FC])\.$|(?<=[0-9])(?:\$|US\$|€)$|(?<=[0-9])(?:km|km²|m|km/h|%)$",
        &format!(r"(?<=[0-9{lower}%²\-\+…|,(?:\'”“)])\.$|(?<=[{upper}][{upper}])\.$"),
    ];
    let infixes = [
        r"\.\.+|…|[°\u2600-\u26FF\U0001F600-\U0001F64F]|(?<=[0-9])[+\-\*^](?=[0-9-])",
        &format!(r"(?<=[{lower}\'”])\.(?=[{upper}\'“])|(?<=[{letter}]),(?=[{letter}])"),
        &format!(r"(?<=[{letter}0-9])(?:-|–|--|---|~)(?=[{letter}])|(?<=[{letter}0-9])[:<>=/](?=[{letter}])"),
    ];
    Patterns {
        prefix: r#"^%|^—|^\+(?![0-9])|^…|^……|^,|^:|^\(|^\)|^\.\.+|^\'|^"|^“|^\$|^US\$|^€|^[°\u2600-\u26FF]"#
            .into(),
        suffix: suffixes.join("|"),
        infix: infixes.join("|"),
        address: "[a-z]{2,63}".into(),
    }
}

fn small() -> Content {
    let parts = |text: &'static str, norms: [Option<&'static str>; 2]| text.split('|').zip(norms).collect();
    let exceptions = vec![
        ("don't", parts("do|n't", [None, Some("not")])),
        ("let's", parts("let|'s", [None, Some("us")])),
        ("it's", parts("it|'s", [None, Some("'s")])),
        ("Apr.", parts("Apr.", [Some("April"), None])),
        ("10p.m.", parts("10|p.m.", [None, Some("p.m.")])),
        (":)", parts(":)", [None, None])),
        ("\u{a0}", parts("\u{a0}", [Some("  "), None])),
    ];
    build(Source { patterns: small_patterns(), exceptions, norms: vec![(id("colour"), "color")] }).unwrap()
}

fn tokenizer() -> Tokenizer {
    Tokenizer::load(&small().write()).unwrap()
}

fn cut(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    tokenizer().tokenize(text, &mut Scratch::default(), &mut tokens);
    tokens
}

/// Tokens between bars; `·` is a blank that belongs to no token.
pub fn shown(text: &str, tokens: &Tokens) -> String {
    let word = |token: &Token| format!("{}{}", &text[token.range], if token.blank_after { "·" } else { "" });
    tokens.tokens.iter().map(word).collect::<Vec<_>>().join("|")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text, &cut(text)), expected);
}

#[test]
fn one_blank_belongs_to_no_token_and_more_do() {
    check("a b", "a·|b");
    check("a  b", "a·| |b");
    check(" a ", " |a·");
    check("a \n b\r\n", "a·|\n |b|\r\n");
    check("a\u{a0}b\u{3000}c", "a|\u{a0}|b|\u{3000}|c");
    check("a\u{1c}b\u{200b}c", "a|\u{1c}|b\u{200b}c");
    check("", "");
    check("  ", "  ");
}

#[test]
fn affixes_come_off_from_both_ends() {
    check("(“so”),", "(|“|so|”|)|,");
    check("US$5,", "US$|5|,");
    check("5US$ 7km/h. 7k", "5|US$·|7|km/h|.·|7k");
    check("+a +1", "+|a·|+1");
    check("20°C. 3°", "20|°|C|.·|3|°");
    check("a.. A. AB. a. Trump's", "a|..·|A.·|AB|.·|a|.·|Trump|'s");
    check("((", "(|(");
}

#[test]
fn infixes_split_what_is_left() {
    check("well-known and/or a--b", "well|-|known·|and|/|or·|a|--|b");
    check("end.Next 3-4 9*-2 a…b", "end|.|Next·|3|-|4·|9|*|-2·|a|…|b");
    check("x😀y -a", "x|😀|y·|-a");
    check("a,b, 1,5", "a|,|b|,·|1,5");
    // One at the very start is not split off.
    check("😀x😀y", "😀x|😀|y");
}

#[test]
fn addresses_stay_whole() {
    check("(https://news.example-site.org/a-b?c=d,e)", "(|https://news.example-site.org/a-b?c=d,e|)");
    check("mail:joe.x-y@example.com, 8.8.8.8:53/a-b", "mail:joe.x-y@example.com|,·|8.8.8.8:53/a-b");
    check("127.0.0.1/a-b example.Com/a-b", "127.0.0.1|/|a|-|b·|example|.|Com|/|a|-|b");
}

#[test]
fn exceptions_are_found_whole_and_under_affixes() {
    check("don't (don't) “it's", "do|n't·|(|do|n't|)·|“|it|'s");
    check("Apr. (Apr.), :) (:)", "Apr.·|(|Apr.|)|,·|:)·|(|:)");
    check("10p.m., don't-know", "10|p.m.|,·|don't|-|know");
}

/// "Jan-Apr." has no exception in it until its parts lie side by side; the "it's" of "it's-so" never had parts.
#[test]
fn sequences_that_read_as_an_exception_become_one() {
    check("Jan-Apr.", "Jan|-|Apr.");
    check("(it's-so", "(|it's|-|so");
    check("May-Apr .", "May|-|Apr·|.");
    check("x/:)", "x/|:)");
}

#[test]
fn an_exception_brings_its_own_norms() {
    let norms = |text: &str| cut(text).lexemes.iter().map(|lexeme| lexeme.norm).collect::<Vec<_>>();
    assert_eq!(norms("let's"), [id("let"), id("us")]);
    assert_eq!(norms("He's"), [id("he"), id("'s")]);
    assert_eq!(norms("Jan-Apr."), [id("jan"), id("-"), id("April")]);
    assert_eq!(norms("colour Colour –"), [id("color"), id("colour"), id("-")]);
    assert_eq!(norms("\u{a0}"), [id("  ")]);
}

#[test]
fn lexemes_have_the_shapes_of_python() {
    let check = |word: &str, prefix: &str, suffix: &str, shape: &str, lower: &str| {
        let tokens = cut(word);
        let lexeme = tokens.lexemes[0];
        let is_space = word.trim().is_empty();
        let expected = Lexeme {
            orth: id(word),
            norm: id(lower),
            prefix: id(prefix),
            suffix: id(suffix),
            shape: id(shape),
            is_space,
        };
        assert_eq!((lexeme, tokens.lowers.get(0)), (expected, lower), "{word}");
    };
    check("Kasymzhomart", "K", "art", "Xxxxx", "kasymzhomart");
    check("B-52s", "B", "52s", "X-ddx", "b-52s");
    check("ÀÉÎÕÜß9²½", "À", "9²½", "XXXXxdd½", "àéîõüß9²½");
    check("ΣΑΣ", "Σ", "ΣΑΣ", "XXX", "σας");
    check("\u{301}e", "\u{301}", "\u{301}e", "\u{301}x", "\u{301}e");
    check("ª一Ⅷ", "ª", "ª一Ⅷ", "xxⅧ", "ª一ⅷ");
    check("\n\n\n\n\n\n", "\n", "\n\n\n", "\n\n\n\n", "\n\n\n\n\n\n");
    // Letters that Unicode 14 does not have are no letters.
    check("\u{1c89}", "\u{1c89}", "\u{1c89}", "\u{1c89}", "\u{1c89}");
    let long = "é".repeat(100);
    check(&long, "é", "ééé", "LONG", &long);
    check(&long[2..], "é", "ééé", "xxxx", &long[2..]);
}

#[test]
fn what_a_worker_has_seen_changes_nothing() {
    let (tokenizer, mut scratch, mut tokens) = (tokenizer(), Scratch::default(), Tokens::default());
    let text = "(don't) well-known Jan-Apr. 5km, example.com/a-b";
    let expected = shown(text, &cut(text));
    for round in 0..5 {
        let flood: String = (0..9000).map(|n| format!("w{round}x{n}-y, ")).collect();
        tokenizer.tokenize(&flood, &mut scratch, &mut tokens);
        assert_eq!(tokens.tokens.len(), 9000 * 4);
        tokenizer.tokenize(text, &mut scratch, &mut tokens);
        assert_eq!(shown(text, &tokens), expected);
    }
}

/// Anything quadratic would make this run for hours.
#[test]
fn endless_runs_take_linear_time() {
    let (tokenizer, mut scratch, mut tokens) = (tokenizer(), Scratch::default(), Tokens::default());
    let units = [
        "(",
        ")",
        ".",
        "..a",
        "a.",
        "a-",
        "--",
        "'s",
        "@",
        "a@",
        "a@b.",
        "b.c/@",
        "1.",
        "://",
        "a:",
        "😀",
        "°C.",
        "5km",
        "…",
        "Σ",
        "x",
        "\n",
        " ",
        "\u{301}",
        "Apr.",
        "it's-",
        "\"a",
        "http://a.b@",
        "US$",
        "9*-",
    ];
    for unit in units {
        let text = unit.repeat(300_000 / unit.len());
        tokenizer.tokenize(&text, &mut scratch, &mut tokens);
        assert_covered(&text, &tokens);
        let enclosed = format!("({text})");
        tokenizer.tokenize(&enclosed, &mut scratch, &mut tokens);
        assert_covered(&enclosed, &tokens);
    }
}

#[track_caller]
fn assert_covered(text: &str, tokens: &Tokens) {
    let mut at = 0;
    for (index, token) in tokens.tokens.iter().enumerate() {
        assert_eq!(token.range.start(), at, "token {index} of {text:?}");
        at = token.range.end();
        assert!(text.is_char_boundary(at) && !token.range.is_empty());
        if token.blank_after {
            assert_eq!(&text[at..=at], " ");
            at += 1;
        }
    }
    assert_eq!((at, tokens.lexemes.len()), (text.len(), tokens.tokens.len()));
    assert_eq!(tokens.lowers.len(), tokens.tokens.len());
}

proptest! {
    #[test]
    fn tokens_cover_every_text(text in r#"([a-zA-Z0-9.,:;()'"@/°é’“”😀\u{301} \n-]|\PC|\pC){0,60}"#) {
        assert_covered(&text, &cut(&text));
    }
}

#[test]
fn one_tokenizer_serves_all_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&tokenizer());
}

#[test]
fn a_damaged_section_is_an_error() {
    let section = small().write();
    assert!(Tokenizer::load(&section[..section.len() - 1]).is_err());
    assert!(Tokenizer::load(b"").is_err());
    assert!(compile(b"\x80", &[]).is_err());
}
