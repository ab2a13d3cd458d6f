//! The two ends of a tie: which entity a token of the sentence stands for, and whether the statement holds.
//!
//! Knows no kind of tie.

use crate::{Context, entity};
use std::collections::BTreeMap;
use tolmach_document::{
    Dep, Entity, EntityId, EntityKind, Extraction, Form, Id, Mention, Parsed, Tag, TextRange,
};

/// How many clauses up a subject or a denial is looked for.
const DEEP: usize = 8;

/// A document with its entities, seen from the tokens.
pub(super) struct Ends<'a> {
    pub ctx: Context<'a>,
    pub parsed: Parsed<'a>,
    pub so_far: &'a Extraction,
    named: Vec<bool>,
    states: BTreeMap<&'a str, EntityId>,
}

impl<'a> Ends<'a> {
    pub fn new(ctx: Context<'a>, so_far: &'a Extraction) -> Self {
        let mut named = vec![false; so_far.entities.len()];
        for mention in so_far.mentions.iter().filter(|m| m.form == Form::Name) {
            named[mention.entity.index()] = true;
        }
        let state =
            |(id, row): (EntityId, &'a Entity)| Some((row.registry.as_ref()?.1.strip_prefix("state/")?, id));
        let states = so_far.entities.iter_ids().filter_map(state).collect();
        Self { ctx, parsed: ctx.parsed, so_far, named, states }
    }

    pub fn row(&self, id: EntityId) -> &'a Entity {
        &self.so_far.entities[id]
    }

