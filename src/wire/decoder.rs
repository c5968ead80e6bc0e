//! The one decoder a reader thread holds, whatever its device speaks.

use crate::domain::{CardFault, CardId, TownshipCode};
use crate::wire::{Em4100, Lines, Presence};

/// Turns the bytes of one device into cards.
///
/// How the bytes were cut into reads does not matter: serial lines deliver 1 to 64 at a time.
pub enum Decoder {
    /// Text with an end mark: scanners, and card readers that send a number.
    Lines(Lines),
    /// Frames of the RDM6300 family.
    Em4100(Em4100),
}

impl Decoder {
    /// A decoder for text lines; resident codes must be of this town.
    pub const fn lines(town: TownshipCode) -> Self {
        Self::Lines(Lines::new(town))
    }

    /// A decoder for 125 kHz card frames.
    pub const fn em4100() -> Self {
        Self::Em4100(Em4100::new())
    }

    /// Takes bytes as they came and gives what they complete, in order.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Result<CardId, CardFault>> {
        match self {
            Self::Lines(lines) => bytes.iter().filter_map(|b| lines.byte(*b)).collect(),
            Self::Em4100(frames) => bytes.iter().filter_map(|b| frames.byte(*b)).collect(),
        }
    }

    /// Forgets what was begun, because nothing came for [`Self::gap_ms`]; the next byte starts anew.
    ///
    /// Gives [`CardFault::Unreadable`] when what is forgotten looked like the beginning of a card.
    pub fn gap(&mut self) -> Option<CardFault> {
        match self {
            Self::Lines(lines) => lines.gap(),
            Self::Em4100(frames) => frames.gap(),
        }
    }

    /// After how many milliseconds of silence what was begun will not be finished.
    ///
    /// A frame of 14 bytes takes 15 ms at 9600 baud, so 50; scanners pause between blocks of USB, so 150.
    pub const fn gap_ms(&self) -> u64 {
        match self {
            Self::Lines(_) => 150,
            Self::Em4100(_) => 50,
        }
    }

    /// The memory that makes one report of a card that lies on this device.
    ///
    /// RDM6300 repeats about every 65 ms while the card is there, scanners in continuous mode about
    /// once a second.
    pub const fn presence(&self) -> Presence {
        match self {
            Self::Lines(_) => Presence::new(1_500),
            Self::Em4100(_) => Presence::new(500),
        }
    }
}
