//! The only door to the world: data file, packages, and whatever else touches disk or clock.
//!
//! Knows no rule of language and no rule of politics.

pub mod data;
pub mod input;
