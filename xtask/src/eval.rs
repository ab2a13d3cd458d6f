//! Development scores and their floors: runs the scorers over the built program and compares.
//!
//! `eval/floors.toml` holds, for each task, the scorer's arguments, the figures last measured and the floors
//! that must hold. `--update` raises figures and floors; it never lowers a floor.

use crate::run;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

#[derive(Serialize, Deserialize)]
struct Floors {
    task: Vec<Task>,
}

#[derive(Serialize, Deserialize)]
struct Task {
    /// Name on the command line.
    name: String,
    /// Arguments of the scorer: task, gold file below the benchmarks' folder, options.
    score: Vec<String>,
    /// Floors by figure; a dot reaches into an object (`attribution.recall`).
    floors: BTreeMap<String, f64>,
    /// Figures last measured.
    measured: BTreeMap<String, f64>,
}

/// How far a floor lies below the figure that set it: one flipped item must not break the build.
const SLACK: f64 = 0.5;

pub fn eval(arguments: &[String]) -> Result<()> {
    let check = arguments.iter().any(|a| a == "--check");
    let update = arguments.iter().any(|a| a == "--update");
    let only = arguments.iter().find(|a| !a.starts_with("--"));
    let Some(shared) = run::shared() else {
        eprintln!("skipped: development scores (no benchmarks in TOLMACH_SHARED or ../shared)");
        return Ok(());
    };
    let path = run::root().join("eval/floors.toml");
    let header = "# Development scores and floors. `cargo xtask eval --check` fails below a floor;\n# `cargo xtask eval --update` records new figures and raises floors, never lowers them.\n\n";
    let mut floors: Floors = toml::from_str(&fs::read_to_string(&path).context("eval/floors.toml")?)?;
    let tolmach = run::setup()?;
    let mut failures = Vec::new();
    for task in floors.task.iter_mut().filter(|task| only.is_none_or(|name| *name == task.name)) {
        let found = measure(task, &shared, &tolmach.to_string_lossy())?;
        println!("{:12} {}", task.name, show(&found, &task.floors));
        failures.extend(undercut(task, &found));
        task.measured = found;
        if update {
            raise(task);
        }
    }
    if update {
        fs::write(&path, format!("{header}{}", toml::to_string_pretty(&floors)?))?;
    }
    if check && !failures.is_empty() {
        bail!("floors undercut:\n  {}", failures.join("\n  "));
    }
    Ok(())
}

/// Runs the scorer and collects every number that it prints, flattened with dots.
fn measure(task: &Task, shared: &std::path::Path, tolmach: &str) -> Result<BTreeMap<String, f64>> {
    let scorer = shared.join("eval/score.py");
    let scorer = scorer.to_string_lossy();
    let in_shared = |name: &String| shared.join(name).to_string_lossy().into_owned();
    let mut arguments = vec![scorer.into_owned(), task.score[0].clone(), in_shared(&task.score[1])];
    arguments.extend(["--bin".to_owned(), tolmach.to_owned()]);
    for word in &task.score[2..] {
        arguments.push(if word.ends_with(".json") { in_shared(word) } else { word.clone() });
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = run::capture("python3", &arguments)?;
    let found = figures(&printed);
    anyhow::ensure!(!found.is_empty(), "{}: the scorer printed no figures: {printed}", task.name);
    Ok(found)
}

/// Every number of a scorer's output by name: of its JSON object, else of its lines.
fn figures(printed: &str) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for line in printed.lines() {
        match serde_json::from_str::<Value>(line) {
            Ok(value @ Value::Object(_)) => flatten("", &value, &mut out),
            _ => worded(line, &mut out),
        }
    }
    out
}

/// Numbers of a line such as `rel_lenient P 55.0 R 40.1 F 46.4` or `ALL strict [36.9, 25.4, 30.1] relaxed […]`:
/// named by the words before them, the later ones of a list by their place.
fn worded(line: &str, out: &mut BTreeMap<String, f64>) {
    let line = line.replace(['[', ']', ',', '|'], " ");
    let mut name: Vec<&str> = Vec::new();
    let (mut label, mut place) = ("", 0);
    for word in line.split_whitespace() {
        let Ok(number) = word.parse::<f64>() else {
            if !label.is_empty() && place == 0 {
                name.push(label);
            }
            (label, place) = (word.trim_end_matches(':'), 0);
            continue;
        };
        let full = [name.as_slice(), &[label]].concat().join(".");
        out.insert(if place == 0 { full } else { format!("{full}.{place}") }, number);
        place += 1;
    }
}

fn flatten(name: &str, value: &Value, out: &mut BTreeMap<String, f64>) {
    let under = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| flatten(&under(key), inner, out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, inner)| flatten(&under(&at.to_string()), inner, out));
        }
        Value::Number(number) => {
            out.insert(name.to_owned(), number.as_f64().unwrap_or(f64::NAN));
        }
        _ => {}
    }
}

fn show(found: &BTreeMap<String, f64>, floors: &BTreeMap<String, f64>) -> String {
    floors
        .iter()
        .map(|(name, floor)| match found.get(name) {
            Some(value) => format!("{name} {value} (floor {floor})"),
            None => format!("{name} missing (floor {floor})"),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

fn undercut(task: &Task, found: &BTreeMap<String, f64>) -> Vec<String> {
    let below = |(name, floor): (&String, &f64)| {
        let value = found.get(name).copied().unwrap_or(f64::NEG_INFINITY);
        (value < *floor).then(|| format!("{}: {name} is {value}, floor {floor}", task.name))
    };
    task.floors.iter().filter_map(below).collect()
}

/// Lifts each floor to just below what was measured.
fn raise(task: &mut Task) {
    for (name, floor) in &mut task.floors {
        if let Some(value) = task.measured.get(name) {
            // Figures between 0 and 1 are fractions, the others per cent.
            let slack = if *value <= 1.0 { SLACK / 100.0 } else { SLACK };
            *floor = floor.max(((value - slack) * 1000.0).round() / 1000.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(floor: f64, measured: f64) -> Task {
        let one = |value| BTreeMap::from([("f1".to_owned(), value)]);
        Task { name: "time".into(), score: Vec::new(), floors: one(floor), measured: one(measured) }
    }

    #[test]
    fn floors_rise_and_never_fall() {
        let mut better = task(60.0, 70.0);
        raise(&mut better);
        assert_eq!(better.floors["f1"], 69.5);
        let mut worse = task(60.0, 50.0);
        raise(&mut worse);
        assert_eq!(worse.floors["f1"], 60.0);
    }

    #[test]
    fn figures_of_every_scorer_are_named() {
        let got = figures("{\"n\": 3, \"value\": [90.1, 80.0, 84.7]}\n");
        assert_eq!(got["value.2"], 84.7);
        let got = figures("ALL strict [36.9, 25.4, 30.1] relaxed [67.3, 46.3, 54.9] | gold 1334\n");
        assert_eq!((got["ALL.strict.2"], got["ALL.relaxed.2"]), (30.1, 54.9));
        let got = figures("rel_lenient direct   P  81.0  R  82.0  F  81.5   pred    10 gold  12\nn: 3");
        assert_eq!((got["rel_lenient.direct.F"], got["n"]), (81.5, 3.0));
    }

    #[test]
    fn a_missing_figure_undercuts() {
        let task = task(60.0, 0.0);
        assert_eq!(undercut(&task, &BTreeMap::new()).len(), 1);
        assert!(undercut(&task, &BTreeMap::from([("f1".to_owned(), 60.0)])).is_empty());
    }
}
