//! What speaks for a token being source, cue or content of a given cue. Shared by training and use.

use super::atoms::{Atom, feature};
use super::grammar;
use super::view::View;
use tolmach_document::{Dep, Parsed, Pos, TokenRange};

/// Parts a token can play for one cue.
pub const ROLES: usize = 4;
/// None.
pub const OUT: usize = 0;
/// In the source.
pub const SOURCE: usize = 1;
/// In the cue.
pub const CUE: usize = 2;
/// In the content.
pub const CONTENT: usize = 3;

/// What depends on the cue alone: the paths from its head to every token of the window.
pub struct Frame<'a> {
    view: View<'a>,
    heads: &'a [bool],
    head: usize,
    window: TokenRange,
    paths: Vec<Path>,
    group: TokenRange,
    doer: TokenRange,
    class: u32,
    frames: u32,
}

/// How a token hangs on the cue's head.
#[derive(Clone, Copy, Debug, Default)]
struct Path {
    /// Hash of the whole way, direction and labels; capped.
    whole: u32,
    /// The first step down from the cue or from its nearest common governor.
    branch: u32,
    /// The token that begins this branch.
    top: u32,
    /// Steps up.
    up: u8,
    /// Steps down.
    down: u8,
    known: bool,
}

impl<'a> Frame<'a> {
    /// Prepares `window` around the cue headed by `head`; `heads` says which tokens head cues.
    #[must_use]
    pub fn new(view: View<'a>, heads: &'a [bool], head: usize, window: TokenRange) -> Self {
        let group = grammar::verb_group(view.p, head);
        let doer =
            grammar::doer(view.p, head).map(|s| grammar::noun_phrase(view.p, s.head)).unwrap_or_default();
        let a = view.atoms[head];
        let frames = frames_of(view.p, head);
        let paths = paths(view.p, head, window);
        Self { view, heads, head, window, paths, group, doer, class: a.class, frames }
    }

    /// The window.
    #[must_use]
    pub fn window(&self) -> TokenRange {
        self.window
    }

    /// Features of token `t`, appended to `out`; those of `links` also weigh the step from one role to the next.
    pub fn features(&self, t: usize, out: &mut Vec<u32>, links: &mut Vec<u32>) {
        Features { f: self, t, out, links }.all();
    }
}

/// Which clauses and objects the cue has, as bits.
fn frames_of(p: Parsed<'_>, head: usize) -> u32 {
    p.children(head).fold(0, |bits, c| {
        bits | match p.dep(c) {
            Dep::Ccomp => 1,
            Dep::Xcomp => 2,
            Dep::Dobj => 4,
            Dep::Prep => 8,
            Dep::Agent => 16,
            Dep::Oprd => 32,
            Dep::Acl | Dep::Relcl => 64,
            Dep::Advcl => 128,
            _ => 0,
        }
    })
}

fn paths(p: Parsed<'_>, head: usize, window: TokenRange) -> Vec<Path> {
    let mut out = vec![Path::default(); window.len()];
    let mut up = 0u8;
    let mut hash = 1u32;
    let mut at = head;
    loop {
        if window.holds(at) {
            out[at - window.start] =
                Path { whole: hash, branch: 0, top: at as u32, up, down: 0, known: true };
        }
        if p.is_root(at) || up > 20 {
            break;
        }
        up += 1;
        hash = feature(900, &[hash, p.dep(at) as u32]);
        at = p.head(at);
    }
    let mut trail = Vec::new();
    for t in window.iter() {
        trail.clear();
        let mut at = t;
        while window.holds(at) && !out[at - window.start].known {
            trail.push(at);
            if p.is_root(at) || trail.len() > 200 {
                break;
            }
            at = p.head(at);
        }
        let mut from = if window.holds(at) { out[at - window.start] } else { Path::default() };
        for step in trail.iter().rev().copied() {
            from = down(p, from, step);
            out[step - window.start] = from;
        }
    }
    out
}

fn down(p: Parsed<'_>, from: Path, t: usize) -> Path {
    let dep = p.dep(t) as u32;
    let first = from.down == 0;
    Path {
        whole: if from.down < 4 { feature(901, &[from.whole, dep]) } else { from.whole },
        branch: if first { dep + 1 } else { from.branch },
        top: if first { t as u32 } else { from.top },
        up: if from.known { from.up } else { 99 },
        down: from.down.saturating_add(1),
        known: true,
    }
}

