//! A hand on the booted screen: a pointer of the compositor's own protocol, so that no device is needed.
//!
//! A message is `object u32, opcode u16, size u16, arguments`, in the machine's byte order. Sources: wayland.xml and
//! wlr-virtual-pointer-unstable-v1.xml, whose requests are counted from 0.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long the kiosk is deaf after a change of screen (`deaf-ms`, 500) and a little more, in milliseconds.
pub(crate) const DEAF_MS: u64 = 700;
/// How often to look, and how often at most on a busy machine.
const LOOK_MS: u64 = 100;
const LOOKS: u64 = 400;

/// Objects of this connection, numbered in the order in which they are made.
const DISPLAY: u32 = 1;
const REGISTRY: u32 = 2;
const DONE: u32 = 3;
const MANAGER: u32 = 4;
const POINTER: u32 = 5;
const MANAGER_NAME: &str = "zwlr_virtual_pointer_manager_v1";

pub(crate) fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// Looks until there is something to see, but not for ever.
pub(crate) fn until<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    (0..LOOKS).find_map(|_| {
        let found = look();
        if found.is_none() {
            pause(LOOK_MS);
        }
        found
    })
}

/// A text as an argument: its length with the zero at its end, then padded to whole words.
fn text(value: &str) -> Vec<u8> {
    let length = u32::try_from(value.len() + 1).unwrap();
    let mut bytes = [&length.to_ne_bytes()[..], value.as_bytes(), &[0]].concat();
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// A mouse.
pub(crate) struct Pointer {
    stream: UnixStream,
    time: u32,
}

impl Pointer {
    /// Buttons. Source: linux/input-event-codes.h.
    pub(crate) const LEFT: u32 = 0x110;
    pub(crate) const RIGHT: u32 = 0x111;
    pub(crate) const MIDDLE: u32 = 0x112;

    /// Plugs a mouse in and waits until the programs have seen it.
    pub(crate) fn open(socket: &Path) -> Self {
        let stream = UnixStream::connect(socket).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut pointer = Self { stream, time: 0 };
        // wl_display.get_registry, then wl_display.sync: what is there comes before what was done.
        pointer.asks(DISPLAY, 1, &REGISTRY.to_ne_bytes());
        pointer.asks(DISPLAY, 0, &DONE.to_ne_bytes());
        let name = pointer.manager();
        let bind = [
            &name.to_ne_bytes()[..],
            &text(MANAGER_NAME),
            &1_u32.to_ne_bytes(),
            &MANAGER.to_ne_bytes(),
        ];
        pointer.asks(REGISTRY, 0, &bind.concat());
        // create_virtual_pointer, on the only seat.
        pointer.asks(
            MANAGER,
            0,
            &[0_u32.to_ne_bytes(), POINTER.to_ne_bytes()].concat(),
        );
        pause(DEAF_MS);
        pointer
    }

    fn asks(&mut self, object: u32, opcode: u32, arguments: &[u8]) {
        let size = u32::try_from(8 + arguments.len()).unwrap();
        let head = [object.to_ne_bytes(), (size << 16 | opcode).to_ne_bytes()].concat();
        self.stream.write_all(&[&head, arguments].concat()).unwrap();
    }

    /// The next event: who sends it, which, and its arguments.
    fn hears(&mut self) -> (u32, u32, Vec<u8>) {
        let mut head = [0; 8];
        self.stream.read_exact(&mut head).unwrap();
        let (words, _) = head.as_chunks::<4>();
        let [object, what] = [words[0], words[1]].map(u32::from_ne_bytes);
        let mut rest = vec![0; usize::try_from(what >> 16).unwrap() - 8];
        self.stream.read_exact(&mut rest).unwrap();
        (object, what & 0xFFFF, rest)
    }

    /// The number of the manager of pointers, among the globals.
    fn manager(&mut self) -> u32 {
        let mut found = None;
        loop {
            let (object, _, rest) = self.hears();
            if object == DONE {
                return found.unwrap_or_else(|| panic!("the compositor has no {MANAGER_NAME}"));
            }
            let named = [MANAGER_NAME.as_bytes(), &[0]].concat();
            if object == REGISTRY && rest.windows(named.len()).any(|part| part == named) {
                found = Some(u32::from_ne_bytes(rest[..4].try_into().unwrap()));
            }
        }
    }

    /// A request about the pointer, with the time before its arguments, and the end of what belongs together.
    fn does(&mut self, opcode: u32, arguments: &[u32]) {
        self.time += 20;
        let all = [&[self.time], arguments].concat();
        let bytes: Vec<u8> = all.into_iter().flat_map(u32::to_ne_bytes).collect();
        self.asks(POINTER, opcode, &bytes);
        self.asks(POINTER, 4, &[]);
        pause(20);
    }

    /// Moves to a pixel of the screen of 1366x768.
    pub(crate) fn moves_to(&mut self, x: u32, y: u32) {
        self.does(1, &[x, y, 1_366, 768]);
    }

    /// Presses a button as long as a finger touches.
    pub(crate) fn clicks(&mut self, button: u32) {
        self.does(2, &[button, 1]);
        pause(60);
        self.does(2, &[button, 0]);
    }

    /// Turns the wheel by a notch: up is less than 0. A fixed number has 8 bits after its point.
    pub(crate) fn scrolls(&mut self, notches: i32) {
        let value = (notches * 15 * 256).cast_unsigned();
        self.does(7, &[0, value, notches.cast_unsigned()]);
    }
}
