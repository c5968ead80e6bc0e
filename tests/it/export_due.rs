//! Which exports are asked for, and when: three days of virtual time, power cuts, wrong clocks,
//! sticks. Nothing of it may touch the screen in front.
#![expect(
    clippy::unwrap_used,
    reason = "a moment that does not exist fails the test"
)]

use chrono::{DateTime, FixedOffset, TimeDelta};
use std::path::Path;
use wenming::app::{Answer, Effect, Event, Key, Model, Screen, Stick, StickNews, update};
use wenming::config::{Config, Schedule, SinkKind, SinkSetting, load};
use wenming::domain::{
    AccountId, BundleNote, ExportNews, ExportStatus, ExportWhy, HolderKind, Lang, Member,
    MemberGroup, Now, Points, Role, Seq, Shown, ShownBy, SinkFault, SinkState, Staff, Statement,
    no,
};

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}:00+08:00")).unwrap()
}

/// The example station, with this schedule, a folder and a stick.
fn config(schedule: &[&str]) -> Config {
    let mut config = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")).unwrap();
    config.export.schedule = Schedule::parse(schedule).unwrap();
    let sink = |name: &str, kind| SinkSetting {
        name: name.to_owned(),
        kind,
    };
    config.export.sinks = vec![
        sink(
            "folder",
            SinkKind::Directory {
                path: "/srv/vpb".into(),
            },
        ),
        sink(
            "stick",
            SinkKind::Stick {
                label: "VPB".to_owned(),
            },
        ),
    ];
    config
}

/// A station whose disk and exporter are played by the test.
struct Station {
    config: Config,
    model: Model,
    now: Now,
    /// What stands on disk.
    status: ExportStatus,
    /// Says whether the exporter is at work in this test, or leaves the news to it.
    works: bool,
    asked: Vec<(String, ExportWhy)>,
}

impl Station {
    fn boot(schedule: &[&str], wall: &str, last: Option<&str>) -> Self {
        let now = Now {
            wall: at(wall),
            mono_ms: 0,
        };
        let mut station = Self {
            config: config(schedule),
            model: Model::new(0, Lang::default(), &now),
            now,
            status: ExportStatus::default(),
            works: true,
            asked: Vec::new(),
        };
        station.status.last =
            last.map(|last| note(at(last).timestamp_millis(), ExportWhy::Schedule));
        station.start();
        station
    }

    fn start(&mut self) {
        assert!(Model::first_effects().contains(&Effect::LoadExports));
        self.event(Event::Answer(Answer::Exports(self.status.clone())));
    }

    /// The power goes and comes back: only the disk stays.
    fn power_off_until(&mut self, wall: &str) {
        self.now = Now {
            wall: at(wall),
            mono_ms: 0,
        };
        self.model = Model::new(0, Lang::default(), &self.now);
        self.start();
    }

    fn event(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = update(&mut self.model, &self.config, &self.now, event);
        // What is heard is the voice's subject.
        effects.retain(|effect| !matches!(effect, Effect::Aloud(_)));
        for effect in &effects {
            if let Effect::Export(why) = effect {
                let when = self.now.wall.format("%d %H:%M").to_string();
                self.asked.push((when, *why));
                if self.works {
                    self.export(*why);
                }
            }
        }
        effects
    }

    fn news(&mut self, news: ExportNews) {
        self.event(Event::Export(news));
    }

    /// An exporter that has nothing to complain about.
    fn export(&mut self, why: ExportWhy) {
        let note = note(self.now.wall.timestamp_millis(), why);
        self.status.last = Some(note.clone());
        self.news(ExportNews::Started(why));
        self.news(ExportNews::Written(note));
        for index in 0..2 {
            let state = SinkState::Done;
            self.news(ExportNews::Sink { index, state });
        }
        self.news(ExportNews::Ended(self.status.clone()));
    }

    /// Time passes, a tick every ten seconds.
    fn wait_until(&mut self, wall: &str) {
        while self.now.wall < at(wall) {
            self.pass(10);
        }
    }

    fn pass(&mut self, secs: i64) {
        self.now.wall += TimeDelta::seconds(secs);
        self.now.mono_ms += secs * 1_000;
        self.event(Event::Tick);
    }

    /// The wall clock is set; nothing else moves.
    fn set(&mut self, wall: &str) {
        self.now.wall = at(wall);
        self.event(Event::Tick);
    }

    #[track_caller]
    fn asked(&mut self, want: &[(&str, ExportWhy)]) {
        let got = std::mem::take(&mut self.asked);
        let got: Vec<_> = got
            .iter()
            .map(|(when, why)| (when.as_str(), *why))
            .collect();
        assert_eq!(got, want);
    }
}

