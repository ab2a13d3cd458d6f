//! Mentions while they are being found and joined: a working list with a union-find over it.
//!
//! Knows no rule; the rules push drafts and join them.

use tolmach_document::{EntityKind, Form, RuleId, TokenRange};

/// A mention that is not settled yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub tokens: TokenRange,
    pub head: usize,
    pub kind: EntityKind,
    pub form: Form,
    /// Who found it, then who joined it.
    pub rule: RuleId,
    /// Who found it decides over an overlap: the smaller wins.
    pub rank: u8,
}

/// Drafts in text order (after [`Drafts::settle`]) and who is joined to whom.
#[derive(Default)]
pub(crate) struct Drafts {
    pub list: Vec<Draft>,
    parent: Vec<usize>,
}

impl Drafts {
    pub fn push(&mut self, draft: Draft) {
        self.list.push(draft);
    }

    /// Sorts by position and drops names that overlap a name of better rank, then a longer one.
    pub fn settle(&mut self) {
        let mut by_worth = std::mem::take(&mut self.list);
        by_worth.sort_by_key(|d| (d.rank, std::cmp::Reverse(d.tokens.len()), d.tokens.start));
        let last = by_worth.iter().map(|d| d.tokens.end).max().unwrap_or(0);
        let mut taken = vec![false; last];
        for draft in by_worth {
            let free = draft.tokens.iter().all(|t| !taken[t]);
            if free && !draft.tokens.is_empty() {
                draft.tokens.iter().for_each(|t| taken[t] = true);
                self.list.push(draft);
            }
        }
        self.order();
    }

    /// Sorts by position and starts every draft as its own entity.
    pub fn order(&mut self) {
        self.list.sort_by_key(|d| (d.tokens.start, std::cmp::Reverse(d.tokens.end)));
        self.parent = (0..self.list.len()).collect();
    }

    /// The draft that stands for the entity of draft `d`: always its earliest.
    pub fn root(&self, d: usize) -> usize {
        let mut at = d;
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// Says that `later` refers to what `earlier` refers to, by `rule`.
    pub fn join(&mut self, earlier: usize, later: usize, rule: RuleId) {
        let (a, b) = (self.root(earlier), self.root(later));
        if a != b {
            self.parent[a.max(b)] = a.min(b);
            self.list[later].rule = rule;
        }
    }
}
