//! What Tolmach knows of words, units, actors and outlets: reads and checks the files of `data/`.
//!
//! Knows no document and no rule; it answers look-ups. A broken data file is an error that names file and
//! entry, never a panic and never a silent gap.

mod error;

pub mod actor;
pub mod event;
pub mod gazetteer;
pub mod place;
pub mod quantity;
pub mod region;
pub mod reporting;
pub mod tie;
pub mod time;

pub use error::Error;

/// All word knowledge, frozen after loading and shared by every thread.
pub struct Lexicon {
    /// Furniture of web pages.
    pub region: region::RegionLexicon,
    /// Words of time.
    pub time: time::TimeLexicon,
    /// Numbers and units.
    pub quantity: quantity::QuantityLexicon,
    /// Places that the gazetteer lacks, kinds and context words.
    pub place: place::PlaceLexicon,
    /// States, offices, organisations, outlets, role words.
    pub actor: actor::ActorRegistry,
    /// Words that attribute, hedge, deny.
    pub reporting: reporting::ReportingLexicon,
    /// Words that evoke events, and their codes.
    pub event: event::EventLexicon,
    /// Words that tie actors.
    pub tie: tie::TieLexicon,
}

impl Lexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let place = place::PlaceLexicon::embedded()?;
        let actor = actor::ActorRegistry::embedded(place.countries())?;
        Ok(Self {
            region: region::RegionLexicon::embedded()?,
            time: time::TimeLexicon::embedded()?,
            quantity: quantity::QuantityLexicon::embedded()?,
            place,
            actor,
            reporting: reporting::ReportingLexicon::embedded()?,
            event: event::EventLexicon::embedded()?,
            tie: tie::TieLexicon::embedded()?,
        })
    }
}
