//! `wenming doctor` on real machines that are well, bare or ill: the right sentence, the right remedy, the right
//! exit code, and a code that says the same over the phone.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot make its fault must fail"
)]

use crate::deployed::say;
use crate::equipment;
use crate::harness;

mod codes;
mod faults;
mod kiosk;
mod leave;
mod lines;
mod machine;
mod night;
mod printer;
mod screen;

use harness::{Room, WENMING, run};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use wenming::words::Words;

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether a test that takes root may go on; where not, says what is left out.
pub(crate) fn may_as_root(what: &str) -> bool {
    if !is_root() {
        say(&format!("not tried without root: {what}\n"));
    }
    is_root()
}

/// What the doctor said.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) answer: Value,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        let text = String::from_utf8(output.stdout.clone()).unwrap();
        let answer = serde_json::from_str(&text);
        Self {
            code: output.status.code(),
            answer: answer.unwrap_or_else(|_| panic!("{output:?}")),
        }
    }

    /// What was found at a check.
    pub(crate) fn at(&self, check: &str) -> Vec<&Value> {
        let all = self.answer["checks"].as_array().unwrap();
        all.iter().filter(|one| one["check"] == check).collect()
    }

    /// The one finding of this cause at a check.
    #[track_caller]
    pub(crate) fn found(&self, check: &str, cause: &str) -> &Value {
        let at = self.at(check);
        let found = at.iter().find(|one| one["cause"] == cause);
        found.unwrap_or_else(|| panic!("no {cause} at {check}: {at:#?}"))
    }

    /// Something is wrong: this, with words of this sentence and this remedy; and the code says the same.
    #[track_caller]
    pub(crate) fn is_wrong(&self, (check, cause): (&str, &str), sentence: &str, remedy: &str) {
        assert_eq!(self.code, Some(1), "{:#}", self.answer);
        assert_eq!(self.answer["ok"], false);
        self.is((check, cause, "wrong"), sentence, remedy);
    }

    /// This was found, and the code says the same on another machine.
    #[track_caller]
    pub(crate) fn is(
        &self,
        (check, cause, state): (&str, &str, &str),
        sentence: &str,
        remedy: &str,
    ) {
        let found = self.found(check, cause);
        assert_eq!(found["state"], state, "{found:#}");
        for (key, part) in [("sentence", sentence), ("remedy", remedy)] {
            let text = found[key].as_str().unwrap();
            assert!(text.contains(part), "no {part} in {text}");
        }
        if state == "well" {
            return;
        }
        let code = self.answer["code"].as_str().unwrap();
        let explained = Command::new(WENMING)
            .args(["doctor", "--json", "--lang=zh", "--explain", code])
            .output()
            .unwrap();
        let explained = Self::of(&explained);
        assert_eq!(explained.code, Some(0));
        let pairs = |said: &Self| -> Vec<(Value, Value)> {
            let all = said.answer["checks"].as_array().unwrap().clone();
            let told = all.into_iter().filter(|one| one["state"] != "well");
            told.map(|one| (one["check"].clone(), one["cause"].clone()))
                .collect()
        };
        let mut own = pairs(self);
        let mut others = pairs(&explained);
        own.sort_by_key(|(check, cause)| format!("{check}{cause}"));
        others.sort_by_key(|(check, cause)| format!("{check}{cause}"));
        assert_eq!(own, others, "{code}");
        assert!(own.contains(&(check.into(), cause.into())));
        assert_eq!(explained.found(check, cause)["state"], state);
    }

    /// Everything that is wrong, as `check cause`.
    pub(crate) fn wrong(&self) -> Vec<String> {
        let all = self.answer["checks"].as_array().unwrap();
        let wrong = all.iter().filter(|one| one["state"] == "wrong");
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        wrong
            .map(|one| format!("{} {}", text(one, "check"), text(one, "cause")))
            .collect()
    }
}

/// Runs the doctor on a station.
pub(crate) fn doctor(room: &Room) -> Said {
    doctor_of(&room.config(), &room.data())
}

/// Runs the doctor on a config and a data folder.
pub(crate) fn doctor_of(config: &Path, data: &Path) -> Said {
    Said::of(&run([
        "doctor".as_ref(),
        "--json".as_ref(),
        "--lang=zh".as_ref(),
        "--config".as_ref(),
        config.as_os_str(),
        "--data".as_ref(),
        data.as_os_str(),
    ]))
}

/// A station of its own: no PIN and no badge of the example, exports scheduled, a village in its ledger.
pub(crate) fn station() -> Room {
    let room = Room::village();
    own_people(&room);
    schedule(&room, "12:00");
    room
}

/// Gives everyone a PIN and a badge of their own.
pub(crate) fn own_people(room: &Room) {
    let path = room.config().join("staff.toml");
    let hash = wenming::store::hash_pin(&wenming::domain::Pin::parse("482915").unwrap()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let own = text.lines().map(|line| match line.split_once(" = ") {
        Some(("pin", _)) => format!("pin = \"{hash}\"\n"),
        Some(("badge", badge)) => format!("badge = {}\n", badge.replace("0009", "0008")),
        _ => format!("{line}\n"),
    });
    fs::write(path, own.collect::<String>()).unwrap();
}

/// Says when exports are due.
pub(crate) fn schedule(room: &Room, when: &str) {
    let path = room.config().join("station.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text = format!("{text}\n[export]\nschedule = [\"{when}\"]\n");
    fs::write(path, text).unwrap();
}

/// Exports now, by the real program.
pub(crate) fn export(room: &Room) {
    let exported = run([
        "export".as_ref(),
        "now".as_ref(),
        "--config".as_ref(),
        room.config().as_os_str(),
        "--data".as_ref(),
        room.data().as_os_str(),
    ]);
    assert!(exported.status.success(), "{exported:?}");
}

/// A sentence in Chinese.
pub(crate) fn zh(id: &str) -> String {
    Words::new().say(wenming::domain::Lang::Zh).text(id)
}
