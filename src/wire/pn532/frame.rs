//! Frames of the PN532, UM0701-02 6.2.1.
//!
//! ```text
//! normal     00 00 FF LEN LCS TFI PD.. DCS 00      LEN + LCS = 0, TFI + PD + DCS = 0, modulo 256
//! extended   00 00 FF FF FF LENM LENL LCS TFI PD.. DCS 00
//! ACK 00 00 FF 00 FF 00    NACK 00 00 FF FF 00 00    error 00 00 FF 01 FF 7F 81 00
//! ```
//!
//! TFI is D4 to the chip and D5 from it. Preamble and postamble may be missing or longer, so a frame begins at `00 FF`.

/// The longest frame of the chip: TFI, command and 263 bytes.
const MAX_LEN: usize = 265;
/// The start code.
const START: [u8; 2] = [0x00, 0xFF];
/// From the host to the chip.
const TO_CHIP: u8 = 0xD4;
/// From the chip to the host.
const FROM_CHIP: u8 = 0xD5;
/// The one byte of an error frame.
const ERROR: u8 = 0x7F;

/// What the chip said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The command was understood.
    Ack,
    /// The command was not understood.
    Nack,
    /// The chip refuses the command.
    Error,
    /// An answer: the code, which is the command's and one, and its data.
    Answer(u8, Vec<u8>),
    /// An answer whose checksum does not agree.
    Broken,
}

/// The bytes of a command with its data, which must have at most 253 bytes.
pub fn command(code: u8, data: &[u8]) -> Vec<u8> {
    let len = u8::try_from(data.len().saturating_add(2)).unwrap_or(u8::MAX);
    let body = [&[TO_CHIP, code], data].concat();
    let sum = body.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    let head = [0x00, 0x00, 0xFF, len, len.wrapping_neg()];
    [&head[..], &body, &[sum.wrapping_neg(), 0x00]].concat()
}

/// Where a piece of the held bytes leads.
enum Step {
    /// It is no beginning.
    Skip,
    /// More must come.
    Wait,
    /// A frame that takes so many bytes; `None` when it is nobody's business.
    Whole(usize, Option<Frame>),
    /// A frame whose sum is wrong; another may begin within it.
    Wrong,
}

/// Finds frames in a stream.
#[derive(Default)]
pub struct Frames {
    held: Vec<u8>,
}

impl Frames {
    /// Starts between two frames.
    pub const fn new() -> Self {
        Self { held: Vec::new() }
    }

    /// Takes one byte and gives what it completes; noise can make it more than one frame.
    pub fn byte(&mut self, byte: u8) -> Vec<Frame> {
        self.held.push(byte);
        self.scan()
    }

    /// Says that nothing more will come: what was begun is no frame, but one may stand within it.
    pub fn gap(&mut self) -> Vec<Frame> {
        let mut frames = Vec::new();
        while !self.held.is_empty() {
            self.held.remove(0);
            frames.extend(self.scan());
        }
        frames
    }

    /// Forgets what was begun.
    pub fn forget(&mut self) {
        self.held.clear();
    }

    fn scan(&mut self) -> Vec<Frame> {
        let mut frames = Vec::new();
        loop {
            let begin = self.held.windows(2).position(|two| two == START);
            // The last byte can be the first half of a start code.
            let begin = begin.unwrap_or_else(|| {
                let half = self.held.last() == START.first();
                self.held.len().saturating_sub(usize::from(half))
            });
            self.held.drain(..begin);
            match step(&self.held) {
                Step::Wait => return frames,
                Step::Skip => drop(self.held.drain(..1)),
                Step::Wrong => {
                    frames.push(Frame::Broken);
                    self.held.drain(..1);
                }
                Step::Whole(len, frame) => {
                    frames.extend(frame);
                    self.held.drain(..len);
                }
            }
        }
    }
}

