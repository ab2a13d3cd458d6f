//! Furniture and repeats: what on the page is not the report's own running prose.
//!
//! Looks at lines and sentences only; what a page's markup says comes with the document.

use crate::Context;
use std::collections::BTreeSet;
use tolmach_document::{Region, RegionKind, RuleId, TextRange};

const FURNITURE: RuleId = RuleId("region.furniture");
const REPEAT: RuleId = RuleId("region.repeat");
const BYLINE: RuleId = RuleId("region.byline");
const HEADING: RuleId = RuleId("region.heading");

/// Shortest sentence, in bytes, whose repetition is worth marking: "He said no." is not.
const SHORTEST_REPEAT: usize = 40;
/// Longest heading and byline, in bytes.
const LONGEST_HEADING: usize = 200;
const LONGEST_BYLINE: usize = 120;

/// Regions of the text, sorted by range; those that ingestion found are kept.
pub fn find(ctx: Context<'_>) -> Vec<Region> {
    let mut out = ctx.document.regions.clone();
    lines(ctx, &mut out);
    repeats(ctx, &mut out);
    out.sort_by_key(|region| (region.range, region.kind));
    out.dedup_by_key(|region| (region.range, region.kind));
    out
}

/// Whether `range` lies in furniture or repeats a sentence: layers leave such text alone.
#[must_use]
pub fn is_outside_prose(regions: &[Region], range: TextRange) -> bool {
    let outside = |kind| matches!(kind, RegionKind::Boilerplate | RegionKind::Duplicate);
    // Regions are sorted and hardly nest: only the last few that start before can hold the range.
    let after = regions.partition_point(|region| region.range.start() <= range.start());
    let near = &regions[after.saturating_sub(4)..after];
    near.iter().any(|region| outside(region.kind) && region.range.contains(range))
}

fn lines(ctx: Context<'_>, out: &mut Vec<Region>) {
    let text = ctx.document.text.as_str();
    let all: Vec<TextRange> = line_ranges(text);
    for (at, range) in all.iter().enumerate() {
        let line = &text[*range];
        let kind = if ctx.lexicon.region.is_furniture(line) {
            Some((RegionKind::Boilerplate, FURNITURE))
        } else if is_byline(line, ctx.document.author.as_deref()) {
            Some((RegionKind::Byline, BYLINE))
        } else if is_heading(line) && stands_alone(text, &all, at) {
            Some((RegionKind::Heading, HEADING))
        } else {
            None
        };
        out.extend(kind.map(|(kind, rule)| Region { range: *range, kind, rule }));
    }
}

/// Lines without the blanks around them; empty lines left out.
fn line_ranges(text: &str) -> Vec<TextRange> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let range = TextRange::at(at, at + line.len()).trimmed(text);
        at += line.len();
        if !range.is_empty() {
            out.push(range);
        }
    }
    out
}

/// "By Dana Omarova", or the author's name alone.
fn is_byline(line: &str, author: Option<&str>) -> bool {
    let named = |name: &str| name.len() > 3 && line.trim_start_matches("By ").eq_ignore_ascii_case(name);
    if author.is_some_and(named) {
        return true;
    }
    let Some(rest) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || *word == "and";
    line.len() <= LONGEST_BYLINE
        && (2..=8).contains(&words.len())
        && words.iter().all(|word| capital(word))
        && !line.ends_with('.')
}

/// Short, begins with a capital, figure or quotation mark, and does not end as a sentence ends.
fn is_heading(line: &str) -> bool {
    let opens =
        line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "‘“\"'«".contains(c));
    let closes = line.ends_with(['.', ',', ';', ':', '”', '"', '’', ')', '*']);
    line.len() <= LONGEST_HEADING
        && opens
        && !closes
        && line.chars().filter(|c| c.is_alphabetic()).count() > 3
}

/// Blank lines (or the ends of the text) on both sides, or the first line of all.
fn stands_alone(text: &str, all: &[TextRange], at: usize) -> bool {
    let blank = |from: usize, to: usize| text[from..to].matches('\n').count() > 1;
    let before = at == 0 || blank(all[at - 1].end(), all[at].start());
    let after = at + 1 == all.len() || blank(all[at].end(), all[at + 1].start());
    before && after
}

/// Sentences that the document has already printed, word for word.
fn repeats(ctx: Context<'_>, out: &mut Vec<Region>) {
    let mut seen = BTreeSet::new();
    for sentence in &ctx.parsed.analysis.sentences {
        let range = sentence.range.trimmed(ctx.parsed.text);
        if range.len() >= SHORTEST_REPEAT && !seen.insert(&ctx.parsed.text[range]) {
            out.push(Region { range, kind: RegionKind::Duplicate, rule: REPEAT });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_a_person() {
        for line in ["By Dana Omarova", "By Dana Omarova and Marat Seitkali", "BY DANA OMAROVA"] {
            assert!(is_byline(line, None), "{line}");
        }
        for line in ["By Friday the water had risen.", "By the river", "Bystanders fled", "By Dana Omarova."]
        {
            assert!(!is_byline(line, None), "{line}");
        }
        assert!(is_byline("Dana Omarova", Some("Dana Omarova")));
    }

    #[test]
    fn headings_do_not_end_as_sentences() {
        assert!(is_heading("Dam breaks near Orsk") && is_heading("Was the turn to Moscow a mistake?"));
        assert!(!is_heading("The dam broke.") && !is_heading("and then") && !is_heading("***"));
    }

    #[test]
    fn lines_are_trimmed_and_numbered_by_bytes() {
        let text = "  a\r\n\r\n bé \nc";
        let got: Vec<&str> = line_ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(got, ["a", "bé", "c"]);
    }
}
