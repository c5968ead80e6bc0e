//! Every command that writes, and those that read what may fail: the sample, or all.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::deed::{Deed, Kept, Rest};
use super::{Calls, Fault, Run};
use crate::harness::{Room, text};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

pub(super) const DAYS: &str = "--from 2026-01-01 --to 2026-11-30";

/// The village, with a folder `out`, and a share to which bundles go.
pub(super) fn village() -> Room {
    let room = Room::village();
    for name in ["out", "share"] {
        fs::create_dir(room.path().join(name)).unwrap();
    }
    let path = room.config().join("station.toml");
    let mut station = fs::read_to_string(&path).unwrap();
    let share = room.path().join("share");
    let share = share.display();
    write!(
        station,
        "\n[[sink]]\nname = \"share\"\nkind = \"directory\"\npath = \"{share}\"\n"
    )
    .unwrap();
    fs::write(path, station).unwrap();
    room
}

/// The words of a command line; `DATA`, `CONFIG`, `OUT` and `ROOM` are places in the room.
pub(super) fn words(room: &Room, line: &str) -> Vec<String> {
    let place = |word: &str| match word {
        "DATA" => text(&room.data()).to_owned(),
        "CONFIG" => text(&room.config()).to_owned(),
        "OUT" => text(&room.path().join("out")).to_owned(),
        _ => word.replace("ROOM", text(room.path())),
    };
    line.split_whitespace().map(place).collect()
}

/// Does something that does not fail.
pub(super) fn done(room: &Room, line: &str) {
    let run = Run::new(room, Fault::NONE, Calls::Change, &words(room, line));
    assert_eq!(run.code, Some(0), "{line}: {}", run.err);
}

/// A command that does one thing.
fn deed(room: &Room, name: &'static str, line: &str) -> Deed {
    Deed {
        name,
        args: words(room, line),
        steps: false,
        there: &[],
        rest: Rest::None,
        instead: None,
        end: None,
    }
}

/// Writes commands for `do`: points, and a redemption that is posted.
fn write_lines(room: &Room, name: &str) {
    let award = |n: u32| {
        format!(
            r#"{{"id":"{name}/{n}","kind":"award","staff":"A001","card":"0005591234","what":{{"about":"VS-PATROL","n":{n}}}}}"#
        )
    };
    fs::write(room.path().join(name), [award(1), award(2)].join("\n")).unwrap();
}

fn try_both(deed: &Deed, room: Room) {
    let kept = Kept::new(room);
    deed.try_all(&kept, Calls::Change);
    deed.try_all(&kept, Calls::Read);
}

#[test]
fn keys() {
    let room = village();
    for name in ["station.key", "station.pub"] {
        fs::remove_file(room.data().join("keys").join(name)).unwrap();
    }
    let show = words(&room, "keys --show --data DATA");
    let deed = Deed {
        steps: true,
        there: &["has a station key, which is never overwritten"],
        rest: Rest::Command(show),
        ..deed(&room, "keys", "keys --data DATA")
    };
    deed.try_all(&Kept::new(room), Calls::Change);
}

#[test]
fn backup() {
    let room = village();
    let deed = Deed {
        there: &["exists, and is never overwritten"],
        ..deed(&room, "backup", "backup OUT --data DATA")
    };
    try_both(&deed, room);
}

