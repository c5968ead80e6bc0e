//! What one line of text means: a resident's code, a card number, or nothing.

use crate::domain::{
    CardId, NumberFault, NumberReading, Shared, TownshipCode, is_hostile, is_short_number,
};
use crate::wire::aim::after_identifier;
use crate::wire::{FrameFault, Written, code};

/// The longest text that can be a card or a code, in characters.
pub const MAX_TEXT_CHARS: usize = 64;

/// Reads one line without its end mark, with numbers as the reader prints them.
///
/// # Errors
/// As [`text_as`].
pub fn text(bytes: &[u8], town: &TownshipCode) -> Result<CardId, FrameFault> {
    text_as(bytes, town, None)
}

/// Reads one line without its end mark.
///
/// A code begins with `WB` and a version, see [`code`]. Anything else must be a card number: in the form that is
/// given, or, where none is, 4 to 32 letters and digits, kept as text with their leading zeros. A symbology identifier in
/// front is passed over when what follows it is a card or a code.
///
/// # Errors
/// [`FrameFault::NotText`] when it is neither UTF-8 nor GB18030 or holds controls, escapes or invisible characters;
/// [`FrameFault::TooLong`] beyond [`MAX_TEXT_CHARS`]; what [`code::parse`] says of a code; [`FrameFault::Short`] for 24-bit
/// numbers in two parts; [`FrameFault::TooShort`] for less than a number; the fault of [`Shared`] for a number that is no one card's; [`FrameFault::Foreign`] beyond ASCII; [`FrameFault::OtherForm`] for another form than the given; else [`FrameFault::NoCard`].
pub fn text_as(
    bytes: &[u8],
    town: &TownshipCode,
    number: Option<NumberReading>,
) -> Result<CardId, FrameFault> {
    let written = Written::of(bytes);
    let line = written.text().ok_or(FrameFault::NotText)?;
    let line = line.trim_matches(' ');
    if line.chars().any(is_hostile) {
        return Err(FrameFault::NotText);
    }
    if line.chars().count() > MAX_TEXT_CHARS {
        return Err(FrameFault::TooLong);
    }
    if !line.is_ascii() {
        return Err(FrameFault::Foreign);
    }
    let whole = meaning(line, town, number);
    match after_identifier(line).map(|rest| meaning(&rest, town, number)) {
        Some(Ok(card)) if whole.is_err() => Ok(card),
        // What is known of a code or number is worth telling even behind an identifier.
        Some(Err(fault @ (FrameFault::CodeCheck | FrameFault::OtherTown))) => Err(fault),
        Some(Err(fault)) if fault.is_of_number() => Err(fault),
        Some(_) | None => whole,
    }
}

/// Says whether digits are what a payment app shows to be scanned, which is nobody's card. Source: the payment codes of the
/// two apps in use, 18 digits from 10 to 15, and 16 to 24 digits from 25 to 30.
fn is_payment(line: &str) -> bool {
    let front = line.get(..2).and_then(|front| front.parse::<u8>().ok());
    line.bytes().all(|b| b.is_ascii_digit())
        && match front {
            Some(10..=15) => line.len() == 18,
            Some(25..=30) => (16..=24).contains(&line.len()),
            _ => false,
        }
}

