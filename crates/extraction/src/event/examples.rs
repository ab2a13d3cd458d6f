//! The examples of the event lexicon, run: what each sense must read, and what it must leave alone.

use crate::extract;
use tolmach_document::{Analysis, Document, EventMention, Extraction, ParticipantRole};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::event::{Example, Sense};

fn events(lexicon: &Lexicon, text: &str, analysis: &Analysis) -> Extraction {
    let document = Document { id: "example".into(), text: text.into(), ..Document::default() };
    extract(&document, analysis, lexicon, None).0
}

/// What an example misses, or `None`.
fn miss(lexicon: &Lexicon, sense: &Sense, example: &Example) -> Option<String> {
    let analysis = tolmach_testing::analysis(&example.text)?;
    let read = events(lexicon, &example.text, &analysis);
    let told = |e: &EventMention| describe(&example.text, e);
    let Some(event) = read.events.iter().find(|e| example.text[e.trigger] == *example.trigger) else {
        let found: Vec<String> = read.events.iter().map(told).collect();
        return Some(format!(
            "{}: no event at `{}` in `{}`, but {found:?}",
            sense.id, example.trigger, example.text
        ));
    };
    let wanted = example.category.as_ref().unwrap_or(&sense.category);
    let side = |role, words: &Option<String>| {
        words.as_ref().is_none_or(|words| {
            event.participants.iter().any(|p| p.role == role && example.text[p.range] == *words)
        })
    };
    let right = event.category == *wanted
        && side(ParticipantRole::Actor, &example.actor)
        && side(ParticipantRole::Recipient, &example.recipient);
    (!right).then(|| format!("{}: `{}` gives {}", sense.id, example.text, told(event)))
}

fn describe(text: &str, e: &EventMention) -> String {
    let who: Vec<_> =
        e.participants.iter().map(|p| format!("{}={}", p.role.name(), &text[p.range])).collect();
    format!("{} {} [{}] {}", e.rule.0, e.category, &text[e.trigger], who.join(", "))
}

#[test]
fn every_sense_reads_its_examples() {
    let lexicon = Lexicon::embedded().expect("the carried data is sound");
    let senses = lexicon.event.senses().iter();
    let missed: Vec<String> = senses
        .flat_map(|s| s.reads.iter().map(move |e| (s, e)))
        .filter_map(|(s, e)| miss(&lexicon, s, e))
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn no_sense_reads_what_it_must_ignore() {
    let lexicon = Lexicon::embedded().expect("the carried data is sound");
    let mut wrong = Vec::new();
    for sense in lexicon.event.senses() {
        for text in &sense.ignores {
            let Some(analysis) = tolmach_testing::analysis(text) else { return };
            let read = events(&lexicon, text, &analysis);
            wrong.extend(read.events.iter().filter(|e| e.rule.0 == sense.id).map(|e| describe(text, e)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
