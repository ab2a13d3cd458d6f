//! Learning the weights of [`rank`](super::rank) and [`judge`](super::judge) from marked texts.
//!
//! The same texts give the same weights: the order is shuffled with a fixed seed and nothing else is random.
//! Reads no file; whoever calls brings texts, parses and gold.

use super::linear::{Feature, Templates, Weights, sigmoid, softmax};
use super::rank::{self, Choice, Rank, Votes, candidates};
use super::scene::{Scene, kilometres};
use super::spot::Facts;
use super::{Models, first_weights, judge, judge_all, judge_features, read, unit_weights};
use tolmach_document::TextRange;
use tolmach_lexicon::gazetteer::PlaceKind;

/// A toponym as people marked it.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Bytes.
    pub range: TextRange,
    /// GeoNames id and point (degrees north, east), where it has one.
    pub place: Option<(Option<u32>, (f32, f32))>,
}

/// One marked text.
pub struct Lesson<'a> {
    /// Its spots.
    pub scene: Scene<'a>,
    /// What is marked.
    pub gold: Vec<Gold>,
    /// How much it counts.
    pub weight: f32,
    /// GeoNames id of a candidate.
    pub id_of: &'a dyn Fn(&Facts) -> Option<u32>,
}

/// Kilometres within which a place counts as found.
const NEAR: f32 = 161.0;

impl Lesson<'_> {
    /// Whether a candidate is the marked place: the same id, or near enough.
    #[must_use]
    pub fn is_right(&self, c: &Facts, gold: &Gold) -> bool {
        let Some((id, point)) = gold.place else { return false };
        (id.is_some() && id == (self.id_of)(c)) || kilometres(c.point, point) <= NEAR
    }

    /// The candidates with the marked id; without one, those near enough.
    fn right(&self, list: &[Facts], gold: &Gold) -> Vec<bool> {
        let id = gold.place.and_then(|(id, _)| id);
        let same: Vec<bool> = list.iter().map(|c| id.is_some() && id == (self.id_of)(c)).collect();
        if same.contains(&true) { same } else { list.iter().map(|c| self.is_right(c, gold)).collect() }
    }

    fn gold_at(&self, spot: usize) -> Option<&Gold> {
        let range = self.scene.parsed.span(self.scene.spots[spot].tokens);
        self.gold.iter().find(|gold| gold.range == range)
    }

    fn overlapping(&self, spot: usize) -> Option<&Gold> {
        let range = self.scene.parsed.span(self.scene.spots[spot].tokens);
        self.gold_at(spot).or_else(|| self.gold.iter().find(|gold| gold.range.overlaps(range)))
    }
}

/// AdaGrad with L2, one model.
struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
}

impl Learner {
    fn new(size: usize, rate: f32, decay: f32) -> Self {
        Self { weights: vec![0.0; size], squares: vec![1e-6; size], rate, decay }
    }

    fn step(&mut self, features: &[Feature], gradient: f32) {
        for feature in features {
            let at = usize::from(*feature);
            let g = gradient + self.decay * self.weights[at];
            self.squares[at] += g * g;
            self.weights[at] -= self.rate * g / self.squares[at].sqrt();
        }
    }

    fn score(&self, features: &[Feature]) -> f32 {
        features.iter().map(|feature| self.weights[usize::from(*feature)]).sum()
    }
}

/// A fixed-seed shuffle (xorshift), so that training is repeatable.
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = seed | 1;
    for at in (1..order.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(at, (state % (at as u64 + 1)) as usize);
    }
}

