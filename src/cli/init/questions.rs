//! What is asked, in order: each question with its sentences, its usual answer and what it offers.

use super::answered::{Answers, NONE, PARTNERS};
use crate::cli::device::{Kind, named_ports};
use crate::config::ReaderFormat;
use crate::domain::SimKind;
use crate::wire::paper::PROFILES;
use std::path::Path;
use unicode_width::UnicodeWidthStr as _;

/// The most cells of a station's name, as `check` has it.
const NAME_CELLS: usize = 20;
/// How a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A text that people read.
    Name,
    /// Words and signs of a config: wide letters of a Chinese keyboard count as plain ones.
    Word,
    /// Several words of a config.
    List,
    /// A badge: held to the reader, or its number typed.
    Badge,
    /// A PIN, of which only the hash is kept.
    Pin,
}

/// What a question offers, to be chosen by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    Nothing,
    Partners,
    Readers,
    Formats,
    Printers,
    Profiles,
}

/// The devices of this computer.
pub(super) struct Found {
    readers: Vec<String>,
    printers: Vec<String>,
}

impl Found {
    /// Looks for them.
    pub(super) fn below(dev: &Path) -> Self {
        Self {
            readers: named_ports(dev, Kind::Serial),
            printers: named_ports(dev, Kind::Printer),
        }
    }
}

/// A question.
pub(super) struct Question {
    /// Its name in a file of answers.
    pub(super) key: &'static str,
    /// Its sentence.
    pub(super) ask: &'static str,
    /// What would be right.
    pub(super) right: &'static str,
    /// How it is asked.
    pub(super) way: Way,
    /// [`NONE`] leaves it out.
    pub(super) may: bool,
    /// It is asked only where this one has an answer.
    only: Option<&'static str>,
    pub(super) offer: Offer,
    /// What Enter alone means, by what is answered already.
    usual: fn(&Answers, &Found) -> Option<String>,
    /// What stands in its place while something else is judged.
    pub(super) stand_in: &'static str,
}

impl Question {
    const fn new(key: &'static str, ask: &'static str, right: &'static str, way: Way) -> Self {
        Self {
            key,
            ask,
            right,
            way,
            may: false,
            only: None,
            offer: Offer::Nothing,
            usual: |_, _| None,
            stand_in: "",
        }
    }

    const fn may(self) -> Self {
        Self {
            may: true,
            usual: |_, _| Some(NONE.to_owned()),
            ..self
        }
    }

    const fn only(self, key: &'static str) -> Self {
        Self {
            only: Some(key),
            ..self
        }
    }

    const fn offers(self, offer: Offer) -> Self {
        Self { offer, ..self }
    }

    const fn usually(self, usual: fn(&Answers, &Found) -> Option<String>) -> Self {
        Self { usual, ..self }
    }

    const fn stands_in(self, stand_in: &'static str) -> Self {
        Self { stand_in, ..self }
    }
}

