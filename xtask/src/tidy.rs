//! The rules that a machine can check: arrows between crates, headers, sizes, what the documents claim.

use crate::run::root;
use anyhow::{Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest file in lines of code (tests, comments and blanks aside).
const FILE_LIMIT: usize = 600;
/// Longest function in lines.
const FUNCTION_LIMIT: usize = 60;

/// Prints every breach and fails if there is one.
pub fn tidy() -> Result<()> {
    let mut found = Vec::new();
    found.extend(arrows());
    found.extend(sources());
    found.extend(documents());
    found.extend(data());
    if found.is_empty() {
        println!("tidy");
        return Ok(());
    }
    bail!("{} breaches:\n  {}", found.len(), found.join("\n  "))
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    level: u32,
}

/// A crate may use crates of a lower level only, and the core may not serialise.
fn arrows() -> Vec<String> {
    let manifests = manifests();
    let level: BTreeMap<&str, u32> = manifests
        .iter()
        .filter_map(|m| m.package.metadata.as_ref().map(|meta| (m.package.name.as_str(), meta.level)))
        .collect();
    let mut found = Vec::new();
    for manifest in &manifests {
        let name = manifest.package.name.as_str();
        let Some(mine) = level.get(name) else {
            found.push(format!("{name}: the manifest states no level"));
            continue;
        };
        for dependency in manifest.dependencies.keys() {
            if level.get(dependency.as_str()).is_some_and(|theirs| theirs >= mine) {
                found.push(format!("{name} (level {mine}) must not use {dependency}"));
            }
            if dependency.starts_with("serde") && SERDE_FREE.contains(&name) {
                found.push(format!("{name} must not serialise: {dependency}"));
            }
        }
    }
    found
}

const SERDE_FREE: &[&str] =
    &["tolmach-document", "tolmach-analysis", "tolmach-extraction", "tolmach-resolution", "tolmach-engine"];

fn manifests() -> Vec<Manifest> {
    let mut paths: Vec<PathBuf> = vec![root().join("data/Cargo.toml"), root().join("xtask/Cargo.toml")];
    paths.extend(folders(&root().join("crates")).into_iter().map(|folder| folder.join("Cargo.toml")));
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        })
        .collect()
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
    out.retain(|p| p.is_dir());
    out.sort();
    out
}

/// Every `.rs` file below the workspace's own folders.
fn rust_files() -> Vec<PathBuf> {
    let mut open = vec![root().join("crates"), root().join("data"), root().join("xtask")];
    let mut out = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() && path.file_name().is_some_and(|n| n != "target") {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

fn sources() -> Vec<String> {
    let mut found = Vec::new();
    for path in rust_files() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        if !text.trim_start().starts_with("//!") && !text.trim_start().starts_with("#!") {
            found.push(format!("{name}: does not open with //!"));
        }
        let code = code_lines(&text);
        let catalogue = text.lines().take(12).any(|line| line.to_lowercase().contains("catalogue"));
        if code > FILE_LIMIT && !catalogue {
            found.push(format!("{name}: {code} lines of code, limit {FILE_LIMIT}"));
        }
        if !name.contains("/tests/") {
            found.extend(
                long_functions(&text)
                    .into_iter()
                    .map(|(line, n)| format!("{name}:{line}: function of {n} lines, limit {FUNCTION_LIMIT}")),
            );
        }
        found.extend(forbidden(&text).into_iter().map(|(line, what)| format!("{name}:{line}: {what}")));
    }
    found
}

/// Lines outside tests that are neither blank nor comment.
fn code_lines(text: &str) -> usize {
    let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// Functions longer than the limit, by their first line; a closing brace at the same indent ends one.
fn long_functions(text: &str) -> Vec<(usize, usize)> {
    let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines: Vec<&str> = body.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let is_fn = ["fn ", "pub fn ", "pub(crate) fn ", "unsafe fn ", "pub unsafe fn ", "pub(super) fn "]
            .iter()
            .any(|start| trimmed.starts_with(start));
        if !is_fn || line.trim_end().ends_with(';') {
            continue;
        }
        let indent = line.len() - trimmed.len();
        let close = format!("{}}}", " ".repeat(indent));
        let Some(len) = lines[at..].iter().position(|l| *l == close) else { continue };
        let excused = at > 0 && lines[..at].iter().rev().take(3).any(|l| l.contains("// LONG:"));
        if len + 1 > FUNCTION_LIMIT && !excused {
            out.push((at + 1, len + 1));
        }
    }
    out
}

/// Names of places and tests that must not stand in the code.
fn forbidden(text: &str) -> Vec<(usize, &'static str)> {
    let rules: [(&str, &str); 4] = [
        (concat!("#[", "ignore"), "no ignored tests: assert today's answer with a FIXME"),
        (concat!("fn ", "test_"), "tests are not prefixed"),
        (concat!("/wo", "rk/"), "a path of one machine"),
        (concat!("/ro", "ot/"), "a path of one machine"),
    ];
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        out.extend(rules.iter().filter(|(sign, _)| line.contains(sign)).map(|(_, what)| (at + 1, *what)));
    }
    out
}

