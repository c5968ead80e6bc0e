//! What is on the screen. The truth is on disk; this is only the picture of it.

use crate::app::context::{Context, Transition};
use crate::app::screens::Idle;
use crate::app::{
    CheckupView, CoverView, Effect, ExportView, HelpView, PrinterView, Remember, Screen, Spot,
    StationFault, Ways,
};
use crate::config::Config;
use crate::domain::{
    CardId, Lang, Look, Now, Refusal, Staff, StaffId, Statement, Text, Theme, Today, Via,
};
use crate::panel::{Key, OnCard, Panel};

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
    /// The colours in front.
    pub theme: Theme,
    /// The screen in front.
    pub screen: Screen,
    /// Rows of the terminal: more of them hold more lines of a list.
    pub rows: u16,
    /// Its page, from 0, where it has several.
    pub(super) page: usize,
    /// The screens behind it, each with its page; 返回 leads to the last one.
    pub(super) below: Vec<(Screen, usize)>,
    /// What has just been done; the screen in front has it for a title.
    pub(super) news: Option<Text>,
    /// Who of the staff is signed in at the desk.
    pub staff: Option<Staff>,
    /// Whose session it is.
    pub holder: Option<Statement>,
    /// The card that opened the session.
    pub holder_card: Option<CardId>,
    /// How that card's number came, where it was not the card itself.
    pub via: Option<Via>,
    /// A refusal in front of the screen, until it is acknowledged.
    pub notice: Option<Refusal>,
    /// Monotonic milliseconds at which the session ends unless someone is still there.
    pub asking_until_ms: Option<i64>,
    /// The countdown is in its last seconds.
    pub(super) hurries: bool,
    /// Whether somebody is called.
    pub help: HelpView,
    /// Whether the balance is to be seen.
    pub cover: CoverView,
    /// Unknown cards, and the ways that rest because of them.
    pub ways: Ways,
    /// How many refusals came to the front.
    pub(super) refusals: u32,
    /// Which readers are there, in the order of the config.
    pub readers: Vec<bool>,
    /// The day, judged.
    pub today: Today,
    /// How many operations wait to be looked at because their clock was wrong.
    pub doubted: usize,
    /// Why nothing can be booked at present; everything can be looked at.
    pub shut: Option<StationFault>,
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
    /// Monotonic milliseconds at which the screen in front appeared, later by what the station worked since.
    pub shown_ms: i64,
    /// Monotonic milliseconds at which what stands in front, screen or notice, came there: who pressed something before,
    /// meant something else. Not so of "are you still there?", which any key answers.
    pub came_ms: i64,
    /// The last key and the moment at which it was seen: the same key again at once is the same press.
    pub last_key: Option<(Key, i64)>,
    /// The last key that was obeyed, and the moment at which it was seen.
    pub last_act: Option<(Key, i64)>,
    /// Where the button stood that a finger pressed last; `None` after a key.
    pub finger: Option<Spot>,
    /// Where the button stood that led to the screen in front: what cannot be undone stands elsewhere.
    pub came_by: Option<Spot>,
    /// The last card and its moment: the same card again at once is the same tap.
    pub last_card: Option<(CardId, i64)>,
}