fn meaning(
    line: &str,
    town: &TownshipCode,
    number: Option<NumberReading>,
) -> Result<CardId, FrameFault> {
    if code::is_code(line) {
        return code::parse(line, town).map_err(FrameFault::from);
    }
    if is_payment(line) {
        return Err(FrameFault::NoCard);
    }
    if line.len() < CardId::MIN {
        return Err(FrameFault::TooShort);
    }
    let Some(number) = number else {
        let short = if is_short_number(line) {
            FrameFault::Short
        } else {
            FrameFault::NoCard
        };
        let card = CardId::parse(line).ok_or(short)?;
        return Shared::owned(Shared::of_text(&card), card);
    };
    let card = number.read(line).map_err(|fault| match fault {
        NumberFault::OtherForm if is_short_number(line) => FrameFault::Short,
        NumberFault::OtherForm => FrameFault::OtherForm,
        NumberFault::Short => FrameFault::Short,
    })?;
    Shared::owned(Shared::of_form(&card, number.form), card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NumberForm;
    use crate::wire::FrameFault::{
        CodeCheck, Foreign, NoCard, NotText, OtherForm, OtherTown, Short, TooLong, TooShort,
    };

    fn town() -> TownshipCode {
        TownshipCode::parse("LUCHENG").unwrap()
    }

    #[track_caller]
    fn check(got: &Result<CardId, FrameFault>, want: Result<&str, FrameFault>, bytes: &[u8]) {
        let want = want.map(|card| CardId::parse(card).unwrap());
        assert_eq!(*got, want, "{bytes:?}");
    }

    #[test]
    fn lines_mean_a_card_or_say_why_not() {
        let long = "7".repeat(65);
        let wide = "文".repeat(64);
        for (bytes, want) in [
            (&b"0005591234"[..], Ok("0005591234")),
            (b"  0005591234 ", Ok("0005591234")),
            (b"62e3086ced", Ok("62E3086CED")),
            (b"123", Err(TooShort)),
            (b"", Err(TooShort)),
            (b"123456789012345678901234567890123", Err(NoCard)),
            (b"176,42493", Err(Short)),
            (b"176 42493", Err(Short)),
            (b"00688,42493", Err(NoCard)),
            (b"https://example.org/a?b=c", Err(NoCard)),
            (b"WB1:LUCHENG:7K3M9Q2X:0000", Err(CodeCheck)),
            (b"WB2:LUCHENG:7K3M9Q2X:0000", Err(CodeCheck)),
            (b"WB1:", Err(CodeCheck)),
            (b"WB1", Err(TooShort)),
            (b"WB17", Ok("WB17")),
            (b"134567890123456789", Err(NoCard)),
            (b"284567890123456789", Err(NoCard)),
            (b"284567890123456", Ok("284567890123456")),
            (b"13456789012345678", Ok("13456789012345678")),
            (b"31456789012345678", Ok("31456789012345678")),
            ("一二三四".as_bytes(), Err(Foreign)),
            ("０００５５９１２３４".as_bytes(), Err(Foreign)),
            (wide.as_bytes(), Err(Foreign)),
            (long.as_bytes(), Err(TooLong)),
            (b"0005\x1b[2J591234", Err(NotText)),
            (b"0005\x07", Err(NotText)),
            (b"0005\x00591234", Err(NotText)),
            ("0005\u{202e}4321".as_bytes(), Err(NotText)),
            ("0005\u{200b}4321".as_bytes(), Err(NotText)),
            ("0005\u{9b}31m".as_bytes(), Err(NotText)),
            // 联通 in GBK: text, but no card; GBK with an escape; bytes of nothing.
            (b"\xc1\xaa\xcd\xa8", Err(Foreign)),
            (b"\xc1\xaa\x1b[2J", Err(NotText)),
            (b"0005591234\xff", Err(NotText)),
            (b"]C00005591234", Ok("0005591234")),
            (b"]Q1WB1:LUCHENG:7K3M9Q2X:R181", Ok("Q7K3M9Q2X")),
            (b"]Q1WB1:LUCHENG:7K3M9Q2X:0000", Err(CodeCheck)),
            (b"]Q1WB1:ELSEWHERE:00000000:EWVF", Err(OtherTown)),
            (b"]Q1https://example.org", Err(NoCard)),
            (b"]?00005591234", Err(NoCard)),
        ] {
            check(&text(bytes, &town()), want, bytes);
        }
    }

    #[test]
    fn a_reader_with_a_form_sends_that_form_or_a_code() {
        let printed = NumberReading {
            form: NumberForm::Dec10,
            reversed: false,
            zeros: true,
        };
        for (bytes, want) in [
            (&b"0045131261"[..], Ok("0045131261")),
            (b"]A00045131261", Ok("0045131261")),
            (b"WB1:LUCHENG:7K3M9Q2X:R181", Ok("Q7K3M9Q2X")),
            (b"0102B0A5FD", Err(OtherForm)),
            (b"11576829", Err(OtherForm)),
            (b"176,42493", Err(Short)),
        ] {
            check(&text_as(bytes, &town(), Some(printed)), want, bytes);
        }
    }
}
