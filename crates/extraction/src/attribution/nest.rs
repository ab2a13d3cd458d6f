//! Which readings stand, and which stands inside which.
//!
//! Two readings may each hold the other's cue; the surer one wins. A reading whose cue lies in another's content is
//! its child.

use super::grammar;
use super::hop;
use super::learned::Reading;
use super::view::View;
use tolmach_document::TokenRange;

/// A reading that stands, with the index of the one that holds it.
#[derive(Clone, Debug)]
pub struct Nested {
    /// The reading.
    pub reading: Reading,
    /// Its holder, an index into the same list.
    pub parent: Option<usize>,
}

impl Reading {
    /// Whether token `t` is part of what is said.
    #[must_use]
    pub fn says(&self, t: usize) -> bool {
        self.content.iter().any(|r| r.holds(t))
    }
    /// The first token of all its parts.
    #[must_use]
    pub fn first(&self) -> usize {
        let all = self.cue.iter().chain(&self.source).chain(&self.content);
        all.map(|r| r.start).min().unwrap_or(self.head)
    }
    /// Adds and removes stretches of the content; cue and source keep their words.
    pub fn recontent(&mut self, view: View<'_>, gained: &[TokenRange], lost: &[TokenRange]) {
        let mut held: Vec<TokenRange> = self.content.iter().chain(gained).copied().collect();
        held.sort();
        let mut joined: Vec<TokenRange> = Vec::new();
        for range in held {
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        let mut holes: Vec<TokenRange> = lost.to_vec();
        holes.extend(self.cue.iter().chain(&self.source));
        self.content = joined.into_iter().flat_map(|r| grammar::without(view.p, r, &holes)).collect();
    }
    fn cites(&self, t: usize) -> bool {
        self.cue.iter().any(|r| r.holds(t))
    }
}

/// Settles conflicts and finds parents; of children only those that `inside` believes stay. In order of first words.
#[must_use]
pub fn settle(view: View<'_>, mut readings: Vec<Reading>, inside: impl Fn(&Reading) -> bool) -> Vec<Nested> {
    readings.retain(|r| !r.content.is_empty());
    readings.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.head.cmp(&b.head)));
    let mut kept: Vec<Reading> = Vec::new();
    for reading in readings {
        let rival = |k: &Reading| k.cites(reading.head) || k.says(reading.head) && reading.says(k.head);
        if !kept.iter().any(rival) {
            kept.push(reading);
        }
    }
    let sure: Vec<bool> = (0..kept.len())
        .map(|at| holder(&kept, at).is_none_or(|h| hop::is_hop(&kept[h])) || inside(&kept[at]))
        .collect();
    let mut sure = sure.iter();
    kept.retain(|_| *sure.next().expect("one for each"));
    kept.sort_by_key(|r| (r.first(), r.head));
    let parents: Vec<Option<usize>> = (0..kept.len()).map(|at| holder(&kept, at)).collect();
    for at in 0..kept.len() {
        if let Some(parent) = parents[at] {
            hold_whole(view, &mut kept, at, parent);
        }
    }
    kept.into_iter().zip(parents).map(|(reading, parent)| Nested { reading, parent }).collect()
}

/// “All is lost”, the pilot says in the recording, the Post said: the Post carries the words before the pilot's cue too.
fn hold_whole(view: View<'_>, kept: &mut [Reading], at: usize, parent: usize) {
    let before = |r: &TokenRange| r.end <= kept[at].head && !kept[parent].says(r.start);
    let free = |r: &TokenRange| {
        !r.iter().any(|t| kept[parent].cites(t) || kept[parent].source.iter().any(|s| s.holds(t)))
    };
    let near = kept[at].level == kept[parent].level && kept[parent].head > kept[at].head;
    let gained: Vec<TokenRange> =
        kept[at].content.iter().copied().filter(|r| near && before(r) && free(r)).collect();
    if !gained.is_empty() {
        kept[parent].recontent(view, &gained, &[]);
    }
}

/// The holder with the shortest content.
fn holder(kept: &[Reading], at: usize) -> Option<usize> {
    if let Some(named) = kept[at].holder {
        return kept.iter().position(|k| k.head == named);
    }
    let head = kept[at].head;
    let size = |r: &Reading| r.content.iter().map(|c| c.len()).sum::<usize>();
    (0..kept.len())
        .filter(|k| *k != at && kept[*k].says(head))
        .min_by_key(|k| (size(&kept[*k]), kept[*k].holder.is_none(), *k))
}
