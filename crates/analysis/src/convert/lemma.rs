//! The lemmatizer's tables, as sorted word lists and lists of suffix rules.

use tolmach_document::Pos;

use crate::convert::Sections;
use crate::error::Error;
use crate::msgpack::{self, Value};
use crate::strings;

const FILE: &str = "lemmatizer/lookups/lookups.bin";

/// Writes the tables of every part of speech that has some.
pub(crate) fn convert(bytes: &[u8], out: &mut Sections) -> Result<(), Error> {
    let file = msgpack::read(bytes).map_err(|error| Error::new(FILE, error))?;
    if file.field("lemma_rules").is_none() {
        return Err(Error::new(FILE, "no table lemma_rules"));
    }
    for pos in Pos::ALL {
        let pos = pos.name().to_lowercase();
        let table = |name: &str| {
            let table = file.field(name)?;
            table.numbered(i128::from(strings::id(&pos))).or_else(|| table.field(&pos))
        };
        for (name, part) in [("lemma_rules", "rules"), ("lemma_index", "index"), ("lemma_exc", "exceptions")]
        {
            let Some(table) = table(name) else { continue };
            let lines = match part {
                "rules" => rules(table),
                "index" => index(table),
                _ => exceptions(table),
            };
            let lines = lines.ok_or_else(|| Error::new(FILE, format_args!("cannot read {name} of {pos}")))?;
            out.text(format!("model/lemma/{pos}.{part}"), lines);
        }
    }
    Ok(())
}

/// A word that can stand between tabs and line ends.
fn word<'a>(value: &Value<'a>) -> Option<&'a str> {
    value.text().filter(|word| !word.contains(['\t', '\n']))
}

fn rules(table: &Value<'_>) -> Option<String> {
    let rule = |rule: &Value<'_>| match rule.list() {
        [old, new] => Some(format!("{}\t{}\n", word(old)?, word(new)?)),
        _ => None,
    };
    table.list().iter().map(rule).collect()
}

fn index(table: &Value<'_>) -> Option<String> {
    let mut words: Vec<&str> = table.list().iter().map(word).collect::<Option<_>>()?;
    words.sort_unstable();
    words.dedup();
    Some(words.iter().map(|word| format!("{word}\n")).collect())
}

fn exceptions(table: &Value<'_>) -> Option<String> {
    let mut rows = Vec::new();
    for (form, lemmas) in table.pairs() {
        let lemmas: Vec<&str> = lemmas.list().iter().map(word).collect::<Option<_>>()?;
        rows.push((word(form)?, lemmas.join("\t")));
    }
    rows.sort_unstable();
    Some(rows.iter().map(|(form, lemmas)| format!("{form}\t{lemmas}\n")).collect())
}
