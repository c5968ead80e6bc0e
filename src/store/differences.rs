//! Whether the tables, the guards and the rows that they read are those of this program. Asked at
//! every start, so it must be quick where all is well.

use super::difference::Difference;
use super::error::StoreError;
use super::schema::{KINDS, SCHEMA, fresh, known, version};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// A table, index, view or trigger with its SQL, or a row that the guards read: what it is, or of which table; its
/// name; and all of it.
type Object = (String, String, String);

const ROWS: &str = "
    SELECT 'account_kind', name, json_array(floored) FROM account_kind
    UNION ALL SELECT 'kind', name, json_array(phase, legs, pends, reverses, undo, signed, once) FROM kind
    UNION ALL SELECT 'way', concat_ws(' ', kind, unit_class, debit_kind, credit_kind), tie FROM way";

/// What ANALYZE leaves is not ours to mind.
const TABLES: &str = "
    SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'";

fn read(conn: &Connection, sql: &str) -> Result<Vec<Object>, StoreError> {
    let mut query = conn.prepare(sql)?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every object of a schema and every row that its guards read, sorted.
fn objects(conn: &Connection) -> Result<BTreeSet<Object>, StoreError> {
    let mut all = read(conn, TABLES)?;
    all.extend(read(conn, ROWS)?);
    Ok(all.into_iter().collect())
}

/// Says whether the objects are those of [`SCHEMA`], in the order in which it makes them.
///
/// `SQLite` keeps the text of each. A copy has another order; for it, and where something is
/// different, this is false.
fn is_as_made(objects: &[Object]) -> bool {
    let mut rest = SCHEMA.as_str();
    for (_, _, sql) in objects.iter().filter(|(_, _, sql)| !sql.is_empty()) {
        let Some((skipped, after)) = rest.split_once(sql.as_str()) else {
            return false;
        };
        if skipped.contains("CREATE ") || !after.starts_with(';') {
            return false;
        }
        rest = after;
    }
    !rest.contains("CREATE ")
}

/// Says without building a fresh ledger that all is well; false is no answer.
fn is_surely_same(conn: &Connection) -> Result<bool, StoreError> {
    if version(conn)? != known() || !is_as_made(&read(conn, &format!("{TABLES} ORDER BY rowid"))?) {
        return Ok(false);
    }
    let rules = Connection::open_in_memory()?;
    rules.execute_batch(&KINDS)?;
    let sorted = |conn| read(conn, ROWS).map(BTreeSet::from_iter);
    Ok(sorted(conn)? == sorted(&rules)?)
}

/// In what the tables, the guards and the rows that they read are not those of a fresh file of the
/// same version; nothing for a sound one.
pub(super) fn differences(conn: &Connection) -> Result<Vec<Difference>, StoreError> {
    if is_surely_same(conn)? {
        return Ok(Vec::new());
    }
    let expected = objects(&fresh(version(conn)?)?)?;
    let found = match objects(conn) {
        Ok(found) => found,
        // A table of rules is missing or has other columns: there is no rule to compare.
        Err(StoreError::Sqlite(error)) => return Ok(vec![Difference::Unread(error.to_string())]),
        Err(error) => return Err(error),
    };
    let missing = expected.difference(&found).cloned();
    let missing = missing.map(|(what, name, _)| Difference::Missing(what, name));
    let is_known = |of: &Object| {
        expected
            .iter()
            .any(|(what, name, _)| (what, name) == (&of.0, &of.1))
    };
    let more = found.iter().filter(|of| !is_known(of)).cloned();
    let more = more.map(|(what, name, _)| Difference::More(what, name));
    Ok(missing.chain(more).collect())
}

/// The schema as one text without its rows, for the snapshot that shows every change of it; `docs/LEDGER.md` has the rows.
///
/// # Errors
/// [`StoreError::Sqlite`] when a migration does not run.
pub fn schema_text() -> Result<String, StoreError> {
    let objects = BTreeSet::from_iter(read(&fresh(known())?, TABLES)?).into_iter();
    let texts = objects.map(|(_, _, sql)| sql).filter(|sql| !sql.is_empty());
    Ok(texts.collect::<Vec<_>>().join(";\n\n") + ";\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema::migrate;

    #[test]
    fn a_fresh_file_is_known_without_building_another() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn).unwrap();
        assert!(is_surely_same(&conn).unwrap());
        assert_eq!(differences(&conn).unwrap(), Vec::<Difference>::new());
        conn.execute_batch("ANALYZE").unwrap();
        assert!(is_surely_same(&conn).unwrap());
    }

    #[test]
    fn what_is_not_as_made_is_looked_at_closely() {
        for sql in [
            "DROP TRIGGER operation_insert",
            "DROP TRIGGER balance_delete",
            "DROP TABLE preference; CREATE TABLE preference(account INTEGER)",
            "CREATE INDEX more ON staff(name)",
            "CREATE VIEW more AS SELECT 1",
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')
               WHERE name = 'unit'; PRAGMA writable_schema = RESET",
            "DROP TRIGGER way_delete; DELETE FROM way WHERE kind = 'hold'",
        ] {
            let mut conn = Connection::open_in_memory().unwrap();
            migrate(&mut conn).unwrap();
            conn.execute_batch(sql).unwrap();
            assert!(!is_surely_same(&conn).unwrap(), "{sql}");
            assert!(!differences(&conn).unwrap().is_empty(), "{sql}");
        }
    }
}
