//! A running station: the model, the ledger, and the loop between them. The kiosk drives it with a
//! real clock and a real terminal, a script with virtual ones; everything in between is the same.

use crate::app::{Answer, Event, MOST_UNKNOWN, Model, StationFault, Way, update};
use crate::config::Config;
use crate::domain::{BootId, Lang, Now, Refusal, Today, no};
use crate::shell::errand::{Errand, Errands};
use crate::shell::log::{EventLog, way};
use crate::shell::printer::Queue;
use crate::shell::spool::Spool;
use crate::store::{Shut, Store, StoreError};
use crate::view::View;
use crate::wire::FrameFault;
use crate::words::Words;
use std::collections::VecDeque;
use std::io::ErrorKind;
use std::path::Path;

/// Why the program shall end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A technician asked for it.
    Asked,
    /// The ledger failed; what to tell the technician.
    Failed(String),
}

/// A running station.
pub struct Station {
    /// What is on the screen.
    pub model: Model,
    pub(super) config: Config,
    pub(super) store: Store,
    pub(super) words: Words,
    pub(super) log: EventLog,
    pub(super) spool: Spool,
    pub(super) queue: Queue,
    pub(super) errands: Errands,
    pub(super) exit: Option<Exit>,
    last: Now,
    /// The day as the model knows it, and the moment by both clocks at which it was judged.
    judged: Option<((Today, usize), (i64, i64))>,
    /// Until then by the monotonic clock a ledger that could not be opened for work is not tried again.
    next_try_ms: i64,
}

/// Seconds by which the wall clock may drift from the monotonic one before that is a fault.
const CLOCK_JUMP_MS: i64 = 120_000;
/// The day is judged anew when either clock has moved by so much.
const JUDGED_MS: u64 = 500;
/// A ledger that could not be opened for work is tried again after so long: each try checks its file.
const TRY_MS: i64 = 10_000;

impl Station {
    /// Opens the ledger, records the start, and asks for the holds that a power cut left open.
    ///
    /// # Errors
    /// The ledger cannot be opened, checked or written.
    pub fn boot(config: Config, data: &Path, lang: Lang, now: &Now) -> Result<Self, StoreError> {
        let mut store = Store::open_or_look(data, begun(&config, now))?;
        store.hold_free(config.station.min_free_mib);
        let mut station = Self {
            model: Model::new(config.station.readers.len(), lang, now),
            log: EventLog::open(&data.join("log")),
            spool: Spool::new(&data.join("receipts")),
            queue: Queue::new(&data.join("print")),
            errands: Errands::default(),
            config,
            store,
            words: Words::new(),
            exit: None,
            last: *now,
            judged: None,
            next_try_ms: 0,
        };
        station.log.remark(now, "boot");
        station.tidy(now);
        let taken = station.spool_again(now)?;
        let shut = station.store.shut().map(|_| station.shut());
        let first = taken.into_iter().chain(shut).map(Event::Answer);
        let first = station.judge(now).into_iter().chain(first).collect();
        station.run(now, first, Model::first_effects());
        Ok(station)
    }

    /// Takes something that happened, and everything that follows from it.
    pub fn handle(&mut self, now: &Now, event: Event) {
        self.check_clock(now);
        let looks = matches!(event, Event::Tick) && self.store.shut().is_some();
        let day = self.judge(now);
        let events = day.into_iter().chain([event]).collect();
        self.run(now, events, Vec::new());
        if looks && now.mono_ms >= self.next_try_ms && self.store.may_open_again() {
            self.open_again(now);
        }
    }

    /// Has the ledger judge the day, at most twice a second; tells what has changed.
    fn judge(&mut self, now: &Now) -> Option<Event> {
        let (wall_ms, mono_ms) = (now.wall.timestamp_millis(), now.mono_ms);
        let near = |(wall, mono): (i64, i64)| {
            wall_ms.abs_diff(wall) < JUDGED_MS && mono_ms.abs_diff(mono) < JUDGED_MS
        };
        if self.judged.is_some_and(|(_, at)| near(at)) {
            return None;
        }
        // A disk that cannot be read says so to whoever wants something of it.
        let (today, doubted) = self.store.today(now).ok()?;
        let day = (today.day_alone(), doubted);
        let known = self.judged.replace((day, (wall_ms, mono_ms)));
        let is_news = known.is_none_or(|(known, _)| known != day);
        is_news.then_some(Event::Day(day.0, doubted))
    }

