//! What a printer says of itself by `DLE EOT n`. Many never answer; then nothing is known, and that is normal.

use crate::domain::{PrinterState, PrinterTrouble};

/// The questions, in this order: printer, why offline, why in error, paper.
pub const STATUS_ASKED: [u8; 4] = [1, 2, 3, 4];

/// What was answered so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    answers: [Option<u8>; 4],
}

impl Status {
    /// The bytes of a question, 1 to 4. Only between slips: inside one they would be data.
    pub const fn question(n: u8) -> [u8; 3] {
        [0x10, 0x04, n]
    }

    /// Takes the byte that came after question `n`; false when it is none of these answers.
    ///
    /// Bits 0 and 7 are not looked at beyond bit 0 clear: a Chinese printer reports paper that is not torn off in bit 7.
    pub fn answer(&mut self, n: u8, byte: u8) -> bool {
        let fits = byte & 0b0001_0011 == 0b0001_0010;
        let place = usize::from(n).checked_sub(1);
        let slot = place.and_then(|place| self.answers.get_mut(place));
        if let (true, Some(slot)) = (fits, slot) {
            *slot = Some(byte);
            return true;
        }
        false
    }

    fn bit(self, n: usize, mask: u8) -> bool {
        let answer = n.checked_sub(1).and_then(|place| self.answers.get(place));
        answer
            .copied()
            .flatten()
            .is_some_and(|byte| byte & mask != 0)
    }

    /// What it all means; what a person can mend comes first.
    pub fn state(self) -> PrinterState {
        if self.answers.iter().all(Option::is_none) {
            return PrinterState::Unknown;
        }
        // Source: Epson's reference, transmission of DLE EOT 1 to 4.
        let trouble = [
            (4, 0x60, PrinterTrouble::PaperOut),
            (2, 0x20, PrinterTrouble::PaperOut),
            (2, 0x04, PrinterTrouble::CoverOpen),
            (3, 0x08, PrinterTrouble::Broken),
            (3, 0x20, PrinterTrouble::Broken),
            (3, 0x40, PrinterTrouble::Broken),
            (2, 0x40, PrinterTrouble::Broken),
            (1, 0x08, PrinterTrouble::Offline),
        ];
        trouble
            .into_iter()
            .find(|(n, mask, _)| self.bit(*n, *mask))
            .map_or(PrinterState::Ready, |(_, _, why)| {
                PrinterState::Attention(why)
            })
    }
}
