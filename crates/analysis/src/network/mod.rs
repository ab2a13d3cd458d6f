//! The networks: from features of tokens to vectors and scores.
//!
//! Decides nothing: tags, arcs and names are chosen in [`crate::parse`] and [`crate::tagging`].

pub(crate) mod cache;
pub(crate) mod encoder;
pub(crate) mod fixed;
pub(crate) mod hashing;
pub mod kernel;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod state;
pub(crate) mod weights;
