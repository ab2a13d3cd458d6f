//! The few morphological features that the lemmatizer asks for.
//!
//! All others are dropped: nothing downstream reads them.

use tolmach_document::Pos;

/// Features of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Morph {
    has_number: bool,
    singular: bool,
    infinitive: bool,
    finite: bool,
    no_verb_form: bool,
    present: bool,
    positive: bool,
}

impl Morph {
    /// Reads `Feature=Value|…`; `_` is none.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut morph = Self::default();
        for feature in text.split('|') {
            match feature {
                "Number=Sing" => (morph.has_number, morph.singular) = (true, true),
                "VerbForm=Inf" => morph.infinitive = true,
                "VerbForm=Fin" => morph.finite = true,
                "VerbForm=None" => morph.no_verb_form = true,
                "Tense=Pres" => morph.present = true,
                "Degree=Pos" => morph.positive = true,
                _ => morph.has_number |= feature.starts_with("Number="),
            }
        }
        morph
    }

    /// Whether a word of these features is its own lemma.
    pub(crate) fn is_base_form(self, pos: Pos) -> bool {
        (pos == Pos::Noun && self.singular)
            || (pos == Pos::Verb && self.finite && self.present && !self.has_number)
            || self.infinitive
            || self.no_verb_form
            || self.positive
    }
}

#[cfg(test)]
mod tests {
    use super::Morph;
    use tolmach_document::Pos;

    #[test]
    fn base_forms_follow_from_features() {
        assert!(Morph::from_text("Number=Sing").is_base_form(Pos::Noun));
        assert!(!Morph::from_text("Number=Sing").is_base_form(Pos::Propn));
        assert!(Morph::from_text("Tense=Pres|VerbForm=Fin").is_base_form(Pos::Verb));
        assert!(!Morph::from_text("Number=Sing|Person=3|Tense=Pres|VerbForm=Fin").is_base_form(Pos::Verb));
        assert!(!Morph::from_text("Tense=Past|VerbForm=Fin").is_base_form(Pos::Verb));
    }
}
