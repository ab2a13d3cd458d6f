//! From the files of a spaCy 3 CNN pipeline to sections of our data file, checked part by part.
//!
//! Reads no files itself and never runs while texts are read.

mod json;
mod lemma;
mod pack;
mod rules;
mod thinc;
mod vectors;

use std::collections::BTreeMap;

use tolmach_document::{EntityLabel, Tag};

use crate::convert::vectors::Vectors;
use crate::error::Error;
use crate::msgpack::{self, Value};
use crate::parse::labels::Label;
use crate::tokenizer;

/// Sections by name.
#[derive(Default)]
pub(crate) struct Sections {
    sections: Vec<(String, Vec<u8>)>,
}

impl Sections {
    fn numbers(&mut self, name: String, numbers: &[f32]) {
        self.sections.push((name, numbers.iter().flat_map(|number| number.to_le_bytes()).collect()));
    }

    fn bytes(&mut self, name: &str, bytes: Vec<u8>) {
        self.sections.push((name.to_owned(), bytes));
    }

    fn text(&mut self, name: String, text: String) {
        self.sections.push((name, text.into_bytes()));
    }
}

/// Converts the files of a spaCy 3 CNN pipeline folder (name → bytes, such as `tok2vec/model`) into data-file
/// sections named `model/…`.
///
/// # Errors
/// Names the component that is missing or does not fit, and what was expected of it.
pub fn convert(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut out = Sections::default();
    meta(files, &mut out)?;
    words(files, &mut out)?;
    let vectors = vectors(files, &mut out)?;
    tok2vec(files, vectors.as_ref(), &mut out)?;
    tagger(files, &mut out)?;
    parser(files, &mut out)?;
    names(files, vectors.as_ref(), &mut out)?;
    rules::convert(file(files, "attribute_ruler/patterns")?, &mut out)?;
    lemma::convert(file(files, "lemmatizer/lookups/lookups.bin")?, &mut out)?;
    Ok(out.sections)
}

fn file<'a>(files: &'a BTreeMap<String, Vec<u8>>, name: &str) -> Result<&'a [u8], Error> {
    files.get(name).map(Vec::as_slice).ok_or_else(|| Error::new(name, "the file is missing"))
}

fn read_json(name: &str, bytes: &[u8]) -> Result<json::Value, Error> {
    let value = std::str::from_utf8(bytes).ok().and_then(json::read);
    value.ok_or_else(|| Error::new(name, "this is not JSON"))
}

fn meta(files: &BTreeMap<String, Vec<u8>>, out: &mut Sections) -> Result<(), Error> {
    let name = "meta.json";
    let meta = read_json(name, file(files, name)?)?;
    let field = |key: &str| {
        let text = meta.field(key).and_then(json::Value::text).filter(|text| !text.contains('\n'));
        text.ok_or_else(|| Error::new(name, format_args!("no {key}")))
    };
    if field("lang")? != "en" {
        return Err(Error::new(name, format_args!("expected an English model, found {:?}", field("lang")?)));
    }
    let text =
        format!("{}_{}\n{}\n{}\n", field("lang")?, field("name")?, field("version")?, field("license")?);
    out.text("model/meta".to_owned(), text);
    Ok(())
}

/// The tokenizer with the norms of words.
fn words(files: &BTreeMap<String, Vec<u8>>, out: &mut Sections) -> Result<(), Error> {
    let name = "vocab/lookups.bin";
    let lookups = msgpack::read(file(files, name)?).map_err(|error| Error::new(name, error))?;
    let norms = lookups.field("lexeme_norm").ok_or_else(|| Error::new(name, "no table lexeme_norm"))?;
    let norm = |(id, norm): &(Value<'_>, Value<'_>)| Some((id.int()?, norm.text()?.to_owned()));
    let norms: Option<Vec<(u64, String)>> = norms.pairs().iter().map(norm).collect();
    let norms = norms.ok_or_else(|| Error::new(name, "cannot read the table lexeme_norm"))?;
    let section = tokenizer::compile(file(files, "tokenizer")?, &norms);
    let section = section.map_err(|error| Error::new("tokenizer", error))?;
    out.sections.push(("model/tokenizer".to_owned(), section));
    Ok(())
}

/// The vectors of words, if any encoder uses them.
fn vectors(files: &BTreeMap<String, Vec<u8>>, out: &mut Sections) -> Result<Option<Vectors>, Error> {
    for name in ["tok2vec/model", "ner/model"] {
        let value = thinc::read(name, file(files, name)?)?;
        if thinc::Nodes::new(name, &value)?.count("static_vectors") > 0 {
            return Vectors::read(files, out).map(Some);
        }
    }
    Ok(None)
}

fn tok2vec(
    files: &BTreeMap<String, Vec<u8>>,
    vectors: Option<&Vectors>,
    out: &mut Sections,
) -> Result<(), Error> {
    let name = "tok2vec/model";
    let value = thinc::read(name, file(files, name)?)?;
    pack::encoder(&thinc::Nodes::new(name, &value)?, vectors, "model/tok2vec", out)
}

