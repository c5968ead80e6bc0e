//! Readers: present, absent, forbidden, taken, and what is no reader at all.

use super::equipment::tool;
use super::harness::{Line, Room, WENMING};
use super::{Said, doctor, own_people, station};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

/// The doctor as a user who is neither root nor in a group.
pub(crate) fn doctor_as_nobody(room: &Room) -> Said {
    let is_root = rustix::process::geteuid().is_root();
    let mut command = if is_root {
        let mut command = Command::new(tool("setpriv"));
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", WENMING]);
        command
    } else {
        Command::new(WENMING)
    };
    command
        .args(["doctor", "--json", "--lang=zh", "--config"])
        .arg(room.config());
    Said::of(&command.arg("--data").arg(room.data()).output().unwrap())
}

#[test]
fn a_machine_with_nothing_attached_says_so_and_makes_nothing() {
    let room = Room::new();
    let said = doctor(&room);
    assert_eq!(
        said.wrong(),
        [
            "staff example-pins",
            "staff example-badges",
            "card port-missing"
        ]
    );
    said.is_wrong(
        ("card", "port-missing"),
        "端口不在，没有插好",
        "ls -l /dev/serial/by-id",
    );
    said.is(
        ("scanner", "none-configured", "note"),
        "配置里没有写",
        "station.toml",
    );
    said.is(
        ("printer", "none-configured", "note"),
        "配置里没有写",
        "station.toml",
    );
    said.is(
        ("terminal", "no-terminal", "note"),
        "屏幕没有查",
        "wenming doctor",
    );
    said.is(("ledger", "ledger-none", "note"), "还没有账本", "--data");
    said.is(("export", "not-looked", "note"), "没有查", "再查一次");
    assert!(!room.data().exists(), "the doctor made a folder");
}

#[test]
fn a_machine_with_everything_there_is_well() {
    let room = station();
    let _line = Line::plug(&room);
    super::export(&room);
    let said = doctor(&room);
    assert_eq!(said.wrong(), Vec::<String>::new(), "{:#}", said.answer);
    assert_eq!((said.code, &said.answer["ok"]), (Some(0), &true.into()));
    for check in ["config", "staff", "card", "ledger", "export"] {
        let found = said.at(check);
        assert_eq!(found[0]["state"], "well", "{found:?}");
        assert_eq!((found.len(), &found[0]["sentence"]), (1, &"正常".into()));
    }
}

#[test]
fn a_scanner_is_a_scanner() {
    let room = station();
    room.write_station("lines", 0);
    let said = doctor(&room);
    said.is_wrong(("scanner", "port-missing"), "端口不在", "by-id");
    said.is(
        ("card", "none-configured", "note"),
        "配置里没有写",
        "station.toml",
    );
}

#[test]
fn a_link_to_a_device_that_is_gone_is_told_from_no_link() {
    let room = station();
    symlink("/dev/pts/no-such", room.port()).unwrap();
    let remedy = format!("ls -l {}", room.port().display());
    doctor(&room).is_wrong(("card", "port-dangling"), "链接断了", &remedy);
}

#[test]
fn a_port_that_the_system_cannot_even_find_out_about_is_said() {
    let room = station();
    symlink(room.port(), room.port()).unwrap();
    doctor(&room).is_wrong(("card", "port-failed"), "端口打不开", "拔下重插");
}

#[test]
fn what_is_no_serial_port_is_said() {
    let room = station();
    for target in ["/dev/null", "/etc/hostname", "/tmp"] {
        let _gone = fs::remove_file(room.port());
        symlink(target, room.port()).unwrap();
        doctor(&room).is_wrong(("card", "port-not-serial"), "不是串口", "by-id");
    }
}

