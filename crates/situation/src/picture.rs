//! A snapshot with its links, and the question that every query answers about it.

use crate::{Actor, ActorId, At, Body, Links, Snapshot, Statement, StatementId};
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::{Date, Form, Interval, TextRange};

/// What the reader wants to see.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Only what concerns this actor, by any of its names, or has these words in it.
    pub about: Option<String>,
    /// Only from this day on.
    pub since: Option<Date>,
    /// Only up to and including this day.
    pub until: Option<Date>,
    /// At most so many rows.
    pub limit: Option<usize>,
}

/// A snapshot and what belongs together in it.
pub struct Picture<'s> {
    /// What was read.
    pub snapshot: &'s Snapshot,
    /// What belongs together.
    pub links: &'s Links,
    reprint_of: BTreeMap<usize, usize>,
    echo_of: BTreeMap<StatementId, usize>,
    denied_by: BTreeMap<StatementId, Vec<StatementId>>,
    skipped: Vec<Vec<TextRange>>,
}

impl<'s> Picture<'s> {
    /// Joins the two and indexes who denies what.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot, links: &'s Links) -> Self {
        let mut denied_by: BTreeMap<StatementId, Vec<StatementId>> = BTreeMap::new();
        for (_, statement) in snapshot.iter() {
            if let Body::Attribution(attribution) = &statement.body {
                for denied in &attribution.denies {
                    denied_by.entry(*denied).or_default().push(statement.id);
                }
            }
        }
        let groups = |groups: &'s [Vec<usize>]| groups.iter().enumerate();
        let reprint_of = groups(&links.reprints).flat_map(|(n, group)| group.iter().map(move |d| (*d, n)));
        let echoes = links.echoes.iter().enumerate();
        let echo_of = echoes.flat_map(|(n, group)| group.iter().map(move |id| (*id, n)));
        Self {
            snapshot,
            links,
            reprint_of: reprint_of.collect(),
            echo_of: echo_of.collect(),
            denied_by,
            skipped: snapshot.documents.iter().map(skipped).collect(),
        }
    }

    /// Whether the statement stands in furniture or in a sentence that its document has already printed.
    #[must_use]
    pub fn is_skipped(&self, document: usize, statement: &Statement) -> bool {
        self.skipped[document].iter().any(|region| region.contains(statement.range))
    }

    /// The statements that questions are asked of, with their documents.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'s Statement)> {
        self.snapshot.iter().filter(|(document, statement)| !self.is_skipped(*document, statement))
    }

    /// The document that first printed this document's text, if this one is a reprint of another.
    #[must_use]
    pub fn reprint_source(&self, document: usize) -> Option<usize> {
        let group = &self.links.reprints[*self.reprint_of.get(&document)?];
        (group[0] != document).then_some(group[0])
    }

    /// All documents that print this document's text, itself included, first published first.
    #[must_use]
    pub fn prints(&self, document: usize) -> Vec<usize> {
        self.reprint_of.get(&document).map_or_else(|| vec![document], |n| self.links.reprints[*n].clone())
    }

    /// All attributions that report the same words of the same source, itself included.
    #[must_use]
    pub fn echoes(&self, id: StatementId) -> Vec<StatementId> {
        self.echo_of.get(&id).map_or_else(|| vec![id], |n| self.links.echoes[*n].clone())
    }

    /// Attributions that deny `id` or something that says the same.
    #[must_use]
    pub fn denied_by(&self, id: StatementId) -> Vec<StatementId> {
        let all: BTreeSet<StatementId> = self
            .echoes(id)
            .iter()
            .filter_map(|echo| self.denied_by.get(echo))
            .flatten()
            .copied()
            .filter(|denial| *denial != id)
            .collect();
        let mut all: Vec<StatementId> = all.into_iter().collect();
        all.sort_by_key(|denial| self.snapshot.place(*denial));
        all
    }

    /// The actor of an entity.
    #[must_use]
    pub fn actor(&self, entity: StatementId) -> Option<&'s Actor> {
        self.links.actor(entity)
    }

    /// What to call an entity: its actor's name.
    #[must_use]
    pub fn name(&self, entity: StatementId) -> Option<&'s str> {
        self.actor(entity).map(|actor| actor.name.as_str())
    }

    /// The words of `ranges` of a document, joined by "…".
    #[must_use]
    pub fn words(&self, document: usize, ranges: &[TextRange]) -> String {
        let text = &self.snapshot.documents[document].document.text;
        let parts: Vec<String> = ranges.iter().map(|range| crate::words::one_line(&text[*range])).collect();
        parts.join(" … ")
    }

    /// The actors that take part in a statement or are mentioned in its sentences.
    #[must_use]
    pub fn involved(&self, at: At) -> BTreeSet<ActorId> {
        let stored = &self.snapshot.documents[at.document];
        let range = stored.statements[at.statement].sentence;
        let mut out = BTreeSet::new();
        for statement in &stored.statements {
            let Body::Entity(entity) = &statement.body else { continue };
            if entity.mentions.iter().any(|m| range.contains(m.range)) {
                out.extend(self.links.actor_of.get(&statement.id));
            }
        }
        let mut body = stored.statements[at.statement].body.clone();
        body.visit_references(&mut |id| out.extend(self.links.actor_of.get(id)));
        out
    }

    /// A test of whether a statement concerns what the question is about.
    #[must_use]
    pub fn about(&self, question: &Question) -> About {
        let Some(name) = &question.about else { return About(None) };
        let actors = self.links.named(name);
        let words = crate::words::fold(name);
        let mut sentences: BTreeMap<usize, Vec<TextRange>> = BTreeMap::new();
        let mut statements = BTreeSet::new();
        for (document, statement) in self.snapshot.iter() {
            let Body::Entity(entity) = &statement.body else { continue };
            if self.links.actor_of.get(&statement.id).is_some_and(|id| actors.contains(id)) {
                statements.insert(statement.id);
                sentences.entry(document).or_default().extend(entity.mentions.iter().map(|m| m.range));
            }
        }
        sentences.values_mut().for_each(|ranges| ranges.sort());
        About(Some(Wanted { entities: statements, mentions: sentences, words }))
    }

    /// The days of a time, if it names days.
    #[must_use]
    pub fn interval(&self, time: Option<StatementId>) -> Option<Interval> {
        self.snapshot.time(time?)?.interval
    }

    /// The day a document was published.
    #[must_use]
    pub fn published(&self, document: usize) -> Option<Date> {
        self.snapshot.documents[document].document.published.as_ref().map(|moment| moment.date)
    }

    /// Whether an entity has a name in its document.
    #[must_use]
    pub fn is_named(&self, entity: StatementId) -> bool {
        let named = |e: &crate::Entity| e.registry.is_some() || e.mentions.iter().any(|m| m.form == Form::Name);
        self.snapshot.entity(entity).is_some_and(named)
    }
}

