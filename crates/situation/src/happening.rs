//! What happened, did not, will or may: events with their standing, and those that several reports tell.
//!
//! The standing says what the text commits to and who denies it. It is not a judgement of truth.

use crate::claim::{self, Link};
use crate::picture::day;
use crate::{Body, Event, Passage, Picture, Question, Statement, StatementId};
use std::collections::BTreeMap;
use tolmach_document::{Certainty, Date, Interval, ParticipantRole, Stance, Tense};

/// One event as told once.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its statement.
    pub id: StatementId,
    /// Index of the document.
    pub document: usize,
    /// PLOVER type.
    pub category: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Quad class.
    pub quad: Option<u8>,
    /// Goldstein score.
    pub goldstein: Option<f32>,
    /// Who did it, by name or in the text's words.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When it is told to have happened.
    pub days: Option<Interval>,
    /// How it stands.
    pub status: Status,
    /// Who says so, from the speaker to the outlet; `None`: the document's own voice.
    pub chain: Option<Vec<Link>>,
    /// Claims that deny it.
    pub denied_by: Vec<StatementId>,
    /// The words.
    pub passage: Passage,
    /// The rule that coded it.
    pub rule: String,
    is_named: bool,
}

/// How an event stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The document says so in its own voice.
    Reported,
    /// A source says so.
    Claimed,
    /// Somebody says so and somebody denies it.
    Disputed,
    /// It is said not to be so.
    Denied,
    /// It is said to be possible or likely.
    Possible,
    /// Those who would do it mean to.
    Planned,
    /// It lies ahead, is wanted or would follow; who would do it has not said so.
    Envisaged,
    /// Somebody promises it.
    Promised,
    /// Somebody wants or orders it.
    Demanded,
    /// Somebody threatens it.
    Threatened,
    /// Somebody fears it.
    Feared,
    /// It depends on a condition.
    Conditional,
}

impl Status {
    /// Every standing, in the order of display.
    pub const ALL: [Status; 12] = [
        Status::Reported,
        Status::Claimed,
        Status::Disputed,
        Status::Denied,
        Status::Possible,
        Status::Planned,
        Status::Envisaged,
        Status::Promised,
        Status::Demanded,
        Status::Threatened,
        Status::Feared,
        Status::Conditional,
    ];

    /// Name on the wire and on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Status::Reported => "reported",
            Status::Claimed => "claimed",
            Status::Disputed => "disputed",
            Status::Denied => "denied",
            Status::Possible => "possible",
            Status::Planned => "planned",
            Status::Envisaged => "envisaged",
            Status::Promised => "promised",
            Status::Demanded => "demanded",
            Status::Threatened => "threatened",
            Status::Feared => "feared",
            Status::Conditional => "conditional",
        }
    }

    /// Whether it is told as something that took or takes place, or not, rather than may.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Status::Reported | Status::Claimed | Status::Disputed | Status::Denied)
    }
}

/// The events asked for, in order of publication and text.
#[must_use]
pub fn events(picture: &Picture, question: &Question) -> Vec<Told> {
    question.take(all(picture, question))
}

/// The dated events asked for, earliest first.
#[must_use]
pub fn timeline(picture: &Picture, question: &Question) -> Vec<Told> {
    let mut out: Vec<Told> =
        all(picture, question).into_iter().filter(|told| told.days.is_some()).collect();
    out.sort_by_key(|told| told.days);
    question.take(out)
}

fn all(picture: &Picture, question: &Question) -> Vec<Told> {
    let about = picture.about(question);
    let mut out = Vec::new();
    for (document, statement) in picture.iter() {
        let Body::Event(event) = &statement.body else { continue };
        if picture.reprint_source(document).is_some() || !about.holds(picture, document, statement) {
            continue;
        }
        let told = told(picture, document, statement, event);
        if question.covers(told.days.or_else(|| picture.published(document).map(day))) {
            out.push(told);
        }
    }
    out
}

