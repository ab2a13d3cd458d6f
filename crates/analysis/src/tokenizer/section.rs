//! The tokenizer's section of the data file: the tables as plain little-endian bytes, and back.
//!
//! Checks shape, not sense; the data file's checksum guards the content.

use super::affix::{Affixes, Ahead, Body, Rule};
use super::class::{Mask, Segment};
use super::exception::{Exception, Piece};
use super::special::Specials;
use super::tokens::Lexeme;

/// Names the layout; changes with it.
const MAGIC: &[u8; 8] = b"TOKENS 2";

/// Everything that the section holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Character sets.
    pub segments: Vec<Segment>,
    /// The patterns.
    pub affixes: Affixes,
    /// Chunks with a fixed reading.
    pub exceptions: Vec<Exception>,
    /// Word id to norm id.
    pub norms: Vec<(u64, u64)>,
    /// Sequences of the second pass.
    pub specials: Specials,
    /// Where the sets and rules come from: not needed to run, but tests hold the scanners against them.
    pub patterns: Patterns,
}

/// The model's regular expressions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patterns {
    /// `prefix_search`.
    pub prefix: String,
    /// `suffix_search`.
    pub suffix: String,
    /// `infix_finditer`.
    pub infix: String,
    /// `url_match`.
    pub address: String,
}

