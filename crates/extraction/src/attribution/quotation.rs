//! Quotation marks of every style, paired: nested, running over paragraphs, told from apostrophes.
//!
//! Says where words stand in quotation marks, not whose words they are, nor whether they are quoted in earnest.

use tolmach_document::{Parsed, TextRange};
use tolmach_lexicon::reporting::Media;

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Marks included.
    pub range: TextRange,
    /// Without the marks.
    pub inner: TextRange,
    /// The quotation it stands in.
    pub parent: Option<usize>,
    /// “…”, «…», "…"; else ‘…’.
    pub double: bool,
    /// The quotation of the paragraph before, which this one continues.
    pub continues: Option<usize>,
    /// Whether its closing mark is there.
    pub closed: bool,
    /// Whether it carries speech: in double marks or of some length, and no title.
    pub speech: bool,
    /// Whether it is long enough to be read like a document of its own.
    pub whole: bool,
}

/// All quotations of a text, in order of their first byte, containers first.
#[derive(Clone, Debug, Default)]
pub struct Quotations {
    rows: Vec<Quotation>,
    innermost: Vec<Option<u32>>,
}

impl Quotations {
    /// Pairs the marks of `parsed.text`. Linear in its length.
    #[must_use]
    pub fn find(parsed: Parsed<'_>, media: &Media) -> Self {
        let mut rows = pair_text(parsed.text);
        for row in &mut rows {
            judge(parsed, media, row);
        }
        let innermost = innermost(parsed, &rows);
        Self { rows, innermost }
    }
    /// All of them.
    #[must_use]
    pub fn rows(&self) -> &[Quotation] {
        &self.rows
    }
    /// The innermost quotation that token `t` stands in, its marks included.
    #[must_use]
    pub fn around(&self, t: usize) -> Option<usize> {
        self.innermost[t].map(|q| q as usize)
    }
    /// Whether `q` is `top` or stands inside it.
    #[must_use]
    pub fn is_inside(&self, mut q: usize, top: usize) -> bool {
        while q != top {
            match self.rows[q].parent {
                Some(parent) => q = parent,
                None => return false,
            }
        }
        true
    }
}

/// Quotations of fewer words are scare quotes when single, and are not read by themselves.
const SINGLE_WORDS: usize = 5;
const WHOLE_WORDS: usize = 8;

fn judge(parsed: Parsed<'_>, media: &Media, row: &mut Quotation) {
    let words: Vec<&str> =
        parsed.text[row.inner].split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).collect();
    let title = is_title(parsed, media, row, &words);
    row.speech = !title && (row.double || words.len() >= SINGLE_WORDS);
    row.whole = row.speech && words.len() >= WHOLE_WORDS;
}

/// "in a piece entitled “The Next Ones”", "the film “River”", "“The Morning Herald”".
fn is_title(parsed: Parsed<'_>, media: &Media, row: &Quotation, words: &[&str]) -> bool {
    let before = parsed.token_at(row.range.start()).checked_sub(1).map(|t| parsed.lower(t));
    let announced = before.is_some_and(|lower| media.announces_title(lower));
    let ends = parsed.text[row.inner].trim_end().ends_with(['.', '!', '?', ',', '…']);
    let capital =
        |w: &&&str| w.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    announced && !ends
        || (2..9).contains(&words.len()) && !ends && capitals * 3 >= words.len() * 2 && capitals >= 2
}

