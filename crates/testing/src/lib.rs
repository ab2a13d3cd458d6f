//! Helpers of the tests: the language model on a sentence, and ranges written as carets under a text.
//!
//! Not part of the product. What needs the data file says so and is skipped where there is none.

#![allow(clippy::disallowed_methods, reason = "tests look for the data file where the program does")]

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use tolmach_analysis::{Mode, Model, Options, Worker};
use tolmach_datafile::DataFile;
use tolmach_document::{Analysis, TextRange};

/// The data file that the program would use, or `None` with a line on standard error.
pub fn data_file() -> Option<&'static DataFile> {
    static FILE: OnceLock<Option<DataFile>> = OnceLock::new();
    let file = FILE.get_or_init(open).as_ref();
    if file.is_none() {
        eprintln!("skipped: no data file at {}; `cargo xtask setup` makes it", path().display());
    }
    file
}

/// The analysis of `text` in the default mode, or `None` (with a line) where there is no data file.
pub fn analysis(text: &str) -> Option<Analysis> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    let file = data_file()?;
    let model = MODEL.get_or_init(|| Model::load(file).ok()).as_ref().expect("the data file holds a model");
    Some(Worker::new(model, Options { mode: Mode::Fast, vectors: false }).analyze(text))
}

fn path() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("TOLMACH_DATA").unwrap_or_else(|| {
        set("TOLMACH_HOME")
            .or_else(|| set("XDG_DATA_HOME").map(|base| base.join("tolmach")))
            .or_else(|| set("HOME").map(|home| home.join(".local/share/tolmach")))
            .unwrap_or_else(|| PathBuf::from(".tolmach"))
            .join("tolmach.data")
    })
}

#[allow(unsafe_code)]
fn open() -> Option<DataFile> {
    let file = std::fs::File::open(path()).ok()?;
    // SAFETY: set-up never writes the data file in place, it renames a new one over it.
    let map = unsafe { memmap2::Mmap::map(&file) }.ok()?;
    DataFile::open(Arc::new(map)).ok()
}

/// A text with marks under it: `^^^^ label` lines mark the characters of the text line above them.
pub struct Marked {
    /// The text lines, joined by line ends.
    pub text: String,
    /// Every mark with its label, in the order written.
    pub marks: Vec<(String, TextRange)>,
}

/// Reads the form of [`Marked`]. A line is a mark line if it holds carets and, before them, only blanks.
///
/// # Panics
/// If a mark stands under nothing.
#[track_caller]
pub fn marked(source: &str) -> Marked {
    let mut out = Marked { text: String::new(), marks: Vec::new() };
    let mut line_start = 0;
    for line in source.trim_matches('\n').lines() {
        if line.trim_start().starts_with('^') {
            let mark = mark(&out.text[line_start..], line_start, line);
            out.marks.push(mark);
        } else {
            if !out.text.is_empty() {
                out.text.push('\n');
            }
            line_start = out.text.len();
            out.text.push_str(line);
        }
    }
    out
}

#[track_caller]
fn mark(above: &str, line_start: usize, line: &str) -> (String, TextRange) {
    let first = line.chars().take_while(|c| *c == ' ').count();
    let n = line.chars().skip(first).take_while(|c| *c == '^').count();
    let byte = |column: usize| above.char_indices().nth(column).map_or(above.len(), |(at, _)| at);
    assert!(byte(first) < above.len(), "a mark stands under nothing: {line:?}");
    let label = line.chars().skip(first + n).collect::<String>().trim().to_owned();
    (label, TextRange::at(line_start + byte(first), line_start + byte(first + n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_count_characters() {
        let got = marked("\nCafé Äöü said no.\n     ^^^ source\n         ^^^^ cue\nNext.\n^^^^ x\n");
        let words: Vec<(&str, &str)> = got.marks.iter().map(|(l, r)| (l.as_str(), &got.text[*r])).collect();
        assert_eq!(words, [("source", "Äöü"), ("cue", "said"), ("x", "Next")]);
    }
}
