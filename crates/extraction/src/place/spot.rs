//! Stretches of text that could be toponyms, each with the places it could mean.
//!
//! Recalls, does not judge: "Reading", "Logan" and "Of" are spots too; overlapping spots stand side by side.

use super::atlas::{Atlas, PlaceRef};
use std::collections::BTreeMap;
use tolmach_document::{EntityLabel, Parsed, Pos, Tag, TokenRange};
use tolmach_lexicon::gazetteer::{Alpha2, NameKind, PlaceKind, Walk, fold_into};
use tolmach_lexicon::place::PlaceLexicon;

/// How a spot was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// By a name.
    Name,
    /// By an abbreviation as written.
    Abbreviation,
    /// By a word for the people.
    People,
    /// By a division's name without its type word, the type word following ("Mangystau Region").
    Division,
}

/// What the models look at in one candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// The place.
    pub place: PlaceRef,
    /// How the name belongs to it.
    pub name: NameKind,
    /// What it is.
    pub kind: PlaceKind,
    /// Degrees north and east.
    pub point: (f32, f32),
    /// Inhabitants.
    pub population: u32,
    /// The state it lies in.
    pub country: Alpha2,
    /// GeoNames id of its first-level region, or of itself if it is one; 0 where unknown.
    pub region: u32,
    /// GeoNames id of its second-level region, or of itself if it is one; 0 where unknown.
    pub district: u32,
    /// Whether it is a state's capital.
    pub capital: bool,
}

/// A stretch of text with the places it could mean.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where.
    pub tokens: TokenRange,
    /// How it was found.
    pub via: Via,
    /// Number of its folded name; spots of one name share it.
    pub group: usize,
    /// What it could mean; never empty.
    pub candidates: Vec<Facts>,
}

/// Longest toponym, in tokens.
const MAX_TOKENS: usize = 8;
/// A name of more places than this is a common word; the most populous are kept.
const MAX_CANDIDATES: usize = 40;

/// Every spot of a text, by start, longer first.
pub fn spots(parsed: Parsed<'_>, lexicon: &PlaceLexicon, atlas: Atlas<'_>) -> Vec<Spot> {
    let mut spotter = Spotter { parsed, lexicon, atlas, groups: BTreeMap::new(), out: Vec::new() };
    for t in 0..parsed.len() {
        if may_start(parsed, t) {
            spotter.people(t);
            spotter.names(t);
            spotter.abbreviation(t);
        }
    }
    spotter.out
}

/// A name starts with a capital, or in a script without capitals; "al-Tanf" is the exception.
fn may_start(parsed: Parsed<'_>, t: usize) -> bool {
    let word = parsed.word(t);
    let capital = word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    capital
        || (word.len() == 2 && t + 1 < parsed.len() && parsed.word(t + 1) == "-" && parsed.lower(t) == "al")
}

struct Spotter<'a> {
    parsed: Parsed<'a>,
    lexicon: &'a PlaceLexicon,
    atlas: Atlas<'a>,
    groups: BTreeMap<String, usize>,
    out: Vec<Spot>,
}

