//! The card-format detective: every reader against every other, and that nothing but the truth is ever written.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a step that cannot be reached fails the test"
)]

use chrono::DateTime;
use std::path::Path;
use wenming::app::{
    Answer, Detective, DetectiveEnd, DetectiveRemark, DetectiveStep, Effect, Event, Heard, Key,
    Model, Screen, SettingKept, Way, update,
};
use wenming::config::{
    Config, LineSetting, Port, ReaderFormat, ReaderSetting, ScannerAsk, SettingChange, load,
};
use wenming::domain::{
    CardBits, CardFault, CardId, CardMiss, CardNumber, Lang, Now, NumberForm, NumberReading, Role,
    Shown, ShownBy, Sighting, Verdict, compare, find_reading, numbers_of,
};
use wenming::wire::{FrameFault, Raw, Seen};

use NumberForm::{Dec8, Dec10, Dec12, Dec13, Halves, Hex10, Site};

/// A card of 40 bits.
type Chip = u64;

/// What a reader of this form sends of a card: written anew here, beside the code that reads it.
fn sent(chip: Chip, form: NumberForm, reversed: bool, zeros: bool) -> String {
    let bytes = chip.to_be_bytes();
    let join = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, b| sum << 8 | u64::from(*b));
    let part = |from: usize| {
        let mut part = bytes.get(from..).unwrap().to_vec();
        if reversed {
            part.reverse();
        }
        join(&part)
    };
    let (whole, low, short) = (part(3), part(4), part(5));
    let text = match form {
        Hex10 => format!("{whole:010X}"),
        Dec13 => format!("{whole:013}"),
        Dec12 => format!("{whole:012}"),
        Dec10 => format!("{low:010}"),
        Halves => format!("{:05},{:05}", low >> 16, low & 0xFFFF),
        Dec8 => format!("{short:08}"),
        Site => format!("{:03},{:05}", short >> 16, short & 0xFFFF),
        NumberForm::Uid => panic!("another chip"),
    };
    if zeros {
        return text;
    }
    let strip = |part: &str| {
        let cut = part.trim_start_matches('0');
        if cut.is_empty() { "0" } else { cut }.to_owned()
    };
    let parts: Vec<String> = text.split(',').map(strip).collect();
    parts.join(",")
}

fn card(text: &str) -> CardId {
    CardId::parse(text).unwrap()
}

fn chip(chip: Chip) -> Sighting {
    Sighting {
        card: Some(card(&format!("{chip:010X}"))),
        bits: Some(CardBits::Chip),
        text: None,
    }
}

/// A card at a reader of lines of which the config says nothing.
fn line(text: String) -> Sighting {
    Sighting {
        card: CardId::parse(&text),
        bits: None,
        text: Some(text),
    }
}

fn printed(chip: Chip, form: &str) -> CardNumber {
    let numbers = numbers_of(&card(&format!("{chip:010X}")), CardBits::Chip);
    numbers.into_iter().find(|n| n.form == form).unwrap()
}

/// Usual cards, cards with zeros in front, and cards that look like others.
const CHIPS: [Chip; 10] = [
    0x01_02B0_A5FD,
    0x3C_0055_50D2,
    0x67_003B_51C6,
    0x3C_00CE_754C,
    0x0F_FFFF_FFFE,
    0x00_1234_5678,
    0x00_0102_0304,
    0xFE_DCBA_9876,
    0x09_8000_0001,
    0x12_0A00_FF10,
];
const FORMS: [NumberForm; 5] = [Hex10, Dec13, Dec12, Dec10, Halves];

/// Whom a reading takes a card for: the card itself, its printed number, or nobody.
fn is_truth(reading: NumberReading, text: &str, of: Chip) -> bool {
    let own = [format!("{of:010X}"), format!("{:010}", of & 0xFFFF_FFFF)];
    reading
        .read(text)
        .is_ok_and(|id| own.contains(&id.as_str().to_owned()))
}

