//! What the user names — files, folders, globs, standard input, JSON Lines — to documents.
//!
//! Finding is cheap and in a fixed order; reading one item touches nothing else, so callers may read items
//! side by side. A file that cannot be read is an error of its own and never stops the others.

use serde::Deserialize;
use std::fmt;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use tolmach_document::Document;
pub use tolmach_ingest::Extractor;
use tolmach_ingest::{Hints, MAX_BYTES, Metadata};

/// How inputs are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Every input is JSON Lines, whatever its name.
    pub jsonl: bool,
    /// Fills what a file lacks (`--published`, `--outlet`).
    pub fallback: Metadata,
    /// How articles are found in pages.
    pub extractor: Extractor,
}

/// One input that could not be read.
#[derive(Debug)]
pub struct InputError {
    /// What the user named, with the line in JSON Lines.
    pub name: String,
    /// Why, in lower case.
    pub message: String,
}

impl InputError {
    fn new(name: impl Into<String>, message: impl fmt::Display) -> Self {
        Self { name: name.into(), message: message.to_string() }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for InputError {}

/// One thing to read.
#[derive(Clone, Debug)]
pub enum Item {
    /// A file of its own.
    File(PathBuf),
    /// Standard input as one report.
    Stdin,
    /// A line of JSON Lines: where it stands, and the line.
    Line(String, String),
}

/// Everything that `paths` name, in a fixed order: as given, folders and globs in path order.
///
/// Items come lazily; lines of JSON Lines are read as they are asked for.
pub fn items(paths: &[PathBuf], options: &Options) -> impl Iterator<Item = Result<Item, InputError>> + use<> {
    let jsonl = options.jsonl;
    let mut seen = std::collections::BTreeSet::new();
    let files = paths.to_vec().into_iter().flat_map(expand).filter(move |found| match found {
        Ok(path) => seen.insert(path.clone()),
        Err(_) => true,
    });
    files.flat_map(move |found| -> Box<dyn Iterator<Item = Result<Item, InputError>>> {
        match found {
            Err(error) => Box::new(std::iter::once(Err(error))),
            Ok(path) if path.as_os_str() == "-" && jsonl => Box::new(lines("-".into(), std::io::stdin())),
            Ok(path) if path.as_os_str() == "-" => Box::new(std::iter::once(Ok(Item::Stdin))),
            Ok(path) if jsonl || is_jsonl(&path) => lines_of(&path),
            Ok(path) => Box::new(std::iter::once(Ok(Item::File(path)))),
        }
    })
}

fn is_jsonl(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("ndjson"))
}

fn lines_of(path: &Path) -> Box<dyn Iterator<Item = Result<Item, InputError>>> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => Box::new(lines(name, file)),
        Err(error) => Box::new(std::iter::once(Err(InputError::new(name, plain(&error))))),
    }
}

fn lines(name: String, input: impl Read + 'static) -> impl Iterator<Item = Result<Item, InputError>> {
    let mut input = BufReader::new(input);
    let mut number = 0usize;
    let mut over = false;
    std::iter::from_fn(move || {
        while !over {
            number += 1;
            let at = format!("{name}:{number}");
            match read_line(&mut input) {
                Ok(None) => over = true,
                Ok(Some(line)) if line.trim().is_empty() => {}
                Ok(Some(line)) => return Some(Ok(Item::Line(at, line))),
                Err(message) => {
                    over = message.1;
                    return Some(Err(InputError::new(at, message.0)));
                }
            }
        }
        None
    })
}

/// One line of at most [`MAX_BYTES`]; a longer one is skipped to its end. The flag says whether input is over.
fn read_line(input: &mut impl BufRead) -> Result<Option<String>, (String, bool)> {
    let mut line = Vec::new();
    let limit = MAX_BYTES as u64 * 2;
    let n = input.by_ref().take(limit).read_until(b'\n', &mut line).map_err(|e| (plain(&e), true))?;
    if n == 0 {
        return Ok(None);
    }
    if n as u64 == limit && line.last() != Some(&b'\n') {
        input.skip_until(b'\n').map_err(|e| (plain(&e), true))?;
        return Err((format!("line is longer than {} MB", limit >> 20), false));
    }
    match String::from_utf8(line) {
        Ok(line) => Ok(Some(line)),
        Err(_) => Err(("line is not UTF-8".to_owned(), false)),
    }
}

