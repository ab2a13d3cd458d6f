//! The arc-eager transition system with sentence breaks, not monotonic: what may be done in a state, and what
//! it does to the state.
//!
//! Chooses nothing and computes no scores.

/// No token.
pub(crate) const NONE: u32 = u32::MAX;

/// The five kinds of action, in the order of their scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The next token goes onto the stack.
    Shift,
    /// The top of the stack is done; without a head it goes back to the buffer.
    Reduce,
    /// The next token becomes the head of the top of the stack, which leaves it.
    Left,
    /// The top of the stack becomes the head of the next token, which goes onto the stack.
    Right,
    /// A sentence starts at the token after the next.
    Break,
}

/// A half-made parse of one text.
#[derive(Default)]
pub(crate) struct State {
    stack: Vec<u32>,
    /// Tokens that went back to the buffer; the last comes first.
    returned: Vec<u32>,
    /// First token that was never on the stack.
    next: u32,
    /// One past the last token.
    end: u32,
    /// Head of each token, or [`NONE`].
    pub(crate) heads: Vec<u32>,
    /// Label index of each token's arc; meaningless without a head.
    pub(crate) labels: Vec<u16>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    /// The left child that each token got last, or [`NONE`].
    left: Vec<u32>,
    /// The right child that each token got last and still has, or [`NONE`].
    right: Vec<u32>,
    /// The right child that the same head had before this one.
    right_before: Vec<u32>,
    /// No token before this one will be looked at again.
    floor: u32,
}

impl State {
    /// The first state of a text of `n` tokens, of which those with `starts` must begin a sentence.
    pub(crate) fn reset(&mut self, n: usize, starts: impl Iterator<Item = bool>) {
        self.stack.clear();
        self.returned.clear();
        (self.next, self.end, self.floor) = (0, n as u32, 0);
        for tokens in [&mut self.heads, &mut self.left, &mut self.right, &mut self.right_before] {
            tokens.clear();
            tokens.resize(n, NONE);
        }
        self.labels.clear();
        self.labels.resize(n, 0);
        self.unshiftable.clear();
        self.unshiftable.resize(n, false);
        self.starts.clear();
        self.starts.extend(starts.take(n));
        self.starts.resize(n, false);
    }

