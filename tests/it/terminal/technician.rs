//! The technician's part of the tour: what the check-up found, the devices, the detective and the printer's questions.

use super::stage::{ARMS_MS, pause};
use super::tour::Tour;

const TECHNICIAN: (&str, [&str; 6]) = ("0009000003", ["9", "7", "5", "3", "1", "0"]);
/// The chip of the card 0005591234: its low 32 bits are that number.
pub(crate) const CHIP: &str = "3C005550C2";
/// How long a sheet takes to come out of the simulated printer.
const SHEET_MS: u64 = 3_000;

impl Tour<'_> {
    pub(crate) fn technician(&self) {
        self.desk(TECHNICIAN);
        self.shot("desk-technician");
        self.keys(&["6"]);
        self.sees("checkup-again");
        self.shot("checkup");
        self.keys(&["9"]);
        pause(500);
        self.shot("checkup-on");
        self.to_the_desk();
        self.keys(&["7"]);
        pause(800);
        self.shot("devices");
        self.put_card();
        self.shot("devices-heard");
        self.keys(&["1"]);
        self.sees("detective-first");
        self.shot("detective");
        self.put_card();
        self.reads("10H-reversed");
        self.shot("detective-which");
        self.keys(&["1"]);
        self.reads("3C005550C2");
        self.shot("detective-second");
        self.put_card();
        self.sees("detective-same-reader");
        self.shot("detective-same-reader");
        self.to_the_desk();
        self.keys(&["7", "2"]);
        self.sees("setup-print");
        self.shot("printer");
        self.keys(&["1"]);
        pause(SHEET_MS);
        for question in ["ruler", "code", "characters", "cut"] {
            self.sees(&format!("setup-{question}"));
            self.shot(&format!("printer-{question}"));
            self.keys(&["1"]);
            pause(ARMS_MS);
        }
        self.sees("setup-ask");
        self.shot("printer-ask");
    }

    /// Lays the card on the reader that has a line, and takes it away.
    fn put_card(&self) {
        pause(800);
        self.reader().says(&format!("card {CHIP}"));
        pause(1_500);
        self.reader().says("gone");
        pause(800);
    }
}
