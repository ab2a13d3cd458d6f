//! Trains the attribution model: a cue classifier and, for each cue, a chain over the words it can reach.

use crate::chain::{self, Sequence};
use crate::logistic::{self, Case};
use tolmach_document::{Analysis, Parsed, Pos, TextRange, TokenRange};
use tolmach_extraction::attribution::atoms::Atoms;
use tolmach_extraction::attribution::cue_features;
use tolmach_extraction::attribution::learned;
use tolmach_extraction::attribution::quotation::Quotations;
use tolmach_extraction::attribution::role_features::{CONTENT, CUE, Frame, OUT, SOURCE};
use tolmach_extraction::attribution::view::View;
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

/// How the two models learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The cue classifier.
    pub cue: Learning,
    /// The chain of roles.
    pub role: Learning,
    /// Weight of one step of the packed tables.
    pub step: f32,
}

/// How one model learns.
#[derive(Clone, Copy, Debug)]
pub struct Learning {
    /// A feature must occur this often.
    pub least: usize,
    /// Rounds over the data.
    pub epochs: usize,
    /// AdaGrad's step.
    pub rate: f32,
    /// Pull of every weight towards zero.
    pub decay: f32,
}

/// What the carried model was made with.
pub const SETTINGS: Settings = Settings {
    cue: Learning { least: 8, epochs: 3, rate: 0.05, decay: 1e-5 },
    role: Learning { least: 8, epochs: 3, rate: 0.05, decay: 1e-6 },
    step: 1.0 / 32.0,
};

/// Trains on `examples`. Annotators mark outermost attributions only, so words inside a marked content are no
/// evidence against being a cue: they are left out.
#[must_use]
pub fn train(examples: &[Example], lexicon: &ReportingLexicon, settings: Settings) -> ReportingModel {
    let rows: Vec<Row> = examples.iter().map(|e| Row::new(e, lexicon)).collect();
    let cases: Vec<Vec<Case>> = rows.iter().map(Row::cases).collect();
    let of = |keep: &dyn Fn(usize) -> bool| -> Vec<(u32, [f32; 1])> {
        let chosen: Vec<&Case> =
            cases.iter().enumerate().filter(|(at, _)| keep(*at)).flat_map(|(_, c)| c).collect();
        logistic::train(&chosen, settings.cue)
    };
    // The chain must see the cues that the classifier will find, not those that it was shown.
    let mut sequences: Vec<Sequence> = Vec::new();
    for fold in 0..FOLDS {
        let model = Weights::pack(&of(&|at| at % FOLDS != fold), settings.step);
        for row in rows.iter().skip(fold).step_by(FOLDS) {
            sequences.extend(row.sequences(&model));
        }
    }
    let cue = Weights::pack(&of(&|_| true), settings.step);
    let chain = chain::train(&sequences, settings.role);
    ReportingModel {
        cue,
        role: Weights::pack(&chain.roles, settings.step),
        link: Weights::pack(&chain.links, settings.step),
    }
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
        let quotes = Quotations::find(p, &lexicon.media);
        let atoms = Atoms::new(p, lexicon);
        let gold = example.gold.iter().filter_map(|g| Marked::new(p, g)).collect();
        Self { p, atoms, quotes, gold }
    }

    fn view(&self) -> View<'_> {
        View::whole(self.p, &self.atoms, &self.quotes)
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
        let mut out = Vec::new();
        for level in self.view().levels() {
            let owned = level.bounds().iter().filter(|t| level.owns(*t) && !hidden[*t]);
            for t in owned.filter(|t| cue_features::is_candidate(level, *t)) {
                let mut features = Vec::new();
                cue_features::of(level, t, &mut features);
                out.push(Case { features, is: heads[t] });
            }
        }
        out
    }

    fn sequences(&self, model: &Weights<1>) -> Vec<Sequence> {
        let scores = learned::cue_scores(self.view(), model);
        let heads: Vec<bool> = scores.iter().map(|s| s.is_some_and(|s| s >= 0.0)).collect();
        let mut out = Vec::new();
        for level in self.view().levels() {
            let owned = self.gold.iter().filter(|marked| level.owns(marked.head));
            out.extend(owned.map(|marked| sequence(level, &heads, marked)));
        }
        out
    }
}

fn sequence(view: View<'_>, heads: &[bool], marked: &Marked) -> Sequence {
    let frame = Frame::new(view, heads, marked.head, window::around(view, heads, marked.head));
    let mut out = Sequence {
        tokens: Vec::new(),
        steps: Vec::new(),
        roles: Vec::new(),
        head: marked.head - frame.window().start,
    };
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
