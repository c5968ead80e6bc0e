//! Every script in `fixtures/sessions`, played as `wenming play` does, each on its own copy of one
//! seeded village. Afterwards the disk is asked by plain SQL, and the event log is read.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::refusals::refusals;
use crate::folder::Folder;
use crate::harness::{number, plain};
use chrono::{DateTime, FixedOffset};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::thread;
use wenming::cli::{Size, VILLAGE_CARDS, example_config, seed_village};
use wenming::config::Config;
use wenming::domain::{Lang, Points, Refusal, mask_name};
use wenming::shell::script::{Player, ScriptError, check_line};
use wenming::words::{Known, Words, grouped};

/// Fewer scripts than this mean that some were lost.
const SCRIPTS: usize = 89;
/// The PINs that `kiosk-config/staff.toml` names as examples.
const PINS: [&str; 3] = ["135790", "246813", "975310"];
/// Refusals that no script can bring about, and why.
const UNREACHABLE: [(&str, &str); 16] = [
    (
        "account-unknown",
        "no screen has it yet; tests/it/store_award.rs",
    ),
    (
        "birth-year",
        "no screen opens accounts yet; tests/it/store_register.rs",
    ),
    (
        "day-too-far",
        "no screen has it yet; tests/it/store_award.rs",
    ),
    (
        "guardian",
        "no screen opens accounts yet; tests/it/store_register.rs",
    ),
    (
        "no-name",
        "no screen opens accounts yet; tests/it/store_register.rs",
    ),
    (
        "no-such-day",
        "the screen offers days that can be; tests/it/today.rs",
    ),
    (
        "not-holder",
        "no screen has it yet; tests/it/store_award.rs",
    ),
    (
        "own-household",
        "nobody of the village lives with its staff; tests/it/store_award.rs",
    ),
    (
        "rule-gone",
        "the screen offers no such rule; tests/it/commands.rs",
    ),
    (
        "rule-minus",
        "the screen offers no such rule; tests/it/commands.rs",
    ),
    (
        "rule-path",
        "the screen offers no such rule; tests/it/store_award.rs",
    ),
    (
        "op-reused",
        "every question draws a key of its own; tests/it/store_redeem.rs",
    ),
    (
        "hold-settled",
        "one kiosk shows one screen; another program must settle first; tests/it/store_redeem.rs",
    ),
    (
        "busy",
        "another program must keep the ledger for seconds; tests/it/disk.rs",
    ),
    (
        "disk-low",
        "depends on the disk under the test; `a_full_disk_refuses_and_finishes` below",
    ),
    (
        "disk-read-only",
        "the disk under the test must become read-only; tests/it/disk.rs",
    ),
];

/// A folder that goes with the test.
struct Dir(Folder);

impl Dir {
    fn new() -> Self {
        Self(Folder::new("sessions"))
    }

    /// A copy of the village.
    fn village() -> Self {
        let dir = Self::new();
        for (path, bytes) in &village().files {
            let path = dir.0.join(path);
            make_private(path.parent().unwrap());
            let mut options = OpenOptions::new();
            options.write(true).create_new(true).mode(0o600);
            options.open(path).unwrap().write_all(bytes).unwrap();
        }
        dir
    }
}

fn make_private(dir: &Path) {
    let mut builder = DirBuilder::new();
    builder.recursive(true).mode(0o700).create(dir).unwrap();
}

/// Every file under a folder.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let list = |path: PathBuf| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    paths.flat_map(list).collect()
}

/// The seeded village, made once and kept in memory.
struct Village {
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Names the manager's own account.
    config: Config,
}

fn village() -> &'static Village {
    static VILLAGE: OnceLock<Village> = OnceLock::new();
    VILLAGE.get_or_init(|| {
        let dir = Dir::new();
        let mut config = example_config().unwrap();
        seed_village(&dir.0, &mut config, Size::Village).unwrap();
        let read = |path: PathBuf| {
            let bytes = fs::read(&path).unwrap();
            (path.strip_prefix(&dir.0).unwrap().to_owned(), bytes)
        };
        let files = files(&dir.0).into_iter().map(read).collect();
        Village { files, config }
    })
}

