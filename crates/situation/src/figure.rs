//! Amounts of one thing over time: which changed, which disagree. Never averaged, never dropped.

use crate::picture::day;
use crate::{Body, Passage, Picture, Quantity, Question, Statement, StatementId, words};
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::{Bound, Direction, Interval, TextRange};

/// One amount as told once.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its statement.
    pub id: StatementId,
    /// Index of the document.
    pub document: usize,
    /// Value, or the lower end.
    pub value: f64,
    /// Upper end.
    pub high: Option<f64>,
    /// Unit.
    pub unit: Option<String>,
    /// What the number bounds.
    pub bound: Bound,
    /// Stated change.
    pub direction: Option<Direction>,
    /// What is measured, in the text's words.
    pub of: Option<String>,
    /// When it held, as the text says.
    pub days: Option<Interval>,
    /// The words.
    pub passage: Passage,
    /// The rule that read it.
    pub rule: String,
    sentence: TextRange,
}

/// Amounts of one thing: in order of time, then publication.
#[derive(Clone, Debug)]
pub struct Series {
    /// Two or more.
    pub figures: Vec<Figure>,
}

impl Figure {
    /// "about 1,500,000 TEU": the value as the text bounds it.
    #[must_use]
    pub fn amount(&self, picture: &Picture) -> String {
        let number = match self.high {
            Some(high) => format!("{}–{}", grouped(self.value), grouped(high)),
            None => grouped(self.value),
        };
        let bound = match self.bound {
            Bound::Exact | Bound::Range => "",
            Bound::Approx => "about ",
            Bound::Min => "at least ",
            Bound::Max => "at most ",
        };
        match self.unit.as_deref() {
            Some("%") => format!("{bound}{number}%"),
            Some(unit) => format!("{bound}{number} {}", self.inflected(unit, picture)),
            None => format!("{bound}{number}"),
        }
    }

    /// The unit as the text bends it: "Russians", where the unit is "Russian".
    fn inflected(&self, unit: &str, picture: &Picture) -> String {
        let (before, last) = unit.rsplit_once(' ').map_or(("", unit), |(before, last)| (before, last));
        let text = picture.words(self.document, &self.passage.focus);
        let bends = |word: &&str| word.len() <= last.len() + 3 && word.get(..last.len()).is_some_and(|w| w == last);
        let word = text.split(|c: char| !c.is_alphanumeric()).rfind(bends).unwrap_or(last);
        if before.is_empty() { word.to_owned() } else { format!("{before} {word}") }
    }

    /// Lowest and highest value that the wording allows.
    fn span(&self) -> (f64, f64) {
        match self.bound {
            Bound::Exact => (self.value, self.value),
            Bound::Approx => (self.value * 0.9, self.value * 1.1),
            Bound::Min => (self.value, f64::INFINITY),
            Bound::Max => (f64::NEG_INFINITY, self.value),
            Bound::Range => (self.value, self.high.unwrap_or(self.value)),
        }
    }

    fn agrees(&self, other: &Figure) -> bool {
        let ((a, b), (c, d)) = (self.span(), other.span());
        a <= d && c <= b
    }
}

/// A number with its thousands apart and no more than two decimals.
fn grouped(value: f64) -> String {
    let rounded = format!("{:.2}", value.abs());
    let (whole, cents) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut out = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) && whole.len() > 4 {
            out.push(',');
        }
        out.push(digit);
    }
    let cents = cents.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if cents.is_empty() { format!("{sign}{out}") } else { format!("{sign}{out}.{cents}") }
}

/// The amounts asked for, in order of publication and text.
#[must_use]
pub fn figures(picture: &Picture, question: &Question) -> Vec<Figure> {
    question.take(all(picture, question))
}

fn all(picture: &Picture, question: &Question) -> Vec<Figure> {
    let about = picture.about(question);
    let mut out = Vec::new();
    for (document, statement) in picture.iter() {
        let Body::Quantity(quantity) = &statement.body else { continue };
        if picture.reprint_source(document).is_some() || !about.holds(picture, document, statement) {
            continue;
        }
        let figure = figure(picture, document, statement, quantity);
        if question.covers(figure.days.or_else(|| picture.published(document).map(day))) {
            out.push(figure);
        }
    }
    out
}

fn figure(picture: &Picture, document: usize, statement: &Statement, q: &Quantity) -> Figure {
    let text = &picture.snapshot.documents[document].document.text;
    Figure {
        id: statement.id,
        document,
        value: q.value,
        high: q.high,
        unit: q.unit.clone(),
        bound: q.bound,
        direction: q.direction,
        of: q.of.clone(),
        days: picture.interval(q.time),
        passage: Passage::new(document, text, statement.sentence, vec![statement.range]),
        rule: statement.rule.clone(),
        sentence: statement.sentence,
    }
}

