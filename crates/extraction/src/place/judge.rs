//! Whether a spot is a toponym that can be resolved: logistic regression over the recogniser's opinion, the gazetteer,
//! the words around and the ranking.
//!
//! Sees one spot at a time; the caller settles overlaps.

use super::linear::{Feature, Templates, bin, templates};
use super::rank::{Choice, candidates, top};
use super::scene::{Scene, noun_beside};
use super::spot::{Facts, Named, Spot, Via};
use tolmach_document::{Dep, EntityLabel, Pos, Tag};
use tolmach_lexicon::gazetteer::{NameKind, PlaceKind};
use tolmach_lexicon::place::ContextWords;

const LABELS: usize = 19;

templates!(
    /// What the judgement looks at.
    pub Judge {
        Bias "bias" 1,
        Label "recogniser's type, fit of the ranges" 114,
        LabelVia "recogniser's type, how found" 76,
        LabelKind "recogniser's type, kind of the likeliest place" 171,
        LabelBefore "recogniser's type, word before" 228,
        LabelAfter "recogniser's type, word after" 209,
        Tag "tag of the last token" 51,
        Dep "arc label of the last token" 47,
        Tokens "number of tokens, how found" 16,
        Case "letters, recognised or not" 10,
        Kind "kind, how the name belongs" 32,
        Size "inhabitants of the likeliest, kind" 80,
        Meanings "number of candidates, tokens" 24,
        Before "word before, recognised or not" 24,
        After "word after, recognised or not" 22,
        CapitalBefore "capitalised word before, after" 16,
        Noun "noun beside" 7,
        Comma "comma and another spot after or before" 9,
        Doc "share of this name's mentions recognised as a place" 18,
        DocPerson "share recognised as a person or organisation" 18,
        Chance "chance of the likeliest candidate" 10,
        Inside "written as lying in what holds it" 6,
        Near "nearest other place, inhabitants, recognised or not" 120,
        Country "share of places in its country, recognised or not" 16,
        Longest "a longer or shorter spot overlaps" 8,
        Start "starts the sentence" 4,
        People "word for people: part of speech" 12,
    }
);

/// What the ranking says of a spot.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    /// The likeliest place.
    pub facts: &'a Facts,
    /// Its probability among the candidates.
    pub chance: f32,
}

/// What a text says of each name as a whole.
pub struct Names {
    mentions: Vec<f32>,
    places: Vec<f32>,
    others: Vec<f32>,
}

impl Names {
    /// Counts how the recogniser takes the mentions of each name.
    #[must_use]
    pub fn count(scene: &Scene<'_>) -> Self {
        let n = scene.inner_links.len();
        let mut names = Self { mentions: vec![0.0; n], places: vec![0.0; n], others: vec![0.0; n] };
        for spot in &scene.spots {
            names.mentions[spot.group] += 1.0;
            match scene.named[spot.tokens.start].map(|named| named.label) {
                Some(EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Norp) => {
                    names.places[spot.group] += 1.0
                }
                Some(EntityLabel::Person | EntityLabel::Org) => names.others[spot.group] += 1.0,
                _ => {}
            }
        }
        names
    }
}

/// The likeliest place of a spot.
#[must_use]
pub fn ranked<'s>(scene: &'s Scene<'_>, choice: &Choice, spot: usize) -> Option<Ranked<'s>> {
    let unit = scene.unit_of[spot];
    let (at, chance) = top(&choice[unit])?;
    Some(Ranked { facts: &candidates(scene, &scene.units[unit])[at], chance })
}

