//! Numbers of any spelling: "1.5 million", "two hundred and fifty", "half a million", "tens of thousands", "two-thirds",
//! "one in five", "1.5-fold".
//!
//! Reads forward only, a bounded number of pieces; knows no unit and no sentence.

use super::amount::is_dash;
use super::atom::{Atoms, Kind};
use tolmach_lexicon::quantity::Number;

/// No number in prose has more words than this.
const WORDS: usize = 16;
/// "One in five" speaks of small numbers only.
const LARGEST_BASE: f64 = 1000.0;

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// First piece.
    pub start: usize,
    /// One past its last piece.
    pub end: usize,
    /// Its value, or the lower end of a vague one.
    pub low: f64,
    /// The upper end of a vague one ("thousands").
    pub high: Option<f64>,
    /// How it is spelled.
    pub form: Form,
    /// What its scale multiplied it by; 1 without one.
    pub scale: f64,
}

/// How a number is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In figures.
    Figures,
    /// In words.
    Words,
    /// "thousands".
    Vague,
    /// "two-thirds", "one in five".
    Part,
    /// "threefold".
    Fold,
}

impl Numeral {
    fn new(start: usize, end: usize, low: f64, form: Form) -> Self {
        Self { start, end, low, high: None, form, scale: 1.0 }
    }
}

/// The number that starts at `at`.
#[must_use]
pub fn read(atoms: &Atoms<'_>, at: usize, money: bool) -> Option<Numeral> {
    let numeral = match (atoms.at(at).kind, atoms.at(at).word.number) {
        (Kind::Figures(value), _) => Some(figures(atoms, at, value, money)),
        (_, Number::Cardinal(_)) => part(atoms, at).or_else(|| words(atoms, at)),
        (_, Number::Scale(value)) if atoms.at(at + 1).lower == "-" => Some(one(at, at + 1, value)),
        (_, Number::Fraction(value)) => half(atoms, at, value),
        (_, Number::Plural(_)) => vague(atoms, at, at),
        (_, Number::Few(..)) => few(atoms, at, at),
        (_, Number::Fold(value)) => Some(Numeral::new(at, at + 1, value, Form::Fold)),
        _ if matches!(atoms.at(at).lower, "a" | "an") => article(atoms, at),
        _ => None,
    }?;
    Some(ratio(atoms, numeral).or_else(|| of_million(atoms, numeral)).unwrap_or(numeral))
}

/// "a quarter of a million", "two-thirds of a billion".
fn of_million(atoms: &Atoms<'_>, part: Numeral) -> Option<Numeral> {
    let of = part.form == Form::Part && atoms.at(part.end).lower == "of";
    let article = of && matches!(atoms.at(part.end + 1).lower, "a" | "one");
    let Number::Scale(scale) = atoms.at(part.end + 2).word.number else { return None };
    article.then(|| Numeral { scale, ..Numeral::new(part.start, part.end + 3, part.low * scale, Form::Words) })
}

fn one(start: usize, end: usize, scale: f64) -> Numeral {
    Numeral { scale, ..Numeral::new(start, end, scale, Form::Words) }
}

/// "1,500", "10 000", "2 ½", "1.5 million", "5-million", "4 hundred million", "USD5.4m".
fn figures(atoms: &Atoms<'_>, at: usize, value: f64, money: bool) -> Numeral {
    let (value, end) = grouped(atoms, at).or_else(|| power(atoms, at, value)).unwrap_or((value, at + 1));
    let mut out = Numeral::new(at, end, value, Form::Figures);
    if let Some(part) = fraction(atoms, out.end).filter(|_| value.fract() == 0.0) {
        out.low += part;
        out.end += 1;
    } else if let Some(end) = and_a_half(atoms, out.end) {
        out.low += 0.5;
        out.end = end;
    }
    scaled(atoms, out, money)
}

