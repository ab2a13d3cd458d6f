//! The tables of a dossier and how older ones become newer ones.
//!
//! A migration, once released, is never edited: a dossier of every schema version must still open.

use super::error::{Error, Kind};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};

/// "tlmc": tells a dossier from any other SQLite file.
const APPLICATION: i32 = 0x746c_6d63;

/// `MIGRATIONS[n]` turns schema `n` into schema `n + 1`.
const MIGRATIONS: &[&str] = &[include_str!("v1.sql")];

/// The schema version this program writes.
pub const VERSION: usize = MIGRATIONS.len();

/// Refuses what is no dossier or is one of a newer program.
pub fn check(connection: &Connection, path: &Path) -> Result<usize, Error> {
    let (application, version, tables) = marks(connection).map_err(|error| Error::sqlite(path, error))?;
    if application != APPLICATION && (tables > 0 || application != 0) {
        return Err(Error::new(path, Kind::NotOurs));
    }
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    if version > VERSION {
        return Err(Error::new(path, Kind::Newer { found: version, known: VERSION }));
    }
    Ok(version)
}

/// Application, schema version and number of tables, as of one moment: between two reads another process may
/// have made the dossier.
fn marks(connection: &Connection) -> rusqlite::Result<(i32, i64, i64)> {
    connection.execute_batch("SAVEPOINT look")?;
    let read = || {
        let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let application = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok((application, version, tables))
    };
    let found = read();
    connection.execute_batch("RELEASE look")?;
    found
}

/// Brings a dossier up to date, after a copy of an older one was put beside it.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let fail = |error| Error::sqlite(path, error);
    let found = check(connection, path)?;
    if found == VERSION {
        return Ok(());
    }
    if found > 0 {
        let copy = backup_path(path, found);
        if !copy.exists() {
            connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()]).map_err(fail)?;
        }
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Exclusive).map_err(fail)?;
    // Another process may have done it while this one waited.
    let found = check(&transaction, path)?;
    for (step, migration) in MIGRATIONS.iter().enumerate().skip(found) {
        transaction.execute_batch(migration).map_err(fail)?;
        transaction.pragma_update(None, "user_version", (step + 1) as i64).map_err(fail)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(fail)?;
    transaction.commit().map_err(fail)
}

/// Where the copy of an older dossier is put.
fn backup_path(path: &Path, version: usize) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".v{version}.bak"));
    path.with_file_name(name)
}
