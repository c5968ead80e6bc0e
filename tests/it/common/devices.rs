//! The technician's screens of readers and printer, with the longest contents they can have.

use crate::common::screens::{Drive, now};
use wenming::app::{Answer, Event, Heard, Key, Model, SettingKept};
use wenming::config::{
    Config, LineSetting, Port, PrinterPort, PrinterSetting, ReaderFormat, ReaderSetting, ScannerAsk,
};
use wenming::domain::{
    CardId, Lang, NumberForm, NumberReading, PrinterNews, PrinterState, PrinterTrouble, Role, Text,
};
use wenming::wire::{FrameFault, Raw};

const CHIP: &[u8] = b"\x020102B0A5FDEB\x03";

fn reader(name: &str, port: &str, format: ReaderFormat) -> ReaderSetting {
    ReaderSetting {
        name: name.to_owned(),
        port: Port::parse(port).unwrap(),
        format,
        baud: 115_200,
        line: LineSetting::default(),
        ask: ScannerAsk::default(),
        holds_card: false,
        badges: false,
    }
}

impl Drive<'_> {
    fn hear(&mut self, index: usize, bytes: &[u8], read: Result<&str, FrameFault>) -> &mut Self {
        let read = read.map(|card| CardId::parse(card).unwrap());
        let at_ms = self.now.mono_ms;
        self.event(Event::Heard(Heard {
            index,
            read,
            raw: Raw::new(bytes),
            at_ms,
        }))
    }

    fn chip(&mut self) -> &mut Self {
        self.hear(0, CHIP, Ok("0102B0A5FD"))
    }

    fn devices(&mut self) {
        self.desk(Role::Technician).digit(7).model.readers = vec![false; 4];
        self.shot("devices-lost").model.readers = vec![true, true, true, false];
        self.shot("devices").chip().shot("devices-card");
        self.chip().chip().shot("devices-cards");
        let widest = &[0xE6; 600][..];
        for (fault, name) in FrameFault::ALL {
            self.hear(3, widest, Err(fault))
                .shot(&format!("devices-{name}"));
        }
        self.hear(2, b"0045131261\r\n", Ok("0045131261"))
            .shot("devices-line");
        self.hear(
            1,
            b"https://example.org\r",
            Ok("A234567890123456789012345678901B"),
        )
        .shot("devices-long");
        self.hear(1, b"", Ok("0045131261")).shot("devices-empty");
    }

    /// The detective up to the list of numbers.
    fn listed(&mut self) -> &mut Self {
        self.desk(Role::Technician).digit(7).digit(1).chip()
    }

    /// The detective up to the second reader.
    fn picked(&mut self) -> &mut Self {
        self.listed().digit(9).digit(1)
    }

    fn asked(&mut self) -> &mut Self {
        self.picked().hear(1, b"55494146\r", Ok("55494146"));
        self.picked().hear(1, b"4255494146\r", Ok("4255494146"))
    }

    fn detective(&mut self) {
        self.desk(Role::Technician).digit(7).digit(1);
        self.shot("detective-first");
        for (fault, name) in FrameFault::ALL {
            self.hear(3, b"", Err(fault))
                .shot(&format!("detective-{name}"));
        }
        self.hear(1, b"WB1:YUNDAO:00000000:EWVF\r", Ok("WB1YUNDAO00000000"))
            .shot("detective-no-number");
        self.listed().shot("detective-which").digit(9);
        self.shot("detective-which-2").digit(9).digit(1);
        self.shot("detective-short");
        self.picked().shot("detective-second");
        self.chip().shot("detective-same-reader");
        for (name, bytes) in [
            ("other", &b"4255494147\r"[..]),
            ("24-bit-reader", b"11576829\r"),
            ("same", b"0045131261\r"),
        ] {
            let text = std::str::from_utf8(bytes).unwrap().trim();
            self.picked().hear(1, bytes, Ok(text));
            self.shot(&format!("detective-{name}"));
        }
        self.listed().digit(3);
        self.hear(1, b"0045131261\r", Ok("0045131261"))
            .shot("detective-fewer");
        self.asked().shot("detective-ask").digit(1);
        self.shot("detective-writing")
            .answer(Answer::Setting(SettingKept::Written))
            .shot("detective-again");
        self.chip().shot("detective-other-reader");
        self.hear(1, b"4255494146\r", Ok("4255494146"))
            .shot("detective-differs");
        self.asked().digit(1);
        self.answer(Answer::Setting(SettingKept::Written))
            .hear(1, b"4255494146\r", Ok("0045131261"))
            .shot("detective-matches");
        let path = format!("/{}/station.toml", "etc".repeat(60));
        let why = Text::verbatim("w".repeat(160));
        for (name, kept) in [
            ("built-in", SettingKept::BuiltIn),
            ("read-only", SettingKept::ReadOnly { path: path.clone() }),
            ("failed", SettingKept::Failed { path, why }),
        ] {
            self.asked().digit(1);
            self.answer(Answer::Setting(kept))
                .shot(&format!("detective-{name}"));
        }
    }

    fn setup(&mut self) {
        self.desk(Role::Technician).digit(7).digit(2);
        self.shot("setup-print").digit(1);
        self.shot("setup-ruler").digit(2);
        self.shot("setup-no-profile").digit(3);
        self.shot("setup-wider").digit(1);
        for (trouble, name) in PrinterTrouble::ALL {
            self.event(Event::Printer(PrinterNews {
                state: PrinterState::Attention(trouble),
                ..PrinterNews::default()
            }))
            .shot(&format!("setup-{name}"));
        }
        self.event(Event::Printer(PrinterNews::default()));
        self.shot("setup-code").digit(2);
        self.shot("setup-characters").digit(1);
        self.shot("setup-cut").digit(2);
        self.shot("setup-ask").digit(1);
        self.shot("setup-writing");
        let before = self.model.clone();
        self.answer(Answer::Setting(SettingKept::Written))
            .shot("setup-written");
        self.model = before;
        self.answer(Answer::Setting(SettingKept::ReadOnly {
            path: "/etc/wenming/station.toml".to_owned(),
        }))
        .shot("setup-read-only");
    }
}