/// A file stands for itself, a folder for the reports below it, a glob for what it matches.
fn expand(path: PathBuf) -> Vec<Result<PathBuf, InputError>> {
    if path.as_os_str() == "-" {
        return vec![Ok(path)];
    }
    if path.is_dir() {
        let mut found = Vec::new();
        walk(&path, 0, &mut found);
        return found;
    }
    let name = path.to_string_lossy();
    if path.exists() || !name.contains(['*', '?', '[']) {
        return vec![Ok(path)];
    }
    let Ok(matches) = glob::glob(&name) else {
        return vec![Err(InputError::new(name, "not a file, and not a glob either"))];
    };
    let mut found: Vec<_> = matches
        .flatten()
        .flat_map(|path| if path.is_dir() { expand(path) } else { vec![Ok(path)] })
        .filter(|found| found.as_ref().map_or(true, |path| !is_side_file(path) && !is_dossier(path)))
        .collect();
    if found.is_empty() {
        found.push(Err(InputError::new(name, "matches no file")));
    }
    found
}

/// Deepest folder below the one named.
const MAX_FOLDERS: usize = 64;

fn walk(folder: &Path, depth: usize, out: &mut Vec<Result<PathBuf, InputError>>) {
    let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(error) => {
            out.push(Err(InputError::new(folder.display().to_string(), plain(&error))));
            return;
        }
    };
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || is_side_file(&path) || is_dossier(&path) {
            continue;
        }
        // Links to folders are not followed: they may lead in a circle.
        if path.is_dir() && !path.is_symlink() && depth < MAX_FOLDERS {
            walk(&path, depth + 1, out);
        } else if !path.is_dir() {
            out.push(Ok(path));
        }
    }
}

/// `report.toml` or `report.txt.json` beside `report.txt`: metadata, not a report.
fn is_side_file(path: &Path) -> bool {
    let kind = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    if !matches!(kind, "toml" | "json") {
        return false;
    }
    let base = path.with_extension("");
    base.is_file() || REPORT_KINDS.iter().any(|kind| base.with_extension(kind).is_file())
}

/// A dossier, or what SQLite keeps beside one: it often lies in the folder that is read into it.
fn is_dossier(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let beside = ["-shm", "-wal", "-journal"].iter().find_map(|end| name.strip_suffix(end));
    let mut head = [0; 16];
    let mut is_read = |path: &Path| File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok();
    is_read(beside.map_or(path, Path::new)) && head == *b"SQLite format 3\0"
}

const REPORT_KINDS: [&str; 5] = ["txt", "html", "htm", "md", "text"];

/// Reads one item.
///
/// # Errors
/// When it vanished, may not be read, is no text, or is no document line.
pub fn load(item: &Item, options: &Options) -> Result<Document, InputError> {
    match item {
        Item::Line(name, line) => load_line(name, line, options),
        Item::Stdin => {
            let bytes = read_bounded(std::io::stdin()).map_err(|e| InputError::new("-", e))?;
            let hints = hints("stdin", Metadata::default(), options);
            read_bytes(&bytes, hints, options).map_err(|e| InputError::new("-", e))
        }
        Item::File(path) => load_file(path, options),
    }
}

fn hints(name: &str, metadata: Metadata, options: &Options) -> Hints {
    Hints { id: name.to_owned(), path: Some(name.to_owned()), metadata, extractor: options.extractor }
}

fn load_file(path: &Path, options: &Options) -> Result<Document, InputError> {
    let name = path.display().to_string();
    let fail = |message: String| InputError::new(name.clone(), message);
    let file = File::open(path).map_err(|e| fail(plain(&e)))?;
    let bytes = read_bounded(file).map_err(fail)?;
    let (metadata, trouble) = side_file(path);
    let mut document = read_bytes(&bytes, hints(&name, metadata, options), options).map_err(fail)?;
    if let Some(message) = trouble {
        document.issues.push(tolmach_document::Issue { code: "side-file", message, range: None });
    }
    Ok(document)
}

fn read_bytes(bytes: &[u8], hints: Hints, options: &Options) -> Result<Document, String> {
    let document = tolmach_ingest::read(bytes, &hints).map_err(|refusal| refusal.to_string())?;
    Ok(with_fallback(document, options))
}

fn read_bounded(input: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|e| plain(&e))?;
    Ok(bytes)
}

/// Fills what the document lacks.
fn with_fallback(mut document: Document, options: &Options) -> Document {
    let lacking = Metadata {
        title: options.fallback.title.clone().filter(|_| document.title.is_none()),
        outlet: options.fallback.outlet.clone().filter(|_| document.outlet.is_none()),
        author: options.fallback.author.clone().filter(|_| document.author.is_none()),
        published: options.fallback.published.clone().filter(|_| document.published.is_none()),
        language: options.fallback.language.clone().filter(|_| document.language.is_none()),
        url: options.fallback.url.clone().filter(|_| document.url.is_none()),
    };
    lacking.lay_over(&mut document);
    document
}

