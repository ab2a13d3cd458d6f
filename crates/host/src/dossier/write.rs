//! Writing a report: all of it in one transaction, and nothing twice.

use super::read::standing;
use rusqlite::{Connection, OptionalExtension, Result, Transaction, TransactionBehavior, params};
use tolmach_situation::{Judgement, Outcome, Report, Standing, Statement, Stored, encode};

pub fn append(connection: &mut Connection, report: &Report) -> Result<Outcome> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcome = match standing(&transaction, &report.identity, report.key, &report.reader)? {
        Standing::Same if !report.again => return Ok(Outcome::Unchanged),
        Standing::Same | Standing::ReadOtherwise => {
            let version = version_of(&transaction, report)?.expect("its standing says that it is there");
            read(&transaction, version, report)?;
            Outcome::ReadAgain
        }
        Standing::New => {
            first_version(&transaction, report)?;
            Outcome::Added
        }
        Standing::Changed => Outcome::Corrected(next_version(&transaction, report)?),
    };
    transaction.commit()?;
    Ok(outcome)
}

fn version_of(transaction: &Transaction, report: &Report) -> Result<Option<i64>> {
    let mut find = transaction.prepare_cached("SELECT id FROM version WHERE key = ?1")?;
    find.query_row([report.key.0], |row| row.get(0)).optional()
}

fn first_version(transaction: &Transaction, report: &Report) -> Result<()> {
    transaction
        .prepare_cached("INSERT INTO document (identity) VALUES (?1)")?
        .execute([&report.identity])?;
    let document = transaction.last_insert_rowid();
    let version = insert_version(transaction, document, 1, report)?;
    stands(transaction, version, &report.at)?;
    read(transaction, version, report)
}

/// A text that comes back is its old version made current again; it need not be read again.
fn next_version(transaction: &Transaction, report: &Report) -> Result<u32> {
    let document: i64 = transaction
        .prepare_cached("SELECT id FROM document WHERE identity = ?1")?
        .query_row([&report.identity], |row| row.get(0))?;
    transaction.prepare_cached("UPDATE version SET current = 0 WHERE document = ?1")?.execute([document])?;
    if let Some(version) = version_of(transaction, report)? {
        transaction.prepare_cached("UPDATE version SET current = 1 WHERE id = ?1")?.execute([version])?;
        stands(transaction, version, &report.at)?;
        let mut number = transaction.prepare_cached("SELECT number FROM version WHERE id = ?1")?;
        return number.query_row([version], |row| row.get(0));
    }
    let number: u32 = transaction
        .prepare_cached("SELECT max(number) + 1 FROM version WHERE document = ?1")?
        .query_row([document], |row| row.get(0))?;
    let version = insert_version(transaction, document, number, report)?;
    stands(transaction, version, &report.at)?;
    read(transaction, version, report)?;
    Ok(number)
}

fn stands(transaction: &Transaction, version: i64, at: &str) -> Result<()> {
    let mut insert = transaction.prepare_cached("INSERT INTO standing (version, since) VALUES (?1, ?2)")?;
    insert.execute(params![version, at]).map(|_| ())
}

fn insert_version(transaction: &Transaction, document: i64, number: u32, report: &Report) -> Result<i64> {
    let d = &report.document;
    let signature: Vec<u8> = report.signature.iter().flat_map(|n| n.to_le_bytes()).collect();
    transaction
        .prepare_cached(
            "INSERT INTO version (document, number, key, current, name, title, outlet, author, published, \
             language, path, url, text, signature) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            document,
            number,
            report.key.0,
            d.id,
            d.title,
            d.outlet,
            d.author,
            d.published.as_ref().map(ToString::to_string),
            d.language,
            d.path,
            d.url,
            d.text,
            signature
        ])?;
    Ok(transaction.last_insert_rowid())
}

/// Adds a reading of a version: what it finds anew is added, what it no longer finds is marked withdrawn.
fn read(transaction: &Transaction, version: i64, report: &Report) -> Result<()> {
    let issues: Vec<String> = Stored::issues(&report.issues)
        .iter()
        .map(|issue| serde_json::to_string(issue).expect("two strings are JSON"))
        .collect();
    transaction
        .prepare_cached("INSERT INTO reading (version, reader, at, issues) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![version, report.reader, report.at, format!("[{}]", issues.join(","))])?;
    let reading = transaction.last_insert_rowid();
    transaction
        .prepare_cached("UPDATE statement SET withdrawn = ?2 WHERE version = ?1 AND withdrawn IS NULL")?
        .execute(params![version, reading])?;
    for statement in &report.statements {
        insert_statement(transaction, version, reading, statement)?;
    }
    Ok(())
}

fn insert_statement(transaction: &Transaction, version: i64, reading: i64, s: &Statement) -> Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO statement (id, version, layer, start, \"end\", sentence_start, sentence_end, rule, body, found) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET withdrawn = NULL",
    )?;
    let row = params![
        s.id.0,
        version,
        s.body.layer(),
        s.range.start() as i64,
        s.range.end() as i64,
        s.sentence.start() as i64,
        s.sentence.end() as i64,
        s.rule,
        encode(&s.body),
        reading
    ];
    insert.execute(row).map(|_| ())
}

pub fn judge(connection: &Connection, j: &Judgement) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO judgement (at, \"left\", \"right\", verdict, \"by\", why) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![j.at, j.left.0, j.right.map(|id| id.0.to_vec()).unwrap_or_default(), j.verdict.name(), j.by, j.why])
        .map(|_| ())
}
