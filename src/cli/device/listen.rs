//! `wenming device listen`: what readers send, live. Nothing is ever written to a port.

use crate::cli::device::list::{Kind, named_ports};
use crate::cli::{Failure, is_unheard, lang, print};
use crate::config::{Config, Port, ReaderFormat, ReaderSetting, load};
use crate::domain::{Check, Form, TownshipCode, clean};
use crate::shell::checkup::port_trouble;
use crate::shell::clock::Clock;
use crate::shell::line::{ByteLine, open};
use crate::shell::reader::decoder;
use crate::wire::{Decoder, Looks, Read, Seen, Talk, guess, hex_dump, shown};
use crate::wire::{Guess, LineForm, MAX_RAW};
use crate::words::{Say, Words};
use clap::Args;
use serde_json::{Map, Value, json};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// Silence that ends a run: as long as the longest pause within a frame of any device.
const GAP: Duration = Duration::from_millis(150);
/// How often an idle port is looked at.
const IDLE: Duration = Duration::from_millis(500);
/// The usual speed of a port of which nothing is known, in bits a second.
const BAUD: u32 = 9600;
/// Runs that may wait to be printed.
const WAITING: usize = 64;
/// Columns before what was received.
const INDENT: &str = "           ";

/// Arguments of `wenming device listen`.
#[derive(Args, Debug)]
pub(super) struct Listen {
    /// The port [default: every serial port of `device list`]
    #[arg(long, value_name = "PORT")]
    port: Option<String>,
    /// Bits a second [default: as the config says, else 9600]
    #[arg(long, value_name = "BAUD", value_parser = clap::value_parser!(u32).range(300..=1_000_000))]
    baud: Option<u32>,
    /// End after so many seconds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    seconds: Option<u32>,
    /// The folder with station.toml, for what is known of a port
    #[arg(long, value_name = "DIR", default_value = "kiosk-config")]
    config: PathBuf,
    /// Print one JSON object a run
    #[arg(long)]
    json: bool,
    /// Where devices stand
    #[arg(long, value_name = "DIR", default_value = "/dev", hide = true)]
    dev: PathBuf,
}

/// A port that is listened to.
struct Ear {
    port: Port,
    baud: u32,
    setting: Option<ReaderSetting>,
}

/// What a port's thread says.
enum Heard {
    Run(usize, Vec<u8>, i64),
    Lost(usize),
    Stop,
}

