//! The printer's thread: takes the jobs that wait, one after the other, each within a deadline.

use crate::config::PrinterSetting;
use crate::domain::{PrinterNews, PrinterState, PrinterTrouble, clean};
use crate::shell::clock::Clock;
use crate::shell::printer::line::{Line, trouble};
use crate::shell::printer::queue::{JobState, Queue};
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

/// A job may take so long, in milliseconds: a slip with a picture of a code is 4 kB, 5 s at 9600 bits a second.
pub const JOB_MS: i64 = 30_000;
/// Between two tries of a printer that is not ready.
const AGAIN: Duration = Duration::from_secs(3);
/// A printer that is well, or not known, is looked at so seldom.
const LOOK: Duration = Duration::from_mins(1);
/// Who waited for a slip has gone after so long, in milliseconds; it is printed again by hand, when asked for.
const PATIENCE_MS: i64 = 10 * 60_000;
/// Orders that may wait. A wake-up that finds no room is not needed: one is there already.
const ORDERS: usize = 16;
/// The longest text of the system that is passed on, in characters.
const WHY_CHARS: usize = 120;

enum Order {
    /// Something waits on disk.
    Wake,
    /// The config changed.
    Use(Box<Option<PrinterSetting>>),
    /// A test sheet on a printer as it is tried.
    Sheet(Box<(PrinterSetting, Vec<u8>)>),
}

/// The handle of the thread.
pub struct PrinterWorker {
    orders: SyncSender<Order>,
}

/// What is told, and a remark for the technician's log where there is one.
type Told = (PrinterNews, Option<String>);

impl PrinterWorker {
    /// Starts the thread. What was begun before this start of the program is never sent again.
    ///
    /// # Errors
    /// The system could not start a thread.
    pub fn start(
        queue: Queue,
        setting: Option<PrinterSetting>,
        clock: Clock,
        tell: impl Fn(Told) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let (orders, receive) = sync_channel(ORDERS);
        let mut work = Work {
            queue,
            setting,
            clock,
            tell,
            state: PrinterState::Absent,
            since_ms: None,
            why: None,
            told: None,
        };
        thread::Builder::new()
            .name("printer".into())
            .spawn(move || work.run(&receive))?;
        Ok(Self { orders })
    }

    /// Says that something waits on disk. Never blocks.
    pub fn wake(&self) {
        match self.orders.try_send(Order::Wake) {
            Ok(()) | Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {}
        }
    }

    /// Works by another setting from now on; false when the thread is too busy to hear it.
    pub fn set(&self, setting: Option<PrinterSetting>) -> bool {
        let order = Order::Use(Box::new(setting));
        self.orders.try_send(order).is_ok()
    }
}

impl PrinterWorker {
    /// Prints a test sheet on a printer as it is tried; false when the thread is too busy to hear it.
    pub fn sheet(&self, setting: PrinterSetting, bytes: Vec<u8>) -> bool {
        let order = Order::Sheet(Box::new((setting, bytes)));
        self.orders.try_send(order).is_ok()
    }
}

/// What became of bytes that were to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// They went out, and the printer has not complained.
    Done(PrinterState),
    /// Nothing went out.
    Not(PrinterTrouble, String),
    /// Some went out; what is on the paper, nobody knows.
    Perhaps(PrinterTrouble, String),
}

/// Prints bytes at once: status before, everything within the deadline, status after.
///
/// `begin` is called when the printer is ready and nothing was sent yet; its error stops the job.
pub fn print(
    setting: &PrinterSetting,
    clock: Clock,
    bytes: &[u8],
    begin: impl FnOnce() -> io::Result<()>,
) -> Sent {
    let until_ms = clock.now().mono_ms.saturating_add(JOB_MS);
    let broken = |error: &io::Error| (trouble(error), why(error));
    let mut line = match Line::open(setting, clock) {
        Ok(line) => line,
        Err(error) => return Sent::Not(PrinterTrouble::Unreachable, why(&error)),
    };
    match line.status() {
        Ok(PrinterState::Attention(trouble)) => {
            return Sent::Not(trouble, format!("status before: {}", trouble.name()));
        }
        Ok(PrinterState::Absent | PrinterState::Unknown | PrinterState::Ready) => {}
        Err(error) => {
            let (trouble, why) = broken(&error);
            return Sent::Not(trouble, why);
        }
    }
    if let Err(error) = begin() {
        return Sent::Not(PrinterTrouble::Stuck, why(&error));
    }
    let sent = line
        .send(bytes, until_ms)
        .and_then(|()| line.drain(until_ms))
        .and_then(|()| line.status_after())
        .and_then(|state| line.close().map(|()| state));
    match sent {
        Ok(PrinterState::Attention(trouble)) => {
            Sent::Perhaps(trouble, format!("status after: {}", trouble.name()))
        }
        Ok(state) => Sent::Done(state),
        Err(error) => {
            let (trouble, why) = broken(&error);
            Sent::Perhaps(trouble, why)
        }
    }
}

