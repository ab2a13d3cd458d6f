//! The reader that `annotate` and `add` share: engine, language model, and a net under both.

use crate::Setup;
use anyhow::{Context, Result};
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tolmach_document::{Document, Issue, Reading};
use tolmach_engine::{Engine, Mode};
use tolmach_host::data;

/// Code of the issue of a document on which the reader failed.
pub const PANIC: &str = "panic";

thread_local! {
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The engine on the data file that the settings name, and what a dossier remembers of who read.
pub fn open(setup: &Setup) -> Result<(Engine, String)> {
    open_with(setup, None)
}

/// The same with another language model, if one is named.
pub fn open_with(setup: &Setup, model: Option<&Path>) -> Result<(Engine, String)> {
    let file = data::open(&setup.settings.data.value)?;
    let model = model.map(data::open).transpose()?;
    let name = format!("tolmach {} {}", env!("CARGO_PKG_VERSION"), data::fingerprint(&file));
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        PLACE.with_borrow_mut(|kept| *kept = place);
    }));
    let engine = Engine::with_model(&file, model.as_ref().unwrap_or(&file));
    Ok((engine.context("cannot start")?, name))
}

/// Reads one document after another on one thread. A failure of ours is an issue of that document.
pub struct Reader<'e> {
    engine: &'e Engine,
    mode: Mode,
    inner: tolmach_engine::Reader<'e>,
}

impl<'e> Reader<'e> {
    fn new(engine: &'e Engine, mode: Mode) -> Self {
        Self { engine, mode, inner: engine.reader(mode) }
    }

    /// Everything read from a document.
    fn read(&mut self, document: &Document) -> Reading {
        caught(|| self.inner.read(document)).unwrap_or_else(|issue| {
            // What a failed reading left half done must not reach the next document.
            self.inner = self.engine.reader(self.mode);
            Reading { issues: vec![issue], ..Reading::default() }
        })
    }
}

/// Readers that wait for work: what one has remembered serves the next batch too.
pub struct Readers<'e> {
    engine: &'e Engine,
    mode: Mode,
    waiting: Mutex<Vec<Reader<'e>>>,
}

impl<'e> Readers<'e> {
    /// None yet.
    pub fn new(engine: &'e Engine, mode: Mode) -> Self {
        Self { engine, mode, waiting: Mutex::default() }
    }

    /// A reader for one thread, until it is dropped.
    pub fn take(&self) -> Taken<'_, 'e> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Taken { readers: self, reader: Some(waiting.unwrap_or_else(|| Reader::new(self.engine, self.mode))) }
    }
}

/// A reader at work.
pub struct Taken<'r, 'e> {
    readers: &'r Readers<'e>,
    reader: Option<Reader<'e>>,
}

impl Taken<'_, '_> {
    /// As [`Reader::read`].
    pub fn read(&mut self, document: &Document) -> Reading {
        self.reader.as_mut().expect("it is there until it is dropped").read(document)
    }
}

impl Drop for Taken<'_, '_> {
    fn drop(&mut self) {
        let mut waiting = self.readers.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.extend(self.reader.take());
    }
}

/// What `read` gives, or the issue that tells where it failed.
fn caught<T>(read: impl FnOnce() -> T) -> Result<T, Issue> {
    panic::catch_unwind(AssertUnwindSafe(read)).map_err(|_| {
        let place = PLACE.with_borrow(Clone::clone);
        let message = format!("the reader failed on this document at {place}; please report it");
        Issue { code: PANIC, message, range: None }
    })
}

/// The failure of the reader on a document, if it failed.
pub fn failure(reading: &Reading) -> Option<&str> {
    let issue = reading.issues.iter().find(|issue| issue.code == PANIC);
    issue.map(|issue| issue.message.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_an_issue_and_the_next_document_is_read() {
        let failed = caught(|| -> usize { panic!("no such token") }).unwrap_err();
        assert_eq!(failed.code, PANIC);
        assert!(failed.message.contains("please report it"), "{}", failed.message);
        assert_eq!(caught(|| 3), Ok(3));
    }
}
