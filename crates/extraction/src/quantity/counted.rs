//! What a bare number counts: the noun of its phrase, the noun after "of", persons where the verb says so.
//!
//! The parse proposes the noun; where it gives none, the run of adjectives and nouns after the number does.

use super::amount::{Amount, Noun, Reader};
use super::number::Form;
use tolmach_document::{Dep, Parsed, Pos, Tag, TokenRange};
use tolmach_lexicon::quantity::{self, Means, Role, UnitId, Word};

/// Words between a number and its noun, at most.
const RUN: usize = 10;
/// Steps from a bare number to the verb that says what it counts.
const CLIMB: usize = 4;

impl Reader<'_, '_> {
    /// Finds what a number without a unit counts.
    pub fn count(&self, out: &mut Amount) {
        let share = out.form == Form::Part;
        if (out.unit.is_some() && !share) || out.number_end == 0 {
            return;
        }
        let last = self.at(out.end - 1).token;
        let first = self.at(out.end).token;
        if share || first == last {
            return;
        }
        let tied = self.at(out.end).lower == "-";
        let found = if tied { self.tied(out) } else { self.noun(out, first) };
        if let Some((noun, end)) = found.filter(|(noun, _)| self.fits(out, noun)) {
            out.end = end.max(out.end);
            self.settle(out, noun);
            self.divisor(out);
        }
    }

    /// "and 2.1 last year": the unit of several is in the plural.
    fn fits(&self, out: &Amount, noun: &Noun) -> bool {
        let tied = self.at(out.end).lower == "-";
        tied || self.unit_of(noun.head).is_none() || is_plural(self.parsed.tag(noun.head)) || (out.low - 1.0).abs() < 1e-9
    }

    /// A known unit behind adjectives ("50 previous years") stays a unit; everything else is counted.
    fn settle(&self, out: &mut Amount, noun: Noun) {
        match self.unit_of(noun.head) {
            Some(unit) => out.unit = Some(unit),
            None => out.noun = Some(noun),
        }
    }

    fn unit_of(&self, head: usize) -> Option<UnitId> {
        let word = self.atoms.lexicon.word(self.parsed.lower(head));
        let phrase = self.atoms.lexicon.phrase(word, |means| matches!(means, Means::Unit(_)), |_| None)?;
        let Means::Unit(id) = phrase.means else { return None };
        let unit = self.atoms.lexicon.unit(id);
        (unit.kind != quantity::Kind::Multiple && phrase.len() == 1).then_some(id)
    }

    /// "a four-cylinder engine": the word tied to the number.
    fn tied(&self, out: &Amount) -> Option<(Noun, usize)> {
        let at = out.end + 1;
        let token = self.at(at).token;
        let noun = token < self.parsed.len() && matches!(self.parsed.tag(token), Tag::Nn | Tag::Nns);
        let word = self.at(at).word;
        let free = !word.is(Role::Never) && !word.is(Role::Untied) && self.at(at).text.len() > 2;
        (self.at(at).glued && noun && free)
            .then(|| (Noun { name: self.parsed.lemma(token).to_owned(), head: token }, at + 1))
    }

    fn noun(&self, out: &Amount, first: usize) -> Option<(Noun, usize)> {
        if first >= self.parsed.len() {
            return None;
        }
        if self.at(out.end).lower == "of" && !matches!(out.form, Form::Part) {
            return self.of(out, first);
        }
        let head = self.head(out, first)?;
        let noun = self.named(TokenRange::new(first, head), head)?;
        Some((noun, self.atoms.after(head)))
    }

    /// The noun of the phrase that goes on at `first`.
    fn head(&self, out: &Amount, first: usize) -> Option<usize> {
        let run = run(self.parsed, first);
        let number = self.at(out.number_end - 1).token;
        let up = self.parsed.head(number);
        let top = if up >= number || !self.is_numeral(up) { up } else { self.parsed.head(up) };
        let nominal = |t: &usize| self.parsed.pos(*t).is_nominal() || is_noun(self.parsed.tag(*t));
        let head = run.iter().find(|t| *t == top && nominal(t) && !self.goes_on(*t, run)).or_else(|| {
            let plural = |t: &usize| is_plural(self.parsed.tag(*t)) && !self.goes_on(*t, run);
            run.iter().find(plural).or_else(|| run.iter().rev().find(nominal))
        })?;
        let head = self.whole(head);
        (!self.is_state_word(head) && !self.atoms.lexicon.word(self.parsed.lower(head)).is(Role::Never)).then_some(head)
    }

