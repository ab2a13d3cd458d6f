//! What is the state of affairs, and on whose word? Statements and judgements, snapshots, questions.
//!
//! A [`Statement`] is one row read from one document: where, by which rule, what; its id is a hash of just
//! that, so reading twice adds nothing. A [`Judgement`] says how statements relate and never edits them.
//! A [`Snapshot`] is a frozen view of a [`Storage`]; a [`Picture`] is a snapshot with its [`Links`], and
//! everything a user sees is computed from it: [`claim`], [`happening`], [`figure`], [`origin`], [`brief`].
//!
//! Knows nothing of grammar, files, clocks or databases.
#![warn(missing_docs)]

pub mod brief;
pub mod claim;
pub mod figure;
mod format;
pub mod happening;
mod hash;
mod intake;
mod judgement;
mod links;
mod memory;
pub mod origin;
mod passage;
mod picture;
mod snapshot;
pub mod source;
mod statement;
mod storage;
pub mod tie;
pub mod when;
pub mod words;

pub use format::{FormatError, decode, encode};
pub use hash::{DocumentKey, StatementId};
pub use intake::{document_key, state};
pub use judgement::{Judgement, Verdict};
pub use links::{Actor, ActorId, Links};
pub use memory::Memory;
pub use passage::{Passage, Quote};
pub use picture::{Picture, Question};
pub use snapshot::{At, Snapshot, Stored};
pub use statement::*;
pub use storage::{Outcome, Report, Scope, Standing, Storage};