fn note(wall_ms: i64, why: ExportWhy) -> BundleNote {
    BundleNote {
        seq: Seq::new(9),
        file: "VPB1-YUNDAO-HY01-i1-1-8.tar.zst".to_owned(),
        from: Seq::new(1),
        to: Seq::new(8),
        wall_ms,
        why,
        clean: true,
    }
}

const TWICE: &[&str] = &["12:00", "18:00"];
use ExportWhy::{Asked, Missed, Schedule as Due, Stick as Plugged};

#[test]
fn three_days_with_a_power_cut_over_one_due_time() {
    let mut station = Station::boot(TWICE, "2026-11-21T08:00", Some("2026-11-20T18:00"));
    station.wait_until("2026-11-22T17:30");
    station.asked(&[("21 12:00", Due), ("21 18:00", Due), ("22 12:00", Due)]);
    station.power_off_until("2026-11-22T19:15");
    assert_eq!(station.model.export.missed, None);
    station.pass(1);
    station.asked(&[("22 19:15", Missed)]);
    let missed = at("2026-11-22T18:00").timestamp_millis();
    assert_eq!(station.model.export.missed, Some(missed));
    station.wait_until("2026-11-24T00:00");
    station.asked(&[("23 12:00", Due), ("23 18:00", Due)]);
    assert_eq!(
        station.model.export.missed,
        Some(missed),
        "until someone looks"
    );
    station.power_off_until("2026-11-24T00:05");
    station.wait_until("2026-11-24T11:59");
    station.asked(&[]);
    assert_eq!(station.model.export.missed, None);
}

#[test]
fn several_missed_due_times_are_made_up_for_once() {
    let mut station = Station::boot(TWICE, "2026-11-21T08:00", Some("2026-11-01T18:00"));
    station.wait_until("2026-11-21T11:00");
    station.asked(&[("21 08:00", Missed)]);
    let newest = at("2026-11-20T18:00").timestamp_millis();
    assert_eq!(station.model.export.missed, Some(newest));
}

#[test]
fn a_power_cut_while_it_is_written_is_made_up_for() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:59", Some("2026-11-20T18:00"));
    station.works = false;
    station.wait_until("2026-11-21T12:02");
    station.asked(&[("21 12:00", Due)]);
    station.works = true;
    station.power_off_until("2026-11-21T12:05");
    station.wait_until("2026-11-21T12:30");
    station.asked(&[("21 12:05", Missed)]);
}

#[test]
fn a_new_station_exports_when_due_or_after_ten_minutes() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:57", None);
    station.wait_until("2026-11-21T17:00");
    station.asked(&[("21 12:00", Due)]);
    let mut station = Station::boot(TWICE, "2026-11-21T13:00", None);
    station.wait_until("2026-11-21T17:00");
    station.asked(&[("21 13:10", Due)]);
    assert_eq!(
        station.model.export.missed, None,
        "it was not there to miss any"
    );
}

#[test]
fn nothing_is_due_without_a_schedule_or_before_the_disk_has_spoken() {
    let mut station = Station::boot(&[], "2026-11-21T08:00", None);
    station.wait_until("2026-11-22T20:00");
    station.asked(&[]);
    assert_eq!(station.model.export.next, None);
    let mut station = Station::boot(TWICE, "2026-11-21T08:00", Some("2026-11-20T18:00"));
    station.model = Model::new(0, Lang::default(), &station.now);
    station.wait_until("2026-11-21T20:00");
    station.asked(&[]);
}

#[test]
fn one_at_a_time_and_the_due_one_follows() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:58", Some("2026-11-20T18:00"));
    station.works = false;
    station.event(Event::Stick(StickNews::In));
    station.news(ExportNews::Started(Plugged));
    station.wait_until("2026-11-21T12:10");
    station.asked(&[("21 11:58", Plugged)]);
    // It was begun before noon, and its bundle says so: noon is still due.
    station.status.last = Some(note(at("2026-11-21T11:58").timestamp_millis(), Plugged));
    station.news(ExportNews::Ended(station.status.clone()));
    station.works = true;
    station.pass(1);
    station.asked(&[("21 12:10", Due)]);
    station.wait_until("2026-11-21T17:59");
    station.asked(&[]);
}

#[test]
fn an_export_by_hand_serves_what_was_due_before_it() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:00", Some("2026-11-20T18:00"));
    station.event(Event::Stick(StickNews::In));
    station.wait_until("2026-11-21T12:01");
    station.asked(&[("21 11:00", Plugged), ("21 12:00", Due)]);
}

