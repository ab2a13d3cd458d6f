//! `tolmach annotate`: documents in, one annotation object a line out, in input order.

use crate::{parses, wire};
use anyhow::{Context, Result};
use rayon::prelude::*;
use serde::Deserialize;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tolmach_document::{Document, Moment};
use tolmach_engine::Engine;

#[derive(clap::Args)]
pub struct Arguments {
    /// Kind of the input.
    #[arg(long, value_parser = ["jsonl"])]
    from: Option<String>,
    /// Write tokens too.
    #[arg(long)]
    tokens: bool,
    /// Stored parses to use instead of the language engine.
    #[arg(long)]
    parses: PathBuf,
    /// Files; `-` is standard input.
    paths: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    author: Option<String>,
    language: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let engine = Engine::new(None)?;
    let parses = parses::load(&arguments.parses)?;
    let input: Box<dyn BufRead> = match arguments.paths.first() {
        Some(path) if path.as_os_str() != "-" => Box::new(BufReader::new(std::fs::File::open(path)?)),
        _ => Box::new(BufReader::new(std::io::stdin())),
    };
    let lines: Vec<String> = input.lines().collect::<std::io::Result<_>>()?;
    let rows: Vec<Result<String>> = lines
        .par_iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let line: Line = serde_json::from_str(line).context("not a document line")?;
            let document = document(line);
            let analysis = parses
                .get(&document.id)
                .with_context(|| format!("no stored parse for {}", document.id))?
                .analysis(&document.text);
            let reading = engine.read_parsed(&document, analysis);
            Ok(serde_json::to_string(&wire::annotation(&document, &reading, arguments.tokens))?)
        })
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for row in rows {
        writeln!(out, "{}", row?)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn document(line: Line) -> Document {
    Document {
        published: line.published.as_deref().and_then(Moment::parse),
        id: line.id,
        text: line.text,
        title: line.title,
        outlet: line.outlet,
        author: line.author,
        language: line.language,
        ..Document::default()
    }
}
