//! The receipt printer: each fault made at its line, what the kiosk knows of it, and slips that did not come out.

use super::harness::{Line, Room, WENMING};
use super::lines::doctor_as_nobody;
use super::{doctor, own_people, station};
use chrono::DateTime;
use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use wenming::config::load;
use wenming::domain::{Cause, Check, Lang, Now, PrinterNews, PrinterState, PrinterTrouble};
use wenming::shell::checkup::{Environment, Subject, examine};

/// Names a printer in the config, in place of the one before.
fn name(room: &Room, port: &str) {
    let path = room.config().join("station.toml");
    let text = fs::read_to_string(&path).unwrap();
    let head = text.split("\n[printer]\n").next().unwrap();
    let text = format!("{head}\n[printer]\nport = \"{port}\"\nprofile = \"58mm\"\n");
    fs::write(path, text).unwrap();
}

#[test]
fn a_printer_that_can_be_used_is_well() {
    let room = station();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let tcp = format!("tcp:{}", listener.local_addr().unwrap());
    let file = format!("file:{}", room.path().join("slips.bin").display());
    for port in [tcp, file] {
        name(&room, &port);
        let said = doctor(&room);
        let found = said.at("printer");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["state"], "well", "{found:?}");
        let detail = found[0]["detail"].as_str().unwrap();
        assert!(
            detail.contains("58mm") && detail.contains(&port),
            "{detail}"
        );
    }
    assert!(!room.path().join("slips.bin").exists(), "the doctor wrote");
}

#[test]
fn a_port_that_is_not_there_and_one_that_is_no_printer_are_told_apart() {
    let room = station();
    name(&room, "/dev/usb/lp77");
    doctor(&room).is_wrong(
        ("printer", "printer-missing"),
        "没开电源或者线断了",
        "wenming device list",
    );
    name(&room, "file:/nonexistent/slips.bin");
    doctor(&room).is_wrong(("printer", "printer-missing"), "端口不在", "[printer]");
    let plain = room.path().join("plain");
    fs::write(&plain, "").unwrap();
    name(&room, &plain.display().to_string());
    let remedy = format!("ls -l {}", plain.display());
    doctor(&room).is_wrong(("printer", "printer-failed"), "写的不是打印机", &remedy);
    name(&room, &format!("file:{}", room.path().display()));
    doctor(&room).is_wrong(("printer", "printer-failed"), "写不进去", "ls -l");
}

#[test]
fn a_printer_that_nobody_may_use_names_its_group() {
    let room = Room::new();
    own_people(&room);
    let line = Line::plug(&room);
    let port = fs::canonicalize(room.port()).unwrap();
    name(&room, &port.display().to_string());
    fs::set_permissions(&port, Permissions::from_mode(0o600)).unwrap();
    let open = Permissions::from_mode(0o755);
    fs::set_permissions(room.path(), open).unwrap();
    let said = doctor_as_nobody(&room);
    said.is_wrong(
        ("printer", "printer-denied"),
        "没有权限用打印机",
        "usermod -aG",
    );
    drop(line);
}

#[test]
fn a_printer_that_another_program_holds_is_busy() {
    let room = station();
    let _line = Line::plug(&room);
    let port = fs::canonicalize(room.port()).unwrap();
    name(&room, &port.display().to_string());
    assert_eq!(doctor(&room).at("printer")[0]["state"], "well");
    let mut holder = Command::new(WENMING)
        .args(["device", "listen", "--json", "--port"])
        .arg(&port)
        .spawn()
        .unwrap();
    let held = super::harness::until(|| doctor(&room).at("printer")[0]["cause"] == "printer-busy");
    assert!(held);
    let remedy = format!("fuser -v {}", port.display());
    doctor(&room).is_wrong(("printer", "printer-busy"), "被别的程序占着", &remedy);
    holder.kill().unwrap();
    holder.wait().unwrap();
}

#[test]
fn an_address_where_nobody_answers_is_unreachable() {
    let room = station();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    name(&room, &format!("tcp:{address}"));
    doctor(&room).is_wrong(
        ("printer", "printer-unreachable"),
        "连不上打印机",
        "看线和网络",
    );
}

#[test]
fn slips_that_did_not_come_out_are_counted() {
    let room = station();
    name(
        &room,
        &format!("file:{}", room.path().join("slips.bin").display()),
    );
    let print = room.data().join("print");
    fs::create_dir_all(&print).unwrap();
    for job in [
        "HY01-7.failed",
        "HY01-9.failed",
        "HY01-12.sending",
        "HY01-13.wait",
        "HY01-14.sent",
    ] {
        fs::write(print.join(job), "slip").unwrap();
    }
    let said = doctor(&room);
    said.is(
        ("printer", "slips-failed", "note"),
        "有小票没打出来",
        "重印小票",
    );
    said.is(
        ("printer", "slips-perhaps", "note"),
        "可能没打全",
        "看一看纸",
    );
    assert_eq!(said.found("printer", "slips-failed")["detail"], "2: 7 9");
    assert_eq!(said.found("printer", "slips-perhaps")["detail"], "1: 12");
    assert_eq!(said.at("printer").len(), 2);
}

#[test]
fn what_the_running_kiosk_knows_is_told_without_touching_the_printer() {
    let room = station();
    // Whoever looked at this port would find nothing there.
    name(&room, "/dev/usb/lp77");
    let found = |state| {
        let subject = Subject {
            config: load(&room.config()),
            config_dir: Some(room.config()),
            data: room.data(),
            now: Now {
                wall: DateTime::parse_from_rfc3339("2026-11-21T18:41:00+08:00").unwrap(),
                mono_ms: 0,
            },
            lang: Lang::En,
            readers: Some(Vec::new()),
            printer: Some(PrinterNews {
                state,
                ..PrinterNews::default()
            }),
            terminal: Environment::default(),
            root: PathBuf::from("/"),
        };
        let findings = examine(&subject).findings.into_iter();
        let mut own = findings.filter(|one| one.check == Check::Printer);
        own.next().unwrap().cause
    };
    for (trouble, cause) in [
        (PrinterTrouble::Unreachable, Cause::PrinterUnreachable),
        (PrinterTrouble::Stuck, Cause::PrinterStuck),
        (PrinterTrouble::PaperOut, Cause::PrinterPaperOut),
        (PrinterTrouble::CoverOpen, Cause::PrinterCoverOpen),
        (PrinterTrouble::Offline, Cause::PrinterOffline),
        (PrinterTrouble::Broken, Cause::PrinterBroken),
    ] {
        assert_eq!(found(PrinterState::Attention(trouble)), Some(cause));
    }
    for state in [PrinterState::Ready, PrinterState::Unknown] {
        assert_eq!(found(state), Some(Cause::PortInUse));
    }
}
