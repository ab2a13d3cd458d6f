//! Token vectors: hash embeddings, a maxout mixer, four windowed convolutions (spaCy's `MultiHashEmbed` and
//! `MaxoutWindowEncoder`).
//!
//! Works on any range of a text: a vector depends on four tokens to each side only, so a text can be encoded
//! in blocks without changing a bit of the result. Beyond the text lie four rows of zeros that take part in
//! every layer, as in spaCy.

use std::ops::Range;

use tolmach_datafile::DataFile;

use crate::error::Error;
use crate::network::cache::Cache;
use crate::network::fixed::Fixed;
use crate::network::hashing;
use crate::network::kernel::{Kernel, Packed8, Quantized, Rows, Window};
use crate::network::weights::{Matrix, Norm, Numbers, lines};
use crate::tokenizer::Tokens;

/// Numbers in a token vector.
pub(crate) const WIDTH: usize = 96;
/// Convolutions, and so tokens to each side that a vector depends on.
pub(crate) const DEPTH: usize = 4;
/// Pieces of each maxout.
pub(crate) const PIECES: usize = 3;
/// Embedded columns at most.
pub(crate) const COLUMNS: usize = 6;
/// What a token is looked up by at most: its columns and the word itself.
const FEATURES: usize = COLUMNS + 1;
/// Token types embedded together.
const BATCH: usize = 32;

/// What a network knows of a token: one id for each of its columns, then the word's where it has vectors of words, the
/// rest 0.
pub(crate) type Features = [u64; FEATURES];

/// What a column looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Column {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "NORM" => Self::Norm,
            "PREFIX" => Self::Prefix,
            "SUFFIX" => Self::Suffix,
            "SHAPE" => Self::Shape,
            "SPACY" => Self::Spacy,
            "IS_SPACE" => Self::IsSpace,
            _ => return None,
        })
    }

    fn of(self, tokens: &Tokens, token: usize) -> u64 {
        let lexeme = &tokens.lexemes[token];
        match self {
            Self::Norm => lexeme.norm,
            Self::Prefix => lexeme.prefix,
            Self::Suffix => lexeme.suffix,
            Self::Shape => lexeme.shape,
            Self::Spacy => u64::from(tokens.tokens[token].blank_after),
            Self::IsSpace => u64::from(lexeme.is_space),
        }
    }
}

struct Table {
    column: Column,
    seed: u32,
    rows: u32,
    numbers: Numbers,
}

struct Layer {
    maxout: Matrix<PIECES>,
    norm: Norm,
}

impl Layer {
    fn load(file: &DataFile, name: &str, inputs: usize) -> Result<Self, Error> {
        let maxout = Matrix::load(file, name, inputs, WIDTH * PIECES)?;
        Ok(Self { maxout, norm: Norm::load(file, name, WIDTH)? })
    }
}

/// The weights of one encoder.
pub(crate) struct Weights {
    tables: Vec<Table>,
    fixed: Option<Fixed>,
    mixer: Layer,
    layers: Vec<Layer>,
}

impl Weights {
    /// From the sections below `name`; `name/columns` says for each table: column, seed, rows.
    pub(crate) fn load(file: &DataFile, name: &str) -> Result<Self, Error> {
        let mut tables = Vec::new();
        for (index, line) in lines(file, &format!("{name}/columns"))?.iter().enumerate() {
            tables.push(load_table(file, &format!("{name}/table.{index}"), line)?);
        }
        if tables.len() > COLUMNS {
            return Err(Error::new(name, "too many columns"));
        }
        let fixed = Fixed::load(file, &format!("{name}/fixed"))?;
        let segments = tables.len() + usize::from(fixed.is_some());
        let mixer = Layer::load(file, &format!("{name}/mixer"), segments * WIDTH)?;
        let layers = (0..DEPTH).map(|depth| Layer::load(file, &format!("{name}/layer.{depth}"), 3 * WIDTH));
        Ok(Self { tables, fixed, mixer, layers: layers.collect::<Result<_, _>>()? })
    }

