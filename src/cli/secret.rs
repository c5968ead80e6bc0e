//! What a person types at a terminal, a secret without echo; the terminal is put back whatever happens.

use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, ErrorKind, IsTerminal as _, Read as _, Write as _};
use zeroize::Zeroizing;

/// Whoever was asked ended it.
#[derive(Debug, thiserror::Error)]
#[error("stopped; nothing was written")]
pub(super) struct Stopped;

/// The longest line that is read, in bytes.
const MAX_LINE: usize = 1024;
/// What Ctrl-C sends while it makes no signal.
const INTERRUPT: u8 = 3;

/// Asks a person at a terminal for a line, without echo; from a pipe it is read without a word.
///
/// # Errors
/// The terminal failed, or Ctrl-C was pressed.
pub(super) fn ask(question: &str) -> io::Result<Zeroizing<String>> {
    if !io::stdin().is_terminal() {
        return match line() {
            // Who pipes nothing has typed nothing.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(Zeroizing::default()),
            line => line,
        };
    }
    let _quiet = Asking::quietly()?;
    write!(io::stderr(), "{question}").unwrap_or_default();
    let line = line();
    writeln!(io::stderr()).unwrap_or_default();
    line
}

/// A line without its end, byte by byte, so that nothing of the next one is taken.
///
/// # Errors
/// [`ErrorKind::UnexpectedEof`] where the input ends before it, [`ErrorKind::Interrupted`] for Ctrl-C; else as the system
/// says.
pub(super) fn line() -> io::Result<Zeroizing<String>> {
    let mut stdin = io::stdin().lock();
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_LINE));
    let mut byte = Zeroizing::new([0]);
    loop {
        match stdin.read(byte.as_mut_slice()) {
            Ok(0) if line.is_empty() => {
                return Err(io::Error::new(ErrorKind::UnexpectedEof, Stopped));
            }
            Ok(0) => break,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        match byte.first().copied().unwrap_or_default() {
            b'\n' | b'\r' => break,
            INTERRUPT => {
                return Err(io::Error::new(ErrorKind::Interrupted, Stopped));
            }
            byte if line.len() < MAX_LINE => line.push(byte),
            _ => {}
        }
    }
    // What is no UTF-8 is no answer; one sign of it is enough to say so.
    Ok(Zeroizing::new(String::from_utf8_lossy(&line).into_owned()))
}

/// The terminal as a question needs it, until this is dropped. Ctrl-C is read as a byte meanwhile: a signal would leave the
/// terminal as it is then.
pub(super) struct Asking(Termios);

impl Asking {
    /// What is typed is not shown.
    pub(super) fn quietly() -> io::Result<Self> {
        Self::with(|modes| modes.local_modes -= LocalModes::ECHO)
    }

    /// What is typed is shown, and a backspace takes a whole character of Chinese away.
    pub(super) fn openly() -> io::Result<Self> {
        Self::with(|modes| modes.input_modes |= InputModes::IUTF8)
    }

    fn with(change: impl FnOnce(&mut Termios)) -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut modes = before.clone();
        modes.local_modes -= LocalModes::ISIG;
        modes.special_codes[SpecialCodeIndex::VEOL] = INTERRUPT;
        change(&mut modes);
        tcsetattr(io::stdin(), OptionalActions::Flush, &modes)?;
        Ok(Self(before))
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        tcsetattr(io::stdin(), OptionalActions::Now, &self.0).unwrap_or_default();
    }
}
