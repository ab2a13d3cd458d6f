//! Patterns against a parse: which sense a word has here, and who fills its slots.
//!
//! Finds, for one word, its best pattern; what becomes of the finds is decided by `find`.

use super::carrier;
use super::cast::{Cast, Standing, stands_at};
use super::grammar::{self, doer, governed, is_passive, is_verb, kid, kids, object, subject};
use tolmach_document::{Dep, Pos, Tag};
use tolmach_lexicon::event::{Entry, Filler, Link, Part, Parties, Sense, Slot, Step, Test};

/// A word read as an event.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    pub sense: &'a Sense,
    pub trigger: usize,
    pub cameo: Option<&'a str>,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
    /// Tokens that are part of the pattern, so no events of their own.
    pub used: Vec<usize>,
    /// Tokens that its parts stand on, used or not.
    pub claimed: Vec<usize>,
    /// The event inside, which this one swallows.
    pub inner: Option<usize>,
    /// How specific the pattern was.
    pub weight: u32,
    /// Whether the participants that its sense asks for are there.
    pub believed: bool,
}

/// Reads words as events, each once.
pub(crate) struct Matcher<'a> {
    cast: Cast<'a>,
    known: Vec<State<'a>>,
    depth: usize,
}

/// Events inside events are followed no deeper.
const DEEPEST: usize = 6;

#[derive(Clone)]
enum State<'a> {
    Unread,
    Open,
    Read(Option<Box<Found<'a>>>),
}

/// What one pattern has collected so far.
#[derive(Clone, Default)]
struct Draft {
    actors: Vec<usize>,
    recipients: Vec<usize>,
    used: Vec<usize>,
    inner: Option<usize>,
    weight: u32,
}

impl<'a> Matcher<'a> {
    pub fn new(cast: Cast<'a>) -> Self {
        Self { cast, known: vec![State::Unread; cast.parsed().len()], depth: 0 }
    }

