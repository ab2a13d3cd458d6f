//! The only door to the world: data file, packages, and whatever else touches disk or clock.
//!
//! Knows no rule of language and no rule of politics.

#![allow(clippy::disallowed_methods)] // This is the room where they are allowed.

pub mod data;
pub mod input;
pub mod setup;
