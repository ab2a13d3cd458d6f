//! Toponyms and the places they resolve to: spots from the gazetteer, ranked among their meanings, judged by what
//! surrounds them.
//!
//! Gives every place as written; which places are one actor's seat is the business of events and entities.

pub mod atlas;
pub mod judge;
pub mod linear;
pub mod rank;
pub mod scene;
pub mod spot;
pub mod train;

use crate::Context;
use atlas::Atlas;
pub use judge::Judge;
use linear::{Weights, sigmoid};
pub use rank::Rank;
use rank::Votes;
use scene::{Scene, kilometres};
use tolmach_document::{Entity, Mention, Place, RuleId, Score, Table};
use tolmach_lexicon::gazetteer::PlaceKind;

/// The two models.
#[derive(Clone, Debug, PartialEq)]
pub struct Models {
    /// Of [`rank`].
    pub rank: Weights,
    /// Of [`judge`].
    pub judge: Weights,
    /// Spots at least so likely become places.
    pub threshold: f32,
}

impl Models {
    /// The models as trained and shipped.
    #[must_use]
    pub fn shipped(lexicon: &tolmach_lexicon::place::PlaceLexicon) -> Self {
        let rows = lexicon.models();
        let threshold = rows.weights("threshold").first().copied().unwrap_or(0.4);
        Self { rank: Weights(rows.weights("rank")), judge: Weights(rows.weights("judge")), threshold }
    }

    /// Nothing learnt.
    #[must_use]
    pub fn blank() -> Self {
        Self { rank: Weights::zero::<Rank>(), judge: Weights::zero::<Judge>(), threshold: 0.4 }
    }
}

/// A spot taken for a place.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Number of the spot.
    pub spot: usize,
    /// What it means.
    pub facts: spot::Facts,
    /// How likely it is a toponym and means this.
    pub score: f32,
}

/// Places sorted by range.
pub fn find(ctx: Context<'_>, _mentions: &Table<Mention>, _entities: &Table<Entity>) -> Table<Place> {
    let lexicon = &ctx.lexicon.place;
    let atlas = Atlas::new(lexicon, ctx.gazetteer);
    let scene = Scene::new(ctx.parsed, lexicon, spot::spots(ctx.parsed, lexicon, atlas));
    let models = Models::shipped(lexicon);
    let found = read(&scene, &models);
    let rows = found.iter().filter_map(|found| row(ctx, atlas, &scene, found));
    rows.collect::<Vec<_>>().into()
}

/// Spots that are places, in text order, none overlapping another.
#[must_use]
pub fn read(scene: &Scene<'_>, models: &Models) -> Vec<Found> {
    let judged = judge_all(scene, models);
    let mut order: Vec<usize> =
        (0..judged.len()).filter(|at| judged[*at].score >= models.threshold).collect();
    order.sort_by(|a, b| judged[*b].score.total_cmp(&judged[*a].score).then(a.cmp(b)));
    let mut taken = vec![false; scene.parsed.len()];
    let mut out = Vec::new();
    for at in order {
        let tokens = scene.spots[judged[at].spot].tokens;
        if !tokens.iter().any(|t| taken[t]) {
            taken[tokens.start..tokens.end].fill(true);
            out.push(judged[at]);
        }
    }
    out.sort_by_key(|found| scene.spots[found.spot].tokens.start);
    out
}

/// Every spot with its likeliest meaning and score.
#[must_use]
pub fn judge_all(scene: &Scene<'_>, models: &Models) -> Vec<Found> {
    let mut weight = first_weights(scene);
    let mut out = Vec::new();
    for _ in 0..2 {
        let choice = rank::rank(scene, &weight, &models.rank);
        let features = judge_features(scene, &choice, &weight);
        out = features
            .iter()
            .enumerate()
            .filter_map(|(spot, features)| {
                let ranked = judge::ranked(scene, &choice, spot)?;
                let score = sigmoid(models.judge.score(features)).max(floor(scene, spot, ranked.facts));
                Some(Found { spot, facts: *ranked.facts, score })
            })
            .collect();
        weight = unit_weights(scene, &out);
    }
    out
}

