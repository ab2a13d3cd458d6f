//! Compiles `data/quantities/` into look-up tables.

use super::file::{
    Bounds, Changes, Currencies, Currency, Examples, Lists, Minor, Numbers, Shared, UnitEntry, Units,
};
use super::word::{Limit, Means};
use super::{Direction, Example, Kind, Number, Phrase, QuantityLexicon, Role, Sign, Symbol, Unit, UnitId, Word};
use crate::Error;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

const FOLDER: &str = "quantities/";
const NUMBERS: &str = "quantities/numbers.toml";
const CURRENCIES: &str = "quantities/units/currency.toml";
const BOUNDS: &str = "quantities/bounds.toml";
const CHANGES: &str = "quantities/changes.toml";

/// SI prefixes: word, symbols.
const PREFIXES: &[(&str, &[&str])] = &[
    ("kilo", &["k"]),
    ("mega", &["M"]),
    ("giga", &["G"]),
    ("tera", &["T"]),
    ("peta", &["P"]),
    ("hecto", &["h"]),
    ("centi", &["c"]),
    ("milli", &["m"]),
    ("micro", &["μ", "µ"]),
    ("nano", &["n"]),
];

/// Second and third powers: the printed word, the words written, the symbol's endings.
const POWERS: &[(&str, &[&str], &[&str])] =
    &[("square", &["square", "sq", "sq."], &["2", "²"]), ("cubic", &["cubic", "cu", "cu."], &["3", "³"])];

/// Lists of words by role: file, list, role.
const LISTS: &[(&str, &str, Role)] = &[
    ("quantities/labels.toml", "before", Role::Label),
    ("quantities/labels.toml", "after", Role::Address),
    ("quantities/labels.toml", "never", Role::Never),
    ("quantities/labels.toml", "untied", Role::Untied),
    ("quantities/counts.toml", "person", Role::Person),
    ("quantities/counts.toml", "casualty", Role::Casualty),
    ("quantities/counts.toml", "states", Role::State),
    ("quantities/counts.toml", "money", Role::Money),
    ("quantities/counts.toml", "per", Role::Per),
    ("quantities/counts.toml", "vague", Role::Vague),
    ("quantities/counts.toml", "ages", Role::Age),
    ("quantities/ranks.toml", "verbs", Role::Ranking),
];

pub(super) fn lexicon() -> Result<QuantityLexicon, Error> {
    let mut b = Builder::default();
    b.numbers(&read(NUMBERS)?);
    for (file, _) in unit_files() {
        let entries: Units = read(file)?;
        for entry in &entries.unit {
            b.unit(entry);
        }
    }
    b.currencies(&read(CURRENCIES)?)?;
    b.bounds(&read(BOUNDS)?)?;
    b.changes(&read(CHANGES)?)?;
    for (file, list, role) in LISTS {
        b.list(file, list, *role)?;
    }
    Ok(b.finish())
}

pub(super) fn examples() -> Result<Vec<Example>, Error> {
    let mut out = Vec::new();
    for (file, _) in tolmach_data::texts_under(FOLDER) {
        let entries: Examples = read(file)?;
        if entries.reads.is_empty() || entries.ignores.is_empty() {
            return Err(Error::new(file, "needs at least one of `reads` and of `ignores`"));
        }
        out.extend(entries.reads.into_iter().map(|one| Example { file, text: one.text, rows: one.rows }));
        out.extend(entries.ignores.into_iter().map(|one| Example { file, text: one.text, rows: Vec::new() }));
    }
    Ok(out)
}

fn unit_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    tolmach_data::texts_under("quantities/units/").filter(|(file, _)| *file != CURRENCIES)
}

fn read<T: DeserializeOwned>(file: &str) -> Result<T, Error> {
    let text = tolmach_data::text(file).ok_or_else(|| Error::new(file, "the file is missing"))?;
    toml::from_str(text).map_err(|why| Error::new(file, why))
}

#[derive(Default)]
struct Builder {
    words: BTreeMap<String, Word>,
    phrases: BTreeMap<String, Vec<Phrase>>,
    units: Vec<Unit>,
    symbols: BTreeMap<String, Symbol>,
    signs: Vec<Sign>,
    parts: BTreeMap<char, f64>,
    countries: BTreeMap<String, Vec<String>>,
}

impl Builder {
    fn word(&mut self, text: &str) -> &mut Word {
        self.words.entry(text.to_owned()).or_default()
    }

    fn number(&mut self, text: &str, number: Number) {
        self.word(text).number = number;
    }

