//! `attribution`: PolNeAR's training part to `data/models/attribution.bin`.

use super::{range, rows, write};
use anyhow::Result;
use serde::Deserialize;
use std::path::Path;
use tolmach_document::{Analysis, CodePoints, TextRange};
use tolmach_engine::{Engine, Mode};
use tolmach_training::attribution::{self, Example, Gold, SETTINGS};

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    attributions: Vec<Spans>,
}

#[derive(Deserialize)]
struct Spans {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

/// Trains on the texts of PolNeAR as the engine parses them in exact mode, cut into sentences at blank lines: the arcs
/// of a headline stay with the text below it, and the models learn not to lean on them.
pub fn train(engine: &Engine, benchmarks: &Path, models: &Path) -> Result<()> {
    let mut reader = engine.reader(Mode::Exact);
    let mut examples = Vec::new();
    for row in rows::<Row>(&benchmarks.join("attribution/polnear.train.jsonl"))? {
        let gold = golds(&row)?;
        let mut analysis = reader.analyze(&row.text);
        cut_at_blank_lines(&row.text, &mut analysis);
        examples.push(Example { analysis, text: row.text, gold });
    }
    let marked: usize = examples.iter().map(|example| example.gold.len()).sum();
    println!("{} texts, {marked} attributions", examples.len());
    let model = attribution::train(&examples, &engine.lexicon().reporting, SETTINGS);
    println!(
        "features kept: {} of cues, {} of roles, {} of steps",
        model.cue.len(),
        model.role.len(),
        model.link.len()
    );
    write(&models.join("attribution.bin"), &model.to_bytes())
}

/// Lets a sentence begin after every blank line, as reading does, and leaves heads as they are.
fn cut_at_blank_lines(text: &str, analysis: &mut Analysis) {
    let is_blank = |t: &usize| {
        let words = &text[analysis.tokens[*t].range];
        words.trim().is_empty() && words.matches('\n').count() > 1
    };
    let after_blank = |t: usize| t > 0 && is_blank(&(t - 1));
    let begins = |t: usize| t == 0 || analysis.sentence_of[t] != analysis.sentence_of[t - 1];
    let starts: Vec<bool> = (0..analysis.tokens.len()).map(|t| begins(t) || after_blank(t)).collect();
    analysis.link(&starts);
}

fn golds(row: &Row) -> Result<Vec<Gold>> {
    let points = CodePoints::new(&row.text);
    let ranges = |spans: &[[usize; 2]]| -> Result<Vec<TextRange>> {
        spans.iter().map(|span| range(&points, &row.id, *span)).collect()
    };
    let gold = |spans: &Spans| -> Result<Gold> {
        Ok(Gold { source: ranges(&spans.source)?, cue: ranges(&spans.cue)?, content: ranges(&spans.content)? })
    };
    row.attributions.iter().map(gold).collect()
}