    /// The ledger could only be looked at, and its disk may take writes again.
    fn open_again(&mut self, now: &Now) {
        self.next_try_ms = now.mono_ms.saturating_add(TRY_MS);
        let answer = match self.store.open_again(begun(&self.config, now)) {
            Ok(()) if self.store.shut().is_some() => return,
            Ok(()) => {
                self.log = EventLog::open(&self.store.dir().join("log"));
                self.shut()
            }
            Err(error) => Answer::Failed(self.fail(now, &error)),
        };
        self.run(now, VecDeque::from([Event::Answer(answer)]), Vec::new());
    }

    /// Why the ledger can only be looked at.
    fn shut(&self) -> Answer {
        Answer::Shut(self.store.shut().map(|shut| match shut {
            Shut::Full => StationFault::DiskFull,
            Shut::ReadOnly => StationFault::ReadOnly,
        }))
    }

    /// Once a day: keeps what grows within its bounds, and room for what was begun.
    pub(super) fn tidy(&mut self, now: &Now) {
        self.store.keep_reserve();
        if let Err(error) = self.spool.tidy() {
            self.log
                .remark(now, &format!("receipts not tidied: {error}"));
        }
    }

    fn run(&mut self, now: &Now, mut events: VecDeque<Event>, first: Vec<crate::app::Effect>) {
        for effect in first {
            events.extend(self.perform(now, effect).map(Event::Answer));
        }
        while let Some(event) = events.pop_front() {
            self.write_down(now, &event);
            for effect in update(&mut self.model, &self.config, now, event) {
                events.extend(self.perform(now, effect).map(Event::Answer));
            }
        }
    }

    /// Writes an event into the log; what comes on a way that rests is only counted there.
    fn write_down(&mut self, now: &Now, event: &Event) {
        let looked = || self.model.looks_at_cards(&self.config, now);
        let rests = |way: &Way| self.model.ways.rests(*way, now) && !looked();
        if let Some(way) = way(event).filter(rests) {
            self.log.pass_over(now, way);
            return;
        }
        let word = |way| word(way, &self.config);
        let tag = |card: &_| self.store.card_tag(card).unwrap_or_default();
        let before = (&self.model, &self.config);
        self.log.event(now, event, before, (word, tag));
    }

    /// Tells the technician that too many unknown cards came this way.
    pub(super) fn rest(&mut self, now: &Now, way: Way) {
        let name = way.reader(&self.config).map_or("", |reader| &reader.name);
        let text = format!(
            "{way} {name}: {MOST_UNKNOWN} unknown cards within a minute; it rests for one minute, other readers work. \
             Look who tries numbers there"
        );
        self.log.remark(now, &text);
    }

    /// Works by another config from now on; a session in progress goes on.
    pub fn reload(&mut self, now: &Now, config: Config) {
        let applied = self
            .store
            .apply_config(now, &config.catalogue, &config.staff);
        match applied {
            Ok(_) => {
                self.store.hold_free(config.station.min_free_mib);
                self.config = config;
                self.log.remark(now, "config read again");
                self.handle(now, Event::Reloaded);
            }
            Err(error) => self.remark(now, &format!("config not taken: {error}")),
        }
    }

    /// Writes a line for the technician into the log.
    pub fn remark(&mut self, now: &Now, text: &str) {
        self.log.remark(now, text);
    }

    /// Writes into the log why what a reader sent is no card, in English as all of the log.
    pub fn no_card(&mut self, now: &Now, index: usize, fault: FrameFault) {
        let advice = self.words.say(Lang::En).frame_advice(fault);
        self.remark(now, &format!("reader {index}: {fault}: {advice}"));
    }