/// For each token the last quotation that holds it; rows come containers first, so the last is the innermost.
fn innermost(parsed: Parsed<'_>, rows: &[Quotation]) -> Vec<Option<u32>> {
    let mut out = vec![None; parsed.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for (t, slot) in out.iter_mut().enumerate() {
        let at = parsed.range(t);
        while next < rows.len() && rows[next].range.start() < at.end() {
            open.push(next);
            next += 1;
        }
        open.retain(|q| rows[*q].range.end() > at.start());
        *slot = open.last().map(|q| *q as u32);
    }
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Open,
    Close,
    /// Straight marks between blanks, or between letters: whatever the state asks for.
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    at: usize,
    len: usize,
    turn: Turn,
    double: bool,
}

#[derive(Clone, Debug)]
struct Open {
    row: usize,
    mark: Mark,
}

/// Pairs the marks paragraph by paragraph. A quotation left open at the end of a paragraph goes on in the next
/// one if that begins with an opening mark, as printers do; otherwise it ends with its paragraph.
fn pair_text(text: &str) -> Vec<Quotation> {
    let mut rows: Vec<Quotation> = Vec::new();
    let mut pending: Option<usize> = None;
    for paragraph in paragraphs(text) {
        let marks = marks(text, paragraph);
        let opens = marks.first().is_some_and(|m| {
            m.double && m.turn != Turn::Close && text[paragraph.start()..m.at].trim().is_empty()
        });
        let carried = pending.filter(|_| opens);
        let mut attempt = pair(paragraph, &marks, rows.len(), carried, false);
        if carried.is_some() && attempt.surplus > 0 {
            // “A. ⏎ “B”, he says”, they said: the mark before B opens a quotation inside the first.
            let nested = pair(paragraph, &marks, rows.len(), carried, true);
            if nested.surplus < attempt.surplus {
                attempt = nested;
            }
        }
        rows.extend(attempt.rows);
        pending = attempt.pending;
    }
    order(rows)
}

struct Attempt {
    rows: Vec<Quotation>,
    /// Closing marks that closed nothing.
    surplus: usize,
    /// The outermost double quotation still open.
    pending: Option<usize>,
}

/// Pairs the marks of one paragraph; `base` is the number of rows before it. With `inside`, the carried
/// quotation runs on silently and the first mark opens another one in it.
fn pair(paragraph: TextRange, marks: &[Mark], base: usize, carried: Option<usize>, inside: bool) -> Attempt {
    let mut pairing = Pairing { rows: Vec::new(), open: Vec::new(), surplus: 0, base };
    if inside {
        let start = Mark { at: paragraph.start(), len: 0, turn: Turn::Open, double: true };
        pairing.open(start, carried);
    }
    for (at, mark) in marks.iter().enumerate() {
        let continues = carried.filter(|_| at == 0 && !inside);
        match mark.turn {
            Turn::Open => pairing.open(*mark, continues),
            Turn::Close => pairing.close(*mark),
            Turn::Either if pairing.open.iter().any(|o| o.mark.double == mark.double) => pairing.close(*mark),
            Turn::Either => pairing.open(*mark, continues),
        }
    }
    pairing.finish(paragraph)
}

struct Pairing {
    rows: Vec<Option<Quotation>>,
    open: Vec<Open>,
    surplus: usize,
    base: usize,
}

impl Pairing {
    fn open(&mut self, mark: Mark, continues: Option<usize>) {
        if self.open.len() == DEPTH {
            return;
        }
        let start = TextRange::at(mark.at, mark.at + mark.len);
        self.open.push(Open { row: self.rows.len(), mark });
        self.rows.push(Some(Quotation {
            range: start,
            inner: TextRange::at(start.end(), start.end()),
            parent: None,
            double: mark.double,
            continues,
            closed: false,
            speech: mark.double,
            whole: false,
        }));
    }

    fn close(&mut self, mark: Mark) {
        let Some(depth) = self.open.iter().rposition(|o| o.mark.double == mark.double) else {
            self.surplus += usize::from(mark.double);
            return;
        };
        if self.open[depth + 1..].iter().any(|o| o.mark.double) {
            // A single mark inside an open double quotation is an apostrophe.
            return;
        }
        for apostrophe in self.open.drain(depth + 1..) {
            self.rows[apostrophe.row] = None;
        }
        let open = self.open.pop().expect("rposition found it");
        self.end(open.row, mark.at, mark.at + mark.len, true);
    }

    fn end(&mut self, row: usize, inner_end: usize, end: usize, closed: bool) {
        if let Some(quotation) = &mut self.rows[row] {
            quotation.range = TextRange::at(quotation.range.start(), end);
            quotation.inner = TextRange::at(quotation.inner.start(), inner_end.max(quotation.inner.start()));
            quotation.closed = closed;
        }
    }

    fn finish(mut self, paragraph: TextRange) -> Attempt {
        let mut pending = None;
        for open in std::mem::take(&mut self.open) {
            if open.mark.double {
                self.end(open.row, paragraph.end(), paragraph.end(), false);
                pending = pending.or(Some(open.row));
            } else {
                self.rows[open.row] = None;
            }
        }
        let kept_before = |row: usize| self.rows[..row].iter().flatten().count();
        let pending = pending.map(|row| self.base + kept_before(row));
        Attempt { rows: self.rows.into_iter().flatten().collect(), surplus: self.surplus, pending }
    }
}

/// Sets parents. Rows are in order of their opening marks already.
fn order(mut rows: Vec<Quotation>) -> Vec<Quotation> {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..rows.len() {
        while open.last().is_some_and(|q| rows[*q].range.end() <= rows[at].range.start()) {
            open.pop();
        }
        rows[at].parent = open.last().copied();
        open.push(at);
    }
    rows
}

/// Stretches between line breaks. In hard-wrapped text only blank lines divide.
fn paragraphs(text: &str) -> Vec<TextRange> {
    let wrapped = is_wrapped(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let blank = line.trim().is_empty();
        if blank || !wrapped {
            out.push(TextRange::at(start, at).trimmed(text));
            start = at;
        }
    }
    out.push(TextRange::at(start, text.len()).trimmed(text));
    out.retain(|p| !p.is_empty());
    out
}

/// Whether most line ends stand inside sentences.
fn is_wrapped(text: &str) -> bool {
    let mut inside = 0usize;
    let mut lines = 0usize;
    let mut rest = text.lines().map(str::trim_end).peekable();
    while let Some(line) = rest.next() {
        let followed = rest.peek().is_some_and(|next| !next.trim().is_empty());
        if line.is_empty() || !followed {
            continue;
        }
        lines += 1;
        let last = line.chars().next_back().expect("not empty");
        inside += usize::from(line.len() > 40 && !matches!(last, '.' | '!' | '?' | ':' | '”' | '"' | '’'));
    }
    lines > 3 && inside * 10 > lines * 6
}

fn marks(text: &str, paragraph: TextRange) -> Vec<Mark> {
    let bytes = &text[paragraph];
    let mut out = Vec::new();
    let mut before = None;
    let mut chars = bytes.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let place = Place { before, after, rest: near(&bytes[offset + c.len_utf8()..]) };
        if let Some((turn, double)) = turn(c, place) {
            out.push(Mark { at: paragraph.start() + offset, len: c.len_utf8(), turn, double });
        }
        before = Some(c);
    }
    out
}

