//! What speaks for a token being the head of a cue. Shared by training and use.

use super::atoms::feature;
use super::grammar::{self, Tie};
use super::view::View;
use tolmach_document::{Dep, Pos};

/// Whether `t` can head a cue at all.
#[must_use]
pub fn is_candidate(view: View<'_>, t: usize) -> bool {
    let p = view.p;
    match p.pos(t) {
        Pos::Verb => true,
        Pos::Aux => !matches!(p.dep(t), Dep::Aux | Dep::Auxpass),
        Pos::Noun | Pos::Propn | Pos::Adj | Pos::Adp | Pos::Adv | Pos::Sconj | Pos::Part => true,
        Pos::Punct => matches!(p.word(t), ":" | "―" | "—" | "–" | "--"),
        _ => false,
    }
}

/// Features of token `t` as the head of a cue, appended to `out`.
pub fn of(view: View<'_>, t: usize, out: &mut Vec<u32>) {
    let mut f = Features { view, t, out };
    f.word();
    f.children();
    f.governor();
    f.subject();
    f.quotation();
    f.window();
    f.place();
}

struct Features<'a, 'o> {
    view: View<'a>,
    t: usize,
    out: &'o mut Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Features<'_, '_> {
    fn add(&mut self, template: u32, values: &[u32]) {
        self.out.push(feature(template, values));
    }

    fn word(&mut self) {
        let a = self.view.atoms[self.t];
        self.add(0, &[]);
        self.add(1, &[a.lemma, a.pos]);
        self.add(2, &[a.lower]);
        self.add(3, &[a.tag]);
        self.add(4, &[a.dep]);
        self.add(5, &[a.lemma, a.dep]);
        self.add(6, &[a.suffix, a.pos]);
        self.add(7, &[a.class, a.pos]);
        self.add(8, &[a.class, a.dep, a.pos]);
        self.add(9, &[a.shape, a.pos]);
        self.add(10, &[a.entity, a.pos]);
        self.add(11, &[a.lemma, a.tag]);
    }

    fn children(&mut self) {
        let p = self.view.p;
        let own = self.view.atoms[self.t];
        let mut seen = 0u32;
        for c in p.children(self.t) {
            let a = self.view.atoms[c];
            let side = u32::from(c > self.t);
            if a.pos == Pos::Punct as u32 {
                continue;
            }
            seen |= 1 << (a.dep % 32);
            self.add(20, &[a.dep, side]);
            self.add(21, &[a.dep, a.lemma]);
            self.add(22, &[a.dep, own.lemma, side]);
            self.add(23, &[a.dep, a.pos, own.class]);
            self.add(24, &[a.dep, a.entity, own.lemma]);
            if matches!(p.dep(c), Dep::Prep | Dep::Advmod | Dep::Prt | Dep::Neg | Dep::Aux) {
                self.add(25, &[a.lemma, own.lemma]);
            }
            if matches!(p.dep(c), Dep::Ccomp | Dep::Xcomp | Dep::Advcl | Dep::Acl | Dep::Pcomp) {
                self.clause(c);
            }
            if p.dep(c) == Dep::Prep {
                self.preposition(c);
            }
        }
        self.add(26, &[seen]);
        self.add(27, &[seen, own.class]);
    }

    /// A clause below the candidate: its mark, its verb form, whether it stands in quotation marks.
    fn clause(&mut self, c: usize) {
        let p = self.view.p;
        let own = self.view.atoms[self.t];
        let a = self.view.atoms[c];
        let mark = p
            .children(c)
            .find(|m| matches!(p.dep(*m), Dep::Mark) || p.dep(*m) == Dep::Aux && p.lower(*m) == "to")
            .map_or(NONE, |m| self.view.atoms[m].lower);
        let subject = u32::from(p.children(c).any(|s| matches!(p.dep(s), Dep::Nsubj | Dep::Nsubjpass)));
        let side = u32::from(c > self.t);
        self.add(30, &[a.dep, mark]);
        self.add(31, &[a.dep, mark, own.lemma]);
        self.add(32, &[a.dep, a.tag, subject, side]);
        self.add(33, &[a.dep, self.view.quote(c), self.view.quote(self.t)]);
        self.add(34, &[a.dep, a.lemma]);
    }

    fn preposition(&mut self, c: usize) {
        let p = self.view.p;
        let own = self.view.atoms[self.t];
        let a = self.view.atoms[c];
        if let Some(object) = p.children(c).find(|o| matches!(p.dep(*o), Dep::Pobj | Dep::Pcomp)) {
            let o = self.view.atoms[object];
            self.add(36, &[a.lemma, o.pos, own.lemma]);
            self.add(37, &[a.lemma, o.lemma]);
        }
    }

