//! What an amount measures, in the text's words: the subject that rose, the fine that was paid, what befell those counted.
//!
//! Follows the parse from the amount upwards, a bounded number of steps; gives nothing rather than a guess.

use super::amount::{Amount, Reader};
use tolmach_document::{Dep, Parsed, Pos, Tag, TokenRange};
use tolmach_lexicon::quantity::{self, QuantityLexicon};

/// Heads between an amount and what it measures, at most.
const CLIMB: usize = 6;
/// Children of one head that are looked at.
const CHILDREN: usize = 48;
/// Longest answer, in tokens.
const LONGEST: usize = 14;

impl Reader<'_, '_> {
    /// What the amount measures, or `None` where the sentence does not say.
    #[must_use]
    pub fn measured(&self, amount: &Amount, earlier: &[Told]) -> Option<String> {
        let own = self.tokens(amount);
        let finder = Finder { parsed: self.parsed, lexicon: self.atoms.lexicon, own };
        let top = self.top(amount);
        let base = finder.base(self.at(amount.end).token);
        // "1.5 million in 2021, only 80 thousand in 2022": of the same thing.
        let beside = earlier.iter().rev().find(|told| told.tokens.holds(self.parsed.head(top)));
        if let Some(told) = beside.filter(|_| base.is_none()) {
            return told.of.clone();
        }
        let range = match base {
            Some(base) => base,
            None if self.is_span(amount) => finder.lasting(top)?,
            None => finder.above(top)?,
        };
        let clean: Vec<&str> = self.parsed.text_of(range).split_whitespace().collect();
        (clean.len() < LONGEST + 4 && !clean.is_empty()).then(|| clean.join(" "))
    }

    /// Whether the amount is a length of time.
    #[must_use]
    pub fn is_span(&self, amount: &Amount) -> bool {
        amount.unit.is_some_and(|unit| self.atoms.lexicon.unit(unit).kind == quantity::Kind::Time)
    }

    /// The tokens of an amount.
    #[must_use]
    pub fn tokens(&self, amount: &Amount) -> TokenRange {
        TokenRange::new(self.at(amount.start).token, self.at(amount.end - 1).token + 1)
    }
}

/// What an earlier amount of the text measures.
pub struct Told {
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it measures.
    pub of: Option<String>,
}

struct Finder<'a> {
    parsed: Parsed<'a>,
    lexicon: &'a QuantityLexicon,
    own: TokenRange,
}