/// "10 000 000": groups of three figures set apart by blanks. One group of its own must look like a round number,
/// since "12 500" may be two numbers.
fn grouped(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
    let group = |at: usize| {
        let atom = atoms.at(at);
        let apart = !atom.glued && matches!(atom.kind, Kind::Figures(_) | Kind::Name);
        (apart && atom.text.len() == 3 && atom.text.bytes().all(|b| b.is_ascii_digit())).then_some(atom.text)
    };
    let first = atoms.at(at).text;
    if first.len() > 3 || !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut end = at + 1;
    let mut digits = first.to_owned();
    while let Some(next) = group(end).filter(|_| end - at < 5) {
        digits.push_str(next);
        end += 1;
    }
    let round = end - at > 2 || digits.ends_with("00");
    (end > at + 1 && round).then(|| digits.parse().ok().map(|value| (value, end))).flatten()
}

/// "1.5×10^6", "2 x 10-9".
fn power(atoms: &Atoms<'_>, at: usize, value: f64) -> Option<(f64, usize)> {
    let times = matches!(atoms.at(at + 1).text, "×" | "x" | "*") && atoms.at(at + 2).text == "10";
    let caret = usize::from(atoms.at(at + 3).text == "^");
    let minus = is_dash(atoms.at(at + 3 + caret));
    let end = at + 3 + caret + usize::from(minus);
    let Kind::Figures(power) = atoms.at(end).kind else { return None };
    let power = if minus { -power } else { power };
    (times && end > at + 3 && power.abs() < 100.0).then(|| (value * 10f64.powf(power), end + 1))
}

/// "½", or "1/2" after a whole number.
fn fraction(atoms: &Atoms<'_>, at: usize) -> Option<f64> {
    let atom = atoms.at(at);
    if let Kind::Figures(value) = atom.kind {
        return (atom.text.contains('/') && !atom.glued).then_some(value);
    }
    let mut chars = atom.text.chars();
    let part = atoms.lexicon.part(chars.next()?)?;
    chars.next().is_none().then_some(part)
}

/// "and a half", with or without hyphens.
fn and_a_half(atoms: &Atoms<'_>, at: usize) -> Option<usize> {
    let skip = |at: usize| at + usize::from(atoms.at(at).lower == "-");
    let at = skip(at);
    let and = atoms.at(at).lower == "and" && matches!(atoms.at(skip(at + 1)).lower, "a" | "one");
    let half = skip(skip(at + 1) + 1);
    (and && atoms.at(half).lower == "half").then_some(half + 1)
}

/// Multiplies by the scales that follow.
fn scaled(atoms: &Atoms<'_>, mut out: Numeral, money: bool) -> Numeral {
    while let Some((scale, end)) = scale(atoms, out.end, money) {
        out.low *= scale;
        out.scale *= scale;
        out.end = end;
    }
    if out.scale > 1.0 {
        if let Some(end) = and_a_half(atoms, out.end) {
            out.low += 0.5 * out.scale;
            out.end = end;
        }
    }
    out
}

fn scale(atoms: &Atoms<'_>, at: usize, money: bool) -> Option<(f64, usize)> {
    let word = at + usize::from(atoms.at(at).lower == "-" && atoms.at(at).glued);
    if let Number::Scale(value) = atoms.at(word).word.number {
        return Some((value, word + 1));
    }
    let atom = atoms.at(at);
    let symbol = atoms.lexicon.symbol(atom.text);
    let tied = atom.glued && atom.kind == Kind::Word;
    let value = symbol.scale.filter(|_| tied || atom.text.len() > 1).or(symbol.loose.filter(|_| money))?;
    Some((value, at + 1))
}

/// "twenty-four", "one hundred and ten", "two and a half thousand": composed as they are spoken.
fn words(atoms: &Atoms<'_>, at: usize) -> Option<Numeral> {
    let (value, end) = cardinal(atoms, at)?;
    if ends_ordinal(atoms, end) {
        return None;
    }
    let mut out = Numeral::new(at, end, value, Form::Words);
    if let Some(end) = and_a_half(atoms, out.end) {
        out.low += 0.5;
        out.end = end;
    }
    out.scale = if value >= 1000.0 { 1000.0 } else { 1.0 };
    Some(scaled(atoms, out, false))
}

/// "twenty-first" is no number of things.
fn ends_ordinal(atoms: &Atoms<'_>, at: usize) -> bool {
    let tied = atoms.at(at).lower == "-" && atoms.at(at).glued;
    tied && matches!(atoms.at(at + 1).word.number, Number::Ordinal(_) | Number::Rank(_))
}

