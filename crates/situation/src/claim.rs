//! Who says what, and through whom: attributions as claims, each with its chain from the speaker to the outlet.
//!
//! Says nothing of whether a claim is true.

use crate::picture::day;
use crate::{Attribution, Body, Passage, Picture, Question, Statement, StatementId};
use tolmach_document::{AttributionKind, Certainty, Interval, Stance};

/// One claim as told in one document.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its statement.
    pub id: StatementId,
    /// Index of the document.
    pub document: usize,
    /// From the speaker to the outlet; never empty.
    pub chain: Vec<Link>,
    /// How the words are given.
    pub kind: AttributionKind,
    /// What the source does to the content.
    pub stance: Stance,
    /// The lemma of the reporting word.
    pub cue: String,
    /// What the source commits to.
    pub certainty: Certainty,
    /// The days it was said, where the text tells.
    pub said: Option<Interval>,
    /// What is said, verbatim.
    pub content: Passage,
    /// The whole sentence with its attribution.
    pub sentence: Passage,
    /// Claims of this document that it denies.
    pub denies: Vec<StatementId>,
    /// Claims that deny it.
    pub denied_by: Vec<StatementId>,
    /// Other documents that carry the same claim, or print the same text.
    pub also_in: Vec<usize>,
    /// Whether the content says nothing without the claim that it takes up ("denied this").
    pub is_hollow: bool,
    /// The rule that found it.
    pub rule: String,
}

/// One station on the way of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Name, or the text's words where it has none.
    pub name: String,
    /// As what it stands there.
    pub part: Part,
    /// Whether it has a name of its own; "officials" has none.
    pub is_named: bool,
}

/// Parts in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Whose words they are.
    Speaker,
    /// The medium it was said in or through.
    Channel,
    /// Who passes them on inside the document.
    Carrier,
    /// Who published the document.
    Outlet,
}

impl Part {
    /// Name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Part::Speaker => "speaker",
            Part::Channel => "channel",
            Part::Carrier => "carrier",
            Part::Outlet => "outlet",
        }
    }
}

/// From so many words on, reported words are understood without their sentence.
const CLEAR: usize = 6;

impl Claim {
    /// "Speaker ← channel ← carrier ← outlet".
    #[must_use]
    pub fn chain_line(&self) -> String {
        line(&self.chain)
    }

    /// Whose words they are, if the text tells.
    #[must_use]
    pub fn speaker(&self) -> Option<&Link> {
        self.chain.first().filter(|link| link.part == Part::Speaker)
    }

    /// The words to show: the content, or its whole sentence where the content alone would not be understood.
    #[must_use]
    pub fn words(&self, picture: &Picture) -> &Passage {
        let is_denial = matches!(self.stance, Stance::Deny | Stance::Doubt);
        let words = picture.words(self.document, &self.content.shown);
        let is_short = words.split_whitespace().count() < CLEAR && self.kind != AttributionKind::Direct;
        // "refused to endorse the annexation": without its verb the content says the opposite.
        let is_bare = words.starts_with("to ");
        if is_denial || is_short || is_bare { &self.sentence } else { &self.content }
    }

    /// The day it was said, else the day it was published.
    #[must_use]
    pub fn days(&self, picture: &Picture) -> Option<Interval> {
        self.said.or_else(|| picture.published(self.document).map(day))
    }
}

/// A chain on one line, innermost first.
#[must_use]
pub fn line(chain: &[Link]) -> String {
    chain.iter().map(|link| link.name.as_str()).collect::<Vec<_>>().join(" ← ")
}

