//! What a screen may see when it is asked for its panel or an answer comes, and what it may want to happen.

use crate::app::{Answer, Effect, Model, Screen};
use crate::config::Config;
use crate::domain::{
    AccountId, Booked, CategoryCode, ExportWhy, Now, OpId, Refusal, Staff, StaffId, Statement,
    Text, Today, Wish,
};
use crate::panel::{Aid, Choice, Key, Place, Typing};
use crate::services::{Actor, Command, Given, Order, Signature};

/// What a screen may see.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The station.
    pub(crate) config: &'a Config,
    /// All that is known.
    pub(crate) model: &'a Model,
    /// The moment.
    pub(crate) now: &'a Now,
}

impl<'a> Context<'a> {
    /// The day, judged.
    pub(crate) const fn today(&self) -> &'a Today {
        &self.model.today
    }

    /// Whose session it is.
    pub(crate) const fn holder(&self) -> Option<&'a Statement> {
        self.model.holder.as_ref()
    }

    /// The account of the session.
    pub(crate) fn account(&self) -> Option<AccountId> {
        self.holder().map(|holder| holder.member.account.clone())
    }

    /// Who of the staff is signed in.
    pub(crate) const fn staff(&self) -> Option<&'a Staff> {
        self.model.staff.as_ref()
    }

    /// A member of staff books something; where nobody is signed in any more, the session is over.
    pub(crate) fn by_staff(&self, key: OpId, command: Command) -> Transition {
        let staff = self.staff().map(|staff| Actor::Staff(staff.id.clone()));
        staff.map_or_else(Transition::end, |staff| {
            Transition::want(Effect::Book(Order::by(staff, key, command)))
        })
    }

    /// A resident asks what a reward would cost.
    pub(crate) fn price(&self, wish: &Wish) -> Transition {
        let Some(account) = self.account() else {
            return Transition::end();
        };
        let command = self.taking(&account, wish);
        Transition::want(Effect::Price(
            Signature::of(Actor::Holder(account)),
            command,
        ))
    }

    /// Asks which rewards of a category the holder cannot have now; each is tried as cheaply as it can be had.
    pub(crate) fn shelf(&self, category: &CategoryCode) -> Option<Effect> {
        let member = &self.holder()?.member;
        let items = self.config.catalogue.items_in(category);
        let asked = items.map(|item| {
            let wish = item.cheapest(member, self.today().latest_year());
            let command = self.taking(&member.account, &wish);
            (wish.item, command)
        });
        let signed = Signature::of(Actor::Holder(member.account.clone()));
        Some(Effect::LoadShelf(signed, asked.collect()))
    }

    fn taking(&self, account: &AccountId, wish: &Wish) -> Command {
        Command::redeem(account, wish, (None, self.model.via))
    }

    /// What has just been done, or else this.
    pub(crate) fn news_or(&self, title: Text) -> Text {
        self.model.news.clone().unwrap_or(title)
    }

    /// Digits are a card's number here, where the station allows that.
    pub(crate) fn types_cards(&self) -> Option<Typing> {
        let typed = self.config.station.screen.typed_cards;
        typed.then_some(Typing::Card)
    }

    /// The button that reads the figures, where the station speaks; with its digit.
    pub(crate) fn read(&self, digit: u8) -> Option<Choice<Transition>> {
        let speaks = self.config.voice.speaks();
        speaks.then(|| aid(Aid::Read, "hear-read").also(Key::Digit(digit)))
    }

    /// The button that covers the balance and shows it, with its digit. It is on the screen while there is something to
    /// show.
    pub(crate) fn cover(&self, digit: u8) -> Option<Choice<Transition>> {
        let home = matches!(self.model.screen, Screen::Home(_));
        let covers = self.model.cover.covers;
        if self.holder().is_none() || !(home || covers) {
            return None;
        }
        let covered = self.model.is_covered();
        let label = match (covered, covers) {
            (true, _) => "cover-show",
            (false, true) => "cover-never",
            (false, false) => "cover",
        };
        let place = if home || covered {
            Place::Body
        } else {
            Place::Hidden
        };
        let choice = aid(Aid::Cover, label).also(Key::Digit(digit));
        Some(choice.at(place))
    }
}

/// A button that asks something of the station itself.
pub(super) fn aid(aid: Aid, label: &'static str) -> Choice<Transition> {
    let act = Transition::ask(Ask::Aid(aid));
    Choice::new(Key::Aid(aid), Text::of(label), act).neutral()
}

