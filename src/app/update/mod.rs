//! The one function through which everything goes: an event in, effects out.

use crate::app::aid::{self, Before};
use crate::app::context::Transition;
use crate::app::{Answer, Effect, Event, HelpView, Model, Screen, Spot, Way};
use crate::config::Config;
use crate::domain::{CardFault, CardId, Now, Shared, ShownBy, no};
use crate::panel::{Audience, Key, Panel, Typing};

mod card;
mod checkup;
mod export;
mod time;
mod turn;

use turn::{play, run};

/// Takes what happened into the model and says what shall be done, in order.
pub fn update(model: &mut Model, config: &Config, now: &Now, event: Event) -> Vec<Effect> {
    let before = Before::of(model, config, now);
    let by_hand = matches!(event, Event::Key(..) | Event::Touch(..));
    let mut effects = happen(model, config, now, event);
    let prompt = model.prompt(config, now);
    let heard = before.heard(model, prompt, by_hand, &effects);
    effects.extend(heard.into_iter().map(Effect::Aloud));
    effects
}

fn happen(model: &mut Model, config: &Config, now: &Now, event: Event) -> Vec<Effect> {
    match event {
        Event::Tick => {
            let mut effects = export::tick(model, config, now);
            effects.extend(checkup::tick(model, now));
            effects.extend(time::tick(model, config, now));
            model.printer.tick(now.mono_ms);
            effects
        }
        Event::Size(_, rows) => {
            model.rows = rows;
            Vec::new()
        }
        Event::Key(key, ms) => on_key(model, config, now, (key, None, ms)),
        Event::Touch(key, at, ms) => on_key(model, config, now, (key, Some(at), ms)),
        Event::Card(way, read) => card::on_card(model, config, now, (way, read)),
        Event::Heard(heard) => card::on_heard(model, config, now, heard),
        Event::CardGone { index, card } => {
            card::on_card_gone(model, config, now, (index, &card));
            Vec::new()
        }
        Event::Reader { index, up } => {
            if let Some(reader) = model.readers.get_mut(index) {
                *reader = up;
            }
            Vec::new()
        }
        Event::Export(news) => export::news(model, config, now, news),
        Event::Printer(news) => {
            model.printer.hear(news);
            Vec::new()
        }
        Event::Checkup(found) => checkup::told(model, found),
        Event::Stick(stick) => export::stick(model, now, stick),
        Event::Day(today, doubted) => {
            (model.today, model.doubted) = (today, doubted);
            Vec::new()
        }
        Event::Reloaded => {
            export::reloaded(model, config, now);
            model.readers.resize(config.station.readers.len(), false);
            Vec::new()
        }
        Event::Answer(answer) => on_answer(model, config, now, &answer),
    }
}

fn on_key(
    model: &mut Model,
    config: &Config,
    now: &Now,
    (key, finger, seen_ms): (Key, Option<Spot>, i64),
) -> Vec<Effect> {
    // What a person meant is judged by the moment at which it was done, all else by now.
    let seen = &Now {
        mono_ms: seen_ms.min(now.mono_ms),
        ..*now
    };
    if time::is_same_press(model, config, seen, (key, finger.is_some())) {
        return Vec::new();
    }
    model.touched_ms = now.mono_ms;
    model.finger = finger;
    if matches!(model.screen, Screen::OutOfOrder(_)) {
        return Vec::new();
    }
    let panel = model.panel(config, now);
    let aids = panel.choice(key).filter(|choice| choice.is_aid());
    if let (Some(choice), None) = (aids, model.asking_until_ms) {
        let act = choice.act.clone();
        return run(model, config, now, act);
    }
    if key == Key::Help {
        model.asking_until_ms = None;
        return aid::call(model, now);
    }
    // Whoever answers "are you still there?" means that, and nothing else.
    if model.asking_until_ms.take().is_some() || model.notice.take().is_some() {
        model.shown_ms = now.mono_ms;
        model.came_ms = now.mono_ms;
        return Vec::new();
    }
    let typing_back = key == Key::Back && !model.typed.is_empty();
    if panel.is_irreversible(key) && !model.is_armed(config, seen) && !typing_back {
        return Vec::new();
    }
    match (key, panel.typing) {
        (Key::Help | Key::Aid(_), _) => Vec::new(),
        (Key::Language, _) => {
            // The staff's screens have one language.
            if panel.audience == Audience::Residents {
                model.lang = model.lang.other();
            }
            Vec::new()
        }
        (Key::Theme, _) => {
            model.theme = model.theme.other();
            Vec::new()
        }
        (Key::Finish, _) => {
            model.leave(now);
            Vec::new()
        }
        (_, None) => choose(model, config, now, (&panel, key)),
        (_, Some(Typing::Card | Typing::Person)) => typed(model, config, now, (&panel, key)),
        (_, Some(Typing::Pin | Typing::Number)) => play(model, config, now, |screen, context| {
            screen.state_mut().typed(key, context)
        }),
    }
}

