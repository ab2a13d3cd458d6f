//! Trains the relation coder: for each type a linear machine over the features of a marked sentence.
//!
//! Rows of our own stand beside the benchmark's, with less say.

use crate::linear::{self, Row};
use std::collections::BTreeMap;
use tolmach_document::{Analysis, Document, Parsed};
use tolmach_extraction::Context;
use tolmach_extraction::event::relation::{Dyad, numbers};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::event::{ROOTS, RelationModel, quad_of_root};
use tolmach_lexicon::reporting::Weights;

/// A sentence with its parties and what the first does to the second.
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Its parse.
    pub analysis: Analysis,
    /// The parties.
    pub dyad: Dyad,
    /// Index into [`ROOTS`].
    pub root: usize,
    /// Quad class as the annotators gave it.
    pub quad: u8,
    /// Whether it is of our own making.
    pub invented: bool,
}

/// How the coder learns.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// A feature must occur in this many sentences.
    pub least: usize,
    /// How much an error costs.
    pub cost: f32,
    /// The cost of an error on a sentence of our own, as a share of that.
    pub invented: f32,
}

/// What the carried model was made with.
pub const SETTINGS: Settings = Settings { least: 2, cost: 3.0, invented: 0.3 };

/// Macro-averaged F1, in percent, of the types, the quad classes, and cooperation against conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Fifteen types.
    pub root: f32,
    /// Four quad classes.
    pub quad: f32,
    /// Cooperation or conflict.
    pub binary: f32,
}

struct Case {
    features: Vec<u32>,
    root: usize,
    quad: u8,
    invented: bool,
}

/// Trains on all `examples`.
#[must_use]
pub fn train(examples: &[Example], lexicon: &Lexicon, settings: Settings) -> RelationModel {
    let cases = cases(examples, lexicon);
    learn(&cases.iter().collect::<Vec<_>>(), settings)
}

/// Figures of a cross-validation over `folds` parts of the benchmark's rows; our own rows are in every training part.
#[must_use]
pub fn cross_validate(examples: &[Example], lexicon: &Lexicon, settings: Settings, folds: usize) -> Figures {
    let cases = cases(examples, lexicon);
    let held = |at: usize, fold: usize| !cases[at].invented && at % folds == fold;
    let mut pairs = Vec::new();
    for fold in 0..folds {
        let rest: Vec<&Case> = (0..cases.len()).filter(|at| !held(*at, fold)).map(|at| &cases[at]).collect();
        let model = learn(&rest, settings);
        let tested = (0..cases.len()).filter(|at| held(*at, fold)).map(|at| &cases[at]);
        pairs.extend(tested.map(|case| (case, best(&model.roots.score(&case.features)))));
    }
    Figures {
        root: macro_f1(&pairs, |case| case.root, |root| root),
        quad: macro_f1(&pairs, |case| usize::from(case.quad), |root| usize::from(quad_of_root(root))),
        binary: macro_f1(&pairs, |case| usize::from(case.quad > 2), |root| usize::from(quad_of_root(root) > 2)),
    }
}

fn cases(examples: &[Example], lexicon: &Lexicon) -> Vec<Case> {
    let case = |example: &Example| {
        let document = Document { text: example.text.clone(), ..Document::default() };
        let parsed = Parsed::new(&example.text, &example.analysis);
        let ctx = Context { document: &document, parsed, lexicon, gazetteer: None };
        let features = numbers(ctx, example.dyad);
        Case { features, root: example.root, quad: example.quad, invented: example.invented }
    };
    examples.iter().map(case).collect()
}

fn learn(cases: &[&Case], settings: Settings) -> RelationModel {
    let known = known(cases, settings.least);
    let rows: Vec<Row> = cases.iter().map(|case| row(case, &known)).collect();
    let slack: Vec<f32> =
        cases.iter().map(|c| settings.cost * if c.invented { settings.invented } else { 1.0 }).collect();
    let mut weights = vec![[0.0; ROOTS.len()]; known.len()];
    for root in 0..ROOTS.len() {
        let is: Vec<bool> = cases.iter().map(|c| c.root == root).collect();
        let learned = linear::svm(&rows, &is, &slack, known.len());
        weights.iter_mut().zip(learned).for_each(|(all, w)| all[root] = w);
    }
    // A row's values are its features' rarity; the table keeps their product with the weight.
    let packed: Vec<(u32, [f32; ROOTS.len()])> =
        known.iter().zip(weights).map(|((name, (_, rarity)), w)| (*name, w.map(|w| w * rarity))).collect();
    let step = linear::step_for(packed.iter().flat_map(|(_, w)| w));
    RelationModel { roots: Weights::pack(&packed, step) }
}

/// Features that occur often enough, with their number and their rarity.
fn known(cases: &[&Case], least: usize) -> BTreeMap<u32, (u32, f32)> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    cases.iter().flat_map(|c| &c.features).for_each(|f| *counts.entry(*f).or_default() += 1);
    let kept = counts.into_iter().filter(|(_, n)| *n >= least);
    let rarity = |n: usize| (cases.len() as f32 / n as f32).ln() + 1.0;
    kept.enumerate().map(|(at, (name, n))| (name, (at as u32, rarity(n)))).collect()
}

/// The known features of a case, their values scaled to a length of one.
fn row(case: &Case, known: &BTreeMap<u32, (u32, f32)>) -> Row {
    let mut row: Row = case.features.iter().filter_map(|f| known.get(f).copied()).collect();
    let length = row.iter().map(|(_, v)| v * v).sum::<f32>().sqrt().max(1e-6);
    row.iter_mut().for_each(|(_, v)| *v /= length);
    row
}

fn best(scores: &[f32]) -> usize {
    (0..scores.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0)
}

fn macro_f1(pairs: &[(&Case, usize)], gold: impl Fn(&Case) -> usize, read: impl Fn(usize) -> usize) -> f32 {
    let mut counts: BTreeMap<usize, [f32; 3]> = BTreeMap::new();
    for (case, root) in pairs {
        let (want, have) = (gold(case), read(*root));
        counts.entry(want).or_default()[0] += f32::from(u8::from(want == have));
        counts.entry(want).or_default()[1] += 1.0;
        counts.entry(have).or_default()[2] += 1.0;
    }
    let f1 = |[both, want, have]: &[f32; 3]| 200.0 * both / (want + have);
    counts.values().map(f1).sum::<f32>() / counts.len().max(1) as f32
}
