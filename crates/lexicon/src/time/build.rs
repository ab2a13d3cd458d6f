//! From the files of `data/times/` to the lexicon: every entry checked, every complaint with its file.

use super::file;
use super::{
    Bound, Example, Fnv, Holiday, Meaning, Modifier, Number, PartOfDay, Phrase, Reference, Role, Season,
};
use super::{TimeLexicon, Unit, Word};
use crate::Error;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use tolmach_document::Tag;

/// Words and phrases while they are being gathered; ordered, so that the lexicon is the same on every run.
#[derive(Default)]
struct Draft {
    words: BTreeMap<String, Word>,
    phrases: Vec<Phrase>,
    references: Vec<Reference>,
    holidays: Vec<Holiday>,
    bounds: Vec<Bound>,
}

pub fn lexicon() -> Result<TimeLexicon, Error> {
    let mut draft = Draft::default();
    draft.calendar(&load("times/calendar.toml")?)?;
    draft.units(&load("times/units.toml")?)?;
    draft.numbers(&load("times/numbers.toml")?);
    let words: file::Words = load("times/words.toml")?;
    draft.roles("times/words.toml", &words.roles)?;
    draft.roles("times/tense.toml", &load::<file::Tense>("times/tense.toml")?)?;
    draft.bounds(&load("times/modifiers.toml")?)?;
    draft.references(load("times/references.toml")?)?;
    draft.holidays(&load("times/holidays.toml")?)?;
    Ok(draft.freeze())
}

pub fn examples() -> Result<Vec<Example>, Error> {
    let mut out = Vec::new();
    for (path, text) in tolmach_data::texts_under("times/examples/") {
        let file: file::Examples = parse(path, text)?;
        out.extend(file.reads.into_iter().map(|entry| Example {
            file: path,
            text: entry.text,
            published: entry.published,
            times: entry.times,
            parsed: entry.parsed,
        }));
        out.extend(file.ignores.into_iter().map(|entry| Example {
            file: path,
            text: entry.text,
            published: None,
            times: Vec::new(),
            parsed: entry.parsed,
        }));
    }
    Ok(out)
}

fn load<T: DeserializeOwned>(path: &str) -> Result<T, Error> {
    parse(path, tolmach_data::text(path).ok_or_else(|| Error::new(path, "file is missing"))?)
}

fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| Error::new(path, error))
}

impl Draft {
    fn word(&mut self, form: &str) -> &mut Word {
        self.words.entry(form.to_owned()).or_default()
    }

    fn calendar(&mut self, file: &file::Calendar) -> Result<(), Error> {
        let path = "times/calendar.toml";
        self.named(&file.month, |word, number| word.month = number);
        self.named(&file.weekday, |word, number| word.weekday = number);
        for entry in &file.season {
            let season = Season::from_code(&entry.code);
            let season = season.ok_or_else(|| Error::new(path, format!("no season {:?}", entry.code)))?;
            self.coded(entry, |word| word.season = Some(season));
        }
        for entry in &file.part {
            let part = PartOfDay::from_code(&entry.code);
            let part =
                part.ok_or_else(|| Error::new(path, format!("no part of the day {:?}", entry.code)))?;
            self.coded(entry, |word| word.part = Some(part));
        }
        for entry in &file.hour {
            for form in &entry.names {
                self.word(form).hour = entry.value;
            }
        }
        file.deictic.iter().try_for_each(|entry| self.deictic(path, entry))
    }

    fn deictic(&mut self, path: &str, entry: &file::Deictic) -> Result<(), Error> {
        let part = entry.part.as_deref().map(|code| {
            PartOfDay::from_code(code).ok_or_else(|| Error::new(path, format!("no part of the day {code:?}")))
        });
        let part = part.transpose()?;
        for form in &entry.names {
            let word = self.word(form);
            word.deictic = Some(entry.days);
            word.part = part;
            word.shy = entry.shy;
        }
        Ok(())
    }

    fn named(&mut self, entries: &[file::Named], set: fn(&mut Word, u8)) {
        for entry in entries {
            for form in entry.names.iter().chain(&entry.short).chain(&entry.plural) {
                let word = self.word(form);
                set(word, entry.number);
                word.short = entry.short.contains(form);
                word.plural = entry.plural.contains(form);
                word.shy = entry.shy || (word.short && !form.ends_with('.'));
            }
        }
    }

    fn coded(&mut self, entry: &file::Coded, set: impl Fn(&mut Word)) {
        for form in entry.names.iter().chain(&entry.plural) {
            let word = self.word(form);
            set(word);
            word.plural |= entry.plural.contains(form);
            word.shy = entry.shy;
        }
    }

