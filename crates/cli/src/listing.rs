//! Rows for people and for programs, whatever they hold: table, JSON, CSV, Markdown, page.

use crate::output::Format;
use crate::{clean, page};
use anyhow::{Result, bail};
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;

/// What a verb lists.
pub struct Listing {
    /// Title of the page: "Claims".
    pub title: String,
    /// Column heads.
    pub columns: &'static [&'static str],
    /// Rows in order.
    pub rows: Vec<Row>,
}

/// One row in its two forms.
pub struct Row {
    /// For people: one cell a column.
    pub cells: Vec<String>,
    /// For programs: an object with its schema.
    pub object: Value,
}

/// Longest cell of a table on a terminal.
const CELL: usize = 160;

impl Listing {
    /// The listing in that form.
    pub fn render(&self, format: Format) -> Result<Vec<u8>> {
        Ok(match format {
            Format::Table => self.table().into_bytes(),
            Format::Json => {
                let rows: Vec<&Value> = self.rows.iter().map(|row| &row.object).collect();
                format!("{}\n", serde_json::to_string_pretty(&rows)?).into_bytes()
            }
            Format::Jsonl => {
                let mut out = Vec::new();
                for row in &self.rows {
                    serde_json::to_writer(&mut out, &row.object)?;
                    out.push(b'\n');
                }
                out
            }
            Format::Csv => self.csv()?,
            Format::Md => self.markdown().into_bytes(),
            Format::Html => page::listing(self)?.into_bytes(),
        })
    }

    fn table(&self) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(self.columns);
        for row in &self.rows {
            table.add_row(row.cells.iter().map(|cell| clean::shortened(&clean::line(cell), CELL)));
        }
        let mut out = String::new();
        for line in table.to_string().lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    fn csv(&self) -> Result<Vec<u8>> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(self.columns)?;
        for row in &self.rows {
            out.write_record(row.cells.iter().map(|cell| formula_safe(cell)))?;
        }
        match out.into_inner() {
            Ok(bytes) => Ok(bytes),
            Err(error) => bail!("cannot write CSV: {}", error.error()),
        }
    }

    fn markdown(&self) -> String {
        let line = |cells: &mut dyn Iterator<Item = String>| {
            format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut out = line(&mut self.columns.iter().map(|name| (*name).to_owned()));
        out.push_str(&line(&mut self.columns.iter().map(|_| "---".to_owned())));
        for row in &self.rows {
            out.push_str(&line(&mut row.cells.iter().map(|cell| clean::markdown(cell))));
        }
        out
    }
}

/// A spreadsheet takes a cell that begins so for a formula (CWE-1236); an apostrophe tells it that it is text.
fn formula_safe(cell: &str) -> String {
    let cell = tolmach_situation::words::one_line(cell);
    if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn listing() -> Listing {
        let row = Row {
            cells: vec!["=1+1|<b>".into(), "a\n\u{1b}[31mb".into()],
            object: json!({"schema": "tolmach.row/1"}),
        };
        Listing { title: "Rows".into(), columns: &["one", "two"], rows: vec![row] }
    }

    fn rendered(format: Format) -> String {
        String::from_utf8(listing().render(format).unwrap()).unwrap()
    }

    #[test]
    fn hostile_cells_stay_cells() {
        assert_eq!(rendered(Format::Csv), "one,two\n'=1+1|<b>,a [31mb\n");
        assert_eq!(rendered(Format::Md), "| one | two |\n| --- | --- |\n| =1+1\\|\\<b\\> | a \\[31mb |\n");
        assert!(!rendered(Format::Table).contains('\u{1b}'));
        assert!(!rendered(Format::Html).contains("<b>"));
    }
}
