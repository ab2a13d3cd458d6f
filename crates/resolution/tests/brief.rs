//! What a brief says of small dossiers made by hand, line by line.

mod support;

use support::{Draft, TAKES_UP, same, section, snapshot, with_picture};
use tolmach_document::{EntityKind, Stance, Tense};
use tolmach_situation::brief::{self, Topic};
use tolmach_situation::{Picture, Question, claim, origin};

/// A paper quotes a portal that quotes a channel that quotes a man; the man denies it.
fn leak(outlet: &str, day: &str) -> Draft {
    let mut d = Draft::new(
        outlet,
        day,
        "Portal Nova wrote that the Rook channel had a recording.\n\
         In it Ivo Lasko says the dam will be opened before the vote.\n\
         Ivo Lasko called the recording a forgery.",
    );
    let lasko = d.person("Ivo Lasko");
    let nova = d.entity("Portal Nova", EntityKind::Org, &["Portal Nova"]);
    let rook = d.entity("Rook", EntityKind::Org, &["Rook"]);
    let outer = d.says(Some(nova), Stance::Assert, "the Rook channel had a recording");
    let inner = d.says(Some(lasko), Stance::Assert, "the dam will be opened before the vote");
    d.attribution(inner).parent = Some(outer);
    d.attribution(inner).channel = Some(rook);
    let denial = d.says(Some(lasko), Stance::Deny, "the recording a forgery");
    d.attribution(denial).denies = vec![inner];
    let event = d.event("THREATEN", "the dam will be opened", lasko, None);
    d.event_mut(event).attribution = Some(inner);
    d.event_mut(event).factuality.tense = Tense::Future;
    d
}

#[test]
fn a_chain_runs_from_the_speaker_to_the_outlet() {
    with_picture(&[leak("Gazette", "2024-04-07")], |picture| {
        same(
            &section(picture, Topic::Said),
            "
            Ivo Lasko
              says | Ivo Lasko ← Rook ← Portal Nova ← Gazette
              > the dam will be opened before the vote — Gazette
                Ivo Lasko | denies
                > Ivo Lasko called the recording a forgery. — Gazette
              denies
              > Ivo Lasko called the recording a forgery. — Gazette
            Portal Nova
              says
              > the Rook channel had a recording — Gazette
            ",
        );
    });
}

#[test]
fn a_denial_stands_with_what_it_denies() {
    with_picture(&[leak("Gazette", "2024-04-07")], |picture| {
        same(
            &section(picture, Topic::Denied),
            "
            Ivo Lasko | denies
            > Ivo Lasko called the recording a forgery. — Gazette
              Ivo Lasko | says | Ivo Lasko ← Rook ← Portal Nova ← Gazette
              > the dam will be opened before the vote — Gazette
            ",
        );
    });
}

#[test]
fn many_outlets_may_have_one_origin() {
    let drafts = [leak("Gazette", "2024-04-07"), leak("Evening Post", "2024-04-08"), leak("Herald", "2024-04-09")];
    with_picture(&drafts, |picture| {
        let carried = origin::carried(picture, &Question::default());
        let lasko = carried.iter().find(|c| c.claim.chain[0].name == "Ivo Lasko").expect("it is carried by three");
        assert_eq!(carried[0].outlets.len(), 3);
        assert_eq!(lasko.origins.iter().collect::<Vec<_>>(), ["Rook"]);
        let text = section(picture, Topic::OneOrigin);
        assert!(text.contains("3 outlets, 1 origin: Rook"), "{text}");
        assert!(text.starts_with("Gazette → Evening Post → Herald | reprint | 3 prints, 1 text"), "{text}");
    });
}

#[test]
fn repeats_of_a_claim_are_listed_once() {
    let drafts = [leak("Gazette", "2024-04-07"), leak("Evening Post", "2024-04-08")];
    with_picture(&drafts, |picture| {
        let claims = claim::claims(picture, &Question::default());
        assert!(claims.iter().all(|claim| claim.document == 0), "{claims:#?}");
        assert_eq!(claims[0].also_in, [1]);
    });
}

