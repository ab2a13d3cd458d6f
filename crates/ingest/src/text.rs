//! Plain text: front matter off, the rest unchanged.

use crate::front_matter;
use tolmach_document::Document;

/// The document of a decoded text file.
pub fn read(text: &str) -> Document {
    match front_matter::split(text) {
        Some((metadata, rest)) => {
            let mut document = Document { text: rest.to_owned(), ..Document::default() };
            metadata.lay_over(&mut document);
            document
        }
        None => Document { text: text.to_owned(), ..Document::default() },
    }
}

/// Longest headline, in bytes.
const HEADLINE: usize = 200;

/// The first line that stands alone before a blank line, if it is short and no sentence: the headline.
pub fn headline(text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim);
    let first = lines.by_ref().find(|line| line.chars().any(char::is_alphabetic))?;
    let alone = lines.next().is_none_or(str::is_empty);
    let fits = first.len() <= HEADLINE && !first.ends_with(['.', ',', ';', ':']);
    (alone && fits).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_stand_alone() {
        assert_eq!(
            headline("\n Dam breaks near Orsk \n\nThe dam broke.").as_deref(),
            Some("Dam breaks near Orsk")
        );
        assert_eq!(headline("The dam broke on Friday.\n\nMore."), None);
        assert_eq!(headline("The dam\nbroke"), None);
        assert_eq!(headline(""), None);
    }

    #[test]
    fn text_is_not_touched() {
        let text = "  Line\r\n\r\n\u{a0}more ";
        assert_eq!(read(text).text, text);
    }
}
