//! Sets of words and of phrases, as classes and patterns name them.
//!
//! Holds words only; whether a token of a text is in a set is asked by whoever sees the text.

use std::collections::BTreeSet;

/// Lemmas, and phrases of several words that stand side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordSet {
    singles: BTreeSet<String>,
    phrases: Vec<Vec<String>>,
}

impl WordSet {
    /// Adds `item`: one lemma, or words joined by `_`.
    pub fn add(&mut self, item: &str) {
        let words = split(item);
        match words.as_slice() {
            [] => {}
            [one] => drop(self.singles.insert(one.clone())),
            _ => self.phrases.push(words),
        }
    }

    /// Adds every word of `other`.
    pub fn extend(&mut self, other: &WordSet) {
        self.singles.extend(other.singles.iter().cloned());
        self.phrases.extend(other.phrases.iter().cloned());
    }

    /// Whether the single word `word` is in it.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.singles.contains(word)
    }

    /// The phrases of more than one word.
    #[must_use]
    pub fn phrases(&self) -> &[Vec<String>] {
        &self.phrases
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.singles.is_empty() && self.phrases.is_empty()
    }
}

/// The tokens of `item`: joined by `_`, and with hyphens as tokens of their own, as the tokenizer has them.
#[must_use]
pub fn split(item: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in item.split('_').filter(|p| !p.is_empty()) {
        for (n, piece) in part.split('-').enumerate() {
            if n > 0 {
                out.push("-".to_owned());
            }
            out.push(piece.to_owned());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_are_tokens_of_their_own() {
        assert_eq!(split("no-fly_zone"), ["no", "-", "fly", "zone"]);
        assert_eq!(split("troops"), ["troops"]);
    }
}
