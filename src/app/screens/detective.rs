//! The card-format detective: one card, the number that is printed on it, the second reader, and the setting that
//! makes both give the same.

use crate::app::scene::{Scene, Turn};
use crate::app::screens::{chosen, pages_of, turned};
use crate::app::{Answer, Devices, Effect, Heard, Key, LINES_A_PAGE, Screen, SettingKept};
use crate::config::SettingChange;
use crate::domain::{
    CardMiss, CardNumber, NumberReading, Sighting, Staff, Verdict, compare, find_reading,
};
use crate::wire::FrameFault;

/// A card at a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tap {
    /// The reader's place in the config.
    pub index: usize,
    /// What it says of the card.
    pub sighting: Sighting,
}

/// How far the detective is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetectiveStep {
    /// A card is awaited.
    First,
    /// The technician picks the number that is printed on it.
    Which {
        /// The card.
        first: Tap,
        /// What may be printed.
        numbers: Vec<CardNumber>,
        /// Which page, from 0.
        page: usize,
    },
    /// The same card is awaited at another reader.
    Second {
        /// The card.
        first: Tap,
        /// What is printed on it.
        printed: CardNumber,
    },
    /// Shall it be written?
    Ask {
        /// The reader.
        index: usize,
        /// What is printed on the card.
        printed: CardNumber,
        /// What would be written.
        change: SettingChange,
        /// It is being written.
        writing: bool,
    },
    /// It is written; the card is awaited once more.
    Again {
        /// At this reader.
        index: usize,
        /// What is printed on it.
        printed: CardNumber,
    },
    /// The end.
    Over(DetectiveEnd),
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetectiveEnd {
    /// Both readers gave the same card without any help.
    Same,
    /// The only reader gives the printed number.
    Alone,
    /// After the change they do.
    Matches,
    /// After the change they still do not.
    Differs,
    /// It cannot be told, and why.
    Miss(CardMiss),
    /// The change was not written, and where it belongs.
    NotKept(SettingKept, SettingChange),
}

/// Why the last tap or key led nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetectiveRemark {
    /// What was read is no card.
    Fault(FrameFault),
    /// It is a card or code without a number that could be printed.
    NoNumber,
    /// The number is shared by 65,536 cards.
    Short,
    /// It is the same reader again.
    SameReader,
    /// It is another reader than the one that was changed.
    OtherReader,
}

/// The detective.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detective {
    /// Who is signed in.
    pub staff: Staff,
    /// How far it is.
    pub step: DetectiveStep,
    /// Why the last tap or key led nowhere.
    pub remark: Option<DetectiveRemark>,
}

impl Detective {
    /// The choice that writes the setting, and the one that begins anew at the end.
    pub const YES: u8 = 1;
    /// The choice that does not.
    pub const NO: u8 = 2;

    pub(crate) fn new(staff: Staff) -> Self {
        Self {
            staff,
            step: DetectiveStep::First,
            remark: None,
        }
    }

    pub(crate) fn heard(&mut self, heard: &Heard, scene: &Scene<'_>) -> Turn {
        let Some(setting) = scene.config.station.readers.get(heard.index) else {
            return Turn::stay();
        };
        let tap = Tap {
            index: heard.index,
            sighting: heard.sighting(setting),
        };
        self.remark = None;
        let fault = heard.read.clone().err().map(DetectiveRemark::Fault);
        match &self.step {
            DetectiveStep::First => self.first(tap, fault),
            DetectiveStep::Second { first, .. } if first.index == tap.index => {
                self.remark = Some(DetectiveRemark::SameReader);
            }
            DetectiveStep::Second { .. }
                if tap.sighting.card.is_none() && tap.sighting.text.is_none() =>
            {
                self.remark = fault;
            }
            DetectiveStep::Second { first, printed } => {
                let verdict = compare(&first.sighting, printed, &tap.sighting);
                let (from, printed) = (first.index, printed.clone());
                self.decide(verdict, (from, tap.index), printed);
            }
            DetectiveStep::Again { index, .. } if *index != tap.index => {
                self.remark = Some(DetectiveRemark::OtherReader);
            }
            DetectiveStep::Again { printed, .. } => {
                let end = if tap.sighting.is(printed) {
                    DetectiveEnd::Matches
                } else {
                    self.remark = fault;
                    DetectiveEnd::Differs
                };
                self.step = DetectiveStep::Over(end);
            }
            DetectiveStep::Which { .. } | DetectiveStep::Ask { .. } | DetectiveStep::Over(_) => {}
        }
        Turn::stay()
    }