fn cardinal(atoms: &Atoms<'_>, from: usize) -> Option<(f64, usize)> {
    let (mut total, mut group, mut at, mut end) = (0.0, 0.0_f64, from, from);
    while at < from + WORDS {
        match atoms.at(at).word.number {
            Number::Cardinal(value) if fits(group, value) && (group == 0.0 || value > 0.0) => group += value,
            Number::Scale(scale) if end > from && scale == 100.0 && group < 100.0 => group = group.max(1.0) * 100.0,
            Number::Scale(scale) if end > from && scale >= 1000.0 && group > 0.0 => {
                total += group * scale;
                group = 0.0;
            }
            _ => break,
        }
        end = at + 1;
        at = joint(atoms, at);
    }
    (end > from).then_some((total + group, end))
}

/// Units go after tens, tens and teens after hundreds: "nineteen ninety" is two numbers.
fn fits(group: f64, value: f64) -> bool {
    group == 0.0 || group % 100.0 == 0.0 || (value < 10.0 && group % 10.0 == 0.0 && group % 100.0 >= 20.0)
}

/// Where the next word of a spelled number stands: past a hyphen, or past "and" after a scale.
fn joint(atoms: &Atoms<'_>, at: usize) -> usize {
    let next = at + 1;
    let small = |at: usize| matches!(atoms.at(at).word.number, Number::Cardinal(value) if value < 100.0);
    let scale = |at: usize| matches!(atoms.at(at).word.number, Number::Scale(_));
    let hyphen = atoms.at(next).lower == "-" && (small(next + 1) || scale(next + 1));
    // "between one hundred and two hundred": a scale behind the small number makes it a number of its own.
    let value = |at: usize| if let Number::Scale(value) = atoms.at(at).word.number { value } else { 0.0 };
    let apart = scale(next + 2) && value(next + 2) <= value(at);
    let and = atoms.at(next).lower == "and" && scale(at) && small(next + 1) && !apart;
    next + usize::from(hyphen || and)
}

/// "two-thirds", "one third", "three quarters".
fn part(atoms: &Atoms<'_>, at: usize) -> Option<Numeral> {
    let Number::Cardinal(top) = atoms.at(at).word.number else { return None };
    let below = at + 1 + usize::from(atoms.at(at + 1).lower == "-");
    let word = atoms.at(below);
    let value = match word.word.number {
        Number::Ordinal(bottom) if (top == 1.0) != word.lower.ends_with('s') && top < 20.0 => top / bottom,
        Number::Fraction(value) if of_parts(atoms, below) && (top == 1.0 || top == 3.0) => top * value,
        _ => return None,
    };
    (value < 1.0).then(|| Numeral::new(at, below + 1, value, Form::Part))
}

/// "three quarters of the fields", "three-quarters": not three quarters of a year.
fn of_parts(atoms: &Atoms<'_>, at: usize) -> bool {
    atoms.before(at).lower == "-" || atoms.at(at + 1).lower == "of" || atoms.at(at).lower == "half"
}

/// "half a million", "half the fields", "almost half of which", "half an hour". Not "the second half".
fn half(atoms: &Atoms<'_>, at: usize, value: f64) -> Option<Numeral> {
    let after = at + 1 + usize::from(atoms.at(at + 1).lower == "-" && atoms.at(at + 2).lower == "a");
    if matches!(atoms.at(after).lower, "a" | "an") {
        let end = after + 1 + usize::from(atoms.at(after + 1).lower == "-");
        return Some(match atoms.at(end).word.number {
            Number::Scale(scale) => Numeral { scale, ..Numeral::new(at, end + 1, value * scale, Form::Words) },
            _ => Numeral::new(at, end, value, Form::Words),
        });
    }
    let ranked = matches!(atoms.before(at).word.number, Number::Rank(_) | Number::Ordinal(_))
        || matches!(atoms.before(at).lower, "other" | "latter" | "last" | "-" | "’s" | "'s");
    let follows = matches!(atoms.at(at + 1).lower, "of" | "the" | "its" | "their" | "his" | "her" | "all" | "that");
    let stands = follows || matches!(atoms.before(at).lower, "by" | "in" | "than" | "almost" | "nearly" | "about" | "to");
    (atoms.at(at).lower == "half" && !ranked && stands).then(|| Numeral::new(at, at + 1, value, Form::Part))
}