    /// The event that token `t` evokes. Each token is read once; a token met while it is being read is none.
    pub fn read(&mut self, t: usize) -> Option<Found<'a>> {
        match &self.known[t] {
            State::Read(found) => return found.as_deref().cloned(),
            State::Open => return None,
            State::Unread if self.depth == DEEPEST => return None,
            State::Unread => self.known[t] = State::Open,
        }
        self.depth += 1;
        let found = self.best(t);
        self.depth -= 1;
        self.known[t] = State::Read(found.clone().map(Box::new));
        found
    }

    fn best(&mut self, t: usize) -> Option<Found<'a>> {
        let p = self.cast.parsed();
        let lexicon = self.cast.lexicon();
        let lemma = p.lemma(t).to_lowercase();
        let mut entries: Vec<&'a Entry> = Vec::new();
        if is_verb(p, t) {
            entries.extend(lexicon.entries(Part::Verb, &lemma).filter(|e| !e.head.passive));
            entries.extend(lexicon.entries(Part::Verb, p.lower(t)).filter(|e| e.head.passive));
            if is_passive(p, t) {
                entries.extend(lexicon.entries(Part::Adjective, p.lower(t)));
            }
        } else if p.pos(t).is_nominal() {
            entries.extend(lexicon.entries(Part::Noun, &lemma));
        } else if p.pos(t) == Pos::Adj {
            entries.extend(lexicon.entries(Part::Adjective, p.lower(t)));
        }
        let found = entries.into_iter().filter_map(|entry| self.apply(entry, t));
        found.fold(None, |best: Option<Found<'a>>, next| match best {
            Some(best) if (best.believed, best.weight) >= (next.believed, next.weight) => Some(best),
            _ => Some(next),
        })
    }

    fn apply(&mut self, entry: &'a Entry, t: usize) -> Option<Found<'a>> {
        let p = self.cast.parsed();
        let sense = self.cast.lexicon().sense(entry.sense);
        let mut draft = Draft { weight: 1, ..Draft::default() };
        if entry.head.words.len() > 1 {
            let phrase = stands_at(p, &entry.head.words, t)?;
            draft.used.extend(phrase.iter().filter(|u| *u != t));
            draft.weight += 3;
        }
        if sense.never.iter().any(|phrase| stands_at(p, phrase, t).is_some()) {
            return None;
        }
        self.particle(entry, t, &mut draft)?;
        match entry.pattern.part {
            Part::Verb => self.verb_subject(entry, sense, t, &mut draft)?,
            Part::Noun => self.noun_owner(entry, t, &mut draft)?,
            Part::Adjective => self.copula_subject(t, &mut draft)?,
        }
        let mut filled = Vec::new();
        for step in &entry.pattern.steps {
            self.step(entry, step, t, &mut filled, &mut draft)?;
        }
        self.finish(sense, t, draft, filled)
    }

    /// "give up" is not "give", and the other way round.
    fn particle(&self, entry: &Entry, t: usize, draft: &mut Draft) -> Option<()> {
        let p = self.cast.parsed();
        let own = kids(p, t).find(|c| p.dep(*c) == Dep::Prt);
        let Some(wanted) = &entry.head.particle else {
            return own.is_none().then_some(());
        };
        let near = own.filter(|c| p.lower(*c) == wanted).or_else(|| {
            kids(p, t).find(|c| {
                p.lower(*c) == wanted
                    && *c <= t + 3
                    && matches!(p.dep(*c), Dep::Advmod | Dep::Prep | Dep::Prt)
            })
        })?;
        draft.used.push(near);
        draft.weight += 2;
        Some(())
    }

    fn verb_subject(&mut self, entry: &Entry, sense: &Sense, t: usize, draft: &mut Draft) -> Option<()> {
        let p = self.cast.parsed();
        let steering = self.cast.lexicon().steering();
        let pattern = &entry.pattern;
        let found = if entry.head.passive {
            if !is_passive(p, t) || grammar::agent(p, t).is_some() {
                return None;
            }
            draft.weight += 1;
            object(p, t)
        } else if pattern.subject == Slot::Actor {
            doer(p, steering, t)
        } else if is_passive(p, t) {
            None
        } else {
            subject(p, steering, t)
        };
        let Some(found) = found else {
            return (!pattern.subject_needed).then_some(());
        };
        if pattern.subject_event {
            let inner = self.read(found)?;
            draft.inner = Some(found);
            draft.weight += 2;
            draft.actors.extend(inner.actors.iter().copied());
            return Some(());
        }
        if self.cast.is_time(found) {
            return None;
        }
        self.subject_fits(&pattern.subject_test, sense, pattern.subject, found)?;
        if !pattern.subject_test.is_open() {
            draft.weight += 1 + u32::from(!pattern.subject_test.words.is_empty());
        }
        self.fill(pattern.subject, found, draft);
        Some(())
    }

    /// Without a test of the pattern's own, whoever acts must be able to.
    fn subject_fits(&mut self, test: &Test, sense: &Sense, slot: Slot, found: usize) -> Option<()> {
        if !test.is_open() {
            return self.cast.passes(found, test).then_some(());
        }
        if slot != Slot::Actor {
            return Some(());
        }
        let standing = self.cast.joined(found).into_iter().map(|h| self.cast.standing(h)).max()?;
        let p = self.cast.parsed();
        let fits = standing >= Standing::Somebody
            || sense.tools
                && (standing == Standing::Tool || p.pos(found).is_nominal() && self.read(found).is_some());
        fits.then_some(())
    }

    fn fill(&self, slot: Slot, head: usize, draft: &mut Draft) {
        let into = match slot {
            Slot::Actor => &mut draft.actors,
            Slot::Recipient => &mut draft.recipients,
            Slot::Thing => return draft.used.push(head),
        };
        into.extend(self.cast.alike(head));
    }

    /// Possessors, nationalities and the subject of a light verb act for a noun.
    fn noun_owner(&mut self, entry: &Entry, t: usize, draft: &mut Draft) -> Option<()> {
        let p = self.cast.parsed();
        let test = &entry.pattern.subject_test;
        let owners = carrier::owners(self.cast, t);
        let fitting = owners.into_iter().find(|o| {
            if test.is_open() {
                self.cast.standing(*o) >= Standing::Somebody || p.pos(*o) == Pos::Adj
            } else {
                self.cast.passes(*o, test)
            }
        });
        match fitting {
            Some(owner) => self.fill(entry.pattern.subject, owner, draft),
            None if entry.pattern.subject_needed => return None,
            None => draft.actors.extend(carrier::of(self.cast, t)),
        }
        if !test.is_open() {
            draft.weight += 2;
        }
        if entry.pattern.steps.iter().any(|s| matches!(s.filler, Filler::Slot(Slot::Recipient, _))) {
            let place = kids(p, t).find(|c| p.dep(*c) == Dep::Compound && self.cast.is_plain_place(*c));
            draft.recipients.extend(place);
        }
        Some(())
    }

    /// "Chad is critical of": the subject of the copula.
    fn copula_subject(&self, t: usize, draft: &mut Draft) -> Option<()> {
        let p = self.cast.parsed();
        let steering = self.cast.lexicon().steering();
        let who = if is_verb(p, t) {
            object(p, t)
        } else if matches!(p.dep(t), Dep::Acomp | Dep::Attr | Dep::Oprd) {
            subject(p, steering, p.head(t))
        } else {
            None
        }?;
        if self.cast.standing(who) < Standing::Somebody {
            return None;
        }
        draft.actors.extend(self.cast.joined(who));
        Some(())
    }

    fn step(
        &mut self,
        entry: &Entry,
        step: &Step,
        t: usize,
        filled: &mut Vec<usize>,
        draft: &mut Draft,
    ) -> Option<()> {
        let mut candidates = self.candidates(entry, step, t);
        candidates.retain(|c| !filled.contains(c));
        self.prefer_acting(step, &mut candidates);
        let chosen = candidates.into_iter().find(|c| self.accepts(step, *c, t));
        let Some(chosen) = chosen else {
            return step.optional.then_some(());
        };
        filled.push(chosen);
        draft.weight += step_weight(step);
        match &step.filler {
            Filler::Event => draft.inner = Some(chosen),
            Filler::Slot(Slot::Recipient, _) if step.link == Link::Clause => {
                let p = self.cast.parsed();
                let who = subject(p, self.cast.lexicon().steering(), chosen)?;
                draft.recipients.extend(self.cast.joined(who));
            }
            Filler::Slot(slot, test) => {
                if *slot == Slot::Thing && test.is_open() {
                    return Some(());
                }
                self.fill(*slot, chosen, draft);
            }
        }
        Some(())
    }

    /// "signed a memorandum on minerals with Chad": with Chad, whatever stands nearer. Days and years take no part.
    fn prefer_acting(&self, step: &Step, candidates: &mut Vec<usize>) {
        if !matches!(step.filler, Filler::Slot(Slot::Actor | Slot::Recipient, _)) {
            return;
        }
        *candidates = candidates.iter().filter_map(|c| self.cast.untimed(*c)).collect();
        if matches!(step.link, Link::Preposition(_)) {
            candidates.sort_by_key(|c| self.cast.standing(*c) < Standing::Somebody);
        }
    }

    fn accepts(&mut self, step: &Step, candidate: usize, trigger: usize) -> bool {
        match &step.filler {
            Filler::Event => self.event_at(candidate, trigger).is_some(),
            Filler::Slot(Slot::Recipient, test) if step.link == Link::Clause => {
                let p = self.cast.parsed();
                subject(p, self.cast.lexicon().steering(), candidate).is_some_and(|who| {
                    kids(p, candidate).any(|c| p.dep(c) == Dep::Nsubj) && self.cast.passes(who, test)
                })
            }
            Filler::Slot(slot, test) => {
                self.cast.passes(candidate, test)
                    && (*slot == Slot::Thing
                        || step.link == Link::Object
                        || grammar::is_noun(self.cast.parsed(), candidate))
            }
        }
    }

    /// The event at `candidate`, or the one that it, being a light verb, carries.
    fn event_at(&mut self, candidate: usize, trigger: usize) -> Option<Found<'a>> {
        if candidate == trigger {
            return None;
        }
        let p = self.cast.parsed();
        if let Some(found) = self.read(candidate) {
            return Some(found);
        }
        let carried = is_verb(p, candidate) && self.cast.lexicon().light().has(p.lemma(candidate));
        carried.then(|| kid(p, candidate, Dep::Dobj)).flatten().and_then(|noun| self.read(noun))
    }

    /// Tokens that `step` may lead to from `t`, nearest first.
    fn candidates(&self, entry: &Entry, step: &Step, t: usize) -> Vec<usize> {
        let p = self.cast.parsed();
        match &step.link {
            Link::Object => self.objects(entry, t),
            Link::Preposition(names) => self.prepositional(entry, t, names),
            Link::Infinitive => {
                let wanted = |d| matches!(d, Dep::Xcomp | Dep::Ccomp | Dep::Acl | Dep::Advcl | Dep::Relcl);
                let mut all = children(self.cast, t, wanted);
                all.extend(object(p, t).into_iter().flat_map(|o| children(self.cast, o, wanted)));
                let marked = |c: usize| kids(p, c).any(|x| p.tag(x) == Tag::To) || p.dep(c) == Dep::Xcomp;
                all.retain(|c| p.tag(*c) == Tag::Vb && (marked(*c) || p.dep(*c) == Dep::Ccomp && !has_modal(p, *c)));
                all
            }
            Link::Clause => children(self.cast, t, |d| matches!(d, Dep::Ccomp | Dep::Acl)),
            Link::Must => {
                let must = |c: &usize| {
                    kids(p, *c).any(|x| p.dep(x) == Dep::Aux && matches!(p.lower(x), "must" | "should"))
                };
                children(self.cast, t, |d| d == Dep::Ccomp).into_iter().filter(must).collect()
            }
            Link::Predicate => predicates(self.cast, t),
            Link::Adverb => children(self.cast, t, |d| d == Dep::Advmod),
        }
    }

    fn objects(&self, entry: &Entry, t: usize) -> Vec<usize> {
        let p = self.cast.parsed();
        if entry.pattern.part == Part::Noun {
            return Vec::new();
        }
        let mut out: Vec<usize> = Vec::new();
        if !is_passive(p, t) {
            out.extend(kids(p, t).find(|c| p.dep(*c) == Dep::Dative && p.pos(*c) != Pos::Adp));
        }
        out.extend(object(p, t));
        if out.is_empty() {
            // "sent in a militia": the particle may be taken for a preposition; "called it a joke" for two predicates.
            let particle = |c: &usize| entry.head.particle.as_deref() == Some(p.lower(*c));
            out.extend(kids(p, t).find(particle).and_then(|c| kid(p, c, Dep::Pobj)));
            out.extend(kid(p, t, Dep::Oprd));
        }
        // "called this statement an innuendo": the parser may make a clause of it.
        let clause = kids(p, t).find(|c| matches!(p.dep(*c), Dep::Ccomp | Dep::Xcomp) && !is_verb(p, *c));
        out.extend(clause.and_then(|c| kid(p, c, Dep::Nsubj)));
        if !is_passive(p, t) {
            // "wants them to join": the one steered is subject of the clause.
            let infinitive = |c: usize| kids(p, c).any(|x| p.tag(x) == Tag::To);
            let clause = kids(p, t).find(|c| p.dep(*c) == Dep::Ccomp && infinitive(*c));
            let steering = self.cast.lexicon().steering().has(p.lemma(t));
            out.extend(clause.filter(|_| steering).and_then(|c| kid(p, c, Dep::Nsubj)));
        }
        out
    }

    /// Prepositional phrases of the trigger, of its object, of its light verb, and of the nouns before them.
    fn prepositional(&self, entry: &Entry, t: usize, names: &[String]) -> Vec<usize> {
        let p = self.cast.parsed();
        let mut hosts = vec![t];
        let verb = p.head(t);
        if entry.pattern.part == Part::Noun {
            let carried = matches!(p.dep(t), Dep::Dobj | Dep::Nsubjpass | Dep::Attr) && is_verb(p, verb);
            if carried && self.cast.lexicon().light().has(p.lemma(verb)) {
                hosts.push(verb);
            }
        } else {
            hosts.extend(
                kids(p, t).filter(|c| matches!(p.dep(*c), Dep::Dobj | Dep::Prt | Dep::Advmod | Dep::Oprd)),
            );
            hosts.extend(if is_passive(p, t) { object(p, t) } else { None });
            // "signed a memorandum on minerals with Chad": the parser hangs "with" on the minerals.
            let behind = |host: usize| {
                kids(p, host).filter(|c| p.dep(*c) == Dep::Prep).filter_map(|c| kid(p, c, Dep::Pobj)).take(3)
            };
            hosts.extend(behind(t));
            if names.iter().any(|name| name == "with") {
                hosts.extend(kid(p, t, Dep::Dobj).into_iter().flat_map(behind));
            }
        }
        hosts.dedup();
        hosts.into_iter().flat_map(|host| governed(p, host, names)).collect()
    }

    fn finish(
        &mut self,
        sense: &'a Sense,
        t: usize,
        mut draft: Draft,
        claimed: Vec<usize>,
    ) -> Option<Found<'a>> {
        let lexicon = self.cast.lexicon();
        let mut cameo = sense.cameo.as_deref();
        if let Some(at) = draft.inner {
            let inner = self.event_at(at, t)?;
            if let Some(table) = &sense.compose {
                cameo = Some(lexicon.ontology().composed(table, inner.cameo?)?);
                draft.inner = Some(inner.trigger);
            }
            if draft.recipients.is_empty() {
                let side = if sense.inner_actor && !inner.actors.is_empty() {
                    &inner.actors
                } else {
                    &inner.recipients
                };
                draft.recipients.extend(side.iter().filter(|r| !draft.actors.contains(r)));
            }
        }
        self.settle_owner(sense, &mut draft);
        let believed = self.believed(sense, &draft);
        let swallowed = draft.inner.filter(|_| sense.compose.is_some() && !sense.keeps);
        Some(Found {
            sense,
            trigger: t,
            cameo,
            actors: draft.actors,
            recipients: draft.recipients,
            used: draft.used,
            claimed,
            inner: swallowed,
            weight: draft.weight,
            believed,
        })
    }

    /// Whether the participants that its sense asks for are there.
    fn believed(&self, sense: &Sense, draft: &Draft) -> bool {
        let worth =
            |heads: &[usize]| heads.iter().map(|h| self.cast.worth(*h)).max().unwrap_or(Standing::Thing);
        let (actor, recipient) = (worth(&draft.actors), worth(&draft.recipients));
        let best = actor.max(recipient);
        match sense.parties {
            Parties::None => true,
            Parties::Any => best >= Standing::Tool,
            Parties::Named => best >= Standing::Public,
            Parties::Both => {
                let met = recipient >= Standing::Somebody || draft.actors.len() > 1;
                best >= Standing::Public && actor >= Standing::Somebody && met
            }
        }
    }

    fn settle_owner(&self, sense: &Sense, draft: &mut Draft) {
        let owner = self.owner_of_used(draft);
        if sense.owner_acts && draft.actors.is_empty() {
            draft.actors.extend(owner);
        } else if draft.recipients.is_empty() && !sense.owner_acts && !sense.place_acts {
            draft.recipients.extend(owner);
        }
        let place = |h: &usize| self.cast.is_plain_place(*h);
        if sense.place_acts && draft.actors.is_empty() && draft.recipients.iter().all(place) {
            std::mem::swap(&mut draft.actors, &mut draft.recipients);
        }
    }

    /// "freeze Libya's assets", "seized Russian ships": whose the thing is, if it is not the actor's.
    fn owner_of_used(&self, draft: &Draft) -> Option<usize> {
        let p = self.cast.parsed();
        let things = draft.used.iter().filter(|u| p.pos(**u).is_nominal());
        let owner = things.filter_map(|u| self.cast.modifier(*u)).next()?;
        (!draft.actors.contains(&owner)).then_some(owner)
    }
}