    fn numbers(&mut self, file: &Numbers) {
        let plain: [(&BTreeMap<String, f64>, fn(f64) -> Number); 7] = [
            (&file.cardinal, Number::Cardinal),
            (&file.scale, Number::Scale),
            (&file.fraction, Number::Fraction),
            (&file.ordinal, Number::Ordinal),
            (&file.rank, Number::Rank),
            (&file.plural, Number::Plural),
            (&file.fold, Number::Fold),
        ];
        for (table, make) in plain {
            for (text, value) in table {
                self.number(text, make(*value));
            }
        }
        for (text, value) in &file.ordinal {
            self.number(&format!("{text}s"), Number::Ordinal(*value));
        }
        for (text, (low, high)) in &file.few {
            self.number(text, Number::Few(*low, *high));
        }
        for (text, value) in &file.short {
            self.symbol(text).scale = Some(*value);
        }
        for (text, value) in &file.loose {
            self.symbol(text).loose = Some(*value);
        }
        self.parts.clone_from(&file.characters);
        for text in &file.words.before {
            Role::Before.add(self.word(text));
        }
        for text in &file.words.minus {
            Role::Minus.add(self.word(text));
        }
    }

    fn symbol(&mut self, text: &str) -> &mut Symbol {
        self.symbols.entry(text.to_owned()).or_default()
    }

    fn add_unit(&mut self, unit: Unit) -> UnitId {
        self.units.push(unit);
        UnitId(u16::try_from(self.units.len() - 1).expect("fewer than 65,536 units"))
    }

    fn unit(&mut self, entry: &UnitEntry) {
        self.with_powers(entry);
        for prefix in &entry.prefixes {
            if let Some((word, letters)) = PREFIXES.iter().find(|(word, _)| word == prefix) {
                self.with_powers(&prefixed(entry, word, letters));
            }
        }
    }

    fn with_powers(&mut self, entry: &UnitEntry) {
        self.one_unit(entry);
        for power in POWERS.iter().filter(|_| entry.powers) {
            self.one_unit(&powered(entry, *power));
        }
    }

    fn one_unit(&mut self, entry: &UnitEntry) {
        let mut unit = Unit::new(&entry.name, kind(&entry.kind));
        unit.factor = entry.factor.unwrap_or(1.0);
        let id = self.add_unit(unit);
        if let Some(money) = &entry.money {
            // Currencies are compiled after the units: the name is kept until then.
            self.countries.entry(format!("money {money}")).or_default().push(id.0.to_string());
        }
        for text in forms(&entry.words, entry.plurals.as_deref()) {
            self.phrase(&text, Means::Unit(id));
        }
        for text in &entry.ahead {
            self.phrase(text, Means::Ahead(id));
        }
        for text in &entry.each {
            self.phrase(text, Means::Each(id));
        }
        for text in &entry.symbols {
            self.symbol(text).unit.get_or_insert(id);
        }
        for text in &entry.glued {
            self.symbol(text).glued.get_or_insert(id);
        }
    }

    fn phrase(&mut self, text: &str, means: Means) {
        let mut pieces = pieces(&text.to_lowercase()).into_iter();
        let first = pieces.next().expect("forms are not empty");
        let rest = pieces.map(String::into_boxed_str).collect();
        self.word(&first);
        self.phrases.entry(first).or_default().push(Phrase { rest, means });
    }

    fn sign(&mut self, text: &str, unit: UnitId, tied: bool) {
        let pieces = pieces(text).into_iter().map(String::into_boxed_str).collect();
        self.signs.push(Sign { pieces, unit, tied, apart: text.contains(' ') });
    }

    fn currencies(&mut self, file: &Currencies) -> Result<(), Error> {
        for entry in &file.currency {
            self.currency(entry);
        }
        for entry in &file.shared {
            self.shared(entry)?;
        }
        for entry in &file.minor {
            self.minor(entry);
        }
        let waiting: Vec<(String, Vec<String>)> =
            self.countries.iter().map(|(key, list)| (key.clone(), list.clone())).collect();
        for (key, list) in waiting {
            if let Some(code) = key.strip_prefix("money ") {
                let money = self.code(code)?;
                for at in list {
                    let at: usize = at.parse().expect("written above");
                    self.units[at].money = Some(money);
                }
            }
        }
        Ok(())
    }

    fn code(&self, code: &str) -> Result<UnitId, Error> {
        let at = self.units.iter().position(|unit| unit.kind == Kind::Money && &*unit.name == code);
        at.map(|at| UnitId(at as u16)).ok_or_else(|| Error::new(CURRENCIES, format!("no currency {code}")))
    }

    fn currency(&mut self, entry: &Currency) {
        let id = self.add_unit(Unit::new(&entry.code, Kind::Money));
        self.countries.insert(entry.code.clone(), entry.country.clone());
        for text in forms(&entry.names, entry.plurals.as_deref()) {
            self.phrase(&text, Means::Unit(id));
        }
        for text in &entry.symbols {
            self.sign(text, id, false);
        }
        for text in &entry.ascii {
            self.sign(text, id, true);
        }
    }