/// A copy in place of the ledger that it is of: the old one counts, or the new one, and who is told that it failed is told which.
#[test]
fn restore() {
    let room = village();
    done(&room, "backup OUT --data DATA");
    let copy = fs::read_dir(room.path().join("out"))
        .unwrap()
        .next()
        .unwrap();
    let line = format!(
        "restore {} --replace --data DATA",
        text(&copy.unwrap().path())
    );
    let deed = Deed {
        instead: Some(words(&room, "audit --data DATA")),
        ..deed(&room, "restore", &line)
    };
    let kept = Kept::new(room);
    deed.try_all(&kept, Calls::Change);
    deed.try_all(&kept, Calls::Read);
    // What belonged to the old ledger has lost its name for good before the copy gets it: else a power cut could leave the copy beside
    // another's write log.
    kept.put_back();
    let run = Run::new(&kept.room, Fault::NONE, Calls::Change, &deed.args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let aside = |call: &String| call == "fsync data/restore.now/before/";
    let at = run.calls.iter().position(aside).unwrap();
    assert_eq!(run.calls.get(at + 1).unwrap(), "fsync data/");
    assert_eq!(run.calls.get(at + 2).unwrap(), "rename -");
}

#[test]
fn tables() {
    let room = village();
    let line = format!("export csv {DAYS} --to-dir OUT --config CONFIG --data DATA");
    let deed = Deed {
        // Five files, each of them whole.
        steps: true,
        there: &["exists, and is never overwritten"],
        rest: Rest::TakenAway,
        ..deed(&room, "export csv", &line)
    };
    try_both(&deed, room);
}

#[test]
fn workbook() {
    let room = village();
    let line = format!("export csv --xlsx {DAYS} --to-dir OUT --config CONFIG --data DATA");
    let deed = Deed {
        there: &["exists, and is never overwritten"],
        ..deed(&room, "export csv --xlsx", &line)
    };
    try_both(&deed, room);
}

/// One bundle lies in the outbox and at the share, and there is more to tell.
#[test]
fn export_now() {
    let room = village();
    done(&room, "export now --config CONFIG --data DATA");
    write_lines(&room, "more");
    done(&room, "do ROOM/more --config CONFIG --data DATA");
    let line = "export now --config CONFIG --data DATA";
    let deed = Deed {
        steps: true,
        // Each export tells of the one before.
        end: Some(|state, whole| {
            let mut ends = state.clone();
            ends.files.retain(|name, _| whole.files.contains_key(name));
            let at = |place: &str| -> Vec<&str> {
                let names = state.files.keys();
                names.filter_map(|name| name.strip_prefix(place)).collect()
            };
            let share = at("share/up/YUNDAO/HY01/");
            if ends.files == whole.files && at("data/outbox/") == share && share.len() <= 3 {
                return Ok(());
            }
            Err(format!("the next time: {}", state.beside(whole)))
        }),
        ..deed(&room, "export now", line)
    };
    try_both(&deed, room);
}

/// A list of people that is taken over whole or not at all.
#[test]
fn import() {
    let room = village();
    let list = "编号,姓名,出生年,卡号,本人同意\n1,陆禾,1950,0700000001,是\n2,陆秀,1961,0700000002,是\n3,陆云,,,是\n";
    fs::write(room.path().join("list.csv"), list).unwrap();
    let line = "import roster ROOM/list.csv --by M001 --config CONFIG --data DATA";
    // The staff and the catalogue of the config are a step of their own, which is done before.
    done(&room, &format!("{line} --dry-run"));
    let deed = deed(&room, "import", line);
    try_both(&deed, room);
}

#[test]
fn lines_of_a_back_office() {
    let room = village();
    write_lines(&room, "lines");
    let deed = deed(&room, "do", "do ROOM/lines --config CONFIG --data DATA");
    try_both(&deed, room);
}

#[test]
fn seed() {
    let room = Room::new();
    let deed = Deed {
        there: &["has a ledger already"],
        ..deed(&room, "seed", "seed --data DATA")
    };
    deed.try_all(&Kept::new(room), Calls::Change);
}

/// Who only looks tells the same or says that it could not.
#[test]
fn looks() {
    let room = village();
    done(&room, "export now --config CONFIG --data DATA");
    let kept = Kept::new(room);
    let outbox = kept.room.data().join("outbox");
    let bundle = fs::read_dir(outbox).unwrap().next().unwrap().unwrap();
    let verify = format!(
        "export verify {} --key ROOM/data/keys/station.pub",
        text(&bundle.path())
    );
    for (name, line, changes) in [
        ("audit", "audit --data DATA", true),
        ("check", "check --config CONFIG", false),
        ("keys --show", "keys --show --data DATA", false),
        (
            "export summary",
            "export summary --date 2026-11-21 --data DATA",
            true,
        ),
        ("export verify", &verify, false),
    ] {
        let deed = deed(&kept.room, name, line);
        if changes {
            deed.try_all(&kept, Calls::Change);
        }
        deed.try_all(&kept, Calls::Read);
    }
}

/// A redemption with its slip on paper, and one that is called off.
#[test]
fn play() {
    let room = Room::new();
    done(&room, "seed --data DATA");
    let simulated = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/configs/simulated");
    let script = "wait 2s\nreader 1 card 0005591234\npress 1 4 1 1\nbadge A001\npin 135790\n\
        expect 换好了：香皂 1块\nexpect-slips 1\nwait 9s\nreader 1 card 0005591236\npress 1 4 1 1\ntouch 不换了\nexpect-last void\n";
    fs::write(room.path().join("deeds.play"), script).unwrap();
    fs::write(
        room.path().join("start.play"),
        "wait 2s\nreader 1 card 0005591238\nexpect 您好\n",
    )
    .unwrap();
    let line = |script: &str| {
        let config = simulated.display();
        format!("play ROOM/{script} --config {config} --data DATA")
    };
    let deed = Deed {
        steps: true,
        instead: Some(words(&room, &line("start.play"))),
        ..deed(&room, "play", &line("deeds.play"))
    };
    deed.try_all(&Kept::new(room), Calls::Change);
}
