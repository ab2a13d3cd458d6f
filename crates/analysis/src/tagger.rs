//! The tagger: the Penn tag whose score is largest, from token vectors alone.

use tolmach_datafile::DataFile;
use tolmach_document::Tag;

use crate::error::Error;
use crate::network::encoder::{Vectors, WIDTH};
use crate::network::kernel::{Kernel, Packed8};
use crate::network::state::best;
use crate::network::weights::{Matrix, lines};

/// Scores are padded to a multiple of this.
pub(crate) const SCORE_BLOCK: usize = 16;

/// Weights and tags.
pub(crate) struct Tagger {
    scores: Matrix<2>,
    tags: Vec<Tag>,
}

impl Tagger {
    pub(crate) fn load(file: &DataFile) -> Result<Self, Error> {
        let name = "model/tagger/tags";
        let mut tags = Vec::new();
        for line in lines(file, name)? {
            let tag = Tag::from_name(&line);
            tags.push(tag.ok_or_else(|| Error::new(name, format_args!("unknown tag {line:?}")))?);
        }
        if tags.is_empty() {
            return Err(Error::new(name, "no tags"));
        }
        let n_scores = tags.len().next_multiple_of(SCORE_BLOCK);
        Ok(Self { scores: Matrix::load(file, "model/tagger/scores", WIDTH, n_scores)?, tags })
    }

    /// The matrix in whole numbers.
    pub(crate) fn fast(&self, kernel: Kernel) -> Packed8<4> {
        kernel.pack_linear(&self.scores.packed())
    }
}

/// The tagger at work, with the buffer of one thread.
pub(crate) struct Tags<'m> {
    tagger: &'m Tagger,
    fast: Option<&'m Packed8<4>>,
    kernel: Kernel,
    scores: Vec<f32>,
}

impl<'m> Tags<'m> {
    /// With `fast`, which must be of the same kernel, multiplies whole numbers.
    pub(crate) fn new(tagger: &'m Tagger, fast: Option<&'m Packed8<4>>, kernel: Kernel) -> Self {
        Self { tagger, fast, kernel, scores: Vec::new() }
    }

    /// Appends the tags of the next tokens, whose vectors are given.
    pub(crate) fn tag(&mut self, vectors: Vectors<'_>, out: &mut Vec<Tag>) {
        self.scores.clear();
        vectors.times(self.kernel, &self.tagger.scores, self.fast, &mut self.scores);
        let (tags, width) = (&self.tagger.tags, self.scores.len() / vectors.count().max(1));
        out.extend(self.scores.chunks_exact(width).map(|scores| {
            let tag = best(scores, [&(0..tags.len())]).expect("there is at least one tag");
            tags[tag]
        }));
    }
}
