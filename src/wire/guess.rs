//! What bytes of an unknown device look like. Bytes go to every decoder, and what they make of them is judged;
//! nothing is ever asked of the device.

use crate::domain::{CardId, NumberForm, NumberReading, TownshipCode, is_short_number, names};
use crate::wire::aim::after_identifier;
use crate::wire::{Decoder, FrameFault, LineForm, Read, Seen, Talk, code};

/// Longer than the silence that ends a frame of any decoder, in milliseconds.
const SILENCE_MS: i64 = 1_000;

names! {
    /// What a device seems to be.
    pub enum Looks {
        /// A 125 kHz reader of the RDM6300 family.
        Em4100 = "em4100",
        /// Something that sends lines of text.
        Lines = "lines",
        /// A GROW scanner: lines with answers among them.
        Gm65 = "gm65",
        /// A PN532 that somebody talks to.
        Pn532 = "pn532",
        /// A reader of citizens' identity cards, which is refused.
        IdCard = "id-card",
        /// A scanner that frames its data with a length.
        Protocol = "protocol",
        /// Bytes without a meaning: another speed, another device, a bad cable.
        Noise = "noise",
    }
}

/// What bytes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The kind of device.
    pub looks: Looks,
    /// What begins and ends a frame, as manuals write it: `STX/ETX`, `CR LF`; empty for nothing.
    pub frame: &'static str,
    /// The form of the number in a line, where its length says so: as in the config.
    pub number: Option<&'static str>,
}

impl Guess {
    const fn of(looks: Looks, frame: &'static str) -> Self {
        Self {
            looks,
            frame,
            number: None,
        }
    }

    /// The guess in the words of manuals, such as `EM4100, STX/ETX` or `8H10D, CR LF`.
    pub fn terms(&self) -> String {
        let what = match self.looks {
            Looks::Em4100 => "EM4100",
            Looks::Gm65 => "GM65",
            Looks::Pn532 => "PN532",
            Looks::Lines | Looks::IdCard | Looks::Protocol | Looks::Noise => "",
        };
        let parts = [what, self.number.unwrap_or_default(), self.frame];
        let known: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        known.join(", ")
    }
}

/// Says what the bytes of one run look like; `None` for no bytes.
pub fn guess(bytes: &[u8]) -> Option<Guess> {
    if bytes.is_empty() {
        return None;
    }
    let chips = reads(Decoder::em4100(), bytes);
    let town = TownshipCode::parse("A")?;
    let form = LineForm {
        gap_ends: true,
        ..LineForm::plain(town)
    };
    let texts = reads(Decoder::lines_as(form.clone()), bytes);
    let scans = reads(Decoder::gm65(form, Talk::Nothing), bytes);
    let tags = reads(Decoder::pn532(), bytes);
    let has = |reads: &[Read], fault| reads.iter().any(|read| read.seen == Seen::Fault(fault));
    let ok = |reads: &[Read]| reads.iter().any(|read| is_text(&read.seen));
    let all_ok = |reads: &[Read]| ok(reads) && reads.iter().all(|read| is_text(&read.seen));
    let guess = if has(&chips, FrameFault::IdCardReader) {
        Guess::of(Looks::IdCard, "")
    } else if chips.iter().any(|read| matches!(read.seen, Seen::Card(_))) {
        Guess::of(Looks::Em4100, "STX/ETX")
    } else if tags.iter().any(|read| matches!(read.seen, Seen::Card(_))) || answers(bytes) {
        Guess::of(Looks::Pn532, "")
    } else if has(&texts, FrameFault::ProtocolMode) {
        Guess::of(Looks::Protocol, "")
    } else if is_answer(bytes) && (scans.is_empty() || all_ok(&scans)) {
        Guess::of(Looks::Gm65, end(bytes))
    } else if is_em4100(bytes) {
        // A whole frame with a wrong sum is still one of this family.
        Guess::of(Looks::Em4100, "STX/ETX")
    } else if all_ok(&texts) {
        let line = first_line(bytes);
        Guess {
            number: line.as_deref().and_then(number),
            ..Guess::of(Looks::Lines, end(bytes))
        }
    } else {
        Guess::of(Looks::Noise, "")
    };
    Some(guess)
}

