//! The machine below the station: disk, mounts, rights, programs that hang.

use super::equipment::{only, tool};
use super::harness::{Room, WENMING};
use super::lines::doctor_as_nobody;
use super::{Said, doctor, doctor_of, is_root, may_as_root, station};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use wenming::config::load;
use wenming::domain::{Cause, Check, Lang, Now};
use wenming::shell::checkup::{Environment, Subject, examine, heard, wear};
use wenming::shell::clock::Clock;

fn now() -> Now {
    Clock::start().now()
}

#[test]
fn a_disk_with_less_room_than_the_config_keeps_is_low() {
    let room = station();
    let free = wenming::store::free_disk_mib(room.path()).unwrap();
    // What the config may keep ends at 100,000 MiB; a larger disk is asked for more by hand.
    if free < 100_000 {
        room.write_station("em4100", 100_000);
        let remedy = format!("df -h {}", room.data().display());
        doctor(&room).is_wrong(("disk", "disk-low"), "磁盘快满了", &remedy);
        let nearly = u32::try_from(free * 3 / 4).unwrap();
        room.write_station("em4100", nearly);
        doctor(&room).is(("disk", "disk-nearly-low", "note"), "剩的不多", "df -h");
    }
    let mut config = load(&room.config()).unwrap();
    config.station.min_free_mib = u64::MAX;
    let subject = Subject {
        config: Ok(config),
        config_dir: Some(room.config()),
        data: room.data(),
        now: now(),
        lang: Lang::En,
        readers: None,
        printer: None,
        terminal: Environment::default(),
        root: PathBuf::from("/"),
    };
    let found = examine(&subject);
    let mut disks = found.findings.iter().filter(|one| one.check == Check::Disk);
    assert!(
        disks.any(|one| one.cause == Some(Cause::DiskLow)),
        "{found:?}"
    );
}

#[test]
fn a_ledger_in_memory_is_wrong() {
    let room = station();
    let dir = Path::new("/dev/shm").join(format!("wenming-doctor-{}", std::process::id()));
    assert!(!dir.exists());
    let said = doctor_of(&room.config(), &dir);
    said.is_wrong(
        ("disk", "disk-in-memory"),
        "账本在内存里",
        "/var/lib/wenming",
    );
}

/// The doctor below a folder that is mounted once more, read-only, for it alone.
fn doctor_read_only(room: &Room) -> Said {
    let script = "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && exec \"$2\" doctor --json --lang=zh --config \"$3\" --data \"$1\"";
    let ran = Command::new(tool("unshare"))
        .args(["-rm", "sh", "-c", script, "sh"])
        .env("PATH", only(&["unshare", "sh", "mount"]))
        .arg(room.data())
        .arg(WENMING)
        .arg(room.config())
        .output()
        .unwrap();
    Said::of(&ran)
}

