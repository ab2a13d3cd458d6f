//! The rule lemmatizer: lists of known lemmas and exceptions, and suffix rules, by part of speech.

use tolmach_datafile::DataFile;
use tolmach_document::Pos;

use crate::error::Error;
use crate::network::weights::lines;
use crate::word::morph::Morph;
use crate::word::word_list::WordList;

/// The tables of one part of speech.
struct Tables {
    /// Suffix and what replaces it, in order.
    rules: Vec<(String, String)>,
    index: Option<WordList>,
    exceptions: Option<WordList>,
}

/// The tables of all parts of speech that have some.
pub(crate) struct Lemmatizer {
    tables: Vec<(Pos, Tables)>,
}

impl Lemmatizer {
    pub(crate) fn load(file: &DataFile) -> Result<Self, Error> {
        let mut tables = Vec::new();
        for pos in Pos::ALL {
            let name = format!("model/lemma/{}", pos.name().to_lowercase());
            let rules = if file.section(&format!("{name}.rules")).is_some() {
                lines(file, &format!("{name}.rules"))?
            } else {
                Vec::new()
            };
            let index = WordList::load(file, &format!("{name}.index"))?;
            let exceptions = WordList::load(file, &format!("{name}.exceptions"))?;
            if rules.is_empty() && index.is_none() && exceptions.is_none() {
                continue;
            }
            let rules = rules.iter().filter_map(|rule| rule.split_once('\t'));
            let rules = rules.map(|(old, new)| (old.to_owned(), new.to_owned())).collect();
            tables.push((*pos, Tables { rules, index, exceptions }));
        }
        Ok(Self { tables })
    }

    /// The lemma of `word`, whose lower-case form is `lower`.
    pub(crate) fn lemma(&self, word: &str, lower: &str, pos: Pos, morph: Morph) -> String {
        if matches!(pos, Pos::None | Pos::Space) || morph.is_base_form(pos) {
            return lower.to_owned();
        }
        match self.tables.iter().find(|(of, _)| *of == pos) {
            Some((_, tables)) => tables.lemma(word, lower),
            None if pos == Pos::Propn => word.to_owned(),
            None => lower.to_owned(),
        }
    }
}

impl Tables {
    /// The first candidate: an exception, a known form, any form.
    ///
    /// spaCy puts unknown forms that are not made of letters only before those that are; no rule turns one kind
    /// into the other, so the first of them is the same without that.
    fn lemma(&self, word: &str, lower: &str) -> String {
        let (mut known, mut other) = (Vec::new(), None);
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else { continue };
            let form = format!("{stem}{new}");
            if self.index.as_ref().is_some_and(|index| index.find(&form).is_some()) {
                known.insert(0, form);
            } else if !form.is_empty() {
                other.get_or_insert(form);
            }
        }
        let exceptions = self.exceptions.as_ref().and_then(|exceptions| exceptions.find(lower)).unwrap_or("");
        for form in exceptions.split('\t').filter(|form| !form.is_empty()) {
            if !known.iter().chain(&other).any(|known| known == form) {
                known.insert(0, form.to_owned());
            }
        }
        known.into_iter().next().or(other).unwrap_or_else(|| word.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample::Sample;

    #[track_caller]
    fn check(word: &str, pos: Pos, morph: &str, expected: &str) {
        let mut sample = Sample::new(1);
        sample.text("model/lemma/noun.rules", "s\t\nses\ts\nmen\tman\n");
        sample.text("model/lemma/noun.index", "bus\nman\nport\n");
        sample.text("model/lemma/noun.exceptions", "data\tdatum\tdata\nmice\tmouse\n");
        let lemmatizer = Lemmatizer::load(&sample.file()).unwrap();
        let lemma = lemmatizer.lemma(word, &word.to_lowercase(), pos, Morph::from_text(morph));
        assert_eq!(lemma, expected, "{word}");
    }

    #[test]
    fn nouns_by_rules_index_and_exceptions() {
        check("Ports", Pos::Noun, "Number=Plur", "port");
        check("buses", Pos::Noun, "Number=Plur", "bus");
        check("women", Pos::Noun, "Number=Plur", "woman");
        check("mice", Pos::Noun, "Number=Plur", "mouse");
        check("data", Pos::Noun, "Number=Plur", "data");
        check("Sheep", Pos::Noun, "Number=Plur", "Sheep");
    }

    #[test]
    fn base_forms_and_words_without_tables_keep_their_form() {
        check("Buses", Pos::Noun, "Number=Sing", "buses");
        check("Merkels", Pos::Propn, "Number=Plur", "Merkels");
        check("They", Pos::Pron, "", "they");
    }
}