    /// "two super-regions": the noun goes on behind a hyphen.
    fn whole(&self, head: usize) -> usize {
        let p = self.parsed;
        let tied = head + 2 < p.len()
            && p.word(head + 1) == "-"
            && p.range(head).end() == p.range(head + 1).start()
            && p.range(head + 1).end() == p.range(head + 2).start();
        if tied && is_noun(p.tag(head + 2)) { head + 2 } else { head }
    }

    fn is_numeral(&self, t: usize) -> bool {
        self.parsed.tag(t) == Tag::Cd
    }

    /// Whether a noun at `t` only modifies the noun after it.
    fn goes_on(&self, t: usize, run: TokenRange) -> bool {
        t + 1 < run.end && is_noun(self.parsed.tag(t + 1)) && self.parsed.dep(t) == Dep::Compound && !is_plural(self.parsed.tag(t))
    }

    fn is_state_word(&self, t: usize) -> bool {
        self.atoms.lexicon.word(self.parsed.lower(t)).is(Role::State)
    }

    /// "three of the region's four provinces", "one of the best ports", "thousands of people".
    fn of(&self, out: &Amount, of: usize) -> Option<(Noun, usize)> {
        let head = self.parsed.child(of, Dep::Pobj).filter(|t| *t > of && t - of <= RUN)?;
        if !self.parsed.pos(head).is_nominal() {
            return None;
        }
        let singular = !is_plural(self.parsed.tag(head)) && !self.is_person(head);
        if singular && matches!(out.form, Form::Words) && self.parsed.tag(head) != Tag::Nnp {
            return None;
        }
        let open = (of + 1..head).rev().find(|t| {
            matches!(self.parsed.tag(*t), Tag::Dt | Tag::PrpDollar | Tag::Pos | Tag::Cd | Tag::Pdt | Tag::WpDollar)
        });
        let noun = self.named(TokenRange::new(open.map_or(of + 1, |t| t + 1), head), head)?;
        Some((noun, self.atoms.after(head)))
    }

    fn is_person(&self, t: usize) -> bool {
        self.atoms.lexicon.word(self.parsed.lower(t)).is(Role::Person)
    }

    /// The noun as the contract prints it: what describes it, and its lemma; persons without more.
    fn named(&self, before: TokenRange, head: usize) -> Option<Noun> {
        if self.is_person(head) {
            return Some(Noun { name: "person".to_owned(), head });
        }
        let mut name = String::new();
        for t in before.iter().filter(|t| self.describes(*t, head)) {
            let tied = self.parsed.word(t) == "-" || name.ends_with('-');
            if !name.is_empty() && !tied {
                name.push(' ');
            }
            name.push_str(self.spelled(t));
        }
        if !name.is_empty() && !name.ends_with('-') {
            name.push(' ');
        }
        name.push_str(&singular(self.parsed, head));
        let letters = self.parsed.word(head).chars().all(|c| c.is_alphanumeric() || "-'’.&".contains(c))
            && self.parsed.word(head).starts_with(char::is_alphanumeric);
        letters.then_some(Noun { name, head })
    }

    /// The lemma; adjectives of names keep their capital, which the lemmatizer takes away.
    fn spelled(&self, t: usize) -> &str {
        let word = self.parsed.word(t);
        let first = self.parsed.sentence(t).tokens.start == t;
        let name = word.starts_with(char::is_uppercase) && !first && matches!(self.parsed.tag(t), Tag::Jj | Tag::Nnp);
        if name { word } else { self.parsed.lemma(t) }
    }