/// The metadata beside a report, and what is wrong with it.
fn side_file(path: &Path) -> (Metadata, Option<String>) {
    let beside = |kind: &str| {
        let long = PathBuf::from(format!("{}.{kind}", path.display()));
        [long, path.with_extension(kind)].into_iter().find(|side| side.is_file() && side != path)
    };
    for (kind, read) in [
        ("toml", tolmach_ingest::metadata_toml as fn(&str) -> Result<Metadata, String>),
        ("json", tolmach_ingest::metadata_json),
    ] {
        let Some(side) = beside(kind) else { continue };
        let text = fs::read_to_string(&side).map_err(|e| plain(&e));
        return match text.and_then(|text| read(&text)) {
            Ok(metadata) => (metadata, None),
            Err(error) => (Metadata::default(), Some(format!("{}: {error}", side.display()))),
        };
    }
    (Metadata::default(), None)
}

#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    text: Option<String>,
    html: Option<String>,
    title: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    author: Option<String>,
    language: Option<String>,
    url: Option<String>,
}

fn load_line(name: &str, line: &str, options: &Options) -> Result<Document, InputError> {
    let fail = |message: String| InputError::new(name, message);
    let line: Line = serde_json::from_str(line).map_err(|e| fail(format!("not a document line: {e}")))?;
    let id = match &line.id {
        Some(serde_json::Value::String(id)) => id.clone(),
        Some(other) => other.to_string(),
        None => name.to_owned(),
    };
    let metadata = Metadata {
        title: line.title,
        outlet: line.outlet,
        author: line.author,
        published: line.published,
        language: line.language,
        url: line.url,
    };
    let hints = Hints { id, path: None, metadata, extractor: options.extractor };
    let read = match (&line.text, &line.html) {
        (Some(text), _) => tolmach_ingest::read_text(text, &hints),
        (None, Some(html)) => tolmach_ingest::read_html(html, &hints),
        (None, None) => return Err(fail("a document line needs \"text\" or \"html\"".to_owned())),
    };
    read.map(|document| with_fallback(document, options)).map_err(|refusal| fail(refusal.to_string()))
}

/// An I/O error in the user's words.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "may not be read".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let items = items(&[folder.to_owned()], &Options::default());
        let name = |item: Result<Item, InputError>| match item.unwrap() {
            Item::File(path) => path.strip_prefix(folder).unwrap().display().to_string(),
            Item::Line(at, _) => at.rsplit('/').next().unwrap().to_owned(),
            Item::Stdin => "-".to_owned(),
        };
        items.map(name).collect()
    }

    #[test]
    fn folders_give_reports_in_order_without_side_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::create_dir(path.join("b")).unwrap();
        for (name, text) in [
            ("c.txt", "Text."),
            ("c.toml", "outlet = \"X\""),
            ("a.html", "<html><body><p>Text of it.</p></body></html>"),
            ("b/d.txt", "Text."),
            ("b/d.txt.json", "{}"),
            (".hidden", "x"),
            ("lines.jsonl", "{\"id\":1,\"text\":\"One.\"}\n\n{\"id\":2,\"text\":\"Two.\"}\n"),
        ] {
            fs::write(path.join(name), text).unwrap();
        }
        assert_eq!(names(path), ["a.html", "b/d.txt", "c.txt", "lines.jsonl:1", "lines.jsonl:3"]);
        let report = load(&Item::File(path.join("c.txt")), &Options::default()).unwrap();
        assert_eq!(report.outlet.as_deref(), Some("X"));
    }

    #[test]
    fn each_trouble_names_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone.txt");
        let error = load(&Item::File(path.clone()), &Options::default()).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: no such file", path.display()));
        fs::write(&path, "").unwrap();
        assert!(
            load(&Item::File(path.clone()), &Options::default()).unwrap_err().message.contains("no text")
        );
        let star = folder.path().join("*.md");
        assert!(
            items(&[star], &Options::default())
                .next()
                .unwrap()
                .unwrap_err()
                .message
                .contains("matches no file")
        );
    }

    #[test]
    fn fallbacks_fill_and_do_not_overwrite() {
        let fallback = Metadata {
            outlet: Some("Given".into()),
            published: Some("2024-04-16".into()),
            ..Metadata::default()
        };
        let options = Options { fallback, ..Options::default() };
        let line = |text: &str| load(&Item::Line("x:1".into(), text.into()), &options);
        let own = line(r#"{"id":"a","text":"T.","outlet":"Own"}"#).unwrap();
        assert_eq!(
            (own.outlet.as_deref(), own.published.unwrap().to_string().as_str()),
            (Some("Own"), "2024-04-16")
        );
        assert!(line("{\"id\":\"a\"}").unwrap_err().message.contains("\"text\" or \"html\""));
        assert!(line("[").unwrap_err().to_string().starts_with("x:1: not a document line"));
    }

    #[test]
    fn a_broken_line_does_not_stop_the_next() {
        let input: &[u8] = b"{\"id\":1,\"text\":\"A.\"}\n\xff\xfe\n{\"id\":2,\"text\":\"B.\"}";
        let got: Vec<bool> = lines("x".into(), input).map(|item| item.is_ok()).collect();
        assert_eq!(got, [true, false, true]);
    }
}