fn skipped(stored: &crate::Stored) -> Vec<TextRange> {
    use tolmach_document::RegionKind::{Boilerplate, Byline, Caption, Duplicate};
    let regions = stored.statements.iter().filter_map(|statement| match &statement.body {
        Body::Region(region) if matches!(region.kind, Boilerplate | Duplicate | Byline | Caption) => {
            Some(statement.range)
        }
        _ => None,
    });
    regions.collect()
}

/// Whether a statement concerns what was asked about.
pub struct About(Option<Wanted>);

struct Wanted {
    entities: BTreeSet<StatementId>,
    mentions: BTreeMap<usize, Vec<TextRange>>,
    words: String,
}

impl About {
    /// Whether `statement` of `document` refers to, mentions or words what was asked about.
    #[must_use]
    pub fn holds(&self, picture: &Picture, document: usize, statement: &Statement) -> bool {
        let Some(wanted) = &self.0 else { return true };
        let mut body = statement.body.clone();
        let mut refers = false;
        body.visit_references(&mut |id| refers |= wanted.entities.contains(id));
        if refers {
            return true;
        }
        let inside = |ranges: &Vec<TextRange>| {
            let from = ranges.partition_point(|m| m.start() < statement.sentence.start());
            ranges.get(from).is_some_and(|m| statement.sentence.contains(*m))
        };
        wanted.mentions.get(&document).is_some_and(inside) || {
            let text = &picture.snapshot.documents[document].document.text;
            crate::words::holds(&crate::words::fold(&text[statement.sentence]), &wanted.words)
        }
    }
}

impl Question {
    /// Whether days that begin before `until` and end after `since` were asked for; without limits all are.
    #[must_use]
    pub fn covers(&self, days: Option<Interval>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(days) = days else { return false };
        self.since.is_none_or(|since| days.end > since) && self.until.is_none_or(|until| days.start <= until)
    }

    /// The rows asked for.
    #[must_use]
    pub fn take<Row>(&self, mut rows: Vec<Row>) -> Vec<Row> {
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        rows
    }
}

/// The one day `date` as days.
#[must_use]
pub(crate) fn day(date: Date) -> Interval {
    Interval { start: date, end: date.tomorrow().unwrap_or(date) }
}
