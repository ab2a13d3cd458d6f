//! The tagger: the Penn tag whose score is largest, from token vectors alone.

use tolmach_datafile::DataFile;
use tolmach_document::Tag;

use crate::error::Error;
use crate::network::encoder::WIDTH;
use crate::network::kernel::{Kernel, Rows};
use crate::network::state::best;
use crate::network::weights::{Matrix, lines};

/// Scores are padded to a multiple of this.
pub(crate) const SCORE_BLOCK: usize = 16;

/// Weights and tags.
pub(crate) struct Tagger {
    scores: Matrix<2>,
    n_scores: usize,
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
        Ok(Self { scores: Matrix::load(file, "model/tagger/scores", WIDTH, n_scores)?, n_scores, tags })
    }

    /// Appends the tags of the next tokens, whose vectors are given.
    pub(crate) fn tag(&self, kernel: Kernel, vectors: &[f32], scores: &mut Vec<f32>, out: &mut Vec<Tag>) {
        let rows = Rows { numbers: vectors, stride: WIDTH, count: vectors.len() / WIDTH };
        scores.resize(rows.count * self.n_scores, 0.0);
        kernel.linear(&self.scores.packed(), rows, scores);
        out.extend(scores.chunks_exact(self.n_scores).map(|scores| {
            let tag = best(scores, 0..self.tags.len()).expect("there is at least one tag");
            self.tags[tag]
        }));
    }
}