    fn features(&self, tokens: &Tokens, token: usize) -> Features {
        let mut features = Features::default();
        for (feature, table) in features.iter_mut().zip(&self.tables) {
            *feature = table.column.of(tokens, token);
        }
        if self.fixed.is_some() {
            features[self.tables.len()] = tokens.lexemes[token].orth;
        }
        features
    }

    /// What is embedded of a token: [`WIDTH`] numbers each.
    fn segments(&self) -> usize {
        self.tables.len() + usize::from(self.fixed.is_some())
    }

    /// Writes the embeddings of all columns side by side.
    fn embed(&self, features: &Features, out: &mut [f32]) {
        for ((table, key), out) in self.tables.iter().zip(features).zip(out.chunks_exact_mut(WIDTH)) {
            let [a, b, c, d] = hashing::rows(*key, table.seed)
                .map(|row| table.numbers.row::<WIDTH>((row % table.rows) as usize));
            for (i, out) in out.iter_mut().enumerate() {
                *out = a[i] + b[i] + c[i] + d[i];
            }
        }
        if let Some(fixed) = &self.fixed {
            let at = self.tables.len();
            let out = &mut out[at * WIDTH..][..WIDTH];
            match fixed.find(features[at]) {
                Some(vector) => out.copy_from_slice(vector),
                None => out.fill(0.0),
            }
        }
    }
}

fn load_table(file: &DataFile, name: &str, line: &str) -> Result<Table, Error> {
    let broken = || Error::new(name, format_args!("cannot read the column {line:?}"));
    let mut words = line.split(' ');
    let column = words.next().and_then(Column::from_name).ok_or_else(broken)?;
    let seed = words.next().and_then(|word| word.parse().ok()).ok_or_else(broken)?;
    let rows: u32 =
        words.next().and_then(|word| word.parse().ok()).filter(|rows| *rows > 0).ok_or_else(broken)?;
    Ok(Table { column, seed, rows, numbers: Numbers::load(file, name, rows as usize * WIDTH)? })
}

/// Vectors of tokens, [`WIDTH`] numbers each.
#[derive(Clone, Copy)]
pub(crate) struct Vectors<'a> {
    pub(crate) numbers: &'a [f32],
    /// The same in whole numbers, from the row `from` on.
    whole: Option<&'a Quantized>,
    from: usize,
}

impl<'a> Vectors<'a> {
    /// Vectors that are not in whole numbers.
    #[cfg(test)]
    pub(crate) fn of(numbers: &'a [f32]) -> Self {
        Self { numbers, whole: None, from: 0 }
    }

    pub(crate) fn count(&self) -> usize {
        self.numbers.len() / WIDTH
    }

    /// In steps of `size` tokens.
    pub(crate) fn steps(self, size: usize) -> impl Iterator<Item = Self> {
        let steps = self.numbers.chunks(size * WIDTH).enumerate();
        steps.map(move |(step, numbers)| Self { numbers, from: self.from + step * size, ..self })
    }

    /// Writes a product for each token: in whole numbers where both vectors and matrix are there in whole numbers.
    pub(crate) fn times<const V: usize>(
        self,
        kernel: Kernel,
        matrix: &Matrix<V>,
        fast: Option<&Packed8<4>>,
        out: &mut Vec<f32>,
    ) {
        let (from, count) = (out.len(), self.count());
        match (fast, self.whole) {
            (Some(fast), Some(rows)) => {
                out.resize(from + count * fast.outputs(), 0.0);
                kernel.linear8(fast, Window { rows, from: self.from, stride: 1, count }, &mut out[from..]);
            }
            _ => {
                let matrix = matrix.packed();
                out.resize(from + count * matrix.outputs(), 0.0);
                let rows = Rows { numbers: self.numbers, stride: WIDTH, count };
                kernel.linear(&matrix, rows, &mut out[from..]);
            }
        }
    }
}

/// The matrices of one encoder in whole numbers.
pub(crate) struct Fast {
    mixer: Packed8<PIECES>,
    layers: Vec<Packed8<PIECES>>,
}

