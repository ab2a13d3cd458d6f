//! Who did what to whom, coded in PLOVER and CAMEO, with factuality.
//!
//! Patterns of the lexicon are matched with the parse, word by word; what a pattern uses or swallows is no
//! event of its own. Types that PLOVER lacks stand in our own namespace. Does not join mentions of one event.

mod carrier;
mod cast;
mod coding;
#[cfg(test)]
mod examples;
pub(crate) mod grammar;
mod matching;
pub mod relation;

use crate::{Context, time};
use cast::{Cast, Standing};
use grammar::kids;
use matching::{Found, Matcher};
use std::collections::BTreeMap;
use tolmach_document::{
    AttributionId, Dep, EntityId, EventMention, Extraction, Id, Parsed, Participant, ParticipantRole, PlaceId,
    RegionKind, RuleId, Score, Table, TextRange,
};

/// Events sorted by trigger. `so_far` holds every layer before this one.
pub fn find(ctx: Context<'_>, so_far: &Extraction) -> Table<EventMention> {
    let cast = Cast { ctx, so_far };
    let said = Contents::new(so_far);
    let (found, deeds) = select(cast);
    let mut out = Table::new();
    let mut decreed = None;
    for mut found in found {
        if found.sense.place_acts {
            carry_over(cast, &mut found, &mut decreed);
        }
        out.push(row(cast, &said, &deeds, &found));
    }
    out
}

/// Who does a deed, by its word.
type Deeds = BTreeMap<usize, Option<usize>>;

/// Decrees follow one another: who imposed the curfew three sentences ago also lifts it, if nobody else is named.
fn carry_over(cast: Cast<'_>, found: &mut Found<'_>, last: &mut Option<(usize, usize)>) {
    let here = cast.parsed().sentence_index(found.trigger);
    match (found.actors.first(), *last) {
        (Some(actor), _) => *last = Some((*actor, here)),
        (None, Some((actor, sentence))) if sentence + 3 >= here => {
            found.actors.push(actor);
            *last = Some((actor, here));
        }
        _ => {}
    }
}

/// The words that evoke events, in text order, without those that belong to another event; and who does each deed.
fn select(cast: Cast<'_>) -> (Vec<Found<'_>>, Deeds) {
    let p = cast.parsed();
    let mut matcher = Matcher::new(cast);
    let all: Vec<Found<'_>> =
        (0..p.len()).filter(|t| in_prose(cast, *t)).filter_map(|t| matcher.read(t)).collect();
    let deeds = all.iter().map(|f| (f.trigger, f.actors.first().copied())).collect();
    let mut taken = vec![false; p.len()];
    let believed: Vec<Found<'_>> = all.into_iter().filter(|f| f.believed).collect();
    for found in &believed {
        found.used.iter().chain(&found.inner).for_each(|t| taken[*t] = true);
    }
    (believed.into_iter().filter(|f| !taken[f.trigger]).collect(), deeds)
}

fn in_prose(cast: Cast<'_>, t: usize) -> bool {
    let range = cast.parsed().range(t);
    let furniture =
        |kind| matches!(kind, RegionKind::Boilerplate | RegionKind::Duplicate | RegionKind::Byline);
    let regions = &cast.so_far.regions;
    let after = regions.partition_point(|r| r.range.start() < range.end());
    !regions[..after].iter().rev().take(4).any(|r| r.range.contains(range) && furniture(r.kind))
}

fn row(cast: Cast<'_>, said: &Contents<'_>, deeds: &Deeds, found: &Found<'_>) -> EventMention {
    let p = cast.parsed();
    let trigger = p.range(found.trigger);
    let participants = participants(cast, deeds, found);
    let range = range(p, found, &participants);
    let attribution = said.innermost(trigger);
    let (factuality, coded) = coding::coded(cast, found, attribution);
    EventMention {
        trigger,
        range,
        category: coded.category,
        mode: coded.mode,
        contexts: coded.contexts,
        cameo: coded.cameo,
        quad: coded.quad,
        goldstein: coded.goldstein,
        time: time::of_clause(p, &cast.so_far.times, found.trigger),
        place: place(cast, found, range),
        participants,
        factuality,
        attribution: coded.attribution,
        rule: RuleId(found.sense.id),
        score: Score(score(found)),
    }
}

/// More specific patterns are surer.
fn score(found: &Found<'_>) -> f32 {
    (0.5 + 0.05 * found.weight as f32).min(0.95)
}

