//! The conventions of the command line: where data goes, forms, settings, help.
#![allow(clippy::disallowed_methods, reason = "tests touch files")]

mod support;

use support::{Desk, lines};

#[test]
fn a_bare_call_says_where_to_start() {
    let Some(desk) = Desk::new() else { return };
    let ran = desk.run(&[]).code(0);
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (5, ""));
    assert!(ran.out.contains("tolmach add") && ran.out.contains("tolmach brief"));
}

#[test]
fn every_help_opens_with_two_examples() {
    let Some(desk) = Desk::new() else { return };
    let verbs = [
        "add", "annotate", "brief", "claims", "events", "timeline", "sources", "quantities", "ties", "show",
        "model", "doctor", "completions", "man",
    ];
    for verb in verbs {
        let ran = desk.run(&[verb, "--help"]).code(0);
        let mut lines = ran.out.lines();
        assert_eq!(lines.next(), Some("Examples:"), "{verb}");
        let examples: Vec<&str> = lines.by_ref().take(2).collect();
        assert!(examples.iter().all(|line| line.trim().starts_with("tolmach ")), "{verb}: {examples:?}");
    }
}

#[test]
fn wrong_usage_has_its_own_code() {
    let Some(desk) = Desk::new() else { return };
    for arguments in [&["nonsense"][..], &["add"], &["claims", "--since", "yesterday"], &["annotate", "--extractor", "slow", "a"]] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
}

#[test]
fn completions_and_manual_are_made() {
    let Some(desk) = Desk::new() else { return };
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(desk.run(&["completions", shell]).code(0).out.contains("timeline"), "{shell}");
    }
    let man = desk.run(&["man"]).code(0).out;
    assert!(man.contains(".TH") && man.contains("TIMELINE"));
}

#[test]
fn adding_twice_changes_nothing_and_a_correction_keeps_the_history() {
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", "The ferry sails again.");
    desk.add(&["a.txt"]).code(0).says(&["1 added in tolmach.dossier"]);
    let before = desk.run(&["brief"]).code(0).out;
    desk.add(&["a.txt", "./a.txt"]).code(0).says(&["unchanged"]);
    assert_eq!(desk.run(&["brief"]).code(0).out, before);
    // The dossier lies in the folder and is no report.
    desk.add(&["."]).code(0).says(&["1 unchanged"]);
    desk.file("a.txt", "The ferry does not sail.");
    desk.add(&["a.txt"]).code(0).says(&["1 corrected"]);
    let shown = desk.run(&["show", "a.txt", "--format", "json"]).code(0).out;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["text"], "The ferry does not sail.");
    assert_eq!(shown["versions"].as_array().unwrap().len(), 2);
    let first = desk.run(&["show", "a.txt", "--version", "1", "--format", "json"]).code(0).out;
    assert!(first.contains("The ferry sails again."));
    desk.run(&["show", "a.txt", "--version", "9"]).code(1).says(&["has no version 9"]);
    desk.run(&["show", "b.txt"]).code(1).says(&["no document \"b.txt\""]);
}

#[test]
fn an_ambiguous_name_lists_what_it_may_be() {
    let Some(desk) = Desk::new() else { return };
    desk.feed(&["add", "--from", "jsonl", "-"], &lines(3)).code(0);
    desk.run(&["show", "d00"]).code(1).says(&["may be any of these", "d000", "d001", "d002"]);
    desk.run(&["show", "d001"]).code(0);
}

#[test]
fn the_suffix_tells_the_form() {
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", "The ferry sails again.");
    desk.add(&["a.txt"]).code(0);
    for (name, start) in [("b.md", "# a.txt"), ("b.html", "<!DOCTYPE html>"), ("b.json", "{\n")] {
        desk.run(&["brief", "-o", name]).code(0).says(&["written to"]);
        let text = std::fs::read_to_string(desk.path().join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text:.40}");
    }
    for (name, start) in [("c.json", "[]"), ("c.jsonl", ""), ("c.csv", "published,"), ("c.md", "| published"), ("c.html", "<!DOC")] {
        desk.run(&["claims", "-o", name]).code(0);
        let text = std::fs::read_to_string(desk.path().join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text:.40}");
    }
    desk.run(&["claims", "-o", "c.xlsx"]).code(1).says(&["--format table|json|jsonl|csv|md|html"]);
    desk.run(&["brief", "--format", "csv"]).code(1).says(&["a brief is no table"]);
}

