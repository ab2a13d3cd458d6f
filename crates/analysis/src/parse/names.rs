//! The named-entity recogniser: one action a token (begin, inside, last, unit, outside), none across the start
//! of a sentence, none beginning on white space.

use std::ops::Range;

use tolmach_datafile::DataFile;
use tolmach_document::{EntityLabel, Iob};

use crate::error::Error;
use crate::network::encoder::Vectors;
use crate::network::kernel::Kernel;
use crate::network::state::{self, PART};
use crate::network::weights::lines;

/// Tokens that a state looks at: the next one, the first of the open entity, the one before the next.
const SLOTS: usize = 3;
/// Tokens whose parts are computed together.
const STEP: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Begin(EntityLabel),
    Inside(EntityLabel),
    Last(EntityLabel),
    Unit(EntityLabel),
    /// Marks tokens that must not be in an entity; only training uses it.
    Blocked,
    Outside,
}

impl Action {
    /// Reads `kind label`, with spaCy's numbers of kinds.
    fn from_line(line: &str) -> Option<Self> {
        let (kind, label) = line.split_once(' ')?;
        if label.is_empty() {
            return match kind {
                "4" => Some(Self::Blocked),
                "5" => Some(Self::Outside),
                _ => None,
            };
        }
        let label = EntityLabel::from_name(label)?;
        Some(match kind {
            "1" => Self::Begin(label),
            "2" => Self::Inside(label),
            "3" => Self::Last(label),
            "4" => Self::Unit(label),
            _ => return None,
        })
    }
}

/// What decides which actions are allowed at a token.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Whether the token is white space.
    pub(crate) is_space: bool,
    /// Whether an entity may go on after the token: it is neither the last of the text nor of its sentence.
    pub(crate) can_go_on: bool,
}

impl Place {
    const ALL: [Self; 4] = [
        Self { is_space: false, can_go_on: false },
        Self { is_space: false, can_go_on: true },
        Self { is_space: true, can_go_on: false },
        Self { is_space: true, can_go_on: true },
    ];

    fn index(self) -> usize {
        2 * usize::from(self.is_space) + usize::from(self.can_go_on)
    }
}

/// The label of the open entity; for each place the allowed actions.
type Allowed = (Option<EntityLabel>, [Vec<Range<usize>>; 4]);

/// The allowed actions of every state at every place.
fn allowed(actions: &[Action]) -> Vec<Allowed> {
    let open = actions.iter().filter_map(|action| match action {
        Action::Last(label) => Some(Some(*label)),
        _ => None,
    });
    let of = |open| {
        Place::ALL.map(|place| {
            let is_allowed = |at: &usize| allows(open, actions[*at], place);
            let allowed: Vec<usize> = (0..actions.len()).filter(is_allowed).collect();
            allowed.chunk_by(|a, b| a + 1 == *b).map(|run| run[0]..run[run.len() - 1] + 1).collect()
        })
    };
    std::iter::once(None).chain(open).map(|open| (open, of(open))).collect()
}

/// Weights and actions.
pub(crate) struct Weights {
    network: state::Weights<SLOTS>,
    actions: Vec<Action>,
    /// For a state without an open entity, then for one with each label: for each place (see [`Place::index`]) the
    /// allowed actions.
    allowed: Vec<Allowed>,
}

impl Weights {
    pub(crate) fn load(file: &DataFile) -> Result<Self, Error> {
        let name = "model/names/actions";
        let mut actions = Vec::new();
        for line in lines(file, name)? {
            let action = Action::from_line(&line);
            actions.push(action.ok_or_else(|| Error::new(name, format_args!("unknown action {line:?}")))?);
        }
        // Without these some state would have no way on.
        let outside = actions.contains(&Action::Outside);
        let closes = |action: &Action| match action {
            Action::Begin(label) => actions.contains(&Action::Last(*label)),
            _ => true,
        };
        if !outside || !actions.iter().all(closes) {
            return Err(Error::new(name, "no action leaves some entity"));
        }
        let network = state::Weights::load(file, "model/names", actions.len())?;
        Ok(Self { network, allowed: allowed(&actions), actions })
    }

    /// The network in whole numbers.
    pub(crate) fn fast(&self, kernel: Kernel) -> state::Fast {
        state::Fast::new(&self.network, kernel)
    }
}

/// The recogniser at work on one text.
pub(crate) struct Recogniser<'m> {
    weights: &'m Weights,
    network: state::Network<'m, SLOTS>,
    open: Option<EntityLabel>,
    /// Part of the first token of the open entity, in slot 1.
    first: [f32; PART],
    /// Part of the token before the next, in slot 2.
    before: [f32; PART],
    reduced: Vec<f32>,
    parts: Vec<f32>,
}

impl<'m> Recogniser<'m> {
    pub(crate) fn new(weights: &'m Weights, fast: Option<&'m state::Fast>, kernel: Kernel) -> Self {
        Self {
            weights,
            network: state::Network::new(&weights.network, fast, kernel),
            open: None,
            first: [0.0; PART],
            before: [0.0; PART],
            reduced: Vec::new(),
            parts: vec![0.0; STEP * SLOTS * PART],
        }
    }

