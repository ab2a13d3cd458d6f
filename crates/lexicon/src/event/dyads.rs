//! Sentences of our own in which one party does something to another: `data/events/dyads.tsv`.
//!
//! Rows for training beside a benchmark's; reading a report does not need them.

use super::model::ROOTS;
use crate::Error;
use tolmach_document::TextRange;

const FILE: &str = "events/dyads.tsv";

/// A sentence with its parties and what the first does to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InventedDyad {
    /// Index into [`ROOTS`].
    pub root: usize,
    /// The sentence.
    pub text: String,
    /// Who acts.
    pub source: TextRange,
    /// To whom.
    pub target: TextRange,
}

/// The rows that the program carries, with names in the places of the parties.
///
/// # Errors
/// Names the line that cannot be read.
pub fn invented_dyads() -> Result<Vec<InventedDyad>, Error> {
    let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
    let lines = || text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    let names = |key: &str| -> Vec<&str> {
        lines().filter_map(|l| l.split_once('\t')).filter(|(k, _)| *k == key).map(|(_, name)| name).collect()
    };
    let (sources, targets) = (names("@S"), names("@T"));
    if sources.is_empty() || targets.is_empty() {
        return Err(Error::new(FILE, "no names for @S or @T"));
    }
    let rows = lines().filter(|l| !l.starts_with('@')).enumerate();
    rows.map(|(n, line)| {
        let pair = (sources[n % sources.len()], targets[(n + n / targets.len()) % targets.len()]);
        row(line, pair).ok_or_else(|| Error::new(FILE, format!("`{line}`: want TYPE, tab, a sentence with @S before @T")))
    })
    .collect()
}

fn row(line: &str, (source, target): (&str, &str)) -> Option<InventedDyad> {
    let (root, sentence) = line.split_once('\t')?;
    let root = ROOTS.iter().position(|r| *r == root)?;
    let (before, rest) = sentence.split_once("@S")?;
    let (between, after) = rest.split_once("@T")?;
    let mut first = source.to_owned();
    if before.is_empty() {
        first = source.chars().take(1).flat_map(char::to_uppercase).chain(source.chars().skip(1)).collect();
    }
    let start = before.len();
    let second = start + first.len() + between.len();
    Some(InventedDyad {
        root,
        source: TextRange::at(start, start + first.len()),
        target: TextRange::at(second, second + target.len()),
        text: format!("{before}{first}{between}{target}{after}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_root_has_rows_and_the_parties_stand_in_them() {
        let rows = invented_dyads().unwrap();
        for root in 0..ROOTS.len() {
            assert!(rows.iter().filter(|r| r.root == root).count() >= 12, "{}", ROOTS[root]);
        }
        assert!(rows.iter().all(|r| !r.text.contains('@') && !r.text[r.source].is_empty() && !r.text[r.target].is_empty()));
    }
}
