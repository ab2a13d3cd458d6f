//! Who can take part in an event: whether a noun names somebody, describes somebody, or is a thing.
//!
//! Reads mentions and the lexicon's nouns for people; decides no event.

use super::grammar::{joined, kid, kids};
use crate::{Context, entity};
use tolmach_document::{
    Dep, EntityId, EntityKind, EntityLabel, Extraction, Form, Parsed, Pos, TextRange, TokenRange,
};
use tolmach_lexicon::event::{EventLexicon, Test, WordSet};

/// What a noun can be in an event, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// A thing.
    Thing,
    /// A weapon: it acts for somebody.
    Tool,
    /// Somebody without a name.
    Somebody,
    /// Somebody without a name whose deeds are public: a government, an army, a crowd.
    Public,
    /// Somebody with a name, or described by one ("Chad's army").
    Named,
}

/// A pronoun's noun is sought this many mentions back.
const LOOK_BACK: usize = 40;

/// The view of one document that the questions below are asked of.
#[derive(Clone, Copy)]
pub(crate) struct Cast<'a> {
    pub ctx: Context<'a>,
    pub so_far: &'a Extraction,
}

impl<'a> Cast<'a> {
    pub fn parsed(self) -> Parsed<'a> {
        self.ctx.parsed
    }

    pub fn lexicon(self) -> &'a EventLexicon {
        &self.ctx.lexicon.event
    }

    /// The nouns that `head` stands for, joined ones apart.
    pub fn joined(self, head: usize) -> Vec<usize> {
        joined(self.parsed(), self.lexicon().measures(), head)
    }

    /// The nouns joined to `head` that are of its kind: "on Chad and its consequences" is on Chad.
    pub fn alike(self, head: usize) -> Vec<usize> {
        let mut all = self.joined(head);
        let acts = |h: usize| self.standing(h) >= Standing::Somebody;
        if let Some(first) = all.first().map(|h| acts(*h)) {
            all.retain(|h| acts(*h) == first);
        }
        all
    }

    /// What `head` can be.
    pub fn standing(self, head: usize) -> Standing {
        let p = self.parsed();
        if let Some(kind) = self.kind(head) {
            return if acts(kind) { Standing::Named } else { Standing::Thing };
        }
        match p.pos(head) {
            Pos::Pron | Pos::Det => self.pronoun(head),
            _ if holds(p, self.lexicon().public(), head) => self.described(head, Standing::Public),
            _ if holds(p, self.lexicon().people(), head) => self.described(head, Standing::Somebody),
            _ if holds(p, self.lexicon().tools(), head) => Standing::Tool,
            Pos::Propn if p.entity(head).label().is_none() => Standing::Named,
            Pos::Num => Standing::Somebody,
            _ => Standing::Thing,
        }
    }

    /// What `head` can be, where a thing counts for whose it is.
    pub fn worth(self, head: usize) -> Standing {
        let owner = self.modifier(head).map_or(Standing::Thing, |m| self.standing(m).max(Standing::Public));
        self.standing(head).max(owner)
    }

    fn described(self, head: usize, without: Standing) -> Standing {
        if self.modifier(head).is_some() { Standing::Named } else { without }
    }

    fn pronoun(self, head: usize) -> Standing {
        let p = self.parsed();
        if self.lexicon().pronouns().has(p.lower(head)) { Standing::Somebody } else { Standing::Thing }
    }

    /// The kind of thing that `head` names: by a mention, else by the recogniser.
    fn kind(self, head: usize) -> Option<EntityKind> {
        let p = self.parsed();
        if let Some(id) = entity::of_token(p, &self.so_far.mentions, head) {
            let mention = &self.so_far.mentions[id];
            let known = match mention.form {
                Form::Name => true,
                Form::Nominal => !is_common(p, head),
                Form::Pronoun => acts(mention.kind),
            };
            if known {
                return Some(mention.kind);
            }
        }
        if p.pos(head) == Pos::Pron || is_common(p, head) {
            return None;
        }
        p.entity(head).label().map(from_label)
    }

    /// A named modifier that says whose or from where: "Chad's army", "Russian assets", "the army of Chad".
    pub fn modifier(self, head: usize) -> Option<usize> {
        let p = self.parsed();
        let direct = kids(p, head).find(|c| {
            matches!(p.dep(*c), Dep::Poss | Dep::Compound | Dep::Amod | Dep::Nmod) && self.names_actor(*c)
        });
        let owner = |c: usize| {
            (p.dep(c) == Dep::Prep && matches!(p.lower(c), "of" | "in" | "from" | "by" | "between"))
                .then(|| kid(p, c, Dep::Pobj))
                .flatten()
        };
        let behind = || kids(p, head).filter_map(owner).find(|c| self.names_actor(*c));
        direct.or_else(behind).or_else(|| {
            let owner = kid(p, head, Dep::Poss)?;
            kids(p, owner)
                .find(|c| matches!(p.dep(*c), Dep::Poss | Dep::Compound | Dep::Amod) && self.names_actor(*c))
        })
    }

    /// Whether `t` names or describes somebody whose deeds are public.
    fn names_actor(self, t: usize) -> bool {
        match self.kind(t) {
            Some(kind) => acts(kind),
            None => self.parsed().pos(t).is_nominal() && holds(self.parsed(), self.lexicon().public(), t),
        }
    }

    /// The last noun before the pronoun `t` that refers to the same; `t` itself for other words.
    fn meant(self, t: usize) -> usize {
        let p = self.parsed();
        let mentions = &self.so_far.mentions;
        let Some(own) = entity::of_token(p, mentions, t).filter(|id| mentions[*id].form == Form::Pronoun)
        else {
            return t;
        };
        let entity = mentions[own].entity;
        let before =
            (own.index().saturating_sub(LOOK_BACK)..own.index()).rev().map(tolmach_document::Id::new);
        let mut known =
            before.filter(|id| mentions[*id].entity == entity && mentions[*id].form != Form::Pronoun);
        known.next().map_or(t, |id| mentions[id].head)
    }

    /// Whether `head` passes `test`.
    pub fn passes(self, head: usize, test: &Test) -> bool {
        let p = self.parsed();
        if test.many && !self.is_many(head) {
            return false;
        }
        if !test.who && !test.person && !test.place && test.words.is_empty() {
            return true;
        }
        (test.who && self.joined(head).iter().any(|h| self.standing(*h) >= Standing::Somebody))
            || (test.person && self.joined(head).iter().any(|h| self.is_person(*h)))
            || (test.place && self.is_place(head))
            || (!test.words.is_empty()
                && (holds(p, &test.words, self.meant(head))
                    || self.joined(head).iter().any(|h| holds(p, &test.words, *h))))
    }

    /// A human being, or people: not a state, an institution or a place.
    fn is_person(self, head: usize) -> bool {
        let p = self.parsed();
        match self.kind(head) {
            Some(kind) => matches!(kind, EntityKind::Person | EntityKind::Norp | EntityKind::Group),
            None if p.pos(head) == Pos::Propn => true,
            None => self.standing(head) >= Standing::Somebody && !holds(p, self.lexicon().tools(), head),
        }
    }

    fn is_many(self, head: usize) -> bool {
        let p = self.parsed();
        self.joined(head).len() > 1
            || matches!(p.tag(head), tolmach_document::Tag::Nns | tolmach_document::Tag::Nnps)
            || matches!(p.lower(head), "they" | "we" | "both")
    }

    fn is_place(self, head: usize) -> bool {
        let kind = self.kind(head);
        matches!(kind, Some(EntityKind::Gpe | EntityKind::Loc | EntityKind::Fac))
            || kind.is_none() && self.parsed().pos(head) == Pos::Propn
            || matches!(kind, Some(EntityKind::Org | EntityKind::Norp)) && self.has_place(head)
    }

    /// A country or town by its full name: before a noun it says where ("the Chad war"); "US" and "EU" act.
    pub fn is_plain_place(self, t: usize) -> bool {
        let word = self.parsed().word(t);
        let acronym = word.chars().all(|c| c.is_uppercase() || c == '.');
        !acronym
            && self.parsed().pos(t) == Pos::Propn
            && matches!(self.kind(t), Some(EntityKind::Gpe | EntityKind::Loc))
    }

    /// Whether `t` stands in a time: "on Saturday", "in 2024".
    pub fn is_time(self, t: usize) -> bool {
        let range = self.parsed().range(t);
        let times = self.so_far.times.iter().as_slice();
        let after = times.partition_point(|time| time.range.start() < range.end());
        times[..after].iter().rev().take(4).any(|time| time.range.overlaps(range))
    }

    /// `t`, or the name before it where the parser took "met Okoye Tuesday" for one noun; `None` for a mere time.
    pub fn untimed(self, t: usize) -> Option<usize> {
        if !self.is_time(t) {
            return Some(t);
        }
        let p = self.parsed();
        let name = |c: &usize| p.dep(*c) == Dep::Compound && p.pos(*c) == Pos::Propn && !self.is_time(*c);
        kids(p, t).filter(name).last()
    }

    fn has_place(self, head: usize) -> bool {
        let range = self.parsed().range(head);
        let places = self.so_far.places.iter().as_slice();
        let after = places.partition_point(|place| place.range.start() < range.end());
        places[..after].iter().rev().take(4).any(|place| place.range.overlaps(range))
    }

    /// The words of the participant headed by `head`: with modifiers and "of", "in", "from" behind it,
    /// without joined nouns, clauses, appositions and possessive endings, and never over `trigger` or over what
    /// another part of the event has `claimed`.
    pub fn words(self, head: usize, trigger: usize, claimed: &[usize]) -> TextRange {
        let p = self.parsed();
        let taken = |tokens: TokenRange| {
            tokens.holds(trigger) || claimed.iter().any(|c| *c != head && tokens.holds(*c))
        };
        let cut = (p.subtree(head).start..head).rev().find(|t| is_dash(p, *t)).map_or(0, |t| t + 1);
        let owned = kids(p, head).any(|c| p.dep(c) == Dep::Poss || c < head && self.names_actor(c));
        let mut start = head;
        let mut end = head;
        for c in kids(p, head) {
            let edge = p.subtree(c);
            match p.dep(c) {
                Dep::Det
                | Dep::Amod
                | Dep::Compound
                | Dep::Poss
                | Dep::Nummod
                | Dep::Nmod
                | Dep::Quantmod
                    if c < head && c >= cut && !taken(edge) =>
                {
                    start = start.min(edge.start.max(cut));
                }
                // "authorities in Chad", but "Chad's president in Nairobi" is met there.
                Dep::Prep
                    if c > head
                        && (matches!(p.lower(c), "of" | "for")
                            || !owned && matches!(p.lower(c), "in" | "from")) =>
                {
                    if !taken(edge) && !(trigger > head && trigger < c) && short(p, c) {
                        end = end.max(last_noun(p, c).unwrap_or(end));
                    }
                }
                _ => {}
            }
        }
        let range = p.span(TokenRange::new(start, end + 1));
        let own = entity::of_token(p, &self.so_far.mentions, head).map(|id| self.so_far.mentions[id].range);
        own.filter(|r| !taken(p.tokens_in(*r))).map_or(range, |r| range.cover(r))
    }

    /// A place that is no state.
    fn is_town(self, id: EntityId) -> bool {
        let entity = &self.so_far.entities[id];
        let state = entity.registry.as_ref().is_some_and(|(_, id)| id.starts_with("state/"));
        entity.kind == EntityKind::Gpe && !state
    }

    /// Who the participant is: the mention of its head, else whose it is.
    pub fn entity(self, head: usize, range: TextRange) -> Option<EntityId> {
        let p = self.parsed();
        let mentions = &self.so_far.mentions;
        let own = entity::of_token(p, mentions, head).or_else(|| {
            entity::mention_covering(mentions, p.range(head)).filter(|id| range.contains(mentions[*id].range))
        });
        let own = own.map(|id| mentions[id].entity).or_else(|| self.called(head));
        let by_modifier = || {
            let m = self.modifier(head)?;
            let id = entity::of_token(p, mentions, m)
                .or_else(|| entity::mention_covering(mentions, p.range(m)))?;
            // "authorities in Chad" are Chad; "a court in Abeche" is not Abeche.
            (m < head || !self.is_town(mentions[id].entity)).then_some(id)
        };
        own.or_else(|| by_modifier().map(|id| mentions[id].entity))
    }
}

