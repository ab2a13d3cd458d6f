//! The only door to the world: files, clock, dossier store, settings, data file, packages.
//!
//! Knows no rule of language and no rule of politics.

#![allow(clippy::disallowed_methods)] // This is the room where they are allowed.

pub mod clock;
pub mod data;
pub mod dossier;
pub mod input;
pub mod settings;
pub mod setup;

pub use dossier::Dossier;
