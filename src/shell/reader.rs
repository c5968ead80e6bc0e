//! One thread a card reader or scanner: opens the port, feeds the decoder, comes back after every loss.
//!
//! A port is only listened to. Nothing is ever written and DTR and RTS stay as they are: a wrong byte changes
//! the settings of some scanners, a toggled line restarts some boards.

use crate::domain::{CardFault, CardId, clean};
use crate::shell::clock::Clock;
use crate::wire::{Decoder, Presence};
use serialport::{ClearBuffer, SerialPort};
use std::io::{self, ErrorKind};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The first wait after a loss; it doubles from try to try.
const FIRST_BACKOFF: Duration = Duration::from_millis(250);
/// The longest wait between two tries: a plug that is put back is noticed within it.
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);
/// A port that worked for so long begins again with the first wait.
const HEALTHY_MS: i64 = 10_000;
/// The longest text of the system that is passed on, in characters.
const WHY_CHARS: usize = 120;

/// A reader as the config names it.
pub struct ReaderPort {
    /// Its place in the config.
    pub index: usize,
    /// The path, best one of `/dev/serial/by-id`; resolved again at every try.
    pub port: String,
    /// Bits a second; always 8N1.
    pub baud: u32,
    /// What its bytes mean.
    pub decoder: Decoder,
}

/// What a reader has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReaderNews {
    /// The port is open.
    Up {
        /// The reader's place in the config.
        index: usize,
    },
    /// The port is lost or cannot be opened. Once a loss, and once more when it turns out that a right is missing.
    Down {
        /// The reader's place in the config.
        index: usize,
        /// The system's words, made clean, and what to do where that is known. For the technician.
        why: String,
    },
    /// Something was held to the reader. A card that lies there comes once.
    Card {
        /// The reader's place in the config.
        index: usize,
        /// The card, or why it is none.
        read: Result<CardId, CardFault>,
    },
}

/// Starts the thread of one reader.
///
/// `send` gives `false` when nobody listens any more, and the thread ends. It may wait for room in a bounded
/// channel: a `SyncSender` gives up its wait when the receiver is dropped. While nothing happens on the line the
/// thread does not notice the end of the program, so nobody should wait for it there.
///
/// # Errors
/// The system could not start a thread.
pub fn spawn(
    port: ReaderPort,
    send: impl Fn(ReaderNews) -> bool + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    thread::Builder::new()
        .name(format!("reader-{}", port.index))
        .spawn(move || Line::new(port, send).run())
}

/// Why a port is not open.
struct Loss {
    why: String,
    denied: bool,
}

impl Loss {
    fn new(error: &io::Error) -> Self {
        let why = clean(&error.to_string(), WHY_CHARS);
        let denied = error.kind() == ErrorKind::PermissionDenied;
        let advice = if denied {
            ": add the station's user to the group dialout"
        } else {
            ""
        };
        Self {
            why: format!("{why}{advice}"),
            denied,
        }
    }
}

/// Says whether nothing came, as against a port that is gone.
const fn is_silence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

/// How listening ended.
enum End {
    Lost(Loss),
    Unheard,
}

/// A reader and what its thread remembers across losses.
struct Line<S> {
    port: ReaderPort,
    send: S,
    presence: Presence,
    clock: Clock,
}

impl<S: Fn(ReaderNews) -> bool> Line<S> {
    fn new(port: ReaderPort, send: S) -> Self {
        let presence = port.decoder.presence();
        Self {
            port,
            send,
            presence,
            clock: Clock::start(),
        }
    }

    fn run(&mut self) {
        let index = self.port.index;
        let mut backoff = FIRST_BACKOFF;
        // What was told of the present loss: nothing, or whether it was a missing right.
        let mut told: Option<bool> = None;
        loop {
            let loss = match self.open() {
                Err(error) => Loss::new(&error),
                Ok(mut port) => {
                    told = None;
                    let since_ms = self.clock.now().mono_ms;
                    if !(self.send)(ReaderNews::Up { index }) {
                        return;
                    }
                    let End::Lost(loss) = self.listen(port.as_mut()) else {
                        return;
                    };
                    if self.clock.now().mono_ms.saturating_sub(since_ms) >= HEALTHY_MS {
                        backoff = FIRST_BACKOFF;
                    }
                    loss
                }
            };
            if told.is_none_or(|denied| loss.denied && !denied) {
                told = Some(loss.denied);
                let why = loss.why;
                if !(self.send)(ReaderNews::Down { index, why }) {
                    return;
                }
            }
            thread::sleep(backoff);
            backoff = backoff.saturating_mul(2).min(LONGEST_BACKOFF);
        }
    }

    /// Opens the port and throws away what waited in it: a card of before must not come now.
    fn open(&mut self) -> io::Result<Box<dyn SerialPort>> {
        let port = serialport::new(&self.port.port, self.port.baud)
            .timeout(Duration::from_millis(self.port.decoder.gap_ms()))
            .open()?;
        port.clear(ClearBuffer::Input)?;
        self.port.decoder.gap();
        Ok(port)
    }

    fn listen(&mut self, port: &mut dyn SerialPort) -> End {
        let mut buffer = [0; 256];
        loop {
            let reads = match port.read(&mut buffer) {
                Ok(0) => return End::Lost(Loss::new(&ErrorKind::UnexpectedEof.into())),
                Ok(n) => self.port.decoder.push(buffer.get(..n).unwrap_or_default()),
                // A signal says nothing about the line.
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if is_silence(error.kind()) => {
                    self.port.decoder.gap().map(Err).into_iter().collect()
                }
                Err(error) => return End::Lost(Loss::new(&error)),
            };
            if !reads.into_iter().all(|read| self.tell(read)) {
                return End::Unheard;
            }
        }
    }

    /// Passes on what is new; `false` when nobody listens.
    fn tell(&mut self, read: Result<CardId, CardFault>) -> bool {
        let index = self.port.index;
        let mono_ms = self.clock.now().mono_ms;
        let fresh = match &read {
            Ok(card) => self.presence.fresh(card, mono_ms),
            Err(_) => self.presence.fault(mono_ms),
        };
        !fresh || (self.send)(ReaderNews::Card { index, read })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_says_what_to_do_and_carries_no_escape() {
        let denied = serialport::ErrorKind::Io(ErrorKind::PermissionDenied);
        let gone = serialport::ErrorKind::NoDevice;
        for (error, want) in [
            (
                serialport::Error::new(denied, "Permission denied"),
                "Permission denied: add the station's user to the group dialout",
            ),
            (serialport::Error::new(gone, "gone\u{1b}[2J\n"), "gone[2J"),
        ] {
            assert_eq!(Loss::new(&error.into()).why, want);
        }
    }
}
