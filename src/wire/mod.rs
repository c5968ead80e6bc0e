//! Bytes ↔ meaning: what readers, scanners and the terminal send, what the town's codes say, what a receipt printer is told.
//!
//! Nothing here opens a port or asks the time. A hand feeds bytes or keys and gets cards or faults back.

pub mod aim;
mod apdu;
pub mod code;
mod decoder;
mod em4100;
mod encoding;
mod fault;
mod gm65;
mod guess;
mod idcard;
mod keycodes;
mod lines;
pub mod paper;
pub mod pn532;
mod presence;
mod read;
mod text;
mod tty;
mod uid;
mod wedge;

pub use apdu::{GET_UID, PcscEvent};
pub use code::make_code;
pub use decoder::Decoder;
pub use em4100::Em4100;
pub use encoding::Written;
pub use fault::FrameFault;
pub use gm65::{Gm65, HEARTBEAT, TRIGGER, Talk};
pub use guess::{Guess, Looks, guess, sent_text, shown};
pub use keycodes::{InputEvent, Keyboard};
pub use lines::{LineForm, Lines, MAX_LINE};
pub use presence::Presence;
pub use read::{MAX_RAW, Raw, Read, Seen, hex_dump};
pub use text::{MAX_TEXT_CHARS, text, text_as};
pub use tty::{MAX_SEQUENCE, Pointer, PointerAct, SILENCE_MS, Tty, TtyInput, TtyKey};
pub use wedge::{MAX_BURST_CHARS, Typed, Wedge};

/// Begins a frame on lines that frame with STX and ETX (ASCII 1963).
const STX: u8 = 0x02;
/// Ends a frame that STX began.
const ETX: u8 = 0x03;
