//! The loaded model: weights and tables in the data file, shared by all threads.

use std::sync::OnceLock;

use tolmach_datafile::DataFile;

use crate::error::Error;
use crate::network::kernel::{Kernel, Packed8};
use crate::network::weights::lines;
use crate::network::{encoder, state};
use crate::parse::{names, parser};
use crate::tagger::Tagger;
use crate::tokenizer::Tokenizer;
use crate::word::lemma::Lemmatizer;
use crate::word::rules::Rules;

/// A language model, read in place from a data file and shared by all workers.
pub struct Model {
    meta: [String; 3],
    pub(crate) tokenizer: Tokenizer,
    pub(crate) encoder: encoder::Weights,
    pub(crate) tagger: Tagger,
    pub(crate) parser: parser::Weights,
    pub(crate) names_encoder: encoder::Weights,
    pub(crate) names: names::Weights,
    pub(crate) rules: Rules,
    pub(crate) lemmatizer: Lemmatizer,
    /// The networks in whole numbers, for each [`kernel::Layout`](crate::network::kernel::Layout).
    fast: [OnceLock<Fast>; 3],
}

/// The networks in whole numbers: 1 MB for kernels that multiply bytes, 2 MB for others. Made when a worker first asks.
pub(crate) struct Fast {
    pub(crate) encoder: encoder::Fast,
    pub(crate) tagger: Packed8<4>,
    pub(crate) parser: state::Fast,
    pub(crate) names_encoder: encoder::Fast,
    pub(crate) names: state::Fast,
}

impl Model {
    /// Opens the sections `model/…` that [`crate::convert`] wrote. The weights stay where they are in memory.
    ///
    /// # Errors
    /// Names the section that is missing or does not fit.
    pub fn load(file: &DataFile) -> Result<Self, Error> {
        let name = "model/meta";
        let meta = lines(file, name)?;
        let meta = meta.try_into().map_err(|_| Error::new(name, "expected name, version and licence"))?;
        let name = "model/tokenizer";
        let tokenizer = file.require(name).map_err(|error| Error::new(name, error))?;
        Ok(Self {
            meta,
            tokenizer: Tokenizer::load(&tokenizer).map_err(|error| Error::new(name, error))?,
            encoder: encoder::Weights::load(file, "model/tok2vec")?,
            tagger: Tagger::load(file)?,
            parser: parser::Weights::load(file)?,
            names_encoder: encoder::Weights::load(file, "model/names")?,
            names: names::Weights::load(file)?,
            rules: Rules::load(file)?,
            lemmatizer: Lemmatizer::load(file)?,
            fast: Default::default(),
        })
    }

    /// The networks in whole numbers, for `kernel`.
    pub(crate) fn fast(&self, kernel: Kernel) -> &Fast {
        self.fast[kernel.layout() as usize].get_or_init(|| Fast {
            encoder: encoder::Fast::new(&self.encoder, kernel),
            tagger: self.tagger.fast(kernel),
            parser: self.parser.fast(kernel),
            names_encoder: encoder::Fast::new(&self.names_encoder, kernel),
            names: self.names.fast(kernel),
        })
    }

    /// Its name, such as `en_core_web_sm`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.meta[0]
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.meta[1]
    }

    /// The licence of the weights, as the model states it.
    #[must_use]
    pub fn licence(&self) -> &str {
        &self.meta[2]
    }
}
