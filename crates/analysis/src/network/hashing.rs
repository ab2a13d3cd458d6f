//! Which rows of an embedding table stand for a string id.
//!
//! MurmurHash3 (x64, 128 bit) of the eight bytes of the id, cut into four row numbers.

/// Four row numbers, not yet reduced to the size of a table.
#[must_use]
pub fn rows(key: u64, seed: u32) -> [u32; 4] {
    let mut h1 = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed);
    let mut h2 = u64::from(seed) ^ 8;
    h1 ^= 8;
    h1 = h1.wrapping_add(h2);
    h2 = mix(h2.wrapping_add(h1));
    h1 = mix(h1).wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut k: u64) -> u64 {
    k = (k ^ k >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    k = (k ^ k >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    k ^ k >> 33
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strings::id;

    /// Values printed by thinc 8.3.
    #[test]
    fn rows_are_those_of_thinc() {
        assert_eq!(rows(id("apple"), 8), [2_653_853_934, 3_922_826_080, 3_980_780_901, 3_736_755_472]);
        assert_eq!(rows(id("apple"), 13), [2_792_850_932, 3_526_035_406, 1_620_705_913, 924_540_727]);
    }
}