impl Finder<'_> {
    /// "87 per cent of those asked support it": from the base to the end of what is said of it.
    fn base(&self, next: usize) -> Option<TokenRange> {
        let p = self.parsed;
        if next >= p.len() || !matches!(p.lower(next), "of") {
            return None;
        }
        let noun = p.child(next, Dep::Pobj)?;
        let phrase = self.phrase(noun)?;
        let verb = self.subject_of();
        let end = verb.and_then(|verb| self.predicate(verb)).map_or(phrase.end, |said| said.end.max(phrase.end));
        let whole = TokenRange::new(phrase.start, end);
        Some(if whole.len() <= LONGEST { whole } else { phrase })
    }

    /// The verb that the amount is the subject of.
    fn subject_of(&self) -> Option<usize> {
        let p = self.parsed;
        let top = self.own.iter().find(|t| !self.own.holds(p.head(*t)))?;
        matches!(p.dep(top), Dep::Nsubj | Dep::Nsubjpass).then(|| p.head(top))
    }

    fn above(&self, top: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let mut at = top;
        for _ in 0..CLIMB {
            let (dep, head) = (p.dep(at), p.head(at));
            if head == at {
                return self.in_or_of(at, top);
            }
            match dep {
                Dep::Nsubj | Dep::Nsubjpass if at == top => return self.predicate(head),
                _ if is_verb(p, head) => return self.of_verb(head, at),
                Dep::Nummod | Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Quantmod | Dep::Pobj | Dep::Npadvmod | Dep::Appos | Dep::Poss
                    if p.pos(head).is_nominal() && !self.own.holds(head) =>
                {
                    return self.of_noun(head, at);
                }
                Dep::Prep if p.pos(head).is_nominal() => return self.of_noun(head, at),
                _ => at = head,
            }
        }
        None
    }

    /// What lasts: "a fifteen-hour journey", "the siege took two days", "operations stopped for 30 days".
    fn lasting(&self, top: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let (dep, head) = (p.dep(top), p.head(top));
        if matches!(dep, Dep::Compound | Dep::Nmod | Dep::Amod) && p.pos(head).is_nominal() {
            return self.phrase(head);
        }
        if matches!(dep, Dep::Dobj | Dep::Npadvmod | Dep::Attr) && is_verb(p, head) && head < top {
            return self.subject(head);
        }
        let prep = (dep == Dep::Pobj && matches!(p.lower(head), "for" | "during" | "in" | "over" | "within")).then_some(head)?;
        let verb = p.head(prep);
        let said = is_verb(p, verb) && verb < prep && p.lemma(verb) != "be";
        let near = said && prep - verb <= LONGEST / 2 && !(verb..prep).any(|t| p.tag(t) == Tag::Comma);
        said.then(|| TokenRange::new(verb, if near { prep } else { verb + 1 }))
    }

    /// What a noun that carries the amount stands for: of "a 5% cut in rates" the rates.
    fn of_noun(&self, noun: usize, from: usize) -> Option<TokenRange> {
        let p = self.parsed;
        if self.lexicon.word(p.lemma(noun)).change.noun.is_some() {
            if let Some(found) = self.in_or_of(noun, from) {
                return Some(found);
            }
            if is_verb(p, p.head(noun)) && p.head(noun) != noun {
                return self.of_verb(p.head(noun), noun);
            }
        }
        self.phrase(noun)
    }

    /// "a rise in exports", "a fall of output".
    fn in_or_of(&self, noun: usize, from: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let prep = p.children(noun).take(CHILDREN).find(|c| {
            *c != from && p.dep(*c) == Dep::Prep && matches!(p.lower(*c), "in" | "of") && !self.own.holds(*c)
        })?;
        self.phrase(p.child(prep, Dep::Pobj)?)
    }

    /// The subject of a verb, or the object of one that changes something ("cut spending by 3 per cent").
    fn of_verb(&self, verb: usize, from: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let changes = self.lexicon.word(p.lemma(verb)).change.verb.is_some();
        let object = p.children(verb).take(CHILDREN).find(|c| p.dep(*c) == Dep::Dobj && *c != from && !self.own.holds(*c));
        if let Some(range) = self.in_kind(from) {
            return Some(range);
        }
        if p.dep(from) == Dep::Prep || changes {
            if let Some(range) = object.and_then(|object| self.phrase(object)) {
                return Some(range);
            }
        }
        self.subject(verb).or_else(|| object.and_then(|object| self.phrase(object)))
    }

    /// "pledged 200,000 euros in aid".
    fn in_kind(&self, from: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let prep = p.children(from).take(CHILDREN).find(|c| {
            *c > from && p.dep(*c) == Dep::Prep && p.lower(*c) == "in" && self.own.holds(from)
        })?;
        let noun = p.child(prep, Dep::Pobj).filter(|noun| p.pos(*noun) == Pos::Noun && p.entity(*noun).label().is_none())?;
        self.phrase(noun)
    }

    /// The subject of a verb, through co-ordination, infinitives and relative clauses.
    fn subject(&self, verb: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let mut at = verb;
        for _ in 0..CLIMB {
            let subject = p.children(at).take(CHILDREN).find(|c| matches!(p.dep(*c), Dep::Nsubj | Dep::Nsubjpass));
            match subject {
                Some(t) if matches!(p.tag(t), Tag::Wdt | Tag::Wp) => return self.phrase(p.head(at)),
                Some(t) if self.own.holds(t) => return None,
                Some(t) => return self.phrase(t),
                None if matches!(p.dep(at), Dep::Acl | Dep::Relcl) => return self.phrase(p.head(at)),
                None if matches!(p.dep(at), Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Pcomp | Dep::Prep | Dep::Ccomp) => at = p.head(at),
                None => return None,
            }
        }
        None
    }

    /// What is said of those counted: the verb with its object or its first adverbial.
    fn predicate(&self, verb: usize) -> Option<TokenRange> {
        let p = self.parsed;
        let be = p.lemma(verb) == "be";
        let takes = |c: &usize| {
            let more = matches!(p.dep(*c), Dep::Dobj | Dep::Attr | Dep::Acomp | Dep::Prep | Dep::Agent | Dep::Oprd | Dep::Prt);
            *c > verb && more && p.subtree(*c).end <= verb + LONGEST
        };
        let end = p.children(verb).take(CHILDREN).filter(takes).take(2).map(|c| self.cut(p.subtree(c)).end).max();
        match (end, be) {
            (None, true) => None,
            (end, _) => Some(TokenRange::new(verb, end.unwrap_or(verb + 1))),
        }
    }

    /// A noun with what stands before it and its "of", "to", "in" phrases; no article, no clause.
    fn phrase(&self, noun: usize) -> Option<TokenRange> {
        let p = self.parsed;
        if matches!(p.pos(noun), Pos::Pron | Pos::Punct | Pos::Sym | Pos::Space) || matches!(p.tag(noun), Tag::Dt | Tag::Cd) || self.own.holds(noun) {
            return None;
        }
        let mut start = p.subtree(noun).start.max(noun.saturating_sub(LONGEST));
        while start < noun && (self.own.holds(start) || is_edge(p, start)) {
            start += 1;
        }
        if let Some(own) = (start..noun).rev().find(|t| self.own.holds(*t)) {
            start = own + 1;
        }
        let mut end = noun + 1;
        for child in p.children(noun).take(CHILDREN).filter(|c| *c > noun) {
            let subtree = self.cut(p.subtree(child));
            let linked = p.dep(child) == Dep::Prep && subtree.start == end && !subtree.iter().any(|t| self.own.holds(t));
            if !linked || subtree.end - start > LONGEST {
                break;
            }
            end = subtree.end;
        }
        Some(TokenRange::new(start, end))
    }

    /// Ends a phrase before a comma, a bracket or the amount itself.
    fn cut(&self, range: TokenRange) -> TokenRange {
        let p = self.parsed;
        let stop = |t: &usize| {
            matches!(p.tag(*t), Tag::Comma | Tag::Lrb | Tag::Colon | Tag::Period | Tag::CloseQuote | Tag::OpenQuote | Tag::Space)
                || matches!(p.tag(*t), Tag::Wdt | Tag::Wp)
        };
        let end = range.iter().take(LONGEST).find(|t| *t > range.start && stop(t));
        TokenRange::new(range.start, end.unwrap_or(range.end.min(range.start + LONGEST)))
    }
}

fn is_verb(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.pos(t), Pos::Verb | Pos::Aux)
}

/// Articles, brackets and quotation marks at the beginning of a phrase.
fn is_edge(p: Parsed<'_>, t: usize) -> bool {
    matches!(p.tag(t), Tag::Dt | Tag::Pdt | Tag::Comma | Tag::Lrb | Tag::OpenQuote | Tag::Colon | Tag::PrpDollar | Tag::Cc | Tag::Hyph | Tag::Pos)
}
