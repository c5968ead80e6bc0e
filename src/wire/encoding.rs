//! In what a scanner wrote its text.
//!
//! GM65 scanners send GBK unless told otherwise, others UTF-8. UTF-8 comes first because its bytes nearly always decode
//! as GB18030, too, and mean something else there; GB18030 that is valid UTF-8 by chance is far rarer. A line must be cut
//! at its end mark before it is decoded; no byte of either encoding is one.

use crate::wire::hex_dump;
use encoding_rs::GB18030;

/// A text and what it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// Strict UTF-8, which ASCII is part of.
    Utf8(String),
    /// GB18030, which GBK and GB2312 are part of, without a single replaced character.
    Gb18030(String),
    /// Neither; the bytes as hex.
    Hex(String),
}

impl Written {
    /// Decodes a whole line.
    pub fn of(bytes: &[u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Self::Utf8(text.to_owned());
        }
        GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map_or_else(
                || Self::Hex(hex_dump(bytes)),
                |text| Self::Gb18030(text.into_owned()),
            )
    }

    /// The encoding's name for scripts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Utf8(_) => "utf-8",
            Self::Gb18030(_) => "gb18030",
            Self::Hex(_) => "hex",
        }
    }

    /// What a technician looks at.
    pub fn shown(&self) -> &str {
        match self {
            Self::Utf8(text) | Self::Gb18030(text) | Self::Hex(text) => text,
        }
    }

    /// The text, unless it is none.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Utf8(text) | Self::Gb18030(text) => Some(text),
            Self::Hex(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_written_in_one_way() {
        let utf8 = |text: &str| Written::Utf8(text.to_owned());
        let gb = |text: &str| Written::Gb18030(text.to_owned());
        let hex = |text: &str| Written::Hex(text.to_owned());
        for (bytes, want) in [
            (&b"0005591234"[..], utf8("0005591234")),
            ("张三".as_bytes(), utf8("张三")),
            (b"\xd5\xc5\xc8\xfd", gb("张三")),
            // Too long a form for UTF-8, so GB18030 it is.
            (b"\xc1\xaa\xcd\xa8", gb("联通")),
            // Four bytes: 𠮷.
            (b"\x95\x34\xb2\x35", gb("𠮷")),
            (b"\xd5\xc5\xc8", hex("D5 C5 C8")),
            (b"\xff\xfe", hex("FF FE")),
            (b"", utf8("")),
        ] {
            assert_eq!(Written::of(bytes), want, "{bytes:02x?}");
        }
    }
}
