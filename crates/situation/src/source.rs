//! Who is quoted in the dossier, how often, through whom. Outlets are not sources: they stand beside.

use crate::claim::{self, Claim, Part};
use crate::{Picture, Question};
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::{Date, Stance};

/// One quoted source.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// Name, or the text's words where it has none.
    pub name: String,
    /// Whether it has a name of its own.
    pub is_named: bool,
    /// What it says.
    pub claims: Vec<Claim>,
    /// How many of them deny something.
    pub denials: usize,
    /// How many of them somebody denies.
    pub denied: usize,
    /// Channels and carriers that its words came through, by name.
    pub through: BTreeSet<String>,
    /// Outlets that quote it, by name.
    pub outlets: BTreeSet<String>,
    /// First and last day of publication.
    pub published: Option<(Date, Date)>,
}

/// The sources asked for, most quoted first, then by name.
#[must_use]
pub fn sources(picture: &Picture, question: &Question) -> Vec<Quoted> {
    let unlimited = Question { limit: None, ..question.clone() };
    let mut by_name: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for claim in claim::claims(picture, &unlimited) {
        if let Some(speaker) = claim.speaker() {
            by_name.entry(speaker.name.clone()).or_default().push(claim);
        }
    }
    let mut out: Vec<Quoted> = by_name.into_iter().map(|(name, claims)| quoted(picture, name, claims)).collect();
    out.sort_by_key(|quoted| (!quoted.is_named, std::cmp::Reverse(quoted.claims.len())));
    question.take(out)
}

fn quoted(picture: &Picture, name: String, claims: Vec<Claim>) -> Quoted {
    let links = || claims.iter().flat_map(|claim| claim.chain.iter());
    let through = links().filter(|link| matches!(link.part, Part::Channel | Part::Carrier));
    let outlets = claims.iter().flat_map(|claim| claim.also_in.iter().copied().chain([claim.document]));
    let days: Vec<Date> = claims.iter().filter_map(|claim| picture.published(claim.document)).collect();
    Quoted {
        is_named: claims.iter().any(|claim| claim.speaker().is_some_and(|link| link.is_named)),
        denials: claims.iter().filter(|claim| claim.stance == Stance::Deny).count(),
        denied: claims.iter().filter(|claim| !claim.denied_by.is_empty()).count(),
        through: through.map(|link| link.name.clone()).collect(),
        outlets: outlets.map(|d| picture.snapshot.documents[d].outlet().to_owned()).collect(),
        published: days.iter().min().copied().zip(days.iter().max().copied()),
        name,
        claims,
    }
}
