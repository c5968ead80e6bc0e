//! Config, people, clock, ledger, exports: each fault made on the disk.

use super::harness::Room;
use super::{Said, doctor, doctor_of, export, own_people, station, zh};
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use wenming::config::load;
use wenming::domain::{Cause, Check, ExportWhy, Lang, Now};
use wenming::shell::checkup::{Environment, Subject, clock, examine};
use wenming::shell::export::{Disk, Exporter, Setup};
use wenming::store::Store;

#[expect(clippy::disallowed_methods, reason = "the doctor uses the real clock")]
fn wall() -> DateTime<FixedOffset> {
    let zone = FixedOffset::east_opt(8 * 3_600).unwrap();
    Utc::now().with_timezone(&zone)
}

fn now_in(hours: i64) -> Now {
    Now {
        wall: wall() + TimeDelta::hours(hours),
        mono_ms: 0,
    }
}

#[test]
fn a_config_with_faults_and_none_at_all_are_told_apart() {
    let room = station();
    let path = room.config().join("rules.toml");
    fs::write(&path, "[[rule]]\nnonsense = 1\n").unwrap();
    let said = doctor(&room);
    let remedy = format!("wenming check --config {}", room.config().display());
    said.is_wrong(("config", "config-faults"), "配置有错", &remedy);
    let detail = said.found("config", "config-faults")["detail"]
        .as_str()
        .unwrap();
    assert!(detail.contains("rules.toml:"), "{detail}");
    for check in ["staff", "card", "scanner", "printer", "export"] {
        said.is((check, "not-looked", "note"), "没有查", "再查一次");
    }
    let nowhere = room.path().join("nowhere");
    let said = doctor_of(&nowhere, &room.data());
    said.is_wrong(
        ("config", "config-absent"),
        "找不到配置文件夹",
        "/etc/wenming",
    );
}

