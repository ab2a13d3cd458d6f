//! `tolmach-training NAME`: reads a benchmark's training part, trains, and writes the weights below `data/models/`.
//!
//! The only part of this crate that touches files. Knows no model: each command says what its model learns from.

#![allow(clippy::disallowed_methods, reason = "a small shell: it reads benchmarks and writes weights")]

mod command;

use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tolmach_engine::Engine;

const USAGE: &str = "usage: tolmach-training attribution|factuality|places|relation

Benchmarks are looked for in TOLMACH_SHARED, else ../shared beside the repository; the weights go to data/models.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tolmach-training: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let [name] = arguments else { bail!("{USAGE}") };
    let train = match name.as_str() {
        "attribution" => command::attribution::train,
        "factuality" => command::factuality::train,
        "places" => command::places::train,
        "relation" => command::relation::train,
        other => bail!("there is no model {other:?} to train; there are: attribution, factuality, places, relation"),
    };
    let benchmarks = benchmarks()?;
    let file = tolmach_host::data::open(&tolmach_host::data::path())?;
    let engine = Engine::new(&file).context("cannot start the engine")?;
    train(&engine, &benchmarks, &root().join("data/models"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder of the benchmarks, or what to do without one.
fn benchmarks() -> Result<PathBuf> {
    let shared = env::var_os("TOLMACH_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let folder = shared.join("eval");
    ensure!(
        folder.is_dir(),
        "no benchmarks at {}: set TOLMACH_SHARED to the folder that holds eval/",
        folder.display()
    );
    Ok(folder)
}
