//! The line to a printer: opened, asked, written to, all within a deadline. Nothing here blocks for longer.

use crate::config::{PrinterPort, PrinterSetting};
use crate::disk;
use crate::domain::{PrinterState, PrinterTrouble, SimKind};
use crate::shell::clock::Clock;
use crate::shell::line::ByteLine as _;
use crate::shell::sim::{SimLine, bench};
use crate::wire::paper::{STATUS_ASKED, Status};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use serialport::{ClearBuffer, SerialPort as _, TTYPort};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long a question about the status waits. Source: printers answer within some milliseconds, or never.
const ANSWER: Duration = Duration::from_millis(250);
/// How long a printer that speaks may be busy with a slip before it answers, in milliseconds.
const AFTER_MS: i64 = 8_000;
/// How long a printer on the network may take to be reached.
const CONNECT: Duration = Duration::from_secs(3);
/// One write waits so long at most before the deadline is looked at again.
const STEP: Duration = Duration::from_millis(250);
/// Bytes in one write: a slow printer shows what it takes.
const CHUNK: usize = 256;
/// Between two looks at a buffer that drains.
const DRAIN_LOOK: Duration = Duration::from_millis(20);

/// An open line.
pub struct Line {
    wire: Wire,
    clock: Clock,
    /// Says whether it has answered a question; `None` before the first one.
    speaks: Option<bool>,
}

enum Wire {
    Serial(TTYPort),
    /// `/dev/usb/lp*`, without blocking: the kernel would keep a writer while the paper is out.
    Usb(File),
    Tcp(TcpStream),
    File(File),
    Sim(SimLine),
}

/// Says whether nothing could be moved for the moment.
const fn is_pause(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted
    )
}

impl Line {
    /// Opens the line; a path is resolved again each time.
    ///
    /// # Errors
    /// It is not there, taken, or not allowed.
    pub fn open(setting: &PrinterSetting, clock: Clock) -> io::Result<Self> {
        let wire = match &setting.port {
            PrinterPort::Device(path) => device(path, setting.baud)?,
            PrinterPort::Tcp(address) => {
                let stream = TcpStream::connect_timeout(address, CONNECT)?;
                stream.set_write_timeout(Some(STEP))?;
                stream.set_read_timeout(Some(ANSWER))?;
                stream.set_nodelay(true)?;
                Wire::Tcp(stream)
            }
            PrinterPort::File(path) => Wire::File(appended(path)?),
            PrinterPort::Sim => Wire::Sim(bench().open(SimKind::Printer)?),
        };
        Ok(Self {
            wire,
            clock,
            speaks: None,
        })
    }

    /// Asks the printer how it is. Only between slips. Silence is an answer too: nothing is known.
    ///
    /// # Errors
    /// The line broke.
    pub fn status(&mut self) -> io::Result<PrinterState> {
        if matches!(self.wire, Wire::File(_)) {
            return Ok(PrinterState::Ready);
        }
        let mut status = Status::default();
        for n in STATUS_ASKED {
            // Most printers never answer; one question is enough to know that.
            if self.speaks == Some(false) {
                break;
            }
            match self.ask(n)? {
                Some(byte) if status.answer(n, byte) => self.speaks = Some(true),
                Some(_) | None if self.speaks.is_none() => self.speaks = Some(false),
                Some(_) | None => break,
            }
        }
        Ok(status.state())
    }

    /// Asks again after a slip. A printer that answered before it, and does not within some seconds, is in trouble;
    /// cheap ones answer only when everything is on the paper.
    ///
    /// # Errors
    /// The line broke, or a printer that speaks has fallen silent.
    pub fn status_after(&mut self) -> io::Result<PrinterState> {
        let until = self.clock.now().mono_ms.saturating_add(AFTER_MS);
        loop {
            if self.speaks == Some(true) {
                self.awake(until)?;
            }
            let state = self.status()?;
            if state != PrinterState::Unknown || self.speaks != Some(true) {
                return Ok(state);
            }
            if self.clock.now().mono_ms >= until {
                return Err(ErrorKind::TimedOut.into());
            }
        }
    }

    /// Waits until a printer that speaks does so again. It answers every question that waited meanwhile, and such an
    /// answer is not one to the questions that follow.
    fn awake(&mut self, until_ms: i64) -> io::Result<()> {
        let mut waiting = 0_u32;
        while self.ask(1)?.is_none() {
            if self.clock.now().mono_ms >= until_ms {
                return Err(ErrorKind::TimedOut.into());
            }
            waiting = waiting.saturating_add(1);
        }
        while waiting > 0 && self.answer()?.is_some() {
            waiting = waiting.saturating_sub(1);
        }
        Ok(())
    }

    /// One question, and what came within [`ANSWER`].
    fn ask(&mut self, n: u8) -> io::Result<Option<u8>> {
        self.forget()?;
        let until = self.clock.now().mono_ms.saturating_add(1_000);
        self.send(&Status::question(n), until)?;
        self.answer()
    }

