//! The identifier of a 13.56 MHz card, whatever reader gave it.

use crate::domain::{CardId, hex};
use crate::wire::FrameFault;

/// The card with this UID, in card order. Source: ISO/IEC 14443-3, 6.4.4: 4, 7 or 10 bytes; a single-size one that
/// begins with 08 is made up anew each time.
///
/// # Errors
/// [`FrameFault::RandomId`] for such a one; [`FrameFault::IdLength`] for any other length.
pub(super) fn card(uid: &[u8]) -> Result<CardId, FrameFault> {
    match uid {
        [0x08, _, _, _] => Err(FrameFault::RandomId),
        _ if matches!(uid.len(), 4 | 7 | 10) => {
            CardId::parse(&hex(uid)).ok_or(FrameFault::IdLength)
        }
        _ => Err(FrameFault::IdLength),
    }
}