fn tagger(files: &BTreeMap<String, Vec<u8>>, out: &mut Sections) -> Result<(), Error> {
    let name = "tagger/cfg";
    let cfg = read_json(name, file(files, name)?)?;
    let tags = cfg.field("labels").map(json::Value::list).unwrap_or_default();
    let mut lines = String::new();
    for tag in tags {
        let tag = tag.text().and_then(Tag::from_name);
        let tag = tag.ok_or_else(|| Error::new(name, format_args!("unknown tag in {tags:?}")))?;
        lines.push_str(&format!("{tag}\n"));
    }
    out.text("model/tagger/tags".to_owned(), lines);
    let name = "tagger/model";
    let value = thinc::read(name, file(files, name)?)?;
    pack::tagger(&thinc::Nodes::new(name, &value)?, tags.len(), out)
}

fn parser(files: &BTreeMap<String, Vec<u8>>, out: &mut Sections) -> Result<(), Error> {
    let actions = actions(files, "parser/moves")?;
    for (kind, label) in &actions {
        let known = Label::from_name(label).is_some() && *kind < 5;
        known
            .then_some(())
            .ok_or_else(|| Error::new("parser/moves", format_args!("unknown action {kind} {label:?}")))?;
    }
    write_actions("model/parser/actions", &actions, out);
    let name = "parser/model";
    let value = thinc::read(name, file(files, name)?)?;
    pack::state(&thinc::Nodes::new(name, &value)?, "model/parser", 8, actions.len(), out)
}

fn names(
    files: &BTreeMap<String, Vec<u8>>,
    vectors: Option<&Vectors>,
    out: &mut Sections,
) -> Result<(), Error> {
    let actions = actions(files, "ner/moves")?;
    for (_, label) in &actions {
        let known = label.is_empty() || EntityLabel::from_name(label).is_some();
        known
            .then_some(())
            .ok_or_else(|| Error::new("ner/moves", format_args!("unknown entity type {label:?}")))?;
    }
    write_actions("model/names/actions", &actions, out);
    let name = "ner/model";
    let value = thinc::read(name, file(files, name)?)?;
    let nodes = thinc::Nodes::new(name, &value)?;
    pack::encoder(&nodes, vectors, "model/names", out)?;
    pack::state(&nodes, "model/names", 3, actions.len(), out)
}

/// Actions in the order of their scores: by kind, then the most frequent first.
fn actions(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Result<Vec<(usize, String)>, Error> {
    let broken = |reason: &str| Error::new(name, reason);
    let moves = msgpack::read(file(files, name)?).map_err(|error| Error::new(name, error))?;
    let moves = moves.field("moves").and_then(Value::text).ok_or_else(|| broken("no moves"))?;
    let mut actions = Vec::new();
    for (kind, labels) in read_json(name, moves.as_bytes())?.pairs() {
        let kind: usize = kind.parse().map_err(|_| broken("a kind of action is no number"))?;
        for (label, frequency) in labels.pairs() {
            let frequency = frequency.number().ok_or_else(|| broken("a frequency is no number"))?;
            // spaCy would move labels that were added without training to the end.
            if frequency < 0 {
                return Err(broken("labels without training are not supported"));
            }
            actions.push((kind, frequency, label.clone()));
        }
    }
    actions.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| (b.1, &b.2).cmp(&(a.1, &a.2))));
    Ok(actions.into_iter().map(|(kind, _, label)| (kind, label)).collect())
}

fn write_actions(name: &str, actions: &[(usize, String)], out: &mut Sections) {
    let lines = actions.iter().map(|(kind, label)| format!("{kind} {label}\n")).collect();
    out.text(name.to_owned(), lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &[u8])], part: &str, message: &str) {
        let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        let error = convert(&files).expect_err("this is no model");
        assert_eq!(error.part(), part);
        assert!(error.to_string().contains(message), "{error}");
    }

    #[test]
    fn what_does_not_fit_is_named() {
        check(&[], "meta.json", "missing");
        check(&[("meta.json", b"{")], "meta.json", "not JSON");
        let meta = br#"{"lang": "fr", "name": "core_news_sm", "version": "3.8.0", "license": "LGPL"}"#;
        check(&[("meta.json", meta)], "meta.json", "expected an English model");
        let meta = br#"{"lang": "en", "name": "core_web_sm", "version": "3.8.0", "license": "MIT"}"#;
        check(&[("meta.json", meta)], "vocab/lookups.bin", "missing");
        check(&[("meta.json", meta), ("vocab/lookups.bin", b"\x80")], "vocab/lookups.bin", "lexeme_norm");
    }

    #[test]
    fn actions_are_ordered_by_kind_then_frequency_then_label() {
        // A map of one pair: "moves" to JSON of 40 bytes.
        let json = r#"{"2":{"a":1,"b":7,"c":7},"0":{"":3}}    "#;
        let mut moves = b"\x81\xa5moves\xd9\x28".to_vec();
        moves.extend(json.as_bytes());
        let files = BTreeMap::from([("parser/moves".to_owned(), moves)]);
        let found = actions(&files, "parser/moves").unwrap();
        let found: Vec<String> = found.iter().map(|(kind, label)| format!("{kind}{label}")).collect();
        assert_eq!(found, ["0", "2c", "2b", "2a"]);
    }
}
