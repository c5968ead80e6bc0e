//! A PC/SC reader: waits for cards through pcscd and asks each one for its number.

use super::{ByteLine, take};
use crate::config::Port;
use crate::wire::{GET_UID, PcscEvent};
use pcsc::{Card, Context, Disposition, Error, MAX_BUFFER_SIZE, Protocols, Scope, ShareMode};
use pcsc::{ReaderState, State};
use std::collections::VecDeque;
use std::ffi::{CString, c_ulong};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

/// Where the kernel shows the module that takes readers with such a chip away from pcscd.
const KERNEL_DRIVER: &str = "/sys/module/pn533_usb";

/// An open reader.
pub(super) struct PcscReader {
    context: Context,
    name: CString,
    /// The last state that pcscd told, its count of cards included.
    state: State,
    /// How many cards had come and gone when this one was asked; `None` while none lies there.
    asked: Option<u32>,
    happened: VecDeque<u8>,
}

impl PcscReader {
    /// Finds the reader that is meant.
    ///
    /// # Errors
    /// In words for a technician: pcscd does not run, the user may not use it, no such reader.
    pub(super) fn open(port: &Port) -> io::Result<Self> {
        let (context, names) = ask_pcscd()?;
        let is_wanted = |name: &&CString| port.means(&name.to_string_lossy());
        let name = names.iter().find(is_wanted).cloned();
        Ok(Self {
            name: name.ok_or_else(|| missing(names.first(), Path::new(KERNEL_DRIVER).exists()))?,
            context,
            state: State::UNAWARE,
            asked: None,
            happened: VecDeque::new(),
        })
    }

    /// Waits until something changes at the reader, and notes what.
    fn wait(&mut self, within: Duration) -> io::Result<()> {
        let mut states = [ReaderState::new(self.name.clone(), self.state)];
        match self.context.get_status_change(within, &mut states) {
            Err(Error::Timeout) => return Err(ErrorKind::TimedOut.into()),
            // libpcsclite takes a hang-up for a refusal or for a fault of the line; whoever was let in was
            // not refused, and the reader itself is asked elsewhere.
            Err(Error::SecurityViolation | Error::CommError) => {
                return Err(failed(Error::ServiceStopped));
            }
            other => other.map_err(failed)?,
        }
        let [reader] = &states;
        let (state, count) = (reader.event_state(), reader.event_count());
        if state.intersects(State::UNKNOWN | State::UNAVAILABLE) {
            return Err(failed(Error::ReaderUnavailable));
        }
        // The count in the upper half lets pcscd tell of a card that went and came in between.
        self.state = State::from_bits_retain(state.bits() | (c_ulong::from(count) << 16));
        let present = state.contains(State::PRESENT);
        if self.asked.is_some_and(|asked| !present || asked != count) {
            self.asked = None;
            self.happened.extend(PcscEvent::Gone.frame());
        }
        if present && self.asked.is_none() {
            self.asked = Some(count);
            let frame = if state.contains(State::MUTE) {
                PcscEvent::Mute.frame()
            } else {
                self.ask()?
            };
            self.happened.extend(frame);
        }
        Ok(())
    }

    /// Asks the card for its number. One that was lifted meanwhile, or is held by another program, is mute.
    fn ask(&self) -> io::Result<Vec<u8>> {
        let connected = self
            .context
            .connect(&self.name, ShareMode::Shared, Protocols::ANY);
        let card = match connected {
            Ok(card) => card,
            Err(error) if is_of_card(error) => return Ok(PcscEvent::Mute.frame()),
            Err(error) => return Err(failed(error)),
        };
        let mut buffer = [0; MAX_BUFFER_SIZE];
        let frame = match card.transmit(&GET_UID, &mut buffer) {
            Ok(answer) => Ok(PcscEvent::Answer(answer).frame()),
            Err(error) if is_of_card(error) => Ok(PcscEvent::Mute.frame()),
            Err(error) => Err(failed(error)),
        };
        leave(card);
        frame
    }
}

