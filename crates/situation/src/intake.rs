//! From a reading to statements: typed ids become content hashes.
//!
//! A row's id must not depend on how many rows stand before it, or one new rule would rename everything.
//! So it is made in two rounds: first of the row alone, then of the row with its references' first ids.

use crate::{
    Attribution, Body, DocumentKey, Entity, Event, Mention, Participant, Place, Quantity, Region, Role,
    Source, Statement, StatementId, Tie, Time, encode,
};
use std::collections::BTreeMap;
use tolmach_document::{self as doc, Analysis, Document, Id, Reading, RuleId, TextRange};

/// The key of this version of a document: its text and every field of its metadata but the path.
#[must_use]
pub fn document_key(d: &Document) -> DocumentKey {
    let published = d.published.as_ref().map(ToString::to_string);
    let fields = [&d.title, &d.outlet, &d.author, &published, &d.language, &d.url];
    let present = fields.map(|field| field.as_deref().unwrap_or_default().as_bytes());
    let [title, outlet, author, published, language, url] = present;
    DocumentKey::of(&[title, outlet, author, published, language, url, d.text.as_bytes()])
}

/// Everything read from one document as statements, in text order. A row that says exactly what another
/// says is left out. `is_hollow` tells the attributions that carry no claim.
#[must_use]
pub fn state(
    key: DocumentKey,
    reading: &Reading,
    is_hollow: impl Fn(&doc::Attribution) -> bool,
) -> Vec<Statement> {
    let mut drafts = drafts(&reading.extraction, is_hollow);
    let first = round(key, &drafts, |_| StatementId([0; 16]));
    let of_place: BTreeMap<StatementId, usize> =
        drafts.iter().enumerate().map(|(at, draft)| (draft.place, at)).collect();
    let last = round(key, &drafts, |place| first[of_place[&place]]);
    for draft in &mut drafts {
        draft.body.visit_references(&mut |place| *place = last[of_place[place]]);
    }
    let sentence = |range| sentence(&reading.analysis, range);
    let mut out: Vec<Statement> =
        drafts.into_iter().zip(last).map(|(draft, id)| draft.statement(id, sentence)).collect();
    out.sort_by(|a, b| (a.range, a.body.layer(), a.id).cmp(&(b.range, b.body.layer(), b.id)));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// The id of every draft with its references replaced by what `names` says.
fn round(
    key: DocumentKey,
    drafts: &[Draft],
    names: impl Fn(StatementId) -> StatementId,
) -> Vec<StatementId> {
    let id = |draft: &Draft| {
        let mut body = draft.body.clone();
        body.visit_references(&mut |place| *place = names(*place));
        let span = format!("{}..{}", draft.range.start(), draft.range.end());
        StatementId::of(&[&key.0, draft.rule.0.as_bytes(), span.as_bytes(), encode(&body).as_bytes()])
    };
    drafts.iter().map(id).collect()
}

/// The sentences that hold `range`; `range` itself where the analysis has none there.
fn sentence(analysis: &Analysis, range: TextRange) -> TextRange {
    let from = analysis.sentences.partition_point(|s| s.range.end() <= range.start());
    let held = analysis.sentences[from..].iter().take_while(|s| s.range.start() < range.end());
    held.fold(range, |whole, s| whole.cover(s.range))
}

/// A row on its way: references still name places in the tables.
struct Draft {
    place: StatementId,
    range: TextRange,
    rule: RuleId,
    body: Body,
}

impl Draft {
    fn statement(self, id: StatementId, sentence: impl Fn(TextRange) -> TextRange) -> Statement {
        let sentence = sentence(self.range);
        Statement { id, range: self.range, sentence, rule: self.rule.0.to_owned(), body: self.body }
    }
}

/// A stand-in id for the row at `index` of `layer`.
fn place(layer: u8, index: usize) -> StatementId {
    let mut out = [layer; 16];
    out[8..].copy_from_slice(&(index as u64).to_le_bytes());
    StatementId(out)
}

const ENTITY: u8 = 1;
const TIME: u8 = 2;
const PLACE: u8 = 3;
const QUANTITY: u8 = 4;
const ATTRIBUTION: u8 = 5;
const EVENT: u8 = 6;
const TIE: u8 = 7;
const REGION: u8 = 8;

fn at<Row>(layer: u8) -> impl Fn(Id<Row>) -> StatementId {
    move |id| place(layer, id.index())
}

fn drafts(x: &doc::Extraction, is_hollow: impl Fn(&doc::Attribution) -> bool) -> Vec<Draft> {
    let mut out = Vec::new();
    let mut add = |layer: u8, index: usize, range: TextRange, rule: RuleId, body: Body| {
        out.push(Draft { place: place(layer, index), range, rule, body });
    };
    for (n, r) in x.regions.iter().enumerate() {
        add(REGION, n, r.range, r.rule, Body::Region(Region { kind: r.kind }));
    }
    let mentions = mentions(x);
    for (id, e) in x.entities.iter_ids() {
        let mentions = &mentions[id.index()];
        let (range, rule) = mentions.first().map_or((TextRange::default(), RuleId("entity")), |m| (m.range, m.rule));
        add(ENTITY, id.index(), range, rule, Body::Entity(entity(e, mentions)));
    }
    for (id, t) in x.times.iter_ids() {
        add(TIME, id.index(), t.range, t.rule, Body::Time(time(t)));
    }
    for (id, p) in x.places.iter_ids() {
        add(PLACE, id.index(), p.range, p.rule, Body::Place(toponym(p)));
    }
    for (id, q) in x.quantities.iter_ids() {
        add(QUANTITY, id.index(), q.range, q.rule, Body::Quantity(quantity(q)));
    }
    for (id, a) in x.attributions.iter_ids() {
        let range = a.content.iter().chain(&a.cue).copied().reduce(TextRange::cover).unwrap_or_default();
        add(ATTRIBUTION, id.index(), range, a.rule, Body::Attribution(attribution(a, is_hollow(a))));
    }
    for (id, e) in x.events.iter_ids() {
        add(EVENT, id.index(), e.range, e.rule, Body::Event(event(e)));
    }
    for (id, t) in x.ties.iter_ids() {
        add(TIE, id.index(), t.range, t.rule, Body::Tie(tie(t)));
    }
    out
}

/// The mentions of every entity, in text order.
fn mentions(x: &doc::Extraction) -> Vec<Vec<&doc::Mention>> {
    let mut out = vec![Vec::new(); x.entities.len()];
    for mention in &x.mentions {
        out[mention.entity.index()].push(mention);
    }
    out
}

fn entity(e: &doc::Entity, mentions: &[&doc::Mention]) -> Entity {
    let day = |day: Option<doc::Date>| day.map(|day| day.to_string());
    let roles = e.roles.iter();
    let roles = roles.map(|r| Role { title: r.title.clone(), from: day(r.from), to: day(r.to) });
    let mentions = mentions.iter();
    Entity {
        name: e.name.clone(),
        kind: e.kind,
        country: e.country.clone(),
        code: e.code.clone(),
        sectors: e.sectors.clone(),
        roles: roles.collect(),
        registry: e.registry.clone(),
        mentions: mentions
            .map(|m| Mention { range: m.range, form: m.form, rule: m.rule.0.to_owned() })
            .collect(),
    }
}

fn time(t: &doc::TimeExpression) -> Time {
    let modifier = t.modifier.map(ToOwned::to_owned);
    Time { kind: t.kind, value: t.value.clone(), interval: t.interval, modifier }
}

fn toponym(p: &doc::Place) -> Place {
    Place {
        name: p.name.clone(),
        geonameid: p.geonameid,
        lat: p.lat,
        lon: p.lon,
        country: p.country.clone(),
        admin1: p.admin1.clone(),
        kind: p.kind.to_owned(),
        metonym: p.metonym,
        score: score(p.score),
    }
}

fn quantity(q: &doc::Quantity) -> Quantity {
    Quantity {
        value: q.value,
        high: q.high,
        unit: q.unit.clone(),
        bound: q.bound,
        direction: q.direction,
        of: q.of.clone(),
        time: q.time.map(at(TIME)),
    }
}

fn attribution(a: &doc::Attribution, hollow: bool) -> Attribution {
    let source = a.source.as_ref();
    Attribution {
        kind: a.kind,
        source: source.map(|s| Source { ranges: s.ranges.clone(), entity: s.entity.map(at(ENTITY)) }),
        cue: a.cue.clone(),
        cue_lemma: a.cue_lemma.clone(),
        content: a.content.clone(),
        stance: a.stance,
        parent: a.parent.map(at(ATTRIBUTION)),
        channel: a.channel.map(at(ENTITY)),
        denies: a.denies.iter().copied().map(at(ATTRIBUTION)).collect(),
        supports: a.supports.iter().copied().map(at(ATTRIBUTION)).collect(),
        time: a.time.map(at(TIME)),
        place: a.place.map(at(PLACE)),
        certainty: a.certainty,
        score: score(a.score),
        hollow,
    }
}

fn event(e: &doc::EventMention) -> Event {
    let participants = e.participants.iter();
    Event {
        trigger: e.trigger,
        category: e.category.clone(),
        mode: e.mode.clone(),
        contexts: e.contexts.clone(),
        cameo: e.cameo.clone(),
        quad: e.quad,
        goldstein: e.goldstein,
        participants: participants
            .map(|p| Participant { range: p.range, entity: p.entity.map(at(ENTITY)), role: p.role })
            .collect(),
        time: e.time.map(at(TIME)),
        place: e.place.map(at(PLACE)),
        positive: e.factuality.positive,
        certainty: e.factuality.certainty,
        tense: e.factuality.tense,
        attribution: e.attribution.map(at(ATTRIBUTION)),
        score: score(e.score),
    }
}

fn tie(t: &doc::Tie) -> Tie {
    Tie {
        kind: t.kind,
        a: at(ENTITY)(t.a),
        b: at(ENTITY)(t.b),
        time: t.time.map(at(TIME)),
        attribution: t.attribution.map(at(ATTRIBUTION)),
    }
}

/// In ten-thousandths, so that a record never depends on how a float is printed.
fn score(score: doc::Score) -> u16 {
    (score.0.clamp(0.0, 1.0) * 10_000.0).round() as u16
}
