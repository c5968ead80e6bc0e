//! The questions that every service asks of the log, answered by four indexes: what a tally comes
//! to, its newest operations, and everything about one thing. What was undone is left out.

use super::Store;
use super::error::StoreError;
use super::log::{COLUMNS, Raw, raw};
use crate::domain::json::Value as Json;
use crate::domain::{About, AccountId, Kind, Logged, Net, Seq, Tally};
use crate::services::Plan;
use chrono::NaiveDate;
use rusqlite::types::{ToSql, ToSqlOutput, Value};
use rusqlite::{Connection, Row, named_params};
use std::cmp::Reverse;

/// An operation that still counts.
const NET: &str = "NOT EXISTS(SELECT 1 FROM undone u WHERE u.seq = o.seq)";

/// What `about` is on disk.
struct Key<'a>(&'a About);

impl ToSql for Key<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self.0 {
            About::Code(code) => code.to_sql(),
            About::Seq(seq) => Ok(ToSqlOutput::Owned(Value::Integer(seq.get()))),
        }
    }
}

/// The operations of a kind `:kind` that a tally counts, through the index that leaves the fewest to look at.
fn counted(tally: &Tally) -> String {
    let index = match (&tally.who, &tally.about, tally.from.or(tally.to)) {
        (Some(_), _, _) => "operation_who",
        (None, Some(_), _) => "operation_about",
        (None, None, Some(_)) => "operation_day",
        (None, None, None) => "operation_kind",
    };
    let mut sql = format!("FROM operation o INDEXED BY {index} WHERE o.kind = :kind");
    for (asked, condition) in [
        (tally.about.is_some(), " AND o.about = :about"),
        (tally.who.is_some(), " AND o.who = :who"),
        (tally.from.is_some(), " AND o.day >= :from"),
        (tally.to.is_some(), " AND o.day <= :to"),
    ] {
        if asked {
            sql.push_str(condition);
        }
    }
    format!("{sql} AND {NET}")
}

/// Runs a query of [`counted`] for each kind of a tally.
fn ask<T>(
    conn: &Connection,
    sql: &str,
    (tally, limit): (&Tally, Option<i64>),
    mut row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut query = conn.prepare_cached(sql)?;
    let about = tally.about.as_ref().map(Key);
    let who = tally.who.as_ref().map(AccountId::as_str);
    let day = |day: Option<NaiveDate>| day.map(|day| day.format("%F").to_string());
    let (from, to) = (day(tally.from), day(tally.to));
    let mut given: Vec<(&str, &dyn ToSql)> = Vec::new();
    for (name, value) in [
        (":about", &about as &dyn ToSql),
        (":who", &who),
        (":from", &from),
        (":to", &to),
        (":limit", &limit),
    ] {
        if query.parameter_index(name)?.is_some() {
            given.push((name, value));
        }
    }
    let mut answers = Vec::new();
    for kind in &tally.kinds {
        let name = kind.name();
        let mut all = given.clone();
        all.push((":kind", &name));
        let mut rows = query.query(all.as_slice())?;
        while let Some(found) = rows.next()? {
            answers.push(row(found)?);
        }
    }
    Ok(answers)
}

fn net_sql(tally: &Tally) -> String {
    format!(
        "SELECT count(*), coalesce(sum(o.n), 0),
           coalesce(sum((SELECT sum(amount) FROM transfer WHERE seq = o.seq AND unit = 1)), 0) {}",
        counted(tally)
    )
}

/// What a tally comes to: below 1 ms for some thousands of operations that count.
pub(super) fn net(conn: &Connection, tally: &Tally) -> Result<Net, StoreError> {
    let nets = ask(conn, &net_sql(tally), (tally, None), |row| {
        Ok(Net {
            count: row.get(0)?,
            n: row.get(1)?,
            points: row.get(2)?,
        })
    })?;
    let add = |sum: Net, of: &Net| {
        Some(Net {
            count: sum.count.checked_add(of.count)?,
            n: sum.n.checked_add(of.n)?,
            points: sum.points.checked_add(of.points)?,
        })
    };
    nets.iter()
        .try_fold(Net::default(), add)
        .ok_or_else(|| StoreError::Corrupt("a tally is too large to count".to_owned()))
}

/// The inner query picks the places by the index alone; only what is answered is read whole.
fn logged_sql(tally: &Tally) -> String {
    format!(
        "SELECT {COLUMNS} FROM (SELECT o.seq AS place {} ORDER BY o.seq DESC LIMIT :limit)
           JOIN operation ON seq = place ORDER BY seq DESC",
        counted(tally)
    )
}

