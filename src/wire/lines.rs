//! Text lines of scanners and of readers that send a number.
//!
//! Framing: `text CR`, `text LF`, `text CR LF`, `text TAB` or `STX text [CR LF] ETX`; GROW GM65 manual, chapter 6
//! (prefix, suffix, tail are settings there, so all of them are taken). Every end mark ends a line and an empty
//! line means nothing: that makes CR LF, and CR LF ETX, one event. A scanner without end mark is read only where
//! the config says that silence ends a line: a guess would book half a code.

use crate::domain::{CardId, NumberReading, TownshipCode};
use crate::wire::{ETX, FrameFault, STX, text_as};

/// The longest line that is held, in bytes. A QR code carries at most 4296 characters (ISO/IEC 18004).
pub const MAX_LINE: usize = 4096;

/// How one scanner's lines look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineForm {
    /// The town whose codes are read.
    pub town: TownshipCode,
    /// The form of card numbers; `None` takes them as they are.
    pub number: Option<NumberReading>,
    /// What stands before every line.
    pub prefix: String,
    /// What stands after every line, before its end mark.
    pub suffix: String,
    /// Silence ends a line, too.
    pub gap_ends: bool,
}

impl LineForm {
    /// Lines as most devices send them: nothing around the text, an end mark, numbers as they are printed.
    pub const fn plain(town: TownshipCode) -> Self {
        Self {
            town,
            number: None,
            prefix: String::new(),
            suffix: String::new(),
            gap_ends: false,
        }
    }

    /// What a whole line means.
    fn read(&self, line: &[u8]) -> Result<CardId, FrameFault> {
        let inner = line
            .strip_prefix(self.prefix.as_bytes())
            .and_then(|rest| rest.strip_suffix(self.suffix.as_bytes()))
            .ok_or(FrameFault::NoFrame)?;
        text_as(inner, &self.town, self.number)
    }
}

/// A decoder of text lines.
pub struct Lines {
    form: LineForm,
    held: Vec<u8>,
    /// The line was longer than [`MAX_LINE`], was reported, and its rest is thrown away.
    dropping: bool,
}

impl Lines {
    /// Starts with nothing held.
    pub const fn new(form: LineForm) -> Self {
        Self {
            form,
            held: Vec::new(),
            dropping: false,
        }
    }

    /// How the lines look.
    pub const fn form(&self) -> &LineForm {
        &self.form
    }

    /// Takes one byte; gives a card or a fault when it ends a line or overfills it.
    pub fn byte(&mut self, byte: u8) -> Option<Result<CardId, FrameFault>> {
        match byte {
            // What stood before a start mark was noise: a line that was finished is no longer held.
            STX => {
                self.forget();
                None
            }
            b'\r' | b'\n' | b'\t' | ETX => self.end(),
            _ if self.dropping => None,
            _ if self.held.len() >= MAX_LINE => {
                self.forget();
                self.dropping = true;
                Some(Err(FrameFault::TooLong))
            }
            _ => {
                self.held.push(byte);
                None
            }
        }
    }

    /// The line fell silent. Where that ends a line it does; else a half line is forgotten. It is a fault when it
    /// could have been a card: at least as many letters and digits as the shortest number. Less is noise and
    /// nobody's business.
    pub fn gap(&mut self) -> Option<Result<CardId, FrameFault>> {
        if self.form.gap_ends {
            return self.end();
        }
        let signs = self.held.iter().filter(|b| b.is_ascii_alphanumeric());
        let fault = (signs.count() >= CardId::MIN).then_some(FrameFault::NoEnd);
        self.forget();
        fault.map(Err)
    }

    /// Forgets a half line.
    pub fn forget(&mut self) {
        self.held.clear();
        self.dropping = false;
    }

