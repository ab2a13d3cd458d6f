//! The verbs that ask the dossier: one snapshot, one picture, one question, one listing.

use crate::output::{Flags, Format};
use crate::{Setup, brief, rows};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::ExitCode;
use tolmach_document::{Date, Moment, Precision};
use tolmach_host::Dossier;
use tolmach_situation::{Picture, Question, Scope, Snapshot, Storage};

/// Which question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All of it on one page.
    Brief,
    /// Who says what.
    Claims,
    /// What is told to have happened.
    Events,
    /// The same by date.
    Timeline,
    /// Who is quoted.
    Sources,
    /// How much.
    Quantities,
    /// Who stands how to whom.
    Ties,
}

#[derive(clap::Args)]
pub struct Arguments {
    /// Only what concerns this actor, by any of its names, or has these words in it.
    #[arg(long, value_name = "ACTOR")]
    about: Option<String>,
    /// Only from this day, month or year on (2024-04-02, 2024-04, 2024).
    #[arg(long, value_name = "DATE", value_parser = since)]
    since: Option<Date>,
    /// Only up to this day, month or year, itself included.
    #[arg(long, value_name = "DATE", value_parser = until)]
    until: Option<Date>,
    /// At most so many rows; in a brief, lines a section.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// The dossier [default: tolmach.dossier].
    #[arg(long, value_name = "FILE")]
    dossier: Option<PathBuf>,
    #[command(flatten)]
    output: Flags,
}

fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text).ok_or_else(|| "expected a date such as 2024-04-02, 2024-04 or 2024".to_owned())
}

fn since(text: &str) -> Result<Date, String> {
    moment(text).map(|moment| moment.date)
}

/// The last day of what was named.
fn until(text: &str) -> Result<Date, String> {
    let moment = moment(text)?;
    Ok(match moment.precision {
        Precision::Year => moment.date.last_of_year(),
        Precision::Month => moment.date.last_of_month(),
        Precision::Day | Precision::Time => moment.date,
    })
}

/// The current documents of the dossier that the flag or the settings name.
pub fn snapshot(setup: &Setup, dossier: Option<&PathBuf>, scope: Scope) -> Result<Snapshot> {
    let path = dossier.unwrap_or(&setup.settings.dossier.value);
    Ok(Dossier::open_read_only(path)?.snapshot(scope)?)
}

pub fn run(setup: &Setup, kind: Kind, arguments: &Arguments) -> Result<ExitCode> {
    let usual = (kind == Kind::Brief).then_some(Format::Md);
    let format = arguments.output.format(&setup.settings, usual)?;
    let snapshot = snapshot(setup, arguments.dossier.as_ref(), Scope::Current)?;
    let links = tolmach_engine::link(&snapshot);
    let picture = Picture::new(&snapshot, &links);
    let question = Question {
        about: arguments.about.clone(),
        since: arguments.since,
        until: arguments.until,
        limit: arguments.limit,
    };
    let (bytes, is_empty) = answer(&picture, kind, &question, format)?;
    arguments.output.write(&bytes)?;
    if is_empty && !setup.quiet {
        eprintln!("tolmach: {}", nothing(&picture, &question));
    }
    if let (Some(path), false) = (&arguments.output.output, setup.quiet) {
        eprintln!("written to {}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(picture: &Picture, kind: Kind, question: &Question, format: Format) -> Result<(Vec<u8>, bool)> {
    let listing = match kind {
        Kind::Brief => return brief(picture, question, format),
        Kind::Claims => rows::claims(picture, question),
        Kind::Events => rows::events(picture, question),
        Kind::Timeline => rows::timeline(picture, question),
        Kind::Sources => rows::sources(picture, question),
        Kind::Quantities => rows::quantities(picture, question),
        Kind::Ties => rows::ties(picture, question),
    };
    Ok((listing.render(format)?, listing.rows.is_empty()))
}

fn brief(picture: &Picture, question: &Question, format: Format) -> Result<(Vec<u8>, bool)> {
    let made = tolmach_situation::brief::brief(picture, question);
    let bytes = match format {
        Format::Md => brief::markdown(picture, question, &made).into_bytes(),
        Format::Html => crate::page::brief(picture, question, &made).context("cannot write the page")?.into_bytes(),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&brief::json(picture, question, &made))?).into_bytes(),
        Format::Jsonl => format!("{}\n", brief::json(picture, question, &made)).into_bytes(),
        Format::Table | Format::Csv => bail!("a brief is no table; use --format md, html or json"),
    };
    Ok((bytes, made.sections.is_empty()))
}

/// Why the answer is empty, as far as it can be told.
fn nothing(picture: &Picture, question: &Question) -> String {
    match &question.about {
        _ if picture.snapshot.documents.is_empty() => "the dossier is empty".to_owned(),
        Some(name) if picture.links.named(name).is_empty() => {
            format!("no actor of the dossier is called {name:?}, and no passage has these words")
        }
        _ => "the dossier does not tell".to_owned(),
    }
}
