//! `tolmach show`: one document with everything read from it and its history.

use crate::listing::{Listing, Row};
use crate::output::{Flags, Format};
use crate::rows::{Spans, clean, document};
use crate::{Setup, brief, page, questions, rows};
use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;
use tolmach_situation::{Body, Picture, Question, Scope, Snapshot, Statement, Stored, when};

#[derive(clap::Args)]
pub struct Arguments {
    /// The document: its id, path, address, title, or the first digits of its key.
    document: String,
    /// An earlier version of it.
    #[arg(long, value_name = "N")]
    version: Option<u32>,
    /// The dossier [default: tolmach.dossier].
    #[arg(long, value_name = "FILE")]
    dossier: Option<PathBuf>,
    #[command(flatten)]
    output: Flags,
}

pub fn run(setup: &Setup, arguments: &Arguments) -> Result<ExitCode> {
    let format = arguments.output.format(&setup.settings, None)?;
    let history = questions::snapshot(setup, arguments.dossier.as_ref(), Scope::History)?;
    let chosen = choose(&history, arguments)?.clone();
    let versions: Vec<Value> = versions(&history, &chosen).collect();
    let alone = Snapshot::new(vec![Stored { current: true, ..chosen }], history.judgements.clone());
    let links = tolmach_engine::link(&alone);
    let picture = Picture::new(&alone, &links);
    let question = Question::default();
    let bytes = match format {
        Format::Table => table(&picture, &versions)?,
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&object(&picture, versions))?).into_bytes(),
        Format::Jsonl => format!("{}\n", object(&picture, versions)).into_bytes(),
        Format::Csv => statements(&picture).render(Format::Csv)?,
        Format::Md | Format::Html => {
            let made = tolmach_situation::brief::brief(&picture, &question);
            match format {
                Format::Html => page::brief(&picture, &question, &made)?.into_bytes(),
                _ => brief::markdown(&picture, &question, &made).into_bytes(),
            }
        }
    };
    arguments.output.write(&bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// The version that the arguments name: the current one unless they say which.
fn choose<'s>(history: &'s Snapshot, arguments: &Arguments) -> Result<&'s Stored> {
    let found = history.named(&arguments.document);
    let mut identities: Vec<&str> = found.iter().map(|n| history.documents[*n].identity.as_str()).collect();
    identities.sort_unstable();
    identities.dedup();
    let [identity] = identities[..] else {
        if identities.is_empty() {
            bail!("the dossier has no document {:?}; `tolmach brief` lists them", arguments.document);
        }
        let names: Vec<String> = found
            .iter()
            .map(|n| &history.documents[*n])
            .filter(|stored| stored.current)
            .map(|stored| format!("\n  {}  {}", stored.key.short(), stored.document.id))
            .collect();
        bail!("{:?} may be any of these; name one by its first digits:{}", arguments.document, names.concat());
    };
    let mut versions = history.documents.iter().filter(|stored| stored.identity == identity);
    let wanted = |stored: &&Stored| arguments.version.map_or(stored.current, |n| stored.version == n);
    match versions.find(wanted) {
        Some(stored) => Ok(stored),
        None => bail!("{} has no version {}", arguments.document, arguments.version.unwrap_or_default()),
    }
}

fn versions<'s>(history: &'s Snapshot, chosen: &'s Stored) -> impl Iterator<Item = Value> + 's {
    let mut same: Vec<&Stored> =
        history.documents.iter().filter(|stored| stored.identity == chosen.identity).collect();
    same.sort_by_key(|stored| stored.version);
    same.into_iter().map(|stored| {
        json!({
            "version": stored.version,
            "key": stored.key.to_string(),
            "read": stored.added,
            "reader": stored.reader,
            "current": stored.current,
        })
    })
}