/// Judges bytes that begin with a start code, or are too few to say.
fn step(held: &[u8]) -> Step {
    let Some((_, rest)) = held.split_first_chunk::<2>() else {
        return Step::Wait;
    };
    let (begin, len, rest) = match rest {
        [] | [_] | [0xFF, 0xFF] | [0xFF, 0xFF, _] | [0xFF, 0xFF, _, _] => return Step::Wait,
        [0x00, 0xFF, ..] => return Step::Whole(4, Some(Frame::Ack)),
        [0xFF, 0x00, ..] => return Step::Whole(4, Some(Frame::Nack)),
        [0xFF, 0xFF, high, low, sum, rest @ ..] => {
            if high.wrapping_add(*low).wrapping_add(*sum) != 0 {
                return Step::Skip;
            }
            let len = usize::from(*high) << 8 | usize::from(*low);
            (7, len, rest)
        }
        [len, sum, rest @ ..] => {
            if len.wrapping_add(*sum) != 0 {
                return Step::Skip;
            }
            (4, usize::from(*len), rest)
        }
    };
    if !(1..=MAX_LEN).contains(&len) {
        return Step::Skip;
    }
    let Some((body, rest)) = rest.split_at_checked(len) else {
        return Step::Wait;
    };
    let Some(sum) = rest.first() else {
        return Step::Wait;
    };
    let total = body.iter().fold(*sum, |sum, byte| sum.wrapping_add(*byte));
    match (total, body) {
        (0, [ERROR]) => Step::Whole(begin + len + 1, Some(Frame::Error)),
        (0, [FROM_CHIP, code, data @ ..]) => {
            Step::Whole(begin + len + 1, Some(Frame::Answer(*code, data.to_vec())))
        }
        // Such as the echo of our own command.
        (0, [TO_CHIP, ..]) => Step::Whole(begin + len + 1, None),
        (_, [FROM_CHIP, ..]) => Step::Wrong,
        (..) => Step::Skip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(bytes: &[u8]) -> Vec<Frame> {
        let mut frames = Frames::new();
        let mut all: Vec<Frame> = bytes.iter().flat_map(|b| frames.byte(*b)).collect();
        all.extend(frames.gap());
        all
    }

    const VERSION: [u8; 13] = [
        0x00, 0x00, 0xFF, 0x06, 0xFA, 0xD5, 0x03, 0x32, 0x01, 0x06, 0x07, 0xE8, 0x00,
    ];

    fn version() -> Frame {
        Frame::Answer(0x03, vec![0x32, 0x01, 0x06, 0x07])
    }

    #[test]
    fn commands_are_those_of_the_manual() {
        let hex = |bytes: Vec<u8>| crate::wire::hex_dump(&bytes);
        assert_eq!(hex(command(0x02, &[])), "00 00 FF 02 FE D4 02 2A 00");
        assert_eq!(
            hex(command(0x4A, &[0x01, 0x00])),
            "00 00 FF 04 FC D4 4A 01 00 E1 00"
        );
        assert_eq!(
            hex(command(0x14, &[0x01, 0x00, 0x00])),
            "00 00 FF 05 FB D4 14 01 00 00 17 00"
        );
    }

    #[test]
    fn captures_are_read_wherever_they_stand() {
        let ack = [0x00, 0x00, 0xFF, 0x00, 0xFF, 0x00];
        let nack = [0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00];
        let error = [0x00, 0x00, 0xFF, 0x01, 0xFF, 0x7F, 0x81, 0x00];
        assert_eq!(feed(&ack), [Frame::Ack]);
        assert_eq!(feed(&nack), [Frame::Nack]);
        assert_eq!(feed(&error), [Frame::Error]);
        assert_eq!(feed(&VERSION), [version()]);
        // ACK and answer in one read, a junk byte in front, no preamble, no postamble.
        assert_eq!(
            feed(&[&ack[..], &VERSION].concat()),
            [Frame::Ack, version()]
        );
        assert_eq!(feed(&[&[0x01], &VERSION[..]].concat()), [version()]);
        assert_eq!(feed(&VERSION[1..12]), [version()]);
        // Our own command on a line that echoes, then the answer.
        let echoed = [command(0x02, &[]), VERSION.to_vec()].concat();
        assert_eq!(feed(&echoed), [version()]);
    }

    #[test]
    fn an_extended_frame_is_read() {
        let body: Vec<u8> = [0xD5, 0x41]
            .into_iter()
            .chain((0..=255).map(|b: u8| b))
            .collect();
        let sum = body.iter().fold(0_u8, |sum, b| sum.wrapping_add(*b));
        let mut bytes = vec![0x00, 0x00, 0xFF, 0xFF, 0xFF, 0x01, 0x02, 0xFD];
        bytes.extend(&body);
        bytes.extend([sum.wrapping_neg(), 0x00]);
        assert_eq!(feed(&bytes), [Frame::Answer(0x41, body[2..].to_vec())]);
        bytes[7] = 0xFC;
        assert_eq!(feed(&bytes), [], "the length's sum is wrong");
    }

    #[test]
    fn a_wrong_sum_is_told_and_the_next_frame_is_read() {
        let mut wrong = VERSION;
        wrong[8] ^= 0x40;
        assert_eq!(feed(&wrong), [Frame::Broken]);
        assert_eq!(feed(&[wrong, VERSION].concat()), [Frame::Broken, version()]);
        // A beginning that promises 254 bytes does not swallow what follows it.
        let promise = [&[0x00, 0xFF, 0xFE, 0x02, 0xD5], &VERSION[..]].concat();
        assert_eq!(feed(&promise), [version()]);
        // Nor does one whose promise is kept by other bytes: a frame within it is found without a pause.
        let mut frames = Frames::new();
        let kept = [&[0x00, 0xFF, 0x20, 0xE0][..], &VERSION, &[0x11; 30]].concat();
        let found: Vec<Frame> = kept.iter().flat_map(|b| frames.byte(*b)).collect();
        assert_eq!(found, [version()]);
    }
}