/// What a screen asks of the station itself, since it outlives the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Speak the other language.
    OtherLanguage,
    /// Say it again, read it, cover it.
    Aid(Aid),
    /// This person works at the desk now.
    SignIn(Staff),
    /// End this person's duty.
    OffDuty(StaffId),
    /// Check up, unless a check-up runs.
    CheckUp,
    /// Export, unless an export runs.
    Export(ExportWhy),
    /// Somebody has read that an export was missed.
    MissedRead,
    /// Give the task in front this answer. Only what was chosen is followed up, not all that could be.
    Answer(Given),
}

/// Which screen comes to the front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Move {
    /// The same.
    #[default]
    Stay,
    /// The same, changed; nobody needs time to read it anew.
    Change(Screen),
    /// Another, and 返回 leads back to this one, on the page where it was left.
    Open(Screen),
    /// Another in the place of this one.
    Replace(Screen),
    /// Another with nothing behind it.
    Restart(Screen),
    /// The one behind; where there is none, the session ends.
    Back,
    /// The session is over.
    End,
}

/// What happens when something was chosen or answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Transition {
    /// The screen.
    pub(crate) to: Move,
    /// The page of the same screen to turn to.
    pub(crate) page: Option<usize>,
    /// What shall be done, in order.
    pub(crate) effects: Vec<Effect>,
    /// What is asked of the station.
    pub(crate) ask: Option<Ask>,
    /// A refusal to show in front.
    pub(crate) notice: Option<Refusal>,
    /// What has just been done: the title of the screen that comes.
    pub(crate) news: Option<Text>,
}

impl Transition {
    fn to(to: Move) -> Self {
        Self {
            to,
            ..Self::default()
        }
    }

    /// Nothing changes.
    pub(crate) fn stay() -> Self {
        Self::default()
    }

    /// The same screen with other data.
    pub(crate) fn change(screen: impl Into<Screen>) -> Self {
        Self::to(Move::Change(screen.into()))
    }

    /// The same, with other data on the screen while the answer is awaited; not where it leads elsewhere anyway.
    pub(crate) fn change_to(self, screen: impl Into<Screen>) -> Self {
        if self.to != Move::Stay {
            return self;
        }
        let to = Move::Change(screen.into());
        Self { to, ..self }
    }

    /// Opens a screen from which 返回 leads back here.
    pub(crate) fn open(screen: impl Into<Screen>) -> Self {
        Self::to(Move::Open(screen.into()))
    }

    /// Goes to a screen in the place of this one.
    pub(crate) fn replace(screen: impl Into<Screen>) -> Self {
        Self::to(Move::Replace(screen.into()))
    }

    /// Goes to a screen with nothing behind it.
    pub(crate) fn restart(screen: impl Into<Screen>) -> Self {
        Self::to(Move::Restart(screen.into()))
    }

    /// Goes back.
    pub(crate) fn back() -> Self {
        Self::to(Move::Back)
    }

    /// Ends the session.
    pub(crate) fn end() -> Self {
        Self::to(Move::End)
    }

    /// Turns to a page.
    pub(crate) fn turn(page: usize) -> Self {
        Self {
            page: Some(page),
            ..Self::default()
        }
    }

    /// Wants something.
    pub(crate) fn want(effect: Effect) -> Self {
        Self::stay().and(effect)
    }

    /// Asks something of the station and stays.
    pub(crate) fn ask(ask: Ask) -> Self {
        Self::stay().asking(ask)
    }

    /// Says no and stays.
    pub(crate) fn refuse(refusal: &Refusal) -> Self {
        Self::stay().but(refusal)
    }

    /// What follows when something was booked. A refusal leads back to where something else can be chosen, unless the
    /// ledger was only busy.
    pub(crate) fn booked(answer: &Answer, then: impl FnOnce(&Booked) -> Self) -> Self {
        let Answer::Booked(booked) = answer else {
            return Self::stay();
        };
        match booked {
            Ok(booked) => then(booked),
            Err(refusal) if refusal.is("busy") => Self::refuse(refusal),
            Err(refusal) => Self::back().but(refusal),
        }
    }

    /// The same, and wants something more.
    pub(crate) fn and(mut self, effect: impl Into<Option<Effect>>) -> Self {
        self.effects.extend(effect.into());
        self
    }

    /// The same, and asks something of the station.
    pub(crate) fn asking(mut self, ask: Ask) -> Self {
        self.ask = Some(ask);
        self
    }

    /// The same, and says no.
    pub(crate) fn but(mut self, refusal: &Refusal) -> Self {
        self.notice = Some(refusal.clone());
        self
    }

    /// The same, and says what has just been done.
    pub(crate) fn news(mut self, news: Text) -> Self {
        self.news = Some(news);
        self
    }
}
