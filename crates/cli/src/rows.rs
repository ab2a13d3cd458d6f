//! The rows of each question: cells for people, objects for programs. Spans on the wire count code points.

use crate::listing::{Listing, Row};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tolmach_document::{CodePoints, Interval, TextRange};
use tolmach_situation::claim::{self, Link};
use tolmach_situation::figure::{self, Figure};
use tolmach_situation::happening::{self, Told};
use tolmach_situation::source::{self, Quoted};
use tolmach_situation::tie::{self, Bond};
use tolmach_situation::{Passage, Picture, Question, StatementId, when};

/// Turns ranges of documents into code points; each document is counted once.
pub struct Spans<'s> {
    picture: &'s Picture<'s>,
    counted: BTreeMap<usize, CodePoints<'s>>,
}

impl<'s> Spans<'s> {
    pub fn new(picture: &'s Picture<'s>) -> Self {
        Self { picture, counted: BTreeMap::new() }
    }

    pub fn of(&mut self, document: usize, range: TextRange) -> [usize; 2] {
        let text = &self.picture.snapshot.documents[document].document.text;
        self.counted.entry(document).or_insert_with(|| CodePoints::new(text)).of_range(range)
    }

    /// A passage: document, spans and words.
    pub fn passage(&mut self, passage: &Passage) -> Value {
        let spans: Vec<_> = passage.shown.iter().map(|range| self.of(passage.document, *range)).collect();
        let focus: Vec<_> = passage.focus.iter().map(|range| self.of(passage.document, *range)).collect();
        let mut out = json!({
            "document": document(self.picture, passage.document),
            "spans": spans,
            "quote": self.picture.words(passage.document, &passage.shown),
        });
        if !focus.is_empty() {
            out["focus"] = json!(focus);
        }
        out
    }
}

/// What a reader needs to know of a document.
pub fn document(picture: &Picture, document: usize) -> Value {
    let stored = &picture.snapshot.documents[document];
    let meta = &stored.document;
    clean(json!({
        "id": meta.id,
        "key": stored.key.to_string(),
        "outlet": meta.outlet,
        "title": meta.title,
        "published": meta.published.as_ref().map(ToString::to_string),
        "url": meta.url,
    }))
}

/// Leaves out null members.
pub fn clean(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    Value::Object(map.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>())
}

