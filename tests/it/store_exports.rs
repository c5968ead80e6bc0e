//! Exports in the ledger: what is recorded, what is refused, who has the keys and the lock.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::station;
use crate::station::till::{Quote, Till as _};

use station::{Dir, alice, assert_clean, at, catalogue, noon, open, quote, reopen, staff_id};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;
use wenming::domain::{ChainHash, ExportStatus, ExportWhy, Kind, Seq};
use wenming::store::{AckFault, BundleFile, KeyFile, StoreError, lock_export, make_key, read_key};

fn file(name: &str, from: i64, to: i64, why: ExportWhy) -> BundleFile {
    BundleFile {
        file: name.to_owned(),
        sha256: "ab".repeat(32),
        from: Seq::new(from),
        to: Seq::new(to),
        why,
        clean: true,
    }
}

fn hash_at(dir: &Dir, seq: i64) -> ChainHash {
    let sql = "SELECT hash FROM operation WHERE seq = ?1";
    let hash: String = dir.plain().query_row(sql, [seq], |row| row.get(0)).unwrap();
    ChainHash::parse(&hash).unwrap()
}

#[test]
fn a_bundle_written_is_an_operation_that_comes_back() {
    let dir = Dir::new();
    let mut store = open(&dir);
    assert_eq!(store.export_status().unwrap().last, None);
    let head = store.head().unwrap();
    assert_eq!(head.get(), dir.number("SELECT max(seq) FROM operation"));
    let first = file("one", 1, head.get(), ExportWhy::Schedule);
    let first = store.bundle_written(&noon(), &first).unwrap();
    let asked = BundleFile {
        clean: false,
        ..file("two", head.get() + 1, head.get() + 1, ExportWhy::Asked)
    };
    let later = at("2026-11-23T12:30:00+08:00", 1_800_000);
    let second = store.bundle_written(&later, &asked).unwrap();
    drop(store);

    let store = reopen(&dir);
    assert_eq!(
        store.export_status().unwrap(),
        ExportStatus {
            acknowledged: None,
            waiting: head.get() + 2,
            last: Some(second.clone()),
        }
    );
    assert!(!second.clean);
    assert_eq!(second.wall_ms, later.wall.timestamp_millis());
    let known = store.bundles_after(Seq::new(0)).unwrap();
    let sha256 = "ab".repeat(32);
    assert_eq!(
        known,
        [
            (first.clone(), sha256.clone()),
            (second.clone(), sha256.clone())
        ]
    );
    assert_eq!(store.bundles_after(first.seq).unwrap(), [(second, sha256)]);
    let body: String = dir
        .plain()
        .query_row(
            "SELECT body FROM operation WHERE kind = 'bundle-written' ORDER BY seq LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let what = format!(
        r#""what":{{"clean":1,"file":"one","from":1,"sha256":"{}","to":{head},"why":"schedule"}}"#,
        "ab".repeat(32)
    );
    assert!(body.contains(&what), "{body}");
    assert_clean(&store);
}

#[test]
fn acknowledgements_go_up_only_and_never_by_another_log() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let head = store.head().unwrap().get();
    let five = hash_at(&dir, 5);
    for (seq, hash, want) in [
        (
            head + 1,
            five.clone(),
            AckFault::Ahead {
                seq: Seq::new(head + 1),
                head: Seq::new(head),
            },
        ),
        (6, five.clone(), AckFault::Different { seq: Seq::new(6) }),
        (0, five.clone(), AckFault::Different { seq: Seq::new(0) }),
        (-1, five.clone(), AckFault::Different { seq: Seq::new(-1) }),
    ] {
        let answer = store.acknowledge(&noon(), Seq::new(seq), &hash).unwrap();
        assert_eq!(answer, Err(want));
    }
    assert_eq!(dir.count("bundle-acknowledged"), 0);
    for (seq, want, operations) in [(5, 5, 1), (5, 5, 1), (3, 5, 1), (7, 7, 2)] {
        let hash = hash_at(&dir, seq);
        let answer = store.acknowledge(&noon(), Seq::new(seq), &hash).unwrap();
        assert_eq!(answer, Ok(Seq::new(want)));
        assert_eq!(dir.count("bundle-acknowledged"), operations);
    }
    let status = reopen(&dir).export_status().unwrap();
    assert_eq!(status.acknowledged, Some(Seq::new(7)));
    assert_eq!(
        status.waiting,
        dir.number("SELECT max(seq) FROM operation") - 7
    );
    assert_clean(&store);
}