    fn end(&mut self) -> Option<Result<CardId, FrameFault>> {
        let blank = self.held.iter().all(|b| *b == b' ');
        let read = (!blank).then(|| self.form.read(&self.held));
        self.forget();
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::FrameFault::{
        Foreign, NoEnd, NoFrame, NotText, OtherTown, Short, TooLong, TooShort,
    };

    fn form() -> LineForm {
        LineForm::plain(TownshipCode::parse("LUCHENG").unwrap())
    }

    fn decoder() -> Lines {
        Lines::new(form())
    }

    fn feed(lines: &mut Lines, bytes: &[u8]) -> Vec<Result<String, FrameFault>> {
        let reads = bytes.iter().filter_map(|b| lines.byte(*b));
        reads.map(|r| r.map(|c| c.as_str().to_owned())).collect()
    }

    #[test]
    fn every_end_mark_ends_one_line_once() {
        let card = || Ok("0004340098557".to_owned());
        for (bytes, want) in [
            (&b"0004340098557\r"[..], vec![card()]),
            (b"0004340098557\n", vec![card()]),
            (b"0004340098557\r\n", vec![card()]),
            (b"0004340098557\t", vec![card()]),
            (b"\x020004340098557\x03", vec![card()]),
            (b"\x020004340098557\r\n\x03", vec![card()]),
            (b"0004340098557\r\n0004340098557\r\n", vec![card(), card()]),
            (b"\xff\x00\x020004340098557\x03", vec![card()]),
            (b"0004340098557", vec![]),
            (b"\r\n\r\n\t\x03  \r", vec![]),
            (b"0004\x1b[2J\r", vec![Err(NotText)]),
            (b"\xd5\xc5\xc8\xfd\r", vec![Err(Foreign)]),
            (b"\xd5\xc5\xc8\r", vec![Err(NotText)]),
            (b"176,42493\r", vec![Err(Short)]),
            (b"WB1:ELSEWHERE:00000000:EWVF\r", vec![Err(OtherTown)]),
        ] {
            assert_eq!(feed(&mut decoder(), bytes), want, "{bytes:?}");
        }
    }

    #[test]
    fn a_line_without_end_is_reported_once_and_never_held() {
        let mut lines = decoder();
        assert_eq!(feed(&mut lines, &[b'7'; 10_000]), [Err(TooLong)]);
        assert!(lines.held.capacity() <= MAX_LINE);
        assert_eq!(feed(&mut lines, b"77\r4444\r"), [Ok("4444".to_owned())]);
        assert_eq!(feed(&mut lines, &[b'7'; MAX_LINE]), []);
        assert_eq!(feed(&mut lines, b"\r"), [Err(TooLong)]);
    }

    #[test]
    fn silence_forgets_a_half_line() {
        for (half, fault) in [
            (&b""[..], None),
            (b"\xff\x00\xf7", None),
            (b"123", None),
            (b"0005", Some(Err(NoEnd))),
            (&[b'7'; 5_000], None),
        ] {
            let mut lines = decoder();
            feed(&mut lines, half);
            assert_eq!(lines.gap(), fault, "{half:?}");
            assert_eq!(lines.gap(), None, "{half:?}");
            assert_eq!(feed(&mut lines, b"4444\r"), [Ok("4444".to_owned())]);
        }
    }

    #[test]
    fn silence_ends_a_line_where_the_config_says_so() {
        let mut lines = Lines::new(LineForm {
            gap_ends: true,
            ..form()
        });
        assert_eq!(lines.gap(), None);
        assert_eq!(feed(&mut lines, b"0005591234"), []);
        assert_eq!(lines.gap(), Some(Ok(CardId::parse("0005591234").unwrap())));
        assert_eq!(lines.gap(), None);
        assert_eq!(feed(&mut lines, b"4444\r\n"), [Ok("4444".to_owned())]);
        assert_eq!(lines.gap(), None);
    }

    #[test]
    fn prefix_and_suffix_must_be_there() {
        let framed = LineForm {
            prefix: "<".to_owned(),
            suffix: "/>".to_owned(),
            ..form()
        };
        for (bytes, want) in [
            (&b"<4444/>\r"[..], Ok("4444".to_owned())),
            (b"<]C04444/>\r", Ok("4444".to_owned())),
            (b"4444/>\r", Err(NoFrame)),
            (b"<4444\r", Err(NoFrame)),
            (b"</>\r", Err(TooShort)),
            (b"</\r", Err(NoFrame)),
        ] {
            assert_eq!(feed(&mut Lines::new(framed.clone()), bytes), [want]);
        }
    }
}
