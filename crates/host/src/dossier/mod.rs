//! The dossier: one SQLite file that holds documents, everything read from them, and judgements.
//!
//! Several processes may read and write it at once (write-ahead log; writers wait for each other). A report is
//! written in one transaction: it is in the file whole or not at all. Knows no rule and answers no question;
//! `situation` does.

mod error;
mod read;
mod schema;
mod write;

pub use error::Error;
pub use schema::VERSION;

use error::Kind;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tolmach_situation::{
    DocumentKey, Judgement, Outcome, Report, Scope, Snapshot, Standing, Storage,
};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open dossier.
pub struct Dossier {
    connection: Connection,
    path: PathBuf,
}

impl Dossier {
    /// Opens the dossier at `path` for writing; makes it where there is none, brings an older one up to date.
    ///
    /// # Errors
    /// When the file is no dossier, a newer one, or cannot be written.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if path.is_dir() {
            return Err(Error::new(path, Kind::Folder));
        }
        let fail = |error| Error::sqlite(path, error);
        let mut connection = Connection::open(path).map_err(fail)?;
        connection.busy_timeout(PATIENCE).map_err(fail)?;
        schema::check(&connection, path)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
        connection.pragma_update(None, "synchronous", "NORMAL").map_err(fail)?;
        connection.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        schema::migrate(&mut connection, path)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Opens the dossier at `path` to look at it; changes nothing.
    ///
    /// # Errors
    /// When there is none, or it is no dossier or a newer one.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        if path.is_dir() {
            return Err(Error::new(path, Kind::Folder));
        }
        if !path.exists() {
            return Err(Error::new(path, Kind::Missing));
        }
        let connection = readable(path)?;
        let found = schema::check(&connection, path)?;
        if found == schema::VERSION {
            return Ok(Self { connection, path: path.to_owned() });
        }
        drop(connection);
        // An older schema is brought up to date first; where that cannot be done, say so.
        Self::open(path).map_err(|_| Error::new(path, Kind::Older { found, known: schema::VERSION }))
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets the file grow no more. For tests of what happens when a disk is full.
    ///
    /// # Errors
    /// When the file cannot be asked how long it is.
    #[doc(hidden)]
    pub fn limit_pages(&self) -> Result<(), Error> {
        let fail = |error| Error::sqlite(&self.path, error);
        let pages: i64 = self.connection.pragma_query_value(None, "page_count", |row| row.get(0)).map_err(fail)?;
        self.connection.pragma_update(None, "max_page_count", pages + 2).map_err(fail)
    }

    /// Asks SQLite to look at every page.
    ///
    /// # Errors
    /// When a page is damaged.
    pub fn verify(&self) -> Result<(), Error> {
        let check = |row: &rusqlite::Row| row.get::<_, String>(0);
        let found = self.connection.query_row("PRAGMA quick_check(1)", [], check);
        match found.map_err(|error| Error::sqlite(&self.path, error))? {
            word if word == "ok" => Ok(()),
            word => Err(Error::new(&self.path, Kind::Format(format!("damaged: {word}")))),
        }
    }
}

/// A connection that cannot write. A log beside the file needs write access to its folder to be read; without
/// a log the file alone is all there is.
fn readable(path: &Path) -> Result<Connection, Error> {
    let open = |uri: String| -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
        Ok(connection)
    };
    let uri = uri(path);
    open(uri.clone()).or_else(|error| {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let has_log = std::fs::metadata(Path::new(&log)).is_ok_and(|meta| meta.len() > 0);
        if has_log || error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) {
            return Err(Error::sqlite(path, error));
        }
        open(format!("{uri}?immutable=1")).map_err(|_| Error::sqlite(path, error))
    })
}

/// `path` as a `file:` address, with the three characters that mean something there written in hexadecimal.
fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{path}")
}

impl Storage for Dossier {
    type Error = Error;

    fn standing(&self, identity: &str, key: DocumentKey, reader: &str) -> Result<Standing, Error> {
        read::standing(&self.connection, identity, key, reader)
            .map_err(|error| Error::sqlite(&self.path, error))
    }

    fn append(&mut self, report: &Report) -> Result<Outcome, Error> {
        write::append(&mut self.connection, report).map_err(|error| Error::sqlite(&self.path, error))
    }

    fn judge(&mut self, judgement: &Judgement) -> Result<(), Error> {
        write::judge(&self.connection, judgement).map_err(|error| Error::sqlite(&self.path, error))
    }

    fn snapshot(&self, scope: Scope) -> Result<Snapshot, Error> {
        read::snapshot(&self.connection, &self.path, scope)
    }
}
