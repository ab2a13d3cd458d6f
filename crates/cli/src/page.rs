//! Self-contained pages: no script, nothing fetched, every word escaped by the template engine.
//!
//! The brief's page carries the documents it quotes; each quotation is a link to its marked words.

use crate::brief::{extent, title};
use crate::listing::Listing;
use anyhow::Result;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::TextRange;
use tolmach_situation::brief::{Brief, Line};
use tolmach_situation::{Passage, Picture, Question, Quote, Stored, when};

const BASE: &str = include_str!("../templates/base.css");

fn render(name: &str, source: &str, values: Value) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template(name, source)?;
    let mut page = environment.get_template(name)?.render(values)?;
    page.push('\n');
    Ok(page)
}

/// A listing as a page.
pub fn listing(listing: &Listing) -> Result<String> {
    let rows: Vec<&[String]> = listing.rows.iter().map(|row| row.cells.as_slice()).collect();
    let rows = Value::from(Serde(&rows));
    let columns = Value::from(Serde(&listing.columns));
    let values = context! { base_css => BASE, title => listing.title.as_str(), columns => columns, rows => rows };
    render("listing.html", include_str!("../templates/listing.html"), values)
}

/// The brief as a page.
pub fn brief(picture: &Picture, question: &Question, made: &Brief) -> Result<String> {
    let mut marks: Marks = BTreeMap::new();
    let sections: Vec<Section> = made
        .sections
        .iter()
        .map(|section| Section {
            topic: section.topic.name(),
            title: section.topic.title(),
            command: section.topic.command(),
            count: section.lines.len() + section.hidden,
            hidden: section.hidden,
            lines: section.lines.iter().map(|line| item(picture, line, &mut marks)).collect(),
        })
        .collect();
    let documents: Vec<Shown> = made
        .documents
        .iter()
        .chain(marks.keys())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|document| shown(picture, *document, marks.get(document)))
        .collect();
    let values = context! {
        base_css => BASE,
        title => title(picture, question),
        extent => extent(picture, made),
        sections => Value::from(Serde(&sections)),
        documents => Value::from(Serde(&documents)),
    };
    render("brief.html", include_str!("../templates/brief.html"), values)
}

/// The ranges that a page points at, by document.
type Marks = BTreeMap<usize, BTreeSet<TextRange>>;

#[derive(Serialize)]
struct Section {
    topic: &'static str,
    title: &'static str,
    command: &'static str,
    count: usize,
    hidden: usize,
    lines: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    when: Option<String>,
    head: Option<String>,
    tag: Option<String>,
    status: Option<&'static str>,
    note: Option<String>,
    chain: Option<String>,
    quotes: Vec<Cited>,
    beneath: Vec<Item>,
}

#[derive(Serialize)]
struct Cited {
    anchor: String,
    outlet: String,
    published: Option<String>,
    quoted: bool,
    pieces: Vec<Piece>,
}

#[derive(Serialize)]
struct Piece {
    text: String,
    focus: bool,
    gap: bool,
}

#[derive(Serialize)]
struct Shown {
    anchor: String,
    title: String,
    outlet: String,
    published: Option<String>,
    author: Option<String>,
    url: Option<String>,
    issues: Vec<String>,
    steps: Vec<Step>,
}

/// Text, or the begin (with its id, empty where a mark goes on) or end of a mark.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Step {
    text: Option<String>,
    open: Option<String>,
    close: bool,
}

fn item(picture: &Picture, line: &Line, marks: &mut Marks) -> Item {
    Item {
        when: line.when.clone(),
        head: line.head.clone(),
        tag: line.tag.clone(),
        status: line.status,
        note: line.note.clone(),
        chain: line.chain.clone(),
        quotes: line.passages.iter().map(|passage| cited(picture, passage, marks)).collect(),
        beneath: line.beneath.iter().map(|beneath| item(picture, beneath, marks)).collect(),
    }
}

fn cited(picture: &Picture, passage: &Passage, marks: &mut Marks) -> Cited {
    let stored = &picture.snapshot.documents[passage.document];
    let range = passage.anchor();
    marks.entry(passage.document).or_default().insert(range);
    let piece = |quote: Quote| match quote {
        Quote::Plain(text) => Piece { text: text.to_owned(), focus: false, gap: false },
        Quote::Focus(text) => Piece { text: text.to_owned(), focus: true, gap: false },
        Quote::Gap => Piece { text: String::new(), focus: false, gap: true },
    };
    Cited {
        anchor: mark_id(stored, range),
        outlet: stored.outlet().to_owned(),
        published: published(picture, passage.document),
        quoted: passage.is_quoted(picture.snapshot),
        pieces: passage.pieces(picture.snapshot).into_iter().map(piece).collect(),
    }
}

