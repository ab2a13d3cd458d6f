//! Does a claim say anything? "He gave no evidence for the claim" reports no words of his.
//!
//! Looks at classes of words alone; which words attribute, and whom they deny, was settled long before.

use tolmach_document::{Analysis, Attribution, AttributionKind, Dep, Pos, Stance, Tag, TextRange};

/// Determiners by which a noun takes up what was said before.
const DEFINITE: [&str; 7] = ["the", "this", "that", "these", "those", "such", "it"];
/// Words that open a question which a source leaves unanswered: "did not say whether".
const QUESTION: [&str; 2] = ["whether", "if"];

/// Whether the content carries nothing that could be true or false: it takes up earlier words ("this", "the
/// claim"), names the silence itself ("to comment"), or is a question that the source leaves open.
#[must_use]
pub fn is_hollow(analysis: &Analysis, a: &Attribution) -> bool {
    if a.kind == AttributionKind::Direct || !matches!(a.stance, Stance::Assert | Stance::Deny | Stance::Doubt) {
        return false;
    }
    let content: Vec<usize> = a.content.iter().flat_map(|range| tokens(analysis, *range)).collect();
    let cue: Vec<usize> = a.cue.iter().flat_map(|range| tokens(analysis, *range)).collect();
    is_bare(analysis, &content) || (is_negated(analysis, &cue) && asks(analysis, &content))
}

/// At most one word of substance, and that one known already or an infinitive.
fn is_bare(a: &Analysis, content: &[usize]) -> bool {
    let is_substance = |t: &&usize| matches!(a.pos[**t], Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj | Pos::Num);
    let has_subject = content.iter().any(|t| matches!(a.deps[*t], Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj));
    let Some(first) = content.iter().find(|t| !matches!(a.pos[**t], Pos::Punct | Pos::Space | Pos::Adp)) else {
        return true;
    };
    let opens_known = matches!(a.tags[*first], Tag::PrpDollar | Tag::Prp | Tag::To) || DEFINITE.contains(&a.lowers.get(*first));
    let substance: Vec<&usize> = content.iter().filter(is_substance).collect();
    match substance.as_slice() {
        [] => !has_subject || content.len() < 3,
        [one] => opens_known && !has_subject && a.pos[**one] != Pos::Num,
        _ => false,
    }
}

fn is_negated(a: &Analysis, cue: &[usize]) -> bool {
    let near = |t: usize| cue.contains(&t) || cue.contains(&(a.heads[t] as usize));
    let (Some(first), Some(last)) = (cue.first(), cue.last()) else { return false };
    let around = first.saturating_sub(3)..(last + 2).min(a.tokens.len());
    around.into_iter().any(|t| a.deps[t] == Dep::Neg && near(t))
}

fn asks(a: &Analysis, content: &[usize]) -> bool {
    content.first().is_some_and(|t| {
        matches!(a.tags[*t], Tag::Wp | Tag::Wrb | Tag::Wdt) || QUESTION.contains(&a.lowers.get(*t))
    })
}

/// The tokens that begin inside `range`.
fn tokens(a: &Analysis, range: TextRange) -> std::ops::Range<usize> {
    let from = a.tokens.partition_point(|t| t.range.start() < range.start());
    let to = a.tokens.partition_point(|t| t.range.start() < range.end());
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;
    use tolmach_document::{Certainty, RuleId, Score};

    /// Whether `content` of `text` is hollow when `cue` attributes it; `None` without the data file.
    fn check(text: &str, cue: &str, content: &str, stance: Stance) -> Option<bool> {
        let analysis = tolmach_testing::analysis(text)?;
        let range = |words: &str| {
            let at = text.find(words).expect("the words stand in the text");
            vec![TextRange::at(at, at + words.len())]
        };
        let attribution = Attribution {
            kind: AttributionKind::Indirect,
            source: None,
            cue: range(cue),
            cue_lemma: String::new(),
            content: range(content),
            stance,
            parent: None,
            channel: None,
            denies: Vec::new(),
            supports: Vec::new(),
            time: None,
            place: None,
            certainty: Certainty::Certain,
            rule: RuleId("attr.model"),
            score: Score(1.0),
        };
        Some(is_hollow(&analysis, &attribution))
    }

    #[test]
    fn what_takes_up_or_withholds_says_nothing() {
        for (text, cue, content, stance) in [
            ("He gave no evidence for the claim.", "gave", "the claim", Stance::Assert),
            ("The committee denied this.", "denied", "this", Stance::Deny),
            ("The ministry declined to comment.", "declined", "to comment", Stance::Deny),
            ("The minister thanked his guest.", "thanked", "his guest", Stance::Assert),
            ("The channel did not say how it had obtained the recording.", "say", "how it had obtained the recording", Stance::Assert),
        ] {
            let Some(got) = check(text, cue, content, stance) else { return };
            assert!(got, "{text}");
        }
    }

    #[test]
    fn what_can_be_true_or_false_says_something() {
        for (text, cue, content, stance) in [
            ("The governor denied wrongdoing.", "denied", "wrongdoing", Stance::Deny),
            ("The ministry asked for help.", "asked", "help", Stance::Demand),
            ("The pilot said that he slept.", "said", "that he slept", Stance::Assert),
            ("The consortium said it was still loading tankers.", "said", "it was still loading tankers", Stance::Assert),
            ("The envoy explained how the deal was made.", "explained", "how the deal was made", Stance::Assert),
        ] {
            let Some(got) = check(text, cue, content, stance) else { return };
            assert!(!got, "{text}");
        }
    }
}
