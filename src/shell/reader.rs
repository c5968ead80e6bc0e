//! One thread a card reader or scanner: opens the port, feeds the decoder, comes back after every loss.
//!
//! Only what the decoder wants is written, and most want nothing: a wrong byte changes the settings of some scanners.

use crate::config::{Port, ReaderFormat, ReaderSetting, ScannerAsk};
use crate::domain::{CardId, TownshipCode};
use crate::shell::clock::Clock;
use crate::shell::line::{ByteLine, open};
use crate::shell::loss::Loss;
use crate::wire::{Decoder, FrameFault, LineForm, Presence, Raw, Read, Seen, Talk};
use std::io::{self, ErrorKind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The first wait after a loss; it doubles from try to try.
const FIRST_BACKOFF: Duration = Duration::from_millis(250);
/// The longest wait between two tries: a plug that is put back is noticed within it.
const LONGEST_BACKOFF: Duration = Duration::from_secs(5);
/// A port that worked for so long begins again with the first wait.
const HEALTHY_MS: i64 = 10_000;

/// A reader as the config names it.
pub struct ReaderPort {
    /// Its place in the config.
    pub index: usize,
    /// Where it is, best one of `/dev/serial/by-id`; resolved again at every try.
    pub port: Port,
    /// Bits a second; always 8N1.
    pub baud: u32,
    /// What its bytes mean.
    pub decoder: Decoder,
}

/// What a reader has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReaderNews {
    /// The port is open, and the reader has answered where it must.
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
    /// The port works, and a technician should know something of it all the same.
    Remark {
        /// The reader's place in the config.
        index: usize,
        /// What, in plain words.
        what: &'static str,
    },
    /// Something was held to the reader. A card that lies there comes once.
    Card {
        /// The reader's place in the config.
        index: usize,
        /// The card, or why it is none.
        read: Result<CardId, FrameFault>,
        /// The bytes that said so.
        raw: Raw,
    },
    /// The card was taken away; only a PN532 and a PC/SC reader can tell.
    Gone {
        /// The reader's place in the config.
        index: usize,
        /// The card.
        card: CardId,
    },
}

/// The decoder of a reader as the config describes it.
pub fn decoder(setting: &ReaderSetting, town: &TownshipCode) -> Decoder {
    let line = || LineForm {
        town: town.clone(),
        number: setting.line.number,
        prefix: setting.line.prefix.clone(),
        suffix: setting.line.suffix.clone(),
        gap_ends: setting.line.gap_ends,
    };
    let talk = match setting.ask {
        ScannerAsk::Nothing => Talk::Nothing,
        ScannerAsk::Heartbeat => Talk::Heartbeat,
        ScannerAsk::Trigger => Talk::Trigger,
    };
    match setting.format {
        ReaderFormat::Em4100 => Decoder::em4100(),
        ReaderFormat::Lines | ReaderFormat::Wedge => Decoder::lines_as(line()),
        ReaderFormat::Pn532 => Decoder::pn532(),
        ReaderFormat::Pcsc => Decoder::pcsc(),
        ReaderFormat::Gm65 => Decoder::gm65(line(), talk),
    }
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
    start(port, None, send)
}

/// Starts the thread of one reader which takes another setting whenever it is told one, with the next byte at the
/// latest, and ends when nobody can tell it any more.
///
/// # Errors
/// The system could not start a thread.
pub fn spawn_told(
    port: ReaderPort,
    orders: Receiver<ReaderPort>,
    send: impl Fn(ReaderNews) -> bool + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    start(port, Some(orders), send)
}

fn start(
    port: ReaderPort,
    orders: Option<Receiver<ReaderPort>>,
    send: impl Fn(ReaderNews) -> bool + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    thread::Builder::new()
        .name(format!("reader-{}", port.index))
        .spawn(move || Reader::new(port, orders, send).run())
}

/// The wait for bytes while nothing is begun: only a signal or an end could be missed.
const LONG_WAIT_MS: i64 = 1_000;

/// Says whether nothing came, as against a port that is gone.
const fn is_silence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

/// How listening ended.
enum End {
    Lost(Loss),
    /// The config names another port or speed.
    Moved,
    Unheard,
}

/// What the thread was told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Nothing,
    /// To read the same line otherwise.
    Reread,
    /// To read another line.
    Move,
    /// To end.
    End,
}

/// A reader and what its thread remembers across losses.
struct Reader<S> {
    port: ReaderPort,
    orders: Option<Receiver<ReaderPort>>,
    send: S,
    presence: Presence,
    clock: Clock,
    /// Since when the present line is told to be up.
    up_ms: Option<i64>,
}

impl<S: Fn(ReaderNews) -> bool> Reader<S> {
    fn new(port: ReaderPort, orders: Option<Receiver<ReaderPort>>, send: S) -> Self {
        let presence = port.decoder.presence();
        Self {
            port,
            orders,
            send,
            presence,
            clock: Clock::start(),
            up_ms: None,
        }
    }