fn step_weight(step: &Step) -> u32 {
    let exact = match &step.filler {
        Filler::Event => 3,
        Filler::Slot(_, test) if !test.words.is_empty() => 3,
        Filler::Slot(_, test) if !test.is_open() => 1,
        Filler::Slot(..) => 0,
    };
    exact + if step.optional { 1 } else { 2 }
}

fn has_modal(p: tolmach_document::Parsed<'_>, t: usize) -> bool {
    kids(p, t).any(|c| p.tag(c) == Tag::Md)
}

fn children(cast: Cast<'_>, t: usize, wanted: impl Fn(Dep) -> bool) -> Vec<usize> {
    let p = cast.parsed();
    kids(p, t).filter(|c| wanted(p.dep(*c))).collect()
}

/// The nouns and adjectives of a short quotation after `t`: quotation marks often break the parse of
/// "called the remark ‘a rude joke’".
fn quoted(cast: Cast<'_>, t: usize) -> Vec<usize> {
    let p = cast.parsed();
    let end = p.sentence(t).tokens.end.min(t + 24);
    let Some(open) = (t + 1..end).find(|q| matches!(p.lower(*q), "‘" | "“" | "\"" | "'" | "``")) else {
        return Vec::new();
    };
    let words = (open + 1..end.min(open + 5)).take_while(|w| p.pos(*w) != Pos::Punct);
    words.filter(|w| matches!(p.pos(*w), Pos::Noun | Pos::Adj)).collect()
}

/// What the object of `t` is called or made; with a dative, the object itself.
fn predicates(cast: Cast<'_>, t: usize) -> Vec<usize> {
    let p = cast.parsed();
    let mut out = children(cast, t, |d| matches!(d, Dep::Oprd | Dep::Attr | Dep::Acomp));
    out.extend(kids(p, t).filter(|c| matches!(p.dep(*c), Dep::Ccomp | Dep::Xcomp) && !is_verb(p, *c)));
    let dative = is_passive(p, t) || kids(p, t).any(|c| p.dep(c) == Dep::Dative);
    out.extend(kids(p, t).filter(|c| dative && p.dep(*c) == Dep::Dobj));
    out.extend(quoted(cast, t));
    out
}
