//! What a source commits to about an event: certainty, polarity, tense, read off negation, modals, conditions,
//! questions and the predicates above it.
//!
//! Takes the view of whoever tells the event: inside "Chad said that …" it is Chad's. Knows no track record
//! and does not say whether the event is true.

pub mod features;
pub mod learned;

use crate::event::grammar::{is_verb, kids};
use tolmach_document::{Attribution, Certainty, Dep, Factuality, Parsed, Stance, Tag, Tense};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::event::{Commitment, Effect};

/// Predicates further above than this say nothing about the event.
const REACH: usize = 10;

/// The commitment to the event at `trigger`, inside the attribution `said`, if any.
#[must_use]
pub fn of(p: Parsed<'_>, lexicon: &Lexicon, trigger: usize, said: Option<&Attribution>) -> Factuality {
    told(p, lexicon, trigger, said).0
}

/// The same, and whether `said` says anything of the event: who denies that Chad fired on the raiders does not deny the raid.
#[must_use]
pub fn told(
    p: Parsed<'_>,
    lexicon: &Lexicon,
    trigger: usize,
    said: Option<&Attribution>,
) -> (Factuality, bool) {
    let mut view = View {
        p,
        words: lexicon.event.commitment(),
        positive: true,
        certainty: Certainty::Certain,
        tense: None,
    };
    let reached = view.climb(trigger, said);
    if let Some(said) = said.filter(|_| reached) {
        view.stance(said.stance);
    }
    let tense = view.tense.unwrap_or(Tense::Past);
    (Factuality { positive: view.positive, certainty: view.certainty, tense }, reached)
}

struct View<'a> {
    p: Parsed<'a>,
    words: &'a Commitment,
    positive: bool,
    certainty: Certainty,
    tense: Option<Tense>,
}

impl<'a> View<'a> {
    /// From the trigger up to the predicate that somebody else's word begins at. Whether that word bears on the
    /// event: what stands in a relative clause or is only spoken of is taken for granted by it.
    fn climb(&mut self, trigger: usize, said: Option<&Attribution>) -> bool {
        let mut at = trigger;
        self.beside(at);
        if self.pointed_at(at) {
            return false;
        }
        let mut reached = true;
        for _ in 0..REACH {
            let head = self.p.head(at);
            if head == at {
                break;
            }
            if said.is_some_and(|a| a.cue.iter().any(|c| c.overlaps(self.p.range(head)))) {
                reached = at != trigger || self.bears(at, head);
                // "called on them to help": the cue itself says that it has not come about.
                if let Some(effect) = self.governor(at, head).filter(|e| e.polarity.is_none() && is_verb(self.p, at)) {
                    self.apply(effect);
                }
                break;
            }
            if !self.reaches_down(at, head) {
                reached = false;
                break;
            }
            self.condition(at);
            if self.p.dep(head) == Dep::Prep || self.p.dep(head) == Dep::Agent {
                self.preposition(head);
            } else {
                self.predicate(at, head);
            }
            at = head;
        }
        self.condition(at);
        if self.asked(at) {
            self.weaken(Certainty::Unknown);
        }
        reached
    }

    /// "these protests were staged": what is pointed at is there, whatever is said of it.
    fn pointed_at(&self, t: usize) -> bool {
        let p = self.p;
        let points = |c: usize| p.dep(c) == Dep::Det && matches!(p.lower(c), "this" | "that" | "these" | "those" | "such");
        !is_verb(p, t) && kids(p, t).any(points)
    }

    /// Whether the cue `head` says something of the event at `at`: "denied the attack" does, "rejected the war" does not.
    fn bears(&self, at: usize, head: usize) -> bool {
        let named = self.p.pos(at).is_nominal() && self.p.dep(at) == Dep::Dobj;
        !named || self.governor(at, head).is_some_and(|e| e.polarity.is_some())
    }

