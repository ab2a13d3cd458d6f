//! Making hostile text harmless: what a report says must not move a cursor, close a tag or turn a line round.

/// For a terminal or Markdown: no control characters and no invisible turning of the reading direction;
/// text that runs from right to left is isolated.
pub fn line(text: &str) -> String {
    let text = tolmach_situation::words::one_line(text);
    let kept: String = text.chars().filter(|c| !is_turning(*c)).collect();
    if kept.chars().any(is_right_to_left) { format!("\u{2068}{kept}\u{2069}") } else { kept }
}

/// As [`line`], with Markdown's own signs quoted.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// At most `most` characters, cut at a word, with "…" where something was cut.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    let cut = head.rfind(' ').filter(|at| *at > head.len() / 2).unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':']))
}

/// Explicit formatting characters of the bidirectional algorithm.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Hebrew, Arabic and their neighbours.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_line() {
        assert_eq!(line("a\u{1b}[2Jb\r\nc"), "a [2Jb c");
        assert_eq!(line("abc\u{202e}def"), "abcdef");
        assert_eq!(line("قال"), "\u{2068}قال\u{2069}");
        assert_eq!(markdown("<b>*x*</b> [l](u)"), r"\<b\>\*x\*\</b\> \[l\](u)");
    }

    #[test]
    fn cuts_fall_between_words() {
        assert_eq!(shortened("one two three", 20), "one two three");
        assert_eq!(shortened("one two, three", 10), "one two…");
        assert_eq!(shortened("ёжикёжикёжик", 5), "ёжик…");
    }
}
