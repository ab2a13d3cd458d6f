//! Runs one example of `data/times/examples/`: what was read against what is promised.

use tolmach_document::{Table, TimeExpression};
use tolmach_lexicon::time::Example;

/// Compares the times read from an example's text with those it promises.
///
/// # Errors
/// Says what was promised and what was read.
pub fn check(example: &Example, read: &Table<TimeExpression>) -> Result<(), String> {
    let read: Vec<String> = read.iter().map(|row| line(&example.text, row)).collect();
    if read == example.times {
        return Ok(());
    }
    Err(format!("{}: {:?}\n  promised {:?}\n  read     {read:?}", example.file, example.text, example.times))
}

/// "surface = VALUE MOD", as the examples write it.
fn line(text: &str, row: &TimeExpression) -> String {
    let modifier = row.modifier.map_or(String::new(), |modifier| format!(" {modifier}"));
    format!("{} = {}{modifier}", &text[row.range], row.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Context;
    use tolmach_document::{Analysis, Dep, Document, Iob, Moment, Parsed, Pos, Tag, TextRange, Token};
    use tolmach_lexicon::Lexicon;
    use tolmach_lexicon::time::TimeLexicon;

    /// Every example that needs no parse, on a tokenizer that only cuts: no tags, no heads, no names.
    #[test]
    fn examples_hold_on_bare_tokens() {
        let lexicon = Lexicon::embedded().unwrap();
        let mut wrong = Vec::new();
        let examples = TimeLexicon::examples().unwrap();
        assert!(examples.iter().filter(|example| !example.parsed).count() > 40);
        for example in examples.iter().filter(|example| !example.parsed) {
            let read = read(&lexicon, &example.text, example.published.as_deref());
            wrong.extend(check(example, &read).err());
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn impossible_dates_are_reported_and_not_read() {
        let lexicon = Lexicon::embedded().unwrap();
        let document = document("It was due on 31 February 2023 and on February 30.", Some("2023-01-05"));
        let analysis = cut(&document.text);
        let mut issues = Vec::new();
        let ctx = context(&document, &analysis, &lexicon);
        assert_eq!(super::super::find(ctx, &mut issues).len(), 0);
        let told: Vec<&str> = issues.iter().map(|issue| issue.message.as_str()).collect();
        assert_eq!(told, ["no such day: 31 February 2023", "no such day: February 30"]);
        assert_eq!(issues[0].code, "time.impossible-date");
    }

    /// A value with an interval lies in it, and nothing panics, whatever words stand side by side.
    #[test]
    fn any_words_side_by_side_give_values_that_read_back() {
        let lexicon = Lexicon::embedded().unwrap();
        let words = "the last next this late early end of May 31 1998 ' 80s '98 three hundred quarter year ago years \
                     later - to and , Friday night noon 10:30 p.m. BC 20th century every half a weekend before 9999 XX \
                     Christmas mid-1990s in first fiscal day old Q3 2021/22 12/31/1999 29 February 0 ½ about";
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut state = 7u64;
        for _ in 0..300 {
            let mut text = String::new();
            for _ in 0..60 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(words[(state >> 33) as usize % words.len()]);
                text.push(' ');
            }
            let published = ["2024-02-29", "1999-12-31", "9999-12-31"][(state >> 40) as usize % 3];
            for row in &read(&lexicon, &text, Some(published)) {
                let interval = super::super::value::interval(&row.value);
                assert_eq!(row.interval.is_some() && interval.is_none(), false, "{row:?}");
                assert!(row.interval.is_none_or(|i| i.start < i.end), "{row:?} in {text}");
            }
        }
    }

    fn read(lexicon: &Lexicon, text: &str, published: Option<&str>) -> Table<TimeExpression> {
        let document = document(text, published);
        let analysis = cut(text);
        super::super::find(context(&document, &analysis, lexicon), &mut Vec::new())
    }

    fn document(text: &str, published: Option<&str>) -> Document {
        Document {
            text: text.to_owned(),
            published: published.and_then(Moment::parse),
            ..Document::default()
        }
    }

    fn context<'a>(document: &'a Document, analysis: &'a Analysis, lexicon: &'a Lexicon) -> Context<'a> {
        Context { document, parsed: Parsed::new(&document.text, analysis), lexicon, gazetteer: None }
    }

    /// Cuts as the language engine does where times are concerned: hyphens between words and figures, clitics,
    /// punctuation; "a.m." and "Aug." stay whole.
    fn cut(text: &str) -> Analysis {
        let mut a = Analysis::default();
        let mut push = |start: usize, end: usize, blank: bool| {
            a.tokens.push(Token { range: TextRange::at(start, end), blank_after: blank });
            a.lowers.push(&text[start..end].to_lowercase());
            a.lemmas.push(&text[start..end].to_lowercase());
            a.tags.push(Tag::None);
            a.pos.push(Pos::None);
            a.heads.push(u32::try_from(a.tokens.len() - 1).unwrap());
            a.deps.push(Dep::None);
            a.entities.push(Iob::Out);
        };
        let mut start = 0;
        for word in text.split(' ') {
            let mut pieces = pieces(word);
            pieces.retain(|piece| !piece.is_empty());
            let mut at = start;
            for (n, piece) in pieces.iter().enumerate() {
                push(at, at + piece.len(), n + 1 == pieces.len());
                at += piece.len();
            }
            start += word.len() + 1;
        }
        let mut starts = vec![false; a.tokens.len()];
        starts.first_mut().map(|first| *first = true);
        a.link(&starts);
        a
    }

    fn pieces(word: &str) -> Vec<&str> {
        const WHOLE: [&str; 12] = [
            "a.m.",
            "p.m.",
            "Aug.",
            "Nov.",
            "Dec.",
            "Oct.",
            "Feb.",
            "Sept.",
            "Jan.",
            "mid-1990s",
            "o'clock",
            "'98",
        ];
        if WHOLE.contains(&word) {
            return vec![word];
        }
        if let Some((before, after)) = word.split_once(['-']) {
            let mut out = pieces(before);
            out.push("-");
            out.extend(pieces(after));
            return out;
        }
        if let Some(at) = word.find("'s").filter(|at| *at > 0) {
            return vec![&word[..at], &word[at..at + 2], &word[at + 2..]];
        }
        match word.strip_suffix([',', '.', ';', '?']) {
            Some(rest) => {
                let mut out = pieces(rest);
                out.push(&word[rest.len()..]);
                out
            }
            None => match word.strip_prefix('\'') {
                Some(rest) => vec!["'", rest],
                None => vec![word],
            },
        }
    }
}
