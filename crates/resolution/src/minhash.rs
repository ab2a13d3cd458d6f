//! Fingerprints of texts: near-equal word sequences have near-equal fingerprints (MinHash, Broder 1997).
//!
//! A fixed hash and fixed constants, so that two machines and two years agree.

use std::collections::BTreeMap;

/// Numbers in a fingerprint.
pub const WIDTH: usize = 64;
/// Fingerprints that share one band of so many numbers are compared.
const ROWS: usize = 2;
/// Words in a shingle: long enough to be rare, short enough to survive an editor.
const SHINGLE: usize = 3;

/// The fingerprint of a text's words; empty for a text without words.
#[must_use]
pub fn signature(text: &str) -> Vec<u32> {
    let words: Vec<String> = tolmach_situation::words::words(text).collect();
    of_shingles(words.windows(SHINGLE.min(words.len().max(1))).map(|shingle| shingle.join(" ")))
}

/// The fingerprint of a set of strings.
pub fn of_shingles(shingles: impl Iterator<Item = String>) -> Vec<u32> {
    let mut out = [u32::MAX; WIDTH];
    let mut is_empty = true;
    for shingle in shingles {
        is_empty = false;
        let hash = blake3::hash(shingle.as_bytes());
        let seed = u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("a BLAKE3 hash has 32 bytes"));
        for (n, low) in out.iter_mut().enumerate() {
            *low = (*low).min(mixed(seed, n as u64));
        }
    }
    if is_empty { Vec::new() } else { out.to_vec() }
}

/// The `n`th of a family of hash functions, made from one by SplitMix64's mixing (Steele et al. 2014).
fn mixed(seed: u64, n: u64) -> u32 {
    let mut z = seed ^ (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 32) as u32
}

/// Estimated share of shingles that two texts have in common, 0 to 1.
pub fn likeness(a: &[u32], b: &[u32]) -> f64 {
    if a.len() != WIDTH || b.len() != WIDTH {
        return 0.0;
    }
    a.iter().zip(b).filter(|(x, y)| x == y).count() as f64 / WIDTH as f64
}

/// Pairs (earlier, later) that share a band and pass `test`. Each member of a band is tried against the
/// band's first few members only, so the work is linear even when all texts are alike.
pub fn pairs(signatures: &[&[u32]], test: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    const TRIED: usize = 4;
    let mut bands: BTreeMap<(usize, &[u32]), Vec<usize>> = BTreeMap::new();
    let mut out = Vec::new();
    for (at, signature) in signatures.iter().enumerate() {
        let mut tried = Vec::new();
        for (band, rows) in signature.chunks_exact(ROWS).enumerate() {
            let members = bands.entry((band, rows)).or_default();
            for other in members.iter().copied().take(TRIED) {
                if !tried.contains(&other) {
                    tried.push(other);
                    if test(other, at) {
                        out.push((other, at));
                    }
                }
            }
            if members.len() < TRIED {
                members.push(at);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "The port authority said on Monday that two ferries had stopped sailing after a fire in \
        the engine room of one of them, and that the other would be inspected before the end of the week.";

    #[test]
    fn an_edited_copy_stays_near_and_another_story_far() {
        let copy = WIRE.replace("on Monday", "Monday").replace("two ferries", "two passenger ferries");
        let other = "Grain prices rose for a third week as exporters waited for the harvest to be counted.";
        assert!(likeness(&signature(WIRE), &signature(WIRE)) > 0.99);
        assert!(likeness(&signature(WIRE), &signature(&copy)) > 0.5);
        assert!(likeness(&signature(WIRE), &signature(other)) < 0.05);
    }

    #[test]
    fn fingerprints_never_change() {
        assert_eq!(signature("one two three four")[..3], [3_535_998_953, 469_917_637, 1_516_674_223]);
    }

    #[test]
    fn short_and_empty_texts_do_not_meet_everything() {
        assert!(signature("").is_empty());
        assert!(likeness(&signature(""), &signature("")) < 0.5);
        assert!(likeness(&signature("Yes"), &signature("No")) < 0.5);
    }

    #[test]
    fn equal_texts_meet_in_linear_work() {
        let same = signature(WIRE);
        let all: Vec<&[u32]> = vec![&same; 2000];
        let tests = std::cell::Cell::new(0usize);
        let found = pairs(&all, |_, _| {
            tests.set(tests.get() + 1);
            true
        });
        assert!(found.len() >= 1999 && tests.get() <= 4 * 2000, "{} tests", tests.get());
    }
}
