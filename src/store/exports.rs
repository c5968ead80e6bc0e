//! Exports in the ledger: reading the log in pieces, and the two operations that tell of bundles.
//!
//! Every read is a short one, so that a walk along a long log never keeps a writer waiting.

use super::append::{STATION, head};
use super::error::StoreError;
use super::{Store, questions, rules};
use crate::domain::json::{int, map, text};
use crate::domain::{
    BundleNote, ChainHash, ExportStatus, ExportWhy, Kind, Logged, Now, Seq, Tally,
};
use crate::services;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::Value as Json;

/// An operation as it travels, borrowed from the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportRow<'a> {
    /// Its place in the log.
    pub seq: Seq,
    /// Its canonical body.
    pub body: &'a str,
    /// The hash that it says is the one before.
    pub prev: &'a str,
    /// Its hash.
    pub hash: &'a str,
}

/// A bundle that is in the outbox, as the ledger shall tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// The file's name.
    pub file: String,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// The first operation in it.
    pub from: Seq,
    /// The last operation in it; one before `from` where there is none.
    pub to: Seq,
    /// Why it was written.
    pub why: ExportWhy,
    /// The audit before it found nothing.
    pub clean: bool,
}

/// Why an acknowledgement is not taken. The ledger stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AckFault {
    /// The town has more than we: this disk was put back from an old copy.
    #[error(
        "the town has operations up to {seq}, this ledger ends at {head}: restored from an old copy"
    )]
    Ahead {
        /// What the town has.
        seq: Seq,
        /// What we have.
        head: Seq,
    },
    /// The town has another operation at that place: two disks went on from one copy.
    #[error("operation {seq} of the town has another hash than ours: another disk wrote it")]
    Different {
        /// Where the logs differ, or before.
        seq: Seq,
    },
}

/// Figures of the ledger for a heartbeat. Counts only: nobody's name, card or PIN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerFigures {
    /// Holds that wait for an attendant.
    pub open_holds: i64,
    /// Refusals since the last bundle, by their code.
    pub refusals: Vec<(String, i64)>,
    /// Operations since the last bundle, by kind.
    pub kinds: Vec<(Kind, i64)>,
}

/// The operation that tells of the newest bundle.
fn last_written(conn: &Connection) -> Result<Option<Logged>, StoreError> {
    Ok(questions::logged(conn, &Tally::of(Kind::BUNDLE_WRITTEN), 1)?.pop())
}

/// The hash that stands at a place in the log.
fn hash(conn: &Connection, seq: Seq) -> Result<Option<String>, StoreError> {
    let mut query = conn.prepare_cached("SELECT hash FROM operation WHERE seq = ?1")?;
    Ok(query.query_row([seq.get()], |row| row.get(0)).optional()?)
}

fn acknowledged(conn: &Connection) -> Result<Option<Seq>, StoreError> {
    let told = questions::logged(conn, &Tally::of(Kind::BUNDLE_ACKNOWLEDGED), 1)?;
    let Some(told) = told.first() else {
        return Ok(None);
    };
    let seq = rules::what(&told.body)?.get("seq").and_then(Json::as_i64);
    let damaged = || StoreError::Corrupt("an acknowledgement without seq".to_owned());
    Ok(Some(Seq::new(seq.ok_or_else(damaged)?)))
}

/// Reads what an operation says of its bundle.
fn bundle(seq: i64, wall_ms: i64, body: &str) -> Result<(BundleNote, String), StoreError> {
    let what = rules::what(body)?;
    let number = |key: &str| what.get(key).and_then(Json::as_i64);
    let word = |key: &str| what.get(key).and_then(Json::as_str);
    let read = || {
        let note = BundleNote {
            seq: Seq::new(seq),
            file: word("file")?.to_owned(),
            from: Seq::new(number("from")?),
            to: Seq::new(number("to")?),
            wall_ms,
            why: ExportWhy::parse(word("why")?)?,
            clean: number("clean")? == 1,
        };
        Some((note, word("sha256")?.to_owned()))
    };
    read().ok_or_else(|| StoreError::Corrupt(format!("bundle-written at {seq}")))
}

fn status(conn: &Connection) -> Result<ExportStatus, StoreError> {
    let acknowledged = acknowledged(conn)?;
    let end = head(conn)?.map_or(0, |head| head.seq.get());
    let done = acknowledged.map_or(0, Seq::get);
    let last = last_written(conn)?;
    let last = last.map(|last| bundle(last.seq.get(), last.wall_ms, &last.body));
    Ok(ExportStatus {
        acknowledged,
        waiting: end.saturating_sub(done),
        last: last.transpose()?.map(|(note, _)| note),
    })
}

