//! The event log: what happened, in the words of a script, so that a fault can be played again.
//! Cards are short tags, PINs are `*`; remarks begin with `#`. Bounded in size, never in the way.

use crate::app::{Aid, Answer, Event, Key, Model, Screen, StickNews, Way};
use crate::config::Config;
use crate::disk;
use crate::domain::{CardFault, CardId, ExportNews, Health, Now, clean};
use crate::panel::{Panel, Typing};
use crate::words::date_time;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A log of this size, in bytes, becomes the old one; with it there are never more than two.
const MAX_BYTES: u64 = 1024 * 1024;
/// The longest remark, in characters.
const MAX_REMARK: usize = 300;

/// So many unknown cards in a row are written in full; the others are counted.
const WRITTEN_UNKNOWN: u32 = 3;
/// A count that stands for so long, in milliseconds, is written even when nothing else happens.
const COUNTED_MS: i64 = 60_000;

/// The station's log.
pub struct EventLog {
    dir: PathBuf,
    file: Option<File>,
    bytes: u64,
    last_ms: i64,
    unknown: Unknown,
}

/// Unknown cards one after the other on one way: somebody may be trying numbers, faster than a log can take them.
#[derive(Default)]
struct Unknown {
    way: Option<Way>,
    in_row: u32,
    /// Those that were not written, and the moment of the first.
    counted: u64,
    since_ms: i64,
    /// The step of a card that is asked for just now, to be written unless it is unknown.
    held_back: Option<String>,
}

impl Unknown {
    /// Counts a card that is not written.
    fn count(&mut self, now: &Now) {
        if self.counted == 0 {
            self.since_ms = now.mono_ms;
        }
        self.counted = self.counted.saturating_add(1);
    }
}

impl EventLog {
    /// Opens the log; where that fails there is none, and the station works all the same.
    pub fn open(dir: &Path) -> Self {
        let mut log = Self {
            dir: dir.to_owned(),
            file: None,
            bytes: 0,
            last_ms: 0,
            unknown: Unknown::default(),
        };
        log.reopen().unwrap_or_default();
        log
    }

    fn path(&self) -> PathBuf {
        self.dir.join("events.play")
    }

    fn reopen(&mut self) -> io::Result<()> {
        disk::make_dir_synced(&self.dir)?;
        let file = disk::append(&self.path())?;
        self.bytes = file.metadata()?.len();
        self.file = Some(file);
        Ok(())
    }

    /// Writes a remark for the technician.
    pub fn remark(&mut self, now: &Now, text: &str) {
        self.settle();
        let text = clean(text, MAX_REMARK);
        self.line(&format!("# {} {text}", date_time(&now.wall)));
    }

