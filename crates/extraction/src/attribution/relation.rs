//! What attributions of one document do to one another: who denies, doubts or supports whose words.
//!
//! By cue ("called it an innuendo"), by reference ("such denials"), by likeness of content. Looks back only, and only
//! so far as a reader remembers. Whether anybody is right is not asked.

use super::grammar;
use super::likeness;
use super::nest::Nested;
use super::reference::{self, Reference};
use super::row::is_negated;
use crate::Context;
use tolmach_document::{Attribution, AttributionId, Dep, EntityId, Extraction, Id, Pos, Stance};
use tolmach_lexicon::reporting::Verdict;

/// Readers look no further back than this many attributions and sentences.
const MEMORY: usize = 40;
const SENTENCES: usize = 14;
/// Statements of one speaker that a reference may take up together.
const TOGETHER: usize = 6;
/// Contents at least so alike say the same.
const ALIKE: f32 = 0.6;
const REPEATED: f32 = 0.75;

/// Sets stances that verdicts decide, and the links between rows.
pub(super) fn relate(ctx: Context<'_>, so_far: &Extraction, nested: &[Nested], rows: &mut [Attribution]) {
    for at in 0..rows.len() {
        let Some((verdict, targets)) = verdict(ctx, so_far, nested, rows, at) else { continue };
        match verdict {
            Verdict::Denies | Verdict::Withdraws => rows[at].stance = Stance::Deny,
            Verdict::Doubts => rows[at].stance = Stance::Doubt,
            Verdict::Supports => {}
        }
        link(rows, at, verdict, &targets);
    }
    by_likeness(ctx, nested, rows);
}

fn link(rows: &mut [Attribution], at: usize, verdict: Verdict, targets: &[usize]) {
    let speaker = |k: usize| rows[k].source.as_ref().and_then(|s| s.entity);
    // Nobody supports others by saying the same twice.
    let own = |k: usize| verdict == Verdict::Supports && speaker(k).is_some() && speaker(k) == speaker(at);
    let targets: Vec<usize> = targets.iter().copied().filter(|k| !own(*k)).collect();
    let list = match verdict {
        Verdict::Supports => &mut rows[at].supports,
        Verdict::Denies | Verdict::Doubts | Verdict::Withdraws => &mut rows[at].denies,
    };
    let ids: Vec<AttributionId> = targets.iter().map(|t| Id::new(*t)).collect();
    list.extend(ids);
    list.sort();
    list.dedup();
}

type Ruling = (Verdict, Vec<usize>);

fn verdict(
    ctx: Context<'_>,
    so_far: &Extraction,
    nested: &[Nested],
    rows: &[Attribution],
    at: usize,
) -> Option<Ruling> {
    let reading = &nested[at].reading;
    let judge = Judge { ctx, so_far, nested, rows, at };
    let inside = reference::within(ctx, reading);
    for found in &inside {
        let verdict =
            judge.of_cue(found).or_else(|| judge.of_predicate(found)).or_else(|| judge.of_name(found));
        if verdict == Some(Verdict::Withdraws) {
            return Some((Verdict::Withdraws, judge.own_last(found)));
        }
        if let Some(verdict) = verdict {
            return Some((verdict, judge.targets(found)));
        }
    }
    judge.rebuke().or_else(|| judge.aside())
}

/// One attribution before its judge.
struct Judge<'a> {
    ctx: Context<'a>,
    so_far: &'a Extraction,
    nested: &'a [Nested],
    rows: &'a [Attribution],
    at: usize,
}

