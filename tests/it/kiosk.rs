//! The real program in a real terminal, with a real line for its reader: what a village does with
//! it, what it does to it by accident, and what is on the disk while it runs.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot drive the program must fail"
)]

use crate::harness::{Kiosk, Line, PATIENCE, Room, SMALL, frame, pause, sha256, until};
use rustix::process::Signal;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The resident's card, as the chip gives it, as it is printed, and what is on it.
const CHIP: &str = "3C005550C2";
const CARD: &str = "0005591234";
const NAME: &str = "何云秀";
const BADGE: &str = "0009000001";
const PIN: &str = "135790";

/// Words of the screens.
const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";
const ASK: &str = "要换这个吗";
const WAIT: &str = "请工作人员来刷胸牌";
const DONE: &str = "换好了";

/// From the greeting to the question: a lunch for 20 points.
fn choose_lunch(kiosk: &Kiosk, line: &Line) {
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("1");
    kiosk.wait_for(ASK);
}

/// From the badge to the receipt, with the PIN.
fn confirm(kiosk: &Kiosk, line: &Line) {
    line.tap(BADGE);
    kiosk.wait_for("请输密码");
    kiosk.type_slowly(PIN);
    kiosk.wait_for("已输入 6 位");
    kiosk.press("\r");
    kiosk.wait_for(DONE);
}

/// The receipt number and the mark on the done screen.
fn receipt(kiosk: &Kiosk) -> (i64, String) {
    let screen = kiosk.screen();
    let (_, rest) = screen.split_once("小票号 HY01-").unwrap();
    let mut words = rest.split_whitespace();
    let seq = words.next().unwrap().parse().unwrap();
    (seq, words.next().unwrap().to_owned())
}

fn account(room: &Room) -> String {
    let conn = room.plain();
    let sql =
        "SELECT name FROM account WHERE id = (SELECT account FROM resident WHERE name = '何云秀')";
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Everything below a folder, names and contents.
fn everything_in(dir: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        text.push_str(&path.display().to_string());
        if path.is_dir() {
            text.push_str(&everything_in(&path));
        } else {
            text.push_str(&String::from_utf8_lossy(&fs::read(&path).unwrap()));
        }
    }
    text
}

#[test]
fn a_serial_session_is_on_disk_while_the_kiosk_runs() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let account = account(&room);
    assert_eq!(room.free(&account), 160);
    assert!(!kiosk.is_cooked(), "the kiosk must have the terminal");
    choose_lunch(&kiosk, &line);
    assert_eq!(
        room.number("SELECT count(*) FROM operation WHERE kind = 'hold'"),
        0
    );
    kiosk.press("1");
    kiosk.wait_for(WAIT);

    // What is announced is committed: another program sees it now.
    let hold = room.number("SELECT seq FROM operation WHERE kind = 'hold'");
    assert_eq!(room.free(&account), 140);
    assert_eq!(
        room.number("SELECT count(*) FROM operation WHERE kind = 'post'"),
        0
    );
    confirm(&kiosk, &line);
    kiosk.wait_for("禾月养老驿站");
    let (seq, mark) = receipt(&kiosk);
    let conn = room.plain();
    let (prev, body, hash, pends, approver): (String, String, String, i64, String) = conn
        .query_row(
            "SELECT prev, body, hash, pends, approver FROM operation WHERE seq = ?1 AND kind = 'post'",
            [seq],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )
        .unwrap();
    let before: String = conn
        .query_row(
            "SELECT hash FROM operation WHERE seq = ?1",
            [seq - 1],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(prev, before);
    assert_eq!(hash, sha256(&prev, &body));
    assert!(
        hash.starts_with(&mark) && mark.len() == 8,
        "{mark} of {hash}"
    );
    assert_eq!((pends, approver.as_str()), (hold, "A001"));
    assert_eq!(room.free(&account), 140);
    let sums =
        "SELECT held * 1000 + credits - debits FROM balance b JOIN account a ON a.id = b.account
                 WHERE a.name = ?1 AND unit = 1";
    let kept: i64 = conn.query_row(sums, [&account], |row| row.get(0)).unwrap();
    assert_eq!(kept, 140);

    let slip = room.data().join(format!("receipts/HY01-{seq}.txt"));
    let slip = fs::read_to_string(slip).unwrap();
    for part in [
        format!("HY01-{seq}  {mark}"),
        "老人午餐 1份".into(),
        "还剩下     140分".into(),
    ] {
        assert!(slip.contains(&part), "no {part} on\n{slip}");
    }
    end_politely(&room, &mut kiosk);
    private_things_stay_private(&room, &slip);
}

