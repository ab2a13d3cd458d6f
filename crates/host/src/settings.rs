//! What the user set, and where: environment over `./tolmach.toml` over the user's own configuration file.
//!
//! Flags come first; the shell lays them over this.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Settings of one file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    dossier: Option<PathBuf>,
    data: Option<PathBuf>,
    color: Option<String>,
    format: Option<String>,
}

/// A value and who set it.
#[derive(Clone, Debug)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// "environment", the file's path, or "default".
    pub origin: String,
}

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The dossier that verbs read and write.
    pub dossier: Set<PathBuf>,
    /// The data file: language model and place names.
    pub data: Set<PathBuf>,
    /// `auto`, `always` or `never`.
    pub color: Set<String>,
    /// Output format, where the verb and the suffix of `-o` leave it open.
    pub format: Option<Set<String>>,
}

/// Name of the configuration file in the working folder.
const LOCAL: &str = "tolmach.toml";

impl Settings {
    /// Reads environment and files.
    ///
    /// # Errors
    /// When a file is there but cannot be read or understood.
    pub fn load() -> Result<Self> {
        let mut files = Vec::new();
        for path in [Some(PathBuf::from(LOCAL)), user_file()].into_iter().flatten() {
            if let Some(file) = read(&path)? {
                files.push((path, file));
            }
        }
        let path = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let word = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        let dossier = pick(path("TOLMACH_DOSSIER"), &files, |file| file.dossier.clone());
        let data = pick(path("TOLMACH_DATA"), &files, |file| file.data.clone());
        let color = pick(word("TOLMACH_COLOR"), &files, |file| file.color.clone());
        Ok(Self {
            dossier: dossier.unwrap_or_else(|| default(PathBuf::from("tolmach.dossier"))),
            data: data.unwrap_or_else(|| default(crate::data::path())),
            color: color.unwrap_or_else(|| default("auto".to_owned())),
            format: pick(word("TOLMACH_FORMAT"), &files, |file| file.format.clone()),
        })
    }
}

fn default<T>(value: T) -> Set<T> {
    Set { value, origin: "default".to_owned() }
}

fn pick<T>(
    environment: Option<T>,
    files: &[(PathBuf, File)],
    field: impl Fn(&File) -> Option<T>,
) -> Option<Set<T>> {
    if let Some(value) = environment {
        return Some(Set { value, origin: "environment".to_owned() });
    }
    let mut set = files.iter().filter_map(|(path, file)| Some((path, field(file)?)));
    set.next().map(|(path, value)| Set { value, origin: path.display().to_string() })
}

fn read(path: &Path) -> Result<Option<File>> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let file: File = toml::from_str(&text).with_context(|| format!("cannot understand {}", path.display()))?;
    let base = path.parent().unwrap_or(Path::new(""));
    let beside = |file: Option<PathBuf>| file.map(|file| base.join(file));
    Ok(Some(File { dossier: beside(file.dossier), data: beside(file.data), ..file }))
}

/// `$XDG_CONFIG_HOME/tolmach/config.toml`, else `~/.config/tolmach/config.toml`.
#[must_use]
pub fn user_file() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = set("XDG_CONFIG_HOME").or_else(|| set("HOME").map(|home| home.join(".config")));
    folder.map(|folder| folder.join("tolmach/config.toml"))
}
