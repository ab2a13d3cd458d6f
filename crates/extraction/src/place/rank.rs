//! Which of its candidates a name means: a log-linear model over population, what is written to hold what,
//! and what else the report speaks of. Votes are taken again after each round, so that a sure place helps a doubtful one.
//!
//! Does not say whether the name is a toponym at all.

use super::linear::{Feature, Templates, Weights, bin, softmax, templates};
use super::scene::{Scene, Unit, holds, kilometres, noun_beside};
use super::spot::{Facts, Via};
use std::collections::BTreeMap;
use tolmach_document::EntityLabel;
use tolmach_lexicon::gazetteer::{Alpha2, NameKind, PlaceKind};

templates!(
    /// What the ranking looks at.
    pub Rank {
        Population "kind and inhabitants" 80,
        Name "kind and how the name belongs" 48,
        Order "order of inhabitants and ratio to the first" 28,
        Own "kind, ours or the gazetteer's" 16,
        Capital "is a capital" 2,
        Inside "kind, written as lying in what holds it or not" 72,
        Around "kind, written as holding what it holds" 24,
        Noun "kind and the noun beside" 56,
        Label "kind and the recogniser's type" 48,
        Country "kind of country or not, share of the report's places in its country" 27,
        Region "kind of region or not, share in its region" 27,
        District "share in its district" 8,
        Near "distance of the nearest other place, inhabitants" 50,
        Sibling "a town with a region or country of the same name" 8,
        Alone "the only candidate" 2,
    }
);

const ROUNDS: usize = 3;

/// Candidate probabilities of every unit.
pub type Choice = Vec<Vec<f32>>;

/// Ranks the candidates of every unit; `weight[unit]` says how likely the unit is a toponym at all.
#[must_use]
pub fn rank(scene: &Scene<'_>, weight: &[f32], model: &Weights) -> Choice {
    let local = local_features(scene);
    let mut choice = first_guess(scene);
    for _ in 0..ROUNDS {
        let votes = Votes::count(scene, &choice, weight);
        choice = (0..scene.units.len())
            .map(|unit| {
                let mut scores: Vec<f32> = features(scene, &votes, unit, &local[unit])
                    .iter()
                    .map(|features| model.score(features))
                    .collect();
                softmax(&mut scores);
                scores
            })
            .collect();
    }
    choice
}

/// Before anything is learnt: by inhabitants, states and regions first, what is written to hold it decides.
#[must_use]
pub fn first_guess(scene: &Scene<'_>) -> Choice {
    let guess = |unit: &Unit| {
        let score = |c: &Facts| {
            let kind = match c.kind {
                PlaceKind::Country => 6.0,
                PlaceKind::Region => 2.5,
                PlaceKind::City => 0.0,
                PlaceKind::District => -1.0,
                _ => 4.0,
            };
            let name = if c.name == NameKind::Main { 0.0 } else { -1.0 };
            let inside = match inside(scene, unit, c) {
                1 => 6.0,
                3 | 5 => 4.0,
                _ => 0.0,
            };
            kind + name + inside + (c.population as f32 + 100.0).ln()
        };
        let mut scores: Vec<f32> = candidates(scene, unit).iter().map(score).collect();
        softmax(&mut scores);
        scores
    };
    scene.units.iter().map(guess).collect()
}

/// The candidates of a unit: those of its first spot, which all its spots share.
#[must_use]
pub fn candidates<'s>(scene: &'s Scene<'_>, unit: &Unit) -> &'s [Facts] {
    &scene.spots[unit.spots[0]].candidates
}

/// Features that do not depend on votes, by unit and candidate.
#[must_use]
pub fn local_features(scene: &Scene<'_>) -> Vec<Vec<Vec<Feature>>> {
    let of_unit = |unit: &Unit| {
        let list = candidates(scene, unit);
        let top = list.iter().map(|c| c.population).max().unwrap_or(0);
        list.iter().map(|c| local(scene, unit, c, list, top)).collect()
    };
    scene.units.iter().map(of_unit).collect()
}

