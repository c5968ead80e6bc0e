//! What a screen answers, taken into the model.

use crate::app::aid;
use crate::app::context::{Ask, Context, Move, Transition};
use crate::app::update::{checkup, export};
use crate::app::{Effect, Model, Screen};
use crate::config::Config;
use crate::domain::Now;

/// Lets the screen in front answer, and takes its answer into the model.
pub(super) fn play(
    model: &mut Model,
    config: &Config,
    now: &Now,
    act: impl FnOnce(&mut Screen, &Context<'_>) -> Transition,
) -> Vec<Effect> {
    let mut screen = model.screen.clone();
    let context = Context { config, model, now };
    let transition = act(&mut screen, &context);
    model.screen = screen;
    run(model, config, now, transition)
}

/// Takes a transition into the model; gives what is wanted.
pub(super) fn run(
    model: &mut Model,
    config: &Config,
    now: &Now,
    transition: Transition,
) -> Vec<Effect> {
    let Transition {
        to,
        page,
        mut effects,
        ask,
        notice,
        news,
    } = transition;
    go(model, now, to);
    model.page = page.unwrap_or(model.page);
    if news.is_some() {
        model.news = news;
    }
    if let Some(refusal) = notice {
        model.refuse(refusal, now);
        model.shown_ms = now.mono_ms;
    }
    match ask {
        Some(Ask::OtherLanguage) => model.lang = model.lang.other(),
        Some(Ask::Aid(aid)) => effects.extend(aid::give(model, config, now, aid)),
        Some(Ask::SignIn(staff)) => model.staff = Some(staff),
        Some(Ask::OffDuty(staff)) => model.duty.retain(|duty| duty.staff.id != staff),
        Some(Ask::CheckUp) => effects.extend(checkup::ask(model, now)),
        Some(Ask::Export(why)) => effects.extend(export::ask(model, now, why)),
        Some(Ask::MissedRead) => model.export.missed = None,
        Some(Ask::Answer(given)) => {
            effects.extend(play(model, config, now, |screen, context| {
                screen.state_mut().given(&given, context)
            }));
        }
        None => {}
    }
    effects
}

/// Brings another screen to the front.
fn go(model: &mut Model, now: &Now, to: Move) {
    match to {
        Move::Stay => {}
        Move::Change(screen) => model.screen = screen,
        Move::Open(screen) => {
            let left = (model.screen.clone(), model.page);
            model.below.push(left);
            model.show(screen, now);
        }
        Move::Replace(screen) => model.show(screen, now),
        Move::Restart(screen) => {
            model.below.clear();
            model.show(screen, now);
        }
        Move::Back => match model.below.pop() {
            Some((screen, page)) => {
                model.show(screen, now);
                model.page = page;
            }
            None => model.leave(now),
        },
        Move::End => model.leave(now),
    }
}