#[test]
fn a_disk_that_is_read_only_is_told() {
    let room = station();
    let said = doctor_read_only(&room);
    said.is_wrong(("disk", "disk-read-only"), "磁盘只能读", "sudo reboot");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_told() {
    let room = station();
    if is_root() {
        for entry in [room.data(), room.data().join("station.db")] {
            chown(entry, Some(65_534), Some(65_534)).unwrap();
        }
    }
    fs::set_permissions(room.data(), Permissions::from_mode(0o500)).unwrap();
    let said = doctor_as_nobody(&room);
    fs::set_permissions(room.data(), Permissions::from_mode(0o700)).unwrap();
    let remedy = format!("sudo chmod -R u+rwX {}", room.data().display());
    said.is_wrong(("rights", "data-read-only"), "数据文件夹不能写", &remedy);
}

#[test]
fn a_data_folder_of_another_user_says_as_whom_to_look() {
    if !may_as_root("what the doctor says of another user's data folder") {
        return;
    }
    let room = station();
    doctor(&room).is(
        ("rights", "as-root", "note"),
        "用 root 运行",
        "sudo -u wenming",
    );
    chown(room.data(), Some(65_534), Some(65_534)).unwrap();
    let said = doctor(&room);
    said.is_wrong(
        ("rights", "data-other"),
        "别的用户的",
        "sudo -u nobody wenming doctor --data",
    );
    said.is(("ledger", "not-looked", "note"), "没有查", "再查一次");
}

#[test]
fn doors_that_stand_open_are_named() {
    let room = station();
    fs::set_permissions(room.data(), Permissions::from_mode(0o777)).unwrap();
    let remedy = format!("sudo chmod -R go-rwx {}", room.data().display());
    doctor(&room).is_wrong(("rights", "data-open"), "别的用户能动", &remedy);
    fs::set_permissions(room.data(), Permissions::from_mode(0o700)).unwrap();
    let database = room.data().join("station.db");
    fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
    doctor(&room).is_wrong(("rights", "data-open"), "别的用户能动", &remedy);
    fs::set_permissions(&database, Permissions::from_mode(0o600)).unwrap();
    let staff = room.config().join("staff.toml");
    fs::set_permissions(&staff, Permissions::from_mode(0o666)).unwrap();
    let remedy = format!("sudo chmod -R o-w {}", room.config().display());
    doctor(&room).is_wrong(("rights", "config-open"), "别的用户能改配置", &remedy);
}

/// A folder like `/sys`, with one eMMC and a partition on it.
fn sys(room: &Room) -> PathBuf {
    let sys = room.path().join("sys");
    let disk = sys.join("devices/mmc0/block/mmcblk0");
    fs::create_dir_all(disk.join("device")).unwrap();
    fs::create_dir_all(disk.join("mmcblk0p2")).unwrap();
    fs::create_dir_all(sys.join("dev/block")).unwrap();
    fs::create_dir_all(sys.join("fs/ext4/mmcblk0p2")).unwrap();
    fs::write(disk.join("mmcblk0p2/partition"), "2\n").unwrap();
    fs::write(disk.join("removable"), "0\n").unwrap();
    fs::write(disk.join("device/type"), "MMC\n").unwrap();
    symlink(disk.join("mmcblk0p2"), sys.join("dev/block/179:2")).unwrap();
    sys
}

#[test]
fn a_disk_says_how_old_it_is() {
    let room = Room::new();
    let sys = sys(&room);
    let disk = sys.join("devices/mmc0/block/mmcblk0");
    let hints = || -> Vec<Cause> {
        let hints = wear(&sys, (179, 2));
        hints.into_iter().map(|(cause, _)| cause).collect()
    };
    assert_eq!(hints(), []);
    for (life, spare, want) in [
        ("0x01 0x08\n", "0x01\n", vec![]),
        ("0x01 0x09\n", "0x01\n", vec![Cause::DiskWorn]),
        ("0x0a 0x01\n", "0x01\n", vec![Cause::DiskWornOut]),
        ("0x0B 0x0B\n", "0x01\n", vec![Cause::DiskWornOut]),
        ("0x02 0x02\n", "0x02\n", vec![Cause::DiskWorn]),
        ("0x02 0x02\n", "0x03\n", vec![Cause::DiskWornOut]),
        ("rubbish\n", "\n", vec![]),
    ] {
        fs::write(disk.join("device/life_time"), life).unwrap();
        fs::write(disk.join("device/pre_eol_info"), spare).unwrap();
        assert_eq!(hints(), want, "{life} {spare}");
    }
    fs::write(disk.join("device/type"), "SD\n").unwrap();
    fs::write(disk.join("removable"), "1\n").unwrap();
    fs::write(sys.join("fs/ext4/mmcblk0p2/errors_count"), "3\n").unwrap();
    assert_eq!(
        hints(),
        [Cause::DiskErrors, Cause::DiskRemovable, Cause::DiskCard]
    );
    assert_eq!(wear(&sys, (8, 1)), []);
    // An encrypted disk upon it.
    let mapped = sys.join("devices/virtual/block/dm-0/slaves");
    fs::create_dir_all(&mapped).unwrap();
    symlink(disk.join("mmcblk0p2"), mapped.join("mmcblk0p2")).unwrap();
    symlink(mapped.parent().unwrap(), sys.join("dev/block/253:0")).unwrap();
    let hints = wear(&sys, (253, 0));
    assert!(
        hints.iter().any(|(cause, _)| *cause == Cause::DiskCard),
        "{hints:?}"
    );
}

#[test]
fn programs_clocks_and_batteries_are_looked_for_where_the_system_keeps_them() {
    let room = station();
    let system = room.path().join("root");
    for dir in ["usr/bin", "usr/sbin", "sys/class/rtc", "etc"] {
        fs::create_dir_all(system.join(dir)).unwrap();
    }
    let subject = Subject {
        config: load(&room.config()),
        config_dir: Some(room.config()),
        data: room.path().join("none"),
        now: now(),
        lang: Lang::En,
        readers: None,
        printer: None,
        terminal: Environment::default(),
        root: system.clone(),
    };
    let causes = |check| -> Vec<Option<Cause>> {
        let found = examine(&subject).findings.into_iter();
        let at = found.filter(|one| one.check == check);
        at.map(|one| one.cause).collect()
    };
    assert_eq!(causes(Check::Programs), [None]);
    assert_eq!(causes(Check::Clock), [Some(Cause::ClockBattery)]);
    fs::write(system.join("usr/bin/brltty"), "").unwrap();
    fs::write(system.join("usr/sbin/ModemManager"), "").unwrap();
    fs::create_dir(system.join("sys/class/rtc/rtc0")).unwrap();
    assert_eq!(
        causes(Check::Programs),
        [Some(Cause::Brltty), Some(Cause::ModemManager)]
    );
    assert_eq!(causes(Check::Clock), [None]);
    let program = system.join("usr/bin/timedatectl");
    for (script, want) in [
        ("echo no", vec![Some(Cause::ClockUnset)]),
        ("echo yes", vec![None]),
        ("echo no; exit 1", vec![None]),
        ("sleep 600", vec![None]),
    ] {
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
        assert_eq!(causes(Check::Clock), want, "{script}");
    }
    let clock = Clock::start();
    let sleep = Path::new(&only(&["sleep"])).join("sleep");
    assert_eq!(heard(&sleep, &["600"]), None);
    assert!(
        clock.now().mono_ms < 10_000,
        "a program that hangs held it up"
    );
}
