//! Reading the tables back into a snapshot. Every record is checked: a damaged one names itself.

use super::error::{Error, Kind};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeMap;
use std::path::Path;
use tolmach_document::{Document, Moment, TextRange};
use tolmach_situation::{
    DocumentKey, Judgement, Scope, Snapshot, Standing, Statement, StatementId, Stored, Verdict, decode,
};

pub fn standing(
    connection: &Connection,
    identity: &str,
    key: DocumentKey,
    reader: &str,
) -> rusqlite::Result<Standing> {
    let mut find = connection.prepare_cached(
        "SELECT d.identity, v.current, (SELECT r.reader FROM reading r WHERE r.version = v.id ORDER BY r.id DESC) \
         FROM version v JOIN document d ON d.id = v.document WHERE v.key = ?1",
    )?;
    let row = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found: Option<(String, bool, String)> = find.query_row([key.0], row).optional()?;
    let mut known = connection.prepare_cached("SELECT 1 FROM document WHERE identity = ?1")?;
    Ok(match found {
        None if known.exists([identity])? => Standing::Changed,
        None => Standing::New,
        Some((holder, current, _)) if holder == identity && !current => Standing::Changed,
        Some((_, _, last)) if last == reader => Standing::Same,
        Some(_) => Standing::ReadOtherwise,
    })
}

/// The documents in scope with the statements that stand.
pub fn snapshot(connection: &Connection, path: &Path, scope: Scope) -> Result<Snapshot, Error> {
    let fail = |error| Error::sqlite(path, error);
    // One transaction, so that a writer at work is seen before or after, not between.
    let view = connection.unchecked_transaction().map_err(fail)?;
    let mut documents = versions(&view, path, scope)?;
    statements(&view, path, &mut documents)?;
    let judgements = judgements(&view, path)?;
    view.finish().map_err(fail)?;
    Ok(Snapshot::new(documents.into_values().collect(), judgements))
}

fn versions(connection: &Connection, path: &Path, scope: Scope) -> Result<BTreeMap<i64, Stored>, Error> {
    let fail = |error| Error::sqlite(path, error);
    let mut select = connection
        .prepare_cached(
            "SELECT v.id, v.number, v.key, v.current, v.name, v.title, v.outlet, v.author, v.published, v.language, \
             v.path, v.url, v.text, v.signature, \
             (SELECT r.at FROM reading r WHERE r.version = v.id ORDER BY r.id), \
             (SELECT r.reader FROM reading r WHERE r.version = v.id ORDER BY r.id DESC), \
             (SELECT r.issues FROM reading r WHERE r.version = v.id ORDER BY r.id DESC), \
             (SELECT d.identity FROM document d WHERE d.id = v.document) FROM version v WHERE v.current OR ?1",
        )
        .map_err(fail)?;
    let mut rows = select.query([scope == Scope::History]).map_err(fail)?;
    let mut out = BTreeMap::new();
    while let Some(row) = rows.next().map_err(fail)? {
        let id: i64 = row.get(0).map_err(fail)?;
        out.insert(id, stored(row).map_err(fail)?);
    }
    Ok(out)
}

fn stored(row: &Row) -> rusqlite::Result<Stored> {
    let published: Option<String> = row.get(8)?;
    let signature: Vec<u8> = row.get(13)?;
    let numbers = signature.chunks_exact(4);
    let issues: String = row.get(16)?;
    Ok(Stored {
        identity: row.get(17)?,
        key: DocumentKey(row.get(2)?),
        document: Document {
            id: row.get(4)?,
            title: row.get(5)?,
            outlet: row.get(6)?,
            author: row.get(7)?,
            published: published.as_deref().and_then(Moment::parse),
            language: row.get(9)?,
            path: row.get(10)?,
            url: row.get(11)?,
            text: row.get(12)?,
            ..Document::default()
        },
        version: row.get(1)?,
        current: row.get(3)?,
        added: row.get(14)?,
        reader: row.get(15)?,
        statements: Vec::new(),
        issues: serde_json::from_str(&issues).unwrap_or_default(),
        signature: numbers.map(|n| u32::from_le_bytes(n.try_into().expect("chunks of four"))).collect(),
    })
}

fn statements(connection: &Connection, path: &Path, documents: &mut BTreeMap<i64, Stored>) -> Result<(), Error> {
    let fail = |error| Error::sqlite(path, error);
    let mut select = connection
        .prepare_cached(
            "SELECT version, id, start, \"end\", sentence_start, sentence_end, rule, body FROM statement \
             WHERE withdrawn IS NULL ORDER BY version, row",
        )
        .map_err(fail)?;
    let mut rows = select.query([]).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        let version: i64 = row.get(0).map_err(fail)?;
        if let Some(stored) = documents.get_mut(&version) {
            let statement = statement(row, &stored.document.text);
            stored.statements.push(statement.map_err(|what| Error::new(path, Kind::Format(what)))?);
        }
    }
    Ok(())
}

fn statement(row: &Row, text: &str) -> Result<Statement, String> {
    let say = |error: rusqlite::Error| error.to_string();
    let id = StatementId(row.get(1).map_err(say)?);
    let range = |from: usize| -> Result<TextRange, String> {
        let (start, end): (u32, u32) = (row.get(from).map_err(say)?, row.get(from + 1).map_err(say)?);
        let is_inside = text.get(start as usize..end as usize).is_some();
        if is_inside { Ok(TextRange::new(start, end)) } else { Err(format!("statement {id} points outside its document")) }
    };
    let body: String = row.get(7).map_err(say)?;
    let body = decode(&body).map_err(|error| format!("statement {id}: {error}"))?;
    Ok(Statement { id, range: range(2)?, sentence: range(4)?, rule: row.get(6).map_err(say)?, body })
}

fn judgements(connection: &Connection, path: &Path) -> Result<Vec<Judgement>, Error> {
    let fail = |error| Error::sqlite(path, error);
    let sql = "SELECT at, \"left\", \"right\", verdict, \"by\", why FROM judgement";
    let mut select = connection.prepare_cached(sql).map_err(fail)?;
    let rows = select
        .query_map([], |row| {
            let verdict: String = row.get(3)?;
            let right: Vec<u8> = row.get(2)?;
            let judgement = Judgement {
                at: row.get(0)?,
                left: StatementId(row.get(1)?),
                right: right.try_into().ok().map(StatementId),
                verdict: Verdict::Same,
                by: row.get(4)?,
                why: row.get(5)?,
            };
            Ok((verdict, judgement))
        })
        .map_err(fail)?;
    let mut out = Vec::new();
    for row in rows {
        let (verdict, judgement) = row.map_err(fail)?;
        let unknown = || Error::new(path, Kind::Format(format!("unknown verdict {verdict:?}")));
        let verdict = Verdict::from_name(&verdict).ok_or_else(unknown)?;
        out.push(Judgement { verdict, ..judgement });
    }
    Ok(out)
}
