//! The technician's device screen at the real program: two readers that disagree about a card, the detective, and the
//! config on the disk.

use crate::harness;

use harness::{Kiosk, Line, Room, pause, run, until};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

const CHIP: &str = "3C005550C2";
/// The low 32 bits of that chip, and the same with the bytes turned round.
const PRINTED: &str = "0005591234";
const TURNED: &str = "3260044544";
const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";

/// A village, where 何云秀's card is on file with the number that is printed on it, and a second reader.
fn village() -> (Room, Line, Line) {
    let room = Room::village();
    let second = room.path().join("second");
    room.write_reader(&format!(
        "\n# the reader at the window\n[[reader]]\nname = \"window\"\nport = \"{}\"\nformat = \"lines\" # text\n# the end",
        second.display()
    ));
    let one = Line::plug(&room);
    let other = Line::plug_at(&room, &second);
    (room, one, other)
}

fn technician(kiosk: &Kiosk, line: &Line) {
    line.tap("0009000003");
    kiosk.wait_for("请输密码");
    kiosk.type_slowly("975310");
    kiosk.wait_for("已输入 6 位");
    kiosk.press("\r");
    kiosk.wait_for("请选");
}

/// Goes through the questions up to the one whether it shall be written.
fn detect(kiosk: &Kiosk, one: &Line, other: &Line) {
    kiosk.press("1");
    kiosk.wait_for("请把一张卡放到一个读卡器上");
    pause(600);
    one.tap(CHIP);
    kiosk.wait_for("卡上印的是哪一个");
    kiosk.press("9");
    kiosk.wait_for(PRINTED);
    kiosk.press("1");
    kiosk.wait_for("放到另一个读卡器上");
    pause(2_000);
    other.send(format!("{TURNED}\r\n").as_bytes());
    kiosk.wait_for("应该这样读");
    kiosk.wait_for("number = \"8H10D\"");
    kiosk.wait_for("reversed = true");
}

/// What the two readers send is shown as it comes.
fn watched(kiosk: &Kiosk, one: &Line, other: &Line) {
    kiosk.press("7");
    kiosk.wait_for("请放一张卡");
    pause(600);
    one.tap(CHIP);
    kiosk.wait_for("<STX>3C005550C2FB<ETX>");
    kiosk.wait_for("像是：EM4100, STX/ETX, 9600");
    kiosk.wait_for("13D 0257703628994");
    kiosk.wait_for("2H+4H 085,20674");
    pause(600);
    other.send(b"\x1b[2J\xe6\x9d\xa8\r");
    kiosk.wait_for("<ESC>[2J\\xE6\\x9D\\xA8<CR>");
    kiosk.wait_for("不是文字");
    pause(1_500);
}

#[test]
fn two_readers_that_disagree_are_made_to_agree() {
    let (room, one, other) = village();
    let path = room.config().join("station.toml");
    let before = fs::read_to_string(&path).unwrap();
    let mut kiosk = room.open();
    assert!(
        until(|| room.log().contains("# reader 1 up")),
        "{}",
        room.log()
    );
    // As it is, the second reader's number is nobody's.
    other.send(format!("{TURNED}\r\n").as_bytes());
    kiosk.wait_for("这张卡还没有登记");
    kiosk.press("\r");
    kiosk.wait_for(WELCOME);
    technician(&kiosk, &one);
    watched(&kiosk, &one, &other);
    detect(&kiosk, &one, &other);
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        before,
        "nobody said yes"
    );
    kiosk.press("1");
    kiosk.wait_for("写好了");
    let after = fs::read_to_string(&path).unwrap();
    let want = before.replace(
        "format = \"lines\" # text\n",
        "format = \"lines\" # text\nnumber = \"8H10D\"\nreversed = true\n",
    );
    assert_eq!(after, want);
    let kept = fs::read_to_string(room.config().join("station.toml.bak")).unwrap();
    assert_eq!(kept, before);
    assert!(!room.config().join("station.toml.part").exists());
    let checked = run([
        "check".as_ref(),
        "--config".as_ref(),
        room.config().as_os_str(),
    ]);
    assert!(checked.status.success(), "{checked:?}");
    pause(600);
    other.send(format!("{TURNED}\r\n").as_bytes());
    kiosk.wait_for("改好以后，读出的就是这张卡");
    kiosk.press(".");
    kiosk.wait_for(WELCOME);
    assert!(!kiosk.screen().contains("5591234"), "cleared");
    // The same resident on both readers, without a new start.
    for bytes in [format!("{TURNED}\r\n").into_bytes(), harness::frame(CHIP)] {
        pause(2_000);
        let line = if bytes.first() == Some(&2) {
            &one
        } else {
            &other
        };
        line.send(&bytes);
        kiosk.wait_for(HELLO);
        kiosk.wait_for("何*秀");
        kiosk.press(".");
        kiosk.wait_for(WELCOME);
    }
    let log = room.log();
    for number in [CHIP, PRINTED, TURNED, "5591234", "0257703628994"] {
        assert!(!log.contains(number), "{number} in the log");
    }
    assert!(log.contains("# setting: Written"), "{log}");
    kiosk.signal(rustix::process::Signal::TERM);
    assert_eq!(kiosk.exit_code(5), Some(0));
    room.assert_clean();
}

