//! `wenming device decode`: bytes of a reader, as they were caught, and what the station makes of them.

use crate::cli::{Failure, count, failed_at, print};
use crate::disk;
use crate::domain::{Lang, NumberForm, NumberReading, TownshipCode, clean};
use crate::wire::{Decoder, LineForm, Read, Seen, Talk, Written, hex_dump};
use crate::words::Words;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The most characters of a text that is shown.
const MAX_SHOWN: usize = 200;

/// Arguments of `wenming device decode`.
#[derive(Args, Debug)]
pub(super) struct Decode {
    /// What the reader speaks
    #[arg(long, value_enum)]
    format: Format,
    /// The form of its card numbers, of lines and gm65: 10H, 13D, 12D, 8H10D, 4H+4H or UID
    #[arg(long, value_name = "FORM", value_parser = number)]
    number: Option<NumberForm>,
    /// The number's bytes come last first
    #[arg(long, requires = "number")]
    reversed: bool,
    /// The town whose codes are read
    #[arg(long, value_name = "TOWN", default_value = "YUNDAO", value_parser = town)]
    town: TownshipCode,
    /// The bytes in hex, with or without blanks
    #[arg(long, value_name = "BYTES", conflicts_with = "file")]
    hex: Option<String>,
    /// The file with the bytes; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
}

/// What a reader speaks, as `format` in station.toml says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// RDM6300, ID-12, ID-20: 125 kHz card frames
    Em4100,
    /// One card number or code a line
    Lines,
    /// PN532 on a serial line
    Pn532,
    /// GM65 and its kin: lines with answers among them
    Gm65,
    /// What happened at a PC/SC reader: 41, a length and the answer to FF CA 00 00 00; 4D mute; 47 gone
    Pcsc,
}

fn number(text: &str) -> Result<NumberForm, String> {
    let form = NumberForm::parse(text).ok_or("no such form")?;
    if form.is_short() {
        return Err("24 bits are shared by 65536 cards".to_owned());
    }
    Ok(form)
}

fn town(text: &str) -> Result<TownshipCode, String> {
    TownshipCode::parse(text).ok_or_else(|| "write 1 to 12 of A-Z 0-9 -".to_owned())
}

/// What is told of frames: how many were seen, and how many of them were no card.
struct Telling {
    words: Words,
    /// The device sends text, and what it says is shown.
    text: bool,
    frames: usize,
    faults: usize,
}

impl Decode {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let mut decoder = self.decoder();
        let mut told = Telling {
            words: Words::new(),
            text: matches!(self.format, Format::Lines | Format::Gm65),
            frames: 0,
            faults: 0,
        };
        if let Some(text) = &self.hex {
            let bytes = unhex(text)?;
            told.show(&decoder.push(&bytes, 0), &decoder);
        } else {
            let mut source = open(&self.file)?;
            let mut buffer = [0; 4_096];
            loop {
                let n = source.read(&mut buffer)?;
                if n == 0 {
                    break;
                }
                let came = buffer.get(..n).unwrap_or_default();
                let reads = decoder.push(came, 0);
                told.show(&reads, &decoder);
            }
        }
        // What the bytes left unfinished: the end of the file is the silence of a line.
        let silent_ms = decoder.next_wake_ms().unwrap_or_default();
        let reads = decoder.tick(silent_ms);
        told.show(&reads, &decoder);
        let frames = count(told.frames, "frame");
        match (told.frames, told.faults) {
            (0, _) => Err(Failure::from("no frame in these bytes".to_owned())),
            (_, 0) => Ok(()),
            (_, faults) => Err(Failure::from(format!("{faults} of {frames} no card"))),
        }
    }

    fn decoder(&self) -> Decoder {
        let form = LineForm {
            number: self.number.map(|form| NumberReading {
                form,
                reversed: self.reversed,
                zeros: true,
            }),
            ..LineForm::plain(self.town.clone())
        };
        match self.format {
            Format::Em4100 => Decoder::em4100(),
            Format::Lines => Decoder::lines_as(form),
            Format::Pn532 => Decoder::pn532(),
            Format::Gm65 => Decoder::gm65(form, Talk::Nothing),
            Format::Pcsc => Decoder::pcsc(),
        }
    }
}

impl Telling {
    fn show(&mut self, reads: &[Read], decoder: &Decoder) {
        for read in reads {
            self.frames += 1;
            self.faults += usize::from(matches!(read.seen, Seen::Fault(_)));
            print(&self.frame(read, decoder).to_string());
        }
    }

    /// One frame as JSON.
    fn frame(&self, read: &Read, decoder: &Decoder) -> Value {
        let raw = read.raw.bytes();
        let mut value = match &read.seen {
            Seen::Card(card) => {
                let forms = decoder.forms(card).into_iter();
                let forms: serde_json::Map<_, _> = forms
                    .map(|(name, number)| (name.to_owned(), Value::String(number)))
                    .collect();
                json!({ "ok": true, "id": card.as_str(), "forms": forms })
            }
            Seen::Removed(card) => json!({ "ok": true, "removed": card.as_str() }),
            Seen::Fault(fault) => {
                let advice = self.words.say(Lang::En).frame_advice(*fault);
                json!({ "ok": false, "error": fault.name(), "advice": advice })
            }
        };
        if let Some(members) = value.as_object_mut() {
            members.insert("raw".to_owned(), hex_dump(raw).into());
            if self.text && matches!(read.seen, Seen::Fault(_)) {
                let written = Written::of(raw);
                members.insert("encoding".to_owned(), written.name().into());
                members.insert("text".to_owned(), clean(written.shown(), MAX_SHOWN).into());
            }
        }
        value
    }
}

fn open(file: &Path) -> Result<Box<dyn io::Read>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let opened = disk::open(file);
    opened
        .map(|file| Box::new(file) as Box<dyn io::Read>)
        .map_err(|error| failed_at(file, &error))
}

/// Bytes of hex digits; blanks, commas and colons between bytes are passed over.
fn unhex(text: &str) -> Result<Vec<u8>, Failure> {
    let bad = || Failure::from("--hex takes pairs of hex digits, such as \"02 33 43\"".to_owned());
    let pieces = text.split([' ', ',', ':', '\n', '\t']);
    let digits: Vec<char> = pieces
        .map(|piece| piece.strip_prefix("0x").unwrap_or(piece))
        .flat_map(str::chars)
        .collect();
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => {
                let byte = high.to_digit(16).zip(low.to_digit(16));
                let byte = byte.and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
                byte.ok_or_else(bad)
            }
            _ => Err(bad()),
        })
        .collect()
}