/// The moment at which `wenming play` starts every script.
fn start() -> DateTime<FixedOffset> {
    "2026-11-21T09:00:00+08:00".parse().unwrap()
}

fn play(
    dir: &Path,
    config: &Config,
    script: &str,
) -> (BTreeSet<&'static str>, Option<ScriptError>) {
    let (refused, failed, _) = play_and_look(dir, config, script);
    (refused, failed)
}

/// The same, with what stood on the screen whenever a session had just ended.
fn play_and_look(
    dir: &Path,
    config: &Config,
    script: &str,
) -> (BTreeSet<&'static str>, Option<ScriptError>, Vec<String>) {
    let world = dir.join("world");
    let mut player = Player::new(config.clone(), dir, &world, start()).unwrap();
    let failed = player.play(script).err();
    (player.refused().clone(), failed, player.ends().to_vec())
}

/// Everybody's name, whole and masked, every form of every card, and every balance of the village.
fn private(dir: &Path, config: &Config) -> (BTreeSet<String>, BTreeSet<String>) {
    let conn = plain(dir);
    let names = "SELECT name FROM resident";
    let mut query = conn.prepare(names).unwrap();
    let names = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut words: BTreeSet<String> = names
        .map(Result::unwrap)
        .flat_map(|name| [mask_name(&name), name])
        .collect();
    let published: BTreeSet<&str> = config
        .notices
        .honours
        .iter()
        .map(|honour| honour.name.as_str())
        .collect();
    words.retain(|word| word.chars().count() > 1 && !published.contains(word.as_str()));
    let staff = config.staff.iter().map(|entry| entry.badge.as_str());
    let cards = VILLAGE_CARDS
        .iter()
        .flat_map(|known| [known.card, known.chip]);
    for card in staff.chain(cards) {
        words.insert(card.to_owned());
        words.insert(card.trim_start_matches('0').to_owned());
    }
    let free = "SELECT credits - debits - held FROM balance WHERE unit = 1 UNION
                SELECT held FROM balance WHERE unit = 1";
    let mut query = conn.prepare(free).unwrap();
    let points = query.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    // Smaller ones are days, minutes and years of every screen as well.
    let points = points.map(Result::unwrap).filter(|points| *points >= 60);
    let both = |points: i64| [points.to_string(), grouped(Points::new(points))];
    (words, points.flat_map(both).collect())
}

/// What a text tells of anybody: a name, a card, a balance as a number of its own.
fn told<'w>(
    text: &str,
    (words, points): (&'w BTreeSet<String>, &'w BTreeSet<String>),
) -> Vec<&'w str> {
    let numbers: BTreeSet<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, ',' | '-' | '_'))
        .collect();
    let words = words.iter().filter(|word| text.contains(word.as_str()));
    let points = points.iter().filter(|n| numbers.contains(n.as_str()));
    words.chain(points).map(String::as_str).collect()
}

/// What is left of anybody on the screen after the end of a session.
fn check_ends(dir: &Path, config: &Config, ends: &[String]) -> Result<(), String> {
    let (words, points) = private(dir, config);
    for end in ends {
        let told = told(end, (&words, &points));
        if !told.is_empty() {
            return Err(format!("after the end the screen tells {told:?}:\n{end}"));
        }
    }
    Ok(())
}

