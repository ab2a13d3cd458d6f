//! Runs the examples of `data/ties/` through the language model and the extractor.
//!
//! Skipped, with a line on standard error, where there is no data file.

use tolmach_document::{Document, Extraction};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::tie::Example;

/// The ties that `example`'s text states, of its kind, as "A -> B". `None` without a data file.
fn ties(lexicon: &Lexicon, example: &Example) -> Option<Vec<String>> {
    let analysis = tolmach_testing::analysis(&example.text)?;
    let document = Document { text: example.text.clone(), ..Document::default() };
    let (extraction, _) = tolmach_extraction::extract(&document, &analysis, lexicon, None);
    Some(told(&extraction, example))
}

fn told(extraction: &Extraction, example: &Example) -> Vec<String> {
    let name = |id| extraction.entities[id].name.as_str();
    let own = extraction.ties.iter().filter(|tie| tie.kind == example.kind);
    own.map(|tie| format!("{} -> {}", name(tie.a), name(tie.b))).collect()
}

#[test]
fn every_example_of_the_lexicon_is_read_or_left_alone() {
    let lexicon = Lexicon::embedded().unwrap();
    let mut wrong = Vec::new();
    for example in lexicon.tie.examples() {
        let Some(have) = ties(&lexicon, example) else { return };
        let good = match &example.tie {
            Some(want) => have.contains(want),
            None => have.is_empty(),
        };
        if !good {
            wrong.push(format!(
                "{} {:?}: {have:?}, wanted {:?}",
                example.kind.name(),
                example.text,
                example.tie
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