fn local(scene: &Scene<'_>, unit: &Unit, c: &Facts, list: &[Facts], top: u32) -> Vec<Feature> {
    let kind = c.kind as usize;
    let first = &scene.spots[unit.spots[0]];
    let order = list.iter().filter(|other| other.population > c.population).count().min(3);
    let ratio = ((top as f32 + 1.0) / (c.population as f32 + 1.0)).log10();
    let name = match (first.via, c.name) {
        (Via::People, _) => 3,
        (Via::Abbreviation, _) => 4,
        (Via::Division, _) => 5,
        (Via::Name, name) => name as usize,
    };
    let noun =
        unit.spots.iter().find_map(|spot| noun_beside(scene, &scene.spots[*spot])).map_or(0, |n| n as usize);
    let label = unit
        .spots
        .iter()
        .find_map(|s| scene.named[scene.spots[*s].tokens.start])
        .map_or(0, |n| label_class(n.label));
    let own = matches!(c.place, super::atlas::PlaceRef::Own(_));
    vec![
        Rank::Population.feature(kind * 10 + inhabitants(c.population)),
        Rank::Name.feature(kind * 6 + name),
        Rank::Order.feature(order * 7 + bin(ratio, &[0.1, 0.5, 1.0, 1.5, 2.0, 3.0])),
        Rank::Own.feature(kind * 2 + usize::from(own)),
        Rank::Capital.feature(usize::from(c.capital)),
        Rank::Inside.feature(kind * 9 + inside(scene, unit, c)),
        Rank::Around.feature(kind * 3 + around(scene, unit, c)),
        Rank::Noun.feature(kind * 7 + noun),
        Rank::Label.feature(kind * 6 + label),
        Rank::Sibling.feature(sibling(c, list)),
        Rank::Alone.feature(usize::from(list.len() == 1)),
    ]
}

fn inhabitants(population: u32) -> usize {
    bin(population as f32, &[1.0, 500.0, 2e3, 1e4, 5e4, 2e5, 1e6, 5e6, 3e7])
}

fn label_class(label: EntityLabel) -> usize {
    match label {
        EntityLabel::Gpe => 1,
        EntityLabel::Loc => 2,
        EntityLabel::Fac => 3,
        EntityLabel::Org => 4,
        _ => 5,
    }
}

/// 0 nothing written; 1 or 2 strictly inside what holds it or does not; 3, 4 the same in words;
/// 5, 6 by another mention of the name; 7 the container has no state or division among its meanings.
fn inside(scene: &Scene<'_>, unit: &Unit, c: &Facts) -> usize {
    let mut best = 0;
    for link in scene.inner_links[unit.group].iter().map(|at| &scene.links[*at]) {
        let outers = &scene.spots[link.outer].candidates;
        let fits = outers.iter().any(|outer| holds(outer, c));
        let administrative = outers
            .iter()
            .any(|outer| matches!(outer.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::District));
        let base = match (link.strict, scene.unit_of[link.inner] == scene.unit_of[unit.spots[0]]) {
            _ if !administrative => 7,
            (_, false) => 5,
            (true, true) => 1,
            (false, true) => 3,
        };
        let value = if base == 7 || fits { base } else { base + 1 };
        best = better(best, value);
    }
    best
}

/// What speaks for a candidate goes before what speaks against it, and the stricter before the looser.
fn better(a: usize, b: usize) -> usize {
    const ORDER: [usize; 8] = [1, 3, 5, 2, 4, 6, 7, 0];
    let place = |value: usize| ORDER.iter().position(|v| *v == value);
    if place(a) <= place(b) { a } else { b }
}

/// 0 holds nothing written inside it; 1 strictly; 2 in words.
fn around(scene: &Scene<'_>, unit: &Unit, c: &Facts) -> usize {
    let mut best = 0;
    for link in scene.outer_links[unit.group].iter().map(|at| &scene.links[*at]) {
        if scene.spots[link.inner].candidates.iter().any(|inner| holds(c, inner)) {
            best = if link.strict {
                1
            } else if best == 0 {
                2
            } else {
                best
            };
        }
    }
    best
}

fn sibling(c: &Facts, list: &[Facts]) -> usize {
    if c.kind != PlaceKind::City {
        return 0;
    }
    let larger = |kind: PlaceKind| list.iter().any(|other| other.kind == kind);
    let held = |kind: PlaceKind| list.iter().any(|other| other.kind == kind && holds(other, c));
    match (larger(PlaceKind::Country), larger(PlaceKind::Region)) {
        (true, _) if held(PlaceKind::Country) => 1,
        (true, _) => 2,
        (_, true) if held(PlaceKind::Region) => 3,
        (_, true) => 4,
        _ if held(PlaceKind::District) => 5,
        _ if larger(PlaceKind::District) => 6,
        _ => 7,
    }
}

/// What the report speaks of, by the current choice: shares of countries and regions, and the places themselves.
pub struct Votes {
    total: f32,
    countries: BTreeMap<Alpha2, f32>,
    regions: BTreeMap<u32, f32>,
    districts: BTreeMap<u32, f32>,
    /// The weightiest likely places: point, weight, group.
    points: Vec<((f32, f32), f32, usize)>,
    /// What each name gave, to be taken back when it is asked itself.
    given: Vec<Vec<(Alpha2, u32, u32, f32)>>,
}

