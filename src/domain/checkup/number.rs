//! What can be found at each check, and its number in a code.

use crate::domain::{Cause, Check};

/// The number, at every check, of a look that was not possible.
const NOT_LOOKED: u8 = 30;
/// The number, at every check, of no answer in time.
const SILENT: u8 = 31;

/// What can be wrong with a port, in the order of the numbers.
const PORT: &[Cause] = &[
    Cause::NoneConfigured,
    Cause::PortMissing,
    Cause::PortDangling,
    Cause::PortDenied,
    Cause::PortBusy,
    Cause::PortNotSerial,
    Cause::PortFailed,
    Cause::PortInUse,
    Cause::Simulated,
];

/// What can be wrong with the receipt printer, in the order of the numbers.
const PRINTER: &[Cause] = &[
    Cause::NoneConfigured,
    Cause::PortInUse,
    Cause::PrinterMissing,
    Cause::PrinterDenied,
    Cause::PrinterBusy,
    Cause::PrinterUnreachable,
    Cause::PrinterFailed,
    Cause::PrinterStuck,
    Cause::PrinterPaperOut,
    Cause::PrinterCoverOpen,
    Cause::PrinterOffline,
    Cause::PrinterBroken,
    Cause::SlipsFailed,
    Cause::SlipsPerhaps,
    Cause::Simulated,
];

impl Check {
    /// The causes of this check alone. The place, from 1, is the number in a code: a list only grows
    /// at its end, and by no more than 29.
    pub const fn causes(self) -> &'static [Cause] {
        match self {
            Self::Config => &[Cause::ConfigAbsent, Cause::ConfigFaults],
            Self::Staff => &[Cause::ExamplePins, Cause::ExampleBadges],
            Self::Card | Self::Scanner => PORT,
            Self::Printer => PRINTER,
            Self::Terminal => &[
                Cause::NoTerminal,
                Cause::RemoteTerminal,
                Cause::TerminalSmall,
                Cause::TerminalColours,
                Cause::TerminalNotUtf8,
                Cause::TerminalConsole,
                Cause::TouchUnknown,
                Cause::TerminalKeys,
            ],
            Self::Clock => &[
                Cause::ClockEarly,
                Cause::ClockLate,
                Cause::ClockBehind,
                Cause::ClockUnset,
                Cause::ClockBattery,
            ],
            Self::Disk => &[
                Cause::DiskLow,
                Cause::DiskNearlyLow,
                Cause::DiskReadOnly,
                Cause::DiskInMemory,
                Cause::DiskWornOut,
                Cause::DiskWorn,
                Cause::DiskCard,
                Cause::DiskRemovable,
                Cause::DiskErrors,
            ],
            Self::Rights => &[
                Cause::AsRoot,
                Cause::DataOther,
                Cause::DataOpen,
                Cause::DataReadOnly,
                Cause::ConfigOpen,
                Cause::NoDialout,
                Cause::LoginShell,
            ],
            Self::Ledger => &[
                Cause::LedgerNone,
                Cause::LedgerDamaged,
                Cause::LedgerFaults,
                Cause::LedgerKey,
                Cause::LedgerNewer,
                Cause::LedgerFailed,
            ],
            Self::Export => &[
                Cause::ExportNone,
                Cause::ExportKey,
                Cause::ExportNever,
                Cause::ExportOld,
            ],
            Self::Programs => &[Cause::Brltty, Cause::ModemManager],
        }
    }

    /// The number of a cause at this check, 1 to 31; `None` where it does not exist.
    pub(super) fn number(self, cause: Cause) -> Option<u8> {
        if cause == Cause::NotLooked {
            return Some(NOT_LOOKED);
        }
        if cause == Cause::Silent {
            return Some(SILENT);
        }
        let place = self.causes().iter().position(|own| *own == cause)?;
        u8::try_from(place).ok()?.checked_add(1)
    }

    /// The cause of a number at this check.
    pub(super) fn cause(self, number: u8) -> Option<Cause> {
        match number {
            NOT_LOOKED => Some(Cause::NotLooked),
            SILENT => Some(Cause::Silent),
            number => {
                let place = usize::from(number).checked_sub(1)?;
                self.causes().get(place).copied()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_cause_has_one_number_at_its_check_and_comes_back_from_it() {
        for (check, _) in Check::ALL {
            let own = check.causes();
            assert!(own.len() < usize::from(NOT_LOOKED));
            let all = own.iter().copied().chain([Cause::NotLooked, Cause::Silent]);
            let mut numbers = BTreeSet::new();
            for cause in all {
                let number = check.number(cause).unwrap();
                assert!(numbers.insert(number) && (1..32).contains(&number));
                assert_eq!(check.cause(number), Some(cause));
            }
            assert_eq!(check.cause(0), None);
        }
    }
}
