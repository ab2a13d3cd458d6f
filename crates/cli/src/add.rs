//! `tolmach add`: documents into the dossier, each in a transaction of its own.
//!
//! Reading is parallel; writing is in input order. An interrupt stops between two documents: what was
//! reported as added is in the file, nothing else is.

use crate::annotate::Input;
use crate::reader::{self, Readers, Taken};
use tolmach_engine::Mode;
use crate::{Setup, batches, output};
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tolmach_document::Document;
use tolmach_host::input::{self, InputError, Item};
use tolmach_host::{Dossier, clock};
use tolmach_situation::{Outcome, Report, Standing, Storage, document_key};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The dossier; made where there is none [default: tolmach.dossier].
    #[arg(long, value_name = "FILE")]
    dossier: Option<PathBuf>,
    /// Read everything again, even what this version has read before.
    #[arg(long)]
    again: bool,
    /// Write one JSON object a document to standard output as soon as it is in the dossier.
    #[arg(long, value_parser = ["jsonl"], value_name = "FORMAT")]
    format: Option<String>,
    /// Files, folders, globs; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// What became of the documents so far.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    added: usize,
    corrected: usize,
    again: usize,
    unchanged: usize,
    failed: usize,
}

/// Held while a document is being written; the interrupt waits for it.
static WRITING: Mutex<Tally> = Mutex::new(Tally { added: 0, corrected: 0, again: 0, unchanged: 0, failed: 0 });

fn tally() -> MutexGuard<'static, Tally> {
    WRITING.lock().unwrap_or_else(PoisonError::into_inner)
}

pub fn run(setup: &Setup, arguments: &Arguments) -> Result<ExitCode> {
    let options = arguments.input.options()?;
    let path = arguments.dossier.clone().unwrap_or_else(|| setup.settings.dossier.value.clone());
    let (engine, reader) = reader::open(setup)?;
    let dossier = Dossier::open(&path)?;
    let name = path.display().to_string();
    stop_on_interrupt(name.clone())?;
    let bar = bar(setup);
    let readers = Readers::new(&engine, Mode::Fast);
    let mut adding = Adding { dossier, readers, reader, options, bar, say: arguments.format.is_some(), again: arguments.again };
    for batch in batches::batches(&arguments.paths, &adding.options.clone()) {
        adding.batch(batch)?;
    }
    adding.bar.finish_and_clear();
    let tally = *tally();
    if !setup.quiet {
        eprintln!("{} in {name}", tally.words());
    }
    Ok(tally.code())
}

/// Leaves with code 130 as soon as no document is being written. What is being read is dropped.
fn stop_on_interrupt(name: String) -> Result<()> {
    let stop = move || {
        let tally = tally();
        eprintln!("\ntolmach: interrupted; kept in {name}: {}; `add` again goes on", tally.words());
        std::process::exit(130);
    };
    ctrlc::set_handler(stop).context("cannot watch for Ctrl-C")
}

fn bar(setup: &Setup) -> ProgressBar {
    if setup.quiet || !setup.color.draws() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {pos} documents  {per_sec}  {wide_msg}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

struct Adding<'e> {
    dossier: Dossier,
    readers: Readers<'e>,
    /// Program, model and data.
    reader: String,
    options: input::Options,
    bar: ProgressBar,
    say: bool,
    again: bool,
}

/// A document on its way, with what stays when its text is corrected.
struct Incoming {
    identity: String,
    document: Document,
    is_known: bool,
    again: bool,
}

