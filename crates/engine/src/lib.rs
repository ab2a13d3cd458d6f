//! In which order? The façade: a document in, a reading out. Knows nothing of the outside world.
//!
//! ```no_run
//! # fn open() -> tolmach_datafile::DataFile { unimplemented() }
//! # fn unimplemented() -> ! { std::process::abort() }
//! use tolmach_document::Document;
//! use tolmach_engine::{Engine, Mode};
//!
//! let engine = Engine::new(&open())?;
//! let mut reader = engine.reader(Mode::Fast);
//! let reading = reader.read(&Document { text: "Moscow denied the report.".into(), ..Document::default() });
//! # Ok::<(), tolmach_engine::Error>(())
//! ```

mod error;
mod probe;

pub use error::Error;
pub use tolmach_analysis::Mode;
pub use tolmach_extraction::event::relation::{Dyad, Relation};

use tolmach_analysis::{Model, Options, Worker};
use tolmach_datafile::DataFile;
use tolmach_document::{Analysis, Document, Reading};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::gazetteer::Gazetteer;
use tolmach_situation::{Links, Report, Snapshot};

/// Everything frozen that reading needs; shared by all threads.
pub struct Engine {
    model: Model,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
}

impl Engine {
    /// The engine on the model and gazetteer of `file` and on the carried word knowledge.
    ///
    /// # Errors
    /// When a section of the data file or a carried data file is broken.
    pub fn new(file: &DataFile) -> Result<Self, Error> {
        Self::with_model(file, file)
    }

    /// The same with the language model of another data file.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn with_model(file: &DataFile, model: &DataFile) -> Result<Self, Error> {
        // The lexicon takes most of the time to start; the data file is opened beside it.
        std::thread::scope(|scope| {
            let lexicon = scope.spawn(Lexicon::embedded);
            let (model, gazetteer) = (Model::load(model), Gazetteer::load(file));
            let lexicon = lexicon.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ok(Self { model: model?, lexicon: lexicon?, gazetteer: gazetteer? })
        })
    }

    /// Lays a user's own actors over the carried ones; gives their number. `file` names them in errors.
    ///
    /// # Errors
    /// Names the line that cannot be read.
    pub fn add_actors(&mut self, file: &str, text: &str) -> Result<usize, Error> {
        Ok(self.lexicon.actor.extend(file, text)?)
    }

    /// The language model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The frozen word knowledge.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The places of the data file.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// A reader for one thread.
    #[must_use]
    pub fn reader(&self, mode: Mode) -> Reader<'_> {
        Reader { engine: self, worker: Worker::new(&self.model, Options { mode, vectors: false }) }
    }

    /// Reads the layers of meaning of a document whose parse is already there.
    #[must_use]
    pub fn read_parsed(&self, document: &Document, analysis: Analysis) -> Reading {
        let (extraction, mut issues) =
            tolmach_extraction::extract(document, &analysis, &self.lexicon, Some(&self.gazetteer));
        issues.extend(document.issues.iter().cloned());
        Reading { analysis, extraction, issues }
    }
}

/// Reads one document after another; holds the caches of one thread.
pub struct Reader<'e> {
    engine: &'e Engine,
    worker: Worker<'e>,
}

impl Reader<'_> {
    /// Everything Tolmach finds in one document. The same document gives the same reading, whatever came before.
    pub fn read(&mut self, document: &Document) -> Reading {
        let analysis = self.worker.analyze(&document.text);
        self.engine.read_parsed(document, analysis)
    }

    /// The linguistic layers alone.
    pub fn analyze(&mut self, text: &str) -> Analysis {
        self.worker.analyze(text)
    }
}

/// What a store keeps of a reading. `identity` stays when the text is corrected, `reader` names who read it,
/// `at` says when, in ISO 8601.
#[must_use]
pub fn report(identity: String, document: Document, reading: &Reading, reader: &str, at: &str) -> Report {
    let key = tolmach_situation::document_key(&document);
    Report {
        identity,
        key,
        reader: reader.to_owned(),
        at: at.to_owned(),
        statements: tolmach_situation::state(key, reading, |a| tolmach_resolution::is_hollow(&reading.analysis, a)),
        issues: reading.issues.clone(),
        signature: tolmach_resolution::signature(&document.text),
        document,
        again: false,
    }
}

/// What belongs together in a snapshot.
#[must_use]
pub fn link(snapshot: &Snapshot) -> Links {
    tolmach_resolution::link(snapshot)
}