/// Distances are measured to so many places at most, which keeps ranking linear in the text.
const MAX_POINTS: usize = 48;

impl Votes {
    /// Counts every unit's choice with its weight.
    #[must_use]
    pub fn count(scene: &Scene<'_>, choice: &Choice, weight: &[f32]) -> Self {
        let mut votes = Self {
            total: 0.0,
            countries: BTreeMap::new(),
            regions: BTreeMap::new(),
            districts: BTreeMap::new(),
            points: Vec::new(),
            given: vec![Vec::new(); scene.inner_links.len()],
        };
        for ((unit, chances), weight) in scene.units.iter().zip(choice).zip(weight) {
            let weight = weight * (unit.spots.len().min(4) as f32).sqrt();
            let list = candidates(scene, unit);
            for (c, chance) in list.iter().zip(chances).filter(|(_, chance)| **chance > 0.02) {
                let share = weight * chance;
                *votes.countries.entry(c.country).or_default() += share;
                *votes.regions.entry(c.region).or_default() += share;
                *votes.districts.entry(c.district).or_default() += share;
                votes.given[unit.group].push((c.country, c.region, c.district, share));
            }
            votes.total += weight;
            if let Some((at, chance)) = top(chances).filter(|(_, chance)| weight * chance > 0.25) {
                votes.points.push((list[at].point, weight * chance, unit.group));
            }
        }
        votes.points.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.2.cmp(&b.2)));
        votes.points.truncate(MAX_POINTS);
        votes
    }

    /// Shares of the other units in the country, region and district of `c`.
    #[must_use]
    pub fn shares(&self, scene: &Scene<'_>, unit: usize, c: &Facts) -> (f32, f32, f32) {
        let group = scene.units[unit].group;
        let (mut own, mut own_country, mut own_region, mut own_district) = (0.0, 0.0, 0.0, 0.0);
        for (country, region, district, share) in &self.given[group] {
            own += share;
            own_country += if *country == c.country { *share } else { 0.0 };
            own_region += if *region == c.region { *share } else { 0.0 };
            own_district += if *district == c.district { *share } else { 0.0 };
        }
        let rest = (self.total - own).max(0.3);
        let share = |all: Option<&f32>, own: f32| (all.copied().unwrap_or(0.0) - own).max(0.0) / rest;
        let country =
            if c.country.is_none() { 0.0 } else { share(self.countries.get(&c.country), own_country) };
        let region = if c.region == 0 { 0.0 } else { share(self.regions.get(&c.region), own_region) };
        let district =
            if c.district == 0 { 0.0 } else { share(self.districts.get(&c.district), own_district) };
        (country, region, district)
    }

    /// Kilometres to the nearest place of another name that is likely enough.
    #[must_use]
    pub fn nearest(&self, group: usize, c: &Facts) -> Option<f32> {
        let others = self.points.iter().filter(|(_, _, other)| *other != group);
        others.map(|(point, _, _)| kilometres(*point, c.point)).min_by(f32::total_cmp)
    }
}

/// The likeliest candidate.
#[must_use]
pub fn top(chances: &[f32]) -> Option<(usize, f32)> {
    chances.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

const SHARES: [f32; 7] = [1e-6, 0.03, 0.1, 0.25, 0.45, 0.7, 0.9];

/// All features of a unit's candidates under `votes`.
#[must_use]
pub fn features(scene: &Scene<'_>, votes: &Votes, unit: usize, local: &[Vec<Feature>]) -> Vec<Vec<Feature>> {
    let list = candidates(scene, &scene.units[unit]);
    let with_votes = |(c, local): (&Facts, &Vec<Feature>)| {
        let (country, region, district) = votes.shares(scene, unit, c);
        let of_kind = match c.kind {
            PlaceKind::Country => 0,
            PlaceKind::Region => 1,
            _ => 2,
        };
        let near = votes.nearest(scene.units[unit].group, c);
        let near = near.map_or(9, |km| bin(km, &[8.0, 25.0, 60.0, 120.0, 250.0, 500.0, 1200.0, 3000.0]));
        let size = bin(c.population as f32, &[2e3, 2e4, 2e5, 2e6]);
        let mut out = local.clone();
        out.push(Rank::Country.feature(of_kind * 9 + bin(country, &SHARES)));
        out.push(Rank::Region.feature(of_kind * 9 + bin(region, &SHARES)));
        out.push(Rank::District.feature(bin(district, &SHARES)));
        out.push(Rank::Near.feature(size * 10 + near));
        out
    };
    list.iter().zip(local).map(with_votes).collect()
}
