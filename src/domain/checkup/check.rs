//! What a check-up looks at, and how bad a finding can be.

use crate::domain::names;

names! {
    /// What a check-up looks at, in the order in which it is told. The place, from 1, is its number in a code and
    /// never changes.
    pub enum Check {
        /// The config.
        Config = "config",
        /// Badges and PINs.
        Staff = "staff",
        /// Card readers.
        Card = "card",
        /// Scanners.
        Scanner = "scanner",
        /// The receipt printer.
        Printer = "printer",
        /// The terminal on which the program shows itself.
        Terminal = "terminal",
        /// The wall clock.
        Clock = "clock",
        /// The disk that holds the ledger.
        Disk = "disk",
        /// Users, groups and modes of files.
        Rights = "rights",
        /// The ledger itself.
        Ledger = "ledger",
        /// The exports.
        Export = "export",
        /// Other programs that get in the way.
        Programs = "programs",
    }
}

names! {
    /// How bad something is.
    pub enum Health {
        /// As it must be.
        Well = "well",
        /// Worth knowing; the station works.
        Note = "note",
        /// Not right: someone must do something.
        Wrong = "wrong",
    }
}
