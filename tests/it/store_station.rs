//! The disk of a station: who may open it, who signs in, what an audit finds, what a copy holds.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::told::english;
use crate::station::till::Fill as _;
use crate::station::{
    Dir, alice, assert_clean, at, bob, card, catalogue, chmod, mode, noon, open, person, reopen,
    staff, staff_id,
};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use wenming::domain::{AccountId, Lang, Look, ShownBy, Theme, no};
use wenming::store::{Store, StoreError, free_disk_mib, lock_kiosk, schema_text};

#[test]
fn everything_is_private_and_one_kiosk_has_it() {
    let dir = Dir::new();
    drop(open(&dir));
    assert_eq!(mode(dir.path()), 0o700);
    assert_eq!(mode(&dir.database()), 0o600);
    assert_eq!(mode(&dir.path().join("keys")), 0o700);
    let key = dir.path().join("keys/card.key");
    assert_eq!(mode(&key), 0o600);
    assert_eq!(fs::read(&key).unwrap().len(), 32);
    let first = lock_kiosk(dir.path()).unwrap();
    assert!(matches!(
        lock_kiosk(dir.path()),
        Err(StoreError::KioskRunning(_, Some(_)))
    ));
    drop(first);
    lock_kiosk(dir.path()).unwrap();
    assert!(free_disk_mib(dir.path()).unwrap() > 0);
}

#[test]
fn a_person_has_an_account_of_their_own_kind_and_alone() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let before = store.audit().unwrap().head;
    for (taken, code) in [
        (alice(), "already-there"),
        (AccountId::hq(), "account-unknown"),
        (AccountId::parse("PARTNER-P9").unwrap(), "account-unknown"),
    ] {
        let new = person("王五", taken);
        let opened = store.write(&noon(), |writer| writer.open_account(&new));
        let refusal = opened.unwrap().unwrap_err();
        assert!(refusal.is(code), "{new:?}: {refusal:?}");
    }
    assert_eq!(store.audit().unwrap().head, before, "nothing was written");
}

#[test]
fn unfit_files_are_refused_and_left_alone() {
    type Spoil = fn(&Dir);
    let rows: [(&str, Spoil, &str); 10] = [
        (
            "group can read",
            |d| chmod(&d.database(), 0o640),
            "chmod 600",
        ),
        (
            "others can write",
            |d| chmod(&d.database(), 0o602),
            "chmod 600",
        ),
        ("directory open", |d| chmod(d.path(), 0o777), "chmod 700"),
        (
            "symlink",
            |d| {
                let real = d.path().join("real.db");
                fs::rename(d.database(), &real).unwrap();
                symlink(&real, d.database()).unwrap();
            },
            "a symlink",
        ),
        (
            "two names",
            |d| fs::hard_link(d.database(), d.path().join("twin.db")).unwrap(),
            "second name",
        ),
        (
            "newer",
            |d| d.plain().execute_batch("PRAGMA user_version = 99").unwrap(),
            "schema is 99",
        ),
        (
            "of an earlier build",
            |d| d.plain().execute_batch("PRAGMA user_version = 3").unwrap(),
            "schema is 3,",
        ),
        (
            "foreign",
            |d| {
                d.plain()
                    .execute_batch("PRAGMA application_id = 7")
                    .unwrap();
            },
            "not a ledger",
        ),
        (
            "no database",
            |d| fs::write(d.database(), "x".repeat(4096)).unwrap(),
            "damaged",
        ),
        (
            "key lost",
            |d| fs::remove_file(d.path().join("keys/card.key")).unwrap(),
            "card key is missing",
        ),
    ];
    for (name, spoil, fragment) in rows {
        let dir = Dir::new();
        drop(open(&dir));
        spoil(&dir);
        let error = Store::open(dir.path()).unwrap_err().to_string();
        assert!(error.contains(fragment), "{name}: {error}");
    }
}

#[test]
fn a_ledger_that_is_not_there_is_not_made() {
    let dir = Dir::new();
    let absent = dir.path().join("absent");
    for path in [dir.path(), &absent] {
        assert!(matches!(
            Store::open_existing(path),
            Err(StoreError::Absent(_))
        ));
    }
    assert!(!absent.exists());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    drop(open(&dir));
    let before = schema_of(&dir);
    drop(reopen(&dir));
    assert_eq!(schema_of(&dir), before);
    assert_clean(&Store::open_existing(dir.path()).unwrap());
}

