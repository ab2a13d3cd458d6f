//! The brief: which lines stand in it, in which order, on which words.
//!
//! A line holds fields that were read and passages that are quoted; no sentence is made here, so nothing can
//! be said that no document says. How it looks is a shell's business.

mod section;

use crate::{Passage, Picture, Question, StatementId};

/// Everything a brief shows.
#[derive(Clone, Debug)]
pub struct Brief {
    /// Sections that have lines, in order.
    pub sections: Vec<Section>,
    /// Documents that the question reaches, in the snapshot's order.
    pub documents: Vec<usize>,
}

/// One part of the brief.
#[derive(Clone, Debug)]
pub struct Section {
    /// What it tells.
    pub topic: Topic,
    /// Its lines; never empty.
    pub lines: Vec<Line>,
    /// How many more there would be.
    pub hidden: usize,
}

/// What a section tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What happened.
    Happened,
    /// Who says what, through whom.
    Said,
    /// What is denied, by whom.
    Denied,
    /// What rests on one origin.
    OneOrigin,
    /// Figures that changed.
    Changed,
    /// Figures that disagree.
    Disagree,
    /// What is only feared, planned, promised or possible.
    Ahead,
}

impl Topic {
    /// Name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Topic::Happened => "happened",
            Topic::Said => "said",
            Topic::Denied => "denied",
            Topic::OneOrigin => "one-origin",
            Topic::Changed => "changed",
            Topic::Disagree => "disagree",
            Topic::Ahead => "ahead",
        }
    }

    /// Headline.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Topic::Happened => "What happened",
            Topic::Said => "Who says what, and through whom",
            Topic::Denied => "What is denied",
            Topic::OneOrigin => "What rests on one origin",
            Topic::Changed => "Figures that changed",
            Topic::Disagree => "Figures that disagree",
            Topic::Ahead => "Only planned, feared or possible",
        }
    }

    /// The command that shows all of it.
    #[must_use]
    pub const fn command(self) -> &'static str {
        match self {
            Topic::Happened | Topic::Ahead => "events",
            Topic::Said | Topic::Denied | Topic::OneOrigin => "claims",
            Topic::Changed | Topic::Disagree => "quantities",
        }
    }
}

/// One line: fields that were read, and the words they rest on.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The day it belongs to: told, else published. For order alone.
    pub day: Option<tolmach_document::Date>,
    /// When it is told to have been, in words.
    pub when: Option<String>,
    /// What kind of thing: "assault · aerial", "says".
    pub tag: Option<String>,
    /// Names, amounts: "drones → Yelabuga".
    pub head: Option<String>,
    /// How it stands.
    pub status: Option<&'static str>,
    /// From the speaker to the outlet.
    pub chain: Option<String>,
    /// A count: "9 outlets, 1 origin: …".
    pub note: Option<String>,
    /// The words, in the order of the documents.
    pub passages: Vec<Passage>,
    /// What belongs under it: denials, what is denied, what a speaker says.
    pub beneath: Vec<Line>,
    /// Statements it was made from.
    pub statements: Vec<StatementId>,
}

/// Lines a section shows unless the question says otherwise.
const LINES: usize = 12;

/// The brief on what is asked.
#[must_use]
pub fn brief(picture: &Picture, question: &Question) -> Brief {
    let limit = question.limit.unwrap_or(LINES);
    let all = Question { limit: None, ..question.clone() };
    let sections = section::ALL.iter().filter_map(|(topic, lines)| {
        let mut lines = lines(picture, &all);
        let hidden = lines.len().saturating_sub(limit);
        lines.truncate(limit);
        // The weightiest are chosen, and then told in the order of their days.
        if matches!(topic, Topic::Happened | Topic::Ahead) {
            lines.sort_by_key(|line| line.day);
        }
        (!lines.is_empty()).then_some(Section { topic: *topic, lines, hidden })
    });
    Brief { sections: sections.collect(), documents: documents(picture, &all) }
}

/// The documents that have a statement the question reaches; all of them where it asks for everything.
fn documents(picture: &Picture, question: &Question) -> Vec<usize> {
    let about = picture.about(question);
    let is_wanted = |document: &usize| {
        let days = picture.published(*document).map(crate::picture::day);
        let stored = &picture.snapshot.documents[*document];
        question.covers(days)
            && (question.about.is_none()
                || stored.statements.iter().any(|statement| about.holds(picture, *document, statement)))
    };
    (0..picture.snapshot.documents.len()).filter(is_wanted).collect()
}
