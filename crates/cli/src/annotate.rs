//! `tolmach annotate`: documents in, one annotation object a line out, in input order.

use crate::wire;
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tolmach_engine::{Engine, Mode, Reader};
use tolmach_host::data;
use tolmach_host::input::{self, InputError, Item};

#[derive(clap::Args)]
pub struct Arguments {
    /// Kind of the input: JSON Lines, whatever the file is called.
    #[arg(long, value_parser = ["jsonl"])]
    from: Option<String>,
    /// Write tokens too.
    #[arg(long)]
    tokens: bool,
    /// Linguistic decisions identical to spaCy's, without sentence starts at blank lines.
    #[arg(long)]
    exact: bool,
    /// Files, folders, globs; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// Documents read before the first is written: enough for every thread, bounded in memory.
const BATCH: usize = 64;

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let engine = Engine::new(&data::open(&data::path())?).context("cannot start")?;
    let mode = if arguments.exact { Mode::Exact } else { Mode::Fast };
    let options = input::Options { jsonl: arguments.from.is_some(), ..input::Options::default() };
    let mut items = input::items(&arguments.paths, &options);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut failed = false;
    loop {
        let batch: Vec<_> = items.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let lines: Vec<Result<String, InputError>> = batch
            .into_par_iter()
            .map_init(
                || engine.reader(mode),
                |reader, item| annotate(reader, item, &options, arguments.tokens),
            )
            .collect();
        for line in lines {
            match line {
                Ok(line) => writeln!(out, "{line}")?,
                Err(error) => {
                    eprintln!("tolmach: {error}");
                    failed = true;
                }
            }
        }
    }
    out.flush()?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn annotate(
    reader: &mut Reader<'_>,
    item: Result<Item, InputError>,
    options: &input::Options,
    tokens: bool,
) -> Result<String, InputError> {
    let document = input::load(&item?, options)?;
    let reading = reader.read(&document);
    Ok(wire::annotation(&document, &reading, tokens).to_string())
}
