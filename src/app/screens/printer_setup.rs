//! The printer's questions: a test sheet is printed, and what the technician sees on it sets the profile.

use crate::app::scene::Turn;
use crate::app::{Answer, Devices, Effect, Key, Screen, SettingKept};
use crate::config::{PrinterSetting, SettingChange};
use crate::domain::Staff;
use crate::wire::paper::{Cut, PROFILES, QrPrint};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrinterStep {
    /// Shall a sheet be printed?
    Print,
    /// Does the ruler fill a line exactly?
    Ruler,
    /// Is the code there?
    Code,
    /// Are the rare characters right?
    Characters,
    /// Is the paper cut?
    Cut,
    /// Shall it be written?
    Ask {
        /// It is being written.
        writing: bool,
    },
    /// The end: whether it was written.
    Over(SettingKept),
}

/// The printer's questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrinterSetup {
    /// Who is signed in.
    pub staff: Staff,
    /// The printer as it is tried; `None` where the config has none.
    pub trial: Option<PrinterSetting>,
    /// How far it is.
    pub step: PrinterStep,
    /// The ruler asked for a paper that no profile has.
    pub no_profile: bool,
}

impl PrinterSetup {
    /// It is as it should be; and print; and write.
    pub const YES: u8 = 1;
    /// It is not.
    pub const NO: u8 = 2;
    /// The ruler ends before the edge of the paper.
    pub const EARLY: u8 = 3;

    pub(crate) fn new(staff: Staff, printer: Option<PrinterSetting>) -> Self {
        let trial = printer.map(|mut trial| {
            // What is asked for must be on the sheet.
            trial.profile.four_byte = true;
            if trial.profile.cut == Cut::None {
                trial.profile.cut = Cut::Partial;
            }
            trial
        });
        Self {
            staff,
            trial,
            step: PrinterStep::Print,
            no_profile: false,
        }
    }

    /// What would be written.
    pub fn change(&self) -> Option<SettingChange> {
        let trial = self.trial.as_ref()?;
        Some(SettingChange::Printer {
            profile: trial.name,
            qr: trial.profile.qr,
            cut: trial.profile.cut,
            four_byte: trial.profile.four_byte,
        })
    }

    fn print(&mut self) -> Turn {
        let Some(trial) = &self.trial else {
            return Turn::stay();
        };
        self.step = PrinterStep::Ruler;
        Turn::want(Effect::PrintSheet(trial.clone()))
    }

    /// Takes the next narrower or wider paper and prints again; where there is none, says so.
    fn other_paper(&mut self, narrower: bool) -> Turn {
        let Some(trial) = &mut self.trial else {
            return Turn::stay();
        };
        let columns = trial.profile.columns;
        let fits = |other: usize| {
            if narrower {
                other < columns
            } else {
                other > columns
            }
        };
        let others = PROFILES
            .into_iter()
            .filter(|(profile, _)| fits(profile.columns));
        let next = others.min_by_key(|(profile, _)| profile.columns.abs_diff(columns));
        let Some((profile, name)) = next else {
            self.no_profile = true;
            return Turn::stay();
        };
        trial.name = name;
        (trial.profile.columns, trial.profile.dots) = (profile.columns, profile.dots);
        self.print()
    }

    pub(crate) fn key(&mut self, key: Key) -> Turn {
        if key == Key::Back || key == Key::Digit(0) {
            return Turn::go(Screen::Devices(Devices::new(self.staff.clone())));
        }
        self.no_profile = false;
        let Key::Digit(digit) = key else {
            return Turn::stay();
        };
        let yes = match digit {
            Self::YES => true,
            Self::NO => false,
            Self::EARLY if self.step == PrinterStep::Ruler => return self.other_paper(false),
            _ => return Turn::stay(),
        };
        match (&self.step, &mut self.trial) {
            (PrinterStep::Print, _) if yes => self.print(),
            (PrinterStep::Ruler, _) if !yes => self.other_paper(true),
            (PrinterStep::Ruler, _) => self.next(PrinterStep::Code),
            (PrinterStep::Code, Some(trial)) => {
                if !yes {
                    trial.profile.qr = QrPrint::Raster;
                }
                self.next(PrinterStep::Characters)
            }
            (PrinterStep::Characters, Some(trial)) => {
                trial.profile.four_byte = yes;
                self.next(PrinterStep::Cut)
            }
            (PrinterStep::Cut, Some(trial)) => {
                if !yes {
                    trial.profile.cut = Cut::None;
                }
                self.next(PrinterStep::Ask { writing: false })
            }
            (PrinterStep::Ask { writing: false }, _) if yes => {
                self.step = PrinterStep::Ask { writing: true };
                let change = self.change().map(Effect::ChangeSetting);
                change.map_or_else(Turn::stay, Turn::want)
            }
            (PrinterStep::Ask { writing: false }, _) => {
                Turn::go(Screen::Devices(Devices::new(self.staff.clone())))
            }
            (
                PrinterStep::Print
                | PrinterStep::Code
                | PrinterStep::Characters
                | PrinterStep::Cut
                | PrinterStep::Ask { .. }
                | PrinterStep::Over(_),
                _,
            ) => Turn::stay(),
        }
    }

    fn next(&mut self, step: PrinterStep) -> Turn {
        self.step = step;
        Turn::stay()
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let (Answer::Setting(kept), PrinterStep::Ask { .. }) = (answer, &self.step) {
            self.step = PrinterStep::Over(kept.clone());
        }
        Turn::stay()
    }
}
