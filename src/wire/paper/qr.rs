//! QR codes on paper: how big the dots may be, and the picture for printers that draw none.

use qrcode::bits::Bits;
use qrcode::{EcLevel, QrCode, Version};

/// The longest text of a code on a slip, in bytes: version 6 at level M holds 106 of them.
pub const MAX_QR_BYTES: usize = 84;
/// How much of a code may be damaged: 15 %. Thermal paper gets creased and fades.
const LEVEL: EcLevel = EcLevel::M;
/// The error correction of `LEVEL` in `GS ( k`, function 169.
pub(super) const LEVEL_BYTE: u8 = 0x31;
/// White modules on each side. Source: ISO/IEC 18004, 4 of them.
const QUIET: usize = 4;
/// Dots of a module: 6 are 0.75 mm at 203 dpi; with fewer than 3 a phone has trouble.
const MODULES: [u8; 4] = [6, 5, 4, 3];

/// Dots of a module with which a text fits into a line of so many dots; `None` when none does.
///
/// A printer prints nothing, and says nothing, when `(17 + 4 × version) × module` is wider than its paper. It chooses
/// the version itself, so the one counted here is that of plain bytes, which no printer exceeds.
pub fn qr_module(text: &str, dots: usize) -> Option<u8> {
    let side = side(text)?;
    let fits = |module: &u8| (side + 2 * QUIET) * usize::from(*module) <= dots;
    MODULES.into_iter().find(fits)
}

/// Modules on a side when every character takes a byte.
fn side(text: &str) -> Option<usize> {
    if !is_printable(text) {
        return None;
    }
    let version = (1..=6).find(|version| {
        let mut bits = Bits::new(Version::Normal(*version));
        bits.push_byte_data(text.as_bytes()).is_ok() && bits.push_terminator(LEVEL).is_ok()
    })?;
    Some(17 + 4 * usize::try_from(version).ok()?)
}

/// Only ASCII: a scanner's GBK or keyboard setting cannot change it.
pub(super) fn is_printable(text: &str) -> bool {
    (1..=MAX_QR_BYTES).contains(&text.len()) && text.bytes().all(|b| (0x20..=0x7E).contains(&b))
}

/// The modules of a code, row by row, black true, without the white rim.
pub fn qr_rows(text: &str) -> Option<Vec<Vec<bool>>> {
    if !is_printable(text) {
        return None;
    }
    let code = QrCode::with_error_correction_level(text, LEVEL).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let rows = colors.chunks(width);
    Some(
        rows.map(|row| {
            row.iter()
                .map(|module| module.select(true, false))
                .collect()
        })
        .collect(),
    )
}