impl Fast {
    pub(crate) fn new(weights: &Weights, kernel: Kernel) -> Self {
        let pack = |layer: &Layer| kernel.pack_maxout(&layer.maxout.packed());
        Self { mixer: pack(&weights.mixer), layers: weights.layers.iter().map(pack).collect() }
    }
}

/// One encoder at work: weights, cache and buffers of one thread.
pub(crate) struct Encoder<'m> {
    weights: &'m Weights,
    fast: Option<&'m Fast>,
    kernel: Kernel,
    cache: Cache,
    rows: Vec<f32>,
    next: Vec<f32>,
    /// `rows` in whole numbers.
    whole: Quantized,
    columns: Vec<f32>,
    whole_columns: Quantized,
    misses: Vec<(usize, Features)>,
}

impl<'m> Encoder<'m> {
    /// With `fast`, which must be of the same kernel, multiplies whole numbers.
    pub(crate) fn new(weights: &'m Weights, fast: Option<&'m Fast>, kernel: Kernel) -> Self {
        let mut whole_columns = kernel.quantized();
        whole_columns.resize(BATCH * weights.segments());
        Self {
            weights,
            fast,
            kernel,
            cache: Cache::new(),
            rows: Vec::new(),
            next: Vec::new(),
            whole: kernel.quantized(),
            columns: vec![0.0; BATCH * weights.segments() * WIDTH],
            whole_columns,
            misses: Vec::new(),
        }
    }