/// Every question, in order.
pub(super) static QUESTIONS: [Question; 20] = [
    Question::new("town", "init-town", "init-code-right", Way::Word).stands_in("TOWN"),
    Question::new("station", "init-station", "init-code-right", Way::Word)
        .usually(|_, _| Some("S01".to_owned())),
    Question::new("village", "init-village", "init-name-right", Way::Name).stands_in("V"),
    Question::new(
        "village-en",
        "init-village-en",
        "init-name-right",
        Way::Name,
    )
    .usually(|answers, _| Some(answers.get("village").to_owned())),
    Question::new("name", "init-name", "init-name-right", Way::Name)
        .usually(|answers, _| Some(fitting(answers.get("village"), "服务站"))),
    Question::new("name-en", "init-name-en", "init-name-right", Way::Name)
        .usually(|answers, _| Some(fitting(answers.get("village-en"), " Station"))),
    Question::new("phone", "init-phone", "init-phone-right", Way::Word).may(),
    Question::new("hours", "init-hours", "init-hours-right", Way::List).may(),
    Question::new(
        "partners",
        "init-partners",
        "init-partners-right",
        Way::List,
    )
    .may()
    .offers(Offer::Partners),
    Question::new("reader", "init-reader", "init-reader-right", Way::Word)
        .may()
        .offers(Offer::Readers)
        .usually(|_, found| Some(first(&found.readers))),
    Question::new(
        "reader-format",
        "init-reader-format",
        "init-reader-format-right",
        Way::Word,
    )
    .only("reader")
    .offers(Offer::Formats)
    .usually(|answers, _| Some(format_at(answers.get("reader")).to_owned())),
    Question::new("printer", "init-printer", "init-printer-right", Way::Word)
        .may()
        .offers(Offer::Printers)
        .usually(|_, found| Some(first(&found.printers))),
    Question::new(
        "printer-profile",
        "init-printer-profile",
        "init-printer-profile-right",
        Way::Word,
    )
    .only("printer")
    .offers(Offer::Profiles)
    .usually(|_, _| Some("58mm".to_owned())),
    Question::new("stick", "init-stick", "init-stick-right", Way::Word)
        .may()
        .usually(|_, _| Some("VPB".to_owned())),
    Question::new("manager", "init-manager", "init-person-right", Way::Name).stands_in("M"),
    Question::new(
        "manager-badge",
        "init-badge",
        "init-badge-right",
        Way::Badge,
    )
    .stands_in("M00000000001"),
    Question::new("manager-pin", "init-pin", "init-pin-right", Way::Pin).stands_in(STAND_IN_HASH),
    Question::new(
        "technician",
        "init-technician",
        "init-person-right",
        Way::Name,
    )
    .stands_in("T"),
    Question::new(
        "technician-badge",
        "init-badge",
        "init-badge-right",
        Way::Badge,
    )
    .stands_in("T00000000001"),
    Question::new("technician-pin", "init-pin", "init-pin-right", Way::Pin)
        .stands_in(STAND_IN_HASH),
];

/// A hash of the right form that belongs to no PIN.
const STAND_IN_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A name with what usually follows it, or alone where both are too long.
fn fitting(name: &str, after: &str) -> String {
    let both = format!("{name}{after}");
    if both.width() <= NAME_CELLS {
        both
    } else {
        name.to_owned()
    }
}

fn first(names: &[String]) -> String {
    names.first().map_or_else(|| NONE.to_owned(), Clone::clone)
}

/// What a reader at a port usually sends.
fn format_at(port: &str) -> &'static str {
    let played = port.strip_prefix("sim:").and_then(SimKind::parse);
    let format = if port.starts_with("pcsc:") {
        ReaderFormat::Pcsc
    } else if port.starts_with("/dev/input/") {
        ReaderFormat::Wedge
    } else if played == Some(SimKind::Pn532) {
        ReaderFormat::Pn532
    } else if played == Some(SimKind::Gm65) {
        ReaderFormat::Gm65
    } else {
        ReaderFormat::Em4100
    };
    format.name()
}

impl Question {
    /// Says whether it is asked after these answers.
    pub(super) fn is_asked(&self, answers: &Answers) -> bool {
        self.only.is_none_or(|key| !answers.get(key).is_empty())
    }

    /// What Enter alone means; `None` where something must be typed.
    pub(super) fn usual(&self, answers: &Answers, found: &Found) -> Option<String> {
        (self.usual)(answers, found)
    }

    /// What can be chosen by number.
    pub(super) fn offered(&self, found: &Found) -> Vec<String> {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
        match self.offer {
            Offer::Nothing => Vec::new(),
            Offer::Partners => names(&PARTNERS.map(|(word, _, _)| word)),
            Offer::Readers => found.readers.clone(),
            Offer::Formats => names(&["em4100", "lines", "pn532", "gm65"]),
            Offer::Printers => found.printers.clone(),
            Offer::Profiles => names(&PROFILES.map(|(_, name)| name)),
        }
    }
}