fn end_politely(room: &Room, kiosk: &mut Kiosk) {
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(5), Some(0));
    kiosk.assert_given_back();
    assert_eq!(kiosk.errors(), "");
    room.assert_clean();
}

fn private_things_stay_private(room: &Room, slip: &str) {
    let log = everything_in(&room.data().join("log"));
    assert!(
        log.contains("signed in A001") && log.contains("pin *"),
        "{log}"
    );
    let operations = room.plain();
    let mut bodies = operations
        .prepare("SELECT group_concat(body) FROM operation")
        .unwrap();
    let bodies: String = bodies.query_row([], |row| row.get(0)).unwrap();
    for secret in [CHIP, CARD, NAME, BADGE, PIN, "云秀"] {
        assert!(!log.contains(secret), "{secret} in the log");
        assert!(!slip.contains(secret), "{secret} on the slip");
        assert!(!bodies.contains(secret), "{secret} in the chain");
    }
    let cards = "SELECT count(*) FROM card WHERE instr(hash, CAST('0005591234' AS BLOB)) > 0";
    assert_eq!(room.number(cards), 0);
}

#[test]
fn nobody_leaves_by_keys_or_by_the_signals_of_keys() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    for byte in [b"\x03", b"\x1a", b"\x1c", b"\x04", b"\x11", b"\x13"] {
        kiosk.key(byte);
        pause(120);
    }
    for signal in [Signal::INT, Signal::TSTP, Signal::QUIT] {
        kiosk.signal(signal);
        pause(200);
        assert!(kiosk.is_running(), "{signal:?} ended or stopped it");
    }
    // A session leader without a shell above it would not be stopped even if it let itself be.
    let status = fs::read_to_string(format!("/proc/{}/status", kiosk.pid())).unwrap();
    let (_, caught) = status.split_once("SigCgt:\t").unwrap();
    let caught = u64::from_str_radix(caught.lines().next().unwrap(), 16).unwrap();
    for signal in [Signal::INT, Signal::TSTP, Signal::QUIT] {
        let bit = 1 << (signal.as_raw() - 1);
        assert_ne!(caught & bit, 0, "{signal:?} is left to its default");
    }
    kiosk.press("5");
    kiosk.wait_for("您的记录");
    kiosk.press("0");
    kiosk.wait_for(HELLO);
    end_politely(&room, &mut kiosk);
}

#[test]
fn a_technician_closes_it_through_the_menu_and_an_attendant_cannot() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(BADGE);
    kiosk.wait_for("请输密码");
    kiosk.type_slowly(PIN);
    kiosk.press("\r");
    kiosk.wait_for("下班");
    assert!(!kiosk.screen().contains("关闭程序"));
    // What closes it for a technician is something else here.
    kiosk.press("4");
    kiosk.wait_without("下班");
    assert!(kiosk.is_running());
    kiosk.press("0");
    kiosk.wait_for("下班");
    kiosk.press("0");
    kiosk.wait_for(WELCOME);
    line.tap("0009000003");
    kiosk.wait_for("请输密码");
    kiosk.type_slowly("975310");
    kiosk.press("\r");
    kiosk.wait_for("关闭程序");
    kiosk.press("5");
    kiosk.wait_for("要关闭程序吗");
    // What cannot be undone waits until everyone has had time to read.
    kiosk.wait_for("1           关闭");
    kiosk.press("1");
    assert_eq!(kiosk.exit_code(5), Some(0));
    kiosk.assert_given_back();
    room.assert_clean();
}

#[test]
fn one_cell_is_enough_to_survive_and_the_session_comes_back() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    for size in [(1, 1), (2, 1), (1, 40), (63, 16), (300, 2), (1, 1)] {
        kiosk.resize(size);
        pause(200);
        assert!(kiosk.is_running(), "{size:?}: {}", kiosk.errors());
    }
    kiosk.resize(SMALL);
    kiosk.wait_for(HELLO);
    kiosk.wait_for("看记录");
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    end_politely(&room, &mut kiosk);
}

#[test]
fn a_reader_can_be_pulled_out_and_put_back_elsewhere() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    kiosk.wait_without("读卡器没有接好");
    choose_lunch(&kiosk, &line);
    drop(line);
    pause(1_000);
    assert!(kiosk.screen().contains(ASK), "the session goes on");
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press(".");
    kiosk.wait_for("读卡器没有接好");
    let line = Line::plug(&room);
    kiosk.wait_without("读卡器没有接好");
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    end_politely(&room, &mut kiosk);
    assert!(room.log().contains("# reader 0 lost"));
}

