//! One versioned, checksummed file of named sections, made to be memory-mapped and shared by threads.
//!
//! Knows nothing of what the sections mean. Opening does not read the sections: it checks the header and
//! the section table; [`DataFile::verify`] reads everything.
//!
//! Layout, little-endian: magic `TOLMACH\0`, format version `u32`, number of sections `u32`, length of the
//! table in bytes `u64`, BLAKE3 of the table (32 bytes); the table, for each section: name length `u32`,
//! name, offset `u64`, length `u64`, BLAKE3 of its bytes (32); then the sections, each at a multiple of 64.
//!
//! ```
//! use std::sync::Arc;
//! use tolmach_datafile::{Builder, DataFile};
//!
//! let mut builder = Builder::new();
//! builder.add("model/parser", vec![1, 2, 3]);
//! let file = DataFile::open(Arc::new(builder.build())).unwrap();
//! assert_eq!(&file.section("model/parser").unwrap()[..], [1, 2, 3]);
//! file.verify().unwrap();
//! ```

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// Version of the layout; a file of another version is refused.
pub const FORMAT_VERSION: u32 = 1;

const MAGIC: &[u8; 8] = b"TOLMACH\0";
const HEADER: usize = 8 + 4 + 4 + 8 + 32;
const ALIGN: usize = 64;

/// Bytes that outlive their readers: a memory map or a vector.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Why a data file cannot be used.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
}

#[derive(Debug)]
enum ErrorKind {
    NotOurs,
    Version(u32),
    Truncated,
    Table,
    Section(String),
    Missing(String),
    Shape(String),
}

impl Error {
    /// Whether the file was written by a different version of the layout.
    #[must_use]
    pub fn is_version(&self) -> bool {
        matches!(self.kind, ErrorKind::Version(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::NotOurs => f.write_str("not a Tolmach data file"),
            ErrorKind::Version(found) => {
                write!(f, "data file of layout version {found}, this program reads version {FORMAT_VERSION}")
            }
            ErrorKind::Truncated => f.write_str("data file is cut short"),
            ErrorKind::Table => f.write_str("data file has a damaged section table"),
            ErrorKind::Section(name) => write!(f, "data file section {name:?} is damaged"),
            ErrorKind::Missing(name) => write!(f, "data file has no section {name:?}"),
            ErrorKind::Shape(name) => write!(f, "data file section {name:?} has the wrong shape"),
        }
    }
}

impl std::error::Error for Error {}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind }
    }
}

/// Collects sections and writes the file.
#[derive(Default)]
pub struct Builder {
    sections: Vec<(String, Vec<u8>)>,
}

impl Builder {
    /// No section yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a section; a section of the same name is replaced.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.sections.retain(|(have, _)| have != name);
        self.sections.push((name.to_owned(), bytes));
    }

    /// The whole file. Sections stand in name order, so equal contents give equal bytes.
    #[must_use]
    pub fn build(mut self) -> Vec<u8> {
        self.sections.sort();
        let table_len: usize = self.sections.iter().map(|(name, _)| 4 + name.len() + 8 + 8 + 32).sum();
        let mut table = Vec::with_capacity(table_len);
        let mut at = (HEADER + table_len).next_multiple_of(ALIGN);
        for (name, bytes) in &self.sections {
            table.extend((name.len() as u32).to_le_bytes());
            table.extend(name.as_bytes());
            table.extend((at as u64).to_le_bytes());
            table.extend((bytes.len() as u64).to_le_bytes());
            table.extend(blake3::hash(bytes).as_bytes());
            at = (at + bytes.len()).next_multiple_of(ALIGN);
        }
        let mut out = Vec::with_capacity(at);
        out.extend(MAGIC);
        out.extend(FORMAT_VERSION.to_le_bytes());
        out.extend((self.sections.len() as u32).to_le_bytes());
        out.extend((table.len() as u64).to_le_bytes());
        out.extend(blake3::hash(&table).as_bytes());
        out.extend(&table);
        for (_, bytes) in &self.sections {
            out.resize(out.len().next_multiple_of(ALIGN), 0);
            out.extend(bytes);
        }
        out
    }
}

#[derive(Clone)]
struct Entry {
    name: String,
    start: usize,
    end: usize,
    hash: [u8; 32],
}

/// An opened data file. Cheap to clone; clones share the bytes.
#[derive(Clone)]
pub struct DataFile {
    bytes: Bytes,
    entries: Arc<[Entry]>,
}

impl DataFile {
    /// Reads header and table.
    ///
    /// # Errors
    /// When the bytes are not a data file of this version, or header or table are damaged.
    pub fn open(bytes: Bytes) -> Result<Self, Error> {
        let entries = read_table((*bytes).as_ref())?;
        Ok(Self { bytes, entries: entries.into() })
    }

