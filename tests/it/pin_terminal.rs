//! `wenming pin` at a terminal: nothing that is typed is shown, it is asked twice, and the terminal is as it was.

use crate::harness::{Kiosk, Room};

const TYPED: &str = "482915";

fn pin(room: &Room) -> Kiosk {
    let kiosk = Kiosk::spawn(room, &["pin".as_ref()], (120, 20));
    asked(&kiosk, "6 to 8 digits");
    kiosk
}

/// The question goes to stderr, which the harness keeps in a file.
fn asked(kiosk: &Kiosk, question: &str) {
    let asked = crate::harness::until(|| kiosk.errors().contains(question));
    assert!(asked, "{}", kiosk.errors());
}

fn shown(kiosk: &Kiosk) -> String {
    String::from_utf8_lossy(&kiosk.bytes()).into_owned()
}

#[test]
fn a_pin_is_asked_twice_and_never_shown() {
    let room = Room::new();
    let mut kiosk = pin(&room);
    kiosk.key(format!("{TYPED}\n"));
    asked(&kiosk, "again");
    kiosk.key(format!("{TYPED}\n"));
    kiosk.wait_for("pin = \"$argon2id$");
    assert_eq!(kiosk.exit_code(5), Some(0));
    let all = format!("{}{}", shown(&kiosk), kiosk.errors());
    assert!(!all.contains(TYPED), "{all}");
}

#[test]
fn two_that_differ_an_easy_one_and_ctrl_c_write_nothing() {
    for (first, second, why) in [
        ("482915\n", Some("482916\n"), "differ"),
        ("123123\n", None, "repeat"),
        ("4829\u{3}", None, "stopped"),
    ] {
        let room = Room::new();
        let mut kiosk = pin(&room);
        kiosk.key(first);
        if let Some(second) = second {
            asked(&kiosk, "again");
            kiosk.key(second);
        }
        asked(&kiosk, why);
        assert_eq!(kiosk.exit_code(5), Some(1), "{first:?}");
        assert!(
            kiosk.errors().contains("nothing was written"),
            "{}",
            kiosk.errors()
        );
        assert!(kiosk.is_cooked(), "{first:?}: the terminal stays silent");
        let all = format!("{}{}", shown(&kiosk), kiosk.errors());
        let (digits, _) = first.split_at(4);
        assert!(!all.contains("argon2") && !all.contains(digits), "{all}");
    }
}