#[test]
fn a_clock_that_jumps_neither_loops_nor_silences() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:59", Some("2026-11-20T18:00"));
    station.wait_until("2026-11-21T12:01");
    // An hour back: noon comes again and was served.
    station.set("2026-11-21T11:01");
    station.wait_until("2026-11-21T12:30");
    station.asked(&[("21 12:00", Due)]);
    // Eight hours ahead, as with a wrong time zone, and back: 18:00 is due twice, then all is as ever.
    station.set("2026-11-21T20:30");
    station.asked(&[("21 20:30", Due)]);
    station.wait_until("2026-11-21T20:40");
    station.set("2026-11-21T12:40");
    station.wait_until("2026-11-21T18:05");
    station.asked(&[("21 18:00", Due)]);
    // To 2099: one for all that came due there.
    station.set("2099-01-01T20:00");
    for _ in 0..100 {
        station.pass(10);
    }
    station.asked(&[("01 20:00", Due)]);
    // And back: what 2099 served says nothing about today, so tomorrow is as ever.
    station.set("2026-11-21T18:10");
    station.wait_until("2026-11-22T18:10");
    station.asked(&[("22 12:00", Due), ("22 18:00", Due)]);
    assert_eq!(station.model.export.missed, None);
}

#[test]
fn a_clock_that_flaps_exports_at_most_once_a_minute() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:59", Some("2026-11-20T18:00"));
    for n in 0..120 {
        let wall = if n % 2 == 0 {
            "2099-01-01T20:00"
        } else {
            "2026-11-21T12:30"
        };
        station.now.wall = at(wall);
        station.pass(1);
    }
    assert!(station.asked.len() <= 3, "{:?}", station.asked);
}

#[test]
fn a_start_with_a_dead_clock_battery_heals_by_itself() {
    let mut station = Station::boot(TWICE, "1970-01-01T08:00", Some("2026-11-20T18:00"));
    station.wait_until("1970-01-01T08:02");
    station.asked(&[]);
    station.set("2026-11-21T13:00");
    station.asked(&[("21 13:00", Due)]);
    let mut station = Station::boot(TWICE, "2026-11-21T08:00", Some("2099-01-01T20:00"));
    station.wait_until("2026-11-21T18:30");
    station.asked(&[("21 08:10", Due), ("21 12:00", Due), ("21 18:00", Due)]);
}

#[test]
fn a_stick_is_written_when_it_comes_even_while_an_export_runs() {
    let mut station = Station::boot(TWICE, "2026-11-21T12:00", Some("2026-11-20T18:00"));
    station.works = false;
    station.pass(1);
    station.asked(&[("21 12:00", Due)]);
    station.news(ExportNews::Started(Due));
    station.event(Event::Stick(StickNews::In));
    station.event(Event::Stick(StickNews::In));
    station.asked(&[]);
    assert!(station.model.export.writes_stick(&station.config));
    station.news(ExportNews::Ended(station.status.clone()));
    station.asked(&[("21 12:00", Plugged)]);
    station.news(ExportNews::Started(Plugged));
    let (done, total) = (5, 9);
    station.news(ExportNews::Progress { done, total });
    assert_eq!(station.model.export.running, Some((5, 9)));
    station.news(ExportNews::MayRemove);
    station.news(ExportNews::Ended(station.status.clone()));
    assert_eq!(station.model.export.stick, Stick::MayRemove);
    assert_eq!(station.model.export.running, None);
    // While it is written to again, nobody may be told that it can be pulled out.
    station.news(ExportNews::Started(Asked));
    assert_eq!(station.model.export.stick, Stick::In);
    station.news(ExportNews::MayRemove);
    station.news(ExportNews::Ended(station.status.clone()));
    assert_eq!(station.model.export.stick, Stick::MayRemove);
    station.event(Event::Stick(StickNews::Out));
    assert_eq!(station.model.export.stick, Stick::Absent);
    station.pass(60);
    station.asked(&[]);
}

#[test]
fn a_stick_that_is_gone_before_its_turn_is_not_written() {
    let mut station = Station::boot(TWICE, "2026-11-21T12:00", Some("2026-11-20T18:00"));
    station.works = false;
    station.pass(1);
    station.event(Event::Stick(StickNews::In));
    station.event(Event::Stick(StickNews::Out));
    station.news(ExportNews::Ended(station.status.clone()));
    station.asked(&[("21 12:00", Due)]);
}