fn told(picture: &Picture, document: usize, statement: &Statement, event: &Event) -> Told {
    let text = &picture.snapshot.documents[document].document.text;
    let denied_by = event.attribution.map(|id| picture.denied_by(id)).unwrap_or_default();
    let focus = vec![statement.range.trimmed(text)];
    let entities = event.participants.iter().filter_map(|p| p.entity);
    Told {
        id: statement.id,
        document,
        category: event.category.clone(),
        mode: event.mode.clone(),
        cameo: event.cameo.clone(),
        quad: event.quad,
        goldstein: event.goldstein,
        actors: participants(picture, document, event, ParticipantRole::Actor),
        recipients: participants(picture, document, event, ParticipantRole::Recipient),
        place: event.place.and_then(|id| picture.snapshot.toponym(id)).map(|place| place.name.clone()),
        days: picture.interval(event.time),
        status: status(picture, event, !denied_by.is_empty()),
        chain: event.attribution.map(|id| claim::chain(picture, document, id)),
        denied_by,
        passage: Passage::new(document, text, statement.sentence, focus),
        rule: statement.rule.clone(),
        is_named: entities.into_iter().any(|entity| picture.is_named(entity)),
    }
}

/// Those who take part in `role`: by name where they have one, else in the text's words; none twice.
fn participants(picture: &Picture, document: usize, event: &Event, role: ParticipantRole) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for participant in event.participants.iter().filter(|p| p.role == role) {
        let named = participant.entity.filter(|entity| picture.is_named(*entity));
        let name = named.and_then(|entity| picture.name(entity)).map(ToOwned::to_owned);
        let name = name.unwrap_or_else(|| picture.words(document, &[participant.range]));
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

fn status(picture: &Picture, event: &Event, is_denied: bool) -> Status {
    let attribution = event.attribution.and_then(|id| picture.snapshot.attribution(id));
    let stance = attribution.map(|a| a.stance);
    let speaker = attribution.and_then(|a| a.source.as_ref()).and_then(|source| source.entity);
    let mut actors = event.participants.iter().filter(|p| p.role == ParticipantRole::Actor);
    let is_own = actors.any(|p| p.entity.is_some() && p.entity == speaker);
    let is_hostile = event.quad.is_some_and(|quad| quad >= 3) || event.goldstein.is_some_and(|g| g < 0.0);
    let is_feared = attribution.is_some_and(|a| a.cue_lemma == "fear");
    match (event.tense, stance) {
        _ if !event.positive || stance == Some(Stance::Deny) => Status::Denied,
        _ if is_denied => Status::Disputed,
        (Tense::Past | Tense::Present, _) => settled(event.certainty, stance),
        (_, Some(Stance::Threaten)) => Status::Threatened,
        (_, Some(Stance::Promise)) => Status::Promised,
        (_, Some(Stance::Demand | Stance::Order)) => Status::Demanded,
        _ if is_feared => Status::Feared,
        (Tense::Hypothetical, _) if event.certainty == Certainty::Certain => Status::Conditional,
        (Tense::Hypothetical, _) => Status::Possible,
        (Tense::Future, Some(_)) if is_own => Status::Planned,
        (Tense::Future, None) if !is_hostile => Status::Planned,
        (Tense::Future, _) => Status::Envisaged,
    }
}

fn settled(certainty: Certainty, stance: Option<Stance>) -> Status {
    match (certainty, stance) {
        (_, Some(Stance::Demand | Stance::Order)) => Status::Demanded,
        (Certainty::Probable | Certainty::Possible | Certainty::Unlikely, _) => Status::Possible,
        (_, Some(Stance::Doubt | Stance::Ask)) => Status::Possible,
        (_, Some(_)) => Status::Claimed,
        (_, None) => Status::Reported,
    }
}

/// One happening as one or more reports tell it, the fullest telling first.
#[derive(Clone, Debug)]
pub struct Happening {
    /// Tellings; never empty.
    pub told: Vec<Told>,
    weight: i64,
}

impl Happening {
    /// The fullest telling.
    #[must_use]
    pub fn best(&self) -> &Told {
        &self.told[0]
    }
}

/// Tellings of one document that may be of one happening: of one kind, and neither names whom the other leaves
/// out for another, nor another time.
fn is_one(a: &Told, b: &Told) -> bool {
    let one_kind = a.category == b.category && a.status == b.status;
    let one_mode = a.mode.is_none() || b.mode.is_none() || a.mode == b.mode;
    let one_time = a.days.is_none() || b.days.is_none() || a.days == b.days;
    let fits = |a: &[String], b: &[String]| a.is_empty() || b.is_empty() || a == b;
    let fit = fits(&a.actors, &b.actors) && fits(&a.recipients, &b.recipients);
    let has_both = |t: &Told| !t.actors.is_empty() && !t.recipients.is_empty();
    // Two who have met once may meet again: without a time both sides must be told, and be the same.
    let shares = match (a.days, b.days) {
        (Some(_), Some(_)) => shared(&a.actors, &b.actors) || shared(&a.recipients, &b.recipients) || one_place(a, b),
        _ => has_both(a) && a.actors == b.actors && a.recipients == b.recipients,
    };
    one_kind && one_mode && one_time && fit && shares
}

fn shared(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && a == b
}

fn one_place(a: &Told, b: &Told) -> bool {
    a.place.is_some() && a.place == b.place
}

/// Joins the tellings of each document that are of one happening. Compares those of one kind only, and of those no
/// more than the last few: reports come back to a thing soon.
fn joined(groups: Vec<Vec<Told>>) -> Vec<Vec<Told>> {
    let mut of_kind: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    let mut out: Vec<Vec<Told>> = Vec::new();
    for group in groups {
        let document = group[0].document;
        let earlier = of_kind.entry((document, group[0].category.clone())).or_default();
        let near = |at: usize, t: &Told| out[at].iter().rev().take(NEARBY).any(|have| is_one(have, t));
        let same = |at: &&usize| group.iter().all(|t| t.document == document && near(**at, t));
        match earlier.iter().rev().take(NEARBY).find(same).copied() {
            Some(at) => out[at].extend(group),
            None => {
                earlier.push(out.len());
                out.push(group);
            }
        }
    }
    out
}

/// How many earlier happenings of its kind a telling is compared with.
const NEARBY: usize = 12;

/// The happenings asked for, weightiest first: how grave, how many report it, who takes part, how recent.
#[must_use]
pub fn happenings(picture: &Picture, question: &Question) -> Vec<Happening> {
    let mut groups: BTreeMap<Key, Vec<Told>> = BTreeMap::new();
    for told in all(picture, question) {
        groups.entry(key(picture, &told)).or_default().push(told);
    }
    let mut groups: Vec<Vec<Told>> = groups.into_values().collect();
    groups.sort_by_key(|told| told.first().map(|t| (t.document, t.passage.range(), t.id)));
    let mut out: Vec<Happening> = joined(groups).into_iter().map(|told| happening(picture, told)).collect();
    // Stable: of equal weight the earlier told stays first.
    out.sort_by_key(|happening| std::cmp::Reverse(happening.weight));
    out
}

/// Tellings of several documents are of one happening when type, named participants, standing and time agree. Without
/// a time or a named participant nothing says that two tellings are one, so each stands alone.
type Key = (String, Status, Vec<String>, Vec<String>, Option<Interval>, Option<StatementId>);

fn key(picture: &Picture, told: &Told) -> Key {
    let days = told.days.or_else(|| picture.published(told.document).map(day));
    let alone = (!told.is_named || days.is_none()).then_some(told.id);
    let names = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names
    };
    (told.category.clone(), told.status, names(&told.actors), names(&told.recipients), days, alone)
}

