//! `places`: LGL and TR-News to `data/models/places.tsv`, with what cross-validation promises for other texts.
//!
//! The learning itself lies beside the features, in `tolmach_extraction::place::train`.

use super::{range, rows, write};
use anyhow::Result;
use serde::Deserialize;
use std::fmt::Write as _;
use std::path::Path;
use tolmach_document::{Analysis, CodePoints, Parsed};
use tolmach_engine::{Engine, Mode};
use tolmach_extraction::place::atlas::Atlas;
use tolmach_extraction::place::linear::{Templates, Weights};
use tolmach_extraction::place::scene::Scene;
use tolmach_extraction::place::spot::{Facts, spots};
use tolmach_extraction::place::train::{self, Counts, Gold, Lesson};
use tolmach_extraction::place::{Judge, Models, Rank};

const SETS: [&str; 2] = ["lgl", "trnews"];
const FOLDS: usize = 5;
const HEADER: &str =
    "# Weights of the place models, one line a feature template. What they are and how to train them: places.md.";

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    start: usize,
    end: usize,
    #[serde(default)]
    geo: bool,
    geonameid: Option<u32>,
    lat: Option<f32>,
    lon: Option<f32>,
}

/// A marked text with its parse.
struct Text {
    set: usize,
    text: String,
    analysis: Analysis,
    gold: Vec<Gold>,
}

/// Trains on both sets, measures by cross-validation over documents and from each set to the other.
pub fn train(engine: &Engine, benchmarks: &Path, models: &Path) -> Result<()> {
    let texts = texts(engine, benchmarks)?;
    let atlas = Atlas::new(&engine.lexicon().place, Some(engine.gazetteer()));
    let id_of = |facts: &Facts| atlas.entry(facts.place).and_then(|entry| entry.geonameid);
    let lexicon = &engine.lexicon().place;
    let mut lessons = Vec::new();
    for text in &texts {
        let parsed = Parsed::new(&text.text, &text.analysis);
        let scene = Scene::new(parsed, lexicon, spots(parsed, lexicon, atlas));
        lessons.push((text.set, Lesson { scene, gold: text.gold.clone(), weight: 1.0, id_of: &id_of }));
    }
    write(&models.join("places.tsv"), file(&learn(&lessons, |_, _| true)).as_bytes())?;
    println!("end-to-end F1 within 161 km on texts that were not trained on:");
    cross_validate(&lessons);
    cross_sets(&lessons);
    Ok(())
}

fn texts(engine: &Engine, benchmarks: &Path) -> Result<Vec<Text>> {
    let mut reader = engine.reader(Mode::Exact);
    let mut out = Vec::new();
    for (set, name) in SETS.into_iter().enumerate() {
        for row in rows::<Row>(&benchmarks.join(format!("place/{name}.jsonl")))? {
            let gold = golds(&row)?;
            out.push(Text { set, analysis: reader.analyze(&row.text), text: row.text, gold });
        }
    }
    println!("{} texts, {} toponyms", out.len(), out.iter().map(|text| text.gold.len()).sum::<usize>());
    Ok(out)
}

fn golds(row: &Row) -> Result<Vec<Gold>> {
    let points = CodePoints::new(&row.text);
    let gold = |t: &Toponym| -> Result<Gold> {
        let point = t.lat.zip(t.lon).filter(|_| t.geo);
        let range = range(&points, &row.id, [t.start, t.end])?;
        Ok(Gold { range, place: point.map(|point| (t.geonameid, point)) })
    };
    row.toponyms.iter().map(gold).collect()
}

/// The models of the lessons that `keep` takes by their number and set.
fn learn(lessons: &[(usize, Lesson<'_>)], keep: impl Fn(usize, usize) -> bool) -> Models {
    let taught: Vec<&Lesson<'_>> = lessons
        .iter()
        .enumerate()
        .filter(|(at, (set, _))| keep(*at, *set))
        .map(|(_, (_, lesson))| lesson)
        .collect();
    train::train(&taught)
}

fn cross_validate(lessons: &[(usize, Lesson<'_>)]) {
    let mut sums = [Counts::default(); SETS.len()];
    for fold in 0..FOLDS {
        let models = learn(lessons, |at, _| at % FOLDS != fold);
        for (set, lesson) in lessons.iter().skip(fold).step_by(FOLDS) {
            let c = train::count(lesson, &models);
            let sum = &mut sums[*set];
            (sum.hits, sum.found, sum.gold) = (sum.hits + c.hits, sum.found + c.found, sum.gold + c.gold);
        }
    }
    for (name, sum) in SETS.iter().zip(sums) {
        report(&format!("{name}, {FOLDS}-fold"), sum);
    }
}

fn cross_sets(lessons: &[(usize, Lesson<'_>)]) {
    for (set, name) in SETS.iter().enumerate() {
        let models = learn(lessons, |_, of| of != set);
        let held = lessons.iter().filter(|(of, _)| *of == set).map(|(_, lesson)| lesson);
        report(&format!("{name}, trained on the other"), train::count_all(held, &models));
    }
}

fn report(what: &str, c: Counts) {
    let share = |a: usize, b: usize| 100.0 * a as f32 / b.max(1) as f32;
    let (precision, recall) = (share(c.hits, c.found), share(c.hits, c.gold));
    println!("  {what:32} precision {precision:.1} recall {recall:.1} F1 {:.1}", c.f1());
}

fn file(models: &Models) -> String {
    let mut out = format!("{HEADER}\n");
    lines::<Rank>("rank", &models.rank, &mut out);
    lines::<Judge>("judge", &models.judge, &mut out);
    let _ = writeln!(out, "threshold\tthreshold\t{}", models.threshold);
    out
}

fn lines<T: Templates>(model: &str, weights: &Weights, out: &mut String) {
    let mut rest = weights.0.as_slice();
    for (name, size) in T::ALL {
        let (here, tail) = rest.split_at(*size);
        let cells: Vec<String> = here.iter().copied().map(cell).collect();
        let _ = writeln!(out, "{model}\t{name}\t{}", cells.join(" "));
        rest = tail;
    }
}

/// Two decimals; nothing learnt is a bare 0.
fn cell(weight: f32) -> String {
    match format!("{weight:.2}") {
        text if text == "0.00" || text == "-0.00" => "0".to_owned(),
        text => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_short() {
        assert_eq!([0.001, -0.004, 1.256, -10.0].map(cell), ["0", "0", "1.26", "-10.00"]);
    }
}
