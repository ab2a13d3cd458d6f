//! The greedy parser: takes token vectors in blocks, gives each token a head, a label and sentence starts.
//!
//! Holds the parts of the last [`RING`] tokens ready; an older token's part, which only a very long
//! sentence asks for, is computed again from its reduced vector. Reduced vectors are kept from the last moment
//! at which the stack was empty, so memory does not grow with the text.

use tolmach_datafile::DataFile;

use crate::error::Error;
use crate::network::encoder::Vectors;
use crate::network::kernel::Kernel;
use crate::network::state::{self, HIDDEN, PART};
use crate::network::weights::lines;
use crate::parse::labels::Label;
use crate::parse::transition::{Kind, NONE, State};

/// Tokens that a state looks at.
const SLOTS: usize = 8;
/// Tokens whose parts are ready; 4 KB each.
const RING: usize = 256;
/// Tokens whose parts are computed together. Divides [`RING`].
const STEP: usize = 64;

/// Weights and actions.
pub(crate) struct Weights {
    network: state::Weights<SLOTS>,
    /// For each kind of action its scores, in the order of [`Kind`].
    ranges: [(Kind, std::ops::Range<usize>); 5],
    /// Label of each action.
    labels: Vec<Label>,
}

impl Weights {
    pub(crate) fn load(file: &DataFile) -> Result<Self, Error> {
        let name = "model/parser/actions";
        let (mut kinds, mut labels) = (Vec::new(), Vec::new());
        for line in lines(file, name)? {
            let broken = || Error::new(name, format_args!("unknown action {line:?}"));
            let (kind, label) = line.split_once(' ').ok_or_else(broken)?;
            kinds.push(kind.parse::<usize>().ok().filter(|kind| *kind < 5).ok_or_else(broken)?);
            labels.push(Label::from_name(label).ok_or_else(broken)?);
        }
        if !kinds.is_sorted() {
            return Err(Error::new(name, "actions are not sorted by kind"));
        }
        let range = |kind: usize| kinds.partition_point(|k| *k < kind)..kinds.partition_point(|k| *k <= kind);
        let all = [Kind::Shift, Kind::Reduce, Kind::Left, Kind::Right, Kind::Break];
        let ranges = std::array::from_fn(|kind| (all[kind], range(kind)));
        Ok(Self { network: state::Weights::load(file, "model/parser", labels.len())?, ranges, labels })
    }

    /// The network in whole numbers.
    pub(crate) fn fast(&self, kernel: Kernel) -> state::Fast {
        state::Fast::new(&self.network, kernel)
    }

    /// The label of an action, as [`State::labels`] numbers it.
    pub(crate) fn label(&self, index: u16) -> Label {
        self.labels[usize::from(index)]
    }
}

/// The parser at work on one text.
pub(crate) struct Parser<'m> {
    weights: &'m Weights,
    network: state::Network<'m, SLOTS>,
    state: State,
    /// Reduced vectors from token `reduced_from` on.
    reduced: Vec<f32>,
    reduced_from: usize,
    /// Parts of token `t` in all slots at `t % RING`.
    ring: Vec<f32>,
    /// One past the last token whose parts are ready.
    ready: usize,
    /// Parts of older tokens, by slot.
    far: Box<[[f32; PART]; SLOTS]>,
}

impl<'m> Parser<'m> {
    pub(crate) fn new(weights: &'m Weights, fast: Option<&'m state::Fast>, kernel: Kernel) -> Self {
        Self {
            weights,
            network: state::Network::new(&weights.network, fast, kernel),
            state: State::default(),
            reduced: Vec::new(),
            reduced_from: 0,
            ring: vec![0.0; RING * SLOTS * PART],
            ready: 0,
            far: Box::new([[0.0; PART]; SLOTS]),
        }
    }

    /// Begins a text of `n` tokens; sentences are forced to begin where `starts` says so.
    pub(crate) fn begin(&mut self, n: usize, starts: impl Iterator<Item = bool>) {
        self.state.reset(n, starts);
        self.reduced.clear();
        (self.reduced_from, self.ready) = (0, 0);
    }

    /// Goes on as far as the vectors of the next tokens allow; ends the parse with the last of them.
    pub(crate) fn feed(&mut self, vectors: Vectors<'_>) {
        self.forget();
        self.network.reduce(vectors, &mut self.reduced);
        let end = self.reduced_from + self.reduced.len() / HIDDEN;
        while self.ready < end {
            let until = end.min((self.ready / STEP + 1) * STEP);
            let from = (self.ready - self.reduced_from) * HIDDEN;
            let reduced = &self.reduced[from..(until - self.reduced_from) * HIDDEN];
            let at = self.ready % RING * SLOTS * PART;
            self.network.parts(reduced, &mut self.ring[at..]);
            self.ready = until;
            self.advance();
        }
    }

    /// Heads ([`NONE`] for roots) and labels, after the last vector.
    pub(crate) fn arcs(&self) -> (&[u32], &[u16]) {
        (&self.state.heads, &self.state.labels)
    }

