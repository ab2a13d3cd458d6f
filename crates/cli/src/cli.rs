//! The command line: verbs, flags, help. Does nothing itself.

use crate::{add, annotate, completions, doctor, model, output, probe, questions, setup, show};
use clap::{Parser, Subcommand};

/// Reads reporting and keeps a sourced model of a situation.
#[derive(Parser)]
#[command(
    name = "tolmach",
    version,
    about = "Reads reporting and keeps a sourced model of a situation: who says what, through whom, who denies it",
    disable_help_subcommand = true,
    before_help = "Examples:\n  tolmach add reports/            # read a folder into ./tolmach.dossier\n  tolmach brief -o brief.html     # what happened, who says so, who denies it",
    after_help = "Configuration: flags, then TOLMACH_* in the environment, then ./tolmach.toml, then ~/.config/tolmach/config.toml.\nExit codes: 0 done, 1 failed, 2 wrong usage, 4 some inputs failed, 130 interrupted."
)]
pub struct Arguments {
    /// When to use colours and bars [auto, always, never].
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<output::Color>,
    /// Say nothing on standard error but errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// What to do; nothing: say where to start.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What can be done.
#[derive(Subcommand)]
pub enum Verb {
    /// Read documents into the dossier; the same document twice changes nothing.
    #[command(
        before_help = "Examples:\n  tolmach add reports/ *.html\n  tolmach add --from jsonl feed.jsonl --dossier baltic.dossier"
    )]
    Add(add::Arguments),
    /// Write everything read from each document as one JSON object a line, without a dossier.
    #[command(
        before_help = "Examples:\n  tolmach annotate report.txt\n  tolmach annotate --from jsonl - < documents.jsonl > annotations.jsonl"
    )]
    Annotate(annotate::Arguments),
    /// What happened, who says what through whom, what is denied, which figures changed: with the words.
    #[command(before_help = "Examples:\n  tolmach brief --about Gurulev\n  tolmach brief --since 2024-04 -o brief.html")]
    Brief(questions::Arguments),
    /// Who says what, with the chain from the speaker to the outlet.
    #[command(before_help = "Examples:\n  tolmach claims --about Blinken\n  tolmach claims --since 2024 --format csv -o claims.csv")]
    Claims(questions::Arguments),
    /// Events as each report tells them, with their standing.
    #[command(before_help = "Examples:\n  tolmach events --about Kazakhstan\n  tolmach events --format jsonl | head")]
    Events(questions::Arguments),
    /// Dated events, earliest first.
    #[command(before_help = "Examples:\n  tolmach timeline --since 2022-01 --until 2022-12\n  tolmach timeline --about Baikonur --format md")]
    Timeline(questions::Arguments),
    /// Who is quoted, how often, through whom; outlets stand beside.
    #[command(before_help = "Examples:\n  tolmach sources\n  tolmach sources --about Tokayev --format json")]
    Sources(questions::Arguments),
    /// Amounts with what they measure and when they held.
    #[command(before_help = "Examples:\n  tolmach quantities --about \"Middle Corridor\"\n  tolmach quantities --format csv")]
    Quantities(questions::Arguments),
    /// Standing relations: offices, memberships, routes, trade.
    #[command(before_help = "Examples:\n  tolmach ties --about Kazakhstan\n  tolmach ties --format json")]
    Ties(questions::Arguments),
    /// One document with everything read from it and its history.
    #[command(before_help = "Examples:\n  tolmach show report.txt\n  tolmach show 3fa9c1d2 -o report.html")]
    Show(show::Arguments),
    /// Fetch the language model and the gazetteer and make the data file; the only verb that uses the network.
    #[command(before_help = "Examples:\n  tolmach setup\n  tolmach setup --force")]
    Setup(setup::Arguments),
    /// Make other language models of spaCy pipelines.
    #[command(
        before_help = "Examples:\n  tolmach model convert en_core_web_md/ -o md.model\n  tolmach annotate --model md.model report.txt"
    )]
    Model(model::Arguments),
    /// Say what is installed, which model and data, which settings hold and where they come from.
    #[command(before_help = "Examples:\n  tolmach doctor\n  tolmach doctor --format json")]
    Doctor(doctor::Arguments),
    /// One layer asked alone, for benchmarks.
    #[command(hide = true)]
    Probe(probe::Arguments),
    /// Print a completion script for a shell.
    #[command(before_help = "Examples:\n  tolmach completions bash > ~/.local/share/bash-completion/completions/tolmach\n  tolmach completions zsh > ~/.zfunc/_tolmach")]
    Completions(completions::Arguments),
    /// Print the manual page.
    #[command(before_help = "Examples:\n  tolmach man | man -l -\n  tolmach man > tolmach.1")]
    Man,
}

/// What a bare `tolmach` says.
pub const START_HERE: &str = "\
Tolmach reads reporting and keeps a sourced picture: who says what, through whom, who denies it.
  tolmach setup              fetch the language model and place names, once
  tolmach add reports/       read a folder of reports into ./tolmach.dossier
  tolmach brief              the brief; `-o brief.html` opens each line at its words
  tolmach --help             all commands; `tolmach doctor` says what is missing";
