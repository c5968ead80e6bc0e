//! Readers of citizens' identity cards, recognised and refused on purpose.
//!
//! Their answer is a citizen's full record with a photograph, which no points bank needs and nobody here may keep. They
//! say `AA AA AA 96 69`, a length of two bytes, and the record (GA 450). What follows the mark is thrown away unseen.

/// How each of their frames begins.
pub(super) const MARK: [u8; 5] = [0xAA, 0xAA, 0xAA, 0x96, 0x69];

/// What a byte was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filtered {
    /// Not theirs.
    Pass,
    /// The last byte of the mark: forget what came before, too.
    Found,
    /// Part of a record.
    Dropped,
}

/// Watches a stream for the mark.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IdCards {
    matched: usize,
    /// The bytes of the length that are still to come, then the length.
    length: Option<(u8, u16)>,
}

impl IdCards {
    /// Starts outside a frame.
    pub(super) const fn new() -> Self {
        Self {
            matched: 0,
            length: None,
        }
    }

    /// Judges one byte.
    pub(super) fn byte(&mut self, byte: u8) -> Filtered {
        if let Some((missing, left)) = self.length {
            self.length = match (missing, left) {
                (0, 0) => {
                    self.length = None;
                    return self.byte(byte);
                }
                (0, left) => Some((0, left - 1)),
                (missing, high) => Some((missing - 1, high << 8 | u16::from(byte))),
            };
            return Filtered::Dropped;
        }
        self.matched = match (self.matched, byte) {
            (at, byte) if MARK.get(at) == Some(&byte) => at + 1,
            (3, 0xAA) => 3,
            (_, 0xAA) => 1,
            (..) => 0,
        };
        if self.matched < MARK.len() {
            return Filtered::Pass;
        }
        self.matched = 0;
        self.length = Some((2, 0));
        Filtered::Found
    }

    /// The line fell silent: whatever began is over.
    pub(super) const fn gap(&mut self) {
        *self = Self::new();
    }
}

#[cfg(test)]
mod tests {
    use super::Filtered::{Dropped, Found, Pass};
    use super::*;

    #[test]
    fn a_record_is_dropped_and_what_follows_it_is_not() {
        let mut filter = IdCards::new();
        let mut feed =
            |bytes: &[u8]| -> Vec<Filtered> { bytes.iter().map(|b| filter.byte(*b)).collect() };
        // One AA more than the mark has, four bytes of record, then a digit.
        let bytes = [&[0xAA][..], &MARK, &[0, 4, 1, 2, 3, 4, b'7']].concat();
        let want = [[Pass; 5].as_slice(), &[Found], &[Dropped; 6], &[Pass]].concat();
        assert_eq!(feed(&bytes), want);
        assert_eq!(feed(&[0xAA, 0x96, 0x69]), [Pass; 3]);
        let cut = [&MARK[..], &[0xFF, 0xFF, 1]].concat();
        assert_eq!(feed(&cut)[5..], [Dropped; 3]);
        filter.gap();
        assert_eq!(filter.byte(b'7'), Pass);
    }
}
