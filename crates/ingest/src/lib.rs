//! What was published, when, by whom? The bytes of a file to a [`Document`]: kind, encoding, text, metadata.
//!
//! Pure: takes bytes, knows no file system. Bad input never fails here; what cannot be a document says why.

mod date;
mod encoding;
mod front_matter;
mod html;
mod metadata;
mod text;

pub use encoding::{Decoded, decode};
pub use html::Extractor;
pub use metadata::{Metadata, json as metadata_json, toml as metadata_toml};

use std::fmt;
use tolmach_document::{Document, Issue};

/// Longest input that is read, in bytes: a report of this size is no report.
pub const MAX_BYTES: usize = 8 << 20;

/// What the caller knows of a file before it is read.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Id the document is to have.
    pub id: String,
    /// Where it was read from, as the user named it.
    pub path: Option<String>,
    /// What the user or a side file says; it outweighs the page's own metadata.
    pub metadata: Metadata,
    /// How articles are found in pages.
    pub extractor: Extractor,
}

/// Why bytes are not a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No bytes, or nothing but white space.
    Empty,
    /// Not text in any encoding we read.
    Binary,
    /// Longer than [`MAX_BYTES`].
    TooLong(usize),
    /// A page without an article.
    NoArticle,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Empty => f.write_str("holds no text"),
            Refusal::Binary => f.write_str("is not text: binary data"),
            Refusal::TooLong(bytes) => {
                write!(f, "is {} MB long, the limit for one report is {} MB", bytes >> 20, MAX_BYTES >> 20)
            }
            Refusal::NoArticle => f.write_str("is a page without an article"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Reads one file.
///
/// # Errors
/// When the bytes hold no text; everything else becomes an issue on the document.
pub fn read(bytes: &[u8], hints: &Hints) -> Result<Document, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLong(bytes.len()));
    }
    let decoded = decode(bytes).ok_or(Refusal::Binary)?;
    if decoded.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let mut document = if html::is_page(&decoded.text) {
        html::read(&decoded.text, hints)?
    } else {
        text::read(&decoded.text)
    };
    if decoded.replaced {
        document.issues.push(Issue {
            code: "encoding",
            message: format!("some bytes are not {}; they stand as U+FFFD", decoded.encoding),
            range: None,
        });
    }
    finish(document, hints)
}

/// Reads text that is already decoded (a line of JSON Lines): never reinterpreted as a page.
///
/// # Errors
/// When there is no text.
pub fn read_text(text: &str, hints: &Hints) -> Result<Document, Refusal> {
    finish(Document { text: text.to_owned(), ..Document::default() }, hints)
}

/// Reads a page that is already decoded.
///
/// # Errors
/// When there is no article in it.
pub fn read_html(page: &str, hints: &Hints) -> Result<Document, Refusal> {
    finish(html::read(page, hints)?, hints)
}

/// Lays what the caller knows over what the file says.
fn finish(mut document: Document, hints: &Hints) -> Result<Document, Refusal> {
    if document.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    document.id.clone_from(&hints.id);
    document.path.clone_from(&hints.path);
    hints.metadata.lay_over(&mut document);
    if document.title.is_none() {
        document.title = text::headline(&document.text);
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> Refusal {
        read(bytes, &Hints::default()).unwrap_err()
    }

    #[test]
    fn what_is_no_report_says_why() {
        assert_eq!(refused(b""), Refusal::Empty);
        assert_eq!(refused(b" \r\n\t "), Refusal::Empty);
        assert_eq!(
            refused(&[0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 0, 0, 3, 0, 0xf7, 0xff]),
            Refusal::Binary
        );
        assert!(matches!(refused(&vec![b'a'; MAX_BYTES + 1]), Refusal::TooLong(_)));
        assert_eq!(refused(b"<!DOCTYPE html><html><head></head><body></body></html>"), Refusal::NoArticle);
    }

    #[test]
    fn the_users_word_outweighs_the_pages() {
        let page = "<html><head><meta property='og:site_name' content='Page Daily'></head><body><article><p>"
            .to_owned()
            + &"The ministry said the convoy had crossed the river before dawn. ".repeat(12)
            + "</p></article></body></html>";
        let plain = read(page.as_bytes(), &Hints::default()).unwrap();
        assert_eq!(plain.outlet.as_deref(), Some("Page Daily"));
        let metadata = Metadata { outlet: Some("My Outlet".into()), ..Metadata::default() };
        let told = read(page.as_bytes(), &Hints { metadata, ..Hints::default() }).unwrap();
        assert_eq!(told.outlet.as_deref(), Some("My Outlet"));
    }

    #[test]
    fn any_bytes_are_answered() {
        let mut state = 7u64;
        for len in 0..400usize {
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    (state >> 33) as u8
                })
                .collect();
            let _ = read(&bytes, &Hints::default());
        }
    }
}
