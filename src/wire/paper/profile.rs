//! What a printer can do: how wide its paper is, whether it draws QR codes, how it cuts.

use crate::domain::names;

/// A printer as its bytes have to suit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// ASCII characters of font A in a line; a Chinese character takes two.
    pub columns: usize,
    /// Dots in a line.
    pub dots: usize,
    /// Who draws QR codes.
    pub qr: QrPrint,
    /// What ends a slip, named as in the config.
    pub cut: Cut,
    /// The font has the characters that take four bytes in GB18030. Most do not.
    pub four_byte: bool,
}

names! {
    /// Who draws a QR code, named as in the config.
    pub enum QrPrint {
        /// The printer, by `GS ( k`.
        Native = "native",
        /// We do, as a picture by `GS v 0`.
        Raster = "raster",
    }
}

names! {
    /// What ends a slip, named as in the config.
    pub enum Cut {
        /// The knife goes through.
        Full = "full",
        /// The knife leaves a point standing, so that the slip does not fall.
        Partial = "partial",
        /// There is no knife: the paper is fed past the edge on which a person tears it.
        None = "none",
    }
}

const fn profile(columns: usize, dots: usize, cut: Cut) -> Profile {
    Profile {
        columns,
        dots,
        qr: QrPrint::Native,
        cut,
        four_byte: false,
    }
}

/// The profiles with their names in the config. Sources: 203 dpi heads with 12-dot columns have 384 dots on
/// 58 mm and 576 on 80 mm paper; heads with 512 dots, such as those of Aures, have 42 columns.
pub const PROFILES: [(Profile, &str); 3] = [
    (profile(32, 384, Cut::None), "58mm"),
    (profile(48, 576, Cut::Partial), "80mm"),
    (profile(42, 512, Cut::Partial), "42col"),
];

impl Default for Profile {
    fn default() -> Self {
        profile(32, 384, Cut::None)
    }
}