/// The newest `limit` operations that a tally counts, newest first.
///
/// With a limit of 1 this finds what stands under a natural key.
pub(super) fn logged(
    conn: &Connection,
    tally: &Tally,
    limit: usize,
) -> Result<Vec<Logged>, StoreError> {
    let most = Some(i64::try_from(limit).unwrap_or(i64::MAX));
    let mut rows = ask(conn, &logged_sql(tally), (tally, most), raw)?;
    rows.sort_unstable_by_key(|row| Reverse(row.seq()));
    rows.truncate(limit);
    rows.into_iter().map(Raw::parse).collect()
}

fn about_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM operation o INDEXED BY operation_about
          WHERE o.kind = :kind AND o.about = :about AND {NET} ORDER BY o.seq"
    )
}

/// Everything of these kinds that concerns one thing, in the order of the log, to be folded.
pub(super) fn about(
    conn: &Connection,
    kinds: &[Kind],
    about: &About,
) -> Result<Vec<Logged>, StoreError> {
    let mut query = conn.prepare_cached(&about_sql())?;
    let mut found = Vec::new();
    for kind in kinds {
        let rows = query.query_map(
            named_params! {":kind": kind.name(), ":about": Key(about)},
            raw,
        )?;
        for row in rows {
            found.push(row?.parse()?);
        }
    }
    found.sort_unstable_by_key(|logged| logged.seq);
    Ok(found)
}

/// The operation that stands under the natural key of what is to be written, where its kind has one.
pub(super) fn natural_key(conn: &Connection, plan: &Plan) -> Result<Option<Seq>, StoreError> {
    let once: String = conn
        .prepare_cached("SELECT once FROM kind WHERE name = ?1")?
        .query_row([plan.kind.name()], |row| row.get(0))?;
    if once.is_empty() {
        return Ok(None);
    }
    let mut tally = Tally::of(plan.kind);
    for word in once.split('-') {
        let value = plan.what.get(word);
        match word {
            "about" => {
                tally.about = value.and_then(|about| match about {
                    Json::Text(code) => Some(About::Code(code.clone())),
                    Json::Int(seq) => Some(About::Seq(Seq::new(*seq))),
                    Json::List(_) | Json::Map(_) => None,
                });
            }
            "who" => tally.who = value.and_then(Json::as_text).and_then(AccountId::parse),
            _ => {
                tally.from = value
                    .and_then(Json::as_text)
                    .and_then(|day| day.parse().ok());
                tally.to = tally.from;
            }
        }
    }
    Ok(logged(conn, &tally, 1)?.first().map(|first| first.seq))
}

impl Store {
    /// What a tally comes to.
    ///
    /// # Errors
    /// [`StoreError`] when the disk cannot be read, or the sum is too large to count.
    pub fn net(&self, tally: &Tally) -> Result<Net, StoreError> {
        self.read(|conn| net(conn, tally))
    }

    /// The newest `limit` operations that a tally counts, newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the disk cannot be read.
    pub fn logged(&self, tally: &Tally, limit: usize) -> Result<Vec<Logged>, StoreError> {
        self.read(|conn| logged(conn, tally, limit))
    }

    /// Everything of these kinds that concerns one thing, in the order of the log.
    ///
    /// # Errors
    /// [`StoreError`] when the disk cannot be read.
    pub fn about(&self, kinds: &[Kind], of: &About) -> Result<Vec<Logged>, StoreError> {
        self.read(|conn| about(conn, kinds, of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema;
    use rusqlite::fallible_iterator::FallibleIterator as _;

    fn plan(conn: &Connection, sql: &str) -> Vec<String> {
        let mut query = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // Nothing is bound; the plan does not depend on it.
        query.raw_query().map(|row| row.get(3)).collect().unwrap()
    }

    /// Nobody waits for a walk along the whole log, whatever is asked for.
    #[test]
    fn no_question_reads_the_whole_log() {
        let mut conn = Connection::open_in_memory().unwrap();
        schema::migrate(&mut conn).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 11, 23);
        let mut queries = vec![about_sql()];
        for shape in 0..16_u8 {
            let tally = Tally {
                kinds: vec![Kind::single("award")],
                about: (shape & 1 > 0).then(|| About::Code("TREE".to_owned())),
                who: (shape & 2 > 0).then(AccountId::hq),
                from: day.filter(|_| shape & 4 > 0),
                to: day.filter(|_| shape & 8 > 0),
            };
            queries.extend([net_sql(&tally), logged_sql(&tally)]);
        }
        for sql in queries {
            let plan = plan(&conn, &sql);
            assert!(plan.iter().any(|step| step.starts_with("SEARCH o USING")));
            for step in plan.iter().filter(|step| step.starts_with("SCAN")) {
                // What the inner query found is walked, nothing else.
                assert!(step.starts_with("SCAN (subquery"), "{step}\n{sql}");
            }
        }
    }
}