/// A person is found by so many digits at most; more are a card's number.
const MOST_FOUND_BY: usize = 6;

/// Takes a card number, or what a person is found by, digit by digit; 返回 on an empty number is the screen's own.
fn typed(
    model: &mut Model,
    config: &Config,
    now: &Now,
    (panel, key): (&Panel<Transition>, Key),
) -> Vec<Effect> {
    if let Key::Digit(digit @ 0..=9) = key
        && model.typed.len() < CardId::MAX
    {
        model.typed.push(char::from(b'0'.saturating_add(digit)));
    } else if key == Key::Enter && !model.typed.is_empty() {
        let text = std::mem::take(&mut model.typed);
        if panel.typing == Some(Typing::Person) && text.len() <= MOST_FOUND_BY {
            return vec![Effect::FindPeople(text)];
        }
        if !config.station.screen.typed_cards {
            model.refuse(no("nobody-found"), now);
            return Vec::new();
        }
        return match CardId::parse(&text) {
            Some(card) if !config.station.simulated().is_empty() => vec![Effect::PutCard(card)],
            card => {
                let owned = |card| Shared::owned(Shared::of_text(&card), card);
                let read = card.ok_or(CardFault::Unreadable).and_then(owned);
                card::on_card(model, config, now, (Way::Typed, read))
            }
        };
    } else if key != Key::Back || model.typed.pop().is_none() {
        return choose(model, config, now, (panel, key));
    }
    Vec::new()
}

/// Runs what a key stands for on the panel in front; 返回 leads to the screen behind where it stands for nothing else.
fn choose(
    model: &mut Model,
    config: &Config,
    now: &Now,
    (panel, key): (&Panel<Transition>, Key),
) -> Vec<Effect> {
    let back = panel.is_back(key);
    let choice = panel.choice(key);
    let choice = choice.or_else(|| panel.choice(Key::Back).filter(|_| back));
    let act = match (choice, &panel.any) {
        (Some(choice), _) => choice.act.clone(),
        (None, Some(any)) => any.clone(),
        (None, None) if back => Transition::back(),
        (None, None) => return Vec::new(),
    };
    run(model, config, now, act)
}

fn on_answer(model: &mut Model, config: &Config, now: &Now, answer: &Answer) -> Vec<Effect> {
    if let Some(rests) = card::on_unknown(model, now, answer) {
        return vec![rests];
    }
    match answer {
        Answer::Failed(fault) => {
            model.end_session(now);
            model.show(Screen::OutOfOrder(*fault), now);
            return Vec::new();
        }
        Answer::OpenHolds(list) => model.open_holds = list.len(),
        Answer::Shut(why) => model.shut = *why,
        Answer::Exports(status) => export::told(model, config, now, status),
        Answer::Queued(seq) => model.printer.ask(*seq, now.mono_ms),
        Answer::NotQueued(seq) => model.printer.lose(*seq),
        // Anybody can have a badge's number; then only the PIN says that somebody has come.
        Answer::Badge(Ok(shown)) if shown.by == ShownBy::Badge => {
            model.help = HelpView::default();
        }
        Answer::SignedIn(Ok(staff)) => {
            model.help = HelpView::default();
            time::put_on_duty(model, staff, now);
        }
        Answer::Statement(Ok(statement)) => {
            let same = |other: &_| statement.member.account == *other;
            let account = model.holder.as_ref().map(|holder| &holder.member.account);
            if account.is_none_or(same) {
                if let (None, Some(look)) = (account, statement.look) {
                    (model.lang, model.theme, model.cover.covers) =
                        (look.lang, look.theme, look.covers);
                }
                model.holder = Some(statement.clone());
            } else {
                model.refuse(no("session-open"), now);
                return Vec::new();
            }
        }
        Answer::Statement(Err(refusal)) if !matches!(model.screen, Screen::Idle(_)) => {
            model.refuse(refusal.clone(), now);
            return Vec::new();
        }
        Answer::Statement(Err(_))
        | Answer::Shelf(_)
        | Answer::Priced(_)
        | Answer::Booked(_)
        | Answer::Person(_)
        | Answer::People(_)
        | Answer::OwnHold(_)
        | Answer::Badge(_)
        | Answer::TriedPins(_)
        | Answer::SignedIn(Err(_))
        | Answer::Passbook(_)
        | Answer::Operations(_)
        | Answer::Setting(_) => {}
    }
    play(model, config, now, |screen, context| {
        screen.state_mut().answer(answer, context)
    })
}
