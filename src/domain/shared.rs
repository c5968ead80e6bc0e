//! Numbers that stand for many cards, or for none: whoever shows such a card could be anybody.

use crate::domain::{CardFault, CardId, NumberForm, names};

names! {
    /// Why a number is nobody's.
    pub enum Shared {
        /// All zeros or all ones: a card that nobody has written, or a reader that read nothing.
        Blank = "blank",
        /// The number with which blank and copied cards are sold.
        Factory = "factory",
        /// The front part of a longer number: cards of one batch share it.
        Cut = "cut",
        /// Made up anew each time the card is read.
        Random = "random",
    }
}

/// The bytes of cards whose number can be written, as they leave the factory or the copier. Sources: the notes on magic cards of
/// proxmark3, and the examples of the libraries for RC522 and PN532, which people leave as they are.
const FACTORY: [[u8; 4]; 3] = [
    [1, 2, 3, 4],
    [0x11, 0x22, 0x33, 0x44],
    [0xDE, 0xAD, 0xBE, 0xEF],
];
/// The cascade tag: more of the number follows. ISO/IEC 14443-3, 6.5.4: no number begins with it.
const CASCADE: u8 = 0x88;
/// With it begins a number of 4 bytes that is made up anew each time. ISO/IEC 14443-3, 6.5.4.
const RANDOM: u8 = 0x08;

impl Shared {
    /// Judges the identifier of a 13.56 MHz card, in card order. `whole`: the reader knows that nothing of it is missing.
    pub fn of_uid(uid: &[u8], whole: bool) -> Option<Self> {
        let by_bytes = of_bytes(uid);
        match uid {
            _ if by_bytes.is_some() => by_bytes,
            [RANDOM, _, _, _] => Some(Self::Random),
            [a, b, c, d] if a == b && b == c && c == d => Some(Self::Factory),
            [CASCADE, ..] if !whole => Some(Self::Cut),
            _ => None,
        }
    }

    /// Judges the number of a 125 kHz card: its five bytes, of which most readers tell the last four.
    pub fn of_chip(number: u64) -> Option<Self> {
        let bytes = number.to_be_bytes();
        let five = bytes.last_chunk::<5>().map(<[u8; 5]>::as_slice);
        let four = bytes.last_chunk::<4>().map(<[u8; 4]>::as_slice);
        five.and_then(of_bytes).or_else(|| four.and_then(of_bytes))
    }

    /// The card, unless its number is nobody's.
    ///
    /// # Errors
    /// What its reader says of such a number.
    pub fn owned<F: From<Self>>(found: Option<Self>, card: CardId) -> Result<CardId, F> {
        found.map_or(Ok(card), |shared| Err(shared.into()))
    }

    /// Judges a number that was read in a form.
    pub fn of_form(card: &CardId, form: NumberForm) -> Option<Self> {
        let text = card.as_str();
        match form {
            NumberForm::Uid => Self::of_uid(&bytes(text)?, false),
            NumberForm::Hex10 | NumberForm::Dec13 | NumberForm::Dec12 => {
                Self::of_chip(u64::from_str_radix(text, 16).ok()?)
            }
            NumberForm::Dec10 | NumberForm::Halves => Self::of_chip(text.parse().ok()?),
            NumberForm::Dec8 | NumberForm::Site => None,
        }
    }

    /// Judges a number whose form nobody has named: only what it can be without any doubt.
    pub fn of_text(card: &CardId) -> Option<Self> {
        let text = card.as_str();
        if text.bytes().all(|b| b == b'0') {
            return Some(Self::Blank);
        }
        let bytes = bytes(text)?;
        let has_letters = text.bytes().any(|b| b.is_ascii_alphabetic());
        match text.len() {
            // Eight digits without letters can be a printed number, which may well begin with 08 or 88.
            8 | 14 | 20 if has_letters => Self::of_uid(&bytes, false),
            8 | 14 | 20 => of_bytes(&bytes),
            10 if has_letters => Self::of_form(card, NumberForm::Hex10),
            10 => of_bytes(&bytes).or_else(|| Self::of_form(card, NumberForm::Dec10)),
            _ => None,
        }
    }
}

