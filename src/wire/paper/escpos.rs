//! A slip as ESC/POS. Sources: Epson's ESC/POS reference; manuals of Chinese makers for `FS &`.

use super::gb::gb_bytes;
use super::profile::{Cut, Profile, QrPrint};
use super::qr::{LEVEL_BYTE, qr_module, qr_rows};
use super::slip::{Align, Row, Size, Slip};

/// Begins anew: styles, buffer, stored codes.
const INIT: [u8; 2] = [0x1B, 0x40];
/// Chinese characters on. After every init and at the start of a line: some printers begin without, some switch
/// only there.
const CHINESE: [u8; 2] = [0x1C, 0x26];
const LF: u8 = 0x0A;
/// Rows to feed past the tear-off edge where there is no knife.
const TEAR_ROWS: u8 = 5;

/// The bytes that print a slip, its cut included.
///
/// A code that does not fit the paper is printed as the text that it says: a printer would leave it out in silence.
pub fn escpos(slip: &Slip, profile: &Profile) -> Vec<u8> {
    let mut paper = Paper {
        bytes: Vec::new(),
        profile: *profile,
        style: Style::default(),
    };
    paper.bytes.extend(INIT);
    paper.bytes.extend(CHINESE);
    for row in slip.rows(profile.columns) {
        match row {
            Row::Text {
                text,
                align,
                size,
                bold,
            } => paper.text(&text, Style { align, size, bold }),
            Row::Qr(code) => paper.qr(&code),
        }
    }
    paper.end();
    paper.bytes
}

/// What stays in force from row to row.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Style {
    align: Align,
    size: Size,
    bold: bool,
}

struct Paper {
    bytes: Vec<u8>,
    profile: Profile,
    style: Style,
}

impl Paper {
    /// Says what differs from the row before; only ever at the start of a line.
    fn set(&mut self, style: Style) {
        if style.align != self.style.align {
            let n = match style.align {
                Align::Left => 0,
                Align::Centre => 1,
            };
            self.bytes.extend([0x1B, 0x61, n]);
        }
        if style.bold != self.style.bold {
            self.bytes.extend([0x1B, 0x45, u8::from(style.bold)]);
        }
        if style.size != self.style.size {
            let n = match style.size {
                Size::Normal => 0x00,
                Size::Tall => 0x01,
                Size::Big => 0x11,
            };
            self.bytes.extend([0x1D, 0x21, n]);
        }
        self.style = style;
    }

    fn text(&mut self, text: &str, style: Style) {
        self.set(style);
        self.bytes.extend(gb_bytes(text, self.profile.four_byte));
        self.bytes.push(LF);
    }

    fn qr(&mut self, code: &str) {
        let centre = Style {
            align: Align::Centre,
            ..Style::default()
        };
        let drawn = qr_module(code, self.profile.dots).and_then(|module| match self.profile.qr {
            QrPrint::Native => native(code, module),
            QrPrint::Raster => raster(code, module),
        });
        match drawn {
            Some(drawn) => {
                self.set(centre);
                self.bytes.extend(drawn);
                // A printer that draws a code itself does not end the line.
                self.bytes.push(LF);
            }
            None => {
                for row in Slip::default().line(code).rows(self.profile.columns) {
                    if let Row::Text { text, .. } = row {
                        self.text(&text, Style::default());
                    }
                }
            }
        }
    }

    fn end(&mut self) {
        self.set(Style::default());
        match self.profile.cut {
            Cut::Full => self.bytes.extend([0x1D, 0x56, 0x41, 0x00]),
            Cut::Partial => self.bytes.extend([0x1D, 0x56, 0x42, 0x00]),
            Cut::None => self.bytes.extend([0x1B, 0x64, TEAR_ROWS]),
        }
    }
}

/// `GS ( k`, cn 49: model 2, module, level, store, print.
fn native(code: &str, module: u8) -> Option<Vec<u8>> {
    let [low, high] = u16::try_from(code.len().checked_add(3)?)
        .ok()?
        .to_le_bytes();
    let mut bytes = vec![0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0x00];
    bytes.extend([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, module]);
    bytes.extend([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, LEVEL_BYTE]);
    bytes.extend([0x1D, 0x28, 0x6B, low, high, 0x31, 0x50, 0x30]);
    bytes.extend_from_slice(code.as_bytes());
    bytes.extend([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30]);
    Some(bytes)
}

/// `GS v 0`: a bit a dot, rows padded to whole bytes, highest bit left.
fn raster(code: &str, module: u8) -> Option<Vec<u8>> {
    let rows = qr_rows(code)?;
    let module = usize::from(module);
    let across = rows.len().checked_mul(module)?.div_ceil(8);
    let down = rows.len().checked_mul(module)?;
    let [across_low, across_high] = u16::try_from(across).ok()?.to_le_bytes();
    let [down_low, down_high] = u16::try_from(down).ok()?.to_le_bytes();
    let mut bytes = vec![0x1D, 0x76, 0x30, 0];
    bytes.extend([across_low, across_high, down_low, down_high]);
    for row in rows {
        let dots: Vec<bool> = row
            .iter()
            .flat_map(|black| std::iter::repeat_n(*black, module))
            .collect();
        let line = dots.chunks(8).map(|eight| {
            let bits = eight.iter().zip((0..8).rev());
            bits.fold(0_u8, |byte, (black, bit)| byte | (u8::from(*black) << bit))
        });
        let line: Vec<u8> = line.collect();
        for _ in 0..module {
            bytes.extend_from_slice(&line);
        }
    }
    Some(bytes)
}
