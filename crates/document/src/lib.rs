//! What a report, a range, a layer and a row are: the types that every other crate speaks.
//!
//! Types only. No rule, no file, no serialisation lives here.
//!
//! The way of a text: a [`Document`] is what was published; an [`Analysis`] is what its sentences look like;
//! an [`Extraction`] is what it says; a [`Reading`] is the last two together with what went wrong.

mod analysis;
mod document;
mod extraction;
mod label;
mod parsed;
mod range;
mod table;

pub use analysis::{Analysis, Sentence, Strings, Token, TokenRange};
pub use document::{Document, Issue, Moment, Precision, Region, RegionKind};
pub use extraction::*;
pub use jiff::civil::Date;
pub use label::{Dep, EntityLabel, Iob, Pos, Tag};
pub use parsed::Parsed;
pub use range::{CodePoints, TextRange};
pub use table::{Id, Table};

/// Everything Tolmach derived from one document. Recomputable at will.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The linguistic layers.
    pub analysis: Analysis,
    /// The layers of meaning.
    pub extraction: Extraction,
    /// What could not be understood, in text order.
    pub issues: Vec<Issue>,
}
