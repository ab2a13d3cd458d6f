//! How statements are written down: version 1 of the record format, JSON with the contract's names.
//!
//! Ids are hashes of these bytes, so a change here is a new format version, never an edit.

use crate::{Body, StatementId};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use tolmach_document::{
    AttributionKind, Bound, Certainty, Direction, EntityKind, Form, ParticipantRole, RegionKind, Stance,
    Tense, TextRange, TieKind, TimeKind,
};

/// A record that this version cannot read.
#[derive(Debug)]
pub struct FormatError(serde_json::Error);

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "statement in a form that this version does not know: {}", self.0)
    }
}

impl std::error::Error for FormatError {}

/// The record of `body`: one line of JSON, the same bytes for the same content.
#[must_use]
pub fn encode(body: &Body) -> String {
    serde_json::to_string(body).expect("statements hold only strings, numbers and lists")
}

/// The statement body written in `record`.
///
/// # Errors
/// When the record is not of this format.
pub fn decode(record: &str) -> Result<Body, FormatError> {
    serde_json::from_str(record).map_err(FormatError)
}

impl Serialize for StatementId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StatementId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        StatementId::parse(&hex).ok_or_else(|| D::Error::custom(format!("{hex:?} is no statement id")))
    }
}

fn read_range<E: serde::de::Error>([start, end]: [u32; 2]) -> Result<TextRange, E> {
    if start > end {
        return Err(E::custom(format!("range {start}..{end} ends before it starts")));
    }
    Ok(TextRange::new(start, end))
}

fn write_range(range: &TextRange) -> [u32; 2] {
    [range.start() as u32, range.end() as u32]
}

pub(crate) mod range {
    use super::*;
    pub fn serialize<S: Serializer>(range: &TextRange, serializer: S) -> Result<S::Ok, S::Error> {
        write_range(range).serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TextRange, D::Error> {
        read_range(<[u32; 2]>::deserialize(deserializer)?)
    }
}

pub(crate) mod ranges {
    use super::*;
    pub fn serialize<S: Serializer>(ranges: &[TextRange], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(ranges.iter().map(write_range))
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TextRange>, D::Error> {
        Vec::<[u32; 2]>::deserialize(deserializer)?.into_iter().map(read_range).collect()
    }
}

pub(crate) mod interval {
    use super::*;
    use tolmach_document::{Date, Interval};
    pub fn serialize<S: Serializer>(days: &Option<Interval>, serializer: S) -> Result<S::Ok, S::Error> {
        days.map(|days| [days.start.to_string(), days.end.to_string()]).serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Interval>, D::Error> {
        let Some([start, end]) = Option::<[String; 2]>::deserialize(deserializer)? else { return Ok(None) };
        let day = |text: &str| text.parse::<Date>().map_err(D::Error::custom);
        Ok(Some(Interval { start: day(&start)?, end: day(&end)? }))
    }
}

pub(crate) mod entity_kind {
    use super::*;
    pub fn serialize<S: Serializer>(value: &EntityKind, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.name())
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<EntityKind, D::Error> {
        let name = String::deserialize(deserializer)?;
        EntityKind::from_name(&name).ok_or_else(|| D::Error::custom(format!("unknown name {name:?}")))
    }
}

pub(crate) mod direction {
    use super::*;
    const ALL: [Direction; 3] = [Direction::Up, Direction::Down, Direction::Same];
    pub fn serialize<S: Serializer>(value: &Option<Direction>, serializer: S) -> Result<S::Ok, S::Error> {
        value.map(Direction::name).serialize(serializer)
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Direction>, D::Error> {
        let name = Option::<String>::deserialize(deserializer)?;
        name.map(|name| find(&ALL, &name, Direction::name)).transpose()
    }
}

fn find<T: Copy, E: serde::de::Error>(
    all: &[T],
    name: &str,
    name_of: fn(T) -> &'static str,
) -> Result<T, E> {
    let found = all.iter().copied().find(|one| name_of(*one) == name);
    found.ok_or_else(|| E::custom(format!("unknown name {name:?}")))
}

/// A module for `#[serde(with)]` that writes a closed set by its names.
macro_rules! by_name {
    ($($module:ident: $type:ident, $name_of:expr, $all:expr;)+) => {
        $(pub(crate) mod $module {
            use super::*;
            #[allow(unused_imports, reason = "a set may bring its own list")]
            use $type::*;
            const EVERY: &[$type] = &$all;
            pub fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(($name_of)(*value))
            }
            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                find(EVERY, &String::deserialize(deserializer)?, $name_of)
            }
        })+
    };
}

by_name! {
    form: Form, Form::name, [Name, Nominal, Pronoun];
    time_kind: TimeKind, TimeKind::name, [Date, Time, Duration, Set];
    bound: Bound, Bound::name, [Exact, Approx, Min, Max, Range];
    attribution_kind: AttributionKind, AttributionKind::name, [Direct, Indirect, Mixed];
    stance: Stance, Stance::name, [Assert, Deny, Doubt, Ask, Demand, Promise, Threaten, Order];
    certainty: Certainty, Certainty::name, [Certain, Probable, Possible, Unlikely, Unknown];
    tense: Tense, Tense::name, [Past, Present, Future, Hypothetical];
    participant_role: ParticipantRole, ParticipantRole::name, [Actor, Recipient];
    tie_kind: TieKind, TieKind::name, TieKind::ALL;
    region_kind: RegionKind, region_name, [Boilerplate, Duplicate, Byline, Caption, Heading, QuoteBlock];
}

/// Name of a region kind in the annotation contract.
pub(crate) const fn region_name(kind: RegionKind) -> &'static str {
    match kind {
        RegionKind::Boilerplate => "boilerplate",
        RegionKind::Duplicate => "duplicate",
        RegionKind::Byline => "byline",
        RegionKind::Caption => "caption",
        RegionKind::Heading => "heading",
        RegionKind::QuoteBlock => "quote-block",
    }
}
