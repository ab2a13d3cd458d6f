//! What the store promises: nothing twice, nothing lost, nothing half, and a clear word when it cannot.

#[path = "../../resolution/tests/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use support::Draft;
use tolmach_document::{Stance, Tense, TieKind};
use tolmach_host::Dossier;
use tolmach_situation::{Judgement, Memory, Outcome, Report, Scope, Snapshot, Storage, Verdict};

fn report(text: &str) -> Report {
    let mut draft = Draft::new("Gazette", "2024-04-07", text);
    let ivo = draft.person("Ivo Lasko");
    let said = draft.says(Some(ivo), Stance::Deny, "it is closed");
    let time = draft.time("Friday", "2024-04-05", "2024-04-06");
    draft.attribution(said).time = Some(time);
    let event = draft.event("BLOCKADE", "is closed", ivo, Some(ivo));
    draft.event_mut(event).attribution = Some(said);
    draft.event_mut(event).factuality.tense = Tense::Hypothetical;
    draft.amount("40 wagons", 40.5, "wagon", Some("freight"), Some(time));
    draft.reading.extraction.ties.push(tolmach_document::Tie {
        kind: TieKind::SameAs,
        a: ivo,
        b: ivo,
        range: draft.find("Ivo"),
        time: Some(time),
        attribution: Some(said),
        rule: support::RULE,
    });
    Report { identity: "file:/reports/a.txt".to_owned(), ..draft.report() }
}

const FIRST: &str = "Ivo Lasko said on Friday it is closed to 40 wagons.";
const SECOND: &str = "Ivo Lasko said on Friday it is closed to 40 wagons.\nThis report was corrected.";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }
    fn path(&self) -> PathBuf {
        self.folder.path().join("a.dossier")
    }
    fn open(&self) -> Dossier {
        Dossier::open(&self.path()).unwrap()
    }
}

fn lines(snapshot: &Snapshot) -> Vec<String> {
    let mut out = Vec::new();
    for stored in &snapshot.documents {
        out.push(format!("{} v{} {} {:?}", stored.key, stored.version, stored.current, stored.document));
        out.extend(stored.statements.iter().map(|statement| format!("  {statement:?}")));
    }
    out.extend(snapshot.judgements.iter().map(|judgement| format!("{judgement:?}")));
    out
}

/// The same story told to any store; what it answers on the way.
fn story<Store: Storage>(store: &mut Store) -> Vec<Outcome>
where
    Store::Error: std::fmt::Debug,
{
    let (first, second) = (report(FIRST), report(SECOND));
    let later = Report { reader: "other".to_owned(), statements: first.statements[1..].to_vec(), ..first.clone() };
    let forced = Report { again: true, ..first.clone() };
    let all = [&first, &first, &later, &later, &second, &second, &first, &forced];
    let outcomes = all.into_iter().map(|report| store.append(report).unwrap()).collect();
    let left = first.statements[0].id;
    let judgement = Judgement {
        at: "2024-05-01T00:00:00Z".to_owned(),
        left,
        right: None,
        verdict: Verdict::Retracted,
        by: "analyst".to_owned(),
        why: "withdrawn".to_owned(),
    };
    store.judge(&judgement).unwrap();
    store.judge(&judgement).unwrap();
    outcomes
}

#[test]
fn both_stores_tell_one_story() {
    let place = Place::new();
    let mut dossier = place.open();
    let mut memory = Memory::default();
    let outcomes = story(&mut dossier);
    assert_eq!(outcomes, story(&mut memory));
    use Outcome::{Added, Corrected, ReadAgain, Unchanged};
    let last = [Corrected(1), ReadAgain];
    assert_eq!(outcomes[..6], [Added, Unchanged, ReadAgain, Unchanged, Corrected(2), Unchanged]);
    assert_eq!(outcomes[6..], last);
    for scope in [Scope::Current, Scope::History] {
        let (a, b) = (dossier.snapshot(scope).unwrap(), memory.snapshot(scope).unwrap());
        assert_eq!(lines(&a), lines(&b), "{scope:?}");
    }
    assert_eq!(dossier.snapshot(Scope::Current).unwrap().documents.len(), 1);
    assert_eq!(dossier.snapshot(Scope::History).unwrap().documents.len(), 2);
}

#[test]
fn what_was_read_comes_back_from_the_file() {
    let place = Place::new();
    place.open().append(&report(FIRST)).unwrap();
    let snapshot = Dossier::open_read_only(&place.path()).unwrap().snapshot(Scope::Current).unwrap();
    assert_eq!(snapshot.documents[0].statements, report(FIRST).statements);
    assert_eq!(snapshot.documents[0].signature, report(FIRST).signature);
    place.open().verify().unwrap();
}

#[track_caller]
fn refused(path: &Path, words: &str) {
    for opened in [Dossier::open(path), Dossier::open_read_only(path)] {
        let message = opened.err().expect("it must be refused").to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn what_is_no_dossier_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "These are notes and no dossier, whatever the command line says.".repeat(20)).unwrap();
    let before = std::fs::read(&text).unwrap();
    refused(&text, "is not a Tolmach dossier");
    assert_eq!(std::fs::read(&text).unwrap(), before);
    let other = folder.path().join("other.sqlite");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    refused(&other, "is not a Tolmach dossier");
    refused(folder.path(), "is a folder");
    let message = Dossier::open_read_only(&folder.path().join("none")).err().unwrap().to_string();
    assert!(message.contains("there is no dossier"), "{message}");
}