impl Cast<'_> {
    /// "Okoye, you left": whoever is spoken to.
    fn called(self, head: usize) -> Option<EntityId> {
        let p = self.parsed();
        let name = head.checked_sub(2).filter(|n| p.lower(head) == "you" && p.lower(n + 1) == ",")?;
        let id = entity::of_token(p, &self.so_far.mentions, name)?;
        let mention = &self.so_far.mentions[id];
        (mention.form == Form::Name && mention.kind == EntityKind::Person).then_some(mention.entity)
    }
}

/// Whether `words` has the noun `t`, alone or as the end or head of one of its phrases.
pub(crate) fn holds(p: Parsed<'_>, words: &WordSet, t: usize) -> bool {
    words.has(p.lemma(t))
        || words.has(&p.lemma(t).to_lowercase())
        || words.has(p.lower(t))
        || words.phrases().iter().any(|phrase| stands_at(p, phrase, t).is_some())
}

/// The tokens of `phrase` in the text around `t`, by lemma or form, if it stands there and holds `t`.
pub(crate) fn stands_at(p: Parsed<'_>, phrase: &[String], t: usize) -> Option<TokenRange> {
    let same = |token: usize, word: &String| {
        p.lower(token) == word || p.lemma(token) == word || p.lemma(token).to_lowercase() == *word
    };
    let n = phrase.len();
    let first = (t + 1).saturating_sub(n);
    (first..=t)
        .filter(|start| start + n <= p.len())
        .find(|start| phrase.iter().enumerate().all(|(k, word)| same(start + k, word)))
        .map(|start| TokenRange::new(start, start + n))
}

