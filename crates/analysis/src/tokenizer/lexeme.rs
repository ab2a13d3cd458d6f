//! From a word's letters to its [`Lexeme`]: shape, affixes, lower case and norm, as Python and spaCy have them.
//!
//! Tokens whose exception sets a norm of its own are changed afterwards, elsewhere.

use super::class::{self, ALPHA, CharTable, DIGIT, NEW_CAPITAL, UPPER};
use super::tokens::Lexeme;
use crate::strings::id;

/// Norms that spaCy gives to signs in every language, where the model's own table has none: norm, then the signs.
pub const SIGN_NORMS: [(&str, &str); 12] = [
    ("'s", "'s 'S ’s ’S"),
    ("'", "’ ‘ ´ `"),
    ("\"", "” “ '' `` ´´ „ » « ‘‘ ’’"),
    ("?", "？"),
    ("!", "！"),
    (",", "，"),
    (";", "；"),
    (":", "："),
    (".", "。 ।"),
    ("...", "…"),
    ("-", "— – -- --- ——"),
    ("$", "€ £ ¥ ฿ US$ C$ A$ ₺ ₹ ৳ ₩ Mex$ ₣ E£"),
];

/// Everything about `word`, which is not empty. `buffer` is overwritten.
#[must_use]
pub fn lexeme(word: &str, chars: &CharTable, norms: &IdMap, buffer: &mut String) -> Lexeme {
    let orth = id(word);
    let first = word.chars().next().map_or(0, char::len_utf8);
    let last_three = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    buffer.clear();
    write_shape(word, chars, buffer);
    let shape = id(buffer);
    let norm = norms.get(orth).unwrap_or_else(|| {
        buffer.clear();
        write_lower(word, chars, buffer);
        id(buffer)
    });
    let is_space = word.chars().all(class::is_space);
    Lexeme { orth, norm, prefix: id(&word[..first]), suffix: id(&word[last_three..]), shape, is_space }
}

/// Appends Python's `lower()` of `word`.
pub fn write_lower(word: &str, chars: &CharTable, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        out[start..].make_ascii_lowercase();
    } else if word.contains('Σ') {
        // The only letter whose lower case depends on its neighbours; an unknown letter is none.
        for part in word.split_inclusive(|c| chars.of(c) & NEW_CAPITAL != 0) {
            let known = part.trim_end_matches(|c| chars.of(c) & NEW_CAPITAL != 0);
            out.push_str(&known.to_lowercase());
            out.push_str(&part[known.len()..]);
        }
    } else {
        for c in word.chars() {
            if chars.of(c) & NEW_CAPITAL != 0 { out.push(c) } else { out.extend(c.to_lowercase()) }
        }
    }
}

/// Letters become `X` or `x`, digits `d`; of a run of the same, four are kept. 100 characters are just `LONG`.
fn write_shape(word: &str, chars: &CharTable, out: &mut String) {
    if word.len() >= 100 && word.chars().nth(99).is_some() {
        out.push_str("LONG");
        return;
    }
    let (mut last, mut run) = (None, 0);
    for c in word.chars() {
        let mask = chars.of(c);
        let sign = match mask & (ALPHA | UPPER | DIGIT) {
            0 => c,
            mask if mask & UPPER != 0 => 'X',
            mask if mask & ALPHA != 0 => 'x',
            _ => 'd',
        };
        run = if last == Some(sign) { run + 1 } else { 0 };
        last = Some(sign);
        if run < 4 {
            out.push(sign);
        }
    }
}

/// Id to id, by open addressing.
#[derive(Default)]
pub struct IdMap {
    slots: Vec<(u64, u64)>,
}

impl IdMap {
    /// Later pairs of the same key are dropped. Keys are ids of strings that are not empty, so never 0.
    #[must_use]
    pub fn new(pairs: &[(u64, u64)]) -> Self {
        let mut map = Self { slots: vec![(0, 0); (pairs.len() * 2).next_power_of_two()] };
        for (key, value) in pairs.iter().filter(|(key, _)| *key != 0) {
            let at = map.slot(*key);
            if map.slots[at].0 == 0 {
                map.slots[at] = (*key, *value);
            }
        }
        map
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<u64> {
        let (have, value) = self.slots.get(self.slot(key))?;
        (*have == key && key != 0).then_some(*value)
    }

    /// The slot that holds `key`, or the free one where it belongs. Half of all slots are free.
    fn slot(&self, key: u64) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut at = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) as usize >> 7 & last;
        while self.slots.get(at).is_some_and(|(have, _)| *have != 0 && *have != key) {
            at = (at + 1) & last;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_answers_what_was_put_in_first() {
        let pairs: Vec<(u64, u64)> = (1..500).map(|n| (n << 40 | 1, n)).chain([(1 << 40 | 1, 9)]).collect();
        let map = IdMap::new(&pairs);
        assert!(pairs[..499].iter().all(|(key, value)| map.get(*key) == Some(*value)));
        assert_eq!((map.get(0), map.get(7)), (None, None));
        assert_eq!(IdMap::default().get(7), None);
        assert_eq!(IdMap::new(&[]).get(7), None);
    }
}
