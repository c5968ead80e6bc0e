//! Which devices the program can play itself.

use crate::domain::names;

names! {
    /// A device that can be played, named as behind `sim:` in the config.
    pub enum SimKind {
        /// A 125 kHz reader that only talks.
        Rdm6300 = "rdm6300",
        /// A 13.56 MHz reader that must be asked.
        Pn532 = "pn532",
        /// A scanner of the GROW family.
        Gm65 = "gm65",
        /// A receipt printer.
        Printer = "printer",
    }
}