    /// Adjectives and nouns say what is counted; participles, adverbs and "other" do not.
    fn describes(&self, t: usize, head: usize) -> bool {
        let word = self.parsed.word(t);
        if word == "-" {
            return t + 1 < head && !word.is_empty() && self.tied_nouns(t);
        }
        let class = matches!(self.parsed.tag(t), Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Fw | Tag::Add | Tag::Cd) || is_noun(self.parsed.tag(t));
        class && !self.atoms.lexicon.word(self.parsed.lower(t)).is(Role::Vague) && word.chars().any(char::is_alphanumeric)
    }

    fn tied_nouns(&self, hyphen: usize) -> bool {
        hyphen > 0 && self.describes(hyphen - 1, hyphen) && self.describes(hyphen + 1, hyphen + 2)
    }

    /// "12 were killed", "killing 12", "30 dead": the bare number counts persons.
    #[must_use]
    pub fn counts_persons(&self, out: &Amount) -> bool {
        let token = self.at(out.number_end - 1).token;
        let next = self.at(out.end);
        // "tens of thousands fled": thousands without more are people.
        if next.word.is(Role::State) || (out.form == Form::Vague && next.lower != "of") {
            return true;
        }
        if self.at(out.number).lower == "one" {
            return false;
        }
        let mut at = token;
        for _ in 0..CLIMB {
            let (dep, head) = (self.parsed.dep(at), self.parsed.head(at));
            if head == at {
                break;
            }
            let argument = matches!(
                dep,
                Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Nummod | Dep::Conj | Dep::Quantmod | Dep::Pobj | Dep::Prep | Dep::Attr
            );
            if !argument {
                break;
            }
            if self.verb(head).is(Role::Casualty) && matches!(dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj) {
                return true;
            }
            if !self.is_numeral(head) && self.parsed.pos(head) != Pos::Adp {
                break;
            }
            at = head;
        }
        false
    }

    /// What the verb at `t` means to quantities.
    #[must_use]
    pub fn verb(&self, t: usize) -> &Word {
        self.atoms.lexicon.word(self.parsed.lemma(t))
    }
}

/// The adjectives and nouns that stand from `first` on.
fn run(parsed: Parsed<'_>, first: usize) -> TokenRange {
    let mut end = first;
    while end < parsed.len() && end - first < RUN && goes_in(parsed, end) {
        end += 1;
    }
    TokenRange::new(first, end)
}

fn goes_in(parsed: Parsed<'_>, t: usize) -> bool {
    let next = |wanted: fn(Tag) -> bool| t + 1 < parsed.len() && wanted(parsed.tag(t + 1));
    match parsed.tag(t) {
        Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Vbn | Tag::Vbg | Tag::Hyph | Tag::Afx | Tag::Fw | Tag::Add => true,
        Tag::Rb | Tag::Rbr | Tag::Rbs => next(|tag| matches!(tag, Tag::Jj | Tag::Vbn | Tag::Vbg)),
        // "two new 737 Max jets": the figure is part of a name.
        Tag::Cd => next(|tag| matches!(tag, Tag::Nnp | Tag::Nnps)),
        Tag::Cc => t > 0 && parsed.tag(t - 1) == Tag::Jj && next(|tag| tag == Tag::Jj),
        Tag::OpenQuote => next(|tag| is_noun(tag) || tag == Tag::Jj),
        tag => is_noun(tag),
    }
}

/// Whether a tag is a noun's.
#[must_use]
pub fn is_noun(tag: Tag) -> bool {
    matches!(tag, Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps)
}

/// Whether a tag is a plural noun's.
#[must_use]
pub fn is_plural(tag: Tag) -> bool {
    matches!(tag, Tag::Nns | Tag::Nnps)
}

/// The lemma of a noun; names of peoples lose their plural too, which the lemmatizer leaves them.
fn singular(parsed: Parsed<'_>, t: usize) -> String {
    let lemma = parsed.lemma(t);
    let people = parsed.tag(t) == Tag::Nnps && lemma.len() > 3 && lemma.ends_with('s') && !lemma.ends_with("ss");
    if people { lemma[..lemma.len() - 1].to_owned() } else { lemma.to_owned() }
}
