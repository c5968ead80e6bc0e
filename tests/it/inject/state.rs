//! How things stand in a room, by plain SQL and by the files, so that two moments can be compared.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::folder::names;
use crate::harness::{Room, WENMING};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use wenming::bundle::StationKey;
use wenming::domain::hex;

/// How many bytes the key has by which cards are found.
const CARD_KEY: usize = 32;

/// What the ledger and the folders hold.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// How many operations of each kind.
    pub(super) operations: BTreeMap<String, i64>,
    /// Each file that has its name, and what it is: the same for two that differ only by chance.
    pub(super) files: BTreeMap<String, String>,
    /// The same files, and the SHA-256 of what is in them.
    contents: BTreeMap<String, String>,
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
        // Beside the ledger a command may only make what it clears away again. An empty folder is nothing to anybody.
        let is_left = |name: &String| {
            let path = room.data().join(name);
            name.contains(".part") && !(path.is_dir() && names(&path).is_empty())
        };
        let beside = names(&room.data()).into_iter().filter(is_left);
        state
            .unfinished
            .extend(beside.map(|name| format!("data/{name}")));
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
                let bytes = fs::read(&path).unwrap();
                let what = what(room, &path, &bytes);
                self.files.insert(below.clone(), what);
                self.contents.insert(below, hex(&Sha256::digest(bytes)));
            }
        }
    }

    /// Says whether two moments hold the same, whatever was left unfinished.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.operations == other.operations && self.files == other.files
    }

    /// Says whether nothing is less than before and nothing more than in the end, and each file is as it was or as it will be.
    pub(super) fn is_between(&self, before: &Self, whole: &Self) -> bool {
        let count = |of: &Self, kind: &str| of.operations.get(kind).copied().unwrap_or(0);
        let mut kinds = [before, whole, self]
            .into_iter()
            .flat_map(|state| state.operations.keys());
        let counted = kinds
            .all(|kind| (count(before, kind)..=count(whole, kind)).contains(&count(self, kind)));
        let mut names = [before, whole, self]
            .into_iter()
            .flat_map(|state| state.files.keys());
        let is_one = |name| {
            let is = self.files.get(name);
            is == before.files.get(name) || is == whole.files.get(name)
        };
        counted && names.all(is_one)
    }

    /// The first file of an earlier moment that is not there byte for byte, of those that the command leaves alone.
    pub(super) fn changed<'a>(&self, earlier: &'a Self, whole: &Self) -> Option<&'a str> {
        let mut names = earlier.files.iter();
        let changed = |(name, what): &(&String, &String)| {
            whole.files.get(*name) == Some(*what)
                && self.contents.get(*name) != earlier.contents.get(*name)
        };
        names.find(changed).map(|(name, _)| name.as_str())
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
fn what(room: &Room, path: &Path, bytes: &[u8]) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
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
    } else if path.starts_with(room.data().join("keys")) {
        key(path, bytes).to_owned()
    } else {
        hex(&Sha256::digest(bytes))
    }
}

/// What a file of a key is; a public one is that of the secret one beside it.
fn key(path: &Path, bytes: &[u8]) -> &'static str {
    let secret = |bytes: &[u8]| StationKey::from_pem(str::from_utf8(bytes).ok()?).ok();
    let is_whole = match path.file_name().and_then(OsStr::to_str) {
        Some("station.key") => secret(bytes).is_some(),
        Some("station.pub") => {
            let beside = fs::read(path.with_extension("key")).unwrap_or_default();
            let pem = secret(&beside).and_then(|key| key.public().pem().ok());
            pem.is_some_and(|pem| pem.as_bytes() == bytes)
        }
        _ => bytes.len() == CARD_KEY,
    };
    if is_whole { "a key" } else { "no whole key" }
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
