//! Typed ids into tables, so that an event's id cannot be used to look up a place.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The position of a `Row` in its [`Table`].
pub struct Id<Row> {
    index: u32,
    row: PhantomData<fn() -> Row>,
}

impl<Row> Id<Row> {
    /// The id of the row at `index`.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self { index: u32::try_from(index).expect("tables hold fewer than 2^32 rows"), row: PhantomData }
    }

    /// Where the row stands.
    #[must_use]
    pub fn index(self) -> usize {
        self.index as usize
    }
}

impl<Row> Clone for Id<Row> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<Row> Copy for Id<Row> {}
impl<Row> PartialEq for Id<Row> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<Row> Eq for Id<Row> {}
impl<Row> PartialOrd for Id<Row> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<Row> Ord for Id<Row> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl<Row> Hash for Id<Row> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<Row> fmt::Debug for Id<Row> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A layer: rows in a fixed order, each reached by its typed [`Id`].
#[derive(Clone, Debug, PartialEq)]
pub struct Table<Row> {
    rows: Vec<Row>,
}

impl<Row> Table<Row> {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// Appends a row and returns its id.
    pub fn push(&mut self, row: Row) -> Id<Row> {
        self.rows.push(row);
        Id::new(self.rows.len() - 1)
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Rows in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Row> {
        self.rows.iter()
    }

    /// Rows in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Row> {
        self.rows.iter_mut()
    }

    /// Every id with its row, in order.
    pub fn iter_ids(&self) -> impl Iterator<Item = (Id<Row>, &Row)> {
        self.rows.iter().enumerate().map(|(index, row)| (Id::new(index), row))
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl Iterator<Item = Id<Row>> + use<Row> {
        (0..self.rows.len()).map(Id::new)
    }
}

impl<Row> Default for Table<Row> {
    fn default() -> Self {
        Self::new()
    }
}
impl<Row> From<Vec<Row>> for Table<Row> {
    fn from(rows: Vec<Row>) -> Self {
        Self { rows }
    }
}
impl<Row> Index<Id<Row>> for Table<Row> {
    type Output = Row;
    fn index(&self, id: Id<Row>) -> &Row {
        &self.rows[id.index()]
    }
}
impl<Row> IndexMut<Id<Row>> for Table<Row> {
    fn index_mut(&mut self, id: Id<Row>) -> &mut Row {
        &mut self.rows[id.index()]
    }
}
impl<'a, Row> IntoIterator for &'a Table<Row> {
    type Item = &'a Row;
    type IntoIter = std::slice::Iter<'a, Row>;
    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
