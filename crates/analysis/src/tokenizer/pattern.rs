//! Reads the model's prefix, suffix and infix expressions into rules, at conversion.
//!
//! Understands the forms that spaCy builds its expressions from, and refuses the rest rather than guess.

use super::affix::{Ahead, Body, LONGEST_UNIT, Rule};
use super::class::CharSet;

/// What could not be read, and where.
pub type Refusal = String;

/// Where an alternative is tied to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Each begins with `^`.
    Start,
    /// Each ends with `$`.
    End,
    /// Neither.
    None,
}

/// The alternatives of `pattern` in order; neighbours that are one unconditional character become one class.
///
/// # Errors
/// Quotes the alternative that has another form.
pub fn read(pattern: &str, anchor: Anchor) -> Result<Vec<Rule<CharSet>>, Refusal> {
    let mut rules: Vec<Rule<CharSet>> = Vec::new();
    for alternative in split(pattern) {
        let rule = read_alternative(alternative, anchor)
            .ok_or_else(|| format!("pattern of an unknown form: {}", shortened(alternative)))?;
        match (rules.last_mut(), rule) {
            (
                Some(Rule { behind: b1, body: Body::Class(set), ahead: Ahead::Any }),
                Rule { behind: b2, body: Body::Class(more), ahead: Ahead::Any },
            ) if b1.is_empty() && b2.is_empty() => {
                set.add(&more);
            }
            (_, rule) => rules.push(rule),
        }
    }
    Ok(rules)
}

/// Cuts out the class before `{2,63}` of the web address expression: the letters of a top-level domain.
#[must_use]
pub fn top_level(url: &str) -> Option<(CharSet, String)> {
    let close = url.find("]{2,63}")?;
    let open = url[..close].rfind('[')?;
    let mut reader = Reader { rest: &url[open..] };
    let set = reader.class()?;
    (reader.rest.len() == url.len() - close - 1)
        .then(|| (set, format!("{}{}", &url[..open], &url[close + 1..])))
}

