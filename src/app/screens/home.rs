//! Balance in big digits, and at most six things to do.

use crate::app::context::{Ask, Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Effect, Passbook, Rewards, Waiting};
use crate::domain::{AccountId, Fact, Points, Prompt, Statement, Text};
use crate::panel::{Body, Choice, Footer, Key, OnCard, Panel};

/// The home screen of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Home;

/// The most categories that have a button. Source: six choices, two of them taken.
const CATEGORIES: usize = 4;

/// What the session is for, in the order of the digits.
fn choices(context: &Context<'_>, account: AccountId) -> Vec<Choice<Transition>> {
    let categories = context.config.catalogue.categories.iter();
    let rewards = (1..).zip(categories.take(CATEGORIES));
    let rewards = rewards.map(|(digit, category)| {
        let label = Text::row([Fact::Category(category.code.clone())]);
        let rewards = Rewards::new(category.code.clone());
        let act = Transition::open(rewards).and(context.shelf(&category.code));
        Choice::new(Key::Digit(digit), label, act)
    });
    let book = Transition::want(Effect::LoadPassbook { account, page: 0 });
    let others = [
        Choice::new(Key::Digit(5), Text::of("home-passbook"), book),
        Choice::new(
            Key::Digit(6),
            Text::of("language"),
            Transition::ask(Ask::OtherLanguage),
        ),
    ];
    rewards.chain(others).collect()
}

/// The button that shows what waits for the attendant, where something does.
fn waiting(holder: &Statement) -> Option<Choice<Transition>> {
    let act = Transition::want(Effect::FindHold(holder.member.account.clone()));
    let choice = Choice::new(Key::Digit(0), Text::of("home-waiting"), act);
    (holder.held > Points::ZERO).then_some(choice)
}

impl State for Home {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let called_off = context.model.news.is_some();
        let spoken = if called_off {
            Prompt::CalledOff
        } else {
            Prompt::Home
        };
        let Some(holder) = context.holder() else {
            return Panel::new(Text::row([]), Body::Own, spoken);
        };
        // No figure follows while the balance is covered.
        let title = match (called_off, context.model.is_covered()) {
            (true, true) => Text::of("home-called-off-covered"),
            (true, false) => Text::of("home-called-off"),
            (false, true) => Text::of("home-covered").name(&holder.member.name),
            (false, false) => Text::of("home-balance").name(&holder.member.name),
        };
        Panel {
            footer: Footer::Home,
            card: OnCard::Leaves,
            hint: "demo-home",
            figures: Some(Prompt::Balance(holder.free, holder.held)),
            ..Panel::new(title, Body::Own, spoken)
        }
        .with(choices(context, holder.member.account.clone()))
        .with(waiting(holder))
        .with(context.read(8))
        .with(context.cover(9))
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        if let Answer::Passbook(page) = answer {
            return Transition::open(Passbook { page: page.clone() });
        }
        if let Answer::OwnHold(Some(held)) = answer {
            return Transition::restart(Waiting { held: held.clone() });
        }
        Transition::stay()
    }
}
