//! Exports of the real program in a real terminal: a thread beside the screen that keeps nobody
//! waiting, on time or when an attendant asks for it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot drive the program must fail"
)]

use crate::equipment::tool;
use crate::harness::{Kiosk, Line, PATIENCE, Room, SMALL, WENMING, pause};
use crate::station::till::Fill as _;
use pty_process::blocking::Command as PtyCommand;
use rustix::process::Signal;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wenming::domain::{Bucket, Points};
use wenming::shell::clock::Clock;
use wenming::store::Store;

/// A resident's card, as the chip gives it; an attendant's badge and PIN.
const CHIP: &str = "3C005550C2";
const BADGE: &str = "0009000001";
const PIN: &str = "135790";

const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";
const EXPORTS: &str = "导出：把账送到总行";
const RUNNING: &str = "正在导出";
/// Where a sink has the bundles of this station.
const UP: &str = "up/YUNDAO/HY01";
const WRITTEN: &str = "SELECT count(*) FROM operation WHERE kind = 'bundle-written'";

/// Operations that take the exporter some seconds, in a program that is not optimised.
const MANY: usize = 90_000;

/// A village with a folder for its bundles, exported when this says.
fn village(schedule: &str) -> Room {
    let room = Room::village();
    fs::create_dir(share(&room)).unwrap();
    let path = room.config().join("station.toml");
    let text = fs::read_to_string(&path).unwrap();
    let (head, readers) = text.split_once("[[reader]]").unwrap();
    let share = share(&room);
    let export = format!(
        "[[sink]]\nname = \"共享盘\"\nkind = \"directory\"\npath = \"{}\"\n[export]\n{schedule}\n",
        share.display()
    );
    fs::write(path, format!("{head}[[reader]]{readers}\n{export}")).unwrap();
    room
}

fn share(room: &Room) -> PathBuf {
    room.path().join("share")
}

/// The bundles of a folder, sorted.
fn bundles(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "zst"));
    found.sort();
    found
}

/// From the badge to the desk.
fn sign_in(kiosk: &Kiosk) {
    kiosk.wait_for("请输密码");
    kiosk.type_slowly(PIN);
    kiosk.wait_for("已输入 6 位");
    kiosk.press("\r");
    kiosk.wait_for("下班");
}

/// The share of the work that the screen says is done, while an export runs.
fn share_done(screen: &str) -> Option<u32> {
    let (_, rest) = screen.split_once(RUNNING)?;
    let (share, _) = rest.trim_start().split_once('%')?;
    share.parse().ok()
}

/// The program finds nothing wrong with a bundle.
fn assert_sound(bundle: &Path, key: &Path) {
    let mut verify = Command::new(WENMING);
    verify
        .args(["export", "verify", "--key"])
        .args([key, bundle]);
    let verified = verify.output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

/// Every bundle is in both places, the same and sound, and together they have the log from its first
/// operation to the one before the record of the last of them.
fn assert_exported(room: &Room) {
    let outbox = bundles(&room.data().join("outbox"));
    let sent = bundles(&share(room).join(UP));
    assert!(!outbox.is_empty());
    assert_eq!(outbox.len(), sent.len());
    let key = room.data().join("keys/station.pub");
    for (kept, sent) in outbox.iter().zip(&sent) {
        assert_eq!(kept.file_name(), sent.file_name());
        assert!(fs::read(kept).unwrap() == fs::read(sent).unwrap());
        assert_sound(sent, &key);
    }
    let gaps = "SELECT count(*) FROM
                  (SELECT json_extract(body, '$.what.from') AS start,
                          lag(json_extract(body, '$.what.to'), 1, 0) OVER (ORDER BY seq) AS before
                     FROM operation WHERE kind = 'bundle-written') WHERE start != before + 1";
    assert_eq!(room.number(gaps), 0);
    let records = room.number(WRITTEN);
    assert_eq!(usize::try_from(records).unwrap(), sent.len());
    room.assert_clean();
}

fn end(kiosk: &mut Kiosk) {
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0), "{}", kiosk.errors());
    kiosk.assert_given_back();
    assert_eq!(kiosk.errors(), "");
}

