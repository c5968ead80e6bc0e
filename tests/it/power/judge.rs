//! Whether a disk after a power cut is right: everything announced is there, nothing is half done, printed or sent without a record.
#![expect(
    clippy::unwrap_used,
    reason = "an image that cannot be looked at proves nothing"
)]

use super::record::Recording;
use super::told::Told;
use crate::exporting::bundles;
use crate::folder::names;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use wenming::domain::SlipKey;
use wenming::shell::printer::{JobState, Queue};
use wenming::store::Store;

/// Where a sink has the bundles of this station.
pub(super) const UP: &str = "share/up/YUNDAO/HY01";

/// Bundles that do not begin where the one before ended.
pub(super) const GAPS: &str = "SELECT count(*) FROM
    (SELECT json_extract(body, '$.what.from') AS start,
            lag(json_extract(body, '$.what.to'), 1, 0) OVER (ORDER BY seq) AS before
       FROM operation WHERE kind = 'bundle-written') WHERE start != before + 1";

/// What is wrong with an image, in words.
pub(super) fn faults(recording: &Recording, told: &Told, root: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let data = root.join("data");
    let was_there = data.join("station.db").exists();
    files(recording, told, root, &mut faults);
    match Store::open(&data).and_then(|store| store.audit()) {
        Ok(report) if report.is_clean() => {}
        Ok(report) => faults.push(format!("audit: {:?}", report.faults)),
        Err(error) => {
            faults.push(format!("does not open: {error}"));
            return faults;
        }
    }
    let conn = crate::harness::plain(&data);
    if was_there || told.done.contains("seed") {
        let found = crate::harness::number(&conn, "SELECT count(*) FROM operation");
        // What is younger than the newest announcement may have gone, what was there before the work may not.
        let is_made = recording.name != "first start";
        if is_made && found < recording.fewest {
            faults.push(format!("{found} operations of {}", recording.fewest));
        }
    }
    booked(&conn, told, &mut faults);
    printed(&conn, told, &data, &mut faults);
    exported(&conn, told, root, &mut faults);
    faults
}

/// Receipts, keys and copies of the ledger are whole, and what a command said that it made is there.
fn files(recording: &Recording, told: &Told, root: &Path, faults: &mut Vec<String>) {
    let made = [
        ("data/receipts", ".txt", None),
        ("data/keys", ".key", Some("keys")),
        ("data/keys", ".pub", Some("keys")),
        ("backup", ".db", Some("backup")),
    ];
    for (below, end, command) in made {
        let dir = root.join(below);
        let names = names(&dir);
        let mut names = names.iter().filter(|name| name.ends_with(end)).peekable();
        if names.peek().is_none() && command.is_some_and(|command| told.done.contains(command)) {
            faults.push(format!("what {command:?} announced is not there"));
        }
        for name in names {
            let found = fs::read(dir.join(name)).unwrap();
            if recording.written.get(&Path::new(below).join(name)) != Some(&found) {
                faults.push(format!("{below}/{name} is not what was written"));
            }
        }
    }
}

/// Every announced operation is there, with its hash.
fn booked(conn: &Connection, told: &Told, faults: &mut Vec<String>) {
    let sql = "SELECT kind, substr(hash, 1, 8) FROM operation WHERE seq = ?1";
    let mut query = conn.prepare(sql).unwrap();
    for (seq, announced) in &told.booked {
        let found = query.query_row([seq], |row| Ok((row.get(0)?, row.get(1)?)));
        let found: Option<(String, String)> = found.optional().unwrap();
        if found.as_ref() != Some(announced) {
            faults.push(format!("{seq} was {announced:?} and is {found:?}"));
        }
    }
}

/// How often a receipt may be on paper: once, and once for each time that it was asked for again.
pub(super) fn allowed(conn: &Connection, seq: i64) -> usize {
    let sql = "SELECT (SELECT count(*) FROM operation WHERE seq = ?1 AND kind = 'post') + (SELECT count(*) FROM operation
                WHERE kind = 'reprint' AND json_extract(body, '$.what.about') = ?1)";
    let count: i64 = conn.query_row(sql, [seq], |row| row.get(0)).unwrap();
    usize::try_from(count).unwrap()
}

/// What is on paper, even in part, is booked, and is never begun again.
fn printed(conn: &Connection, told: &Told, data: &Path, faults: &mut Vec<String>) {
    let jobs = Queue::new(&data.join("print")).jobs().unwrap();
    for (seq, copy) in &told.begun {
        let key = match copy {
            0 => format!("HY01-{seq}"),
            copy => format!("HY01-{seq}-R{copy}"),
        };
        let state = jobs.get(&SlipKey::parse(&key).unwrap());
        if !matches!(state, Some(JobState::Sending | JobState::Sent)) {
            faults.push(format!("{key} is on paper, and its job is {state:?}"));
        }
        if allowed(conn, *seq) <= *copy {
            faults.push(format!("{key} is on paper and not booked"));
        }
    }
    if !told.whole.is_subset(&told.begun) {
        faults.push("a slip ended that never began".to_owned());
    }
}

/// What the ledger tells of is in the outbox; what was sent is told of; nothing is told twice or left out.
fn exported(conn: &Connection, told: &Told, root: &Path, faults: &mut Vec<String>) {
    let sql = "SELECT json_extract(body, '$.what.file'), json_extract(body, '$.what.sha256')
                 FROM operation WHERE kind = 'bundle-written' ORDER BY seq";
    let mut query = conn.prepare(sql).unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let recorded: BTreeMap<String, String> = rows.unwrap().map(Result::unwrap).collect();
    let outbox = bundles(&root.join("data/outbox"));
    for (file, sha256) in &recorded {
        if outbox.get(file) != Some(sha256) {
            faults.push(format!("{file} is recorded and not in the outbox"));
        }
    }
    let sent = bundles(&root.join(UP));
    for file in &told.delivered {
        if !sent.contains_key(file) {
            faults.push(format!("{file} was said to be at the sink and is not"));
        }
    }
    for (file, sha256) in &sent {
        if recorded.get(file) != Some(sha256) {
            faults.push(format!("{file} was sent and is not recorded"));
        }
    }
    for file in &told.exported {
        if !recorded.contains_key(file) {
            faults.push(format!("{file} was announced and is not recorded"));
        }
    }
    if crate::harness::number(conn, GAPS) != 0 {
        faults.push("bundles leave something out or have it twice".to_owned());
    }
}
