//! What a card does to a session when it is taken out of a reader, and on a station that is out of order.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use chrono::DateTime;
use std::path::Path;
use wenming::app::{Answer, Effect, Event, Model, Screen, StationFault, Way, update};
use wenming::config::{Config, load};
use wenming::domain::{
    AccountId, CardId, HolderKind, Lang, Member, MemberGroup, Now, Points, Statement,
};

fn now() -> Now {
    Now {
        wall: DateTime::parse_from_rfc3339("2026-11-21T09:00:00+08:00").unwrap(),
        mono_ms: 60_000,
    }
}

/// The example station; of its two readers the first holds a card until it is taken out.
fn config() -> Config {
    let mut config = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")).unwrap();
    config.station.readers.first_mut().unwrap().holds_card = true;
    assert!(!config.station.readers.get(1).unwrap().holds_card);
    config
}

fn card(number: &str) -> CardId {
    CardId::parse(number).unwrap()
}

/// Somebody's card on the idle screen, up to the greeting.
fn session(config: &Config) -> Model {
    let mut model = Model::new(2, Lang::default(), &now());
    let statement = Statement {
        member: Member {
            account: AccountId::resident([7; 8]),
            name: "王秀英".to_owned(),
            kind: HolderKind::Individual,
            group: MemberGroup::Villager,
            birth_year: Some(1950),
            household: None,
        },
        free: Points::new(160),
        held: Points::ZERO,
        look: None,
    };
    let read = Event::Card(Way::Reader(0), Ok(card("0005591234")));
    let effects = update(&mut model, config, &now(), read);
    assert!(effects.contains(&Effect::LoadStatement(card("0005591234"))));
    let answer = Event::Answer(Answer::Statement(Ok(statement)));
    update(&mut model, config, &now(), answer);
    assert!(matches!(model.screen, Screen::Home(_)));
    model
}

#[test]
fn only_the_own_card_out_of_a_reader_that_holds_it_ends_the_session() {
    let config = config();
    for (index, number, ends) in [
        (0, "0005591234", true),
        (0, "0005591235", false),
        // Who taps lifts the card at once.
        (1, "0005591234", false),
        (7, "0005591234", false),
    ] {
        let mut model = session(&config);
        let card = card(number);
        update(&mut model, &config, &now(), Event::CardGone { index, card });
        let ended = matches!(model.screen, Screen::Idle(_));
        assert_eq!(ended, ends, "{number} out of {index}");
    }
}

#[test]
fn a_station_that_is_out_of_order_asks_the_ledger_nothing() {
    let config = config();
    let mut model = session(&config);
    let failed = Event::Answer(Answer::Failed(StationFault::Corrupt));
    update(&mut model, &config, &now(), failed);
    assert!(matches!(model.screen, Screen::OutOfOrder(_)));
    let read = Event::Card(Way::Reader(0), Ok(card("0005591235")));
    let effects = update(&mut model, &config, &now(), read);
    let asks = |effect: &Effect| !matches!(effect, Effect::Aloud(_));
    assert!(!effects.iter().any(asks), "{effects:?}");
    assert!(matches!(model.screen, Screen::OutOfOrder(_)));
}
