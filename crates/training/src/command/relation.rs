//! `relation`: PLV's training part and our own sentences to `data/models/relation.bin`.

use super::{range, rows, write};
use anyhow::{Context, Result};
use serde::Deserialize;
use std::path::Path;
use tolmach_document::{CodePoints, TextRange};
use tolmach_engine::{Dyad, Engine, Mode, Reader};
use tolmach_lexicon::event::{ROOTS, invented_dyads, quad_of_root};
use tolmach_training::relation::{self, Example, SETTINGS};

/// Parts of the cross-validation.
const FOLDS: usize = 10;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    marked: String,
    root: String,
    quad: u8,
}

/// Trains on what the engine parses in fast mode, as the coder is used.
pub fn train(engine: &Engine, benchmarks: &Path, models: &Path) -> Result<()> {
    let mut reader = engine.reader(Mode::Fast);
    let mut examples = Vec::new();
    for row in rows::<Row>(&benchmarks.join("relation/plv_train.jsonl"))? {
        examples.push(example(&mut reader, row)?);
    }
    let marked = examples.len();
    for row in invented_dyads()? {
        let dyad = Dyad { source: Some(row.source), target: Some(row.target) };
        let quad = quad_of_root(row.root);
        let analysis = reader.analyze(&row.text);
        examples.push(Example { analysis, text: row.text, dyad, root: row.root, quad, invented: true });
    }
    println!("{marked} marked sentences, {} of our own", examples.len() - marked);
    let figures = relation::cross_validate(&examples, engine.lexicon(), SETTINGS, FOLDS);
    println!("{FOLDS}-fold macro-F1: {figures:.2?}");
    let model = relation::train(&examples, engine.lexicon(), SETTINGS);
    println!("features kept: {}", model.roots.len());
    write(&models.join("relation.bin"), &model.to_bytes())
}

fn example(reader: &mut Reader<'_>, row: Row) -> Result<Example> {
    let root = ROOTS.iter().position(|root| *root == row.root);
    let root = root.with_context(|| format!("{}: unknown type {}", row.id, row.root))?;
    let points = CodePoints::new(&row.text);
    let part = |name: &str| -> Result<Option<TextRange>> {
        span(&row.marked, name).map(|span| range(&points, &row.id, span)).transpose()
    };
    let dyad = Dyad { source: part("s")?, target: part("t")? };
    Ok(Example { analysis: reader.analyze(&row.text), dyad, root, quad: row.quad, invented: false, text: row.text })
}

/// Where `<name>…</name>` stands in the text without any marks, in code points.
fn span(marked: &str, name: &str) -> Option<[usize; 2]> {
    let (before, rest) = marked.split_once(&format!("<{name}>"))?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let length = |part: &str| {
        ["<s>", "</s>", "<t>", "</t>"].iter().fold(part.to_owned(), |text, mark| text.replace(mark, "")).chars().count()
    };
    let start = length(before);
    Some([start, start + length(inside)])
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn marks_are_not_counted() {
        let marked = "<s>Perú</s> met <t>Chile</t>.";
        assert_eq!((span(marked, "s"), span(marked, "t")), (Some([0, 4]), Some([9, 14])));
    }
}
