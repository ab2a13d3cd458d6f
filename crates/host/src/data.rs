//! Where the data file lies, and how it is opened: mapped, checked, shared.

use anyhow::{Context, Result};
use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tolmach_datafile::DataFile;

/// Name of the data file in the data folder.
pub const FILE_NAME: &str = "tolmach.data";

/// The folder for data of this user: `TOLMACH_HOME`, else `$XDG_DATA_HOME/tolmach`, else
/// `~/.local/share/tolmach`, else `./.tolmach`.
#[must_use]
pub fn folder() -> PathBuf {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("TOLMACH_HOME")
        .or_else(|| set("XDG_DATA_HOME").map(|base| base.join("tolmach")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/tolmach")))
        .unwrap_or_else(|| PathBuf::from(".tolmach"))
}

/// The data file: `TOLMACH_DATA` if set, else [`FILE_NAME`] in [`folder`].
#[must_use]
pub fn path() -> PathBuf {
    env::var_os("TOLMACH_DATA")
        .filter(|v| !v.is_empty())
        .map_or_else(|| folder().join(FILE_NAME), PathBuf::from)
}

/// Maps the data file at `path`.
///
/// # Errors
/// When it is missing, not a data file, of another version, or damaged; the message says what to do.
pub fn open(path: &Path) -> Result<DataFile> {
    let file = File::open(path).with_context(|| {
        format!("no data file at {}; `tolmach setup` fetches the language model and makes it", path.display())
    })?;
    let map = map(&file).with_context(|| format!("cannot map {}", path.display()))?;
    DataFile::open(Arc::new(map))
        .with_context(|| format!("cannot use {}; `tolmach setup --force` makes it anew", path.display()))
}

/// What was known when something was read: the data file and the word knowledge carried in the program.
#[must_use]
pub fn fingerprint(file: &DataFile) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(file.fingerprint());
    for (path, text) in tolmach_data::texts() {
        hasher.update(path.as_bytes()).update(text.as_bytes());
    }
    for (path, bytes) in tolmach_data::models() {
        hasher.update(path.as_bytes()).update(bytes);
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

#[allow(unsafe_code)]
fn map(file: &File) -> std::io::Result<memmap2::Mmap> {
    // SAFETY: the map is read-only and the program never writes this file in place: `setup` writes a new
    // file beside it and renames it over, so the mapped one keeps its contents until it is unmapped.
    unsafe { memmap2::Mmap::map(file) }
}