impl Listen {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let words = Words::new();
        let say = words.say(lang());
        // A config that is not right yet must not stop anybody from listening.
        let config = load(&self.config).ok();
        let ears = self.ears(config.as_ref(), &say)?;
        let (send, receive) = sync_channel(WAITING);
        let clock = Clock::start();
        let mut open_ports = 0;
        for (place, ear) in ears.iter().enumerate() {
            match open(&ear.port, ear.baud) {
                Ok(line) => {
                    open_ports += 1;
                    self.tell(say.with(
                        "listen-on",
                        &[("port", ear.port.as_str()), ("baud", &ear.baud.to_string())],
                    ));
                    let send = send.clone();
                    thread::Builder::new()
                        .name(format!("listen-{place}"))
                        .spawn(move || listen(line, place, clock, &send))?;
                }
                Err(error) => {
                    let why = cannot(&say, ear.port.as_str(), &error);
                    if self.port.is_some() {
                        return Err(Failure::from(why));
                    }
                    self.tell(why);
                }
            }
        }
        if open_ports == 0 {
            return Err(Failure::from(say.text("listen-no-port")));
        }
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                if signals.forever().next().is_some() {
                    send.send(Heard::Stop).unwrap_or_default();
                }
            })?;
        self.tell(say.text("listen-tap"));
        let town = config.map_or_else(|| TownshipCode::parse("A"), |c| Some(c.station.township));
        let mut told = Telling {
            json: self.json,
            say,
            town,
            last: None,
        };
        self.hear(&mut told, &ears, &receive, (clock, open_ports))
    }

    fn hear(
        &self,
        told: &mut Telling<'_>,
        ears: &[Ear],
        receive: &std::sync::mpsc::Receiver<Heard>,
        (clock, mut open_ports): (Clock, usize),
    ) -> Result<(), Failure> {
        let until_ms = self.seconds.map(|s| i64::from(s).saturating_mul(1_000));
        loop {
            if is_unheard() {
                return Ok(());
            }
            let now_ms = clock.now().mono_ms;
            let left_ms = until_ms.map_or(1_000, |until| until.saturating_sub(now_ms));
            if left_ms <= 0 {
                let silent = Failure::from(told.say.text("listen-none"));
                return told.last.map(|_| ()).ok_or(silent);
            }
            match receive.recv_timeout(Duration::from_millis(left_ms.unsigned_abs())) {
                Ok(Heard::Run(place, bytes, at_ms)) => {
                    if let Some(ear) = ears.get(place) {
                        told.run((place, ear), &bytes, at_ms);
                    }
                }
                Ok(Heard::Lost(place)) => {
                    let port = ears.get(place).map_or("", |ear| ear.port.as_str());
                    let lost = told.say.with("listen-lost", &[("port", port)]);
                    open_ports -= 1;
                    if open_ports == 0 {
                        return Err(Failure::from(lost));
                    }
                    self.tell(lost);
                }
                Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Says a sentence; a program that reads JSON gets objects only.
    fn tell(&self, text: impl AsRef<str>) {
        if !self.json {
            print(text.as_ref());
        }
    }

    /// What to listen to, with what the config says of it.
    fn ears(&self, config: Option<&Config>, say: &Say<'_>) -> Result<Vec<Ear>, Failure> {
        let names = match &self.port {
            Some(port) => vec![port.clone()],
            None => named_ports(&self.dev, Kind::Serial),
        };
        let known = |name: &str| {
            let same = |a: &str, b: &str| {
                let device = |path: &str| std::fs::canonicalize(Path::new(path)).ok();
                a == b || device(a).is_some_and(|a| device(b) == Some(a))
            };
            let readers = config.map(|config| config.station.readers.iter());
            readers?.find(|r| same(r.port.as_str(), name)).cloned()
        };
        let ears = names.iter().map(|name| {
            let port = Port::parse(name).ok_or_else(|| {
                let error = std::io::Error::from(ErrorKind::NotFound);
                Failure::from(cannot(say, &clean(name, 200), &error))
            })?;
            let setting = known(name);
            let configured = setting.as_ref().map(|setting| setting.baud);
            Ok(Ear {
                port,
                baud: self.baud.or(configured).unwrap_or(BAUD),
                setting,
            })
        });
        ears.collect()
    }
}

/// Why a port cannot be opened, and what to do.
fn cannot(say: &Say<'_>, port: &str, error: &std::io::Error) -> String {
    let (sentence, remedy) = match port_trouble(port) {
        Some((cause, facts)) => {
            let advice = say.advice(Check::Card, cause, &facts);
            (advice.sentence, advice.remedy)
        }
        None => (clean(&error.to_string(), 120), String::new()),
    };
    let args = [("port", port), ("sentence", &sentence), ("remedy", &remedy)];
    say.with("listen-cannot", &args).trim_end().to_owned()
}

/// Gathers bytes until silence ends a run, and passes the run on.
fn listen(mut line: Box<dyn ByteLine>, place: usize, clock: Clock, send: &SyncSender<Heard>) {
    let mut buffer = [0; 256];
    let mut run: Vec<u8> = Vec::new();
    let mut began_ms = 0;
    loop {
        let patience = if run.is_empty() { IDLE } else { GAP };
        let came = match line.read(&mut buffer, patience) {
            Ok(0) => None,
            Ok(n) => Some(buffer.get(..n).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => {
                Some(&[][..])
            }
            Err(_) => None,
        };
        let ended = came.is_none_or(<[u8]>::is_empty) || run.len() >= MAX_RAW;
        if ended && !run.is_empty() {
            let run = std::mem::take(&mut run);
            if send.send(Heard::Run(place, run, began_ms)).is_err() {
                return;
            }
        }
        let Some(came) = came else {
            send.send(Heard::Lost(place)).unwrap_or_default();
            return;
        };
        if run.is_empty() {
            began_ms = clock.now().mono_ms;
        }
        run.extend_from_slice(came);
    }
}

/// What is told of runs, and of the last one which port and when.
struct Telling<'a> {
    json: bool,
    say: Say<'a>,
    town: Option<TownshipCode>,
    last: Option<(usize, i64)>,
}

impl Telling<'_> {
    fn run(&mut self, (place, ear): (usize, &Ear), bytes: &[u8], at_ms: i64) {
        let gap_ms = self.last.map(|(_, last)| at_ms.saturating_sub(last));
        let moved = self.last.is_none_or(|(last, _)| last != place);
        self.last = Some((place, at_ms));
        let Some(looks) = guess(bytes) else {
            return;
        };
        // A citizen's record is thrown away unseen.
        let kept = if looks.looks == Looks::IdCard {
            &[]
        } else {
            bytes
        };
        let decoded = self.decoded(ear, &looks, bytes);
        if self.json {
            let object = self.object(ear, (kept, gap_ms), &looks, decoded);
            print(&object.to_string());
            return;
        }
        if moved {
            print(&self.say.with("listen-from", &[("port", ear.port.as_str())]));
        }
        let gap = gap_ms.map_or_else(
            || self.say.text("listen-first"),
            |ms| {
                let seconds = format!("{}.{:03}", ms.div_euclid(1_000), ms.rem_euclid(1_000));
                self.say.with("listen-after", &[("seconds", &seconds)])
            },
        );
        print(&gap);
        print(&format!("{INDENT}{}", hex_dump(kept)));
        print(&format!("{INDENT}{}", shown(kept)));
        print(&format!("{INDENT}{}", self.say.looks(&looks, ear.baud)));
        for (read, forms) in decoded {
            match read.seen {
                Seen::Card(card) => {
                    let number = [("number", card.as_str())];
                    print(&format!(
                        "{INDENT}{}",
                        self.say.with("listen-card", &number)
                    ));
                    for (name, number) in forms {
                        print(&format!("{INDENT}{name:<15}{number}"));
                    }
                }
                Seen::Fault(fault) => {
                    let (sentence, remedy) = self.say.frame_fault(fault);
                    print(&format!("{INDENT}{}: {sentence}. {remedy}", fault.name()));
                }
                Seen::Removed(_) => {}
            }
        }
    }

    /// What the configured decoder makes of a run; where none is configured, the one that it looks like.
    fn decoded(&self, ear: &Ear, looks: &Guess, bytes: &[u8]) -> Vec<(Read, Vec<Form>)> {
        let Some(town) = self.town.clone() else {
            return Vec::new();
        };
        let mut decoder = match (&ear.setting, looks.looks) {
            (Some(setting), _) if setting.format != ReaderFormat::Pn532 => decoder(setting, &town),
            (_, Looks::Em4100) => Decoder::em4100(),
            (_, Looks::Pn532) => Decoder::pn532(),
            (_, Looks::Gm65) => Decoder::gm65(LineForm::plain(town), Talk::Nothing),
            (_, Looks::Lines | Looks::IdCard | Looks::Protocol | Looks::Noise) => {
                Decoder::lines_as(LineForm::plain(town))
            }
        };
        decoder.restart(0);
        let mut reads = decoder.push(bytes, 0);
        reads.extend(decoder.tick(1_000));
        let forms = |read: Read| {
            let forms = match &read.seen {
                Seen::Card(card) => decoder.forms(card),
                Seen::Fault(_) | Seen::Removed(_) => Vec::new(),
            };
            (read, forms)
        };
        reads.into_iter().map(forms).collect()
    }

    fn object(
        &self,
        ear: &Ear,
        (bytes, gap_ms): (&[u8], Option<i64>),
        looks: &Guess,
        decoded: Vec<(Read, Vec<Form>)>,
    ) -> Value {
        let reads = decoded.into_iter().map(|(read, forms)| match read.seen {
            Seen::Card(card) => {
                let forms: Map<String, Value> = forms
                    .into_iter()
                    .map(|(name, number)| (name.to_owned(), number.into()))
                    .collect();
                json!({ "ok": true, "id": card.as_str(), "forms": forms })
            }
            Seen::Removed(card) => json!({ "ok": true, "removed": card.as_str() }),
            Seen::Fault(fault) => {
                let (sentence, remedy) = self.say.frame_fault(fault);
                json!({ "ok": false, "error": fault.name(), "sentence": sentence, "remedy": remedy })
            }
        });
        json!({
            "port": ear.port.as_str(),
            "baud": ear.baud,
            "gap-ms": gap_ms,
            "raw": hex_dump(bytes),
            "text": shown(bytes),
            "looks": looks.looks.name(),
            "terms": looks.terms(),
            "reads": reads.collect::<Vec<_>>(),
        })
    }
}