fn schema_of(dir: &Dir) -> String {
    let sql = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
    dir.plain().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Without its guards a ledger is not opened for writing; it can be looked at, audited and copied.
#[test]
#[rustfmt::skip] // one row a line
fn a_ledger_without_its_guards_is_not_written() {
    for (sql, what) in [
        ("DROP TRIGGER operation_insert; DROP TRIGGER transfer_insert", "trigger operation_insert is missing or changed"),
        ("DROP INDEX operation_pends", "index operation_pends is missing or changed"),
        ("CREATE TRIGGER t AFTER INSERT ON transfer BEGIN SELECT 1; END", "trigger t is not of this program"),
        ("DROP TRIGGER kind_update; UPDATE kind SET undo = 1 WHERE name = 'boot'", "row of kind boot is missing or changed"),
        ("DROP TRIGGER kind_delete; DELETE FROM kind WHERE name = 'consent'", "row of kind consent is missing or changed"),
        ("DROP TRIGGER way_insert; INSERT INTO way VALUES ('points-in', 'points', 'hq', 'resident', '')", "of this program"),
    ] {
        let dir = Dir::new();
        drop(open(&dir));
        let operations = dir.number("SELECT count(*) FROM operation");
        dir.plain().execute_batch(sql).unwrap();
        let refused = Store::open(dir.path());
        assert!(matches!(refused, Err(StoreError::Schema(_))), "{sql}");
        let mut store = Store::open_existing(dir.path()).unwrap();
        let written = store.boot(&noon(), "test");
        assert!(matches!(written, Err(StoreError::Schema(_))), "{sql}");
        let faults = store.audit().unwrap().faults;
        assert!(faults.iter().any(|fault| english(&fault.what).contains(what)), "{sql}: {faults:?}");
        let copies = dir.path().join("backups");
        std::fs::create_dir(&copies).unwrap();
        store.backup(&copies).unwrap();
        assert_eq!(dir.number("SELECT count(*) FROM operation"), operations);
    }
    // What ANALYZE leaves changes no rule.
    let dir = Dir::new();
    drop(open(&dir));
    dir.plain().execute_batch("ANALYZE").unwrap();
    assert_clean(&reopen(&dir));
}

#[test]
fn the_schema_changes_only_on_purpose() {
    let text = schema_text().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/station/schema.sql");
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema.sql");
    fs::write(&built, &text).unwrap();
    assert!(
        fs::read_to_string(path).is_ok_and(|known| known == text),
        "the schema differs from tests/it/station/schema.sql; to accept it, copy {} there",
        built.display()
    );
}

#[test]
fn cards_and_badges_are_told_apart() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let by_card = |number: &str| store.statement_by_card(&card(number)).unwrap();
    assert_eq!(by_card("00000001").unwrap().member.account, alice());
    assert_eq!(by_card("BADGE001"), Err(no("card-staff")));
    assert_eq!(by_card("99999999"), Err(no("card-unknown")));
    let _tag = store.card_tag(&card("00000001")).unwrap();

    let (me, him) = (alice(), bob());
    for (number, account, want) in [
        ("BADGE001", Some(&me), Ok("A001")),
        ("BADGE002", Some(&me), Ok("B002")),
        ("BADGE002", Some(&him), Err(no("own-account"))),
        ("00000001", Some(&me), Err(no("own-card"))),
        ("00000002", Some(&me), Err(no("not-staff"))),
        ("99999999", None, Err(no("not-staff"))),
        ("BADGE002", None, Ok("B002")),
    ] {
        let answer = store
            .badge(&noon(), (&card(number), ShownBy::Badge), account)
            .unwrap();
        let answer = answer.map(|staff| staff.id.to_string());
        assert_eq!(answer, want.map(str::to_owned), "{number} {account:?}");
    }
    assert_eq!(dir.count("refusal"), 2);
    store
        .write(&noon(), |writer| {
            writer.block_card(&alice(), &card("00000001"))
        })
        .unwrap()
        .unwrap();
    let blocked = store.statement_by_card(&card("00000001")).unwrap();
    assert_eq!(blocked, Err(no("card-blocked")));
    let leaks = "SELECT count(*) FROM operation WHERE body LIKE '%张%' OR body LIKE '%00000001%'";
    assert_eq!(dir.number(leaks), 0);
    assert_clean(&store);
}

