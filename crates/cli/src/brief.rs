//! The brief as Markdown and as JSON: every line with its outlet, date and quoted words.
//!
//! Adds no sentence of its own: what stands between the quotations are names, dates, amounts and counts.

use crate::clean;
use crate::rows::{Spans, document};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use tolmach_situation::brief::{Brief, Line, Section};
use tolmach_situation::{Passage, Picture, Question, Quote, when};

/// What the brief is about: "Andrei Gurulev · since 1 April 2024".
pub fn title(picture: &Picture, question: &Question) -> String {
    let actors = question.about.as_deref().map(|name| picture.links.named(name));
    let one = actors.filter(|actors| actors.len() == 1).and_then(|actors| actors.first().copied());
    let named = one.map(|id| picture.links.actors[id.0].name.clone());
    let about = named.or_else(|| question.about.clone()).unwrap_or_else(|| whole(picture));
    let since = question.since.map(|day| format!(" · since {}", when::day(day)));
    let until = question.until.map(|day| format!(" · until {}", when::day(day)));
    format!("{about}{}{}", since.unwrap_or_default(), until.unwrap_or_default())
}

/// What a brief on everything is called: its report's title where there is one report.
fn whole(picture: &Picture) -> String {
    let title = match picture.snapshot.documents.as_slice() {
        [only] => Some(only.document.title.as_ref().unwrap_or(&only.document.id)),
        _ => None,
    };
    title.cloned().unwrap_or_else(|| "The whole dossier".to_owned())
}

/// "17 documents · 8 outlets · 6 January 2022 – 11 April 2024".
pub fn extent(picture: &Picture, made: &Brief) -> String {
    let documents = made.documents.iter().map(|d| &picture.snapshot.documents[*d]);
    let outlets: BTreeSet<&str> = documents.clone().filter_map(|d| d.document.outlet.as_deref()).collect();
    let mut days: Vec<_> = made.documents.iter().filter_map(|d| picture.published(*d)).collect();
    days.sort();
    let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut out = plural(documents.count(), "document");
    if !outlets.is_empty() {
        let _ = write!(out, " · {}", plural(outlets.len(), "outlet"));
    }
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let _ = write!(out, " · {}", when::day(*first));
        if first != last {
            let _ = write!(out, " – {}", when::day(*last));
        }
    }
    out
}

/// The brief as Markdown.
pub fn markdown(picture: &Picture, question: &Question, made: &Brief) -> String {
    let mut out = format!("# {}\n\n{}\n", clean::markdown(&title(picture, question)), extent(picture, made));
    for section in &made.sections {
        let _ = write!(out, "\n## {}\n\n", section.topic.title());
        for line in &section.lines {
            item(&mut out, picture, line, 0);
        }
        if section.hidden > 0 {
            let _ = write!(out, "\n… and {} more: `tolmach {}`\n", section.hidden, section.topic.command());
        }
    }
    sources(&mut out, picture, made);
    out
}

fn item(out: &mut String, picture: &Picture, line: &Line, depth: usize) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(out, "{indent}- {}", headline(line));
    for passage in &line.passages {
        let _ = writeln!(out, "{indent}  > {}", quote(picture, passage));
        let _ = writeln!(out, "{indent}  > — {}", by(picture, passage));
    }
    for beneath in &line.beneath {
        item(out, picture, beneath, depth + 1);
    }
}

fn headline(line: &Line) -> String {
    let strong = |text: &String| format!("**{}**", clean::markdown(text));
    let parts = [
        line.when.as_ref().map(strong),
        line.head.as_ref().map(strong),
        line.tag.as_ref().map(|text| clean::markdown(text)),
        line.status.map(|text| format!("*{text}*")),
        line.note.as_ref().map(|text| clean::markdown(text)),
        line.chain.as_ref().map(|text| clean::markdown(text)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "…".to_owned() } else { parts.join(" · ") }
}

fn quote(picture: &Picture, passage: &Passage) -> String {
    let (open, close) = if passage.is_quoted(picture.snapshot) { ("", "") } else { ("“", "”") };
    let mut out = String::from(open);
    for piece in passage.pieces(picture.snapshot) {
        match piece {
            Quote::Gap => out.push_str(" … "),
            Quote::Plain(words) => out.push_str(&spaced(words, &clean::markdown(words))),
            Quote::Focus(words) => out.push_str(&spaced(words, &format!("**{}**", clean::markdown(words)))),
        }
    }
    out.push_str(close);
    out
}

/// `cleaned` with the blanks that stood around `words`.
fn spaced(words: &str, cleaned: &str) -> String {
    let before = if words.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if words.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{cleaned}{after}")
}

/// "Dnipro Herald, 7 April 2024 (report.txt, characters 12–40)".
fn by(picture: &Picture, passage: &Passage) -> String {
    let stored = &picture.snapshot.documents[passage.document];
    let mut out = clean::markdown(stored.outlet());
    if let Some(published) = stored.published() {
        let day = picture.published(passage.document);
        let words = day.filter(|day| day.to_string() == published).map(when::day);
        let _ = write!(out, ", {}", words.unwrap_or(published));
    }
    let [start, end] = Spans::new(picture).of(passage.document, passage.anchor());
    let _ = write!(out, " ({}, characters {start}–{end})", clean::markdown(&stored.document.id));
    out
}

fn sources(out: &mut String, picture: &Picture, made: &Brief) {
    out.push_str("\n## Documents\n\n");
    for document in &made.documents {
        let stored = &picture.snapshot.documents[*document];
        let title = stored.document.title.as_deref().unwrap_or(&stored.document.id);
        let published = stored.published().unwrap_or_else(|| "undated".to_owned());
        let (outlet, title) = (clean::markdown(stored.outlet()), clean::markdown(title));
        let _ = writeln!(out, "- {published} · {outlet} · {title} · `{}`", stored.key.short());
        for (code, message) in &stored.issues {
            let _ = writeln!(out, "  - {code}: {}", clean::markdown(message));
        }
    }
}

/// The brief as one JSON object.
pub fn json(picture: &Picture, question: &Question, made: &Brief) -> Value {
    let mut spans = Spans::new(picture);
    let sections: Vec<Value> = made.sections.iter().map(|one| section(&mut spans, one)).collect();
    let documents: Vec<Value> = made.documents.iter().map(|d| document(picture, *d)).collect();
    json!({
        "schema": "tolmach.brief/1",
        "title": title(picture, question),
        "sections": sections,
        "documents": documents,
    })
}

fn section(spans: &mut Spans, section: &Section) -> Value {
    let lines: Vec<Value> = section.lines.iter().map(|one| line(spans, one)).collect();
    json!({
        "topic": section.topic.name(),
        "title": section.topic.title(),
        "lines": lines,
        "more": section.hidden,
    })
}

fn line(spans: &mut Spans, one: &Line) -> Value {
    let passages: Vec<Value> = one.passages.iter().map(|passage| spans.passage(passage)).collect();
    let beneath: Vec<Value> = one.beneath.iter().map(|beneath| line(spans, beneath)).collect();
    let statements: Vec<String> = one.statements.iter().map(ToString::to_string).collect();
    crate::rows::clean(json!({
        "when": one.when,
        "tag": one.tag,
        "head": one.head,
        "status": one.status,
        "chain": one.chain,
        "note": one.note,
        "passages": passages,
        "beneath": beneath,
        "statements": statements,
    }))
}
