//! Stored parses, for work on the later layers while the language engine is being built.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use tolmach_document::{Analysis, CodePoints, Dep, EntityLabel, Iob, Pos, Tag, TextRange, Token};

#[derive(Deserialize)]
struct Line {
    id: String,
    tokens: Vec<Row>,
}
type Row = (usize, usize, bool, String, String, String, u32, String, String, bool);

pub struct Parse(Vec<Row>);

/// All parses of the `.jsonl` files in `folder`, by document id.
pub fn load(folder: &Path) -> Result<BTreeMap<String, Parse>> {
    let mut out = BTreeMap::new();
    let files: Vec<_> = if folder.is_dir() {
        let mut files: Vec<_> =
            std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<std::io::Result<_>>()?;
        files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
        files.sort();
        files
    } else {
        vec![folder.to_owned()]
    };
    for file in files {
        for line in BufReader::new(std::fs::File::open(&file)?).lines() {
            let line: Line = serde_json::from_str(&line?).with_context(|| file.display().to_string())?;
            out.insert(line.id, Parse(line.tokens));
        }
    }
    Ok(out)
}

impl Parse {
    pub fn analysis(&self, text: &str) -> Analysis {
        let points = CodePoints::new(text);
        let byte = |n: usize| points.to_byte(n).expect("parse and text belong together");
        let mut a = Analysis::default();
        let mut starts = Vec::new();
        for (start, end, blank, tag, pos, lemma, head, dep, ent, first) in &self.0 {
            let range = TextRange::at(byte(*start), byte(*end));
            a.tokens.push(Token { range, blank_after: *blank });
            a.lowers.push(&text[range].to_lowercase());
            a.lemmas.push(lemma);
            a.tags.push(Tag::from_name(tag).expect("known tag"));
            a.pos.push(Pos::from_name(pos).expect("known part of speech"));
            a.heads.push(*head);
            a.deps.push(Dep::from_name(dep).expect("known dependency"));
            let label = ent.get(2..).and_then(EntityLabel::from_name);
            a.entities.push(match (ent.as_bytes()[0], label) {
                (b'B', Some(label)) => Iob::Begin(label),
                (b'I', Some(label)) => Iob::In(label),
                _ => Iob::Out,
            });
            // As the engine does outside exact mode: a blank line starts a sentence.
            let paragraph = a.tokens.len() > 1 && {
                let before = a.tokens[a.tokens.len() - 2].range;
                text[before].trim().is_empty() && text[before].matches('\n').count() > 1
            };
            starts.push(*first || paragraph);
        }
        a.link(&starts);
        a
    }
}
