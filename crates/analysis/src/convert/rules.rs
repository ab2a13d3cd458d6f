//! The attribute ruler's patterns, rewritten as the lines that [`crate::word::rules`] reads.

use std::fmt::Write;

use tolmach_document::{Dep, Pos, Tag};

use crate::convert::Sections;
use crate::error::Error;
use crate::msgpack::{self, Value};

const FILE: &str = "attribute_ruler/patterns";

/// Rewrites all patterns, in order.
pub(crate) fn convert(bytes: &[u8], out: &mut Sections) -> Result<(), Error> {
    let file = msgpack::read(bytes).map_err(|error| Error::new(FILE, error))?;
    let mut lines = String::new();
    for (index, rule) in file.list().iter().enumerate() {
        write_rule(rule, &mut lines)
            .map_err(|reason| Error::new(FILE, format_args!("rule {index}: {reason}")))?;
    }
    out.text("model/rules".to_owned(), lines);
    Ok(())
}

fn write_rule(rule: &Value<'_>, out: &mut String) -> Result<(), String> {
    let field = |name| rule.field(name).ok_or(format!("no {name}"));
    let target: usize = field("index")?.int().ok_or("an index from the end is not supported")?;
    put(out, format_args!("rule\t{target}"));
    for (name, value) in field("attrs")?.pairs() {
        let (name, value) = (name.text().unwrap_or_default(), value.text().ok_or("an attribute is no text")?);
        check_set(name, value).ok_or(format!("cannot set {name} to {value:?}"))?;
        put(out, format_args!("set\t{}\t{value}", name.to_lowercase()));
    }
    for pattern in field("patterns")?.list() {
        put(out, format_args!("pattern"));
        for token in pattern.list() {
            put(out, format_args!("token"));
            for (name, value) in token.pairs() {
                write_test(name.text().unwrap_or_default(), value, out)?;
            }
        }
    }
    Ok(())
}

fn put(out: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(out, "{line}").expect("writing to a string does not fail");
}

fn check_set(name: &str, value: &str) -> Option<()> {
    if value.contains(['\t', '\n']) {
        return None;
    }
    match name {
        "POS" => Pos::from_name(value).map(drop),
        "TAG" => Tag::from_name(value).map(drop),
        "DEP" => Dep::from_name(value).map(drop),
        "MORPH" | "LEMMA" => Some(()),
        _ => None,
    }
}

fn write_test(name: &str, value: &Value<'_>, out: &mut String) -> Result<(), String> {
    let unsupported = || format!("the condition {name} {value:?} is not supported");
    if let ("IS_SPACE", Value::Bool(value)) = (name, value) {
        put(out, format_args!("space\tin\t{value}"));
        return Ok(());
    }
    let (side, values) = match value {
        Value::Str(value) => ("in", vec![(*value).to_owned()]),
        Value::Map(pairs) => match pairs.as_slice() {
            [(operator, values)] => read_operator(operator, values).ok_or_else(unsupported)?,
            _ => return Err(unsupported()),
        },
        _ => return Err(unsupported()),
    };
    if !matches!((name, side), ("TAG" | "DEP", _) | ("LOWER", "in"))
        || values.iter().any(|v| v.contains(['\t', '\n']))
    {
        return Err(unsupported());
    }
    // Rules also name tags of other treebanks; no token ever has them.
    let exists = |value: &&String| match name {
        "TAG" => Tag::from_name(value).is_some(),
        "DEP" => Dep::from_name(value).is_some(),
        _ => true,
    };
    let values: String = values.iter().filter(exists).map(|value| format!("\t{value}")).collect();
    put(out, format_args!("{}\t{side}{values}", name.to_lowercase()));
    Ok(())
}

fn read_operator(operator: &Value<'_>, values: &Value<'_>) -> Option<(&'static str, Vec<String>)> {
    let list =
        || values.list().iter().map(|value| value.text().map(str::to_owned)).collect::<Option<Vec<_>>>();
    match operator.text()? {
        "IN" => Some(("in", list()?)),
        "NOT_IN" => Some(("not", list()?)),
        "REGEX" => Some(("in", spell_out(values.text()?)?)),
        _ => None,
    }
}

/// All words that a regular expression of letters, classes of letters and `?`, anchored at both ends, matches.
fn spell_out(expression: &str) -> Option<Vec<String>> {
    let mut rest = expression.strip_prefix('^')?.strip_suffix('$')?;
    let mut words = vec![String::new()];
    while let Some(first) = rest.chars().next() {
        let (choices, after) = match rest.strip_prefix('[') {
            Some(class) => class.split_once(']')?,
            None => rest.split_at(first.len_utf8()),
        };
        if choices.chars().any(|c| !c.is_alphanumeric() && c != '\'') {
            return None;
        }
        let optional = after.starts_with('?');
        let longer = words.iter().flat_map(|word| choices.chars().map(move |c| format!("{word}{c}")));
        words = if optional { longer.chain(words.iter().cloned()).collect() } else { longer.collect() };
        rest = &after[usize::from(optional)..];
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::spell_out;

    #[test]
    fn small_expressions_are_spelt_out() {
        assert_eq!(spell_out("^n'?t$").unwrap(), ["n't", "nt"]);
        assert_eq!(spell_out("^n[ou]thin'$").unwrap(), ["nothin'", "nuthin'"]);
        for other in ["n't", "^a*$", "^(a|b)$", "^[^a]$", "^[a$"] {
            assert_eq!(spell_out(other), None, "{other}");
        }
    }
}
