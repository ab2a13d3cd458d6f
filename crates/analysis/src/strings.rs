//! The 64-bit ids under which spaCy knows strings: a reserved small number, or a hash.
//!
//! Keeps no strings: an id cannot be turned back.

/// The id of `s`: 0 if empty, the reserved number if it is one of spaCy's symbols, else its hash.
///
/// Ordinary words are among the symbols (`case`, `number`, `root`, `X`), so the detour is needed everywhere.
#[must_use]
pub fn id(s: &str) -> u64 {
    if s.is_empty() {
        return 0;
    }
    let hash = murmur64a(s.as_bytes(), 1);
    match symbol(s, hash) {
        Some(number) => number,
        None => hash,
    }
}

/// MurmurHash64A, little-endian, as published by Austin Appleby.
#[must_use]
pub const fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut h = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut rest = bytes;
    while let Some((block, tail)) = rest.split_first_chunk::<8>() {
        let mut k = u64::from_le_bytes(*block).wrapping_mul(M);
        k ^= k >> R;
        h = (h ^ k.wrapping_mul(M)).wrapping_mul(M);
        rest = tail;
    }
    if !rest.is_empty() {
        let mut k = 0;
        let mut at = rest.len();
        while at > 0 {
            at -= 1;
            k = k << 8 | rest[at] as u64;
        }
        h = (h ^ k).wrapping_mul(M);
    }
    h = (h ^ h >> R).wrapping_mul(M);
    h ^ h >> R
}

fn symbol(s: &str, hash: u64) -> Option<u64> {
    if s.len() > LONGEST {
        return None;
    }
    let mut slot = hash as usize % SLOTS;
    while TABLE[slot] != 0 {
        let at = TABLE[slot] as usize - 1;
        if SYMBOLS[at] == s {
            return Some(number_of(at));
        }
        slot = (slot + 1) % SLOTS;
    }
    numbered(s)
}

/// `FLAG19` to `FLAG63` are 19 to 63, `DEPRECATED001` to `DEPRECATED276` are 104 to 379.
fn numbered(s: &str) -> Option<u64> {
    let (digits, width, range, offset) = match (s.strip_prefix("FLAG"), s.strip_prefix("DEPRECATED")) {
        (Some(digits), _) => (digits, 2, 19..=63, 0),
        (_, Some(digits)) => (digits, 3, 1..=276, 103),
        _ => return None,
    };
    let plain = digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit());
    let number: u64 = plain.then(|| digits.parse().ok())??;
    range.contains(&number).then_some(number + offset)
}

const LONGEST: usize = 17;
const SLOTS: usize = 512;

/// Three unbroken runs of numbers begin at 1, 64 and 380.
fn number_of(at: usize) -> u64 {
    let number = match at {
        0..18 => at + 1,
        18..58 => at - 18 + 64,
        _ => at - 58 + 380,
    };
    number as u64
}

/// Open addressing over [`SYMBOLS`]: 0 is an empty slot, else index + 1.
static TABLE: [u8; SLOTS] = build_table();

const fn build_table() -> [u8; SLOTS] {
    let mut table = [0; SLOTS];
    let mut at = 0;
    while at < SYMBOLS.len() {
        let mut slot = murmur64a(SYMBOLS[at].as_bytes(), 1) as usize % SLOTS;
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = at as u8 + 1;
        at += 1;
    }
    table
}

/// The reserved names by number: attributes, parts of speech, entity types, dependency labels.
#[rustfmt::skip]
const SYMBOLS: [&str; 135] = [
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_PUNCT", "IS_SPACE", "IS_TITLE", "IS_UPPER", "LIKE_URL",
    "LIKE_NUM", "LIKE_EMAIL", "IS_STOP", "IS_OOV_DEPRECATED", "IS_BRACKET", "IS_QUOTE", "IS_LEFT_PUNCT",
    "IS_RIGHT_PUNCT", "IS_CURRENCY",
    "ID", "ORTH", "LOWER", "NORM", "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "CLUSTER", "LEMMA", "POS", "TAG", "DEP",
    "ENT_IOB", "ENT_TYPE", "HEAD", "SENT_START", "SPACY", "PROB", "LANG", "ADJ", "ADP", "ADV", "AUX", "CONJ",
    "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X", "EOL",
    "SPACE",
    "PERSON", "NORP", "FACILITY", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LANGUAGE", "LAW",
    "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "acomp", "advcl", "advmod", "agent",
    "amod", "appos", "attr", "aux", "auxpass", "cc", "ccomp", "complm", "conj", "cop", "csubj", "csubjpass", "dep",
    "det", "dobj", "expl", "hmod", "hyph", "infmod", "intj", "iobj", "mark", "meta", "neg", "nmod", "nn",
    "npadvmod", "nsubj", "nsubjpass", "num", "number", "oprd", "obj", "obl", "parataxis", "partmod", "pcomp",
    "pobj", "poss", "possessive", "preconj", "prep", "prt", "punct", "quantmod", "relcl", "rcmod", "root", "xcomp",
    "acl", "ENT_KB_ID", "MORPH", "ENT_ID", "IDX", "_",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Values printed by spaCy 3.8's string store.
    #[test]
    fn ids_are_those_of_spacy() {
        for (s, expected) in [
            ("", 0),
            ("apple", 8_566_208_034_543_834_098),
            ("Merkel", 6_513_724_213_879_069_592),
            ("xxxx", 13_110_060_611_322_374_290),
            ("IS_ALPHA", 1),
            ("IS_CURRENCY", 18),
            ("FLAG19", 19),
            ("ID", 64),
            ("X", 101),
            ("SPACE", 103),
            ("DEPRECATED001", 104),
            ("DEPRECATED276", 379),
            ("PERSON", 380),
            ("det", 415),
            ("mark", 423),
            ("root", 449),
            ("acl", 451),
            ("_", 456),
        ] {
            assert_eq!(id(s), expected, "{s:?}");
        }
    }

    #[test]
    fn lookalikes_of_symbols_are_hashed() {
        for s in
            ["FLAG18", "FLAG64", "FLAG+9", "FLAG019", "DEPRECATED000", "DEPRECATED277", "Det", "x", "acl "]
        {
            assert!(id(s) > 1000, "{s:?} is {}", id(s));
        }
    }

    #[test]
    fn no_symbol_is_longer_than_the_shortcut() {
        assert_eq!(SYMBOLS.iter().map(|s| s.len()).max(), Some(LONGEST));
    }
}
