//! Our own places: `data/places/{areas,regions,sites,towns,waters}.tsv` and the countries, found by name,
//! abbreviation or the word for their people.
//!
//! Complements the gazetteer; a row with the gazetteer's id replaces what the gazetteer says of it.

use super::country::{Countries, list, number};
use crate::Error;
use crate::gazetteer::{Alpha2, Candidate, NameKind, Names, PlaceEntry, PlaceKind, fold};
use std::collections::BTreeMap;

const FILES: [&str; 5] =
    ["places/areas.tsv", "places/regions.tsv", "places/sites.tsv", "places/towns.tsv", "places/waters.tsv"];

/// One place of ours.
struct Row {
    name: &'static str,
    kind: PlaceKind,
    country: Alpha2,
    lat: f64,
    lon: f64,
    geonameid: Option<u32>,
    population: u32,
}

/// Every place of ours with its look-ups. Numbers count rows; countries come first, in their own order.
pub struct OwnPlaces {
    rows: Vec<Row>,
    names: Names,
    abbreviations: BTreeMap<&'static str, Vec<u32>>,
    people: BTreeMap<String, Vec<u32>>,
    by_geonameid: Vec<(u32, u32)>,
}

#[derive(Default)]
struct Collected {
    rows: Vec<Row>,
    names: BTreeMap<String, Vec<Candidate>>,
    abbreviations: BTreeMap<&'static str, Vec<u32>>,
    people: BTreeMap<String, Vec<u32>>,
}

impl OwnPlaces {
    pub(super) fn embedded(countries: &Countries) -> Result<Self, Error> {
        let mut all = Collected::default();
        for country in countries.iter() {
            let row = Row {
                name: country.name,
                kind: PlaceKind::Country,
                country: Alpha2::new(country.alpha2).unwrap_or_default(),
                lat: country.lat,
                lon: country.lon,
                geonameid: Some(country.geonameid),
                population: country.population,
            };
            all.add(row, &country.other_names, &[&country.adjectives[..], &country.people].concat());
        }
        for file in FILES {
            let text = tolmach_data::text(file).ok_or_else(|| Error::new(file, "the file is missing"))?;
            all.read(text, countries).map_err(|why| Error::new(file, why))?;
        }
        all.finish()
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The names, to be walked along a text. Abbreviations are not among them.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Places of an abbreviation, exactly as written ("Calif.", "UAE"): "us" is no country.
    #[must_use]
    pub fn of_abbreviation(&self, written: &str) -> &[u32] {
        self.abbreviations.get(written).map_or(&[], Vec::as_slice)
    }

    /// Places whose people or adjective the word is ("Georgian": the country, then the state).
    #[must_use]
    pub fn of_people(&self, word: &str) -> &[u32] {
        self.people.get(word).map_or(&[], Vec::as_slice)
    }

    /// The place with that GeoNames id.
    #[must_use]
    pub fn by_geonameid(&self, id: u32) -> Option<u32> {
        let at = self.by_geonameid.binary_search_by_key(&id, |(have, _)| *have).ok()?;
        Some(self.by_geonameid[at].1)
    }

    /// The place of that number. Regions are left open: the gazetteer knows them.
    #[must_use]
    pub fn place(&self, number: u32) -> Option<PlaceEntry<'_>> {
        let row = self.rows.get(number as usize)?;
        Some(PlaceEntry {
            geonameid: row.geonameid,
            name: row.name,
            lat: row.lat,
            lon: row.lon,
            population: row.population,
            country: row.country,
            region: None,
            district: None,
            kind: row.kind,
        })
    }
}

