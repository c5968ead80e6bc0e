//! What is on the screen. The truth is on disk; this is only the picture of it.

use crate::app::screens::{
    CheckupList, Choose, Confirm, Desk, Detective, Devices, Done, Exports, Holds, Home, Idle,
    Operations, Passbook, PinPad, PrinterSetup, Quantity, Reverse, Rewards, Variants, Waiting,
};
use crate::app::{CheckupView, Effect, ExportView, Key, PrinterView, StationFault};
use crate::domain::{CardId, Lang, Now, Refusal, Staff, StaffId, Statement};

/// The screen in front, with exactly the data it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Nobody is there.
    Idle(Idle),
    /// Balance and what can be done.
    Home(Home),
    /// The rewards of a category.
    Rewards(Rewards),
    /// The variants of a reward.
    Variants(Variants),
    /// How many.
    Quantity(Quantity),
    /// The question before points are held.
    Confirm(Confirm),
    /// Held; the attendant's badge is awaited.
    Waiting(Waiting),
    /// Final.
    Done(Done),
    /// The good-deed book.
    Passbook(Passbook),
    /// A badge's PIN.
    PinPad(PinPad),
    /// The attendant's menu.
    Desk(Desk),
    /// The holds that wait.
    Holds(Holds),
    /// One of them.
    Choose(Choose),
    /// The last operations.
    Operations(Operations),
    /// The question before one is reversed.
    Reverse(Reverse),
    /// Exports.
    Exports(Exports),
    /// What the last check-up found.
    Checkup(CheckupList),
    /// What readers send.
    Devices(Devices),
    /// How a reader's numbers are read.
    Detective(Detective),
    /// What the printer can do.
    PrinterSetup(PrinterSetup),
    /// The station cannot work.
    OutOfOrder(StationFault),
}

/// A member of staff whose PIN was right and whose badge alone now confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Who.
    pub staff: Staff,
    /// Monotonic milliseconds at which the PIN is asked again.
    pub until_ms: i64,
}

/// All that the screen needs.
#[derive(Clone, Debug)]
pub struct Model {
    /// The language with which each session begins.
    pub first_lang: Lang,
    /// The language in front.
    pub lang: Lang,
    /// The screen in front.
    pub screen: Screen,
    /// Whose session it is.
    pub holder: Option<Statement>,
    /// The card that opened the session.
    pub holder_card: Option<CardId>,
    /// A refusal in front of the screen, until it is acknowledged.
    pub notice: Option<Refusal>,
    /// Monotonic milliseconds at which the session ends unless someone is still there.
    pub asking_until_ms: Option<i64>,
    /// Help was called and nobody has come yet.
    pub help_called: bool,
    /// Which readers are there, in the order of the config.
    pub readers: Vec<bool>,
    /// How many holds wait for an attendant.
    pub open_holds: usize,
    /// What is known of exports.
    pub export: ExportView,
    /// What is known of the receipt printer.
    pub printer: PrinterView,
    /// What is known of check-ups.
    pub checkup: CheckupView,
    /// Who is on duty.
    pub duty: Vec<Duty>,
    /// A card number typed by hand so far, where the station allows it.
    pub typed: String,
    /// Monotonic milliseconds of the last key, touch or card.
    pub touched_ms: i64,
    /// Monotonic milliseconds at which the screen in front appeared.
    pub shown_ms: i64,
    /// The last key and its moment: the same key again at once is the same press.
    pub last_key: Option<(Key, i64)>,
    /// The last card and its moment: the same card again at once is the same tap.
    pub last_card: Option<(CardId, i64)>,
}

impl Model {
    /// A station that has just started, with so many readers not yet heard of.
    pub fn new(readers: usize, first_lang: Lang, now: &Now) -> Self {
        Self {
            first_lang,
            lang: first_lang,
            screen: Screen::Idle(Idle::default()),
            holder: None,
            holder_card: None,
            notice: None,
            asking_until_ms: None,
            help_called: false,
            readers: vec![false; readers],
            open_holds: 0,
            export: ExportView::new(now),
            printer: PrinterView::default(),
            checkup: CheckupView::default(),
            duty: Vec::new(),
            typed: String::new(),
            touched_ms: now.mono_ms,
            shown_ms: now.mono_ms,
            last_key: None,
            last_card: None,
        }
    }

    /// What must be asked at the start: the holds left open by a power cut, and the
    /// exports that it missed.
    pub fn first_effects() -> Vec<Effect> {
        vec![Effect::LoadHolds, Effect::LoadExports]
    }

    /// Says whether this person's badge confirms without a PIN.
    pub(crate) fn is_on_duty(&self, staff: &StaffId, now: &Now) -> bool {
        self.duty
            .iter()
            .any(|duty| &duty.staff.id == staff && now.mono_ms < duty.until_ms)
    }

    /// Leaves nothing of the last person on the screen.
    pub(crate) fn end_session(&mut self, now: &Now) {
        self.lang = self.first_lang;
        self.holder = None;
        self.holder_card = None;
        self.notice = None;
        self.asking_until_ms = None;
        self.help_called = false;
        self.show(Screen::Idle(Idle::default()), now);
    }

    /// Brings a screen to the front.
    pub(crate) fn show(&mut self, screen: Screen, now: &Now) {
        self.typed.clear();
        self.screen = screen;
        self.shown_ms = now.mono_ms;
    }
}
