//! Every decision on the golden texts is spaCy's. `xtask/python/golden.py` writes the expectations.
//!
//! Skips loudly without a data file.

#![allow(clippy::disallowed_methods, reason = "these tests read the golden files and the data file")]

mod support;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tolmach_analysis::{Kernel, Mode, Model, Options, Worker};
use tolmach_document::{Analysis, Iob};

const EXACT: Options = Options { mode: Mode::Exact, vectors: false };

#[test]
fn golden_texts_are_read_as_spacy_reads_them() {
    let Some(model) = support::model("golden texts") else { return };
    let mut worker = Worker::new(&model, EXACT);
    let mut differences = Vec::new();
    let mut n_tokens = 0;
    for path in golden_files() {
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let text = line["text"].as_str().unwrap();
            let found = rows(text, &worker.analyze(text));
            let expected = line["tokens"].as_array().unwrap();
            n_tokens += expected.len();
            if found.len() != expected.len() {
                differences.push(format!("{}: {} tokens, spaCy {}", line["id"], found.len(), expected.len()));
            }
            for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
                if found != expected {
                    differences.push(format!("{}, token {at}: {found}\n    spaCy {expected}", line["id"]));
                }
            }
        }
    }
    assert!(n_tokens > 1000, "the golden files are empty");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// Text, tag, part of speech, lemma, head, label, entity and sentence start of each token.
fn rows(text: &str, analysis: &Analysis) -> Vec<Value> {
    let row = |t: usize| {
        let entity = match analysis.entities[t] {
            Iob::Out => "O".to_owned(),
            Iob::Begin(label) => format!("B-{label}"),
            Iob::In(label) => format!("I-{label}"),
        };
        let starts = analysis.sentences[analysis.sentence_of[t] as usize].tokens.start == t;
        let (tag, pos, dep) = (analysis.tags[t].name(), analysis.pos[t].name(), analysis.deps[t].name());
        let word = &text[analysis.tokens[t].range];
        json!([word, tag, pos, analysis.lemmas.get(t), analysis.heads[t], dep, entity, u8::from(starts)])
    };
    (0..analysis.tokens.len()).map(row).collect()
}

fn golden_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).collect();
    files.sort();
    files
}

fn golden_texts() -> Vec<String> {
    let lines = golden_files().into_iter().flat_map(|path| {
        let text = std::fs::read_to_string(path).unwrap();
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()).collect::<Vec<_>>()
    });
    lines.map(|line| line["text"].as_str().unwrap().to_owned()).collect()
}

/// The layers agree with each other, whatever the text.
#[track_caller]
fn check_layers(text: &str, analysis: &Analysis) {
    let n = analysis.tokens.len();
    let lengths = [analysis.lowers.len(), analysis.lemmas.len(), analysis.tags.len(), analysis.pos.len()];
    assert_eq!(lengths, [n; 4], "{text:?}");
    let lengths =
        [analysis.heads.len(), analysis.deps.len(), analysis.entities.len(), analysis.sentence_of.len()];
    assert_eq!(lengths, [n; 4], "{text:?}");
    let covered: usize = analysis.tokens.iter().map(|t| t.range.len() + usize::from(t.blank_after)).sum();
    assert_eq!(covered, text.len(), "{text:?}");
    for t in 0..n {
        let head = analysis.heads[t] as usize;
        assert_eq!(analysis.sentence_of[t], analysis.sentence_of[head], "token {t} of {text:?}");
    }
}

#[test]
fn what_a_worker_has_seen_changes_nothing() {
    let Some(model) = support::model("a used worker") else { return };
    let mut used = Worker::new(&model, EXACT);
    let texts = golden_texts();
    for text in &texts {
        used.analyze(text);
    }
    for text in texts.iter().rev() {
        let fresh = Worker::new(&model, EXACT).analyze(text);
        let again = used.analyze(text);
        check_layers(text, &again);
        assert_eq!(rows(text, &again), rows(text, &fresh), "{text:?}");
    }
}

#[test]
fn the_fast_mode_decides_the_same_with_all_instructions() {
    let Some(model) = support::model("instructions") else { return };
    let fast = Options { mode: Mode::Fast, vectors: true };
    let mut workers: Vec<_> =
        Kernel::all().into_iter().map(|kernel| (kernel, Worker::with_kernel(&model, fast, kernel))).collect();
    for text in golden_texts() {
        let all = workers.iter_mut().map(|(kernel, worker)| (kernel.name(), worker.analyze(&text)));
        let all: Vec<_> = all.collect();
        let (_, expected) = &all[0];
        for (name, found) in &all[1..] {
            assert_eq!(found.vectors, expected.vectors, "{name}, {text:?}");
            assert_eq!(rows(&text, found), rows(&text, expected), "{name}, {text:?}");
        }
    }
}

#[test]
fn long_texts_are_read_to_the_end() {
    let Some(model) = support::model("long texts") else { return };
    let mut worker = Worker::new(&model, EXACT);
    let prose = golden_texts().join("\n\n").repeat(8);
    for text in
        [prose, "word ".repeat(20_000), "(".repeat(20_000), "a b\n\n".repeat(5_000), "é".repeat(60_000)]
    {
        let analysis = worker.analyze(&text);
        check_layers(&text, &analysis);
    }
}

#[test]
fn vectors_are_kept_when_asked_for() {
    let Some(model) = support::model("vectors") else { return };
    let text = "Apple is looking at buying U.K. startup.";
    let analysis = Worker::new(&model, Options { mode: Mode::Exact, vectors: true }).analyze(text);
    assert_eq!(analysis.vectors.len(), analysis.tokens.len() * analysis.vector_width);
    // Printed by spaCy 3.8 for the first token.
    for (found, expected) in analysis.vectors.iter().zip([-0.75227, -1.02782, 0.98893, 0.42987]) {
        assert!((found - expected).abs() < 1e-4, "{:?}", &analysis.vectors[..4]);
    }
    assert!(Worker::new(&model, EXACT).analyze(text).vectors.is_empty());
}

/// The sentences of `text` in fast mode, white space trimmed.
fn fast_sentences<'a>(model: &Model, text: &'a str) -> Vec<&'a str> {
    let analysis = Worker::new(model, Options { mode: Mode::Fast, vectors: false }).analyze(text);
    check_layers(text, &analysis);
    analysis.sentences.iter().map(|sentence| text[sentence.range].trim()).collect()
}

#[test]
fn paragraphs_begin_sentences_in_fast_mode() {
    let Some(model) = support::model("paragraphs") else { return };
    let text = "\n\nPort traffic falls\n\nThe operator of the port\r\n\r\nsaid nothing on \n Tuesday.\n \nby our correspondent";
    let sentences = fast_sentences(&model, text);
    for start in ["Port traffic falls", "The operator of the port", "said nothing on", "by our correspondent"]
    {
        assert!(sentences.iter().any(|sentence| sentence.starts_with(start)), "{start:?} in {sentences:?}");
    }
    assert!(!sentences.iter().any(|sentence| sentence.starts_with("Tuesday")), "{sentences:?}");
}
