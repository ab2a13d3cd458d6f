//! On how many independent words does a claim rest, however many outlets repeat it?
//!
//! A claim's origin is the innermost carrier of its words where there is one (all that is known comes through
//! it), else the speaker, else the outlet itself. A reprint is not a second origin.

use crate::claim::{self, Claim, Part};
use crate::{Picture, Question, StatementId};
use std::collections::BTreeSet;

/// A claim that several outlets carry, or that came a long way, with its origins.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The first published telling.
    pub claim: Claim,
    /// Outlets that carry it.
    pub outlets: BTreeSet<String>,
    /// Independent ends of its chains.
    pub origins: BTreeSet<String>,
}

/// The claims asked for that one outlet alone would not make weighty: carried by two outlets or more, or
/// passed through two hands or more before the outlet. Most carried first.
#[must_use]
pub fn carried(picture: &Picture, question: &Question) -> Vec<Carried> {
    let unlimited = Question { limit: None, ..question.clone() };
    let mut out: Vec<Carried> = Vec::new();
    for claim in claim::claims(picture, &unlimited) {
        if picture.reprint_source(claim.document).is_some() {
            continue;
        }
        let carried = of(picture, claim);
        if carried.outlets.len() > 1 || hands(&carried.claim) > 1 {
            out.push(carried);
        }
    }
    out.sort_by_key(|carried| std::cmp::Reverse((carried.outlets.len(), hands(&carried.claim))));
    question.take(out)
}

impl Carried {
    /// Whether all that carry it print one text, so that the text's own line says as much.
    #[must_use]
    pub fn is_reprint(&self, picture: &Picture) -> bool {
        let prints = picture.prints(self.claim.document);
        hands(&self.claim) < 2 && self.claim.also_in.iter().all(|document| prints.contains(document))
    }
}

/// Outlets and origins of a claim.
#[must_use]
pub fn of(picture: &Picture, claim: Claim) -> Carried {
    let outlets = claim.also_in.iter().copied().chain([claim.document]);
    let outlets = outlets.map(|d| picture.snapshot.documents[d].outlet().to_owned()).collect();
    let origins = picture.echoes(claim.id).into_iter().filter_map(|echo| origin(picture, echo)).collect();
    Carried { claim, outlets, origins }
}

/// How many passed the words on between speaker and outlet.
fn hands(claim: &Claim) -> usize {
    claim.chain.iter().filter(|link| matches!(link.part, Part::Channel | Part::Carrier)).count()
}

fn origin(picture: &Picture, id: StatementId) -> Option<String> {
    let document = picture.snapshot.place(id)?.document;
    let first = picture.reprint_source(document).unwrap_or(document);
    let chain = claim::chain(picture, document, id);
    let carrier = chain.iter().find(|link| matches!(link.part, Part::Channel | Part::Carrier) && link.is_named);
    let speaker = chain.first().filter(|link| link.is_named && link.part == Part::Speaker);
    let end = carrier.or(speaker).map(|link| link.name.clone());
    Some(end.unwrap_or_else(|| picture.snapshot.documents[first].outlet().to_owned()))
}
