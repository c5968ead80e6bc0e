//! `fixtures/sessions/three-days.play`, played line by line and judged from the disk alone: the ledger by
//! plain SQL, the outbox, the shared folder and the stick by their files.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::station::Dir;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use wenming::bundle::{BundleName, Origin, PublicKey, open};
use wenming::cli::{Size, example_config, seed_village};
use wenming::domain::{Incarnation, StationId, TownshipCode};
use wenming::shell::script::Player;

/// The script.
const SCRIPT: &str = include_str!("../../fixtures/sessions/three-days.play");
/// The last operation on the stick that the town took over.
const ACKNOWLEDGED: i64 = 1560;

/// A file: what it holds, which it is, and when it was last written.
#[derive(Clone, PartialEq, Eq)]
struct Kept {
    bytes: Vec<u8>,
    inode: u64,
    written: (i64, i64),
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            bytes,
            inode,
            written,
        } = self;
        write!(f, "{} file {inode} of {written:?}", sha256(bytes))
    }
}

/// The files of a folder, with their names; none where there is no folder.
type Folder = BTreeMap<String, Kept>;

fn folder(dir: &Path) -> Folder {
    let Ok(entries) = fs::read_dir(dir) else {
        return Folder::new();
    };
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let meta = entry.metadata().unwrap();
            let kept = Kept {
                bytes: fs::read(entry.path()).unwrap(),
                inode: meta.ino(),
                written: (meta.mtime(), meta.mtime_nsec()),
            };
            (entry.file_name().into_string().unwrap(), kept)
        })
        .collect()
}

/// Every path below a folder.
fn below(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap();
    let list = |path: PathBuf| {
        if path.is_dir() {
            below(&path)
        } else {
            vec![path]
        }
    };
    entries
        .flat_map(|entry| list(entry.unwrap().path()))
        .collect()
}

/// What lies at each place.
#[derive(Clone, Debug, Default)]
struct Places {
    outbox: Folder,
    share: Folder,
    stick: Folder,
}

/// An operation as it stands on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    seq: i64,
    kind: String,
    wall: String,
    prev: String,
    body: String,
    hash: String,
}

/// What the ledger tells of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    seq: i64,
    wall: String,
    why: String,
    file: String,
    sha256: String,
    from: i64,
    to: i64,
}

/// The three days.
struct Days {
    data: Dir,
    world: Dir,
    /// What the town took off the stick.
    taken: Folder,
    now: Places,
}

impl Days {
    fn new() -> Self {
        Self {
            data: Dir::new(),
            world: Dir::new(),
            taken: Folder::new(),
            now: Places::default(),
        }
    }

    fn conn(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        Connection::open_with_flags(self.data.database(), flags).unwrap()
    }

    fn look(&self) -> Places {
        let world = self.world.path();
        Places {
            outbox: folder(&self.data.path().join("outbox")),
            share: folder(&world.join("share/srv/vpb/up/YUNDAO/HY01")),
            stick: folder(&world.join("stick/up/YUNDAO/HY01")),
        }
    }

    /// Plays the script; after each step nothing may have been overwritten, lost or left unfinished.
    fn play(&mut self) {
        let mut config = example_config().unwrap();
        seed_village(self.data.path(), &mut config, Size::Village).unwrap();
        let start = "2026-11-21T09:00:00+08:00".parse().unwrap();
        let (data, world) = (self.data.path(), self.world.path());
        let mut player = Player::new(config, data, world, start).unwrap();
        for step in steps() {
            let done = player.play(&step);
            assert!(done.is_ok(), "{done:?}");
            self.after(step.trim_start());
        }
    }

    fn after(&mut self, line: &str) {
        let (before, after) = (std::mem::take(&mut self.now), self.look());
        for (name, kept) in &before.share {
            assert_eq!(after.share.get(name), Some(kept), "{line}: share: {name}");
        }
        if line.starts_with("stick emptied") {
            assert!(after.stick.is_empty(), "{line}");
            self.taken.extend(before.stick.clone());
        } else {
            for (name, kept) in &before.stick {
                assert_eq!(after.stick.get(name), Some(kept), "{line}: stick: {name}");
            }
        }
        for (name, kept) in &before.outbox {
            match after.outbox.get(name) {
                Some(found) => assert_eq!(found, kept, "{line}: outbox: {name}"),
                None => assert!(
                    range(name).1 <= self.acknowledged(),
                    "{line}: {name} is gone"
                ),
            }
        }
        for path in [self.data.path(), self.world.path()]
            .iter()
            .flat_map(|dir| below(dir))
        {
            let name = path.to_string_lossy();
            assert!(
                !name.contains(".part") && !name.contains(".wrong"),
                "{line}: {name}"
            );
        }
        self.now = after;
    }

