//! The `tolmach` program: arguments in, rows out. Knows no rule.

#![allow(clippy::disallowed_methods, reason = "a shell touches files")]

mod annotate;
mod setup;
mod wire;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "tolmach", version, about = "Reads reporting and keeps a sourced model of a situation")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Writes one JSON object a document with everything read from it.
    Annotate(annotate::Arguments),
    /// Fetches the language model and the gazetteer and makes the data file.
    Setup(setup::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.verb {
        Verb::Annotate(arguments) => annotate::run(&arguments),
        Verb::Setup(arguments) => setup::run(&arguments),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("tolmach: {error:#}");
            ExitCode::FAILURE
        }
    }
}
