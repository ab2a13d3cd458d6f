//! Decisions about statements: by whom, when and why. They lie beside the statements and never edit them.

use crate::StatementId;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Both speak of one thing.
    Same,
    /// They speak of two things.
    NotSame,
    /// The first no longer stands; there is no second.
    Retracted,
}

impl Verdict {
    /// How a store writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::NotSame => "not-same",
            Verdict::Retracted => "retracted",
        }
    }

    /// The verdict of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Verdict::Same, Verdict::NotSame, Verdict::Retracted].into_iter().find(|v| v.name() == name)
    }
}

/// One decision. A later one on the same pair takes its place; the earlier stays in the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judgement {
    /// When it was decided, ISO 8601 in UTC.
    pub at: String,
    /// On what.
    pub left: StatementId,
    /// And on what else; `None` for [`Verdict::Retracted`].
    pub right: Option<StatementId>,
    /// What.
    pub verdict: Verdict,
    /// A person's name or a rule's id.
    pub by: String,
    /// In words.
    pub why: String,
}
