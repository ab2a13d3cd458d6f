//! Units and currencies as the contract prints them.

/// Position of a [`Unit`] in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub(super) u16);

/// What a unit measures, as far as rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A length of time.
    Time,
    /// An age.
    Age,
    /// Per cent and its like.
    Share,
    /// A multiple.
    Multiple,
    /// A currency.
    Money,
    /// Small change.
    Minor,
    /// Anything else that is measured.
    Measure,
}

/// One unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// As printed: the English name in the singular, or ISO 4217.
    pub name: Box<str>,
    /// What it measures.
    pub kind: Kind,
    /// What amounts in it are multiplied by ("55 bcm").
    pub factor: f64,
    /// The currency that it is where the text speaks of money ("pounds").
    pub money: Option<UnitId>,
    /// Currencies of that name, by country: the first of them whose country the text names is meant.
    pub choices: Vec<(Box<str>, UnitId)>,
    /// The currency without such a hint.
    pub default: Option<UnitId>,
}

impl Unit {
    pub(super) fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.into(), kind, factor: 1.0, money: None, choices: Vec::new(), default: None }
    }
}
