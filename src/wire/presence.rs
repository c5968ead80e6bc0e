//! A card that lies on a reader is one card, however often the reader says so.

use crate::domain::CardId;

/// How many different cards are remembered; a scanner sees two or three codes on one sheet.
const REMEMBERED: usize = 8;
/// A broken line says so once and again only after this much quiet.
const FAULT_HOLD_MS: i64 = 1_000;
/// Half frames of a card that is being put down or taken away are no fault.
const AFTER_CARD_MS: i64 = 500;

/// The memory of one reader: what lies there and since when it was last seen.
///
/// Comfort for people, not the guard against double booking: that is the operation id.
pub struct Presence {
    hold_ms: i64,
    seen: Vec<(CardId, i64)>,
    fault_ms: Option<i64>,
}

impl Presence {
    /// Starts with an empty reader; a card is gone when it was not seen for more than `hold_ms`.
    pub const fn new(hold_ms: i64) -> Self {
        Self {
            hold_ms,
            seen: Vec::new(),
            fault_ms: None,
        }
    }

    /// Says whether this card is new here. Each repeat keeps it present, so a card left lying is new once.
    pub fn fresh(&mut self, card: &CardId, mono_ms: i64) -> bool {
        self.fault_ms = None;
        let hold_ms = self.hold_ms;
        self.seen
            .retain(|(_, ms)| mono_ms.saturating_sub(*ms) <= hold_ms);
        let before = self.seen.len();
        self.seen.retain(|(known, _)| known != card);
        let fresh = self.seen.len() == before;
        if self.seen.len() >= REMEMBERED {
            self.seen.remove(0);
        }
        self.seen.push((card.clone(), mono_ms));
        fresh
    }

    /// The reader itself says that the card is gone: the same card is new at once.
    pub fn gone(&mut self, card: &CardId) {
        self.seen.retain(|(known, _)| known != card);
    }

    /// Says whether a fault is worth telling: not while one goes on, not around a card that was read.
    pub fn fault(&mut self, mono_ms: i64) -> bool {
        let within = |ms: i64, hold: i64| mono_ms.saturating_sub(ms) <= hold;
        let goes_on = self.fault_ms.is_some_and(|ms| within(ms, FAULT_HOLD_MS));
        let card_near = self
            .seen
            .last()
            .is_some_and(|(_, ms)| within(*ms, AFTER_CARD_MS));
        self.fault_ms = Some(mono_ms);
        !goes_on && !card_near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(number: &str) -> CardId {
        CardId::parse(number).unwrap()
    }

    #[test]
    fn a_card_is_new_after_it_was_away() {
        let mut reader = Presence::new(500);
        for (ms, number, want) in [
            (0, "1111", true),
            (50, "1111", false),
            (550, "1111", false),
            (1_050, "1111", false),
            (1_551, "1111", true),
            (1_600, "2222", true),
            (1_650, "1111", false),
            (2_000, "2222", false),
        ] {
            assert_eq!(reader.fresh(&card(number), ms), want, "{number} at {ms}");
        }
    }

    #[test]
    fn a_card_left_lying_is_new_once_and_memory_stays_small() {
        let mut reader = Presence::new(500);
        let news = (0..60_000)
            .step_by(65)
            .filter(|ms| reader.fresh(&card("1111"), *ms));
        assert_eq!(news.count(), 1);
        for n in 0..1_000 {
            assert!(reader.fresh(&card(&format!("77{n:04}")), 60_001));
        }
        assert!(reader.seen.len() <= REMEMBERED);
    }

    #[test]
    fn a_card_that_is_known_to_be_gone_is_new_at_once() {
        let mut reader = Presence::new(5_000);
        assert!(reader.fresh(&card("1111"), 0));
        reader.gone(&card("2222"));
        assert!(!reader.fresh(&card("1111"), 10));
        reader.gone(&card("1111"));
        assert!(reader.fresh(&card("1111"), 20));
    }

    #[test]
    fn noise_is_told_once() {
        let mut reader = Presence::new(500);
        let told = (0..30_000).step_by(200).filter(|ms| reader.fault(*ms));
        assert_eq!(told.count(), 1);
        assert!(reader.fault(31_000), "after a second of quiet");
        assert!(
            reader.fresh(&card("1111"), 31_010),
            "a card is never held back"
        );
        assert!(!reader.fault(31_500), "half a frame while it is taken away");
        assert!(!reader.fault(32_000), "and what follows at once");
        assert!(reader.fault(33_500));
    }
}
