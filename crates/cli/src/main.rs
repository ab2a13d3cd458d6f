//! The `tolmach` program: arguments in, rows out. Knows no rule.
#![allow(clippy::disallowed_methods, reason = "a shell touches files")]

mod add;
mod annotate;
mod batches;
mod brief;
mod clean;
mod cli;
mod completions;
mod doctor;
mod listing;
mod model;
mod output;
mod page;
mod probe;
mod questions;
mod reader;
mod rows;
mod setup;
mod show;
mod wire;

use clap::Parser;
use cli::{Arguments, Verb};
use questions::Kind;
use std::io::ErrorKind;
use std::process::ExitCode;
use tolmach_host::settings::Settings;

/// Settings with the flags that every verb knows.
pub struct Setup {
    /// What the environment and the files set.
    pub settings: Settings,
    /// `--color`, or what was set instead.
    pub color: output::Color,
    /// `--quiet`.
    pub quiet: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tolmach: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Some(verb) = arguments.verb else {
        output::print_line(cli::START_HERE)?;
        return Ok(ExitCode::SUCCESS);
    };
    let settings = Settings::load()?;
    let color = match arguments.color {
        Some(color) => color,
        None => output::Color::parse(&settings.color.value)?,
    };
    let setup = Setup { settings, color, quiet: arguments.quiet };
    match verb {
        Verb::Add(arguments) => add::run(&setup, &arguments),
        Verb::Annotate(arguments) => annotate::run(&setup, &arguments),
        Verb::Brief(arguments) => questions::run(&setup, Kind::Brief, &arguments),
        Verb::Claims(arguments) => questions::run(&setup, Kind::Claims, &arguments),
        Verb::Events(arguments) => questions::run(&setup, Kind::Events, &arguments),
        Verb::Timeline(arguments) => questions::run(&setup, Kind::Timeline, &arguments),
        Verb::Sources(arguments) => questions::run(&setup, Kind::Sources, &arguments),
        Verb::Quantities(arguments) => questions::run(&setup, Kind::Quantities, &arguments),
        Verb::Ties(arguments) => questions::run(&setup, Kind::Ties, &arguments),
        Verb::Show(arguments) => show::run(&setup, &arguments),
        Verb::Doctor(arguments) => doctor::run(&setup, &arguments),
        Verb::Setup(arguments) => setup::run(&setup, &arguments),
        Verb::Model(arguments) => model::run(&arguments),
        Verb::Probe(arguments) => probe::run(&setup, &arguments),
        Verb::Completions(arguments) => completions::run(&arguments),
        Verb::Man => completions::man(),
    }
}

/// A reader that has seen enough (`| head`) is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    })
}
