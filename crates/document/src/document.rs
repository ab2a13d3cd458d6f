//! The published report: text and what is known of its publication. Immutable once read.

use crate::{Date, TextRange};

/// One published text with its metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Stable name of the document, unique in a batch.
    pub id: String,
    /// Headline, when known apart from the text.
    pub title: Option<String>,
    /// Who published it. Never called a source: that word is the quoted source's.
    pub outlet: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// When it was published: the anchor of relative times.
    pub published: Option<Moment>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Where it was read from, as the user named it.
    pub path: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// The text that every range points into; never changed afterwards.
    pub text: String,
    /// Regions that ingestion knows from markup (headings, captions); text rules add theirs later.
    pub regions: Vec<Region>,
    /// What ingestion could not understand.
    pub issues: Vec<Issue>,
}

/// A day with, at best, its time and offset, as published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The civil day in the publication's own offset.
    pub date: Date,
    /// The full ISO 8601 date-time where the page gave one.
    pub time: Option<String>,
    /// How fine the statement was.
    pub precision: Precision,
}

/// How fine a date was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// A day.
    Day,
    /// A time of day.
    Time,
}

impl Moment {
    /// A plain day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { date, time: None, precision: Precision::Day }
    }

    /// Reads `2024`, `2024-04`, `2024-04-16` or an ISO 8601 date-time that starts with such a day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number =
            |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten();
        let year = text.get(0..4).and_then(number)?;
        if text.len() == 4 {
            return Some(Self { date: Date::new(year, 1, 1).ok()?, time: None, precision: Precision::Year });
        }
        if text.as_bytes().get(4) != Some(&b'-') {
            return None;
        }
        let month = i8::try_from(text.get(5..7).and_then(number)?).ok()?;
        if text.len() == 7 {
            return Some(Self {
                date: Date::new(year, month, 1).ok()?,
                time: None,
                precision: Precision::Month,
            });
        }
        let day = i8::try_from(text.get(8..10).and_then(number)?).ok()?;
        let date = Date::new(year, month, day).ok()?;
        match text.as_bytes().get(10) {
            None => Some(Self::day(date)),
            Some(b'T' | b' ' | b't') => {
                Some(Self { date, time: Some(text.to_owned()), precision: Precision::Time })
            }
            Some(_) => None,
        }
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.precision, &self.time) {
            (Precision::Time, Some(time)) => f.write_str(time),
            (Precision::Year, _) => write!(f, "{:04}", self.date.year()),
            (Precision::Month, _) => write!(f, "{:04}-{:02}", self.date.year(), self.date.month()),
            _ => write!(f, "{}", self.date),
        }
    }
}

/// A stretch of text that is not the report's own running prose, or repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where.
    pub range: TextRange,
    /// What.
    pub kind: RegionKind,
    /// Rule that found it.
    pub rule: crate::RuleId,
}

/// Kinds of [`Region`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegionKind {
    /// The site's furniture: comment forms, "read more", credits.
    Boilerplate,
    /// A sentence the document has already printed.
    Duplicate,
    /// Author's line.
    Byline,
    /// Picture caption or credit.
    Caption,
    /// Headline or subheading.
    Heading,
    /// A block quotation.
    QuoteBlock,
}

/// Something in the input that could not be understood; never a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Stable code that users can quote, e.g. `encoding`.
    pub code: &'static str,
    /// One line, lower case, naming the thing.
    pub message: String,
    /// Where, if it has a place in the text.
    pub range: Option<TextRange>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_iso_forms_only() {
        assert_eq!(Moment::parse("2024-04-16").unwrap().to_string(), "2024-04-16");
        assert_eq!(Moment::parse("2024-04").unwrap().to_string(), "2024-04");
        assert_eq!(Moment::parse("2024-04-16T10:00:00+05:00").unwrap().precision, Precision::Time);
        for bad in ["", "April 16", "2024-02-31", "2024-4-1", "20240416", "２０２４", "2024-04-16x"] {
            assert_eq!(Moment::parse(bad), None, "{bad}");
        }
    }
}
