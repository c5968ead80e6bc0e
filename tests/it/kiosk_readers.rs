//! Every kind of reader at the real program, over a real line: pulled out in the middle of a frame, drowned in garbage,
//! with a card left lying on it.

use crate::harness;

use harness::{Kiosk, Line, Noise, Room, frame, pause, until};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const CHIP: &str = "3C005550C2";
const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";
/// Silence ends whatever noise began.
const SILENCE_MS: u64 = 200;

/// A minute of garbage at 9600 baud, as fast as the program takes it, then three seconds at the pace of a line.
fn garbage(line: &Line) {
    let mut noise = Noise(0x2545_F491_4F6C_DD1D);
    for _ in 0..60 {
        line.send(&noise.bytes(960));
    }
    for _ in 0..30 {
        line.send(&noise.bytes(96));
        pause(100);
    }
}

fn ups(room: &Room) -> usize {
    room.log().matches("# reader 0 up").count()
}

/// Reads a card within a second and closes the session.
fn greeted(kiosk: &Kiosk, line: &Line, card: &[u8]) {
    line.send(card);
    kiosk.wait_at_most(HELLO, 1);
    kiosk.press(".");
    kiosk.wait_for(WELCOME);
    // The same card is new on a reader only after it was away.
    pause(1_700);
}

/// What a reader that only talks must survive.
fn survives(format: &str, card: &[u8]) {
    let room = Room::village();
    room.write_station(format, 0);
    let line = Line::plug(&room);
    let mut kiosk = room.open();
    greeted(&kiosk, &line, card);

    let (begun, rest) = card.split_at(card.len() / 2);
    line.send(begun);
    drop(line);
    kiosk.wait_for("读卡器没有接好");
    let line = Line::plug(&room);
    assert!(until(|| ups(&room) == 2), "{}", room.log());
    // Half a frame of before is no card with the other half of now.
    line.send(rest);
    pause(SILENCE_MS);
    assert!(!kiosk.screen().contains(HELLO));
    greeted(&kiosk, &line, card);

    garbage(&line);
    assert!(!kiosk.screen().contains(HELLO), "noise is no card");
    pause(SILENCE_MS);
    greeted(&kiosk, &line, card);

    lies_there(&room, &kiosk, &line, card);
    assert!(line.receive(100).is_empty(), "nothing is said to it");
    kiosk.signal(rustix::process::Signal::TERM);
    assert_eq!(kiosk.exit_code(5), Some(0));
    room.assert_clean();
}

/// A card that is repeated all the while makes one session and one hold.
fn lies_there(room: &Room, kiosk: &Kiosk, line: &Line, card: &[u8]) {
    let taps = || {
        let log = room.log();
        log.matches("\ntap #").count() + log.matches("\nscan #").count()
    };
    let before = taps();
    let lifted = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !lifted.load(Ordering::Relaxed) {
                line.send(card);
                pause(65);
            }
        });
        kiosk.wait_at_most(HELLO, 1);
        kiosk.press("2");
        kiosk.wait_for("老人午餐");
        kiosk.press("1");
        kiosk.wait_for("要换这个吗");
        kiosk.press("1");
        kiosk.wait_for("请工作人员来刷胸牌");
        pause(2_500);
        lifted.store(true, Ordering::Relaxed);
    });
    assert_eq!(taps(), before + 1, "{}", room.log());
    assert!(kiosk.screen().contains("请工作人员来刷胸牌"));
    let holds = room.number("SELECT count(*) FROM operation WHERE kind = 'hold'");
    assert_eq!(holds, 1);
}

#[test]
fn rdm6300() {
    survives("em4100", &frame(CHIP));
}

#[test]
fn id12() {
    let mut tailed = frame(CHIP);
    tailed.truncate(13);
    tailed.extend(b"\r\n\x03");
    survives("em4100", &tailed);
}

#[test]
fn lines() {
    survives("lines", b"0005591234\r\n");
}

#[test]
fn a_gm65_with_answers_among_its_codes() {
    survives("gm65", b"\x02\x00\x00\x01\x00\x33\x310005591234\r");
}

#[test]
fn a_printed_number_is_matched_in_its_form_only() {
    let room = Room::village();
    room.write_station("lines", 0);
    room.write_reader("number = \"8H10D\"\nprefix = \"<\"\nsuffix = \">\"\nend = \"gap\"");
    let line = Line::plug(&room);
    let kiosk = room.open();
    line.send(b"<5591234>");
    kiosk.wait_for("没读到卡");
    assert!(room.log().contains("other-number-form"), "{}", room.log());
    pause(1_200);
    greeted(&kiosk, &line, b"<0005591234>");
}

#[test]
fn a_burst_with_hidden_characters_is_refused_and_not_cleaned_into_a_card() {
    let room = Room::village();
    room.without_readers();
    let kiosk = room.open();
    for hidden in ['\u{202e}', '\u{200b}', '\u{feff}', '\u{3}', '\u{c}'] {
        kiosk.key(format!("0005{hidden}591234\r"));
        kiosk.wait_for("这个码不是村里的");
        // The end marks of a scan are swallowed for a moment.
        pause(300);
        kiosk.press("\r");
        kiosk.wait_without("这个码不是村里的");
    }
    for word in ["tap #", "burst #"] {
        assert!(!room.log().contains(word), "{}", room.log());
    }
    kiosk.key("0005591234\r");
    kiosk.wait_for(HELLO);
}

#[test]
fn a_gm861_is_asked_whether_it_is_there_where_the_config_says_so() {
    let room = Room::village();
    room.write_station("gm65", 0);
    room.write_reader("ask = \"heartbeat\"");
    let line = Line::plug(&room);
    let kiosk = room.kiosk(harness::SMALL);
    kiosk.wait_for(WELCOME);
    assert_eq!(
        line.receive(5_000),
        [0x7E, 0x00, 0x0A, 0x01, 0x00, 0x00, 0x00, 0x30, 0x1A]
    );
    assert_eq!(ups(&room), 0, "it has not answered");
    line.send(&[0x03, 0x00, 0x00, 0x01, 0x00, 0x33, 0x31]);
    assert!(until(|| ups(&room) == 1), "{}", room.log());
    greeted(&kiosk, &line, b"0005591234\r");
}