#[test]
fn what_may_come_stands_apart_from_what_was() {
    let mut d = Draft::new(
        "Gazette",
        "2024-04-07",
        "Rebels from Oster shelled the depot on Friday.\nOster will sign the accord in May.",
    );
    let oster = d.entity("Oster", EntityKind::Gpe, &["Oster"]);
    let depot = d.entity("the depot", EntityKind::Fac, &["the depot"]);
    let friday = d.time("Friday", "2024-04-05", "2024-04-06");
    let may = d.time("May", "2024-05-01", "2024-06-01");
    let shelled = d.event("ASSAULT", "shelled the depot", oster, Some(depot));
    d.event_mut(shelled).time = Some(friday);
    let sign = d.event("AGREE", "will sign the accord", oster, None);
    d.event_mut(sign).time = Some(may);
    d.event_mut(sign).goldstein = Some(6.0);
    d.event_mut(sign).factuality.tense = Tense::Future;
    with_picture(&[d], |picture| {
        same(
            &section(picture, Topic::Happened),
            "
            5 April 2024 | Oster → the depot | assault | reported
            > Rebels from Oster shelled the depot on Friday. — Gazette
            ",
        );
        same(
            &section(picture, Topic::Ahead),
            "
            May 2024 | Oster | agree | planned
            > Oster will sign the accord in May. — Gazette
            ",
        );
    });
}

#[test]
fn figures_change_over_time_and_disagree_at_one_time() {
    let mut a = Draft::new("Gazette", "2023-02-01", "The line carried 900 wagons in 2021 and only 40 wagons in 2022.");
    let (y21, y22) = (a.time("2021", "2021-01-01", "2022-01-01"), a.time("2022", "2022-01-01", "2023-01-01"));
    a.amount("900 wagons", 900.0, "wagon", Some("freight on the line"), Some(y21));
    a.amount("40 wagons", 40.0, "wagon", Some("freight on the line"), Some(y22));
    let mut b = Draft::new("Herald", "2023-02-03", "Freight on the line came to 75 wagons in 2022.");
    let y22 = b.time("2022", "2022-01-01", "2023-01-01");
    b.amount("75 wagons", 75.0, "wagon", Some("freight on the line"), Some(y22));
    with_picture(&[a, b], |picture| {
        let changed = section(picture, Topic::Changed);
        assert!(changed.starts_with("900 wagons (2021) → 40 wagons (2022)"), "{changed}");
        same(
            &section(picture, Topic::Disagree),
            "
            40 wagons (2022) or 75 wagons (2022) | freight on the line
            > The line carried 900 wagons in 2021 and only 40 wagons in 2022. — Gazette
            > Freight on the line came to 75 wagons in 2022. — Herald
            ",
        );
    });
}

#[test]
fn two_numbers_of_one_sentence_do_not_disagree() {
    let mut d = Draft::new("Gazette", "2023-02-01", "Of them 87% approved and 8% did not.");
    d.amount("87%", 87.0, "%", Some("approval"), None);
    d.amount("8%", 8.0, "%", Some("approval"), None);
    with_picture(&[d], |picture| assert_eq!(section(picture, Topic::Disagree), ""));
}

#[test]
fn two_things_of_one_sentence_are_no_change() {
    let mut d = Draft::new("Gazette", "2023-02-01", "From 2017 to 2019 87% liked the fair, while 8% disliked it.");
    let (y17, y19) = (d.time("2017", "2017-01-01", "2018-01-01"), d.time("2019", "2019-01-01", "2020-01-01"));
    d.amount("87%", 87.0, "%", Some("liked the fair"), Some(y17));
    d.amount("8%", 8.0, "%", Some("disliked it"), Some(y19));
    with_picture(&[d], |picture| assert_eq!(section(picture, Topic::Changed), ""));
}

