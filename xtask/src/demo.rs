//! `demo` and `test`: from a bare machine to a brief, and from a bare machine to tested.

use crate::{eval, run};
use anyhow::Result;

/// Builds, sets up, reads the sample dossier and prints its brief.
pub fn demo() -> Result<()> {
    let tolmach = run::setup()?;
    let tolmach = tolmach.to_string_lossy();
    let folder = run::root().join("target/demo");
    std::fs::create_dir_all(&folder)?;
    let dossier = folder.join("kazakhstan.tolmach");
    let dossier = dossier.to_string_lossy();
    // One sample is broken on purpose: `add` names it, reads the rest and ends with 4.
    let added = std::process::Command::new(&*tolmach)
        .args(["add", "examples/kazakhstan", "--dossier", &dossier])
        .current_dir(run::root())
        .status()?;
    anyhow::ensure!(matches!(added.code(), Some(0 | 4)), "`tolmach add` failed ({added})");
    run::run(&tolmach, &["brief", "--dossier", &dossier, "--format", "md"])?;
    let page = folder.join("brief.html");
    run::run(&tolmach, &["brief", "--dossier", &dossier, "-o", &page.to_string_lossy()])?;
    eprintln!("\nThe same brief as a page, each line opening its passage: {}", page.display());
    Ok(())
}

/// Every test, with what they need set up first.
pub fn test() -> Result<()> {
    run::setup()?;
    // With the release profile, so that dependencies are compiled once.
    run::run("cargo", &["test", "--workspace", "--release", "--quiet", "--no-fail-fast"])?;
    eval::eval(&["--check".to_owned()])
}