/// What is wrong with the ledger, found without the program's own audit.
fn check_ledger(dir: &Path) -> Result<(), String> {
    let conn = plain(dir);
    // Account by account from the transfers, not from the table of balances.
    let overdrawn = "SELECT count(*) FROM (
        SELECT account, unit, bucket, sum(points) AS free FROM (
            SELECT credit AS account, unit, bucket,
                CASE phase WHEN 'hold' THEN 0 WHEN 'void' THEN 0 ELSE amount END AS points FROM transfer
            UNION ALL
            SELECT debit, unit, bucket,
                CASE phase WHEN 'post' THEN 0 WHEN 'void' THEN amount ELSE -amount END FROM transfer)
        GROUP BY account, unit, bucket)
        JOIN account a ON a.id = account WHERE a.floored = 1 AND free < 0";
    let below = "SELECT count(*) FROM balance WHERE floored = 1 AND credits - debits - held < 0";
    for sql in [overdrawn, below] {
        let found = number(&conn, sql);
        if found != 0 {
            return Err(format!("{found} balances below zero"));
        }
    }
    let mut query = conn
        .prepare("SELECT seq, prev, body, hash FROM operation ORDER BY seq")
        .unwrap();
    let mut rows = query.query([]).unwrap();
    let mut want = (1_i64, "0".repeat(64));
    while let Some(row) = rows.next().unwrap() {
        let seq: i64 = row.get(0).unwrap();
        let [prev, body, hash] = [1, 2, 3].map(|at| row.get::<_, String>(at).unwrap());
        let mut sum = String::new();
        for byte in Sha256::digest(format!("{prev}{body}").as_bytes()) {
            write!(sum, "{byte:02x}").unwrap();
        }
        if (seq, &prev) != (want.0, &want.1) || sum != hash {
            return Err(format!("the chain breaks at {seq}"));
        }
        want = (seq + 1, hash);
    }
    Ok(())
}

/// What the event log says that it must not, or says in other words than a script's.
fn check_log(dir: &Path, config: &Config) -> Result<(), String> {
    let log = fs::read_to_string(dir.join("log/events.play")).map_err(|error| error.to_string())?;
    // Digits that were pressed one by one would tell a number as well as one line would.
    let pressed: String = log
        .lines()
        .filter_map(|line| line.strip_prefix("press "))
        .collect();
    let staff = config.staff.iter();
    let badges = staff
        .clone()
        .flat_map(|entry| [entry.badge.as_str(), &entry.staff.name]);
    let residents = VILLAGE_CARDS
        .iter()
        .flat_map(|known| [known.card, known.chip, known.name]);
    for secret in badges.chain(residents).chain(PINS) {
        if log.contains(secret) || pressed.contains(secret) {
            return Err(format!("the event log tells {secret}"));
        }
    }
    let (words, points) = private(dir, config);
    for line in log.lines() {
        // Seconds that passed and places in the ledger are numbers, too.
        let places = [
            "wait ",
            "# hold ",
            "# post ",
            "# void ",
            "# reversal ",
            "# reprint ",
        ];
        let is_place = places.iter().any(|place| line.contains(place)) || line.contains("slip of ");
        let none = BTreeSet::new();
        let told = told(line, (&words, if is_place { &none } else { &points }));
        if !told.is_empty() {
            return Err(format!("the event log tells {told:?} in {line}"));
        }
    }
    for (line, text) in (1..).zip(log.lines()) {
        check_line(text).map_err(|why| format!("event log, line {line}: {why}"))?;
    }
    Ok(())
}

/// What came of a script.
struct Played {
    name: String,
    refused: BTreeSet<&'static str>,
    failed: Option<String>,
    ends: usize,
    clock_faults: i64,
}

fn play_file(path: &Path) -> Played {
    let (dir, config) = (Dir::village(), &village().config);
    let script = fs::read_to_string(path).unwrap();
    let (refused, failed, ends) = play_and_look(&dir.0, config, &script);
    let failed = failed
        .map(|error| error.to_string())
        .or_else(|| check_ledger(&dir.0).err())
        .or_else(|| check_log(&dir.0, config).err())
        .or_else(|| check_ends(&dir.0, config, &ends).err());
    let faults = "SELECT count(*) FROM operation WHERE kind = 'clock-fault'";
    Played {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        refused,
        failed,
        ends: ends.len(),
        clock_faults: number(&plain(&dir.0), faults),
    }
}

