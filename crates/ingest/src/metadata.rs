//! What a side file, a front-matter block or the user says of a publication.

use crate::date;
use serde::Deserialize;
use tolmach_document::{Document, Issue};

/// Metadata from outside the text. Absent members say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// Publication date as written.
    pub published: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Address.
    pub url: Option<String>,
}

#[derive(Deserialize)]
struct Fields<Any> {
    title: Option<String>,
    #[serde(alias = "publisher", alias = "site", alias = "source")]
    outlet: Option<String>,
    #[serde(alias = "byline")]
    author: Option<String>,
    #[serde(alias = "date")]
    published: Option<Any>,
    #[serde(alias = "lang")]
    language: Option<String>,
    #[serde(alias = "link")]
    url: Option<String>,
}

/// Reads a `.json` side file.
///
/// # Errors
/// What is wrong, in one line.
pub fn json(text: &str) -> Result<Metadata, String> {
    let fields: Fields<serde_json::Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
    Ok(fields.metadata(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
}

/// Reads a `.toml` side file or front matter between `+++` lines; TOML dates and strings both do.
///
/// # Errors
/// What is wrong, in one line.
pub fn toml(text: &str) -> Result<Metadata, String> {
    let fields: Fields<toml::Value> = toml::from_str(text).map_err(|e| e.message().to_owned())?;
    Ok(fields.metadata(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
}

impl<Any> Fields<Any> {
    /// `date` writes the publication date as text, whatever the format calls a date.
    fn metadata(self, date: fn(Any) -> String) -> Metadata {
        let Self { title, outlet, author, published, language, url } = self;
        Metadata { title, outlet, author, published: published.map(date), language, url }.tidied()
    }
}

impl Metadata {
    /// Drops empty members.
    fn tidied(mut self) -> Self {
        let all = [
            &mut self.title,
            &mut self.outlet,
            &mut self.author,
            &mut self.published,
            &mut self.language,
            &mut self.url,
        ];
        for member in all {
            *member = member.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        self
    }

    /// These members, and those of `below` where these say nothing.
    #[must_use]
    pub fn or(self, below: &Self) -> Self {
        Self {
            title: self.title.or_else(|| below.title.clone()),
            outlet: self.outlet.or_else(|| below.outlet.clone()),
            author: self.author.or_else(|| below.author.clone()),
            published: self.published.or_else(|| below.published.clone()),
            language: self.language.or_else(|| below.language.clone()),
            url: self.url.or_else(|| below.url.clone()),
        }
    }

    /// Writes what is known into `document`. A date that cannot be read becomes an issue.
    pub fn lay_over(&self, document: &mut Document) {
        let set = |slot: &mut Option<String>, value: &Option<String>| {
            if value.is_some() {
                slot.clone_from(value);
            }
        };
        set(&mut document.title, &self.title);
        set(&mut document.outlet, &self.outlet);
        set(&mut document.author, &self.author);
        set(&mut document.language, &self.language);
        set(&mut document.url, &self.url);
        let Some(published) = &self.published else { return };
        match date::read(published) {
            Some(moment) => document.published = Some(moment),
            None => document.issues.push(unreadable(published)),
        }
    }
}

fn unreadable(published: &str) -> Issue {
    let shown: String = published.chars().take(60).collect();
    Issue {
        code: "published",
        message: format!("{shown:?} is not a publication date; write 2024-04-16"),
        range: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_say_the_same() {
        let a = toml("title = \"A\"\noutlet = \"B\"\ndate = 2024-04-16\nauthor = \" \"").unwrap();
        let b = json(r#"{"title": "A", "publisher": "B", "published": "2024-04-16", "extra": 1}"#).unwrap();
        assert_eq!(a, b);
        assert_eq!(a.author, None);
        assert!(json("[").is_err() && toml("=").is_err());
    }

    #[test]
    fn a_date_that_is_none_becomes_an_issue() {
        let mut document = Document::default();
        Metadata { published: Some("31 Febtober".into()), ..Metadata::default() }.lay_over(&mut document);
        assert_eq!((document.published.is_none(), document.issues[0].code), (true, "published"));
    }
}
