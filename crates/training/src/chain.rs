//! A linear-chain conditional random field over sparse features of tokens and of steps between them.

use crate::attribution::Learning;
use crate::sparse::{Features, Learner};
use crate::{Dice, is_due};
use tolmach_extraction::attribution::role_features::{CUE, ROLES};

const STEPS: usize = ROLES * ROLES;

/// One chain: features a token, features of the step to each token, and the right roles.
pub(crate) struct Sequence {
    pub(crate) tokens: Vec<Vec<u32>>,
    pub(crate) steps: Vec<Vec<u32>>,
    pub(crate) roles: Vec<u8>,
    /// The token whose role is known to be the cue.
    pub(crate) head: usize,
}

/// Weights of tokens' and of steps' features.
pub(crate) struct Trained {
    pub(crate) roles: Vec<(u32, [f32; ROLES])>,
    pub(crate) links: Vec<(u32, [f32; STEPS])>,
}

pub(crate) fn train(sequences: &[Sequence], settings: Learning) -> Trained {
    let all = |of: fn(&Sequence) -> &Vec<Vec<u32>>| -> Features {
        let every = sequences.iter().flat_map(|s| of(s).iter().flatten().copied()).collect();
        Features::frequent(every, settings.least)
    };
    let (tokens, steps) = (all(|s| &s.tokens), all(|s| &s.steps));
    let rows: Vec<Sequence> = sequences
        .iter()
        .map(|s| Sequence {
            tokens: s.tokens.iter().map(|f| tokens.number(f)).collect(),
            steps: s.steps.iter().map(|f| steps.number(f)).collect(),
            roles: s.roles.clone(),
            head: s.head,
        })
        .collect();
    let mut field = Field {
        roles: Learner::new(tokens.len(), settings.rate, settings.decay),
        links: Learner::new(steps.len(), settings.rate, settings.decay),
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice::new(29);
    for epoch in 0..settings.epochs {
        dice.shuffle(&mut order);
        for (n, at) in order.iter().enumerate() {
            field.learn(&rows[*at]);
            if is_due(epoch, n, rows.len()) {
                field.roles.snapshot();
                field.links.snapshot();
            }
        }
    }
    Trained { roles: field.roles.rows(&tokens), links: field.links.rows(&steps) }
}

struct Field {
    roles: Learner<ROLES>,
    links: Learner<STEPS>,
}

impl Field {
    fn learn(&mut self, s: &Sequence) {
        let lattice = self.lattice(s);
        let (nodes, edges) = lattice.marginals();
        for t in 0..nodes.len() {
            let right = s.roles[t] as usize;
            let mut error = nodes[t];
            error[right] -= 1.0;
            for f in &s.tokens[t] {
                self.roles.step(*f, &error);
            }
            if t > 0 {
                let mut error = edges[t];
                error[s.roles[t - 1] as usize * ROLES + right] -= 1.0;
                for f in &s.steps[t] {
                    self.links.step(*f, &error);
                }
            }
        }
    }

    fn lattice(&self, s: &Sequence) -> Lattice {
        let mut nodes = vec![[0.0; ROLES]; s.tokens.len()];
        let mut edges = vec![[0.0; STEPS]; s.tokens.len()];
        for t in 0..nodes.len() {
            for f in &s.tokens[t] {
                self.roles.add(*f, &mut nodes[t]);
            }
            for f in &s.steps[t] {
                self.links.add(*f, &mut edges[t]);
            }
        }
        for (role, score) in nodes[s.head].iter_mut().enumerate() {
            *score = if role == CUE { 0.0 } else { -1e4 };
        }
        Lattice { nodes, edges }
    }
}

/// Scores of every role and step of one chain.
struct Lattice {
    nodes: Vec<[f32; ROLES]>,
    edges: Vec<[f32; STEPS]>,
}

impl Lattice {
    /// Probabilities of roles and of steps, by the forward-backward sums.
    fn marginals(&self) -> (Vec<[f32; ROLES]>, Vec<[f32; STEPS]>) {
        let n = self.nodes.len();
        let (before, after) = (self.forward(), self.backward());
        let total = log_sum(&before[n - 1]);
        let mut nodes = vec![[0.0; ROLES]; n];
        let mut edges = vec![[0.0; STEPS]; n];
        for t in 0..n {
            for to in 0..ROLES {
                nodes[t][to] = (before[t][to] + after[t][to] - total).exp();
                if t == 0 {
                    continue;
                }
                for from in 0..ROLES {
                    let step = from * ROLES + to;
                    let score = before[t - 1][from] + self.edges[t][step] + self.nodes[t][to] + after[t][to];
                    edges[t][step] = (score - total).exp();
                }
            }
        }
        (nodes, edges)
    }

    fn forward(&self) -> Vec<[f32; ROLES]> {
        let mut out = self.nodes.clone();
        for t in 1..out.len() {
            for to in 0..ROLES {
                let last = out[t - 1];
                let ways: [f32; ROLES] =
                    std::array::from_fn(|from| last[from] + self.edges[t][from * ROLES + to]);
                out[t][to] += log_sum(&ways);
            }
        }
        out
    }

    fn backward(&self) -> Vec<[f32; ROLES]> {
        let mut out = vec![[0.0; ROLES]; self.nodes.len()];
        for t in (0..out.len().saturating_sub(1)).rev() {
            for from in 0..ROLES {
                let ways: [f32; ROLES] = std::array::from_fn(|to| {
                    self.edges[t + 1][from * ROLES + to] + self.nodes[t + 1][to] + out[t + 1][to]
                });
                out[t][from] = log_sum(&ways);
            }
        }
        out
    }
}

fn log_sum(values: &[f32; ROLES]) -> f32 {
    let most = values.iter().fold(f32::MIN, |a, b| a.max(*b));
    most + values.iter().map(|v| (v - most).exp()).sum::<f32>().ln()
}
