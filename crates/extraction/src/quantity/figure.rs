//! Numbers in figures: "1,500", "1.5", "1.500.000", "1,50,000", "3/4".
//!
//! What is no number in any of these conventions is `None`; words and units are not its business.

/// Length of the figures at the start of `text`, separators inside them included.
#[must_use]
pub fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (at == 0 && bytes.first() == Some(&b'.')) || (joins(bytes, at) && digit(at + 1)) {
        at += 1;
    }
    at
}

fn joins(bytes: &[u8], at: usize) -> bool {
    at > 0 && matches!(bytes.get(at), Some(b',' | b'.' | b'/'))
}

/// The number that figures stand for.
#[must_use]
pub fn value(text: &str) -> Option<f64> {
    if text.contains('/') {
        return part(text);
    }
    let (whole, rest) = text.split_at(text.find([',', '.']).unwrap_or(text.len()));
    if rest.is_empty() {
        return plain(whole);
    }
    if rest.starts_with('.') && !rest[1..].contains(['.', ',']) {
        return (whole.len() < 16).then(|| text.parse().ok()).flatten();
    }
    grouped(text, ',', '.').or_else(|| grouped(text, '.', ',')).or_else(|| decimal_comma(text))
}

/// Figures alone. A leading nought makes a code ("007").
fn plain(text: &str) -> Option<f64> {
    let code = text.len() > 1 && text.starts_with('0');
    (!code && text.len() < 16).then(|| text.parse().ok()).flatten()
}

/// "1,250,000.5", and "12,50,000" as India groups.
fn grouped(text: &str, comma: char, point: char) -> Option<f64> {
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split(comma).collect();
    let (first, last) = (groups.first()?, groups.last()?);
    let middle = &groups[1..];
    let even = middle.iter().all(|group| group.len() == 3);
    let indian = last.len() == 3 && middle[..middle.len().saturating_sub(1)].iter().all(|group| group.len() == 2);
    // "1.250" is a decimal number in English: dots group only when there are two of them.
    let enough = groups.len() > usize::from(comma == '.') + 1;
    let good = enough && (1..=3).contains(&first.len()) && (even || indian) && !first.starts_with('0');
    let digits = fraction.bytes().all(|b| b.is_ascii_digit());
    (good && digits && text.len() < 24).then(|| format!("{}.{fraction}0", groups.concat()).parse().ok()).flatten()
}

/// "2,5": a comma for the decimal point.
fn decimal_comma(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let good = digits(whole) && digits(fraction) && fraction.len() < 3 && whole.len() < 4;
    good.then(|| format!("{whole}.{fraction}").parse().ok()).flatten()
}

/// Whether figures with a slash are a part and not a date or a name ("9/11", "24/7").
#[must_use]
pub fn is_part(text: &str) -> bool {
    part(&text[..length(text)]).is_some()
}

fn part(text: &str) -> Option<f64> {
    let (top, bottom) = text.split_once('/')?;
    let (top, bottom): (f64, f64) = (plain(top)?, plain(bottom)?);
    let usual = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0, 32.0, 64.0, 100.0, 128.0].contains(&bottom);
    (usual && top < bottom && top > 0.0).then(|| top / bottom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_in_every_convention() {
        let cases = [
            ("7", Some(7.0)),
            ("1,250,000", Some(1_250_000.0)),
            ("1.5", Some(1.5)),
            (".001", Some(0.001)),
            ("1.250.000", Some(1_250_000.0)),
            ("12,50,000", Some(1_250_000.0)),
            ("2,5", Some(2.5)),
            ("1,478.50", Some(1478.5)),
            ("3/4", Some(0.75)),
            ("1.250", Some(1.25)),
            ("007", None),
            ("9/11", None),
            ("24/7", None),
            ("1.2.3", None),
            ("12345678901234567890", None),
            ("1,25,0", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(value(text), wanted, "{text}");
        }
    }

    #[test]
    fn figures_end_before_other_signs() {
        for (text, len) in [("1.5m", 3), ("20-year", 2), ("5,", 1), ("5.", 1), ("3/4 of", 3), (".5", 2), ("x", 0)] {
            assert_eq!(length(text), len, "{text}");
        }
    }
}
