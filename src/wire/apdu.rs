//! Cards at a PC/SC reader: what the reader answers when it is asked for a card's number.
//!
//! Source: PC/SC Workgroup, part 3, 3.2.2.1.3 (GET DATA): `FF CA 00 00 00` gives the UID and `90 00`; `63 00` and `6A 81`
//! mean that this card or this reader has none. The reader's thread writes down what happened as bytes of our own
//! ([`PcscEvent::frame`]), so that they take the way of every other reader's.

use crate::domain::CardId;
use crate::wire::{FrameFault, Seen, uid};

/// The command that asks for a card's UID.
pub const GET_UID: [u8; 5] = [0xFF, 0xCA, 0x00, 0x00, 0x00];
/// The status of a command that was carried out.
const DONE: [u8; 2] = [0x90, 0x00];

/// What happened at a PC/SC reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PcscEvent<'a> {
    /// A card came, and this was the answer to [`GET_UID`]. At most 255 bytes are kept.
    Answer(&'a [u8]),
    /// A card came and did not answer.
    Mute,
    /// The card was taken away.
    Gone,
}

const ANSWER: u8 = b'A';
const MUTE: u8 = b'M';
const GONE: u8 = b'G';

impl PcscEvent<'_> {
    /// The event as bytes: `A`, a length and the answer; `M`; `G`.
    pub fn frame(self) -> Vec<u8> {
        match self {
            Self::Answer(answer) => {
                let mut frame = vec![ANSWER, 0];
                frame.extend(answer.iter().take(usize::from(u8::MAX)));
                if let Some(len) = frame.get_mut(1) {
                    *len = u8::try_from(answer.len()).unwrap_or(u8::MAX);
                }
                frame
            }
            Self::Mute => vec![MUTE],
            Self::Gone => vec![GONE],
        }
    }
}

/// The card in an answer to [`GET_UID`].
///
/// # Errors
/// [`FrameFault::TooShort`] without a status; [`FrameFault::NoUid`] with another than `90 00`; for UIDs that are no
/// one card's as [`uid::card`].
fn answer(answer: &[u8]) -> Result<CardId, FrameFault> {
    let (uid, status) = answer.split_last_chunk().ok_or(FrameFault::TooShort)?;
    if *status != DONE {
        return Err(FrameFault::NoUid);
    }
    uid::card(uid, false)
}

/// A decoder of [`PcscEvent`]s; remembers the card that lies there.
#[derive(Default)]
pub(super) struct Pcsc {
    held: Vec<u8>,
    card: Option<CardId>,
}

impl Pcsc {
    /// Takes one byte; gives what it completes.
    pub(super) fn byte(&mut self, byte: u8) -> Option<Seen> {
        self.held.push(byte);
        let seen = match self.held.as_slice() {
            [ANSWER] => return None,
            [ANSWER, len, rest @ ..] if rest.len() < usize::from(*len) => return None,
            [ANSWER, _, rest @ ..] => match answer(rest) {
                Ok(card) => {
                    self.card = Some(card.clone());
                    Some(Seen::Card(card))
                }
                Err(fault) => Some(Seen::Fault(fault)),
            },
            [MUTE] => Some(Seen::Fault(FrameFault::NoUid)),
            [GONE] => self.card.take().map(Seen::Removed),
            _ => Some(Seen::Fault(FrameFault::BadByte)),
        };
        self.held.clear();
        seen
    }

    /// Forgets what was begun; nothing is left over between two events.
    pub(super) fn forget(&mut self) {
        self.held.clear();
    }

    /// The reader was opened anew: nothing lies there.
    pub(super) fn restart(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(read: Result<CardId, FrameFault>) -> String {
        read.map_or_else(
            |fault| fault.name().to_owned(),
            |card| card.as_str().to_owned(),
        )
    }

    #[test]
    fn answers_are_judged() {
        for (bytes, want) in [
            (&[0x9E, 0xB3, 0x6E, 0x66, 0x90, 0x00][..], "9EB36E66"),
            (
                &[0x04, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5, 0xF6, 0x90, 0x00],
                "04A1B2C3D4E5F6",
            ),
            (
                &[4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x90, 0x00],
                "04010203040506070809",
            ),
            (&[0x08, 1, 2, 3, 0x90, 0x00], "random-id"),
            (&[0x08, 1, 2, 3, 4, 5, 6, 0x90, 0x00], "08010203040506"),
            (&[1, 2, 3, 4, 5, 0x90, 0x00], "id-length"),
            (&[0x90, 0x00], "id-length"),
            (&[0x63, 0x00], "no-uid"),
            (&[0x6A, 0x81], "no-uid"),
            (&[0x9E, 0xB3, 0x6E, 0x66, 0x63, 0x00], "no-uid"),
            (&[0x9E, 0xB3, 0x6E, 0x66, 0x90, 0x01], "no-uid"),
            (&[0x90], "too-short"),
            (&[], "too-short"),
        ] {
            assert_eq!(name(answer(bytes)), want, "{bytes:02X?}");
        }
    }
}
