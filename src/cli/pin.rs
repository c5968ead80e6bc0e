//! `wenming pin`: a PIN's hash for staff.toml.

use crate::cli::{Failure, print};
use crate::domain::Pin;
use crate::store::hash_pin;
use std::io::{self, IsTerminal as _, Write as _};
use zeroize::Zeroizing;

pub(super) fn run() -> Result<(), Failure> {
    let line = read_pin()?;
    let pin = Pin::parse(line.trim());
    let pin = pin.ok_or_else(|| Failure("a PIN has 4 to 8 digits; nothing was written".into()))?;
    print(&format!("pin = \"{}\"", hash_pin(&pin)?));
    Ok(())
}

/// Reads a line with a PIN from standard input; a person at a terminal is asked for it.
pub(super) fn read_pin() -> io::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        writeln!(
            io::stderr(),
            "type a PIN of 4 to 8 digits and press Enter; it is shown here"
        )
        .unwrap_or_default();
    }
    let mut line = Zeroizing::new(String::new());
    io::stdin().read_line(&mut line)?;
    Ok(line)
}
