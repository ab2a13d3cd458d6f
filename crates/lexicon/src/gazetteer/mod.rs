//! Names of the world's places with what they may refer to, from the data file's `gazetteer/…` sections.
//!
//! Answers look-ups by folded name; which of the candidates a text means is not its business.

mod fold;
mod names;
mod pack;

pub use fold::{fold, fold_into};
pub use names::{Names, Walk};
pub use pack::{FILES, pack};

use crate::Error;
use tolmach_datafile::{DataFile, Section};

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PlaceKind {
    /// A state or territory.
    Country,
    /// A first-level division of a state.
    Region,
    /// A second-level division.
    District,
    /// A town or village.
    City,
    /// A part of the world without a government of its own: a continent, a plain, a stretch of country.
    Area,
    /// Sea, strait, river, lake, canal.
    Water,
    /// Mountain, island, desert, valley.
    Land,
    /// A plant, field, base, port, crossing, neighbourhood or building.
    Site,
}

impl PlaceKind {
    /// Every kind, in order of its number in the data file.
    pub const ALL: [PlaceKind; 8] = [
        PlaceKind::Country,
        PlaceKind::Region,
        PlaceKind::District,
        PlaceKind::City,
        PlaceKind::Area,
        PlaceKind::Water,
        PlaceKind::Land,
        PlaceKind::Site,
    ];

    /// The name in annotations and data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Region => "region",
            PlaceKind::District => "district",
            PlaceKind::City => "city",
            PlaceKind::Area => "area",
            PlaceKind::Water => "water",
            PlaceKind::Land => "land",
            PlaceKind::Site => "site",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An ISO 3166 alpha-2 code as two letters; two zeros for what belongs to several states or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alpha2(pub [u8; 2]);

impl Alpha2 {
    /// The code of `letters`, if these are two bytes.
    #[must_use]
    pub fn new(letters: &str) -> Option<Self> {
        Some(Self(letters.as_bytes().try_into().ok()?))
    }

    /// The two letters, or nothing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if self.is_none() { "" } else { std::str::from_utf8(&self.0).unwrap_or("") }
    }

    /// Whether it names no state.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == [0, 0]
    }
}

/// How a name belongs to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// The name we print.
    Main,
    /// Another name, an abbreviation, or the name in another language.
    Other,
    /// The name without its type word: "Laurel" for Laurel County.
    Stem,
}

/// A place that a name may mean: its record and how the name belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Number of the place in its table.
    pub place: u32,
    /// How the name belongs to it.
    pub name: NameKind,
}

impl Candidate {
    const PLACE: u32 = (1 << 24) - 1;

    pub(crate) fn to_bits(self) -> u32 {
        debug_assert!(self.place <= Self::PLACE);
        self.place | (self.name as u32) << 24
    }

    pub(crate) fn from_bits(bits: u32) -> Self {
        let name = match bits >> 24 {
            0 => NameKind::Main,
            2 => NameKind::Stem,
            _ => NameKind::Other,
        };
        Self { place: bits & Self::PLACE, name }
    }
}

/// One place as stored: eight little-endian numbers, read in place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub geonameid: u32,
    /// Hundred-thousandths of a degree.
    pub lat: i32,
    pub lon: i32,
    pub population: u32,
    /// Number of the first- and second-level region that holds it, or [`NONE`].
    pub region: u32,
    pub district: u32,
    /// Where its name starts in the text section.
    pub name: u32,
    pub name_len: u8,
    pub kind: u8,
    /// ISO 3166 alpha-2.
    pub country: [u8; 2],
}

pub(crate) type Words = [u32; 8];

impl Record {
    pub(crate) fn to_words(self) -> Words {
        let tail = u32::from_le_bytes([self.name_len, self.kind, self.country[0], self.country[1]]);
        [
            self.geonameid,
            self.lat.cast_unsigned(),
            self.lon.cast_unsigned(),
            self.population,
            self.region,
            self.district,
            self.name,
            tail,
        ]
    }
}

pub(crate) const NONE: u32 = u32::MAX;

/// One place, of the gazetteer or of our own data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceEntry<'a> {
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// The name we print.
    pub name: &'a str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u32,
    /// The state it lies in.
    pub country: Alpha2,
    /// The first-level region that holds it.
    pub region: Option<u32>,
    /// The second-level region that holds it.
    pub district: Option<u32>,
    /// What it is.
    pub kind: PlaceKind,
}

/// A finite-state map from folded names to candidate places, memory-mapped.
pub struct Gazetteer {
    names: Names,
    places: Section,
    text: Section,
    /// Place numbers in order of GeoNames id.
    ids: Section,
    n_places: u32,
}

impl Gazetteer {
    /// Opens the sections of `file`.
    ///
    /// # Errors
    /// When a section is missing or damaged.
    pub fn load(file: &DataFile) -> Result<Self, Error> {
        let section = |name: &str| file.require(name).map_err(|why| Error::new("(data file)", why));
        let shape = |why| Error::new("(data file)", format!("gazetteer: {why}"));
        let names = Names::open(section("gazetteer/names")?, section("gazetteer/candidates")?)?;
        let places = section("gazetteer/places")?;
        let n_places = places.numbers::<Words>().map_err(shape)?.len() as u32;
        let ids = section("gazetteer/ids")?;
        ids.numbers::<u32>().map_err(shape)?;
        Ok(Self { names, places, text: section("gazetteer/text")?, ids, n_places })
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.n_places
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n_places == 0
    }

    /// The names, to be walked along a text.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// What `name` may mean, in order of place number.
    pub fn candidates(&self, name: &str) -> impl Iterator<Item = Candidate> + use<'_> {
        self.names.get(&fold(name))
    }

    /// The number of the place with that GeoNames id.
    #[must_use]
    pub fn by_geonameid(&self, id: u32) -> Option<u32> {
        let places = self.places.numbers::<Words>().ok()?;
        let ids = self.ids.numbers::<u32>().ok()?;
        let id_of = |number: &u32| places.get(*number as usize).map_or(0, |words| words[0]);
        ids.binary_search_by_key(&id, id_of).ok().map(|at| ids[at])
    }

    /// The place of that number; `None` past the end or where the data file is damaged.
    #[must_use]
    pub fn place(&self, number: u32) -> Option<PlaceEntry<'_>> {
        let words: &Words = self.places.numbers().ok()?.get(number as usize)?;
        let [name_len, kind, country @ ..] = words[7].to_le_bytes();
        let start = words[6] as usize;
        let name = self.text.get(start..start + usize::from(name_len))?;
        let some = |number: u32| (number != NONE).then_some(number);
        let degrees = |bits: u32| f64::from(bits.cast_signed()) / 1e5;
        Some(PlaceEntry {
            geonameid: (words[0] != 0).then_some(words[0]),
            name: std::str::from_utf8(name).ok()?,
            lat: degrees(words[1]),
            lon: degrees(words[2]),
            population: words[3],
            country: Alpha2(country),
            region: some(words[4]),
            district: some(words[5]),
            kind: *PlaceKind::ALL.get(usize::from(kind))?,
        })
    }
}
