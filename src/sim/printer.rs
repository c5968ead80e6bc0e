//! A receipt printer: takes ESC/POS, says how it is, keeps what came out as text.
//!
//! Sources: Epson's ESC/POS reference; manuals of Chinese makers for `FS &`. Sizes and places of text are not kept: what
//! stands on the paper is.

use crate::domain::{clean, is_hostile};
use crate::sim::faults::{Fault, Faults};
use encoding_rs::GB18030;
use std::collections::VecDeque;

/// The buffer of a cheap printer, in bytes.
const BUFFER: usize = 4_096;
/// A slow printer takes so many bytes, so many milliseconds apart.
const SLOW_BYTES: usize = 16;
const SLOW_MS: i64 = 160;
/// Whoever feeds so many lines at once tears the slip off.
const TEAR_LINES: u8 = 4;
/// Slips and their rows that are kept for whoever looks.
const MOST_SLIPS: usize = 100;
const MOST_ROWS: usize = 500;
/// The longest row, in characters.
const MOST_CHARS: usize = 200;

/// The printer.
#[derive(Default)]
pub(super) struct Printer {
    held: VecDeque<u8>,
    /// Dots of a picture that are still to come, in bytes.
    dots: usize,
    chinese: bool,
    row: Vec<u8>,
    rows: Vec<String>,
    code: String,
    slips: VecDeque<String>,
    next_ms: i64,
}

/// What a command does.
enum Op {
    Nothing,
    Init,
    Chinese(bool),
    Text,
    Rubbish,
    Row,
    Tear,
    Ask(u8),
    Symbol,
    Picture(usize),
}

impl Printer {
    /// Takes bytes where there is room; gives how many, and what it answers.
    pub(super) fn hear(&mut self, bytes: &[u8], now_ms: i64, faults: &Faults) -> (usize, Vec<u8>) {
        if let ([0x10, 0x04, n], true) = (bytes, is_stopped(faults, now_ms)) {
            // Asked and answered at once, however much waits for paper.
            return (
                bytes.len(),
                status(*n, faults, now_ms).into_iter().collect(),
            );
        }
        let mut room = BUFFER.saturating_sub(self.held.len());
        if faults.is(Fault::Slow, now_ms) {
            if now_ms < self.next_ms {
                return (0, Vec::new());
            }
            room = room.min(SLOW_BYTES);
            self.next_ms = now_ms.saturating_add(SLOW_MS);
        }
        let taken = room.min(bytes.len());
        self.held.extend(bytes.iter().take(taken));
        (taken, self.work(now_ms, faults))
    }

    /// Prints what is held, as long as there is paper; gives what it answers.
    pub(super) fn work(&mut self, now_ms: i64, faults: &Faults) -> Vec<u8> {
        let mut answers = Vec::new();
        while !is_stopped(faults, now_ms) {
            let dots = self.dots.min(self.held.len());
            self.held.drain(..dots);
            self.dots = self.dots.saturating_sub(dots);
            let held = self.held.make_contiguous();
            let Some((len, op)) = next(held, self.chinese) else {
                break;
            };
            let bytes: Vec<u8> = self.held.drain(..len).collect();
            if let Op::Ask(n) = op {
                answers.extend(status(n, faults, now_ms));
            }
            self.perform(&op, &bytes);
        }
        answers
    }

    fn perform(&mut self, op: &Op, bytes: &[u8]) {
        match op {
            Op::Nothing | Op::Ask(_) => {}
            Op::Init => {
                self.chinese = false;
                self.code.clear();
                self.row.clear();
            }
            Op::Chinese(on) => self.chinese = *on,
            Op::Text => self.row.extend(bytes),
            Op::Rubbish => self.row.push(b'?'),
            Op::Row => self.end_row(),
            Op::Tear => self.tear(),
            Op::Symbol => self.symbol(bytes),
            Op::Picture(dots) => {
                self.dots = *dots;
                self.add("[picture]");
            }
        }
    }