impl Store {
    /// Gives at most `max` operations from a place on, in order, and says how many there were.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails, or what `give` answers.
    pub fn operations_from<E: From<StoreError>>(
        &self,
        from: Seq,
        max: usize,
        mut give: impl FnMut(ExportRow<'_>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let limit = i64::try_from(max).unwrap_or(i64::MAX);
        let sqlite = |error: rusqlite::Error| E::from(StoreError::from(error));
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT seq, body, prev, hash FROM operation WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
            )
            .map_err(sqlite)?;
        let mut rows = query.query([from.get(), limit]).map_err(sqlite)?;
        let mut count: usize = 0;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let word = |place| {
                row.get_ref(place)
                    .map_err(sqlite)?
                    .as_str()
                    .map_err(|error| sqlite(error.into()))
            };
            give(ExportRow {
                seq: Seq::new(row.get(0).map_err(sqlite)?),
                body: word(1)?,
                prev: word(2)?,
                hash: word(3)?,
            })?;
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    /// The hash of the operation at a place; 64 zeros before the first one.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn hash_at(&self, seq: Seq) -> Result<Option<ChainHash>, StoreError> {
        if seq.get() == 0 {
            return Ok(Some(ChainHash::genesis()));
        }
        Ok(hash(&self.conn, seq)?.and_then(|hash| ChainHash::parse(&hash)))
    }

    /// The last place in the log; 0 in an empty one.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn head(&self) -> Result<Seq, StoreError> {
        Ok(head(&self.conn)?.map_or(Seq::new(0), |head| head.seq))
    }

    /// Records that a bundle is in the outbox.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn bundle_written(
        &mut self,
        now: &Now,
        file: &BundleFile,
    ) -> Result<BundleNote, StoreError> {
        let what = map([
            ("clean", int(i64::from(file.clean))),
            ("file", text(file.file.as_str())),
            ("from", int(file.from.get())),
            ("sha256", text(file.sha256.as_str())),
            ("to", int(file.to.get())),
            ("why", text(file.why.name())),
        ]);
        let seq = self.write(now, |writer| {
            writer.event(Kind::BUNDLE_WRITTEN, STATION, what)
        })?;
        Ok(BundleNote {
            seq,
            file: file.file.clone(),
            from: file.from,
            to: file.to,
            wall_ms: now.wall.timestamp_millis(),
            why: file.why,
            clean: file.clean,
        })
    }

    /// Takes the town's word that it has everything up to `seq`, which there has that hash.
    ///
    /// An older word than one that was taken before changes nothing. Says what is acknowledged now.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the word is not taken.
    pub fn acknowledge(
        &mut self,
        now: &Now,
        seq: Seq,
        hash: &ChainHash,
    ) -> Result<Result<Seq, AckFault>, StoreError> {
        self.write(now, |writer| {
            let head = head(writer.conn)?.map_or(Seq::new(0), |head| head.seq);
            if seq > head {
                return Ok(Err(AckFault::Ahead { seq, head }));
            }
            let ours = self::hash(writer.conn, seq)?;
            if ours.as_deref() != Some(hash.as_str()) {
                return Ok(Err(AckFault::Different { seq }));
            }
            if let Some(known) = acknowledged(writer.conn)?.filter(|known| *known >= seq) {
                return Ok(Ok(known));
            }
            let what = map([("hash", text(hash.as_str())), ("seq", int(seq.get()))]);
            writer.event(Kind::BUNDLE_ACKNOWLEDGED, STATION, what)?;
            Ok(Ok(seq))
        })
    }

    /// What stands on disk about exports.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn export_status(&self) -> Result<ExportStatus, StoreError> {
        self.read(status)
    }

    /// Every bundle recorded after a place in the log, oldest first, with the SHA-256 of its file.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn bundles_after(&self, seq: Seq) -> Result<Vec<(BundleNote, String)>, StoreError> {
        self.read(|conn| {
            let mut query = conn.prepare_cached(
                "SELECT seq, wall_ms, body FROM operation
                 WHERE kind = ?1 AND seq > ?2 ORDER BY seq",
            )?;
            let mut rows = query.query(params![Kind::BUNDLE_WRITTEN.name(), seq.get()])?;
            let mut bundles = Vec::new();
            while let Some(row) = rows.next()? {
                let body: String = row.get(2)?;
                bundles.push(bundle(row.get(0)?, row.get(1)?, &body)?);
            }
            Ok(bundles)
        })
    }

    /// Figures for the heartbeat, counted since the last bundle.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails.
    pub fn heartbeat(&self) -> Result<LedgerFigures, StoreError> {
        self.read(|conn| {
            let since = last_written(conn)?.map_or(0, |written| written.seq.get());
            let holds = super::holds::open(conn)?.len();
            let mut query = conn.prepare_cached(
                "SELECT coalesce(json_extract(body, '$.what.code'), ''), count(*) FROM operation
                 WHERE kind = ?1 AND seq > ?2 GROUP BY 1 ORDER BY 1",
            )?;
            let refusals = params![Kind::REFUSAL.name(), since];
            let refusals = query.query_map(refusals, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let refusals = refusals.collect::<Result<_, _>>()?;
            let mut query = conn.prepare_cached(
                "SELECT kind, count(*) FROM operation NOT INDEXED WHERE seq > ?1 GROUP BY kind ORDER BY kind",
            )?;
            let mut rows = query.query([since])?;
            let mut kinds = Vec::new();
            while let Some(row) = rows.next()? {
                let kind: String = row.get(0)?;
                // A kind that nobody knows is for the audit to name.
                kinds.extend(services::kind(&kind).zip(row.get(1).ok()));
            }
            Ok(LedgerFigures {
                open_holds: i64::try_from(holds).unwrap_or(i64::MAX),
                refusals,
                kinds,
            })
        })
    }
}
