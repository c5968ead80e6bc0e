//! The kiosk itself: a real terminal, a real clock, real readers around a [`Station`].

pub use crate::shell::start::{KioskError, Start};

use crate::app::Event;
use crate::config::{Config, load};
use crate::domain::{CardFault, Now};
use crate::shell::checkup::{Doctor, Environment, Subject};
use crate::shell::clock::Clock;
use crate::shell::export::{Job, Setup, StickWatch, Worker, config_digest};
use crate::shell::glass::contact;
use crate::shell::input::{Input, WAITING, check, listen};
use crate::shell::keys::{CONTROL, Stroke, meaning, stroke};
use crate::shell::printer::PrinterWorker;
use crate::shell::reader::ReaderNews;
use crate::shell::sim::bench;
use crate::shell::station::{Exit, Station, fault};
use crate::shell::terminal::Screen;
use crate::store::{StoreError, lock_kiosk};
use crate::view::{Demo, Felt, Page, Touch, View, page, starting};
use crate::wire::{Typed, Wedge, text};
use crate::words::Words;
use ratatui::crossterm::event::{Event as TerminalEvent, MouseEvent};
use signal_hook::consts::{SIGHUP, SIGTERM};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// The clock on the screen moves once a second at most.
const TICK_MS: i64 = 1_000;
/// How long the calm screen stays before the program ends for a new start.
const OUT_OF_ORDER_MS: i64 = 10_000;

/// Runs the kiosk until a technician, the system or a failure ends it.
///
/// # Errors
/// The terminal or the ledger failed; the terminal is restored and the screen said so calmly.
pub fn run(start: Start<'_>) -> Result<(), KioskError> {
    let clock = Clock::start();
    let (send, receive) = sync_channel(WAITING);
    let words = Words::new();
    let mut screen = Screen::open()?;
    screen.draw(&starting(&words, screen.area()?))?;
    let opened = lock_kiosk(start.data).and_then(|lock| {
        let now = clock.now();
        Station::boot(start.config.clone(), start.data, start.lang, &now)
            .map(|station| (lock, station))
    });
    let (_lock, station) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            show_failure(&mut screen, &start.config, &error, clock)?;
            return Err(KioskError::Ledger {
                data: start.data.to_owned(),
                why: error.to_string(),
            });
        }
    };
    listen(station.config(), clock, &send)?;
    if !station.is_checked() {
        check(start.data, &send)?;
    }
    let boot = station.boot_id();
    let told = send.clone();
    let printer = PrinterWorker::start(
        station.queue(),
        station.config().printer.clone(),
        clock,
        move |(news, remark)| told.send(Input::Printer(news, remark)).is_ok(),
    )?;
    let told = send.clone();
    let doctor = Doctor::start(move |found| told.send(Input::Checkup(found)).is_ok())?;
    let worker = Worker::start(start.data, boot, move |news| {
        send.send(Input::Export(news)).is_ok()
    })?;
    let mut kiosk = Kiosk {
        station,
        clock,
        wedge: Wedge::new(),
        touch: Touch::default(),
        page: Page::default(),
        shown: Page::default(),
        demo: start.demo,
        config_dir: start.config_dir.map(Path::to_owned),
        data: start.data.to_owned(),
        ended: None,
        worker,
        printer,
        doctor,
        stick: StickWatch::default(),
        second: i64::MIN,
    };
    let ended = kiosk.run(&mut screen, &receive);
    drop(screen);
    ended
}

/// Shows the calm screen for a while, since without it a restart would only flicker.
fn show_failure(
    screen: &mut Screen,
    config: &Config,
    error: &StoreError,
    clock: Clock,
) -> io::Result<()> {
    let now = clock.now();
    let words = Words::new();
    let mut model = crate::app::Model::new(0, crate::domain::Lang::default(), &now);
    model.screen = crate::app::Screen::OutOfOrder(fault(error));
    let view = View::new(&model, config, &words, &now);
    screen.draw(&page(&view, screen.area()?))?;
    std::thread::sleep(Duration::from_millis(OUT_OF_ORDER_MS.unsigned_abs()));
    Ok(())
}

/// The kiosk between two inputs.
struct Kiosk {
    station: Station,
    clock: Clock,
    wedge: Wedge,
    touch: Touch,
    page: Page,
    /// What is on the terminal.
    shown: Page,
    demo: Option<Demo>,
    config_dir: Option<PathBuf>,
    data: PathBuf,
    ended: Option<Exit>,
    worker: Worker,
    printer: PrinterWorker,
    doctor: Doctor,
    stick: StickWatch,
    /// The full second of the last tick.
    second: i64,
}