    /// Whether what is said of `head` bears on the event `at` below it.
    fn reaches_down(&self, at: usize, head: usize) -> bool {
        let p = self.p;
        match p.dep(at) {
            Dep::Relcl | Dep::Parataxis | Dep::Appos | Dep::Poss | Dep::Meta | Dep::Oprd => false,
            // "by shelling the town", "while holding talks": what frames a deed is done.
            Dep::Pcomp => {
                !matches!(p.lower(head), "by" | "after" | "before" | "since" | "while" | "amid" | "despite")
            }
            Dep::Prep | Dep::Agent if !is_verb(p, at) => self.takes(at, head),
            Dep::Dobj => {
                self.words.is_happening(p.lemma(head)) || self.governor(at, head).is_some()
            }
            Dep::Attr => kids(p, head).any(|c| p.dep(c) == Dep::Expl),
            Dep::Advcl | Dep::Advmod => p.tag(at) == Tag::Vb || self.has_condition(at),
            // "reports that they attacked".
            Dep::Acl => p.tag(at) == Tag::Vb || kids(p, at).any(|c| p.dep(c) == Dep::Mark) || self.governor(at, head).is_some(),
            Dep::Conj => true,
            Dep::Nsubj | Dep::Nsubjpass => self.words.is_happening(p.lemma(head)) || is_verb(p, at),
            Dep::Compound | Dep::Amod | Dep::Nmod => self.governor(at, head).is_some(),
            _ => true,
        }
    }

