//! In or through which medium something was said, and whose medium that is.
//!
//! Finds the phrase by the parse and the lexicon of media. Does not decide whether an outlet becomes a reporter of its
//! own in the chain; that is `hop`'s business.

use crate::{Context, entity};
use tolmach_document::{Dep, EntityId, Extraction, Parsed, TokenRange};

/// A medium tied to a saying: "in an interview with …", "on its Telegram channel".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Medium {
    /// The preposition.
    pub preposition: usize,
    /// The noun or the platform's name.
    pub noun: usize,
    /// Head of the outlet's name: "interview to FRANCE 24".
    pub outlet: Option<usize>,
    /// The preposition before the outlet.
    pub link: Option<usize>,
}

impl Medium {
    /// Its words up to the outlet.
    #[must_use]
    pub fn words(self, p: Parsed<'_>) -> TokenRange {
        let end = self.link.map_or(p.subtree(self.noun).end.min(self.noun + 1), |link| link + 1);
        TokenRange::new(self.preposition, end.max(self.preposition + 1))
    }
}

/// The medium of the saying headed by `head`: a phrase below it, below the verb that governs it, or below `also`.
#[must_use]
pub fn of(ctx: Context<'_>, head: usize, also: Option<usize>) -> Option<Medium> {
    let p = ctx.parsed;
    let governor = (!p.is_root(head)).then(|| p.head(head));
    let near = |t: usize| p.children(t).filter(|c| p.dep(*c) == Dep::Prep).collect::<Vec<_>>();
    std::iter::once(head)
        .chain(also)
        .chain(governor)
        .flat_map(near)
        .find_map(|preposition| medium(ctx, preposition))
        .or_else(|| opening(ctx, head))
}

/// "In an interview to …, the minister …": the parser may hang the phrase anywhere in the sentence.
fn opening(ctx: Context<'_>, head: usize) -> Option<Medium> {
    let p = ctx.parsed;
    let first = p.sentence(head).tokens.iter().find(|t| super::grammar::is_word(p, *t))?;
    (p.dep(first) == Dep::Prep && first < head).then(|| medium(ctx, first)).flatten()
}

fn medium(ctx: Context<'_>, preposition: usize) -> Option<Medium> {
    let p = ctx.parsed;
    let media = &ctx.lexicon.reporting.media;
    let noun = p.child(preposition, Dep::Pobj)?;
    if media.is_platform(p.word(noun)) && matches!(p.lower(preposition), "on" | "via" | "through" | "to") {
        return Some(Medium { preposition, noun, outlet: None, link: None });
    }
    let medium = media.medium(&compound(p, noun)).or_else(|| media.medium(p.lower(noun)))?;
    if !medium.prepositions.iter().any(|word| word == p.lower(preposition)) {
        return None;
    }
    let link = p
        .children(noun)
        .find(|c| p.dep(*c) == Dep::Prep && medium.outlet.iter().any(|word| word == p.lower(*c)));
    let outlet = link
        .and_then(|link| p.child(link, Dep::Pobj))
        .filter(|o| p.pos(*o) == tolmach_document::Pos::Propn && !media.is_platform(p.word(*o)));
    Some(Medium { preposition, noun, outlet, link: link.filter(|_| outlet.is_some()) })
}

/// "press conference", lower case.
fn compound(p: Parsed<'_>, noun: usize) -> String {
    let before = noun.checked_sub(1).filter(|t| p.head(*t) == noun && p.dep(*t) == Dep::Compound);
    before.map_or_else(|| p.lower(noun).to_owned(), |t| format!("{} {}", p.lower(t), p.lower(noun)))
}

/// The outlet that is told: "told FRANCE 24".
#[must_use]
pub fn hearer(ctx: Context<'_>, so_far: &Extraction, head: usize) -> Option<usize> {
    let p = ctx.parsed;
    p.children(head)
        .filter(|c| matches!(p.dep(*c), Dep::Dobj | Dep::Dative))
        .filter(|c| p.pos(*c) == tolmach_document::Pos::Propn)
        .find(|c| entity_at(ctx, so_far, *c).is_some_and(|id| is_outlet(so_far, id)))
}

/// Whose medium: the outlet's entity, else that of the platform or channel.
#[must_use]
pub fn entity(ctx: Context<'_>, so_far: &Extraction, medium: Medium) -> Option<EntityId> {
    let p = ctx.parsed;
    let below = |t: usize| {
        p.subtree(t).iter().find_map(|c| entity_at(ctx, so_far, c).filter(|id| is_outlet(so_far, *id)))
    };
    medium
        .outlet
        .and_then(|outlet| entity_at(ctx, so_far, outlet))
        .or_else(|| entity_at(ctx, so_far, medium.noun))
        .or_else(|| below(medium.noun))
}

/// The entity that token `t` heads.
#[must_use]
pub fn entity_at(ctx: Context<'_>, so_far: &Extraction, t: usize) -> Option<EntityId> {
    let id = entity::of_token(ctx.parsed, &so_far.mentions, t)
        .or_else(|| entity::mention_covering(&so_far.mentions, ctx.parsed.range(t)))?;
    Some(so_far.mentions[id].entity)
}

/// Whether an entity publishes: newspapers, agencies, broadcasters, channels.
#[must_use]
pub fn is_outlet(so_far: &Extraction, id: EntityId) -> bool {
    so_far.entities[id].sectors.iter().any(|sector| sector == "MED")
}