impl Kiosk {
    fn run(&mut self, screen: &mut Screen, receive: &Receiver<Input>) -> Result<(), KioskError> {
        let mut failed_ms = None;
        loop {
            let now = self.clock.now();
            self.draw(screen, &now)?;
            match self.ended.as_ref().or(self.station.exit()) {
                Some(Exit::Asked) => return Ok(()),
                Some(Exit::Failed(why)) => {
                    let since = *failed_ms.get_or_insert(now.mono_ms);
                    if now.mono_ms.saturating_sub(since) >= OUT_OF_ORDER_MS {
                        return Err(KioskError::Ledger {
                            data: self.data.clone(),
                            why: why.clone(),
                        });
                    }
                }
                None => {}
            }
            match receive.recv_timeout(self.patience(&now)) {
                Ok(input) => self.take(input),
                Err(RecvTimeoutError::Timeout) => self.silence(),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            self.time_passed();
            self.export();
            if self.station.wants_print() {
                self.printer.wake();
            }
            self.put_card();
            self.check_up();
        }
    }

    /// Until the next full second, until the characters in hand are a person's, or until the screen
    /// is another one by itself.
    fn patience(&self, now: &Now) -> Duration {
        let tick = TICK_MS - now.mono_ms.rem_euclid(TICK_MS);
        let burst = self
            .wedge
            .deadline()
            .map_or(i64::MAX, |at| at - now.mono_ms);
        let released = self.touch.pressed(now.mono_ms).map(|(_, left)| left);
        let arms = self.station.model.arms_in_ms(self.station.config(), now);
        let seen = released.into_iter().chain((arms > 0).then_some(arms));
        let wait = seen.fold(tick.min(burst), i64::min);
        Duration::from_millis(wait.max(1).unsigned_abs())
    }

    fn draw(&mut self, screen: &mut Screen, now: &Now) -> io::Result<()> {
        let mut view = self.station.view(now);
        view.demo = self.demo.as_ref();
        let page = page(&view, screen.area()?);
        let shown = self.touch.pressed(now.mono_ms).map(|(page, _)| page);
        let shown = shown.unwrap_or(&page);
        if *shown != self.shown {
            screen.draw(shown)?;
            self.shown = shown.clone();
        }
        // What a finger meets is the page that is true, also while a button still looks pressed.
        self.page = page;
        Ok(())
    }

    /// Nothing waits in the channel, so nothing that was typed earlier can still follow.
    fn silence(&mut self) {
        let now = self.clock.now();
        if let Some(typed) = self.wedge.flush(now.mono_ms) {
            self.typed(&now, typed);
        }
    }

    /// Says once a second that time passes, also while input comes without a break.
    fn time_passed(&mut self) {
        let now = self.clock.now();
        let second = now.mono_ms.div_euclid(TICK_MS);
        if second == self.second {
            return;
        }
        self.second = second;
        self.station.handle(&now, Event::Tick);
        if let Some(news) = self.stick.look(self.station.config()) {
            self.station.handle(&now, Event::Stick(news));
        }
    }

    /// Hands the export that is wanted to the worker, which has its own way to the ledger.
    fn export(&mut self) {
        let Some(why) = self.station.wanted_export() else {
            return;
        };
        let now = self.clock.now();
        let mut setup = Setup::new(
            self.station.config(),
            config_digest(self.config_dir.as_deref()),
        );
        setup.readers.clone_from(&self.station.model.readers);
        for news in self.worker.ask(Job { why, now, setup }) {
            self.station.handle(&now, Event::Export(news));
        }
    }

    /// Hands the check-up that is wanted to the doctor, who looks with eyes of their own.
    fn check_up(&mut self) {
        if !self.station.wanted_checkup() {
            return;
        }
        let now = self.clock.now();
        let visit = Subject {
            config: Ok(self.station.config().clone()),
            config_dir: self.config_dir.clone(),
            data: self.data.clone(),
            now,
            readers: Some(self.station.model.readers.clone()),
            terminal: Environment::here(),
            root: PathBuf::from("/"),
        };
        if !self.doctor.ask(Box::new(visit)) {
            self.station.remark(&now, "check-up: the last one hangs");
        }
    }

    fn take(&mut self, input: Input) {
        let now = self.clock.now();
        match input {
            Input::Terminal(event, seen_ms) => self.terminal(&now, &event, seen_ms),
            Input::Reader(ReaderNews::Up { index }) => {
                self.station.handle(&now, Event::Reader { index, up: true });
            }
            Input::Reader(ReaderNews::Down { index, why }) => {
                self.station.remark(&now, &format!("reader {index}: {why}"));
                self.station
                    .handle(&now, Event::Reader { index, up: false });
            }
            Input::Reader(ReaderNews::Remark { index, what }) => {
                self.station
                    .remark(&now, &format!("reader {index}: {what}"));
            }
            Input::Reader(ReaderNews::Card { index, read, .. }) => {
                if let Err(fault) = &read {
                    self.station
                        .remark(&now, &format!("reader {index}: {fault}"));
                }
                let read = read.map_err(CardFault::from);
                self.station.handle(&now, Event::Card(read));
            }
            Input::Reader(ReaderNews::Gone { index, card }) => {
                self.station.handle(&now, Event::CardGone { index, card });
            }
            Input::Printer(news, remark) => {
                if let Some(remark) = remark {
                    self.station.remark(&now, &format!("printer: {remark}"));
                }
                self.station.handle(&now, Event::Printer(news));
            }
            Input::Checkup(found) => self.station.handle(&now, Event::Checkup(found)),
            Input::Export(news) => self.station.handle(&now, Event::Export(news)),
            Input::Damaged(error) => self.station.damaged(&now, &error),
            Input::TerminalGone | Input::Signal(SIGTERM) => self.ended = Some(Exit::Asked),
            Input::Signal(SIGHUP) => self.reload(&now),
            Input::Signal(_) => {}
        }
    }

    /// Holds a typed card to a simulated reader; one that none of them can read is taken as it is.
    fn put_card(&mut self) {
        let kinds = self.station.config().station.simulated();
        if let Some(card) = self.station.card_to_put()
            && !bench().tap(&kinds, &card)
        {
            let now = self.clock.now();
            self.station.handle(&now, Event::Card(Ok(card)));
        }
    }

    fn reload(&mut self, now: &Now) {
        let Some(dir) = &self.config_dir else {
            return;
        };
        match load(dir) {
            Ok(config) => {
                self.station.reload(now, config);
                if !self.printer.set(self.station.config().printer.clone()) {
                    self.station
                        .remark(now, "printer: too busy for the config, read it again");
                }
            }
            Err(faults) => {
                for fault in faults {
                    self.station.remark(now, &format!("config: {fault}"));
                }
            }
        }
    }

    fn terminal(&mut self, now: &Now, event: &TerminalEvent, seen_ms: i64) {
        match event {
            TerminalEvent::Key(key) => match stroke(*key) {
                Stroke::Char(c) => self.character(now, c, seen_ms),
                Stroke::Key(key) => {
                    if let Some(typed) = self.wedge.release(seen_ms) {
                        self.typed(now, typed);
                    }
                    self.station.handle(now, Event::Key(key));
                }
                Stroke::Interrupt if self.demo.is_some() => self.ended = Some(Exit::Asked),
                Stroke::Interrupt => self.character(now, CONTROL, seen_ms),
                Stroke::Nothing => {}
            },
            TerminalEvent::Mouse(mouse) => self.mouse(now, *mouse, seen_ms),
            // A new size is seen at the next drawing; nobody pastes at a kiosk.
            TerminalEvent::Resize(..)
            | TerminalEvent::Paste(_)
            | TerminalEvent::FocusGained
            | TerminalEvent::FocusLost => {}
        }
    }

    fn character(&mut self, now: &Now, c: char, seen_ms: i64) {
        for typed in self.wedge.key(c, seen_ms) {
            self.typed(now, typed);
        }
    }

    fn mouse(&mut self, now: &Now, mouse: MouseEvent, seen_ms: i64) {
        let Some(contact) = contact(mouse, seen_ms) else {
            return;
        };
        let scroll_is_tap = self.station.config().station.screen.scroll_is_tap;
        let felt = self.touch.feel(contact, &self.page, scroll_is_tap);
        match felt {
            Felt::Press(key, spot) => self.station.handle(now, Event::Touch(key, spot)),
            Felt::Miss | Felt::Nothing => {}
        }
    }

    /// Characters that turned out to be a person's keys, or a scan.
    fn typed(&mut self, now: &Now, typed: Typed) {
        match typed {
            Typed::Burst(burst) => {
                let town = self.station.config().station.township.clone();
                let read = text(burst.as_bytes(), &town).map_err(CardFault::from);
                self.station.handle(now, Event::Card(read));
            }
            Typed::Keys(keys) => {
                for key in keys.into_iter().filter_map(meaning) {
                    self.station.handle(now, Event::Key(key));
                }
            }
            Typed::TooLong => {
                let fault = CardFault::TooLong;
                self.station.handle(now, Event::Card(Err(fault)));
            }
        }
    }
}
