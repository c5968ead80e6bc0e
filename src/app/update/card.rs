//! What a card does on each screen: it opens a session, confirms as a badge, is refused, or is only looked at.

use crate::app::context::Transition;
use crate::app::update::time;
use crate::app::update::turn::play;
use crate::app::{Answer, Effect, Heard, Model, Screen, Way};
use crate::config::Config;
use crate::domain::{CardFault, CardId, Now, Refusal, no};
use crate::panel::OnCard;
use crate::services::Given;

pub(super) fn on_card(
    model: &mut Model,
    config: &Config,
    now: &Now,
    (way, read): (Way, Result<CardId, CardFault>),
) -> Vec<Effect> {
    let panel = model.panel(config, now);
    if panel.card == OnCard::Nothing {
        return Vec::new();
    }
    if model.looks_at_cards(config, now) {
        model.touched_ms = now.mono_ms;
        return Vec::new();
    }
    if model.ways.rests(way, now) {
        return rest(model, now);
    }
    let card = match read {
        Ok(card) => card,
        Err(fault) => {
            model.touched_ms = now.mono_ms;
            model.refuse(Refusal::from(fault), now);
            return Vec::new();
        }
    };
    if time::is_same_tap(model, now, &card) {
        return Vec::new();
    }
    model.touched_ms = now.mono_ms;
    let noticed = model.notice.take().is_some();
    let asked = model.asking_until_ms.take().is_some();
    if noticed || asked {
        model.came_ms = now.mono_ms;
    }
    let own = model.holder_card.as_ref() == Some(&card);
    // The card itself stands for the number that was scanned or typed before.
    if own && way.via(config).is_none() {
        model.via = None;
    }
    if asked && own {
        return Vec::new();
    }
    // Who has made no choice and holds the card there again is done; after a notice, it is read.
    if own && !noticed && panel.card == OnCard::Leaves {
        model.leave(now);
        return Vec::new();
    }
    // Somebody else's card while the screen asks: its person has gone, and nobody may see what was
    // there. And the next in the queue need not wait for the last one's result to vanish.
    if asked && panel.card != OnCard::Confirms || panel.card == OnCard::Next {
        model.end_session(now);
    }
    if matches!(model.screen, Screen::Idle(_)) {
        model.holder_card = Some(card.clone());
        model.via = way.via(config);
    }
    model.ways.asked = Some(way);
    let by = way.shown_by(config);
    let refused = matches!(panel.card, OnCard::Refused | OnCard::Looked);
    play(model, config, now, |screen, context| {
        if let Screen::Idle(idle) = screen {
            idle.card(card, by)
        } else if panel.card == OnCard::Confirms {
            let account = context.account();
            Transition::want(Effect::CheckBadge { card, by, account })
        } else if panel.card == OnCard::Asked {
            Transition::want(Effect::FindPerson(card))
        } else if panel.card == OnCard::Taken {
            screen.state_mut().given(&Given::Card(card), context)
        } else if refused {
            Transition::refuse(&no("session-open"))
        } else {
            Transition::want(Effect::LoadStatement(card))
        }
    })
}

/// Says that a way rests, where nobody else's screen would be covered; what came on it is not looked up.
fn rest(model: &mut Model, now: &Now) -> Vec<Effect> {
    if matches!(model.screen, Screen::Idle(_)) && model.notice.is_none() {
        model.touched_ms = now.mono_ms;
        model.refuse(no("reader-paused"), now);
    }
    Vec::new()
}

/// Counts a card that nobody has, or that is no badge where one is wanted; after too many, its way rests from now on.
pub(super) fn on_unknown(model: &mut Model, now: &Now, answer: &Answer) -> Option<Effect> {
    if !answer.is_of_an_unknown_card() {
        return None;
    }
    let way = model.ways.count(now)?;
    model.refuse(no("reader-paused"), now);
    Some(Effect::Rest(way))
}

/// Takes what a reader said: as a card, except where a technician looks at readers.
pub(super) fn on_heard(model: &mut Model, config: &Config, now: &Now, heard: Heard) -> Vec<Effect> {
    if !model.looks_at_cards(config, now) {
        let read = heard.read.map_err(CardFault::from);
        return on_card(model, config, now, (Way::Reader(heard.index), read));
    }
    model.touched_ms = now.mono_ms;
    if model.notice.take().is_some() {
        model.came_ms = now.mono_ms;
    }
    play(model, config, now, |screen, context| {
        screen.state_mut().heard(&heard, context)
    })
}

/// Ends the session of a card that was taken out of a reader which holds it. Whoever taps lifts the card at once, so
/// other readers do not count; and from the hold to the receipt the screen belongs to the attendant, too.
pub(super) fn on_card_gone(
    model: &mut Model,
    config: &Config,
    now: &Now,
    (index, card): (usize, &CardId),
) {
    let reader = config.station.readers.get(index);
    let holds = reader.is_some_and(|reader| reader.holds_card);
    let own = model.holder_card.as_ref() == Some(card);
    let card = model.panel(config, now).card;
    let kept = matches!(card, OnCard::Confirms | OnCard::Next | OnCard::Nothing);
    if holds && own && !kept {
        model.end_session(now);
    }
}