struct Features<'f, 'a, 'o> {
    f: &'f Frame<'a>,
    t: usize,
    out: &'o mut Vec<u32>,
    links: &'o mut Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Features<'_, '_, '_> {
    fn add(&mut self, template: u32, values: &[u32]) {
        self.out.push(feature(1000 + template, values));
    }
    fn link(&mut self, template: u32, values: &[u32]) {
        self.links.push(feature(2000 + template, values));
    }
    fn atom(&self, d: isize) -> Option<Atom> {
        self.t.checked_add_signed(d).filter(|t| self.f.window.holds(*t)).map(|t| self.f.view.atoms[t])
    }

    fn all(&mut self) {
        self.token();
        self.path();
        self.position();
        self.quotation();
        self.around();
        self.rivals();
        self.edges();
    }

    fn token(&mut self) {
        let a = self.f.view.atoms[self.t];
        let c = self.f.class;
        self.add(0, &[]);
        self.add(1, &[a.lower]);
        self.add(2, &[a.tag, a.dep]);
        self.add(3, &[a.pos, c]);
        self.add(4, &[a.entity, a.pos]);
        self.add(5, &[a.shape, a.pos]);
        self.add(6, &[a.dep, self.side()]);
    }

    fn side(&self) -> u32 {
        match self.t.cmp(&self.f.head) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        }
    }

    fn path(&mut self) {
        let f = self.f;
        let a = f.view.atoms[self.t];
        let cue = f.view.atoms[f.head];
        let path = f.paths[self.t - f.window.start];
        let side = self.side();
        let (up, downs) = (u32::from(path.up.min(5)), u32::from(path.down.min(5)));
        self.add(20, &[path.whole, side]);
        self.add(21, &[path.whole, cue.lemma]);
        self.add(22, &[path.branch, up, side]);
        self.add(23, &[path.branch, up, cue.lemma]);
        self.add(24, &[path.branch, up, f.class, side]);
        self.add(25, &[up, downs, a.dep, side]);
        self.add(26, &[path.branch, up, f.frames, side]);
        self.add(27, &[path.whole, a.pos]);
        self.add(28, &[path.branch, up, a.pos, cue.pos]);
        self.add(29, &[up, cue.dep, path.branch]);
        if path.known && path.down > 0 {
            let top = f.view.atoms[path.top as usize];
            self.add(30, &[path.branch, up, top.lower, side]);
            self.add(31, &[path.branch, up, top.lower, cue.lemma]);
            self.add(32, &[path.branch, up, top.tag, f.class]);
            let mark = self.mark_of(path.top as usize);
            self.add(33, &[path.branch, up, mark, side]);
            self.add(34, &[path.branch, up, mark, f.class]);
            let quotes = (f.view.quote(path.top as usize), f.view.quote(f.head));
            self.add(35, &[path.branch, up, quotes.0, quotes.1, side]);
            self.add(36, &[path.branch, up, top.entity, f.class]);
        }
        let doer = u32::from(f.doer.holds(self.t)) + 2 * u32::from(f.doer.is_empty());
        let group = u32::from(f.group.holds(self.t));
        self.add(37, &[doer, group]);
        self.add(38, &[doer, group, a.dep, f.class]);
        self.add(39, &[doer, a.lower]);
        self.add(40, &[group, a.lower, cue.lemma]);
    }

    fn mark_of(&self, top: usize) -> u32 {
        let p = self.f.view.p;
        p.children(top)
            .find(|m| {
                p.dep(*m) == Dep::Mark
                    || p.dep(*m) == Dep::Aux && p.lower(*m) == "to"
                    || p.tag(*m).name().starts_with('W')
            })
            .map_or(NONE, |m| self.f.view.atoms[m].lower)
    }

    fn position(&mut self) {
        let f = self.f;
        let p = f.view.p;
        let a = f.view.atoms[self.t];
        let side = self.side();
        let distance = bucket(self.t.abs_diff(f.head));
        let sentences = p.sentence_index(self.t) as i64 - p.sentence_index(f.head) as i64;
        let sentence = (sentences.clamp(-2, 3) + 2) as u32;
        self.add(50, &[distance, side]);
        self.add(51, &[distance, side, f.class]);
        self.add(52, &[distance, side, a.pos]);
        let quote = f.view.quote(self.t);
        self.add(53, &[sentence, quote]);
        self.add(54, &[sentence, side]);
        let (lo, hi) = (self.t.min(f.head), self.t.max(f.head));
        let between = (lo + 1..hi.min(lo + 30)).filter(|t| p.word(*t) == ",").count().min(3) as u32;
        let verbs = (lo + 1..hi.min(lo + 30)).filter(|t| p.pos(*t) == Pos::Verb).count().min(3) as u32;
        self.add(55, &[between, side, sentence]);
        self.add(56, &[verbs, side, sentence]);
        self.add(57, &[between, verbs, side, quote, sentence]);
        self.add(58, &[sentence, f.frames, side]);
    }

    fn quotation(&mut self) {
        let f = self.f;
        let a = f.view.atoms[self.t];
        let cue = f.view.atoms[f.head];
        let mine = f.view.speech_around(self.t);
        let its = f.view.speech_around(f.head);
        let relation = match (its, mine) {
            (None, None) => 0,
            (None, Some(_)) => 1,
            (Some(_), None) => 2,
            (Some(i), Some(m)) if i == m => 3,
            (Some(i), Some(m)) if f.view.quotes.is_inside(m, i) => 4,
            (Some(i), Some(m)) if f.view.quotes.is_inside(i, m) => 5,
            _ => 6,
        };
        let side = self.side();
        let sentences = f.view.p.sentence_index(self.t) as i64 - f.view.p.sentence_index(f.head) as i64;
        let sentence = (sentences.clamp(-2, 3) + 2) as u32;
        self.add(60, &[relation, side]);
        self.add(61, &[relation, side, sentence]);
        self.add(62, &[relation, cue.lemma]);
        self.add(63, &[relation, f.class, f.frames, side]);
        self.add(64, &[relation, f.view.quote(self.t), a.pos, side]);
        if let Some(m) = mine {
            let words = f.view.p.tokens_in(f.view.quotes.rows()[m].range);
            self.add(65, &[relation, bucket(words.len()), side]);
            self.add(
                66,
                &[
                    relation,
                    bucket(words.len()),
                    bucket(words.start.abs_diff(f.head).min(words.end.abs_diff(f.head))),
                ],
            );
        }
    }

    fn around(&mut self) {
        for (at, d) in [-1isize, 1].into_iter().enumerate() {
            let at = at as u32;
            let (lower, pos, tag, dep) =
                self.atom(d).map_or((NONE, NONE, NONE, NONE), |a| (a.lower, a.pos, a.tag, a.dep));
            self.add(70, &[at, lower]);
            self.add(71, &[at, tag]);
            self.add(72, &[at, dep, pos, self.side()]);
        }
    }

    /// Other cues between this token and the cue, or above the token.
    fn rivals(&mut self) {
        let f = self.f;
        let p = f.view.p;
        let side = self.side();
        let (lo, hi) = (self.t.min(f.head), self.t.max(f.head));
        let between = (lo + 1..hi).take(60).filter(|t| f.heads[*t]).count().min(3) as u32;
        let path = f.paths[self.t - f.window.start];
        let down = path.down as usize;
        let above =
            p.ancestors(self.t).take(down).filter(|a| f.heads[*a] && *a != f.head).count().min(2) as u32;
        let top = u32::from(path.down > 0 && f.heads[path.top as usize]);
        let mine = u32::from(f.heads[self.t] && self.t != f.head);
        let up = u32::from(path.up.min(3));
        self.add(80, &[between, side]);
        self.add(81, &[between, above, side, up]);
        self.add(82, &[top, path.branch, up, side]);
        self.add(83, &[mine, side, f.class]);
        self.add(84, &[above, path.branch, up]);
        self.add(85, &[between, f.view.quote(self.t), side]);
    }

    /// What may begin or end a stretch here.
    fn edges(&mut self) {
        let f = self.f;
        let p = f.view.p;
        let a = f.view.atoms[self.t];
        let before = self.atom(-1);
        let (lower, pos) = before.map_or((NONE, NONE), |b| (b.lower, b.pos));
        let quote = f.view.quote(self.t);
        let quote_before = before.map_or(NONE, |_| f.view.quote(self.t - 1));
        let path = f.paths[self.t - f.window.start];
        let last = self.t.checked_sub(1).filter(|t| f.window.holds(*t)).map(|t| f.paths[t - f.window.start]);
        let same = last.is_some_and(|l| l.top == path.top && l.known && path.known);
        let side = self.side();
        let new_sentence = f.view.sentence(self.t).start == self.t;
        self.link(0, &[]);
        self.link(1, &[side, u32::from(same)]);
        self.link(2, &[a.lower]);
        self.link(3, &[lower]);
        self.link(4, &[a.pos, pos]);
        self.link(5, &[quote, quote_before, side]);
        self.link(6, &[path.branch, u32::from(path.up.min(5)), last.map_or(NONE, |l| l.branch), side]);
        self.link(7, &[u32::from(new_sentence), side, quote]);
        self.link(8, &[a.dep, side, u32::from(same)]);
        self.link(9, &[path.branch, u32::from(same), f.view.atoms[f.head].lemma]);
        let (own, left) = (
            p.subtree(self.t).start == self.t,
            self.t > 0 && p.analysis.right_edges[self.t - 1] as usize == self.t - 1,
        );
        self.link(10, &[u32::from(own), u32::from(left), a.dep, side]);
        let starts = self.opened(self.t);
        self.link(11, &[starts, side]);
    }

    /// Label of the largest subtree that begins at `t`.
    fn opened(&self, t: usize) -> u32 {
        let p = self.f.view.p;
        let mut at = t;
        for _ in 0..40 {
            if p.is_root(at) || p.subtree(p.head(at)).start != t {
                break;
            }
            at = p.head(at);
        }
        p.dep(at) as u32
    }
}

fn bucket(n: usize) -> u32 {
    match n {
        0..=3 => n as u32,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        36..=60 => 9,
        _ => 10,
    }
}