#[test]
fn a_missing_right_says_what_to_type() {
    let room = Room::new();
    own_people(&room);
    let line = Line::plug(&room);
    let device = fs::canonicalize(room.port()).unwrap();
    fs::set_permissions(&device, Permissions::from_mode(0o000)).unwrap();
    let said = doctor_as_nobody(&room);
    assert!(
        said.at("rights")
            .iter()
            .all(|one| one["cause"] != "no-dialout")
    );
    said.is_wrong(
        ("card", "port-denied"),
        "没有权限打开端口",
        "sudo usermod -aG ",
    );
    let group = {
        use std::os::unix::fs::MetadataExt as _;
        let gid = fs::metadata(&device).unwrap().gid().to_string();
        let groups = fs::read_to_string("/etc/group").unwrap();
        let of = |line: &&str| line.split(':').nth(2) == Some(gid.as_str());
        let line = groups.lines().find(of).map(str::to_owned);
        line.map_or(gid, |line| line.split(':').next().unwrap().to_owned())
    };
    let remedy = format!("-aG {group} ");
    said.is_wrong(("card", "port-denied"), "没有权限", &remedy);
    drop(line);
    // Unplugged, the right is still missing, and is said before anyone stands there with a new reader.
    if rustix::process::geteuid().is_root() {
        let _gone = fs::remove_file(room.port());
        let said = doctor_as_nobody(&room);
        said.is_wrong(
            ("rights", "no-dialout"),
            "用户不在 dialout 组",
            "sudo usermod -aG dialout nobody，然后重新登录",
        );
    }
}

#[test]
fn a_port_that_another_program_holds_is_told_from_one_that_the_kiosk_holds() {
    let room = station();
    let line = Line::plug(&room);
    let held = File::open(fs::canonicalize(room.port()).unwrap()).unwrap();
    held.lock().unwrap();
    let remedy = format!("sudo fuser -v {}", room.port().display());
    doctor(&room).is_wrong(("card", "port-busy"), "被别的程序占着", &remedy);
    drop(held);
    assert_eq!(doctor(&room).at("card")[0]["state"], "well");

    let mut kiosk = room.open();
    for _ in 0..3 {
        let said = doctor(&room);
        said.is(("card", "port-in-use", "well"), "本站的程序在用", "");
    }
    // Looking took nothing away from it.
    line.tap("3C005550C2");
    kiosk.wait_for("您好，您现在有");
    assert!(kiosk.is_running());
    assert_eq!(room.log().matches("# reader 0 lost").count(), 0);
}

#[test]
fn what_the_program_plays_itself_is_a_note_and_never_well() {
    let room = station();
    let path = room.config().join("station.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace(&room.port().display().to_string(), "sim:rdm6300");
    let text = format!("{text}\n[printer]\nport = \"sim:printer\"\nprofile = \"58mm\"\n");
    fs::write(path, text).unwrap();
    let told = |said: &Said| {
        for check in ["card", "printer"] {
            let remedy = "在 station.toml 里把 port 改成真的端口";
            said.is((check, "simulated", "note"), "模拟的设备", remedy);
            assert_eq!(said.at(check).len(), 1, "{:#}", said.answer);
        }
    };
    let said = doctor(&room);
    told(&said);
    let code = said.answer["code"].as_str().unwrap();
    let explain = ["doctor", "--lang", "en", "--explain", code];
    let explained = Command::new(WENMING).args(explain).output().unwrap();
    let explained = String::from_utf8(explained.stdout).unwrap();
    let remedy = "set port in station.toml to a real one";
    assert_eq!(explained.matches(remedy).count(), 2, "{explained}");
    // The kiosk that hears nothing wrong from them does not make them real.
    let mut kiosk = room.open();
    told(&doctor(&room));
    assert!(kiosk.is_running());
}

#[test]
fn nothing_is_written_to_a_port_and_its_settings_stay() {
    use std::io::Read as _;
    let room = station();
    let (mut master, slave) = pty_process::blocking::open().unwrap();
    let name = rustix::pty::ptsname(&master, Vec::new()).unwrap();
    symlink(name.to_str().unwrap(), room.port()).unwrap();
    let before = rustix::termios::tcgetattr(&slave).unwrap();
    assert_eq!(doctor(&room).at("card")[0]["state"], "well");
    let after = rustix::termios::tcgetattr(&slave).unwrap();
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
    drop(slave);
    // With nobody left on the other side the line ends at once: nothing waited in it.
    let mut bytes = Vec::new();
    assert!(master.read_to_end(&mut bytes).is_err() || bytes.is_empty());
    assert_eq!(bytes, b"");
}
