//! `factuality`: the training parts of UDS-IH2 and UW to `data/models/factuality.bin`.

use super::{range, rows, write};
use anyhow::Result;
use serde::Deserialize;
use std::path::Path;
use tolmach_document::CodePoints;
use tolmach_engine::{Engine, Mode};
use tolmach_training::factuality::{self, Example, SETTINGS};

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    start: usize,
    end: usize,
    score: f32,
}

/// Trains on what the engine parses in fast mode, as the reading is used.
pub fn train(engine: &Engine, benchmarks: &Path, models: &Path) -> Result<()> {
    let mut reader = engine.reader(Mode::Fast);
    let mut examples = Vec::new();
    for (name, committed) in [("udsih2", false), ("uw", true)] {
        for row in rows::<Row>(&benchmarks.join(format!("factuality/{name}.train.jsonl")))? {
            let points = CodePoints::new(&row.text);
            let event = |e: &Event| Ok((range(&points, &row.id, [e.start, e.end])?, e.score));
            let events = row.events.iter().map(event).collect::<Result<Vec<_>>>()?;
            examples.push(Example { analysis: reader.analyze(&row.text), text: row.text.clone(), events, committed });
        }
    }
    println!("{} texts", examples.len());
    let model = factuality::train(&examples, engine.lexicon(), SETTINGS);
    let kept = [&model.happened, &model.committed, &model.school].map(|reading| reading.weights.len());
    println!("features kept: {kept:?}");
    write(&models.join("factuality.bin"), &model.to_bytes())
}
