//! Trains the place models, or measures them by cross-validation over documents.
//!
//! `train_place GAZETTEER cv|train|cross SET.jsonl=PARSES.jsonl …` (marked texts and their stored parses). `train` prints the
//! weight file, `cv` and `cross` print end-to-end F1 within 161 km.
#![allow(clippy::disallowed_methods, reason = "a small shell: it reads files and prints")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use tolmach_datafile::DataFile;
use tolmach_document::{Analysis, CodePoints, Dep, EntityLabel, Iob, Parsed, Pos, Tag, TextRange, Token};
use tolmach_extraction::place::atlas::Atlas;
use tolmach_extraction::place::linear::{Templates, Weights};
use tolmach_extraction::place::scene::Scene;
use tolmach_extraction::place::spot::{Facts, spots};
use tolmach_extraction::place::train::{Counts, Gold, Lesson, count_all, train};
use tolmach_extraction::place::{Judge, Models, Rank, read};
use tolmach_lexicon::Lexicon;
use tolmach_lexicon::gazetteer::Gazetteer;

type Failure = Box<dyn std::error::Error>;

struct Text {
    set: usize,
    id: String,
    text: String,
    analysis: Analysis,
    gold: Vec<Gold>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gazetteer, verb, sets @ ..] = arguments.as_slice() else { return Err("see the first lines".into()) };
    let file = DataFile::open(Arc::new(std::fs::read(gazetteer)?))?;
    let gazetteer = Gazetteer::load(&file)?;
    let lexicon = Lexicon::embedded()?;
    let atlas = Atlas::new(&lexicon.place, Some(&gazetteer));
    let mut texts = Vec::new();
    for (set, pair) in sets.iter().enumerate() {
        let (gold, parses) = pair.split_once('=').ok_or("expected SET=PARSES")?;
        load(set, gold, parses, &mut texts)?;
    }
    let id_of = |c: &Facts| atlas.entry(c.place).and_then(|entry| entry.geonameid);
    let mut lessons = Vec::new();
    for text in &texts {
        let parsed = Parsed::new(&text.text, &text.analysis);
        let scene = Scene::new(parsed, &lexicon.place, spots(parsed, &lexicon.place, atlas));
        lessons.push(Lesson { scene, gold: text.gold.clone(), weight: 1.0, id_of: &id_of });
    }
    ceiling(&texts, &lessons, sets.len());
    match verb.as_str() {
        "cv" => cross_validate(&texts, &lessons, sets.len()),
        "cross" => cross_sets(&texts, &lessons, sets.len()),
        "fit" => {
            let models = train(&lessons.iter().collect::<Vec<_>>());
            for set in 0..sets.len() {
                report(set, count_all(of_set(&texts, &lessons, set), &models));
            }
        }
        "errors" => errors(&texts, &lessons, atlas),
        _ => print(&train(&lessons.iter().collect::<Vec<_>>())),
    }
    Ok(())
}

fn of_set<'l>(
    texts: &'l [Text],
    lessons: &'l [Lesson<'l>],
    set: usize,
) -> impl Iterator<Item = &'l Lesson<'l>> {
    texts.iter().zip(lessons).filter(move |(text, _)| text.set == set).map(|(_, lesson)| lesson)
}

fn report(set: usize, c: Counts) {
    let share = |a: usize, b: usize| 100.0 * a as f32 / b.max(1) as f32;
    eprintln!(
        "set {set}: precision {:.1} recall {:.1} F1 {:.2}",
        share(c.hits, c.found),
        share(c.hits, c.gold),
        c.f1()
    );
}