/// Every crate stands in ARCHITECTURE.md, and every path named there or in README.md exists.
fn documents() -> Vec<String> {
    let mut found = Vec::new();
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap_or_default();
    for folder in folders(&root().join("crates")) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !architecture.contains(&format!("`{name}`")) {
            found.push(format!("ARCHITECTURE.md does not name the crate `{name}`"));
        }
    }
    for document in ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "DESIGN.md"] {
        let Ok(text) = fs::read_to_string(root().join(document)) else {
            found.push(format!("{document} is missing"));
            continue;
        };
        for path in named_paths(&text) {
            if !root().join(&path).exists() {
                found.push(format!("{document} names {path}, which does not exist"));
            }
        }
    }
    found
}

/// Words in back ticks that look like paths of this repository.
fn named_paths(text: &str) -> Vec<String> {
    const TOPS: [&str; 9] =
        ["crates/", "data/", "eval/", "spec/", "xtask/", "examples/", "docs/", "fuzz/", ".ci/"];
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| TOPS.iter().any(|top| word.starts_with(top)))
        .filter(|word| !word.contains(['*', ' ', '<', '{', '…', 'N']))
        .map(|word| word.trim_end_matches('/').to_owned())
        .collect()
}

/// Long lists are sorted, without repeats, with the same number of columns, and end with a line end.
fn data() -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root().join("data")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "tsv") {
                let text = fs::read_to_string(&path).unwrap_or_default();
                let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
                found.extend(list(&text).into_iter().map(|what| format!("{name}: {what}")));
            }
        }
    }
    found.sort();
    found
}

fn list(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !text.ends_with('\n') {
        found.push("does not end with a line end".to_owned());
    }
    if !text.starts_with('#') {
        found.push("does not open with a # line that says where the list comes from".to_owned());
    }
    let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let columns = rows.first().map_or(0, |row| row.split('\t').count());
    for pair in rows.windows(2) {
        if pair[0] == pair[1] {
            found.push(format!("repeats {:?}", pair[1]));
        }
        if pair[1].split('\t').count() != columns {
            found.push(format!("{:?} has not {columns} columns", pair[1]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_one_way() {
        assert_eq!(arrows(), Vec::<String>::new());
    }

    #[test]
    fn sources_keep_the_house_rules() {
        assert_eq!(sources(), Vec::<String>::new());
    }

    #[test]
    fn documents_tell_the_truth() {
        assert_eq!(documents(), Vec::<String>::new());
    }

    #[test]
    fn lists_are_well_formed() {
        assert_eq!(data(), Vec::<String>::new());
    }

    #[test]
    fn a_breach_is_seen() {
        assert_eq!(long_functions(&format!("fn f() {{\n{}}}\n", "    x();\n".repeat(80))), [(1, 82)]);
        assert_eq!(list("# a\nb\t1\nb\t1\nc\n").len(), 2);
        assert_eq!(named_paths("see `crates/none` and `tolmach add`"), ["crates/none"]);
    }
}