fn object(picture: &Picture, versions: Vec<Value>) -> Value {
    let stored = &picture.snapshot.documents[0];
    let objects = |listing: Listing| listing.rows.into_iter().map(|row| row.object).collect::<Vec<_>>();
    let all = Question::default();
    json!({
        "schema": "tolmach.document/1",
        "document": document(picture, 0),
        "author": stored.document.author,
        "path": stored.document.path,
        "version": stored.version,
        "versions": versions,
        "issues": stored.issues,
        "text": stored.document.text,
        "claims": objects(rows::claims(picture, &all)),
        "events": objects(rows::events(picture, &all)),
        "quantities": objects(rows::quantities(picture, &all)),
        "ties": objects(rows::ties(picture, &all)),
        "statements": objects(statements(picture)),
    })
}

fn table(picture: &Picture, versions: &[Value]) -> Result<Vec<u8>> {
    let stored = &picture.snapshot.documents[0];
    let meta = &stored.document;
    let mut out = String::new();
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{name:<11}{}\n", crate::clean::line(value)));
        }
    };
    field("document", Some(&meta.id));
    field("title", meta.title.as_deref());
    field("outlet", meta.outlet.as_deref());
    field("author", meta.author.as_deref());
    field("published", meta.published.as_ref().map(ToString::to_string).as_deref());
    field("address", meta.url.as_deref());
    field("key", Some(&stored.key.to_string()));
    for version in versions {
        let mark = if version["current"] == true { ", current" } else { "" };
        let text = |name: &str| version[name].as_str().unwrap_or_default().to_owned();
        let line = format!("{} read {} by {}{mark}", version["version"], text("read"), text("reader"));
        field("version", Some(&line));
    }
    for (code, message) in &stored.issues {
        field("issue", Some(&format!("{code}: {message}")));
    }
    out.push('\n');
    out.push_str(&String::from_utf8(statements(picture).render(Format::Table)?)?);
    Ok(out.into_bytes())
}

/// Every statement of the document.
fn statements(picture: &Picture) -> Listing {
    let mut spans = Spans::new(picture);
    let rows = picture.snapshot.iter().map(|(n, statement)| {
        let [start, end] = spans.of(n, statement.range);
        let words = picture.words(n, &[statement.range]);
        let read = read_as(picture, statement);
        let object = clean(json!({
            "schema": "tolmach.statement/1",
            "id": statement.id.to_string(),
            "layer": statement.body.layer(),
            "span": [start, end],
            "quote": words,
            "read": read,
            "rule": statement.rule,
        }));
        let layer = statement.body.layer().to_owned();
        Row { cells: vec![format!("{start}–{end}"), layer, words, read, statement.rule.clone()], object }
    });
    let columns = &["characters", "layer", "words", "read as", "rule"];
    Listing { title: "Statements".to_owned(), columns, rows: rows.collect() }
}

/// What was read, in few words.
fn read_as(picture: &Picture, statement: &Statement) -> String {
    let name = |id| picture.name(id).unwrap_or("?").to_owned();
    match &statement.body {
        Body::Region(region) => format!("{:?}", region.kind).to_lowercase(),
        Body::Entity(e) => {
            let facts = [Some(e.kind.name()), e.country.as_deref(), e.code.as_deref()];
            let facts: Vec<&str> = facts.into_iter().flatten().collect();
            format!("{} ({})", e.name, facts.join(", "))
        }
        Body::Time(time) => format!("{} {}", time.kind.name(), time.value),
        Body::Place(place) => format!("{} ({}) {:.2} {:.2}", place.name, place.kind, place.lat, place.lon),
        Body::Quantity(q) => {
            let unit = q.unit.as_deref().unwrap_or_default();
            let high = q.high.map(|high| format!("–{high}")).unwrap_or_default();
            format!("{} {}{high} {unit}", q.bound.name(), q.value).trim().to_owned()
        }
        Body::Attribution(a) => {
            let chain = tolmach_situation::claim::chain(picture, 0, statement.id);
            format!("{}: {}", a.stance.name(), tolmach_situation::claim::line(&chain))
        }
        Body::Event(event) => {
            let days = picture.interval(event.time).map(when::iso).unwrap_or_default();
            let mode = event.mode.as_ref().map(|mode| format!("/{mode}")).unwrap_or_default();
            format!("{}{mode} {days}", event.category).trim().to_owned()
        }
        Body::Tie(tie) => format!("{} — {} — {}", name(tie.a), tie.kind.name(), name(tie.b)),
    }
}