impl Judge<'_> {
    fn head(&self) -> usize {
        self.nested[self.at].reading.head
    }

    fn verb(&self, head: usize) -> Option<Verdict> {
        let p = self.ctx.parsed;
        let lexicon = &self.ctx.lexicon.reporting;
        let lemma = grammar::verb_lemma(p, head, lexicon.lemma(p.lower(head), p.lemma(head)));
        let verdict = lexicon.verdicts.verb(&lemma)?;
        Some(if is_negated(self.ctx, head) { opposite(verdict) } else { verdict })
    }

    /// "dismissed such claims", "did not back up these allegations".
    fn of_cue(&self, found: &Reference) -> Option<Verdict> {
        let p = self.ctx.parsed;
        let governor = p.head(found.top);
        let direct =
            governor == self.head() || p.dep(governor) == Dep::Prep && p.head(governor) == self.head();
        direct.then(|| self.verb(self.head())).flatten()
    }

    /// "such denials appear unconvincing", "claims that … are unfounded".
    fn of_predicate(&self, found: &Reference) -> Option<Verdict> {
        let p = self.ctx.parsed;
        let verb = p.head(found.top);
        if !matches!(p.dep(found.top), Dep::Nsubj | Dep::Nsubjpass) {
            return None;
        }
        let words = p.children(verb).filter(|c| {
            matches!(
                p.dep(*c),
                Dep::Acomp | Dep::Attr | Dep::Oprd | Dep::Xcomp | Dep::Advcl | Dep::Advmod | Dep::Prep
            )
        });
        let verdict = words
            .flat_map(|c| p.subtree(c).iter().take(8))
            .chain([verb])
            .find_map(|t| self.ctx.lexicon.reporting.verdicts.word(p.lemma(t)).or_else(|| self.word(t)))?;
        Some(if is_negated(self.ctx, verb) { opposite(verdict) } else { verdict })
    }

    fn word(&self, t: usize) -> Option<Verdict> {
        self.ctx.lexicon.reporting.verdicts.word(self.ctx.parsed.lower(t))
    }

    /// "called this statement an innuendo", "described that all as a fake".
    fn of_name(&self, found: &Reference) -> Option<Verdict> {
        let p = self.ctx.parsed;
        let reading = &self.nested[self.at].reading;
        let phrase = p.subtree(found.top);
        let first = reading.content.first()?.start;
        if found.top > first + 12 || !self.names() {
            return None;
        }
        let outside = |t: &usize| !phrase.holds(*t) || *t > found.top;
        let tokens = reading.content.iter().flat_map(|r| r.iter()).filter(outside);
        let nominal = |t: &usize| matches!(p.pos(*t), Pos::Noun | Pos::Adj | Pos::Verb | Pos::Propn);
        tokens
            .filter(nominal)
            .find_map(|t| self.word(t).or_else(|| self.ctx.lexicon.reporting.verdicts.word(p.lemma(t))))
    }

    /// Whether the cue calls something something, itself or the verb below it ("hastened to describe").
    fn names(&self) -> bool {
        use tolmach_lexicon::reporting::Frame;
        let p = self.ctx.parsed;
        let verbs =
            self.nested[self.at].reading.cue.iter().flat_map(|r| r.iter()).filter(|t| p.pos(*t) == Pos::Verb);
        verbs.chain([self.head()]).any(|t| {
            let entries = super::atoms::entries(p, &self.ctx.lexicon.reporting, t);
            entries.iter().any(|e| e.frames.has(Frame::As) || e.frames.has(Frame::Name))
        })
    }

    /// "chided Putin, stressing that …": what is stressed rebuts what that person said.
    fn rebuke(&self) -> Option<Ruling> {
        let p = self.ctx.parsed;
        let head = self.head();
        let governed = matches!(p.dep(head), Dep::Advcl | Dep::Xcomp | Dep::Conj | Dep::Ccomp | Dep::Dep);
        let verb = if governed && !p.is_root(head) { p.head(head) } else { head };
        let object = p.child(verb, Dep::Dobj)?;
        let person = super::channel::entity_at(self.ctx, self.so_far, object)?;
        let verdict = self.verb(verb).filter(|v| *v == Verdict::Denies)?;
        let targets = self.by_speaker(person, p.sentence_index(head));
        (!targets.is_empty()).then_some((verdict, targets))
    }

    /// "In respect of such allegations, X said: “Claims that … are unfounded”".
    fn aside(&self) -> Option<Ruling> {
        let p = self.ctx.parsed;
        let reading = &self.nested[self.at].reading;
        let beside = reference::beside(self.ctx, reading);
        let found = beside.first()?;
        let verdict = reference::within(self.ctx, reading)
            .iter()
            .find_map(|inner| self.of_predicate(inner))
            .or_else(|| self.verb(self.head()).filter(|_| p.pos(self.head()) == Pos::Verb))?;
        Some((verdict, self.targets(found)))
    }

    /// The attributions that a reference means.
    fn targets(&self, found: &Reference) -> Vec<usize> {
        let p = self.ctx.parsed;
        if let Some(own) =
            (0..self.rows.len()).find(|k| self.nested[*k].reading.head == found.noun && *k != self.at)
        {
            return vec![own];
        }
        if found.told {
            return Vec::new();
        }
        let sentence = p.sentence_index(self.head());
        if let Some(speaker) = found.speaker {
            let known = super::channel::entity_at(self.ctx, self.so_far, speaker);
            let named = known.map(|id| self.by_speaker(id, sentence)).unwrap_or_default();
            if !named.is_empty() {
                return named;
            }
        }
        if found.denial {
            return self
                .earlier(sentence)
                .find(|k| self.rows[*k].stance == Stance::Deny)
                .into_iter()
                .collect();
        }
        if found.bare || self.ctx.lexicon.reporting.references.is_record(p.lemma(found.noun)) {
            let own: Vec<usize> = self
                .earlier(sentence)
                .filter(|k| self.is_mine(*k) && self.rows[*k].parent.is_some())
                .collect();
            if !own.is_empty() {
                return together(own);
            }
        }
        self.last_speaker(sentence)
    }

    /// What the speaker said last, if the words name nobody else.
    fn own_last(&self, found: &Reference) -> Vec<usize> {
        if found.speaker.is_some_and(|speaker| self.ctx.parsed.pos(speaker) != Pos::Pron) {
            return self.targets(found);
        }
        let sentence = self.ctx.parsed.sentence_index(self.head());
        let own = self.earlier(sentence).find(|k| self.is_mine(*k));
        own.or_else(|| self.earlier(sentence).next()).into_iter().collect()
    }

    /// The latest earlier attribution with another speaker, and what that speaker said beside it.
    fn last_speaker(&self, sentence: usize) -> Vec<usize> {
        let other = self.earlier(sentence).find(|k| {
            self.rows[*k].source.is_some()
                && self.rows[*k].stance != Stance::Deny
                && !self.is_mine(*k)
                && self.nested[*k].reading.rule.0 != "attr.verdict"
        });
        let Some(last) = other else { return Vec::new() };
        match self.speaker(last) {
            Some(id) => self.by_speaker(id, sentence),
            None => vec![last],
        }
    }

    fn by_speaker(&self, id: EntityId, sentence: usize) -> Vec<usize> {
        together(self.earlier(sentence).filter(|k| self.speaker(*k) == Some(id)).collect())
    }

    fn speaker(&self, k: usize) -> Option<EntityId> {
        self.rows[k].source.as_ref().and_then(|s| s.entity)
    }

    fn is_mine(&self, k: usize) -> bool {
        self.speaker(k).is_some() && self.speaker(k) == self.speaker(self.at)
    }

    /// Attributions whose cue stands before this one's, nearest first, as far back as memory goes.
    fn earlier(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let p = self.ctx.parsed;
        let head = self.head();
        let mut before: Vec<usize> = (self.at.saturating_sub(MEMORY)
            ..(self.at + MEMORY).min(self.rows.len()))
            .filter(|k| *k != self.at && self.nested[*k].reading.head < head && !self.holds(*k))
            .filter(|k| sentence.saturating_sub(p.sentence_index(self.nested[*k].reading.head)) <= SENTENCES)
            .collect();
        before.sort_by_key(|k| std::cmp::Reverse(self.nested[*k].reading.head));
        before.into_iter()
    }

    /// Whether `k` is a reporter of this attribution.
    fn holds(&self, k: usize) -> bool {
        let mut at = self.nested[self.at].parent;
        let mut steps = 0;
        while let Some(parent) = at.filter(|_| steps < MEMORY) {
            if parent == k {
                return true;
            }
            at = self.nested[parent].parent;
            steps += 1;
        }
        false
    }
}

