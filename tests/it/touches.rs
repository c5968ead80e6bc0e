//! What a finger can reach: every key of every screen in the extremes, how many touches a task takes,
//! and that nothing that cannot be undone lies under the finger.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::common::checkup::checking;
use crate::common::devices::{bare, bench};
use crate::common::exports::exporting;
use crate::common::printer::printing;
use crate::common::screens::{example, now, screens, speaking, stretched, typing};
use crate::folder::Folder;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;
use wenming::app::{Answer, Effect, Event, Key, Model, Screen, Way, update};
use wenming::cli::{Size, seed_village};
use wenming::config::{Activity, ActivityDay, Announcement, Config, Honour};
use wenming::domain::{
    AccountId, Bilingual, CardFault, HolderKind, Lang, Member, MemberGroup, Points, Statement,
};
use wenming::shell::script::Player;
use wenming::view::{Button, Contact, Felt, Finger, Page, Touch, View, page};
use wenming::words::Words;

const SIZES: [(u16, u16); 3] = [(64, 16), (80, 20), (96, 24)];

fn area((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 0, columns, rows)
}

/// What cannot be seen or touched of a page's buttons.
fn unreachable(page: &Page, area: Rect) -> Vec<String> {
    let lines = page.to_lines(area);
    let mut faults = Vec::new();
    for button in page.buttons() {
        let at = button.at;
        if at.intersection(area) != at || at.is_empty() {
            faults.push(format!("'{}' is not all on the screen", button.label));
            continue;
        }
        let middle = (at.x + at.width / 2, at.y + at.height / 2);
        let corners = [
            (at.x, at.y),
            (at.right() - 1, at.y),
            (at.x, at.bottom() - 1),
            (at.right() - 1, at.bottom() - 1),
        ];
        for (column, row) in corners.into_iter().chain([middle]) {
            if page.button_at(column, row) != Some(button) {
                faults.push(format!("'{}' is not felt at {column},{row}", button.label));
            }
        }
        if !lines[usize::from(middle.1)].contains(&button.label) {
            faults.push(format!("'{}' is not seen", button.label));
        }
        let mut touch = Touch::default();
        let contact = |finger, mono_ms| Contact {
            finger,
            at: middle,
            mono_ms,
        };
        touch.feel(contact(Finger::Down, 0), page, true);
        let felt = touch.feel(contact(Finger::Up, 90), page, true);
        if !matches!(felt, Felt::Press(key, _) if key == button.key) {
            faults.push(format!("'{}' does not act: {felt:?}", button.label));
        }
    }
    faults
}

fn check(config: &Config, shots: &[(String, Model)]) -> usize {
    let (words, now) = (Words::new(), now());
    let mut buttons = 0;
    for size in SIZES {
        for (name, model) in shots {
            let page = page(&View::new(model, config, &words, &now), area(size));
            assert_eq!(
                unreachable(&page, area(size)),
                Vec::<String>::new(),
                "{name} {size:?}"
            );
            if !matches!(model.screen.name(), "out-of-order") {
                let trio: Vec<Key> = page.buttons().rev().take(3).map(|b| b.key).collect();
                assert!(trio.contains(&Key::Help), "{name} {size:?}: {trio:?}");
            }
            buttons += page.buttons().count();
        }
    }
    buttons
}

/// The example without anything to redeem; sessions that were choosing go on all the same.
fn emptied() -> Config {
    let mut config = example();
    config.catalogue.items.clear();
    config.catalogue.categories.clear();
    config
}

#[test]
fn every_key_can_be_seen_and_touched_in_every_extreme() {
    let mut buttons = 0;
    for lang in [Lang::Zh, Lang::En] {
        for config in [example(), stretched()] {
            buttons += check(&config, &screens(&config, lang));
            for build in [typing, exporting, checking, printing, speaking, bench, bare] {
                let (config, shots) = build(&config, lang);
                buttons += check(&config, &shots);
            }
        }
        buttons += check(&emptied(), &screens(&example(), lang));
        for config in [example(), emptied()] {
            buttons += check(&config, &balances(&config, lang));
        }
    }
    assert!(buttons > 10_000, "only {buttons} buttons");
}

/// What a key does to a screen that has stood for a while.
fn done(config: &Config, model: &Model, key: Key) -> String {
    let mut now = now();
    now.mono_ms += 5_000;
    let mut model = model.clone();
    let effects = update(&mut model, config, &now, Event::Key(key, now.mono_ms));
    let (screen, cover, typed) = (&model.screen, &model.cover, &model.typed);
    format!("{effects:?} {screen:?} {cover:?} {typed:?}")
}

