//! The one function through which everything goes: an event in, effects out.

use crate::app::aid::{self, Before};
use crate::app::scene::{Ask, Scene, Turn};
use crate::app::{
    Answer, Done, Effect, Event, HelpView, Home, Key, Model, Remember, Screen, Spot, Way,
};
use crate::config::Config;
use crate::domain::{CardFault, CardId, Now, ShownBy, StaffId, no};

mod card;
mod checkup;
mod export;
mod time;

/// Takes what happened into the model and says what shall be done, in order.
pub fn update(model: &mut Model, config: &Config, now: &Now, event: Event) -> Vec<Effect> {
    let before = Before::of(model, config);
    let by_hand = matches!(event, Event::Key(..) | Event::Touch(..));
    let mut effects = happen(model, config, now, event);
    let heard = before.heard(model, config, by_hand, &effects);
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
        Event::Key(key, ms) => on_key(model, config, now, (key, None, ms)),
        Event::Touch(key, at, ms) => on_key(model, config, now, (key, Some(at), ms)),
        Event::Card(way, read) => card::on_card(model, config, now, (way, read)),
        Event::Heard(heard) => card::on_heard(model, config, now, heard),
        Event::CardGone { index, card } => {
            card::on_card_gone(model, config, now, index, &card);
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
    // Who types on after a wrong PIN means the next PIN's digits.
    if matches!((&model.screen, key), (Screen::PinPad(_), Key::Digit(_))) {
        model.notice = None;
    }
    if model.asking_until_ms.is_none()
        && let Some(aid) = aid::asked(model, config, key)
    {
        return aid::give(model, config, aid);
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
    if model.screen.is_grave(key) && !model.is_armed(config, seen) && !is_typing_back(model, key) {
        return Vec::new();
    }
    match key {
        Key::Help | Key::Aid(_) => Vec::new(),
        Key::Language if aid::speaks_two(&model.screen) => {
            model.lang = model.lang.other();
            Vec::new()
        }
        Key::Theme => {
            model.theme = model.theme.other();
            Vec::new()
        }
        Key::Finish => {
            model.leave(now);
            Vec::new()
        }
        Key::Digit(_) | Key::Enter | Key::Back if model.types_cards(config) => {
            typed(model, config, now, key)
        }
        Key::Digit(_) | Key::Enter | Key::Back | Key::Language => {
            play(model, config, now, |screen, scene| {
                key_on(screen, key, scene)
            })
        }
    }
}

/// Says whether 返回 only takes a typed digit back.
fn is_typing_back(model: &Model, key: Key) -> bool {
    key == Key::Back && !model.typed.is_empty()
}

/// Takes a card number digit by digit; 返回 on an empty number is the screen's own.
fn typed(model: &mut Model, config: &Config, now: &Now, key: Key) -> Vec<Effect> {
    match key {
        Key::Digit(digit) if digit <= 9 && model.typed.len() < CardId::MAX => {
            model.typed.push(char::from(b'0'.saturating_add(digit)));
            Vec::new()
        }
        Key::Back if model.typed.pop().is_some() => Vec::new(),
        Key::Enter if !model.typed.is_empty() => {
            let text = std::mem::take(&mut model.typed);
            match CardId::parse(&text) {
                Some(card) if !config.station.simulated().is_empty() => {
                    vec![Effect::PutCard(card)]
                }
                card => {
                    let read = card.ok_or(CardFault::Unreadable);
                    card::on_card(model, config, now, (Way::Typed, read))
                }
            }
        }
        Key::Back
        | Key::Digit(_)
        | Key::Enter
        | Key::Help
        | Key::Finish
        | Key::Language
        | Key::Theme
        | Key::Aid(_) => play(model, config, now, |screen, scene| {
            key_on(screen, key, scene)
        }),
    }
}

fn key_on(screen: &mut Screen, key: Key, scene: &Scene<'_>) -> Turn {
    match screen {
        Screen::Home(_) => Home::key(key, scene),
        Screen::Rewards(rewards) => rewards.key(key, scene),
        Screen::Variants(variants) => variants.key(key, scene),
        Screen::Quantity(quantity) => quantity.key(key, scene),
        Screen::Confirm(confirm) => confirm.key(key, scene),
        Screen::Waiting(waiting) => waiting.key(key),
        Screen::Done(_) => Done::key(key),
        Screen::Passbook(passbook) => passbook.key(key, scene),
        Screen::Remember(_) => Remember::key(key, scene),
        Screen::PinPad(pad) => pad.key(key),
        Screen::Desk(desk) => desk.key(key, scene),
        Screen::Holds(holds) => holds.key(key),
        Screen::Choose(choose) => choose.key(key),
        Screen::Operations(operations) => operations.key(key),
        Screen::Reverse(reverse) => reverse.key(key, scene),
        Screen::Exports(exports) => exports.key(key),
        Screen::Checkup(list) => list.key(key),
        Screen::Devices(devices) => devices.key(key, scene),
        Screen::Detective(detective) => detective.key(key, scene),
        Screen::PrinterSetup(setup) => setup.key(key),
        Screen::Idle(_) | Screen::OutOfOrder(_) => Turn::stay(),
    }
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
        | Answer::Quoted(_)
        | Answer::Held(_)
        | Answer::OwnHold(_)
        | Answer::Badge(_)
        | Answer::TriedPins(_)
        | Answer::SignedIn(Err(_))
        | Answer::Posted(_)
        | Answer::Voided(_)
        | Answer::Passbook(_)
        | Answer::Operations(_)
        | Answer::Reversed(_)
        | Answer::Reprinted(_)
        | Answer::Setting(_) => {}
    }
    play(model, config, now, |screen, scene| {
        answer_on(screen, answer, scene)
    })
}

fn answer_on(screen: &mut Screen, answer: &Answer, scene: &Scene<'_>) -> Turn {
    match screen {
        Screen::Idle(idle) => idle.answer(answer),
        Screen::Home(_) => Home::answer(answer),
        Screen::Rewards(rewards) => rewards.answer(answer),
        Screen::Variants(variants) => variants.answer(answer),
        Screen::Quantity(quantity) => quantity.answer(answer),
        Screen::Confirm(confirm) => confirm.answer(answer, scene),
        Screen::Waiting(waiting) => waiting.answer(answer, scene),
        Screen::Passbook(passbook) => passbook.answer(answer),
        Screen::PinPad(pad) => pad.answer(answer),
        Screen::Desk(desk) => desk.answer(answer),
        Screen::Choose(choose) => choose.answer(answer),
        Screen::Reverse(reverse) => reverse.answer(answer),
        Screen::Detective(detective) => detective.answer(answer),
        Screen::PrinterSetup(setup) => setup.answer(answer),
        Screen::Done(_)
        | Screen::Holds(_)
        | Screen::Operations(_)
        | Screen::Exports(_)
        | Screen::Remember(_)
        | Screen::Checkup(_)
        | Screen::Devices(_)
        | Screen::OutOfOrder(_) => Turn::stay(),
    }
}

/// Lets the screen in front answer, and takes its answer into the model.
fn play(
    model: &mut Model,
    config: &Config,
    now: &Now,
    act: impl FnOnce(&mut Screen, &Scene<'_>) -> Turn,
) -> Vec<Effect> {
    let on_duty: Vec<StaffId> = model
        .duty
        .iter()
        .map(|duty| &duty.staff.id)
        .filter(|id| model.is_on_duty(id, now))
        .cloned()
        .collect();
    let scene = Scene {
        config,
        holder: model.holder.as_ref(),
        via: model.via,
        on_duty: &on_duty,
        checkup: model.checkup.last.as_ref(),
        missed: model.export.missed,
        look: model.look(),
    };
    let mut turn = act(&mut model.screen, &scene);
    if turn.end {
        model.leave(now);
    } else if let Some(screen) = turn.go {
        if matches!(screen, Screen::Exports(_)) {
            model.export.missed = None;
        }
        model.show(screen, now);
    }
    if let Some(refusal) = turn.notice {
        model.refuse(refusal, now);
        model.shown_ms = now.mono_ms;
    }
    match turn.ask {
        Some(Ask::OtherLanguage) => model.lang = model.lang.other(),
        Some(Ask::OffDuty(staff)) => model.duty.retain(|duty| duty.staff.id != staff),
        Some(Ask::CheckUp) => turn.effects.extend(checkup::ask(model, now)),
        Some(Ask::Export(why)) => turn.effects.extend(export::ask(model, now, why)),
        None => {}
    }
    turn.effects
}