#[test]
fn a_second_kiosk_on_the_same_ledger_says_so_and_goes() {
    let room = Room::village();
    let _line = Line::plug(&room);
    let mut first = room.open();
    let mut second = room.kiosk(SMALL);
    second.wait_for("机器要歇一会儿");
    second.wait_for("账本被别的程序占用");
    assert_eq!(second.exit_code(PATIENCE), Some(1));
    second.assert_given_back();
    let errors = second.errors();
    let data = room.data().display().to_string();
    assert!(
        errors.contains("another kiosk is running here") && errors.contains(&data),
        "{errors}"
    );
    end_politely(&room, &mut first);
}

#[test]
fn a_good_card_works_at_once_after_seconds_of_noise() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let mut noise = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..300 {
        let bytes: Vec<u8> = (0..37)
            .map(|_| {
                noise ^= noise << 13;
                noise ^= noise >> 7;
                noise ^= noise << 17;
                noise.to_be_bytes()[0]
            })
            .collect();
        line.send(&bytes);
        pause(10);
    }
    line.send(&frame(CHIP)[..9]);
    line.tap(CHIP);
    kiosk.wait_at_most(HELLO, 1);
    end_politely(&room, &mut kiosk);
}

#[test]
fn a_card_that_is_read_twice_is_one_card_and_one_booking() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(CHIP);
    pause(30);
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("1");
    kiosk.wait_for(ASK);
    kiosk.key("\r");
    kiosk.key("\r");
    kiosk.wait_for(WAIT);
    confirm(&kiosk, &line);
    kiosk.press("\r");
    kiosk.wait_for(WELCOME);
    // The badge alone confirms now, and it comes twice, over the line and as typed by a device.
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("2");
    kiosk.wait_for(ASK);
    kiosk.press("1");
    kiosk.wait_for(WAIT);
    line.tap(BADGE);
    pause(20);
    line.tap(BADGE);
    kiosk.key(format!("{BADGE}\r"));
    kiosk.wait_for(DONE);
    pause(500);
    for kind in ["hold", "post"] {
        let count = format!("SELECT count(*) FROM operation WHERE kind = '{kind}'");
        assert_eq!(room.number(&count), 2, "{kind}");
    }
    assert_eq!(room.free(&account(&room)), 160 - 20 - 15);
    end_politely(&room, &mut kiosk);
}

#[test]
fn a_finger_presses_buttons() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    line.tap(CHIP);
    kiosk.wait_for(HELLO);
    kiosk.touch("为老服务");
    kiosk.wait_for("老人午餐");
    // A finger that slides off chooses nothing.
    let (column, row) = kiosk.find("老人午餐");
    kiosk.key(format!("\x1b[<0;{};{}M", column + 1, row + 1));
    kiosk.key("\x1b[<0;64;1m");
    pause(300);
    assert!(kiosk.screen().contains("老人午餐") && !kiosk.screen().contains(ASK));
    kiosk.touch("老人午餐");
    kiosk.wait_for(ASK);
    kiosk.touch("不换了");
    // The question names the reward as well, and a finger before the next screen is not meant for it.
    kiosk.wait_without(ASK);
    kiosk.touch("办完了");
    kiosk.wait_for(WELCOME);
    end_politely(&room, &mut kiosk);
}

#[test]
fn the_config_is_read_again_and_a_broken_one_is_not_taken() {
    let room = Room::village();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    let path = room.config().join("catalogue.toml");
    let text = fs::read_to_string(&path).unwrap();
    let changed = text.replacen("为老服务", "敬老服务", 1);
    fs::write(&path, changed.replacen("老人午餐", "敬老午餐", 1)).unwrap();
    kiosk.signal(Signal::HUP);
    line.tap(CHIP);
    kiosk.wait_for("敬老服务");
    fs::write(&path, "[[category]]\ncode = 7\n").unwrap();
    kiosk.signal(Signal::HUP);
    pause(500);
    kiosk.press("2");
    kiosk.wait_for("敬老午餐");
    let log = room.log();
    assert!(log.contains("config read again"), "{log}");
    assert!(log.contains("catalogue.toml:2:"), "{log}");
    end_politely(&room, &mut kiosk);
}

