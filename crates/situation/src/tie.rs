//! Standing relations between actors: who holds which office, who leads, trades with, depends on whom.

use crate::claim::{self, Link};
use crate::picture::day;
use crate::{Body, Passage, Picture, Question, Statement, StatementId};
use tolmach_document::{Interval, TieKind};

/// One relation as told once.
#[derive(Clone, Debug)]
pub struct Bond {
    /// Its statement.
    pub id: StatementId,
    /// Index of the document.
    pub document: usize,
    /// Which.
    pub kind: TieKind,
    /// From whom.
    pub a: String,
    /// To whom.
    pub b: String,
    /// When it held.
    pub days: Option<Interval>,
    /// Who says so; `None`: the document's own voice.
    pub chain: Option<Vec<Link>>,
    /// The words.
    pub passage: Passage,
    /// The rule that read it.
    pub rule: String,
}

/// The ties asked for, by kind and names.
#[must_use]
pub fn ties(picture: &Picture, question: &Question) -> Vec<Bond> {
    let about = picture.about(question);
    let mut out = Vec::new();
    for (document, statement) in picture.iter() {
        let Body::Tie(tie) = &statement.body else { continue };
        if picture.reprint_source(document).is_some() || !about.holds(picture, document, statement) {
            continue;
        }
        let Some(bond) = bond(picture, document, statement, tie) else { continue };
        if question.covers(bond.days.or_else(|| picture.published(document).map(day))) {
            out.push(bond);
        }
    }
    out.sort_by(|x, y| (x.kind, &x.a, &x.b).cmp(&(y.kind, &y.a, &y.b)));
    question.take(out)
}

fn bond(picture: &Picture, document: usize, statement: &Statement, tie: &crate::Tie) -> Option<Bond> {
    let text = &picture.snapshot.documents[document].document.text;
    Some(Bond {
        id: statement.id,
        document,
        kind: tie.kind,
        a: picture.name(tie.a)?.to_owned(),
        b: picture.name(tie.b)?.to_owned(),
        days: picture.interval(tie.time),
        chain: tie.attribution.map(|id| claim::chain(picture, document, id)),
        passage: Passage::new(document, text, statement.sentence, vec![statement.range]),
        rule: statement.rule.clone(),
    })
}