    fn run(&mut self) {
        let index = self.port.index;
        let mut backoff = FIRST_BACKOFF;
        // What was told of the present loss: nothing, or whether it was a missing right.
        let mut told: Option<bool> = None;
        loop {
            let loss = match open(&self.port.port, self.port.baud) {
                Err(error) => self.loss(&error),
                Ok(mut line) => {
                    self.up_ms = None;
                    let loss = match self.listen(line.as_mut()) {
                        End::Lost(loss) => loss,
                        End::Moved => {
                            drop(line);
                            (told, backoff) = (Some(false), FIRST_BACKOFF);
                            let why = "the config has another port or speed".to_owned();
                            if !(self.send)(ReaderNews::Down { index, why }) {
                                return;
                            }
                            continue;
                        }
                        End::Unheard => return,
                    };
                    if let Some(up_ms) = self.up_ms {
                        told = None;
                        if self.now_ms().saturating_sub(up_ms) >= HEALTHY_MS {
                            backoff = FIRST_BACKOFF;
                        }
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
            match self.rest(backoff) {
                Order::End => return,
                Order::Nothing | Order::Reread | Order::Move => {}
            }
            backoff = backoff.saturating_mul(2).min(LONGEST_BACKOFF);
        }
    }

    /// Waits before the next try, unless another setting comes first.
    fn rest(&mut self, wait: Duration) -> Order {
        let Some(orders) = &self.orders else {
            thread::sleep(wait);
            return Order::Nothing;
        };
        match orders.recv_timeout(wait) {
            Ok(port) => self.take(port),
            Err(RecvTimeoutError::Timeout) => Order::Nothing,
            Err(RecvTimeoutError::Disconnected) => Order::End,
        }
    }

    /// The newest setting that waits, taken.
    fn told(&mut self) -> Order {
        let mut order = Order::Nothing;
        while let Some(orders) = &self.orders {
            match orders.try_recv() {
                Ok(port) => {
                    let moved = order == Order::Move;
                    order = self.take(port);
                    if moved {
                        order = Order::Move;
                    }
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Order::End,
            }
        }
        order
    }

    fn take(&mut self, port: ReaderPort) -> Order {
        let same = port.port == self.port.port && port.baud == self.port.baud;
        self.presence = port.decoder.presence();
        self.port = port;
        if same { Order::Reread } else { Order::Move }
    }

    fn now_ms(&self) -> i64 {
        self.clock.now().mono_ms
    }

    fn loss(&self, error: &io::Error) -> Loss {
        Loss::new(error, &self.port.port)
    }

    /// Talks with the device until the line is lost. What was begun on an earlier line is forgotten.
    fn listen(&mut self, line: &mut dyn ByteLine) -> End {
        let mut buffer = [0; 256];
        self.port.decoder.restart(self.now_ms());
        loop {
            let out = self.port.decoder.outgoing();
            if let Err(error) = write(line, &out) {
                return End::Lost(self.loss(&error));
            }
            if self.port.decoder.is_lost() {
                return End::Lost(Loss::silent());
            }
            if self.up_ms.is_none() && self.port.decoder.is_ready() {
                self.up_ms = Some(self.now_ms());
                let index = self.port.index;
                let remark = line.remark().map(|what| ReaderNews::Remark { index, what });
                let mut news = [Some(ReaderNews::Up { index }), remark]
                    .into_iter()
                    .flatten();
                if !news.all(|news| (self.send)(news)) {
                    return End::Unheard;
                }
            }
            let came = line.read(&mut buffer, self.patience());
            match self.told() {
                Order::Nothing => {}
                Order::Reread => self.port.decoder.restart(self.now_ms()),
                Order::Move => return End::Moved,
                Order::End => return End::Unheard,
            }
            let reads = match came {
                Ok(0) => return End::Lost(self.loss(&ErrorKind::UnexpectedEof.into())),
                Ok(n) => {
                    let came = buffer.get(..n).unwrap_or_default();
                    let now_ms = self.now_ms();
                    self.port.decoder.push(came, now_ms)
                }
                // A signal says nothing about the line.
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if is_silence(error.kind()) => self.port.decoder.tick(self.now_ms()),
                Err(error) => return End::Lost(self.loss(&error)),
            };
            if !reads.into_iter().all(|read| self.tell(read)) {
                return End::Unheard;
            }
        }
    }

    /// How long to wait for bytes: until the decoder has something to do.
    fn patience(&self) -> Duration {
        let wake_ms = self.port.decoder.next_wake_ms();
        let wait_ms = wake_ms.map_or(LONG_WAIT_MS, |at| at.saturating_sub(self.now_ms()));
        Duration::from_millis(wait_ms.clamp(1, LONG_WAIT_MS).unsigned_abs())
    }

    /// Passes on what is new; `false` when nobody listens.
    fn tell(&mut self, read: Read) -> bool {
        let index = self.port.index;
        let mono_ms = self.now_ms();
        let Read { seen, raw } = read;
        let news = match seen {
            Seen::Card(card) if self.presence.fresh(&card, mono_ms) => ReaderNews::Card {
                index,
                read: Ok(card),
                raw,
            },
            Seen::Fault(fault) if self.presence.fault(mono_ms) => ReaderNews::Card {
                index,
                read: Err(fault),
                raw,
            },
            Seen::Removed(card) => {
                self.presence.gone(&card);
                ReaderNews::Gone { index, card }
            }
            Seen::Card(_) | Seen::Fault(_) => return true,
        };
        (self.send)(news)
    }
}

/// Writes where there is something to write.
fn write(line: &mut dyn ByteLine, bytes: &[u8]) -> io::Result<()> {
    if bytes.is_empty() {
        Ok(())
    } else {
        line.write_all(bytes)
    }
}
