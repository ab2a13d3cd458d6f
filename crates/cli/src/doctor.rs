//! `tolmach doctor`: what is installed, which model and data, which settings hold and who set them.

use crate::Setup;
use crate::listing::{Listing, Row};
use crate::output::{Flags, Format};
use anyhow::Result;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;
use tolmach_host::{Dossier, data, dossier};
use tolmach_situation::{Scope, Storage};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    output: Flags,
}

/// One thing that was looked at.
struct Finding {
    what: &'static str,
    is_well: bool,
    words: String,
}

pub fn run(setup: &Setup, arguments: &Arguments) -> Result<ExitCode> {
    let findings = [
        program(),
        knowledge(),
        data_file(&setup.settings.data.value, &setup.settings.data.origin),
        dossier(&setup.settings.dossier.value, &setup.settings.dossier.origin),
        settings(setup),
        machine(),
    ];
    let row = |finding: &Finding| {
        let state = if finding.is_well { "ok" } else { "missing" };
        let object =
            json!({"schema": "tolmach.finding/1", "what": finding.what, "state": state, "words": finding.words});
        Row { cells: vec![finding.what.to_owned(), state.to_owned(), finding.words.clone()], object }
    };
    let rows = findings.iter().map(row).collect();
    let listing = Listing { title: "Doctor".to_owned(), columns: &["what", "state", "found"], rows };
    let format = arguments.output.format(&setup.settings, Some(Format::Table))?;
    arguments.output.write(&listing.render(format)?)?;
    let is_well = findings.iter().all(|finding| finding.is_well);
    Ok(if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn program() -> Finding {
    let words = format!("tolmach {}, dossier schema {}", env!("CARGO_PKG_VERSION"), dossier::VERSION);
    Finding { what: "program", is_well: true, words }
}

fn knowledge() -> Finding {
    match tolmach_lexicon::Lexicon::embedded() {
        Ok(_) => Finding { what: "word knowledge", is_well: true, words: "carried in the program".to_owned() },
        Err(error) => Finding { what: "word knowledge", is_well: false, words: error.to_string() },
    }
}

fn data_file(path: &Path, origin: &str) -> Finding {
    let what = "language model and place names";
    match data::open(path).and_then(|file| file.verify().map(|()| file).map_err(Into::into)) {
        Ok(file) => {
            let (sections, bytes) = file.names().fold((0, 0), |(n, sum), (_, bytes)| (n + 1, sum + bytes));
            let size = bytes as f64 / 1e6;
            let words = format!("{} ({origin}): {sections} sections, {size:.1} MB", path.display());
            Finding { what, is_well: true, words }
        }
        Err(error) => Finding { what, is_well: false, words: format!("{error:#}") },
    }
}

fn dossier(path: &Path, origin: &str) -> Finding {
    let what = "dossier";
    let counted = || -> Result<String, dossier::Error> {
        let dossier = Dossier::open_read_only(path)?;
        dossier.verify()?;
        let history = dossier.snapshot(Scope::History)?;
        let current = history.documents.iter().filter(|stored| stored.current).count();
        let versions = history.documents.len();
        Ok(format!("{} ({origin}): {current} documents in {versions} versions", path.display()))
    };
    match counted() {
        Ok(words) => Finding { what, is_well: true, words },
        // A first run has none yet; that is no fault.
        Err(error) if error.is_missing() => Finding { what, is_well: true, words: error.to_string() },
        Err(error) => Finding { what, is_well: false, words: error.to_string() },
    }
}

fn settings(setup: &Setup) -> Finding {
    let settings = &setup.settings;
    let format = settings.format.as_ref().map(|set| format!("; format {} ({})", set.value, set.origin));
    let words = format!("color {} ({}){}", settings.color.value, settings.color.origin, format.unwrap_or_default());
    Finding { what: "settings", is_well: true, words }
}

fn machine() -> Finding {
    let threads = rayon::current_num_threads();
    #[cfg(target_arch = "x86_64")]
    let vectors = if std::is_x86_feature_detected!("avx2") { "AVX2" } else { "no AVX2, scalar path" };
    #[cfg(not(target_arch = "x86_64"))]
    let vectors = "scalar path";
    Finding { what: "machine", is_well: true, words: format!("{threads} threads, {vectors}") }
}