    fn governor(&mut self) {
        let p = self.view.p;
        let own = self.view.atoms[self.t];
        let up = p.head(self.t);
        let a = if up == self.t { None } else { Some(self.view.atoms[up]) };
        let (lemma, pos, class, dep) =
            a.map_or((NONE, NONE, NONE, NONE), |a| (a.lemma, a.pos, a.class, a.dep));
        self.add(40, &[own.dep, lemma]);
        self.add(41, &[own.dep, pos, class]);
        self.add(42, &[own.lemma, own.dep, class]);
        self.add(43, &[own.lemma, lemma]);
        self.add(44, &[own.dep, dep, pos]);
        let mut chain = own.dep;
        let mut above = 0u32;
        for (depth, up) in p.ancestors(self.t).enumerate().take(6) {
            let a = self.view.atoms[up];
            if depth < 3 {
                chain = feature(99, &[chain, a.dep]);
            }
            if a.class > 0 && above == 0 && a.pos == Pos::Verb as u32 {
                above = a.class;
                self.add(45, &[own.dep, above, a.lemma]);
            }
        }
        self.add(46, &[chain]);
        self.add(47, &[above, own.class]);
    }

    fn subject(&mut self) {
        let p = self.view.p;
        let own = self.view.atoms[self.t];
        let passive = u32::from(grammar::is_passive(p, self.t));
        let doer = grammar::doer(p, self.t);
        self.add(50, &[passive, own.lemma]);
        let Some(doer) = doer else {
            self.add(51, &[passive, own.class]);
            self.add(52, &[own.lemma, passive]);
            return;
        };
        let tie = match doer.tie {
            Tie::Own => 0,
            Tie::Shared => 1,
            Tie::Controlled => 2,
            Tie::Modified => 3,
        };
        let s = self.view.atoms[doer.head];
        let side = u32::from(doer.head > self.t);
        self.add(53, &[s.lemma]);
        self.add(54, &[s.entity, s.pos, tie]);
        self.add(55, &[s.tag, own.lemma]);
        self.add(56, &[s.entity, own.lemma]);
        self.add(57, &[tie, own.lemma]);
        self.add(58, &[s.lower, own.class]);
        self.add(59, &[side, tie, passive, own.class]);
        self.add(60, &[s.suffix, own.class]);
        self.add(61, &[s.lemma, own.lemma]);
    }

    fn quotation(&mut self) {
        let own = self.view.atoms[self.t];
        let sentence = self.view.sentence(self.t);
        let quote = self.view.quote(self.t);
        let before = (sentence.start..self.t).rev().find(|t| self.view.quote(*t) >= 4);
        let after = (self.t + 1..sentence.end).find(|t| self.view.quote(*t) >= 4);
        let near = |d: usize| d.min(12) as u32 / 3;
        let before = before.map_or(9, |b| near(self.t - b));
        let after = after.map_or(9, |a| near(a - self.t));
        self.add(70, &[quote]);
        self.add(71, &[quote, before, after]);
        self.add(72, &[own.lemma, u32::from(before < 9), u32::from(after < 9), quote]);
        self.add(73, &[own.class, before, after]);
        self.add(74, &[own.pos, before, after, quote]);
    }

    fn window(&mut self) {
        let own = self.view.atoms[self.t];
        let at = |d: isize| {
            self.t.checked_add_signed(d).filter(|t| *t < self.view.p.len()).map(|t| self.view.atoms[t])
        };
        let around: Vec<_> = [-2, -1, 1, 2].into_iter().map(|d| (d, at(d))).collect();
        for (at, (_, a)) in around.iter().enumerate() {
            let at = at as u32;
            let (lower, pos, tag) = a.map_or((NONE, NONE, NONE), |a| (a.lower, a.pos, a.tag));
            self.add(80, &[at, lower]);
            self.add(81, &[at, pos, own.class]);
            self.add(82, &[at, tag, own.pos]);
            if at == 1 || at == 2 {
                self.add(83, &[at, lower, own.lemma]);
                self.add(84, &[at, tag, own.lemma]);
            }
        }
        if let (Some(left), Some(right)) = (around[1].1, around[2].1) {
            self.add(85, &[left.pos, own.pos, right.pos]);
            self.add(86, &[left.lower, right.lower]);
        }
    }

    fn place(&mut self) {
        let p = self.view.p;
        let own = self.view.atoms[self.t];
        let sentence = self.view.sentence(self.t);
        let index = p.sentence_index(self.t);
        let from = self.t - sentence.start;
        let left = sentence.end - 1 - self.t;
        self.add(90, &[(index as u32).min(3), own.pos]);
        self.add(91, &[(from as u32).min(10), own.class]);
        self.add(92, &[(left as u32).min(10), own.class]);
        self.add(93, &[(sentence.len() as u32 / 5).min(8), own.pos]);
        let last = self.view.atoms[sentence.end - 1];
        self.add(94, &[last.lower, own.pos]);
        let before = (sentence.start..self.t).filter(|t| self.view.atoms[*t].class > 0).count();
        let after = (self.t + 1..sentence.end).filter(|t| self.view.atoms[*t].class > 0).count();
        self.add(95, &[before.min(3) as u32, after.min(3) as u32, own.class]);
        self.add(96, &[(index as u32).min(1), own.lemma]);
    }
}