fn happening(picture: &Picture, mut told: Vec<Told>) -> Happening {
    told.sort_by_key(|t| (std::cmp::Reverse(weight(picture, t)), t.passage.document, t.passage.range()));
    let mut documents: Vec<usize> = told.iter().map(|t| t.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let prints: usize = documents.iter().map(|d| picture.prints(*d).len()).sum();
    let weight = weight(picture, &told[0]) + 4 * (prints.min(16) as i64 - 1);
    Happening { told, weight }
}

/// Order of display only; never shown and never part of what is said.
fn weight(picture: &Picture, told: &Told) -> i64 {
    let gravity = told.goldstein.map_or(2.0, f32::abs);
    let mut weight = gravity as i64;
    weight += if told.quad == Some(4) { 5 } else { 0 };
    weight += if told.is_named { 4 } else { 0 };
    weight += if told.actors.is_empty() { 0 } else { 3 };
    weight += if told.recipients.is_empty() { 0 } else { 2 };
    weight += if told.place.is_some() { 1 } else { 0 };
    weight += if told.status == Status::Reported { 2 } else { 0 };
    weight + told.days.map_or(0, |days| 2 + recency(days.start, picture.published(told.document)))
}

/// A report is about its own time: what it tells of other years is background.
fn recency(start: Date, published: Option<Date>) -> i64 {
    let Some(published) = published else { return 0 };
    match (published.year() - start.year()).abs() {
        0 => 4,
        1 => 2,
        2..=4 => 0,
        _ => -6,
    }
}
