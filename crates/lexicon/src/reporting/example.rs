//! The `[[reads]]` and `[[ignores]]` of the cue files: sentences that a cue must, or must not, be found in.
//!
//! Only carries them; checking needs a parse and is the extractor's test.

use super::file;
use crate::Error;
use serde::Deserialize;

/// One example of a data file.
#[derive(Clone, Debug)]
pub struct Example {
    /// Data file it stands in.
    pub file: &'static str,
    /// The sentence.
    pub text: String,
    /// What must be found; `None`: nothing may be.
    pub wanted: Option<Wanted>,
}

/// What an example must yield, as substrings of its text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Wanted {
    text: String,
    /// Who says it; `None`: open.
    pub source: Option<String>,
    /// By which words.
    pub cue: String,
    /// What: its first range.
    pub content: String,
}

#[derive(Deserialize)]
struct Examples {
    #[serde(default)]
    reads: Vec<Wanted>,
    #[serde(default)]
    ignores: Vec<Ignored>,
}

#[derive(Deserialize)]
struct Ignored {
    text: String,
}

pub(super) fn of_file(path: &'static str, text: &str) -> Result<Vec<Example>, Error> {
    let examples: Examples = file::read(path, text)?;
    let mut out = Vec::new();
    for wanted in examples.reads {
        for part in [Some(&wanted.cue), Some(&wanted.content), wanted.source.as_ref()].into_iter().flatten() {
            if !wanted.text.contains(part.as_str()) {
                return Err(Error::new(path, format!("`{part}` is not in `{}`", wanted.text)));
            }
        }
        out.push(Example { file: path, text: wanted.text.clone(), wanted: Some(wanted) });
    }
    out.extend(examples.ignores.into_iter().map(|i| Example { file: path, text: i.text, wanted: None }));
    Ok(out)
}