/// What a decoder makes of a run with silence after it.
fn reads(mut decoder: Decoder, bytes: &[u8]) -> Vec<Read> {
    decoder.restart(0);
    let mut reads = decoder.push(bytes, 0);
    reads.extend(decoder.tick(SILENCE_MS));
    reads
}

/// Says whether a line was text, ours or not.
const fn is_text(seen: &Seen) -> bool {
    match seen {
        Seen::Card(_) => true,
        Seen::Fault(fault) => {
            fault.is_of_number()
                || matches!(
                    fault,
                    FrameFault::NoCard
                        | FrameFault::Foreign
                        | FrameFault::Short
                        | FrameFault::OtherTown
                        | FrameFault::CodeCheck
                        | FrameFault::OtherForm
                )
        }
        Seen::Removed(_) => false,
    }
}

/// Says whether a PN532 answers somewhere: start code, a length with its sum, and the mark of an answer.
fn answers(bytes: &[u8]) -> bool {
    bytes.windows(6).any(
        |w| matches!(w, [0x00, 0xFF, len, sum, 0xD5, _] if len.wrapping_add(*sum) == 0 && *len > 1),
    )
}

/// Says whether a GROW scanner answers a command somewhere: type, status and a short length.
fn is_answer(bytes: &[u8]) -> bool {
    bytes
        .windows(4)
        .any(|w| matches!(w, [0x02 | 0x03, 0x00, 0x00, 1..=8]))
}

/// Says whether twelve hex digits stand between STX and ETX.
fn is_em4100(bytes: &[u8]) -> bool {
    bytes
        .windows(14)
        .any(|w| matches!(w, [0x02, digits @ .., 0x03] if digits.iter().all(u8::is_ascii_hexdigit)))
}

/// What ends a line.
fn end(bytes: &[u8]) -> &'static str {
    let has = |mark: &[u8]| bytes.windows(mark.len()).any(|w| w == mark);
    if has(&[0x02]) && has(&[0x03]) {
        "STX/ETX"
    } else if has(b"\r\n") {
        "CR LF"
    } else if has(b"\r") {
        "CR"
    } else if has(b"\n") {
        "LF"
    } else if has(b"\t") {
        "TAB"
    } else {
        ""
    }
}

/// The first line that is not empty, without what frames it; `None` beyond ASCII.
fn first_line(bytes: &[u8]) -> Option<String> {
    let mut lines = bytes.split(|b| matches!(b, b'\r' | b'\n' | b'\t' | 0x02 | 0x03));
    let line = lines.find(|line| !line.is_empty())?;
    let text = std::str::from_utf8(line).ok()?.trim_matches(' ');
    text.is_ascii().then(|| text.to_owned())
}

/// What a line of a card reader says, without what frames it, as it was sent; `None` where that can be no number.
pub fn sent_text(bytes: &[u8], prefix: &str, suffix: &str) -> Option<String> {
    // What a scanner answers to a command is no text, though its last bytes look so.
    let answer = bytes
        .windows(7)
        .position(|w| matches!(w, [0x02 | 0x03, 0x00, 0x00, 0x01, _, _, _]));
    let bytes = match answer {
        Some(at) => bytes.get(at.saturating_add(7)..)?,
        None => bytes,
    };
    let line = first_line(bytes)?;
    let line = line.strip_prefix(prefix)?.strip_suffix(suffix)?;
    let text = after_identifier(line);
    let text = text.as_deref().unwrap_or(line);
    let fits = (CardId::MIN..=CardId::MAX).contains(&text.len());
    let plain = text.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    (fits && plain && !code::is_code(text)).then(|| text.to_owned())
}

/// The form of a number, from its length and its digits alone.
fn number(line: &str) -> Option<&'static str> {
    if code::is_code(line) {
        return None;
    }
    if is_short_number(line) {
        return Some(NumberForm::Site.name());
    }
    let decimal = line.bytes().all(|b| b.is_ascii_digit());
    if decimal && line.len() == 8 {
        return Some(NumberForm::Dec8.name());
    }
    let fits = |form| {
        let reading = NumberReading {
            form,
            reversed: false,
            zeros: true,
        };
        reading.read(line).is_ok()
    };
    let order = [
        NumberForm::Dec13,
        NumberForm::Dec12,
        NumberForm::Dec10,
        NumberForm::Halves,
        NumberForm::Hex10,
        NumberForm::Uid,
    ];
    let found = order.into_iter().find(|form| fits(*form));
    let found = found.filter(|_| line.len() <= CardId::MAX);
    found.map(NumberForm::name)
}

