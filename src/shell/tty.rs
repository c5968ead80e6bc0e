//! The line of the terminal: its bytes as they come, each with the moment at which it was seen.

use crate::shell::clock::Clock;
use crate::wire::{SILENCE_MS, Tty, TtyInput};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use std::fs::File;
use std::io::{self, IsTerminal as _, stdin};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};

/// How much is read at a time, in bytes; more waits in the terminal's own queue.
const PIECE: usize = 1_024;

/// The silence after which an unfinished sequence is given up.
const SILENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: SILENCE_MS * 1_000_000,
};

/// The terminal that the program was started in.
///
/// # Errors
/// There is none.
pub(super) fn own() -> io::Result<OwnedFd> {
    if stdin().is_terminal() {
        stdin().as_fd().try_clone_to_owned()
    } else {
        // The own terminal is no file, and opening it never waits.
        File::options()
            .read(true)
            .open("/dev/tty")
            .map(OwnedFd::from)
    }
}

/// Reads until the terminal is gone or `tell` says that nobody listens; says which.
pub(super) fn listen(
    line: &OwnedFd,
    clock: Clock,
    mut tell: impl FnMut(TtyInput, i64) -> bool,
) -> io::Result<()> {
    let mut tty = Tty::new();
    let mut seen_ms = 0;
    let mut piece = [0; PIECE];
    loop {
        // Only a look at the line tells silence: a busy machine reads late what came in time.
        let came = if waited(line.as_fd(), tty.has_begun())? {
            let n = match read(line, &mut piece) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(n) => n,
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(error) => return Err(error.into()),
            };
            seen_ms = clock.now().mono_ms;
            tty.push(piece.get(..n).unwrap_or_default())
        } else {
            tty.silence().into_iter().collect()
        };
        if !came.into_iter().all(|input| tell(input, seen_ms)) {
            return Ok(());
        }
    }
}

/// Waits for bytes; false where none came for so long that nothing that has begun goes on.
fn waited(line: BorrowedFd<'_>, begun: bool) -> io::Result<bool> {
    let patience = begun.then_some(&SILENCE);
    loop {
        match poll(
            &mut [PollFd::from_borrowed_fd(line, PollFlags::IN)],
            patience,
        ) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