#[test]
fn the_digit_on_an_aid_gives_that_aid() {
    let (mut shown, words) = (0, Words::new());
    for typed in [false, true] {
        let (mut config, shots) = speaking(&example(), Lang::Zh);
        config.station.screen.typed_cards = typed;
        for (name, model) in &shots {
            let page = page(&View::new(model, &config, &words, &now()), area((64, 16)));
            let aids = page.buttons().filter(|b| matches!(b.key, Key::Aid(_)));
            for button in aids.filter(|button| !button.badge.is_empty()) {
                let digit = Key::Digit(button.badge.parse().unwrap());
                let (by_digit, by_name) = (
                    done(&config, model, digit),
                    done(&config, model, button.key),
                );
                assert_eq!(by_digit, by_name, "{name} typed {typed}: {}", button.label);
                shown += 1;
            }
        }
    }
    assert!(shown > 40, "only {shown} signs");
}

/// Home with nothing, with a six-digit balance, and with all of it held.
fn balances(config: &Config, lang: Lang) -> Vec<(String, Model)> {
    let mut shots = Vec::new();
    for (free, held) in [(0, 0), (999_999, 0), (0, 999_999), (1, 1)] {
        let mut model = Model::new(1, lang, &now());
        let statement = Statement {
            member: Member {
                account: AccountId::resident([7; 8]),
                name: "迪丽热巴·迪力木拉提".to_owned(),
                kind: HolderKind::Individual,
                group: MemberGroup::Villager,
                birth_year: Some(1950),
                household: None,
            },
            free: Points::new(free),
            held: Points::new(held),
            look: None,
        };
        let answer = Event::Answer(Answer::Statement(Ok(statement)));
        update(&mut model, config, &now(), answer);
        assert_eq!(model.screen.name(), "home");
        shots.push((format!("home-{free}-{held}"), model));
    }
    shots
}

/// What the idle screen tells in turn, at its widest, one piece after the other.
#[test]
fn the_news_fit_and_stay_long_enough() {
    let wide = |cells: usize| Bilingual {
        zh: "宽".repeat(cells / 2),
        en: "w".repeat(cells),
    };
    let mut config = example();
    config.notices.announcements = vec![Announcement {
        text: wide(50),
        until: None,
    }];
    config.notices.activities = vec![Activity {
        on: ActivityDay::Weekly(chrono::Weekday::Sat),
        minute: 23 * 60 + 59,
        text: wide(40),
    }];
    config.notices.honours = vec![Honour {
        name: "宽".repeat(8),
        reason: wide(28),
    }];
    let words = Words::new();
    for lang in [Lang::Zh, Lang::En] {
        let mut now = now();
        let model = Model::new(0, lang, &now);
        let mut shown: Vec<(String, i64)> = Vec::new();
        now.mono_ms = 0;
        while now.mono_ms < 96_000 {
            let page = page(&View::new(&model, &config, &words, &now), area((64, 16)));
            let line = page.to_lines(area((64, 16)))[11].trim().to_owned();
            assert!(!line.contains("..") && line.width() <= 62, "{line}");
            match shown.last_mut() {
                Some((last, until)) if *last == line => *until = now.mono_ms,
                _ => shown.push((line, now.mono_ms)),
            }
            now.mono_ms += 1_000;
        }
        assert_eq!(shown.len(), 8, "{shown:?}");
        for pair in shown.windows(2) {
            assert!(pair[1].1 - pair[0].1 >= 10_000, "{shown:?}");
        }
        assert_eq!(shown[0].0, shown[4].0);
    }
}

/// A folder with the village, gone with the test.
struct Village(Folder, Config);

impl Village {
    fn new(name: &str) -> Self {
        let dir = Folder::new(name);
        let mut config = example();
        seed_village(&dir, &mut config, Size::Village).unwrap();
        Self(dir, config)
    }

    fn player(&self) -> Player {
        let start = "2026-11-21T09:00:00+08:00".parse().unwrap();
        Player::new(self.1.clone(), &self.0, &self.0.join("world"), start).unwrap()
    }
}

/// Card, reward, confirm, badge, slip: three touches, and four screens after the one that the card
/// itself opens.
#[test]
fn a_reward_takes_three_touches_and_four_screens() {
    let village = Village::new("task");
    let mut player = village.player();
    player.play("badge A001\npin 135790\npress 0").unwrap();
    let before = player.trail().len();
    let task = "tap 0005591234\ntouch 生活用品\ntouch 食用油一桶\ntouch 要换\nbadge A001\n";
    let touches = task
        .lines()
        .filter(|line| line.starts_with("touch"))
        .count();
    player.play(task).unwrap();
    let trail: Vec<&str> = player.trail()[before..].to_vec();
    assert_eq!(trail, ["home", "rewards", "confirm", "waiting", "done"]);
    assert!(touches <= 3, "{touches} touches");
    assert!(trail.len() - 1 <= 4, "{trail:?}");
    player
        .play("expect-last post\nexpect-ledger 0005591234 80\nexpect-holds 0")
        .unwrap();
    let slips = std::fs::read_dir(village.0.join("receipts"))
        .unwrap()
        .count();
    assert_eq!(slips, 1);
}