    /// Up to where the town has everything, says the ledger.
    fn acknowledged(&self) -> i64 {
        self.conn()
            .query_row(
                "SELECT coalesce(max(json_extract(body, '$.what.seq')), 0) FROM operation
                 WHERE kind = 'bundle-acknowledged'",
                [],
                |row| row.get(0),
            )
            .unwrap()
    }

    /// The ledger: without gaps, every hash recomputed.
    fn ledger(&self) -> Vec<Row> {
        let conn = self.conn();
        let sql = "SELECT seq, kind, wall_ms, prev, body, hash FROM operation ORDER BY seq";
        let mut query = conn.prepare(sql).unwrap();
        let rows = query.query_map([], |row| {
            Ok(Row {
                seq: row.get(0)?,
                kind: row.get(1)?,
                wall: wall(row.get(2)?),
                prev: row.get(3)?,
                body: row.get(4)?,
                hash: row.get(5)?,
            })
        });
        let rows: Vec<Row> = rows.unwrap().map(Result::unwrap).collect();
        let mut prev = "0".repeat(64);
        for (seq, row) in (1..).zip(&rows) {
            assert_eq!((row.seq, &row.prev), (seq, &prev));
            assert_eq!(
                row.hash,
                sha256(format!("{prev}{}", row.body).as_bytes()),
                "{seq}"
            );
            prev.clone_from(&row.hash);
        }
        rows
    }

