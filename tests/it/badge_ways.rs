//! What a badge number means on each way on which it can come, and what the config says of each reader.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::folder::Folder;
use chrono::DateTime;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wenming::app::{Answer, Effect, Event, Heard, Key, Model, Screen, Way, update};
use wenming::config::{Config, Port, ReaderFormat, ReaderSetting, load};
use wenming::domain::{
    AccountId, Booked, CardFault, CardId, HolderKind, Lang, Member, MemberGroup, Now, OpId, Points,
    Seq, Shown, ShownBy, Staff, Statement, Via, Wish, no,
};
use wenming::services::{Order, Priced};
use wenming::shell::reader::decoder;
use wenming::wire::{InputEvent, Keyboard, Seen, Typed, Wedge, text};

const BADGE: &str = "0009000001";
const CARD: &str = "0005591234";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The example station with a reader of every format, each as its maker set it.
fn config() -> Config {
    let mut config = load(&folder("kiosk-config")).unwrap();
    let reader = |(format, name): &(ReaderFormat, &str)| {
        let port = Port::parse(&format!("/dev/{name}")).unwrap();
        ReaderSetting::plain(name, port, *format)
    };
    config.station.readers = ReaderFormat::ALL.iter().map(reader).collect();
    config.station.screen.typed_cards = true;
    config
}

fn place(config: &Config, format: ReaderFormat) -> usize {
    let mut readers = config.station.readers.iter();
    readers.position(|reader| reader.format == format).unwrap()
}

/// A model and the moment; what it wants is answered by hand.
struct Bench {
    config: Config,
    model: Model,
    now: Now,
}

impl Bench {
    fn new(config: Config) -> Self {
        let wall = DateTime::parse_from_rfc3339("2026-11-21T09:00:00+08:00").unwrap();
        let now = Now {
            wall,
            mono_ms: 1_000_000,
        };
        Self {
            model: Model::new(config.station.readers.len(), Lang::default(), &now),
            config,
            now,
        }
    }

    fn event(&mut self, event: Event) -> Vec<Effect> {
        self.now.mono_ms += 2_000;
        update(&mut self.model, &self.config, &self.now, event)
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        self.event(Event::Answer(answer))
    }

    fn staff(&self) -> Staff {
        self.config.staff.first().unwrap().staff.clone()
    }

    /// The attendant signs in, and somebody's redemption waits for her.
    fn waiting(&mut self, opened: Event) {
        let staff = self.staff();
        self.answer(Answer::SignedIn(Ok(staff)));
        self.event(opened);
        self.answer(Answer::Statement(Ok(statement())));
        let held = Booked {
            seq: Seq::new(7),
            kind: wenming::services::kind("hold").unwrap(),
            settle: OpId::new([7; 16]),
            mark: String::new(),
            wish: Some(wish(&self.config)),
            who: None,
            points: Points::new(10),
            before: Points::new(160),
            after: Points::new(150),
            wall_ms: 0,
        };
        self.answer(Answer::OwnHold(Some(held)));
        assert!(matches!(self.model.screen, Screen::Waiting(_)));
    }

    /// The badge's number comes; the ledger says whose it is. Says whether it confirms alone, else the PIN is asked.
    fn confirms(&mut self, came: Event) -> bool {
        let wanted = self.event(came);
        let by = wanted.iter().find_map(|effect| {
            let Effect::CheckBadge { by, .. } = effect else {
                return None;
            };
            Some(*by)
        });
        let staff = self.staff();
        let by = by.unwrap();
        let wanted = self.answer(Answer::Badge(Ok(Shown { staff, by })));
        let posts = wanted.iter().any(
            |effect| matches!(effect, Effect::Book(order) if order.command.kind().name() == "post"),
        );
        let asks = matches!(&self.model.screen, Screen::PinPad(pad) if pad.by == by);
        assert_ne!(posts, asks);
        assert_eq!(posts, by == ShownBy::Badge);
        posts
    }
}

fn statement() -> Statement {
    Statement {
        member: Member {
            account: AccountId::resident([7; 8]),
            name: "王秀英".to_owned(),
            kind: HolderKind::Individual,
            group: MemberGroup::Villager,
            birth_year: Some(1950),
            household: None,
        },
        free: Points::new(160),
        held: Points::ZERO,
        look: None,
    }
}

