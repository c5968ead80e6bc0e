//! The kiosk itself: a real terminal, a real clock, real readers around a [`Station`].

mod errands;
mod settings;
mod typing;

pub use crate::shell::start::{KioskError, Start};

use crate::app::{Event, Heard};
use crate::domain::Now;
use crate::shell::checkup::Doctor;
use crate::shell::clock::Clock;
use crate::shell::export::{StickWatch, Worker};
use crate::shell::input::{Input, WAITING, check, listen, signals};
use crate::shell::printer::PrinterWorker;
use crate::shell::reader::ReaderNews;
use crate::shell::readers::Readers;
use crate::shell::start::{OUT_OF_ORDER_MS, show_failure};
use crate::shell::station::{Exit, Station};
use crate::shell::terminal::Screen;
use crate::shell::voice::Voice;
use crate::store::{Lock, StoreError, lock_kiosk};
use crate::view::{Demo, Page, Touch, page, starting};
use crate::wire::Wedge;
use crate::words::Words;
use ratatui::layout::Rect;
use signal_hook::consts::{SIGHUP, SIGTERM};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// The clock on the screen moves once a second at most.
const TICK_MS: i64 = 1_000;

/// Runs the kiosk until a technician, the system or a failure ends it.
///
/// # Errors
/// The terminal or the ledger failed; the terminal is restored and the screen said so calmly.
pub fn run(start: Start<'_>) -> Result<(), KioskError> {
    let clock = Clock::start();
    let (send, receive) = sync_channel(WAITING);
    let words = Words::new();
    let opens = Arc::new(AtomicBool::new(true));
    signals(Arc::clone(&opens), &send)?;
    let mut screen = Screen::open()?;
    screen.draw(&starting(&words, screen.area()?))?;
    let opened = open(&start, clock);
    opens.store(false, Ordering::SeqCst);
    let (_lock, station) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            if show_failure(&mut screen, &start.config, &error, (clock, &receive))? {
                return Ok(());
            }
            return Err(KioskError::Ledger {
                data: start.data.to_owned(),
                why: error.to_string(),
            });
        }
    };
    listen(clock, &send)?;
    let readers = Readers::start(station.config(), &send)?;
    if !station.is_checked() {
        check(start.data, &send)?;
    }
    let told = send.clone();
    let printer = PrinterWorker::start(
        station.queue(),
        station.config().printer.clone(),
        clock,
        move |(news, remark)| told.send(Input::Printer(news, remark)).is_ok(),
    )?;
    let told = send.clone();
    let voice = Voice::start(clock, move |why| told.send(Input::Remark(why)).is_ok())?;
    let told = send.clone();
    let doctor = Doctor::start(move |found| told.send(Input::Checkup(found)).is_ok())?;
    let told = send.clone();
    let worker = Worker::start(
        start.data,
        station.boot_id(),
        move |news| told.send(Input::Export(news)).is_ok(),
        move |what| {
            let remark = Input::Remark(format!("export: {what}"));
            send.send(remark).unwrap_or_default();
        },
    )?;
    let mut kiosk = Kiosk {
        station,
        clock,
        wedge: Wedge::new(),
        touch: Touch::default(),
        page: Page::default(),
        shown: Page::default(),
        area: Rect::default(),
        demo: start.demo,
        config_dir: start.config_dir.map(Path::to_owned),
        data: start.data.to_owned(),
        ended: None,
        worker,
        readers,
        printer,
        voice,
        doctor,
        stick: StickWatch::default(),
        second: i64::MIN,
    };
    let ended = kiosk.run(&mut screen, &receive);
    drop(screen);
    ended
}

/// Takes the kiosk's place and opens the ledger.
fn open(start: &Start<'_>, clock: Clock) -> Result<(Lock, Station), StoreError> {
    let lock = lock_kiosk(start.data)?;
    let config = start.config.clone();
    let station = Station::boot(config, start.data, start.lang, &clock.now())?;
    Ok((lock, station))
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
    /// How large that was when it was last looked at.
    area: Rect,
    demo: Option<Demo>,
    config_dir: Option<PathBuf>,
    data: PathBuf,
    ended: Option<Exit>,
    worker: Worker,
    readers: Readers,
    printer: PrinterWorker,
    voice: Voice,
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
            let area = self.sized(screen, &now)?;
            self.draw(screen, (area, &now))?;
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
                Ok(input) => {
                    let began_ms = self.clock.now().mono_ms;
                    self.take(input);
                    let ended_ms = self.clock.now().mono_ms;
                    self.station.model.excuse(began_ms, ended_ms);
                }
                Err(RecvTimeoutError::Timeout) => self.silence(),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
            self.time_passed();
            self.run_errands()?;
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

    /// Looks how large the terminal is, and says when that has changed.
    fn sized(&mut self, screen: &Screen, now: &Now) -> io::Result<Rect> {
        let area = screen.area()?;
        if area != self.area {
            self.area = area;
            self.station
                .handle(now, Event::Size(area.width, area.height));
        }
        Ok(area)
    }

    /// Draws what is to be seen now; nothing happens by it.
    fn draw(&mut self, screen: &mut Screen, (area, now): (Rect, &Now)) -> io::Result<()> {
        let mut view = self.station.view(now);
        view.demo = self.demo.as_ref();
        let page = page(&view, area);
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

    fn take(&mut self, input: Input) {
        let now = self.clock.now();
        match input {
            Input::Terminal(input, seen_ms) => self.terminal(&now, input, seen_ms),
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
            Input::Reader(ReaderNews::Card { index, read, raw }) => {
                if let Err(fault) = read {
                    self.station.no_card(&now, index, fault);
                }
                let at_ms = now.mono_ms;
                self.station.handle(
                    &now,
                    Event::Heard(Heard {
                        index,
                        read,
                        raw,
                        at_ms,
                    }),
                );
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
            Input::Remark(what) => self.station.remark(&now, &what),
            Input::Checkup(found) => self.station.handle(&now, Event::Checkup(found)),
            Input::Export(news) => self.station.handle(&now, Event::Export(news)),
            Input::Damaged(error) => self.station.damaged(&now, &error),
            Input::TerminalGone | Input::Signal(SIGTERM) => self.ended = Some(Exit::Asked),
            Input::Signal(SIGHUP) => self.reload(&now),
            Input::Signal(_) => {}
        }
    }
}
