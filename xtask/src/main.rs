//! One door for every chore: set-up, demo, tests, parity, scores, tidiness.
//!
//! Drives other programs (cargo, the built `tolmach`, Python); holds no logic of the product.

mod demo;
mod eval;
mod parity;
mod run;
mod tidy;
mod train;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask VERB

  demo                 build, set up, read the sample dossier, print the brief
  setup                build, fetch the pinned packages, make the data file
  test                 every test, setting up first
  parity [FOLDER|FILE] compare with spaCy, token by token (makes a virtual environment)
  eval [TASK] [--check|--update]
                       development scores; --check fails when a floor is undercut
  train NAME           make the weights of data/models/NAME anew: attribution, places
  bench whole          `tolmach annotate` beside spaCy, in one run
  tidy                 the rules that a machine can check

Benchmarks are looked for in TOLMACH_SHARED, else ../shared; what needs them says so when they are absent.";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Err(error) = dispatch(&arguments) {
        eprintln!("xtask: {error:#}");
        std::process::exit(1);
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("demo") => demo::demo(),
        Some("setup") => run::setup().map(|_| ()),
        Some("test") => demo::test(),
        Some("parity") => parity::parity(rest),
        Some("eval") => eval::eval(rest),
        Some("train") => train::train(rest),
        Some("bench") => parity::bench(rest),
        Some("tidy") => tidy::tidy(),
        None | Some("help" | "--help" | "-h") => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => bail!("there is no verb {other:?}\n\n{USAGE}"),
    }
}
