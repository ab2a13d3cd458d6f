//! In which order? The façade: a document in, a reading out. Knows nothing of the outside world.

use tolmach_document::{Analysis, Document, Reading};
use tolmach_lexicon::gazetteer::Gazetteer;
use tolmach_lexicon::{Error, Lexicon};

/// Everything frozen that reading needs; shared by all threads.
pub struct Engine {
    lexicon: Lexicon,
    gazetteer: Option<Gazetteer>,
}

impl Engine {
    /// An engine on the carried word knowledge.
    ///
    /// # Errors
    /// When a data file is broken.
    pub fn new(gazetteer: Option<Gazetteer>) -> Result<Self, Error> {
        Ok(Self { lexicon: Lexicon::embedded()?, gazetteer })
    }

    /// The frozen word knowledge.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads the layers of meaning of a document whose parse is already there.
    #[must_use]
    pub fn read_parsed(&self, document: &Document, analysis: Analysis) -> Reading {
        let (extraction, mut issues) =
            tolmach_extraction::extract(document, &analysis, &self.lexicon, self.gazetteer.as_ref());
        issues.extend(document.issues.iter().cloned());
        Reading { analysis, extraction, issues }
    }
}