#[test]
fn the_log_is_read_in_pieces_byte_for_byte() {
    let dir = Dir::new();
    let store = open(&dir);
    let mut read = Vec::new();
    let mut from = 1;
    loop {
        let count = store
            .operations_from::<StoreError>(Seq::new(from), 3, |row| {
                read.push((
                    row.seq.get(),
                    row.body.to_owned(),
                    row.prev.to_owned(),
                    row.hash.to_owned(),
                ));
                Ok(())
            })
            .unwrap();
        if count == 0 {
            break;
        }
        from += i64::try_from(count).unwrap();
    }
    let conn = dir.plain();
    let mut query = conn
        .prepare("SELECT seq, body, prev, hash FROM operation ORDER BY seq")
        .unwrap();
    let disk: Vec<(i64, String, String, String)> = query
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(read, disk);
    assert_eq!(
        store.hash_at(Seq::new(0)).unwrap(),
        Some(ChainHash::genesis())
    );
    assert_eq!(store.hash_at(Seq::new(4)).unwrap(), Some(hash_at(&dir, 4)));
    assert_eq!(store.hash_at(Seq::new(999)).unwrap(), None);
}

#[test]
fn the_figures_count_and_name_nobody() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let rice = quote(&mut store, &alice(), "RICE", 1);
    let held = store
        .hold(&noon(), &catalogue(), &alice(), &rice)
        .unwrap()
        .unwrap();
    let bundle = file("one", 1, 2, ExportWhy::Asked);
    store.bundle_written(&noon(), &bundle).unwrap();
    let none = store.heartbeat().unwrap();
    assert_eq!(
        (none.open_holds, none.kinds, none.refusals.len()),
        (1, vec![], 0)
    );
    // The same key for other content is a refusal that the town should know of.
    let other = Quote {
        wish: station::wish("RICE", 2),
        ..rice.clone()
    };
    store
        .hold(&noon(), &catalogue(), &alice(), &other)
        .unwrap()
        .unwrap_err();
    store
        .post(&noon(), held.settle, held.seq, &staff_id("A001"))
        .unwrap()
        .unwrap();
    let figures = store.heartbeat().unwrap();
    assert_eq!(figures.open_holds, 0);
    assert_eq!(figures.refusals, [("op-reused".to_owned(), 1)]);
    assert_eq!(
        figures.kinds,
        [
            (wenming::services::kind("post").unwrap(), 1),
            (Kind::REFUSAL, 1)
        ]
    );
}

#[test]
fn keys_are_private_and_never_made_twice() {
    let dir = Dir::new();
    drop(open(&dir));
    assert_eq!(read_key(dir.path(), KeyFile::Station).unwrap(), None);
    let path = make_key(dir.path(), KeyFile::Station, b"secret").unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let again = make_key(dir.path(), KeyFile::Station, b"other");
    assert!(matches!(again, Err(StoreError::Exists(_))));
    let read = read_key(dir.path(), KeyFile::Station).unwrap().unwrap();
    assert_eq!(read.as_slice(), b"secret");
    fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    let open = read_key(dir.path(), KeyFile::Station);
    assert!(matches!(open, Err(StoreError::Unsafe { .. })));
}

#[test]
fn an_export_waits_for_another_within_bounds_and_says_for_whom() {
    let dir = Dir::new();
    drop(open(&dir));
    let mut told = Vec::new();
    let mut take = |most| lock_export(dir.path(), most, &mut |holder| told.push(holder));
    let lock = take(Duration::ZERO).unwrap();
    let own = Some(std::process::id());
    let refused = take(Duration::from_millis(300));
    assert!(
        matches!(&refused, Err(StoreError::Locked { holder, .. }) if *holder == own),
        "{refused:?}"
    );
    drop(lock);
    take(Duration::ZERO).unwrap();
    assert_eq!(told, [own]);
}
