//! A keyboard wedge taken for ourselves: its keys reach this program and nobody else.
//!
//! While the device is open the kernel gives its keys to us alone (`EVIOCGRAB`), neither to the console nor to a
//! graphical session; it gives them back when the device is closed, also after a crash.

use super::{ByteLine, take};
use crate::wire::{InputEvent, Keyboard};
use evdev::KeyCode;
use evdev::raw_stream::{RawDevice, enumerate};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::collections::VecDeque;
use std::fs;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// A device that is grabbed.
pub(super) struct InputDevice {
    device: RawDevice,
    keyboard: Keyboard,
    typed: VecDeque<u8>,
    only_keyboard: bool,
}

impl InputDevice {
    /// Opens a device of `/dev/input` and grabs it.
    ///
    /// # Errors
    /// The system's own; `ResourceBusy` where another program has grabbed it, `InvalidInput` where it has no keys.
    pub(super) fn open(path: &str) -> io::Result<Self> {
        let mut device = RawDevice::open(path)?;
        if !has_letters(&device) {
            let why = "no keyboard: take the name that ends with -event-kbd";
            return Err(io::Error::new(ErrorKind::InvalidInput, why));
        }
        device.grab()?;
        Ok(Self {
            only_keyboard: !another_keyboard(path),
            device,
            keyboard: Keyboard::new(),
            typed: VecDeque::new(),
        })
    }

    /// Says whether an event comes within this time.
    fn waits(&self, within: Duration) -> io::Result<bool> {
        let within = Timespec::try_from(within).map_err(|_| ErrorKind::InvalidInput)?;
        let mut fds = [PollFd::new(&self.device, PollFlags::IN)];
        Ok(poll(&mut fds, Some(&within))? > 0)
    }
}

impl ByteLine for InputDevice {
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> io::Result<usize> {
        if self.typed.is_empty() {
            if !self.waits(within)? {
                return Err(ErrorKind::TimedOut.into());
            }
            for event in self.device.fetch_events()? {
                let event = InputEvent {
                    kind: event.event_type().0,
                    code: event.code(),
                    value: event.value(),
                };
                self.typed.extend(self.keyboard.event(event));
            }
        }
        // A key that was let go types nothing, and the line is well.
        take(&mut self.typed, buffer)
    }

    fn remark(&self) -> Option<&'static str> {
        self.only_keyboard.then_some(
            "the only keyboard that can be seen is grabbed as a scanner: is `port` the scanner's?",
        )
    }
}

/// A device that can type letters and end a line.
fn has_letters(device: &RawDevice) -> bool {
    let wanted = [KeyCode::KEY_ENTER, KeyCode::KEY_A, KeyCode::KEY_Z];
    device
        .supported_keys()
        .is_some_and(|keys| wanted.iter().all(|key| keys.contains(*key)))
}

/// Says whether there is a keyboard beside this one, as far as this program may look.
fn another_keyboard(path: &str) -> bool {
    let ours = fs::canonicalize(path).ok();
    let mut others = enumerate().filter(|(path, _)| Some(path) != ours.as_ref());
    others.any(|(_, device)| has_letters(&device))
}
