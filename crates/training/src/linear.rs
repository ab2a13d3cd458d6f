//! Linear models over sparse rows: ridge regression by conjugate gradients, and one-against-rest support vector
//! machines by dual coordinate descent.
//!
//! Deterministic: fixed order of sums, fixed shuffles.

use crate::Dice;

/// A row: dense feature numbers with their values.
pub(crate) type Row = Vec<(u32, f32)>;

const STEPS: usize = 120;
const ROUNDS: usize = 80;

/// The mean of `targets`, and the weights that tell rows' distances from it, each pulled to zero by `pull`.
pub(crate) fn ridge(rows: &[Row], targets: &[f32], features: usize, pull: f64) -> (f32, Vec<f32>) {
    let mean = targets.iter().map(|t| f64::from(*t)).sum::<f64>() / targets.len().max(1) as f64;
    let rest: Vec<f64> = targets.iter().map(|t| f64::from(*t) - mean).collect();
    let normal = |w: &[f64]| {
        let mut out = back(rows, &forth(rows, w), features);
        out.iter_mut().zip(w).for_each(|(o, w)| *o += pull * w);
        out
    };
    let mut w = vec![0.0; features];
    let mut residual = back(rows, &rest, features);
    let mut way = residual.clone();
    let mut size = dot(&residual, &residual);
    let enough = size * 1e-10;
    for _ in 0..STEPS {
        if size <= enough {
            break;
        }
        let image = normal(&way);
        let step = size / dot(&way, &image);
        w.iter_mut().zip(&way).for_each(|(w, d)| *w += step * d);
        residual.iter_mut().zip(&image).for_each(|(r, i)| *r -= step * i);
        let next = dot(&residual, &residual);
        let turn = next / size;
        way.iter_mut().zip(&residual).for_each(|(d, r)| *d = r + turn * *d);
        size = next;
    }
    (mean as f32, w.into_iter().map(|w| w as f32).collect())
}

fn forth(rows: &[Row], w: &[f64]) -> Vec<f64> {
    rows.iter().map(|row| row.iter().map(|(f, v)| f64::from(*v) * w[*f as usize]).sum()).collect()
}

fn back(rows: &[Row], values: &[f64], features: usize) -> Vec<f64> {
    let mut out = vec![0.0; features];
    for (row, value) in rows.iter().zip(values) {
        row.iter().for_each(|(f, v)| out[*f as usize] += f64::from(*v) * value);
    }
    out
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Weights that tell the rows where `is` holds from the others; a row may err by `slack` of its own (squared hinge).
pub(crate) fn svm(rows: &[Row], is: &[bool], slack: &[f32], features: usize) -> Vec<f32> {
    let mut w = vec![0.0_f64; features];
    let mut alpha = vec![0.0_f64; rows.len()];
    let norms: Vec<f64> = rows.iter().map(|row| row.iter().map(|(_, v)| f64::from(*v).powi(2)).sum()).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice::new(41);
    for _ in 0..ROUNDS {
        dice.shuffle(&mut order);
        let mut most = 0.0_f64;
        for at in &order {
            let sign = if is[*at] { 1.0 } else { -1.0 };
            let soft = 0.5 / f64::from(slack[*at]);
            let score: f64 = rows[*at].iter().map(|(f, v)| f64::from(*v) * w[*f as usize]).sum();
            let gradient = sign * score - 1.0 + soft * alpha[*at];
            let next = (alpha[*at] - gradient / (norms[*at] + soft)).max(0.0);
            let step = (next - alpha[*at]) * sign;
            alpha[*at] = next;
            most = most.max(step.abs());
            rows[*at].iter().for_each(|(f, v)| w[*f as usize] += step * f64::from(*v));
        }
        if most < 1e-4 {
            break;
        }
    }
    w.into_iter().map(|w| w as f32).collect()
}

/// The step of a packed table that holds the largest of `weights`.
pub(crate) fn step_for<'w>(weights: impl Iterator<Item = &'w f32>) -> f32 {
    weights.fold(0.0_f32, |most, w| most.max(w.abs())).max(1e-6) / 127.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_find_the_feature_that_tells() {
        let rows: Vec<Row> = (0..40).map(|n| vec![(n % 2, 1.0), (2, 1.0)]).collect();
        let targets: Vec<f32> = (0..40).map(|n| if n % 2 == 0 { 3.0 } else { -1.0 }).collect();
        let (mean, w) = ridge(&rows, &targets, 3, 0.1);
        assert!((mean - 1.0).abs() < 1e-6 && (w[0] - 2.0).abs() < 0.1 && (w[1] + 2.0).abs() < 0.1, "{w:?}");
        let is: Vec<bool> = targets.iter().map(|t| *t > 0.0).collect();
        let w = svm(&rows, &is, &[1.0; 40], 3);
        assert!(w[0] > 0.5 && w[1] < -0.5, "{w:?}");
    }
}
