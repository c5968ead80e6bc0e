//! A badge at a card reader, as a code at a scanner and as keys of a device, at the real program; and a flood of numbers.

use crate::harness::{Kiosk, Line, Room, frame, pause, until};
use rustix::process::Signal;
use std::fmt::Write as _;
use std::fs;

const BADGE: &str = "0009000001";
const HELLO: &str = "您好，您现在有";
const WELCOME: &str = "您好，欢迎来到积分银行";
const WAITS: &str = "请工作人员来刷胸牌";
const PIN: &str = "陈小兰，请输密码";

/// A village with a card reader and a scanner of lines.
struct Counter {
    room: Room,
    chips: Line,
    scanner: Line,
    kiosk: Kiosk,
}

impl Counter {
    #[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    fn open() -> Self {
        let room = Room::village();
        let port = room.path().join("scanner");
        let station = room.config().join("station.toml");
        let mut text = fs::read_to_string(&station).unwrap();
        let shown = port.display();
        write!(
            text,
            "[[reader]]\nname = \"scanner\"\nport = \"{shown}\"\nformat = \"lines\"\n"
        )
        .unwrap();
        fs::write(station, text).unwrap();
        let chips = Line::plug(&room);
        let scanner = Line::plug_at(&room, &port);
        let kiosk = room.open();
        assert!(until(|| room.log().contains("# reader 1 up")));
        Self {
            room,
            chips,
            scanner,
            kiosk,
        }
    }

    /// From 您现在有 to the hold of a bar of soap.
    fn soap(&self) {
        self.kiosk.wait_for(HELLO);
        for (key, next) in [
            ("1", "香皂"),
            ("4", "要多少"),
            ("1", "要换这个吗"),
            ("1", WAITS),
        ] {
            self.kiosk.press(key);
            self.kiosk.wait_for(next);
        }
    }

    fn holds_open(&self) -> i64 {
        self.room.number(
            "SELECT count(*) FROM operation h WHERE h.kind = 'hold'
               AND NOT EXISTS(SELECT 1 FROM operation s WHERE s.pends = h.seq)",
        )
    }

    /// The PIN is asked and nothing is booked; back to the hold that waits.
    fn asked_and_left(&self) {
        self.kiosk.wait_for(PIN);
        assert_eq!(self.holds_open(), 1);
        self.kiosk.press("-");
        self.kiosk.wait_for(WAITS);
        // The same number at once is the same tap.
        pause(1_700);
    }
}

#[test]
fn only_the_badge_itself_confirms_without_its_pin() {
    let mut counter = Counter::open();
    let Counter {
        room,
        chips,
        scanner,
        kiosk,
    } = &counter;
    // She signs in once, with badge and PIN.
    chips.send(&frame("3C005550C2"));
    counter.soap();
    chips.send(&frame(BADGE));
    kiosk.wait_for(PIN);
    kiosk.type_slowly("135790\r");
    kiosk.wait_for("换好了");
    kiosk.wait_for(WELCOME);

    // On duty: a picture of her number at the scanner, and a device that types it.
    scanner.send(b"0005591234\r");
    counter.soap();
    assert!(
        kiosk.screen().contains("请看一看本人"),
        "{}",
        kiosk.screen()
    );
    scanner.send(b"0009000001\r");
    counter.asked_and_left();
    kiosk.key(format!("{BADGE}\r"));
    counter.asked_and_left();
    // And the badge.
    chips.send(&frame(BADGE));
    kiosk.wait_for("换好了");
    assert_eq!(counter.holds_open(), 0);
    let marked = "SELECT count(*) FROM operation
                   WHERE kind = 'hold' AND json_extract(body, '$.what.via') = 'scanner'";
    assert_eq!(room.number(marked), 1);
    let unmarked = "SELECT count(*) FROM operation
                     WHERE kind = 'hold' AND json_extract(body, '$.what.via') IS NULL";
    assert_eq!(room.number(unmarked), 1);
    let log = room.log();
    for word in ["\ntap #", "\nscan #", "\nburst #"] {
        assert!(log.contains(word), "{word:?} in {log}");
    }
    assert!(!log.contains(BADGE));
    counter.kiosk.signal(Signal::TERM);
    assert_eq!(counter.kiosk.exit_code(5), Some(0));
    counter.room.assert_clean();
}

/// How many numbers of the scanner the log only counts.
fn passed_over(log: &str) -> u64 {
    let lines = log
        .lines()
        .filter_map(|line| line.strip_prefix("# reader 1: "));
    let counts = lines.filter_map(|line| line.split_once(" more unknown"));
    counts
        .filter_map(|(count, _)| count.parse::<u64>().ok())
        .sum()
}

/// Twenty thousand numbers as fast as the line takes them: the scanner rests, the log says how many, a card works.
#[test]
fn a_flood_of_numbers_is_twenty_looks_and_a_few_lines() {
    let counter = Counter::open();
    let Counter {
        room,
        chips,
        scanner,
        kiosk,
    } = &counter;
    for thousand in 0..20 {
        let numbers = (1..=1_000).map(|n| format!("77{:08}\r", thousand * 1_000 + n));
        let numbers: Vec<String> = numbers.collect();
        scanner.send(numbers.concat().as_bytes());
    }
    kiosk.wait_for("这里先歇一分钟");
    let rests = "reader 1 scanner: 20 unknown cards within a minute";
    assert!(until(|| room.log().contains(rests)), "{}", room.log());
    chips.send(&frame("3C005550C2"));
    kiosk.wait_for(HELLO);
    // What was counted is written with whatever else happens; the line may still have had numbers when the card came.
    let all = until(|| {
        kiosk.press(".");
        passed_over(&room.log()) + 3 == 20_000
    });
    let log = room.log();
    assert!(all, "{log}");
    assert_eq!(log.matches("refused: card-unknown").count(), 3, "{log}");
    assert!(log.lines().count() < 40, "{log}");
}
