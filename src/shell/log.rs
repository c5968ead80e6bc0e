//! The event log: what happened, in the words of a script, so that a fault can be played again.
//! Cards are short tags, PINs are `*`; remarks begin with `#`. Bounded in size, never in the way.

use crate::app::{Aid, Answer, Event, Key, Model, StickNews};
use crate::config::Config;
use crate::domain::{CardFault, CardId, ExportNews, Health, Now, clean};
use crate::panel::{OnCard, Panel, Typing};
use crate::words::date_time;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// A log of this size, in bytes, becomes the old one; with it there are never more than two.
const MAX_BYTES: u64 = 1024 * 1024;
/// The longest remark, in characters.
const MAX_REMARK: usize = 300;

/// The station's log.
pub struct EventLog {
    dir: PathBuf,
    file: Option<File>,
    bytes: u64,
    last_ms: i64,
}

impl EventLog {
    /// Opens the log; where that fails there is none, and the station works all the same.
    pub fn open(dir: &Path) -> Self {
        let mut log = Self {
            dir: dir.to_owned(),
            file: None,
            bytes: 0,
            last_ms: 0,
        };
        log.reopen().unwrap_or_default();
        log
    }

    fn path(&self) -> PathBuf {
        self.dir.join("events.play")
    }

    fn reopen(&mut self) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.dir)?;
        let file = OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            .open(self.path())?;
        self.bytes = file.metadata()?.len();
        self.file = Some(file);
        Ok(())
    }

    /// Writes a remark for the technician.
    pub fn remark(&mut self, now: &Now, text: &str) {
        let text = clean(text, MAX_REMARK);
        self.line(&format!("# {} {text}", date_time(&now.wall)));
    }

    /// Writes what happened, as a script would say it, before the model has taken it.
    pub fn event(
        &mut self,
        now: &Now,
        event: &Event,
        (model, config): (&Model, &Config),
        tag: impl Fn(&CardId) -> String,
    ) {
        let step = match event {
            Event::Tick | Event::Export(ExportNews::Progress { .. }) => return,
            Event::Key(key, _) | Event::Touch(key, ..) => {
                match pressed(*key, &model.panel(config, now)) {
                    Some(step) => step,
                    None => return,
                }
            }
            Event::Card(Ok(card)) => format!("tap #{}", tag(card)),
            Event::Card(Err(fault)) => format!("# card refused: {fault:?}"),
            // Cards that are only looked at leave no trace.
            Event::Heard(_) if model.panel(config, now).card == OnCard::Looked => return,
            Event::Heard(heard) => match &heard.read {
                Ok(card) => format!("tap #{}", tag(card)),
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
            Event::Reloaded => "# reloaded".to_owned(),
            Event::Answer(answer) => match answered(answer) {
                Some(remark) => format!("# {remark}"),
                None => return,
            },
        };
        let waited = now.mono_ms.saturating_sub(self.last_ms);
        self.last_ms = now.mono_ms;
        if waited >= 1_000 && !step.starts_with('#') {
            self.line(&format!("wait {}s", waited / 1_000));
        }
        self.line(&step);
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
        | Answer::Quoted(Err(refusal))
        | Answer::Held(Err(refusal))
        | Answer::Badge(Err(refusal))
        | Answer::SignedIn(Err(refusal))
        | Answer::Posted(Err(refusal))
        | Answer::Voided(Err(refusal))
        | Answer::Reversed(Err(refusal))
        | Answer::Reprinted(Err(refusal)) => Some(refused(refusal)),
        Answer::Held(Ok(held)) => Some(format!("hold {}", held.seq)),
        Answer::Posted(Ok(receipt)) => Some(format!("post {} {}", receipt.seq, receipt.mark)),
        Answer::Voided(Ok(seq)) => Some(format!("void {seq}")),
        Answer::Reversed(Ok(seq)) => Some(format!("reversal {seq}")),
        Answer::Reprinted(Ok(reprint)) => Some(format!(
            "reprint {} of {}",
            reprint.copy, reprint.receipt.seq
        )),
        Answer::Queued(seq) => Some(format!("slip of {seq} to print")),
        Answer::NotQueued(seq) => Some(format!("slip of {seq} not to be printed")),
        Answer::SignedIn(Ok(staff)) => Some(format!("signed in {}", staff.id)),
        Answer::Setting(kept) => Some(format!("setting: {kept:?}")),
        Answer::Failed(fault) => Some(format!("out of order: {fault:?}")),
        Answer::Statement(Ok(_))
        | Answer::Quoted(Ok(_))
        | Answer::Badge(Ok(_))
        | Answer::Shelf(_)
        | Answer::Passbook(_)
        | Answer::OwnHold(_)
        | Answer::OpenHolds(_)
        | Answer::Operations(_)
        | Answer::Exports(_) => None,
    }
}
