//! What a terminal sends: characters, keys and reports of its mouse, from the bytes of its line.
//!
//! Sources: ECMA-48 5.4 (control sequences) and 5.6 (strings); xterm's ctlseqs (keys, SGR mouse reports); `console_codes(4)`
//! (F1 to F5 of the Linux console).
//!
//! No sequence is waited for without a bound: it ends with its final byte, with a control character, with the next
//! `ESC`, after [`MAX_SEQUENCE`] bytes, or when whoever reads the line says that it has been silent for
//! [`SILENCE_MS`]. What has no meaning here is one [`TtyInput::Unknown`], never nothing: within a scan, bytes
//! that vanish would make another number of it. A bracketed paste has no meaning: its marks are unknown
//! sequences, and what stands between them are characters.

mod keys;
#[cfg(test)]
mod tests;

/// The longest sequence that is waited for, in bytes after its `ESC`. The longest report of a mouse has 18.
pub const MAX_SEQUENCE: usize = 64;

/// After so long without a byte an unfinished sequence is given up, in milliseconds.
pub const SILENCE_MS: i64 = 100;

const BEL: u8 = 0x07;
const ESC: u8 = 0x1B;
const DEL: u8 = 0x7F;

/// Something that a terminal sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TtyInput {
    /// A character; Enter is `\r`, controls are themselves.
    Char(char),
    /// A key that is no character.
    Key(TtyKey),
    /// What the left button of a mouse, or a finger, does.
    Pointer(Pointer),
    /// Bytes without a meaning here, or an end that never came.
    Unknown,
}

/// A key that is no character, without Ctrl, Alt or Super.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as on a keyboard")]
pub enum TtyKey {
    Escape,
    Backspace,
    Insert,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    /// The 5 of a keypad without Num Lock.
    Begin,
    /// F1 to F20.
    Function(u8),
}

/// A report of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What it does.
    pub act: PointerAct,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerAct {
    /// The left button goes down.
    Down,
    /// It moves with the left button down.
    Drag,
    /// The left button goes up.
    Up,
    /// The wheel turns.
    Scroll,
    /// Something else, such as a move without a button.
    Other,
}

/// What has begun and not ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Begun {
    /// Nothing.
    #[default]
    Nothing,
    /// A character of more than one byte.
    Char,
    /// `ESC`.
    Escape,
    /// `ESC [`.
    Csi,
    /// `ESC O`.
    Ss3,
    /// `ESC [ [`, with which the Linux console begins F1 to F5.
    Console,
    /// `ESC [ M`, a report of the mouse in the form of 1984; so many bytes are to come.
    Report(u8),
    /// A string: OSC, DCS, SOS, PM or APC.
    String,
}

/// Makes sense of a terminal's bytes.
#[derive(Debug, Default)]
pub struct Tty {
    begun: Begun,
    /// The bytes of what has begun, at most [`MAX_SEQUENCE`].
    held: Vec<u8>,
}

impl Tty {
    /// Starts with nothing begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes as they came; gives what is complete with them, in order.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<TtyInput> {
        let mut out = Vec::new();
        for byte in bytes {
            self.byte(*byte, &mut out);
        }
        out
    }

    /// Says whether something has begun, so that [`Self::silence`] is to be told.
    pub fn has_begun(&self) -> bool {
        self.begun != Begun::Nothing
    }

    /// Gives up what has begun: nothing came for [`SILENCE_MS`]. A lone `ESC` was the key.
    pub fn silence(&mut self) -> Option<TtyInput> {
        match self.end() {
            Begun::Nothing => None,
            Begun::Escape => Some(TtyInput::Key(TtyKey::Escape)),
            Begun::Char
            | Begun::Csi
            | Begun::Ss3
            | Begun::Console
            | Begun::Report(_)
            | Begun::String => Some(TtyInput::Unknown),
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        match self.begun {
            Begun::Nothing => self.first(byte, out),
            Begun::Char => self.continued(byte, out),
            Begun::Escape if byte == ESC => out.push(TtyInput::Key(TtyKey::Escape)),
            Begun::String if byte == BEL => self.ended(TtyInput::Unknown, out),
            // Whatever has begun, a control ends it, and is itself.
            _ if byte < 0x20 => {
                self.ended(TtyInput::Unknown, out);
                self.first(byte, out);
            }
            Begun::Escape => self.escaped(byte, out),
            Begun::Csi => self.csi(byte, out),
            Begun::Ss3 => self.ss3(byte, out),
            Begun::Console => self.ended(keys::console(byte), out),
            Begun::Report(1) => self.ended(TtyInput::Unknown, out),
            Begun::Report(left) => self.begun = Begun::Report(left.saturating_sub(1)),
            Begun::String => self.hold(byte, out),
        }
    }

    fn first(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        match byte {
            ESC => self.begun = Begun::Escape,
            DEL => out.push(TtyInput::Key(TtyKey::Backspace)),
            0..=0x7F => out.push(TtyInput::Char(char::from(byte))),
            0x80.. => {
                self.begun = Begun::Char;
                self.continued(byte, out);
            }
        }
    }

    /// A byte of a character of more than one.
    fn continued(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        self.held.push(byte);
        match str::from_utf8(&self.held) {
            Ok(text) => {
                let c = text.chars().next();
                self.ended(c.map_or(TtyInput::Unknown, TtyInput::Char), out);
            }
            // So far it is right.
            Err(fault) if fault.error_len().is_none() => {}
            Err(_) => {
                let began = self.held.len() == 1;
                self.ended(TtyInput::Unknown, out);
                if !began {
                    self.first(byte, out);
                }
            }
        }
    }

    fn escaped(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        match byte {
            b'[' => self.begun = Begun::Csi,
            b'O' => self.begun = Begun::Ss3,
            b']' | b'P' | b'X' | b'^' | b'_' => self.begun = Begun::String,
            // Alt and a character of more than one byte: two signs, and neither is a digit.
            0x80.. => {
                self.ended(TtyInput::Unknown, out);
                self.first(byte, out);
            }
            // Alt and a character, or a sequence of two bytes.
            _ => self.ended(TtyInput::Unknown, out),
        }
    }

    fn csi(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        match (byte, self.held.is_empty()) {
            (b'[', true) => self.begun = Begun::Console,
            (b'M', true) => self.begun = Begun::Report(3),
            (0x40..=0x7E, _) => {
                let meant = keys::csi(&self.held, byte);
                self.ended(meant, out);
            }
            (0x20..=0x3F, _) => self.hold(byte, out),
            _ => self.cut(byte, out),
        }
    }

    fn ss3(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        match byte {
            0x40..=0x7E => {
                // One that says which modifiers are held says it before.
                let plain = self.held.is_empty();
                let meant = keys::lettered(byte).filter(|_| plain);
                self.ended(meant.map_or(TtyInput::Unknown, TtyInput::Key), out);
            }
            b'0'..=b'9' | b';' => self.hold(byte, out),
            _ => self.cut(byte, out),
        }
    }

    /// A byte within a sequence or string.
    fn hold(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        self.held.push(byte);
        if self.held.len() >= MAX_SEQUENCE {
            self.ended(TtyInput::Unknown, out);
        }
    }

    /// A byte that cannot be part of what has begun.
    fn cut(&mut self, byte: u8, out: &mut Vec<TtyInput>) {
        self.ended(TtyInput::Unknown, out);
        self.first(byte, out);
    }

    fn ended(&mut self, meant: TtyInput, out: &mut Vec<TtyInput>) {
        self.end();
        out.push(meant);
    }

    fn end(&mut self) -> Begun {
        self.held.clear();
        std::mem::take(&mut self.begun)
    }
}
