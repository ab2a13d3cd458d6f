//! The real model on texts of our own: the same tokens and ids as spaCy's, kept in `golden.txt`.
//!
//! Skipped, loudly, where there is no data file.

use super::differential::model;
use super::tests::shown;
use super::{Scratch, Tokenizer, Tokens};

#[test]
fn tokens_and_ids_are_those_of_spacy() {
    let Some(model) = model() else {
        eprintln!("skipped: golden tokens (no data file)");
        return;
    };
    let tokenizer = Tokenizer::load(&model.write()).unwrap();
    let (mut scratch, mut tokens) = (Scratch::default(), Tokens::default());
    let mut n_texts = 0;
    for row in include_str!("golden.txt").split("\n\n").skip(1) {
        let [text, cut, ids]: [&str; 3] = row.lines().collect::<Vec<_>>().try_into().unwrap();
        let text = unescaped(&text[2..]);
        tokenizer.tokenize(&text, &mut scratch, &mut tokens);
        assert_eq!(shown(&text, &tokens), unescaped(&cut[2..]));
        assert_eq!(format!("# {:016x}", folded(&tokens)), ids, "{text:?}");
        n_texts += 1;
    }
    assert!(n_texts > 30);
}

fn folded(tokens: &Tokens) -> u64 {
    let ids = tokens.lexemes.iter().flat_map(|lexeme| {
        [lexeme.orth, lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape, u64::from(lexeme.is_space)]
    });
    ids.fold(0, |sum: u64, id| (sum.rotate_left(5) ^ id).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Reads `\\`, `\n`, `\r`, `\t` and `\u{…}`.
fn unescaped(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (c, length) = match after.as_bytes()[0] {
            b'n' => ('\n', 1),
            b'r' => ('\r', 1),
            b't' => ('\t', 1),
            b'u' => {
                let end = after.find('}').unwrap();
                (char::from_u32(u32::from_str_radix(&after[2..end], 16).unwrap()).unwrap(), end + 1)
            }
            _ => ('\\', 1),
        };
        out.push(c);
        rest = &after[length..];
    }
    out + rest
}