/// A name of several words that stands in our own list of seas, lands and sites means just that: "the Caspian Sea".
/// The marked texts hold too few of them to teach it.
fn floor(scene: &Scene<'_>, spot: usize, facts: &spot::Facts) -> f32 {
    let tokens = scene.spots[spot].tokens;
    let own = matches!(facts.place, atlas::PlaceRef::Own(_));
    let kind = matches!(facts.kind, PlaceKind::Area | PlaceKind::Water | PlaceKind::Land | PlaceKind::Site);
    if own && kind && tokens.len() > 1 { 0.7 } else { 0.0 }
}

/// Features of every spot under a choice.
#[must_use]
pub fn judge_features(scene: &Scene<'_>, choice: &rank::Choice, weight: &[f32]) -> Vec<Vec<linear::Feature>> {
    let votes = Votes::count(scene, choice, weight);
    let names = judge::Names::count(scene);
    let of_spot = |spot: usize| {
        let Some(ranked) = judge::ranked(scene, choice, spot) else { return Vec::new() };
        let unit = scene.unit_of[spot];
        let near = votes.nearest(scene.units[unit].group, ranked.facts);
        let (country, _, _) = votes.shares(scene, unit, ranked.facts);
        judge::features(scene, &names, spot, ranked, near, country)
    };
    (0..scene.spots.len()).map(of_spot).collect()
}

/// How likely each unit is a toponym, by the recogniser alone.
#[must_use]
pub fn first_weights(scene: &Scene<'_>) -> Vec<f32> {
    use tolmach_document::EntityLabel::{Fac, Gpe, Loc, Norp, Org, Person};
    let of_spot = |spot: usize| {
        let tokens = scene.spots[spot].tokens;
        let named = scene.named[tokens.start];
        let whole = named.is_some_and(|named| named.tokens == tokens);
        match named.map(|named| named.label) {
            Some(Gpe | Loc) => {
                if whole {
                    0.95
                } else {
                    0.6
                }
            }
            Some(Norp) => 0.7,
            Some(Fac) => 0.3,
            Some(Org) => 0.15,
            Some(Person) => 0.03,
            _ => 0.08,
        }
    };
    let of_unit = |unit: &scene::Unit| unit.spots.iter().map(|spot| of_spot(*spot)).fold(0.0, f32::max);
    scene.units.iter().map(of_unit).collect()
}

fn unit_weights(scene: &Scene<'_>, found: &[Found]) -> Vec<f32> {
    let mut out = vec![0.0f32; scene.units.len()];
    for found in found {
        let unit = scene.unit_of[found.spot];
        out[unit] = out[unit].max(found.score);
    }
    out
}

fn row(ctx: Context<'_>, atlas: Atlas<'_>, scene: &Scene<'_>, found: &Found) -> Option<Place> {
    let entry = atlas.entry(found.facts.place)?;
    let country = ctx.lexicon.place.countries().by_alpha2(entry.country.as_str());
    let region = if entry.kind == PlaceKind::Region { Some(entry) } else { atlas.region(&entry) };
    Some(Place {
        range: ctx.parsed.span(scene.spots[found.spot].tokens),
        name: entry.name.to_owned(),
        geonameid: entry.geonameid,
        lat: entry.lat,
        lon: entry.lon,
        country: country.map(|country| country.alpha3.to_owned()),
        admin1: region.map(|region| region.name.to_owned()),
        kind: entry.kind.name(),
        metonym: false,
        rule: rule(scene.spots[found.spot].via),
        score: Score(found.score),
    })
}

fn rule(via: spot::Via) -> RuleId {
    RuleId(match via {
        spot::Via::Name => "place.name",
        spot::Via::Abbreviation => "place.abbreviation",
        spot::Via::People => "place.people",
        spot::Via::Division => "place.division",
    })
}

/// Kilometres between two points (degrees north, east).
#[must_use]
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f32 {
    kilometres((a.0 as f32, a.1 as f32), (b.0 as f32, b.1 as f32))
}
