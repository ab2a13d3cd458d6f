//! Cuts one chunk, a run of text without white space or of nothing else, into tokens.
//!
//! Sees no neighbours: what depends on the words around is [`super::special`]'s.

use super::Tables;
use super::exception::Piece;
use super::lexeme::lexeme;
use super::url::is_address;

/// Memory that cutting needs, kept between chunks.
#[derive(Default)]
pub struct Workspace {
    /// The result: tokens in order, together as long as the chunk.
    pub pieces: Vec<Piece>,
    suffixes: Vec<Piece>,
    buffer: String,
}

impl Workspace {
    /// Cuts `chunk` into `self.pieces`; without `exceptions` as if there were none.
    pub fn cut(&mut self, chunk: &str, tables: &Tables, exceptions: bool) {
        self.pieces.clear();
        self.suffixes.clear();
        let exception = |text: &str| if exceptions { tables.exceptions.get(text) } else { None };
        let middle = self.strip(chunk, tables, exception);
        match exception(middle) {
            Some(pieces) => self.pieces.extend_from_slice(pieces),
            None => self.cut_middle(middle, tables),
        }
        self.pieces.extend(self.suffixes.drain(..).rev());
    }

    /// Takes prefixes and suffixes off until nothing comes off or an exception is left.
    fn strip<'a, 't>(
        &mut self,
        chunk: &'a str,
        tables: &'t Tables,
        exception: impl Fn(&str) -> Option<&'t [Piece]>,
    ) -> &'a str {
        let mut rest = chunk;
        while !rest.is_empty() && exception(rest).is_none() {
            let prefix = tables.affixes.prefix(rest, &tables.chars);
            let without_prefix = &rest[prefix..];
            if prefix > 0 && exception(without_prefix).is_some() {
                self.push(&rest[..prefix], tables);
                return without_prefix;
            }
            let suffix = tables.affixes.suffix(without_prefix, &tables.chars);
            let without_suffix = &rest[..rest.len() - suffix];
            if suffix > 0 {
                let piece = self.piece(&rest[without_suffix.len()..], tables);
                self.suffixes.push(piece);
                if exception(without_suffix).is_some() {
                    return without_suffix;
                }
            }
            if prefix > 0 {
                self.push(&rest[..prefix], tables);
            }
            if prefix + suffix == 0 {
                break;
            }
            rest = &without_suffix[prefix..];
        }
        rest
    }

    /// One address, or the parts between infixes with the infixes themselves.
    fn cut_middle(&mut self, middle: &str, tables: &Tables) {
        let (mut start, mut from) = (0, 0);
        let has_infix = tables.affixes.infix(middle, 0, &tables.chars).is_some();
        if has_infix && !is_address(middle, &tables.chars) {
            while let Some((at, end)) = tables.affixes.infix(middle, from, &tables.chars) {
                from = end;
                // spaCy passes over an infix at the very start and leaves it to the next part.
                if at == 0 {
                    continue;
                }
                if at > start {
                    self.push(&middle[start..at], tables);
                }
                self.push(&middle[at..end], tables);
                start = end;
            }
        }
        if start < middle.len() {
            self.push(&middle[start..], tables);
        }
    }

    fn push(&mut self, word: &str, tables: &Tables) {
        let piece = self.piece(word, tables);
        self.pieces.push(piece);
    }

    fn piece(&mut self, word: &str, tables: &Tables) -> Piece {
        let lexeme = lexeme(word, &tables.chars, &tables.norms, &mut self.buffer);
        Piece { length: word.len() as u32, opens: tables.specials.opens(lexeme.orth), lexeme }
    }
}
