//! Prints what the engine finds: `dump DATA_FILE TEXTS.jsonl [fast]` (lines with a field `text`), one line of JSON
//! a text: for each token its text, tag, part of speech, lemma, head, label, entity and sentence start.
//!
//! For comparing with spaCy (`xtask/python/parity.py`). Tells the time it took on standard error.

#![allow(clippy::disallowed_methods, reason = "an example reads its own files and tells the time")]

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use tolmach_analysis::{Mode, Model, Options, Worker};
use tolmach_document::{Analysis, Iob};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (data, texts, fast) = match arguments.as_slice() {
        [data, texts] => (data, texts, false),
        [data, texts, mode] if mode == "fast" => (data, texts, true),
        _ => return Err("usage: dump DATA_FILE TEXTS.jsonl [fast]".into()),
    };
    let file = tolmach_datafile::DataFile::open(Arc::new(std::fs::read(data)?))?;
    let model = Model::load(&file)?;
    let mode = if fast { Mode::Fast } else { Mode::Exact };
    let mut worker = Worker::new(&model, Options { mode, vectors: false });
    let (mut n_tokens, mut seconds) = (0, 0.0);
    for line in std::fs::read_to_string(texts)?.lines().filter(|line| !line.trim().is_empty()) {
        let line: Value = serde_json::from_str(line)?;
        let text = line["text"].as_str().ok_or("a line without text")?;
        let start = Instant::now();
        let analysis = worker.analyze(text);
        seconds += start.elapsed().as_secs_f64();
        n_tokens += analysis.tokens.len();
        println!("{}", json!({ "id": line["id"], "tokens": tokens(text, &analysis) }));
    }
    eprintln!("{n_tokens} tokens in {seconds:.3} s: {:.0} tokens/s", n_tokens as f64 / seconds);
    Ok(())
}

fn tokens(text: &str, analysis: &Analysis) -> Vec<Value> {
    let starts = analysis.sentences.iter().map(|sentence| sentence.tokens.start);
    let starts: std::collections::BTreeSet<usize> = starts.collect();
    let token = |t: usize| {
        let entity = match analysis.entities[t] {
            Iob::Out => "O".to_owned(),
            Iob::Begin(label) => format!("B-{label}"),
            Iob::In(label) => format!("I-{label}"),
        };
        json!([
            &text[analysis.tokens[t].range],
            analysis.tags[t].name(),
            analysis.pos[t].name(),
            analysis.lemmas.get(t),
            analysis.heads[t],
            analysis.deps[t].name(),
            entity,
            u8::from(starts.contains(&t)),
        ])
    };
    (0..analysis.tokens.len()).map(token).collect()
}