fn shots(config: &Config, lang: Lang, act: impl FnOnce(&mut Drive<'_>)) -> Vec<(String, Model)> {
    let mut drive = Drive::new(config, Model::new(4, Lang::default(), &now()));
    act(&mut drive);
    let mut shots = drive.shots;
    for (_, model) in &mut shots {
        model.lang = lang;
    }
    shots
}

/// A station with as many readers as there may be, names and ports as long as they may be, and a printer.
pub(crate) fn bench(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    let deep = format!("/dev/serial/by-path/{}", "pci-0000:00:14.0".repeat(11));
    let wide = "宽".repeat(10);
    config.station.readers = vec![
        reader("card", "/dev/serial/by-id/usb-1a86", ReaderFormat::Em4100),
        reader("宽宽宽宽宽宽宽宽宽宽", &deep, ReaderFormat::Lines),
        reader("scanner", "/dev/scanner", ReaderFormat::Gm65),
        reader(&wide, "/dev/last", ReaderFormat::Lines),
    ];
    config.station.readers[2].line.number = Some(NumberReading {
        form: NumberForm::Dec10,
        reversed: false,
        zeros: true,
    });
    let port = PrinterPort::parse(&format!("file:/{}", "p".repeat(190))).unwrap();
    config.printer = PrinterSetting::of(port, "58mm");
    let all = shots(&config, lang, |drive| {
        drive.devices();
        drive.detective();
        drive.setup();
    });
    (config, all)
}

/// A station with nothing attached, and one with one reader.
pub(crate) fn bare(config: &Config, lang: Lang) -> (Config, Vec<(String, Model)>) {
    let mut config = config.clone();
    config.station.readers = Vec::new();
    config.printer = None;
    let mut all = shots(&config, lang, |drive| {
        drive.desk(Role::Technician).digit(7).shot("devices-none");
        drive.digit(2).shot("setup-none");
    });
    config.station.readers = vec![reader("card", "/dev/one", ReaderFormat::Em4100)];
    all.extend(shots(&config, lang, |drive| {
        drive.picked().shot("detective-alone");
        drive.key(Key::Back);
    }));
    (config, all)
}
