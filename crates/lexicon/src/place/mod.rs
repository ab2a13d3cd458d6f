//! Places that the gazetteer lacks, kinds of place, context words, demonyms.
//!
//! Knows no document: which "Georgian" is meant is decided by who asks.

mod context;
mod country;
mod division;
mod model;
mod own;

pub use context::{ContextWords, PlaceNoun};
pub use country::{Countries, Country};
pub use division::DivisionWords;
pub use model::ModelRows;
pub use own::OwnPlaces;

use crate::Error;

/// Places that the gazetteer lacks, kinds of place, context words, demonyms.
pub struct PlaceLexicon {
    countries: Countries,
    own: OwnPlaces,
    divisions: DivisionWords,
    context: ContextWords,
    models: ModelRows,
}

impl PlaceLexicon {
    /// The data that the program carries.
    ///
    /// # Errors
    /// Names the file and the entry that cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        let countries = Countries::embedded()?;
        let own = OwnPlaces::embedded(&countries)?;
        Ok(Self {
            countries,
            own,
            divisions: DivisionWords::embedded()?,
            context: ContextWords::embedded()?,
            models: ModelRows::embedded()?,
        })
    }

    /// Places of our own data: countries, regions, areas, waters, sites, spellings of towns.
    #[must_use]
    pub fn own(&self) -> &OwnPlaces {
        &self.own
    }

    /// Words that say what kind of division a name belongs to.
    #[must_use]
    pub fn divisions(&self) -> &DivisionWords {
        &self.divisions
    }

    /// States and territories with their names, adjectives and peoples.
    #[must_use]
    pub fn countries(&self) -> &Countries {
        &self.countries
    }

    /// Classes of the words around a name.
    #[must_use]
    pub fn context(&self) -> &ContextWords {
        &self.context
    }

    /// The trained weights.
    #[must_use]
    pub fn models(&self) -> &ModelRows {
        &self.models
    }

    /// The country of that name, short or long ("Poland", "UAE"), as written; capitals are allowed.
    #[must_use]
    pub fn country_of_name(&self, name: &str) -> Option<&Country> {
        self.countries.of_name(name)
    }

    /// The country of an adjective ("Polish").
    #[must_use]
    pub fn country_of_adjective(&self, word: &str) -> Option<&Country> {
        self.countries.of_adjective(word)
    }

    /// The country whose people are so called, one or many ("Pole", "Poles").
    #[must_use]
    pub fn country_of_demonym(&self, word: &str) -> Option<&Country> {
        self.countries.of_people(word)
    }
}
