//! Finds the longest known phrase that starts at a place in a text, whatever its accents, dashes and capitals.
//!
//! Knows nothing of tokens: a phrase ends where no letter or digit follows. An upper-case letter of the phrase
//! must be one in the text too, so that "US" is not found in "us"; a lower-case letter fits both.

use std::collections::BTreeMap;

/// Phrases with what each stands for.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: BTreeMap<String, Vec<(String, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: BTreeMap::new() }
    }
}

impl<T: Clone> Phrases<T> {
    /// Adds `phrase`; the same phrase may stand for several things.
    pub fn add(&mut self, phrase: &str, value: T) {
        let list = self.by_first.entry(first_key(phrase)).or_default();
        let at = list.partition_point(|(other, _)| other.chars().count() >= phrase.chars().count());
        list.insert(at, (phrase.to_owned(), value));
    }

    /// Adds `phrase` before what it already stands for.
    pub fn prefer(&mut self, phrase: &str, value: T) {
        let list = self.by_first.entry(first_key(phrase)).or_default();
        let at = list.partition_point(|(other, _)| other.chars().count() > phrase.chars().count());
        list.insert(at, (phrase.to_owned(), value));
    }

    /// End of the longest phrase that starts at byte `from`, and all it may stand for, in order of loading.
    #[must_use]
    pub fn longest(&self, text: &str, from: usize) -> Option<(usize, Vec<T>)> {
        let rest = &text[from..];
        let list = self.by_first.get(&first_key(rest))?;
        let mut found: Option<(usize, Vec<T>)> = None;
        for (phrase, value) in list {
            let Some(len) = fits(phrase, rest) else { continue };
            match &mut found {
                None => found = Some((from + len, vec![value.clone()])),
                Some((end, values)) if *end == from + len => values.push(value.clone()),
                Some(_) => break,
            }
        }
        found
    }

    /// What `phrase` itself stands for, the first loaded; the phrase must be matched to its end.
    #[must_use]
    pub fn exact(&self, phrase: &str) -> Option<T> {
        let (end, values) = self.longest(phrase, 0)?;
        (end == phrase.len()).then(|| values[0].clone())
    }
}

/// Bytes of `text` that `phrase` covers from its start, if it fits there.
fn fits(phrase: &str, text: &str) -> Option<usize> {
    let mut at = text.char_indices().peekable();
    let mut end = 0;
    for want in phrase.chars() {
        let (start, have) = at.next()?;
        let blank = want == ' ' && have.is_whitespace();
        if !blank && (fold(want) != fold(have) || (want.is_uppercase() && have.is_lowercase())) {
            return None;
        }
        end = start + have.len_utf8();
        if blank {
            while let Some((more, c)) = at.next_if(|(_, c)| c.is_whitespace()) {
                end = more + c.len_utf8();
            }
            if text[start..end].matches('\n').count() > 1 {
                return None;
            }
        }
    }
    // "Mr.Tokayev": after a dot nothing need follow.
    let open = at.peek().is_some_and(|(_, next)| next.is_alphanumeric()) && !phrase.ends_with('.');
    (!open).then_some(end)
}

fn first_key(text: &str) -> String {
    let mut key: String = text.chars().map(fold).take_while(|c| c.is_alphanumeric()).take(24).collect();
    if key.is_empty() {
        key.extend(text.chars().next());
    }
    key
}

/// The letter without accent and case; dashes and quotation marks of a kind become one.
#[must_use]
pub fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    match lower {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ə' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' | 'į' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '’' | '‘' | 'ʼ' | '`' => '\'',
        '‐'..='―' | '−' => '-',
        other => other,
    }
}

/// `text` folded, its white space single blanks: the key under which equal names meet.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(fold));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, from: usize) -> Option<(&str, Vec<u8>)> {
        let mut phrases = Phrases::default();
        for (n, phrase) in
            ["US", "Nord Stream", "Nord Stream 2", "Erdoğan", "foreign ministry", "US"].iter().enumerate()
        {
            phrases.add(phrase, n as u8);
        }
        phrases.longest(text, from).map(|(end, values)| (&text[from..end], values))
    }

    #[test]
    fn the_longest_phrase_wins_and_words_are_whole() {
        assert_eq!(found("Nord  Stream 2, too", 0), Some(("Nord  Stream 2", vec![2])));
        assert_eq!(found("Nord Stream 21", 0), Some(("Nord Stream", vec![1])));
        assert_eq!(found("Nord\n\nStream", 0), None);
        assert_eq!(found("Nord", 0), None);
    }

    #[test]
    fn accents_and_capitals_of_headlines_do_not_matter() {
        assert_eq!(found("ERDOGAN’s", 0), Some(("ERDOGAN", vec![3])));
        assert_eq!(found("the Foreign Ministry", 4), Some(("Foreign Ministry", vec![4])));
        assert_eq!(found("us", 0), None);
        assert_eq!(found("the US-led", 4), Some(("US", vec![0, 5])));
    }
}
