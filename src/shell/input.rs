//! Everything that comes in, on one bounded channel: terminal, readers, signals.

use crate::domain::{Checkup, ExportNews, PrinterNews};
use crate::shell::clock::Clock;
use crate::shell::reader::ReaderNews;
use crate::shell::terminal::give_back;
use crate::shell::tty;
use crate::store::{Store, StoreError};
use crate::wire::TtyInput;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;

/// How many inputs may wait: more than a person can make while one commit lasts.
pub(super) const WAITING: usize = 256;

/// Something that came in, with the moment at which its thread saw it.
pub(super) enum Input {
    /// A character, a key, a touch.
    Terminal(TtyInput, i64),
    /// The terminal is gone.
    TerminalGone,
    /// A reader has news.
    Reader(ReaderNews),
    /// The exporter has something to say.
    Export(ExportNews),
    /// The ledger's file is damaged.
    Damaged(StoreError),
    /// The printer's thread has something to say, and something for the technician.
    Printer(PrinterNews, Option<String>),
    /// A remark for the technician: a command that is to be heard failed, something that is not ours lay on the stick.
    Remark(String),
    /// A check-up is over.
    Checkup(Checkup),
    /// The system or the technician wants something.
    Signal(i32),
}

/// Starts the thread of the terminal. It is not waited for at the end: it may sit in a read.
pub(super) fn listen(clock: Clock, send: &SyncSender<Input>) -> io::Result<()> {
    let (keys, line) = (send.clone(), tty::own()?);
    thread::Builder::new()
        .name("terminal".into())
        .spawn(move || {
            let told = |input, seen_ms| keys.send(Input::Terminal(input, seen_ms)).is_ok();
            if tty::listen(&line, clock, told).is_err() {
                keys.send(Input::TerminalGone).unwrap_or_default();
            }
        })?;
    Ok(())
}

/// Starts the thread of signals, before anything that takes its time. While `opens` is set nobody takes from the channel: then the end that
/// the system wants comes at once, and a ledger that is being opened stays as a power cut would leave it.
pub(super) fn signals(opens: Arc<AtomicBool>, send: &SyncSender<Input>) -> io::Result<()> {
    // Those that a keyboard can send are caught and then ignored: nobody leaves the kiosk by them. A new size wakes
    // the kiosk, and is seen at the next drawing.
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH])?;
    let told = send.clone();
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                if signal == SIGTERM && opens.load(Ordering::SeqCst) {
                    give_back();
                    std::process::exit(0);
                }
                if told.send(Input::Signal(signal)).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Checks the whole ledger beside the work, on a connection of its own, and speaks up if it is damaged.
pub(super) fn check(data: &Path, send: &SyncSender<Input>) -> io::Result<()> {
    let (data, send) = (data.to_owned(), send.clone());
    let check = move || {
        let checked = Store::open_existing(&data).and_then(|store| store.check());
        // Whatever else keeps it from being read, whoever uses it next meets as well.
        if let Err(error @ StoreError::Corrupt(_)) = checked {
            send.send(Input::Damaged(error)).unwrap_or_default();
        }
    };
    thread::Builder::new().name("check".into()).spawn(check)?;
    Ok(())
}
