//! Linear models with named features: templates of a fixed number of values, one weight each.
//!
//! Knows neither places nor training; `features` of a model are computed by whoever owns its templates.

/// Index of one (template, value) pair in a model's weights.
pub type Feature = u16;

/// A closed list of feature templates.
///
/// Each template has a name, as it stands in the weight file, and a number of values.
pub trait Templates: Copy + 'static {
    /// Name and number of values of every template, in order of discriminants.
    const ALL: &'static [(&'static str, usize)];

    /// The template's place in [`Templates::ALL`].
    fn ordinal(self) -> usize;

    /// The feature of `value`; what lies past the end counts as the last value.
    fn feature(self, value: usize) -> Feature {
        let at = self.ordinal();
        let before: usize = Self::ALL[..at].iter().map(|(_, size)| size).sum();
        (before + value.min(Self::ALL[at].1 - 1)) as Feature
    }

    /// Number of features of all templates.
    fn size() -> usize {
        Self::ALL.iter().map(|(_, size)| size).sum()
    }
}

/// Declares a list of templates: `templates!(pub Name { Variant "name" values, … })`.
macro_rules! templates {
    ($(#[$doc:meta])* $visibility:vis $name:ident { $($variant:ident $text:literal $size:expr),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        #[repr(usize)]
        $visibility enum $name { $(#[doc = $text] $variant),+ }

        impl $crate::place::linear::Templates for $name {
            const ALL: &'static [(&'static str, usize)] = &[$(($text, $size)),+];
            fn ordinal(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use templates;

/// Weights by feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights(pub Vec<f32>);

impl Weights {
    /// All zero.
    #[must_use]
    pub fn zero<T: Templates>() -> Self {
        Self(vec![0.0; T::size()])
    }

    /// The sum over `features`.
    #[must_use]
    pub fn score(&self, features: &[Feature]) -> f32 {
        features.iter().filter_map(|feature| self.0.get(usize::from(*feature))).sum()
    }
}

/// Probabilities from scores: positive, summing to one.
pub fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// The probability of a score.
#[must_use]
pub fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Which of the ascending `bounds` a number reaches: 0 below the first, `bounds.len()` from the last on.
#[must_use]
pub fn bin(number: f32, bounds: &[f32]) -> usize {
    bounds.partition_point(|bound| *bound <= number)
}