/// Bytes as text that no terminal obeys: controls by their names, such as `<STX>`; what is beyond ASCII as `\xE5`.
pub fn shown(bytes: &[u8]) -> String {
    const NAMES: [&str; 32] = [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF",
        "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM",
        "SUB", "ESC", "FS", "GS", "RS", "US",
    ];
    let one = |byte: &u8| match (NAMES.get(usize::from(*byte)), byte) {
        (Some(name), _) => format!("<{name}>"),
        (None, 0x7F) => "<DEL>".to_owned(),
        (None, b'\\') => "\\\\".to_owned(),
        (None, b' '..=b'~') => char::from(*byte).to_string(),
        (None, _) => format!("\\x{byte:02X}"),
    };
    bytes.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_known_by_what_they_send() {
        for (bytes, looks, terms) in [
            (
                &b"\x0267003B51C6CB\x03"[..],
                Looks::Em4100,
                "EM4100, STX/ETX",
            ),
            (b"\x0267003B51C6CC\x03", Looks::Em4100, "EM4100, STX/ETX"),
            (
                b"\x0267003B51C6CB\r\n\x03",
                Looks::Em4100,
                "EM4100, STX/ETX",
            ),
            (b"0045131261\r\n", Looks::Lines, "8H10D, CR LF"),
            (b"\x020045131261\x03", Looks::Lines, "8H10D, STX/ETX"),
            (b"0004340098557\r", Looks::Lines, "13D, CR"),
            (b"004340098557\n", Looks::Lines, "12D, LF"),
            (b"0102B0A5FD\t", Looks::Lines, "10H, TAB"),
            (b"00688,42493\r", Looks::Lines, "4H+4H, CR"),
            (b"176,42493\r", Looks::Lines, "2H+4H, CR"),
            (b"11576829\r", Looks::Lines, "6H8D, CR"),
            (b"9EB36E66\r", Looks::Lines, "UID, CR"),
            (b"0045131261", Looks::Lines, "8H10D"),
            (b"WB1:YUNDAO:00000000:EWVF\r", Looks::Lines, "CR"),
            (b"https://example.org\r\n", Looks::Lines, "CR LF"),
            (
                b"\x02\x00\x00\x01\x00\x33\x310005591234\r",
                Looks::Gm65,
                "GM65, CR",
            ),
            (b"\x03\x00\x00\x01\x00\x33\x31", Looks::Gm65, "GM65"),
            (
                b"\x00\x00\xFF\x0C\xF4\xD5\x4B\x01\x01\x00\x04\x08\x04\x9E\xB3\x6E\x66\xA9\x00",
                Looks::Pn532,
                "PN532",
            ),
            (b"\x03\x0a0005591234", Looks::Protocol, ""),
            (b"\xAA\xAA\xAA\x96\x69\x00\x08", Looks::IdCard, ""),
            (b"\xf7\x00\xfe\x80\xc1\x9c", Looks::Noise, ""),
            (b"\xff", Looks::Noise, ""),
        ] {
            let found = guess(bytes).unwrap();
            assert_eq!(
                (found.looks, &*found.terms()),
                (looks, terms),
                "{bytes:02X?}"
            );
        }
        assert_eq!(guess(b""), None);
    }

    #[test]
    fn what_is_shown_no_terminal_obeys() {
        let text = shown(b"\x02A\x1b[2J\x7f\\\xe2\x80\xae \r\n");
        assert_eq!(text, "<STX>A<ESC>[2J<DEL>\\\\\\xE2\\x80\\xAE <CR><LF>");
        let all: Vec<u8> = (0..=255).collect();
        assert!(shown(&all).bytes().all(|b| (b' '..=b'~').contains(&b)));
    }
}
