//! The language model for tests that need the real one.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use tolmach_analysis::Model;
use tolmach_datafile::DataFile;

/// The model in the data file of `TOLMACH_DATA`, else of the user's data folder; says so if there is none.
pub fn model(skipped: &str) -> Option<Model> {
    let Some(bytes) = data_file().and_then(|path| std::fs::read(path).ok()) else {
        eprintln!("skipped: {skipped} (no data file; set TOLMACH_DATA or run the set-up)");
        return None;
    };
    let file = DataFile::open(Arc::new(bytes)).expect("the data file opens");
    Some(Model::load(&file).expect("the data file holds a language model"))
}

fn data_file() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("TOLMACH_HOME")
        .or_else(|| set("XDG_DATA_HOME").map(|base| base.join("tolmach")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/tolmach")));
    set("TOLMACH_DATA").or_else(|| folder.map(|folder| folder.join("tolmach.data")))
}