    /// Records a wall clock that moved otherwise than the monotonic one did.
    fn check_clock(&mut self, now: &Now) {
        let wall_ms = now.wall.timestamp_millis() - self.last.wall.timestamp_millis();
        let jump_ms = wall_ms.saturating_sub(now.mono_ms.saturating_sub(self.last.mono_ms));
        self.last = *now;
        if jump_ms.saturating_abs() > CLOCK_JUMP_MS {
            let recorded = self.store.clock_fault(now, jump_ms);
            self.log
                .remark(now, &format!("clock jumped by {jump_ms} ms"));
            match recorded {
                Err(error) if not_now(&error).is_none() => drop(self.fail(now, &error)),
                // The next start finds it as well.
                Ok(_) | Err(_) => {}
            }
        }
    }

    /// Puts the station out of order; what was announced before is on disk.
    pub(super) fn fail(&mut self, now: &Now, error: &StoreError) -> StationFault {
        self.log.remark(now, &format!("out of order: {error}"));
        self.exit = Some(Exit::Failed(error.to_string()));
        fault(error)
    }

    /// Says whether the ledger was checked whole at the start; if not, that is to be done beside the work.
    pub const fn is_checked(&self) -> bool {
        self.store.is_checked()
    }

    /// Takes the word of a check beside the work that the ledger is damaged.
    pub fn damaged(&mut self, now: &Now, error: &StoreError) {
        let fault = self.fail(now, error);
        self.handle(now, Event::Answer(Answer::Failed(fault)));
    }

    /// Takes what shall be done beside the station, in order: whoever drives it does all of it, once.
    pub fn errands(&mut self) -> Vec<Errand> {
        self.errands.take()
    }

    /// The printer's queue, for its thread.
    pub fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// This start of the program.
    pub const fn boot_id(&self) -> BootId {
        self.store.boot_id()
    }

    /// Why the program shall end, once it shall.
    pub fn exit(&self) -> Option<&Exit> {
        self.exit.as_ref()
    }

    /// The ledger, for looking at it from a script.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The config in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What the screen looks at.
    pub fn view<'a>(&'a self, now: &'a Now) -> View<'a> {
        View::new(&self.model, &self.config, &self.words, now)
    }
}

/// The word of a script for a card that came this way.
fn word(way: Way, config: &Config) -> &'static str {
    match (way, way.via(config)) {
        (Way::Burst, _) => "burst",
        (Way::Typed, _) => "typed",
        (Way::Reader(_), None) => "tap",
        (Way::Reader(_), Some(_)) => "scan",
    }
}

/// Writes what every start writes first.
fn begun(config: &Config, now: &Now) -> impl FnMut(&mut Store) -> Result<(), StoreError> {
    |store| {
        store.boot(now, env!("CARGO_PKG_VERSION"))?;
        store.apply_config(now, &config.catalogue, &config.staff)?;
        Ok(())
    }
}

/// Why the ledger could not be written just now, where that stops nothing else: nothing of it is on disk.
pub(super) fn not_now(error: &StoreError) -> Option<Refusal> {
    if error.is_busy() {
        Some(no("busy"))
    } else if matches!(error, StoreError::DiskFull) {
        Some(no("disk-low"))
    } else if matches!(error, StoreError::ReadOnly) {
        Some(no("disk-read-only"))
    } else {
        None
    }
}

/// What a failure of the disk means for the screen.
pub fn fault(error: &StoreError) -> StationFault {
    match error {
        StoreError::DiskFull => StationFault::DiskFull,
        StoreError::ReadOnly => StationFault::ReadOnly,
        StoreError::Io { source, .. } if source.kind() == ErrorKind::ReadOnlyFilesystem => {
            StationFault::ReadOnly
        }
        StoreError::Corrupt(_) | StoreError::Schema(_) => StationFault::Corrupt,
        StoreError::Busy | StoreError::KioskRunning(..) | StoreError::Locked { .. } => {
            StationFault::Locked
        }
        StoreError::Io { .. }
        | StoreError::Taken(_)
        | StoreError::Disk(_)
        | StoreError::Newer { .. }
        | StoreError::Foreign(_)
        | StoreError::Absent(_)
        | StoreError::Unsafe { .. }
        | StoreError::KeyMissing(_)
        | StoreError::Unknown(_)
        | StoreError::Restore { .. }
        | StoreError::Counts { .. }
        | StoreError::Copy { .. }
        | StoreError::Exists(_)
        | StoreError::PinHash(_)
        | StoreError::Random(_)
        | StoreError::Sqlite(_) => StationFault::Other,
    }
}