#[test]
fn a_newer_dossier_is_refused_and_left_as_it_was() {
    let place = Place::new();
    place.open().append(&report(FIRST)).unwrap();
    let connection = rusqlite::Connection::open(place.path()).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    refused(&place.path(), "written by a newer Tolmach (schema 99, this one knows up to 1)");
}

#[test]
fn dossiers_of_every_schema_open() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    for schema in 1..=tolmach_host::dossier::VERSION {
        let sample = samples.join(format!("schema-{schema}.dossier"));
        let place = Place::new();
        std::fs::copy(&sample, place.path()).unwrap_or_else(|e| panic!("{}: {e}", sample.display()));
        let outcome = place.open().append(&report(FIRST)).unwrap();
        assert_eq!(outcome, Outcome::Unchanged, "schema {schema}");
        let snapshot = Dossier::open_read_only(&place.path()).unwrap().snapshot(Scope::History).unwrap();
        assert_eq!(snapshot.documents.len(), 2, "schema {schema}");
    }
}

/// Writes the sample of today's schema; run with `TOLMACH_WRITE_SAMPLES=1` when the schema number rises.
#[test]
fn samples_are_written_on_demand() {
    if std::env::var_os("TOLMACH_WRITE_SAMPLES").is_none() {
        eprintln!("skipped: set TOLMACH_WRITE_SAMPLES=1 to write the sample of this schema");
        return;
    }
    let place = Place::new();
    let mut dossier = place.open();
    dossier.append(&report(SECOND)).unwrap();
    dossier.append(&report(FIRST)).unwrap();
    drop(dossier);
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    std::fs::create_dir_all(&samples).unwrap();
    let name = format!("schema-{}.dossier", tolmach_host::dossier::VERSION);
    std::fs::copy(place.path(), samples.join(name)).unwrap();
}

#[test]
fn a_damaged_record_names_itself() {
    let place = Place::new();
    place.open().append(&report(FIRST)).unwrap();
    for (sql, words) in [
        ("UPDATE statement SET \"end\" = 999999 WHERE layer = 'event'", "points outside its document"),
        ("UPDATE statement SET body = '{\"from-the-future\":1}' WHERE layer = 'tie'", "does not know"),
    ] {
        let copy = place.folder.path().join("copy");
        std::fs::copy(place.path(), &copy).unwrap();
        rusqlite::Connection::open(&copy).unwrap().execute_batch(sql).unwrap();
        let message = Dossier::open(&copy).unwrap().snapshot(Scope::Current).err().unwrap().to_string();
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn damaged_pages_are_reported_not_followed() {
    let place = Place::new();
    place.open().append(&report(&format!("{FIRST}{}", "\nMore of it.".repeat(4000)))).unwrap();
    let good = std::fs::read(place.path()).unwrap();
    let mut seen = 0;
    for page in 1..good.len() / 4096 {
        let mut bad = good.clone();
        bad[page * 4096..(page + 1) * 4096].fill(0xa5);
        std::fs::write(place.path(), &bad).unwrap();
        let looked = Dossier::open_read_only(&place.path()).and_then(|d| {
            d.verify()?;
            d.snapshot(Scope::History)
        });
        seen += usize::from(looked.is_err());
    }
    assert!(seen > good.len() / 4096 / 2, "{seen} of {} damaged pages noticed", good.len() / 4096);
}

#[test]
fn writers_wait_for_each_other() {
    let place = Place::new();
    drop(place.open());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = place.path();
            scope.spawn(move || {
                let mut dossier = Dossier::open(&path).unwrap();
                for n in 0..20 {
                    let draft = report(&format!("{FIRST}\nCopy {n} of {}.", writer % 2));
                    let identity = format!("id:{}-{n}", writer % 2);
                    dossier.append(&Report { identity, ..draft }).unwrap();
                }
            });
        }
    });
    let snapshot = place.open().snapshot(Scope::History).unwrap();
    assert_eq!(snapshot.documents.len(), 40);
}

#[test]
fn a_full_disk_leaves_the_dossier_as_it_was() {
    let place = Place::new();
    let mut dossier = place.open();
    dossier.append(&report(FIRST)).unwrap();
    // SQLite's own limit on pages stands for a full disk: it gives the same error from the same place.
    dossier.limit_pages().unwrap();
    let long = format!("{FIRST}{}", "\nMore of it, and then more again.".repeat(40_000));
    let error = dossier.append(&Report { identity: "file:/b".to_owned(), ..report(&long) }).unwrap_err();
    assert!(error.to_string().contains("no room left"), "{error}");
    drop(dossier);
    let snapshot = place.open().snapshot(Scope::History).unwrap();
    assert_eq!(snapshot.documents.len(), 1);
    place.open().verify().unwrap();
}

#[test]
fn kinds_survive_the_file() {
    for kind in TieKind::ALL {
        let body = tolmach_situation::Body::Tie(tolmach_situation::Tie {
            kind,
            a: report(FIRST).statements[0].id,
            b: report(FIRST).statements[0].id,
            time: None,
            attribution: None,
        });
        assert_eq!(tolmach_situation::decode(&tolmach_situation::encode(&body)).unwrap(), body);
    }
}
