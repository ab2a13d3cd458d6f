//! From a found event to its codes: type, mode, contexts, CAMEO, quad, Goldstein; and what is committed to.

use super::cast::{Cast, stands_at};
use super::matching::Found;
use crate::factuality;
use tolmach_document::{Attribution, AttributionId, Factuality, Stance};
use tolmach_lexicon::event::{Ontology, WordSet};
use tolmach_lexicon::reporting::Class;

/// The codes of one event.
pub(crate) struct Coded {
    /// In whose words it stands.
    pub attribution: Option<AttributionId>,
    pub category: String,
    pub mode: Option<String>,
    pub contexts: Vec<String>,
    pub cameo: Option<String>,
    pub quad: Option<u8>,
    pub goldstein: Option<f32>,
}

/// Codes and factuality; a sense may say what it becomes when it is negated ("did not recognise" rejects).
pub(crate) fn coded(
    cast: Cast<'_>,
    found: &Found<'_>,
    attribution: Option<AttributionId>,
) -> (Factuality, Coded) {
    let said = attribution.map(|id| &cast.so_far.attributions[id]);
    let (mut factuality, touched) = factuality::told(cast.parsed(), cast.ctx.lexicon, found.trigger, said);
    // "refused to endorse the annexation": the annexation is not Chad's word but its reporter's.
    let outer = said.filter(|a| !touched && (a.stance != Stance::Assert || is_refusal(cast, a)));
    let attribution = outer.map_or(attribution, |a| a.parent);
    let ontology = cast.lexicon().ontology();
    let mut cameo = found.cameo;
    if let Some(negated) = found.sense.negated.as_deref()
        && !factuality.positive
    {
        factuality.positive = true;
        cameo = Some(negated);
    }
    let own = cameo == found.sense.cameo.as_deref();
    let code = cameo.and_then(|c| ontology.code(c));
    let category = match code {
        Some(code) if !own => code.category.clone(),
        _ => found.sense.category.clone(),
    };
    let mode = if own { found.sense.mode.clone() } else { code.and_then(|c| c.mode.clone()) };
    let mut contexts = match code {
        Some(code) if !own => code.contexts.clone(),
        _ => found.sense.contexts.clone(),
    };
    contexts.extend(shown(cast, found.trigger, ontology));
    contexts.sort();
    contexts.dedup();
    let quad = ontology.event_type(&category).and_then(|t| t.quad);
    let goldstein = code.map(|c| c.goldstein);
    (
        factuality,
        Coded { attribution, category, mode, contexts, cameo: cameo.map(str::to_owned), quad, goldstein },
    )
}

/// Contexts that words of the trigger's sentence show, among the words near it.
fn shown(cast: Cast<'_>, trigger: usize, ontology: &Ontology) -> Vec<String> {
    let p = cast.parsed();
    let sentence = p.sentence(trigger).tokens;
    let near = sentence.start.max(trigger.saturating_sub(12))..sentence.end.min(trigger + 13);
    let has = |words: &WordSet| {
        near.clone().any(|t| {
            words.has(p.lower(t))
                || words.has(p.lemma(t))
                || words
                    .phrases()
                    .iter()
                    .any(|phrase| p.lower(t) == phrase[0] && stands_at(p, phrase, t).is_some())
        })
    };
    let rows = ontology.contexts().iter().filter(|(_, words)| !words.is_empty());
    rows.filter(|(_, words)| has(words)).map(|(name, _)| name.clone()).collect()
}

/// "refused to", "declined to": the cue is a denying one, though silence denies nothing.
fn is_refusal(cast: Cast<'_>, said: &Attribution) -> bool {
    let cues = cast.ctx.lexicon.reporting.verb(&said.cue_lemma);
    cues.first().is_some_and(|cue| cue.class == Class::Denying)
}
