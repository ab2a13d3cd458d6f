//! Greedy decisions over scored states: arcs and sentences, then names.

pub(crate) mod labels;
pub(crate) mod names;
pub(crate) mod parser;
mod transition;
pub(crate) mod tree;
