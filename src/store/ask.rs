//! Questions of scripts to the disk: plain SQL that only reads, and the newest operation of a kind.

use super::error::StoreError;
use super::{Store, rules};
use rusqlite::OptionalExtension as _;
use rusqlite::types::ValueRef;

impl Store {
    /// What a query that only reads gives, as the `sqlite3` program prints it: a line each row, `|` between columns.
    ///
    /// # Errors
    /// [`StoreError`] when it is no query, would write, or the disk fails.
    pub fn ask(&self, sql: &str) -> Result<String, StoreError> {
        let mut query = self.conn.prepare(sql)?;
        if !query.readonly() {
            return Err(StoreError::Unknown(format!("query that only reads: {sql}")));
        }
        let columns = query.column_count();
        let mut rows = query.query([])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            let mut line = Vec::with_capacity(columns);
            for column in 0..columns {
                line.push(match row.get_ref(column)? {
                    ValueRef::Null => String::new(),
                    ValueRef::Integer(number) => number.to_string(),
                    ValueRef::Real(number) => number.to_string(),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    ValueRef::Blob(blob) => format!("{} bytes", blob.len()),
                });
            }
            lines.push(line.join("|"));
        }
        Ok(lines.join("\n"))
    }

    /// The part of its body that belongs to the kind, of the newest operation of that kind.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn newest(&self, kind: &str) -> Result<Option<serde_json::Value>, StoreError> {
        let sql = "SELECT body FROM operation WHERE kind = ?1 ORDER BY seq DESC LIMIT 1";
        let mut query = self.conn.prepare_cached(sql)?;
        let body: Option<String> = query.query_row([kind], |row| row.get(0)).optional()?;
        body.map(|body| rules::what(&body)).transpose()
    }
}
