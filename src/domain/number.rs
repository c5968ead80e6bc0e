//! The many numbers of one card: what the chip holds, what is printed, what a reader makes of it.
//!
//! A 125 kHz card holds 40 bits. Readers print all of them, the low 32 or the low 24, in hex or in decimal, some with
//! the bytes turned round. Sources: i-keys.de, zgznk.com (09A-EMID-6H10D), seabreezerfid.com, Suprema 24000040584, all
//! with the card `01 02 B0 A5 FD`.
//!
//! What is canonical is the longest hex that a reader gives. Of 32 bits no more can be made: such a number is the one
//! printed on the card, ten digits, and is matched as the alias that the card was registered with. 24 bits are shared by 65,536
//! cards and are never matched.

use crate::domain::{CardId, names};

names! {
    /// A form in which readers send a card's number, named as in the config and in readers' manuals.
    pub enum NumberForm {
        /// All 40 bits as ten hex digits.
        Hex10 = "10H",
        /// All 40 bits as thirteen decimal digits.
        Dec13 = "13D",
        /// All 40 bits as twelve decimal digits, where they fit.
        Dec12 = "12D",
        /// The low 32 bits as ten decimal digits, printed on most cards.
        Dec10 = "8H10D",
        /// The low 32 bits as two halves of five digits: "00688,42493".
        Halves = "4H+4H",
        /// The low 24 bits as eight digits.
        Dec8 = "6H8D",
        /// The low 24 bits as 8 and 16: "176,42493".
        Site = "2H+4H",
        /// The identifier of a 13.56 MHz card as hex: 4, 7 or 10 bytes.
        Uid = "UID",
    }
}

/// The highest number of 40 bits.
const MAX_40: u64 = 0xFF_FFFF_FFFF;

impl NumberForm {
    /// Says whether it holds 24 bits only and therefore stands for no one card.
    pub const fn is_short(self) -> bool {
        matches!(self, Self::Dec8 | Self::Site)
    }
}

/// How one reader writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberReading {
    /// The form.
    pub form: NumberForm,
    /// The bytes come last first.
    pub reversed: bool,
    /// Zeros in front are sent; without them a number has any length up to the form's own.
    pub zeros: bool,
}

/// Why a text is no number of the wanted form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberFault {
    /// Other digits, more or fewer of them, or a value beyond the form's bits.
    OtherForm,
    /// 24 bits of a card: several cards share them.
    Short,
}

impl NumberReading {
    /// Makes the canonical number: ten hex digits of 40 bits, ten decimal digits of 32, the UID in card order.
    ///
    /// # Errors
    /// [`NumberFault`]; a 24-bit form is always [`NumberFault::Short`].
    pub fn read(self, text: &str) -> Result<CardId, NumberFault> {
        let card = match self.form {
            NumberForm::Hex10 => self.digits(text, 10, 16).map(|n| self.whole(n)),
            NumberForm::Dec13 => self.digits(text, 13, 10).map(|n| self.whole(n)),
            NumberForm::Dec12 => self.digits(text, 12, 10).map(|n| self.whole(n)),
            NumberForm::Dec10 => self.digits(text, 10, 10).map(|n| self.low(n)),
            NumberForm::Halves => self.halves(text).map(|n| self.low(n)),
            NumberForm::Uid => Some(self.uid(text)),
            NumberForm::Dec8 | NumberForm::Site => return Err(NumberFault::Short),
        };
        card.flatten().ok_or(NumberFault::OtherForm)
    }

    fn digits(self, text: &str, len: usize, radix: u32) -> Option<u64> {
        let shorter = !self.zeros && (1..=len).contains(&text.len());
        let fits = text.len() == len || shorter;
        let digits = text.chars().all(|c| c.is_digit(radix));
        (fits && digits).then(|| u64::from_str_radix(text, radix).ok())?
    }

    fn halves(self, text: &str) -> Option<u64> {
        let (high, low) = text.split_once([',', ' '])?;
        let half = |half| self.digits(half, 5, 10).filter(|n| *n <= 0xFFFF);
        Some(half(high)? << 16 | half(low)?)
    }

    fn whole(self, number: u64) -> Option<CardId> {
        let number = (number <= MAX_40).then_some(number)?;
        let turned = if self.reversed {
            number.swap_bytes() >> 24
        } else {
            number
        };
        CardId::parse(&format!("{turned:010X}"))
    }