    /// Begins a text.
    pub(crate) fn begin(&mut self) {
        self.open = None;
    }

    /// Decides on the next tokens, whose vectors are given, and appends to `out`.
    pub(crate) fn feed(
        &mut self,
        vectors: Vectors<'_>,
        tokens: Range<usize>,
        place: impl Fn(usize) -> Place,
        out: &mut Vec<Iob>,
    ) {
        for (step, vectors) in vectors.steps(STEP).enumerate() {
            self.reduced.clear();
            self.network.reduce(vectors, &mut self.reduced);
            let mut parts = std::mem::take(&mut self.parts);
            self.network.parts(&self.reduced, &mut parts);
            let from = tokens.start + step * STEP;
            for (token, parts) in
                (from..tokens.end).zip(parts.as_chunks::<PART>().0.chunks_exact(SLOTS)).take(STEP)
            {
                out.push(self.decide(place(token), parts));
            }
            self.parts = parts;
        }
    }

    fn decide(&mut self, place: Place, parts: &[[f32; PART]]) -> Iob {
        let weights = self.weights;
        let missing = |slot| weights.network.missing(slot);
        let slots = match self.open {
            Some(_) => [&parts[0], &self.first, &self.before],
            None => [&parts[0], missing(1), missing(2)],
        };
        let (scores, open) = (self.network.score(&slots), self.open);
        let allowed = weights.allowed.iter().find(|(of, _)| *of == open);
        let (_, places) = allowed.expect("every entity that begins has an action that ends it");
        let action =
            state::best(scores, &places[place.index()]).expect("an entity can be closed or left out");
        self.before = parts[2];
        match weights.actions[action] {
            Action::Begin(label) => {
                self.first = parts[1];
                self.open = Some(label);
                Iob::Begin(label)
            }
            Action::Inside(label) => Iob::In(label),
            Action::Last(label) => {
                self.open = None;
                Iob::In(label)
            }
            Action::Unit(label) => Iob::Begin(label),
            Action::Blocked | Action::Outside => Iob::Out,
        }
    }
}

/// Whether an action is allowed where the entity `open` is open.
fn allows(open: Option<EntityLabel>, action: Action, place: Place) -> bool {
    match action {
        Action::Begin(_) => open.is_none() && place.can_go_on && !place.is_space,
        Action::Inside(label) => open == Some(label) && place.can_go_on,
        Action::Last(label) => open == Some(label),
        Action::Unit(_) => open.is_none() && !place.is_space,
        Action::Blocked => false,
        Action::Outside => open.is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::encoder::WIDTH;
    use crate::network::sample::{Dice, Sample};

    const ACTIONS: &str = "1 ORG\n1 GPE\n2 ORG\n2 GPE\n3 ORG\n3 GPE\n4 ORG\n4 GPE\n4 \n5 \n";

    fn recognise(seed: u64, n: usize, size: usize, place: impl Fn(usize) -> Place + Copy) -> Vec<Iob> {
        let mut sample = Sample::new(seed);
        sample.state("model/names", SLOTS, ACTIONS);
        let weights = Weights::load(&sample.file()).unwrap();
        let mut names = Recogniser::new(&weights, None, Kernel::detect());
        let vectors = Dice::new(seed).numbers(n * WIDTH);
        let mut out = Vec::new();
        names.begin();
        for (block, vectors) in vectors.chunks(size * WIDTH).enumerate() {
            names.feed(Vectors::of(vectors), block * size..n.min((block + 1) * size), place, &mut out);
        }
        out
    }

    #[test]
    fn names_stay_inside_sentences_and_begin_with_words() {
        let place = |token: usize| Place {
            is_space: token.is_multiple_of(7),
            can_go_on: token % 10 != 9 && token != 199,
        };
        let mut n_inside = 0;
        for seed in 0..20 {
            let found = recognise(seed, 200, 200, place);
            assert_eq!(found.len(), 200);
            for (token, iob) in found.iter().enumerate() {
                match iob {
                    Iob::Begin(_) => assert!(!place(token).is_space, "seed {seed}, token {token}"),
                    Iob::In(label) => {
                        assert!(place(token - 1).can_go_on, "seed {seed}, token {token} crosses a border");
                        assert_eq!(found[token - 1].label(), Some(*label), "seed {seed}, token {token}");
                        n_inside += 1;
                    }
                    Iob::Out => {}
                }
            }
            assert_eq!(
                recognise(seed, 200, 23, place),
                found,
                "seed {seed}: the size of blocks changes nothing"
            );
        }
        assert!(n_inside > 100, "the random networks made no long names");
    }

    #[test]
    fn actions_without_a_way_out_are_refused() {
        for actions in ["1 ORG\n2 ORG\n5 \n", "1 ORG\n3 ORG\n"] {
            let mut sample = Sample::new(1);
            sample.state("model/names", SLOTS, actions);
            assert_eq!(Weights::load(&sample.file()).err().unwrap().part(), "model/names/actions");
        }
    }
}
