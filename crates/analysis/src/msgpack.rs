//! A reader for the msgpack files of spaCy models.
//!
//! Reads what those files hold; extension types are refused, and nothing is written.

use std::fmt;

/// A msgpack value borrowed from its bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Nil,
    /// A truth value.
    Bool(bool),
    /// A number without a fraction; spaCy's ids need all 64 bits, hence the width.
    Int(i128),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Str(&'a str),
    /// Bytes. Names are written as bytes in some files: see [`Value::text`].
    Bin(&'a [u8]),
    /// A list.
    List(Vec<Value<'a>>),
    /// Pairs in file order.
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Where and why the bytes are not readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    at: usize,
    expected: &'static str,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "msgpack: expected {} at byte {}", self.expected, self.at)
    }
}

impl std::error::Error for Malformed {}

/// Reads one value that fills `bytes`.
///
/// # Errors
/// When the bytes are cut short, go on after the value, nest deeper than 64 or use an extension type.
pub fn read(bytes: &[u8]) -> Result<Value<'_>, Malformed> {
    let mut reader = Reader { bytes, at: 0, depth: 0 };
    let value = reader.value()?;
    if reader.at == bytes.len() { Ok(value) } else { Err(reader.expected("the end")) }
}

impl<'a> Value<'a> {
    /// The value under `key` of a map.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Value<'a>> {
        let Value::Map(pairs) = self else { return None };
        pairs.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }
    /// The value under a whole-number `key` of a map.
    #[must_use]
    pub fn numbered(&self, key: i128) -> Option<&Value<'a>> {
        let Value::Map(pairs) = self else { return None };
        pairs.iter().find(|(name, _)| *name == Value::Int(key)).map(|(_, value)| value)
    }
    /// Text, also where it was written as bytes.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Value::Str(text) => Some(text),
            Value::Bin(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }
    /// Items of a list, or none.
    #[must_use]
    pub fn list(&self) -> &[Value<'a>] {
        if let Value::List(items) = self { items } else { &[] }
    }
    /// Pairs of a map, or none.
    #[must_use]
    pub fn pairs(&self) -> &[(Value<'a>, Value<'a>)] {
        if let Value::Map(pairs) = self { pairs } else { &[] }
    }
    /// A whole number that fits `T`.
    #[must_use]
    pub fn int<T: TryFrom<i128>>(&self) -> Option<T> {
        if let Value::Int(number) = self { T::try_from(*number).ok() } else { None }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn expected(&self, expected: &'static str) -> Malformed {
        Malformed { at: self.at, expected }
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(n).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| self.expected("more bytes"))?;
        let part = &self.bytes[self.at..end];
        self.at = end;
        Ok(part)
    }

    /// A big-endian number of `n` bytes.
    fn number(&mut self, n: usize) -> Result<u64, Malformed> {
        Ok(self.take(n)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn value(&mut self) -> Result<Value<'a>, Malformed> {
        let tag = self.take(1)?[0];
        match tag {
            0x00..=0x7f => Ok(Value::Int(i128::from(tag))),
            0x80..=0x8f => self.map(usize::from(tag & 15)),
            0x90..=0x9f => self.list(usize::from(tag & 15)),
            0xa0..=0xbf => self.str(usize::from(tag & 31)),
            0xe0..=0xff => Ok(Value::Int(i128::from(tag as i8))),
            0xc0 => Ok(Value::Nil),
            0xc2 | 0xc3 => Ok(Value::Bool(tag == 0xc3)),
            _ => self.sized(tag),
        }
    }

    /// Values whose length or number follows in 1, 2, 4 or 8 bytes.
    fn sized(&mut self, tag: u8) -> Result<Value<'a>, Malformed> {
        match tag {
            0xc4..=0xc6 => {
                let n = self.number(1 << (tag - 0xc4))? as usize;
                Ok(Value::Bin(self.take(n)?))
            }
            0xca => Ok(Value::Float(f64::from(f32::from_bits(self.number(4)? as u32)))),
            0xcb => Ok(Value::Float(f64::from_bits(self.number(8)?))),
            0xcc..=0xcf => Ok(Value::Int(i128::from(self.number(1 << (tag - 0xcc))?))),
            0xd0..=0xd3 => {
                let n = 1 << (tag - 0xd0);
                let unused = 64 - 8 * n as u32;
                Ok(Value::Int(i128::from((self.number(n)? << unused) as i64 >> unused)))
            }
            0xd9..=0xdb => {
                let n = self.number(1 << (tag - 0xd9))? as usize;
                self.str(n)
            }
            0xdc | 0xdd => {
                let n = self.number(2 << (tag - 0xdc))? as usize;
                self.list(n)
            }
            0xde | 0xdf => {
                let n = self.number(2 << (tag - 0xde))? as usize;
                self.map(n)
            }
            _ => Err(self.expected("a known type")),
        }
    }

    fn str(&mut self, n: usize) -> Result<Value<'a>, Malformed> {
        let bytes = self.take(n)?;
        std::str::from_utf8(bytes).map(Value::Str).map_err(|_| self.expected("UTF-8"))
    }

    fn list(&mut self, n: usize) -> Result<Value<'a>, Malformed> {
        self.nested(|reader| (0..n).map(|_| reader.value()).collect::<Result<_, _>>().map(Value::List))
    }

    fn map(&mut self, n: usize) -> Result<Value<'a>, Malformed> {
        self.nested(|reader| {
            let pairs = (0..n).map(|_| Ok((reader.value()?, reader.value()?)));
            pairs.collect::<Result<_, _>>().map(Value::Map)
        })
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Malformed>) -> Result<T, Malformed> {
        if self.depth == 64 {
            return Err(self.expected("shallower nesting"));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_number_and_string() {
        let bytes = [
            0x9b, 5, 0xff, 0xcc, 200, 0xcd, 1, 0, 0xcf, 255, 255, 255, 255, 255, 255, 255, 255, 0xd0, 0x80,
            0xd1, 0xff, 0xfe, 0xca, 0x3f, 0xc0, 0, 0, 0xa1, b'x', 0xd9, 2, 0xc3, 0xa9, 0xc4, 1, 7,
        ];
        use Value::{Bin, Float, Int, List, Str};
        let expected = vec![
            Int(5),
            Int(-1),
            Int(200),
            Int(256),
            Int(i128::from(u64::MAX)),
            Int(-128),
            Int(-2),
            Float(1.5),
            Str("x"),
            Str("é"),
            Bin(&[7]),
        ];
        assert_eq!(read(&bytes), Ok(List(expected)));
    }

    #[test]
    fn maps_answer_by_name_and_number() {
        let bytes = [0x83, 0xa1, b'a', 0xc3, 0xc4, 1, b'b', 0xc0, 65, 0x90];
        let map = read(&bytes).unwrap();
        assert_eq!(map.field("a"), Some(&Value::Bool(true)));
        assert_eq!(map.field("b"), Some(&Value::Nil));
        assert_eq!(map.numbered(65), Some(&Value::List(vec![])));
        assert_eq!(map.field("c"), None);
    }

    #[test]
    fn damage_is_an_error_not_a_panic() {
        let good = [0x82, 0xa1, b'a', 0x92, 1, 0xcd, 1, 2, 0xa1, b'b', 0xd9, 2, b'o', b'k'];
        for end in 0..good.len() {
            assert!(read(&good[..end]).is_err(), "cut at {end}");
        }
        assert!(read(&[&good[..], &[0]].concat()).is_err());
        assert!(read(&[0x91; 100]).is_err());
        assert!(read(&[0xdd, 255, 255, 255, 255]).is_err());
        assert!(read(&[0xa1, 0xff]).is_err());
        assert!(read(&[0xc1]).is_err());
    }
}