    /// Drops reduced vectors that nobody will ask for; moves each kept one at most as often as one is dropped.
    fn forget(&mut self) {
        let dead = (self.state.floor() - self.reduced_from) * HIDDEN;
        if 2 * dead >= self.reduced.len() {
            self.reduced.drain(..dead);
            self.reduced_from = self.state.floor();
        }
    }

    fn advance(&mut self) {
        while !self.state.is_final() && self.state.horizon() <= self.ready {
            let slots = self.state.slots();
            self.recompute_far(&slots);
            let old =
                Parts { missing: &self.weights.network, ring: &self.ring, far: &self.far, ready: self.ready };
            let parts = std::array::from_fn(|slot| old.part(slot, slots[slot]));
            let (weights, state) = (self.weights, &self.state);
            let scores = self.network.score(&parts);
            let allowed = weights.ranges.iter().filter(|(kind, _)| state.allows(*kind));
            let action = state::best(scores, allowed.map(|(_, range)| range));
            let action = action.expect("a shift or a reduction is always allowed before the end");
            let (kind, _) =
                weights.ranges.iter().find(|(_, range)| range.contains(&action)).expect("kinds cover all");
            self.state.apply(*kind, action as u16);
        }
    }

    fn recompute_far(&mut self, slots: &[u32; SLOTS]) {
        for (slot, token) in slots.iter().enumerate() {
            if is_far(*token, self.ready) {
                let at = (*token as usize - self.reduced_from) * HIDDEN;
                let reduced = &self.reduced[at..at + HIDDEN];
                self.network.part(reduced, slot, &mut self.far[slot]);
            }
        }
    }
}

/// Whether the parts of a token have left the ring.
fn is_far(token: u32, ready: usize) -> bool {
    token != NONE && token as usize + RING < ready.next_multiple_of(STEP)
}

/// Where the parts of tokens are.
struct Parts<'a> {
    missing: &'a state::Weights<SLOTS>,
    ring: &'a [f32],
    far: &'a [[f32; PART]; SLOTS],
    ready: usize,
}

impl<'a> Parts<'a> {
    fn part(&self, slot: usize, token: u32) -> &'a [f32; PART] {
        if token == NONE {
            return self.missing.missing(slot);
        }
        if is_far(token, self.ready) {
            return &self.far[slot];
        }
        let at = (token as usize % RING * SLOTS + slot) * PART;
        self.ring[at..at + PART].try_into().expect("the slice has that length")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::encoder::WIDTH;
    use crate::network::sample::{Dice, Sample};
    use crate::parse::tree::Tree;

    const ACTIONS: &str =
        "0 \n1 \n2 det\n2 nsubj||ccomp\n2 dobj||conj\n3 dobj\n3 prep||dobj\n3 conj\n4 ROOT\n";

    fn weights(seed: u64) -> Weights {
        let mut sample = Sample::new(seed);
        sample.state("model/parser", SLOTS, ACTIONS);
        Weights::load(&sample.file()).unwrap()
    }

    /// Arcs found when the vectors come in blocks of `size`.
    fn parse(weights: &Weights, vectors: &[f32], size: usize) -> (Vec<u32>, Vec<u16>) {
        let mut parser = Parser::new(weights, None, Kernel::detect());
        parser.begin(vectors.len() / WIDTH, (0..).map(|token| token % 500 == 499));
        for block in vectors.chunks(size * WIDTH) {
            parser.feed(Vectors::of(block));
        }
        assert!(parser.state.is_final());
        let (heads, labels) = parser.arcs();
        (heads.to_vec(), labels.to_vec())
    }

    /// Random networks leave tokens on the stack for hundreds of steps, so old parts are asked for.
    #[test]
    fn the_size_of_blocks_changes_nothing() {
        for seed in 0..3 {
            let weights = weights(seed);
            let vectors = Dice::new(seed).numbers(900 * WIDTH);
            let whole = parse(&weights, &vectors, 900);
            for size in [1, 256] {
                assert!(parse(&weights, &vectors, size) == whole, "seed {seed}, blocks of {size}");
            }
        }
    }

    #[test]
    fn any_decisions_make_trees() {
        for seed in 0..12 {
            let weights = weights(seed);
            let n = 30 + 50 * seed as usize;
            let vectors = Dice::new(seed).numbers(n * WIDTH);
            let (heads, labels) = parse(&weights, &vectors, 256);
            let mut tree = Tree::default();
            tree.build(&heads, labels.iter().map(|label| weights.label(*label)), |token| {
                token.is_multiple_of(9)
            });
            for mut token in 0..n {
                let steps = (0..=n).take_while(|_| {
                    let head = tree.heads[token] as usize;
                    head != std::mem::replace(&mut token, head)
                });
                assert!(steps.count() <= n, "seed {seed}: a circle of arcs");
            }
            assert!(tree.starts[0], "seed {seed}");
            assert!(n < 500 || tree.starts[499], "seed {seed}: the forced start");
        }
    }

    #[test]
    fn unknown_actions_are_named() {
        let mut sample = Sample::new(1);
        sample.text("model/parser/actions", "2 nonsense\n");
        let error = Weights::load(&sample.file()).err().unwrap();
        assert_eq!(error.to_string(), "language model, model/parser/actions: unknown action \"2 nonsense\"");
    }
}
