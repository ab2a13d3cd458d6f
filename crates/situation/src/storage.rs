//! What a dossier can do, whatever holds it: [`crate::Memory`] here, an SQLite file in `host`.

use crate::{DocumentKey, Judgement, Snapshot, Statement};
use tolmach_document::{Document, Issue};

/// One document with everything read from it, ready to be kept.
#[derive(Clone, Debug)]
pub struct Report {
    /// What stays when the text is corrected: address, file or given id.
    pub identity: String,
    /// Key of this version.
    pub key: DocumentKey,
    /// The document.
    pub document: Document,
    /// Which program, model and data read it.
    pub reader: String,
    /// When it was read, ISO 8601 in UTC.
    pub at: String,
    /// What was read.
    pub statements: Vec<Statement>,
    /// What could not be understood.
    pub issues: Vec<Issue>,
    /// Fingerprint of its words, for finding reprints.
    pub signature: Vec<u32>,
    /// Keep this reading even where the same reader has read the same text before.
    pub again: bool,
}

/// What the dossier knows of a document before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Never seen.
    New,
    /// Seen with other text or metadata.
    Changed,
    /// Seen, but read by another program, model or data.
    ReadOtherwise,
    /// Seen and read just so: nothing to do.
    Same,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// It is a later version, the `n`th, of a document; earlier ones are kept.
    Corrected(u32),
    /// The same document was read again by another reader.
    ReadAgain,
    /// It changed nothing.
    Unchanged,
}

/// Which documents a snapshot shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The latest version of each.
    Current,
    /// Every version.
    History,
}

/// A place that keeps reports and judgements. Implemented by [`crate::Memory`] and by `host`'s SQLite file.
pub trait Storage {
    /// Why it can fail.
    type Error;

    /// What is known of the version `key` of the document `identity`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn standing(&self, identity: &str, key: DocumentKey, reader: &str) -> Result<Standing, Self::Error>;

    /// Keeps a report, all of it or nothing. Keeping it twice changes nothing.
    ///
    /// # Errors
    /// When the store cannot be written; it is then as it was.
    fn append(&mut self, report: &Report) -> Result<Outcome, Self::Error>;

    /// Keeps a judgement. Keeping it twice changes nothing.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn judge(&mut self, judgement: &Judgement) -> Result<(), Self::Error>;

    /// A frozen view.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn snapshot(&self, scope: Scope) -> Result<Snapshot, Self::Error>;
}
