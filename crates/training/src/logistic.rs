//! Logistic regression over sparse features.

use crate::attribution::Learning;
use crate::sparse::{Features, Learner};
use crate::{Dice, is_due};

/// One case: its features and whether it is one.
pub(crate) struct Case {
    pub(crate) features: Vec<u32>,
    pub(crate) is: bool,
}

/// Weights of the cases' features.
pub(crate) fn train(cases: &[&Case], settings: Learning) -> Vec<(u32, [f32; 1])> {
    let all = cases.iter().flat_map(|c| c.features.iter().copied()).collect();
    let features = Features::frequent(all, settings.least);
    let rows: Vec<(Vec<u32>, f32)> =
        cases.iter().map(|c| (features.number(&c.features), f32::from(u8::from(c.is)))).collect();
    let mut learner = Learner::<1>::new(features.len(), settings.rate, settings.decay);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice::new(17);
    for epoch in 0..settings.epochs {
        dice.shuffle(&mut order);
        for (n, at) in order.iter().enumerate() {
            let (features, is) = &rows[*at];
            let mut score = [0.0];
            for f in features {
                learner.add(*f, &mut score);
            }
            let error = 1.0 / (1.0 + (-score[0]).exp()) - is;
            for f in features {
                learner.step(*f, &[error]);
            }
            if is_due(epoch, n, rows.len()) {
                learner.snapshot();
            }
        }
    }
    learner.rows(&features)
}
