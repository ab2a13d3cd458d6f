//! Trains the learned reading of factuality: one ridge regression a school of annotators, and who asks which question.

use crate::linear::{self, Row};
use crate::sparse::Features;
use tolmach_document::{Analysis, Parsed, TextRange};
use tolmach_extraction::factuality::learned::{event, head, school};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::event::{FactualityModel, LinearReading};
use tolmach_lexicon::reporting::Weights;

/// A text with marked events, each with its score from -3 to +3.
pub struct Example {
    /// The text.
    pub text: String,
    /// Its parse.
    pub analysis: Analysis,
    /// Events and their scores.
    pub events: Vec<(TextRange, f32)>,
    /// Whether its annotators asked for the teller's commitment, rather than for what happened.
    pub committed: bool,
}

/// How the readings learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// A feature must occur this often.
    pub least: usize,
    /// Pull of every weight towards zero, for scores and for the school.
    pub pull: [f64; 2],
    /// Log-odds of the school for each unit of its regression.
    pub slope: f32,
}

/// What the carried model was made with.
pub const SETTINGS: Settings = Settings { least: 3, pull: [60.0, 60.0], slope: 3.0 };

/// Trains on `examples` of both schools.
#[must_use]
pub fn train(examples: &[Example], lexicon: &Lexicon, settings: Settings) -> FactualityModel {
    let scored = |committed: bool| {
        let mut cases = Vec::new();
        for example in examples.iter().filter(|e| e.committed == committed) {
            let p = Parsed::new(&example.text, &example.analysis);
            cases.extend(example.events.iter().map(|(range, score)| (event(p, lexicon, head(p, *range)), *score, 1.0)));
        }
        reading(&cases, settings.least, settings.pull[0], 1.0)
    };
    FactualityModel { happened: scored(false), committed: scored(true), school: which(examples, lexicon, settings) }
}

/// Both schools get the same say, though one has more texts.
fn which(examples: &[Example], lexicon: &Lexicon, settings: Settings) -> LinearReading {
    let n = examples.len().max(1) as f32;
    let committed = examples.iter().filter(|e| e.committed).count().max(1) as f32;
    let case = |example: &Example| {
        let p = Parsed::new(&example.text, &example.analysis);
        let events: Vec<usize> = example.events.iter().map(|(range, _)| head(p, *range)).collect();
        let features = school(p, lexicon, &events);
        if example.committed {
            (features, 1.0, (n / committed / 2.0).sqrt())
        } else {
            (features, -1.0, (n / (n - committed).max(1.0) / 2.0).sqrt())
        }
    };
    let cases: Vec<Case> = examples.iter().filter(|e| !e.analysis.tokens.is_empty()).map(case).collect();
    reading(&cases, settings.least, settings.pull[1], settings.slope)
}

/// Features, target, weight of the row.
type Case = (Vec<u32>, f32, f32);

fn reading(cases: &[Case], least: usize, pull: f64, slope: f32) -> LinearReading {
    let features = Features::frequent(cases.iter().flat_map(|c| c.0.iter().copied()).collect(), least);
    let row = |case: &Case| -> Row { features.number(&case.0).into_iter().map(|f| (f, case.2)).collect() };
    let rows: Vec<Row> = cases.iter().map(row).collect();
    let targets: Vec<f32> = cases.iter().map(|c| c.1 * c.2).collect();
    let (mean, weights) = linear::ridge(&rows, &targets, features.len(), pull);
    let packed: Vec<(u32, [f32; 1])> =
        weights.iter().enumerate().map(|(at, w)| (features.name(at), [w * slope])).collect();
    let step = linear::step_for(packed.iter().flat_map(|(_, w)| w));
    LinearReading { mean: mean * slope, weights: Weights::pack(&packed, step) }
}
