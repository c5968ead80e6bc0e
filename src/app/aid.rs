//! What helps a person who sees badly, hears better, or is watched: a voice, a sound, a covered balance.
//! Decided here from what stands in front before and after; the shell has the mouth.

use crate::app::model::staffs;
use crate::app::{Aloud, Effect, Home, Key, Model, Screen};
use crate::config::Config;
use crate::domain::{Lang, Now, Prompt, Refusal, Sound, Theme};

/// What a person asks of the station itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aid {
    /// 再听一遍.
    Again,
    /// 读给我听: the figures too.
    Read,
    /// 遮住积分, and 点这里看.
    Cover,
}

/// Whether somebody is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HelpView {
    /// In this session, and nobody has come yet.
    pub called: bool,
    /// In whosever session, and no badge was shown since.
    pub wanted: bool,
    /// Monotonic milliseconds of the last call.
    pub(super) called_ms: Option<i64>,
}

/// Whether the balance is to be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverView {
    /// It is covered until it is asked for.
    pub covers: bool,
    /// It was asked for, on this screen.
    pub peeks: bool,
}

/// Help is called at most so often, in milliseconds: a person needs longer to come.
const CALL_MS: i64 = 10_000;
/// The countdown is said once more when so few seconds are left.
pub(super) const LAST_SECS: i64 = 10;

/// The digit that asks a screen for an aid and does nothing else there, as long as none are typed.
const fn digit_of(screen: &Screen, aid: Aid) -> Option<u8> {
    match (screen, aid) {
        // Digits are typed, or all of them choose, here.
        (
            Screen::OutOfOrder(_)
            | Screen::PinPad(_)
            | Screen::Desk(_)
            | Screen::Devices(_)
            | Screen::Detective(_)
            | Screen::PrinterSetup(_),
            _,
        ) => None,
        (_, Aid::Again) => Some(7),
        (Screen::Home(_) | Screen::Confirm(_), Aid::Read) => Some(8),
        (Screen::Passbook(_), Aid::Read) => Some(6),
        (Screen::Home(_) | Screen::Confirm(_) | Screen::Done(_), Aid::Cover) => Some(9),
        (Screen::Passbook(_), Aid::Cover) => Some(5),
        (_, Aid::Read | Aid::Cover) => None,
    }
}

impl Model {
    /// The balance is not to be seen now.
    pub const fn is_covered(&self) -> bool {
        self.cover.covers && !self.cover.peeks
    }

    /// Says whether an aid can be had here.
    pub fn offers(&self, config: &Config, aid: Aid) -> bool {
        let covers = matches!(self.screen, Screen::Home(_)) || self.cover.covers;
        match aid {
            Aid::Again => config.voice.speaks(),
            Aid::Read => config.voice.speaks() && digit_of(&self.screen, aid).is_some(),
            Aid::Cover => covers && self.holder.is_some() && digit_of(&self.screen, aid).is_some(),
        }
    }

    /// The clock ran on while the station worked, between two moments in monotonic milliseconds: a commit takes nobody's
    /// time away, and what came to the front in it was seen by nobody before its end.
    pub fn excuse(&mut self, began_ms: i64, ended_ms: i64) {
        let ms = ended_ms.saturating_sub(began_ms);
        if self.came_ms >= began_ms {
            self.came_ms = ended_ms;
        }
        self.touched_ms = self.touched_ms.saturating_add(ms);
        self.shown_ms = self.shown_ms.saturating_add(ms);
        self.asking_until_ms = self.asking_until_ms.map(|at| at.saturating_add(ms));
    }

    /// Puts a refusal in front; the same one again is heard again.
    pub(super) fn refuse(&mut self, refusal: Refusal, now: &Now) {
        self.came_ms = now.mono_ms;
        self.notice = Some(refusal);
        self.refusals = self.refusals.wrapping_add(1);
    }

    /// Says whether a card number may be typed here.
    pub const fn types_cards(&self, config: &Config) -> bool {
        config.station.screen.typed_cards
            && matches!(self.screen, Screen::Idle(_) | Screen::Waiting(_))
    }

