//! Tokens per CPU-second of one core, cold and warm: `cargo bench -p tolmach-analysis [-- TEXTS.jsonl] [kernel=NAME] [mode=Fast]`;
//! modes are `Fast`, `Exact`, `threads` and `differences`.
//!
//! Counts CPU time, not the clock on the wall, so that a busy machine does not spoil the figure. Without texts it
//! reads the development part of the benchmarks (`TOLMACH_SHARED`, else `../shared`). The figures beside spaCy's
//! come from `cargo xtask bench linguistics`, which runs both on the same text.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads its own files and tells the time")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use tolmach_analysis::{Kernel, Mode, Model, Options, Worker};

fn main() {
    let Some(data) = data_file() else {
        eprintln!("skipped: no data file; set TOLMACH_DATA");
        return;
    };
    let texts = match texts() {
        Some(texts) if !texts.is_empty() => texts,
        _ => {
            eprintln!("skipped: no texts; name a .jsonl file or set TOLMACH_SHARED");
            return;
        }
    };
    let bytes = std::fs::read(&data).expect("the data file was there a moment ago");
    let file = tolmach_datafile::DataFile::open(Arc::new(bytes)).expect("the data file opens");
    let start = Instant::now();
    let model = Model::load(&file).expect("the data file holds a model");
    println!("load: {:.1} ms on the wall", start.elapsed().as_secs_f64() * 1e3);
    for kernel in Kernel::all().into_iter().rev().filter(|kernel| wanted("kernel=", kernel.name())) {
        for mode in [Mode::Fast, Mode::Exact].into_iter().filter(|mode| wanted("mode=", &format!("{mode:?}")))
        {
            time(&model, &texts, mode, kernel);
        }
    }
    if wanted("mode=", "threads") {
        two_threads(&model, &texts);
    }
    if wanted("mode=", "differences") {
        compare(&model, &texts);
    }
}

/// Whether the arguments ask for `name` or for nothing in particular.
fn wanted(option: &str, name: &str) -> bool {
    std::env::args().find_map(|argument| Some(argument.strip_prefix(option)? == name)).unwrap_or(true)
}

/// Reads the texts with a new worker, whose first pass is over texts that it has not seen, then once more.
fn time(model: &Model, texts: &[String], mode: Mode, kernel: Kernel) {
    let mut worker = Worker::with_kernel(model, Options { mode, vectors: false }, kernel);
    for pass in ["unseen", "repeated"] {
        let start = CpuTime::now();
        let n: usize = texts.iter().map(|text| worker.analyze(text).tokens.len()).sum();
        let speed = n as f64 / start.seconds();
        println!("{mode:?} {} {pass}: {n} tokens, {speed:.0} tokens per CPU-second", kernel.name());
    }
}

/// Reads all texts in each of two threads at once and adds up their speeds.
fn two_threads(model: &Model, texts: &[String]) {
    let read = || {
        let mut worker = Worker::new(model, Options { mode: Mode::Fast, vectors: false });
        let mut pass = || {
            let start = CpuTime::now();
            let n: usize = texts.iter().map(|text| worker.analyze(text).tokens.len()).sum();
            n as f64 / start.seconds()
        };
        pass();
        pass()
    };
    let [one, two] = std::thread::scope(|scope| {
        let threads = [scope.spawn(read), scope.spawn(read)];
        threads.map(|thread| thread.join().expect("reading does not panic"))
    });
    println!("Fast in two threads: {:.0} tokens per CPU-second of each, added up", one + two);
}

/// Counts where the decisions of the fast mode differ from those of the exact one, paragraph by paragraph, as the fast
/// mode also begins sentences with paragraphs.
fn compare(model: &Model, texts: &[String]) {
    let [mut exact, mut fast] =
        [Mode::Exact, Mode::Fast].map(|mode| Worker::new(model, Options { mode, vectors: false }));
    let mut counts = [0; 5];
    for paragraph in texts.iter().flat_map(|text| text.split("\n\n")) {
        let (exact, fast) = (exact.analyze(paragraph), fast.analyze(paragraph));
        counts[0] += exact.tokens.len();
        counts[1] += exact.tags.iter().zip(&fast.tags).filter(|(a, b)| a != b).count();
        counts[2] += exact.heads.iter().zip(&fast.heads).filter(|(a, b)| a != b).count();
        counts[3] += exact.deps.iter().zip(&fast.deps).filter(|(a, b)| a != b).count();
        counts[4] += exact.entities.iter().zip(&fast.entities).filter(|(a, b)| a != b).count();
    }
    let [tokens, tags, heads, deps, entities] = counts;
    println!(
        "Fast and Exact differ in {tokens} tokens: tags {tags}, heads {heads}, labels {deps}, entities {entities}"
    );
}

fn data_file() -> Option<PathBuf> {
    let set = std::env::var_os("TOLMACH_DATA").map(PathBuf::from);
    let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share/tolmach/tolmach.data"));
    set.or_else(home).filter(|path| path.exists())
}

fn texts() -> Option<Vec<String>> {
    let named = std::env::args().skip(1).find(|argument| argument.ends_with(".jsonl")).map(PathBuf::from);
    let shared = std::env::var_os("TOLMACH_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = named.unwrap_or_else(|| root.join(shared).join("eval/attribution/polnear.dev.jsonl"));
    let lines = std::fs::read_to_string(path).ok()?;
    let text = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        Some(line["text"].as_str()?.to_owned())
    };
    Some(lines.lines().filter_map(text).collect())
}

/// Time that this thread has spent on a processor; on systems without `/proc`, time on the wall.
struct CpuTime {
    cpu: Option<u64>,
    wall: Instant,
}

impl CpuTime {
    fn now() -> Self {
        Self { cpu: cpu_nanoseconds(), wall: Instant::now() }
    }

    fn seconds(&self) -> f64 {
        match (self.cpu, cpu_nanoseconds()) {
            (Some(start), Some(end)) => (end - start) as f64 / 1e9,
            _ => self.wall.elapsed().as_secs_f64(),
        }
    }
}

fn cpu_nanoseconds() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}
