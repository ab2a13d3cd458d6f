//! The sections of the brief: one function each, in the order of [`ALL`].

use super::{Line, Topic};
use crate::claim::{self, Claim};
use crate::figure::{self, Figure, Series};
use crate::happening::{self, Happening, Status, Told};
use crate::{Body, Passage, Picture, Question, StatementId, origin, source, when};
use std::collections::BTreeSet;
use tolmach_document::{Certainty, Stance, TextRange};

type Make = fn(&Picture, &Question) -> Vec<Line>;

/// Every section in the order of the page.
pub(super) const ALL: &[(Topic, Make)] = &[
    (Topic::Happened, happened),
    (Topic::Said, said),
    (Topic::Denied, denied),
    (Topic::OneOrigin, one_origin),
    (Topic::Changed, changed),
    (Topic::Disagree, disagree),
    (Topic::Ahead, ahead),
];

fn happened(picture: &Picture, question: &Question) -> Vec<Line> {
    events(picture, question, Status::is_settled)
}

fn ahead(picture: &Picture, question: &Question) -> Vec<Line> {
    let mut out = events(picture, question, |status| !status.is_settled());
    let told: BTreeSet<(usize, TextRange)> =
        out.iter().flat_map(|line| &line.passages).map(|passage| (passage.document, passage.range())).collect();
    let wraps = wraps(picture);
    for claim in claim::claims(picture, question) {
        let is_told = told.contains(&(claim.document, claim.sentence.range()));
        if lies_ahead(&claim) && !is_told && !claim.is_hollow && !wraps.contains(&claim.id) {
            let day = claim.said.map(|days| days.start).or_else(|| picture.published(claim.document));
            out.push(Line { day, passages: vec![claim.sentence.clone()], ..spoken(picture, &claim) });
        }
    }
    out
}

/// Words that commit to nothing yet: fears, threats, promises.
fn lies_ahead(claim: &Claim) -> bool {
    is_fear(claim) || matches!(claim.stance, Stance::Threaten | Stance::Promise)
}

fn is_fear(claim: &Claim) -> bool {
    claim.cue == "fear"
}

/// Passages shown under one line.
const TELLINGS: usize = 3;

fn events(picture: &Picture, question: &Question, keep: impl Fn(Status) -> bool) -> Vec<Line> {
    let happenings = happening::happenings(picture, question);
    let kept: Vec<Happening> = happenings.into_iter().filter(|h| keep(h.best().status)).collect();
    let mut shown = BTreeSet::new();
    let mut out = Vec::new();
    for happening in &kept {
        // One clause may evoke several events; the weightiest stands for the clause.
        let told = happening.best();
        if shown.insert((told.document, told.passage.anchor())) {
            out.push(event(picture, happening));
        }
    }
    out
}

fn event(picture: &Picture, happening: &Happening) -> Line {
    let told = happening.best();
    let mut seen = BTreeSet::new();
    let passages = happening.told.iter().filter(|t| seen.insert(t.document)).take(TELLINGS);
    let denials = told.denied_by.iter().filter_map(|id| claim::find(picture, *id));
    let day = told.days.map(|days| days.start).or_else(|| picture.published(told.document));
    Line {
        day,
        when: told.days.map(when::days),
        tag: Some(kind(told)),
        head: parties(told),
        status: Some(told.status.name()),
        chain: told.chain.as_deref().map(claim::line),
        note: outlets(picture, happening),
        passages: passages.map(|t| t.passage.clone()).collect(),
        beneath: denials.map(|denial| spoken(picture, &denial)).collect(),
        statements: happening.told.iter().map(|t| t.id).collect(),
    }
}

fn outlets(picture: &Picture, happening: &Happening) -> Option<String> {
    let documents = happening.told.iter().flat_map(|t| picture.prints(t.document));
    let names: BTreeSet<&str> = documents.map(|d| picture.snapshot.documents[d].outlet()).collect();
    (names.len() > 1).then(|| format!("{} outlets", names.len()))
}

/// "assault · aerial": PLOVER's own words.
fn kind(told: &Told) -> String {
    let word = |name: &str| name.rsplit(':').next().unwrap_or(name).to_lowercase().replace('_', " ");
    match &told.mode {
        Some(mode) => format!("{} · {}", word(&told.category), word(mode)),
        None => word(&told.category),
    }
}