impl From<Shared> for CardFault {
    fn from(shared: Shared) -> Self {
        match shared {
            Shared::Blank => Self::Unreadable,
            Shared::Factory | Shared::Cut | Shared::Random => Self::Shared,
        }
    }
}

/// What can be told from the bytes alone.
fn of_bytes(bytes: &[u8]) -> Option<Shared> {
    // A maker's byte before an empty number makes no card of it.
    let rest = bytes.get(1..).filter(|rest| rest.len() > 3);
    let all = |byte: u8| {
        [Some(bytes), rest]
            .into_iter()
            .flatten()
            .any(|all| all.iter().all(|b| *b == byte))
    };
    if all(0) || all(0xFF) {
        return Some(Shared::Blank);
    }
    let known = FACTORY.iter().any(|known| known == bytes);
    known.then_some(Shared::Factory)
}

/// The bytes of pairs of hex digits.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.len()
        .is_multiple_of(2)
        .then(|| text.as_bytes().chunks(2).map(pair).collect())?
}

#[cfg(test)]
mod tests {
    use super::Shared::{Blank, Cut, Factory, Random};
    use super::*;

    #[test]
    fn identifiers_are_judged() {
        for (uid, whole, want) in [
            (&[0, 0, 0, 0][..], true, Some(Blank)),
            (&[0xFF; 4], true, Some(Blank)),
            (&[0; 7], true, Some(Blank)),
            (&[4, 0, 0, 0, 0, 0, 0], true, Some(Blank)),
            (&[0xFF; 10], true, Some(Blank)),
            (&[0x11; 4], true, Some(Factory)),
            (&[1, 2, 3, 4], true, Some(Factory)),
            (&[0xDE, 0xAD, 0xBE, 0xEF], true, Some(Factory)),
            (&[8, 1, 2, 3], true, Some(Random)),
            (&[8, 1, 2, 3, 4, 5, 6], true, None),
            (&[0x88, 4, 0xA1, 0xB2], true, None),
            (&[0x88, 4, 0xA1, 0xB2], false, Some(Cut)),
            (&[0x88, 4, 0xA1, 0xB2, 0xC3, 0xD4, 0xE5], false, Some(Cut)),
            (&[0x9E, 0xB3, 0x6E, 0x66], false, None),
            (&[0, 0, 0, 1], true, None),
            (&[4, 0, 0, 0, 0, 0, 1], true, None),
        ] {
            assert_eq!(Shared::of_uid(uid, whole), want, "{uid:02x?}");
        }
    }

    #[test]
    fn numbers_without_a_form_are_judged_where_there_is_no_doubt() {
        for (text, want) in [
            ("0000", Some(Blank)),
            ("0000000000", Some(Blank)),
            ("0000000000000", Some(Blank)),
            ("00000000000000", Some(Blank)),
            ("4294967295", Some(Blank)),
            ("FFFFFFFF", Some(Blank)),
            ("FFFFFFFFFF", Some(Blank)),
            ("3C00000000", Some(Blank)),
            ("AAAAAAAA", Some(Factory)),
            ("9999999999", None),
            ("DEADBEEF", Some(Factory)),
            ("01020304", Some(Factory)),
            ("08A1B2C3", Some(Random)),
            ("8804A1B2", Some(Cut)),
            ("08123456", None),
            ("88123456", None),
            ("0005591234", None),
            ("4444", None),
            ("0102B0A5FD", None),
            ("Q7K3M9Q2X", None),
            ("04A1B2C3D4E5F6", None),
        ] {
            let card = CardId::parse(text).unwrap();
            assert_eq!(Shared::of_text(&card), want, "{text}");
        }
    }
}
