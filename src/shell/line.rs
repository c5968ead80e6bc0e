//! A line of bytes to a device, whatever carries it.

use crate::config::Port;
#[cfg(feature = "evdev")]
use crate::shell::input_device::InputDevice;
#[cfg(feature = "pcsc")]
use crate::shell::pcsc_reader::PcscReader;
use crate::shell::sim::bench;
use serialport::{ClearBuffer, SerialPort};
use std::io::{self, Read as _, Write as _};
use std::time::Duration;

/// How long writing a command may take: they are short, and a device that does not take one is broken.
const WRITE_PATIENCE: Duration = Duration::from_millis(500);

/// An open line.
pub trait ByteLine: Send {
    /// Gives what came, after waiting for it for so long at most.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] when nothing came; anything else, and 0 bytes, when the line is gone.
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> io::Result<usize>;

    /// Writes all of it.
    ///
    /// # Errors
    /// The line is gone or takes nothing.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// What a technician should know of this line although it works.
    fn remark(&self) -> Option<&'static str> {
        None
    }
}

/// Opens a port, 8N1, a keyboard wedge, a PC/SC reader, or the line to a device that the program plays, and throws away what waited in it: a card of before must not come now.
///
/// DTR and RTS stay as they are: a toggled line restarts some boards.
///
/// # Errors
/// The system's own.
pub fn open(port: &Port, baud: u32) -> io::Result<Box<dyn ByteLine>> {
    if let Some(kind) = port.sim() {
        return Ok(Box::new(bench().open(kind)?));
    }
    if port.is_input() {
        return wedge(port);
    }
    if port.pcsc().is_some() {
        return card_reader(port);
    }
    let port = serialport::new(port.as_str(), baud)
        .timeout(WRITE_PATIENCE)
        .open()?;
    port.clear(ClearBuffer::Input)?;
    Ok(Box::new(SerialLine(port)))
}

#[cfg(feature = "evdev")]
fn wedge(port: &Port) -> io::Result<Box<dyn ByteLine>> {
    Ok(Box::new(InputDevice::open(port.as_str())?))
}

/// The config refuses such a format in a program that cannot open it; this is for whoever asks past the config.
#[cfg(not(feature = "evdev"))]
fn wedge(_port: &Port) -> io::Result<Box<dyn ByteLine>> {
    Err(io::Error::other("this program was built without `evdev`"))
}

#[cfg(feature = "pcsc")]
fn card_reader(port: &Port) -> io::Result<Box<dyn ByteLine>> {
    Ok(Box::new(PcscReader::open(port)?))
}

/// As with a wedge.
#[cfg(not(feature = "pcsc"))]
fn card_reader(_port: &Port) -> io::Result<Box<dyn ByteLine>> {
    Err(io::Error::other("this program was built without `pcsc`"))
}

/// The names of the readers that pcscd has, in its order.
///
/// # Errors
/// In words for a technician: pcscd does not run, the user may not use it, or this program cannot ask it.
#[cfg(feature = "pcsc")]
pub fn card_readers() -> io::Result<Vec<String>> {
    PcscReader::names()
}

/// As with a wedge.
///
/// # Errors
/// Always.
#[cfg(not(feature = "pcsc"))]
pub fn card_readers() -> io::Result<Vec<String>> {
    Err(io::Error::other("this program was built without `pcsc`"))
}

struct SerialLine(Box<dyn SerialPort>);

impl ByteLine for SerialLine {
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> io::Result<usize> {
        self.0.set_timeout(within)?;
        self.0.read(buffer)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.set_timeout(WRITE_PATIENCE)?;
        self.0.write_all(bytes)
    }
}
