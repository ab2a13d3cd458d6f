//! One view of the gazetteer and our own places: what is one place in both is one place here.
//!
//! Knows no text.

use tolmach_lexicon::gazetteer::{Candidate, Gazetteer, NameKind, PlaceEntry};
use tolmach_lexicon::place::{OwnPlaces, PlaceLexicon};

/// A place of our own data or of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceRef {
    /// Number among our own places.
    Own(u32),
    /// Number in the gazetteer.
    Gazetteer(u32),
}

/// Our own places laid over the gazetteer.
#[derive(Clone, Copy)]
pub struct Atlas<'a> {
    /// Our own places.
    pub own: &'a OwnPlaces,
    /// The gazetteer, where a data file is loaded.
    pub gazetteer: Option<&'a Gazetteer>,
}

impl<'a> Atlas<'a> {
    /// The view of `lexicon` and `gazetteer`.
    #[must_use]
    pub fn new(lexicon: &'a PlaceLexicon, gazetteer: Option<&'a Gazetteer>) -> Self {
        Self { own: lexicon.own(), gazetteer }
    }

    /// The place behind a candidate of the gazetteer: ours, if we have it too.
    #[must_use]
    pub fn of_gazetteer(&self, number: u32) -> PlaceRef {
        let id =
            self.gazetteer.and_then(|gazetteer| gazetteer.place(number)).and_then(|place| place.geonameid);
        match id.and_then(|id| self.own.by_geonameid(id)) {
            Some(own) => PlaceRef::Own(own),
            None => PlaceRef::Gazetteer(number),
        }
    }

    /// What is known of a place; our own row is completed from the gazetteer.
    #[must_use]
    pub fn entry(&self, place: PlaceRef) -> Option<PlaceEntry<'a>> {
        match place {
            PlaceRef::Gazetteer(number) => self.gazetteer?.place(number),
            PlaceRef::Own(number) => {
                let own = self.own.place(number)?;
                let twin = || {
                    let gazetteer = self.gazetteer?;
                    gazetteer.place(gazetteer.by_geonameid(own.geonameid?)?)
                };
                let Some(twin) = twin() else { return Some(own) };
                let population = own.population.max(twin.population);
                Some(PlaceEntry { population, region: twin.region, district: twin.district, ..own })
            }
        }
    }

    /// The first-level region that holds the place, under the name we print.
    #[must_use]
    pub fn region(&self, entry: &PlaceEntry<'_>) -> Option<PlaceEntry<'a>> {
        self.entry(self.of_gazetteer(entry.region?))
    }

    /// Every place that a name of ours or of the gazetteer may mean, each once.
    pub(super) fn merge(
        &self,
        own: impl Iterator<Item = Candidate>,
        gazetteer: impl Iterator<Item = Candidate>,
        out: &mut Vec<(PlaceRef, NameKind)>,
    ) {
        out.clear();
        out.extend(own.map(|c| (PlaceRef::Own(c.place), c.name)));
        for candidate in gazetteer {
            let place = self.of_gazetteer(candidate.place);
            if !out.iter().any(|(have, _)| *have == place) {
                out.push((place, candidate.name));
            }
        }
    }
}