#[test]
fn failures_are_said_until_one_succeeds() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:00", Some("2026-11-20T18:00"));
    let run = |station: &mut Station, states: [SinkState; 2]| {
        station.news(ExportNews::Started(Asked));
        for (index, state) in states.into_iter().enumerate() {
            station.news(ExportNews::Sink { index, state });
        }
        station.news(ExportNews::Ended(station.status.clone()));
        (
            station.model.export.failed,
            station.model.export.wants_a_look(),
        )
    };
    let failed = SinkState::Failed;
    for (folder, stick, want) in [
        (failed(SinkFault::Full), SinkState::Done, true),
        (SinkState::Done, failed(SinkFault::Absent), false),
        (failed(SinkFault::Absent), failed(SinkFault::Absent), true),
        (SinkState::Done, failed(SinkFault::Different), true),
        (SinkState::Done, SinkState::Done, false),
    ] {
        let states = [folder, stick];
        assert_eq!(
            run(&mut station, states.clone()),
            (want, want),
            "{states:?}"
        );
    }
    station.news(ExportNews::Failed("no space left".to_owned()));
    station.news(ExportNews::Ended(station.status.clone()));
    assert_eq!(station.model.export.fault.as_deref(), Some("no space left"));
    assert!(station.model.export.failed);
    // The next due time tries again.
    station.wait_until("2026-11-21T12:01");
    station.asked(&[("21 12:00", Due)]);
    assert!(!station.model.export.failed);
    assert_eq!(station.model.export.fault, None);
}

#[test]
fn an_exporter_that_falls_silent_is_said() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:59", Some("2026-11-20T18:00"));
    station.works = false;
    station.wait_until("2026-11-21T12:29");
    assert!(!station.model.export.failed);
    station.wait_until("2026-11-21T19:00");
    assert!(station.model.export.failed);
    station.asked(&[("21 12:00", Due)]);
}

#[test]
fn a_sink_that_the_config_lost_is_no_trouble() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:00", Some("2026-11-20T18:00"));
    station.news(ExportNews::Started(Asked));
    station.config.export.sinks.clear();
    station.event(Event::Reloaded);
    let state = SinkState::Done;
    station.news(ExportNews::Sink { index: 1, state });
    assert!(station.model.export.sinks.is_empty());
}

fn statement() -> Statement {
    Statement {
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
    }
}

#[test]
fn no_news_touches_a_session() {
    let mut station = Station::boot(TWICE, "2026-11-21T11:59", Some("2026-11-20T18:00"));
    station.works = false;
    station.event(Event::Answer(Answer::Statement(Ok(statement()))));
    station.model.notice = Some(no("item-gone"));
    let before = station.model.clone();
    station.pass(60);
    station.asked(&[("21 12:00", Due)]);
    let failed = SinkState::Failed(SinkFault::Gone);
    for news in [
        ExportNews::Started(Due),
        ExportNews::Progress { done: 1, total: 2 },
        ExportNews::Written(note(0, Due)),
        ExportNews::Sink {
            index: 0,
            state: failed,
        },
        ExportNews::MayRemove,
        ExportNews::Failed("no space left".to_owned()),
        ExportNews::Ended(ExportStatus::default()),
    ] {
        station.news(news);
    }
    station.event(Event::Stick(StickNews::In));
    station.event(Event::Stick(StickNews::Out));
    let after = &station.model;
    assert_eq!(
        (&after.screen, &after.holder, &after.notice),
        (&before.screen, &before.holder, &before.notice)
    );
    assert_eq!(
        (after.touched_ms, after.shown_ms),
        (before.touched_ms, before.shown_ms)
    );
}

#[test]
fn an_attendant_exports_by_hand_and_closing_is_five() {
    let mut station = Station::boot(TWICE, "2026-11-21T08:00", Some("2026-11-20T17:00"));
    station.pass(1);
    station.asked(&[("21 08:00", Missed)]);
    let staff = Staff {
        role: Role::Technician,
        ..station.config.staff.first().unwrap().staff.clone()
    };
    station.event(Event::Answer(Answer::Badge(Ok(Shown {
        staff: staff.clone(),
        by: ShownBy::Badge,
    }))));
    station.event(Event::Answer(Answer::SignedIn(Ok(staff))));
    let press = |station: &mut Station, digit| {
        station.now.mono_ms += 2_000;
        station.event(Event::Key(Key::Digit(digit), station.now.mono_ms))
    };
    assert_eq!(press(&mut station, 4), [Effect::LoadExports]);
    let Screen::Exports(exports) = &station.model.screen else {
        unreachable!("{:?}", station.model.screen);
    };
    let missed = Some(at("2026-11-20T18:00").timestamp_millis());
    assert_eq!(exports.missed, missed, "said here");
    assert_eq!(station.model.export.missed, None, "and then no more");
    station.works = false;
    assert_eq!(press(&mut station, 1), [Effect::Export(Asked)]);
    assert_eq!(press(&mut station, 1), [], "one at a time");
    assert_eq!(press(&mut station, 0), []);
    assert!(matches!(station.model.screen, Screen::Desk(_)));
    assert_eq!(press(&mut station, 5), [], "it is asked about first");
    assert_eq!(press(&mut station, 1), [Effect::Exit]);
}
