//! Whose quotation is it? Every quotation that carries speech belongs to one reading, whole.
//!
//! Claims come from the readings' contents; what nobody claims is left to `rules`.

use super::learned::Reading;
use super::view::View;
use tolmach_document::TokenRange;

/// For each quotation the reading that owns it, as an index into `readings`.
#[must_use]
pub fn owners(view: View<'_>, readings: &[Reading]) -> Vec<Option<usize>> {
    let mut claims: Vec<Vec<usize>> = vec![Vec::new(); view.quotes.rows().len()];
    for (at, reading) in readings.iter().enumerate() {
        for q in touched(view, reading) {
            claims[q].push(at);
        }
    }
    let mut owners: Vec<Option<usize>> =
        claims.iter().enumerate().map(|(q, claims)| best(view, readings, q, claims)).collect();
    hand_back(view, readings, &mut owners);
    owners
}

/// “First paragraph. ⏎ “Second one”, she said: both are hers, unless another's cue leads into the first.
fn hand_back(view: View<'_>, readings: &[Reading], owners: &mut [Option<usize>]) {
    let rows = view.quotes.rows();
    for q in (0..rows.len()).rev() {
        let (Some(before), Some(owner)) = (rows[q].continues, owners[q]) else { continue };
        let start = words(view, before).start;
        let led = owners[before].is_some_and(|at| touches(words(view, before), readings[at].head));
        if !led && readings[owner].head > start && rows[before].speech {
            owners[before] = Some(owner);
        }
    }
}

/// The reading that owns quotation `q`.
#[must_use]
pub fn owner(view: View<'_>, readings: &[Reading], q: usize) -> Option<usize> {
    let claims: Vec<usize> =
        (0..readings.len()).filter(|at| touched(view, &readings[*at]).contains(&q)).collect();
    best(view, readings, q, &claims)
}

/// Quotations that carry speech at the reading's own level, of which its content holds at least two words in five.
fn touched(view: View<'_>, reading: &Reading) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for t in reading.content.iter().flat_map(|r| r.iter()) {
        let Some(q) = level_quotation(view, reading, t) else { continue };
        if out.last() != Some(&q) && !out.contains(&q) {
            out.push(q);
        }
    }
    out.retain(|q| {
        let words = words(view, *q);
        let held = words.iter().filter(|t| reading.says(*t)).count();
        held * 5 >= words.len() * 2 && !words.holds(reading.head)
    });
    out
}

/// The outermost speech around `t` below the level that the reading was read at.
fn level_quotation(view: View<'_>, reading: &Reading, t: usize) -> Option<usize> {
    let rows = view.quotes.rows();
    let mut found = None;
    let mut at = view.quotes.around(t);
    while let Some(q) = at.filter(|q| Some(*q) != reading.level) {
        if rows[q].speech {
            found = Some(q);
        }
        at = rows[q].parent;
    }
    found
}

fn words(view: View<'_>, q: usize) -> TokenRange {
    view.p.tokens_in(view.quotes.rows()[q].range)
}

/// A cue in the same sentence before one further off, one that touches the quotation before one that does not, the
/// surer before the less sure.
fn best(view: View<'_>, readings: &[Reading], q: usize, claims: &[usize]) -> Option<usize> {
    let words = words(view, q);
    let away = |at: usize| {
        let s = view.p.sentence_index(readings[at].head);
        let (first, last) = (view.p.sentence_index(words.start), view.p.sentence_index(words.end - 1));
        first.saturating_sub(s).max(s.saturating_sub(last))
    };
    let apart = |at: usize| !touches(words, readings[at].head);
    claims.iter().copied().min_by(|a, b| {
        away(*a)
            .cmp(&away(*b))
            .then(apart(*a).cmp(&apart(*b)))
            .then(readings[*b].score.total_cmp(&readings[*a].score))
            .then(a.cmp(b))
    })
}

/// Whether nothing but a mark or "that" stands between the cue and what it announces: "stressing that “…”".
fn touches(words: TokenRange, head: usize) -> bool {
    head < words.start && words.start - head <= 2
}

/// Gives each quotation wholly to its owner and takes it from all others of the same level.
pub fn complete(view: View<'_>, readings: &mut [Reading]) {
    let owners = owners(view, readings);
    let mut of_owner: Vec<Vec<usize>> = vec![Vec::new(); readings.len()];
    for (q, owner) in owners.iter().enumerate() {
        if let Some(owner) = owner {
            of_owner[*owner].push(q);
        }
    }
    for (at, reading) in readings.iter_mut().enumerate() {
        let gained: Vec<TokenRange> = of_owner[at].iter().map(|q| words(view, *q)).collect();
        let others =
            touched(view, reading).into_iter().filter(|q| owners[*q].is_some_and(|owner| owner != at));
        let lost: Vec<TokenRange> = others.map(|q| words(view, q)).collect();
        if !gained.is_empty() || !lost.is_empty() {
            reading.recontent(view, &gained, &lost);
        }
    }
}