    /// What the predicate `head` does to the event at `at` below it.
    fn governor(&self, at: usize, head: usize) -> Option<&'a Effect> {
        let p = self.p;
        let found = self.words.governor(p.lemma(head))?;
        let of = p.dep(at) == Dep::Prep && p.lower(at) == "of";
        let object = matches!(p.dep(at), Dep::Dobj | Dep::Nsubjpass) && !is_verb(p, at) || of;
        let applies = found.part.is_none() || is_verb(p, head);
        (applies && !(object && found.keeps_object())).then_some(found)
    }

    /// "threat of war", "prevent from": the preposition belongs to a governor; "amid the war" belongs to nothing.
    fn takes(&self, preposition: usize, head: usize) -> bool {
        let p = self.p;
        self.governor(preposition, head).is_some()
            && matches!(
                p.lower(preposition),
                "of" | "for" | "from" | "to" | "against" | "on" | "in" | "about"
            )
    }

    /// Negation, modals, adverbs and determiners on `t` itself.
    fn beside(&mut self, t: usize) {
        let p = self.p;
        for c in kids(p, t) {
            match p.dep(c) {
                Dep::Neg | Dep::Advmod | Dep::Det | Dep::Preconj => self.adverb(c),
                Dep::Amod => {
                    if let Some(effect) = self.words.governor(p.lower(c)).filter(|e| e.tense.is_none()) {
                        self.apply(effect);
                    }
                }
                Dep::Nsubj | Dep::Nsubjpass => self.negative_subject(c),
                Dep::Aux => self.modal(c),
                _ => {}
            }
        }
        self.grammar_tense(t);
    }

    fn adverb(&mut self, t: usize) {
        if let Some(effect) = self.words.adverb(self.p.lower(t)) {
            self.apply(effect);
        }
    }

    /// "No one attacked", "none of them signed".
    fn negative_subject(&mut self, t: usize) {
        let p = self.p;
        let negative = |w: &str| self.words.adverb(w).is_some_and(|e| e.polarity.is_some());
        let none = negative(p.lower(t)) || kids(p, t).any(|c| p.dep(c) == Dep::Det && negative(p.lower(c)));
        if none {
            self.positive = !self.positive;
        }
    }

    fn modal(&mut self, t: usize) {
        let p = self.p;
        if p.tag(t) != Tag::Md {
            return;
        }
        // "said that it would attack" is what "it will attack" becomes.
        let reported = p.dep(p.head(t)) == Dep::Ccomp && p.tag(p.head(p.head(t))) == Tag::Vbd;
        if reported && matches!(p.lower(t), "would" | "'d" | "’d") {
            self.weaken(Certainty::Probable);
            self.tense = self.tense.or(Some(Tense::Future));
        } else if let Some(effect) = self.words.modal(p.lower(t)) {
            self.apply(effect);
        }
    }

    /// Tense as the verb shows it; the outermost finite verb on the way decides where nothing else has.
    fn grammar_tense(&mut self, t: usize) {
        if self.tense.is_some() {
            return;
        }
        let p = self.p;
        let aux: Vec<Tag> =
            kids(p, t).filter(|c| matches!(p.dep(*c), Dep::Aux | Dep::Auxpass)).map(|c| p.tag(c)).collect();
        let perfect = kids(p, t).any(|c| p.dep(c) == Dep::Aux && p.lemma(c) == "have");
        self.tense = match p.tag(t) {
            _ if perfect || aux.contains(&Tag::Vbd) => Some(Tense::Past),
            _ if aux.iter().any(|a| matches!(a, Tag::Vbz | Tag::Vbp)) => Some(Tense::Present),
            Tag::Vbd => Some(Tense::Past),
            Tag::Vbn if matches!(p.dep(t), Dep::Acl | Dep::Amod) => Some(Tense::Past),
            Tag::Vbz | Tag::Vbp => Some(Tense::Present),
            _ => None,
        };
    }

    /// What the predicate `head` does to the event `at` in its complement.
    fn predicate(&mut self, at: usize, head: usize) {
        let p = self.p;
        if p.dep(at) == Dep::Conj {
            // "will attack and seize": the modal and the negation stand with the first verb only.
            let own = kids(p, at).any(|c| matches!(p.dep(c), Dep::Aux | Dep::Nsubj | Dep::Nsubjpass));
            if !own && is_verb(p, at) {
                self.beside(head);
            }
            return;
        }
        let nominal = !is_verb(p, at);
        let carries = !nominal
            || self.words.is_happening(p.lemma(head))
            || self.governor(at, head).is_some();
        match self.governor(at, head) {
            // "plans against floods": nobody plans them.
            Some(effect) if effect.tense.is_some() && p.lower(at) == "against" => self.weaken(Certainty::Possible),
            Some(effect) => self.apply(effect),
            None => {}
        }
        if carries {
            self.beside(head);
        } else {
            self.grammar_tense(head);
        }
    }

    /// "without attacking", "in case of an attack".
    fn preposition(&mut self, t: usize) {
        if self.p.lower(t) == "without" {
            self.positive = !self.positive;
        }
    }

    fn has_condition(&self, t: usize) -> bool {
        kids(self.p, t).any(|c| self.p.dep(c) == Dep::Mark && self.words.is_condition(self.p.lower(c)))
    }

    fn condition(&mut self, t: usize) {
        if self.has_condition(t) {
            self.certainty = Certainty::Unknown;
            self.tense = Some(Tense::Hypothetical);
        }
    }

    /// Whether `t` heads a question that its source asks.
    fn asked(&self, t: usize) -> bool {
        let p = self.p;
        let last = p.sentence(t).tokens.end - 1;
        let mark = (last.saturating_sub(2)..=last).any(|q| p.lower(q) == "?");
        mark && (p.is_root(t) || p.dep(t) == Dep::Ccomp)
            && kids(p, t).any(|c| matches!(p.dep(c), Dep::Aux | Dep::Auxpass) && c < t)
            && kids(p, t).any(|c| p.dep(c) == Dep::Nsubj && kids(p, t).any(|a| p.dep(a) == Dep::Aux && a < c))
    }

    fn apply(&mut self, effect: &Effect) {
        if effect.polarity.is_some() {
            self.positive = !self.positive;
        }
        if let Some(certainty) = effect.certainty.as_deref().and_then(certainty_named) {
            self.weaken(certainty);
        }
        self.tense = match effect.tense.as_deref() {
            Some("future") if self.tense != Some(Tense::Hypothetical) => Some(Tense::Future),
            Some("hypothetical") => Some(Tense::Hypothetical),
            _ => self.tense,
        };
    }

    /// The weakest commitment on the way is the one that holds.
    fn weaken(&mut self, to: Certainty) {
        self.certainty = self.certainty.max(to);
    }

    fn stance(&mut self, stance: Stance) {
        match stance {
            Stance::Assert => {}
            Stance::Deny => self.positive = !self.positive,
            Stance::Doubt => self.weaken(Certainty::Unlikely),
            Stance::Ask => self.weaken(Certainty::Unknown),
            Stance::Demand | Stance::Order => {
                self.weaken(Certainty::Unknown);
                self.tense = Some(Tense::Future);
            }
            Stance::Promise | Stance::Threaten => {
                self.weaken(Certainty::Probable);
                self.tense = Some(Tense::Future);
            }
        }
    }
}

fn certainty_named(name: &str) -> Option<Certainty> {
    use Certainty::{Certain, Possible, Probable, Unknown, Unlikely};
    [Certain, Probable, Possible, Unlikely, Unknown].into_iter().find(|c| c.name() == name)
}