    fn shared(&mut self, entry: &Shared) -> Result<(), Error> {
        let mut unit = Unit::new(&entry.name, Kind::Money);
        unit.default = entry.default.as_deref().map(|code| self.code(code)).transpose()?;
        for code in &entry.codes {
            let id = self.code(code)?;
            let countries = self.countries.get(code).cloned().unwrap_or_default();
            unit.choices.extend(countries.into_iter().map(|country| (country.into_boxed_str(), id)));
        }
        let id = self.add_unit(unit);
        if entry.words {
            for text in forms(std::slice::from_ref(&entry.name), entry.plurals.as_deref()) {
                self.phrase(&text, Means::Unit(id));
            }
        }
        for text in &entry.symbols {
            self.sign(text, id, false);
        }
        Ok(())
    }

    fn minor(&mut self, entry: &Minor) {
        let id = self.add_unit(Unit::new(&entry.name, Kind::Minor));
        for text in forms(&entry.names, entry.plurals.as_deref()) {
            self.phrase(&text, Means::Unit(id));
        }
        for text in &entry.symbols {
            self.symbol(text).unit.get_or_insert(id);
        }
    }

    fn bounds(&mut self, file: &Bounds) -> Result<(), Error> {
        for entry in &file.bound {
            let limit = match entry.kind.as_str() {
                "approx" => Limit::Approx,
                "min" => Limit::Min,
                "max" => Limit::Max,
                other => return Err(Error::new(BOUNDS, format!("unknown kind {other:?}"))),
            };
            for text in &entry.before {
                self.phrase(text, Means::Before(limit));
            }
            for text in &entry.after {
                self.phrase(text, Means::After(limit));
            }
        }
        Ok(())
    }

    fn changes(&mut self, file: &Changes) -> Result<(), Error> {
        for entry in &file.change {
            let direction = match entry.direction.as_str() {
                "up" => Direction::Up,
                "down" => Direction::Down,
                "=" => Direction::Same,
                other => return Err(Error::new(CHANGES, format!("unknown direction {other:?}"))),
            };
            for text in &entry.direct {
                self.word(text).change.verb = Some((direction, true));
            }
            for text in &entry.verbs {
                self.word(text).change.verb = Some((direction, false));
            }
            for text in &entry.adverbs {
                self.word(text).change.adverb = Some(direction);
            }
            for text in &entry.nouns {
                self.word(text).change.noun = Some(direction);
            }
        }
        Ok(())
    }

    fn list(&mut self, file: &str, list: &str, role: Role) -> Result<(), Error> {
        let lists: Lists = read(file)?;
        let words = lists.lists.get(list).and_then(toml::Value::as_array);
        let words = words.ok_or_else(|| Error::new(file, format!("the list `{list}` is missing")))?;
        for word in words {
            let text = word.as_str().ok_or_else(|| Error::new(file, format!("`{list}` holds words only")))?;
            role.add(self.word(text));
        }
        Ok(())
    }

    fn finish(mut self) -> QuantityLexicon {
        let mut phrases = Vec::new();
        for (first, mut list) in std::mem::take(&mut self.phrases) {
            list.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
            let start = u32::try_from(phrases.len()).expect("few phrases");
            self.word(&first).phrases = (start, u16::try_from(list.len()).expect("few phrases"));
            phrases.extend(list);
        }
        self.signs.sort_by_key(|sign| std::cmp::Reverse(sign.pieces.len()));
        let longest = self.words.keys().chain(self.symbols.keys()).map(String::len).max().unwrap_or(0);
        let (mut ids, mut words) = (HashMap::default(), vec![Word::default()]);
        for (text, word) in self.words {
            ids.insert(text.into_boxed_str(), u16::try_from(words.len()).expect("few words"));
            words.push(word);
        }
        QuantityLexicon {
            ids,
            words,
            phrases,
            units: self.units,
            symbols: self.symbols.into_iter().map(|(text, symbol)| (text.into_boxed_str(), symbol)).collect(),
            signs: self.signs,
            parts: self.parts.into_iter().collect(),
            longest,
        }
    }
}

fn kind(name: &str) -> Kind {
    match name {
        "time" => Kind::Time,
        "age" => Kind::Age,
        "share" => Kind::Share,
        "multiple" => Kind::Multiple,
        _ => Kind::Measure,
    }
}

/// Every form of the words: as they stand, and in the plural.
fn forms(words: &[String], plurals: Option<&[String]>) -> Vec<String> {
    let mut out = words.to_vec();
    match plurals {
        Some(plurals) => out.extend_from_slice(plurals),
        None => out.extend(words.iter().map(|word| format!("{word}s"))),
    }
    out
}

