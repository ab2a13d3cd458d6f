//! Why a dossier cannot be used, in words that say what to do.

use rusqlite::ErrorCode;
use std::fmt;
use std::path::{Path, PathBuf};

/// One opaque error: the file and what is wrong with it.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Missing,
    Folder,
    NotOurs,
    Newer { found: usize, known: usize },
    Older { found: usize, known: usize },
    Format(String),
    Sqlite(rusqlite::Error),
}

impl Error {
    pub(super) fn new(path: &Path, kind: Kind) -> Self {
        Self { path: path.to_owned(), kind }
    }

    pub(super) fn sqlite(path: &Path, error: rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Kind::NotOurs,
            _ => Kind::Sqlite(error),
        };
        Self::new(path, kind)
    }

    /// Whether there is no such dossier.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing)
    }

    fn code(&self) -> Option<ErrorCode> {
        match &self.kind {
            Kind::Sqlite(error) => error.sqlite_error_code(),
            _ => None,
        }
    }

    /// Whether the file system said no; other documents would fare no better.
    #[must_use]
    pub fn is_final(&self) -> bool {
        !matches!(self.kind, Kind::Format(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.kind {
            Kind::Missing => write!(f, "there is no dossier {path}; `tolmach add PATH...` makes one"),
            Kind::Folder => write!(f, "{path} is a folder, not a dossier"),
            Kind::NotOurs => write!(f, "{path} is not a Tolmach dossier"),
            Kind::Newer { found, known } => write!(
                f,
                "dossier {path} was written by a newer Tolmach (schema {found}, this one knows up to {known}); \
                 update Tolmach to read it"
            ),
            Kind::Older { found, known } => write!(
                f,
                "dossier {path} has schema {found} and needs {known}; `tolmach add` brings it up to date, \
                 but it cannot be written here"
            ),
            Kind::Format(what) => write!(f, "dossier {path}: {what}"),
            Kind::Sqlite(error) => match self.code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    write!(f, "dossier {path} is in use by another program; try again when it is done")
                }
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                    write!(f, "dossier {path} is read-only")
                }
                Some(ErrorCode::DiskFull) => {
                    write!(f, "no room left for dossier {path}; what was added before is kept")
                }
                Some(ErrorCode::DatabaseCorrupt) => {
                    write!(f, "dossier {path} is damaged ({error}); restore it from a copy")
                }
                Some(ErrorCode::CannotOpen) => {
                    write!(f, "cannot open dossier {path}: no permission for it or its folder, or no such folder")
                }
                Some(ErrorCode::SystemIoFailure) => {
                    write!(f, "cannot read or write dossier {path}: the disk reports an error ({error})")
                }
                _ => write!(f, "dossier {path}: {error}"),
            },
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Sqlite(error) => Some(error),
            _ => None,
        }
    }
}