#[test]
fn a_config_that_changed_meanwhile_is_not_overwritten() {
    let (room, one, other) = village();
    let path = room.config().join("station.toml");
    let kiosk = room.open();
    assert!(
        until(|| room.log().contains("# reader 1 up")),
        "{}",
        room.log()
    );
    technician(&kiosk, &one);
    kiosk.press("7");
    kiosk.wait_for("请放一张卡");
    pause(600);
    let edited = fs::read_to_string(&path)
        .unwrap()
        .replace("\"window\"", "\"door\"");
    fs::write(&path, &edited).unwrap();
    detect(&kiosk, &one, &other);
    kiosk.press("1");
    kiosk.wait_for("没有写进配置");
    kiosk.wait_for("先重新读配置");
    kiosk.wait_for("station.toml");
    kiosk.wait_for("number = \"8H10D\"");
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert!(!room.config().join("station.toml.bak").exists());
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o644
    );
}

#[test]
fn the_answers_about_the_test_sheet_set_the_printer() {
    let room = Room::village();
    let paper = room.path().join("paper.bin");
    room.write_reader(&format!(
        "\n# the printer\n[printer] # below the counter\nport = \"file:{}\" # a trial\nprofile = \"80mm\"\n# the end",
        paper.display()
    ));
    let path = room.config().join("station.toml");
    let before = fs::read_to_string(&path).unwrap();
    let line = Line::plug(&room);
    let kiosk = room.open();
    technician(&kiosk, &line);
    kiosk.wait_for("打印 好");
    kiosk.press("7");
    kiosk.wait_for("请放一张卡");
    kiosk.press("2");
    kiosk.wait_for("先打一张测试页");
    kiosk.press("1");
    kiosk.wait_for("两行尺子是不是刚好一行");
    let sheets = |n: usize| {
        let count = || {
            let bytes = fs::read(&paper).unwrap_or_default();
            bytes.windows(2).filter(|w| *w == [0x1B, 0x40]).count()
        };
        assert!(until(|| count() == n), "{} sheets, not {n}", count());
    };
    sheets(1);
    let sheet = fs::read(&paper).unwrap();
    let ruler: Vec<u8> = (1..=48_u8).map(|n| b'0' + n % 10).collect();
    assert!(
        sheet.windows(48).any(|w| w == ruler),
        "a ruler of 48 columns"
    );
    // It wraps: the next narrower paper is tried, and a sheet for it printed.
    kiosk.press("2");
    kiosk.wait_for("42col");
    sheets(2);
    kiosk.press("1");
    kiosk.wait_for("二维码打出来了吗");
    kiosk.press("2");
    kiosk.wait_for("那一行对吗");
    kiosk.press("2");
    kiosk.wait_for("纸切了吗");
    kiosk.press("2");
    kiosk.wait_for("写进配置吗");
    kiosk.wait_for("qr = \"raster\"");
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    kiosk.press("1");
    kiosk.wait_for("写好了");
    let after = fs::read_to_string(&path).unwrap();
    let want = before.replace(
        " # a trial\nprofile = \"80mm\"\n",
        " # a trial\nqr = \"raster\"\ncut = \"none\"\nprofile = \"42col\"\n",
    );
    assert_eq!(after, want);
    let config = wenming::config::load(&room.config()).unwrap();
    let printer = config.printer.unwrap();
    assert_eq!((printer.name, printer.profile.columns), ("42col", 42));
    assert!(!printer.profile.four_byte);
    // Receipts go by it from now on: the check-up and the dots, too, need no new start.
    kiosk.press("0");
    kiosk.press("0");
    kiosk.wait_for("打印 好");
}
