//! A PN532 at the real program, over a real line: a scripted chip that answers as the captures do.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot drive the program must fail"
)]

use crate::harness;

use crate::station::till::Fill as _;
use chrono::DateTime;
use harness::{Line, Noise, Room, pause, until};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use wenming::domain::{AccountId, CardId, CardKind, Now};
use wenming::store::Store;

const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";

fn ups(room: &Room) -> usize {
    room.log().matches("# reader 0 up").count()
}

/// A scripted PN532: answers on the line as the chip does, with the card that lies on it.
struct Pn532 {
    card: Mutex<Option<&'static [u8]>>,
    /// The codes of the commands that came.
    asked: Mutex<Vec<u8>>,
    stop: AtomicBool,
}

/// The card as captured: one target, a Classic 1K, UID 9EB36E66.
const CLASSIC: &[u8] = &[0x01, 0x01, 0x00, 0x04, 0x08, 0x04, 0x9E, 0xB3, 0x6E, 0x66];
/// A phone: its UID begins with 08 and is another each time.
const PHONE: &[u8] = &[0x01, 0x01, 0x00, 0x04, 0x20, 0x04, 0x08, 0x11, 0x22, 0x33];

impl Pn532 {
    const fn new() -> Self {
        Self {
            card: Mutex::new(None),
            asked: Mutex::new(Vec::new()),
            stop: AtomicBool::new(false),
        }
    }

    fn lay(&self, card: Option<&'static [u8]>) {
        *self.card.lock().unwrap() = card;
    }

    fn asked(&self, code: u8) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|asked| usize::from(*asked == code)).sum()
    }

    /// Answers until it is stopped.
    fn serve(&self, line: &Line) {
        let mut came: Vec<u8> = Vec::new();
        while !self.stop.load(Ordering::Relaxed) {
            came.extend(line.receive(20));
            // 00 FF LEN LCS D4 CODE; the chip sleeps until the long preamble wakes it.
            while let Some(at) = came.windows(6).position(|w| {
                w[..2] == [0x00, 0xFF] && w[2].wrapping_add(w[3]) == 0 && w[4] == 0xD4
            }) {
                let len = usize::from(came[at + 2]);
                if came.len() <= at + 4 + len {
                    break;
                }
                let code = came[at + 5];
                came.drain(..=at + 4 + len);
                self.answer(line, code);
            }
        }
    }

    fn answer(&self, line: &Line, code: u8) {
        self.asked.lock().unwrap().push(code);
        let data = match code {
            0x02 => vec![0x32, 0x01, 0x06, 0x07],
            0x4A => self.card.lock().unwrap().unwrap_or(&[0x00]).to_vec(),
            _ => Vec::new(),
        };
        let body = [&[0xD5, code + 1], &data[..]].concat();
        let len = u8::try_from(body.len()).unwrap();
        let sum = body.iter().fold(0_u8, |sum, b| sum.wrapping_add(*b));
        let ack: &[u8] = &[0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
        let head = [0x00, 0x00, 0xFF, len, len.wrapping_neg()];
        // ACK and answer in one write, as a USB bridge delivers them.
        line.send(&[ack, &head, &body, &[sum.wrapping_neg(), 0x00]].concat());
    }
}