impl Spotter<'_> {
    fn names(&mut self, start: usize) {
        let own = self.atlas.own.names();
        let gazetteer = self.atlas.gazetteer.map(|g| g.names());
        let mut at = (Some(own.start()), gazetteer.map(|g| g.start()));
        let mut key = String::new();
        let mut found: Vec<(PlaceRef, NameKind)> = Vec::new();
        let from = self.out.len();
        for t in start..self.parsed.len().min(start + MAX_TOKENS) {
            let before = key.len();
            if !self.extend(t, start, &mut key) {
                break;
            }
            let step = |names: Option<&tolmach_lexicon::gazetteer::Names>, walk: Option<Walk>| {
                names?.step(walk?, key[before..].as_bytes())
            };
            at = (step(Some(own), at.0), step(gazetteer, at.1));
            if at == (None, None) {
                break;
            }
            if key.len() == before || !self.may_end(t) {
                continue;
            }
            let own_here = at.0.map(|walk| own.here(walk));
            let gazetteer_here = at.1.zip(gazetteer).map(|(walk, names)| names.here(walk));
            self.atlas.merge(
                own_here.into_iter().flatten(),
                gazetteer_here.into_iter().flatten(),
                &mut found,
            );
            if !found.is_empty() {
                self.division(TokenRange::new(start, t + 1), &key, &found);
                self.push(TokenRange::new(start, t + 1), Via::Name, &key, &found);
            }
        }
        self.out[from..].reverse();
    }

    /// Appends token `t` to the key; false where no name can go on.
    fn extend(&self, t: usize, start: usize, key: &mut String) -> bool {
        let word = self.parsed.word(t);
        if self.parsed.tag(t) == Tag::Pos
            || (t > start && self.parsed.sentence_index(t) != self.parsed.sentence_index(start))
        {
            return false;
        }
        let before = key.len();
        fold_into(word, key);
        // Hyphens and the like divide words and are skipped; other marks end the name.
        key.len() > before || (t > start && matches!(word, "-" | "–" | "‑" | "'" | "’" | "."))
    }

    fn may_end(&self, t: usize) -> bool {
        self.parsed.word(t).chars().any(char::is_alphanumeric)
    }

    /// "Mangystau Region": a division's bare name with a capitalised type word behind it.
    fn division(&mut self, tokens: TokenRange, key: &str, found: &[(PlaceRef, NameKind)]) {
        let next = tokens.end;
        let is_type = next < self.parsed.len()
            && self.parsed.word(next).starts_with(char::is_uppercase)
            && self.lexicon.divisions().is_english(self.parsed.lower(next));
        if !is_type {
            return;
        }
        let is_division = |place: &PlaceRef| {
            let kind = self.atlas.entry(*place).map(|entry| entry.kind);
            matches!(kind, Some(PlaceKind::Region | PlaceKind::District))
        };
        let divisions: Vec<_> = found.iter().copied().filter(|(place, _)| is_division(place)).collect();
        if !divisions.is_empty() {
            let key = format!("{key} {}", self.parsed.lower(next));
            self.push(TokenRange::new(tokens.start, next + 1), Via::Division, &key, &divisions);
        }
    }

    fn people(&mut self, start: usize) {
        for len in (1..=3).rev() {
            let tokens = TokenRange::new(start, (start + len).min(self.parsed.len()));
            let places = self.atlas.own.of_people(self.parsed.text_of(tokens));
            if tokens.len() == len && !places.is_empty() {
                let found: Vec<_> = places.iter().map(|n| (PlaceRef::Own(*n), NameKind::Other)).collect();
                let key = places.iter().fold("people".to_owned(), |key, number| format!("{key} {number}"));
                self.push(tokens, Via::People, &key, &found);
            }
        }
    }

    fn abbreviation(&mut self, start: usize) {
        let word = self.parsed.word(start);
        let places = self.atlas.own.of_abbreviation(word);
        if !places.is_empty() {
            let found: Vec<_> = places.iter().map(|n| (PlaceRef::Own(*n), NameKind::Other)).collect();
            self.push(TokenRange::new(start, start + 1), Via::Abbreviation, word, &found);
        }
    }

    fn facts(&self, place: PlaceRef, name: NameKind) -> Option<Facts> {
        let entry = self.atlas.entry(place)?;
        let id_of = |number: Option<u32>| self.atlas.gazetteer?.place(number?)?.geonameid;
        let own_id = entry.geonameid.unwrap_or(0);
        let if_kind = |kind, number| if entry.kind == kind { own_id } else { id_of(number).unwrap_or(0) };
        Some(Facts {
            place,
            name,
            kind: entry.kind,
            point: (entry.lat as f32, entry.lon as f32),
            population: entry.population,
            country: entry.country,
            region: if_kind(PlaceKind::Region, entry.region),
            district: if_kind(PlaceKind::District, entry.district),
            capital: entry.kind == PlaceKind::City && self.lexicon.countries().is_capital(own_id),
        })
    }

    fn push(&mut self, tokens: TokenRange, via: Via, key: &str, found: &[(PlaceRef, NameKind)]) {
        let facts = found.iter().filter_map(|(place, name)| self.facts(*place, *name));
        let mut candidates: Vec<Facts> = facts.collect();
        if candidates.len() > MAX_CANDIDATES {
            candidates.sort_by_key(|c| (std::cmp::Reverse(c.population), c.place));
            candidates.truncate(MAX_CANDIDATES);
        }
        if candidates.is_empty() {
            return;
        }
        let n_groups = self.groups.len();
        let group = *self.groups.entry(key.to_owned()).or_insert(n_groups);
        self.out.push(Spot { tokens, via, group, candidates });
    }
}

/// The recogniser's entity that covers a token, with its tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its type.
    pub label: EntityLabel,
}

/// The entity over each token.
#[must_use]
pub fn named(parsed: Parsed<'_>) -> Vec<Option<Named>> {
    use tolmach_document::Iob;
    let n = parsed.len();
    let mut out = vec![None; n];
    let mut t = 0;
    while t < n {
        let Some(label) = parsed.entity(t).label() else {
            t += 1;
            continue;
        };
        let start = t;
        t += 1;
        while t < n && matches!(parsed.entity(t), Iob::In(_)) {
            t += 1;
        }
        out[start..t].fill(Some(Named { tokens: TokenRange::new(start, t), label }));
    }
    out
}

/// Whether the parse takes any token for a name, an adjective of one, or an entity.
#[must_use]
pub fn is_nameish(parsed: Parsed<'_>, tokens: TokenRange) -> bool {
    tokens.iter().any(|t| parsed.pos(t) == Pos::Propn || parsed.entity(t).label().is_some())
}