/// "thousands", "tens of thousands", "hundreds of millions": from one of them to ten.
fn vague(atoms: &Atoms<'_>, start: usize, at: usize) -> Option<Numeral> {
    let (mut low, mut end) = (1.0, at);
    while let Number::Plural(scale) = atoms.at(end).word.number {
        low *= scale;
        end += 1;
        if atoms.at(end).lower != "of" || !matches!(atoms.at(end + 1).word.number, Number::Plural(_)) {
            break;
        }
        end += 1;
    }
    let counted = matches!(atoms.before(start).kind, Kind::Figures(_));
    let small = low < 100.0 && atoms.at(end).lower != "of";
    let high = Some(low * 10.0);
    (!counted && !small && end > at)
        .then(|| Numeral { high, scale: low, ..Numeral::new(start, end, low, Form::Vague) })
}

/// "several hundred", "a few thousand", "a couple of hundred", "many thousands".
fn few(atoms: &Atoms<'_>, start: usize, at: usize) -> Option<Numeral> {
    let Number::Few(from, to) = atoms.at(at).word.number else { return None };
    let of = at + 1 + usize::from(atoms.at(at + 1).lower == "of");
    match atoms.at(of).word.number {
        Number::Scale(scale) => {
            let high = (to > from).then_some(to * scale);
            Some(Numeral { high, scale, ..Numeral::new(start, of + 1, from * scale, Form::Vague) })
        }
        Number::Plural(_) if atoms.at(at).lower != "couple" => vague(atoms, start, of),
        _ => None,
    }
}

/// What "a" can begin: "a million", "a few hundred", "a third of", "a dozen".
fn article(atoms: &Atoms<'_>, at: usize) -> Option<Numeral> {
    match atoms.at(at + 1).word.number {
        Number::Scale(value) => Some(scaled(atoms, one(at, at + 2, value), false)),
        Number::Few(..) => few(atoms, at, at + 1),
        Number::Ordinal(bottom) if !atoms.at(at + 1).lower.ends_with('s') && closes(atoms, at + 2) => {
            Some(Numeral::new(at, at + 2, 1.0 / bottom, Form::Part))
        }
        Number::Fraction(value) if closes(atoms, at + 2) && atoms.at(at + 1).lower == "quarter" => {
            let time = atoms.at(at + 2).lower != "of";
            (!time).then(|| Numeral::new(at, at + 2, value, Form::Part))
        }
        _ => None,
    }
}

/// "a third of", "fell by a third.": a noun behind would make it one in a row ("a third man").
fn closes(atoms: &Atoms<'_>, at: usize) -> bool {
    let atom = atoms.at(at);
    matches!(atom.lower, "of" | "in" | "since" | "to" | "from" | "and" | "or" | "more" | "less")
        || atom.kind == Kind::Mark && atom.lower != "-"
        || matches!(atom.kind, Kind::Blank)
        || atom.text.starts_with(['.', ';', ':'])
}

/// "one in five", "three out of ten": a part, spoken of as persons or things.
fn ratio(atoms: &Atoms<'_>, top: Numeral) -> Option<Numeral> {
    let of = ["out", "of", "every", "each"];
    let mut at = top.end;
    let link = atoms.at(at).lower;
    if !matches!(top.form, Form::Figures | Form::Words) || top.low.fract() != 0.0 {
        return None;
    }
    match link {
        "in" => at += 1,
        "out" if atoms.at(at + 1).lower == of[1] => at += 2,
        "of" if of[2..].contains(&atoms.at(at + 1).lower) => at += 1,
        _ => return None,
    }
    at += usize::from(of[2..].contains(&atoms.at(at).lower));
    let (base, end) = match atoms.at(at).kind {
        Kind::Figures(value) if !atoms.at(at).text.contains('.') => (value, at + 1),
        _ => cardinal(atoms, at)?,
    };
    let bare = !ends_ordinal(atoms, end) && !matches!(atoms.at(end).word.number, Number::Scale(_));
    let small = base > top.low && base <= LARGEST_BASE && top.low > 0.0;
    // "two in three days": a length of time is no base.
    let counted = link != "in" || top.low <= 10.0 && base >= 2.0;
    (small && bare && counted).then(|| Numeral::new(top.start, end, top.low / base, Form::Part))
}
