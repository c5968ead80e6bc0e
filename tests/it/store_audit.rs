//! What an audit finds when someone took the guards away, and what a copy holds.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::told::english;
use crate::station::till::{Fill as _, Till as _};
use crate::station::{
    Dir, alice, assert_clean, catalogue, chmod, item_code, mode, noon, open, quote, staff_id,
};
use rusqlite::Connection;
use std::fs;
use wenming::domain::chain_hash;
use wenming::store::{Store, StoreError, Writer};

#[test]
#[rustfmt::skip] // one row a line
fn an_audit_finds_what_was_done_without_the_guards() {
    let rows = [
        ("flipped byte", "DROP TRIGGER operation_update; UPDATE operation SET body = replace(body, '\"boot\"', '\"bOot\"') WHERE seq = 1", "hash is not"),
        ("dropped trigger", "DROP TRIGGER transfer_insert", "transfer_insert is missing"),
        ("added trigger", "CREATE TRIGGER t AFTER INSERT ON transfer BEGIN SELECT 1; END", "not of this program"),
        ("dropped index", "DROP INDEX operation_pends", "operation_pends is missing"),
        ("changed balance", "DROP TRIGGER balance_update; UPDATE balance SET credits = credits + 5 WHERE unit = 1", "not the sum"),
        ("changed floor", "DROP TRIGGER balance_update; UPDATE balance SET floored = 0", "floored"),
        ("missing balance", "DROP TRIGGER balance_delete; DELETE FROM balance WHERE unit = 1", "no balance for"),
        ("changed amount", "DROP TRIGGER transfer_update; UPDATE transfer SET amount = amount + 1 WHERE seq = (SELECT min(seq) FROM transfer)", "body does not agree"),
        ("changed actor", "DROP TRIGGER operation_update; UPDATE operation SET actor = 'X' WHERE seq = 1", "body does not agree"),
        ("removed operation", "DROP TRIGGER operation_delete; DELETE FROM operation WHERE seq = 2", "gap"),
        ("removed leg", "DROP TRIGGER transfer_delete; DELETE FROM transfer WHERE seq = (SELECT min(seq) FROM transfer)", "legs are missing"),
        ("settled for another", "DROP TRIGGER operation_update; UPDATE operation SET pends = 1 WHERE kind = 'post'", "no hold"),
        ("changed kind", "DROP TRIGGER kind_update; UPDATE kind SET signed = 'none' WHERE name = 'post'", "row of kind post is missing or changed"),
        ("new way", "DROP TRIGGER way_insert; INSERT INTO way VALUES ('points-in', 'points', 'hq', 'resident', '')", "row of way points-in points hq resident is not of this program"),
        ("looser way", "DROP TRIGGER way_update; UPDATE way SET tie = ''", "row of way hold points resident partner is missing or changed"),
        ("floor taken away", "DROP TRIGGER account_kind_update; UPDATE account_kind SET floored = 0", "row of account_kind resident is missing or changed"),
        ("dropped view", "DROP VIEW undone", "view undone is missing or changed"),
        ("dropped rules", "PRAGMA foreign_keys = OFF; DROP TABLE way", "no such table: way"),
        ("loosened check", "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'floored = 0 OR', '1 OR') WHERE name = 'balance'; PRAGMA writable_schema = RESET", "balance is missing or changed"),
    ];
    for (name, sql, fragment) in rows {
        let dir = Dir::new();
        let mut store = open(&dir);
        let quote = quote(&mut store, &alice(), "RICE", 1);
        let held = store
            .hold(&noon(), &catalogue(), &alice(), &quote)
            .unwrap()
            .unwrap();
        store
            .post(&noon(), held.settle, held.seq, &staff_id("A001"))
            .unwrap()
            .unwrap();
        assert_clean(&store);
        dir.plain().execute_batch(sql).unwrap();
        let report = store.audit().unwrap();
        let found = report
            .faults
            .iter()
            .any(|fault| english(&fault.what).contains(fragment));
        assert!(found, "{name}: {:#?}", report.faults);
        let report = store.audit_for_export().unwrap();
        let found = report
            .faults
            .iter()
            .any(|fault| english(&fault.what).contains(fragment));
        assert!(found, "{name}, before an export: {:#?}", report.faults);
    }
}

