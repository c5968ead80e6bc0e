//! The identifier of a 13.56 MHz card, whatever reader gave it.

use crate::domain::{CardId, Shared, hex};
use crate::wire::FrameFault;

/// The card with this UID, in card order. Source: ISO/IEC 14443-3, 6.4.4: 4, 7 or 10 bytes. `whole`: the reader knows
/// that nothing of it is missing.
///
/// # Errors
/// The fault of [`Shared`] for a number that is no one card's; [`FrameFault::IdLength`] for any other length.
pub(super) fn card(uid: &[u8], whole: bool) -> Result<CardId, FrameFault> {
    if !matches!(uid.len(), 4 | 7 | 10) {
        return Err(FrameFault::IdLength);
    }
    let card = CardId::parse(&hex(uid)).ok_or(FrameFault::IdLength)?;
    Shared::owned(Shared::of_uid(uid, whole), card)
}