fn why(error: &io::Error) -> String {
    clean(&error.to_string(), WHY_CHARS)
}

struct Work<T> {
    queue: Queue,
    setting: Option<PrinterSetting>,
    clock: Clock,
    tell: T,
    state: PrinterState,
    /// Since when the job in front has waited for the printer.
    since_ms: Option<i64>,
    why: Option<String>,
    told: Option<PrinterNews>,
}

impl<T: Fn(Told) -> bool> Work<T> {
    fn run(&mut self, orders: &Receiver<Order>) {
        self.look();
        loop {
            if let Err(error) = self.queue.tidy(&self.clock.now()) {
                self.why = Some(why(&error));
            }
            let wait = self.work();
            if !self.say() {
                return;
            }
            match orders.recv_timeout(wait) {
                Ok(Order::Use(setting)) => {
                    self.setting = *setting;
                    self.since_ms = None;
                    self.look();
                }
                Ok(Order::Sheet(sheet)) => self.sheet(&sheet.0, &sheet.1),
                // A job that waits asks by itself.
                Err(RecvTimeoutError::Timeout) if matches!(self.queue.next(), Ok(None)) => {
                    self.look();
                }
                // Whoever put something there waits to hear of it, also when all is again as it was told last.
                Ok(Order::Wake) => self.told = None,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Sends what waits; says how long nothing needs to be done.
    fn work(&mut self) -> Duration {
        loop {
            match self.step() {
                Ok(true) => {
                    if !self.say() {
                        return LOOK;
                    }
                }
                Ok(false) => break,
                Err(error) => {
                    self.why = Some(why(&error));
                    self.state = PrinterState::Attention(PrinterTrouble::Stuck);
                    break;
                }
            }
        }
        let unwell = matches!(self.state, PrinterState::Attention(_));
        if unwell { AGAIN } else { LOOK }
    }

    /// Sends the next job; false when there is none, or the printer is not ready for it.
    fn step(&mut self) -> io::Result<bool> {
        let Some(key) = self.queue.next()? else {
            self.since_ms = None;
            return Ok(false);
        };
        let Some(setting) = &self.setting else {
            // Without a printer nobody will come for it.
            self.queue.turn(&key, JobState::Wait, JobState::Failed)?;
            return Ok(true);
        };
        let bytes = self.queue.bytes(&key)?;
        let begin = || self.queue.turn(&key, JobState::Wait, JobState::Sending);
        match print(setting, self.clock, &bytes, begin) {
            Sent::Done(state) => {
                self.queue.turn(&key, JobState::Sending, JobState::Sent)?;
                (self.state, self.since_ms) = (state, None);
                Ok(true)
            }
            Sent::Perhaps(trouble, why) => {
                self.why = Some(format!("slip {key} perhaps printed: {why}"));
                (self.state, self.since_ms) = (PrinterState::Attention(trouble), None);
                Ok(true)
            }
            Sent::Not(trouble, why) => {
                self.state = PrinterState::Attention(trouble);
                let now_ms = self.clock.now().mono_ms;
                let since_ms = *self.since_ms.get_or_insert(now_ms);
                if now_ms.saturating_sub(since_ms) >= PATIENCE_MS {
                    self.why = Some(format!("slip {key} not printed: {why}"));
                    self.queue.turn(&key, JobState::Wait, JobState::Failed)?;
                    return Ok(true);
                }
                self.why = Some(format!("slip {key} waits: {why}"));
                Ok(false)
            }
        }
    }

    /// Prints a test sheet by the code that prints receipts. It has no job: nobody waits for a second one.
    fn sheet(&mut self, setting: &PrinterSetting, bytes: &[u8]) {
        let (state, why) = match print(setting, self.clock, bytes, || Ok(())) {
            Sent::Done(state) => (state, None),
            Sent::Not(trouble, why) | Sent::Perhaps(trouble, why) => {
                (PrinterState::Attention(trouble), Some(why))
            }
        };
        self.state = state;
        if let Some(why) = why {
            self.why = Some(format!("test sheet: {why}"));
        }
    }

    /// Asks how the printer is while nothing is printed.
    fn look(&mut self) {
        let Some(setting) = &self.setting else {
            self.state = PrinterState::Absent;
            return;
        };
        let asked = Line::open(setting, self.clock).and_then(|mut line| {
            let state = line.status()?;
            line.close().map(|()| state)
        });
        self.state = asked.unwrap_or_else(|error| {
            self.why = Some(why(&error));
            PrinterState::Attention(trouble(&error))
        });
    }

    /// Tells what has changed; false when nobody listens.
    fn say(&mut self) -> bool {
        let remark = self.why.take();
        let news = match self.queue.news(self.state) {
            Ok(news) => news,
            Err(error) => {
                return (self.tell)((self.told.clone().unwrap_or_default(), Some(why(&error))));
            }
        };
        if self.told.as_ref() == Some(&news) {
            return true;
        }
        self.told = Some(news.clone());
        (self.tell)((news, remark))
    }
}
