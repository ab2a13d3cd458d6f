//! What goes wrong on a desk: each trouble has a clear word, and the dossier stays whole.
#![allow(clippy::disallowed_methods, reason = "tests touch files")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use support::{Desk, Ran, lines};

#[test]
fn broken_files_are_named_and_the_rest_is_kept() {
    let Some(desk) = Desk::new() else { return };
    desk.file("in/good.txt", "The ferry sails again.");
    desk.file("in/empty.txt", "");
    desk.file("in/junk.bin", [0u8, 159, 146, 150, 0, 1, 2, 3, 0, 0, 0, 255].repeat(400));
    desk.file("in/huge.txt", "All work and no play. ".repeat(50 << 20 >> 4).as_bytes().get(..50 << 20).unwrap());
    desk.file("in/mixed.txt", b"Caf\xe9 talks end.\xff\xfe Nobody signed.");
    let ran = desk.add(&["in", "in/gone.txt"]).code(4);
    let ran = ran.says(&["in/empty.txt: ", "in/junk.bin: ", "in/huge.txt: ", "in/gone.txt: no such file"]);
    assert_eq!(ran.err.lines().filter(|line| line.starts_with("tolmach: ")).count(), 4, "{}", ran.err);
    assert_eq!(desk.documents(), ["in/good.txt", "in/mixed.txt"]);
    desk.add(&["in/gone.txt"]).code(1);
}

#[test]
fn a_broken_line_does_not_stop_the_others() {
    let Some(desk) = Desk::new() else { return };
    let input = format!("{{\"id\":1}}\n[\n{}", lines(2));
    let ran = desk.feed(&["add", "--from", "jsonl", "-"], &input).code(4);
    ran.says(&["-:1: ", "-:2: ", "2 added, 2 failed"]);
    assert_eq!(desk.documents(), ["d000", "d001"]);
}

#[test]
fn a_newer_dossier_is_left_alone() {
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", "The ferry sails again.");
    desk.add(&["a.txt"]).code(0);
    let connection = rusqlite::Connection::open(desk.path().join("tolmach.dossier")).unwrap();
    connection.pragma_update(None, "user_version", 7).unwrap();
    drop(connection);
    for ran in [desk.add(&["a.txt"]), desk.run(&["claims"])] {
        ran.code(1).says(&["written by a newer Tolmach (schema 7", "update Tolmach"]);
    }
}

#[test]
fn what_is_no_dossier_is_not_overwritten() {
    let Some(desk) = Desk::new() else { return };
    let notes = desk.file("notes.txt", "Notes, not a dossier, and longer than a header of SQLite is. ".repeat(9));
    desk.add(&["--dossier", "notes.txt", "notes.txt"]).code(1).says(&["not a Tolmach dossier"]);
    assert!(std::fs::read_to_string(notes).unwrap().starts_with("Notes,"));
    desk.run(&["brief", "--dossier", "none"]).code(1).says(&["there is no dossier none", "tolmach add"]);
}

/// Program and data file where everybody may read them: their own places may lie in a home that is closed to others.
#[cfg(unix)]
fn copy_program(desk: &Desk) {
    std::fs::copy(env!("CARGO_BIN_EXE_tolmach"), desk.path().join("tolmach")).unwrap();
    std::fs::copy(tolmach_host::data::path(), desk.path().join("tolmach.data")).unwrap();
}

#[cfg(unix)]
fn open_to_all(desk: &Desk, arguments: &[&str]) -> Command {
    let mut command = Command::new(desk.path().join("tolmach"));
    command.args(arguments).current_dir(desk.path()).stdin(Stdio::null());
    command.env("TOLMACH_DATA", desk.path().join("tolmach.data")).env("XDG_CONFIG_HOME", desk.path().join("config"));
    command
}

