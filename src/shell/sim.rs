//! The bench: the simulated devices of a program, with a hand to put cards and a line to each of them.

use crate::domain::{CardId, SimKind};
use crate::shell::clock::Clock;
use crate::shell::line::{ByteLine, WRITE_PATIENCE};
use crate::sim::{Act, Device};
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// How long a hand holds a card to a reader.
const TAP: Duration = Duration::from_millis(400);
/// The longest wait before it is looked again: a fault begins and ends by itself.
const LOOK_MS: i64 = 50;

/// The simulated devices of a program. Every copy is the same bench.
#[derive(Clone)]
pub struct Bench {
    clock: Clock,
    shared: Arc<Shared>,
}

struct Shared {
    devices: Mutex<Devices>,
    moved: Condvar,
}

struct Devices {
    rdm6300: Device,
    pn532: Device,
    gm65: Device,
    printer: Device,
    /// Where slips are laid, and how many lie there.
    tray: Option<(PathBuf, usize)>,
}

/// The bench of this program: as with real devices, there is one of each, and every part of the program finds it.
pub fn bench() -> &'static Bench {
    static BENCH: OnceLock<Bench> = OnceLock::new();
    BENCH.get_or_init(|| Bench::new(Clock::start()))
}

impl Bench {
    /// One of each device, with nothing on it.
    pub fn new(clock: Clock) -> Self {
        let shared = Shared {
            devices: Mutex::new(Devices::new()),
            moved: Condvar::new(),
        };
        Self {
            clock,
            shared: Arc::new(shared),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Devices> {
        let locked = self.shared.devices.lock();
        // A thread that died in between left whole devices behind.
        locked.unwrap_or_else(PoisonError::into_inner)
    }

    fn now_ms(&self) -> i64 {
        self.clock.now().mono_ms
    }

    fn until_ms(&self, within: Duration) -> i64 {
        let within_ms = i64::try_from(within.as_millis()).unwrap_or(i64::MAX);
        self.now_ms().saturating_add(within_ms)
    }

    /// Does what a hand does; false where the device cannot.
    pub fn act(&self, kind: SimKind, act: &Act) -> bool {
        let now_ms = self.now_ms();
        let done = self.lock().device(kind).act(act, now_ms);
        self.shared.moved.notify_all();
        done
    }

    /// Holds a card or a code to the first of these devices that can read it, for a moment; false where none can.
    pub fn tap(&self, kinds: &[SimKind], card: &CardId) -> bool {
        let put = Act::Put(card.as_str().to_owned());
        let Some(kind) = kinds.iter().copied().find(|kind| self.act(*kind, &put)) else {
            return false;
        };
        let bench = self.clone();
        let lifted = thread::Builder::new().name("hand".into()).spawn(move || {
            thread::sleep(TAP);
            bench.act(kind, &Act::Take);
        });
        // A hand that cannot be moved leaves no card behind.
        lifted.is_ok() || !self.act(kind, &Act::Take)
    }

    /// Lays every slip that comes out of the printer into this folder, as `slip-001.txt` and so on.
    pub fn lay_slips(&self, dir: PathBuf) {
        self.lock().tray = Some((dir, 0));
    }

    /// Opens the line to a device.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] while its plug is out.
    pub fn open(&self, kind: SimKind) -> io::Result<SimLine> {
        let now_ms = self.now_ms();
        let mut devices = self.lock();
        let device = devices.device(kind);
        if !device.is_plugged(now_ms) {
            return Err(ErrorKind::NotFound.into());
        }
        device.open(now_ms);
        drop(devices);
        Ok(SimLine {
            bench: self.clone(),
            kind,
        })
    }
}

impl Devices {
    fn new() -> Self {
        Self {
            rdm6300: Device::new(SimKind::Rdm6300),
            pn532: Device::new(SimKind::Pn532),
            gm65: Device::new(SimKind::Gm65),
            printer: Device::new(SimKind::Printer),
            tray: None,
        }
    }

    const fn device(&mut self, kind: SimKind) -> &mut Device {
        match kind {
            SimKind::Rdm6300 => &mut self.rdm6300,
            SimKind::Pn532 => &mut self.pn532,
            SimKind::Gm65 => &mut self.gm65,
            SimKind::Printer => &mut self.printer,
        }
    }

    /// Lays out the slips that have come out by now.
    fn lay(&mut self, now_ms: i64) -> io::Result<()> {
        let slips = self.printer.slips(now_ms);
        if let Some((dir, count)) = &mut self.tray {
            crate::disk::make_dir_synced(dir)?;
            for slip in slips {
                *count += 1;
                std::fs::write(dir.join(format!("slip-{count:03}.txt")), slip + "\n")?;
            }
        }
        Ok(())
    }
}

/// A line to a simulated device.
pub struct SimLine {
    bench: Bench,
    kind: SimKind,
}

impl SimLine {
    /// Writes what the device takes, after waiting so long for it at most.
    ///
    /// # Errors
    /// [`ErrorKind::TimedOut`] when it takes nothing, as a printer without paper; anything else when the line is gone.
    pub fn write(&mut self, bytes: &[u8], within: Duration) -> io::Result<usize> {
        self.until_done(within, |device, now_ms| match device.hear(bytes, now_ms) {
            0 if !bytes.is_empty() => Err(i64::MAX),
            taken => Ok(taken),
        })
    }

    /// Tries at the device until something is done, for so long at most; what is not says when to look again.
    fn until_done<T>(
        &self,
        within: Duration,
        mut done: impl FnMut(&mut Device, i64) -> Result<T, i64>,
    ) -> io::Result<T> {
        let shared = &self.bench.shared;
        let mut devices = self.bench.lock();
        let until_ms = self.bench.until_ms(within);
        loop {
            let now_ms = self.bench.now_ms();
            let device = devices.device(self.kind);
            if !device.is_plugged(now_ms) {
                return Err(ErrorKind::BrokenPipe.into());
            }
            let done = done(device, now_ms);
            if self.kind == SimKind::Printer {
                devices.lay(now_ms)?;
            }
            let next_ms = match done {
                Ok(done) => {
                    shared.moved.notify_all();
                    return Ok(done);
                }
                Err(next_ms) => next_ms.min(until_ms),
            };
            if now_ms >= until_ms {
                return Err(ErrorKind::TimedOut.into());
            }
            let ms = next_ms.saturating_sub(now_ms).clamp(1, LOOK_MS);
            let wait = Duration::from_millis(ms.unsigned_abs());
            let waited = shared.moved.wait_timeout(devices, wait);
            devices = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl ByteLine for SimLine {
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> io::Result<usize> {
        self.until_done(within, |device, now_ms| {
            let said = device.say(now_ms, buffer.len());
            if said.is_empty() {
                return Err(device.next_ms().unwrap_or(i64::MAX));
            }
            for (place, byte) in buffer.iter_mut().zip(&said) {
                *place = *byte;
            }
            Ok(said.len())
        })
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let taken = self.write(rest, WRITE_PATIENCE)?;
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(())
    }
}
