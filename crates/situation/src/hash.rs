//! Ids that are hashes of content. No counter, no clock: equal content has equal ids everywhere.

use std::fmt;

macro_rules! hash_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The id of these bytes.
            #[must_use]
            pub fn of(parts: &[&[u8]]) -> Self {
                Self(digest(parts))
            }

            /// The id that `hex` writes in 32 lower-case digits.
            #[must_use]
            pub fn parse(hex: &str) -> Option<Self> {
                let mut out = [0; 16];
                if hex.len() != 32 || !hex.is_ascii() {
                    return None;
                }
                for (at, byte) in out.iter_mut().enumerate() {
                    *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
                }
                Some(Self(out))
            }

            /// The first eight hexadecimal digits: enough to tell apart on a screen.
            #[must_use]
            pub fn short(&self) -> String {
                self.to_string()[..8].to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.short())
            }
        }
    };
}

hash_id!(
    /// Names a [`crate::Statement`] by what it says, where it was read and by which rule.
    StatementId
);
hash_id!(
    /// Names one version of a document by its text and metadata.
    DocumentKey
);

/// BLAKE3 over the parts, each preceded by its length, cut to 16 bytes.
fn digest(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().as_bytes()[..16].try_into().expect("a BLAKE3 hash has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_flow_into_each_other() {
        assert_ne!(DocumentKey::of(&[b"ab", b"c"]), DocumentKey::of(&[b"a", b"bc"]));
        let id = DocumentKey::of(&[b"x"]);
        assert_eq!(DocumentKey::parse(&id.to_string()), Some(id));
        for bad in ["", "zz", "é00000000000000000000000000000", "0000000000000000000000000000000g"] {
            assert_eq!(DocumentKey::parse(bad), None, "{bad}");
        }
    }
}