impl Collected {
    fn read(&mut self, text: &'static str, countries: &Countries) -> Result<(), String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        for (at, line) in lines.skip(1) {
            self.line(line, countries).map_err(|why| format!("line {}: {why}", at + 1))?;
        }
        Ok(())
    }

    fn line(&mut self, line: &'static str, countries: &Countries) -> Result<(), String> {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [name, kind, alpha3, lat, lon, id, others, people] = cells[..] else {
            return Err(format!("expected 8 columns, found {}", cells.len()));
        };
        let country = match alpha3 {
            "" => Alpha2::default(),
            code => {
                let row = countries.by_alpha3(code).ok_or_else(|| format!("no country {code:?}"))?;
                Alpha2::new(row.alpha2).unwrap_or_default()
            }
        };
        let row = Row {
            name,
            kind: PlaceKind::from_name(kind).ok_or_else(|| format!("no kind {kind:?}"))?,
            country,
            lat: number(lat)?,
            lon: number(lon)?,
            geonameid: if id.is_empty() { None } else { Some(number(id)?) },
            population: 0,
        };
        self.add(row, &list(others), &list(people));
        Ok(())
    }

    fn add(&mut self, row: Row, others: &[&'static str], people: &[&'static str]) {
        let place = self.rows.len() as u32;
        for (at, name) in std::iter::once(row.name).chain(others.iter().copied()).enumerate() {
            if is_abbreviation(name) {
                self.abbreviations.entry(name).or_default().push(place);
            } else {
                let kind = if at == 0 { NameKind::Main } else { NameKind::Other };
                self.names.entry(fold(name)).or_default().push(Candidate { place, name: kind });
            }
        }
        for word in people {
            for form in [(*word).to_owned(), word.to_uppercase()] {
                let places = self.people.entry(form).or_default();
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        self.rows.push(row);
    }

    fn finish(self) -> Result<OwnPlaces, Error> {
        let ids = self.rows.iter().zip(0..).filter_map(|(row, at)| Some((row.geonameid?, at)));
        let mut by_geonameid: Vec<(u32, u32)> = ids.collect();
        by_geonameid.sort_unstable();
        if let Some(pair) = by_geonameid.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let name = |at: u32| self.rows[at as usize].name;
            let why = format!("{:?} and {:?} have one GeoNames id", name(pair[0].1), name(pair[1].1));
            return Err(Error::new("places/", why));
        }
        Ok(OwnPlaces {
            rows: self.rows,
            names: Names::of(self.names)?,
            abbreviations: self.abbreviations,
            people: self.people,
            by_geonameid,
        })
    }
}

/// Short forms mean a place only as written: capitals, or letters closed by dots.
fn is_abbreviation(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    letters <= 5 && (capitals == letters || (name.ends_with('.') && !name.contains(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> OwnPlaces {
        OwnPlaces::embedded(&Countries::embedded().unwrap()).unwrap()
    }

    fn names(own: &OwnPlaces, places: &[u32]) -> Vec<String> {
        places
            .iter()
            .map(|n| own.place(*n).unwrap())
            .map(|p| format!("{} ({})", p.name, p.kind.name()))
            .collect()
    }

    fn of_name(own: &OwnPlaces, name: &str) -> Vec<String> {
        let places: Vec<u32> = own.names().get(&fold(name)).map(|c| c.place).collect();
        names(own, &places)
    }

    #[test]
    fn every_spelling_leads_to_the_place() {
        let own = own();
        for (spelling, place) in [
            ("Nur-Sultan", "Astana (city)"),
            ("Μαράκανδα", "Samarkand (city)"),
            ("Baykonyr", "Baikonur (city)"),
            ("Baikonur cosmodrome", "Baikonur Cosmodrome (site)"),
            ("Kashagan oil field", "Kashagan (site)"),
            ("Strait of Hormuz", "Strait of Hormuz (water)"),
            ("Donbass", "Donbas (area)"),
            ("Elabuga", "Yelabuga (city)"),
            ("hodeida", "Hodeidah (city)"),
            ("TÜRKIYE", "Turkey (country)"),
        ] {
            assert_eq!(of_name(&own, spelling), [place], "{spelling}");
        }
        assert_eq!(of_name(&own, "Georgia"), ["Georgia (country)", "Georgia (region)"]);
    }

    #[test]
    fn abbreviations_must_be_written_so() {
        let own = own();
        assert_eq!(names(&own, own.of_abbreviation("Calif.")), ["California (region)"]);
        assert_eq!(names(&own, own.of_abbreviation("U.S.")), ["United States (country)"]);
        assert_eq!(names(&own, own.of_abbreviation("UAE")), ["United Arab Emirates (country)"]);
        assert!(own.of_abbreviation("us").is_empty() && of_name(&own, "us").is_empty());
        assert!(of_name(&own, "ore").is_empty());
    }

    #[test]
    fn people_may_belong_to_several_places() {
        let own = own();
        assert_eq!(names(&own, own.of_people("Georgian")), ["Georgia (country)", "Georgia (region)"]);
        assert_eq!(names(&own, own.of_people("CHECHEN")), ["Chechnya (region)"]);
        assert!(own.of_people("georgian").is_empty());
    }

    #[test]
    fn coordinates_are_on_the_globe() {
        let own = own();
        for number in 0..own.len() {
            let place = own.place(number).unwrap();
            assert!(place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0, "{}", place.name);
        }
    }
}