/// How many marked places any spot covers, and any candidate means.
fn ceiling(texts: &[Text], lessons: &[Lesson<'_>], n_sets: usize) {
    for set in 0..n_sets {
        let (mut gold, mut covered, mut right) = (0, 0, 0);
        for lesson in of_set(texts, lessons, set) {
            for mark in lesson.gold.iter().filter(|gold| gold.place.is_some()) {
                gold += 1;
                let over: Vec<usize> = (0..lesson.scene.spots.len())
                    .filter(|s| lesson.scene.parsed.span(lesson.scene.spots[*s].tokens).overlaps(mark.range))
                    .collect();
                covered += usize::from(!over.is_empty());
                right += usize::from(
                    over.iter()
                        .any(|s| lesson.scene.spots[*s].candidates.iter().any(|c| lesson.is_right(c, mark))),
                );
            }
        }
        let spots: usize = of_set(texts, lessons, set).map(|lesson| lesson.scene.spots.len()).sum();
        eprintln!(
            "set {set}: {gold} marked, {covered} covered, {right} with the right candidate; {spots} spots"
        );
    }
}

fn cross_validate(texts: &[Text], lessons: &[Lesson<'_>], n_sets: usize) {
    let mut sums = vec![Counts::default(); n_sets];
    for fold in 0..5 {
        let held = |at: usize| at % 5 == fold;
        let taught: Vec<&Lesson<'_>> =
            lessons.iter().enumerate().filter(|(at, _)| !held(*at)).map(|(_, l)| l).collect();
        let models = train(&taught);
        for (at, lesson) in lessons.iter().enumerate().filter(|(at, _)| held(*at)) {
            let c = count_all(std::iter::once(lesson), &models);
            let sum = &mut sums[texts[at].set];
            (sum.hits, sum.found, sum.gold) = (sum.hits + c.hits, sum.found + c.found, sum.gold + c.gold);
        }
    }
    for (set, sum) in sums.into_iter().enumerate() {
        report(set, sum);
    }
}

/// Trained on all other sets, measured on one: how far the models carry over.
fn cross_sets(texts: &[Text], lessons: &[Lesson<'_>], n_sets: usize) {
    for set in 0..n_sets {
        let taught: Vec<&Lesson<'_>> =
            texts.iter().zip(lessons).filter(|(text, _)| text.set != set).map(|(_, lesson)| lesson).collect();
        report(set, count_all(of_set(texts, lessons, set), &train(&taught)));
    }
}

/// Two-fold, every miss with its surroundings, on standard output.
fn errors(texts: &[Text], lessons: &[Lesson<'_>], atlas: Atlas<'_>) {
    for fold in 0..2 {
        let taught: Vec<&Lesson<'_>> =
            lessons.iter().enumerate().filter(|(at, _)| at % 2 != fold).map(|(_, l)| l).collect();
        let models = train(&taught);
        for (text, lesson) in
            texts.iter().zip(lessons).enumerate().filter(|(at, _)| at % 2 == fold).map(|(_, pair)| pair)
        {
            list_errors(text, lesson, &models, atlas);
        }
    }
}

// LONG: one report, a block for each kind of error.
fn list_errors(text: &Text, lesson: &Lesson<'_>, models: &Models, atlas: Atlas<'_>) {
    let found = read(&lesson.scene, models);
    let around = |range: TextRange| {
        let start = (0..=range.start().saturating_sub(40))
            .rev()
            .find(|at| text.text.is_char_boundary(*at))
            .unwrap_or(0);
        let end = (range.end() + 40..)
            .find(|at| *at >= text.text.len() || text.text.is_char_boundary(*at))
            .unwrap_or(0);
        format!(
            "{}[{}]{}",
            &text.text[start..range.start()],
            &text.text[range],
            &text.text[range.end()..end.min(text.text.len())]
        )
        .replace('\n', " ")
    };
    let all = tolmach_extraction::place::judge_all(&lesson.scene, models);
    for gold in &lesson.gold {
        let hit = found
            .iter()
            .find(|f| lesson.scene.parsed.span(lesson.scene.spots[f.spot].tokens).overlaps(gold.range));
        let name = |facts: &Facts| {
            let e = atlas.entry(facts.place);
            e.map_or(String::new(), |e| {
                format!("{} {} {} {}", e.name, e.kind.name(), e.country.as_str(), e.population)
            })
        };
        match hit {
            Some(f) if lesson.is_right(&f.facts, gold) => {}
            Some(f) if gold.place.is_some() => {
                let can = lesson.scene.spots[f.spot].candidates.iter().find(|c| lesson.is_right(c, gold));
                println!(
                    "{}\t{}\tWRONG\t{}\tgot {}\twanted {}",
                    text.set,
                    text.id,
                    around(gold.range),
                    name(&f.facts),
                    can.map_or("-".into(), name)
                );
            }
            None if gold.place.is_some() => {
                let best = all
                    .iter()
                    .filter(|f| {
                        lesson.scene.parsed.span(lesson.scene.spots[f.spot].tokens).overlaps(gold.range)
                    })
                    .max_by(|a, b| a.score.total_cmp(&b.score));
                let what = best.map_or("no spot".to_owned(), |f| {
                    format!("{:.2} {} right={}", f.score, name(&f.facts), lesson.is_right(&f.facts, gold))
                });
                println!("{}\t{}\tMISS\t{}\t{what}", text.set, text.id, around(gold.range));
            }
            _ => {}
        }
    }
    for f in &found {
        let range = lesson.scene.parsed.span(lesson.scene.spots[f.spot].tokens);
        if !lesson.gold.iter().any(|gold| gold.range.overlaps(range) && gold.place.is_some()) {
            let marked = lesson.gold.iter().any(|gold| gold.range.overlaps(range));
            println!("{}\t{}\tEXTRA\t{}\t{:.2}\tmarked={marked}", text.set, text.id, around(range), f.score);
        }
    }
}

fn print(models: &Models) {
    println!(
        "# Weights of the place models, one line a feature template. What they are and how to train them: places.md."
    );
    rows::<Rank>("rank", &models.rank);
    rows::<Judge>("judge", &models.judge);
    println!("threshold\tthreshold\t{}", models.threshold);
}

fn rows<T: Templates>(model: &str, weights: &Weights) {
    let mut rest = weights.0.as_slice();
    for (name, size) in T::ALL {
        let (here, tail) = rest.split_at(*size);
        let cells: Vec<String> = here
            .iter()
            .map(|w| format!("{:.2}", w + 0.0).replace("-0.00", "0").replace("0.00", "0"))
            .collect();
        println!("{model}\t{name}\t{}", cells.join(" "));
        rest = tail;
    }
}

fn load(set: usize, gold: &str, parses: &str, out: &mut Vec<Text>) -> Result<(), Failure> {
    let parses = std::fs::read_to_string(parses)?;
    let mut by_id = BTreeMap::new();
    for line in parses.lines() {
        let row: Value = serde_json::from_str(line)?;
        by_id.insert(row["id"].as_str().unwrap_or("").to_owned(), row);
    }
    for line in std::fs::read_to_string(gold)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let (id, text) =
            (row["id"].as_str().unwrap_or("").to_owned(), row["text"].as_str().unwrap_or("").to_owned());
        let Some(parse) = by_id.get(&id) else { continue };
        let analysis = analysis(&text, parse);
        let gold = golds(&text, &row);
        out.push(Text { set, id, text, analysis, gold });
    }
    Ok(())
}

fn golds(text: &str, row: &Value) -> Vec<Gold> {
    let points = CodePoints::new(text);
    let byte = |v: &Value| points.to_byte(v.as_u64().unwrap_or(0) as usize).unwrap_or(text.len());
    let mark = |t: &Value| {
        let range = TextRange::at(byte(&t["start"]), byte(&t["end"]));
        let point = t["lat"].as_f64().zip(t["lon"].as_f64()).filter(|_| t["geo"].as_bool() == Some(true));
        let id = t["geonameid"].as_u64().map(|id| id as u32);
        Gold { range, place: point.map(|(lat, lon)| (id, (lat as f32, lon as f32))) }
    };
    row["toponyms"].as_array().into_iter().flatten().map(mark).collect()
}

fn analysis(text: &str, parse: &Value) -> Analysis {
    let points = CodePoints::new(text);
    let mut a = Analysis::default();
    let mut starts = Vec::new();
    for row in parse["tokens"].as_array().into_iter().flatten() {
        let at = |n: usize| points.to_byte(row[n].as_u64().unwrap_or(0) as usize).unwrap_or(text.len());
        let word = |n: usize| row[n].as_str().unwrap_or("");
        let range = TextRange::at(at(0), at(1));
        a.tokens.push(Token { range, blank_after: row[2].as_bool() == Some(true) });
        a.lowers.push(&text[range].to_lowercase());
        a.lemmas.push(word(5));
        a.tags.push(Tag::from_name(word(3)).unwrap_or(Tag::None));
        a.pos.push(Pos::from_name(word(4)).unwrap_or(Pos::None));
        a.heads.push(row[6].as_u64().unwrap_or(0) as u32);
        a.deps.push(Dep::from_name(word(7)).unwrap_or(Dep::None));
        let label = word(8).get(2..).and_then(EntityLabel::from_name);
        a.entities.push(match (word(8).as_bytes().first(), label) {
            (Some(b'B'), Some(label)) => Iob::Begin(label),
            (Some(b'I'), Some(label)) => Iob::In(label),
            _ => Iob::Out,
        });
        starts.push(row[9].as_bool() == Some(true));
    }
    a.link(&starts);
    a
}
