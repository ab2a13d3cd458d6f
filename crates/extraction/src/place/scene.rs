//! How the spots of one text stand to each other: what is written as lying in what, which spots share a name.
//!
//! Weighs nothing; that is for `rank` and `judge`.

use super::spot::{Facts, Named, Spot, Via, named};
use std::collections::BTreeMap;
use tolmach_document::{Parsed, Pos, Tag};
use tolmach_lexicon::gazetteer::PlaceKind;
use tolmach_lexicon::place::{PlaceLexicon, PlaceNoun};

/// One spot is written as lying in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The spot that lies inside.
    pub inner: usize,
    /// The spot that holds it.
    pub outer: usize,
    /// Whether by "X, Y" or "X (Y)" and not by words.
    pub strict: bool,
}

/// Spots of one name that are written as lying in one container, or in none; they mean one place.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Number of the name.
    pub group: usize,
    /// Its spots.
    pub spots: Vec<usize>,
    /// Number of the name of the container, if one is written.
    pub container: Option<usize>,
}

/// The spots of one text with their relations.
pub struct Scene<'a> {
    /// The text.
    pub parsed: Parsed<'a>,
    /// Word classes.
    pub lexicon: &'a PlaceLexicon,
    /// Every spot.
    pub spots: Vec<Spot>,
    /// The recogniser's entity over each token.
    pub named: Vec<Option<Named>>,
    /// Who is written as lying where.
    pub links: Vec<Link>,
    /// The decisions to make.
    pub units: Vec<Unit>,
    /// The unit of each spot.
    pub unit_of: Vec<usize>,
    /// Links in which a name is the inner one, by number of the name.
    pub inner_links: Vec<Vec<usize>>,
    /// Links in which a name is the outer one, by number of the name.
    pub outer_links: Vec<Vec<usize>>,
}

impl<'a> Scene<'a> {
    /// Relates the spots of a text.
    #[must_use]
    pub fn new(parsed: Parsed<'a>, lexicon: &'a PlaceLexicon, spots: Vec<Spot>) -> Self {
        let links = links(parsed, lexicon, &spots);
        let (units, unit_of) = units(&spots, &links);
        let n_groups = spots.iter().map(|spot| spot.group + 1).max().unwrap_or(0);
        let by_group = |end: fn(&Link) -> usize| {
            let mut out = vec![Vec::new(); n_groups];
            for (at, link) in links.iter().enumerate() {
                out[spots[end(link)].group].push(at);
            }
            out
        };
        let (inner_links, outer_links) = (by_group(|link| link.inner), by_group(|link| link.outer));
        Self { parsed, lexicon, named: named(parsed), spots, links, units, unit_of, inner_links, outer_links }
    }
}

/// Whether `outer` is a state or division that holds `inner`.
#[must_use]
pub fn holds(outer: &Facts, inner: &Facts) -> bool {
    if outer.place == inner.place {
        return false;
    }
    match outer.kind {
        PlaceKind::Country => outer.country == inner.country && inner.kind != PlaceKind::Country,
        PlaceKind::Region => {
            outer.region != 0
                && outer.region == inner.region
                && !matches!(inner.kind, PlaceKind::Region | PlaceKind::Country)
        }
        PlaceKind::District => {
            outer.district != 0 && outer.district == inner.district && inner.kind == PlaceKind::City
        }
        PlaceKind::City => inner.kind == PlaceKind::Site && kilometres(outer.point, inner.point) < 50.0,
        _ => false,
    }
}

/// Great-circle distance of two points (degrees north, east).
#[must_use]
pub fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let (lat1, lat2) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat2 - lat1, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Most tokens between the two names of a link in words.
const REACH: usize = 8;