/// Every script, played once for all tests.
fn played() -> &'static [Played] {
    static PLAYED: OnceLock<Vec<Played>> = OnceLock::new();
    PLAYED.get_or_init(|| {
        let mut paths: Vec<PathBuf> = fs::read_dir("fixtures/sessions")
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        let queue = Mutex::new(paths.iter());
        let done = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let Some(path) = queue.lock().unwrap().next() else {
                            return;
                        };
                        let played = play_file(path);
                        done.lock().unwrap().push(played);
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap();
        done.sort_by(|a, b| a.name.cmp(&b.name));
        done
    })
}

#[test]
fn every_script_plays_and_the_disk_agrees() {
    let failed: Vec<String> = played()
        .iter()
        .filter_map(|played| {
            let why = played.failed.as_ref()?;
            Some(format!("{}: {why}", played.name))
        })
        .collect();
    assert!(failed.is_empty(), "\n{}", failed.join("\n\n"));
    let names: Vec<&str> = played().iter().map(|played| &*played.name).collect();
    let is_script = |name: &&str| Path::new(name).extension().is_some_and(|end| end == "play");
    assert!(names.iter().all(is_script), "{names:?}");
    assert_eq!(
        names.len(),
        SCRIPTS,
        "scripts in fixtures/sessions: {names:?}"
    );
}

#[test]
fn every_refusal_is_met_by_a_script() {
    let all: BTreeSet<&str> = refusals().iter().map(Refusal::code).collect();
    let met: BTreeSet<&str> = played().iter().flat_map(|p| p.refused.clone()).collect();
    let unmet: Vec<&str> = all.difference(&met).copied().collect();
    let unreachable: BTreeSet<&str> = UNREACHABLE.iter().map(|(code, _)| *code).collect();
    let unreachable: Vec<&str> = unreachable.into_iter().collect();
    assert_eq!(unmet, unreachable);
    assert!(all.len() > 25, "{all:?}");
}

/// What no script brings about is met by the test that the list names, by its code or by its sentence.
#[test]
fn what_no_script_meets_is_met_elsewhere() {
    let words = Words::new();
    let config = &village().config;
    let known = Known::new(&config.catalogue, &config.rules);
    for (code, why) in UNREACHABLE {
        let Some(file) = why.find("tests/it/").and_then(|at| why.get(at..)) else {
            continue;
        };
        let refusal = refusals().into_iter().find(|refusal| refusal.is(code));
        let said = words.say(Lang::Zh).refusal(&refusal.unwrap(), known).what;
        let test = fs::read_to_string(file).unwrap();
        let is_met =
            test.contains(&format!("\"{code}\"")) || test.contains(said.trim_end_matches('。'));
        assert!(is_met, "{file} does not meet {code}");
    }
}

/// A script with the name of a refusal meets it: the name is what a reader looks for.
#[test]
fn scripts_named_after_a_refusal_meet_it() {
    let codes: BTreeSet<&str> = played().iter().flat_map(|p| p.refused.clone()).collect();
    for code in codes {
        let name = format!("{code}.play");
        let script = played().iter().find(|played| played.name == name);
        let script = script.unwrap_or_else(|| panic!("no {name}"));
        assert!(script.refused.contains(code), "{name} does not meet it");
    }
}

#[test]
fn clocks_that_jump_are_in_the_ledger() {
    for (name, want) in [("clock.play", 6), ("morning.play", 0), ("closed.play", 4)] {
        let script = played().iter().find(|played| played.name == name).unwrap();
        assert_eq!(script.clock_faults, want, "{name}");
    }
}