    fn low(self, number: u64) -> Option<CardId> {
        let number = u32::try_from(number).ok()?;
        let turned = if self.reversed {
            number.swap_bytes()
        } else {
            number
        };
        CardId::parse(&format!("{turned:010}"))
    }

    fn uid(self, text: &str) -> Option<CardId> {
        let digits: String = text.split([' ', ':', '-']).collect();
        let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let fits = matches!(digits.len(), 8 | 14 | 20);
        let turned = if self.reversed { turn(&digits) } else { digits };
        (hex && fits).then(|| CardId::parse(&turned))?
    }
}

/// Pairs of digits, last first.
fn turn(hex: &str) -> String {
    let pairs = hex.as_bytes().chunks(2).rev();
    pairs.flatten().copied().map(char::from).collect()
}

/// Says whether a text is a 24-bit number in two parts, "176,42493" or "176 42493", as readers and cards print it.
pub fn is_short_number(text: &str) -> bool {
    let part = |part: &str, len, most| {
        part.len() == len
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse::<u32>().is_ok_and(|n| n <= most)
    };
    text.split_once([',', ' '])
        .is_some_and(|(site, card)| part(site, 3, 0xFF) && part(card, 5, 0xFFFF))
}

/// A form's name and the number in it.
pub type Form = (&'static str, String);

/// Every number under which a 125 kHz card of ten hex digits is known; nothing for any other card.
pub fn forms_of_chip(card: &CardId) -> Vec<Form> {
    let ten = card.as_str().len() == 10;
    let Some(number) = ten
        .then(|| u64::from_str_radix(card.as_str(), 16).ok())
        .flatten()
    else {
        return Vec::new();
    };
    let turned = number.swap_bytes() >> 24;
    let mut forms = vec![
        ("10H", format!("{number:010X}")),
        ("10H-reversed", format!("{turned:010X}")),
        ("13D", format!("{number:013}")),
    ];
    if number < 1_000_000_000_000 {
        forms.push(("12D", format!("{number:012}")));
    }
    let low = u32::try_from(number & 0xFFFF_FFFF).unwrap_or_default();
    forms.extend(low_forms(low));
    forms
}

/// Every number under which a card is known of which the low 32 bits were read, as ten decimal digits.
pub fn forms_of_printed(card: &CardId) -> Vec<Form> {
    let ten = card.as_str().len() == 10;
    let low = ten.then(|| card.as_str().parse().ok()).flatten();
    low.map_or_else(Vec::new, low_forms)
}

fn low_forms(low: u32) -> Vec<Form> {
    let turned = low.swap_bytes();
    let [high, low_half] = [low >> 16, low & 0xFFFF];
    let short = low & 0xFF_FFFF;
    vec![
        ("8H10D", format!("{low:010}")),
        ("8H10D-reversed", format!("{turned:010}")),
        ("8H10D-no-zeros", low.to_string()),
        ("4H+4H", format!("{high:05},{low_half:05}")),
        ("6H8D", format!("{short:08}")),
        ("2H+4H", format!("{:03},{low_half:05}", short >> 16)),
    ]
}

/// Every number under which a 13.56 MHz card is known; nothing when the card is no hex of 4, 7 or 10 bytes.
pub fn forms_of_uid(card: &CardId) -> Vec<Form> {
    let uid = card.as_str();
    let hex = uid.bytes().all(|b| b.is_ascii_hexdigit());
    if !hex || !matches!(uid.len(), 8 | 14 | 20) {
        return Vec::new();
    }
    let mut forms = vec![("UID", uid.to_owned()), ("UID-reversed", turn(uid))];
    if let Some(low) = (uid.len() == 8)
        .then(|| u32::from_str_radix(uid, 16).ok())
        .flatten()
    {
        forms.extend(low_forms(low).into_iter().take(3));
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberFault::{OtherForm, Short};
    use NumberForm::{Dec8, Dec10, Dec12, Dec13, Halves, Hex10, Site, Uid};

    fn read(
        form: NumberForm,
        reversed: bool,
        zeros: bool,
        text: &str,
    ) -> Result<String, NumberFault> {
        let reading = NumberReading {
            form,
            reversed,
            zeros,
        };
        reading.read(text).map(|card| card.as_str().to_owned())
    }

    #[test]
    fn one_card_is_known_by_the_numbers_that_the_makers_print() {
        let card = CardId::parse("0102B0A5FD").unwrap();
        for (name, want) in [
            ("10H", "0102B0A5FD"),
            ("10H-reversed", "FDA5B00201"),
            ("13D", "0004340098557"),
            ("12D", "004340098557"),
            ("8H10D", "0045131261"),
            ("8H10D-reversed", "4255494146"),
            ("8H10D-no-zeros", "45131261"),
            ("4H+4H", "00688,42493"),
            ("6H8D", "11576829"),
            ("2H+4H", "176,42493"),
        ] {
            let forms = forms_of_chip(&card);
            let form = forms.iter().find(|(form, _)| *form == name).unwrap();
            assert_eq!(form.1, want, "{name}");
        }
        let printed = CardId::parse("0045131261").unwrap();
        assert_eq!(forms_of_printed(&printed), forms_of_chip(&card)[4..]);
        // stackoverflow.com/q/11848921: 3C00CE754C has 0013530444 printed on it.
        let capture = forms_of_chip(&CardId::parse("3C00CE754C").unwrap());
        assert!(capture.contains(&("8H10D", "0013530444".to_owned())));
        let widest = forms_of_chip(&CardId::parse("FFFFFFFFFF").unwrap());
        assert!(widest.contains(&("13D", "1099511627775".to_owned())));
        assert!(widest.iter().all(|(name, _)| *name != "12D"));
    }

    #[test]
    fn a_number_is_read_in_its_own_form_only() {
        let ok = |text: &str| Ok(text.to_owned());
        for (form, reversed, zeros, text, want) in [
            (Hex10, false, true, "0102b0a5fd", ok("0102B0A5FD")),
            (Hex10, true, true, "FDA5B00201", ok("0102B0A5FD")),
            (Hex10, false, false, "102B0A5FD", ok("0102B0A5FD")),
            (Hex10, false, true, "102B0A5FD", Err(OtherForm)),
            (Hex10, false, true, "0102B0A5FG", Err(OtherForm)),
            (Hex10, false, false, "+102B0A5F", Err(OtherForm)),
            (Dec13, false, true, "0004340098557", ok("0102B0A5FD")),
            (Dec13, false, false, "4340098557", ok("0102B0A5FD")),
            (Dec13, false, true, "1099511627776", Err(OtherForm)),
            (Dec12, false, true, "004340098557", ok("0102B0A5FD")),
            (Dec10, false, true, "0045131261", ok("0045131261")),
            (Dec10, true, true, "4255494146", ok("0045131261")),
            (Dec10, false, false, "45131261", ok("0045131261")),
            // A reader that is set to 24 bits must not pass for one of 32.
            (Dec10, false, true, "11576829", Err(OtherForm)),
            (Dec10, false, true, "4294967296", Err(OtherForm)),
            (Dec10, false, false, "", Err(OtherForm)),
            (Halves, false, true, "00688,42493", ok("0045131261")),
            (Halves, false, true, "00688 42493", ok("0045131261")),
            (Halves, false, false, "688,42493", ok("0045131261")),
            (Halves, false, true, "688,42493", Err(OtherForm)),
            (Halves, false, true, "65536,00000", Err(OtherForm)),
            (Dec8, false, true, "11576829", Err(Short)),
            (Site, false, true, "176,42493", Err(Short)),
            (Uid, false, true, "04a1b2c3d4e5f6", ok("04A1B2C3D4E5F6")),
            (Uid, false, true, "9E:B3:6E:66", ok("9EB36E66")),
            (Uid, true, true, "666EB39E", ok("9EB36E66")),
            (Uid, false, true, "0045131261", Err(OtherForm)),
            (Uid, false, true, "文文文文", Err(OtherForm)),
        ] {
            assert_eq!(read(form, reversed, zeros, text), want, "{form:?} {text}");
        }
    }

    #[test]
    fn short_numbers_in_two_parts_are_known_by_sight() {
        for (text, want) in [
            ("176,42493", true),
            ("176 42493", true),
            ("255,65535", true),
            ("256,42493", false),
            ("176,65536", false),
            ("00688,42493", false),
            ("17642493", false),
        ] {
            assert_eq!(is_short_number(text), want, "{text}");
        }
    }

    #[test]
    fn a_uid_has_its_own_forms() {
        let uid = CardId::parse("9EB36E66").unwrap();
        let forms = forms_of_uid(&uid);
        assert_eq!(forms[1], ("UID-reversed", "666EB39E".to_owned()));
        assert_eq!(forms[2], ("8H10D", "2662559334".to_owned()));
        assert_eq!(forms_of_uid(&CardId::parse("0102B0A5FD").unwrap()), []);
        assert_eq!(forms_of_chip(&uid), []);
    }
}
