//! The layers of meaning of one report: a table a layer, every row with its range and its rule.

use crate::{Date, Id, Region, Table, TextRange};

/// The rule or model that made a row, as users quote it (`attr.according-to`, `time.weekday`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub &'static str);

/// How sure our extractor is, 0 to 1. Not what the source commits to, not a track record.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Score(pub f32);

impl Default for Score {
    fn default() -> Self {
        Score(1.0)
    }
}

/// Everything one report says. Tables are in text order of their rows' ranges.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// Furniture, repeats, headings.
    pub regions: Vec<Region>,
    /// Stretches of text that refer.
    pub mentions: Table<Mention>,
    /// What they refer to, inside this document; in order of first mention.
    pub entities: Table<Entity>,
    /// Times.
    pub times: Table<TimeExpression>,
    /// Resolved toponyms.
    pub places: Table<Place>,
    /// Amounts.
    pub quantities: Table<Quantity>,
    /// Who is said to have said what, by which words.
    pub attributions: Table<Attribution>,
    /// Event mentions.
    pub events: Table<EventMention>,
    /// Standing relations.
    pub ties: Table<Tie>,
}

/// A stretch of text that refers to an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Bytes of the whole mention.
    pub range: TextRange,
    /// Index of its syntactic head token.
    pub head: usize,
    /// What kind of thing it names.
    pub kind: EntityKind,
    /// Name, description or pronoun.
    pub form: Form,
    /// What it refers to.
    pub entity: EntityId,
    /// Rule that found or linked it.
    pub rule: RuleId,
}

/// Kinds of entity: OntoNotes names, and four of this field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// An institution, company, outlet or armed group with a name.
    Org,
    /// A country, region or city with a government.
    Gpe,
    /// Another place.
    Loc,
    /// A people, creed or political camp.
    Norp,
    /// A building or site.
    Fac,
    /// A named happening.
    Event,
    /// A law or treaty.
    Law,
    /// A named thing.
    Product,
    /// A title of a work.
    WorkOfArt,
    /// A tongue.
    Language,
    /// A weapon or military platform.
    Weapon,
    /// A corridor, pipeline, road or line.
    Route,
    /// People without a name of their own as a group ("oil workers").
    Group,
    /// Anything else that a pronoun takes up ("the award … it").
    Thing,
}

impl EntityKind {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "PERSON",
            EntityKind::Org => "ORG",
            EntityKind::Gpe => "GPE",
            EntityKind::Loc => "LOC",
            EntityKind::Norp => "NORP",
            EntityKind::Fac => "FAC",
            EntityKind::Event => "EVENT",
            EntityKind::Law => "LAW",
            EntityKind::Product => "PRODUCT",
            EntityKind::WorkOfArt => "WORK_OF_ART",
            EntityKind::Language => "LANGUAGE",
            EntityKind::Weapon => "WEAPON",
            EntityKind::Route => "ROUTE",
            EntityKind::Group => "GROUP",
            EntityKind::Thing => "THING",
        }
    }

    /// Every kind, in a fixed order.
    pub const ALL: [EntityKind; 15] = {
        use EntityKind::*;
        [Person, Org, Gpe, Loc, Norp, Fac, Event, Law, Product, WorkOfArt, Language, Weapon, Route, Group, Thing]
    };

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By a proper name.
    Name,
    /// By a description ("the ministry").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

impl Form {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Nominal => "nominal",
            Form::Pronoun => "pronoun",
        }
    }
}

/// Id of an [`Entity`].
pub type EntityId = Id<Entity>;

/// What mentions of one document refer to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Best full name: the registry's where known, else the longest named mention.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// ISO 3166 alpha-3 of the country it belongs to or is.
    pub country: Option<String>,
    /// CAMEO actor code, e.g. `RUSLEG`.
    pub code: Option<String>,
    /// CAMEO/PLOVER sectors: `GOV`, `MIL`, `LEG`, …
    pub sectors: Vec<String>,
    /// Offices and descriptions that the text or the registry gives.
    pub roles: Vec<Role>,
    /// Where it stands in a registry: (registry, id).
    pub registry: Option<(String, String)>,
}

/// An office or description of an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// "member of the State Duma Committee on Defense".
    pub title: String,
    /// First day in office, if known.
    pub from: Option<Date>,
    /// Last day in office, if known.
    pub to: Option<Date>,
}

/// A half-open range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
}

/// Id of a [`TimeExpression`].
pub type TimeId = Id<TimeExpression>;

/// A TIMEX3 expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Bytes.
    pub range: TextRange,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// ISO-TimeML value, as TIMEX3 writes it.
    pub value: String,
    /// The days it covers; `None` for durations, sets and vague references.
    pub interval: Option<Interval>,
    /// TIMEX3 `mod`: `APPROX`, `START`, `MID`, `END`, `MORE_THAN`, `LESS_THAN`, …
    pub modifier: Option<&'static str>,
    /// Rule that read it.
    pub rule: RuleId,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A day or something coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

