//! Simulated devices at the real program: the thread of a reader on a simulated line, and the demo from tap to slip.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::harness::{Kiosk, Room};
use std::fs;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;
use wenming::config::{Port, ReaderFormat, ReaderSetting};
use wenming::domain::{CardId, SimKind, TownshipCode};
use wenming::shell::reader::{ReaderNews, ReaderPort, decoder, spawn};
use wenming::shell::sim::bench;
use wenming::sim::{Act, Fault};

/// Longer than any fault of this test lasts.
const LONG_MS: i64 = 600_000;

/// The thread of a reader on a simulated line.
fn listen(kind: SimKind, format: ReaderFormat) -> Receiver<ReaderNews> {
    let (sender, news) = sync_channel(16);
    let port = Port::of(kind).unwrap();
    let setting = ReaderSetting::plain("sim", port.clone(), format);
    let town = TownshipCode::parse("YUNDAO").unwrap();
    let port = ReaderPort {
        index: 3,
        port,
        baud: setting.baud,
        decoder: decoder(&setting, &town),
    };
    spawn(port, move |news| sender.send(news).is_ok()).unwrap();
    news
}

/// What a reader says next, in a word.
fn next(news: &Receiver<ReaderNews>) -> String {
    match news.recv_timeout(Duration::from_secs(8)) {
        Ok(ReaderNews::Up { index: 3 }) => "up".to_owned(),
        Ok(ReaderNews::Down { index: 3, .. }) => "down".to_owned(),
        Ok(ReaderNews::Card { read: Ok(card), .. }) => card.as_str().to_owned(),
        Ok(ReaderNews::Card {
            read: Err(fault), ..
        }) => fault.name().to_owned(),
        Ok(ReaderNews::Gone { card, .. }) => format!("-{}", card.as_str()),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_simulated_reader_is_a_reader_to_its_thread() {
    for (kind, format, card, leaves, half) in [
        (
            SimKind::Rdm6300,
            ReaderFormat::Em4100,
            "3C005550C2",
            false,
            Some("too-short"),
        ),
        (
            SimKind::Gm65,
            ReaderFormat::Lines,
            "0005591234",
            false,
            Some("no-end-of-line"),
        ),
        (
            SimKind::Pn532,
            ReaderFormat::Pn532,
            "04A1B2C3D4E5F6",
            true,
            None,
        ),
    ] {
        let news = listen(kind, format);
        assert_eq!(next(&news), "up", "{kind:?}");
        let number = CardId::parse(card).unwrap();
        assert!(bench().tap(&[kind], &number));
        assert_eq!(next(&news), card);
        if leaves {
            assert_eq!(next(&news), format!("-{card}"));
        }
        assert!(bench().act(kind, &Act::Break(Fault::Unplug, LONG_MS)));
        assert_eq!(next(&news), "down");
        assert!(bench().open(kind).is_err());
        assert!(bench().act(kind, &Act::Mend(Fault::Unplug)));
        assert_eq!(next(&news), "up");
        if let Some(fault) = half {
            // The hold of the card before is over by now: the thread has waited to open the line again.
            std::thread::sleep(Duration::from_millis(1_600));
            assert!(bench().act(kind, &Act::Break(Fault::Half, 200)));
            assert!(bench().act(kind, &Act::Put(card.to_owned())));
            assert_eq!(next(&news), fault);
            assert!(bench().act(kind, &Act::Take));
            std::thread::sleep(Duration::from_millis(200));
        }
        assert!(bench().act(kind, &Act::Put(card.to_owned())));
        assert_eq!(next(&news), card);
        assert!(!bench().act(kind, &Act::Break(Fault::PaperOut, 1)));
    }
    assert!(
        !bench().tap(
            &[SimKind::Rdm6300],
            &CardId::parse("04A1B2C3D4E5F6").unwrap()
        ),
        "fourteen digits are no 125 kHz card"
    );
}

#[test]
fn in_the_demo_a_typed_card_goes_over_a_reader_and_the_slip_out_of_a_printer() {
    let room = Room::new();
    let mut demo = Kiosk::spawn(&room, &["demo".as_ref()], (80, 24));
    demo.wait_for("试用：输 0005591234");
    demo.type_slowly("0005591234");
    demo.key("\r");
    demo.wait_for("您好，您现在有");
    // As a person does: each screen is read first, and what cannot be undone waits a second.
    for key in ["1", "4", "1", "1"] {
        std::thread::sleep(Duration::from_millis(1_300));
        demo.key(key);
    }
    demo.wait_for("试用：输胸牌 0009000001");
    demo.type_slowly("0009000001");
    demo.key("\r");
    demo.wait_for("请输密码");
    demo.type_slowly("135790");
    demo.key("\r");
    demo.wait_for("小票正在打印");
    let tmp = fs::read_dir(room.path().join("tmp")).unwrap();
    let data = tmp.map(|entry| entry.unwrap().path()).next().unwrap();
    let paper = data.join("paper");
    demo.wait_for(&paper.display().to_string()[..30]);
    let slip = paper.join("slip-001.txt");
    let printed = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        fs::read_to_string(&slip)
            .ok()
            .filter(|text| !text.is_empty())
    });
    let printed = printed.unwrap();
    assert!(
        printed.contains("香皂") && printed.contains("[QR WR1:HY01-"),
        "{printed}"
    );
    assert!(!paper.join("slip-002.txt").exists());
    let log = fs::read_to_string(data.join("log/events.play")).unwrap();
    for index in 0..3 {
        assert!(log.contains(&format!("# reader {index} up")), "{log}");
    }
    assert_eq!(log.matches("\ntap #").count(), 2, "{log}");
    demo.key("\x03");
    assert_eq!(demo.exit_code(5), Some(0));
}
