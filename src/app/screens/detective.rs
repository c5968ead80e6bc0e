//! The card-format detective: one card, the number that is printed on it, the second reader, and the setting that
//! makes both give the same.

use crate::app::context::{Context, Transition};
use crate::app::screens::{State, setting};
use crate::app::{Answer, Devices, Effect, Heard, SettingKept};
use crate::config::SettingChange;
use crate::domain::{
    CardMiss, CardNumber, Fact, NumberReading, Sighting, Text, Verdict, compare, find_reading,
};
use crate::panel::{Body, Choice, Key, Line, OnCard, Panel, Tone};
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DetectiveStep {
    /// A card is awaited.
    #[default]
    First,
    /// The technician picks the number that is printed on it.
    Which {
        /// The card.
        first: Tap,
        /// What may be printed.
        numbers: Vec<CardNumber>,
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detective {
    /// How far it is.
    pub step: DetectiveStep,
    /// Why the last tap or key led nowhere.
    pub remark: Option<DetectiveRemark>,
}

impl Detective {
    fn first(&mut self, first: Tap, fault: Option<DetectiveRemark>) {
        let numbers = first.sighting.numbers();
        if numbers.is_empty() {
            self.remark = fault.or(Some(DetectiveRemark::NoNumber));
            return;
        }
        self.step = DetectiveStep::Which { first, numbers };
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
        self.remark = None;
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

    /// The list of numbers that may be printed on the card. There is no room for a remark but that of the title.
    fn which(
        &self,
        context: &Context<'_>,
        first: &Tap,
        numbers: &[CardNumber],
    ) -> Panel<Transition> {
        let readers = context.config.station.readers.len();
        let choices = numbers.iter().map(|number| {
            let mut picked = self.clone();
            picked.pick(first.clone(), number.clone(), readers);
            let tone = if number.is_short() {
                Tone::Neutral
            } else {
                Tone::Choice
            };
            let label = Text::verbatim(number.number.clone());
            Choice::item(label, Transition::change(picked))
                .note(Text::verbatim(number.form))
                .tone(tone)
        });
        let empty = Text::of("detective-no-number");
        let remark = self.remark.map(|remark| told(remark).0);
        Panel {
            alarm: remark.is_some(),
            ..Panel::staff(
                remark.unwrap_or_else(|| Text::of("detective-which")),
                Body::List { empty },
            )
        }
        .items(choices)
    }

    /// A step that shows lines, with the remark below them.
    fn lines(&self, title: Text, mut groups: Vec<Vec<Line>>) -> Panel<Transition> {
        groups.extend(self.remark.map(|remark| {
            let (what, next) = told(remark);
            let next = next.map(Line::plain);
            [Line::warning(what)].into_iter().chain(next).collect()
        }));
        Panel::staff(title, Body::Lines(groups))
    }

    fn asked(&self, context: &Context<'_>) -> Panel<Transition> {
        let DetectiveStep::Ask {
            index,
            printed,
            change,
            writing,
        } = &self.step
        else {
            return Panel::staff(Text::row([]), Body::Own);
        };
        let title = Text::of("detective-ask").fact("name", setting::reader(context, *index));
        let lines = vec![vec![number(printed)], setting::lines(context, change)];
        let panel = self.lines(title, lines);
        if *writing {
            return panel;
        }
        let mut wrote = self.clone();
        if let DetectiveStep::Ask { writing, .. } = &mut wrote.step {
            *writing = true;
        }
        let yes = Transition::change(wrote).and(Effect::ChangeSetting(change.clone()));
        let no = Transition::replace(Devices::default());
        let [yes, no] = setting::yes_no(yes, no);
        panel.foot(yes).foot(no)
    }

    fn over(&self, context: &Context<'_>, end: &DetectiveEnd) -> Panel<Transition> {
        let good = |id| ("detective-good", vec![vec![Line::plain(Text::of(id))]]);
        let bad = |what, next| {
            let lines = vec![Line::warning(what), Line::plain(next)];
            ("detective-bad", vec![lines])
        };
        let (title, lines) = match end {
            DetectiveEnd::Same => good("detective-same"),
            DetectiveEnd::Alone => good("detective-alone"),
            DetectiveEnd::Matches => good("detective-matches"),
            DetectiveEnd::Differs => bad(
                Text::of("detective-differs"),
                Text::of("detective-differs-do"),
            ),
            DetectiveEnd::Miss(miss) => {
                let id = format!("miss-{}", miss.name());
                let remedy = Text::message(format!("{id}-remedy"));
                bad(Text::message(id), remedy)
            }
            DetectiveEnd::NotKept(kept, change) => {
                let lines = setting::not_kept(context, kept, change);
                ("setting-not-kept", lines)
            }
        };
        let again = Transition::replace(Self::default());
        let again = Choice::new(Key::Digit(1), Text::of("detective-another"), again);
        self.lines(Text::of(title), lines).foot(again)
    }
}

/// What is printed on the card.
fn number(printed: &CardNumber) -> Line {
    let text = Text::of("detective-printed");
    let text = text.fact("number", Fact::Code(printed.number.clone()));
    Line::plain(text.fact("form", Fact::Code(printed.form.to_owned())))
}

/// What a remark says, and what to do where that is known.
fn told(remark: DetectiveRemark) -> (Text, Option<Text>) {
    let id = match remark {
        DetectiveRemark::Fault(fault) => {
            let id = format!("frame-{}", fault.name());
            let remedy = Fact::Message(format!("{id}-todo"));
            let next = Text::of("checkup-do").fact("remedy", remedy);
            return (Text::message(id), Some(next));
        }
        DetectiveRemark::NoNumber => "detective-no-number",
        DetectiveRemark::Short => "detective-short",
        DetectiveRemark::SameReader => "detective-same-reader",
        DetectiveRemark::OtherReader => "detective-other-reader",
    };
    (Text::of(id), None)
}

impl State for Detective {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let named = |id, index| Text::of(id).fact("name", setting::reader(context, index));
        let mut panel = match &self.step {
            DetectiveStep::First => {
                let how = Line::plain(Text::of("detective-first-how"));
                self.lines(Text::of("detective-first"), vec![vec![how]])
            }
            DetectiveStep::Which { first, numbers } => self.which(context, first, numbers),
            DetectiveStep::Second { first, printed } => {
                let title = named("detective-second", first.index);
                self.lines(title, vec![vec![number(printed)]])
            }
            DetectiveStep::Ask { .. } => self.asked(context),
            DetectiveStep::Again { index, printed } => {
                let title = named("detective-again", *index);
                self.lines(title, vec![vec![number(printed)]])
            }
            DetectiveStep::Over(end) => self.over(context, end),
        };
        panel.card = OnCard::Looked;
        let back = Transition::replace(Devices::default());
        panel.with([Choice::hidden(Key::Back, back)])
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
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
        Transition::stay()
    }

    fn heard(&mut self, heard: &Heard, context: &Context<'_>) -> Transition {
        let Some(setting) = context.config.station.readers.get(heard.index) else {
            return Transition::stay();
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
        Transition::stay()
    }
}