/// "drones → Yelabuga, Nizhnekamsk".
fn parties(told: &Told) -> Option<String> {
    let list = |names: &[String]| names.join(", ");
    let mut out = match (told.actors.is_empty(), told.recipients.is_empty()) {
        (true, true) => String::new(),
        (false, true) => list(&told.actors),
        (true, false) => format!("→ {}", list(&told.recipients)),
        (false, false) => format!("{} → {}", list(&told.actors), list(&told.recipients)),
    };
    let place = told.place.as_ref().filter(|place| !told.recipients.contains(place));
    if let Some(place) = place.filter(|place| !told.actors.contains(place)) {
        out.push_str(if out.is_empty() { "at " } else { " · at " });
        out.push_str(place);
    }
    (!out.is_empty()).then_some(out)
}

/// Claims listed under one speaker.
const CLAIMS: usize = 4;

fn said(picture: &Picture, question: &Question) -> Vec<Line> {
    let wraps = wraps(picture);
    let mut out = Vec::new();
    for mut quoted in source::sources(picture, question) {
        quoted.claims.retain(|claim| !wraps.contains(&claim.id) && !claim.is_hollow);
        let hidden = quoted.claims.len().saturating_sub(CLAIMS);
        let mut shown = BTreeSet::new();
        let claims = quoted.claims.iter().take(CLAIMS);
        let beneath: Vec<Line> = claims.map(|claim| under_speaker(picture, claim, &mut shown)).collect();
        if !beneath.is_empty() {
            let note = (hidden > 0).then(|| format!("{} claims, the first {CLAIMS}", quoted.claims.len()));
            out.push(Line { head: Some(quoted.name), note, beneath, ..Line::default() });
        }
    }
    out
}

/// Claims that only pass on another claim: "the channel says that the voice is his". The inner one is listed, and its
/// chain names who passes it on.
fn wraps(picture: &Picture) -> BTreeSet<StatementId> {
    let mut out = BTreeSet::new();
    for (document, statement) in picture.iter() {
        let Body::Attribution(inner) = &statement.body else { continue };
        if inner.hollow {
            continue;
        }
        let Some((id, outer)) = inner.parent.and_then(|id| Some((id, picture.snapshot.attribution(id)?))) else { continue };
        let source = inner.source.iter().flat_map(|source| &source.ranges);
        let own: Vec<TextRange> = source.chain(&inner.cue).chain(&inner.content).copied().collect();
        let text = &picture.snapshot.documents[document].document.text;
        // Who denies a claim does not pass it on.
        let passes_on = outer.stance == Stance::Assert || outer.stance == inner.stance;
        if passes_on && outer.content.iter().all(|range| rest(text, *range, &own) <= REST) {
            out.insert(id);
        }
    }
    out
}

/// Letters that may be left over when one claim passes on another: "that", "also".
const REST: usize = 6;

/// Letters of `range` that none of `parts` holds.
fn rest(text: &str, range: TextRange, parts: &[TextRange]) -> usize {
    let letters = text[range].char_indices().filter(|(_, c)| c.is_alphanumeric());
    let held = |at: usize| parts.iter().any(|part| part.start() <= at && at < part.end());
    letters.filter(|(at, _)| !held(range.start() + at)).count()
}

/// A claim without its speaker's name, with the claims that deny it beneath; each denial is quoted once.
fn under_speaker(picture: &Picture, claim: &Claim, shown: &mut BTreeSet<StatementId>) -> Line {
    let denials = claim.denied_by.iter().filter_map(|id| claim::find(picture, *id));
    let denials = denials.map(|denial| once(picture, &denial, shown));
    Line { head: None, beneath: denials.collect(), ..spoken(picture, claim) }
}

/// A claim with its words the first time; later only who says what to it.
fn once(picture: &Picture, claim: &Claim, shown: &mut BTreeSet<StatementId>) -> Line {
    let line = spoken(picture, claim);
    if shown.insert(claim.id) { line } else { Line { passages: Vec::new(), when: None, ..line } }
}

/// A claim on its own: speaker, what they do, chain, words.
fn spoken(picture: &Picture, claim: &Claim) -> Line {
    let speaker = claim.speaker().map(|link| link.name.clone());
    Line {
        when: claim.said.map(when::days),
        tag: Some(if is_fear(claim) { "fears" } else { verb(claim.stance) }.to_owned()),
        head: Some(speaker.unwrap_or_else(|| "source left open".to_owned())),
        status: commitment(claim.certainty),
        chain: (claim.chain.len() > 2).then(|| claim.chain_line()),
        passages: vec![claim.words(picture).clone()],
        statements: vec![claim.id],
        ..Line::default()
    }
}

const fn verb(stance: Stance) -> &'static str {
    match stance {
        Stance::Assert => "says",
        Stance::Deny => "denies",
        Stance::Doubt => "doubts",
        Stance::Ask => "asks",
        Stance::Demand => "demands",
        Stance::Promise => "promises",
        Stance::Threaten => "threatens",
        Stance::Order => "orders",
    }
}