impl Model {
    /// A station that has just started, with so many readers not yet heard of.
    pub fn new(readers: usize, first_lang: Lang, now: &Now) -> Self {
        Self {
            first_lang,
            lang: first_lang,
            theme: Theme::default(),
            screen: Screen::Idle(Idle::default()),
            rows: 0,
            page: 0,
            below: Vec::new(),
            news: None,
            staff: None,
            holder: None,
            holder_card: None,
            via: None,
            notice: None,
            asking_until_ms: None,
            hurries: false,
            help: HelpView::default(),
            cover: CoverView::default(),
            ways: Ways::default(),
            refusals: 0,
            readers: vec![false; readers],
            today: Today::of(now),
            doubted: 0,
            shut: None,
            open_holds: 0,
            export: ExportView::new(now),
            printer: PrinterView::default(),
            checkup: CheckupView::default(),
            duty: Vec::new(),
            typed: String::new(),
            touched_ms: now.mono_ms,
            shown_ms: now.mono_ms,
            came_ms: now.mono_ms,
            last_key: None,
            last_act: None,
            finger: None,
            came_by: None,
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
        (self.lang, self.theme) = (self.first_lang, Theme::default());
        self.holder = None;
        self.holder_card = None;
        self.via = None;
        self.notice = None;
        self.asking_until_ms = None;
        self.help.called = false;
        self.cover = CoverView::default();
        self.staff = None;
        self.below.clear();
        self.show(Screen::Idle(Idle::default()), now);
    }

    /// How the screen looks.
    pub const fn look(&self) -> Look {
        Look {
            lang: self.lang,
            theme: self.theme,
            covers: self.cover.covers,
        }
    }

    /// How it would look if nobody had changed it: as the person of the session wished it kept, else as usual.
    pub(crate) fn kept_look(&self) -> Look {
        let usual = Look {
            lang: self.first_lang,
            theme: Theme::default(),
            covers: false,
        };
        let kept = self.holder.as_ref().and_then(|holder| holder.look);
        kept.unwrap_or(usual)
    }

    /// Ends the session because its person is done; asks before whether a look that differs from
    /// the one kept with the card shall be kept.
    pub(crate) fn leave(&mut self, now: &Now) {
        let asked = matches!(self.screen, Screen::Remember(_));
        match &self.holder {
            Some(_) if !asked && self.kept_look() != self.look() => {
                self.below.clear();
                self.show(Screen::Remember(Remember), now);
            }
            Some(_) | None => self.end_session(now),
        }
    }

    /// Brings a screen to the front, on its first page.
    pub(crate) fn show(&mut self, screen: Screen, now: &Now) {
        self.typed.clear();
        self.cover.peeks = false;
        self.page = 0;
        self.news = None;
        self.screen = screen;
        self.shown_ms = now.mono_ms;
        self.came_ms = now.mono_ms;
        self.came_by = self.finger;
    }

    /// The panel of the screen, also while a notice or a question stands before it.
    pub(crate) fn panel(&self, config: &Config, now: &Now) -> Panel<Transition> {
        let model = self;
        let context = Context { config, model, now };
        let panel = self.screen.state().panel(&context);
        let mut panel = panel.paged(self.page, self.rows, Transition::turn);
        if config.voice.speaks() {
            let again = self.again(&panel);
            panel.choices.push(again);
        }
        panel
    }

    /// Says whether the station has readers and none of them is there.
    pub fn lacks_readers(&self) -> bool {
        !self.readers.is_empty() && !self.readers.contains(&true)
    }

    /// Says whether a technician looks at what readers say. While the screen asks whether somebody is there, its person
    /// may have gone: a card is a card again.
    pub(crate) fn looks_at_cards(&self, config: &Config, now: &Now) -> bool {
        self.asking_until_ms.is_none() && self.panel(config, now).card == OnCard::Looked
    }

    /// The screen, unless a notice or a question stands before it.
    pub(crate) fn in_front(&self) -> Option<&Screen> {
        let covered = self.notice.is_some() || self.asking_until_ms.is_some();
        (!covered).then_some(&self.screen)
    }

    /// Says whether what cannot be undone may be done: everyone has had time to see the screen.
    pub fn is_armed(&self, config: &Config, now: &Now) -> bool {
        self.arms_in_ms(config, now) == 0
    }

    /// Milliseconds until then.
    pub fn arms_in_ms(&self, config: &Config, now: &Now) -> i64 {
        let shown_ms = now.mono_ms.saturating_sub(self.shown_ms);
        let left = config.station.screen.arming_ms().saturating_sub(shown_ms);
        left.max(0)
    }
}