    /// Whether nothing is left to do.
    pub(crate) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.n_buffer() == 0
    }

    /// No token before this one will be looked at again.
    pub(crate) fn floor(&self) -> usize {
        self.floor as usize
    }

    /// One past the last token that the state can look at.
    pub(crate) fn horizon(&self) -> usize {
        self.end.min(self.next + 2) as usize
    }

    fn n_buffer(&self) -> usize {
        (self.end - self.next) as usize + self.returned.len()
    }

    /// The `i`th token of the buffer.
    fn buffer(&self, i: usize) -> u32 {
        match self.returned.len().checked_sub(i + 1) {
            Some(at) => self.returned[at],
            None => {
                let token = self.next + (i - self.returned.len()) as u32;
                if token < self.end { token } else { NONE }
            }
        }
    }

    /// The `i`th token from the top of the stack.
    fn stack(&self, i: usize) -> u32 {
        self.stack.len().checked_sub(i + 1).map_or(NONE, |at| self.stack[at])
    }

    fn is_start(&self, token: u32) -> bool {
        self.starts.get(token as usize).copied().unwrap_or(false)
    }

    /// The eight tokens that the network looks at, [`NONE`] where there is none.
    pub(crate) fn slots(&self) -> [u32; 8] {
        let child = |of: &Vec<u32>, head: u32| of.get(head as usize).copied().unwrap_or(NONE);
        let (next, top) = (self.buffer(0), self.stack(0));
        let (left, right) = (child(&self.left, top), child(&self.right, top));
        [next, self.buffer(1), top, self.stack(1), self.stack(2), child(&self.left, next), left, right]
    }

    /// Whether actions of this kind are allowed.
    pub(crate) fn allows(&self, kind: Kind) -> bool {
        let next = self.buffer(0);
        match kind {
            Kind::Shift if self.stack.is_empty() => true,
            Kind::Shift => self.n_buffer() >= 2 && !self.is_start(next) && !self.unshiftable[next as usize],
            Kind::Reduce => !self.stack.is_empty(),
            Kind::Left | Kind::Right => !self.stack.is_empty() && next != NONE && !self.is_start(next),
            Kind::Break => {
                let second = self.buffer(1);
                second != NONE && second == next + 1 && !self.is_start(second)
            }
        }
    }

    /// Does what is allowed.
    pub(crate) fn apply(&mut self, kind: Kind, label: u16) {
        match kind {
            Kind::Shift => self.push(),
            Kind::Reduce => self.reduce(),
            Kind::Left => {
                let (head, child) = (self.buffer(0), self.stack(0));
                self.attach(head, child, label);
                self.unshiftable[head as usize] = false;
                self.pop();
            }
            Kind::Right => {
                self.attach(self.stack(0), self.buffer(0), label);
                self.push();
            }
            Kind::Break => {
                let second = self.buffer(1) as usize;
                self.starts[second] = true;
            }
        }
    }

    fn push(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn pop(&mut self) {
        self.stack.pop();
        if self.stack.is_empty() && self.returned.is_empty() {
            // Only children to the left of the next token can still be asked for.
            let child = self.left.get(self.next as usize).copied().unwrap_or(NONE);
            self.floor = self.next.min(child);
        }
    }

    fn reduce(&mut self) {
        let top = self.stack(0);
        if self.stack.len() > 1 && self.heads[top as usize] == NONE {
            self.unshiftable[top as usize] = true;
            self.returned.push(top);
        }
        self.pop();
    }

    /// Sets the head of `child`. An old head lies below `child` on the stack, so `child` is its last right child.
    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let old = self.heads[child as usize];
        if old != NONE {
            self.right[old as usize] = self.right_before[child as usize];
        }
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
        if head > child {
            self.left[head as usize] = child;
        } else {
            self.right_before[child as usize] = self.right[head as usize];
            self.right[head as usize] = child;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Does the actions (`s`hift, `d` for reduce, `l`eft, `r`ight, `b`reak), each of which must be allowed, and
    /// returns the heads (`-` for none) and whether anything is left to do.
    #[track_caller]
    fn check(n: usize, actions: &str, heads: &str) {
        let mut state = State::default();
        state.reset(n, std::iter::empty());
        for (at, action) in actions.chars().enumerate() {
            let kind = kind(action);
            assert!(state.allows(kind), "{kind:?} at {at} of {actions}");
            state.apply(kind, at as u16);
        }
        let found =
            state.heads.iter().map(|head| if *head == NONE { "-".to_owned() } else { head.to_string() });
        assert_eq!(found.collect::<Vec<_>>().join(" "), heads, "{actions}");
        assert!(state.is_final(), "{actions}");
    }

    fn kind(action: char) -> Kind {
        match action {
            's' => Kind::Shift,
            'd' => Kind::Reduce,
            'l' => Kind::Left,
            'r' => Kind::Right,
            _ => Kind::Break,
        }
    }

    #[test]
    fn arcs_are_drawn_both_ways() {
        check(3, "slsrdd", "1 - 1");
    }

    #[test]
    fn a_new_arc_replaces_the_old() {
        // 1 hangs on 0 first and is then taken over by 2; 2 then hangs on 0.
        check(3, "srlrdd", "- 2 0");
    }

    #[test]
    fn a_token_without_head_goes_back_to_the_buffer() {
        // 1 is reduced without a head, comes back before 2 and is attached to 0.
        check(3, "ssdrddsd", "- 0 -");
    }

    #[test]
    fn a_break_keeps_sentences_apart() {
        let mut state = State::default();
        state.reset(3, std::iter::empty());
        state.apply(Kind::Shift, 0);
        assert!(state.allows(Kind::Break));
        state.apply(Kind::Break, 0);
        assert!(!state.allows(Kind::Break), "token 2 is a start already");
        state.apply(Kind::Right, 0);
        for kind in [Kind::Shift, Kind::Left, Kind::Right] {
            assert!(!state.allows(kind), "{kind:?} over the start of a sentence");
        }
        assert!(state.allows(Kind::Reduce));
    }

    #[test]
    fn forced_starts_hold_from_the_beginning() {
        let mut state = State::default();
        state.reset(2, [false, true].into_iter());
        assert!(!state.allows(Kind::Break), "token 1 is a start already");
        state.apply(Kind::Shift, 0);
        assert!(!state.allows(Kind::Left) && !state.allows(Kind::Right));
    }

    #[test]
    fn children_come_latest_first() {
        let mut state = State::default();
        state.reset(4, std::iter::empty());
        for kind in [Kind::Shift, Kind::Right, Kind::Reduce] {
            state.apply(kind, 0);
        }
        // 0 has the right child 1; 2 is next.
        assert_eq!(state.slots(), [2, 3, 0, NONE, NONE, NONE, NONE, 1]);
        state.apply(Kind::Right, 0);
        assert_eq!(state.slots()[2..], [2, 0, NONE, NONE, NONE, NONE]);
        // 3 takes 2 over: 0 has its earlier child back.
        state.apply(Kind::Left, 0);
        assert_eq!(state.slots(), [3, NONE, 0, NONE, NONE, 2, NONE, 1]);
    }
}
