//! What can be found: one table, from which the code, the sentences and the remedies follow.

use super::check::{Check, Health};
use crate::domain::names;

/// At which checks a cause can be found, and its number in the code there.
enum Place {
    /// At these.
    At(&'static [(Check, u8)]),
    /// At every check, by the same number.
    Everywhere(u8),
}

macro_rules! place {
    ([* $number:literal]) => { Place::Everywhere($number) };
    ([$($check:ident $number:literal),+]) => { Place::At(&[$((Check::$check, $number)),+]) };
}

/// Declares the causes: what it is, its name in sentences' ids and in JSON, how bad it is, and its numbers.
macro_rules! causes {
    ($($(#[$doc:meta])* $cause:ident $name:literal $health:ident $place:tt)+) => {
        names! {
            /// What was found.
            pub enum Cause { $($(#[$doc])* $cause = $name),+ }
        }

        impl Cause {
            /// How bad it is.
            pub const fn health(self) -> Health {
                match self { $(Self::$cause => Health::$health),+ }
            }

            const fn place(self) -> Place {
                match self { $(Self::$cause => place!($place)),+ }
            }
        }
    };
}

// Numbers are in codes that were read aloud long ago: none is changed or given again. A check has 1 to 29, without a gap.
causes! {
    /// There is no such config folder.
    ConfigAbsent "config-absent" Wrong [Config 1]
    /// The config has faults.
    ConfigFaults "config-faults" Wrong [Config 2]
    /// A PIN of the published example is in use.
    ExamplePins "example-pins" Wrong [Staff 1]
    /// A badge of the published example is in use.
    ExampleBadges "example-badges" Wrong [Staff 2]
    /// The config names no such device.
    NoneConfigured "none-configured" Note [Card 1, Scanner 1, Printer 1]
    /// The port is not there.
    PortMissing "port-missing" Wrong [Card 2, Scanner 2]
    /// The port is a link that leads nowhere.
    PortDangling "port-dangling" Wrong [Card 3, Scanner 3]
    /// The port may not be opened by this user.
    PortDenied "port-denied" Wrong [Card 4, Scanner 4]
    /// Another program than the kiosk holds the port.
    PortBusy "port-busy" Wrong [Card 5, Scanner 5]
    /// What the config names is no serial port.
    PortNotSerial "port-not-serial" Wrong [Card 6, Scanner 6]
    /// The system cannot open the port.
    PortFailed "port-failed" Wrong [Card 7, Scanner 7]
    /// The kiosk that runs here holds the port and hears nothing wrong. Well.
    PortInUse "port-in-use" Well [Card 8, Scanner 8, Printer 2]
    /// Nobody looks at a terminal here.
    NoTerminal "no-terminal" Note [Terminal 1]
    /// The terminal is a technician's, not the station's.
    RemoteTerminal "remote-terminal" Note [Terminal 2]
    /// Fewer cells than the screens need.
    TerminalSmall "terminal-small" Wrong [Terminal 3]
    /// Fewer than 256 colours.
    TerminalColours "terminal-colours" Wrong [Terminal 4]
    /// Not in UTF-8.
    TerminalNotUtf8 "terminal-not-utf8" Wrong [Terminal 5]
    /// The bare console, which has no Chinese and no touch.
    TerminalConsole "terminal-console" Wrong [Terminal 6]
    /// A terminal of which nobody has tried the touch.
    TouchUnknown "touch-unknown" Note [Terminal 7]
    /// A key or a button of the terminal itself still does something.
    TerminalKeys "terminal-keys" Wrong [Terminal 8]
    /// Before this program existed.
    ClockEarly "clock-early" Wrong [Clock 1]
    /// Beyond the life of any station.
    ClockLate "clock-late" Wrong [Clock 2]
    /// Before the newest operation of the ledger.
    ClockBehind "clock-behind" Wrong [Clock 3]
    /// Not set by a time server.
    ClockUnset "clock-unset" Note [Clock 4]
    /// The wall clock is far beyond the newest trusted operation.
    ClockAhead "clock-ahead" Wrong [Clock 6]
    /// No clock with a battery.
    ClockBattery "clock-battery" Note [Clock 5]
    /// Less room than the station keeps.
    DiskLow "disk-low" Wrong [Disk 1]
    /// Less than twice that room.
    DiskNearlyLow "disk-nearly-low" Note [Disk 2]
    /// Mounted read-only.
    DiskReadOnly "disk-read-only" Wrong [Disk 3]
    /// In memory: a power cut takes it.
    DiskInMemory "disk-in-memory" Wrong [Disk 4]
    /// Full: the reserve is given up.
    DiskFull "disk-full" Wrong [Disk 10]
    /// At the end of its life, as it says itself.
    DiskWornOut "disk-worn-out" Wrong [Disk 5]
    /// Near it.
    DiskWorn "disk-worn" Note [Disk 6]
    /// An SD card, which wears soon.
    DiskCard "disk-card" Note [Disk 7]
    /// A disk that can be pulled out.
    DiskRemovable "disk-removable" Note [Disk 8]
    /// The file system has counted errors.
    DiskErrors "disk-errors" Wrong [Disk 9]
    /// The program runs as root.
    AsRoot "as-root" Note [Rights 1]
    /// The data folder belongs to another user.
    DataOther "data-other" Wrong [Rights 2]
    /// Others can write in the data folder, or read what is in it.
    DataOpen "data-open" Wrong [Rights 3]
    /// The data folder cannot be written.
    DataReadOnly "data-read-only" Wrong [Rights 4]
    /// Others can write the config.
    ConfigOpen "config-open" Wrong [Rights 5]
    /// The user is not in the group of serial ports.
    NoDialout "no-dialout" Wrong [Rights 6]
    /// The user as whom the station runs has a login shell.
    LoginShell "login-shell" Wrong [Rights 7]
    /// There is no ledger yet.
    LedgerNone "ledger-none" Note [Ledger 1]
    /// The file is damaged.
    LedgerDamaged "ledger-damaged" Wrong [Ledger 2]
    /// The audit found faults.
    LedgerFaults "ledger-faults" Wrong [Ledger 3]
    /// The key that finds cards is not there.
    LedgerKey "ledger-key" Wrong [Ledger 4]
    /// Made by a newer program.
    LedgerNewer "ledger-newer" Wrong [Ledger 5]
    /// It cannot be opened, for another reason.
    LedgerFailed "ledger-failed" Wrong [Ledger 6]
    /// Nothing is scheduled.
    ExportNone "export-none" Note [Export 1]
    /// The station has no key to sign with.
    ExportKey "export-key" Wrong [Export 2]
    /// A time has passed, and there is no bundle at all.
    ExportNever "export-never" Wrong [Export 3]
    /// The last bundle is older than the last time that was due.
    ExportOld "export-old" Wrong [Export 4]
    /// brltty takes serial adapters for braille displays.
    Brltty "brltty" Note [Programs 1]
    /// `ModemManager` speaks to serial adapters.
    ModemManager "modem-manager" Note [Programs 2]
    /// No device is there: the program plays it.
    Simulated "simulated" Note [Card 9, Scanner 9, Printer 15]
    /// The printer's port is not there.
    PrinterMissing "printer-missing" Wrong [Printer 3]
    /// The printer may not be used by this user.
    PrinterDenied "printer-denied" Wrong [Printer 4]
    /// Another program than the kiosk holds the printer.
    PrinterBusy "printer-busy" Wrong [Printer 5]
    /// Nobody answers at the printer's address, or its line cannot be opened.
    PrinterUnreachable "printer-unreachable" Wrong [Printer 6]
    /// What the config names is no printer, or cannot be written.
    PrinterFailed "printer-failed" Wrong [Printer 7]
    /// It takes no more bytes.
    PrinterStuck "printer-stuck" Wrong [Printer 8]
    /// Its paper is out.
    PrinterPaperOut "printer-paper-out" Wrong [Printer 9]
    /// Its cover is open.
    PrinterCoverOpen "printer-cover-open" Wrong [Printer 10]
    /// It is offline and does not say why.
    PrinterOffline "printer-offline" Wrong [Printer 11]
    /// Its knife or something else is broken, or too hot.
    PrinterBroken "printer-broken" Wrong [Printer 12]
    /// Receipts did not come out, and nobody tries any more.
    SlipsFailed "slips-failed" Note [Printer 13]
    /// Receipts came out perhaps, in part.
    SlipsPerhaps "slips-perhaps" Note [Printer 14]
    /// It could not be looked at, since something else is in the way.
    NotLooked "not-looked" Note [* 30]
    /// No answer in time.
    Silent "silent" Wrong [* 31]
}

impl Check {
    /// The most causes of a check alone.
    const MOST: u8 = 29;

    /// The causes of this check alone, by their numbers.
    pub fn causes(self) -> impl Iterator<Item = Cause> {
        (1..=Self::MOST).map_while(move |number| self.cause(number))
    }

    /// The number of a cause at this check, 1 to 31; `None` where it does not exist.
    pub(super) fn number(self, cause: Cause) -> Option<u8> {
        match cause.place() {
            Place::Everywhere(number) => Some(number),
            Place::At(places) => {
                let own = places.iter().find(|(check, _)| *check == self);
                own.map(|(_, number)| *number)
            }
        }
    }

    /// The cause of a number at this check.
    pub(super) fn cause(self, number: u8) -> Option<Cause> {
        let mut all = Cause::ALL.into_iter().map(|(cause, _)| cause);
        all.find(|cause| self.number(*cause) == Some(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_a_check_is_given_once_and_without_a_gap() {
        let mut found = 0;
        for (check, _) in Check::ALL {
            let all = Cause::ALL.into_iter().map(|(cause, _)| cause);
            let here: Vec<Cause> = all.filter(|one| check.number(*one).is_some()).collect();
            for cause in &here {
                let number = check.number(*cause).unwrap();
                assert_eq!(check.cause(number), Some(*cause), "{check:?} {number}");
            }
            let own: Vec<Cause> = check.causes().collect();
            let both = [Cause::NotLooked, Cause::Silent];
            assert_eq!(here.len(), own.len() + both.len(), "{check:?}");
            assert_eq!(both.map(|cause| check.number(cause)), [Some(30), Some(31)]);
            assert_eq!(check.cause(0), None);
            found += own.len();
        }
        assert_eq!(found, 80);
    }
}