/// The names of the readers that are there.
pub(super) fn names() -> io::Result<Vec<String>> {
    let (_, names) = ask_pcscd()?;
    let names = names.iter().map(|name| name.to_string_lossy().into_owned());
    Ok(names.collect())
}

/// A way to pcscd, and the readers that it has.
fn ask_pcscd() -> io::Result<(Context, Vec<CString>)> {
    let context = Context::establish(Scope::System).map_err(failed)?;
    let names = match context.list_readers_owned() {
        Err(Error::NoReadersAvailable) => Vec::new(),
        names => names.map_err(failed)?,
    };
    Ok((context, names))
}

/// Lets go of a card and leaves it as it is: a reset would be told as a change.
fn leave(card: Card) {
    if let Err((card, _)) = card.disconnect(Disposition::LeaveCard) {
        drop(card);
    }
}

/// A failure that says something of the card and nothing of the reader.
fn is_of_card(error: Error) -> bool {
    [
        Error::NoSmartcard,
        Error::RemovedCard,
        Error::ResetCard,
        Error::UnresponsiveCard,
        Error::UnpoweredCard,
        Error::UnsupportedCard,
        Error::NotTransacted,
        Error::ProtoMismatch,
        Error::SharingViolation,
    ]
    .contains(&error)
}

/// A failure as a sentence with its remedy.
fn failed(error: Error) -> io::Error {
    let advice = if [Error::NoService, Error::ServiceStopped].contains(&error) {
        "pcscd does not run: systemctl enable --now pcscd.socket".to_owned()
    } else if [Error::SecurityViolation, Error::NoAccess].contains(&error) {
        "pcscd refuses this user: allow it by a polkit rule (docs/DEVICES.md)".to_owned()
    } else if [Error::UnknownReader, Error::ReaderUnavailable].contains(&error) {
        "the reader was unplugged".to_owned()
    } else {
        format!("{error}: unplug the reader and plug it in again")
    };
    io::Error::other(advice)
}

/// Why there is no such reader.
fn missing(other: Option<&CString>, kernel_has_it: bool) -> io::Error {
    let why = match other {
        Some(name) => format!("no such reader; there is \"{}\"", name.to_string_lossy()),
        None if kernel_has_it => {
            "no reader: the kernel holds it, blacklist pn533_usb, pn533 and nfc (docs/DEVICES.md)"
                .to_owned()
        }
        None => "no reader: plug it in, or unplug it and plug it in again".to_owned(),
    };
    io::Error::new(ErrorKind::NotFound, why)
}

impl ByteLine for PcscReader {
    fn read(&mut self, buffer: &mut [u8], within: Duration) -> io::Result<usize> {
        if self.happened.is_empty() {
            self.wait(within)?;
        }
        // Somebody else uses the card: a change that is none of ours.
        take(&mut self.happened, buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_say_what_to_do_within_what_the_log_keeps() {
        let name = CString::new("ACS ACR122U PICC Interface 00 00").unwrap();
        for (error, want) in [
            (
                failed(Error::NoService),
                "systemctl enable --now pcscd.socket",
            ),
            (failed(Error::SecurityViolation), "polkit"),
            (failed(Error::ReaderUnavailable), "unplugged"),
            (
                failed(Error::CommError),
                "unplug the reader and plug it in again",
            ),
            (
                failed(Error::UnknownError),
                "unplug the reader and plug it in again",
            ),
            (
                missing(Some(&name), true),
                "\"ACS ACR122U PICC Interface 00 00\"",
            ),
            (missing(None, true), "blacklist pn533_usb, pn533 and nfc"),
            (missing(None, false), "plug it in"),
        ] {
            let text = error.to_string();
            assert!(text.contains(want), "{text}");
            assert!(text.len() <= 120, "{text}");
        }
    }
}
