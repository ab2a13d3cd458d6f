//! `tolmach annotate`: documents in, one annotation object a line out, in input order.

use crate::reader::{self, Readers, Taken};
use crate::{Setup, batches, wire};
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tolmach_engine::Mode;
use tolmach_host::input::{self, Extractor, InputError, Item};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Write tokens too.
    #[arg(long)]
    tokens: bool,
    /// Linguistic decisions identical to spaCy's, without sentence starts at blank lines.
    #[arg(long)]
    exact: bool,
    /// Another language model, made by `tolmach model convert`.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Actors of your own, before the carried ones: `NAME [CODE]` lines or tab-separated name, code, other names.
    #[arg(long, value_name = "PATH")]
    registry: Vec<PathBuf>,
    /// Files, folders, globs; `-` is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

/// How inputs are read, for every verb that reads documents.
#[derive(clap::Args)]
pub struct Input {
    /// Kind of the input: JSON Lines, whatever the file is called.
    #[arg(long, value_parser = ["jsonl"])]
    from: Option<String>,
    /// Day of publication of documents that do not tell (2024-04-16).
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Outlet of documents that do not tell.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// How the article is found in a page: fast, or quality, which compares several ways and takes longer.
    #[arg(long, value_name = "HOW", value_parser = ["fast", "quality"], hide_possible_values = true)]
    extractor: Option<String>,
}

impl Input {
    /// The options of `host::input`.
    pub fn options(&self) -> Result<input::Options> {
        let mut options = input::Options { jsonl: self.from.is_some(), ..input::Options::default() };
        options.fallback.outlet.clone_from(&self.outlet);
        if self.extractor.as_deref() == Some("quality") {
            options.extractor = Extractor::Quality;
        }
        if let Some(text) = &self.published {
            let published = tolmach_document::Moment::parse(text);
            anyhow::ensure!(published.is_some(), "--published {text:?}: expected a date such as 2024-04-16");
            options.fallback.published.clone_from(&self.published);
        }
        Ok(options)
    }
}

pub fn run(setup: &Setup, arguments: &Arguments) -> Result<ExitCode> {
    let options = arguments.input.options()?;
    let (mut engine, _) = reader::open_with(setup, arguments.model.as_deref())?;
    for path in &arguments.registry {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the registry {}", path.display()))?;
        engine.add_actors(&path.to_string_lossy(), &text)?;
    }
    let mode = if arguments.exact { Mode::Exact } else { Mode::Fast };
    let readers = Readers::new(&engine, mode);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut failed = 0;
    for batch in batches::batches(&arguments.paths, &options) {
        let lines: Vec<Result<(String, bool), InputError>> = batch
            .into_par_iter()
            .map_init(
                || readers.take(),
                |reader, item| annotate(reader, item, &options, arguments.tokens),
            )
            .collect();
        for line in lines {
            match line {
                Ok((line, is_whole)) => {
                    writeln!(out, "{line}")?;
                    failed += usize::from(!is_whole);
                }
                Err(error) => {
                    eprintln!("tolmach: {error}");
                    failed += 1;
                }
            }
        }
        // Whoever feeds lines one by one waits for each answer.
        out.flush()?;
    }
    drop(readers);
    // The system takes the memory back faster than we could.
    std::mem::forget(engine);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The line of one document, and whether the reader got through it.
fn annotate(
    reader: &mut Taken<'_, '_>,
    item: Result<Item, InputError>,
    options: &input::Options,
    tokens: bool,
) -> Result<(String, bool), InputError> {
    let document = input::load(&item?, options)?;
    let reading = reader.read(&document);
    let failure = reader::failure(&reading);
    if let Some(message) = failure {
        eprintln!("tolmach: {}: {message}", document.id);
    }
    Ok((one_line(&wire::annotation(&document, &reading, tokens).to_string()), failure.is_none()))
}

/// JSON that every reader takes for one line: some split at these three separators, which JSON lets stand.
fn one_line(json: &str) -> String {
    json.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_inside_a_text_do_not_break_the_line() {
        let text = "a\u{85}b\u{2028}c\u{2029}d";
        let line = one_line(&serde_json::json!(text).to_string());
        assert_eq!(line, "\"a\\u0085b\\u2028c\\u2029d\"");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