    pub fn mention(&self, id: Id<Mention>) -> &'a Mention {
        &self.so_far.mentions[id]
    }

    /// The named entity that token `t` heads or stands for, relative pronouns included.
    pub fn entity(&self, t: usize) -> Option<EntityId> {
        match self.antecedent_of(t) {
            Some(head) => self.plain(head),
            None => self.plain(t),
        }
    }

    fn plain(&self, t: usize) -> Option<EntityId> {
        let mentions = &self.so_far.mentions;
        let id = entity::of_token(self.parsed, mentions, t).or_else(|| {
            let inside = entity::mention_covering(mentions, self.parsed.range(t))?;
            (mentions[inside].form == Form::Name).then_some(inside)
        })?;
        Some(self.state_of_organ(mentions[id].entity)).filter(|e| self.named[e.index()])
    }

    /// What "which" takes up: the noun that its clause hangs on.
    fn antecedent_of(&self, t: usize) -> Option<usize> {
        let relative = matches!(self.parsed.tag(t), Tag::Wdt | Tag::Wp);
        if !relative {
            return None;
        }
        let clause =
            std::iter::once(t).chain(self.parsed.ancestors(t)).find(|a| self.parsed.dep(*a) == Dep::Relcl)?;
        Some(self.parsed.head(clause))
    }

    /// A government stands for its state where the report names that; a ministry is itself.
    fn state_of_organ(&self, id: EntityId) -> EntityId {
        let Some((_, place)) = &self.row(id).registry else { return id };
        let Some((state, organ)) = place.strip_prefix("organ/").and_then(|rest| rest.split_once('/')) else {
            return id;
        };
        let whole = matches!(
            organ,
            "government" | "leadership" | "administration" | "authorities" | "presidency" | "cabinet"
        );
        if whole { self.states.get(state).copied().unwrap_or(id) } else { id }
    }

    /// Tokens `t` and those joined to it by "and" and commas.
    pub fn conjuncts(&self, t: usize) -> Vec<usize> {
        let mut out = vec![t];
        let mut at = 0;
        while at < out.len() && out.len() < 16 {
            let more: Vec<usize> =
                self.parsed.children(out[at]).filter(|c| self.parsed.dep(*c) == Dep::Conj).collect();
            out.extend(more);
            at += 1;
        }
        out
    }

    /// Whether token `t` is "it": too weak a link to say of whom a statement is made.
    pub fn is_it(&self, t: usize) -> bool {
        matches!(self.parsed.lower(t), "it" | "they" | "them")
    }

    /// Named entities of kinds `kinds` among `t` and its conjuncts; a bare noun lends its state adjective ("Turkish leadership").
    pub fn entities(&self, t: usize, kinds: &[EntityKind]) -> Vec<EntityId> {
        let of =
            |t: usize| self.entity(t).filter(|e| self.fits(*e, kinds)).or_else(|| self.modifier(t, kinds));
        self.conjuncts(t).into_iter().filter_map(of).collect()
    }

    /// The entity that a possessive or an adjective before noun `t` names: "Russia's partner", "Russian partner".
    pub fn modifier(&self, t: usize, kinds: &[EntityKind]) -> Option<EntityId> {
        let left = self.parsed.children(t).filter(|c| {
            *c < t && matches!(self.parsed.dep(*c), Dep::Poss | Dep::Amod | Dep::Compound | Dep::Nmod)
        });
        left.filter_map(|c| self.entity(c)).find(|e| self.fits(*e, kinds))
    }

    pub fn fits(&self, id: EntityId, kinds: &[EntityKind]) -> bool {
        kinds.is_empty() || kinds.contains(&self.row(id).kind)
    }

    /// The token that verb `v` says something of.
    pub fn subject(&self, v: usize) -> Option<usize> {
        self.subject_within(v, DEEP)
    }

    fn subject_within(&self, v: usize, depth: usize) -> Option<usize> {
        let parsed = self.parsed;
        let own = parsed.children(v).find(|c| matches!(parsed.dep(*c), Dep::Nsubj | Dep::Nsubjpass));
        let over = parsed.head(v);
        match (own, parsed.dep(v)) {
            (Some(own), _) => Some(own),
            _ if depth == 0 => None,
            (None, Dep::Acl | Dep::Relcl) => Some(over),
            (None, Dep::Conj) if parsed.pos(over) == parsed.pos(v) => self.subject_within(over, depth - 1),
            (None, Dep::Xcomp) if self.ctx.lexicon.tie.guards.raising.contains(parsed.lemma(over)) => {
                self.subject_within(over, depth - 1)
            }
            _ => None,
        }
    }

    /// Whether the clause of verb `v` states nothing: denied, asked, conditional, wished or (unless allowed) possible.
    pub fn unreal(&self, v: usize, allow_modal: bool) -> bool {
        self.unreal_within(v, allow_modal, DEEP)
    }

    fn unreal_within(&self, v: usize, allow_modal: bool, depth: usize) -> bool {
        let (parsed, guards) = (self.parsed, &self.ctx.lexicon.tie.guards);
        let modal =
            |c: usize| parsed.dep(c) == Dep::Aux && guards.modals.contains(parsed.lower(c)) && !allow_modal;
        let negated = |c: usize| {
            guards.negations.contains(parsed.lower(c)) || parsed.children(c).any(|g| parsed.lower(g) == "no")
        };
        let marked = |c: usize| parsed.dep(c) == Dep::Mark && guards.marks.contains(parsed.lower(c));
        if parsed.children(v).any(|c| modal(c) || negated(c) || marked(c)) {
            return true;
        }
        // "the nominee to replace him": what is meant to happen.
        let infinitive = parsed.children(v).any(|c| parsed.tag(c) == Tag::To);
        if infinitive && matches!(parsed.dep(v), Dep::Acl | Dep::Relcl | Dep::Advcl) {
            return true;
        }
        let last = parsed.sentence(v).tokens.end - 1;
        if parsed.word(last) == "?" {
            return true;
        }
        let over = parsed.head(v);
        match parsed.dep(v) {
            Dep::Xcomp | Dep::Pcomp | Dep::Ccomp | Dep::Conj if over != v && depth > 0 => {
                guards.unreal.contains(parsed.lemma(over))
                    || (parsed.dep(v) != Dep::Ccomp
                        && parsed.pos(over) == parsed.pos(v)
                        && self.unreal_within(over, allow_modal, depth - 1))
            }
            _ => false,
        }
    }

    /// Objects of the prepositions `preps` on `t`; where the parse has them elsewhere, the first such to the right.
    pub fn objects(&self, t: usize, preps: &[String]) -> Vec<usize> {
        let parsed = self.parsed;
        let wanted = |c: usize| {
            preps.iter().any(|p| p == parsed.lower(c))
                && matches!(parsed.dep(c), Dep::Prep | Dep::Agent | Dep::Dative)
        };
        let own: Vec<usize> = parsed
            .children(t)
            .filter(|c| *c > t && wanted(*c))
            .filter_map(|c| parsed.child(c, Dep::Pobj))
            .collect();
        if !own.is_empty() {
            return own;
        }
        // "successor in 2019 to Nursultan Nazarbayev": the parser may hang "to" on a verb before.
        let end = parsed.sentence(t).tokens.end.min(t + 7);
        let open = (t + 1..end)
            .take_while(|c| !parsed.pos(*c).eq(&tolmach_document::Pos::Verb) && parsed.word(*c) != ",");
        open.filter(|c| wanted(*c) && parsed.head(*c) <= t)
            .take(1)
            .filter_map(|c| parsed.child(c, Dep::Pobj))
            .collect()
    }

    /// From the first to the last of the tokens' own words.
    pub fn span(&self, tokens: &[usize]) -> TextRange {
        let mention = |t: usize| {
            entity::of_token(self.parsed, &self.so_far.mentions, t).map(|id| self.mention(id).range)
        };
        // A relative pronoun says less than the noun it takes up.
        let told = |t: usize| self.antecedent_of(t).filter(|head| t - head.min(&t) < 30).unwrap_or(t);
        let ranges = tokens.iter().map(|t| told(*t)).map(|t| mention(t).unwrap_or(self.parsed.range(t)));
        ranges.reduce(TextRange::cover).unwrap_or_default()
    }
}
