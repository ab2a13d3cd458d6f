//! Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, a page's declaration, then a guess.
//!
//! Detection by `chardetng`, decoding by `encoding_rs` (the WHATWG Encoding Standard).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// Whether some bytes had to be replaced by U+FFFD.
    pub replaced: bool,
}

/// Decodes `bytes`; `None` if they are no text in any encoding we read.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(with(encoding, &bytes[mark..]));
    }
    // Before UTF-8: Latin text in UTF-16 is well-formed UTF-8 full of zero bytes.
    if let Some(encoding) = bare_utf16(bytes) {
        return Some(with(encoding, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (!is_binary(bytes)).then(|| Decoded {
            text: text.to_owned(),
            encoding: "UTF-8",
            replaced: false,
        });
    }
    if is_binary(bytes) {
        return None;
    }
    if let Some(encoding) = declared(bytes) {
        return Some(with(encoding, bytes));
    }
    if mostly_utf8(bytes) {
        return Some(with(UTF_8, bytes));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Some(with(detector.guess(None, chardetng::Utf8Detection::Allow), bytes))
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// Control characters that no text holds. A file of text may carry a stray one, not one in a hundred.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    odd * 100 > head.len() || head.iter().filter(|b| **b == 0).count() > 2
}

/// UTF-16 without a mark shows as a zero byte in nearly every other place for Latin text, and as a small
/// high byte (Cyrillic is 04) in every other place otherwise.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let high =
        |offset: usize| head.chunks_exact(2).filter(|pair| matches!(pair[offset], 0 | 4 | 0x20)).count();
    let low_zero = |offset: usize| head.chunks_exact(2).filter(|pair| pair[offset] == 0).count();
    if high(1) * 10 >= pairs * 9 && low_zero(0) * 10 < pairs {
        return Some(UTF_16LE);
    }
    (high(0) * 10 >= pairs * 9 && low_zero(1) * 10 < pairs).then_some(UTF_16BE)
}

/// The encoding that a page declares in its first kilobyte.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    if !head.contains('<') {
        return None;
    }
    let after = head.split_once("charset=").or_else(|| head.split_once("encoding="))?.1;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// UTF-8 with a few broken bytes: nearly all bytes above 127 stand in well-formed sequences.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Министерство обороны назвало это заявление провокацией. Никаких переговоров не было, сообщает агентство.";

    #[test]
    fn each_encoding_comes_back() {
        let utf16 =
            |order: fn(u16) -> [u8; 2], text: &str| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let english = "The ministry denied the report — “an innuendo”, it said.";
        for text in [english, RUSSIAN] {
            for bytes in [
                text.as_bytes().to_vec(),
                [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
                [b"\xff\xfe".as_slice(), &utf16(u16::to_le_bytes, text)].concat(),
                [b"\xfe\xff".as_slice(), &utf16(u16::to_be_bytes, text)].concat(),
                utf16(u16::to_le_bytes, text),
                utf16(u16::to_be_bytes, text),
            ] {
                let got = decode(&bytes).expect("text");
                assert_eq!((got.text.as_str(), got.replaced), (text, false), "{}", got.encoding);
            }
        }
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(RUSSIAN);
        assert_eq!(decode(&bytes).unwrap().text, RUSSIAN);
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1252.encode("He called it a “rude joke”, in the café, on Müller’s word.");
        assert_eq!(decode(&bytes).unwrap().encoding, "windows-1252");
    }

    #[test]
    fn broken_utf8_keeps_the_rest() {
        let got = decode(b"Nur-Sultan \xe2\x80\x94 \xd0\x90\xd0\xbb\xd0\xbc\xd0\xb0\xd1\x82\xd1\x8b \xff ok")
            .unwrap();
        assert!(got.replaced && got.text.starts_with("Nur-Sultan — Алматы") && got.encoding == "UTF-8");
    }

    #[test]
    fn a_declaration_is_believed() {
        let (page, _, _) = encoding_rs::KOI8_R.encode("<html><meta charset=\"koi8-r\"><p>Привет</p></html>");
        assert!(decode(&page).unwrap().text.contains("Привет"));
    }
}
