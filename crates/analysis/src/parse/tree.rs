//! From arcs to trees: roots, heads of lifted arcs, sentence starts.
//!
//! Follows spaCy step by step, also where its edges stop short of the whole subtree, because sentence starts
//! depend on them.

use tolmach_document::Dep;

use crate::parse::labels::Label;
use crate::parse::transition::NONE;

/// Steps after which the search for the head of a lifted arc gives up; a sentence of a thousand tokens needs fewer.
/// Without it one endless sentence would take quadratic time.
const MOST_STEPS: usize = 1 << 17;
/// Sweeps after which edges are left as they are.
const MOST_SWEEPS: usize = 12;

/// Heads, labels and sentence starts of one text.
#[derive(Default)]
pub(crate) struct Tree {
    /// A root is its own head.
    pub(crate) heads: Vec<u32>,
    pub(crate) deps: Vec<Dep>,
    /// Whether a sentence begins at the token.
    pub(crate) starts: Vec<bool>,
    left: Vec<u32>,
    right: Vec<u32>,
    lifted: Vec<(u32, Dep)>,
}

impl Tree {
    /// Builds the trees of one text; `is_space` tells white space, which is never a true head.
    pub(crate) fn build(
        &mut self,
        heads: &[u32],
        labels: impl Iterator<Item = Label>,
        is_space: impl Fn(usize) -> bool,
    ) {
        self.heads.clear();
        self.heads
            .extend(heads.iter().enumerate().map(|(t, head)| if *head == NONE { t as u32 } else { *head }));
        self.deps.clear();
        self.lifted.clear();
        for (t, label) in labels.enumerate().take(heads.len()) {
            let is_root = heads[t] == NONE;
            self.deps.push(if is_root { Dep::Root } else { label.dep });
            if let (false, Some(head)) = (is_root, label.lifted_from) {
                self.lifted.push((t as u32, head));
            }
        }
        self.spread_edges();
        self.lower_arcs(is_space);
        self.spread_edges();
        self.mark_starts();
    }

    /// Gives lifted arcs their true heads, first token first.
    fn lower_arcs(&mut self, is_space: impl Fn(usize) -> bool) {
        let lifted = std::mem::take(&mut self.lifted);
        for (done, (token, _)) in lifted.iter().enumerate() {
            let head = self.true_head(&lifted[done..], &is_space);
            self.heads[*token as usize] = head;
        }
        self.lifted = lifted;
    }

    /// The head of the first of the `lifted` arcs: breadth first below its present head, the first child with
    /// the wanted label. Tokens in `lifted` still have decorated labels, which match nothing.
    fn true_head(&self, lifted: &[(u32, Dep)], is_space: &impl Fn(usize) -> bool) -> u32 {
        let (token, wanted) = lifted[0];
        let top = self.heads[token as usize];
        let mut steps = 0;
        let mut queue = vec![top];
        let mut at = 0;
        while let Some(parent) = queue.get(at).copied() {
            at += 1;
            let (left, right) = (self.left[parent as usize], self.right[parent as usize]);
            steps += (right - left) as usize;
            if steps > MOST_STEPS {
                break;
            }
            for child in left..=right {
                if child == parent
                    || child == token
                    || self.heads[child as usize] != parent
                    || is_space(child as usize)
                {
                    continue;
                }
                let is_decorated = || lifted.binary_search_by_key(&child, |(token, _)| *token).is_ok();
                if self.deps[child as usize] == wanted && !is_decorated() {
                    return child;
                }
                queue.push(child);
            }
        }
        top
    }

    /// Leftmost and rightmost token below each, swept until all heads lie inside their sentences.
    fn spread_edges(&mut self) {
        let n = self.heads.len() as u32;
        self.left.clear();
        self.left.extend(0..n);
        self.right.clear();
        self.right.extend(0..n);
        for _ in 0..MOST_SWEEPS {
            for token in 0..n as usize {
                self.spread(token);
            }
            for token in (0..n as usize).rev() {
                self.spread(token);
            }
            self.mark_starts();
            if self.heads_stay_inside() {
                break;
            }
        }
    }

    fn spread(&mut self, token: usize) {
        let head = self.heads[token] as usize;
        self.left[head] = self.left[head].min(self.left[token]);
        self.right[head] = self.right[head].max(self.right[token]);
    }

    /// A sentence begins at the left edge of every root.
    fn mark_starts(&mut self) {
        self.starts.clear();
        self.starts.resize(self.heads.len(), false);
        for (token, head) in self.heads.iter().enumerate() {
            if *head as usize == token {
                self.starts[self.left[token] as usize] = true;
            }
        }
    }

    /// As spaCy checks it: the last token of a text is not asked, and may be a head of the last sentence.
    fn heads_stay_inside(&self) -> bool {
        let n = self.heads.len();
        let mut from = 0;
        for end in 1..n {
            if self.starts[end] || end + 1 == n {
                let inside = from as u32..=end as u32;
                if self.heads[from..end].iter().any(|head| !inside.contains(head)) {
                    return false;
                }
                from = end;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line a token: its head and its label, `-` for none; expects heads and starts afterwards.
    #[track_caller]
    fn check(arcs: &str, heads: &str, starts: &str) {
        let rows: Vec<(u32, Label)> = arcs.split(", ").map(read_arc).collect();
        let found: Vec<u32> = rows.iter().map(|(head, _)| *head).collect();
        let mut tree = Tree::default();
        tree.build(&found, rows.iter().map(|(_, label)| *label), |_| false);
        let found: Vec<String> = tree.heads.iter().map(u32::to_string).collect();
        assert_eq!(found.join(" "), heads, "{arcs}");
        let found: String = tree.starts.iter().map(|start| if *start { '^' } else { '.' }).collect();
        assert_eq!(found, starts, "{arcs}");
    }

    fn read_arc(arc: &str) -> (u32, Label) {
        let (head, label) = arc.split_once(' ').unwrap_or((arc, ""));
        (head.parse().unwrap_or(NONE), Label::from_name(label).unwrap())
    }

    #[test]
    fn roots_head_themselves_and_sentences_begin_at_their_left_edges() {
        check("1 det, 2 nsubj, -, 4 det, -, 4 punct", "1 2 2 4 4 4", "^..^..");
    }

    #[test]
    fn a_lifted_arc_goes_down_to_the_first_label_that_fits() {
        // A report[1] came[2] out on Friday[4] about[5] it: `about` was lifted from the subject to the verb.
        check("1 det, 2 nsubj, -, 2 prep, 3 pobj, 2 prep||nsubj, 5 pobj", "1 2 2 2 3 1 5", "^......");
    }

    #[test]
    fn a_lifted_arc_without_fitting_label_stays() {
        check("1 det, -, 1 prep||dobj", "1 1 1", "^..");
    }

    #[test]
    fn labels_that_are_still_lifted_fit_nothing() {
        // Token 3 is itself lifted when token 2 looks for a `prep`.
        check("-, 0 dobj, 0 pobj||prep, 0 prep||dobj", "0 0 0 1", "^...");
        // Token 1 has been lowered before token 3 looks for a `prep`, but lies outside the old edges of its new head.
        check("-, 0 prep||dobj, 0 dobj, 0 pobj||prep", "0 2 0 0", "^...");
    }
}
