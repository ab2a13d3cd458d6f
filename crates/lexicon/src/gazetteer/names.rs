//! Folded names in a finite-state map, each with its list of candidates; walked word by word along a text.

use super::Candidate;
use crate::Error;
use fst::raw::{CompiledAddr, Output};
use fst::{Map, MapBuilder};
use std::collections::BTreeMap;
use std::sync::Arc;
use tolmach_datafile::{Builder, DataFile, Section};

/// Names and candidate lists.
///
/// The map's value is `first candidate << 16 | number of candidates`.
pub struct Names {
    map: Map<Section>,
    candidates: Section,
}

/// A place in the map: what has been read so far is the beginning of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Walk {
    node: CompiledAddr,
    sum: Output,
}

impl Names {
    pub(crate) fn open(map: Section, candidates: Section) -> Result<Self, Error> {
        let damaged = |what: &str| Error::new("(data file)", format!("damaged {what} of place names"));
        candidates.numbers::<u32>().map_err(|_| damaged("candidates"))?;
        Ok(Self { map: Map::new(map).map_err(|_| damaged("map"))?, candidates })
    }

    /// The two sections (map, candidates) of `lists`; keys are folded names.
    pub(crate) fn build(lists: BTreeMap<String, Vec<Candidate>>) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
        let mut map = MapBuilder::memory();
        let mut flat: Vec<u32> = Vec::new();
        for (name, mut list) in lists {
            list.sort();
            list.dedup_by_key(|candidate| candidate.place);
            map.insert(name, ((flat.len() as u64) << 16) | list.len().min(0xFFFF) as u64)?;
            flat.extend(list.iter().map(|candidate| candidate.to_bits()));
        }
        let bytes = flat.iter().flat_map(|bits| bits.to_le_bytes()).collect();
        Ok((map.into_inner()?, bytes))
    }

    /// A small map of its own, for places that are not in the data file.
    pub(crate) fn of(lists: BTreeMap<String, Vec<Candidate>>) -> Result<Self, Error> {
        let (map, candidates) = Self::build(lists).map_err(|why| Error::new("places/", why))?;
        let mut builder = Builder::new();
        builder.add("map", map);
        builder.add("candidates", candidates);
        let open = |file: DataFile| Ok((file.require("map")?, file.require("candidates")?));
        let (map, candidates) = DataFile::open(Arc::new(Aligned::new(&builder.build())))
            .and_then(open)
            .map_err(|why| Error::new("places/", why))?;
        Self::open(map, candidates)
    }

    /// Candidates of a folded name.
    pub fn get<'a>(&'a self, folded: &str) -> impl Iterator<Item = Candidate> + use<'a> {
        self.list(self.map.get(folded).unwrap_or(0))
    }

    /// Before the first letter.
    #[must_use]
    pub fn start(&self) -> Walk {
        Walk { node: self.map.as_fst().root().addr(), sum: Output::zero() }
    }

    /// After `bytes` of a folded name; `None` where no name goes on like this.
    #[must_use]
    pub fn step(&self, walk: Walk, bytes: &[u8]) -> Option<Walk> {
        let fst = self.map.as_fst();
        let mut at = walk;
        for byte in bytes {
            let node = fst.node(at.node);
            let arc = node.transition(node.find_input(*byte)?);
            at = Walk { node: arc.addr, sum: at.sum.cat(arc.out) };
        }
        Some(at)
    }

    /// Candidates of the name that ends here; empty where none does.
    pub fn here(&self, walk: Walk) -> impl Iterator<Item = Candidate> + use<'_> {
        let node = self.map.as_fst().node(walk.node);
        let value = if node.is_final() { walk.sum.cat(node.final_output()).value() } else { 0 };
        self.list(value)
    }

    fn list(&self, value: u64) -> impl Iterator<Item = Candidate> + use<'_> {
        let all = self.candidates.numbers::<u32>().unwrap_or_default();
        let start = (value >> 16) as usize;
        let list = all.get(start..start + (value & 0xFFFF) as usize).unwrap_or_default();
        list.iter().map(|bits| Candidate::from_bits(*bits))
    }
}

/// Bytes at a multiple of eight, as numbers read in place need them.
struct Aligned {
    words: Vec<u64>,
    len: usize,
}

impl Aligned {
    fn new(bytes: &[u8]) -> Self {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Self { words, len: bytes.len() }
    }
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.words)[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::NameKind;

    fn sample() -> Names {
        let mut lists: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
        for (name, place) in [("paris", 7), ("paris", 3), ("new york", 1), ("new york city", 2), ("york", 5)]
        {
            lists.entry(name.into()).or_default().push(Candidate { place, name: NameKind::Main });
        }
        Names::of(lists).unwrap()
    }

    #[test]
    fn walking_finds_shorter_and_longer_names() {
        let names = sample();
        let numbers = |walk| names.here(walk).map(|c| c.place).collect::<Vec<_>>();
        let new = names.step(names.start(), b"new").unwrap();
        assert!(numbers(new).is_empty());
        let new_york = names.step(new, b" york").unwrap();
        assert_eq!(numbers(new_york), [1]);
        let city = names.step(new_york, b" city").unwrap();
        assert_eq!(numbers(city), [2]);
        assert!(names.step(city, b" ").is_none());
        assert_eq!(names.get("paris").map(|c| c.place).collect::<Vec<_>>(), [3, 7]);
        assert_eq!(names.get("london").count(), 0);
    }
}
