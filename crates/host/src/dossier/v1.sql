-- Schema 1. What stays of a document when its text is corrected.
CREATE TABLE document (
    id       INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE            -- address, file or given id
) STRICT;

-- One text with its metadata. Never edited; `current` says which one of a document stands.
CREATE TABLE version (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES document (id),
    number    INTEGER NOT NULL,              -- 1 for the first text of its document
    key       BLOB    NOT NULL UNIQUE,       -- hash of text and metadata
    current   INTEGER NOT NULL,              -- 1 or 0
    name      TEXT    NOT NULL,
    title     TEXT,
    outlet    TEXT,
    author    TEXT,
    published TEXT,                          -- ISO 8601, as fine as it was given
    language  TEXT,
    path      TEXT,
    url       TEXT,
    text      TEXT    NOT NULL,
    signature BLOB    NOT NULL,              -- MinHash of its words, 32-bit little-endian numbers
    UNIQUE (document, number)
) STRICT;
CREATE INDEX version_published ON version (published) WHERE current = 1;

-- The history: when which version came to stand.
CREATE TABLE standing (
    id      INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES version (id),
    since   TEXT    NOT NULL
) STRICT;

-- One pass of the reader over one version. The latest of a version counts.
CREATE TABLE reading (
    id      INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES version (id),
    reader  TEXT    NOT NULL,                -- program, model and data
    at      TEXT    NOT NULL,
    issues  TEXT    NOT NULL                 -- JSON list of [code, message]
) STRICT;
CREATE INDEX reading_version ON reading (version);

-- One row read. Never edited; `withdrawn` names the reading that no longer found it.
CREATE TABLE statement (
    row            INTEGER PRIMARY KEY,
    id             BLOB    NOT NULL UNIQUE,  -- hash of version, rule, range and body
    version        INTEGER NOT NULL REFERENCES version (id),
    layer          TEXT    NOT NULL,
    start          INTEGER NOT NULL,         -- bytes
    "end"          INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    rule           TEXT    NOT NULL,
    body           TEXT    NOT NULL,         -- JSON, format 1
    found          INTEGER NOT NULL REFERENCES reading (id),
    withdrawn      INTEGER REFERENCES reading (id)
) STRICT;
CREATE INDEX statement_version ON statement (version, layer);

-- Decisions about statements. Never edited; a later one on the same pair takes the place of an earlier one.
CREATE TABLE judgement (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    "left"  BLOB NOT NULL,
    "right" BLOB NOT NULL,                   -- empty where there is no second
    verdict TEXT NOT NULL,
    "by"    TEXT NOT NULL,
    why     TEXT NOT NULL,
    UNIQUE (at, "left", "right", verdict, "by", why)
) STRICT;
