//! What a screen may see when something happens to it, and what it may answer.

use crate::app::{Effect, Screen};
use crate::config::Config;
use crate::domain::{AccountId, Checkup, ExportWhy, Look, Refusal, StaffId, Statement, Via};

/// What a screen may see.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The station.
    pub(crate) config: &'a Config,
    /// Whose session it is.
    pub(crate) holder: Option<&'a Statement>,
    /// How the card number of the session came, where it was not the card itself.
    pub(crate) via: Option<Via>,
    /// Whose badges confirm without a PIN now.
    pub(crate) on_duty: &'a [StaffId],
    /// What the last check-up found.
    pub(crate) checkup: Option<&'a Checkup>,
    /// An export that was missed while the power was off and that nobody has read of yet, in
    /// milliseconds since 1970.
    pub(crate) missed: Option<i64>,
    /// How the screen looks now.
    pub(crate) look: Look,
}

impl Scene<'_> {
    /// The account of the session.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.holder.map(|holder| holder.member.account.clone())
    }
}

/// What a screen asks of the station itself, since it outlives the screen.
pub(crate) enum Ask {
    /// Speak the other language.
    OtherLanguage,
    /// End this person's duty.
    OffDuty(StaffId),
    /// Check up, unless a check-up runs.
    CheckUp,
    /// Export, unless an export runs.
    Export(ExportWhy),
}

/// What a screen answers.
#[derive(Default)]
pub(crate) struct Turn {
    /// The screen to go to.
    pub(crate) go: Option<Screen>,
    /// What shall be done, in order.
    pub(crate) effects: Vec<Effect>,
    /// What is asked of the station.
    pub(crate) ask: Option<Ask>,
    /// A refusal to show in front.
    pub(crate) notice: Option<Refusal>,
    /// The session is over.
    pub(crate) end: bool,
}

impl Turn {
    /// Nothing changes.
    pub(crate) fn stay() -> Self {
        Self::default()
    }

    /// Goes to another screen.
    pub(crate) fn go(screen: Screen) -> Self {
        Self {
            go: Some(screen),
            ..Self::default()
        }
    }

    /// Wants something.
    pub(crate) fn want(effect: Effect) -> Self {
        Self {
            effects: vec![effect],
            ..Self::default()
        }
    }

    /// Asks something of the station and stays.
    pub(crate) fn ask(ask: Ask) -> Self {
        Self {
            ask: Some(ask),
            ..Self::default()
        }
    }

    /// Says no and stays.
    pub(crate) fn refuse(refusal: &Refusal) -> Self {
        Self {
            notice: Some(refusal.clone()),
            ..Self::default()
        }
    }

    /// Ends the session.
    pub(crate) fn end() -> Self {
        Self {
            end: true,
            ..Self::default()
        }
    }

    /// The same, and wants something more.
    pub(crate) fn and(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// The same, and says no.
    pub(crate) fn but(mut self, refusal: &Refusal) -> Self {
        self.notice = Some(refusal.clone());
        self
    }
}