    /// Writes what happened, as a script would say it with the words of ways and the tags of cards, before the model has
    /// taken it.
    pub fn event(
        &mut self,
        now: &Now,
        event: &Event,
        (model, config): (&Model, &Config),
        (word, tag): (impl Fn(Way) -> &'static str, impl Fn(&CardId) -> String),
    ) {
        if self.is_counted(now, event) {
            return;
        }
        let step = match event {
            Event::Tick | Event::Export(ExportNews::Progress { .. }) => return,
            Event::Size(columns, rows) => format!("size {columns}x{rows}"),
            Event::Key(key, _) | Event::Touch(key, ..) => {
                match pressed(*key, &model.panel(config, now)) {
                    Some(step) => step,
                    None => return,
                }
            }
            Event::Card(way, Ok(card)) => format!("{} #{}", word(*way), tag(card)),
            Event::Card(_, Err(fault)) => format!("# card refused: {fault:?}"),
            // Cards that are only looked at leave no trace.
            Event::Heard(_) if model.looks_at_cards(config, now) => return,
            Event::Heard(heard) => match &heard.read {
                Ok(card) => format!("{} #{}", word(Way::Reader(heard.index)), tag(card)),
                Err(fault) => format!("# card refused: {:?}", CardFault::from(*fault)),
            },
            Event::CardGone { index, card } => {
                format!("# reader {index}: card #{} taken away", tag(card))
            }
            Event::Reader { index, up: true } => format!("# reader {index} up"),
            Event::Reader { index, up: false } => format!("# reader {index} lost"),
            Event::Export(news) => format!("# export: {news:?}"),
            Event::Checkup(found) => format!(
                "# check-up {}: {} wrong, {} to note",
                found.code(),
                found.count(Health::Wrong),
                found.count(Health::Note)
            ),
            Event::Stick(StickNews::In) => "stick in".to_owned(),
            Event::Stick(StickNews::Out) => "stick out".to_owned(),
            Event::Printer(news) => format!("# printer: {:?} {:?}", news.state, news.unprinted),
            Event::Day(today, doubted) => match today.doubt() {
                Some(doubt) => format!(
                    "# clock {}: taken for {}, {doubted} to look at",
                    doubt.name(),
                    today.date()
                ),
                None => format!("# clock well: {}, {doubted} to look at", today.date()),
            },
            Event::Reloaded => "# reloaded".to_owned(),
            // At idle a badge is no refusal: it is asked for as a badge next.
            Event::Answer(Answer::Statement(Err(refusal)))
                if refusal.is("card-staff") && matches!(model.screen, Screen::Idle(_)) =>
            {
                return;
            }
            Event::Answer(answer) => match answered(answer) {
                Some(remark) => format!("# {remark}"),
                None => return,
            },
        };
        if self.is_held_back(event) {
            self.unknown.held_back = Some(step);
            return;
        }
        let waited = now.mono_ms.saturating_sub(self.last_ms);
        self.last_ms = now.mono_ms;
        if waited >= 1_000 && !step.starts_with('#') {
            self.line(&format!("wait {}s", waited / 1_000));
        }
        self.line(&step);
    }

    /// Counts what came on a way that rests.
    pub fn pass_over(&mut self, now: &Now, way: Way) {
        if self.unknown.way != Some(way) {
            self.settle();
            self.unknown.way = Some(way);
        }
        self.unknown.count(now);
    }

    /// Takes what happened into the count of unknown cards; says whether that is all that the log needs of it.
    fn is_counted(&mut self, now: &Now, event: &Event) -> bool {
        if let Some(way) = way(event) {
            if self.unknown.way != Some(way) {
                self.settle();
                self.unknown.way = Some(way);
            }
            return false;
        }
        if matches!(event, Event::Tick) {
            let stands_ms = now.mono_ms.saturating_sub(self.unknown.since_ms);
            if self.unknown.counted > 0 && stands_ms >= COUNTED_MS {
                self.settle();
            }
            return true;
        }
        if let Event::Answer(answer) = event
            && answer.is_of_an_unknown_card()
        {
            self.unknown.in_row = self.unknown.in_row.saturating_add(1);
            let counted = self.unknown.held_back.take().is_some();
            if counted {
                self.unknown.count(now);
            }
            return counted;
        }
        self.settle();
        false
    }

    /// Says whether the answer decides if a card is written, since it follows many unknown ones.
    fn is_held_back(&self, event: &Event) -> bool {
        let is_card = matches!(event, Event::Card(_, Ok(_)))
            || matches!(event, Event::Heard(heard) if heard.read.is_ok());
        is_card && self.unknown.in_row >= WRITTEN_UNKNOWN
    }

    /// Something else happened: writes how many unknown cards were only counted, and the step that was held back.
    fn settle(&mut self) {
        let Unknown {
            way,
            counted,
            held_back,
            ..
        } = std::mem::take(&mut self.unknown);
        if let (Some(way), true) = (way, counted > 0) {
            self.line(&format!("# {way}: {counted} more unknown cards"));
        }
        if let Some(step) = held_back {
            self.line(&step);
        }
    }

    fn line(&mut self, line: &str) {
        if self.bytes > MAX_BYTES {
            self.file = None;
            fs::rename(self.path(), self.dir.join("events.1.play")).unwrap_or_default();
            self.reopen().unwrap_or_default();
        }
        if let Some(file) = &mut self.file {
            let line = format!("{line}\n");
            self.bytes += u64::try_from(line.len()).unwrap_or(0);
            file.write_all(line.as_bytes()).unwrap_or_default();
        }
    }
}

/// The way on which a card came, or something that is none.
pub(super) const fn way(event: &Event) -> Option<Way> {
    if let Event::Card(way, _) = event {
        return Some(*way);
    }
    if let Event::Heard(heard) = event {
        return Some(Way::Reader(heard.index));
    }
    None
}

/// A key as a step; digits are left out where they are typed.
fn pressed<A>(key: Key, panel: &Panel<A>) -> Option<String> {
    let name = match key {
        Key::Digit(_) if !panel.tells_digits() => return None,
        Key::Enter if panel.typing == Some(Typing::Pin) => return Some("pin *".to_owned()),
        Key::Digit(digit) => digit.to_string(),
        Key::Enter => "enter".to_owned(),
        Key::Back => "back".to_owned(),
        Key::Help => "help".to_owned(),
        Key::Finish => "finish".to_owned(),
        Key::Language => "language".to_owned(),
        Key::Theme => "theme".to_owned(),
        Key::Aid(Aid::Again) => "again".to_owned(),
        Key::Aid(Aid::Read) => "read".to_owned(),
        Key::Aid(Aid::Cover) => "cover".to_owned(),
    };
    Some(format!("press {name}"))
}

/// What the ledger answered, without anything private.
fn answered(answer: &Answer) -> Option<String> {
    let refused = |refusal: &crate::domain::Refusal| format!("refused: {}", refusal.code());
    match answer {
        Answer::Statement(Err(refusal))
        | Answer::Person(Err(refusal))
        | Answer::Priced(Err(refusal))
        | Answer::Booked(Err(refusal))
        | Answer::Badge(Err(refusal))
        | Answer::SignedIn(Err(refusal)) => Some(refused(refusal)),
        Answer::Booked(Ok(booked)) => {
            Some(format!("{} {} {}", booked.kind, booked.seq, booked.mark))
        }
        Answer::Queued(seq) => Some(format!("slip of {seq} to print")),
        Answer::NotQueued(seq) => Some(format!("slip of {seq} not to be printed")),
        Answer::SignedIn(Ok(staff)) => Some(format!("signed in {}", staff.id)),
        Answer::Setting(kept) => Some(format!("setting: {kept:?}")),
        Answer::Shut(Some(fault)) => Some(format!("opened for looking only: {fault:?}")),
        Answer::Shut(None) => Some("opened for work again".to_owned()),
        Answer::Failed(fault) => Some(format!("out of order: {fault:?}")),
        Answer::Statement(Ok(_))
        | Answer::Person(Ok(_))
        | Answer::People(_)
        | Answer::Priced(Ok(_))
        | Answer::Badge(Ok(_))
        | Answer::Shelf(_)
        | Answer::Passbook(_)
        | Answer::OwnHold(_)
        | Answer::OpenHolds(_)
        | Answer::Operations(_)
        | Answer::Exports(_)
        | Answer::TriedPins(_) => None,
    }
}