fn wish(config: &Config) -> Wish {
    Wish {
        item: config.catalogue.items.first().unwrap().code.clone(),
        option: None,
        quantity: 1,
    }
}

fn card(number: &str) -> CardId {
    CardId::parse(number).unwrap()
}

/// Bytes on the line of a reader, through the decoder that the config calls for.
fn line(config: &Config, format: ReaderFormat, bytes: &[u8]) -> Event {
    let index = place(config, format);
    let setting = config.station.readers.get(index).unwrap();
    let mut decoder = decoder(setting, &config.station.township);
    decoder.restart(0);
    let mut reads = decoder.push(bytes, 0).into_iter();
    let read = reads.next().unwrap();
    let Seen::Card(card) = read.seen else {
        unreachable!("{:?}", read.seen)
    };
    Event::Heard(Heard {
        index,
        read: Ok(card),
        raw: read.raw,
        at_ms: 0,
    })
}

/// A number as the kernel tells the keys of a wedge that is taken for the kiosk alone.
fn wedge(config: &Config, number: &str) -> Event {
    let mut keyboard = Keyboard::new();
    let digits = number.bytes().map(|digit| match digit {
        b'0' => 11,
        digit => u16::from(digit - b'1') + 2,
    });
    let mut typed = Vec::new();
    for code in digits.chain([28]) {
        for (kind, code, value) in [(1, code, 1), (0, 0, 0), (1, code, 0), (0, 0, 0)] {
            typed.extend(keyboard.event(InputEvent { kind, code, value }));
        }
    }
    line(config, ReaderFormat::Wedge, &typed)
}

/// A number that a device types into the terminal.
fn burst(config: &Config, number: &str) -> Event {
    let mut wedge = Wedge::new();
    let keys = (0..).zip(format!("{number}\r").chars().collect::<Vec<_>>());
    let typed: Vec<Typed> = keys.flat_map(|(n, key)| wedge.key(key, n * 8)).collect();
    let [Typed::Burst(burst)] = typed.as_slice() else {
        unreachable!("{typed:?}")
    };
    let read = text(burst.as_bytes(), &config.station.township);
    Event::Card(Way::Burst, read.map_err(CardFault::from))
}

/// What a chip reader without bytes of its own here says: its decoder is asked by a driver.
fn chip(config: &Config, format: ReaderFormat, number: &str) -> Event {
    Event::Card(Way::Reader(place(config, format)), Ok(card(number)))
}

#[test]
fn a_badge_confirms_alone_at_a_chip_reader_only() {
    let config = config();
    let scan = format!("{BADGE}\r");
    let opened = || chip(&config, ReaderFormat::Em4100, CARD);
    let rdm6300 = b"\x02000900000108\x03";
    for (way, came, alone) in [
        (
            "rdm6300",
            line(&config, ReaderFormat::Em4100, rdm6300),
            true,
        ),
        ("pn532", chip(&config, ReaderFormat::Pn532, BADGE), true),
        ("pcsc", chip(&config, ReaderFormat::Pcsc, BADGE), true),
        (
            "lines",
            line(&config, ReaderFormat::Lines, scan.as_bytes()),
            false,
        ),
        (
            "gm65",
            line(&config, ReaderFormat::Gm65, scan.as_bytes()),
            false,
        ),
        ("wedge", wedge(&config, BADGE), false),
        ("burst", burst(&config, BADGE), false),
        (
            "no such reader",
            Event::Card(Way::Reader(99), Ok(card(BADGE))),
            false,
        ),
    ] {
        let mut bench = Bench::new(config.clone());
        bench.waiting(opened());
        assert_eq!(bench.confirms(came), alone, "{way}");
    }
}

#[test]
fn a_badge_number_typed_by_hand_asks_for_the_pin() {
    let config = config();
    let mut bench = Bench::new(config.clone());
    bench.waiting(chip(&config, ReaderFormat::Em4100, CARD));
    for digit in BADGE.bytes() {
        let at_ms = bench.now.mono_ms + 2_000;
        bench.event(Event::Key(Key::Digit(digit - b'0'), at_ms));
    }
    let at_ms = bench.now.mono_ms + 2_000;
    assert!(!bench.confirms(Event::Key(Key::Enter, at_ms)));
}

