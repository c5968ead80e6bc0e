//! A town's ledger, made once and used again: 38,000 accounts and a million transfers.

#[path = "../../tests/it/station/till.rs"]
pub(crate) mod till;

use crate::common::{Board, Outcome, data_dir, time, timed};
use chrono::{DateTime, TimeDelta};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use std::fs;
use std::path::{Path, PathBuf};
use till::Fill as _;
use wenming::cli::{Size, example_config, seed_village};
use wenming::domain::{AccountId, Bucket, CardId, Direction, Now, Points};
use wenming::store::Store;

/// Raise it when what is made below changes.
const RECIPE: u32 = 1;
/// Accounts of the town; the first six have other cards.
const ACCOUNTS: usize = 38_000;
const KNOWN: usize = 6;
const TRANSFERS: i64 = 1_000_000;
/// Operations in one transaction.
const BATCH: i64 = 20_000;

/// Where the town's ledger is, made if it is not there.
pub(crate) fn town(board: &mut Board) -> Outcome<PathBuf> {
    let dir = data_dir()?.join("town");
    let note = dir.join("made");
    let made = fs::read_to_string(&note).unwrap_or_default();
    if let Some(seq) = is_made(&dir, &made)? {
        board.note(&format!(
            "data: target/bench-data/town, {seq} operations, reused"
        ));
        return Ok(dir);
    }
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    let (head, ns) = timed(|| make(&dir));
    let (seq, hash) = head?;
    fs::write(&note, format!("{RECIPE} {seq} {hash}"))?;
    let took = time(ns);
    board.note(&format!(
        "data: target/bench-data/town, {seq} operations, made in {took}"
    ));
    Ok(dir)
}

/// The card of the n-th account, for any n.
pub(crate) fn card(n: usize) -> Outcome<CardId> {
    let n = KNOWN + n % (ACCOUNTS - KNOWN);
    CardId::parse(&format!("{:010}", 10_000_000 + n)).ok_or_else(|| "no card number".into())
}

/// The n-th of some numbers that jump over the whole town: a large prime's multiples.
pub(crate) const fn scattered(n: usize) -> usize {
    n.wrapping_mul(15_485_863)
}

/// A second connection that only reads.
pub(crate) fn plain(dir: &Path) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(dir.join("station.db"), flags)?)
}

/// How long the log was when it was made, if it is the one that the note speaks of. It may have
/// grown since: every start of a station adds to it.
fn is_made(dir: &Path, note: &str) -> Outcome<Option<i64>> {
    let parts: Vec<&str> = note.split_whitespace().collect();
    let [recipe, seq, hash] = parts.as_slice() else {
        return Ok(None);
    };
    if *recipe != RECIPE.to_string() {
        return Ok(None);
    }
    let sql = "SELECT hash = ?2 FROM operation WHERE seq = ?1";
    let seq: i64 = seq.parse()?;
    let same = plain(dir)?.query_row(sql, (seq, hash), |row| row.get(0));
    Ok(same.optional()?.unwrap_or(false).then_some(seq))
}

/// The village's seed in the town's size, and as many credits more as a million takes.
fn make(dir: &Path) -> Outcome<(i64, String)> {
    let mut config = example_config().map_err(|_| "the example config has faults")?;
    seed_village(dir, &mut config, Size::Lucheng)?;
    let rule = config.rules.iter().find(|r| r.direction == Direction::Plus);
    let rule = rule.map(|r| r.code.clone()).ok_or("no rule that credits")?;
    let conn = plain(dir)?;
    let have: i64 = conn.query_row("SELECT count(*) FROM transfer", [], |row| row.get(0))?;
    let mut store = Store::open_seeded(dir, 2)?;
    let mut now = Now {
        wall: DateTime::parse_from_rfc3339("2026-11-20T08:00:00+08:00")?,
        mono_ms: 0,
    };
    let residents = residents(&store)?;
    let mut left = TRANSFERS - have;
    let mut places = (0..).map(scattered);
    while left > 0 {
        let batch = left.min(BATCH);
        left -= batch;
        store.write(&now.clone(), |writer| {
            for place in places.by_ref().take(usize::try_from(batch).unwrap_or(0)) {
                now.mono_ms += 10;
                now.wall += TimeDelta::milliseconds(10);
                writer.set_now(now);
                if let Some(account) = residents.get(place % residents.len()) {
                    let credited = (Points::new(5), Bucket::NEVER);
                    writer.points_in(account, &rule, credited, None)?.ok();
                }
            }
            Ok(())
        })?;
    }
    let head = "SELECT seq, hash FROM operation ORDER BY seq DESC LIMIT 1";
    Ok(conn.query_row(head, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

fn residents(store: &Store) -> Outcome<Vec<AccountId>> {
    (0..ACCOUNTS - KNOWN)
        .map(|n| {
            let found = store.statement_by_card(&card(n)?)?;
            let found = found.map_err(|refusal| refusal.code())?;
            Ok(found.member.account)
        })
        .collect()
}
