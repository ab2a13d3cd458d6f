//! A frozen view of a store: documents in a fixed order, statements reached by id.

use crate::{Body, DocumentKey, Judgement, Statement, StatementId};
use std::collections::BTreeMap;
use tolmach_document::{Document, Issue};

/// One version of a document as a store holds it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What stays when the text is corrected.
    pub identity: String,
    /// Key of this version.
    pub key: DocumentKey,
    /// The document.
    pub document: Document,
    /// 1 for the first version of its document.
    pub version: u32,
    /// Whether no later version exists.
    pub current: bool,
    /// When this version was first read, ISO 8601 in UTC.
    pub added: String,
    /// Who read it last.
    pub reader: String,
    /// What was read, in text order.
    pub statements: Vec<Statement>,
    /// What could not be understood: (code, message).
    pub issues: Vec<(String, String)>,
    /// Fingerprint of its words.
    pub signature: Vec<u32>,
}

impl Stored {
    /// Issues as a store keeps them.
    #[must_use]
    pub fn issues(issues: &[Issue]) -> Vec<(String, String)> {
        issues.iter().map(|issue| (issue.code.to_owned(), issue.message.clone())).collect()
    }

    /// Who published it, or its name where that is unknown.
    #[must_use]
    pub fn outlet(&self) -> &str {
        let id = &self.document.id;
        let file = id.rsplit(['/', '\\']).next().filter(|name| !name.is_empty()).unwrap_or(id);
        self.document.outlet.as_deref().unwrap_or(file)
    }

    /// The day of publication as it was given, or nothing.
    #[must_use]
    pub fn published(&self) -> Option<String> {
        let moment = self.document.published.as_ref()?;
        Some(match moment.precision {
            tolmach_document::Precision::Time => moment.date.to_string(),
            _ => moment.to_string(),
        })
    }
}

/// Where a statement stands in a snapshot: document and statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Index of its document.
    pub document: usize,
    /// Index in the document.
    pub statement: usize,
}

/// What queries see. Ordered by publication, outlet, name and content, never by arrival.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Documents by day of publication, undated ones last: nothing says that they were first.
    pub documents: Vec<Stored>,
    /// Judgements in the order they were made.
    pub judgements: Vec<Judgement>,
    places: BTreeMap<StatementId, At>,
}

impl Snapshot {
    /// Orders and indexes what a store holds.
    #[must_use]
    pub fn new(mut documents: Vec<Stored>, mut judgements: Vec<Judgement>) -> Self {
        documents.sort_by_cached_key(|d| {
            let meta = &d.document;
            (meta.published.is_none(), meta.published.clone(), meta.outlet.clone(), meta.id.clone(), d.version, d.key)
        });
        judgements.sort();
        let mut places = BTreeMap::new();
        for (document, stored) in documents.iter().enumerate() {
            for (statement, one) in stored.statements.iter().enumerate() {
                places.insert(one.id, At { document, statement });
            }
        }
        Self { documents, judgements, places }
    }

    /// Where the statement `id` stands.
    #[must_use]
    pub fn place(&self, id: StatementId) -> Option<At> {
        self.places.get(&id).copied()
    }

    /// The statement `id`.
    #[must_use]
    pub fn get(&self, id: StatementId) -> Option<&Statement> {
        self.place(id).map(|at| self.at(at))
    }

    /// The statement at a place of this snapshot.
    #[must_use]
    pub fn at(&self, at: At) -> &Statement {
        &self.documents[at.document].statements[at.statement]
    }

    /// Every statement with its document's index, in the snapshot's order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Statement)> {
        self.documents.iter().enumerate().flat_map(|(n, d)| d.statements.iter().map(move |s| (n, s)))
    }

    /// The documents that `name` may mean: by id, path, address, a start of the key, or words of the title.
    #[must_use]
    pub fn named(&self, name: &str) -> Vec<usize> {
        let exact = |d: &Stored| {
            let meta = &d.document;
            let fields = [Some(&meta.id), meta.path.as_ref(), meta.url.as_ref(), meta.title.as_ref()];
            fields.into_iter().flatten().any(|field| field == name)
        };
        let key = |d: &Stored| name.len() >= 4 && d.key.to_string().starts_with(name);
        let lower = name.to_lowercase();
        let part = |d: &Stored| {
            let meta = &d.document;
            let fields = [Some(&meta.id), meta.path.as_ref(), meta.title.as_ref()];
            fields.into_iter().flatten().any(|field| field.to_lowercase().contains(&lower))
        };
        let found = |test: &dyn Fn(&Stored) -> bool| -> Vec<usize> {
            (0..self.documents.len()).filter(|n| test(&self.documents[*n])).collect()
        };
        [found(&exact), found(&key), found(&part)].into_iter().find(|f| !f.is_empty()).unwrap_or_default()
    }

    /// The entity `id`.
    #[must_use]
    pub fn entity(&self, id: StatementId) -> Option<&crate::Entity> {
        match &self.get(id)?.body {
            Body::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// The attribution `id`.
    #[must_use]
    pub fn attribution(&self, id: StatementId) -> Option<&crate::Attribution> {
        match &self.get(id)?.body {
            Body::Attribution(attribution) => Some(attribution),
            _ => None,
        }
    }

    /// The time `id`.
    #[must_use]
    pub fn time(&self, id: StatementId) -> Option<&crate::Time> {
        match &self.get(id)?.body {
            Body::Time(time) => Some(time),
            _ => None,
        }
    }

    /// The place `id`.
    #[must_use]
    pub fn toponym(&self, id: StatementId) -> Option<&crate::Place> {
        match &self.get(id)?.body {
            Body::Place(place) => Some(place),
            _ => None,
        }
    }
}