#[test]
fn a_technician_may_say_that_lines_come_from_a_card_reader() {
    let mut config = config();
    let index = place(&config, ReaderFormat::Lines);
    config.station.readers.get_mut(index).unwrap().badges = true;
    let mut bench = Bench::new(config.clone());
    bench.waiting(line(&config, ReaderFormat::Lines, b"0005591234\r"));
    assert_eq!(bench.model.via, None);
    assert!(bench.confirms(line(&config, ReaderFormat::Lines, b"0009000001\r")));
}

#[test]
fn a_session_that_a_number_opens_is_marked_until_the_card_comes() {
    let config = config();
    for (opened, via) in [
        (chip(&config, ReaderFormat::Em4100, CARD), None),
        (
            line(&config, ReaderFormat::Lines, b"0005591234\r"),
            Some(Via::Scanner),
        ),
        (
            line(&config, ReaderFormat::Gm65, b"0005591234\r"),
            Some(Via::Scanner),
        ),
        (wedge(&config, CARD), Some(Via::Keyboard)),
        (burst(&config, CARD), Some(Via::Keyboard)),
        (Event::Card(Way::Typed, Ok(card(CARD))), Some(Via::Typed)),
    ] {
        let mut bench = Bench::new(config.clone());
        bench.event(opened);
        bench.answer(Answer::Statement(Ok(statement())));
        assert_eq!(bench.model.via, via);
        // The mark goes with the hold: goods, rice, one of it.
        bench.event(Event::Key(Key::Digit(1), bench.now.mono_ms + 2_000));
        for _ in 0..2 {
            let asked = bench.event(Event::Key(Key::Digit(1), bench.now.mono_ms + 2_000));
            let priced = asked.into_iter().find_map(|effect| {
                let Effect::Price(signed, command) = effect else {
                    return None;
                };
                let key = OpId::new([1; 16]);
                Some(Priced {
                    order: Order {
                        key,
                        signed,
                        command,
                    },
                    wish: Some(wish(&config)),
                    points: Points::new(10),
                    before: Points::new(160),
                    after: Points::new(150),
                })
            });
            bench.answer(Answer::Priced(Ok(priced.unwrap())));
        }
        assert!(
            matches!(bench.model.screen, Screen::Confirm(_)),
            "{:?}",
            bench.model.screen
        );
        let wanted = bench.event(Event::Key(Key::Digit(1), bench.now.mono_ms + 2_000));
        let held = wanted.iter().find_map(|effect| {
            let Effect::Book(order) = effect else {
                return None;
            };
            let mark = order.command.what();
            let mark = mark.get("via").and_then(|mark| mark.as_text());
            Some(mark.map(str::to_owned))
        });
        let mark = via.map(|via| format!("{via:?}").to_lowercase());
        assert_eq!(held, Some(mark));
        // The card itself, later.
        bench.event(chip(&config, ReaderFormat::Em4100, CARD));
        assert_eq!(bench.model.via, None);
        bench.event(Event::Key(Key::Finish, bench.now.mono_ms + 2_000));
        assert_eq!(bench.model.via, None);
    }
}

/// Unknown numbers on one way, so many, at one pace.
fn unknown(bench: &mut Bench, way: Way, count: usize, pace_ms: i64) -> Vec<Effect> {
    let mut wanted = Vec::new();
    for n in 0..count {
        bench.now.mono_ms += pace_ms;
        let number = format!("55{:08}", bench.now.mono_ms + i64::try_from(n).unwrap());
        let read = Event::Card(way, Ok(card(&number)));
        let now = bench.now;
        let asked = update(&mut bench.model, &bench.config, &now, read);
        if asked.iter().any(|e| matches!(e, Effect::LoadStatement(_))) {
            let answer = Event::Answer(Answer::Statement(Err(no("card-unknown"))));
            wanted.extend(update(&mut bench.model, &bench.config, &now, answer));
        }
    }
    wanted
}