#[test]
fn the_config_is_taken_over_once() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let before = dir.count("staff-set");
    let mut entries = staff();
    let hash: String = dir
        .plain()
        .query_row("SELECT pin_hash FROM staff WHERE id = 'A001'", [], |row| {
            row.get(0)
        })
        .unwrap();
    for entry in &mut entries {
        entry.pin_hash.clone_from(&hash);
    }
    store.apply_config(&noon(), &catalogue(), &entries).unwrap();
    let after = dir.count("staff-set");
    assert!(after > before);
    assert_eq!(
        store.apply_config(&noon(), &catalogue(), &entries).unwrap(),
        0
    );
    assert_eq!(dir.count("staff-set"), after);
    // Badges can be swapped, and who leaves the config leaves the counter.
    let (first, rest) = entries.split_at_mut(1);
    std::mem::swap(
        &mut first.first_mut().unwrap().badge,
        &mut rest.first_mut().unwrap().badge,
    );
    assert_eq!(
        store.apply_config(&noon(), &catalogue(), &entries).unwrap(),
        2
    );
    entries.truncate(1);
    store.apply_config(&noon(), &catalogue(), &entries).unwrap();
    assert_eq!(dir.number("SELECT count(*) FROM staff WHERE active = 1"), 1);
    let gone = store
        .sign_in(&noon(), (&staff_id("B002"), ShownBy::Badge), "1234")
        .unwrap();
    assert_eq!(gone, Err(no("not-staff")));
    assert_clean(&store);
}

#[test]
fn a_clock_that_cannot_be_right_is_recorded_at_the_start() {
    for (wall, want) in [
        ("1970-01-01T08:00:00+08:00", 1),
        ("2099-01-01T00:00:00+08:00", 1),
        ("2026-11-23T11:54:59+08:00", 1),
        ("2026-11-23T11:55:00+08:00", 0),
        ("2026-11-24T00:00:00+08:00", 0),
    ] {
        let dir = Dir::new();
        drop(open(&dir));
        let mut store = reopen(&dir);
        assert_eq!(
            store.boot(&at(wall, 0), "test").unwrap(),
            want == 1,
            "{wall}"
        );
        assert_eq!(dir.count("clock-fault"), want, "{wall}");
        store.clock_fault(&at(wall, 9), -3_600_000).unwrap();
        assert_eq!(dir.count("clock-fault"), want + 1, "{wall}");
        assert_clean(&store);
    }
}

#[test]
fn the_same_seed_gives_the_same_chain() {
    let heads: Vec<_> = (0..2)
        .map(|_| {
            let dir = Dir::new();
            let mut store = Store::open_seeded(dir.path(), 42).unwrap();
            store.boot(&noon(), "test").unwrap();
            store
                .write(&noon(), |writer| {
                    writer.budget_in(
                        wenming::domain::Points::new(5),
                        wenming::domain::Bucket::NEVER,
                    )
                })
                .unwrap();
            store.audit().unwrap().head
        })
        .collect();
    assert_eq!(heads.first(), heads.last());
    assert!(heads.first().unwrap().is_some());
}

/// A look is kept beside the log: for residents only, changed at will, without an operation.
#[test]
fn a_look_is_kept_with_a_resident_and_is_no_operation() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let operations = || -> i64 {
        let count = "SELECT count(*) FROM operation";
        dir.plain().query_row(count, [], |row| row.get(0)).unwrap()
    };
    let before = operations();
    let look = |store: &Store| store.statement(&alice()).unwrap().unwrap().look;
    assert_eq!(look(&store), None);
    for (lang, theme, covers) in [
        (Lang::En, Theme::Contrast, true),
        (Lang::Zh, Theme::Light, false),
    ] {
        let wished = Look {
            lang,
            theme,
            covers,
        };
        store.keep_look(&alice(), wished).unwrap();
        assert_eq!(look(&store), Some(wished));
        assert_eq!(look(&reopen(&dir)), Some(wished));
    }
    for nobody in [AccountId::hq(), AccountId::resident([9; 8])] {
        let kept = store.keep_look(&nobody, Look::default());
        assert!(matches!(kept, Err(StoreError::Unknown(_))), "{nobody}");
    }
    let rows: i64 = dir
        .plain()
        .query_row("SELECT count(*) FROM preference", [], |row| row.get(0))
        .unwrap();
    assert_eq!((rows, operations()), (1, before));
    assert_clean(&store);
}
