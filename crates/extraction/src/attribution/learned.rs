//! The learned reading: which tokens head a cue, then, cue by cue, which words are its source and content.
//!
//! Two linear models over the parse. The first scores single tokens; the second is a chain over the sentences
//! that the cue can reach, decoded exactly. It reads every cue by itself, so attributions may nest.

use super::cue_features;
use super::grammar;
use super::role_features::{self, CONTENT, CUE, Frame, ROLES, SOURCE};
use super::view::View;
use super::window;
use tolmach_document::{Dep, Pos, RuleId, Tag, TokenRange};
use tolmach_lexicon::reporting::{ReportingModel, Weights};

const RULE: RuleId = RuleId("attr.model");

/// One attribution as the model reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Head of the cue.
    pub head: usize,
    /// Log-odds that it heads one.
    pub score: f32,
    /// Rule or model that read it.
    pub rule: RuleId,
    /// The quotation it was read in as in a document; `None`: the document itself.
    pub level: Option<usize>,
    /// Head of the cue of the reading that holds it, where the words lie side by side instead of inside.
    pub holder: Option<usize>,
    /// Its words.
    pub cue: Vec<TokenRange>,
    /// Who speaks.
    pub source: Vec<TokenRange>,
    /// What is said.
    pub content: Vec<TokenRange>,
}

/// Log-odds of each token heading a cue, at its own level; `None` for those that cannot.
#[must_use]
pub fn cue_scores(view: View<'_>, cue: &Weights<1>) -> Vec<Option<f32>> {
    let mut features = Vec::new();
    let mut out = vec![None; view.p.len()];
    for level in view.levels() {
        for t in level.bounds().iter().filter(|t| level.owns(*t) && cue_features::is_candidate(level, *t)) {
            features.clear();
            cue_features::of(level, t, &mut features);
            out[t] = Some(cue.score(&features)[0]);
        }
    }
    out
}

/// Every attribution whose cue scores at least `floor`, in text order of the cues.
#[must_use]
pub fn find(view: View<'_>, model: &ReportingModel, floor: f32) -> Vec<Reading> {
    let scores = cue_scores(view, &model.cue);
    let heads: Vec<bool> = scores.iter().map(|s| s.is_some_and(|s| s >= 0.0)).collect();
    let mut chain = Chain::default();
    let mut out = Vec::new();
    for level in view.levels() {
        for head in level.bounds().iter().filter(|t| level.owns(*t)) {
            if let Some(score) = scores[head].filter(|s| *s >= floor) {
                out.push(read(level, model, &heads, head, score, &mut chain));
            }
        }
    }
    out.sort_by_key(|r| r.head);
    out
}

fn read(
    view: View<'_>,
    model: &ReportingModel,
    heads: &[bool],
    head: usize,
    score: f32,
    chain: &mut Chain,
) -> Reading {
    let frame = Frame::new(view, heads, head, window::around(view, heads, head));
    chain.score(&frame, model, head);
    let roles = chain.decode();
    let start = frame.window().start;
    let stretches = |role: usize| stretches(view, start, &roles, role);
    let mut out = Reading {
        head,
        score,
        rule: RULE,
        level: view.quotation(),
        holder: None,
        cue: stretches(CUE),
        source: stretches(SOURCE),
        content: stretches(CONTENT),
    };
    if out.source.is_empty() {
        out.source = missing_source(view, &out);
    }
    out
}

/// The subject of an active cue, where the chain found no source and gave its words no other role.
fn missing_source(view: View<'_>, reading: &Reading) -> Vec<TokenRange> {
    let p = view.p;
    let free = |range: TokenRange| {
        let taken = |r: &TokenRange| r.start < range.end && range.start < r.end;
        !range.is_empty() && !reading.content.iter().chain(&reading.cue).any(taken)
    };
    let verbs = reading.cue.iter().flat_map(|r| r.iter()).filter(|t| p.pos(*t) == Pos::Verb);
    let heads: Vec<usize> = std::iter::once(reading.head).chain(verbs).collect();
    let opening = |head: &usize| grammar::first_noun_phrase(p, *head).filter(|_| is_finite(view, *head));
    heads
        .iter()
        .find_map(|head| grammar::doer(p, *head))
        .filter(|doer| !matches!(p.lower(doer.head), "it" | "there"))
        .map(|doer| grammar::noun_phrase(p, doer.head))
        .or_else(|| heads.iter().find_map(opening))
        .filter(|range| free(*range))
        .into_iter()
        .collect()
}

/// Whether the cue is a verb of a main clause, so that it must have a subject somewhere.
fn is_finite(view: View<'_>, head: usize) -> bool {
    let p = view.p;
    let passive = grammar::is_passive(p, head);
    !passive
        && matches!(p.tag(head), Tag::Vbd | Tag::Vbz | Tag::Vbp)
        && !p.children(head).any(|c| p.dep(c) == Dep::Expl)
}

/// Maximal runs of `role`, without punctuation and white space at their ends.
fn stretches(view: View<'_>, start: usize, roles: &[usize], role: usize) -> Vec<TokenRange> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < roles.len() {
        let mut end = at + 1;
        while end < roles.len() && roles[end] == roles[at] {
            end += 1;
        }
        if roles[at] == role {
            let range = TokenRange::new(start + at, start + end);
            out.push(if role == CUE { range } else { grammar::trim(view.p, range) });
        }
        at = end;
    }
    out.retain(|r| !r.is_empty());
    out
}

/// Scores of one chain and its best path; kept between cues to save allocations.
#[derive(Default)]
struct Chain {
    emissions: Vec<[f32; ROLES]>,
    links: Vec<[f32; ROLES * ROLES]>,
    features: Vec<u32>,
    link_features: Vec<u32>,
}

impl Chain {
    fn score(&mut self, frame: &Frame<'_>, model: &ReportingModel, head: usize) {
        self.emissions.clear();
        self.links.clear();
        for t in frame.window().iter() {
            self.features.clear();
            self.link_features.clear();
            frame.features(t, &mut self.features, &mut self.link_features);
            let mut emission = model.role.score(&self.features);
            if t == head {
                emission = std::array::from_fn(|role| if role == CUE { 0.0 } else { f32::NEG_INFINITY });
            }
            self.emissions.push(emission);
            self.links.push(model.link.score(&self.link_features));
        }
    }

    /// Viterbi.
    fn decode(&self) -> Vec<usize> {
        let n = self.emissions.len();
        let mut best = self.emissions.clone();
        let mut back = vec![[0usize; ROLES]; n];
        for t in 1..n {
            for role in 0..ROLES {
                let value = |from: usize| best[t - 1][from] + self.links[t][from * ROLES + role];
                let from = (0..ROLES).fold(0, |a, b| if value(b) > value(a) { b } else { a });
                back[t][role] = from;
                best[t][role] += value(from);
            }
        }
        let mut roles = vec![role_features::OUT; n];
        let Some(last) = best.last() else { return roles };
        roles[n - 1] = (0..ROLES).fold(0, |a, b| if last[b] > last[a] { b } else { a });
        for t in (1..n).rev() {
            roles[t - 1] = back[t][roles[t]];
        }
        roles
    }
}