#[test]
fn each_way_rests_by_itself_and_for_a_minute() {
    let config = config();
    let scanner = Way::Reader(place(&config, ReaderFormat::Gm65));
    let ways = [scanner, Way::Burst, Way::Typed, Way::Reader(0)];
    for way in ways {
        let mut bench = Bench::new(config.clone());
        let wanted = unknown(&mut bench, way, 19, 1);
        assert!(!wanted.contains(&Effect::Rest(way)));
        let wanted = unknown(&mut bench, way, 1_000, 1);
        let rests = wanted.iter().filter(|effect| **effect == Effect::Rest(way));
        assert_eq!(rests.count(), 1, "{way:?}");
        assert_eq!(bench.model.notice, Some(no("reader-paused")));
        // Those that were not looked up are not counted either.
        assert_eq!((bench.model.ways.unknown, bench.model.ways.rests), (20, 1));
        let others = ways.iter().filter(|other| **other != way);
        for other in others {
            assert!(!bench.model.ways.rests(*other, &bench.now), "{other:?}");
        }
        bench.now.mono_ms += 60_000;
        assert!(!bench.model.ways.rests(way, &bench.now));
    }
    let mut bench = Bench::new(config);
    let wanted = unknown(&mut bench, scanner, 100, 3_200);
    assert!(
        !wanted.contains(&Effect::Rest(scanner)),
        "one every three seconds"
    );
}

/// `wenming check` on the example with another `[[reader]]` at the end.
fn check(name: &str, reader: &str) -> String {
    let dir = Folder::new(&format!("ways-{name}"));
    for file in ["catalogue.toml", "rules.toml", "staff.toml", "station.toml"] {
        fs::copy(folder("kiosk-config").join(file), dir.join(file)).unwrap();
    }
    let station = dir.join("station.toml");
    let text = fs::read_to_string(&station).unwrap();
    fs::write(
        &station,
        format!("{text}\n[[reader]]\nname = \"third\"\n{reader}\n"),
    )
    .unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_wenming"))
        .envs(crate::harness::ENGLISH)
        .args(["check", "--config"])
        .arg(&*dir)
        .output()
        .unwrap();
    let (out, err) = (ran.stdout, ran.stderr);
    format!(
        "{}{}",
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap()
    )
}

#[test]
fn check_warns_where_badges_count_at_a_scanner_or_a_keyboard() {
    let input = "port = \"/dev/input/by-id/usb-x-event-kbd\"\nformat = \"wedge\"\nbadges = true";
    for (name, reader, warns) in [
        (
            "gm65",
            "port = \"/dev/ttyS1\"\nformat = \"gm65\"\nbadges = true",
            Some("scanner"),
        ),
        (
            "lines",
            "port = \"/dev/ttyS1\"\nformat = \"lines\"\nbadges = true",
            Some("nobody can tell"),
        ),
        (
            "wedge",
            input,
            cfg!(feature = "evdev").then_some("keyboard"),
        ),
        (
            "off",
            "port = \"/dev/ttyS1\"\nformat = \"gm65\"\nbadges = false",
            None,
        ),
        ("unsaid", "port = \"/dev/ttyS1\"\nformat = \"gm65\"", None),
        (
            "chip",
            "port = \"/dev/ttyS1\"\nformat = \"pn532\"\nbadges = true",
            None,
        ),
    ] {
        let said = check(name, reader);
        let warning = said.lines().find(|line| line.contains("badges = true"));
        assert_eq!(warning.is_some(), warns.is_some(), "{name}: {said}");
        if let (Some(line), Some(what)) = (warning, warns) {
            assert!(line.contains("\"third\"") && line.contains(what), "{line}");
            assert!(line.contains("always asks for the PIN"), "{line}");
        }
    }
    let wrong = check(
        "word",
        "port = \"/dev/ttyS1\"\nformat = \"gm65\"\nbadges = \"yes\"",
    );
    assert!(
        wrong.contains("station.toml:") && wrong.contains("badges"),
        "{wrong}"
    );
}

#[test]
fn a_simulated_reader_to_which_numbers_are_typed_takes_no_badge_unless_it_is_said() {
    let simulated = load(&folder("fixtures/configs/simulated")).unwrap().station;
    assert!(simulated.screen.typed_cards);
    let badges: Vec<bool> = simulated
        .readers
        .iter()
        .map(|reader| reader.badges)
        .collect();
    // em4100, for which the file says so; pn532; gm65.
    assert_eq!(badges, [true, false, false]);
    let example = load(&folder("kiosk-config")).unwrap().station;
    let badges: Vec<bool> = example.readers.iter().map(|reader| reader.badges).collect();
    assert_eq!(badges, [true, false]);
}