fn ids(ids: &[StatementId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn chain(chain: &[Link]) -> Value {
    chain
        .iter()
        .map(|link| json!({"name": link.name, "part": link.part.name(), "named": link.is_named}))
        .collect()
}

fn iso(days: Option<Interval>) -> Option<String> {
    days.map(when::iso)
}

fn outlets(picture: &Picture, documents: &[usize]) -> Vec<String> {
    documents.iter().map(|d| picture.snapshot.documents[*d].outlet().to_owned()).collect()
}

fn published(picture: &Picture, document: usize) -> String {
    picture.snapshot.documents[document].published().unwrap_or_default()
}

fn listing(title: &str, columns: &'static [&'static str], rows: Vec<Row>) -> Listing {
    Listing { title: title.to_owned(), columns, rows }
}

/// Who says what.
pub fn claims(picture: &Picture, question: &Question) -> Listing {
    let mut spans = Spans::new(picture);
    let rows = claim::claims(picture, question).into_iter().map(|claim| {
        let denied: Vec<String> = claim.denied_by.iter().filter_map(|id| speaker(picture, *id)).collect();
        let object = clean(json!({
            "schema": "tolmach.claim/1",
            "id": claim.id.to_string(),
            "source": claim.speaker().map(|link| &link.name),
            "chain": chain(&claim.chain),
            "stance": claim.stance.name(),
            "certainty": claim.certainty.name(),
            "kind": claim.kind.name(),
            "cue": claim.cue,
            "said": iso(claim.said),
            "content": spans.passage(&claim.content),
            "denies": ids(&claim.denies),
            "denied_by": ids(&claim.denied_by),
            "sentence": spans.passage(&claim.sentence),
            "also_in": outlets(picture, &claim.also_in),
            "rule": claim.rule,
        }));
        // A cell cannot mark the words that were said within their sentence.
        let words = if claim.is_hollow { &claim.sentence } else { &claim.content };
        let cells = vec![
            published(picture, claim.document),
            claim.chain_line(),
            claim.stance.name().to_owned(),
            picture.words(claim.document, &words.shown),
            denied.join(", "),
            claim.id.short(),
        ];
        Row { cells, object }
    });
    let columns = &["published", "source ← … ← outlet", "stance", "words", "denied by", "id"];
    listing("Claims", columns, rows.collect())
}

fn speaker(picture: &Picture, id: StatementId) -> Option<String> {
    claim::find(picture, id).and_then(|claim| claim.speaker().map(|link| link.name.clone()))
}

/// What is told to have happened.
pub fn events(picture: &Picture, question: &Question) -> Listing {
    told(picture, "Events", happening::events(picture, question))
}

/// The same by date.
pub fn timeline(picture: &Picture, question: &Question) -> Listing {
    told(picture, "Timeline", happening::timeline(picture, question))
}

fn told(picture: &Picture, title: &str, events: Vec<Told>) -> Listing {
    let mut spans = Spans::new(picture);
    let rows = events.into_iter().map(|told| {
        let object = clean(json!({
            "schema": "tolmach.event/1",
            "id": told.id.to_string(),
            "type": told.category,
            "mode": told.mode,
            "cameo": told.cameo,
            "quad": told.quad,
            "goldstein": told.goldstein.map(f64::from),
            "actors": told.actors,
            "recipients": told.recipients,
            "place": told.place,
            "when": iso(told.days),
            "status": told.status.name(),
            "chain": told.chain.as_deref().map(chain),
            "denied_by": ids(&told.denied_by),
            "passage": spans.passage(&told.passage),
            "rule": told.rule,
        }));
        let kind = told.mode.as_ref().map_or(told.category.clone(), |mode| format!("{}/{mode}", told.category));
        let by = told.chain.as_deref().map_or_else(
            || picture.snapshot.documents[told.document].outlet().to_owned(),
            claim::line,
        );
        let words = picture.words(told.document, &[told.passage.anchor()]);
        let cells = vec![
            iso(told.days).unwrap_or_default(),
            kind,
            told.actors.join(", "),
            told.recipients.join(", "),
            told.status.name().to_owned(),
            words,
            by,
            published(picture, told.document),
        ];
        Row { cells, object }
    });
    let columns = &["when", "type", "actor", "recipient", "status", "words", "by", "published"];
    listing(title, columns, rows.collect())
}

/// Who is quoted.
pub fn sources(picture: &Picture, question: &Question) -> Listing {
    let list = |names: &std::collections::BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    let rows = source::sources(picture, question).into_iter().map(|quoted: Quoted| {
        let claims: Vec<StatementId> = quoted.claims.iter().map(|claim| claim.id).collect();
        let (first, last) = quoted.published.map_or((None, None), |(a, b)| (Some(a.to_string()), Some(b.to_string())));
        let object = clean(json!({
            "schema": "tolmach.source/1",
            "name": quoted.name,
            "named": quoted.is_named,
            "claims": ids(&claims),
            "denials": quoted.denials,
            "denied": quoted.denied,
            "through": quoted.through,
            "outlets": quoted.outlets,
            "first": first,
            "last": last,
        }));
        let cells = vec![
            quoted.name.clone(),
            claims.len().to_string(),
            quoted.denials.to_string(),
            quoted.denied.to_string(),
            list(&quoted.through),
            list(&quoted.outlets),
            first.unwrap_or_default(),
            last.unwrap_or_default(),
        ];
        Row { cells, object }
    });
    let columns = &["source", "claims", "denies", "denied", "through", "outlets", "first", "last"];
    listing("Sources", columns, rows.collect())
}

/// How much.
pub fn quantities(picture: &Picture, question: &Question) -> Listing {
    let mut spans = Spans::new(picture);
    let rows = figure::figures(picture, question).into_iter().map(|figure: Figure| {
        let object = clean(json!({
            "schema": "tolmach.quantity/1",
            "id": figure.id.to_string(),
            "value": figure.value,
            "high": figure.high,
            "unit": figure.unit,
            "bound": figure.bound.name(),
            "direction": figure.direction.map(tolmach_document::Direction::name),
            "of": figure.of,
            "when": iso(figure.days),
            "passage": spans.passage(&figure.passage),
            "rule": figure.rule,
        }));
        let cells = vec![
            figure.amount(picture),
            figure.of.clone().unwrap_or_default(),
            iso(figure.days).unwrap_or_default(),
            picture.words(figure.document, &figure.passage.shown),
            picture.snapshot.documents[figure.document].outlet().to_owned(),
            published(picture, figure.document),
        ];
        Row { cells, object }
    });
    let columns = &["amount", "of", "when", "words", "outlet", "published"];
    listing("Quantities", columns, rows.collect())
}

/// Who stands how to whom.
pub fn ties(picture: &Picture, question: &Question) -> Listing {
    let mut spans = Spans::new(picture);
    let rows = tie::ties(picture, question).into_iter().map(|bond: Bond| {
        let object = clean(json!({
            "schema": "tolmach.tie/1",
            "id": bond.id.to_string(),
            "kind": bond.kind.name(),
            "a": bond.a,
            "b": bond.b,
            "when": iso(bond.days),
            "chain": bond.chain.as_deref().map(chain),
            "passage": spans.passage(&bond.passage),
            "rule": bond.rule,
        }));
        let outlet = picture.snapshot.documents[bond.document].outlet();
        let cells = vec![
            bond.a.clone(),
            bond.kind.name().to_owned(),
            bond.b.clone(),
            iso(bond.days).unwrap_or_default(),
            picture.words(bond.document, &[bond.passage.anchor()]),
            bond.chain.as_deref().map_or_else(|| outlet.to_owned(), claim::line),
            published(picture, bond.document),
        ];
        Row { cells, object }
    });
    let columns = &["a", "tie", "b", "when", "words", "by", "published"];
    listing("Ties", columns, rows.collect())
}