    /// Says whether digits are somebody's number here, and ask for nothing.
    pub const fn takes_digits(&self, config: &Config) -> bool {
        self.types_cards(config) || matches!(self.screen, Screen::PinPad(_))
    }

    /// The digit that asks for an aid here, if one does.
    pub fn digit_of(&self, config: &Config, aid: Aid) -> Option<u8> {
        let free = self.asking_until_ms.is_none() && !self.takes_digits(config);
        digit_of(&self.screen, aid).filter(|_| free)
    }

    /// What would be said of what stands in front.
    pub fn prompt(&self, config: &Config) -> Prompt {
        if self.asking_until_ms.is_some() {
            let secs = if self.hurries {
                LAST_SECS
            } else {
                config.station.screen.ask_secs
            };
            return Prompt::Asking(secs);
        }
        if let Some(refusal) = &self.notice {
            return Prompt::Refused(refusal.clone());
        }
        match &self.screen {
            Screen::Idle(_) => Prompt::Idle,
            Screen::Home(Home { called_off: true }) => Prompt::CalledOff,
            Screen::Home(_) => Prompt::Home,
            Screen::Rewards(rewards) => Prompt::Rewards(rewards.category.clone()),
            Screen::Variants(variants) => Prompt::Variants(variants.item.clone()),
            Screen::Quantity(quantity) => Prompt::Quantity(quantity.wish.clone()),
            Screen::Confirm(confirm) => {
                Prompt::Confirm(confirm.quote.wish.clone(), confirm.quote.terms.total)
            }
            Screen::Waiting(_) => Prompt::Waiting,
            Screen::Done(_) => Prompt::Done,
            Screen::Passbook(_) => Prompt::Passbook,
            Screen::Remember(_) => Prompt::Remember,
            Screen::PinPad(_) => Prompt::Pin,
            staffs!() => Prompt::Staff,
            Screen::OutOfOrder(_) => Prompt::OutOfOrder,
        }
    }

    /// The figures of the screen in front, for its person only and on request.
    pub fn figures(&self) -> Option<Prompt> {
        let holder = self.holder.as_ref()?;
        let screen = self.in_front()?;
        if let Screen::Home(_) = screen {
            Some(Prompt::Balance(holder.free, holder.held))
        } else if let Screen::Confirm(confirm) = screen {
            let terms = &confirm.quote.terms;
            Some(Prompt::Change(terms.before, terms.after))
        } else if let Screen::Passbook(book) = screen {
            Some(Prompt::Entries(book.page.lines.clone()))
        } else {
            None
        }
    }
}

/// Residents' screens can change their language; staff read one.
pub(super) const fn speaks_two(screen: &Screen) -> bool {
    let one = matches!(screen, Screen::PinPad(_) | Screen::OutOfOrder(_));
    !(one || screen.is_staffs())
}

/// The aid that a key asks for on the screen in front.
pub(super) fn asked(model: &Model, config: &Config, key: Key) -> Option<Aid> {
    let typing = model.takes_digits(config);
    let all = [Aid::Again, Aid::Read, Aid::Cover];
    let offered = |aid: &Aid| model.offers(config, *aid);
    match key {
        Key::Aid(aid) => Some(aid).filter(offered),
        Key::Digit(digit) if !typing => {
            let meant = |aid: &Aid| digit_of(&model.screen, *aid) == Some(digit);
            all.into_iter().filter(offered).find(meant)
        }
        // Where a number may be typed and none is, the key that ends it is free.
        Key::Enter if typing && model.typed.is_empty() && !is_pin(model) => {
            Some(Aid::Again).filter(offered)
        }
        Key::Digit(_)
        | Key::Enter
        | Key::Back
        | Key::Help
        | Key::Finish
        | Key::Language
        | Key::Theme => None,
    }
}

const fn is_pin(model: &Model) -> bool {
    matches!(model.screen, Screen::PinPad(_))
}