/// Changes the newest operation without any guard, and writes its body and hash to match.
fn forge(dir: &Dir, change: &str, (from, to): (&str, &str)) {
    let conn = dir.plain();
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON; DROP TRIGGER operation_update;
         DROP TRIGGER transfer_update",
    )
    .unwrap();
    conn.execute_batch(change).unwrap();
    let newest = "SELECT seq, prev, body FROM operation ORDER BY seq DESC LIMIT 1";
    let (seq, prev, body): (i64, String, String) = conn
        .query_row(newest, [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert!(body.contains(from), "{body}");
    let body = body.replace(from, to);
    let hash = chain_hash(&prev, &body);
    let sql = "UPDATE operation SET body = ?2, hash = ?3 WHERE seq = ?1";
    conn.execute(sql, (seq, body, hash)).unwrap();
}

#[test]
fn what_only_a_check_forbids_is_found_before_an_export_too() {
    let long = "X".repeat(25);
    let actor = "\"actor\":\"STATION\",";
    let longer = actor.replace("STATION", &long);
    let both = format!("{actor}\"approver\":\"STATION\",");
    let rows = [
        (
            format!("operation SET actor = '{long}'"),
            (actor, longer.as_str()),
        ),
        ("operation SET approver = actor".to_owned(), (actor, &both)),
        (
            "transfer SET amount = -amount".to_owned(),
            ("\"amount\":", "\"amount\":-"),
        ),
        (
            "transfer SET bucket = -1".to_owned(),
            ("\"bucket\":0", "\"bucket\":-1"),
        ),
    ];
    for (change, words) in rows {
        let dir = Dir::new();
        let mut store = open(&dir);
        let stock = |writer: &mut Writer<'_>| writer.stock_in(&item_code("RICE"), 5);
        store.write(&noon(), stock).unwrap();
        assert_clean(&store);
        let sql = format!("UPDATE {change} WHERE seq = (SELECT max(seq) FROM operation)");
        forge(&dir, &sql, words);
        let faults = store.audit_for_export().unwrap().faults;
        let has = |what: &str| {
            faults
                .iter()
                .any(|fault| english(&fault.what).contains(what))
        };
        assert!(has("CHECK wants it"), "{change}: {faults:#?}");
        // The rest of the forgery is good, so nothing else stands in for it.
        assert!(!has("hash") && !has("body"), "{change}: {faults:#?}");
        let faults = store.audit().unwrap().faults;
        let has = |what: &str| {
            faults
                .iter()
                .any(|fault| english(&fault.what).starts_with(what))
        };
        assert!(has("quick_check: CHECK"), "{change}: {faults:#?}");
    }
}

/// What the walk does not read is still asked of `SQLite` before an export, its CHECKs included.
#[test]
fn a_row_that_no_walk_reads_is_checked_before_an_export() {
    let dir = Dir::new();
    let store = open(&dir);
    let change = "PRAGMA ignore_check_constraints = ON; UPDATE resident SET birth_year = 1";
    dir.plain().execute_batch(change).unwrap();
    for report in [store.audit_for_export(), store.audit()] {
        let faults = report.unwrap().faults;
        let has = |what: &str| {
            faults
                .iter()
                .any(|fault| english(&fault.what).contains(what))
        };
        assert!(has("quick_check: CHECK"), "{faults:#?}");
    }
}

#[test]
fn a_backup_is_whole_private_and_never_over_another() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let target = dir.path().join("backups");
    assert!(store.backup(&target).is_err());
    assert!(!target.exists(), "a stick that is away is not made up for");
    fs::create_dir(&target).unwrap();
    let first = store.backup(&target).unwrap();
    let path = first.path;
    assert!(!first.was_there);
    // The same again is a copy that is there; what else has its name stays as it is.
    let again = store.backup(&target).unwrap();
    assert_eq!((again.was_there, &again.path), (true, &path));
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let half = store.backup(&target);
    assert!(matches!(half, Err(StoreError::Copy { .. })), "{half:?}");
    for other in ["something else", ""] {
        fs::write(&path, other).unwrap();
        let stays = store.backup(&target);
        assert!(matches!(stays, Err(StoreError::Exists(_))), "{stays:?}");
        assert_eq!(fs::read(&path).unwrap(), other.as_bytes());
    }
    fs::write(&path, whole).unwrap();
    assert_eq!(mode(&path), 0o600);
    // FAT mounted for one user shows files as programs, and who has the stick reads them all the same.
    assert!(first.is_private);
    chmod(&path, 0o700);
    assert!(!store.backup(&target).unwrap().is_private);
    chmod(&path, 0o600);
    store.clock_fault(&noon(), 1).unwrap();
    let second = store.backup(&target).unwrap().path;
    assert_ne!(path, second);
    assert_eq!(fs::read_dir(&target).unwrap().count(), 2);

    let restored = Dir::new();
    fs::copy(&second, restored.database()).unwrap();
    chmod(&restored.database(), 0o600);
    let head = |conn: &Connection| -> String {
        conn.query_row(
            "SELECT hash FROM operation ORDER BY seq DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap()
    };
    assert_eq!(head(&dir.plain()), head(&restored.plain()));
    assert_clean(&Store::open_existing(restored.path()).unwrap());
}

/// A folder that was there may be everybody's: it keeps its rights, and one that others can change is refused.
#[test]
fn a_backup_leaves_the_rights_of_its_folder_alone() {
    let dir = Dir::new();
    let store = open(&dir);
    let target = dir.path().join("shared");
    fs::create_dir(&target).unwrap();
    for (rights, taken) in [(0o777, false), (0o770, false), (0o755, true)] {
        chmod(&target, rights);
        let copy = store.backup(&target);
        assert_eq!(copy.is_ok(), taken, "{rights:o}: {copy:?}");
        assert_eq!(mode(&target), rights, "{rights:o}");
        assert_eq!(fs::read_dir(&target).unwrap().count(), usize::from(taken));
        assert!(copy.map_or(true, |copy| copy.is_private && copy.unsure.is_none()));
    }
    chmod(dir.path(), 0o755);
    drop(store);
    drop(Store::open(dir.path()).unwrap());
    assert_eq!(mode(dir.path()), 0o755);
}
