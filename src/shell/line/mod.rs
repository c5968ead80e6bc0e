//! A line of bytes to a device, whatever carries it.

#[cfg(feature = "evdev")]
mod input_device;
#[cfg(feature = "pcsc")]
mod pcsc_reader;
mod port;

pub use port::{card_readers, open};

use std::io::{self, ErrorKind};
use std::time::Duration;

/// How long writing a command may take: they are short, and a device that does not take one is broken.
pub(super) const WRITE_PATIENCE: Duration = Duration::from_millis(500);

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
    /// The line is gone or takes nothing; [`io::ErrorKind::Unsupported`] where a device is only listened to.
    fn write_all(&mut self, _bytes: &[u8]) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    /// What a technician should know of this line although it works.
    fn remark(&self) -> Option<&'static str> {
        None
    }
}

/// Gives what waits; when nothing does, nothing came.
#[cfg(any(feature = "evdev", feature = "pcsc"))]
fn take(waiting: &mut impl io::Read, buffer: &mut [u8]) -> io::Result<usize> {
    match waiting.read(buffer)? {
        0 => Err(ErrorKind::TimedOut.into()),
        len => Ok(len),
    }
}
