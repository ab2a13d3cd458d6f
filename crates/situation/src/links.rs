//! What resolution found across documents: who is one actor, which documents and claims repeat each other.
//! Derived from statements and judgements; thrown away and made anew at will.

use crate::StatementId;
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::EntityKind;

/// Index of an [`Actor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorId(pub usize);

/// One actor of the situation, whatever documents call it.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Best name.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityKind,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// CAMEO actor code.
    pub code: Option<String>,
    /// Every name it goes by, folded.
    pub names: BTreeSet<String>,
    /// Its entities, one a document.
    pub entities: Vec<StatementId>,
    /// Whether it has a name of its own, and is not only described ("officials").
    pub is_named: bool,
}

/// What belongs together across documents.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Actors by name.
    pub actors: Vec<Actor>,
    /// The actor of every entity.
    pub actor_of: BTreeMap<StatementId, ActorId>,
    /// Documents that print one text: groups of indices, first published first, each of two or more.
    pub reprints: Vec<Vec<usize>>,
    /// Attributions that report the same words of the same source: groups of two or more.
    pub echoes: Vec<Vec<StatementId>>,
}

impl Links {
    /// The actor of an entity.
    #[must_use]
    pub fn actor(&self, entity: StatementId) -> Option<&Actor> {
        self.actor_of.get(&entity).map(|id| &self.actors[id.0])
    }

    /// The actors that `name` means: by one of their names, else by words of one of their names.
    #[must_use]
    pub fn named(&self, name: &str) -> BTreeSet<ActorId> {
        let name = crate::words::fold(name);
        let those = |test: &dyn Fn(&str) -> bool| -> BTreeSet<ActorId> {
            let found = self.actors.iter().enumerate().filter(|(_, a)| a.names.iter().any(|n| test(n)));
            found.map(|(at, _)| ActorId(at)).collect()
        };
        let exact = those(&|one| one == name);
        if exact.is_empty() { those(&|one| crate::words::holds(one, &name)) } else { exact }
    }
}