/// Amounts of one thing that differ from one time to another. A thing is a unit and what is measured, or
/// one unit at several times in one sentence.
#[must_use]
pub fn changes(picture: &Picture, question: &Question) -> Vec<Series> {
    let figures: Vec<Figure> = all(picture, question).into_iter().filter(|figure| figure.days.is_some()).collect();
    let mixed = mixed(&figures);
    let groups = groups(figures, |figure| {
        let near = Some(near(figure)).filter(|near| !mixed.contains(near));
        said(figure).into_iter().chain(near).collect()
    });
    let mut out = Vec::new();
    for mut figures in groups {
        figures.sort_by_key(|figure| figure.days);
        figures.dedup_by(|later, earlier| later.days == earlier.days && later.agrees(earlier));
        let times: BTreeSet<_> = figures.iter().map(|figure| figure.days).collect();
        if times.len() > 1 && figures.windows(2).any(|pair| !pair[0].agrees(&pair[1])) {
            out.push(Series { figures });
        }
    }
    out.sort_by(|a, b| first(a).cmp(&first(b)));
    question.take(out)
}

/// Amounts of one thing at one time that cannot all be right.
#[must_use]
pub fn disagreements(picture: &Picture, question: &Question) -> Vec<Series> {
    let groups = groups(all(picture, question), |figure| said(figure).into_iter().collect());
    let mut out = Vec::new();
    for figures in groups {
        for figures in by_time(picture, figures) {
            let figures = distinct(figures);
            let differ = |f: &Figure| figures.iter().any(|other| !f.agrees(other));
            if figures.len() > 1 && figures.iter().all(differ) && !is_one_sentence(&figures) {
                out.push(Series { figures });
            }
        }
    }
    out.sort_by(|a, b| first(a).cmp(&first(b)));
    question.take(out)
}

fn first(series: &Series) -> (usize, TextRange) {
    (series.figures[0].document, series.figures[0].passage.range())
}

/// Two amounts of one sentence are two parts of one statement, not two opinions.
fn is_one_sentence(figures: &[Figure]) -> bool {
    figures.iter().all(|f| (f.document, f.sentence) == (figures[0].document, figures[0].sentence))
}

/// Of amounts that agree, the first.
fn distinct(figures: Vec<Figure>) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    for figure in figures {
        if !out.iter().any(|have| have.agrees(&figure)) {
            out.push(figure);
        }
    }
    out
}

/// Days between two reports that may still speak of one moment when neither says which.
const NEAR: i32 = 31;

/// Splits amounts of one thing by the time they hold; the undated by nearness of publication.
fn by_time(picture: &Picture, figures: Vec<Figure>) -> Vec<Vec<Figure>> {
    let mut out: BTreeMap<(Option<Interval>, i32), Vec<Figure>> = BTreeMap::new();
    for figure in figures {
        let month = match (figure.days, picture.published(figure.document)) {
            (None, Some(day)) => (i32::from(day.year()) * 366 + i32::from(day.day_of_year())) / NEAR,
            _ => 0,
        };
        out.entry((figure.days, month)).or_default().push(figure);
    }
    out.into_values().collect()
}

/// Amounts of one thing: joined whenever they share one of their things. Linear.
fn groups(figures: Vec<Figure>, things: impl Fn(&Figure) -> Vec<Thing>) -> Vec<Vec<Figure>> {
    let figures: Vec<Figure> = figures.into_iter().filter(|f| f.unit.is_some()).collect();
    let mut parent: Vec<usize> = (0..figures.len()).collect();
    let mut first: BTreeMap<Thing, usize> = BTreeMap::new();
    for (n, figure) in figures.iter().enumerate() {
        for thing in things(figure) {
            let other = *first.entry(thing).or_insert(n);
            join(&mut parent, other, n);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Figure>> = BTreeMap::new();
    for (n, figure) in figures.into_iter().enumerate() {
        groups.entry(root(&mut parent, n)).or_default().push(figure);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// What an amount is an amount of: a unit with what is measured, or a unit in a sentence.
type Thing = (String, String, Option<(usize, TextRange)>);

fn said(figure: &Figure) -> Option<Thing> {
    let unit = figure.unit.clone()?;
    let of = figure.of.as_deref().map(words::fold).filter(|of| !of.is_empty())?;
    // "1.5 million TEU … and in 2022 only 80 thousand": another amount is not what is measured.
    let is_amount = of.starts_with(|c: char| c.is_ascii_digit()) && words::holds(&of, &words::fold(&unit));
    (!is_amount).then_some((unit, of, None))
}

/// Sentences that measure several things in one unit: "87% had a favourable opinion, while 8% had a negative one"
/// is no change.
fn mixed(figures: &[Figure]) -> BTreeSet<Thing> {
    let mut things: BTreeMap<Thing, BTreeSet<Thing>> = BTreeMap::new();
    for figure in figures {
        things.entry(near(figure)).or_default().extend(said(figure));
    }
    things.into_iter().filter(|(_, said)| said.len() > 1).map(|(near, _)| near).collect()
}

fn near(figure: &Figure) -> Thing {
    let unit = figure.unit.clone().unwrap_or_default();
    (unit, String::new(), Some((figure.document, figure.sentence)))
}

pub(crate) fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

pub(crate) fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_for_reading() {
        for (value, text) in
            [(1_500_000.0, "1,500,000"), (80_000.0, "80,000"), (2021.0, "2021"), (87.5, "87.5"), (-0.25, "-0.25")]
        {
            assert_eq!(grouped(value), text);
        }
    }
}
