//! Mentions while they are being found and joined: a working list with a union-find over it.
//!
//! Knows no rule; the rules push drafts and join them.

use tolmach_document::{EntityKind, Form, RuleId, TokenRange};
use tolmach_lexicon::actor::{Gender, Known};

/// A mention that is not settled yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub tokens: TokenRange,
    pub head: usize,
    pub kind: EntityKind,
    pub form: Form,
    /// Who found it, then who joined it.
    pub rule: RuleId,
    /// Decides over an overlap of names: the smaller wins.
    pub rank: u8,
    /// Who it is in the registry, and by what word.
    pub known: Option<Known>,
    /// ISO alpha-3 of the country that its words name.
    pub country: Option<String>,
    /// The organ of a state that it is, as the registry counts them.
    pub institution: Option<usize>,
    /// The words before a person's name, or of a description.
    pub title: Option<String>,
    /// CAMEO/PLOVER sectors of its words.
    pub sectors: Vec<String>,
    /// Of a person or pronoun.
    pub gender: Option<Gender>,
    /// More than one.
    pub plural: bool,
}

impl Draft {
    pub fn new(tokens: TokenRange, head: usize, kind: EntityKind, form: Form, rule: RuleId) -> Self {
        Self {
            tokens,
            head,
            kind,
            form,
            rule,
            rank: 5,
            known: None,
            country: None,
            institution: None,
            title: None,
            sectors: Vec::new(),
            gender: None,
            plural: false,
        }
    }

    pub fn is_name(&self) -> bool {
        self.form == Form::Name
    }
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

    /// Sorts by position and starts every draft as its own entity; the longer first, a name before a nominal.
    pub fn order(&mut self) {
        self.list.sort_by_key(|d| (d.tokens.start, std::cmp::Reverse(d.tokens.end), d.form));
        self.list.dedup_by_key(|d| d.tokens);
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
            // Paths stay short on long chains of one name.
            self.parent[later] = a.min(b);
        }
    }

    /// The first draft that starts at or after token `t`.
    pub fn from_token(&self, t: usize) -> usize {
        self.list.partition_point(|d| d.tokens.start < t)
    }

    /// The name whose last token is `t`.
    pub fn name_ending_at(&self, t: usize) -> Option<usize> {
        let end = self.from_token(t + 1);
        (end.saturating_sub(super::LONGEST)..end)
            .rev()
            .find(|d| self.list[*d].is_name() && self.list[*d].tokens.end == t + 1)
    }

    /// The name that token `t` stands in.
    pub fn name_over(&self, t: usize) -> Option<usize> {
        let end = self.from_token(t + 1);
        let near = (end.saturating_sub(super::LONGEST)..end).rev();
        near.into_iter().find(|d| self.list[*d].is_name() && self.list[*d].tokens.holds(t))
    }

    /// The name whose head is token `t`.
    pub fn name_headed_by(&self, t: usize) -> Option<usize> {
        let end = self.from_token(t + 1);
        (end.saturating_sub(super::LONGEST)..end)
            .rev()
            .find(|d| self.list[*d].is_name() && self.list[*d].head == t)
    }
}
