//! What can be found, how bad it is, and its name.

use crate::domain::Health::{self, Note, Well, Wrong};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// There is no such config folder.
    ConfigAbsent,
    /// The config has faults.
    ConfigFaults,
    /// A PIN of the published example is in use.
    ExamplePins,
    /// A badge of the published example is in use.
    ExampleBadges,
    /// The config names no such device.
    NoneConfigured,
    /// The port is not there.
    PortMissing,
    /// The port is a link that leads nowhere.
    PortDangling,
    /// The port may not be opened by this user.
    PortDenied,
    /// Another program than the kiosk holds the port.
    PortBusy,
    /// What the config names is no serial port.
    PortNotSerial,
    /// The system cannot open the port.
    PortFailed,
    /// The kiosk that runs here holds the port and hears nothing wrong. Well.
    PortInUse,
    /// Nobody looks at a terminal here.
    NoTerminal,
    /// The terminal is a technician's, not the station's.
    RemoteTerminal,
    /// Fewer cells than the screens need.
    TerminalSmall,
    /// Fewer than 256 colours.
    TerminalColours,
    /// Not in UTF-8.
    TerminalNotUtf8,
    /// The bare console, which has no Chinese and no touch.
    TerminalConsole,
    /// A terminal of which nobody has tried the touch.
    TouchUnknown,
    /// A key or a button of the terminal itself still does something.
    TerminalKeys,
    /// Before this program existed.
    ClockEarly,
    /// Beyond the life of any station.
    ClockLate,
    /// Before the newest operation of the ledger.
    ClockBehind,
    /// Not set by a time server.
    ClockUnset,
    /// No clock with a battery.
    ClockBattery,
    /// Less room than the station keeps.
    DiskLow,
    /// Less than twice that room.
    DiskNearlyLow,
    /// Mounted read-only.
    DiskReadOnly,
    /// In memory: a power cut takes it.
    DiskInMemory,
    /// At the end of its life, as it says itself.
    DiskWornOut,
    /// Near it.
    DiskWorn,
    /// An SD card, which wears soon.
    DiskCard,
    /// A disk that can be pulled out.
    DiskRemovable,
    /// The file system has counted errors.
    DiskErrors,
    /// The program runs as root.
    AsRoot,
    /// The data folder belongs to another user.
    DataOther,
    /// Others can write in the data folder, or read what is in it.
    DataOpen,
    /// The data folder cannot be written.
    DataReadOnly,
    /// Others can write the config.
    ConfigOpen,
    /// The user is not in the group of serial ports.
    NoDialout,
    /// The user as whom the station runs has a login shell.
    LoginShell,
    /// There is no ledger yet.
    LedgerNone,
    /// The file is damaged.
    LedgerDamaged,
    /// The audit found faults.
    LedgerFaults,
    /// The key that finds cards is not there.
    LedgerKey,
    /// Made by a newer program.
    LedgerNewer,
    /// It cannot be opened, for another reason.
    LedgerFailed,
    /// Nothing is scheduled.
    ExportNone,
    /// The station has no key to sign with.
    ExportKey,
    /// A time has passed, and there is no bundle at all.
    ExportNever,
    /// The last bundle is older than the last time that was due.
    ExportOld,
    /// brltty takes serial adapters for braille displays.
    Brltty,
    /// `ModemManager` speaks to serial adapters.
    ModemManager,
    /// No device is there: the program plays it.
    Simulated,
    /// The printer's port is not there.
    PrinterMissing,
    /// The printer may not be used by this user.
    PrinterDenied,
    /// Another program than the kiosk holds the printer.
    PrinterBusy,
    /// Nobody answers at the printer's address, or its line cannot be opened.
    PrinterUnreachable,
    /// What the config names is no printer, or cannot be written.
    PrinterFailed,
    /// It takes no more bytes.
    PrinterStuck,
    /// Its paper is out.
    PrinterPaperOut,
    /// Its cover is open.
    PrinterCoverOpen,
    /// It is offline and does not say why.
    PrinterOffline,
    /// Its knife or something else is broken, or too hot.
    PrinterBroken,
    /// Receipts did not come out, and nobody tries any more.
    SlipsFailed,
    /// Receipts came out perhaps, in part.
    SlipsPerhaps,
    /// It could not be looked at, since something else is in the way.
    NotLooked,
    /// No answer in time.
    Silent,
}