#[test]
fn every_form_is_found_from_one_card_and_is_right_for_all() {
    let mut found = 0;
    for own in CHIPS {
        for form in FORMS {
            for (reversed, zeros) in [(false, true), (true, true), (false, false), (true, false)] {
                if form == Dec12 && sent(own, Dec13, reversed, true).starts_with('1') {
                    continue;
                }
                let text = sent(own, form, reversed, zeros);
                let verdict = compare(&chip(own), &printed(own, "8H10D"), &line(text.clone()));
                let reading = match verdict {
                    Verdict::Read {
                        first: false,
                        reading,
                    } => reading,
                    Verdict::Same => {
                        assert_eq!(text.len(), 10, "{own:010X} {form:?} {text}");
                        continue;
                    }
                    // What 24 bits would explain as well proves nothing.
                    Verdict::Miss(CardMiss::Ambiguous | CardMiss::Short) if !zeros => continue,
                    other @ (Verdict::Read { .. } | Verdict::Miss(_)) => {
                        panic!("{own:010X} {form:?} {reversed} {zeros} {text}: {other:?}")
                    }
                };
                found += 1;
                assert!(is_truth(reading, &text, own), "{text} {reading:?}");
                assert_eq!(reading.reversed, reversed, "{own:010X} {form:?} {text}");
                // The same reader with every other card: the right one, or a fault; never somebody else's.
                for other in CHIPS {
                    let text = sent(other, form, reversed, zeros);
                    let wrong = reading.read(&text).is_ok() && !is_truth(reading, &text, other);
                    assert!(
                        !wrong,
                        "{own:010X} {form:?}: {reading:?} takes {text} of {other:010X}"
                    );
                    if zeros {
                        let long = form == Dec12 && text.len() > 12;
                        assert!(
                            long || is_truth(reading, &text, other),
                            "{text} {reading:?}"
                        );
                    }
                }
            }
        }
    }
    assert!(found > 140, "only {found}");
}

#[test]
fn what_24_bits_explain_is_never_taken() {
    for own in CHIPS {
        let number = printed(own, "8H10D");
        for form in [Dec8, Site] {
            for zeros in [true, false] {
                let text = sent(own, form, false, zeros);
                let found = find_reading(&text, &number);
                assert!(found.is_err(), "{own:010X} {form:?} {text} {found:?}");
                // Where the higher bits are zeros, 32 bits explain it as well.
                if zeros && own & 0xFF00_0000 != 0 {
                    assert_eq!(found, Err(CardMiss::Short), "{text}");
                }
            }
        }
    }
    // 6H8D of a card whose higher bits are zeros looks like 8H10D without zeros.
    let low: Chip = 0x3C_0012_D687;
    for text in ["01234567", "1234567", "18,54919", "018,54919"] {
        let found = find_reading(text, &printed(low, "8H10D"));
        let want = [Err(CardMiss::Short), Err(CardMiss::Ambiguous)];
        assert!(want.contains(&found), "{text} {found:?}");
    }
    assert!(printed(low, "6H8D").is_short() && printed(low, "2H+4H").is_short());
    assert!(!printed(low, "4H+4H").is_short());
}

#[test]
fn a_card_that_proves_nothing_is_told_apart() {
    // The same bytes from either end.
    let same: Chip = 0x11_2233_2211;
    let text = sent(same, Hex10, false, true);
    assert_eq!(
        find_reading(&text, &printed(same, "10H")),
        Err(CardMiss::Ambiguous)
    );
    let other = find_reading("0045131262", &printed(0x01_02B0_A5FD, "8H10D"));
    assert_eq!(other, Err(CardMiss::Other));
    // 13D is on file as the whole chip; 32 bits cannot become 40.
    let fewer = find_reading("0045131261", &printed(0x01_02B0_A5FD, "13D"));
    assert_eq!(fewer, Err(CardMiss::Fewer));
    let whole = find_reading("0004340098557", &printed(0x01_02B0_A5FD, "13D")).unwrap();
    assert_eq!((whole.form, whole.reversed), (Dec13, false));
}

#[test]
fn either_reader_may_be_the_one_that_is_wrong() {
    let own: Chip = 0x01_02B0_A5FD;
    let turned = sent(own, Dec10, true, true);
    // The reader of lines first: the list has the printed number, and that alone says how it must read.
    let first = line(turned.clone());
    let numbers = first.numbers();
    let number = numbers.iter().find(|n| n.number == "0045131261").unwrap();
    let want = NumberReading {
        form: Dec10,
        reversed: true,
        zeros: true,
    };
    let verdict = compare(&first, number, &chip(own));
    assert_eq!(
        verdict,
        Verdict::Read {
            first: true,
            reading: want
        }
    );
    // As it is told to read now, both give the same.
    let told = Sighting {
        card: want.read(&turned).ok(),
        bits: Some(CardBits::Low),
        text: Some(turned.clone()),
    };
    assert_eq!(compare(&told, number, &chip(own)), Verdict::Same);
    assert_eq!(
        compare(&chip(own), &printed(own, "8H10D"), &told),
        Verdict::Same
    );
    // A card on which the turned number is printed is on file under that.
    let plain = compare(&chip(own), &printed(own, "8H10D-reversed"), &line(turned));
    assert_eq!(plain, Verdict::Same);
    assert_eq!(
        compare(&chip(own), &printed(own, "8H10D"), &chip(own + 1)),
        Verdict::Miss(CardMiss::Other)
    );
}

