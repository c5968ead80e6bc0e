//! `[[reader]]` in `station.toml`: the card readers and scanners.

use crate::config::code::Unique;
use crate::config::fields::form;
use crate::config::kind::{Choice, Flag, Parsed, Tables, each};
use crate::config::label::Label;
use crate::config::port::{Baud, Port, ReaderPort};
use crate::config::table::Table;
use crate::domain::{Check, NumberForm, NumberReading, SimKind, Text, names};
use serde_json::json;

/// The most cells of a reader's name.
const NAME_CELLS: usize = 20;
/// The most readers on one station.
const MAX_READERS: usize = 4;
/// The longest prefix and suffix of a scanner, in bytes. Source: GM65 manual, chapter 6.
const MAX_AFFIX: usize = 15;

/// A card reader or scanner on a serial port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderSetting {
    /// The name on the device screen, unique.
    pub name: String,
    /// The port, unique.
    pub port: Port,
    /// What it sends.
    pub format: ReaderFormat,
    /// Its speed, in bits a second; 0 where there is no such thing.
    pub baud: u32,
    /// How its lines look; only of `lines`, `gm65` and `wedge`.
    pub line: LineSetting,
    /// What is said to a scanner; only of `gm65`.
    pub ask: ScannerAsk,
    /// The card stays in it during the session, and taking it out ends the session; only of `pn532` and `pcsc`.
    pub holds_card: bool,
    /// A badge counts here: it is the badge itself, and no number that anybody can print or type.
    pub badges: bool,
}

impl ReaderSetting {
    /// A reader as its maker set it, of which the config says no more than it must.
    pub fn plain(name: &str, port: Port, format: ReaderFormat) -> Self {
        Self {
            name: name.to_owned(),
            port,
            format,
            baud: format.baud(),
            line: LineSetting::default(),
            ask: ScannerAsk::default(),
            holds_card: false,
            badges: format.reads_chips(),
        }
    }
}

names! {
    /// What a reader sends, with its name in the config.
    pub enum ReaderFormat {
        /// Framed 125 kHz card numbers: STX, ten hex digits, checksum, ETX.
        Em4100 = "em4100",
        /// One card number or code a line.
        Lines = "lines",
        /// A PN532 chip, which must be asked for 13.56 MHz cards.
        Pn532 = "pn532",
        /// A scanner of the GROW family: lines, with answers to commands among them.
        Gm65 = "gm65",
        /// A reader or scanner that types like a keyboard, in `/dev/input`, and is taken from everybody else.
        Wedge = "wedge",
        /// A reader that pcscd drives.
        Pcsc = "pcsc",
    }
}

impl ReaderFormat {
    /// What sends it: a card reader or a scanner.
    pub const fn device(self) -> Check {
        match self {
            Self::Em4100 | Self::Pn532 | Self::Pcsc => Check::Card,
            Self::Lines | Self::Gm65 | Self::Wedge => Check::Scanner,
        }
    }

    /// Says whether it reads chips, so that somebody must hold a card to it. Lines may come from anything.
    pub const fn reads_chips(self) -> bool {
        match self {
            Self::Em4100 | Self::Pn532 | Self::Pcsc => true,
            Self::Lines | Self::Gm65 | Self::Wedge => false,
        }
    }

    /// The speed of a reader that names none, in bits a second: the makers' own.
    pub const fn baud(self) -> u32 {
        match self {
            Self::Em4100 | Self::Lines | Self::Gm65 => 9600,
            Self::Pn532 => 115_200,
            Self::Wedge | Self::Pcsc => 0,
        }
    }

    /// The format to write instead where a device that is played speaks another.
    fn misfit(self, kind: SimKind) -> Option<Text> {
        let speaks: &[Self] = match kind {
            SimKind::Printer => return None,
            SimKind::Rdm6300 => &[Self::Em4100],
            SimKind::Pn532 => &[Self::Pn532],
            SimKind::Gm65 => &[Self::Gm65, Self::Lines],
        };
        if speaks.contains(&self) {
            return None;
        }
        let text = match speaks {
            [_, other] => Text::of("right-speaks-two").word("other", other.name()),
            _ => Text::of("right-speaks"),
        };
        let text = text.word("device", format!("sim:{}", kind.name()));
        Some(text.word("format", speaks.first()?.name()))
    }

    /// What is wrong with the port of this format, or with this program; `None` where both fit.
    fn unfit(self, port: &Port) -> Option<Text> {
        if let Some(kind) = port.sim() {
            return self.misfit(kind);
        }
        match self {
            Self::Wedge if !cfg!(feature = "evdev") => {
                Some(Text::of("right-built-without").word("feature", "evdev"))
            }
            Self::Pcsc if !cfg!(feature = "pcsc") => {
                Some(Text::of("right-built-without").word("feature", "pcsc"))
            }
            Self::Wedge if !port.is_input() => Some(Text::of("right-wedge")),
            Self::Pcsc if port.pcsc().is_none() => Some(Text::of("right-pcsc")),
            Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 if port.is_input() => {
                Some(Text::of("right-for-wedge"))
            }
            Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 if port.pcsc().is_some() => {
                Some(Text::of("right-for-pcsc"))
            }
            Self::Em4100 | Self::Lines | Self::Pn532 | Self::Gm65 | Self::Wedge | Self::Pcsc => {
                None
            }
        }
    }
}