fn with_key(page: &Page, key: Key) -> Button {
    page.buttons()
        .find(|button| button.key == key)
        .unwrap()
        .clone()
}

/// Whichever reward is touched, what cannot be undone appears elsewhere; with keys it stays in place.
#[test]
fn what_cannot_be_undone_is_never_under_the_finger() {
    let village = Village::new("place");
    let mut player = village.player();
    for (columns, rows) in SIZES {
        player.play(&format!("size {columns}x{rows}")).unwrap();
        let mut places = Vec::new();
        for digit in 1..=6 {
            player.play("tap 0005591234\ntouch 为老服务").unwrap();
            let from = with_key(&player.page(), Key::Digit(digit));
            player
                .play(&format!("touch {}\nexpect-screen confirm", from.label))
                .unwrap();
            let yes = with_key(&player.page(), Key::Digit(1));
            assert!(
                !yes.at.intersects(from.at),
                "{columns}x{rows} {digit}: {yes:?}"
            );
            player
                .play("wait 1s\ntouch 要换\nexpect-screen waiting")
                .unwrap();
            let off = with_key(&player.page(), Key::Back);
            assert!(
                !off.at.intersects(yes.at),
                "{columns}x{rows} {digit}: {off:?}"
            );
            player
                .play("touch 不换了\npress finish\ntap 0005591234\npress 2")
                .unwrap();
            player
                .play(&format!("press {digit}\nexpect-screen confirm"))
                .unwrap();
            places.push(with_key(&player.page(), Key::Digit(1)).at);
            player.play("press finish").unwrap();
        }
        places.dedup();
        assert_eq!(places.len(), 1, "keys find it in one place: {places:?}");
    }
}

/// The machine alone: misses, a wheel that is one, a page that changed under the finger.
#[test]
fn a_finger_means_one_thing() {
    let (config, words, now) = (example(), Words::new(), now());
    let model = Model::new(0, Lang::Zh, &now);
    let page = page(&View::new(&model, &config, &words, &now), area((64, 16)));
    let help = with_key(&page, Key::Help);
    let on = (help.at.x + 3, help.at.y + 1);
    let contact = |finger, at, mono_ms| Contact {
        finger,
        at,
        mono_ms,
    };
    let mut touch = Touch::default();
    let presses = |felt| matches!(felt, Felt::Press(Key::Help, _));
    let mut feel =
        |finger, at, ms, page: &Page, tap| touch.feel(contact(finger, at, ms), page, tap);
    assert_eq!(feel(Finger::Down, (5, 5), 0, &page, true), Felt::Miss);
    assert_eq!(feel(Finger::Up, on, 10, &page, true), Felt::Nothing);
    assert_eq!(feel(Finger::Down, on, 20, &page, true), Felt::Nothing);
    assert_eq!(feel(Finger::Scroll, on, 30, &page, true), Felt::Nothing);
    assert_eq!(feel(Finger::Drag, (5, 5), 40, &page, true), Felt::Nothing);
    assert!(presses(feel(Finger::Up, on, 50, &page, true)));
    assert_eq!(feel(Finger::Up, on, 60, &page, true), Felt::Nothing);
    // A burst is one touch, and a real wheel is none.
    assert!(presses(feel(Finger::Scroll, on, 400, &page, true)));
    assert_eq!(feel(Finger::Scroll, on, 699, &page, true), Felt::Nothing);
    assert!(presses(feel(Finger::Scroll, on, 999, &page, true)));
    assert_eq!(feel(Finger::Scroll, (5, 5), 2_000, &page, true), Felt::Miss);
    assert_eq!(feel(Finger::Scroll, on, 3_000, &page, false), Felt::Nothing);
    // The same place, another page.
    feel(Finger::Down, on, 4_000, &page, true);
    let other = Page::default();
    assert_eq!(feel(Finger::Up, on, 4_090, &other, true), Felt::Nothing);
}

/// A station that a busy machine serves late: each event at its own moment, keys with the moment at which they were seen.
struct Late {
    config: Config,
    model: Model,
}

impl Late {
    fn new() -> Self {
        let config = example();
        let model = Model::new(1, Lang::Zh, &now());
        Self { config, model }
    }