#[test]
fn settings_come_from_flag_environment_folder_and_user_in_this_order() {
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", "The ferry sails again.");
    desk.file("config/tolmach/config.toml", "dossier = \"user.dossier\"");
    let made = |name: &str| desk.path().join(name).exists();
    desk.add(&["a.txt"]).code(0);
    assert!(made("config/tolmach/user.dossier"));
    desk.file("tolmach.toml", "dossier = \"local.dossier\"");
    desk.add(&["a.txt"]).code(0);
    assert!(made("local.dossier"));
    let add = ["add", "a.txt"];
    assert!(desk.command(&add).env("TOLMACH_DOSSIER", "env.dossier").status().unwrap().success());
    assert!(made("env.dossier"));
    let flag = [&add[..], &["--dossier", "flag.dossier"]].concat();
    assert!(desk.command(&flag).env("TOLMACH_DOSSIER", "other.dossier").status().unwrap().success());
    assert!(made("flag.dossier") && !made("other.dossier"));
    desk.file("tolmach.toml", "dosier = \"x\"");
    desk.run(&["claims"]).code(1).says(&["cannot understand tolmach.toml", "dosier"]);
}

#[test]
fn what_a_text_says_cannot_leave_its_place() {
    let Some(desk) = Desk::new() else { return };
    let text = "Call <script>alert(1)</script> \u{1b}[2J \u{202e}txt.exe [x](javascript:1) now.";
    let line = serde_json::json!({
        "id": "<img src=x onerror=alert(1)>", "text": text, "outlet": "\u{1b}]0;title\u{7}<b>Out</b>",
        "title": "</title><script>alert(2)</script>", "url": "javascript:alert(3)"
    });
    desk.feed(&["add", "--from", "jsonl", "-"], &format!("{line}\n")).code(0);
    let page = desk.run(&["brief", "--format", "html"]).code(0).out;
    for bad in ["<script", "<img", "<b>Out", "javascript:"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("default-src 'none'"));
    for format in ["md", "json"] {
        let out = desk.run(&["brief", "--format", format]).code(0).out;
        assert!(!out.contains('\u{1b}') && !out.contains('\u{7}'), "{out}");
    }
    let shown = desk.run(&["show", "<img", "--format", "table"]).code(0).out;
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
}

#[test]
fn the_doctor_says_what_is_missing() {
    let Some(desk) = Desk::new() else { return };
    let ran = desk.run(&["doctor"]).code(0);
    for word in ["program", "word knowledge", "language model", "there is no dossier", "threads"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    let mut command = desk.command(&["doctor"]);
    let ran = support::Ran::from(command.env("TOLMACH_DATA", "none").output().unwrap()).code(1);
    assert!(ran.out.contains("tolmach setup"), "{}", ran.out);
}

#[test]
fn annotate_answers_in_input_order_and_names_what_it_cannot_read() {
    let Some(desk) = Desk::new() else { return };
    let input = lines(70);
    let ran = desk.feed(&["annotate", "--from", "jsonl", "-"], &input).code(0);
    let ids: Vec<String> = ran.out.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        line["doc"]["id"].as_str().unwrap().to_owned()
    }).collect();
    assert_eq!(ids, (0..70).map(|n| format!("d{n:03}")).collect::<Vec<_>>());
    let ran = desk.run(&["annotate", "gone.txt"]).code(1);
    assert_eq!(ran.err.trim(), "tolmach: gone.txt: no such file");
}
