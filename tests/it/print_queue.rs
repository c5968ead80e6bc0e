//! The printer's queue on disk: a slip is begun at most once, and what nobody needs any more goes.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::folder::{Folder, names};
use chrono::{DateTime, TimeDelta};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;
use wenming::app::{Answer, Done, Event, Model, Screen, update};
use wenming::config::load;
use wenming::domain::{
    Booked, ItemCode, Lang, Now, OpId, Points, PrinterNews, PrinterState, Seq, SlipKey, Unprinted,
    Wish,
};
use wenming::shell::clock::Clock;
use wenming::shell::printer::{JobState, PrinterWorker, Queue};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A queue in a folder of its own.
struct Queued {
    dir: Folder,
    queue: Queue,
}

impl Queued {
    fn new() -> Self {
        let dir = Folder::new("queue");
        let queue = Queue::new(&dir);
        Self { dir, queue }
    }

    fn put(&self, name: &str) {
        self.queue.put(&key(name), name.as_bytes()).unwrap();
    }

    /// What lies on the disk.
    fn names(&self) -> Vec<String> {
        names(&self.dir)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

fn key(name: &str) -> SlipKey {
    SlipKey::parse(name).unwrap()
}

fn now() -> Now {
    Now {
        wall: DateTime::parse_from_rfc3339("2026-11-21T09:00:00+08:00").unwrap(),
        mono_ms: 0,
    }
}

/// Makes a file look as if it had been left so many days ago.
fn age(path: &Path, days: i64) {
    let then = now().wall - TimeDelta::days(days);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(then.to_utc().into()).unwrap();
}

#[test]
fn a_slip_that_is_known_is_not_put_again_however_far_it_is() {
    let folder = Queued::new();
    folder.put("HY01-7");
    folder.queue.put(&key("HY01-7"), b"another").unwrap();
    assert_eq!(fs::read(folder.file("HY01-7.wait")).unwrap(), b"HY01-7");
    let mut from = JobState::Wait;
    for (to, name) in [
        (JobState::Failed, "HY01-7.failed"),
        (JobState::Sending, "HY01-7.sending"),
        (JobState::Sent, "HY01-7.sent"),
    ] {
        folder.queue.turn(&key("HY01-7"), from, to).unwrap();
        folder.put("HY01-7");
        assert_eq!(folder.names(), [name]);
        assert_eq!(folder.queue.next().unwrap(), None);
        from = to;
    }
    // That it was sent is kept; what was on it is not.
    assert_eq!(fs::read(folder.file("HY01-7.sent")).unwrap(), b"");
}

#[test]
fn the_oldest_receipt_goes_first() {
    let folder = Queued::new();
    for name in ["HY01-10", "HY01-9", "HY01-100"] {
        folder.put(name);
    }
    for name in ["HY01-9", "HY01-10", "HY01-100"] {
        let next = folder.queue.next().unwrap().unwrap();
        assert_eq!(next.to_string(), name);
        let turned = folder.queue.turn(&next, JobState::Wait, JobState::Sending);
        turned.unwrap();
    }
}

#[test]
fn a_newer_copy_takes_the_place_of_one_that_waits_and_of_no_other_receipt() {
    let folder = Queued::new();
    for name in ["HY01-7", "HY02-7", "HY01-8", "HY01-7-R1"] {
        folder.put(name);
    }
    assert_eq!(
        folder.names(),
        [
            "HY01-7-R1.wait",
            "HY01-7.failed",
            "HY01-8.wait",
            "HY02-7.wait"
        ]
    );
}

#[test]
fn sixty_four_slips_wait_and_no_more() {
    let folder = Queued::new();
    for seq in 1..=64 {
        folder.put(&format!("HY01-{seq}"));
    }
    assert!(folder.queue.put(&key("HY01-65"), b"x").is_err());
    assert_eq!(folder.names().len(), 64);
    // One that was begun waits no more.
    let turned = folder
        .queue
        .turn(&key("HY01-1"), JobState::Wait, JobState::Sending);
    turned.unwrap();
    folder.put("HY01-65");
}

#[test]
fn of_two_names_that_a_cut_left_the_further_one_counts() {
    let folder = Queued::new();
    folder.put("HY01-7");
    let order = ["wait", "sending", "sent", "failed"];
    for (before, state) in order.iter().zip(&order[1..]) {
        fs::write(folder.file(&format!("HY01-7.{state}")), b"x").unwrap();
        // The power comes back, and the folder is read anew.
        let queue = Queue::new(folder.file("").as_path());
        let jobs = queue.jobs().unwrap();
        let found = jobs.get(&key("HY01-7")).unwrap();
        assert!(format!("{found:?}").eq_ignore_ascii_case(state));
        assert_eq!(queue.next().unwrap(), None, "{before} and {state}");
    }
}

#[test]
fn an_unprinted_slip_is_shown_for_a_week_and_a_printed_one_remembered_for_a_month() {
    let folder = Queued::new();
    let rows = [
        ("HY01-1.wait", 400, Some("HY01-1.wait")),
        ("HY01-2.sending", 6, Some("HY01-2.sending")),
        ("HY01-3.sending", 7, Some("HY01-3.sent")),
        ("HY01-4.failed", 6, Some("HY01-4.failed")),
        ("HY01-5.failed", 7, Some("HY01-5.sent")),
        ("HY01-6.sent", 29, Some("HY01-6.sent")),
        ("HY01-7.sent", 30, None),
    ];
    for (name, days, _) in rows {
        fs::write(folder.file(name), b"slip").unwrap();
        age(&folder.file(name), days);
    }
    folder.queue.tidy(&now()).unwrap();
    let want: Vec<&str> = rows.iter().filter_map(|(_, _, left)| *left).collect();
    assert_eq!(folder.names(), want);
    let news = folder.queue.news(PrinterState::Ready).unwrap();
    let want = [
        (Seq::new(1), Unprinted::Waiting),
        (Seq::new(2), Unprinted::Perhaps),
        (Seq::new(4), Unprinted::Failed),
    ];
    assert_eq!(news.unprinted.into_iter().collect::<Vec<_>>(), want);
}

#[test]
fn without_a_printer_nobody_comes_for_a_slip() {
    let folder = Queued::new();
    folder.put("HY01-7");
    let (send, receive) = channel();
    let tell = move |(news, _)| send.send(news).is_ok();
    let worker = PrinterWorker::start(folder.queue.clone(), None, Clock::start(), tell).unwrap();
    let news: PrinterNews = receive.recv_timeout(PATIENCE).unwrap();
    assert_eq!(news.unprinted.get(&Seq::new(7)), Some(&Unprinted::Failed));
    assert_eq!(folder.names(), ["HY01-7.failed"]);
    // Each wake is answered, also when nothing is new: whoever wakes it waits for that.
    worker.wake();
    assert_eq!(receive.recv_timeout(PATIENCE).unwrap(), news);
    assert!(receive.try_recv().is_err(), "once");
}

#[test]
fn a_print_that_hangs_keeps_the_last_screen_for_half_a_minute() {
    let config = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config")).unwrap();
    let mut model = Model::new(0, Lang::default(), &now());
    let receipt = Booked {
        seq: Seq::new(7),
        kind: wenming::services::kind("post").unwrap(),
        settle: OpId::new([0; 16]),
        who: None,
        mark: "9f86d081".to_owned(),
        wish: Some(Wish {
            item: ItemCode::parse("SOAP").unwrap(),
            option: None,
            quantity: 1,
        }),
        before: Points::new(20),
        points: Points::new(10),
        after: Points::new(10),
        wall_ms: 0,
    };
    model.screen = Screen::Done(Done { receipt });
    let queued = Event::Answer(Answer::Queued(Seq::new(7)));
    update(&mut model, &config, &now(), queued);
    let mut stays = |mono_ms| {
        let now = Now { mono_ms, ..now() };
        update(&mut model, &config, &now, Event::Tick);
        matches!(model.screen, Screen::Done(_))
    };
    assert!(stays(29_999));
    assert!(!stays(30_000));
}
