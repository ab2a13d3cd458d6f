//! Feature numbers that occur often enough, numbered densely; and weights that learn by AdaGrad.

/// The features worth a weight.
pub(crate) struct Features {
    known: Vec<u32>,
}

impl Features {
    /// Those that occur at least `least` times in `all`.
    pub(crate) fn frequent(mut all: Vec<u32>, least: usize) -> Self {
        all.sort_unstable();
        let known = all.chunk_by(|a, b| a == b).filter(|run| run.len() >= least).map(|run| run[0]).collect();
        Self { known }
    }
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }
    pub(crate) fn name(&self, at: usize) -> u32 {
        self.known[at]
    }
    /// Dense numbers of the known ones among `features`.
    pub(crate) fn number(&self, features: &[u32]) -> Vec<u32> {
        features.iter().filter_map(|f| self.known.binary_search(f).ok()).map(|at| at as u32).collect()
    }
}

/// `N` weights a feature, with AdaGrad's memory of past gradients and a running mean of the weights.
pub(crate) struct Learner<const N: usize> {
    weights: Vec<[f32; N]>,
    squares: Vec<[f32; N]>,
    sums: Vec<[f32; N]>,
    snapshots: usize,
    rate: f32,
    decay: f32,
}

impl<const N: usize> Learner<N> {
    pub(crate) fn new(features: usize, rate: f32, decay: f32) -> Self {
        Self {
            weights: vec![[0.0; N]; features],
            squares: vec![[1e-6; N]; features],
            sums: vec![[0.0; N]; features],
            snapshots: 0,
            rate,
            decay,
        }
    }
    pub(crate) fn add(&self, feature: u32, sum: &mut [f32; N]) {
        for (sum, weight) in sum.iter_mut().zip(&self.weights[feature as usize]) {
            *sum += weight;
        }
    }
    pub(crate) fn step(&mut self, feature: u32, gradient: &[f32; N]) {
        let weights = &mut self.weights[feature as usize];
        let squares = &mut self.squares[feature as usize];
        for at in 0..N {
            let g = gradient[at] + self.decay * weights[at];
            squares[at] += g * g;
            weights[at] -= self.rate * g / squares[at].sqrt();
        }
    }
    /// Takes the present weights into the mean.
    pub(crate) fn snapshot(&mut self) {
        self.snapshots += 1;
        for (sum, weights) in self.sums.iter_mut().zip(&self.weights) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
    }
    /// Feature numbers with the mean of the snapshots.
    pub(crate) fn rows(&self, features: &Features) -> Vec<(u32, [f32; N])> {
        let mean = |sum: &[f32; N]| sum.map(|s| s / self.snapshots.max(1) as f32);
        self.sums.iter().enumerate().map(|(at, sum)| (features.name(at), mean(sum))).collect()
    }
}