/// Gives an aid.
pub(super) fn give(model: &mut Model, config: &Config, aid: Aid) -> Vec<Effect> {
    let say = |prompt| {
        let lang = model.lang;
        vec![Effect::Aloud(Aloud::Say(prompt, lang))]
    };
    match aid {
        Aid::Again => say(model.prompt(config)),
        Aid::Read => model.figures().map(say).unwrap_or_default(),
        Aid::Cover => {
            let home = matches!(model.screen, Screen::Home(_));
            (model.cover.covers, model.cover.peeks) =
                match (home, model.cover.covers, model.cover.peeks) {
                    (true, false, _) => (true, false),
                    (true, true, true) => (false, false),
                    (_, covers, peeks) => (covers, !peeks),
                };
            Vec::new()
        }
    }
}

/// Calls somebody. The banner is there at once; sound and command come once in a while.
pub(super) fn call(model: &mut Model, now: &Now) -> Vec<Effect> {
    (model.help.called, model.help.wanted) = (true, true);
    let lang = model.lang;
    let since = |at: i64| now.mono_ms.saturating_sub(at);
    let mut effects = vec![Effect::Aloud(Aloud::Say(Prompt::Help, lang))];
    if model.help.called_ms.is_none_or(|at| since(at) >= CALL_MS) {
        model.help.called_ms = Some(now.mono_ms);
        effects.extend([Aloud::Call, Aloud::Sound(Sound::Call)].map(Effect::Aloud));
    }
    effects
}

/// What a key that was obeyed may have changed to be felt.
#[derive(PartialEq, Eq)]
struct Front {
    screen: Screen,
    typed: String,
    notice: Option<Refusal>,
    asking_until_ms: Option<i64>,
    lang: Lang,
    theme: Theme,
    cover: CoverView,
}

impl Front {
    fn of(model: &Model) -> Self {
        Self {
            screen: model.screen.clone(),
            typed: model.typed.clone(),
            notice: model.notice.clone(),
            asking_until_ms: model.asking_until_ms,
            lang: model.lang,
            theme: model.theme,
            cover: model.cover,
        }
    }
}

/// What stood in front before something happened.
pub(super) struct Before {
    front: Front,
    prompt: Prompt,
    refusals: u32,
    last_act: Option<(Key, i64)>,
}

impl Before {
    /// Remembers it.
    pub(super) fn of(model: &Model, config: &Config) -> Self {
        Self {
            front: Front::of(model),
            prompt: model.prompt(config),
            refusals: model.refusals,
            last_act: model.last_act,
        }
    }

    /// What is to be heard of what happened; `by_hand` says that it was a key or a touch.
    pub(super) fn heard(
        &self,
        model: &Model,
        config: &Config,
        by_hand: bool,
        wanted: &[Effect],
    ) -> Vec<Aloud> {
        let mut heard = Vec::new();
        let refused = model.refusals != self.refusals;
        let done = matches!(model.screen, Screen::Done(_)) && model.screen != self.front.screen;
        let obeyed = model.last_act != self.last_act;
        let called = wanted.contains(&Effect::Aloud(Aloud::Sound(Sound::Call)));
        if refused {
            heard.push(Aloud::Sound(Sound::No));
        } else if done {
            heard.push(Aloud::Sound(Sound::Done));
        } else if by_hand && obeyed && !called {
            let taken = !wanted.is_empty() || self.front != Front::of(model);
            heard.push(Aloud::Sound(if taken { Sound::Tick } else { Sound::No }));
        }
        let saying = |effect: &Effect| matches!(effect, Effect::Aloud(Aloud::Say(..)));
        let said = wanted.iter().any(saying);
        let prompt = model.prompt(config);
        let other = prompt != self.prompt || model.lang != self.front.lang || refused;
        if said || !other {
            return heard;
        }
        if prompt.is_automatic() {
            let lang = model.lang;
            heard.push(Aloud::Say(prompt, lang));
        } else if self.prompt != Prompt::Done {
            // What was being said belongs to somebody who has gone.
            heard.push(Aloud::Hush);
        }
        heard
    }
}