    /// `GS ( k`: functions 80 and 81 of QR codes store and print; the others say how it looks.
    fn symbol(&mut self, bytes: &[u8]) {
        match bytes {
            [_, _, _, _, _, 0x31, 0x50, 0x30, data @ ..] => {
                let data: String = data.iter().map(|b| char::from(*b)).collect();
                self.code = clean(&data, MOST_CHARS);
            }
            [_, _, _, _, _, 0x31, 0x51, ..] => {
                let code = format!("[QR {}]", self.code);
                self.add(&code);
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        let bytes = std::mem::take(&mut self.row);
        let (text, _, _) = GB18030.decode(&bytes);
        self.add(text.trim_end());
    }

    fn add(&mut self, row: &str) {
        let shown = row.chars().filter(|c| !is_hostile(*c));
        let shown: String = shown.take(MOST_CHARS).collect();
        if self.rows.len() < MOST_ROWS {
            self.rows.push(shown);
        }
    }

    fn tear(&mut self) {
        if !self.row.is_empty() {
            self.end_row();
        }
        let rows = std::mem::take(&mut self.rows);
        if rows.iter().any(|row| !row.is_empty()) {
            self.slips.push_back(rows.join("\n"));
        }
        while self.slips.len() > MOST_SLIPS {
            self.slips.pop_front();
        }
    }

    /// Gives the slips that came out.
    pub(super) fn slips(&mut self) -> Vec<String> {
        self.slips.drain(..).collect()
    }

    /// The plug was out: what was not on the paper is lost.
    pub(super) fn power_on(&mut self) {
        self.held.clear();
        self.dots = 0;
        self.row.clear();
        self.code.clear();
        self.chinese = false;
    }
}

fn is_stopped(faults: &Faults, now_ms: i64) -> bool {
    faults.is(Fault::PaperOut, now_ms) || faults.is(Fault::CoverOpen, now_ms)
}

/// The byte that answers `DLE EOT n`; bits 1 and 4 are always set.
fn status(n: u8, faults: &Faults, now_ms: i64) -> Option<u8> {
    let bit = |fault, bit| if faults.is(fault, now_ms) { bit } else { 0 };
    let (paper, cover) = (Fault::PaperOut, Fault::CoverOpen);
    match n {
        // Offline where it is stopped; the drawer's line is high.
        1 => Some(0x16 | bit(paper, 0x08) | bit(cover, 0x08)),
        2 => Some(0x12 | bit(cover, 0x04) | bit(paper, 0x20)),
        3 => Some(0x12),
        4 => Some(0x12 | bit(paper, 0x60)),
        _ => None,
    }
}

/// The next command: how many bytes it takes and what it does. `None` while it is not whole.
fn next(held: &[u8], chinese: bool) -> Option<(usize, Op)> {
    let (len, op) = match *held {
        [0x1D, 0x28, _, low, high, ..] => (5 + size(low, high), Op::Symbol),
        [0x1D, 0x76, _, _, x, x_high, y, y_high, ..] => {
            let dots = size(x, x_high).saturating_mul(size(y, y_high));
            (8, Op::Picture(dots))
        }
        []
        | [0x10 | 0x1B..=0x1D]
        | [0x10, 0x04]
        | [0x1B, 0x64]
        | [0x1D, 0x56]
        | [0x1D, 0x28 | 0x76, ..] => return None,
        [0x0A, ..] => (1, Op::Row),
        [0x10, 0x04, n, ..] => (3, Op::Ask(n)),
        [0x1B, 0x40, ..] => (2, Op::Init),
        [0x1B, 0x32, ..] => (2, Op::Nothing),
        [0x1B, 0x64, lines, ..] if lines >= TEAR_LINES => (3, Op::Tear),
        [0x1B, 0x64, ..] => (3, Op::Row),
        [0x1B, 0x70, ..] => (5, Op::Nothing),
        [0x1C, 0x26, ..] => (2, Op::Chinese(true)),
        [0x1C, 0x2E, ..] => (2, Op::Chinese(false)),
        [0x1C, 0x53, ..] | [0x1D, 0x4C | 0x57, ..] => (4, Op::Nothing),
        [0x1D, 0x56, 0x41 | 0x42, ..] => (4, Op::Tear),
        [0x1D, 0x56, ..] => (3, Op::Tear),
        [0x1B..=0x1D, ..] => (3, Op::Nothing),
        [0x20..=0x7E, ..] => (1, Op::Text),
        [0x81..=0xFE] if chinese => return None,
        [0x81..=0xFE, 0x30..=0x39, ..] if chinese => (4, Op::Text),
        [0x81..=0xFE, _, ..] if chinese => (2, Op::Text),
        // Without FS & a Chinese character is rubbish on the paper; here it is seen as such.
        [0x80..=0xFF, ..] => (1, Op::Rubbish),
        [..] => (1, Op::Nothing),
    };
    (held.len() >= len).then_some((len, op))
}

fn size(low: u8, high: u8) -> usize {
    usize::from(u16::from_le_bytes([low, high]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(bytes: &[u8]) -> Vec<String> {
        let mut printer = Printer::default();
        for piece in bytes.chunks(3) {
            let (taken, _) = printer.hear(piece, 0, &Faults::default());
            assert_eq!(taken, piece.len());
        }
        printer.slips()
    }

    #[test]
    fn what_a_manual_prints_is_printed() {
        // An example of a Chinese command manual: 爱上自己.
        let manual: &[u8] = &[
            0x1B, 0x40, 0x1C, 0x26, 0xB0, 0xAE, 0xC9, 0xCF, 0xD7, 0xD4, 0xBC, 0xBA, 0x0D, 0x0A,
        ];
        let cut = [0x1D, 0x56, 0x42, 0x00];
        assert_eq!(printed(&[manual, &cut].concat()), ["爱上自己"]);
        let qr: &[u8] = &[
            0x1D, 0x28, 0x6B, 0x05, 0x00, 0x31, 0x50, 0x30, b'A', b'1', 0x1D, 0x28, 0x6B, 0x03,
            0x00, 0x31, 0x51, 0x30,
        ];
        let picture: &[u8] = &[0x1D, 0x76, 0x30, 0x00, 1, 0, 2, 0, 0x0A, 0x1D];
        let bytes = [b"x\n", qr, picture, b"end", &[0x1B, 0x64, 5]].concat();
        assert_eq!(printed(&bytes), ["x\n[QR A1]\n[picture]\nend"]);
        // A picture larger than the buffer, then a row; Chinese that was not switched on.
        let large = [
            &[0x1D, 0x76, 0x30, 0x00, 48, 0, 0xFA, 0][..],
            &[0x1B; 12_000],
        ]
        .concat();
        let bytes = [&large[..], &[0xB0, 0xAE, 0x0A], &cut].concat();
        assert_eq!(printed(&bytes), ["[picture]\n??"]);
    }

    #[test]
    fn without_paper_nothing_comes_out_until_there_is_some() {
        let mut printer = Printer::default();
        let mut faults = Faults::default();
        faults.begin(Fault::PaperOut, 0, 1_000);
        assert_eq!(printer.hear(&[0x10, 0x04, 4], 0, &faults), (3, vec![0x72]));
        assert_eq!(printer.hear(&[0x10, 0x04, 1], 0, &faults), (3, vec![0x1E]));
        let slip = b"a\n\x1DV\x00";
        assert_eq!(printer.hear(slip, 0, &faults), (5, vec![]));
        let most = printer.hear(&[b'x'; 9_000], 0, &faults).0;
        assert_eq!(most, BUFFER - 5);
        assert_eq!(printer.hear(b"y", 0, &faults).0, 0);
        printer.work(999, &faults);
        assert_eq!(printer.slips(), Vec::<String>::new());
        printer.work(1_000, &faults);
        assert_eq!(printer.slips(), ["a"]);
        assert_eq!(
            printer.hear(&[0x10, 0x04, 1], 1_000, &faults),
            (3, vec![0x16])
        );
    }

    #[test]
    fn a_slow_printer_takes_little_at_a_time() {
        let mut printer = Printer::default();
        let mut faults = Faults::default();
        faults.begin(Fault::Slow, 0, 10_000);
        assert_eq!(printer.hear(&[b'x'; 100], 0, &faults).0, 16);
        assert_eq!(printer.hear(&[b'x'; 100], 159, &faults).0, 0);
        assert_eq!(printer.hear(&[b'x'; 100], 160, &faults).0, 16);
    }
}