fn together(mut found: Vec<usize>) -> Vec<usize> {
    found.truncate(TOGETHER);
    found.sort_unstable();
    found
}

fn opposite(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Supports => Verdict::Denies,
        Verdict::Denies | Verdict::Doubts | Verdict::Withdraws => Verdict::Supports,
    }
}

/// A denial denies what another said in the same words; two who say the same support one another.
fn by_likeness(ctx: Context<'_>, nested: &[Nested], rows: &mut [Attribution]) {
    let words: Vec<_> = nested.iter().map(|n| likeness::words(ctx, &n.reading.content)).collect();
    for at in 0..rows.len() {
        let denies = rows[at].stance == Stance::Deny;
        let asserts = rows[at].stance == Stance::Assert;
        let from = at.saturating_sub(MEMORY);
        for before in from..at {
            let like = likeness::of(&words[at], &words[before]);
            if rows[before].source == rows[at].source || related(nested, before, at) {
                continue;
            }
            if denies && like >= ALIKE && rows[at].denies.is_empty() {
                link(rows, at, Verdict::Denies, &[before]);
            } else if asserts && like >= REPEATED && rows[before].stance == Stance::Assert {
                link(rows, at, Verdict::Supports, &[before]);
            }
        }
    }
}

/// Whether one of the two reports the other.
fn related(nested: &[Nested], a: usize, b: usize) -> bool {
    let up = |mut at: usize, goal: usize| {
        for _ in 0..MEMORY {
            match nested[at].parent {
                Some(parent) if parent == goal => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    };
    up(a, b) || up(b, a)
}