#[test]
fn words_that_take_up_a_claim_are_no_claim() {
    let mut d = Draft::new(
        "Gazette",
        "2024-04-07",
        "Ivo Lasko said the dam would be opened.\nHe gave no evidence for the claim.\nThe mayor, Ada Brun, denied this.",
    );
    let lasko = d.person("Ivo Lasko");
    let brun = d.person("Ada Brun");
    let said = d.says(Some(lasko), Stance::Assert, "the dam would be opened");
    let empty = d.says(Some(lasko), Stance::Assert, "the claim");
    d.attribution(empty).cue_lemma = TAKES_UP.to_owned();
    let denial = d.says(Some(brun), Stance::Deny, "this");
    d.attribution(denial).cue_lemma = TAKES_UP.to_owned();
    d.attribution(denial).denies = vec![said];
    with_picture(&[d], |picture| {
        same(
            &section(picture, Topic::Said),
            "
            Ivo Lasko
              says
              > Ivo Lasko said the dam would be opened. — Gazette
                Ada Brun | denies
                > The mayor, Ada Brun, denied this. — Gazette
            ",
        );
        same(
            &section(picture, Topic::Denied),
            "
            Ada Brun | denies
            > The mayor, Ada Brun, denied this. — Gazette
              Ivo Lasko | says
              > Ivo Lasko said the dam would be opened. — Gazette
            ",
        );
    });
}

#[test]
fn a_day_in_what_is_said_is_not_the_day_of_saying() {
    let mut d = Draft::new("Gazette", "2024-04-07", "On Friday Ivo Lasko said the dam had been opened on Monday night.");
    let lasko = d.person("Ivo Lasko");
    let (friday, monday) = (d.time("Friday", "2024-04-05", "2024-04-06"), d.time("Monday", "2024-04-01", "2024-04-02"));
    let content = "the dam had been opened on Monday night";
    let first = d.says(Some(lasko), Stance::Assert, content);
    d.attribution(first).time = Some(monday);
    with_picture(std::slice::from_ref(&d), |picture| assert_eq!(claim::claims(picture, &Question::default())[0].said, None));
    d.attribution(first).time = Some(friday);
    with_picture(&[d], |picture| assert!(claim::claims(picture, &Question::default())[0].said.is_some()));
}

#[test]
fn what_holds_an_empty_claim_stands_for_it() {
    let mut d = Draft::new("Gazette", "2024-04-07", "Residents of Brana said that officials had warned them too late.\nThe mayor, Ada Brun, rejected the accusation.");
    let residents = d.entity("residents", EntityKind::Group, &["Residents of Brana"]);
    let officials = d.entity("officials", EntityKind::Group, &["officials"]);
    let brun = d.person("Ada Brun");
    let outer = d.says(Some(residents), Stance::Assert, "that officials had warned them too late");
    let inner = d.says(Some(officials), Stance::Assert, "them too late");
    d.attribution(inner).parent = Some(outer);
    d.attribution(inner).cue_lemma = TAKES_UP.to_owned();
    let denial = d.says(Some(brun), Stance::Deny, "the accusation");
    d.attribution(denial).denies = vec![inner];
    with_picture(&[d], |picture| {
        same(
            &section(picture, Topic::Denied),
            "
            Ada Brun | denies
            > The mayor, Ada Brun, rejected the accusation. — Gazette
              residents | says
              > that officials had warned them too late — Gazette
            ",
        );
    });
}

#[test]
fn who_only_passes_words_on_stands_in_their_chain() {
    let mut d = Draft::new("Gazette", "2024-04-07", "Portal Nova wrote that Ivo Lasko says the dam will be opened before noon.");
    let nova = d.entity("Portal Nova", EntityKind::Org, &["Portal Nova"]);
    let lasko = d.person("Ivo Lasko");
    let outer = d.says(Some(nova), Stance::Assert, "that Ivo Lasko says the dam will be opened before noon");
    let cue = d.find("says");
    let inner = d.says(Some(lasko), Stance::Assert, "the dam will be opened before noon");
    d.attribution(inner).parent = Some(outer);
    d.attribution(inner).cue = vec![cue];
    with_picture(&[d], |picture| {
        same(
            &section(picture, Topic::Said),
            "
            Ivo Lasko
              says | Ivo Lasko ← Portal Nova ← Gazette
              > the dam will be opened before noon — Gazette
            ",
        );
    });
}

