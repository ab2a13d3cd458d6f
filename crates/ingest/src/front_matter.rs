//! A block of metadata at the head of a text file: TOML between `+++` lines, or plain `key: value` lines
//! between `---` lines.

use crate::metadata::{Metadata, toml};

/// Longest block that is looked for, in bytes.
const LIMIT: usize = 8192;

/// Splits `text` into its front matter and the rest. `None`: there is none, the text is whole.
pub fn split(text: &str) -> Option<(Metadata, &str)> {
    let fence = ["+++", "---"].into_iter().find(|fence| first_line(text) == *fence)?;
    let after = &text[text.find('\n')? + 1..];
    let mut at = 0;
    for line in after.split_inclusive('\n') {
        if at > LIMIT {
            return None;
        }
        if line.trim_end() == fence {
            let metadata = if fence == "+++" { toml(&after[..at]).ok()? } else { plain(&after[..at])? };
            let rest = &after[at + line.len()..];
            return Some((metadata, rest.trim_start_matches(['\n', '\r'])));
        }
        at += line.len();
    }
    None
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("").trim_end()
}

/// `key: value` lines; anything else between the fences means that this is no front matter.
fn plain(block: &str) -> Option<Metadata> {
    let mut metadata = Metadata::default();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        let slot = match key.trim().to_ascii_lowercase().as_str() {
            "title" => &mut metadata.title,
            "outlet" | "publisher" | "site" | "source" => &mut metadata.outlet,
            "author" | "byline" => &mut metadata.author,
            "published" | "date" => &mut metadata.published,
            "language" | "lang" => &mut metadata.language,
            "url" | "link" => &mut metadata.url,
            _ => continue,
        };
        *slot = Some(value).filter(|value| !value.is_empty());
    }
    Some(metadata)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fences_are_read() {
        for text in [
            "---\ntitle: \"Dam breaks\"\noutlet: Steppe Wire\ndate: 2024-04-08\ntags: water\n---\n\nThe dam broke.\n",
            "+++\r\ntitle = \"Dam breaks\"\r\noutlet = \"Steppe Wire\"\r\npublished = 2024-04-08\r\n+++\r\n\r\nThe dam broke.\n",
        ] {
            let (metadata, rest) = split(text).unwrap();
            assert_eq!(metadata.title.as_deref(), Some("Dam breaks"));
            assert_eq!(metadata.published.as_deref(), Some("2024-04-08"));
            assert_eq!(rest, "The dam broke.\n");
        }
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in
            ["---\nNot a block\n---\nx", "--- dash", "---\ntitle: never closed\n", "", "+++\n=\n+++\nx"]
        {
            assert!(split(text).is_none(), "{text}");
        }
    }
}