    /// What the ledger tells of bundles, oldest first.
    fn told(&self) -> Vec<Told> {
        let conn = self.conn();
        let sql = "SELECT seq, wall_ms, body ->> '$.what.why', body ->> '$.what.file',
                          body ->> '$.what.sha256', body ->> '$.what.from', body ->> '$.what.to'
                   FROM operation WHERE kind = 'bundle-written' ORDER BY seq";
        let mut query = conn.prepare(sql).unwrap();
        let rows = query.query_map([], |row| {
            Ok(Told {
                seq: row.get(0)?,
                wall: wall(row.get(1)?),
                why: row.get(2)?,
                file: row.get(3)?,
                sha256: row.get(4)?,
                from: row.get(5)?,
                to: row.get(6)?,
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Opens every bundle of a folder by the station's public key; their operations, in order.
    fn opened(&self, folder: &Folder) -> Vec<(i64, String, String)> {
        let pem = fs::read_to_string(self.data.path().join("keys/station.pub")).unwrap();
        let key = PublicKey::from_pem(&pem).unwrap();
        let origin = Origin {
            township: TownshipCode::parse("YUNDAO").unwrap(),
            station: StationId::parse("HY01").unwrap(),
            incarnation: Incarnation::FIRST,
        };
        let mut operations = Vec::new();
        for (name, kept) in folder {
            let parsed = BundleName::parse(name).unwrap();
            let opened = open(&kept.bytes, &key, &origin, &parsed);
            assert!(opened.is_ok(), "{name}: {opened:?}");
            for entry in opened.unwrap().operations {
                operations.push((entry.seq.get(), entry.body, entry.hash.clone()));
            }
        }
        operations
    }
}

/// The script's steps, each with what is expected behind it, and with as many lines before it as there are.
fn steps() -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for (before, line) in SCRIPT.lines().enumerate() {
        match steps.last_mut() {
            Some(step)
                if line.starts_with("expect") || line.is_empty() || line.starts_with('#') =>
            {
                step.push('\n');
                step.push_str(line);
            }
            _ => steps.push(format!("{}{line}", "\n".repeat(before))),
        }
    }
    steps
}

fn sha256(bytes: &[u8]) -> String {
    let mut sum = String::new();
    for byte in Sha256::digest(bytes) {
        write!(sum, "{byte:02x}").unwrap();
    }
    sum
}

/// A moment as the station's clock showed it: day, hour and minute.
fn wall(ms: i64) -> String {
    let zone = FixedOffset::east_opt(8 * 3_600).unwrap();
    let at = DateTime::from_timestamp_millis(ms).unwrap();
    at.with_timezone(&zone).format("%d %H:%M").to_string()
}

/// The operations that a name says, read from the name alone.
fn range(name: &str) -> (i64, i64) {
    let rest = name.strip_prefix("VPB1-YUNDAO-HY01-i01-").unwrap();
    let rest = rest.strip_suffix(".tar.zst").unwrap();
    let (from, to) = rest.split_once('-').unwrap();
    (from.parse().unwrap(), to.parse().unwrap())
}

/// Operations as bundles carry them.
fn carried(rows: &[Row]) -> Vec<(i64, String, String)> {
    rows.iter()
        .map(|row| (row.seq, row.body.clone(), row.hash.clone()))
        .collect()
}

fn names(folder: &Folder) -> Vec<&str> {
    folder.keys().map(String::as_str).collect()
}

/// Each due time has one bundle, in its minute; the one that the power cut hid is made up for after it.
fn assert_times(told: &[Told]) {
    let times: Vec<(&str, &str)> = told
        .iter()
        .map(|told| (told.wall.as_str(), told.why.as_str()))
        .collect();
    assert_eq!(
        times,
        [
            ("21 09:10", "schedule"),
            ("21 12:00", "schedule"),
            ("21 18:00", "schedule"),
            ("22 09:01", "stick"),
            ("22 12:00", "schedule"),
            ("22 19:01", "missed"),
            ("23 12:00", "schedule"),
            ("23 12:01", "stick"),
            ("23 13:02", "stick"),
            ("23 18:00", "schedule"),
        ]
    );
}

/// Bundles follow one another without gap or overlap, each is recorded right behind its last operation.
fn assert_ranges(told: &[Told]) {
    let mut next = 1;
    for told in told {
        assert_eq!((told.from, told.to), (next, told.seq - 1), "{told:?}");
        assert_eq!(range(&told.file), (told.from, told.to));
        next = told.seq;
    }
}

/// While the power was off nothing was written; then came the start, and the missed bundle with it.
fn assert_power_cut(ledger: &[Row]) {
    let off = ledger
        .iter()
        .position(|row| row.kind == "boot" && row.wall.as_str() > "22 12:30");
    let off = off.unwrap();
    assert_eq!(ledger[off].wall, "22 19:01");
    assert_eq!(
        (ledger[off - 1].kind.as_str(), ledger[off - 1].wall.as_str()),
        ("hold", "22 13:01")
    );
    let after: Vec<&str> = ledger[off + 1..]
        .iter()
        .map(|row| row.kind.as_str())
        .collect();
    assert_eq!(after[0], "bundle-written", "{after:?}");
}

/// The shared folder has every bundle as the ledger tells of it; together they are the ledger, word for word.
fn assert_union(days: &Days, told: &[Told], ledger: &[Row]) {
    let share = &days.now.share;
    let files: Vec<&str> = told.iter().map(|told| told.file.as_str()).collect();
    assert_eq!(names(share), files);
    for told in told {
        let file = &told.file;
        assert_eq!(sha256(&share[file].bytes), told.sha256, "{file}");
    }
    let last = told.last().unwrap();
    let (sent, rest) = ledger.split_at(usize::try_from(last.to).unwrap());
    assert_eq!(days.opened(share), carried(sent));
    // What no bundle has yet is the record of the last one and what happened since.
    let kinds: Vec<&str> = rest.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(kinds, ["bundle-written", "hold", "sign-in", "post"]);
}

/// The town's word is in the ledger once, with the hash of the operation up to which it has everything.
fn assert_acknowledged(ledger: &[Row]) {
    let hash = &ledger[usize::try_from(ACKNOWLEDGED).unwrap() - 1].hash;
    let words: Vec<(Option<i64>, Option<String>)> = ledger
        .iter()
        .filter(|row| row.kind == "bundle-acknowledged")
        .map(|row| {
            let body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
            let hash = body["what"]["hash"].as_str().map(ToOwned::to_owned);
            (body["what"]["seq"].as_i64(), hash)
        })
        .collect();
    assert_eq!(words, [(Some(ACKNOWLEDGED), Some(hash.clone()))]);
}

#[test]
fn outbox_sinks_and_ledger_are_exactly_right() {
    let mut days = Days::new();
    days.play();
    let (ledger, told) = (days.ledger(), days.told());
    assert_times(&told);
    assert_ranges(&told);
    assert_power_cut(&ledger);
    assert_union(&days, &told, &ledger);
    assert_acknowledged(&ledger);

    // The event log tells of the stick in the words of a script; the second start found it plugged in.
    let log = fs::read_to_string(days.data.path().join("log/events.play")).unwrap();
    let said = |step: &str| log.lines().filter(|line| *line == step).count();
    assert_eq!((said("stick in"), said("stick out")), (3, 2));

    // What the town acknowledged has left the outbox; all else waits there.
    let Places {
        outbox,
        share,
        stick,
    } = &days.now;
    let files = names(share);
    let waits = |name: &&str| range(name).1 > ACKNOWLEDGED;
    let waiting: Vec<&str> = files.iter().copied().filter(waits).collect();
    assert_eq!(waiting.len(), 6);
    assert_eq!(names(outbox), waiting);
    // The stick brought the town the first four; since it came back empty it has what is above, once more.
    assert_eq!(names(&days.taken), files[..4]);
    assert_eq!(names(stick), waiting);
    // Wherever a bundle lies, it is the same one.
    for place in [outbox, stick, &days.taken] {
        for (name, kept) in place {
            assert_eq!(kept.bytes, share[name].bytes, "{name}");
        }
    }
}