#[cfg(unix)]
#[test]
fn a_read_only_dossier_can_be_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", "The ferry sails again.");
    desk.file("b.txt", "The ferry stopped.");
    desk.add(&["a.txt"]).code(0);
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    // The super-user may write anything, so the program runs as nobody then.
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0);
    if is_root {
        copy_program(&desk);
    }
    mode(&desk.path().join("tolmach.dossier"), 0o444);
    mode(desk.path(), 0o555);
    let run = |arguments: &[&str]| -> Ran {
        let mut command = if is_root { open_to_all(&desk, arguments) } else { desk.command(arguments) };
        if is_root {
            command.uid(65534).gid(65534);
        }
        command.output().unwrap().into()
    };
    let brief = run(&["brief"]);
    let add = run(&["add", "b.txt"]);
    mode(desk.path(), 0o755);
    assert!(brief.code(0).out.starts_with("# "));
    add.code(1).says(&["tolmach.dossier"]);
    assert_eq!(desk.documents(), ["a.txt"]);
}

#[test]
fn two_adds_at_once_wait_for_each_other() {
    let Some(desk) = Desk::new() else { return };
    for n in 0..40 {
        desk.file(&format!("{}/{n:02}.txt", n % 2), format!("Report {n} of the harbour office."));
    }
    let start = |folder: &str| -> Child {
        let mut command = desk.command(&["add", folder, "0/00.txt"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children = [start("0"), start("1"), start("0")];
    for child in children {
        Ran::from(child.wait_with_output().unwrap()).code(0);
    }
    assert_eq!(desk.documents().len(), 40);
}

/// An `add` that waits for more input after it has acknowledged `n` documents.
#[cfg(unix)]
fn waiting_add(desk: &Desk, n: usize) -> (Child, std::process::ChildStdin) {
    let arguments = ["add", "--from", "jsonl", "--format", "jsonl", "-"];
    let mut command = desk.command(&arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(lines(n).as_bytes()).unwrap();
    pipe.flush().unwrap();
    let mut out = BufReader::new(child.stdout.as_mut().unwrap());
    for _ in 0..n {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert!(line.contains("\"added\""), "{line}");
    }
    (child, pipe)
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_what_was_acknowledged() {
    let Some(desk) = Desk::new() else { return };
    let (child, pipe) = waiting_add(&desk, 5);
    signal(&child, "-INT");
    let ran = Ran::from(child.wait_with_output().unwrap()).code(130);
    drop(pipe);
    ran.says(&["interrupted", "5 added"]);
    assert_eq!(desk.documents().len(), 5);
    let again = desk.feed(&["add", "--from", "jsonl", "-"], &lines(8)).code(0);
    again.says(&["3 added, 5 unchanged"]);
}

#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_keeps_what_was_acknowledged() {
    let Some(desk) = Desk::new() else { return };
    for round in 0..12u64 {
        let mut command =
            desk.command(&["add", "--from", "jsonl", "--format", "jsonl", "all.jsonl"]);
        desk.file("all.jsonl", lines(300));
        let _ = std::fs::remove_file(desk.path().join("tolmach.dossier"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(15 + round * 11));
        signal(&child, "-KILL");
        let mut told = String::new();
        std::io::Read::read_to_string(child.stdout.as_mut().unwrap(), &mut told).unwrap();
        child.wait().unwrap();
        let acknowledged = told.lines().filter(|line| line.ends_with('}')).count();
        let kept = if desk.path().join("tolmach.dossier").exists() && acknowledged > 0 { desk.documents().len() } else { 0 };
        assert!(kept >= acknowledged, "round {round}: {kept} kept, {acknowledged} acknowledged");
        desk.add(&["--from", "jsonl", "all.jsonl"]).code(0);
        assert_eq!(desk.documents().len(), 300, "round {round}");
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(desk.path().join(format!("tolmach.dossier{suffix}")));
        }
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let Some(desk) = Desk::new() else { return };
    desk.feed(&["add", "--from", "jsonl", "-"], &lines(300)).code(0);
    let mut command = desk.command(&["brief", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = Ran::from(child.wait_with_output().unwrap()).code(0);
    assert_eq!(ran.err, "");
}

#[test]
fn a_full_output_device_is_an_error() {
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", "The ferry sails again.");
    desk.add(&["a.txt"]).code(0);
    if std::path::Path::new("/dev/full").exists() {
        desk.run(&["brief", "-o", "/dev/full", "--format", "md"]).code(1).says(&["/dev/full"]);
    }
    desk.run(&["brief", "-o", "no/such/folder/x.md"]).code(1).says(&["cannot write no/such/folder/x.md"]);
}
