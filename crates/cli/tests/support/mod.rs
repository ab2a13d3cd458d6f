//! Runs the program in a folder of its own, with no settings from outside.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::disallowed_methods, reason = "tests touch files")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with a program in it.
pub struct Desk {
    folder: tempfile::TempDir,
    data: PathBuf,
}

/// What a run left.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    /// Checks the exit code, shows everything if it is another.
    #[track_caller]
    pub fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    /// Checks that standard error says all of this.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in: {}", self.err);
        }
        self
    }
}

impl Desk {
    /// A folder, if this machine has the data file that reading needs.
    pub fn new() -> Option<Self> {
        let data = tolmach_host::data::path();
        if !data.is_file() {
            eprintln!("skipped: no data file at {}; `tolmach setup` makes it", data.display());
            return None;
        }
        Some(Self { folder: tempfile::tempdir().unwrap(), data })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tolmach"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        for name in ["DOSSIER", "FORMAT", "COLOR", "HOME"] {
            command.env_remove(format!("TOLMACH_{name}"));
        }
        command.env("TOLMACH_DATA", &self.data);
        command.env("XDG_CONFIG_HOME", self.path().join("config")).env("XDG_DATA_HOME", self.path().join("data"));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    /// `tolmach add`.
    pub fn add(&self, arguments: &[&str]) -> Ran {
        self.run(&[&["add"], arguments].concat())
    }

    /// A run with this on its standard input.
    pub fn feed(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || {
            let _ = pipe.write_all(input.as_bytes());
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        output.into()
    }

    /// Ids of the documents in the dossier, one a line of the brief's JSON.
    pub fn documents(&self) -> Vec<String> {
        let ran = self.run(&["brief", "--format", "json"]).code(0);
        let brief: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let documents = brief["documents"].as_array().unwrap();
        documents.iter().map(|document| document["id"].as_str().unwrap().to_owned()).collect()
    }
}

/// `n` document lines.
pub fn lines(n: usize) -> String {
    let line = |n| format!("{{\"id\":\"d{n:03}\",\"text\":\"Report number {n} says little.\",\"outlet\":\"Wire\"}}\n");
    (0..n).map(line).collect()
}
