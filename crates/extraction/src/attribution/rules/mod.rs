//! What rules read better than the model: quotations that nobody claimed, transcripts, hearsay, verdicts on what
//! others said.
//!
//! A rule adds readings or widens those that are there; it never removes one.

mod aside;
mod claim;
mod clause;
mod dash;
mod hearsay;
mod paper;
mod phrase;
mod quotation;
mod transcript;
mod verdict;

use super::learned::Reading;
use super::view::View;
use crate::Context;
use tolmach_document::{RuleId, TokenRange};

/// What rules look at and add to.
pub(super) struct Findings<'a> {
    pub(super) ctx: Context<'a>,
    pub(super) view: View<'a>,
    pub(super) readings: Vec<Reading>,
}

/// Every rule, most trusted first.
const RULES: &[fn(&mut Findings<'_>)] =
    &[transcript::find, dash::find, aside::find, paper::find, quotation::find, phrase::find,
    clause::find, claim::find, verdict::find, hearsay::find];

/// The readings with what the rules add.
pub(super) fn apply<'a>(ctx: Context<'a>, view: View<'a>, readings: Vec<Reading>) -> Vec<Reading> {
    let mut findings = Findings { ctx, view, readings };
    for rule in RULES {
        rule(&mut findings);
    }
    findings.readings
}

/// A rule's reading counts as sure: log-odds.
const SURE: f32 = 4.0;

/// A reading in the making.
pub(super) struct Found {
    pub(super) rule: RuleId,
    pub(super) head: usize,
    pub(super) cue: TokenRange,
    pub(super) source: Option<TokenRange>,
    pub(super) content: Vec<TokenRange>,
}

impl Findings<'_> {
    /// Adds a reading unless one with this cue stands.
    pub(super) fn add(&mut self, found: Found) {
        let taken = self.readings.iter().any(|r| r.head == found.head);
        let content: Vec<_> = found.content.into_iter().filter(|r| !r.is_empty()).collect();
        if taken || content.is_empty() {
            return;
        }
        self.readings.push(Reading {
            head: found.head,
            score: SURE,
            rule: found.rule,
            level: self.level_of(found.head),
            holder: None,
            cue: vec![found.cue],
            source: found.source.filter(|s| !s.is_empty()).into_iter().collect(),
            content,
        });
    }

    /// The innermost quotation around `t` that is read like a document of its own.
    pub(super) fn level_of(&self, t: usize) -> Option<usize> {
        self.view.quotes.around(t).and_then(|q| self.whole_around(q))
    }

    /// `q` or the innermost quotation around it that is read like a document of its own.
    pub(super) fn whole_around(&self, q: usize) -> Option<usize> {
        let rows = self.view.quotes.rows();
        std::iter::successors(Some(q), |q| rows[*q].parent).find(|q| rows[*q].whole)
    }

    /// The reading whose cue is headed by `t`.
    pub(super) fn of_head(&self, t: usize) -> Option<usize> {
        self.readings.iter().position(|r| r.head == t)
    }

    /// Whether the content of some reading of this level holds token `t`.
    pub(super) fn is_said(&self, level: Option<usize>, t: usize) -> bool {
        self.readings.iter().any(|r| r.level == level && r.says(t))
    }
}