fn published(picture: &Picture, document: usize) -> Option<String> {
    let published = picture.snapshot.documents[document].published()?;
    let day = picture.published(document).filter(|day| day.to_string() == published);
    Some(day.map_or(published, when::day))
}

fn mark_id(stored: &Stored, range: TextRange) -> String {
    format!("m{}-{}-{}", stored.key.short(), range.start(), range.end())
}

/// A document with its marks; without marks only its head is shown, so that a page does not carry a dossier.
fn shown(picture: &Picture, document: usize, marks: Option<&BTreeSet<TextRange>>) -> Shown {
    let stored = &picture.snapshot.documents[document];
    let meta = &stored.document;
    let is_web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    Shown {
        anchor: format!("d{}", stored.key.short()),
        title: meta.title.clone().unwrap_or_else(|| meta.id.clone()),
        outlet: stored.outlet().to_owned(),
        published: published(picture, document),
        author: meta.author.clone(),
        url: meta.url.as_ref().filter(is_web).cloned(),
        issues: stored.issues.iter().map(|(code, message)| format!("{code}: {message}")).collect(),
        steps: marks.map(|marks| steps(&meta.text, marks, |range| mark_id(stored, range))).unwrap_or_default(),
    }
}

/// The text with properly nested marks. Where two ranges cross, the one that began earlier is closed and
/// goes on as a mark without an id.
fn steps(text: &str, marks: &BTreeSet<TextRange>, id: impl Fn(TextRange) -> String) -> Vec<Step> {
    let mut out = Vec::new();
    let mut open: Vec<TextRange> = Vec::new();
    let mut at = 0;
    let mut ends: Vec<usize> = marks.iter().map(|range| range.end()).collect();
    ends.sort_unstable();
    let mut starts = marks.iter().copied().filter(|range| !range.is_empty()).peekable();
    let mut ends = ends.into_iter().peekable();
    while let Some(next) = [starts.peek().map(|r| r.start()), ends.peek().copied()].into_iter().flatten().min() {
        if at < next {
            out.push(Step { text: Some(text[at..next].to_owned()), ..Step::default() });
            at = next;
        }
        close(&mut out, &mut open, next);
        while ends.next_if(|end| *end == next).is_some() {}
        while let Some(range) = starts.next_if(|range| range.start() == next) {
            out.push(Step { open: Some(id(range)), ..Step::default() });
            open.push(range);
        }
    }
    if at < text.len() {
        out.push(Step { text: Some(text[at..].to_owned()), ..Step::default() });
    }
    out
}

/// Closes every mark that ends at `at`, and those above it, which go on.
fn close(out: &mut Vec<Step>, open: &mut Vec<TextRange>, at: usize) {
    let Some(lowest) = open.iter().position(|range| range.end() <= at) else { return };
    let above = open.split_off(lowest);
    out.extend(above.iter().map(|_| Step { close: true, ..Step::default() }));
    for range in above.into_iter().filter(|range| range.end() > at) {
        out.push(Step { open: Some(String::new()), ..Step::default() });
        open.push(range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, ranges: &[(usize, usize)]) -> String {
        let marks = ranges.iter().map(|(start, end)| TextRange::at(*start, *end)).collect();
        let steps = steps(text, &marks, |range| format!("{}-{}", range.start(), range.end()));
        let step = |step: &Step| match step {
            Step { text: Some(text), .. } => text.clone(),
            Step { open: Some(id), .. } => format!("<{id}>"),
            _ => "</>".to_owned(),
        };
        steps.iter().map(step).collect()
    }

    #[test]
    fn marks_nest_touch_and_cross() {
        assert_eq!(marked("abcdef", &[]), "abcdef");
        assert_eq!(marked("abcdef", &[(1, 5), (2, 3)]), "a<1-5>b<2-3>c</>de</>f");
        assert_eq!(marked("abcdef", &[(0, 2), (2, 4)]), "<0-2>ab</><2-4>cd</>ef");
        assert_eq!(marked("abcdef", &[(0, 3), (2, 5)]), "<0-3>ab<2-5>c</></><>de</>f");
        assert_eq!(marked("abcdef", &[(0, 6), (0, 2)]), "<0-6><0-2>ab</>cdef</>");
        assert_eq!(marked("ab", &[(1, 1)]), "ab");
    }
}
