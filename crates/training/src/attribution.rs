//! Trains the attribution model: a cue classifier and, for each cue, a chain over the words it can reach.

use crate::chain::{self, Sequence};
use crate::logistic::{self, Case};
use tolmach_document::{Analysis, Parsed, Pos, TextRange, TokenRange};
use tolmach_extraction::attribution::atoms::Atoms;
use tolmach_extraction::attribution::cue_features::{self, View};
use tolmach_extraction::attribution::quotation::Quotations;
use tolmach_extraction::attribution::role_features::{CONTENT, CUE, Frame, OUT, SOURCE};
use tolmach_extraction::attribution::window;
use tolmach_lexicon::reporting::{ReportingLexicon, ReportingModel, Weights};

/// An annotated text.
pub struct Example {
    /// Its text.
    pub text: String,
    /// Its parse.
    pub analysis: Analysis,
    /// What a reader found.
    pub gold: Vec<Gold>,
}

/// One attribution as a reader marked it, in bytes.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// Who.
    pub source: Vec<TextRange>,
    /// By which words.
    pub cue: Vec<TextRange>,
    /// What.
    pub content: Vec<TextRange>,
}

const FOLDS: usize = 4;
const CUE_SETTINGS: logistic::Settings = logistic::Settings { least: 2, epochs: 3, rate: 0.05, decay: 1e-5 };
const ROLE_SETTINGS: chain::Settings = chain::Settings { least: 2, epochs: 3, rate: 0.05, decay: 1e-6 };
/// A weight of one step of the packed tables.
const STEP: f32 = 1.0 / 32.0;

/// Trains on `examples`. Annotators mark outermost attributions only, so words inside a marked content are no
/// evidence against being a cue: they are left out.
#[must_use]
pub fn train(examples: &[Example], lexicon: &ReportingLexicon) -> ReportingModel {
    let rows: Vec<Row> = examples.iter().map(|e| Row::new(e, lexicon)).collect();
    let cases: Vec<Vec<Case>> = rows.iter().map(Row::cases).collect();
    let of = |keep: &dyn Fn(usize) -> bool| -> Vec<(u32, [f32; 1])> {
        let chosen: Vec<&Case> = cases.iter().enumerate().filter(|(at, _)| keep(*at)).flat_map(|(_, c)| c).collect();
        logistic::train(&chosen, CUE_SETTINGS)
    };
    // The chain must see the cues that the classifier will find, not those that it was shown.
    let mut sequences: Vec<Sequence> = Vec::new();
    for fold in 0..FOLDS {
        let model = Weights::pack(&of(&|at| at % FOLDS != fold), STEP);
        for row in rows.iter().skip(fold).step_by(FOLDS) {
            sequences.extend(row.sequences(&model));
        }
    }
    let cue = Weights::pack(&of(&|_| true), STEP);
    let chain = chain::train(&sequences, ROLE_SETTINGS);
    ReportingModel { cue, role: Weights::pack(&chain.roles, STEP), link: Weights::pack(&chain.links, STEP) }
}

/// A text with what the models see of it.
struct Row<'a> {
    p: Parsed<'a>,
    atoms: Atoms,
    quotes: Quotations,
    gold: Vec<Marked>,
}

/// A marked attribution in tokens.
struct Marked {
    head: usize,
    source: Vec<TokenRange>,
    cue: Vec<TokenRange>,
    content: Vec<TokenRange>,
}

impl<'a> Row<'a> {
    fn new(example: &'a Example, lexicon: &ReportingLexicon) -> Self {
        let p = Parsed::new(&example.text, &example.analysis);
        let quotes = Quotations::find(p);
        let atoms = Atoms::new(p, &quotes, lexicon);
        let gold = example.gold.iter().filter_map(|g| Marked::new(p, g)).collect();
        Self { p, atoms, quotes, gold }
    }

    fn view(&self) -> View<'_> {
        View { p: self.p, atoms: &self.atoms, quotes: &self.quotes }
    }

    fn cases(&self) -> Vec<Case> {
        let mut hidden = vec![false; self.p.len()];
        let mut heads = vec![false; self.p.len()];
        for marked in &self.gold {
            marked.content.iter().for_each(|r| hidden[r.start..r.end].fill(true));
        }
        for marked in &self.gold {
            heads[marked.head] = true;
            hidden[marked.head] = false;
        }
        let view = self.view();
        (0..self.p.len())
            .filter(|t| !hidden[*t] && cue_features::is_candidate(view, *t))
            .map(|t| {
                let mut features = Vec::new();
                cue_features::of(view, t, &mut features);
                Case { features, is: heads[t] }
            })
            .collect()
    }

    fn sequences(&self, model: &Weights<1>) -> Vec<Sequence> {
        let view = self.view();
        let mut features = Vec::new();
        let heads: Vec<bool> = (0..self.p.len())
            .map(|t| {
                features.clear();
                cue_features::is_candidate(view, t) && {
                    cue_features::of(view, t, &mut features);
                    model.score(&features)[0] >= 0.0
                }
            })
            .collect();
        self.gold.iter().map(|marked| sequence(view, &heads, marked)).collect()
    }
}

fn sequence(view: View<'_>, heads: &[bool], marked: &Marked) -> Sequence {
    let frame = Frame::new(view, heads, marked.head, window::around(view, heads, marked.head));
    let mut out =
        Sequence { tokens: Vec::new(), steps: Vec::new(), roles: Vec::new(), head: marked.head - frame.window().start };
    for t in frame.window().iter() {
        let (mut token, mut step) = (Vec::new(), Vec::new());
        frame.features(t, &mut token, &mut step);
        out.tokens.push(token);
        out.steps.push(step);
        out.roles.push(marked.role(t) as u8);
    }
    out
}

impl Marked {
    fn new(p: Parsed<'_>, gold: &Gold) -> Option<Self> {
        let tokens = |ranges: &[TextRange]| -> Vec<TokenRange> {
            ranges.iter().map(|r| p.tokens_in(*r)).filter(|r| !r.is_empty()).collect()
        };
        let cue = tokens(&gold.cue);
        let head = head(p, &cue)?;
        Some(Self { head, source: tokens(&gold.source), cue, content: tokens(&gold.content) })
    }

    fn role(&self, t: usize) -> usize {
        let any = |ranges: &[TokenRange]| ranges.iter().any(|r| r.holds(t));
        match () {
            () if t == self.head || any(&self.cue) => CUE,
            () if any(&self.source) => SOURCE,
            () if any(&self.content) => CONTENT,
            () => OUT,
        }
    }
}

/// The token that the other words of the cue hang on; a verb if several hang outside.
fn head(p: Parsed<'_>, cue: &[TokenRange]) -> Option<usize> {
    let inside = |t: usize| cue.iter().any(|r| r.holds(t));
    let tops: Vec<usize> = cue
        .iter()
        .flat_map(|r| r.iter())
        .filter(|t| p.pos(*t) != Pos::Space && (p.is_root(*t) || !inside(p.head(*t))))
        .collect();
    let verb = tops.iter().find(|t| matches!(p.pos(**t), Pos::Verb | Pos::Aux));
    verb.or(tops.first()).copied()
}
