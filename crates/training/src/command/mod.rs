//! One command a model, and how they read the rows of a benchmark.
//!
//! Offsets of benchmarks count code points; everything behind this door counts bytes.

pub mod attribution;
pub mod factuality;
pub mod places;
pub mod relation;

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;
use tolmach_document::{CodePoints, TextRange};

/// Every row of a JSON Lines file.
fn rows<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the benchmark {}", path.display()))?;
    let row = |(at, line): (usize, &str)| {
        serde_json::from_str(line).with_context(|| format!("{}, line {}", path.display(), at + 1))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
}

/// The bytes of a span, or an error that names the row.
fn range(points: &CodePoints<'_>, id: &str, [start, end]: [usize; 2]) -> Result<TextRange> {
    let bytes = points.to_byte(start).zip(points.to_byte(end)).filter(|(start, end)| start <= end);
    let (start, end) = bytes.with_context(|| format!("{id}: no characters {start} to {end} in its text"))?;
    Ok(TextRange::at(start, end))
}

/// Writes weights and says whether they are what lay there.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    ensure!(!bytes.is_empty(), "nothing was learnt: {} stays as it is", path.display());
    let change = match fs::read(path) {
        Ok(before) if before == bytes => "the same bytes as before",
        Ok(_) => "changed",
        Err(_) => "new",
    };
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    println!("data/models/{name}: {} bytes, {change}", bytes.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_characters_and_name_their_row() {
        let points = CodePoints::new("«Нет», he said");
        assert_eq!(range(&points, "a", [1, 4]).unwrap(), TextRange::at(2, 8));
        let message = range(&points, "row-7", [3, 99]).unwrap_err().to_string();
        assert_eq!(message, "row-7: no characters 3 to 99 in its text");
    }

    #[test]
    fn a_broken_row_is_named_by_its_line() {
        let path = std::env::temp_dir().join(format!("tolmach-rows-{}.jsonl", std::process::id()));
        fs::write(&path, "{\"a\": 1}\n\n{\"a\": \n").unwrap();
        let error = rows::<serde_json::Value>(&path).unwrap_err().to_string();
        fs::remove_file(&path).unwrap();
        assert!(error.ends_with("line 3"), "{error}");
    }
}