/// Learns both models in turns: votes depend on what is taken for a toponym, and that depends on the ranking.
#[must_use]
pub fn train(lessons: &[&Lesson<'_>]) -> Models {
    let mut models = Models::blank();
    for turn in 0..3 {
        models.rank = train_rank(lessons, &models, turn);
        models.judge = train_judge(lessons, &models, turn);
    }
    models.threshold = best_threshold(lessons, &models);
    models
}

fn weights_at(lesson: &Lesson<'_>, models: &Models, turn: usize) -> Vec<f32> {
    match turn {
        0 => first_weights(&lesson.scene),
        _ => unit_weights(&lesson.scene, &judge_all(&lesson.scene, models)),
    }
}

/// One decision: features of every candidate, which of them are right, how much it counts.
struct Question {
    features: Vec<Vec<Feature>>,
    right: Vec<bool>,
    weight: f32,
}

fn train_rank(lessons: &[&Lesson<'_>], models: &Models, turn: usize) -> Weights {
    let mut learnt = models.rank.clone();
    for round in 0..3 {
        let mut questions = Vec::new();
        for lesson in lessons {
            let weight = weights_at(lesson, models, turn);
            let choice: Choice = match (turn, round) {
                (0, 0) => rank::first_guess(&lesson.scene),
                _ => rank::rank(&lesson.scene, &weight, &learnt),
            };
            rank_questions(lesson, &choice, &weight, &mut questions);
        }
        let mut learner = Learner::new(Rank::size(), 0.1, 2e-4);
        let mut order: Vec<usize> = (0..questions.len()).collect();
        for epoch in 0..12 {
            shuffle(&mut order, 77 + epoch);
            for at in &order {
                answer(&mut learner, &questions[*at]);
            }
        }
        learnt = Weights(learner.weights);
    }
    learnt
}

fn rank_questions(lesson: &Lesson<'_>, choice: &Choice, weight: &[f32], out: &mut Vec<Question>) {
    let scene = &lesson.scene;
    let votes = Votes::count(scene, choice, weight);
    let local = rank::local_features(scene);
    for (number, unit) in scene.units.iter().enumerate() {
        let golds: Vec<&Gold> = unit
            .spots
            .iter()
            .filter_map(|spot| lesson.gold_at(*spot))
            .filter(|gold| gold.place.is_some())
            .collect();
        let Some(gold) = golds.first() else { continue };
        let right = lesson.right(candidates(scene, unit), gold);
        if right.len() > 1 && right.iter().any(|r| *r) && !right.iter().all(|r| *r) {
            let features = rank::features(scene, &votes, number, &local[number]);
            out.push(Question { features, right, weight: lesson.weight * (golds.len() as f32).sqrt() });
        }
    }
}

/// Raises the probability that some right candidate is chosen.
fn answer(learner: &mut Learner, question: &Question) {
    let mut chances: Vec<f32> = question.features.iter().map(|features| learner.score(features)).collect();
    softmax(&mut chances);
    let right: f32 =
        chances.iter().zip(&question.right).filter(|(_, right)| **right).map(|(chance, _)| chance).sum();
    for ((features, chance), is_right) in question.features.iter().zip(&chances).zip(&question.right) {
        let wanted = if *is_right { chance / right.max(1e-6) } else { 0.0 };
        let gradient = (chance - wanted) * question.weight;
        if gradient.abs() > 1e-4 {
            learner.step(features, gradient);
        }
    }
}

fn train_judge(lessons: &[&Lesson<'_>], models: &Models, turn: usize) -> Weights {
    let mut questions: Vec<(Vec<Feature>, f32, f32)> = Vec::new();
    for lesson in lessons {
        let weight = weights_at(lesson, models, turn);
        let choice = rank::rank(&lesson.scene, &weight, &models.rank);
        for (spot, features) in judge_features(&lesson.scene, &choice, &weight).into_iter().enumerate() {
            if let Some(ranked) = judge::ranked(&lesson.scene, &choice, spot) {
                questions.push((features, label(lesson, spot, ranked.facts), lesson.weight));
            }
        }
    }
    let mut learner = Learner::new(super::Judge::size(), 0.1, 1e-4);
    let mut order: Vec<usize> = (0..questions.len()).collect();
    for epoch in 0..10 {
        shuffle(&mut order, 99 + epoch);
        for at in &order {
            let (features, label, weight) = &questions[*at];
            let gradient = (sigmoid(learner.score(features)) - label) * weight;
            learner.step(features, gradient);
        }
    }
    Weights(learner.weights)
}

/// 1 where the spot is marked and rightly resolved; a little less where only its range differs.
fn label(lesson: &Lesson<'_>, spot: usize, facts: &Facts) -> f32 {
    match (lesson.gold_at(spot), lesson.overlapping(spot)) {
        // Seas and lands have no point that two gazetteers agree on: that they are named counts.
        (Some(_), _) if has_no_point(facts) => 1.0,
        (Some(gold), _) => f32::from(u8::from(lesson.is_right(facts, gold))),
        (None, Some(gold)) if lesson.is_right(facts, gold) => 0.3,
        _ => 0.0,
    }
}

fn has_no_point(facts: &Facts) -> bool {
    matches!(facts.kind, PlaceKind::Area | PlaceKind::Water | PlaceKind::Land)
}

/// Hits, places found and places marked, with points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Found at an overlapping range within 161 km.
    pub hits: usize,
    /// Found.
    pub found: usize,
    /// Marked with a point.
    pub gold: usize,
}

impl Counts {
    /// F1 in per cent.
    #[must_use]
    pub fn f1(self) -> f32 {
        200.0 * self.hits as f32 / ((self.found + self.gold) as f32).max(1.0)
    }
}

/// Counts as the benchmark's scorer does, exact ranges before overlaps.
#[must_use]
pub fn count(lesson: &Lesson<'_>, models: &Models) -> Counts {
    let found = read(&lesson.scene, models);
    let mut used = vec![false; lesson.gold.len()];
    let mut hits = 0;
    for exact in [true, false] {
        for found in &found {
            let range = lesson.scene.parsed.span(lesson.scene.spots[found.spot].tokens);
            let fits = |gold: &Gold| {
                if exact { gold.range == range } else { gold.range != range && gold.range.overlaps(range) }
            };
            let at = lesson.gold.iter().zip(&used).position(|(gold, used)| !used && fits(gold));
            if let Some(at) = at {
                used[at] = true;
                hits += usize::from(lesson.is_right(&found.facts, &lesson.gold[at]));
            }
        }
    }
    Counts { hits, found: found.len(), gold: lesson.gold.iter().filter(|gold| gold.place.is_some()).count() }
}

/// Sums of counts.
#[must_use]
pub fn count_all<'l>(lessons: impl Iterator<Item = &'l Lesson<'l>>, models: &Models) -> Counts {
    lessons.map(|lesson| count(lesson, models)).fold(Counts::default(), |a, b| Counts {
        hits: a.hits + b.hits,
        found: a.found + b.found,
        gold: a.gold + b.gold,
    })
}

fn best_threshold(lessons: &[&Lesson<'_>], models: &Models) -> f32 {
    let mut models = models.clone();
    let mut best = (0.0, models.threshold);
    for step in 20..60 {
        models.threshold = step as f32 / 100.0;
        let sum = lessons.iter().map(|lesson| count(lesson, &models));
        let (hits, rest) = sum.fold((0, 0), |(hits, rest), c| (hits + c.hits, rest + c.found + c.gold));
        let f1 = hits as f32 / rest.max(1) as f32;
        if f1 > best.0 {
            best = (f1, models.threshold);
        }
    }
    best.1
}