impl TimeKind {
    /// Name in TIMEX3.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// Id of a [`Place`].
pub type PlaceId = Id<Place>;

/// A toponym and what it resolves to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Bytes of the toponym.
    pub range: TextRange,
    /// The gazetteer's name.
    pub name: String,
    /// GeoNames id, where the gazetteer has one.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-level region.
    pub admin1: Option<String>,
    /// `country`, `region`, `city`, `site`, `water`, `area`, …
    pub kind: &'static str,
    /// Whether the name stands for its government or people here, not for the place.
    pub metonym: bool,
    /// Rule that resolved it.
    pub rule: RuleId,
    /// How sure the resolution is.
    pub score: Score,
}

/// Id of a [`Quantity`].
pub type QuantityId = Id<Quantity>;

/// An amount in its base unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Bytes, unit included.
    pub range: TextRange,
    /// Value, multiplied out (1.5 million is 1500000). The lower end of a range.
    pub value: f64,
    /// Upper end of a range.
    pub high: Option<f64>,
    /// Unit as the contract spells it, `None` for a bare number.
    pub unit: Option<String>,
    /// What the number bounds.
    pub bound: Bound,
    /// Stated change.
    pub direction: Option<Direction>,
    /// What is measured, in the text's words.
    pub of: Option<String>,
    /// When it held.
    pub time: Option<TimeId>,
    /// Rule that read it.
    pub rule: RuleId,
}

/// What a number bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The number itself.
    Exact,
    /// About it.
    Approx,
    /// At least it.
    Min,
    /// At most it.
    Max,
    /// From `value` to `high`.
    Range,
}

impl Bound {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::Approx => "approx",
            Bound::Min => "min",
            Bound::Max => "max",
            Bound::Range => "range",
        }
    }
}

/// Direction of a stated change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Rose.
    Up,
    /// Fell.
    Down,
    /// Said to be unchanged.
    Same,
}

impl Direction {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
            Direction::Same => "=",
        }
    }
}

/// Id of an [`Attribution`].
pub type AttributionId = Id<Attribution>;

/// Who is said to have said what, by which words (the triple of PARC and PolNeAR; ours nests).
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Direct, indirect or mixed.
    pub kind: AttributionKind,
    /// The quoted source; `None`: the text leaves it open.
    pub source: Option<Source>,
    /// The words that attribute; empty for a bare quotation.
    pub cue: Vec<TextRange>,
    /// Lemma of the cue's main word, or `"`/`:` for bare quotations.
    pub cue_lemma: String,
    /// What is said; never empty.
    pub content: Vec<TextRange>,
    /// What the source does to the content.
    pub stance: Stance,
    /// The attribution that this one stands inside: the reporter of the reporter.
    pub parent: Option<AttributionId>,
    /// Medium in or through which it was said.
    pub channel: Option<EntityId>,
    /// Attributions of this document that it denies.
    pub denies: Vec<AttributionId>,
    /// Attributions of this document that it supports or repeats.
    pub supports: Vec<AttributionId>,
    /// When it was said.
    pub time: Option<TimeId>,
    /// Where it was said.
    pub place: Option<PlaceId>,
    /// The reporter's own commitment to the content.
    pub certainty: Certainty,
    /// Rule or model that found it.
    pub rule: RuleId,
    /// How sure the extractor is.
    pub score: Score,
}

/// The quoted source of an attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its words; never empty.
    pub ranges: Vec<TextRange>,
    /// Who that is.
    pub entity: Option<EntityId>,
}

/// How the words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributionKind {
    /// All in quotation marks.
    Direct,
    /// None in quotation marks.
    Indirect,
    /// Some.
    Mixed,
}

impl AttributionKind {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            AttributionKind::Direct => "direct",
            AttributionKind::Indirect => "indirect",
            AttributionKind::Mixed => "mixed",
        }
    }
}

/// What a source does to the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Says it is so.
    Assert,
    /// Says it is not so.
    Deny,
    /// Casts doubt on it.
    Doubt,
    /// Asks whether it is so.
    Ask,
    /// Wants it done.
    Demand,
    /// Undertakes to do it.
    Promise,
    /// Threatens to do it.
    Threaten,
    /// Orders it.
    Order,
}

impl Stance {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Stance::Assert => "assert",
            Stance::Deny => "deny",
            Stance::Doubt => "doubt",
            Stance::Ask => "ask",
            Stance::Demand => "demand",
            Stance::Promise => "promise",
            Stance::Threaten => "threaten",
            Stance::Order => "order",
        }
    }

    /// The stance of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        use Stance::*;
        [Assert, Deny, Doubt, Ask, Demand, Promise, Threaten, Order].into_iter().find(|s| s.name() == name)
    }
}

