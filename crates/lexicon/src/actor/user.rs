//! A user's own registry of actors, laid over the carried one: lines `NAME [CODE]` as the PETRARCH coders write them,
//! or tab-separated rows of our own.
//!
//! Reads no file; knows neither agents nor verbs. Dates of codes are honoured only as far as the undated or the first
//! code goes: offices with days belong into `offices.tsv`.

use super::{Actor, ActorId, ActorRegistry, Known, Use, folded};
use crate::Error;
use tolmach_document::EntityKind;

/// Codes that stand for no actor.
const DISCARDS: [&str; 3] = ["---", "###", "+++"];

/// Endings of the adjectives and peoples of a name.
const ENDINGS: [&str; 8] = ["n", "ns", "an", "ans", "ian", "ians", "i", "is"];

/// One actor as the user's file has it.
#[derive(Default)]
struct Draft {
    names: Vec<String>,
    code: Option<String>,
}

impl ActorRegistry {
    /// Adds the actors of a user's `text`; they go before carried ones of the same name. Gives their number.
    ///
    /// # Errors
    /// Names the line that cannot be read.
    pub fn extend(&mut self, file: &str, text: &str) -> Result<usize, Error> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut hidden = false;
        for (at, line) in text.lines().enumerate() {
            let line = uncommented(line, &mut hidden);
            if line.trim().is_empty() {
                continue;
            }
            if !line.starts_with(char::is_whitespace) && line.trim_end().contains('\t') && !line.contains('[') {
                drafts.push(row(line).ok_or_else(|| Error::outside(file, format!("line {}: want name, code, other names", at + 1)))?);
            } else {
                entry(line, &mut drafts);
            }
        }
        let known: Vec<Draft> = drafts.into_iter().filter(|d| d.code.is_some() && !d.names.is_empty()).collect();
        let count = known.len();
        known.into_iter().for_each(|draft| self.enter(draft));
        Ok(count)
    }

    fn enter(&mut self, draft: Draft) {
        let Some(code) = draft.code else { return };
        let id = ActorId(u32::try_from(self.actors.len()).expect("fewer than 2^32 actors"));
        let country = (code.len() == 3).then(|| code.clone());
        let slug: Vec<String> = folded(&draft.names[0]).split_whitespace().map(str::to_owned).collect();
        let actor = Actor {
            id: format!("user/{}", slug.join("-")),
            name: draft.names[0].clone(),
            kind: if country.is_some() { EntityKind::Gpe } else { EntityKind::Org },
            country: country.clone().or_else(|| code.get(..3).map(str::to_owned)),
            sectors: code.get(3..6).filter(|s| s.len() == 3).map(str::to_owned).into_iter().collect(),
            code: Some(code),
            gender: None,
            roles: Vec::new(),
        };
        self.by_id.entry(actor.id.clone()).or_insert(id);
        self.actors.push(actor);
        for name in &draft.names {
            self.names.prefer(name, Known { actor: id, by: Use::Name });
            for ending in ENDINGS.iter().filter(|_| country.is_some() && !name.contains(' ')) {
                self.names.prefer(&derived(name, ending), Known { actor: id, by: Use::Adjective });
            }
        }
    }
}

/// `Ruritania` with `n`, `Bulgar` with `ian`: a vowel is not doubled.
fn derived(name: &str, ending: &str) -> String {
    let stem = if ending.starts_with(['a', 'i']) { name.trim_end_matches(['a', 'e', 'i', 'o']) } else { name };
    format!("{stem}{ending}")
}

/// The line without comments, `<!-- … -->` over several lines among them.
fn uncommented<'t>(line: &'t str, hidden: &mut bool) -> &'t str {
    let line = match (*hidden, line.find("-->")) {
        (true, None) => return "",
        (true, Some(end)) => {
            *hidden = false;
            &line[end + 3..]
        }
        (false, _) => line,
    };
    let line = match line.find("<!--") {
        Some(start) => {
            *hidden = !line[start..].contains("-->");
            &line[..start]
        }
        None => line,
    };
    line.split('#').next().unwrap_or("")
}

/// Our own form: name, code, other names between `|`.
fn row(line: &str) -> Option<Draft> {
    let mut cells = line.split('\t').map(str::trim);
    let name = cells.next().filter(|name| !name.is_empty())?;
    let code = cells.next().filter(|code| code.len() >= 3)?;
    let others = cells.next().unwrap_or("").split('|').map(str::trim).filter(|n| !n.is_empty());
    Some(Draft { names: std::iter::once(name).chain(others).map(str::to_owned).collect(), code: Some(code.to_owned()) })
}

/// `NAME [CODE]`, `+OTHER NAME`, or a code on a line of its own.
fn entry(line: &str, drafts: &mut Vec<Draft>) {
    let (words, code) = line.split_once('[').map_or((line, None), |(words, rest)| (words, rest.split(']').next()));
    let words = words.trim();
    if !words.is_empty() && !words.starts_with('+') {
        drafts.push(Draft::default());
    }
    let Some(draft) = drafts.last_mut() else { return };
    let name = titled(words.trim_start_matches('+'));
    if !name.is_empty() {
        draft.names.push(name);
    }
    let code = code.map(|code| code.split(['<', '>', ' ']).find(|part| !part.is_empty()).unwrap_or(""));
    if let Some(code) = code.filter(|code| code.len() >= 3 && !DISCARDS.contains(code))
        && draft.code.is_none()
    {
        draft.code = Some(code.to_uppercase());
    }
}

/// `CENTRAL_AFRICAN_REPUBLIC_` as it stands in a text. Short words in capitals stay so.
fn titled(words: &str) -> String {
    let words = words.replace('_', " ");
    let word = |w: &str| -> String {
        if w.contains('.') || (w.chars().count() < 3 && w.chars().all(char::is_uppercase)) {
            return w.to_owned();
        }
        let mut start = true;
        w.chars()
            .map(|c| {
                let out = if start { c } else { c.to_lowercase().next().unwrap_or(c) };
                start = !c.is_alphanumeric();
                out
            })
            .collect()
    };
    words.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::PlaceLexicon;

    #[test]
    fn both_forms_give_actors_that_go_first() {
        let place = PlaceLexicon::embedded().unwrap();
        let mut registry = ActorRegistry::embedded(place.countries()).unwrap();
        let text = "<!-- made up -->\nSYLDAVIA_ [SYL] # a state\n+KLOW\nBORDURIAN_LEGION\n\t[BRDMIL < 950601]\nNOBODY [---]\nFrance\tGAL\tGauls|Gaul";
        assert_eq!(registry.extend("mine.txt", text).unwrap(), 3);
        for (name, code) in
            [("Syldavia", "SYL"), ("Syldavian", "SYL"), ("Klow", "SYL"), ("Bordurian Legion", "BRDMIL"), ("France", "GAL"), ("Gaul", "GAL")]
        {
            let known = registry.names.exact(name).unwrap_or_else(|| panic!("{name} is unknown"));
            assert_eq!(registry.actor(known.actor).code.as_deref(), Some(code), "{name}");
        }
        assert!(registry.names.exact("Nobody").is_none());
        assert!(registry.extend("mine.txt", "Name\tAB\tOther").unwrap_err().to_string().contains("line 1"));
    }
}