/// So many operations more, in one transaction.
fn grow(room: &Room) {
    let mut store = Store::open(&room.data()).unwrap();
    let now = Clock::start().now();
    store
        .write(&now, |writer| {
            for _ in 0..MANY {
                writer.budget_in(Points::new(1), Bucket::NEVER)?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_long_export_shows_how_far_it_is_and_a_tap_is_answered_beside_it() {
    let room = village("");
    grow(&room);
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(BADGE);
    sign_in(&kiosk);
    kiosk.press("6");
    kiosk.wait_for(EXPORTS);
    kiosk.wait_for("上次：还没有导出过");
    kiosk.wait_for("共享盘：开机后还没有送过");
    kiosk.press("1");
    kiosk.wait_at_most(RUNNING, 2);
    kiosk.press(".");
    kiosk.wait_for(WELCOME);
    line.tap(CHIP);
    kiosk.wait_at_most(HELLO, 1);
    // Nothing was written yet, so the whole tap fell into the export.
    assert_eq!(
        room.number(WRITTEN),
        0,
        "the export is too short for this test"
    );
    assert!(bundles(&share(&room).join(UP)).is_empty());
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("1");
    kiosk.wait_for("要换这个吗");
    kiosk.press("1");
    kiosk.wait_for("请工作人员来刷胸牌");
    kiosk.press(".");
    kiosk.wait_for(WELCOME);

    // Back before the exports: the bar moves, and then it is said what became of it.
    line.tap(BADGE);
    sign_in(&kiosk);
    kiosk.press("6");
    kiosk.wait_for(EXPORTS);
    let moving = |screen: &str| share_done(screen).is_some_and(|done| (10..100).contains(&done));
    assert!(kiosk.becomes(PATIENCE, moving), "{}", kiosk.screen());
    assert!(kiosk.screen().contains('█'), "{}", kiosk.screen());
    kiosk.wait_at_most("共享盘：送到了", 300);
    kiosk.wait_for("手动");
    kiosk.wait_without(RUNNING);
    end(&mut kiosk);
    assert_exported(&room);
}

#[test]
fn what_is_due_is_exported_by_itself() {
    let room = village("schedule = [\"* * * * *\"]");
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    // The next minute begins within 60 seconds; nobody does anything but keep the session.
    let sent = |_: &str| !bundles(&share(&room).join(UP)).is_empty();
    for _ in 0..80 {
        if kiosk.becomes(1, sent) {
            break;
        }
    }
    let why = "SELECT count(*) FROM operation
                WHERE kind = 'bundle-written' AND json_extract(body, '$.what.why') = 'schedule'";
    assert_eq!(room.number(why), 1);
    assert!(kiosk.screen().contains("看记录"), "{}", kiosk.screen());
    end(&mut kiosk);
    assert_exported(&room);
}

/// The first time of day after some words, such as `下午 2:18`, as minutes after twelve.
fn minutes(screen: &str, after: &str) -> u32 {
    let (_, rest) = screen.split_once(after).unwrap();
    let (before, rest) = rest.split_once(':').unwrap();
    let hour = before.rsplit(' ').next().unwrap();
    let minute: String = rest.chars().take(2).collect();
    hour.parse::<u32>().unwrap() % 12 * 60 + minute.parse::<u32>().unwrap()
}

/// The folder of a demo, which its end removes unless a test failed.
struct Sweep(PathBuf);

impl Drop for Sweep {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap_or_default();
    }
}

#[test]
fn the_demo_names_the_folder_of_its_exports_and_when_the_next_one_comes() {
    for size in [SMALL, (80, 20), (96, 24)] {
        let room = Room::new();
        // As a newcomer has it: the folder of a test is too long for the narrowest line.
        let command = PtyCommand::new(tool("env")).args(["TMPDIR=/tmp", WENMING, "demo"]);
        let mut demo = Kiosk::start(&room, command, size);
        let sweep = Sweep(PathBuf::from(format!("/tmp/wenming-{}", demo.pid())));
        let folder = sweep.0.join("exports");
        demo.wait_for("试用：输");
        demo.key(format!("{BADGE}\r"));
        sign_in(&demo);
        demo.wait_for("2 记分");
        // Right after a change of the screen it is deaf.
        pause(600);
        demo.press("6");
        demo.wait_for(&format!("试用：每两分钟导出到 {}", folder.display()));
        pause(600);
        let screen = demo.screen();
        let next = minutes(&screen, "下次：");
        let ahead = (next + 720 - minutes(&screen, "")) % 720;
        assert!(next.is_multiple_of(2) && ahead <= 2, "{screen}");
        demo.press("1");
        demo.wait_for("demo：送到了");
        let sent = bundles(&folder.join(UP));
        assert_sound(sent.last().unwrap(), &folder.join("station.pub"));
        demo.key("\x03");
        assert_eq!(demo.exit_code(PATIENCE), Some(0), "{size:?}");
        assert!(!folder.exists(), "the throwaway village stays behind");
    }
}