/// Single marks look for their partner no further than this many bytes, so that work stays linear.
const REACH: usize = 1500;
/// Quotations inside quotations; a text with more levels is not prose.
const DEPTH: usize = 12;

fn near(rest: &str) -> &str {
    let mut end = rest.len().min(REACH);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    &rest[..end]
}

#[derive(Clone, Copy)]
struct Place<'a> {
    before: Option<char>,
    after: Option<char>,
    rest: &'a str,
}

impl Place<'_> {
    fn starts_word(self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || "([{-–—/“‘„«\"'".contains(c))
            && self.after.is_some_and(|c| !c.is_whitespace())
    }
    fn ends_word(self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace()) && self.after.is_none_or(|c| !c.is_alphanumeric())
    }
    fn in_word(self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && self.after.is_some_and(char::is_alphanumeric)
    }
    /// "the workers’ strike’": a later mark closes, so this one only shows possession.
    fn is_possessive(self, open: char, close: char) -> bool {
        let plural = self.before.is_some_and(|c| c == 's' || c == 'S') && self.after == Some(' ');
        plural && {
            let next = self.rest.char_indices().find(|(at, c)| {
                *c == open && open != close || *c == close && !in_word_at(self.rest, *at, close)
            });
            next.is_some_and(|(at, c)| c == close && ends_word_at(self.rest, at, close) && at < 120)
        }
    }
    /// A straight or curly single mark opens only if one closes later in the paragraph.
    fn has_close(self, close: char) -> bool {
        self.rest.match_indices(close).any(|(at, _)| ends_word_at(self.rest, at, close))
    }
}

fn in_word_at(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + mark.len_utf8()..].chars().next();
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

fn ends_word_at(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + mark.len_utf8()..].chars().next();
    before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
}