impl Cause {
    /// Every cause with its name and how bad it is, in the order of the list above.
    pub const ALL: [(Self, &'static str, Health); 68] = [
        (Self::ConfigAbsent, "config-absent", Wrong),
        (Self::ConfigFaults, "config-faults", Wrong),
        (Self::ExamplePins, "example-pins", Wrong),
        (Self::ExampleBadges, "example-badges", Wrong),
        (Self::NoneConfigured, "none-configured", Note),
        (Self::PortMissing, "port-missing", Wrong),
        (Self::PortDangling, "port-dangling", Wrong),
        (Self::PortDenied, "port-denied", Wrong),
        (Self::PortBusy, "port-busy", Wrong),
        (Self::PortNotSerial, "port-not-serial", Wrong),
        (Self::PortFailed, "port-failed", Wrong),
        (Self::PortInUse, "port-in-use", Well),
        (Self::NoTerminal, "no-terminal", Note),
        (Self::RemoteTerminal, "remote-terminal", Note),
        (Self::TerminalSmall, "terminal-small", Wrong),
        (Self::TerminalColours, "terminal-colours", Wrong),
        (Self::TerminalNotUtf8, "terminal-not-utf8", Wrong),
        (Self::TerminalConsole, "terminal-console", Wrong),
        (Self::TouchUnknown, "touch-unknown", Note),
        (Self::TerminalKeys, "terminal-keys", Wrong),
        (Self::ClockEarly, "clock-early", Wrong),
        (Self::ClockLate, "clock-late", Wrong),
        (Self::ClockBehind, "clock-behind", Wrong),
        (Self::ClockUnset, "clock-unset", Note),
        (Self::ClockBattery, "clock-battery", Note),
        (Self::DiskLow, "disk-low", Wrong),
        (Self::DiskNearlyLow, "disk-nearly-low", Note),
        (Self::DiskReadOnly, "disk-read-only", Wrong),
        (Self::DiskInMemory, "disk-in-memory", Wrong),
        (Self::DiskWornOut, "disk-worn-out", Wrong),
        (Self::DiskWorn, "disk-worn", Note),
        (Self::DiskCard, "disk-card", Note),
        (Self::DiskRemovable, "disk-removable", Note),
        (Self::DiskErrors, "disk-errors", Wrong),
        (Self::AsRoot, "as-root", Note),
        (Self::DataOther, "data-other", Wrong),
        (Self::DataOpen, "data-open", Wrong),
        (Self::DataReadOnly, "data-read-only", Wrong),
        (Self::ConfigOpen, "config-open", Wrong),
        (Self::NoDialout, "no-dialout", Wrong),
        (Self::LoginShell, "login-shell", Wrong),
        (Self::LedgerNone, "ledger-none", Note),
        (Self::LedgerDamaged, "ledger-damaged", Wrong),
        (Self::LedgerFaults, "ledger-faults", Wrong),
        (Self::LedgerKey, "ledger-key", Wrong),
        (Self::LedgerNewer, "ledger-newer", Wrong),
        (Self::LedgerFailed, "ledger-failed", Wrong),
        (Self::ExportNone, "export-none", Note),
        (Self::ExportKey, "export-key", Wrong),
        (Self::ExportNever, "export-never", Wrong),
        (Self::ExportOld, "export-old", Wrong),
        (Self::Brltty, "brltty", Note),
        (Self::ModemManager, "modem-manager", Note),
        (Self::Simulated, "simulated", Note),
        (Self::PrinterMissing, "printer-missing", Wrong),
        (Self::PrinterDenied, "printer-denied", Wrong),
        (Self::PrinterBusy, "printer-busy", Wrong),
        (Self::PrinterUnreachable, "printer-unreachable", Wrong),
        (Self::PrinterFailed, "printer-failed", Wrong),
        (Self::PrinterStuck, "printer-stuck", Wrong),
        (Self::PrinterPaperOut, "printer-paper-out", Wrong),
        (Self::PrinterCoverOpen, "printer-cover-open", Wrong),
        (Self::PrinterOffline, "printer-offline", Wrong),
        (Self::PrinterBroken, "printer-broken", Wrong),
        (Self::SlipsFailed, "slips-failed", Note),
        (Self::SlipsPerhaps, "slips-perhaps", Note),
        (Self::NotLooked, "not-looked", Note),
        (Self::Silent, "silent", Wrong),
    ];

    /// How bad it is.
    pub fn health(self) -> Health {
        self.row().map_or(Wrong, |(_, _, health)| health)
    }

    /// The name in sentences' ids and in JSON.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |(_, name, _)| name)
    }

    fn row(self) -> Option<(Self, &'static str, Health)> {
        Self::ALL.into_iter().find(|(cause, ..)| *cause == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The last of the list is the last of the table, each is at its place, and no two share a name.
    #[test]
    fn every_cause_has_its_row() {
        assert_eq!(Cause::Silent as usize + 1, Cause::ALL.len());
        let mut names = BTreeSet::new();
        for (place, (cause, name, health)) in Cause::ALL.into_iter().enumerate() {
            assert_eq!(cause as usize, place);
            assert_eq!((cause.name(), cause.health()), (name, health));
            assert!(!name.is_empty() && names.insert(name), "{name}");
        }
    }
}