/// What a source itself leaves open; a plain assertion needs no word.
const fn commitment(certainty: Certainty) -> Option<&'static str> {
    match certainty {
        Certainty::Certain | Certainty::Unknown => None,
        other => Some(other.name()),
    }
}

fn denied(picture: &Picture, question: &Question) -> Vec<Line> {
    let claims = claim::claims(picture, question);
    let wraps = wraps(picture);
    let denials = claims.iter().filter(|claim| claim.stance == Stance::Deny || !claim.denies.is_empty());
    let mut shown = BTreeSet::new();
    let mut lines = Vec::new();
    for denial in denials.filter(|denial| !wraps.contains(&denial.id)) {
        let denied = denial.denies.iter().filter_map(|id| telling(picture, *id));
        let denied = denied.filter(|claim| !claim.is_hollow && !wraps.contains(&claim.id));
        let beneath = denied.map(|claim| once(picture, &claim, &mut shown)).collect();
        lines.push(Line { beneath, ..spoken(picture, denial) });
    }
    lines.sort_by_key(|line| line.beneath.is_empty());
    lines
}

fn one_origin(picture: &Picture, question: &Question) -> Vec<Line> {
    let mut out: Vec<Line> = picture.links.reprints.iter().filter_map(|g| reprint(picture, question, g)).collect();
    let wraps = wraps(picture);
    for carried in origin::carried(picture, question) {
        if carried.is_reprint(picture) || wraps.contains(&carried.claim.id) {
            continue;
        }
        if let (1, Some(origin)) = (carried.origins.len(), carried.origins.first()) {
            let note = format!("{}, 1 origin: {origin}", count(carried.outlets.len(), "outlet"));
            let chain = Some(carried.claim.chain_line());
            out.push(Line { note: Some(note), chain, ..spoken(picture, &carried.claim) });
        }
    }
    out
}

/// A claim by its id; where it says nothing by itself, the one that holds it ("residents said that officials had
/// warned them").
fn telling(picture: &Picture, id: StatementId) -> Option<Claim> {
    let claim = claim::find(picture, id)?;
    if !claim.is_hollow {
        return Some(claim);
    }
    let outer = picture.snapshot.attribution(id).and_then(|attribution| attribution.parent);
    outer.and_then(|outer| claim::find(picture, outer))
}

/// One text that several outlets print.
fn reprint(picture: &Picture, question: &Question, group: &[usize]) -> Option<Line> {
    let first = &picture.snapshot.documents[group[0]];
    let about = picture.about(question);
    let days = picture.published(group[0]).map(crate::picture::day);
    let is_wanted = first.statements.iter().any(|s| about.holds(picture, group[0], s));
    if !question.covers(days) || (question.about.is_some() && !is_wanted) {
        return None;
    }
    let names: Vec<&str> = group.iter().map(|d| picture.snapshot.documents[*d].outlet()).collect();
    let text = &first.document.text;
    let opening = TextRange::at(0, text.find("\n\n").unwrap_or(text.len()));
    Some(Line {
        tag: Some("reprint".to_owned()),
        head: Some(names.join(" → ")),
        note: Some(format!("{}, 1 text", count(names.len(), "print"))),
        passages: vec![Passage::new(group[0], text, opening, Vec::new())],
        ..Line::default()
    })
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn changed(picture: &Picture, question: &Question) -> Vec<Line> {
    figure::changes(picture, question).iter().map(|series| figures(picture, series, " → ")).collect()
}

fn disagree(picture: &Picture, question: &Question) -> Vec<Line> {
    figure::disagreements(picture, question).iter().map(|series| figures(picture, series, " or ")).collect()
}

fn figures(picture: &Picture, series: &Series, between: &str) -> Line {
    let amount = |figure: &Figure| match figure.days {
        Some(days) => format!("{} ({})", figure.amount(picture), when::days(days)),
        None => figure.amount(picture),
    };
    let amounts: Vec<String> = series.figures.iter().map(amount).collect();
    Line {
        tag: series.figures.iter().find_map(|figure| figure.of.clone()),
        head: Some(amounts.join(between)),
        passages: merged(&series.figures),
        statements: series.figures.iter().map(|figure| figure.id).collect::<Vec<StatementId>>(),
        ..Line::default()
    }
}

/// Passages of one sentence become one, with every amount in focus.
fn merged(figures: &[Figure]) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for figure in figures {
        let passage = &figure.passage;
        match out.iter_mut().find(|p| p.document == passage.document && p.shown == passage.shown) {
            Some(have) => have.focus.extend(passage.focus.iter().copied()),
            None => out.push(passage.clone()),
        }
    }
    out.iter_mut().for_each(|passage| passage.focus.sort());
    out
}
