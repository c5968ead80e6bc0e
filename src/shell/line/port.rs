//! Opens what a port of the config names.

#[cfg(feature = "evdev")]
use super::input_device::InputDevice;
#[cfg(feature = "pcsc")]
use super::pcsc_reader;
use super::{ByteLine, WRITE_PATIENCE};
use crate::config::Port;
use crate::shell::sim::bench;
use serialport::{ClearBuffer, SerialPort};
use std::io::{self, Read as _, Write as _};
use std::time::Duration;

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
        #[cfg(feature = "evdev")]
        return Ok(Box::new(InputDevice::open(port.as_str())?));
        #[cfg(not(feature = "evdev"))]
        return Err(left_out("evdev"));
    }
    if port.pcsc().is_some() {
        #[cfg(feature = "pcsc")]
        return Ok(Box::new(pcsc_reader::PcscReader::open(port)?));
        #[cfg(not(feature = "pcsc"))]
        return Err(left_out("pcsc"));
    }
    let port = serialport::new(port.as_str(), baud)
        .timeout(WRITE_PATIENCE)
        .open()?;
    port.clear(ClearBuffer::Input)?;
    Ok(Box::new(SerialLine(port)))
}

/// The names of the readers that pcscd has, in its order.
///
/// # Errors
/// In words for a technician: pcscd does not run, the user may not use it, or this program cannot ask it.
pub fn card_readers() -> io::Result<Vec<String>> {
    #[cfg(feature = "pcsc")]
    return pcsc_reader::names();
    #[cfg(not(feature = "pcsc"))]
    Err(left_out("pcsc"))
}

/// The config refuses such a format in a program that cannot open it; this is for whoever asks past the config.
#[cfg(not(all(feature = "evdev", feature = "pcsc")))]
fn left_out(feature: &str) -> io::Error {
    io::Error::other(format!("this program was built without `{feature}`"))
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
