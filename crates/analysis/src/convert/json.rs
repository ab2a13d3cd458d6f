//! A reader for the small JSON files of spaCy models.
//!
//! Keeps objects in file order, numbers as text; nothing is written.

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`, `true`, `false` or a number, as written.
    Plain(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn field(&self, key: &str) -> Option<&Value> {
        self.pairs().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn number(&self) -> Option<i64> {
        if let Self::Plain(text) = self { text.parse().ok() } else { None }
    }

    pub(crate) fn list(&self) -> &[Value] {
        if let Self::List(items) = self { items } else { &[] }
    }

    pub(crate) fn pairs(&self) -> &[(String, Value)] {
        if let Self::Object(pairs) = self { pairs } else { &[] }
    }
}

/// Reads one value that fills `text`; `None` if it is not JSON or nests deeper than 64.
pub(crate) fn read(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text, depth: 0 };
    let value = reader.value()?;
    reader.skip_space();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Takes `sign` if it comes next.
    fn take(&mut self, sign: char) -> bool {
        self.skip_space();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > 64 {
            return None;
        }
        let value = if self.take('"') {
            self.text().map(Value::Text)
        } else if self.take('[') {
            self.list()
        } else if self.take('{') {
            self.object()
        } else {
            self.plain()
        };
        self.depth -= 1;
        value
    }

    fn plain(&mut self) -> Option<Value> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let end = self.rest.find(|c| !is_plain(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        let known = matches!(word, "null" | "true" | "false") || word.parse::<f64>().is_ok();
        known.then(|| Value::Plain(word.to_owned()))
    }

    fn list(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        if self.take(']') {
            return Some(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.take(']') {
                return Some(Value::List(items));
            }
            self.take(',').then_some(())?;
        }
    }

    fn object(&mut self) -> Option<Value> {
        let mut pairs = Vec::new();
        if self.take('}') {
            return Some(Value::Object(pairs));
        }
        loop {
            self.take('"').then_some(())?;
            let key = self.text()?;
            self.take(':').then_some(())?;
            pairs.push((key, self.value()?));
            if self.take('}') {
                return Some(Value::Object(pairs));
            }
            self.take(',').then_some(())?;
        }
    }

    /// The rest of a string, after its opening quote.
    fn text(&mut self) -> Option<String> {
        let mut out = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => match chars.next()? {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' => out.push('\r'),
                    'b' => out.push('\u{8}'),
                    'f' => out.push('\u{c}'),
                    'u' => {
                        let (digits, rest) = chars.as_str().split_at_checked(4)?;
                        // Halves of surrogate pairs do not occur in these files and are refused.
                        out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                        chars = rest.chars();
                    }
                    sign @ ('"' | '\\' | '/') => out.push(sign),
                    _ => return None,
                },
                sign => out.push(sign),
            }
        }
        self.rest = chars.as_str();
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_in_file_order() {
        let value = read(r#" {"b": {"": 3}, "a": ["x\u00e9\"\n", null, -1.5e3]} "#).unwrap();
        assert_eq!(value.pairs()[0].0, "b");
        assert_eq!(value.field("b").unwrap().field("").unwrap().number(), Some(3));
        assert_eq!(value.field("a").unwrap().list()[0].text(), Some("xé\"\n"));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "[1,]", "{\"a\"}", "nul", "\"a", "1 2", "{\"a\":1", &"[".repeat(100)] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
