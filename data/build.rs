//! Lists the data files so that the program carries them; nothing cleverer.

#![allow(clippy::disallowed_methods, reason = "a build script reads its environment and writes its output")]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets the manifest folder");
    let root = Path::new(&root);
    let mut texts = Vec::new();
    let mut models = Vec::new();
    collect(root, root, &mut texts, &mut models);
    texts.sort();
    models.sort();
    let mut code = String::from("pub static TEXTS: &[(&str, &str)] = &[\n");
    for name in &texts {
        writeln!(code, "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{name}\"))),")
            .expect("writing to a string");
    }
    code.push_str("];\npub static MODELS: &[(&str, &[u8])] = &[\n");
    for name in &models {
        writeln!(code, "    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{name}\"))),")
            .expect("writing to a string");
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets the output folder");
    fs::write(Path::new(&out).join("files.rs"), code).expect("the output folder can be written");
}

fn collect(root: &Path, folder: &Path, texts: &mut Vec<String>, models: &mut Vec<String>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).expect("data folders can be read") {
        let path = entry.expect("data entries can be read").path();
        if path.is_dir() {
            let skip = folder == root && path.file_name().is_some_and(|name| name == "src");
            if !skip {
                collect(root, &path, texts, models);
            }
            continue;
        }
        let name = path
            .strip_prefix(root)
            .expect("below the root")
            .to_str()
            .expect("data names are ASCII")
            .replace('\\', "/");
        match path.extension().and_then(|e| e.to_str()) {
            Some("tsv") => texts.push(name),
            Some("toml") if name != "Cargo.toml" => texts.push(name),
            Some("bin") => models.push(name),
            _ => {}
        }
    }
}
