//! The tolmach program.
fn main() {}
