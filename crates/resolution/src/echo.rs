//! Claims that report the same words of the same source in different documents.
//!
//! Only the words are compared: a paraphrase or a translation is not found here.

use crate::Sets;
use crate::minhash::{of_shingles, pairs};
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::TextRange;
use tolmach_situation::words::words;
use tolmach_situation::{ActorId, Body, Snapshot, StatementId};

/// Least share of words in common of two tellings of one statement.
const SAME: f64 = 0.5;
/// Fewer words than these say too little to be recognised again.
const LEAST: usize = 4;

struct Telling {
    id: StatementId,
    document: usize,
    speaker: Option<ActorId>,
    words: BTreeSet<String>,
}

/// Groups of two or more attributions, in the snapshot's order (first published first).
pub fn echoes(
    snapshot: &Snapshot,
    actor_of: &BTreeMap<StatementId, ActorId>,
    reprints: &[Vec<usize>],
) -> Vec<Vec<StatementId>> {
    let tellings = tellings(snapshot, actor_of);
    let signatures: Vec<Vec<u32>> =
        tellings.iter().map(|telling| of_shingles(telling.words.iter().cloned())).collect();
    let signatures: Vec<&[u32]> = signatures.iter().map(Vec::as_slice).collect();
    let text_of = text_of(reprints);
    let mut sets = Sets::new(tellings.len());
    for (a, b) in pairs(&signatures, |a, b| same(&tellings[a], &tellings[b], &text_of)) {
        sets.join(a, b);
    }
    let groups = sets.groups().into_iter().filter(|group| group.len() > 1);
    groups.map(|group| group.into_iter().map(|n| tellings[n].id).collect()).collect()
}

fn tellings(snapshot: &Snapshot, actor_of: &BTreeMap<StatementId, ActorId>) -> Vec<Telling> {
    let mut out = Vec::new();
    for (document, statement) in snapshot.iter() {
        let Body::Attribution(attribution) = &statement.body else { continue };
        let text = &snapshot.documents[document].document.text;
        let words = content_words(text, &attribution.content);
        if words.len() >= LEAST {
            let entity = attribution.source.as_ref().and_then(|source| source.entity);
            let speaker = entity.and_then(|entity| actor_of.get(&entity).copied());
            out.push(Telling { id: statement.id, document, speaker, words });
        }
    }
    out
}

fn content_words(text: &str, content: &[TextRange]) -> BTreeSet<String> {
    content.iter().flat_map(|range| words(&text[*range])).collect()
}

/// The group of every reprinted document.
fn text_of(reprints: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    let groups = reprints.iter().enumerate();
    groups.flat_map(|(n, group)| group.iter().map(move |document| (*document, n))).collect()
}

/// Within one document only the document itself can say that two claims are one, so they stay apart. Two
/// unknown speakers are one only where both documents print one text.
fn same(a: &Telling, b: &Telling, text_of: &BTreeMap<usize, usize>) -> bool {
    let one_text = text_of.contains_key(&a.document) && text_of.get(&a.document) == text_of.get(&b.document);
    let one_speaker = match (a.speaker, b.speaker) {
        (Some(one), Some(other)) if one == other => true,
        // "The interior ministry" has no name to know it by; in a reprint its words are.
        (Some(_), Some(_)) => one_text && a.words == b.words,
        _ => one_text,
    };
    if a.document == b.document || !one_speaker {
        return false;
    }
    let common = a.words.intersection(&b.words).count() as f64;
    common / (a.words.len() + b.words.len()) as f64 * (1.0 + SAME) >= SAME
}