fn links(parsed: Parsed<'_>, lexicon: &PlaceLexicon, spots: &[Spot]) -> Vec<Link> {
    let mut out = Vec::new();
    for (first, a) in spots.iter().enumerate() {
        for (second, b) in spots.iter().enumerate().skip(first + 1) {
            let gap = b.tokens.start.saturating_sub(a.tokens.end);
            if b.tokens.start > a.tokens.end + REACH {
                break;
            }
            let same_sentence =
                parsed.sentence_index(a.tokens.start) == parsed.sentence_index(b.tokens.start);
            if b.tokens.start < a.tokens.end || !same_sentence || a.group == b.group {
                continue;
            }
            let between = Between { parsed, lexicon, from: a.tokens.end, to: b.tokens.start };
            if gap == 1 && b.via != Via::People && matches!(parsed.word(a.tokens.end), "," | "(") {
                out.push(Link { inner: first, outer: second, strict: true });
            } else if b.via != Via::People && between.is_lying_in() {
                out.push(Link { inner: first, outer: second, strict: false });
            } else if between.is_owning(a.via) {
                out.push(Link { inner: second, outer: first, strict: false });
            }
        }
    }
    out
}

/// The tokens between two spots.
struct Between<'a> {
    parsed: Parsed<'a>,
    lexicon: &'a PlaceLexicon,
    from: usize,
    to: usize,
}

impl Between<'_> {
    fn lower(&self, t: usize) -> &str {
        self.parsed.lower(t)
    }

    fn has_noun(&self) -> bool {
        (self.from..self.to).any(|t| self.lexicon.context().noun(self.lower(t)).is_some())
    }

    /// "Zhanaozen, a city in the Mangystau region", "Oxford in England", "Moscow, capital of Russia"
    fn is_lying_in(&self) -> bool {
        if self.to == self.from {
            return false;
        }
        let last = if self.to > self.from + 1 && self.lower(self.to - 1) == "the" {
            self.to - 2
        } else {
            self.to - 1
        };
        let preposition = matches!(self.lower(last), "in" | "of");
        let direct = last == self.from && self.lower(last) == "in";
        direct
            || (preposition
                && matches!(self.lower(self.from), "," | "is" | "(" | "-" | "–" | "—")
                && self.has_noun())
    }

    /// "Kentucky's Laurel County", "the Yemeni port city of Hodeidah", "Turkey's capital, Ankara"
    fn is_owning(&self, via: Via) -> bool {
        if self.to == self.from {
            return via == Via::People;
        }
        let owner = via == Via::People || self.parsed.tag(self.from) == Tag::Pos;
        let plain = (self.from..self.to).all(|t| {
            self.parsed.pos(t) != Pos::Verb
                && !matches!(self.lower(t), "and" | "or" | "in" | "to" | "from" | "with")
        });
        owner && plain && (self.to == self.from + 1 || self.has_noun())
    }
}

fn units(spots: &[Spot], links: &[Link]) -> (Vec<Unit>, Vec<usize>) {
    let mut container = vec![None; spots.len()];
    for link in links.iter().rev().filter(|link| link.strict) {
        let fits = |outer: &Facts| spots[link.inner].candidates.iter().any(|inner| holds(outer, inner));
        if spots[link.outer].candidates.iter().any(fits) {
            container[link.inner] = Some(spots[link.outer].group);
        }
    }
    let mut at = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    let unit_of = spots.iter().zip(&container).enumerate().map(|(number, (spot, container))| {
        let unit = *at.entry((spot.group, *container)).or_insert(units.len());
        if unit == units.len() {
            units.push(Unit { group: spot.group, spots: Vec::new(), container: *container });
        }
        units[unit].spots.push(number);
        unit
    });
    let unit_of = unit_of.collect();
    (units, unit_of)
}

/// The kind of place that a noun beside the spot names: "the city of X", "X region", "X, the capital".
#[must_use]
pub fn noun_beside(scene: &Scene<'_>, spot: &Spot) -> Option<PlaceNoun> {
    let words = scene.lexicon.context();
    let (start, end) = (spot.tokens.start, spot.tokens.end);
    let after = (end < scene.parsed.len()).then(|| words.noun(scene.parsed.lower(end))).flatten();
    let before = || (start > 0).then(|| words.noun(scene.parsed.lower(start - 1))).flatten();
    let of = || {
        let preposition = start > 1 && scene.parsed.lower(start - 1) == "of";
        preposition.then(|| words.noun(scene.parsed.lower(start - 2))).flatten()
    };
    after.or_else(of).or_else(before)
}