/// Which way a mark turns, and whether it is a double one; `None` for apostrophes and other signs.
fn turn(c: char, place: Place<'_>) -> Option<(Turn, bool)> {
    match c {
        '«' | '„' | '〝' => Some((Turn::Open, true)),
        '»' | '〞' => Some((Turn::Close, true)),
        '“' | '”' => Some((curly(c == '“', place), true)),
        '"' | '＂' => Some((straight(place)?, true)),
        '‘' | '‹' if place.in_word() => None,
        '‘' | '‹' if place.has_close(if c == '‘' { '’' } else { '›' }) => Some((Turn::Open, false)),
        '’' if place.in_word() || place.is_possessive('‘', '’') => None,
        '’' | '›' => Some((Turn::Close, false)),
        '\'' if place.in_word() => None,
        '\'' if place.starts_word() && place.has_close('\'') => Some((Turn::Open, false)),
        '\'' if place.ends_word() && !place.is_possessive('\'', '\'') => Some((Turn::Close, false)),
        _ => None,
    }
}

/// Curly marks mean what they show, unless the blanks around them say the opposite ("„so“", "” Yes,”").
fn curly(opening: bool, place: Place<'_>) -> Turn {
    let glued_left = place.before.is_some_and(|c| c.is_alphanumeric() || ".,!?…".contains(c));
    let free_right = place.after.is_none_or(|c| c.is_whitespace() || ".,;:)".contains(c));
    let free_left = place.before.is_none_or(char::is_whitespace);
    let glued_right = place.after.is_some_and(char::is_alphanumeric);
    match opening {
        true if glued_left && free_right => Turn::Close,
        false if free_left && glued_right => Turn::Open,
        true => Turn::Open,
        false => Turn::Close,
    }
}

/// A straight mark turns by its blanks; after a digit it may be inches.
fn straight(place: Place<'_>) -> Option<Turn> {
    match (place.starts_word(), place.ends_word()) {
        (true, false) => Some(Turn::Open),
        (false, true) => Some(Turn::Close),
        _ => Some(Turn::Either),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each quotation as its inner words, indented by depth; `+` continues another, `…` has no closing mark.
    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let rows = pair_text(text);
        let have: Vec<String> = rows
            .iter()
            .map(|row| {
                let mut depth = 0;
                let mut up = row.parent;
                while let Some(q) = up {
                    depth += 1;
                    up = rows[q].parent;
                }
                let sign = if row.continues.is_some() { "+" } else { "" };
                let end = if row.closed { "" } else { "…" };
                format!("{}{sign}{}{end}", " ".repeat(depth), &text[row.inner])
            })
            .collect();
        assert_eq!(have, want);
    }

    #[test]
    fn styles_of_many_presses() {
        check("He said “yes”, she said «no», they said „perhaps“.", &["yes", "no", "perhaps"]);
        check(r#"He said "yes" and "no"."#, &["yes", "no"]);
        check("It was 'the end', he said.", &["the end"]);
    }

    #[test]
    fn apostrophes_are_not_quotation_marks() {
        check("The workers’ strike wasn’t over. It’s the miners’ turn.", &[]);
        check("They called it ‘the workers’ revenge’ then.", &["the workers’ revenge"]);
        check("He didn't see the dogs' bowls in '98.", &[]);
        check("‘One’ and ‘the others’ left.", &["One", "the others"]);
    }

    #[test]
    fn quotations_nest() {
        check("“He wrote “no” to me.”", &["He wrote “no” to me.", " no"]);
        check("“A ‘small’ thing”, he said.", &["A ‘small’ thing", " small"]);
        check("‘Why “now”?’ she asked.", &["Why “now”?", " now"]);
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        check("“First.\n\n“Second.”\n\nHe left.", &["First.…", "+Second."]);
    }

    #[test]
    fn a_quotation_left_open_ends_with_its_paragraph() {
        check("She said: “It is over.\n\nHe left.", &["It is over.…"]);
    }

    #[test]
    fn one_more_closing_mark_means_a_quotation_inside() {
        check(
            "“The tape was leaked.\n\n“They are next”, he says there”, the site said.",
            &["The tape was leaked.…", "+“They are next”, he says there", " They are next"],
        );
    }

    #[test]
    fn stray_marks_do_no_harm() {
        check("It ended”, he said.", &[]);
        check("“”", &[""]);
        check("\"", &["…"]);
        check("’’’‘‘‘", &[]);
    }
}
