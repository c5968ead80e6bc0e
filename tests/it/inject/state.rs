//! How things stand in a room, by plain SQL and by the files, so that two moments can be compared.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::harness::{Room, WENMING, sha256};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the ledger and the folders hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// How many operations of each kind.
    pub(super) operations: BTreeMap<String, i64>,
    /// Each file that has its name, and what it is.
    pub(super) files: BTreeMap<String, String>,
    /// Those that were never finished.
    pub(super) unfinished: Vec<String>,
}

/// The folders whose files count.
const FOLDERS: [&str; 4] = ["data/keys", "data/outbox", "out", "share"];

impl State {
    pub(super) fn of(room: &Room) -> Self {
        let mut state = Self::default();
        let ledger = room.data().join("station.db");
        if ledger.exists() {
            state.operations = operations(&ledger);
        }
        for folder in FOLDERS {
            state.look(room, &room.path().join(folder));
        }
        state
    }

    fn look(&mut self, room: &Room, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries {
            let path = entry.unwrap().path();
            let below = path.strip_prefix(room.path()).unwrap();
            let below = below.display().to_string();
            if path.is_dir() {
                self.look(room, &path);
            } else if below.contains(".part") {
                self.unfinished.push(below);
            } else {
                let what = what(room, &path);
                self.files.insert(below, what);
            }
        }
    }

    /// Says whether two moments hold the same, whatever was left unfinished.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.operations == other.operations && self.files == other.files
    }

    /// Says whether nothing is less than before and nothing more than in the end.
    pub(super) fn is_between(&self, before: &Self, whole: &Self) -> bool {
        let count = |of: &Self, kind: &str| of.operations.get(kind).copied().unwrap_or(0);
        let mut kinds = before.operations.keys().chain(whole.operations.keys());
        let mut kinds = kinds.by_ref().chain(self.operations.keys());
        let counted = kinds
            .all(|kind| (count(before, kind)..=count(whole, kind)).contains(&count(self, kind)));
        let mut files = self.files.iter();
        counted && files.all(|(name, what)| whole.files.get(name) == Some(what))
    }

    /// What differs from another, for a person.
    pub(super) fn beside(&self, other: &Self) -> String {
        let mut said = String::new();
        for (kind, n) in &self.operations {
            if other.operations.get(kind) != Some(n) {
                write!(said, "{kind} {n}; ").unwrap();
            }
        }
        for (name, what) in &self.files {
            if other.files.get(name) != Some(what) {
                write!(said, "{name}: {what}; ").unwrap();
            }
        }
        for name in other.files.keys() {
            if !self.files.contains_key(name) {
                write!(said, "no {name}; ").unwrap();
            }
        }
        said
    }
}

fn operations(ledger: &Path) -> BTreeMap<String, i64> {
    let conn = Connection::open_with_flags(ledger, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    // Where writing became possible again the station begins anew.
    let sql = "SELECT kind, count(*) FROM operation WHERE kind <> 'boot' GROUP BY kind";
    let mut ask = conn.prepare(sql).unwrap();
    let rows = ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// What a file is: whole, by means of its own.
fn what(room: &Room, path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let bytes = fs::read(path).unwrap();
    let end = |end| Path::new(name).extension().is_some_and(|e| e == end);
    if end("zst") {
        bundle(room, path)
    } else if end("db") {
        copy(path)
    } else if end("xlsx") {
        // The last record of an archive, 22 bytes long, is written when all else is.
        let tail = bytes.len().saturating_sub(22);
        let last = bytes.get(tail..).unwrap();
        let whole = bytes.starts_with(b"PK") && last.starts_with(b"PK\x05\x06");
        if whole {
            "a workbook"
        } else {
            "half a workbook"
        }
        .to_owned()
    } else if name.starts_with("station.") || name == "card.key" {
        if bytes.is_empty() { "empty" } else { "a key" }.to_owned()
    } else {
        sha256(&String::from_utf8_lossy(&bytes), "")
    }
}

fn bundle(room: &Room, path: &Path) -> String {
    let verified = Command::new(WENMING)
        .args(["export", "verify"])
        .arg(path)
        .arg("--key")
        .arg(room.data().join("keys/station.pub"))
        .output()
        .unwrap();
    if verified.status.success() {
        "a bundle".to_owned()
    } else {
        String::from_utf8_lossy(&verified.stderr).into_owned()
    }
}

fn copy(path: &Path) -> String {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let uri = format!("file:{}?immutable=1", path.display());
    let conn = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI).unwrap();
    let ask = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, String>(0));
    let sound = ask("PRAGMA integrity_check").unwrap_or_else(|error| error.to_string());
    let head = ask("SELECT hash FROM operation ORDER BY seq DESC LIMIT 1");
    let head = head.unwrap_or_else(|error| error.to_string());
    format!("a copy, {sound}, head {head}")
}
