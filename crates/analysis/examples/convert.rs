//! Converts an unpacked spaCy model into a data file: `convert MODEL_FOLDER DATA_FILE`.
//!
//! For trying things out; the product's set-up does this itself.

#![allow(clippy::disallowed_methods, reason = "an example reads its own files and tells the time")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, target] = arguments.as_slice() else {
        return Err("usage: convert MODEL_FOLDER DATA_FILE".into());
    };
    let mut files = BTreeMap::new();
    read_folder(Path::new(folder), "", &mut files)?;
    let mut builder = tolmach_datafile::Builder::new();
    for (name, bytes) in tolmach_analysis::convert(&files)? {
        builder.add(&name, bytes);
    }
    std::fs::write(target, builder.build())?;
    Ok(())
}

fn read_folder(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(())
}