    fn units(&mut self, file: &file::Units) -> Result<(), Error> {
        for entry in &file.unit {
            let unit = Unit::from_name(&entry.name);
            let unit =
                unit.ok_or_else(|| Error::new("times/units.toml", format!("no unit {:?}", entry.name)))?;
            let forms = entry.singular.iter().chain(&entry.plural).chain(&entry.short);
            for form in forms.chain(&entry.often).chain(&entry.long) {
                let word = self.word(form);
                word.unit = Some(unit);
                word.plural |=
                    entry.plural.contains(form) || (entry.short.contains(form) && form.ends_with('s'));
                word.often = entry.often.contains(form);
                word.long = entry.long.contains(form);
            }
        }
        Ok(())
    }

    fn numbers(&mut self, file: &file::Numbers) {
        for (form, value) in &file.cardinal {
            self.word(form).number = Number::Cardinal(*value);
        }
        for (form, value) in &file.scale {
            self.word(form).number = Number::Scale(*value);
        }
        for (form, value) in &file.ordinal {
            self.word(form).ordinal = *value;
        }
        for (form, value) in &file.decade {
            self.word(form).decade = *value;
        }
    }

    fn roles(&mut self, path: &str, roles: &BTreeMap<String, Vec<String>>) -> Result<(), Error> {
        for (name, forms) in roles {
            let role = Role::from_name(name).ok_or_else(|| Error::new(path, format!("no role {name:?}")))?;
            for form in forms {
                self.word(form).add(role);
            }
        }
        Ok(())
    }

    fn phrases(&mut self, forms: &[String], means: Meaning) {
        for form in forms {
            let words: Vec<String> = form.split(' ').map(str::to_owned).collect();
            self.word(&words[0]);
            self.phrases.push(Phrase { words, means });
        }
    }

    fn bounds(&mut self, file: &file::Modifiers) -> Result<(), Error> {
        for entry in &file.modifier {
            let modifier = Modifier::from_name(&entry.name);
            if modifier.is_none() && !entry.name.is_empty() {
                return Err(Error::new("times/modifiers.toml", format!("no mod {:?}", entry.name)));
            }
            self.phrases(&entry.forms, Meaning::Bound(index(&self.bounds)));
            self.bounds.push(Bound { modifier, outside: entry.outside, amounts: entry.amounts });
        }
        Ok(())
    }

    fn references(&mut self, file: file::References) -> Result<(), Error> {
        for entry in file.reference {
            let tag = |name: &String| {
                let error = || Error::new("times/references.toml", format!("no tag {name:?}"));
                Tag::from_name(name).ok_or_else(error)
            };
            let tags = entry.tags.iter().map(tag).collect::<Result<_, _>>()?;
            self.phrases(&entry.forms, Meaning::Reference(index(&self.references)));
            let (not_after, not_before) = (entry.not_after, entry.not_before);
            self.references.push(Reference { value: entry.value, tags, not_after, not_before });
        }
        Ok(())
    }

    fn holidays(&mut self, file: &file::Holidays) -> Result<(), Error> {
        for entry in &file.holiday {
            let holiday = Holiday::parse(&entry.on);
            let error = || Error::new("times/holidays.toml", format!("cannot read on = {:?}", entry.on));
            self.phrases(&entry.names, Meaning::Holiday(index(&self.holidays)));
            self.holidays.push(holiday.ok_or_else(error)?);
        }
        Ok(())
    }

    /// Sorts the phrases by first word, longest first, and tells each first word where its own begin.
    fn freeze(mut self) -> TimeLexicon {
        self.phrases.sort_by(|a, b| {
            (&a.words[0], b.words.len(), &a.words).cmp(&(&b.words[0], a.words.len(), &b.words))
        });
        for (at, phrase) in self.phrases.iter().enumerate() {
            let word = self.words.get_mut(&phrase.words[0]).expect("entered with its phrase");
            if word.phrases.1 == 0 {
                word.phrases.0 = u16::try_from(at).expect("phrases are few");
            }
            word.phrases.1 += 1;
        }
        let longest = self.words.keys().map(String::len).max().unwrap_or(0);
        let mut ids = HashMap::with_hasher(BuildHasherDefault::<Fnv>::default());
        let mut words = vec![Word::default()];
        for (form, word) in std::mem::take(&mut self.words) {
            ids.insert(form.into_boxed_str(), index(&words));
            words.push(word);
        }
        let Self { phrases, references, holidays, bounds, .. } = self;
        TimeLexicon { ids, words, phrases, references, holidays, bounds, longest }
    }
}

fn index<T>(table: &[T]) -> u16 {
    u16::try_from(table.len()).expect("tables of the lexicon are small")
}
