//! What helps a person who sees badly, hears better, or is watched: a voice, a sound, a covered balance.
//! Decided here from what stands in front before and after; the shell has the mouth.

use crate::app::context::{Transition, aid};
use crate::app::{Aloud, Effect, Model, Screen};
use crate::config::Config;
use crate::domain::{Lang, Now, Prompt, Refusal, Sound, Theme};
use crate::panel::{Aid, Choice, Key, Panel, Place, Typing};

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
/// The digit that says it again, where it is free.
const AGAIN: Key = Key::Digit(7);

impl Model {
    /// The balance is not to be seen now.
    pub const fn is_covered(&self) -> bool {
        self.cover.covers && !self.cover.peeks
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

    /// What would be said of what stands in front.
    pub fn prompt(&self, config: &Config, now: &Now) -> Prompt {
        if self.asking_until_ms.is_some() {
            let secs = if self.hurries {
                LAST_SECS
            } else {
                config.station.screen.ask_secs
            };
            return Prompt::Asking(secs);
        }
        match &self.notice {
            Some(refusal) => Prompt::Refused(refusal.clone()),
            None => self.panel(config, now).spoken,
        }
    }

    /// The figures of the screen in front, for its person only and on request.
    pub fn figures(&self, config: &Config, now: &Now) -> Option<Prompt> {
        self.in_front()?;
        self.panel(config, now).figures
    }

    /// The button that says it again. Its digit is 7 where that chooses nothing else; where a number may be typed and none
    /// is, the key that ends it is free.
    pub(super) fn again(&self, panel: &Panel<Transition>) -> Choice<Transition> {
        let key = match panel.typing {
            Some(Typing::Card | Typing::Person) => self.typed.is_empty().then_some(Key::Enter),
            Some(Typing::Pin | Typing::Number) => None,
            None => panel.choice(AGAIN).is_none().then_some(AGAIN),
        };
        let key = key.filter(|_| self.asking_until_ms.is_none());
        aid(Aid::Again, "hear-again").also(key).at(Place::Footer)
    }
}

/// Gives an aid.
pub(super) fn give(model: &mut Model, config: &Config, now: &Now, aid: Aid) -> Vec<Effect> {
    let say = |prompt| {
        let lang = model.lang;
        vec![Effect::Aloud(Aloud::Say(prompt, lang))]
    };
    match aid {
        Aid::Again => say(model.prompt(config, now)),
        Aid::Read => model.figures(config, now).map(say).unwrap_or_default(),
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
    page: usize,
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
            page: model.page,
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
    pub(super) fn of(model: &Model, config: &Config, now: &Now) -> Self {
        Self {
            front: Front::of(model),
            prompt: model.prompt(config, now),
            refusals: model.refusals,
            last_act: model.last_act,
        }
    }

    /// What is to be heard of what happened; `by_hand` says that it was a key or a touch, `prompt` what would be said now.
    pub(super) fn heard(
        &self,
        model: &Model,
        prompt: Prompt,
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