/// The claims asked for, in order of publication and text. Of claims that say the same only the first
/// published is listed, with the other documents beside it; what says nothing by itself is listed where it
/// denies another claim.
#[must_use]
pub fn claims(picture: &Picture, question: &Question) -> Vec<Claim> {
    let about = picture.about(question);
    let mut out = Vec::new();
    for (document, statement) in picture.iter() {
        let Body::Attribution(attribution) = &statement.body else { continue };
        let is_first = picture.echoes(statement.id)[0] == statement.id;
        let says = !attribution.hollow || !attribution.denies.is_empty();
        if !is_first || !says || !about.holds(picture, document, statement) {
            continue;
        }
        let claim = claim(picture, document, statement, attribution);
        if question.covers(claim.days(picture)) {
            out.push(claim);
        }
    }
    question.take(out)
}

/// The claim that a statement makes, if it is an attribution.
#[must_use]
pub fn find(picture: &Picture, id: StatementId) -> Option<Claim> {
    let at = picture.snapshot.place(id)?;
    let statement = picture.snapshot.at(at);
    let Body::Attribution(attribution) = &statement.body else { return None };
    Some(claim(picture, at.document, statement, attribution))
}

fn claim(picture: &Picture, document: usize, statement: &Statement, a: &Attribution) -> Claim {
    let text = &picture.snapshot.documents[document].document.text;
    let content = Passage::exact(document, a.content.clone());
    Claim {
        id: statement.id,
        document,
        chain: chain(picture, document, statement.id),
        kind: a.kind,
        stance: a.stance,
        cue: a.cue_lemma.clone(),
        certainty: a.certainty,
        said: picture.interval(a.time.filter(|time| !is_within(picture, *time, a))),
        sentence: Passage::new(document, text, statement.sentence, content.shown.clone()),
        content,
        denies: a.denies.clone(),
        denied_by: picture.denied_by(statement.id),
        also_in: also_in(picture, document, statement.id),
        is_hollow: a.hollow,
        rule: statement.rule.clone(),
    }
}

/// Whether a time stands in what is said: then it dates the thing told, not the telling.
fn is_within(picture: &Picture, time: StatementId, a: &Attribution) -> bool {
    let range = picture.snapshot.place(time).map(|at| picture.snapshot.at(at).range);
    range.is_some_and(|range| a.content.iter().any(|content| content.contains(range)))
}

/// The other documents that carry a claim: by their own words or as reprints.
fn also_in(picture: &Picture, document: usize, id: StatementId) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for echo in picture.echoes(id) {
        let holder = picture.snapshot.place(echo).map_or(document, |at| at.document);
        out.extend(picture.prints(holder));
    }
    out.extend(picture.prints(document));
    out.sort_unstable();
    out.dedup();
    out.retain(|other| *other != document);
    out
}

/// The stations of an attribution from its speaker to the outlet.
///
/// Follows parents outwards; a station that repeats the one before it is left out, and a circle ends.
#[must_use]
pub fn chain(picture: &Picture, document: usize, id: StatementId) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    let mut push = |link: Link| {
        if out.last().is_none_or(|last| last.name != link.name) {
            out.push(link);
        }
    };
    let mut next = Some(id);
    let mut seen = Vec::new();
    while let Some(at) = next.filter(|at| !seen.contains(at)) {
        let Some(attribution) = picture.snapshot.attribution(at) else { break };
        let part = if seen.is_empty() { Part::Speaker } else { Part::Carrier };
        if let Some(source) = &attribution.source {
            push(station(picture, document, source, part));
        }
        if let Some(name) = attribution.channel.and_then(|channel| picture.name(channel)) {
            push(Link { name: name.to_owned(), part: Part::Channel, is_named: true });
        }
        seen.push(at);
        next = attribution.parent;
    }
    let outlet = picture.snapshot.documents[document].outlet().to_owned();
    push(Link { name: outlet, part: Part::Outlet, is_named: true });
    out
}

fn station(picture: &Picture, document: usize, source: &crate::Source, part: Part) -> Link {
    let named = source.entity.filter(|entity| picture.is_named(*entity));
    match named.and_then(|entity| picture.name(entity)) {
        Some(name) => Link { name: name.to_owned(), part, is_named: true },
        None => Link { name: picture.words(document, &source.ranges), part, is_named: false },
    }
}
