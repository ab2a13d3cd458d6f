//! Recognises web and mail addresses as spaCy's address expression does, in one pass over the text.
//!
//! The expression is fixed but for the letters of a top-level domain ([`TOP_LEVEL`]); whether an address exists
//! is nobody's business here. Why one pass is enough: a host ends at the first of `: / ? #`, and its labels end
//! at full stops, so there is one way to read it; only where the host starts is open.

use super::class::{CharTable, DECIMAL, TOP_LEVEL, WORD};

/// Whether all of `text`, a run without white space, is an address.
#[must_use]
pub fn is_address(text: &str, chars: &CharTable) -> bool {
    if !text.contains('.') {
        return false;
    }
    let after_scheme = scheme(text, chars).filter(|at| is_host_and_rest(&text[*at..], chars));
    if after_scheme.is_some() || is_host_and_rest(text, chars) {
        return true;
    }
    let users = text.bytes().enumerate().skip(1).filter(|(_, b)| *b == b'@');
    users.map(|(at, _)| at + 1).any(|at| is_host_and_rest(&text[at..], chars))
}

/// Where the text goes on after `https://`.
fn scheme(text: &str, chars: &CharTable) -> Option<usize> {
    let mut taken = text.char_indices().skip_while(|(_, c)| is_of_scheme(*c, chars));
    let (end, _) = taken.next()?;
    let long_enough = text[..end].chars().nth(1).is_some();
    (long_enough && text[end..].starts_with("://")).then_some(end + 3)
}

fn is_of_scheme(c: char, chars: &CharTable) -> bool {
    matches!(c, '+' | '-' | '.') || chars.of(c) & WORD != 0
}

fn is_host_and_rest(text: &str, chars: &CharTable) -> bool {
    // Most candidates fail at once; '@' is looked for so that many of them stay cheap together.
    let end = text.bytes().position(|b| matches!(b, b':' | b'/' | b'?' | b'#' | b'@')).unwrap_or(text.len());
    let (host, rest) = text.split_at(end);
    (is_network_address(host, chars) || is_domain(host, chars)) && is_rest(rest, chars)
}

/// A port of two to five digits or none, then nothing or a path.
fn is_rest(text: &str, chars: &CharTable) -> bool {
    let Some(port) = text.strip_prefix(':') else {
        return text.is_empty() || text.starts_with(['/', '?', '#']);
    };
    let digits = port.chars().take(6).take_while(|c| chars.of(*c) & DECIMAL != 0);
    let (count, length) = digits.fold((0, 0), |(count, length), c| (count + 1, length + c.len_utf8()));
    let path = &port[length..];
    (2..=5).contains(&count) && (path.is_empty() || path.starts_with(['/', '?', '#']))
}

fn is_domain(host: &str, chars: &CharTable) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let length = top.chars().take(64).count();
    (2..=63).contains(&length)
        && top.chars().all(|c| chars.of(c) & TOP_LEVEL != 0)
        && labels.split('.').all(is_label)
}

/// Up to 64 characters; a hyphen or underscore neither first nor last.
fn is_label(label: &str) -> bool {
    let (mut count, mut last) = (0, '-');
    for c in label.chars() {
        let joins = matches!(c, '-' | '_');
        if count == 64 || !(is_of_label(c) || joins && count > 0) {
            return false;
        }
        (count, last) = (count + 1, c);
    }
    !matches!(last, '-' | '_')
}

fn is_of_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

/// Four numbers that the expression takes for a public network address.
fn is_network_address(host: &str, chars: &CharTable) -> bool {
    let mut parts = host.split('.');
    let (Some(a), Some(b), Some(c), Some(d), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let reserved = matches!(a, "10" | "127")
        || matches!((a, b), ("169", "254") | ("192", "168"))
        || a == "172" && is_private_172(b, chars);
    !reserved
        && is_octet(a, 223, false, chars)
        && is_octet(b, 255, true, chars)
        && is_octet(c, 255, true, chars)
        && is_octet(d, 254, false, chars)
}

/// 16 to 31, as `1[6-9]|2\d|3[0-1]` has it.
fn is_private_172(part: &str, chars: &CharTable) -> bool {
    let digits = Digits::of(part, chars);
    digits.count == 2
        && matches!(
            (digits.plain[0], digits.plain[1]),
            (Some(1), Some(6..=9)) | (Some(2), _) | (Some(3), Some(0 | 1))
        )
}

/// A number below `top`, with the quirks of the expression: `zeros` allows leading ones (`1?\d{1,2}`), and every
/// `\d` takes digits of any script, while the places that bound the value are ASCII.
fn is_octet(part: &str, top: u8, zeros: bool, chars: &CharTable) -> bool {
    let digits = Digits::of(part, chars);
    let [first, second, third] = digits.plain;
    match digits.count {
        1 | 2 if zeros => true,
        1 | 2 => matches!(first, Some(1..=9)),
        3 => match (first, second) {
            (Some(1), _) => true,
            (Some(2), Some(second)) => {
                second < top / 10 % 10
                    || second == top / 10 % 10 && third.is_some_and(|third| third <= top % 10)
            }
            _ => false,
        },
        _ => false,
    }
}

/// Up to three digits: how many, or 0 if there is something else; and those that are ASCII.
struct Digits {
    count: usize,
    plain: [Option<u8>; 3],
}

impl Digits {
    fn of(part: &str, chars: &CharTable) -> Self {
        let mut digits = Self { count: 0, plain: [None; 3] };
        for c in part.chars() {
            if digits.count == 3 || chars.of(c) & DECIMAL == 0 {
                return Self { count: 0, plain: [None; 3] };
            }
            digits.plain[digits.count] = c.to_digit(10).map(|digit| digit as u8);
            digits.count += 1;
        }
        digits
    }
}