fn participants(cast: Cast<'_>, deeds: &Deeds, found: &Found<'_>) -> Vec<Participant> {
    let mut out: Vec<Participant> = Vec::new();
    let sides = [(&found.actors, ParticipantRole::Actor), (&found.recipients, ParticipantRole::Recipient)];
    for (heads, role) in sides {
        for head in heads {
            let range = cast.words(*head, found.trigger, &found.claimed);
            let known = out.iter().any(|p| p.range == range);
            let thing = role == ParticipantRole::Actor && cast.worth(*head) == Standing::Thing;
            if !known && !thing {
                let entity = who(cast, deeds, *head, range).filter(|e| !is_other(cast, &out, *head, *e));
                out.push(Participant { range, entity, role });
            }
        }
    }
    out
}

/// Who is meant by a participant; by a deed ("condemned the war in Chad") whoever does it, not where it is done.
fn who(cast: Cast<'_>, deeds: &Deeds, head: usize, range: TextRange) -> Option<EntityId> {
    match deeds.get(&head) {
        Some(Some(doer)) => cast.entity(*doer, cast.parsed().range(*doer)),
        Some(None) => None,
        None => cast.entity(head, range),
    }
}

/// "Chad warned them": they are not Chad.
fn is_other(cast: Cast<'_>, so_far: &[Participant], head: usize, entity: EntityId) -> bool {
    matches!(cast.parsed().lower(head), "him" | "her" | "them" | "it" | "us")
        && so_far.iter().any(|p| p.role == ParticipantRole::Actor && p.entity == Some(entity))
}

/// From the first to the last word of trigger, participants and the phrases on the trigger.
fn range(p: Parsed<'_>, found: &Found<'_>, participants: &[Participant]) -> TextRange {
    let mut range = p.range(found.trigger);
    for t in found.used.iter().chain(&found.inner) {
        range = range.cover(p.range(*t));
    }
    for c in kids(p, found.trigger) {
        if matches!(
            p.dep(c),
            Dep::Prep | Dep::Dobj | Dep::Agent | Dep::Dative | Dep::Oprd | Dep::Neg | Dep::Aux | Dep::Auxpass
        ) {
            range = range.cover(p.span(p.subtree(c)));
        }
    }
    let sentence = p.sentence(found.trigger).range;
    let inside = participants.iter().filter(|part| sentence.contains(part.range));
    let all = inside.fold(range, |all, part| all.cover(part.range));
    if sentence.contains(all) { all } else { range }
}

/// What is attributed, by position, to find whose words an event stands in.
struct Contents<'a> {
    so_far: &'a Extraction,
    ranges: Vec<(TextRange, AttributionId)>,
}

/// Contents that begin before a trigger are searched this far back.
const BACK: usize = 64;

impl<'a> Contents<'a> {
    fn new(so_far: &'a Extraction) -> Self {
        let rows = so_far.attributions.iter_ids();
        let mut ranges: Vec<_> = rows.flat_map(|(id, a)| a.content.iter().map(move |c| (*c, id))).collect();
        ranges.sort();
        Self { so_far, ranges }
    }

    /// The innermost attribution whose content holds `trigger` and whose cue it is not.
    fn innermost(&self, trigger: TextRange) -> Option<AttributionId> {
        let after = self.ranges.partition_point(|(r, _)| r.start() <= trigger.start());
        let cue = |id: AttributionId| self.so_far.attributions[id].cue.iter().any(|c| c.overlaps(trigger));
        let holding = self.ranges[..after].iter().rev().take(BACK);
        let holding = holding.filter(|(r, id)| r.contains(trigger) && !cue(*id));
        holding.min_by_key(|(r, _)| r.len()).map(|(_, id)| *id)
    }
}

/// Where it happened: a place after "in", "at", "near" on the trigger; else one inside the event's words.
fn place(cast: Cast<'_>, found: &Found<'_>, range: TextRange) -> Option<PlaceId> {
    let p = cast.parsed();
    let places = cast.so_far.places.iter().as_slice();
    let from = places.partition_point(|place| place.range.start() < range.start());
    let to = places.partition_point(|place| place.range.start() < range.end());
    let inside = (from..to).filter(|at| !places[*at].metonym);
    let tier = |at: &usize| {
        let head = p.token_at(places[*at].range.start());
        let locative = p.ancestors(head).take(4).find(|a| p.dep(*a) == Dep::Prep).is_some_and(|a| {
            matches!(
                p.lower(a),
                "in" | "at" | "near" | "on" | "outside" | "across" | "to" | "around" | "inside"
            )
        });
        (!locative, head.abs_diff(found.trigger))
    };
    inside.min_by_key(tier).map(Id::new)
}