    /// The section called `name`.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<Section> {
        let at = self.entries.binary_search_by(|entry| entry.name.as_str().cmp(name)).ok()?;
        let entry = &self.entries[at];
        Some(Section { bytes: self.bytes.clone(), start: entry.start, end: entry.end })
    }

    /// As [`DataFile::section`], naming what is missing.
    ///
    /// # Errors
    /// When there is no such section.
    pub fn require(&self, name: &str) -> Result<Section, Error> {
        self.section(name).ok_or_else(|| ErrorKind::Missing(name.to_owned()).into())
    }

    /// Hash of the section table, which holds the hash of every section: equal contents have equal ones.
    #[must_use]
    pub fn fingerprint(&self) -> &[u8] {
        &(*self.bytes).as_ref()[24..HEADER]
    }

    /// Names and lengths in bytes of all sections, in name order.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.entries.iter().map(|entry| (entry.name.as_str(), entry.end - entry.start))
    }

    /// Reads every section and compares its checksum.
    ///
    /// # Errors
    /// Names the first damaged section.
    pub fn verify(&self) -> Result<(), Error> {
        let bytes: &[u8] = (*self.bytes).as_ref();
        for entry in self.entries.iter() {
            if blake3::hash(&bytes[entry.start..entry.end]).as_bytes() != &entry.hash {
                return Err(ErrorKind::Section(entry.name.clone()).into());
            }
        }
        Ok(())
    }
}

fn read_table(bytes: &[u8]) -> Result<Vec<Entry>, Error> {
    if bytes.get(..8) != Some(MAGIC) {
        return Err(ErrorKind::NotOurs.into());
    }
    let version = u32::from_le_bytes(take(bytes, 8)?);
    if version != FORMAT_VERSION {
        return Err(ErrorKind::Version(version).into());
    }
    let count = u32::from_le_bytes(take(bytes, 12)?) as usize;
    let table_len =
        usize::try_from(u64::from_le_bytes(take(bytes, 16)?)).map_err(|_| ErrorKind::Truncated)?;
    let hash: [u8; 32] = take(bytes, 24)?;
    let end = HEADER.checked_add(table_len).ok_or(ErrorKind::Truncated)?;
    let table = bytes.get(HEADER..end).ok_or(ErrorKind::Truncated)?;
    if blake3::hash(table).as_bytes() != &hash {
        return Err(ErrorKind::Table.into());
    }
    let mut entries = Vec::new();
    let mut at = 0;
    for _ in 0..count {
        let (entry, next) = read_entry(table, at, bytes.len())?;
        entries.push(entry);
        at = next;
    }
    Ok(entries)
}

fn read_entry(table: &[u8], at: usize, file_len: usize) -> Result<(Entry, usize), Error> {
    let name_len = u32::from_le_bytes(take(table, at)?) as usize;
    let name = table.get(at + 4..at + 4 + name_len).ok_or(ErrorKind::Table)?;
    let name = String::from_utf8(name.to_vec()).map_err(|_| ErrorKind::Table)?;
    let rest = at + 4 + name_len;
    let start = u64::from_le_bytes(take(table, rest)?);
    let len = u64::from_le_bytes(take(table, rest + 8)?);
    let hash = take(table, rest + 16)?;
    let end = start.checked_add(len).ok_or(ErrorKind::Table)?;
    if end > file_len as u64 {
        return Err(ErrorKind::Truncated.into());
    }
    Ok((Entry { name, start: start as usize, end: end as usize, hash }, rest + 48))
}

fn take<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Error> {
    let part = bytes.get(at..at + N).ok_or(ErrorKind::Truncated)?;
    Ok(part.try_into().expect("the slice has N bytes"))
}

/// The bytes of one section; keeps the file alive. Dereferences to `[u8]`, starts at a multiple of 64 in the file.
#[derive(Clone)]
pub struct Section {
    bytes: Bytes,
    start: usize,
    end: usize,
}

impl Section {
    /// The section as numbers, without copying.
    ///
    /// # Errors
    /// When its length or place in memory does not suit `T`.
    pub fn numbers<T: bytemuck::AnyBitPattern>(&self) -> Result<&[T], Error> {
        bytemuck::try_cast_slice(self)
            .map_err(|_| ErrorKind::Shape(format!("{}..{}", self.start, self.end)).into())
    }
}

impl Deref for Section {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &(*self.bytes).as_ref()[self.start..self.end]
    }
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Section({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut builder = Builder::new();
        builder.add("b", vec![7; 200]);
        builder.add("a", 1.5f32.to_le_bytes().to_vec());
        builder.build()
    }

    #[test]
    fn sections_come_back_whatever_the_order() {
        let file = DataFile::open(Arc::new(sample())).unwrap();
        assert_eq!(file.section("b").unwrap().len(), 200);
        assert_eq!(file.names().map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b"]);
        assert!(file.section("c").is_none());
        assert!(file.require("c").unwrap_err().to_string().contains("\"c\""));
    }

    #[test]
    fn every_cut_and_every_flip_is_noticed() {
        let good = sample();
        for end in 0..good.len() {
            let cut = good[..end].to_vec();
            assert!(DataFile::open(Arc::new(cut)).and_then(|file| file.verify()).is_err(), "cut at {end}");
        }
        let table_end = HEADER + 2 * (4 + 1 + 48);
        for at in (0..table_end).chain(table_end.next_multiple_of(ALIGN)..good.len()) {
            let mut bad = good.clone();
            bad[at] ^= 1;
            let padding = DataFile::open(Arc::new(bad)).and_then(|file| file.verify());
            let in_gap = at >= 192 + 4 && at < 256;
            assert!(padding.is_err() || in_gap, "flip at {at}");
        }
    }
}
