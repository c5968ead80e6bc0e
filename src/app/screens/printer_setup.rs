//! The printer's questions: a test sheet is printed, and what the technician sees on it sets the profile.

use crate::app::context::{Context, Transition};
use crate::app::screens::{State, setting};
use crate::app::{Answer, Devices, Effect, SettingKept};
use crate::config::{PrinterSetting, SettingChange};
use crate::domain::{Fact, Text};
use crate::panel::{Body, Choice, Key, Line, OnCard, Panel};
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
    /// The printer as it is tried; `None` where the config has none.
    pub trial: Option<PrinterSetting>,
    /// How far it is.
    pub step: PrinterStep,
    /// The ruler asked for a paper that no profile has.
    pub no_profile: bool,
}

impl PrinterSetup {
    pub(crate) fn new(printer: Option<PrinterSetting>) -> Self {
        let trial = printer.map(|mut trial| {
            // What is asked for must be on the sheet.
            trial.profile.four_byte = true;
            if trial.profile.cut == Cut::None {
                trial.profile.cut = Cut::Partial;
            }
            trial
        });
        Self {
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

    /// Prints a sheet and asks about its ruler.
    fn print(mut self) -> Transition {
        let Some(trial) = &self.trial else {
            return Transition::stay();
        };
        let sheet = Effect::PrintSheet(trial.clone());
        self.step = PrinterStep::Ruler;
        Transition::change(self).and(sheet)
    }

    /// Takes the next narrower or wider paper and prints again; where there is none, says so.
    fn other_paper(mut self, narrower: bool) -> Transition {
        let Some(trial) = &mut self.trial else {
            return Transition::stay();
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
            return Transition::change(self);
        };
        trial.name = name;
        (trial.profile.columns, trial.profile.dots) = (profile.columns, profile.dots);
        self.print()
    }

    /// Asks the next question, with something learned of the printer.
    fn next(mut self, step: PrinterStep, learn: impl FnOnce(&mut PrinterSetting)) -> Transition {
        self.step = step;
        self.trial.as_mut().map(learn);
        Transition::change(self)
    }

    /// The answers to the question in front, in the order of their digits.
    fn answers(&self) -> Vec<(&'static str, Transition)> {
        let this = || Self {
            no_profile: false,
            ..self.clone()
        };
        let both = |step: PrinterStep, [yes, no]: [&'static str; 2], learn: Learn| {
            let learned = |answer| this().next(step.clone(), |trial| learn(trial, answer));
            vec![(yes, learned(true)), (no, learned(false))]
        };
        match self.step {
            PrinterStep::Print => vec![("setup-print-yes", this().print())],
            PrinterStep::Ruler => vec![
                ("setup-ruler-yes", this().next(PrinterStep::Code, |_| {})),
                ("setup-ruler-wraps", this().other_paper(true)),
                ("setup-ruler-early", this().other_paper(false)),
            ],
            PrinterStep::Code => both(
                PrinterStep::Characters,
                ["setup-code-yes", "setup-code-no"],
                |trial, right| {
                    if !right {
                        trial.profile.qr = QrPrint::Raster;
                    }
                },
            ),
            PrinterStep::Characters => both(
                PrinterStep::Cut,
                ["setup-characters-yes", "setup-characters-no"],
                |trial, right| trial.profile.four_byte = right,
            ),
            PrinterStep::Cut => both(
                PrinterStep::Ask { writing: false },
                ["setup-cut-yes", "setup-cut-no"],
                |trial, right| {
                    if !right {
                        trial.profile.cut = Cut::None;
                    }
                },
            ),
            PrinterStep::Ask { .. } | PrinterStep::Over(_) => Vec::new(),
        }
    }

    /// A question with what to look at, and what is wrong with the printer.
    fn question(&self, context: &Context<'_>, trial: &PrinterSetting, id: &str) -> Body {
        let port = Fact::Foreign(trial.port.to_string());
        let port = Line::plain(Text::row([port]));
        let how = Text::message(format!("{id}-how"));
        let trouble = context.model.printer.trouble().map(|trouble| {
            let why = Fact::Message(format!("printer-trouble-{}", trouble.name()));
            Text::of("printer-trouble").fact("why", why)
        });
        let no_profile = self.no_profile.then(|| Text::of("setup-no-profile"));
        let warning = trouble.or(no_profile).map(Line::warning);
        Body::Lines(vec![
            vec![
                Line::plain(Text::verbatim(trial.name)),
                Line { tail: true, ..port },
            ],
            vec![Line::plain(how)],
            warning.into_iter().collect(),
        ])
    }

    fn panel_of(&self, context: &Context<'_>, trial: &PrinterSetting) -> Panel<Transition> {
        let change = self.change();
        let (id, body) = match &self.step {
            PrinterStep::Ask { .. } => {
                let lines = change.iter().map(|change| setting::lines(context, change));
                ("setup-ask", Body::Lines(lines.collect()))
            }
            PrinterStep::Over(kept) => {
                let lines = change.map(|change| setting::not_kept(context, kept, &change));
                let id = match kept {
                    SettingKept::Written => "setup-written",
                    SettingKept::BuiltIn
                    | SettingKept::ReadOnly { .. }
                    | SettingKept::Failed { .. } => "setting-not-kept",
                };
                (id, Body::Lines(lines.unwrap_or_default()))
            }
            PrinterStep::Print
            | PrinterStep::Ruler
            | PrinterStep::Code
            | PrinterStep::Characters
            | PrinterStep::Cut => {
                let id = question_id(&self.step);
                (id, self.question(context, trial, id))
            }
        };
        let panel = Panel::staff(Text::of(id), body);
        let answers = (1_u8..).zip(self.answers());
        answers.fold(panel, |panel, (digit, (label, act))| {
            let choice = Choice::new(Key::Digit(digit), Text::of(label), act);
            panel.foot(if digit == 1 {
                choice.yes()
            } else {
                choice.neutral()
            })
        })
    }
}

/// Takes an answer into the printer as it is tried.
type Learn = fn(&mut PrinterSetting, bool);

const fn question_id(step: &PrinterStep) -> &'static str {
    match step {
        PrinterStep::Print => "setup-print",
        PrinterStep::Ruler => "setup-ruler",
        PrinterStep::Code => "setup-code",
        PrinterStep::Characters => "setup-characters",
        PrinterStep::Cut => "setup-cut",
        PrinterStep::Ask { .. } | PrinterStep::Over(_) => "setup-ask",
    }
}

/// What stands where the config has no printer.
fn no_printer() -> Panel<Transition> {
    let lines = ["[printer]", "port = \"/dev/usb/lp0\"", "profile = \"58mm\""];
    let lines = lines
        .into_iter()
        .map(|line| Line::strong(Text::verbatim(line)));
    let how = vec![Line::plain(Text::of("setup-none-do"))];
    let then = vec![Line::plain(Text::of("setup-none-then"))];
    Panel::staff(
        Text::of("setup-none"),
        Body::Lines(vec![how, lines.collect(), then]),
    )
}

impl State for PrinterSetup {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let leave = || Transition::replace(Devices::default());
        let mut panel = match &self.trial {
            Some(trial) => self.panel_of(context, trial),
            None => no_printer(),
        };
        panel.card = OnCard::Looked;
        let writes = self.step == PrinterStep::Ask { writing: false };
        if let Some(change) = self.change().filter(|_| writes) {
            let step = PrinterStep::Ask { writing: true };
            let yes = self.clone().next(step, |_| {});
            let yes = yes.and(Effect::ChangeSetting(change));
            let [yes, no] = setting::yes_no(yes, leave());
            panel = panel.foot(yes).foot(no);
        }
        panel.with([Choice::hidden(Key::Back, leave())])
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        if let (Answer::Setting(kept), PrinterStep::Ask { .. }) = (answer, &self.step) {
            self.step = PrinterStep::Over(kept.clone());
        }
        Transition::stay()
    }
}