/// All features of one spot. `near`: kilometres to the nearest other likely place; `share`: of the report's places
/// in the same country.
#[must_use]
pub fn features(
    scene: &Scene<'_>,
    names: &Names,
    spot: usize,
    ranked: Ranked<'_>,
    near: Option<f32>,
    share: f32,
) -> Vec<Feature> {
    let s = &scene.spots[spot];
    let mut out = vec![Judge::Bias.feature(0)];
    let named = scene.named[s.tokens.start];
    let label = named.map_or(0, |named| named.label as usize + 1);
    let seen = usize::from(named.is_some_and(|named| is_place(named.label)));
    recogniser(s, named, ranked, &mut out);
    grammar(scene, s, seen, &mut out);
    neighbours(scene, s, label, seen, &mut out);
    gazetteer(s, ranked, &mut out);
    whole_text(scene, names, spot, seen, &mut out);
    let size = bin(ranked.facts.population as f32, &[2e3, 2e4, 2e5, 2e6]);
    let near = near.map_or(9, |km| bin(km, &[8.0, 25.0, 60.0, 120.0, 250.0, 500.0, 1200.0, 3000.0]));
    out.push(Judge::Near.feature((near * 5 + size) * 2 + seen));
    out.push(Judge::Country.feature(bin(share, &[1e-6, 0.03, 0.1, 0.25, 0.45, 0.7, 0.9]) * 2 + seen));
    out.push(Judge::Chance.feature(bin(ranked.chance, &[0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97])));
    out
}

fn is_place(label: EntityLabel) -> bool {
    matches!(label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac | EntityLabel::Norp)
}

fn recogniser(s: &Spot, named: Option<Named>, ranked: Ranked<'_>, out: &mut Vec<Feature>) {
    let label = named.map_or(0, |named| named.label as usize + 1);
    let fit = named.map_or(0, |named| {
        match (named.tokens.start == s.tokens.start, named.tokens.end == s.tokens.end) {
            (true, true) => 1,
            (true, false) if named.tokens.end > s.tokens.end => 2,
            (false, true) => 3,
            _ if named.tokens.start < s.tokens.start && named.tokens.end > s.tokens.end => 4,
            _ => 5,
        }
    });
    out.push(Judge::Label.feature(fit * LABELS + label));
    out.push(Judge::LabelVia.feature(s.via as usize * LABELS + label));
    out.push(Judge::LabelKind.feature((ranked.facts.kind as usize) * LABELS + label));
}

fn grammar(scene: &Scene<'_>, s: &Spot, seen: usize, out: &mut Vec<Feature>) {
    let parsed = scene.parsed;
    let last = s.tokens.end - 1;
    out.push(Judge::Tag.feature(parsed.tag(last) as usize));
    out.push(Judge::Dep.feature(parsed.dep(last) as usize));
    out.push(Judge::Tokens.feature((s.tokens.len().min(4) - 1) * 4 + s.via as usize));
    let text = parsed.text_of(s.tokens);
    let case = if text.chars().any(char::is_lowercase) {
        usize::from(s.tokens.iter().any(|t| parsed.word(t).starts_with(char::is_lowercase)))
    } else if text.len() <= 2 {
        2
    } else {
        3 + usize::from(text.contains('.'))
    };
    out.push(Judge::Case.feature(case * 2 + seen));
    if s.via == Via::People {
        let pos = match parsed.pos(last) {
            Pos::Adj => 0,
            Pos::Noun => 1,
            Pos::Propn => 2,
            _ => 3,
        };
        let plural = matches!(parsed.tag(last), Tag::Nnps | Tag::Nns);
        out.push(
            Judge::People
                .feature(pos * 3 + usize::from(plural) + usize::from(parsed.dep(last) == Dep::Compound)),
        );
    }
}

