//! Which readings are believed: how sure the model must be, by what the cue says.
//!
//! Saying is believed sooner than holding or wanting; how a thing looks to nobody in particular is the reporter's own
//! hedge and no attribution; inside another's words only what somebody else said counts.

use super::atoms;
use super::grammar;
use super::learned::Reading;
use crate::Context;
use tolmach_document::{Pos, Tag};
use tolmach_lexicon::reporting::Class;

/// Log-odds that a cue must reach.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// A verb or noun of saying.
    pub said: f32,
    /// A word of the mind or the will.
    pub held: f32,
    /// A word that the lexicon lacks.
    pub unknown: f32,
    /// Anything inside another's content.
    pub inside: f32,
}

/// What the program uses, chosen on development texts.
pub const BELIEVED: Thresholds = Thresholds { said: -0.25, held: 1.5, unknown: 1.0, inside: 2.0 };

impl Thresholds {
    /// The lowest of them.
    #[must_use]
    pub fn least(self) -> f32 {
        self.said.min(self.held).min(self.unknown)
    }

    /// Whether a reading of the document's own voice stands.
    #[must_use]
    pub fn believes(self, ctx: Context<'_>, reading: &Reading) -> bool {
        match class(ctx, reading.head) {
            Some(Class::Impression) => !reading.source.is_empty() && reading.score >= self.held,
            Some(class) if class.is_said() => reading.score >= self.said,
            Some(_) => reading.score >= self.held,
            None if is_function(ctx, reading.head) => reading.score >= self.said,
            None => reading.score >= self.unknown,
        }
    }

    /// Whether a reading inside another's content stands: somebody else's saying, and surely so.
    #[must_use]
    pub fn believes_inside(self, ctx: Context<'_>, reading: &Reading) -> bool {
        let said = class(ctx, reading.head).is_none_or(Class::is_said);
        said && reading.score >= self.inside
            && !reading.source.is_empty()
            && !is_speaker_or_hearer(ctx, reading)
    }
}

fn class(ctx: Context<'_>, head: usize) -> Option<Class> {
    atoms::entries(ctx.parsed, &ctx.lexicon.reporting, head).first().map(|cue| cue.class)
}

/// "according to", a colon: no verb or noun that could be looked up.
fn is_function(ctx: Context<'_>, head: usize) -> bool {
    matches!(ctx.parsed.pos(head), Pos::Punct | Pos::Adp | Pos::Adv | Pos::Sconj)
}

/// "I think", "you know": the one who speaks already.
fn is_speaker_or_hearer(ctx: Context<'_>, reading: &Reading) -> bool {
    let p = ctx.parsed;
    let doer = grammar::doer(p, reading.head).map(|d| d.head);
    let first = reading.source.first().map(|r| r.start);
    [doer, first].into_iter().flatten().any(|t| {
        matches!(p.tag(t), Tag::Prp | Tag::PrpDollar)
            && matches!(p.lower(t), "i" | "we" | "you" | "my" | "our" | "your" | "me" | "us")
    })
}