/// A village in which 何云秀 has a 13.56 MHz card, too.
fn village_with_tag() -> Room {
    let room = Room::village();
    let account = room.plain();
    let account: String = account
        .query_row(
            "SELECT name FROM account WHERE id = (SELECT account FROM resident WHERE name = '何云秀')",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let now = Now {
        wall: DateTime::parse_from_rfc3339("2026-11-21T08:00:00+08:00").unwrap(),
        mono_ms: 0,
    };
    let mut store = Store::open(&room.data()).unwrap();
    store.boot(&now, "test").unwrap();
    let (account, tag) = (
        AccountId::parse(&account).unwrap(),
        CardId::parse("9EB36E66").unwrap(),
    );
    store
        .write(&now, |writer| {
            writer.issue_card(&account, &tag, CardKind::Alias)
        })
        .unwrap()
        .unwrap();
    drop(store);
    room.write_station("pn532", 0);
    room
}

/// Runs `act` while a PN532 answers on the line.
fn with_chip<T>(line: &Line, act: impl FnOnce(&Pn532) -> T) -> T {
    let chip = Pn532::new();
    thread::scope(|scope| {
        scope.spawn(|| chip.serve(line));
        let stop = StopOnDrop(&chip.stop);
        let done = act(&chip);
        drop(stop);
        done
    })
}

/// A failed assertion must end the chip's thread, too.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn a_pn532_is_woken_asked_and_woken_again() {
    let room = village_with_tag();
    let line = Line::plug(&room);
    let mut kiosk = room.kiosk(harness::SMALL);
    kiosk.wait_for(WELCOME);
    let woken = line.receive(5_000);
    assert!(woken.starts_with(&[0x55, 0x55, 0x00]), "{woken:02x?}");
    assert_eq!(ups(&room), 0, "a line without a chip is no reader");
    drop(line);

    let line = Line::plug(&room);
    with_chip(&line, |chip| {
        assert!(until(|| ups(&room) == 1), "{}", room.log());
        let taps = || room.log().matches("\ntap #").count();
        chip.lay(Some(CLASSIC));
        kiosk.wait_at_most(HELLO, 2);
        let polls = chip.asked(0x4A);
        pause(2_500);
        assert!(chip.asked(0x4A) > polls + 5, "it is asked all the while");
        assert_eq!(taps(), 1, "and lies there once");
        chip.lay(None);
        assert!(
            until(|| room.log().contains("taken away")),
            "{}",
            room.log()
        );
        pause(300);
        assert!(
            kiosk.screen().contains(HELLO),
            "who taps lifts the card at once"
        );
        kiosk.press(".");
        kiosk.wait_for(WELCOME);
        chip.lay(Some(PHONE));
        kiosk.wait_for("这张卡没有自己的号码");
        let told =
            "reader 0: random-id: another number each time: a phone, perhaps: take another card";
        assert!(room.log().contains(told), "{}", room.log());
        chip.lay(None);
        pause(1_500);

        // Noise on the line while it is asked: the answers are lost in it. A minute of it at 115200 baud, as fast as the
        // program takes it, then three seconds at a pace of its own.
        let mut noise = Noise(0x9E37_79B9_7F4A_7C15);
        for _ in 0..600 {
            line.send(&noise.bytes(1_152));
        }
        for _ in 0..30 {
            line.send(&noise.bytes(400));
            pause(100);
        }
        chip.lay(Some(CLASSIC));
        kiosk.wait_at_most(HELLO, 1);
        kiosk.press(".");
        kiosk.wait_for(WELCOME);
        chip.lay(None);
        assert!(until(|| room.log().matches("taken away").count() == 2));
        // The same card within this is one tap.
        pause(1_600);
    });
    // Pulled out in the middle of an answer, and put back: it is woken anew.
    line.send(&[0x00, 0x00, 0xFF, 0x0C, 0xF4, 0xD5, 0x4B, 0x01]);
    drop(line);
    kiosk.wait_for("读卡器没有接好");
    let line = Line::plug(&room);
    with_chip(&line, |chip| {
        assert!(until(|| ups(&room) == 2), "{}", room.log());
        assert_eq!(chip.asked(0x14), 1);
        chip.lay(Some(CLASSIC));
        kiosk.wait_at_most(HELLO, 2);
    });
    kiosk.signal(rustix::process::Signal::TERM);
    assert_eq!(kiosk.exit_code(5), Some(0));
}

#[test]
fn a_card_in_a_slot_ends_its_session_when_it_is_taken_out() {
    let room = village_with_tag();
    room.write_reader("holds-card = true");
    let line = Line::plug(&room);
    with_chip(&line, |chip| {
        let kiosk = room.open();
        chip.lay(Some(CLASSIC));
        kiosk.wait_for(HELLO);
        chip.lay(None);
        kiosk.wait_at_most(WELCOME, 3);
        pause(1_500);

        // Once points are held the screen is the attendant's, too.
        chip.lay(Some(CLASSIC));
        kiosk.wait_for(HELLO);
        kiosk.press("2");
        kiosk.wait_for("老人午餐");
        kiosk.press("1");
        kiosk.wait_for("要换这个吗");
        kiosk.press("1");
        kiosk.wait_for("请工作人员来刷胸牌");
        let gone = room.log().matches("taken away").count();
        chip.lay(None);
        assert!(until(|| room.log().matches("taken away").count() > gone));
        pause(500);
        assert!(kiosk.screen().contains("请工作人员来刷胸牌"));
    });
}
