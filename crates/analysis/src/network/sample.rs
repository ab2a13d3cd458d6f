//! Networks with random weights, for tests that need no real model: their decisions are wild, so states that real
//! texts hardly reach are reached all the time.

use std::sync::Arc;

use tolmach_datafile::{Builder, DataFile};
use tolmach_document::{TextRange, Token};

use crate::network::encoder::{DEPTH, PIECES, WIDTH};
use crate::network::state::{HIDDEN, PART, SCORE_BLOCK};
use crate::tokenizer::{Lexeme, Tokens};

/// Numbers between -1 and 1, always the same for one seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub(crate) fn numbers(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.next() as f32 / (1u64 << 30) as f32 - 1.0).collect()
    }
}

/// A data file in the making.
pub(crate) struct Sample {
    builder: Builder,
    dice: Dice,
}

impl Sample {
    pub(crate) fn new(seed: u64) -> Self {
        Self { builder: Builder::new(), dice: Dice::new(seed) }
    }

    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.builder.add(name, text.as_bytes().to_vec());
    }

    pub(crate) fn bytes(&mut self, name: &str, bytes: Vec<u8>) {
        self.builder.add(name, bytes);
    }

    pub(crate) fn numbers(&mut self, name: &str, count: usize) {
        let numbers = self.dice.numbers(count);
        self.builder.add(name, numbers.iter().flat_map(|number| number.to_le_bytes()).collect());
    }

    fn matrix(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.numbers(&format!("{name}.weights"), inputs * outputs);
        self.numbers(&format!("{name}.bias"), outputs);
    }

    /// The encoder called `name`, with two small tables.
    pub(crate) fn encoder(&mut self, name: &str) {
        self.text(&format!("{name}/columns"), "NORM 8 50\nSPACY 9 5\n");
        self.numbers(&format!("{name}/table.0"), 50 * WIDTH);
        self.numbers(&format!("{name}/table.1"), 5 * WIDTH);
        let layers = (0..DEPTH).map(|depth| (format!("{name}/layer.{depth}"), 3 * WIDTH));
        for (layer, inputs) in layers.chain([(format!("{name}/mixer"), 2 * WIDTH)]) {
            self.matrix(&layer, inputs, WIDTH * PIECES);
            self.numbers(&format!("{layer}.scale"), WIDTH);
            self.numbers(&format!("{layer}.shift"), WIDTH);
        }
    }

    /// The state network called `name`, with its actions.
    pub(crate) fn state(&mut self, name: &str, slots: usize, actions: &str) {
        self.text(&format!("{name}/actions"), actions);
        self.matrix(&format!("{name}/reduce"), WIDTH, HIDDEN);
        self.matrix(&format!("{name}/slots"), HIDDEN, slots * PART);
        self.numbers(&format!("{name}/missing"), slots * PART);
        self.numbers(&format!("{name}/bias"), PART);
        self.matrix(&format!("{name}/scores"), HIDDEN, actions.lines().count().next_multiple_of(SCORE_BLOCK));
    }

    pub(crate) fn file(self) -> DataFile {
        DataFile::open(Arc::new(self.builder.build())).unwrap()
    }
}

/// `n` tokens of one letter each, of about 60 types.
pub(crate) fn tokens(n: usize, seed: u64) -> Tokens {
    let mut dice = Dice::new(seed);
    let mut tokens = Tokens::default();
    for at in 0..n {
        let id = dice.next() % 30 + 1;
        tokens
            .tokens
            .push(Token { range: TextRange::at(2 * at, 2 * at + 1), blank_after: dice.next() & 1 == 0 });
        tokens.lexemes.push(Lexeme { orth: id, norm: id, ..Lexeme::default() });
        tokens.lowers.push("a");
    }
    tokens
}
