//! Running programs in the workspace, and where things are.

use anyhow::{Context, Result, bail, ensure};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}

/// The benchmarks' folder, if there is one.
pub fn shared() -> Option<PathBuf> {
    let folder = env::var_os("TOLMACH_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    folder.join("eval").is_dir().then_some(folder)
}

/// Runs a program in the workspace's root; its output goes where ours goes.
pub fn run(program: &str, arguments: &[&str]) -> Result<()> {
    run_with(program, arguments, &[])
}

/// As [`run`], with variables added to the environment.
pub fn run_with(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .envs(variables.iter().copied())
        .current_dir(root())
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "`{program} {}` failed ({status})", arguments.join(" "));
    Ok(())
}

/// Runs a program in the workspace's root and returns its standard output.
pub fn capture(program: &str, arguments: &[&str]) -> Result<String> {
    let out = Command::new(program)
        .args(arguments)
        .current_dir(root())
        .stderr(std::process::Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    ensure!(out.status.success(), "`{program} {}` failed ({})", arguments.join(" "), out.status);
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Builds the program for release and returns its path.
pub fn build() -> Result<PathBuf> {
    run("cargo", &["build", "--release", "--quiet", "--package", "tolmach-cli"])?;
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let path = folder.join("release").join(format!("tolmach{}", env::consts::EXE_SUFFIX));
    if !path.exists() {
        bail!("the build left no {}", path.display());
    }
    Ok(path)
}

/// Builds the program, sets it up and returns its path.
pub fn setup() -> Result<PathBuf> {
    let tolmach = build()?;
    run(&tolmach.to_string_lossy(), &["setup"])?;
    Ok(tolmach)
}