/// Splits at each `|` outside of brackets.
fn split(pattern: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut in_class, mut depth, mut escaped) = (false, 0, false);
    for (at, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            _ if in_class => {}
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => {
                parts.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}

fn read_alternative(text: &str, anchor: Anchor) -> Option<Rule<CharSet>> {
    let text = match anchor {
        Anchor::Start => text.strip_prefix('^')?,
        Anchor::End => text.strip_suffix('$').filter(|text| !text.ends_with('\\'))?,
        Anchor::None => text,
    };
    let mut reader = Reader { rest: text };
    let behind = if reader.eat("(?<=") { reader.sequence()? } else { Vec::new() };
    let body = reader.body()?;
    let ahead = reader.ahead()?;
    let rule = Rule { behind, body, ahead };
    (reader.rest.is_empty() && is_within_reach(&rule, anchor)).then_some(rule)
}

/// The scanner relies on this: a run of dots is taken whole, and a suffix ends the text.
fn is_within_reach(rule: &Rule<CharSet>, anchor: Anchor) -> bool {
    let unconditional = rule.behind.is_empty() && rule.ahead == Ahead::Any;
    let short = |string: &String| string.chars().count() <= LONGEST_UNIT;
    let body = match &rule.body {
        Body::Dots => unconditional,
        Body::OneOf(strings) => rule.behind.is_empty() || strings.iter().all(short),
        Body::Class(_) => true,
    };
    body && (anchor != Anchor::End || rule.ahead == Ahead::Any)
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn eat(&mut self, expected: &str) -> bool {
        let rest = self.rest.strip_prefix(expected);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// Classes and single characters up to the closing parenthesis.
    fn sequence(&mut self) -> Option<Vec<CharSet>> {
        let mut sets = Vec::new();
        while !self.eat(")") {
            sets.push(match self.rest.starts_with('[') {
                true => self.class()?,
                false => CharSet::one(self.literal()?),
            });
        }
        Some(sets)
    }

    fn body(&mut self) -> Option<Body<CharSet>> {
        if self.eat(r"\.\.+") {
            return Some(Body::Dots);
        }
        if self.rest.starts_with('[') {
            return self.class().map(Body::Class);
        }
        if self.eat("(?:") {
            return self.strings().map(Body::OneOf);
        }
        let string = self.string()?;
        let mut chars = string.chars();
        match (chars.next()?, chars.next()) {
            (c, None) => Some(Body::Class(CharSet::one(c))),
            _ => Some(Body::OneOf(vec![string])),
        }
    }

    fn ahead(&mut self) -> Option<Ahead<CharSet>> {
        let (found, not) = (self.eat("(?="), self.eat("(?!"));
        if !found && !not {
            return Some(Ahead::Any);
        }
        let set = self.class()?;
        self.eat(")").then_some(if found { Ahead::In(set) } else { Ahead::NotIn(set) })
    }

    /// Strings between bars up to the closing parenthesis.
    fn strings(&mut self) -> Option<Vec<String>> {
        let mut strings = vec![self.string()?];
        while self.eat("|") {
            strings.push(self.string()?);
        }
        self.eat(")").then_some(strings)
    }

    /// Characters up to something with a meaning; at least one.
    fn string(&mut self) -> Option<String> {
        let mut string = String::new();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', '(', ')']) {
            string.push(self.literal()?);
        }
        (!string.is_empty()).then_some(string)
    }

    /// One character that stands for itself outside of a class.
    fn literal(&mut self) -> Option<char> {
        match self.next()? {
            '\\' => self.escape(),
            '[' | ']' | '(' | ')' | '{' | '}' | '.' | '*' | '+' | '?' | '^' | '$' | '|' => None,
            c => Some(c),
        }
    }

    /// What follows a backslash: punctuation, or a code point in hexadecimal.
    fn escape(&mut self) -> Option<char> {
        let digits = match self.next()? {
            'u' => 4,
            'U' => 8,
            c => return c.is_ascii_punctuation().then_some(c),
        };
        let (hex, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        char::from_u32(u32::from_str_radix(hex, 16).ok()?)
    }

    /// A class from bracket to bracket; no complements.
    fn class(&mut self) -> Option<CharSet> {
        if !self.eat("[") || self.rest.starts_with(['^', ']']) {
            return None;
        }
        let mut set = CharSet::default();
        while !self.eat("]") {
            let first = self.member()?;
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let last = if is_range && self.eat("-") { self.member()? } else { first };
            set.0.push(first as u32..=last as u32);
        }
        Some(set)
    }

    fn member(&mut self) -> Option<char> {
        match self.next()? {
            '\\' => self.escape(),
            c => Some(c),
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(60).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> CharSet {
        CharSet(text.chars().map(|c| c as u32..=c as u32).collect())
    }

    #[test]
    fn each_known_form_is_read() {
        let plain = |body| Rule { behind: vec![], body, ahead: Ahead::Any };
        assert_eq!(
            read(r"^§|^\!|^\.\.+|^US\$|^\+(?![0-9])", Anchor::Start).unwrap(),
            [
                plain(Body::Class(set("§!"))),
                plain(Body::Dots),
                plain(Body::OneOf(vec!["US$".into()])),
                Rule {
                    behind: vec![],
                    body: Body::Class(set("+")),
                    ahead: Ahead::NotIn(CharSet(vec![0x30..=0x39])),
                },
            ]
        );
        assert_eq!(
            read(r"(?<=°[Ff])\.$|(?<=[\-9])(?:km|%)$", Anchor::End).unwrap(),
            [
                Rule { behind: vec![set("°"), set("Ff")], body: Body::Class(set(".")), ahead: Ahead::Any },
                Rule {
                    behind: vec![set("-9")],
                    body: Body::OneOf(vec!["km".into(), "%".into()]),
                    ahead: Ahead::Any
                },
            ]
        );
        let infix = read(r"(?<=[a|(\u0041-])[:<](?=[\U0001F600])", Anchor::None).unwrap();
        assert_eq!(infix[0].behind, [set("a|(A-")]);
        assert_eq!(infix[0].ahead, Ahead::In(set("😀")));
    }

    #[test]
    fn other_forms_are_refused() {
        for (pattern, anchor) in [
            ("a", Anchor::Start),
            ("a", Anchor::End),
            (r"\$", Anchor::End),
            ("a*", Anchor::None),
            ("[^a]", Anchor::None),
            (r"\w", Anchor::None),
            ("(a)", Anchor::None),
            ("[a", Anchor::None),
            ("", Anchor::None),
            (r"(?<=[a])\.\.+", Anchor::None),
            (r"a(?=[b])$", Anchor::End),
            (r"(?<=[0-9])(?:kilometres)$", Anchor::End),
        ] {
            assert!(read(pattern, anchor).is_err(), "{pattern}");
        }
    }

    #[test]
    fn the_top_level_class_is_cut_out_of_an_address() {
        let (letters, frame) = top_level(r"^[A-Z]\.(?:[a-z\u00DF]{2,63})$").unwrap();
        assert_eq!(letters, CharSet(vec![0x61..=0x7a, 0xdf..=0xdf]));
        assert_eq!(frame, r"^[A-Z]\.(?:{2,63})$");
    }
}
