//! The card that a PN532 found.

use crate::domain::CardId;
use crate::wire::{FrameFault, uid};

/// The bit of `SEL_RES` that says that the identifier goes on. Source: ISO/IEC 14443-3, 6.5.3.4.
const MORE: u8 = 0x04;

/// The card in an answer to `InListPassiveTarget`, UM0701-02 7.3.5; `None` when there is none.
///
/// ```text
/// NbTg Tg SENS_RES(2) SEL_RES IDLen UID[IDLen] (ATSLen ATS..)
/// ```
pub(super) fn target(data: &[u8]) -> Option<Result<CardId, FrameFault>> {
    let (count, rest) = data.split_first()?;
    if *count == 0 {
        return None;
    }
    let identifier = || {
        let (head, rest) = rest.split_first_chunk::<4>()?;
        let (len, rest) = rest.split_first()?;
        let [_, _, _, sel_res] = head;
        Some((sel_res & MORE == 0, rest.get(..usize::from(*len))?))
    };
    let Some((whole, identifier)) = identifier() else {
        return Some(Err(FrameFault::TooShort));
    };
    // The card itself said that more would follow: whatever came is the front part.
    let card = uid::card(identifier, whole);
    Some(card.and_then(|card| whole.then_some(card).ok_or(FrameFault::CutId)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_judged() {
        let read = |data: &[u8]| {
            let read = target(data)?;
            Some(read.map_or_else(
                |fault| fault.name().to_owned(),
                |card| card.as_str().to_owned(),
            ))
        };
        for (data, want) in [
            (
                &[1, 1, 0x00, 0x04, 0x08, 4, 0x9E, 0xB3, 0x6E, 0x66][..],
                "9EB36E66",
            ),
            (
                &[
                    1, 1, 0x00, 0x44, 0x00, 7, 4, 0x7B, 0xCB, 0x51, 0x96, 0x22, 0x80,
                ],
                "047BCB51962280",
            ),
            // A CPU card: the ATS after the identifier is not part of it.
            (
                &[
                    1, 1, 0x00, 0x04, 0x28, 4, 0xFD, 0xE6, 0x08, 0x99, 3, 0x78, 0x80, 0x70,
                ],
                "FDE60899",
            ),
            (
                &[1, 1, 0x03, 0x44, 0x20, 10, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9],
                "04010203040506070809",
            ),
            (&[1, 1, 0x00, 0x04, 0x20, 4, 0x08, 1, 2, 3], "random-id"),
            // Seven bytes that begin with 08 are not random.
            (
                &[1, 1, 0x00, 0x44, 0x00, 7, 0x08, 1, 2, 3, 4, 5, 6],
                "08010203040506",
            ),
            (
                &[1, 1, 0x00, 0x04, 0x04, 4, 0x88, 0x04, 0xA1, 0xB2],
                "cut-id",
            ),
            (
                &[1, 1, 0x00, 0x04, 0x24, 4, 0x9E, 0xB3, 0x6E, 0x66],
                "cut-id",
            ),
            (
                &[1, 1, 0x00, 0x04, 0x08, 4, 0x88, 0x04, 0xA1, 0xB2],
                "8804A1B2",
            ),
            (&[1, 1, 0x00, 0x04, 0x08, 4, 0, 0, 0, 0], "blank-id"),
            (&[1, 1, 0x00, 0x04, 0x08, 4, 1, 2, 3, 4], "factory-id"),
            (&[1, 1, 0x00, 0x04, 0x08, 5, 1, 2, 3, 4, 5], "id-length"),
            (&[1, 1, 0x00, 0x04, 0x08, 0], "id-length"),
            (&[1, 1, 0x00, 0x04, 0x08, 7, 1, 2, 3], "too-short"),
            (&[1], "too-short"),
        ] {
            assert_eq!(read(data).as_deref(), Some(want), "{data:02x?}");
        }
        assert_eq!(read(&[0]), None);
        assert_eq!(read(&[]), None);
    }
}