/// "GENEVA – Chad": what stands before a dash is no part of the name after it.
fn is_dash(p: Parsed<'_>, t: usize) -> bool {
    let free = |a: usize, b: usize| b < p.len() && p.range(a).end() < p.range(b).start();
    matches!(p.word(t), "-" | "–" | "—" | "--") && t > 0 && free(t - 1, t) && free(t, t + 1)
}

fn is_common(p: Parsed<'_>, t: usize) -> bool {
    p.pos(t) == Pos::Noun
}

fn short(p: Parsed<'_>, preposition: usize) -> bool {
    p.subtree(preposition).len() <= 12
}

/// The end of "of Chad" without what hangs on Chad by clauses.
fn last_noun(p: Parsed<'_>, preposition: usize) -> Option<usize> {
    let noun = kid(p, preposition, Dep::Pobj)?;
    let further =
        kids(p, noun).find(|c| p.dep(*c) == Dep::Prep && *c > noun && p.lower(*c) == "of" && short(p, *c));
    further.and_then(|c| kid(p, c, Dep::Pobj)).or(Some(noun))
}

fn acts(kind: EntityKind) -> bool {
    use EntityKind::{Gpe, Group, Loc, Norp, Org, Person};
    matches!(kind, Person | Org | Gpe | Norp | Group | Loc)
}

fn from_label(label: EntityLabel) -> EntityKind {
    match label {
        EntityLabel::Person => EntityKind::Person,
        EntityLabel::Org => EntityKind::Org,
        EntityLabel::Gpe => EntityKind::Gpe,
        EntityLabel::Norp => EntityKind::Norp,
        EntityLabel::Loc => EntityKind::Loc,
        EntityLabel::Fac => EntityKind::Fac,
        EntityLabel::Event => EntityKind::Event,
        EntityLabel::Law => EntityKind::Law,
        EntityLabel::WorkOfArt => EntityKind::WorkOfArt,
        EntityLabel::Language => EntityKind::Language,
        _ => EntityKind::Product,
    }
}
