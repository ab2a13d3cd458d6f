//! `data/models/places.tsv`: the weights of the place models, one line a feature template.
//!
//! Does not know what the templates mean; whoever computes the features does.

use crate::Error;

const FILE: &str = "models/places.tsv";

/// Weights by model, in the order of the file.
#[derive(Debug, Default)]
pub struct ModelRows {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    model: String,
    template: String,
    weights: Vec<f32>,
}

impl ModelRows {
    pub(super) fn embedded() -> Result<Self, Error> {
        let text = tolmach_data::text(FILE).ok_or_else(|| Error::new(FILE, "the file is missing"))?;
        Self::parse(text).map_err(|why| Error::new(FILE, why))
    }

    /// Reads lines of model, template and weights (divided by blanks), tab-separated.
    ///
    /// # Errors
    /// Names the line that is not of this form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        let rows =
            lines.map(|(at, line)| row(line).ok_or_else(|| format!("line {}: not a row of weights", at + 1)));
        Ok(Self { rows: rows.collect::<Result<_, _>>()? })
    }

    /// Names and sizes of a model's templates, in order.
    pub fn templates(&self, model: &str) -> impl Iterator<Item = (&str, usize)> {
        self.rows
            .iter()
            .filter(move |row| row.model == model)
            .map(|row| (row.template.as_str(), row.weights.len()))
    }

    /// A model's weights, template after template.
    #[must_use]
    pub fn weights(&self, model: &str) -> Vec<f32> {
        self.rows
            .iter()
            .filter(|row| row.model == model)
            .flat_map(|row| row.weights.iter().copied())
            .collect()
    }
}

fn row(line: &str) -> Option<Row> {
    let mut cells = line.split('\t');
    let (model, template, weights) = (cells.next()?, cells.next()?, cells.next()?);
    let weights = weights.split(' ').map(|weight| weight.parse().ok()).collect::<Option<_>>()?;
    Some(Row { model: model.to_owned(), template: template.to_owned(), weights })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_joined_in_order() {
        let rows = ModelRows::parse("# head\na\tone\t1 -2.5\nb\tx\t9\na\ttwo\t0\n").unwrap();
        assert_eq!(rows.weights("a"), [1.0, -2.5, 0.0]);
        assert_eq!(rows.templates("a").collect::<Vec<_>>(), [("one", 2), ("two", 1)]);
        assert_eq!(ModelRows::parse("a\tone\tx").err().unwrap(), "line 1: not a row of weights");
    }
}
