//! What the anchoring pass remembers of the text so far.
//!
//! Only dates that were told; no words, no day of publication.

use super::meaning::{When, Year};
use super::stamp::Stamp;
use jiff::civil::Date;

/// Sentences for which "a year earlier" is still a comparison with the quarter told of.
const MEMORY: u32 = 3;

/// The dates told so far.
#[derive(Default)]
pub struct Story {
    last: Option<Stamp>,
    /// The day last told.
    pub day: Option<Date>,
    /// The quarter or half last told that was over, and its sentence.
    part: Option<(Stamp, u32)>,
    sentence: u32,
    /// The sentence of `last`.
    told_in: u32,
    /// The sentence that measured an accounting period of its own ("the nine months").
    measured_in: u32,
}

impl Story {
    /// A new sentence begins.
    pub fn sentence(&mut self) {
        self.sentence += 1;
    }

    /// An accounting period was told as a length.
    pub fn measure(&mut self) {
        self.measured_in = self.sentence;
    }

    /// Remembers a date. What is only compared with ("a year earlier") is passed by; so are decades and
    /// centuries, which date the background.
    pub fn tell(&mut self, when: When, stamp: Stamp, is_over: bool) {
        let compared = match when {
            When::Shift { story, forward, .. } => !(story && forward),
            When::Echo { .. } => true,
            When::Calendar { year: Year::Story(by), .. } => by < 0,
            _ => false,
        };
        if compared || matches!(stamp, Stamp::Decade(_) | Stamp::Century(_)) {
            return;
        }
        self.last = Some(stamp);
        self.told_in = self.sentence;
        match stamp {
            Stamp::Quarter(..) | Stamp::Half(..) if is_over => self.part = Some((stamp, self.sentence)),
            Stamp::Day(day) => self.day = Some(day),
            _ => {}
        }
    }

    /// The date last told.
    pub fn last(&self) -> Option<Stamp> {
        self.last
    }

    /// The day of the date last told, if it was told in this sentence.
    pub fn fresh_day(&self) -> Option<Date> {
        match self.last {
            Some(Stamp::Day(day)) if self.told_in == self.sentence => Some(day),
            _ => None,
        }
    }

    /// The quarter or half last told that was over.
    pub fn part(&self) -> Option<Stamp> {
        self.part.map(|(part, _)| part)
    }

    /// The quarter or half told of just now, which "a year earlier" is compared with.
    pub fn comparable(&self) -> Option<Stamp> {
        let (part, sentence) = self.part?;
        let near = self.last == Some(part) || self.sentence - sentence <= MEMORY;
        (near && (self.measured_in != self.sentence || self.sentence == 0)).then_some(part)
    }
}
