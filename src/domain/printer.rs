//! How it stands with the receipt printer and with slips that have not come out.

use crate::domain::{Seq, StationId, names};
use std::collections::BTreeMap;
use std::fmt;

/// How it stands with the printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PrinterState {
    /// The config names none.
    #[default]
    Absent,
    /// It can be reached and says nothing of itself, as most do.
    Unknown,
    /// It says that it is ready.
    Ready,
    /// A person must look.
    Attention(PrinterTrouble),
}

names! {
    /// Why a person must look at the printer.
    pub enum PrinterTrouble {
        /// Its line cannot be opened: not plugged in, switched off, no right.
        Unreachable = "unreachable",
        /// It takes no more bytes, or the worker has been silent for long.
        Stuck = "stuck",
        /// The paper is out.
        PaperOut = "paper-out",
        /// The cover is open.
        CoverOpen = "cover-open",
        /// It is offline and does not say why.
        Offline = "offline",
        /// The knife or something else is broken, or too hot.
        Broken = "broken",
    }
}

/// What became of a slip that has not surely come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unprinted {
    /// It waits for the printer.
    Waiting,
    /// Nothing of it came out, and nobody tries any more.
    Failed,
    /// It was begun: some or all of it may have come out. Never sent again by itself.
    Perhaps,
}

/// What the printer's thread has to say: all of it, each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrinterNews {
    /// The printer.
    pub state: PrinterState,
    /// Receipts that have not surely come out, by the place of their redemption in the log.
    pub unprinted: BTreeMap<Seq, Unprinted>,
}

/// The key of a print job, so that nothing is ever printed twice by a retry: the receipt's number and which copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlipKey {
    /// The station.
    pub station: StationId,
    /// The redemption.
    pub seq: Seq,
    /// 0 for the first slip, from 1 for reprints, as the ledger counts them.
    pub copy: i64,
}

impl SlipKey {
    /// Reads what `to_string` gave.
    pub fn parse(text: &str) -> Option<Self> {
        let copied = text.rsplit_once("-R").and_then(|(number, copy)| {
            let copy = copy.parse().ok().filter(|copy: &i64| *copy > 0)?;
            Some((number, copy))
        });
        let (number, copy) = copied.unwrap_or((text, 0));
        let (station, seq) = number.rsplit_once('-')?;
        let seq = seq.parse().ok().filter(|seq| *seq > 0)?;
        let key = Self {
            station: StationId::parse(station)?,
            seq: Seq::new(seq),
            copy,
        };
        (key.to_string() == text).then_some(key)
    }
}

/// `HY01-123`, and `HY01-123-R2` for the second reprint.
impl fmt::Display for SlipKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.station, self.seq)?;
        if self.copy > 0 {
            write!(f, "-R{}", self.copy)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_file_names_and_read_back() {
        for (text, want) in [
            ("HY01-123", ("HY01", 123, 0)),
            ("HY01-123-R2", ("HY01", 123, 2)),
            ("A-R1-7", ("A-R1", 7, 0)),
        ] {
            let key = SlipKey::parse(text).unwrap();
            assert_eq!(key.to_string(), text);
            assert_eq!((key.station.as_str(), key.seq.get(), key.copy), want);
        }
        for text in [
            "",
            "HY01",
            "HY01-0",
            "HY01-1-R0",
            "HY01-01",
            "../x-1",
            "HY01-1-R1-R1",
        ] {
            assert_eq!(SlipKey::parse(text), None, "{text}");
        }
    }
}
