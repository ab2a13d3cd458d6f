//! What follows for each word from its form, tag and label: part of speech and lemma.

mod attributes;
pub(crate) mod lemma;
mod morph;
pub(crate) mod rules;
mod word_list;

pub(crate) use attributes::{Attributes, Tagged};
