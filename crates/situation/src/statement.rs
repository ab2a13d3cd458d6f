//! The atom of the log: one row read from one document, with references to other rows by id.
//!
//! Mirrors the layers of `document::Extraction`, so that a store needs neither analysis nor rules to hold
//! them. (A catalogue of plain structs.)

use crate::StatementId;
use crate::format::{
    attribution_kind, bound, certainty, direction, entity_kind, form, interval, participant_role, range,
    ranges, region_kind, stance, tense, tie_kind, time_kind,
};
use serde::{Deserialize, Serialize};
use tolmach_document::{
    AttributionKind, Bound, Certainty, Direction, EntityKind, Form, Interval, ParticipantRole, RegionKind,
    Stance, Tense, TextRange, TieKind, TimeKind,
};

/// One row read from one document. Never edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Hash of the document, the rule, the range and what was read.
    pub id: StatementId,
    /// The words it rests on.
    pub range: TextRange,
    /// The sentences that hold those words: what is quoted to a reader.
    pub sentence: TextRange,
    /// The rule or model that read it.
    pub rule: String,
    /// What was read.
    pub body: Body,
}

/// What a statement says, by layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Furniture, repeats, headings.
    Region(Region),
    /// Somebody or something, with its mentions.
    Entity(Entity),
    /// A time.
    Time(Time),
    /// A place.
    Place(Place),
    /// An amount.
    Quantity(Quantity),
    /// Who is said to have said what.
    Attribution(Attribution),
    /// What happened, will happen or did not.
    Event(Event),
    /// A standing relation.
    Tie(Tie),
}

/// A stretch that is not running prose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Which kind.
    #[serde(with = "region_kind")]
    pub kind: RegionKind,
}

/// An entity of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Best full name.
    pub name: String,
    /// What kind of thing.
    #[serde(with = "entity_kind")]
    pub kind: EntityKind,
    /// ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// CAMEO actor code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// CAMEO/PLOVER sectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Offices and descriptions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// (registry, id).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registry: Option<(String, String)>,
    /// Where it is mentioned, in text order.
    pub mentions: Vec<Mention>,
}

/// An office or description, with its first and last day where known (ISO).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The text's or registry's words.
    pub title: String,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// One mention of an entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Its words.
    #[serde(with = "range")]
    pub range: TextRange,
    /// Name, description or pronoun.
    #[serde(with = "form")]
    pub form: Form,
    /// The rule that found or linked it.
    pub rule: String,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// TIMEX3 type.
    #[serde(with = "time_kind")]
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// The days it covers.
    #[serde(default, with = "interval", skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// TIMEX3 `mod`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
}

/// A resolved toponym.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The gazetteer's name.
    pub name: String,
    /// GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166 alpha-3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// First-level region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin1: Option<String>,
    /// Kind of place.
    pub kind: String,
    /// Whether the name stands for a government or people here.
    pub metonym: bool,
    /// How sure the extractor is, in ten-thousandths.
    pub score: u16,
}

/// An amount in its base unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Value, or the lower end of a range.
    pub value: f64,
    /// Upper end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// What the number bounds.
    #[serde(with = "bound")]
    pub bound: Bound,
    /// Stated change.
    #[serde(default, with = "direction", skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What is measured, in the text's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// When it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<StatementId>,
}

/// Who is said to have said what, by which words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Direct, indirect or mixed.
    #[serde(with = "attribution_kind")]
    pub kind: AttributionKind,
    /// The quoted source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The words that attribute.
    #[serde(with = "ranges")]
    pub cue: Vec<TextRange>,
    /// Lemma of the cue's main word.
    pub cue_lemma: String,
    /// What is said.
    #[serde(with = "ranges")]
    pub content: Vec<TextRange>,
    /// What the source does to the content.
    #[serde(with = "stance")]
    pub stance: Stance,
    /// The reporter of the reporter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<StatementId>,
    /// Medium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<StatementId>,
    /// What it denies in its document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denies: Vec<StatementId>,
    /// What it supports in its document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<StatementId>,
    /// When it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<StatementId>,
    /// Where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<StatementId>,
    /// The reporter's commitment.
    #[serde(with = "certainty")]
    pub certainty: Certainty,
    /// How sure the extractor is, in ten-thousandths.
    pub score: u16,
    /// Whether the content carries nothing that could be true or false ("this", "to comment"): such a row links
    /// others and is no claim.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hollow: bool,
}

/// The quoted source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its words.
    #[serde(with = "ranges")]
    pub ranges: Vec<TextRange>,
    /// Who that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<StatementId>,
}

/// An event as told once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The word that evokes it.
    #[serde(with = "range")]
    pub trigger: TextRange,
    /// PLOVER type or `tolmach:…`.
    pub category: String,
    /// PLOVER mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// PLOVER contexts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// CAMEO code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// Quad class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quad: Option<u8>,
    /// Goldstein score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f32>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participant>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<StatementId>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<StatementId>,
    /// Whether it is said to happen.
    pub positive: bool,
    /// How firmly.
    #[serde(with = "certainty")]
    pub certainty: Certainty,
    /// When, as the grammar puts it.
    #[serde(with = "tense")]
    pub tense: Tense,
    /// Who says so; `None`: the document's own voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<StatementId>,
    /// How sure the extractor is, in ten-thousandths.
    pub score: u16,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    /// Its words.
    #[serde(with = "range")]
    pub range: TextRange,
    /// Who that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<StatementId>,
    /// As what.
    #[serde(with = "participant_role")]
    pub role: ParticipantRole,
}

/// A standing relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// Which.
    #[serde(with = "tie_kind")]
    pub kind: TieKind,
    /// From whom.
    pub a: StatementId,
    /// To whom.
    pub b: StatementId,
    /// When it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<StatementId>,
    /// Who says so; `None`: the document's own voice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<StatementId>,
}

impl Body {
    /// Name of the layer.
    #[must_use]
    pub const fn layer(&self) -> &'static str {
        match self {
            Body::Region(_) => "region",
            Body::Entity(_) => "entity",
            Body::Time(_) => "time",
            Body::Place(_) => "place",
            Body::Quantity(_) => "quantity",
            Body::Attribution(_) => "attribution",
            Body::Event(_) => "event",
            Body::Tie(_) => "tie",
        }
    }

    /// Visits every reference to another statement.
    pub fn visit_references(&mut self, visit: &mut dyn FnMut(&mut StatementId)) {
        match self {
            Body::Region(_) | Body::Entity(_) | Body::Time(_) | Body::Place(_) => {}
            Body::Quantity(q) => q.time.iter_mut().for_each(visit),
            Body::Attribution(a) => a.visit_references(visit),
            Body::Event(e) => {
                e.participants.iter_mut().filter_map(|p| p.entity.as_mut()).for_each(&mut *visit);
                [&mut e.time, &mut e.place, &mut e.attribution].into_iter().flatten().for_each(visit);
            }
            Body::Tie(t) => {
                [&mut t.a, &mut t.b].into_iter().for_each(&mut *visit);
                [&mut t.time, &mut t.attribution].into_iter().flatten().for_each(visit);
            }
        }
    }
}

impl Attribution {
    fn visit_references(&mut self, visit: &mut dyn FnMut(&mut StatementId)) {
        self.source.iter_mut().filter_map(|s| s.entity.as_mut()).for_each(&mut *visit);
        self.denies.iter_mut().chain(&mut self.supports).for_each(&mut *visit);
        let single = [&mut self.parent, &mut self.channel, &mut self.time, &mut self.place];
        single.into_iter().flatten().for_each(visit);
    }
}