    /// Throws away what came unasked.
    fn forget(&mut self) -> io::Result<()> {
        if let Wire::Serial(port) = &mut self.wire {
            port.clear(ClearBuffer::Input)?;
        }
        Ok(())
    }

    /// One byte, if it comes in time.
    fn answer(&mut self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        let read = match &mut self.wire {
            Wire::Serial(port) => port.read(&mut byte),
            Wire::Usb(file) => match ready(file, PollFlags::IN, ANSWER) {
                Ok(true) => file.read(&mut byte),
                Ok(false) => Err(ErrorKind::TimedOut.into()),
                Err(error) => Err(error),
            },
            Wire::Tcp(stream) => stream.read(&mut byte),
            Wire::Sim(line) => line.read(&mut byte, ANSWER),
            Wire::File(_) => return Ok(None),
        };
        match read {
            Ok(1) => Ok(byte.first().copied()),
            // A driver that cannot read says so at once; the network printer closed its side.
            Ok(_) => Ok(None),
            Err(error) if is_pause(error.kind()) => Ok(None),
            Err(error)
                if matches!(self.wire, Wire::Usb(_)) && error.kind() != ErrorKind::NotFound =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Sends everything, or fails by the deadline in monotonic milliseconds.
    ///
    /// # Errors
    /// The line broke, or took no more until the deadline ([`ErrorKind::TimedOut`]).
    pub fn send(&mut self, bytes: &[u8], until_ms: i64) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let chunk = rest.get(..CHUNK.min(rest.len())).unwrap_or(rest);
            let written = match &mut self.wire {
                Wire::Serial(port) => port.write(chunk),
                Wire::Usb(file) => match ready(file, PollFlags::OUT, STEP) {
                    Ok(true) => file.write(chunk),
                    Ok(false) => Err(ErrorKind::TimedOut.into()),
                    Err(error) => Err(error),
                },
                Wire::Tcp(stream) => stream.write(chunk),
                Wire::File(file) => file.write(chunk),
                Wire::Sim(line) => line.write(chunk, STEP),
            };
            match written {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(n) => rest = rest.get(n..).unwrap_or_default(),
                Err(error) if is_pause(error.kind()) => {}
                Err(error) => return Err(error),
            }
            if !rest.is_empty() && self.clock.now().mono_ms >= until_ms {
                return Err(ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }

    /// Waits until the bytes have left, as far as the line shows that.
    ///
    /// # Errors
    /// The line broke, or did not drain until the deadline.
    pub fn drain(&mut self, until_ms: i64) -> io::Result<()> {
        match &mut self.wire {
            Wire::Serial(port) => {
                // `flush` would wait for ever on a printer that holds its line.
                while port.bytes_to_write()? > 0 {
                    if self.clock.now().mono_ms >= until_ms {
                        return Err(ErrorKind::TimedOut.into());
                    }
                    thread::sleep(DRAIN_LOOK);
                }
                Ok(())
            }
            Wire::File(file) => file.sync_all(),
            Wire::Usb(_) | Wire::Tcp(_) | Wire::Sim(_) => Ok(()),
        }
    }

    /// Ends the line as the printer expects it. A socket that closed at once could take the last bytes with it.
    ///
    /// # Errors
    /// The line broke before everything was taken.
    pub fn close(mut self) -> io::Result<()> {
        if let Wire::Tcp(stream) = &mut self.wire {
            stream.shutdown(Shutdown::Write)?;
            let mut rest = [0; 64];
            let until = self.clock.now().mono_ms.saturating_add(2_000);
            loop {
                match stream.read(&mut rest) {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(error) if is_pause(error.kind()) => {}
                    Err(error) => return Err(error),
                }
                if self.clock.now().mono_ms >= until {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Opens a device file by what it really is, whatever link names it.
fn device(path: &Path, baud: u32) -> io::Result<Wire> {
    let real = fs::canonicalize(path)?;
    if real.starts_with("/dev/usb") {
        let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(flags)
            .open(real)?;
        return Ok(Wire::Usb(file));
    }
    let name = real.to_string_lossy().into_owned();
    let builder = serialport::new(name, baud).timeout(ANSWER);
    Ok(Wire::Serial(TTYPort::open(&builder)?))
}

/// Opens a plain file to be appended to; what is there and is no plain file is refused.
fn appended(path: &Path) -> io::Result<File> {
    let file = disk::append(path)?;
    // Names on slips are masked, but they are nobody else's business.
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    Ok(file)
}

/// Waits until a file can be read or written.
fn ready(file: &File, what: PollFlags, wait: Duration) -> io::Result<bool> {
    let wait = Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(1),
        tv_nsec: i64::from(wait.subsec_nanos()),
    };
    let mut fds = [PollFd::new(file, what)];
    match poll(&mut fds, Some(&wait)) {
        Ok(n) => Ok(n > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// What a broken line means for people.
pub fn trouble(error: &io::Error) -> PrinterTrouble {
    if error.kind() == ErrorKind::TimedOut {
        PrinterTrouble::Stuck
    } else {
        PrinterTrouble::Unreachable
    }
}
