//! `tolmach probe`: one layer asked alone, for benchmarks. Hidden: no part of the promise to users.

use crate::{Setup, reader};
use anyhow::{Context, Result, ensure};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tolmach_document::{CodePoints, TextRange};
use tolmach_engine::{Dyad, Mode, Reader};

#[derive(clap::Args)]
pub struct Arguments {
    /// Which layer.
    layer: Layer,
    /// Kind of the input.
    #[arg(long, value_parser = ["jsonl"])]
    from: Option<String>,
    /// A file of marked rows; `-` is standard input.
    path: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Layer {
    /// What the source does to the target: {id, text, source, target} to {id, type, quad, score}.
    Relation,
    /// How far events are told as real: {id, text, events} to {id, scores}.
    Factuality,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    #[serde(default)]
    source: Option<[usize; 2]>,
    #[serde(default)]
    target: Option<[usize; 2]>,
    #[serde(default)]
    events: Vec<[usize; 2]>,
}

pub fn run(setup: &Setup, arguments: &Arguments) -> Result<ExitCode> {
    let text = input(&arguments.path)?;
    let (engine, _) = reader::open(setup)?;
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let answers: Vec<Result<Value>> = lines
        .into_par_iter()
        .map_init(|| engine.reader(Mode::Fast), |reader, line| answer(reader, arguments.layer, line))
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for answer in answers {
        writeln!(out, "{}", answer?)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn input(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(text);
    }
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn answer(reader: &mut Reader<'_>, layer: Layer, line: &str) -> Result<Value> {
    let row: Row = serde_json::from_str(line).with_context(|| format!("not a marked row: {line:.60}"))?;
    let points = CodePoints::new(&row.text);
    let bytes = |span: [usize; 2]| -> Result<TextRange> {
        let ends = points.to_byte(span[0]).zip(points.to_byte(span[1])).filter(|(start, end)| start <= end);
        let (start, end) = ends.with_context(|| format!("{}: {span:?} is not in its text", row.id))?;
        Ok(TextRange::at(start, end))
    };
    let missing = "the program carries no such model: `cargo xtask train` makes it";
    match layer {
        Layer::Relation => {
            let dyad = Dyad { source: row.source.map(bytes).transpose()?, target: row.target.map(bytes).transpose()? };
            let coded = reader.relation(&row.text, dyad).context(missing)?;
            Ok(json!({"id": row.id, "type": coded.category, "quad": coded.quad, "score": rounded(coded.score)}))
        }
        Layer::Factuality => {
            let events = row.events.iter().map(|span| bytes(*span)).collect::<Result<Vec<_>>>()?;
            let scores = reader.factuality(&row.text, &events).context(missing)?;
            ensure!(scores.len() == events.len(), "{}: an event without a score", row.id);
            Ok(json!({"id": row.id, "scores": scores.into_iter().map(rounded).collect::<Vec<_>>()}))
        }
    }
}

fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}
