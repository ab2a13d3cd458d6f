//! Toponyms and the places they resolve to.

use crate::Context;
use tolmach_document::{Entity, Mention, Place, Table};

/// Places sorted by range.
pub fn find(_ctx: Context<'_>, _mentions: &Table<Mention>, _entities: &Table<Entity>) -> Table<Place> {
    Table::new()
}