    /// The vectors of the tokens in `range`.
    pub(crate) fn encode(&mut self, tokens: &Tokens, range: Range<usize>) -> Vectors<'_> {
        let count = range.len() + 2 * DEPTH;
        self.rows.resize(count * WIDTH, 0.0);
        self.next.resize(count * WIDTH, 0.0);
        self.embed_range(tokens, range.start, count);
        match self.fast {
            Some(fast) => self.convolve_whole(fast, count),
            None => self.convolve(count),
        }
        let whole = self.fast.is_some().then_some(&self.whole);
        Vectors { numbers: &self.rows[DEPTH * WIDTH..][..range.len() * WIDTH], whole, from: 0 }
    }

    /// Each layer leaves out one more row at either end.
    fn convolve(&mut self, count: usize) {
        for (below, layer) in self.weights.layers.iter().enumerate() {
            let (from, to) = ((below + 1) * WIDTH, (count - below - 1) * WIDTH);
            let window = Rows {
                numbers: &self.rows[from - WIDTH..to + WIDTH],
                stride: WIDTH,
                count: count - 2 * below - 2,
            };
            let out = &mut self.next[from..to];
            self.kernel.maxout(&layer.maxout.packed(), window, out);
            self.kernel.normalize(out, layer.norm.scale(), layer.norm.shift());
            for (out, before) in out.iter_mut().zip(&self.rows[from..to]) {
                *out += before;
            }
            std::mem::swap(&mut self.rows, &mut self.next);
        }
    }

    /// As [`Encoder::convolve`]. Segment `i` of `whole` stands for row `below + i`.
    fn convolve_whole(&mut self, fast: &Fast, count: usize) {
        self.whole.resize(count);
        self.kernel.quantize::<WIDTH>(&self.rows[..count * WIDTH], &mut self.whole);
        for (below, (layer, matrix)) in self.weights.layers.iter().zip(&fast.layers).enumerate() {
            let (from, to) = ((below + 1) * WIDTH, (count - below - 1) * WIDTH);
            let window = Window { rows: &self.whole, from: 0, stride: 1, count: count - 2 * below - 2 };
            let out = &mut self.next[from..to];
            self.kernel.maxout8(matrix, window, out);
            self.kernel.finish(out, &self.rows[from..to], layer.norm.both(), &mut self.whole);
            std::mem::swap(&mut self.rows, &mut self.next);
        }
    }

    /// Fills the first `count` rows with the embeddings of the tokens from four before `start`.
    fn embed_range(&mut self, tokens: &Tokens, start: usize, count: usize) {
        self.misses.clear();
        for index in 0..count {
            let row = &mut self.rows[index * WIDTH..][..WIDTH];
            let token = (start + index).checked_sub(DEPTH).filter(|token| *token < tokens.tokens.len());
            let Some(token) = token else {
                row.fill(0.0);
                continue;
            };
            let features = self.weights.features(tokens, token);
            match self.cache.find(&features) {
                Some(vector) => row.copy_from_slice(vector),
                None => self.misses.push((index, features)),
            }
        }
        self.embed_misses();
    }

    fn embed_misses(&mut self) {
        let inputs = self.weights.segments() * WIDTH;
        let mixer = &self.weights.mixer;
        for batch in self.misses.chunks(BATCH) {
            for ((_, features), columns) in batch.iter().zip(self.columns.chunks_exact_mut(inputs)) {
                self.weights.embed(features, columns);
            }
            let mut mixed = [0.0; BATCH * WIDTH];
            let mixed = &mut mixed[..batch.len() * WIDTH];
            match self.fast {
                Some(fast) => {
                    self.kernel
                        .quantize::<WIDTH>(&self.columns[..batch.len() * inputs], &mut self.whole_columns);
                    let (rows, stride) = (&self.whole_columns, inputs / WIDTH);
                    self.kernel.maxout8(
                        &fast.mixer,
                        Window { rows, from: 0, stride, count: batch.len() },
                        mixed,
                    );
                }
                None => {
                    let rows = Rows { numbers: &self.columns, stride: inputs, count: batch.len() };
                    self.kernel.maxout(&mixer.maxout.packed(), rows, mixed);
                }
            }
            self.kernel.normalize(mixed, mixer.norm.scale(), mixer.norm.shift());
            for ((index, features), vector) in batch.iter().zip(mixed.chunks_exact(WIDTH)) {
                self.rows[index * WIDTH..][..WIDTH].copy_from_slice(vector);
                self.cache.insert(*features, vector);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample::{Sample, tokens};

    #[test]
    fn blocks_and_caches_change_nothing() {
        let mut sample = Sample::new(3);
        sample.encoder("net");
        let file = sample.file();
        let weights = Weights::load(&file, "net").unwrap();
        let tokens = tokens(90, 4);
        let kernel = Kernel::detect();
        let fast = Fast::new(&weights, kernel);
        for fast in [None, Some(&fast)] {
            let mut encoder = Encoder::new(&weights, fast, kernel);
            let whole = encoder.encode(&tokens, 0..90).numbers.to_vec();
            for size in [1, 7, 64] {
                let mut pieces = Vec::new();
                for from in (0..90).step_by(size) {
                    pieces.extend_from_slice(encoder.encode(&tokens, from..90.min(from + size)).numbers);
                }
                assert_eq!(pieces, whole, "blocks of {size}");
            }
        }
    }

    #[test]
    fn a_text_ends_with_rows_of_zeros() {
        let mut sample = Sample::new(3);
        sample.encoder("net");
        let file = sample.file();
        let weights = Weights::load(&file, "net").unwrap();
        let mut encoder = Encoder::new(&weights, None, Kernel::detect());
        let (short, long) = (tokens(5, 4), tokens(6, 4));
        let short = encoder.encode(&short, 0..5).numbers.to_vec();
        assert_ne!(
            short[..WIDTH],
            encoder.encode(&long, 0..5).numbers[4 * WIDTH..],
            "the sixth token is seen by the fifth"
        );
        assert_ne!(
            short[4 * WIDTH..],
            encoder.encode(&long, 0..5).numbers[4 * WIDTH..],
            "the end is seen by the fifth"
        );
    }

    #[test]
    fn a_section_of_another_size_is_named() {
        let mut sample = Sample::new(3);
        sample.text("net/columns", "NORM 8 50\n");
        sample.text("net/table.0", "too short");
        let error = Weights::load(&sample.file(), "net").err().unwrap();
        assert_eq!(error.part(), "net/table.0");
    }
}