#[test]
fn time_passes_while_input_comes_without_a_break() {
    let room = Room::village();
    room.hurry();
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    choose_lunch(&kiosk, &line);
    kiosk.press("1");
    kiosk.wait_for(WAIT);
    confirm(&kiosk, &line);
    // A pointer that trembles faster than the moves can be looked at, for longer than this screen stays.
    let moves = "\x1b[<35;3;3M\x1b[<35;4;3M".repeat(40);
    let still = AtomicBool::new(true);
    let blank = thread::scope(|scope| {
        scope.spawn(|| {
            while still.load(Ordering::Relaxed) {
                kiosk.key(&moves);
            }
        });
        let blank = kiosk.becomes(PATIENCE, |screen| screen.contains(WELCOME));
        still.store(false, Ordering::Relaxed);
        blank
    });
    assert!(blank, "the last screen stays:\n{}", kiosk.screen());
    end_politely(&room, &mut kiosk);
}

#[test]
fn time_passes_while_each_input_takes_longer_than_the_next_one_waits() {
    let room = Room::village();
    let _line = Line::plug(&room);
    let mut kiosk = room.open();
    // Each touch paints the whole glass, so that the next one is there before: it is never silent. The check-up ten
    // seconds after the start is what time alone does.
    let touches: String = ["English", "黑底黄字"]
        .map(|label| {
            let (column, row) = kiosk.find(label);
            let at = format!("{};{}", column + 1, row + 1);
            format!("\x1b[<0;{at}M\x1b[<0;{at}m")
        })
        .concat()
        .repeat(40);
    assert!(!room.log().contains("# check-up"), "{}", room.log());
    let still = AtomicBool::new(true);
    let looked = thread::scope(|scope| {
        scope.spawn(|| {
            while still.load(Ordering::Relaxed) {
                kiosk.key(&touches);
            }
        });
        let looked = until(|| room.log().contains("# check-up"));
        still.store(false, Ordering::Relaxed);
        looked
    });
    assert!(looked, "no time passes:\n{}", room.log());
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0));
    room.assert_clean();
}

/// A font's blocks reach over their cells: what they leave there goes only when the glass is wiped.
#[test]
fn other_colours_begin_on_a_wiped_glass() {
    const WIPE: &[u8] = b"\x1b[2J";
    let room = Room::village();
    let _line = Line::plug(&room);
    let kiosk = room.open();
    let wipes = |from: usize| {
        let bytes = kiosk.bytes();
        let mut found = bytes.get(from..).unwrap().windows(WIPE.len());
        found.position(|part| part == WIPE)
    };
    for now in ["白底黑字", "黑底黄字"] {
        let before = kiosk.bytes().len();
        kiosk.press("+");
        kiosk.wait_for(now);
        pause(200);
        let painted = kiosk.bytes();
        let label = now.chars().next().unwrap().to_string();
        let mut after = painted.get(before..).unwrap().windows(label.len());
        let first = after.position(|part| part == label.as_bytes());
        let at = wipes(before);
        assert!(at.is_some() && at < first, "{at:?} {first:?}");
    }
    // What stays in its colours is not wiped: that would flicker.
    let before = kiosk.bytes().len();
    kiosk.press("/");
    kiosk.wait_for("Welcome to the points bank");
    assert_eq!(wipes(before), None);
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let room = Room::village();
    let line = Line::plug(&room);
    let kiosk = room.open();
    choose_lunch(&kiosk, &line);
    let mut child = kiosk.hang_up();
    let code = (0..500).find_map(|_| {
        pause(10);
        child.try_wait().unwrap()
    });
    let code = code.map(|status| status.code());
    if code.is_none() {
        child.kill().unwrap();
    }
    child.wait().unwrap();
    assert!(code.is_some(), "it runs on with nobody to see it");
    room.assert_clean();
}

#[test]
fn the_demo_explains_itself_at_three_sizes() {
    for size in [SMALL, (80, 24), (96, 24)] {
        let room = Room::new();
        let mut demo = Kiosk::spawn(&room, &["demo".as_ref()], size);
        demo.wait_for("试用：输");
        let (_, row) = demo.find(CARD);
        assert_eq!(row, if size.1 == 16 { 0 } else { size.1 - 1 }, "{size:?}");
        assert_eq!(fs::read_dir(room.path().join("tmp")).unwrap().count(), 1);
        demo.type_slowly(CARD);
        demo.wait_for(&format!("卡号  {CARD}"));
        demo.key("\r");
        demo.wait_for(HELLO);
        demo.wait_for("试用：按 1 到 6");
        demo.key("\x03");
        assert_eq!(demo.exit_code(5), Some(0), "{size:?}");
        demo.assert_given_back();
        assert_eq!(demo.errors(), "");
        assert_eq!(fs::read_dir(room.path().join("tmp")).unwrap().count(), 0);
    }
}