    /// What happens so many milliseconds after the start.
    fn at(&mut self, ms: i64, event: Event) -> &mut Self {
        let mut then = now();
        then.mono_ms += ms;
        update(&mut self.model, &self.config, &then, event);
        self
    }

    /// A key that was seen at one moment and has its turn at another.
    fn key(&mut self, (seen_ms, ms): (i64, i64), key: Key) -> &mut Self {
        self.at(ms, Event::Key(key, now().mono_ms + seen_ms))
    }

    /// A badge brings the PIN pad.
    fn pad(&mut self, ms: i64) -> &mut Self {
        let staff = self.config.staff[0].staff.clone();
        self.at(
            ms,
            Event::Answer(Answer::Badge(Ok(wenming::domain::Shown {
                staff,
                by: wenming::domain::ShownBy::Badge,
            }))),
        );
        assert_eq!(self.digits(), 0);
        self
    }

    fn digits(&self) -> usize {
        let Screen::PinPad(pad) = &self.model.screen else {
            unreachable!("{:?}", self.model.screen);
        };
        pad.pin.len()
    }
}

#[test]
fn double_digits_are_told_from_a_trembling_finger_by_when_they_were_seen() {
    let mut late = Late::new();
    late.pad(1_000);
    // Both wait for the same turn.
    late.key((2_000, 2_400), Key::Digit(5));
    late.key((2_080, 2_400), Key::Digit(5));
    assert_eq!(late.digits(), 2);
    // One press, however far apart its two reports have their turns.
    late.key((3_000, 3_000), Key::Digit(7));
    late.key((3_020, 3_300), Key::Digit(7));
    assert_eq!(late.digits(), 3);
}

#[test]
fn a_key_that_was_seen_before_the_screen_came_is_not_meant_for_it() {
    let mut late = Late::new();
    late.pad(1_000);
    late.key((990, 2_000), Key::Digit(5));
    assert_eq!(late.digits(), 0, "by keyboard, where digits follow fast");
    late.key((1_001, 2_001), Key::Digit(6));
    assert_eq!(late.digits(), 1);
    late.key((3_000, 3_000), Key::Finish);
    assert_eq!(late.model.screen.name(), "idle");
    // Where digits choose: long after the change of screen, but seen before it, or right after.
    let statement = balances(&late.config, Lang::Zh)[0]
        .1
        .holder
        .clone()
        .unwrap();
    late.at(5_000, Event::Answer(Answer::Statement(Ok(statement))));
    for seen_ms in [4_990, 5_300] {
        late.key((seen_ms, 7_000), Key::Digit(1));
        assert_eq!(late.model.screen.name(), "home", "seen at {seen_ms}");
    }
    late.key((5_800, 7_000), Key::Digit(1));
    assert_eq!(late.model.screen.name(), "rewards");
    // A notice is acknowledged by nobody who has not seen it.
    late.at(9_000, Event::Card(Way::Burst, Err(CardFault::Unreadable)));
    late.key((8_900, 9_800), Key::Digit(1));
    assert!(late.model.notice.is_some());
    late.key((9_600, 9_800), Key::Digit(1));
    assert!(late.model.notice.is_none());
}

#[test]
fn what_comes_while_the_station_works_is_seen_when_it_is_done() {
    let start = now().mono_ms;
    let mut late = Late::new();
    late.pad(1_000);
    late.model.excuse(start + 1_000, start + 1_500);
    late.key((1_400, 1_500), Key::Digit(5));
    assert_eq!(late.digits(), 0, "the pad was not drawn yet");
    // Work that leaves the pad in front takes none of its digits.
    late.model.excuse(start + 2_000, start + 2_900);
    late.key((2_100, 2_900), Key::Digit(5));
    assert_eq!(late.digits(), 1);
}

#[test]
fn what_cannot_be_undone_was_armed_when_the_key_was_seen() {
    let mut late = Late::new();
    let all = screens(&late.config, Lang::Zh);
    let (_, model) = all.into_iter().find(|(name, _)| name == "confirm").unwrap();
    late.model = model;
    let start = now().mono_ms;
    (late.model.shown_ms, late.model.came_ms) = (start, start);
    late.model.last_act = None;
    let acts = |late: &mut Late, seen_ms| {
        let mut then = now();
        then.mono_ms += 60_000;
        let key = Event::Key(Key::Digit(1), now().mono_ms + seen_ms);
        let wanted = update(&mut late.model, &late.config, &then, key);
        wanted.iter().any(|one| matches!(one, Effect::Book(_)))
    };
    assert!(!acts(&mut late, 900), "the button said not yet");
    assert!(acts(&mut late, 1_400));
}