#[test]
fn an_event_told_three_times_in_one_report_is_one_line() {
    let mut d = Draft::new(
        "Gazette",
        "2024-04-07",
        "Oster attacks Brana.\nOster invaded Brana on Friday.\nThe attack on Brana began at dawn.\nOster bombed Lund.",
    );
    let oster = d.entity("Oster", EntityKind::Gpe, &["Oster"]);
    let brana = d.entity("Brana", EntityKind::Gpe, &["Brana"]);
    let lund = d.entity("Lund", EntityKind::Gpe, &["Lund"]);
    let friday = d.time("Friday", "2024-04-05", "2024-04-06");
    d.event("ASSAULT", "Oster attacks Brana", oster, Some(brana));
    let dated = d.event("ASSAULT", "Oster invaded Brana", oster, Some(brana));
    d.event_mut(dated).time = Some(friday);
    let again = d.event("ASSAULT", "The attack on Brana", oster, Some(brana));
    d.event_mut(again).time = Some(friday);
    d.event_mut(again).participants.remove(0);
    d.event("ASSAULT", "Oster bombed Lund", oster, Some(lund));
    with_picture(&[d], |picture| {
        same(
            &section(picture, Topic::Happened),
            "
            5 April 2024 | Oster → Brana | assault | reported
            > Oster invaded Brana on Friday. — Gazette
            Oster → Lund | assault | reported
            > Oster bombed Lund. — Gazette
            ",
        );
    });
}

/// Whatever is read, a brief quotes only words that stand in the text.
#[test]
fn every_quotation_is_verbatim() {
    let drafts = [leak("Gazette", "2024-04-07"), leak("Herald", "2024-04-09")];
    with_picture(&drafts, |picture| {
        let made = brief::brief(picture, &Question::default());
        let mut n = 0;
        let mut open: Vec<&brief::Line> = made.sections.iter().flat_map(|s| &s.lines).collect();
        while let Some(line) = open.pop() {
            open.extend(&line.beneath);
            for passage in &line.passages {
                let text = &picture.snapshot.documents[passage.document].document.text;
                for shown in &passage.shown {
                    assert!(text.contains(&text[*shown]) && passage.range().contains(passage.anchor()));
                    n += 1;
                }
            }
        }
        assert!(n > 5);
    });
}

#[test]
fn order_of_arrival_changes_nothing() {
    let render = |picture: &Picture| -> String {
        let topics = [Topic::Happened, Topic::Said, Topic::Denied, Topic::OneOrigin, Topic::Ahead];
        topics.map(|topic| section(picture, topic)).concat()
    };
    let days = ["2024-04-07", "2024-04-09", "2024-04-08"];
    let names = ["Gazette", "Herald", "Evening Post"];
    let in_order = |order: [usize; 3]| -> String {
        let drafts: Vec<Draft> = order.iter().map(|n| leak(names[*n], days[*n])).collect();
        with_picture(&drafts, render)
    };
    let first = in_order([0, 1, 2]);
    for order in [[2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        assert_eq!(in_order(order), first, "{order:?}");
    }
}

#[test]
fn ids_do_not_depend_on_what_else_was_read() {
    let plain = leak("Gazette", "2024-04-07");
    let mut more = leak("Gazette", "2024-04-07");
    let extra = more.person("Ivo");
    let _ = more.event("CONSULT", "wrote", extra, None);
    let ids = |d: &Draft| -> Vec<_> { d.report().statements.into_iter().map(|s| s.id).collect() };
    let (few, many) = (ids(&plain), ids(&more));
    assert!(few.iter().all(|id| many.contains(id)));
    assert_eq!(snapshot(&[plain]).iter().count() + 2, many.len());
}