fn prefixed(entry: &UnitEntry, prefix: &str, letters: &[&str]) -> UnitEntry {
    let before = |list: &[String], start: &str| list.iter().map(|text| format!("{start}{text}")).collect::<Vec<_>>();
    let symbols = letters.iter().flat_map(|letter| before(&entry.symbols, letter)).collect();
    let words = before(&entry.words, prefix);
    let plurals = entry.plurals.as_ref().map(|list| before(list, prefix));
    let name = format!("{prefix}{}", entry.name);
    UnitEntry { powers: entry.powers, ..bare(entry, name, words, plurals, symbols) }
}

fn powered(entry: &UnitEntry, (name, starts, ends): (&str, &[&str], &[&str])) -> UnitEntry {
    let singular = &entry.words;
    let mut all = forms(&entry.words, entry.plurals.as_deref());
    all.extend_from_slice(&entry.symbols);
    let words: Vec<String> =
        all.iter().flat_map(|word| starts.iter().map(move |start| format!("{start} {word}"))).collect();
    let short = singular.iter().filter(|word| word.len() < 4).chain(&entry.symbols);
    let symbols = short.flat_map(|word| ends.iter().map(move |end| format!("{word}{end}"))).collect();
    bare(entry, format!("{name} {}", entry.name), words, Some(Vec::new()), symbols)
}

fn bare(
    entry: &UnitEntry,
    name: String,
    words: Vec<String>,
    plurals: Option<Vec<String>>,
    symbols: Vec<String>,
) -> UnitEntry {
    UnitEntry {
        kind: entry.kind.clone(),
        name,
        words,
        plurals,
        symbols,
        glued: Vec::new(),
        prefixes: Vec::new(),
        powers: false,
        ahead: Vec::new(),
        each: Vec::new(),
        factor: None,
        money: None,
    }
}

/// A form as the pieces that a text is cut into: words, and single marks.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        if c.is_whitespace() {
            open = false;
        } else if QuantityLexicon::is_mark(c) {
            out.push(c.to_string());
            open = false;
        } else if open {
            out.last_mut().expect("a word is open").push(c);
        } else {
            out.push(c.to_string());
            open = true;
        }
    }
    out
}

impl QuantityLexicon {
    /// Whether a character is a piece of its own where texts are cut up for quantities.
    #[must_use]
    pub fn is_mark(c: char) -> bool {
        match c {
            '-' | '/' | '%' | '$' | '~' | '+' | '=' | '(' | ')' | ',' | '*' | '<' | '>' | '"' | '?' | '!' | '#' => true,
            'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '\'' | '&' | ':' | ';' | '_' | '@' => false,
            '²' | '³' => false,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '€' | '£' | '¥' | '°' | 'º' | '±' | '≈' | '≥' | '≤' | '′' | '″' | '×' => true,
            '\u{20A0}'..='\u{20CF}' | '֏' | '؋' | '৳' | '฿' | '％' | '‰' | '￥' | '￦' | '¢' | '÷' | '№' | '…' => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit<'l>(lexicon: &'l QuantityLexicon, text: &str) -> Option<&'l str> {
        let pieces = pieces(text);
        let word = lexicon.word(&pieces[0]);
        let wanted = |means| matches!(means, Means::Unit(_));
        let found = lexicon.phrase(word, wanted, |at| pieces.get(at).map(String::as_str))?;
        let Means::Unit(id) = found.means else { return None };
        (found.len() == pieces.len()).then(|| &*lexicon.unit(id).name)
    }

    #[test]
    fn units_are_known_in_all_their_forms() {
        let lexicon = QuantityLexicon::embedded().unwrap();
        let cases = [
            ("metres", "metre"),
            ("square kilometers", "square kilometre"),
            ("sq km", "square kilometre"),
            ("cubic feet", "cubic foot"),
            ("gigawatt hours", "gigawatt hour"),
            ("year-old", "year of age"),
            ("% points", "percentage point"),
            ("kazakh tenge", "KZT"),
            ("twenty-foot equivalent units", "TEU"),
        ];
        for (text, name) in cases {
            assert_eq!(unit(&lexicon, text), Some(name), "{text}");
        }
        assert_eq!(unit(&lexicon, "bananas"), None);
    }

    #[test]
    fn symbols_keep_their_case() {
        let lexicon = QuantityLexicon::embedded().unwrap();
        let name = |text: &str| lexicon.symbol(text).unit.map(|id| &*lexicon.unit(id).name);
        assert_eq!(name("MW"), Some("megawatt"));
        assert_eq!(name("mW"), Some("milliwatt"));
        assert_eq!(name("km2"), Some("square kilometre"));
        assert_eq!(lexicon.symbol("bn").scale, Some(1e9));
        assert_eq!(lexicon.symbol("m").loose, Some(1e6));
    }
}
