//! Where rows go and in which form: standard output or a file that appears whole or not at all.

use anyhow::{Context, Result, bail};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use tolmach_host::settings::Settings;

/// Forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table for people.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Markdown.
    Md,
    /// One self-contained page.
    Html,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// The setting of that name.
    pub fn parse(name: &str) -> Result<Self> {
        match name {
            "auto" => Ok(Color::Auto),
            "always" => Ok(Color::Always),
            "never" => Ok(Color::Never),
            other => bail!("colour {other:?}: expected auto, always or never"),
        }
    }

    /// Whether a bar may be drawn on standard error.
    pub fn draws(self) -> bool {
        let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_plain = is_off || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        self == Color::Always || (self == Color::Auto && !is_plain && std::io::stderr().is_terminal())
    }
}

/// Flags of every verb that writes rows.
#[derive(clap::Args, Debug)]
pub struct Flags {
    /// Form of the output; else by the suffix of -o; else a table on a terminal and jsonl in a pipe.
    #[arg(long, value_enum, env = "TOLMACH_FORMAT")]
    pub format: Option<Format>,
    /// Short for --format json.
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Flags {
    /// The form asked for; `usual` where nothing says which.
    pub fn format(&self, settings: &Settings, usual: Option<Format>) -> Result<Format> {
        if self.json {
            return Ok(Format::Json);
        }
        if let Some(format) = self.format {
            return Ok(format);
        }
        let file = self.output.as_deref().filter(|path| path.as_os_str() != "-");
        if let Some(path) = file {
            return by_suffix(path);
        }
        if let Some(set) = &settings.format {
            let named = <Format as clap::ValueEnum>::from_str(&set.value, true);
            return named.map_err(|_| anyhow::anyhow!("format {:?} in {}", set.value, set.origin));
        }
        let is_terminal = std::io::stdout().is_terminal();
        Ok(usual.unwrap_or(if is_terminal { Format::Table } else { Format::Jsonl }))
    }

    /// Writes `bytes` to the file or to standard output.
    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        match self.output.as_deref().filter(|path| path.as_os_str() != "-") {
            Some(path) => write_whole(path, bytes),
            None => print_bytes(bytes),
        }
    }
}

fn by_suffix(path: &Path) -> Result<Format> {
    let suffix = path.extension().and_then(|suffix| suffix.to_str()).unwrap_or("").to_ascii_lowercase();
    Ok(match suffix.as_str() {
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Jsonl,
        "csv" => Format::Csv,
        "md" | "markdown" => Format::Md,
        "html" | "htm" => Format::Html,
        "txt" => Format::Table,
        _ => bail!(
            "cannot tell the form of {} by its suffix; add --format table|json|jsonl|csv|md|html",
            path.display()
        ),
    })
}

/// Writes beside the file and renames over it, so that it is never seen half written.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = || format!("cannot write {}", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A device or a pipe cannot be renamed over.
    if path.exists() && !path.is_file() {
        return std::fs::write(path, bytes).with_context(failed);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}", std::process::id()));
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written.with_context(failed)
}

/// Writes bytes to standard output.
pub fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}

/// Writes a line to standard output.
pub fn print_line(line: &str) -> Result<()> {
    print_bytes(format!("{line}\n").as_bytes())
}
