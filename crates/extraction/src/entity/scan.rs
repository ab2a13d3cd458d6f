//! Where the registry's phrases stand in the tokens of a text: names of actors, role words, organs of states.
//!
//! Decides nothing; it saves every rule from looking the same words up again.

use crate::Context;
use std::collections::{BTreeMap, BTreeSet};
use tolmach_document::{EntityKind, Parsed, Pos, TokenRange};
use tolmach_lexicon::actor::{ActorId, ActorRegistry, Known, RoleUse, Use};

/// All phrases of the registry in one text, each list in text order without overlaps inside it.
pub(crate) struct Scan {
    pub known: Vec<(TokenRange, Vec<Known>)>,
    pub roles: Vec<(TokenRange, RoleUse)>,
    pub institutions: Vec<(TokenRange, usize)>,
    known_at: BTreeMap<usize, usize>,
    role_end: BTreeMap<usize, usize>,
    spelled: BTreeSet<ActorId>,
}

impl Scan {
    pub fn new(ctx: Context<'_>) -> Self {
        let (parsed, registry) = (ctx.parsed, &ctx.lexicon.actor);
        let known = scan(parsed, |t| {
            let first = parsed.word(t).chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
            let open = first || parsed.pos(t) == Pos::Propn || parsed.word(t).contains('.');
            open.then(|| registry.names.longest(parsed.text, parsed.range(t).start())).flatten()
        });
        let roles: Vec<(TokenRange, RoleUse)> = scan(parsed, |t| {
            wordy(parsed, t)
                .then(|| registry.role_words.longest(parsed.text, parsed.range(t).start()))
                .flatten()
        })
        .into_iter()
        .map(|(tokens, uses)| (tokens, uses[0]))
        .collect();
        let institutions = scan(parsed, |t| {
            wordy(parsed, t)
                .then(|| registry.institution_words.longest(parsed.text, parsed.range(t).start()))
                .flatten()
        });
        let institutions = institutions.into_iter().map(|(tokens, ids)| (tokens, ids[0])).collect();
        let known_at = known.iter().enumerate().map(|(at, (tokens, _))| (tokens.start, at)).collect();
        let role_end = roles.iter().enumerate().map(|(at, (tokens, _))| (tokens.end, at)).collect();
        let spelled = known.iter().filter(|(tokens, _)| tokens.len() > 1).map(|(_, m)| m[0].actor).collect();
        Self { known, roles, institutions, known_at, role_end, spelled }
    }

    /// Whether a name of several words of `actor` stands somewhere in the text.
    pub fn spells(&self, actor: ActorId) -> bool {
        self.spelled.contains(&actor)
    }

    /// Whether every word of `tokens` lies inside a role word or a word for an organ ("Senate Majority Leader").
    pub fn is_common(&self, tokens: TokenRange) -> bool {
        let one = |t: usize| TokenRange::new(t, t + 1);
        tokens.iter().all(|t| covers(&self.roles, one(t)) || self.is_organ(one(t)))
    }

    /// Whether `tokens` lie inside one word for an organ.
    pub fn is_organ(&self, tokens: TokenRange) -> bool {
        covers(&self.institutions, tokens)
    }

    /// The role word that ends just before token `t`.
    pub fn role_before(&self, t: usize) -> Option<(TokenRange, RoleUse)> {
        self.role_end.get(&t).map(|at| self.roles[*at])
    }

    /// The names of the registry that start at token `t`.
    pub fn known_from(&self, t: usize) -> Option<&(TokenRange, Vec<Known>)> {
        self.known_at.get(&t).map(|at| &self.known[*at])
    }

    /// The country named by an adjective or name somewhere in `tokens`, the last one of them.
    pub fn country_in(&self, registry: &ActorRegistry, tokens: TokenRange) -> Option<String> {
        self.known_at
            .range(tokens.start..tokens.end)
            .rev()
            .find_map(|(_, at)| country_of(registry, &self.known[*at].1))
    }
}

/// The country that a phrase names, unless by somebody in it.
pub(crate) fn country_of(registry: &ActorRegistry, meanings: &[Known]) -> Option<String> {
    let known = meanings.iter().find(|known| {
        let place = matches!(registry.actor(known.actor).kind, EntityKind::Gpe | EntityKind::Loc);
        place && matches!(known.by, Use::Name | Use::Adjective | Use::People | Use::Capital)
    })?;
    registry.actor(known.actor).country.clone()
}

/// Whether one phrase of a sorted list without overlaps covers `tokens`.
fn covers<T>(list: &[(TokenRange, T)], tokens: TokenRange) -> bool {
    let at = list.partition_point(|(range, _)| range.start <= tokens.start);
    at > 0 && tokens.end <= list[at - 1].0.end
}

fn wordy(parsed: Parsed<'_>, t: usize) -> bool {
    parsed.word(t).chars().next().is_some_and(char::is_alphabetic)
}

/// Leftmost longest phrases, whole tokens only.
fn scan<T>(
    parsed: Parsed<'_>,
    mut at: impl FnMut(usize) -> Option<(usize, Vec<T>)>,
) -> Vec<(TokenRange, Vec<T>)> {
    let mut out = Vec::new();
    let mut t = 0;
    while t < parsed.len() {
        let found = at(t).and_then(|(end, values)| {
            let last = parsed.token_at(end - 1);
            (last < parsed.len() && parsed.range(last).end() == end)
                .then(|| (TokenRange::new(t, last + 1), values))
        });
        match found {
            Some((tokens, values)) => {
                t = tokens.end;
                out.push((tokens, values));
            }
            None => t += 1,
        }
    }
    out
}