/// How the lines of a reader look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineSetting {
    /// The form of its card numbers; `None` takes them as they come.
    pub number: Option<NumberReading>,
    /// What stands before every line, printable ASCII.
    pub prefix: String,
    /// What stands after every line, before its end mark, printable ASCII.
    pub suffix: String,
    /// It sends no end mark: silence ends a line.
    pub gap_ends: bool,
}

/// What is said to a scanner. Without a word in the config nothing is ever written to one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScannerAsk {
    /// Nothing.
    #[default]
    Nothing,
    /// Whether it is there, every ten seconds; a GM861 answers.
    Heartbeat,
    /// To read, every three seconds; for a scanner in command mode.
    Trigger,
}

const ASKS: [(ScannerAsk, &str); 3] = [
    (ScannerAsk::Nothing, "nothing"),
    (ScannerAsk::Heartbeat, "heartbeat"),
    (ScannerAsk::Trigger, "trigger"),
];
/// What ends a line, as the config says it.
const ENDS: [(bool, &str); 2] = [(false, "mark"), (true, "gap")];

/// All readers of a station.
pub(super) const READERS: Tables = Tables::at_most(MAX_READERS, &READER, Text::of("right-few"));

/// Reads every reader of a station where card numbers may be typed or not; what is wrong is noted and left out.
pub(super) fn readers(tables: &[Table<'_>], typed_cards: bool) -> Vec<ReaderSetting> {
    let mut claims = Claims::default();
    each(tables, |table| reader(table, &mut claims, typed_cards))
}

/// Things that two readers may not share.
#[derive(Default)]
pub(super) struct Claims {
    names: Unique,
    ports: Unique,
}

form! {
    /// A card reader or scanner.
    READER "[[reader]]" fn reader(table, claims: &mut Claims, typed_cards: bool) -> ReaderSetting {
        /// The name on the device screen, unique, at most 20 cells.
        name "name": Label(NAME_CELLS), need => |v, name| Some(claims.names.first(v, "reader", name));
        /// A path that stays, such as /dev/serial/by-id/...; pcsc:* or pcsc: and a part of a name; sim:rdm6300 and the like.
        port "port": ReaderPort, need => |v, port| {
            claims.ports.claim(v, "port", port.as_str());
            Some(port)
        };
        /// What it sends.
        format "format": Choice(&ReaderFormat::ALL), need => |v, format| {
            if let Some(right) = port.as_ref().and_then(|port| format.unfit(port)) {
                v.wrong(right);
            }
            Some(format)
        };
        /// Its speed in bits a second; 9600 without, 115200 of pn532.
        baud "baud": Baud, usual(format.baud()) if "format" in ["em4100", "lines", "pn532", "gm65"];
        /// The form of its card numbers; as they come without.
        number "number": Choice(&unshared()), may if "format" in ["lines", "gm65", "wedge"]
            as Choice(&NumberForm::ALL) => |v, form| {
                if form.is_short() {
                    v.wrong(Text::of("right-short"));
                }
                Some(form)
            };
        /// The bytes of its numbers come last first; false without.
        reversed "reversed": Flag, usual(false) if "format" in ["lines", "gm65", "wedge"];
        /// It sends the zeros in front of a number; true without.
        zeros "zeros": Flag, usual(true) if "format" in ["lines", "gm65", "wedge"];
        /// What stands before every line, 1 to 15 characters of ASCII.
        prefix "prefix": AFFIX, usual(String::new()) if "format" in ["lines", "gm65", "wedge"];
        /// What stands after every line, 1 to 15 characters of ASCII.
        suffix "suffix": AFFIX, usual(String::new()) if "format" in ["lines", "gm65", "wedge"];
        /// What ends a line: a mark, or silence; "mark" without.
        gap_ends "end": Choice(&ENDS), usual(false) if "format" in ["lines", "gm65", "wedge"];
        /// What is said to it: nothing, every ten seconds whether it is there, or every three to read.
        ask "ask": Choice(&ASKS), usual(ScannerAsk::Nothing) if "format" in ["gm65"];
        /// The card stays in it during the session, and taking it out ends the session; false without.
        holds_card "holds-card": Flag, usual(false) if "format" in ["pn532", "pcsc"];
        /// A badge counts here, on duty without the PIN; true of em4100, pn532 and pcsc without, unless simulated with typed-cards.
        badges "badges": Flag, usual({
            // What is typed is held to a simulated reader: there a number is no badge unless the config says so.
            format.reads_chips() && !port.is_typed(typed_cards)
        });
        also json!({ "dependencies": { "reversed": ["number"], "zeros": ["number"] } });
        check {
            for key in ["reversed", "zeros"] {
                table.lone(key, "number", Text::of("right-number"));
            }
        }
    } => {
        let number = number.map(|form| NumberReading { form, reversed, zeros });
        let line = LineSetting { number, prefix, suffix, gap_ends };
        ReaderSetting { name, port, format, baud, line, ask, holds_card, badges }
    }
}

/// What stands before or after every line.
const AFFIX: Parsed<String> = Parsed {
    pattern: "^[!-~]{1,15}$",
    right: Text::of("right-affix"),
    parse: |text| {
        let fits = (1..=MAX_AFFIX).contains(&text.len());
        (fits && text.bytes().all(|b| b.is_ascii_graphic())).then(|| text.to_owned())
    },
};

/// The forms whose numbers stand for one card each.
fn unshared() -> Vec<(NumberForm, &'static str)> {
    let all = NumberForm::ALL.into_iter();
    all.filter(|(form, _)| !form.is_short()).collect()
}