#[test]
fn published_pins_and_badges_are_named_by_doctor_and_by_check() {
    let room = Room::village();
    let said = doctor(&room);
    let staff = room.config().join("staff.toml");
    let remedy = staff.display().to_string();
    said.is_wrong(("staff", "example-pins"), "例子里的密码", "wenming pin");
    said.is_wrong(("staff", "example-badges"), "例子里的胸牌号", &remedy);
    let check = || {
        let config = room.config();
        let args = ["check".as_ref(), "--config".as_ref(), config.as_os_str()];
        let ran = super::run(args);
        assert_eq!(ran.status.code(), Some(0), "{ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    let warned = check();
    for id in ["A001", "M001", "T001"] {
        for what in ["PIN", "badge"] {
            let line = format!("warning: the {what} of {id} is the published example's");
            assert!(warned.contains(&line), "{warned}");
        }
    }
    own_people(&room);
    assert_eq!(doctor(&room).at("staff")[0]["state"], "well");
    assert!(!check().contains("warning"), "{}", check());
}

#[test]
fn a_clock_that_is_behind_the_ledger_is_wrong() {
    let room = station();
    let mut store = Store::open(&room.data()).unwrap();
    store.boot(&now_in(24), "test").unwrap();
    drop(store);
    let said = doctor(&room);
    said.is_wrong(
        ("clock", "clock-behind"),
        "比账本最后一笔还早",
        "sudo timedatectl set-time",
    );
}

#[test]
fn a_year_that_cannot_be_is_wrong() {
    let room = station();
    let subject = |wall: &str| Subject {
        config: load(&room.config()),
        config_dir: Some(room.config()),
        data: room.path().join("none"),
        now: Now {
            wall: DateTime::parse_from_rfc3339(wall).unwrap(),
            mono_ms: 0,
        },
        lang: Lang::En,
        readers: None,
        printer: None,
        terminal: Environment::default(),
        root: PathBuf::from("/"),
    };
    for (wall, want) in [
        ("1970-01-01T08:00:00+08:00", Cause::ClockEarly),
        ("2025-12-31T23:59:59+08:00", Cause::ClockEarly),
        ("2090-01-01T00:00:00+08:00", Cause::ClockLate),
    ] {
        let found = examine(&subject(wall));
        let clocks = found
            .findings
            .iter()
            .filter(|one| one.check == Check::Clock);
        let causes: Vec<_> = clocks.map(|one| one.cause).collect();
        assert_eq!(causes, [Some(want)], "{wall}");
    }
    let minute = 60_000;
    let at = 1_800_000_000_000;
    for (last, want) in [
        (None, None),
        (Some(at + 5 * minute), None),
        (Some(at + 5 * minute + 1), Some(Cause::ClockBehind)),
        (Some(at - 31 * 24 * 60 * minute), None),
        (
            Some(at - 31 * 24 * 60 * minute - 1),
            Some(Cause::ClockAhead),
        ),
    ] {
        assert_eq!(clock(at, last), want, "{last:?}");
    }
}

#[test]
fn a_ledger_that_was_tampered_with_is_kept_and_reported() {
    let room = station();
    let trigger: String = room
        .plain()
        .query_row(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    room.plain()
        .execute_batch(&format!("DROP TRIGGER \"{trigger}\""))
        .unwrap();
    let remedy = format!("保留 {}，报告总行", room.data().display());
    doctor(&room).is_wrong(("ledger", "ledger-faults"), "账本查出错误", &remedy);
}

#[test]
fn a_damaged_ledger_and_a_lost_key_are_told_apart() {
    let room = station();
    let key = room.data().join("keys/card.key");
    fs::rename(&key, room.path().join("card.key")).unwrap();
    let said = doctor(&room);
    let remedy = format!("card.key 放回 {}", key.display());
    said.is_wrong(("ledger", "ledger-key"), "找卡的钥匙不见了", &remedy);
    fs::rename(room.path().join("card.key"), &key).unwrap();
    let database = room.data().join("station.db");
    let mut bytes = fs::read(&database).unwrap();
    for byte in bytes.iter_mut().skip(4_096).step_by(7) {
        *byte = 0xA5;
    }
    for name in ["station.db-wal", "station.db-shm"] {
        let _none = fs::remove_file(room.data().join(name));
    }
    fs::write(&database, bytes).unwrap();
    doctor(&room).is_wrong(("ledger", "ledger-damaged"), "账本文件坏了", "停止兑换");
    fs::write(&database, "not a database at all").unwrap();
    doctor(&room).is_wrong(("ledger", "ledger-damaged"), "账本文件坏了", "停止兑换");
}

#[test]
fn a_ledger_of_a_newer_program_is_left_alone() {
    let room = station();
    room.plain()
        .execute_batch("PRAGMA user_version = 999")
        .unwrap();
    doctor(&room).is_wrong(("ledger", "ledger-newer"), "新版程序写的", "装回新版的程序");
    assert_eq!(room.number("PRAGMA user_version"), 999);
}

#[test]
fn exports_are_asked_for_their_key_their_first_and_their_last() {
    let room = station();
    // The invented village began months ago.
    doctor(&room).is_wrong(
        ("export", "export-never"),
        "还没有导出过",
        "再点「现在导出」",
    );
    let key = room.data().join("keys/station.key");
    let aside = room.path().join("station.key");
    fs::rename(&key, &aside).unwrap();
    let remedy = format!("wenming keys --data {}", room.data().display());
    doctor(&room).is_wrong(("export", "export-key"), "没有签名的钥匙", &remedy);
    fs::rename(&aside, &key).unwrap();
    let mut store = Store::open_existing(&room.data()).unwrap();
    let config = load(&room.config()).unwrap();
    let mut told = Vec::new();
    Exporter::new(Setup::new(&config, String::new()), Box::new(Disk)).run(
        &now_in(-49),
        ExportWhy::Asked,
        &mut store,
        &mut |news| told.push(news),
    );
    assert!(store.export_status().unwrap().last.is_some(), "{told:?}");
    drop(store);
    doctor(&room).is_wrong(("export", "export-old"), "上次导出太久了", "现在导出");
    // A station that has just been switched on has not had the time to catch up.
    let mut store = Store::open(&room.data()).unwrap();
    store.boot(&now_in(0), "0").unwrap();
    drop(store);
    assert_eq!(doctor(&room).at("export")[0]["state"], "well");
    export(&room);
    assert_eq!(doctor(&room).at("export")[0]["state"], "well");
    room.write_station("em4100", 0);
    doctor(&room).is(
        ("export", "export-none", "note"),
        "没有写定时导出",
        "[export]",
    );
}

#[test]
fn the_answer_is_one_table_in_both_languages() {
    let room = station();
    for (lang, health, sentence, phone) in [
        ("zh", "不对", "端口不在，没有插好或者线断了", "电话里念"),
        (
            "en",
            "WRONG",
            "the port is not there: unplugged?",
            "for the phone",
        ),
    ] {
        let ran = Command::new(super::WENMING)
            .args(["doctor", "--lang", lang, "--config"])
            .arg(room.config())
            .arg("--data")
            .arg(room.data())
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(1));
        assert!(ran.stderr.is_empty(), "{ran:?}");
        let text = String::from_utf8(ran.stdout).unwrap();
        let line = text.lines().find(|line| line.contains(sentence)).unwrap();
        assert!(line.starts_with(health), "{line}");
        // Sentences begin in the same column, however wide the words before them are.
        let column = |line: &str, part: &str| {
            let at = line.find(part).unwrap();
            unicode_width::UnicodeWidthStr::width(&line[..at])
        };
        assert_eq!(column(line, sentence), 22, "{text}");
        let well = text.lines().find(|line| line.contains("YUNDAO")).unwrap();
        assert_eq!(column(well, "YUNDAO"), 22, "{text}");
        let said: &str = text.lines().last().unwrap();
        let code = said.strip_prefix(phone).unwrap().trim();
        let json = Said::of(
            &Command::new(super::WENMING)
                .args(["doctor", "--json", "--explain", code])
                .output()
                .unwrap(),
        );
        json.found("card", "port-missing");
    }
    assert_eq!(zh("doctor-code"), "电话里念");
}