impl Content {
    /// The section's bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer(MAGIC.to_vec());
        out.list(&self.segments, |out, segment| {
            out.u32(segment.start);
            out.u64(segment.mask);
        });
        for rules in [&self.affixes.prefixes, &self.affixes.suffixes, &self.affixes.infixes] {
            out.list(rules, Writer::rule);
        }
        out.list(&self.exceptions, |out, row| {
            out.str(&row.text);
            out.list(&row.pieces, Writer::piece);
        });
        out.list(&self.norms, |out, (word, norm)| {
            out.u64(*word);
            out.u64(*norm);
        });
        out.list(&self.specials.edges, |out, (from, by, to)| {
            out.u32(*from);
            out.u64(*by);
            out.u32(*to);
        });
        out.list(&self.specials.ends, |out, node| out.u32(*node));
        let Patterns { prefix, suffix, infix, address } = &self.patterns;
        [prefix, suffix, infix, address].into_iter().for_each(|pattern| out.str(pattern));
        out.0
    }

    /// What the bytes hold; `None` if they are not such a section.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader { rest: bytes.strip_prefix(MAGIC)? };
        let content = Self {
            segments: reader.list(|r| Some(Segment { start: r.u32()?, mask: r.u64()? }))?,
            affixes: Affixes {
                prefixes: reader.list(Reader::rule)?,
                suffixes: reader.list(Reader::rule)?,
                infixes: reader.list(Reader::rule)?,
            },
            exceptions: reader
                .list(|r| Some(Exception { text: r.str()?, pieces: r.list(Reader::piece)? }))?,
            norms: reader.list(|r| Some((r.u64()?, r.u64()?)))?,
            specials: Specials {
                edges: reader.list(|r| Some((r.u32()?, r.u64()?, r.u32()?)))?,
                ends: reader.list(Reader::u32)?,
            },
            patterns: Patterns {
                prefix: reader.str()?,
                suffix: reader.str()?,
                infix: reader.str()?,
                address: reader.str()?,
            },
        };
        (reader.rest.is_empty() && content.exceptions.iter().all(Exception::is_sound)).then_some(content)
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn u32(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    fn u64(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn str(&mut self, text: &str) {
        self.u32(text.len() as u32);
        self.0.extend(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.u32(items.len() as u32);
        items.iter().for_each(|item| write(self, item));
    }

    fn rule(&mut self, rule: &Rule<Mask>) {
        self.list(&rule.behind, |out, set| out.u64(*set));
        match &rule.body {
            Body::Class(set) => {
                self.u32(0);
                self.u64(*set);
            }
            Body::OneOf(strings) => {
                self.u32(1);
                self.list(strings, |out, string| out.str(string));
            }
            Body::Dots => self.u32(2),
        }
        let (kind, set) = match rule.ahead {
            Ahead::Any => (0, 0),
            Ahead::In(set) => (1, set),
            Ahead::NotIn(set) => (2, set),
        };
        self.u32(kind);
        self.u64(set);
    }

    fn piece(&mut self, piece: &Piece) {
        let Lexeme { orth, norm, prefix, suffix, shape, is_space } = piece.lexeme;
        self.u32(piece.length);
        self.u32(u32::from(piece.opens) | u32::from(is_space) << 1);
        [orth, norm, prefix, suffix, shape].into_iter().for_each(|id| self.u64(id));
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn u32(&mut self) -> Option<u32> {
        let (number, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u32::from_le_bytes(*number))
    }

    fn u64(&mut self) -> Option<u64> {
        let (number, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u64::from_le_bytes(*number))
    }

    fn str(&mut self) -> Option<String> {
        let length = self.u32()? as usize;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.u32()?).map(|_| read(self)).collect()
    }

    fn rule(&mut self) -> Option<Rule<Mask>> {
        let behind = self.list(Self::u64)?;
        let body = match self.u32()? {
            0 => Body::Class(self.u64()?),
            1 => Body::OneOf(self.list(Self::str)?),
            2 => Body::Dots,
            _ => return None,
        };
        let ahead = match (self.u32()?, self.u64()?) {
            (0, _) => Ahead::Any,
            (1, set) => Ahead::In(set),
            (2, set) => Ahead::NotIn(set),
            _ => return None,
        };
        Some(Rule { behind, body, ahead })
    }

    fn piece(&mut self) -> Option<Piece> {
        let (length, flags) = (self.u32()?, self.u32()?);
        let (orth, norm, prefix) = (self.u64()?, self.u64()?, self.u64()?);
        let (suffix, shape) = (self.u64()?, self.u64()?);
        let lexeme = Lexeme { orth, norm, prefix, suffix, shape, is_space: flags & 2 != 0 };
        Some(Piece { length, opens: flags & 1 != 0, lexeme })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Content {
        let lexeme = Lexeme { orth: 1, norm: 2, prefix: 3, suffix: 4, shape: 5, is_space: true };
        let rule = |body, ahead| Rule { behind: vec![8, 16], body, ahead };
        Content {
            segments: vec![Segment { start: 0, mask: 7 }],
            affixes: Affixes {
                prefixes: vec![rule(Body::Class(3), Ahead::Any)],
                suffixes: vec![rule(Body::OneOf(vec!["km²".into()]), Ahead::In(9))],
                infixes: vec![rule(Body::Dots, Ahead::NotIn(u64::MAX))],
            },
            exceptions: vec![Exception {
                text: "’s".into(),
                pieces: vec![Piece { length: "’s".len() as u32, opens: true, lexeme }],
            }],
            norms: vec![(u64::MAX, 1)],
            specials: Specials::new(&[vec![5, 6], vec![5]]),
            patterns: Patterns { prefix: "^a".into(), suffix: "b$".into(), ..Patterns::default() },
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Content::read(&sample().write()), Some(sample()));
    }

    #[test]
    fn pieces_that_do_not_fit_their_text_are_refused() {
        for lengths in [&[1, 3][..], &[3], &[5], &[]] {
            let mut content = sample();
            let piece = content.exceptions[0].pieces[0];
            content.exceptions[0].pieces =
                lengths.iter().map(|length| Piece { length: *length, ..piece }).collect();
            assert_eq!(Content::read(&content.write()), None, "{lengths:?}");
        }
    }

    #[test]
    fn a_cut_section_is_refused() {
        let bytes = sample().write();
        for end in 0..bytes.len() {
            assert_eq!(Content::read(&bytes[..end]), None, "cut at {end}");
        }
    }
}