impl Adding<'_> {
    fn batch(&mut self, batch: Vec<Result<Item, InputError>>) -> Result<()> {
        let options = &self.options;
        let loaded: Vec<Result<(String, Document), InputError>> =
            batch.into_par_iter().map(|item| load(item?, options)).collect();
        let mut known = Vec::new();
        for one in loaded {
            known.push(match one {
                Ok((identity, document)) => Ok(self.standing(identity, document)?),
                Err(error) => Err(error),
            });
        }
        let (readers, name) = (&self.readers, self.reader.as_str());
        let reports: Vec<Result<Done, InputError>> = known
            .into_par_iter()
            .map_init(|| readers.take(), |reader, one| Ok(read(reader, name, one?)))
            .collect();
        for report in reports {
            self.keep(report)?;
        }
        Ok(())
    }

    fn standing(&self, identity: String, document: Document) -> Result<Incoming> {
        let standing = self.dossier.standing(&identity, document_key(&document), &self.reader)?;
        let is_known = standing == Standing::Same && !self.again;
        Ok(Incoming { identity, document, is_known, again: self.again })
    }

    fn keep(&mut self, done: Result<Done, InputError>) -> Result<()> {
        self.bar.inc(1);
        match done {
            Err(error) => {
                tally().failed += 1;
                self.bar.suspend(|| eprintln!("tolmach: {error}"));
                Ok(())
            }
            Ok(Done::Known(name)) => {
                tally().unchanged += 1;
                self.tell(&name, Outcome::Unchanged)
            }
            Ok(Done::Read(report, failure)) => {
                let outcome = self.write(&report, failure.is_some())?;
                if let Some(message) = failure {
                    self.bar.suspend(|| eprintln!("tolmach: {}: {message}", report.document.id));
                }
                self.tell(&report.document.id, outcome)
            }
        }
    }

    /// The one place that writes; an interrupt waits for it.
    fn write(&mut self, report: &Report, has_failed: bool) -> Result<Outcome> {
        let mut tally = tally();
        let outcome = self.dossier.append(report)?;
        tally.count(outcome);
        tally.failed += usize::from(has_failed);
        Ok(outcome)
    }

    /// Acknowledges a document, after it is in the file.
    fn tell(&self, name: &str, outcome: Outcome) -> Result<()> {
        if !self.say {
            return Ok(());
        }
        let (word, version) = match outcome {
            Outcome::Added => ("added", 1),
            Outcome::Corrected(version) => ("corrected", version),
            Outcome::ReadAgain => ("read again", 0),
            Outcome::Unchanged => ("unchanged", 0),
        };
        let mut row = json!({"schema": "tolmach.added/1", "document": name, "outcome": word});
        if version > 0 {
            row["version"] = version.into();
        }
        output::print_line(&row.to_string())
    }
}

enum Done {
    /// It is in the dossier just so.
    Known(String),
    /// It was read; the message tells of a failure of the reader.
    Read(Box<Report>, Option<String>),
}

fn load(item: Item, options: &input::Options) -> Result<(String, Document), InputError> {
    let document = input::load(&item, options)?;
    Ok((identity(&item, &document), document))
}

/// What stays of a document when its text is corrected: its address, else the file, else its id. Standard
/// input has none of these, so there every text is a document of its own.
fn identity(item: &Item, document: &Document) -> String {
    if let Some(url) = &document.url {
        return url.clone();
    }
    match item {
        Item::File(path) => {
            let whole = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            format!("file:{}", whole.display())
        }
        Item::Line(..) => format!("id:{}", document.id),
        Item::Stdin => format!("text:{}", document_key(document)),
    }
}

fn read(reader: &mut Taken<'_, '_>, name: &str, incoming: Incoming) -> Done {
    let Incoming { identity, document, is_known, again } = incoming;
    if is_known {
        return Done::Known(document.id);
    }
    let reading = reader.read(&document);
    let failure = reader::failure(&reading).map(ToOwned::to_owned);
    // A failed reading is kept under another reader's name, so that the next `add` tries again.
    let name = if failure.is_some() { format!("{name} (failed)") } else { name.to_owned() };
    let report = tolmach_engine::report(identity, document, &reading, &name, &clock::now());
    Done::Read(Box::new(Report { again, ..report }), failure)
}

impl Tally {
    fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Added => self.added += 1,
            Outcome::Corrected(_) => self.corrected += 1,
            Outcome::ReadAgain => self.again += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    /// "14 added, 1 corrected, 3 unchanged, 1 failed".
    fn words(&self) -> String {
        let parts = [
            (self.added, "added"),
            (self.corrected, "corrected"),
            (self.again, "read again"),
            (self.unchanged, "unchanged"),
            (self.failed, "failed"),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if parts.is_empty() { "nothing found to add".to_owned() } else { parts.join(", ") }
    }

    fn code(&self) -> ExitCode {
        let done = self.added + self.corrected + self.again + self.unchanged;
        match (self.failed, done) {
            (0, _) => ExitCode::SUCCESS,
            (_, 0) => ExitCode::FAILURE,
            _ => ExitCode::from(4),
        }
    }
}