/// FactBank's degrees of commitment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Committed.
    Certain,
    /// Probable.
    Probable,
    /// Possible.
    Possible,
    /// Probably not.
    Unlikely,
    /// Not committed either way.
    #[default]
    Unknown,
}

impl Certainty {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Probable => "probable",
            Certainty::Possible => "possible",
            Certainty::Unlikely => "unlikely",
            Certainty::Unknown => "unknown",
        }
    }
}

/// What the source commits to about an event: certainty, polarity and tense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factuality {
    /// `true`: it happens; `false`: it does not.
    pub positive: bool,
    /// How firmly.
    pub certainty: Certainty,
    /// When, as the grammar puts it.
    pub tense: Tense,
}

/// Grammatical time of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// Over.
    Past,
    /// Under way or general.
    Present,
    /// Planned, promised, expected, feared.
    Future,
    /// Only under a condition.
    Hypothetical,
}

impl Tense {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Tense::Past => "past",
            Tense::Present => "present",
            Tense::Future => "future",
            Tense::Hypothetical => "hypothetical",
        }
    }
}

/// Id of an [`EventMention`].
pub type EventId = Id<EventMention>;

/// An event as told once, coded in PLOVER and CAMEO.
#[derive(Clone, Debug, PartialEq)]
pub struct EventMention {
    /// The word that evokes it.
    pub trigger: TextRange,
    /// The clause or phrase that tells it.
    pub range: TextRange,
    /// PLOVER type, or one of our own written with a namespace (`tolmach:DISASTER`).
    pub category: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Quad class 1 to 4.
    pub quad: Option<u8>,
    /// Goldstein score of the CAMEO code.
    pub goldstein: Option<f32>,
    /// Who took part, and as what.
    pub participants: Vec<Participant>,
    /// When.
    pub time: Option<TimeId>,
    /// Where.
    pub place: Option<PlaceId>,
    /// What is committed to.
    pub factuality: Factuality,
    /// `None`: the document says it in its own voice.
    pub attribution: Option<AttributionId>,
    /// Rule or model that coded it.
    pub rule: RuleId,
    /// How sure the extractor is.
    pub score: Score,
}

/// One who takes part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// Its words.
    pub range: TextRange,
    /// Who that is.
    pub entity: Option<EntityId>,
    /// As what.
    pub role: ParticipantRole,
}

/// Parts in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParticipantRole {
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
}

impl ParticipantRole {
    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ParticipantRole::Actor => "actor",
            ParticipantRole::Recipient => "recipient",
        }
    }
}

/// A standing relation between two entities.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Which.
    pub kind: TieKind,
    /// From whom.
    pub a: EntityId,
    /// To whom.
    pub b: EntityId,
    /// The words that say so.
    pub range: TextRange,
    /// When it held.
    pub time: Option<TimeId>,
    /// `None`: the document's own voice.
    pub attribution: Option<AttributionId>,
    /// Rule that read it.
    pub rule: RuleId,
}

/// Kinds of [`Tie`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// a holds an office of b.
    Office,
    /// a is a member of b.
    Member,
    /// a leads b.
    Leads,
    /// a and b are allied.
    Alliance,
    /// a is attached to b.
    Affiliated,
    /// a came after b.
    Succession,
    /// a lies in b.
    Located,
    /// a runs through or to b.
    Route,
    /// a depends on b.
    Dependence,
    /// a trades with b.
    Trade,
    /// a invests in b.
    Investment,
    /// a leases b.
    Lease,
    /// a and b are names of one thing.
    SameAs,
}

impl TieKind {
    /// Every kind, in a fixed order.
    pub const ALL: [TieKind; 13] = [
        TieKind::Office,
        TieKind::Member,
        TieKind::Leads,
        TieKind::Alliance,
        TieKind::Affiliated,
        TieKind::Succession,
        TieKind::Located,
        TieKind::Route,
        TieKind::Dependence,
        TieKind::Trade,
        TieKind::Investment,
        TieKind::Lease,
        TieKind::SameAs,
    ];

    /// Name in the annotation contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            TieKind::Office => "office",
            TieKind::Member => "member",
            TieKind::Leads => "leads",
            TieKind::Alliance => "alliance",
            TieKind::Affiliated => "affiliated",
            TieKind::Succession => "succession",
            TieKind::Located => "located",
            TieKind::Route => "route",
            TieKind::Dependence => "dependence",
            TieKind::Trade => "trade",
            TieKind::Investment => "investment",
            TieKind::Lease => "lease",
            TieKind::SameAs => "same-as",
        }
    }
}