    fn first(&mut self, first: Tap, fault: Option<DetectiveRemark>) {
        let numbers = first.sighting.numbers();
        if numbers.is_empty() {
            self.remark = fault.or(Some(DetectiveRemark::NoNumber));
            return;
        }
        self.step = DetectiveStep::Which {
            first,
            numbers,
            page: 0,
        };
    }

    fn decide(&mut self, verdict: Verdict, (first, second): (usize, usize), printed: CardNumber) {
        match verdict {
            Verdict::Same => self.step = DetectiveStep::Over(DetectiveEnd::Same),
            Verdict::Miss(miss) => self.step = DetectiveStep::Over(DetectiveEnd::Miss(miss)),
            Verdict::Read {
                first: true,
                reading,
            } => self.ask(first, printed, reading),
            Verdict::Read {
                first: false,
                reading,
            } => self.ask(second, printed, reading),
        }
    }

    fn ask(&mut self, index: usize, printed: CardNumber, reading: NumberReading) {
        self.step = DetectiveStep::Ask {
            index,
            printed,
            change: SettingChange::Reader { index, reading },
            writing: false,
        };
    }

    /// Takes the number that is printed on the card.
    fn pick(&mut self, first: Tap, printed: CardNumber, readers: usize) {
        if printed.is_short() {
            self.remark = Some(DetectiveRemark::Short);
            return;
        }
        // A reader that does not give the printed card is to be told before it can be compared with.
        match &first.sighting.text {
            Some(text) if !first.sighting.is(&printed) => match find_reading(text, &printed) {
                Ok(reading) => self.ask(first.index, printed, reading),
                Err(miss) => self.step = DetectiveStep::Over(DetectiveEnd::Miss(miss)),
            },
            _ if readers < 2 => self.step = DetectiveStep::Over(DetectiveEnd::Alone),
            _ => self.step = DetectiveStep::Second { first, printed },
        }
    }

    fn leave(&self) -> Turn {
        Turn::go(Screen::Devices(Devices::new(self.staff.clone())))
    }

    pub(crate) fn key(&mut self, key: Key, scene: &Scene<'_>) -> Turn {
        if key == Key::Back || key == Key::Digit(0) {
            return self.leave();
        }
        self.remark = None;
        match &mut self.step {
            DetectiveStep::Which {
                first,
                numbers,
                page,
            } => {
                let pages = pages_of(numbers.len(), LINES_A_PAGE);
                if let Some(to) = turned(key, *page, pages) {
                    *page = to;
                } else if let Key::Digit(digit) = key
                    && let Some(printed) = chosen(numbers, *page, LINES_A_PAGE, digit).cloned()
                {
                    let first = first.clone();
                    self.pick(first, printed, scene.config.station.readers.len());
                }
                Turn::stay()
            }
            DetectiveStep::Ask {
                change, writing, ..
            } if !*writing => match key {
                Key::Digit(Self::YES) => {
                    *writing = true;
                    Turn::want(Effect::ChangeSetting(change.clone()))
                }
                Key::Digit(Self::NO) => self.leave(),
                Key::Digit(_)
                | Key::Enter
                | Key::Back
                | Key::Help
                | Key::Finish
                | Key::Language
                | Key::Theme
                | Key::Aid(_) => Turn::stay(),
            },
            DetectiveStep::Over(_) if key == Key::Digit(Self::YES) => {
                Turn::go(Screen::Detective(Self::new(self.staff.clone())))
            }
            DetectiveStep::First
            | DetectiveStep::Second { .. }
            | DetectiveStep::Ask { .. }
            | DetectiveStep::Again { .. }
            | DetectiveStep::Over(_) => Turn::stay(),
        }
    }

    pub(crate) fn answer(&mut self, answer: &Answer) -> Turn {
        if let (
            Answer::Setting(kept),
            DetectiveStep::Ask {
                index,
                printed,
                change,
                ..
            },
        ) = (answer, &self.step)
        {
            self.step = match kept {
                SettingKept::Written => DetectiveStep::Again {
                    index: *index,
                    printed: printed.clone(),
                },
                SettingKept::BuiltIn
                | SettingKept::ReadOnly { .. }
                | SettingKept::Failed { .. } => {
                    DetectiveStep::Over(DetectiveEnd::NotKept(kept.clone(), change.clone()))
                }
            };
        }
        Turn::stay()
    }
}
