//! What a finger can reach: every key of every screen in the extremes, how many touches a task takes,
//! and that nothing that cannot be undone lies under the finger.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod common;

use common::checkup::checking;
use common::devices::{bare, bench};
use common::exports::exporting;
use common::printer::printing;
use common::screens::{example, now, screens, speaking, stretched, typing};
use ratatui::layout::Rect;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr as _;
use wenming::app::{Answer, Event, Key, Model, update};
use wenming::cli::{Size, seed_village};
use wenming::config::{Activity, ActivityDay, Announcement, Config, Honour};
use wenming::domain::{
    AccountId, Bilingual, HolderKind, Lang, Member, MemberGroup, Points, Statement,
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
struct Village(PathBuf, Config);

impl Village {
    fn new(name: &str) -> Self {
        let dir =
            std::env::temp_dir().join(format!("wenming-touches-{name}-{}", std::process::id()));
        let mut config = example();
        seed_village(&dir, &mut config, Size::Village).unwrap();
        Self(dir, config)
    }

    fn player(&self) -> Player {
        let start = "2026-11-21T09:00:00+08:00".parse().unwrap();
        Player::new(self.1.clone(), &self.0, &self.0.join("world"), start).unwrap()
    }
}

impl Drop for Village {
    fn drop(&mut self) {
        // What stays in a temporary folder is the system's to sweep.
        std::fs::remove_dir_all(&self.0).unwrap_or_default();
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
