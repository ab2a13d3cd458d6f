//! Rows of the tab-separated files of `data/actors/`: cells, lists and dates, with errors that name the line.

use crate::Error;
use jiff::civil::Date;

/// One row with its place, for messages.
pub(super) struct Row {
    file: &'static str,
    line: usize,
    cells: Vec<&'static str>,
}

/// Rows of `file`, each with `columns` cells; missing cells at the end are empty.
pub(super) fn rows(file: &'static str, columns: usize) -> Result<Vec<Row>, Error> {
    let text = tolmach_data::text(file).ok_or_else(|| Error::new(file, "the file is missing"))?;
    parse(file, text, columns)
}

fn parse(file: &'static str, text: &'static str, columns: usize) -> Result<Vec<Row>, Error> {
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let mut cells: Vec<&'static str> = line.split('\t').map(str::trim).collect();
        if cells.len() > columns {
            return Err(Error::new(
                file,
                format!("line {}: expected {columns} columns, found {}", at + 1, cells.len()),
            ));
        }
        cells.resize(columns, "");
        out.push(Row { file, line: at + 1, cells });
    }
    Ok(out)
}

impl Row {
    pub fn cell(&self, at: usize) -> &'static str {
        self.cells[at]
    }

    /// The cell, which must not be empty.
    pub fn need(&self, at: usize) -> Result<&'static str, Error> {
        let cell = self.cells[at];
        if cell.is_empty() { Err(self.error(format!("column {} is empty", at + 1))) } else { Ok(cell) }
    }

    /// The cell's words between `|`.
    pub fn list(&self, at: usize) -> Vec<&'static str> {
        self.cells[at].split('|').map(str::trim).filter(|word| !word.is_empty()).collect()
    }

    /// The cell as the first day it may mean; `None` if empty.
    pub fn date(&self, at: usize) -> Result<Option<Date>, Error> {
        date(self.cells[at]).map_err(|why| self.error(why))
    }

    pub fn error(&self, why: impl std::fmt::Display) -> Error {
        Error::new(self.file, format!("line {}: {why}", self.line))
    }
}

/// `2022`, `2022-01` or `2022-01-05`; the first day of what is said.
pub(super) fn date(cell: &str) -> Result<Option<Date>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let mut parts = cell.split('-').map(|part| part.parse::<i16>().ok());
    let year = parts.next().flatten();
    let month = parts.next().unwrap_or(Some(1));
    let day = parts.next().unwrap_or(Some(1));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return Err(format!("expected a date, found {cell:?}"));
    };
    let small = |n: i16| i8::try_from(n).unwrap_or(0);
    Date::new(year, small(month), small(day)).map(Some).map_err(|_| format!("no such day: {cell:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_be_coarse_but_must_exist() {
        let day = |text| date(text).unwrap().map(|d| d.to_string());
        assert_eq!(day("2022-01-05").as_deref(), Some("2022-01-05"));
        assert_eq!(day("2022-03").as_deref(), Some("2022-03-01"));
        assert_eq!(day("2022").as_deref(), Some("2022-01-01"));
        assert_eq!(day(""), None);
        for bad in ["soon", "2022-13", "2022-02-30", "2022-01-05-1"] {
            assert!(date(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_row_with_too_many_cells_is_named() {
        let message = parse("actors/x.tsv", "# head\na\tb\nc\td\te\n", 2).err().unwrap().to_string();
        assert_eq!(message, "data/actors/x.tsv: line 3: expected 2 columns, found 3");
    }
}
