//! Hashed weights of a trained model: feature numbers to small integers, in an open-addressed table.
//!
//! Holds no text: a feature is a 32-bit hash, of which the table keeps a place and a 16-bit check. What a feature
//! means is known only to the code that computes it, the same for training and use.

use crate::Error;

/// `N` weights a feature, as bytes with one common scale.
#[derive(Clone, Debug)]
pub struct Weights<const N: usize> {
    checks: Vec<u16>,
    values: Vec<[i8; N]>,
    scale: f32,
}

impl<const N: usize> Weights<N> {
    /// Packs trained weights; rows that round to zero are left out.
    ///
    /// `scale` is the weight of one step; larger weights than 127 steps are cut.
    #[must_use]
    pub fn pack(rows: &[(u32, [f32; N])], scale: f32) -> Self {
        let step = |w: f32| (w / scale).round().clamp(-127.0, 127.0) as i8;
        let kept: Vec<(u32, [i8; N])> =
            rows.iter().map(|(f, w)| (*f, w.map(step))).filter(|(_, w)| *w != [0; N]).collect();
        let size = (kept.len() * 4 / 3 + 2).next_power_of_two();
        let mut table = Self { checks: vec![0; size], values: vec![[0; N]; size], scale };
        for (feature, weights) in kept {
            table.insert(feature, weights);
        }
        table
    }

    fn insert(&mut self, feature: u32, weights: [i8; N]) {
        let check = check(feature);
        let mut at = self.place(feature);
        while self.checks[at] != 0 && self.checks[at] != check {
            at = (at + 1) & (self.checks.len() - 1);
        }
        self.checks[at] = check;
        self.values[at] = weights;
    }

    fn place(&self, feature: u32) -> usize {
        feature as usize & (self.checks.len() - 1)
    }

    /// Adds the weights of `feature` to `sum`, in steps.
    pub fn add(&self, feature: u32, sum: &mut [i32; N]) {
        let check = check(feature);
        let mut at = self.place(feature);
        loop {
            match self.checks[at] {
                0 => return,
                c if c == check => break,
                _ => at = (at + 1) & (self.checks.len() - 1),
            }
        }
        for (sum, weight) in sum.iter_mut().zip(&self.values[at]) {
            *sum += i32::from(*weight);
        }
    }

    /// The scores of a set of features.
    #[must_use]
    pub fn score(&self, features: &[u32]) -> [f32; N] {
        let mut sum = [0; N];
        for feature in features {
            self.add(*feature, &mut sum);
        }
        sum.map(|steps| steps as f32 * self.scale)
    }

    /// Features kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.checks.iter().filter(|c| **c != 0).count()
    }

    /// Whether no feature is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends the table to `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.checks.len() as u32).to_le_bytes());
        out.extend(self.scale.to_le_bytes());
        for check in &self.checks {
            out.extend(check.to_le_bytes());
        }
        for row in &self.values {
            out.extend(row.iter().map(|w| *w as u8));
        }
    }

    /// Reads a table written by [`Weights::write`] from the front of `bytes`.
    ///
    /// # Errors
    /// When the bytes end early or the size is no power of two.
    pub fn read(file: &str, bytes: &mut &[u8]) -> Result<Self, Error> {
        let short = || Error::new(file, "the model is cut off");
        let size =
            u32::from_le_bytes(take(bytes, 4).ok_or_else(short)?.try_into().expect("four bytes")) as usize;
        let scale = f32::from_le_bytes(take(bytes, 4).ok_or_else(short)?.try_into().expect("four bytes"));
        if !size.is_power_of_two() {
            return Err(Error::new(file, "the model's table has a wrong size"));
        }
        let checks: Vec<u16> = take(bytes, size * 2)
            .ok_or_else(short)?
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        if !checks.contains(&0) {
            return Err(Error::new(file, "the model's table is overfull"));
        }
        let values = take(bytes, size * N)
            .ok_or_else(short)?
            .chunks_exact(N)
            .map(|row| std::array::from_fn(|at| row[at] as i8))
            .collect();
        Ok(Self { checks, values, scale })
    }
}

fn take<'b>(bytes: &mut &'b [u8], n: usize) -> Option<&'b [u8]> {
    let (head, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(head)
}

/// A second hash of the feature; never 0, which marks an empty place.
fn check(feature: u32) -> u16 {
    ((feature.wrapping_mul(0x9e37_79b1) >> 16) as u16).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_found_and_nothing_else() {
        let rows: Vec<(u32, [f32; 2])> =
            (1..2000u32).map(|n| (n.wrapping_mul(0x85eb_ca6b), [n as f32 / 100.0, -1.0])).collect();
        let table = Weights::pack(&rows, 0.2);
        let mut bytes = Vec::new();
        table.write(&mut bytes);
        let table = Weights::<2>::read("x", &mut bytes.as_slice()).expect("whole");
        for (feature, weights) in &rows {
            let have = table.score(&[*feature]);
            assert!((have[0] - weights[0]).abs() <= 0.1 + 1e-6 && (have[1] + 1.0).abs() < 1e-6, "{feature}");
        }
        let strangers = (1..2000u32).filter(|n| table.score(&[n.wrapping_mul(0x1234_5677)]) != [0.0, 0.0]);
        assert!(strangers.count() < 5);
        assert!(Weights::<2>::read("x", &mut &bytes[..bytes.len() - 1]).is_err());
    }
}
