//! Phrases of web furniture: comment forms, credits, calls to read on. Looks at one line at a time.

use crate::Error;
use serde::Deserialize;

const FILE: &str = "regions/furniture.toml";

/// Longest line that an entry takes unless it says otherwise, in characters.
const MAX: usize = 160;

/// Lines that belong to the site and not to the report.
pub struct RegionLexicon {
    entries: Vec<Furniture>,
}

#[derive(Deserialize)]
struct File {
    furniture: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    line: Option<String>,
    starts: Option<String>,
    ends: Option<String>,
    #[serde(default)]
    figures: bool,
    max: Option<usize>,
    reads: Vec<String>,
    ignores: Vec<String>,
}

struct Furniture {
    pattern: Pattern,
    figures: bool,
    max: usize,
    reads: Vec<String>,
    ignores: Vec<String>,
}

enum Pattern {
    Line(String),
    Starts(String),
    Ends(String),
}

impl RegionLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
        let file: File = toml::from_str(text).map_err(|why| Error::new(FILE, why))?;
        let entries = file.furniture.into_iter().map(furniture).collect::<Result<_, _>>()?;
        Ok(Self { entries })
    }

    /// Whether a line of text is furniture.
    #[must_use]
    pub fn is_furniture(&self, line: &str) -> bool {
        let folded = fold(line);
        self.entries.iter().any(|entry| entry.takes(&folded))
    }

    /// Every example that an entry breaks, as (line, should have been taken).
    #[must_use]
    pub fn broken_examples(&self) -> Vec<(&str, bool)> {
        let takes = |entry: &Furniture, line: &str| entry.takes(&fold(line));
        let mut broken = Vec::new();
        for entry in &self.entries {
            broken.extend(entry.reads.iter().filter(|l| !takes(entry, l)).map(|l| (l.as_str(), true)));
            broken.extend(entry.ignores.iter().filter(|l| takes(entry, l)).map(|l| (l.as_str(), false)));
        }
        broken
    }
}

fn furniture(entry: Entry) -> Result<Furniture, Error> {
    let name = format!("{:?}", entry.line.as_ref().or(entry.starts.as_ref()).or(entry.ends.as_ref()));
    if entry.reads.is_empty() || entry.ignores.is_empty() {
        return Err(Error::new(FILE, format!("{name} needs at least one of `reads` and of `ignores`")));
    }
    let pattern = match (entry.line, entry.starts, entry.ends) {
        (Some(text), None, None) => Pattern::Line(text),
        (None, Some(text), None) => Pattern::Starts(text),
        (None, None, Some(text)) => Pattern::Ends(text),
        _ => return Err(Error::new(FILE, format!("{name} needs just one of `line`, `starts`, `ends`"))),
    };
    let max = entry.max.unwrap_or(MAX);
    Ok(Furniture { pattern, figures: entry.figures, max, reads: entry.reads, ignores: entry.ignores })
}

impl Furniture {
    fn takes(&self, folded: &str) -> bool {
        if folded.chars().count() > self.max {
            return false;
        }
        let figured;
        let text = if self.figures {
            figured = folded.replace(|c: char| c.is_ascii_digit(), "#");
            figured.as_str()
        } else {
            folded
        };
        match &self.pattern {
            Pattern::Line(line) => text == line,
            Pattern::Starts(start) => text.starts_with(start.as_str()),
            Pattern::Ends(end) => text.ends_with(end.as_str()),
        }
    }
}

/// Lower case, runs of blanks as one, punctuation at the end dropped.
fn fold(line: &str) -> String {
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let text = words.join(" ");
    let kept = text.trim_end_matches(['.', ':', '…', '!', ' ', '»', '→']);
    // A pattern may end in a colon of its own ("read more:"); it is followed by more text then.
    kept.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_holds() {
        assert_eq!(RegionLexicon::embedded().unwrap().broken_examples(), []);
    }
}
