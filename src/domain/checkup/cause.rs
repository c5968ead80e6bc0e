//! What can be found, how bad it is, and its name.

use crate::domain::Health;

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
    /// How bad it is.
    pub const fn health(self) -> Health {
        match self {
            Self::PortInUse => Health::Well,
            Self::NoneConfigured
            | Self::NoTerminal
            | Self::RemoteTerminal
            | Self::TouchUnknown
            | Self::ClockUnset
            | Self::ClockBattery
            | Self::DiskNearlyLow
            | Self::DiskWorn
            | Self::DiskCard
            | Self::DiskRemovable
            | Self::AsRoot
            | Self::LedgerNone
            | Self::ExportNone
            | Self::Brltty
            | Self::ModemManager
            | Self::Simulated
            | Self::SlipsFailed
            | Self::SlipsPerhaps
            | Self::NotLooked => Health::Note,
            Self::ConfigAbsent
            | Self::ConfigFaults
            | Self::ExamplePins
            | Self::ExampleBadges
            | Self::PortMissing
            | Self::PortDangling
            | Self::PortDenied
            | Self::PortBusy
            | Self::PortNotSerial
            | Self::PortFailed
            | Self::TerminalSmall
            | Self::TerminalColours
            | Self::TerminalNotUtf8
            | Self::TerminalConsole
            | Self::ClockEarly
            | Self::ClockLate
            | Self::ClockBehind
            | Self::DiskLow
            | Self::DiskReadOnly
            | Self::DiskInMemory
            | Self::DiskWornOut
            | Self::DiskErrors
            | Self::DataOther
            | Self::DataOpen
            | Self::DataReadOnly
            | Self::ConfigOpen
            | Self::NoDialout
            | Self::LedgerDamaged
            | Self::LedgerFaults
            | Self::LedgerKey
            | Self::LedgerNewer
            | Self::LedgerFailed
            | Self::ExportKey
            | Self::ExportNever
            | Self::ExportOld
            | Self::PrinterMissing
            | Self::PrinterDenied
            | Self::PrinterBusy
            | Self::PrinterUnreachable
            | Self::PrinterFailed
            | Self::PrinterStuck
            | Self::PrinterPaperOut
            | Self::PrinterCoverOpen
            | Self::PrinterOffline
            | Self::PrinterBroken
            | Self::Silent => Health::Wrong,
        }
    }

    /// The name in sentences' ids and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConfigAbsent => "config-absent",
            Self::ConfigFaults => "config-faults",
            Self::ExamplePins => "example-pins",
            Self::ExampleBadges => "example-badges",
            Self::NoneConfigured => "none-configured",
            Self::PortMissing => "port-missing",
            Self::PortDangling => "port-dangling",
            Self::PortDenied => "port-denied",
            Self::PortBusy => "port-busy",
            Self::PortNotSerial => "port-not-serial",
            Self::PortFailed => "port-failed",
            Self::PortInUse => "port-in-use",
            Self::NoTerminal => "no-terminal",
            Self::RemoteTerminal => "remote-terminal",
            Self::TerminalSmall => "terminal-small",
            Self::TerminalColours => "terminal-colours",
            Self::TerminalNotUtf8 => "terminal-not-utf8",
            Self::TerminalConsole => "terminal-console",
            Self::TouchUnknown => "touch-unknown",
            Self::ClockEarly => "clock-early",
            Self::ClockLate => "clock-late",
            Self::ClockBehind => "clock-behind",
            Self::ClockUnset => "clock-unset",
            Self::ClockBattery => "clock-battery",
            Self::DiskLow => "disk-low",
            Self::DiskNearlyLow => "disk-nearly-low",
            Self::DiskReadOnly => "disk-read-only",
            Self::DiskInMemory => "disk-in-memory",
            Self::DiskWornOut => "disk-worn-out",
            Self::DiskWorn => "disk-worn",
            Self::DiskCard => "disk-card",
            Self::DiskRemovable => "disk-removable",
            Self::DiskErrors => "disk-errors",
            Self::AsRoot => "as-root",
            Self::DataOther => "data-other",
            Self::DataOpen => "data-open",
            Self::DataReadOnly => "data-read-only",
            Self::ConfigOpen => "config-open",
            Self::NoDialout => "no-dialout",
            Self::LedgerNone => "ledger-none",
            Self::LedgerDamaged => "ledger-damaged",
            Self::LedgerFaults => "ledger-faults",
            Self::LedgerKey => "ledger-key",
            Self::LedgerNewer => "ledger-newer",
            Self::LedgerFailed => "ledger-failed",
            Self::ExportNone => "export-none",
            Self::ExportKey => "export-key",
            Self::ExportNever => "export-never",
            Self::ExportOld => "export-old",
            Self::Brltty => "brltty",
            Self::ModemManager => "modem-manager",
            Self::Simulated => "simulated",
            Self::PrinterMissing => "printer-missing",
            Self::PrinterDenied => "printer-denied",
            Self::PrinterBusy => "printer-busy",
            Self::PrinterUnreachable => "printer-unreachable",
            Self::PrinterFailed => "printer-failed",
            Self::PrinterStuck => "printer-stuck",
            Self::PrinterPaperOut => "printer-paper-out",
            Self::PrinterCoverOpen => "printer-cover-open",
            Self::PrinterOffline => "printer-offline",
            Self::PrinterBroken => "printer-broken",
            Self::SlipsFailed => "slips-failed",
            Self::SlipsPerhaps => "slips-perhaps",
            Self::NotLooked => "not-looked",
            Self::Silent => "silent",
        }
    }
}
