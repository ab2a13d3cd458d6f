//! `train`: the weights of one model anew, then the development figures that they reach.

use crate::{eval, run};
use anyhow::{Context, Result, bail};

/// What can be trained, and the tasks of `eval` that show it.
const MODELS: [(&str, &[&str]); 2] = [("attribution", &["attribution"]), ("places", &["trnews"])];

/// Makes trained weights anew from the benchmarks' training parts.
pub fn train(arguments: &[String]) -> Result<()> {
    let names: Vec<&str> = MODELS.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let Some(asked) = arguments.first() else { bail!("name what to train: {names}") };
    let Some((name, tasks)) = MODELS.iter().find(|(name, _)| name == asked) else {
        bail!("there is no model {asked:?} to train; there are: {names}")
    };
    let shared = run::shared().context(
        "no benchmarks found, and weights are made from them: set TOLMACH_SHARED to the folder that holds eval/",
    )?;
    run::setup()?;
    let shared = shared.to_string_lossy().into_owned();
    run::run_with(
        "cargo",
        &["run", "--release", "--quiet", "--package", "tolmach-training", "--", name],
        &[("TOLMACH_SHARED", shared.as_str())],
    )?;
    println!("the development figures of the program with these weights:");
    tasks.iter().try_for_each(|task| eval::eval(&[(*task).to_owned()]))
}
