//! `tolmach completions` and `tolmach man`: made from the same arguments that are parsed.

use crate::{cli, output};
use anyhow::Result;
use clap::CommandFactory;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Arguments {
    /// Which shell.
    shell: clap_complete::Shell,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut cli::Arguments::command(), "tolmach", &mut out);
    output::print_bytes(&out)?;
    Ok(ExitCode::SUCCESS)
}

/// The manual page: the program, then each verb.
pub fn man() -> Result<ExitCode> {
    let mut command = cli::Arguments::command();
    command.build();
    let mut out = Vec::new();
    let page = clap_mangen::Man::new(command.clone());
    page.render(&mut out)?;
    for verb in command.get_subcommands() {
        let page = clap_mangen::Man::new(verb.clone());
        out.extend(format!(".SH \"{}\"\n", verb.get_name().to_uppercase()).bytes());
        page.render_description_section(&mut out)?;
        page.render_options_section(&mut out)?;
    }
    output::print_bytes(&out)?;
    Ok(ExitCode::SUCCESS)
}
