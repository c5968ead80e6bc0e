//! The same check-up in a running kiosk: after the start, at the desk, and in the log.

use super::harness::{Line, PATIENCE, Room, pause};
use super::{Said, schedule};
use std::process::Command;
use wenming::domain::Code;

const TECHNICIAN: (&str, &str) = ("0009000003", "975310");
const ATTENDANT: (&str, &str) = ("0009000001", "135790");

/// The code of the newest check-up in the log.
fn code(room: &Room) -> Option<String> {
    let log = room.log();
    let line = log.lines().rfind(|line| line.starts_with("# check-up "))?;
    let code = line.strip_prefix("# check-up ")?.split(':').next()?;
    Some(code.to_owned())
}

fn sign_in(kiosk: &super::harness::Kiosk, line: &Line, (badge, pin): (&str, &str)) {
    line.tap(badge);
    kiosk.wait_for("请输密码");
    kiosk.type_slowly(pin);
    kiosk.wait_for("已输入 6 位");
    kiosk.press("\r");
    kiosk.wait_for("请选");
}

#[test]
fn the_kiosk_checks_up_after_its_start_and_shows_it_to_technicians() {
    let room = Room::village();
    schedule(&room, "12:00");
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    // Residents are served while it looks.
    pause(8_000);
    line.tap("3C005550C2");
    kiosk.wait_for("您好，您现在有");
    assert!(
        kiosk.becomes(PATIENCE, |_| code(&room).is_some()),
        "{}",
        room.log()
    );
    kiosk.press(".");
    kiosk.wait_for("您好，欢迎来到积分银行");
    let told = code(&room).unwrap();
    let explained = Command::new(super::WENMING)
        .args(["doctor", "--json", "--explain", &told])
        .output()
        .unwrap();
    let explained = Said::of(&explained);
    explained.found("staff", "example-pins");
    assert!(
        explained.at("card").is_empty(),
        "the reader was held by the kiosk: {told}"
    );

    // An attendant sees the devices, but not the list.
    sign_in(&kiosk, &line, ATTENDANT);
    kiosk.wait_for("卡 好");
    assert!(!kiosk.screen().contains("检查"), "{}", kiosk.screen());
    kiosk.press(".");
    kiosk.wait_for("您好，欢迎来到积分银行");

    sign_in(&kiosk, &line, TECHNICIAN);
    kiosk.wait_for("检查，请看");
    kiosk.press("6");
    kiosk.wait_for("例子里的密码");
    let wide: String = told
        .chars()
        .filter(|c| *c != '-')
        .take(4)
        .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
        .collect();
    kiosk.wait_for(&wide);

    // The reader is pulled out; the next look names it, and the row says so.
    drop(line);
    std::fs::remove_file(room.port()).unwrap();
    assert!(kiosk.becomes(PATIENCE, |_| room.log().contains("# reader 0 lost")));
    let before = room.log().matches("# check-up ").count();
    kiosk.press("1");
    let again = |_: &_| room.log().matches("# check-up ").count() > before;
    assert!(kiosk.becomes(PATIENCE, again), "{}", room.log());
    let lost = Code::read(&code(&room).unwrap()).unwrap();
    let card = lost
        .pairs()
        .iter()
        .find(|(check, _)| check.name() == "card");
    assert_eq!(card.map(|(_, cause)| cause.name()), Some("port-missing"));
    kiosk.press("9");
    kiosk.wait_for("端口不在，没有插好");
    kiosk.press("0");
    kiosk.wait_for("! 卡 断了");
    assert!(kiosk.is_running());
    kiosk.cut();
    room.assert_clean();
}