fn reader(name: &str, format: ReaderFormat) -> ReaderSetting {
    ReaderSetting {
        name: name.to_owned(),
        port: Port::parse(&format!("/dev/{name}")).unwrap(),
        format,
        baud: 9600,
        line: LineSetting::default(),
        ask: ScannerAsk::default(),
        holds_card: false,
        badges: false,
    }
}

/// A technician at the devices screen of a station with two readers.
struct Bench {
    config: Config,
    model: Model,
    now: Now,
}

impl Bench {
    fn new() -> Self {
        let mut config = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")).unwrap();
        config.station.readers = vec![
            reader("card", ReaderFormat::Em4100),
            reader("scanner", ReaderFormat::Lines),
        ];
        let now = Now {
            wall: DateTime::parse_from_rfc3339("2026-11-21T18:41:00+08:00").unwrap(),
            mono_ms: 1_000_000,
        };
        let mut bench = Self {
            model: Model::new(2, Lang::default(), &now),
            config,
            now,
        };
        let mut staff = bench.config.staff.first().unwrap().staff.clone();
        staff.role = Role::Technician;
        bench.event(Event::Answer(Answer::Badge(Ok(Shown {
            staff: staff.clone(),
            by: ShownBy::Badge,
        }))));
        bench.event(Event::Answer(Answer::SignedIn(Ok(staff))));
        bench.digit(7);
        assert!(matches!(bench.model.screen, Screen::Devices(_)));
        bench
    }

    fn event(&mut self, event: Event) -> Vec<Effect> {
        self.now.mono_ms += 3_000;
        let mut effects = update(&mut self.model, &self.config, &self.now, event);
        // What is heard is the voice's subject.
        effects.retain(|effect| !matches!(effect, Effect::Aloud(_)));
        effects
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.event(Event::Key(key, self.now.mono_ms + 3_000))
    }

    fn digit(&mut self, digit: u8) -> Vec<Effect> {
        self.key(Key::Digit(digit))
    }

    /// Bytes at a reader, decoded as the config says.
    fn hear(&mut self, index: usize, bytes: &[u8]) -> Vec<Effect> {
        let setting = self.config.station.readers.get(index).unwrap();
        let mut decoder = wenming::shell::reader::decoder(setting, &self.config.station.township);
        let read = decoder.push(bytes, 0).into_iter().next().unwrap();
        let seen = match read.seen {
            Seen::Card(card) => Ok(card),
            Seen::Fault(fault) => Err(fault),
            Seen::Removed(_) => panic!("nothing was there"),
        };
        let at_ms = self.now.mono_ms;
        self.event(Event::Heard(Heard {
            index,
            read: seen,
            raw: Raw::new(bytes),
            at_ms,
        }))
    }

    fn detective(&self) -> &Detective {
        let Screen::Detective(detective) = &self.model.screen else {
            panic!("{:?}", self.model.screen);
        };
        detective
    }

    /// Chooses a number from the list, on whatever page it is.
    fn pick(&mut self, form: &str) -> Vec<Effect> {
        let DetectiveStep::Which { numbers, .. } = &self.detective().step else {
            panic!("{:?}", self.detective());
        };
        let place = numbers.iter().position(|n| n.form == form).unwrap();
        for _ in 0..place / 4 {
            self.digit(9);
        }
        self.digit(u8::try_from(place % 4).unwrap() + 1)
    }
}

const FRAME: &[u8] = b"\x020102B0A5FDEB\x03";