#[test]
fn a_wrong_expectation_fails_at_its_line() {
    let (dir, config) = (Dir::village(), &village().config);
    for (wrong, why) in [
        ("expect 余额 161", "want `余额 161` on the screen; found"),
        ("expect 161", "want `161` on the screen"),
        ("expect-not 何*秀", "want no `何*秀` on the screen"),
        ("expect-not 160", "want no `160` on the screen"),
        (
            "expect-ledger 0005591234 161",
            "want 161 points; found\n160 points",
        ),
        ("expect-ledger 0005591240 160", "found\ncard-blocked"),
        ("expect-holds 1", "want 1 open holds; found\n0 open holds"),
        ("expect-last post", "want post; found\npoints-in"),
        ("touch 没有这个", "no button `没有这个`; there are 生活用品"),
        ("badge X999", "staff.toml has no X999"),
        ("reload no/such/folder", "station.toml"),
        ("clock 2026-11-21", "write `clock 2026-11-21T09:00`"),
        ("within 50ms wait 1s", "write `within 50ms press 1`"),
        ("expect-hold 1", "`expect-hold` is no step"),
        (
            "choose 没有这个",
            "no choice `没有这个`; there are 生活用品",
        ),
        ("sign A001", "write `sign A001 135790`"),
        ("record 0005591234 VS-NONE 1", "rules.toml has no VS-NONE"),
        (
            "record 0005591234 VS-PATROL",
            "write `record 0005591234 VS-PATROL 2`",
        ),
        ("expect-op hold {}", "no operation of the kind hold"),
        (
            "expect-op points-in {\"points\":0}",
            "want {\"points\":0}; found\n{\"points\":",
        ),
        ("expect-op points-in 0", "write `expect-op award"),
        ("expect-sql \"SELECT 8\" 9", "want 9; found\n8"),
        ("expect-sql SELECT 8", "write `expect-sql"),
        ("expect-sql \"DELETE FROM preference\" 0", "only reads"),
        ("off 7", "write `off 7h`"),
        ("acknowledge last", "nothing was exported yet"),
        ("acknowledge 9999", "the ledger has no operation 9999"),
        ("stick in", "station.toml has no sink of the kind stick"),
        ("expect-outbox 1", "want 1 bundles; found\n"),
        ("expect-sink U盘 0", "station.toml has no sink U盘"),
    ] {
        let script = format!("# A remark.\n\ntap 0005591234\n{wrong}\nexpect never read\n");
        match play(&dir.0, config, &script).1 {
            Some(ScriptError::Step { line: 4, what }) if what.contains(why) => {}
            other => panic!("{wrong}: {other:?}"),
        }
    }
}

#[test]
fn the_checks_of_the_disk_can_fail() {
    let config = &village().config;
    let spoil = [
        (
            "UPDATE operation SET body = replace(body, 'award', 'awarb') WHERE seq = 700",
            "breaks at 700",
        ),
        (
            "UPDATE operation SET hash = printf('%064d', 7) WHERE seq = (SELECT max(seq) FROM operation)",
            "breaks at",
        ),
        (
            "UPDATE operation SET seq = seq + 5 WHERE seq = (SELECT max(seq) FROM operation)",
            "breaks at",
        ),
        (
            "UPDATE transfer SET amount = 1 WHERE seq = (SELECT min(seq) FROM operation WHERE kind = 'budget-in')",
            "below zero",
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE balance SET debits = credits + 1 WHERE floored = 1",
            "below zero",
        ),
    ];
    for (sql, why) in spoil {
        let dir = Dir::village();
        check_ledger(&dir.0).unwrap();
        let conn = plain(&dir.0);
        let drops: String = conn
            .query_row("SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'", [], |row| row.get(0))
            .unwrap();
        conn.execute_batch(&drops).unwrap();
        conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
            .unwrap();
        let found = check_ledger(&dir.0);
        assert!(
            found.clone().is_err_and(|found| found.contains(why)),
            "{sql}: {found:?}"
        );
    }
    let dir = Dir::village();
    play(&dir.0, config, "tap 0005591234");
    check_log(&dir.0, config).unwrap();
    for line in [
        "tap 0005591234",
        "# 何云秀",
        "press 1\npress 3\npress 5\npress 7\npress 9\npress 0",
        "pres 1",
    ] {
        let log = dir.0.join("log/events.play");
        let before = fs::read_to_string(&log).unwrap();
        fs::write(&log, format!("{before}{line}\n")).unwrap();
        assert!(check_log(&dir.0, config).is_err(), "{line}");
        fs::write(&log, before).unwrap();
    }
}

