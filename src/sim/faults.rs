//! What can be wrong with a device, and until when.

use crate::domain::{SimKind, names};

names! {
    /// Something that is wrong with a device for a while.
    pub enum Fault {
        /// The plug is out: no line can be opened, an open one is lost, in the middle of a frame, too.
        Unplug = "unplug",
        /// Only the first half of every frame arrives.
        Half = "half",
        /// The checksum of every frame is wrong; of a text, which has none, one byte.
        BadChecksum = "bad-checksum",
        /// Every frame arrives twice.
        Twice = "twice",
        /// Noise between the frames, about as much as the line carries.
        Storm = "storm",
        /// Ten milliseconds a byte.
        Slow = "slow",
        /// The paper is out.
        PaperOut = "paper-out",
        /// The cover is open.
        CoverOpen = "cover-open",
    }
}

impl Fault {
    /// Says whether such a device can have this fault.
    pub const fn suits(self, kind: SimKind) -> bool {
        let prints = matches!(kind, SimKind::Printer);
        match self {
            Self::Unplug | Self::Slow => true,
            Self::Half | Self::BadChecksum | Self::Twice | Self::Storm => !prints,
            Self::PaperOut | Self::CoverOpen => prints,
        }
    }
}

/// The faults of one device, each until its moment.
#[derive(Default)]
pub(super) struct Faults {
    until: Vec<(Fault, i64)>,
}

impl Faults {
    /// From now on and for so long; a fault that lasts already lasts until the later moment.
    pub(super) fn begin(&mut self, fault: Fault, now_ms: i64, for_ms: i64) {
        let until_ms = now_ms.saturating_add(for_ms.max(0));
        let known = self.until.iter_mut().find(|(known, _)| *known == fault);
        match known {
            Some((_, until)) => *until = until_ms.max(*until),
            None => self.until.push((fault, until_ms)),
        }
    }

    /// Ends a fault before its time.
    pub(super) fn end(&mut self, fault: Fault) {
        self.until.retain(|(known, _)| *known != fault);
    }

    /// Ends all of them.
    pub(super) fn clear(&mut self) {
        self.until.clear();
    }

    /// Says whether a fault lasts.
    pub(super) fn is(&self, fault: Fault, now_ms: i64) -> bool {
        let mut all = self.until.iter();
        all.any(|(known, until)| *known == fault && now_ms < *until)
    }

    /// What arrives of a frame whose checksum is the byte that is so far from its end.
    pub(super) fn spoil(&self, frame: &[u8], sum_from_end: usize, now_ms: i64) -> Vec<u8> {
        let mut sent = frame.to_vec();
        if self.is(Fault::BadChecksum, now_ms) {
            let place = sent.len().saturating_sub(sum_from_end);
            if let Some(byte) = sent.get_mut(place) {
                *byte = flawed(*byte);
            }
        }
        if self.is(Fault::Half, now_ms) {
            sent.truncate(sent.len() / 2);
        }
        if self.is(Fault::Twice, now_ms) {
            sent.extend_from_within(..);
        }
        sent
    }
}

/// Another byte; of a hex digit another hex digit, so that only the sum is wrong.
const fn flawed(byte: u8) -> u8 {
    match byte {
        b'0' => b'1',
        b'1'..=b'9' | b'A'..=b'F' => b'0',
        _ => byte ^ 0x01,
    }
}

/// Noise in which every byte comes, the same at every start (Marsaglia's xorshift).
pub(super) struct Noise(u64);

impl Noise {
    pub(super) const fn new() -> Self {
        Self(0x2545_F491_4F6C_DD1D)
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let [byte, ..] = self.0.to_be_bytes();
        byte
    }
}