#[test]
fn the_flow_asks_writes_and_tests() {
    let mut bench = Bench::new();
    bench.digit(1);
    assert_eq!(bench.hear(0, FRAME), []);
    assert_eq!(bench.pick("6H8D"), []);
    assert_eq!(bench.detective().remark, Some(DetectiveRemark::Short));
    bench.digit(8);
    bench.digit(8);
    bench.pick("8H10D");
    assert_eq!(bench.hear(0, FRAME), []);
    assert_eq!(bench.detective().remark, Some(DetectiveRemark::SameReader));
    assert_eq!(bench.hear(1, b"4255494146\r\n"), []);
    let change = SettingChange::Reader {
        index: 1,
        reading: NumberReading {
            form: Dec10,
            reversed: true,
            zeros: true,
        },
    };
    assert_eq!(change.lines(), ["number = \"8H10D\"", "reversed = true"]);
    let wanted = vec![Effect::ChangeSetting(change)];
    assert_eq!(bench.digit(1), wanted);
    // A second press writes nothing twice.
    assert_eq!(bench.digit(1), []);
    let line = &mut bench.config.station.readers.get_mut(1).unwrap().line;
    line.number = Some(NumberReading {
        form: Dec10,
        reversed: true,
        zeros: true,
    });
    bench.event(Event::Reloaded);
    bench.event(Event::Answer(Answer::Setting(SettingKept::Written)));
    assert!(matches!(
        bench.detective().step,
        DetectiveStep::Again { index: 1, .. }
    ));
    bench.hear(0, FRAME);
    assert_eq!(bench.detective().remark, Some(DetectiveRemark::OtherReader));
    bench.hear(1, b"4255494146\r\n");
    let matches = DetectiveStep::Over(DetectiveEnd::Matches);
    assert_eq!(bench.detective().step, matches);
    assert!(bench.model.holder.is_none() && bench.model.holder_card.is_none());
}

#[test]
fn a_change_that_is_not_written_is_told_with_its_lines() {
    for kept in [
        SettingKept::BuiltIn,
        SettingKept::ReadOnly {
            path: "/etc/wenming/station.toml".to_owned(),
        },
    ] {
        let mut bench = Bench::new();
        bench.digit(1);
        bench.hear(0, FRAME);
        bench.pick("8H10D");
        bench.hear(1, b"00688,42493\r");
        bench.digit(1);
        bench.event(Event::Answer(Answer::Setting(kept.clone())));
        let DetectiveStep::Over(DetectiveEnd::NotKept(told, change)) = &bench.detective().step
        else {
            panic!("{:?}", bench.detective());
        };
        assert_eq!(told, &kept);
        assert_eq!(change.lines(), ["number = \"4H+4H\""]);
    }
}

#[test]
fn a_card_on_these_screens_opens_nothing_and_leaves_with_them() {
    let mut bench = Bench::new();
    for _ in 0..40 {
        assert_eq!(bench.hear(0, FRAME), []);
    }
    assert_eq!(bench.hear(1, b"junk!\r"), []);
    assert!(bench.model.notice.is_none());
    let Screen::Devices(devices) = &bench.model.screen else {
        panic!("{:?}", bench.model.screen);
    };
    assert_eq!(devices.heard.len(), 16);
    assert_eq!(devices.page, 1);
    assert_eq!(devices.heard.back().unwrap().read, Err(FrameFault::NoCard));
    // A scan at the keyboard, too.
    let scan = Event::Card(Way::Burst, Ok(card("0005591234")));
    assert_eq!(bench.event(scan), []);
    let broken = Event::Card(Way::Burst, Err(CardFault::TooLong));
    assert_eq!(bench.event(broken), []);
    bench.digit(0);
    bench.digit(7);
    let Screen::Devices(devices) = &bench.model.screen else {
        panic!("{:?}", bench.model.screen);
    };
    assert!(devices.heard.is_empty(), "cleared when it was left");
    // Whoever is away from the screen is away: then a card is a card again.
    bench.hear(0, FRAME);
    bench.now.mono_ms += 100_000;
    bench.event(Event::Tick);
    assert!(bench.model.asking_until_ms.is_some());
    let opened = bench.hear(0, FRAME);
    assert_eq!(opened, [Effect::LoadStatement(card("0102B0A5FD"))]);
    assert!(matches!(bench.model.screen, Screen::Idle(_)));
}

#[test]
fn attendants_do_not_see_devices() {
    let mut bench = Bench::new();
    bench.key(Key::Finish);
    let mut staff = bench.config.staff.first().unwrap().staff.clone();
    staff.role = Role::Attendant;
    bench.event(Event::Answer(Answer::Badge(Ok(Shown {
        staff: staff.clone(),
        by: ShownBy::Badge,
    }))));
    bench.event(Event::Answer(Answer::SignedIn(Ok(staff))));
    for digit in 1..=9 {
        let mut desk = bench.model.clone();
        std::mem::swap(&mut desk, &mut bench.model);
        bench.digit(digit);
        let opened = &bench.model.screen;
        assert!(!matches!(opened, Screen::Devices(_)), "{digit}");
        bench.model = desk;
    }
}
