//! One amount: currency sign, number, unit and what it is divided by.
//!
//! Reads the words next to the number only. What is counted ("12 trucks") is asked of the parse, in `counted`.

use super::atom::{Atom, Atoms, Kind};
use super::number::{self, Form, Numeral};
use tolmach_document::{Parsed, Tag};
use tolmach_lexicon::quantity::{self, Limit, Means, Number, Role, Sign, UnitId};

/// An amount as the words next to it give it.
#[derive(Clone, Debug)]
pub struct Amount {
    /// First piece, currency sign and minus included.
    pub start: usize,
    /// One past the last piece.
    pub end: usize,
    /// First piece of the number.
    pub number: usize,
    /// One past the last piece of the (last) number.
    pub number_end: usize,
    /// Value, or the lower end, multiplied out.
    pub low: f64,
    /// The upper end.
    pub high: Option<f64>,
    /// How the number is spelled.
    pub form: Form,
    /// What its scale multiplied it by.
    pub scale: f64,
    /// The unit, where it is a known one.
    pub unit: Option<UnitId>,
    /// What is counted, where no unit is.
    pub noun: Option<Noun>,
    /// What it is divided by.
    pub per: Option<String>,
    /// A sign before it that says how it bounds ("~5").
    pub limit: Option<Limit>,
    /// "+0.2%".
    pub plus: bool,
    /// Whether it was joined from two amounts.
    pub joined: bool,
    /// Whether the unit is taken from a neighbour.
    pub lent: bool,
    /// Whether the unit stands before the number ("magnitude 6.1").
    pub ahead: bool,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Noun {
    /// As the contract prints it.
    pub name: String,
    /// Its token.
    pub head: usize,
}

/// A view of the text for reading amounts.
#[derive(Clone, Copy)]
pub struct Reader<'r, 'a> {
    /// The pieces.
    pub atoms: &'r Atoms<'a>,
    /// The parse.
    pub parsed: Parsed<'a>,
}

impl<'a> Reader<'_, 'a> {
    /// The piece at `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> &Atom<'a> {
        self.atoms.at(at)
    }

    /// The amount whose number starts at `at`.
    #[must_use]
    pub fn amount(&self, at: usize) -> Option<Amount> {
        let sign = self.sign_before(at);
        let numeral = number::read(self.atoms, at, sign.is_some())?;
        let mut out = self.plain(numeral);
        self.turn(&mut out);
        if let Some((unit, len)) = self.sign_before(out.start) {
            out.unit = Some(unit);
            out.start -= len;
            self.turn(&mut out);
            self.dollars_of(&mut out);
        } else {
            self.unit(&mut out);
        }
        if let Some(unit) = out.unit {
            let factor = self.atoms.lexicon.unit(unit).factor;
            out.low *= factor;
            out.high = out.high.map(|high| high * factor);
        }
        self.divisor(&mut out);
        Some(out)
    }

    fn plain(&self, n: Numeral) -> Amount {
        let unit = matches!(n.form, Form::Part | Form::Fold).then(|| self.atoms.lexicon.unit_named("x")).flatten();
        Amount {
            start: n.start,
            end: n.end,
            number: n.start,
            number_end: n.end,
            low: n.low,
            high: n.high,
            form: n.form,
            scale: n.scale,
            unit,
            noun: None,
            per: None,
            limit: None,
            plus: false,
            joined: false,
            lent: false,
            ahead: false,
        }
    }

    /// A minus, plus or "~" before the amount.
    fn turn(&self, out: &mut Amount) {
        let before = self.atoms.before(out.start);
        let hyphen = is_dash(before) && self.at(out.start).glued;
        let word = if hyphen { out.start.saturating_sub(2) } else { out.start.wrapping_sub(1) };
        let minus = out.start > 0 && self.at(word).word.is(Role::Minus) && self.at(word).kind == Kind::Word;
        if minus {
            out.low = -out.low;
            out.start = word;
        } else if hyphen && out.form == Form::Figures && self.opens(out.start - 1) {
            out.low = -out.low;
            out.start -= 1;
        } else if self.at(out.start).glued || !before.glued {
            let limit = match before.text {
                "~" | "≈" | "±" => Some(Limit::Approx),
                ">" | "≥" => Some(Limit::Min),
                "<" | "≤" => Some(Limit::Max),
                _ => None,
            };
            out.plus |= before.text == "+" && self.at(out.start).glued;
            out.limit = out.limit.or(limit);
            out.start -= usize::from(out.start > 0 && (limit.is_some() || (out.plus && before.text == "+")));
        }
    }

    /// Whether a minus sign at `at` turns the number: nothing but a blank, a bracket or a currency sign before it.
    fn opens(&self, at: usize) -> bool {
        let before = self.atoms.before(at);
        !self.at(at).glued || matches!(before.text, "(" | "$" | "€" | "£" | "=")
    }

    /// The currency sign that ends before `at`, and its number of pieces.
    fn sign_before(&self, at: usize) -> Option<(UnitId, usize)> {
        let before = self.atoms.before(at);
        if matches!(before.kind, Kind::Figures(_) | Kind::Name | Kind::Blank) || before.text.len() > 4 {
            return None;
        }
        let fits = |sign: &Sign| {
            let n = sign.pieces.len();
            let tied = self.at(at).glued || !sign.tied;
            let apart = |k: usize| k == 0 || sign.apart || self.at(at - n + k).glued;
            at >= n && tied && (0..n).all(|k| self.at(at - n + k).text == &*sign.pieces[k] && apart(k))
        };
        self.atoms.lexicon.sign(fits).map(|sign| (sign.unit, sign.pieces.len()))
    }

    /// The currency sign that starts at `at`, and its number of pieces.
    fn sign_after(&self, at: usize) -> Option<(UnitId, usize)> {
        let fits = |sign: &Sign| {
            !sign.tied && sign.pieces.iter().enumerate().all(|(k, piece)| self.at(at + k).text == &**piece)
        };
        self.atoms.lexicon.sign(fits).map(|sign| (sign.unit, sign.pieces.len()))
    }

    /// "$76 US", "$40 Australian": which dollars, said after the amount; "$5 dollars" says it twice.
    fn dollars_of(&self, out: &mut Amount) {
        let next = self.at(out.end);
        let of = |sign: &Sign| sign.pieces.len() == 2 && &*sign.pieces[0] == next.text && &*sign.pieces[1] == "$";
        let code = |sign: &Sign| sign.pieces.len() == 1 && &*sign.pieces[0] == next.text && next.text.len() == 3;
        let unit = self.atoms.lexicon.sign(|sign| of(sign) || code(sign)).map(|sign| sign.unit);
        if next.kind == Kind::Word && let Some(unit) = unit {
            out.unit = Some(unit);
            out.end += 1;
        }
    }

    /// The unit after the number.
    fn unit(&self, out: &mut Amount) {
        if let Some((unit, end)) = self.part_of(out) {
            (out.unit, out.end) = (Some(unit), end);
            return;
        }
        let tied = self.at(out.end).lower == "-" && self.at(out.end).glued && self.at(out.end + 1).glued;
        let at = out.end + usize::from(tied);
        if let Some((unit, end)) = self.unit_at(at, out.form) {
            if !self.is_occasion(unit, at, end) {
                (out.unit, out.end) = (Some(unit), end);
            }
        } else if let Some(scale) = self.atoms.lexicon.symbol(self.at(at).text).loose.filter(|_| self.at(at).glued) {
            // "5m tonnes", "30m people": a scale when something counted follows, else metres.
            let counted = self.unit_at(at + 1, out.form);
            let plural = |t: usize| t < self.parsed.len() && matches!(self.parsed.tag(t), Tag::Nns | Tag::Nnps);
            if counted.is_some() || plural(self.at(at + 1).token) {
                out.low *= scale;
                out.scale *= scale;
                out.number_end = at + 1;
                (out.unit, out.end) = counted.map_or((None, at + 1), |(unit, end)| (Some(unit), end));
            } else if let Some(unit) = self.atoms.lexicon.symbol(self.at(at).text).unit {
                (out.unit, out.end) = (Some(unit), at + 1);
            }
        }
    }

    /// "1/16 of a pint", "a third of a mile".
    fn part_of(&self, out: &Amount) -> Option<(UnitId, usize)> {
        let of = self.at(out.end).lower == "of" && matches!(self.at(out.end + 1).lower, "a" | "an" | "one");
        (of && out.low < 1.0).then(|| self.unit_at(out.end + 2, Form::Words)).flatten()
    }

    /// The unit that is written at `at`, and its end.
    fn unit_at(&self, at: usize, form: Form) -> Option<(UnitId, usize)> {
        let of = at + usize::from(form == Form::Vague && self.at(at).lower == "of");
        let atom = self.at(of);
        let unit = |means| matches!(means, Means::Unit(_));
        let phrase = self.atoms.lexicon.phrase(atom.word, unit, |k| Some(self.at(of + k).lower));
        if let Some(phrase) = phrase
            && let Means::Unit(id) = phrase.means
        {
            return Some((id, of + phrase.len()));
        }
        if form != Form::Figures {
            return None;
        }
        let symbol = self.atoms.lexicon.symbol(atom.text);
        let close = atom.glued || self.atoms.before(of).lower == "-";
        let unit = symbol.glued.filter(|_| close).or(symbol.unit.filter(|_| close && symbol.loose.is_none() || !close));
        let ends = !(self.at(of + 1).glued && self.at(of + 1).text.starts_with(char::is_alphanumeric));
        unit.filter(|_| ends).map(|id| (id, of + 1)).or_else(|| {
            self.sign_after(of).map(|(id, len)| (id, of + len))
        })
    }

    /// "three times a week", "he tried three times": occasions are counted; "three times the price" is a multiple.
    fn is_occasion(&self, unit: UnitId, at: usize, end: usize) -> bool {
        if self.at(at).lower != "times" || self.atoms.lexicon.unit(unit).kind != quantity::Kind::Multiple {
            return false;
        }
        let next = self.at(end);
        let noun = next.token < self.parsed.len()
            && matches!(self.parsed.tag(next.token), Tag::Jj | Tag::Jjr | Tag::Rbr | Tag::Nn | Tag::Nns | Tag::PrpDollar);
        !(noun || matches!(next.lower, "as" | "the" | "that" | "what" | "over"))
    }

    /// "per day", "a barrel", "/h", "-a-day", "daily"; also behind "of oil" and behind a bracket with another currency.
    pub fn divisor(&self, out: &mut Amount) {
        if out.unit.is_none() && out.noun.is_none() {
            return;
        }
        if let Some((per, end)) = self.divisor_at(out.end, out) {
            out.per = Some(per);
            out.end = end;
            return;
        }
        let far = match self.at(out.end).lower {
            "of" => (out.end + 2..out.end + 4).find_map(|at| self.divisor_at(at, out)),
            "(" => (out.end + 3..out.end + 7)
                .find(|at| self.at(*at).text == ")")
                .and_then(|at| self.divisor_at(at + 1, out)),
            _ => None,
        };
        if let Some((per, end)) = far {
            out.per = Some(per);
            // The other currency in the bracket is an amount of its own.
            out.end = if self.at(out.end).lower == "of" { end } else { out.end };
        }
    }

    fn divisor_at(&self, at: usize, out: &Amount) -> Option<(String, usize)> {
        let hyphen = usize::from(self.at(at).lower == "-" && self.at(at).glued);
        let at = at + hyphen;
        let atom = self.at(at);
        let each = |means| matches!(means, Means::Each(_));
        if let Some(phrase) = self.atoms.lexicon.phrase(atom.word, each, |k| Some(self.at(at + k).lower))
            && let Means::Each(id) = phrase.means
        {
            return Some((self.name(id), at + phrase.len()));
        }
        let below = at + 1 + usize::from(self.at(at + 1).lower == "-");
        match atom.lower {
            "per" => self.divisor_unit(below, true).or_else(|| self.divisor_noun(below)),
            "/" => self.divisor_unit(below, true),
            "a" | "an" | "each" | "every" => self.divisor_unit(below, false).or_else(|| {
                let word = self.at(below).word;
                (word.is(Role::Per) && self.is_price(out)).then(|| (self.at(below).lower.to_owned(), below + 1))
            }),
            _ => None,
        }
    }

    fn is_price(&self, out: &Amount) -> bool {
        out.unit.is_some_and(|unit| {
            matches!(self.atoms.lexicon.unit(unit).kind, quantity::Kind::Money | quantity::Kind::Minor)
        })
    }

    fn divisor_unit(&self, at: usize, symbols: bool) -> Option<(String, usize)> {
        let form = if symbols { Form::Figures } else { Form::Words };
        let (unit, end) = self.unit_at(at, form)?;
        let kind = self.atoms.lexicon.unit(unit).kind;
        // "$6.8 billion a year earlier" gives a date.
        let dates = !symbols && matches!(self.at(end).lower, "earlier" | "ago" | "later" | "before" | "after" | "prior" | "previously");
        let divides = !dates && !matches!(kind, quantity::Kind::Share | quantity::Kind::Multiple | quantity::Kind::Age);
        divides.then(|| (self.name(unit), end))
    }

    fn divisor_noun(&self, at: usize) -> Option<(String, usize)> {
        let token = self.at(at).token;
        let noun = token < self.parsed.len() && self.at(at).kind == Kind::Word && self.parsed.pos(token).is_nominal();
        noun.then(|| (self.parsed.lemma(token).to_owned(), at + 1))
    }

    fn name(&self, unit: UnitId) -> String {
        self.atoms.lexicon.unit(unit).name.to_string()
    }

    /// "twenty-foot equivalent unit": the pieces of a unit's name that begins with a number.
    #[must_use]
    pub fn unit_name(&self, at: usize) -> Option<usize> {
        let atom = self.at(at);
        let numeric = matches!(atom.kind, Kind::Figures(_)) || atom.word.number != Number::None;
        let unit = |means| matches!(means, Means::Unit(_));
        let phrase = self.atoms.lexicon.phrase(atom.word, unit, |k| Some(self.at(at + k).lower)).filter(|_| numeric)?;
        (phrase.len() > 1).then_some(phrase.len())
    }

    /// Whether a number may start at `at`.
    #[must_use]
    pub fn may_start(&self, at: usize) -> bool {
        let atom = self.at(at);
        matches!(atom.kind, Kind::Figures(_))
            || atom.word.number != Number::None
            || (matches!(atom.lower, "a" | "an") && self.at(at + 1).word.number != Number::None)
    }
}

/// Whether a mark is a hyphen, a dash or a minus sign.
#[must_use]
pub fn is_dash(atom: &Atom<'_>) -> bool {
    atom.kind == Kind::Mark
        && atom.text.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
}