fn neighbours(scene: &Scene<'_>, s: &Spot, label: usize, seen: usize, out: &mut Vec<Feature>) {
    let parsed = scene.parsed;
    let words: &ContextWords = scene.lexicon.context();
    let sentence = parsed.sentence(s.tokens.start).tokens;
    let before = (s.tokens.start > sentence.start).then(|| s.tokens.start - 1);
    let after = (s.tokens.end < sentence.end).then_some(s.tokens.end);
    let class_before = before.map_or(0, |t| words.before(parsed.lower(t)));
    let class_after = after.map_or(0, |t| words.after(parsed.lower(t)));
    out.push(Judge::Before.feature(class_before * 2 + seen));
    out.push(Judge::After.feature(class_after * 2 + seen));
    out.push(Judge::LabelBefore.feature(class_before * LABELS + label));
    out.push(Judge::LabelAfter.feature(class_after * LABELS + label));
    let capital = |t: Option<usize>| {
        t.map_or(0, |t| {
            let word = parsed.word(t);
            match (word.starts_with(char::is_uppercase), parsed.pos(t) == Pos::Propn) {
                (true, true) => 1,
                (true, false) => 2,
                _ => 3,
            }
        })
    };
    out.push(Judge::CapitalBefore.feature(capital(before) * 4 + capital(after)));
    out.push(Judge::Noun.feature(noun_beside(scene, s).map_or(0, |noun| noun as usize)));
    out.push(Judge::Start.feature(usize::from(before.is_none()) * 2 + seen));
    let comma =
        |t: Option<usize>| usize::from(t.is_some_and(|t| matches!(parsed.word(t), "," | "(" | ")" | ";")));
    out.push(Judge::Comma.feature(comma(before) * 3 + comma(after)));
}

fn gazetteer(s: &Spot, ranked: Ranked<'_>, out: &mut Vec<Feature>) {
    let kind = ranked.facts.kind as usize;
    let name = if s.via == Via::Name { ranked.facts.name as usize } else { 3 };
    out.push(Judge::Kind.feature(kind * 4 + name));
    let size = bin(ranked.facts.population as f32, &[1.0, 500.0, 2e3, 1e4, 5e4, 2e5, 1e6, 5e6, 3e7]);
    out.push(Judge::Size.feature(kind * 10 + size));
    let meanings = bin(s.candidates.len() as f32, &[2.0, 3.0, 5.0, 9.0, 17.0]);
    out.push(Judge::Meanings.feature((s.tokens.len().min(4) - 1) * 6 + meanings));
    debug_assert!(NameKind::Stem as usize == 2 && PlaceKind::ALL.len() == 8);
}

fn whole_text(scene: &Scene<'_>, names: &Names, spot: usize, seen: usize, out: &mut Vec<Feature>) {
    let s = &scene.spots[spot];
    let share = |of: &[f32]| {
        let (count, all) = (of[s.group], names.mentions[s.group]);
        match all as usize {
            1 => usize::from(count > 0.0),
            _ => 2 + bin(count / all, &[0.01, 0.2, 0.4, 0.6, 0.8, 0.99]),
        }
    };
    out.push(Judge::Doc.feature(share(&names.places) * 2 + seen));
    out.push(Judge::DocPerson.feature(share(&names.others) * 2 + seen));
    let (mut longer, mut shorter) = (0, 0);
    let before = scene.spots[..spot].iter().rev().take_while(|other| near(other, s));
    let after = scene.spots[spot + 1..].iter().take_while(|other| near(other, s));
    for other in before.chain(after) {
        if other.tokens != s.tokens && other.tokens.start < s.tokens.end && s.tokens.start < other.tokens.end
        {
            if other.tokens.len() > s.tokens.len() { longer = 1 } else { shorter = 1 }
        }
    }
    out.push(Judge::Longest.feature((longer * 2 + shorter) * 2 + seen));
    let inside = scene.inner_links[s.group].iter().map(|at| &scene.links[*at]);
    let own = inside.filter(|link| link.inner == spot);
    let value = own.map(|link| if link.strict { 2 } else { 1 }).max().unwrap_or(0);
    out.push(Judge::Inside.feature(value * 2 + seen));
}

fn near(a: &Spot, b: &Spot) -> bool {
    a.tokens.start <= b.tokens.end + 8 && b.tokens.start <= a.tokens.end + 8
}
