//! Runs the passages of `passages/attribution.toml` through the language model and the extractor.
//!
//! A passage passes if everything listed is read, with its source, stance, reporter and denials, and nothing else is.
//! Skipped, with a line on standard error, where there is no data file.

use std::fmt::Write;
use tolmach_document::{Attribution, Document, Extraction, Id, TextRange};
use tolmach_lexicon::Lexicon;

struct Passage {
    name: String,
    text: String,
    said: Vec<Said>,
    known: Option<String>,
}

struct Said {
    by: String,
    what: String,
    stance: String,
    through: Option<usize>,
    denies: Vec<usize>,
}

fn passages() -> Vec<Passage> {
    let file: toml::Table = include_str!("passages/attribution.toml").parse().unwrap();
    let rows = file["passage"].as_array().unwrap();
    rows.iter().map(|row| passage(row.as_table().unwrap())).collect()
}

fn passage(row: &toml::Table) -> Passage {
    Passage {
        name: text(&row["name"]),
        text: text(&row["text"]),
        said: row["said"].as_array().unwrap().iter().map(|s| said(s.as_table().unwrap())).collect(),
        known: row.get("known").map(text),
    }
}

fn said(row: &toml::Table) -> Said {
    let number = |value: &toml::Value| usize::try_from(value.as_integer().unwrap()).unwrap() - 1;
    Said {
        by: text(&row["by"]),
        what: text(&row["what"]),
        stance: row.get("stance").map_or("assert".to_owned(), text),
        through: row.get("through").map(number),
        denies: row
            .get("denies")
            .map(|d| d.as_array().unwrap().iter().map(number).collect())
            .unwrap_or_default(),
    }
}

fn text(value: &toml::Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn words(text: &str, ranges: &[TextRange]) -> String {
    ranges.iter().map(|r| &text[*r]).collect::<Vec<_>>().join(" … ")
}

/// What is wrong with the reading; empty if nothing.
fn faults(passage: &Passage, have: &Extraction) -> Vec<String> {
    let rows: Vec<&Attribution> = have.attributions.iter().collect();
    let found: Vec<Option<usize>> =
        passage.said.iter().map(|want| find(passage, have, &rows, want)).collect();
    let mut out = Vec::new();
    for (want, at) in passage.said.iter().zip(&found) {
        let Some(at) = at else {
            out.push(format!("not read: {} | {}", want.by, want.what));
            continue;
        };
        let parent = want.through.map(|n| found[n]);
        if parent.is_some_and(|p| rows[*at].parent.map(Id::index) != p) {
            out.push(format!("not through its reporter: {}", want.what));
        }
        let denied = |n: &usize| found[*n].is_some_and(|d| rows[*at].denies.contains(&Id::new(d)));
        if !want.denies.iter().all(denied) {
            out.push(format!("denies another thing: {}", want.what));
        }
    }
    let extra = (0..rows.len()).filter(|at| !found.contains(&Some(*at)));
    out.extend(extra.map(|at| format!("not in the text: {}", shown(passage, rows[at]))));
    out
}

fn find(passage: &Passage, have: &Extraction, rows: &[&Attribution], want: &Said) -> Option<usize> {
    rows.iter().position(|row| {
        let source = row.source.as_ref();
        let name = source.and_then(|s| s.entity).map_or("", |id| have.entities[id].name.as_str());
        let source = source.map_or(String::new(), |s| words(&passage.text, &s.ranges));
        let by = if want.by.is_empty() {
            source.is_empty()
        } else {
            source.contains(&want.by) || name.contains(&want.by)
        };
        by && words(&passage.text, &row.content).contains(&want.what) && row.stance.name() == want.stance
    })
}

fn shown(passage: &Passage, row: &Attribution) -> String {
    let source = row.source.as_ref().map_or(String::new(), |s| words(&passage.text, &s.ranges));
    let (cue, content) = (words(&passage.text, &row.cue), words(&passage.text, &row.content));
    format!("[{source}] {cue} [{content}] {} {}", row.stance.name(), row.rule.0)
}

#[test]
fn hard_passages_are_read_right_or_known_to_fail() {
    let lexicon = Lexicon::embedded().unwrap();
    let mut report = String::new();
    for passage in passages() {
        let Some(analysis) = tolmach_testing::analysis(&passage.text) else { return };
        let document = Document { text: passage.text.clone(), ..Document::default() };
        let (have, _) = tolmach_extraction::extract(&document, &analysis, &lexicon, None);
        let faults = faults(&passage, &have);
        match (&passage.known, faults.is_empty()) {
            (None, false) => writeln!(report, "{}:\n  {}", passage.name, faults.join("\n  ")).unwrap(),
            (Some(_), true) => writeln!(report, "{}: cured; take `known` away", passage.name).unwrap(),
            _ => {}
        }
    }
    assert!(report.is_empty(), "{report}");
}
