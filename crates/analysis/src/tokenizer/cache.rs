//! The readings of chunks that a worker has met, bounded and without locks.
//!
//! Changes no result, only time. When it is full it forgets everything: the frequent words are back at once.

use super::exception::Piece;
use crate::strings::murmur64a;

/// Chunks kept.
const ENTRIES: usize = 1 << 14;
/// Tokens kept over all chunks.
const PIECES: usize = 1 << 15;
/// Bytes of text kept over all chunks.
const BYTES: usize = 1 << 18;
/// Longer chunks are not kept: they do not come back.
const LONGEST: usize = 64;
const SLOTS: usize = ENTRIES * 2;

/// At most 2.6 MB: 1.8 for tokens, 0.4 for chunks, 0.3 for text, 0.1 for slots.
#[derive(Default)]
pub struct Cache {
    slots: Vec<u16>,
    entries: Vec<Entry>,
    pieces: Vec<Piece>,
    text: Vec<u8>,
}

struct Entry {
    hash: u64,
    text: u32,
    first_piece: u32,
    n_bytes: u16,
    n_pieces: u16,
}

impl Cache {
    /// The tokens of `chunk`, from `cut` if they are not known yet.
    pub fn get<'a>(&'a mut self, chunk: &str, cut: impl FnOnce() -> &'a [Piece]) -> &'a [Piece] {
        if chunk.len() > LONGEST {
            return cut();
        }
        let hash = murmur64a(chunk.as_bytes(), 0);
        match self.find(chunk, hash) {
            Ok(entry) => self.pieces_of(entry),
            Err(slot) => {
                let pieces = cut();
                self.keep(chunk, hash, slot, pieces);
                pieces
            }
        }
    }

    fn pieces_of(&self, entry: usize) -> &[Piece] {
        let entry = &self.entries[entry];
        &self.pieces[entry.first_piece as usize..][..usize::from(entry.n_pieces)]
    }

    /// The entry of `chunk`, or the slot where it belongs.
    fn find(&self, chunk: &str, hash: u64) -> Result<usize, usize> {
        let mut slot = hash as usize % SLOTS;
        loop {
            let Some(entry) = self.slots.get(slot).and_then(|at| usize::from(*at).checked_sub(1)) else {
                return Err(slot);
            };
            let Entry { hash: have, text, n_bytes, .. } = self.entries[entry];
            if have == hash && &self.text[text as usize..][..usize::from(n_bytes)] == chunk.as_bytes() {
                return Ok(entry);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    fn keep(&mut self, chunk: &str, hash: u64, slot: usize, pieces: &[Piece]) {
        let mut slot = slot;
        let full = self.entries.len() == ENTRIES
            || self.pieces.len() + pieces.len() > PIECES
            || self.text.len() + chunk.len() > BYTES;
        if full || self.slots.is_empty() {
            self.forget();
            slot = hash as usize % SLOTS;
        }
        self.entries.push(Entry {
            hash,
            text: self.text.len() as u32,
            first_piece: self.pieces.len() as u32,
            n_bytes: chunk.len() as u16,
            n_pieces: pieces.len() as u16,
        });
        self.slots[slot] = self.entries.len() as u16;
        self.text.extend_from_slice(chunk.as_bytes());
        self.pieces.extend_from_slice(pieces);
    }

    fn forget(&mut self) {
        self.slots.clear();
        self.entries.clear();
        self.pieces.clear();
        self.text.clear();
        self.slots.resize(SLOTS, 0);
        self.entries.reserve_exact(ENTRIES);
        self.pieces.reserve_exact(PIECES);
        self.text.reserve_exact(BYTES);
    }
}
