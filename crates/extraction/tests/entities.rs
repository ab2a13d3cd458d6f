//! Who is spoken of in short reports: names joined, roles coded, pronouns taken up.
//!
//! Skipped, with a line on standard error, where there is no data file.

use tolmach_document::{Document, Entity, Extraction, Moment};
use tolmach_lexicon::Lexicon;

fn read(text: &str, published: &str) -> Option<Extraction> {
    let analysis = tolmach_testing::analysis(text)?;
    let document =
        Document { text: text.to_owned(), published: Moment::parse(published), ..Document::default() };
    Some(tolmach_extraction::extract(&document, &analysis, &Lexicon::embedded().unwrap(), None).0)
}

/// "Name TYPE CODE: mention | mention" of one entity.
fn line(text: &str, extraction: &Extraction, id: usize, row: &Entity) -> String {
    let own = extraction.mentions.iter().filter(|m| m.entity.index() == id);
    let words: Vec<&str> = own.map(|m| &text[m.range]).collect();
    format!("{} {} {}: {}", row.name, row.kind.name(), row.code.as_deref().unwrap_or("-"), words.join(" | "))
}

/// Every wanted line stands among the entities of `text`, published on the day given first.
#[track_caller]
fn check(published: &str, text: &str, wanted: &[&str]) {
    let Some(extraction) = read(text, published) else { return };
    let have: Vec<String> =
        extraction.entities.iter().enumerate().map(|(id, row)| line(text, &extraction, id, row)).collect();
    for want in wanted {
        assert!(have.iter().any(|h| h == want), "no {want:?} in\n{}", have.join("\n"));
    }
}

#[test]
fn a_surname_is_the_full_name_of_the_report() {
    check(
        "2024-04-16",
        "Colonel Ivan Petrenko spoke in Kyiv. Petrenko said that he was tired.",
        &["Ivan Petrenko PERSON MIL: Ivan Petrenko | Petrenko | he"],
    );
}

#[test]
fn two_bearers_of_a_surname_stay_two() {
    check(
        "2024-04-16",
        "Maria Petrenko met Ivan Petrenko in Kyiv.",
        &["Maria Petrenko PERSON -: Maria Petrenko", "Ivan Petrenko PERSON -: Ivan Petrenko"],
    );
}

#[test]
fn an_office_is_coded_by_the_day_of_the_report() {
    let text = "Medvedev spoke to reporters in Moscow.";
    for (day, title) in [
        ("2010-06-01", "president of Russia"),
        ("2015-06-01", "prime minister of Russia"),
        ("2022-06-01", "deputy chairman of the Security Council of Russia"),
    ] {
        let Some(extraction) = read(text, day) else { return };
        let person = extraction.entities.iter().find(|e| e.name == "Dmitry Medvedev").expect("he is known");
        assert_eq!(person.roles.first().map(|role| role.title.as_str()), Some(title), "{day}");
    }
}

#[test]
fn a_description_of_an_unknown_man_gives_his_sectors() {
    let text = "The retired Russian general-turned-MP Pavel Sidorkin gave an interview.";
    let Some(extraction) = read(text, "2024-04-16") else { return };
    let person = extraction.entities.iter().find(|e| e.name == "Pavel Sidorkin").expect("he is named");
    assert_eq!(person.country.as_deref(), Some("RUS"));
    assert_eq!(person.sectors, ["MIL", "LEG"]);
}

#[test]
fn an_organ_is_spoken_of_again_by_its_noun() {
    check(
        "2024-04-16",
        "Poland's foreign ministry rejected the claim. The ministry summoned the ambassador.",
        &["Poland's foreign ministry ORG POLGOV: Poland's foreign ministry | The ministry"],
    );
}

#[test]
fn adjective_and_name_are_one_state_and_its_people_another() {
    check(
        "2024-04-16",
        "Kazakhstan closed the border. Kazakh officials were silent. Many Kazakhs complained.",
        &["Kazakhstan GPE KAZ: Kazakhstan | Kazakh", "Kazakhs NORP KAZ: Kazakhs"],
    );
}

#[test]
fn long_form_short_form_and_alias_are_one() {
    check(
        "2024-04-16",
        "The Collective Security Treaty Organization (CSTO) met. The CSTO sent troops.",
        &[
            "Collective Security Treaty Organization ORG IGOCST: Collective Security Treaty Organization | CSTO | CSTO",
        ],
    );
}

#[test]
fn sites_and_channels_are_outlets() {
    check(
        "2024-04-16",
        "As stepnews.kz wrote, the Rybar Telegram channel was wrong.",
        &["stepnews.kz ORG MED: stepnews.kz", "Rybar ORG RUSMED: Rybar Telegram channel"],
    );
}

#[test]
fn she_is_not_he() {
    check(
        "2024-04-16",
        "Anna Brandt met Peter Klein on Monday. She thanked him for his help.",
        &["Anna Brandt PERSON -: Anna Brandt | She", "Peter Klein PERSON -: Peter Klein | him | his"],
    );
}

#[test]
fn empty_and_odd_texts_have_nobody() {
    for text in ["", "   ", "\u{feff}", "((((", "12 34", "’’’"] {
        if let Some(extraction) = read(text, "2024-04-16") {
            assert!(extraction.mentions.is_empty(), "{text:?}");
        }
    }
}
