//! `data/places/countries.tsv`: states and territories, their names, adjectives, peoples, capitals and seats.
//!
//! Decides nothing where a word belongs to several ("Congolese"): the first row in file order answers.

use crate::Error;
use std::collections::BTreeMap;

const FILE: &str = "places/countries.tsv";
const COLUMNS: usize = 13;

/// One state or territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166 alpha-3; Kosovo is `XKX`.
    pub alpha3: &'static str,
    /// ISO 3166 alpha-2; Kosovo is `XK`.
    pub alpha2: &'static str,
    /// GeoNames id.
    pub geonameid: u32,
    /// GeoNames' point, degrees north.
    pub lat: f64,
    /// GeoNames' point, degrees east.
    pub lon: f64,
    /// Inhabitants, roughly.
    pub population: u32,
    /// The name we print.
    pub name: &'static str,
    /// Other names, long forms and abbreviations.
    pub other_names: Vec<&'static str>,
    /// Adjectives.
    pub adjectives: Vec<&'static str>,
    /// Words for its people, singular and plural.
    pub people: Vec<&'static str>,
    /// Capital or seat of government, empty for a few territories.
    pub capital: &'static str,
    /// GeoNames id of the capital.
    pub capital_id: Option<u32>,
    /// Palaces and streets that stand for its government ("Kremlin").
    pub seats: Vec<&'static str>,
}

/// All of them, in the order of their alpha-3 codes, with look-ups by word.
pub struct Countries {
    rows: Vec<Country>,
    names: Words,
    adjectives: Words,
    people: Words,
    seats: Words,
    capitals: Vec<u32>,
}

/// Row by word as written, and by word in capitals for headlines ("RUSSIAN").
type Words = BTreeMap<String, usize>;

impl Countries {
    pub(super) fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
        Self::parse(text)
    }

    fn parse(text: &'static str) -> Result<Self, Error> {
        let mut rows = Vec::new();
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        for (number, line) in lines.skip(1) {
            rows.push(row(line).map_err(|why| Error::new(FILE, format!("line {}: {why}", number + 1)))?);
        }
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].alpha3 >= pair[1].alpha3) {
            return Err(Error::new(FILE, format!("{} must stand before {}", pair[1].alpha3, pair[0].alpha3)));
        }
        let mut capitals: Vec<u32> = rows.iter().filter_map(|row: &Country| row.capital_id).collect();
        capitals.sort_unstable();
        Ok(Self {
            capitals,
            names: words(&rows, |row| [&[row.name], row.other_names.as_slice()].concat()),
            adjectives: words(&rows, |row| row.adjectives.clone()),
            people: words(&rows, |row| row.people.clone()),
            seats: words(&rows, |row| row.seats.clone()),
            rows,
        })
    }

    /// Every row, by alpha-3 code.
    pub fn iter(&self) -> std::slice::Iter<'_, Country> {
        self.rows.iter()
    }

    /// The row of an alpha-3 code.
    #[must_use]
    pub fn by_alpha3(&self, code: &str) -> Option<&Country> {
        self.rows.binary_search_by(|row| row.alpha3.cmp(code)).ok().map(|at| &self.rows[at])
    }

    /// The row of an alpha-2 code.
    #[must_use]
    pub fn by_alpha2(&self, code: &str) -> Option<&Country> {
        self.rows.iter().find(|row| row.alpha2 == code)
    }

    /// Whether the town with that GeoNames id is a capital.
    #[must_use]
    pub fn is_capital(&self, geonameid: u32) -> bool {
        self.capitals.binary_search(&geonameid).is_ok()
    }

    /// The country of that name.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<&Country> {
        self.names.get(name).map(|at| &self.rows[*at])
    }

    /// The country of an adjective.
    #[must_use]
    pub fn of_adjective(&self, word: &str) -> Option<&Country> {
        self.adjectives.get(word).map(|at| &self.rows[*at])
    }

    /// The country of a word for its people.
    #[must_use]
    pub fn of_people(&self, word: &str) -> Option<&Country> {
        self.people.get(word).map(|at| &self.rows[*at])
    }

    /// The country whose government a palace or street stands for.
    #[must_use]
    pub fn of_seat(&self, name: &str) -> Option<&Country> {
        self.seats.get(name).map(|at| &self.rows[*at])
    }
}

fn words(rows: &[Country], of: impl Fn(&Country) -> Vec<&'static str>) -> Words {
    let mut out = Words::new();
    for (at, row) in rows.iter().enumerate() {
        for word in of(row) {
            out.entry(word.to_owned()).or_insert(at);
            out.entry(word.to_uppercase()).or_insert(at);
        }
    }
    out
}

fn row(line: &'static str) -> Result<Country, String> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    if cells.len() != COLUMNS {
        return Err(format!("expected {COLUMNS} columns, found {}", cells.len()));
    }
    Ok(Country {
        alpha3: code(cells[0], 3)?,
        alpha2: code(cells[1], 2)?,
        geonameid: number(cells[2])?,
        lat: number(cells[3])?,
        lon: number(cells[4])?,
        population: number(cells[5])?,
        name: cells[6],
        other_names: list(cells[7]),
        adjectives: list(cells[8]),
        people: list(cells[9]),
        capital: cells[10],
        capital_id: if cells[11].is_empty() { None } else { Some(number(cells[11])?) },
        seats: list(cells[12]),
    })
}

fn code(cell: &'static str, len: usize) -> Result<&'static str, String> {
    let good = cell.len() == len && cell.bytes().all(|b| b.is_ascii_uppercase());
    good.then_some(cell).ok_or_else(|| format!("expected {len} capitals, found {cell:?}"))
}

pub(super) fn number<T: std::str::FromStr>(cell: &str) -> Result<T, String> {
    cell.parse().map_err(|_| format!("expected a number, found {cell:?}"))
}

pub(super) fn list(cell: &'static str) -> Vec<&'static str> {
    cell.split('|').filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_to_their_country() {
        let countries = Countries::embedded().unwrap();
        let name = |found: Option<&Country>| found.map(|row| row.alpha3);
        assert_eq!(name(countries.of_name("Türkiye")), Some("TUR"));
        assert_eq!(name(countries.of_name("U.S.")), Some("USA"));
        assert_eq!(name(countries.of_name("us")), None);
        assert_eq!(name(countries.of_adjective("Kazakhstani")), Some("KAZ"));
        assert_eq!(name(countries.of_adjective("FRENCH")), Some("FRA"));
        assert_eq!(name(countries.of_people("Poles")), Some("POL"));
        assert_eq!(name(countries.of_people("Georgia")), None);
        assert_eq!(name(countries.of_seat("Kremlin")), Some("RUS"));
        assert_eq!(countries.by_alpha2("KG").unwrap().capital, "Bishkek");
    }

    #[test]
    fn a_broken_row_is_named() {
        let header = "alpha3\n";
        let bad = |line: &str| Countries::parse(format!("{header}{line}").leak()).err().unwrap().to_string();
        assert!(bad("KAZ\tKZ").contains("line 2: expected 13 columns, found 2"));
        assert!(bad("kaz\tKZ\t1\t1\t1\t1\tK\t\t\t\t\t\t").contains("expected 3 capitals"));
        let row = |code: &str| format!("{code}\tKZ\t1\t48\t68\t1\tK\t\t\t\t\t\t");
        assert!(bad(&format!("{}\n{}", row("KAZ"), row("ABC"))).contains("ABC must stand before KAZ"));
    }
}