/// Where a technician looks at readers, cards leave no trace; while the screen asks who is there, a card is a card again.
#[test]
fn a_card_while_the_technician_is_asked_opens_its_session_and_stands_in_the_log() {
    let (dir, config) = (Dir::village(), &village().config);
    let script = "badge T001\npin 975310\npress 7\nexpect-screen devices\nreader 1 card 3C005550C3\n\
        wait 95s\nexpect-screen asking\nreader 1 card 3C005550C2\nexpect 您好\nexpect-screen home\n";
    let failed = play(&dir.0, config, script).1;
    assert!(failed.is_none(), "{}", failed.unwrap());
    let log = fs::read_to_string(dir.0.join("log/events.play")).unwrap();
    assert!(
        !log.contains("card-staff"),
        "a badge at idle is no refusal: {log}"
    );
    let taps = log.lines().filter(|line| line.contains("tap #")).count();
    assert_eq!(
        taps, 2,
        "the badge and the card, not the one looked at: {log}"
    );
}

/// A fault on a screen is played again at the size of that screen, also after a power cut.
#[test]
fn the_log_says_how_large_the_terminal_is() {
    let (dir, config) = (Dir::village(), &village().config);
    let failed = play(&dir.0, config, "size 96x24\ncrash\n").1;
    assert!(failed.is_none(), "{}", failed.unwrap());
    let log = fs::read_to_string(dir.0.join("log/events.play")).unwrap();
    let sizes: Vec<&str> = log
        .lines()
        .filter(|line| line.starts_with("size "))
        .collect();
    assert_eq!(sizes, ["size 64x16", "size 96x24", "size 96x24"]);
}

/// Nothing new is begun on a full disk; what was begun is finished, and the books can be read.
#[test]
fn a_full_disk_refuses_and_finishes() {
    let (dir, mut config) = (Dir::village(), village().config.clone());
    let held = "tap 0005591234\npress 1 4 1 1\nexpect-holds 1\n";
    assert!(play(&dir.0, &config, held).1.is_none());
    config.station.min_free_mib = u64::MAX;
    let full = "\
tap 0005591235
press 1 4
expect 机器快存满了，这一次没有办。
expect 查积分、看记录都可以。
expect-ledger 0005591235 55
press 1 0 5
expect 您的记录
press finish
badge A001
pin 135790
press 1 1 1
expect 已交付
expect-last post
expect-ledger 0005591234 150
expect-holds 0
";
    let (refused, failed) = play(&dir.0, &config, full);
    assert!(failed.is_none(), "{failed:?}");
    assert_eq!(refused, BTreeSet::from(["disk-low"]));
    check_ledger(&dir.0).unwrap();
}

/// Sessions do end in the scripts, and what the check of their ends looks for can be found.
#[test]
fn the_check_of_the_screen_after_a_session_can_fail() {
    let ends: usize = played().iter().map(|played| played.ends).sum();
    assert!(ends > 100, "only {ends} sessions ended");
    let (dir, config) = (Dir::village(), &village().config);
    check_ends(&dir.0, config, &["您好，欢迎来到积分银行 9:41".to_owned()]).unwrap();
    for text in [
        "何云秀",
        "x 何*秀您好",
        "0005591234",
        "5591234",
        VILLAGE_CARDS[0].chip,
        "剩 160",
        "123,456",
    ] {
        let found = check_ends(&dir.0, config, &[format!("上午 9:41\n{text}")]);
        assert!(found.is_err(), "{text}");
    }
}
