//! What a person types and nobody shall see: without echo, and the terminal is put back whatever happens.

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use zeroize::Zeroizing;

/// The longest line that is read, in bytes.
const MAX_LINE: usize = 256;
/// What Ctrl-C sends while it makes no signal.
const INTERRUPT: u8 = 3;

/// Asks a person at a terminal for a line, without echo; from a pipe it is read without a word.
///
/// # Errors
/// The terminal failed, or Ctrl-C was pressed.
pub(super) fn ask(question: &str) -> io::Result<Zeroizing<String>> {
    if !io::stdin().is_terminal() {
        return line();
    }
    let _quiet = Quiet::new()?;
    write!(io::stderr(), "{question}").unwrap_or_default();
    let line = line();
    writeln!(io::stderr()).unwrap_or_default();
    line
}

/// A line without its end, byte by byte, so that nothing of the next one is taken.
fn line() -> io::Result<Zeroizing<String>> {
    let mut stdin = io::stdin().lock();
    let mut line = Zeroizing::new(String::with_capacity(MAX_LINE));
    let mut byte = Zeroizing::new([0]);
    loop {
        match stdin.read(byte.as_mut_slice()) {
            Ok(0) => return Ok(line),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        match byte.first().copied().unwrap_or_default() {
            b'\n' | b'\r' => return Ok(line),
            INTERRUPT => {
                let why = "stopped; nothing was written";
                return Err(io::Error::new(io::ErrorKind::Interrupted, why));
            }
            // What is no ASCII is no PIN; one sign of it is enough to say so.
            byte if line.len() < MAX_LINE => line.push(char::from(byte)),
            _ => {}
        }
    }
}

/// The terminal without echo, until this is dropped. Ctrl-C is read as a byte meanwhile: a signal would leave the
/// terminal silent.
struct Quiet(Termios);

impl Quiet {
    fn new() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes -= LocalModes::ECHO | LocalModes::ISIG;
        quiet.special_codes[SpecialCodeIndex::VEOL] = INTERRUPT;
        tcsetattr(io::stdin(), OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        tcsetattr(io::stdin(), OptionalActions::Now, &self.0).unwrap_or_default();
    }
}
