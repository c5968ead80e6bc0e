//! The real program on disks that fail: full, read-only, locked, damaged, not ours. Each time no new
//! redemption, a calm screen, an exit code and a sentence for the technician; and afterwards
//! everything that had been announced is there.
//!
//! Full and read-only disks are small file systems in memory, mounted where only these tests see them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot drive the program must fail"
)]

use crate::equipment::{only, tool};
use crate::harness::{ENGLISH, Kiosk, PATIENCE, Room, SMALL, WENMING, number, pause, plain, until};
use pty_process::blocking::Command as PtyCommand;
use rusqlite::Connection;
use rustix::process::Signal;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

const CARD: &str = "0005591234\r";
const BADGE: &str = "0009000001\r";
const HELLO: &str = "您好，您现在有";
const ASK: &str = "要换这个吗";
const WAIT: &str = "请工作人员来刷胸牌";
const CALM: &str = "机器要歇一会儿";
const HOLDS: &str = "SELECT count(*) FROM operation WHERE kind = 'hold'";
const POSTS: &str = "SELECT count(*) FROM operation WHERE kind = 'post'";

/// A village that reads cards as a device types them, so that the disk is the only thing that fails.
fn village(min_free_mib: u32) -> Room {
    let room = Room::village();
    room.write_station("em4100", min_free_mib);
    room.without_readers();
    room
}

/// From the greeting to the question, for the service of this number.
fn choose(kiosk: &Kiosk, service: &str) {
    kiosk.key(CARD);
    kiosk.wait_for(HELLO);
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press(service);
    kiosk.wait_for(ASK);
}

/// From the hold to the receipt.
fn confirm(kiosk: &Kiosk) {
    kiosk.key(BADGE);
    kiosk.wait_for("请输密码");
    kiosk.type_slowly("135790");
    kiosk.wait_for("已输入 6 位");
    kiosk.press("\r");
    kiosk.wait_for("换好了");
}

/// A whole redemption of the service of this number.
fn redeem(kiosk: &Kiosk, service: &str) {
    choose(kiosk, service);
    kiosk.press("\r");
    kiosk.wait_for(WAIT);
    confirm(kiosk);
    kiosk.press("\r");
    kiosk.wait_without("换好了");
}

/// The calm screen with its line for the technician, the exit code, the terminal, the sentence.
fn ends_calmly(kiosk: &mut Kiosk, line: &str, sentences: &[&str]) {
    kiosk.wait_for(CALM);
    kiosk.wait_for(line);
    kiosk.key(CARD);
    pause(300);
    assert!(kiosk.screen().contains(CALM), "{}", kiosk.screen());
    assert_eq!(kiosk.exit_code(PATIENCE), Some(1));
    kiosk.assert_given_back();
    let errors = kiosk.errors();
    for sentence in sentences {
        assert!(errors.contains(sentence), "no {sentence:?} in {errors}");
    }
}

fn ends_well(kiosk: &mut Kiosk) {
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(PATIENCE), Some(0), "{}", kiosk.errors());
}

/// A small file system in memory, in the place of the data folder, seen only from inside.
pub(crate) struct Disk {
    holder: Child,
    enter: Vec<OsString>,
    pub(crate) inside: PathBuf,
}

impl Disk {
    /// Mounts one of so many MiB and moves the seeded ledger onto it.
    pub(crate) fn mount(room: &Room, mib: u32) -> Self {
        let seeded = room.path().join("seeded");
        fs::rename(room.data(), &seeded).unwrap();
        // It is as large as the disk of the test. The kiosk makes one that fits.
        fs::remove_file(seeded.join("reserve")).unwrap();
        fs::create_dir(room.data()).unwrap();
        let script = format!(
            "mount -t tmpfs -o size={mib}m,mode=700 tmpfs \"$1\" && cp -a \"$2/.\" \"$1/\" \
             && echo ready && exec sleep 600"
        );
        let mut why = String::new();
        for (how, enter) in [("-m", "-m"), ("-Urm", "-Um")] {
            let mut holder = Command::new(tool("unshare"))
                .args([how, "--propagation", "private", "sh", "-c", &script, "sh"])
                .args([room.data(), seeded.clone()])
                .env("PATH", only(&["unshare", "sh", "mount", "cp", "sleep"]))
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            let mut told = BufReader::new(holder.stdout.take().unwrap());
            told.read_line(&mut line).unwrap();
            if line == "ready\n" {
                let pid = holder.id().to_string();
                let mut words = vec!["-t", &pid, enter];
                if enter == "-Um" {
                    words.push("--preserve-credentials");
                }
                let enter = words.into_iter().map(OsString::from).collect();
                let data = room.data();
                let inside = PathBuf::from(format!("/proc/{pid}/root"))
                    .join(data.strip_prefix("/").unwrap());
                return Self {
                    holder,
                    enter,
                    inside,
                };
            }
            let mut errors = holder.stderr.take().unwrap();
            errors.read_to_string(&mut why).unwrap();
            holder.wait().unwrap();
        }
        panic!(
            "these tests mount a tmpfs and may not: neither `unshare -m` (needs root) nor \
             `unshare -Urm` (needs user namespaces) could:\n{why}"
        );
    }

    /// Starts the kiosk on this disk.
    fn kiosk(&self, room: &Room) -> Kiosk {
        let command = PtyCommand::new(tool("nsenter"))
            .args(&self.enter)
            .args([WENMING, "kiosk", "--config"])
            .arg(room.config())
            .arg("--data")
            .arg(room.data());
        Kiosk::start(room, command, SMALL)
    }

    /// Runs a command on this disk, in English.
    pub(crate) fn output(&self, words: &[&str]) -> Output {
        Command::new(tool("nsenter"))
            .args(&self.enter)
            .args(words)
            .envs(ENGLISH)
            .output()
            .unwrap()
    }

    /// Runs a command on this disk; it must do what it is asked.
    fn run(&self, words: &[&str]) -> String {
        let done = self.output(words);
        let answer = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(
            done.status.success(),
            "{words:?}: {answer}{}",
            String::from_utf8_lossy(&done.stderr)
        );
        answer
    }

    pub(crate) fn audit(&self, room: &Room) {
        let data = room.data().display().to_string();
        let answer = self.run(&[WENMING, "audit", "--json", "--data", &data]);
        assert!(answer.contains("\"ok\":true"), "{answer}");
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut file = File::create(self.inside.join("photos.zip")).unwrap();
        let block = [0x5A; 4_096];
        while file.write_all(&block).is_ok() {}
    }

    /// Fills it until so many KiB are left.
    pub(crate) fn leave(&self, kib: u64) {
        self.fill();
        let photos = File::options()
            .write(true)
            .open(self.inside.join("photos.zip"));
        let photos = photos.unwrap();
        let length = photos.metadata().unwrap().len();
        photos.set_len(length - kib * 1024).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.inside.join("photos.zip")).unwrap();
    }

    /// One whole number from a copy of the ledger; a copy, because the mount is not seen from here.
    fn number(&self, room: &Room, sql: &str) -> i64 {
        let copy = room.path().join("copy");
        let _none = fs::remove_dir_all(&copy);
        fs::create_dir(&copy).unwrap();
        for file in ["station.db", "station.db-wal"] {
            if self.inside.join(file).exists() {
                fs::copy(self.inside.join(file), copy.join(file)).unwrap();
            }
        }
        number(&plain(&copy), sql)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _gone = self.holder.kill();
        let _reaped = self.holder.wait();
    }
}

/// A kiosk on that disk where a redemption is held and waits for a badge.
fn held(room: &Room, disk: &Disk) -> Kiosk {
    let kiosk = disk.kiosk(room);
    kiosk.wait_for("请把卡放在读卡器上");
    choose(&kiosk, "1");
    kiosk.press("\r");
    kiosk.wait_for(WAIT);
    kiosk
}

const LOW: &str = "机器快存满了，这一次没有办";
const FULL: &str = "现在只能查积分，磁盘满了";

#[test]
fn a_disk_that_fills_up_refuses_what_is_new_and_loses_nothing() {
    let room = village(0);
    let disk = Disk::mount(&room, 8);
    let mut kiosk = disk.kiosk(&room);
    kiosk.wait_for("请把卡放在读卡器上");
    redeem(&kiosk, "1");
    assert_eq!(disk.number(&room, POSTS), 1);
    choose(&kiosk, "2");
    disk.fill();
    kiosk.press("1");
    kiosk.wait_for(LOW);
    assert_eq!(disk.number(&room, HOLDS), 1, "nothing new is begun");
    disk.audit(&room);
    kiosk.press("\r");
    kiosk.wait_without(LOW);
    ends_well(&mut kiosk);
    disk.make_room();
    let mut kiosk = disk.kiosk(&room);
    kiosk.wait_for("请把卡放在读卡器上");
    redeem(&kiosk, "2");
    ends_well(&mut kiosk);
    disk.audit(&room);
    assert_eq!(
        (disk.number(&room, HOLDS), disk.number(&room, POSTS)),
        (2, 2)
    );
}

/// What was begun is ended with the room of the reserve: the post of one hold, and the void of another.
#[test]
fn what_was_begun_is_ended_on_a_full_disk() {
    let room = village(0);
    let disk = Disk::mount(&room, 8);
    let mut kiosk = held(&room, &disk);
    assert!(disk.inside.join("reserve").exists());
    disk.fill();
    confirm(&kiosk);
    assert!(!disk.inside.join("reserve").exists(), "it was given up");
    assert_eq!(
        (disk.number(&room, HOLDS), disk.number(&room, POSTS)),
        (1, 1)
    );
    ends_well(&mut kiosk);
    disk.audit(&room);
}

/// The power comes back and the disk is full: the reserve lets the station work, but for what is new.
#[test]
fn a_start_on_a_full_disk_voids_and_refuses_what_is_new() {
    let room = village(0);
    let disk = Disk::mount(&room, 8);
    let mut kiosk = held(&room, &disk);
    kiosk.signal(Signal::KILL);
    kiosk.exit_code(PATIENCE);
    disk.fill();
    let mut kiosk = disk.kiosk(&room);
    kiosk.wait_for("工作人员：有1笔等您确认");
    kiosk.key(CARD);
    kiosk.wait_for(HELLO);
    kiosk.press("0");
    kiosk.wait_for(WAIT);
    kiosk.press("-");
    let voids = "SELECT count(*) FROM operation WHERE kind = 'void'";
    assert!(until(|| disk.number(&room, voids) == 1), "not voided");
    kiosk.wait_for("没有换，分退给您了");
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("1");
    kiosk.wait_for(LOW);
    assert_eq!(disk.number(&room, HOLDS), 1, "only the one that was voided");
    ends_well(&mut kiosk);
    disk.audit(&room);
}

/// Nothing is left, not even the reserve: the books can be read, nothing is booked, and work goes on by itself when there is room.
#[test]
fn a_start_without_any_room_shows_balances_and_goes_on_when_there_is_room() {
    let room = village(0);
    let disk = Disk::mount(&room, 8);
    for killed in [false, true] {
        let mut kiosk = disk.kiosk(&room);
        kiosk.wait_for("请把卡放在读卡器上");
        if killed {
            // Its log of writes is still there, and all that was done last is in it.
            redeem(&kiosk, "1");
            kiosk.signal(Signal::KILL);
            kiosk.exit_code(PATIENCE);
        } else {
            ends_well(&mut kiosk);
        }
        fs::remove_file(disk.inside.join("reserve")).unwrap_or_default();
        disk.fill();
        let operations = disk.number(&room, "SELECT count(*) FROM operation");
        let mut kiosk = disk.kiosk(&room);
        kiosk.wait_for(FULL);
        kiosk.key(CARD);
        kiosk.wait_for(HELLO);
        kiosk.press("5");
        kiosk.wait_for("您的记录");
        assert_eq!(kiosk.screen().contains("老人午餐"), killed);
        kiosk.press("0");
        kiosk.wait_for(HELLO);
        kiosk.press("2");
        kiosk.wait_for("老人午餐");
        kiosk.press("1");
        kiosk.wait_for(LOW);
        assert_eq!(
            disk.number(&room, "SELECT count(*) FROM operation"),
            operations
        );
        let data = room.data().display().to_string();
        let doctor = disk.output(&[WENMING, "doctor", "--lang=zh", "--data", &data]);
        let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(told.contains("磁盘满了"), "{told}");
        assert!(!told.contains("账本打不开"), "{told}");
        disk.make_room();
        kiosk.press("\r");
        kiosk.press(".");
        kiosk.wait_without(FULL);
        kiosk.wait_for("请把卡放在读卡器上");
        let now = "SELECT count(*) FROM operation";
        assert!(until(|| disk.number(&room, now) > operations), "not opened");
        // Whoever closes the ledger last removes its write log: the station's locks must keep others from being the last.
        let database = room.data().join("station.db").display().to_string();
        disk.run(&[tool("sqlite3"), &database, "SELECT count(*) FROM operation"]);
        let posts = disk.number(&room, POSTS);
        // The same card at once would be the same tap.
        pause(1_600);
        redeem(&kiosk, "2");
        kiosk.signal(Signal::KILL);
        kiosk.exit_code(PATIENCE);
        disk.audit(&room);
        assert_eq!(disk.number(&room, POSTS), posts + 1, "killed: {killed}");
    }
}

#[test]
fn a_disk_that_is_nearly_full_refuses_new_redemptions_and_finishes_old_ones() {
    let room = village(8);
    let disk = Disk::mount(&room, 16);
    let mut kiosk = held(&room, &disk);
    fs::write(disk.inside.join("photos.zip"), vec![0x5A; 10 * 1024 * 1024]).unwrap();
    confirm(&kiosk);
    kiosk.press("\r");
    kiosk.key(CARD);
    kiosk.wait_for(HELLO);
    kiosk.press("2");
    kiosk.wait_for("老人午餐");
    kiosk.press("3");
    kiosk.wait_for("机器快存满了，这一次没有办");
    assert_eq!(
        (disk.number(&room, HOLDS), disk.number(&room, POSTS)),
        (1, 1)
    );
    disk.make_room();
    kiosk.press("\r");
    kiosk.wait_without("机器快存满了");
    kiosk.press("2");
    kiosk.wait_for(ASK);
    ends_well(&mut kiosk);
    disk.audit(&room);
}

/// A disk that the system made read-only: the books can be read, nothing is booked, and the screen says so calmly.
#[test]
fn a_disk_that_cannot_be_written_is_looked_at() {
    let room = village(0);
    let disk = Disk::mount(&room, 8);
    let data = room.data().display().to_string();
    for killed in [false, true] {
        let mut kiosk = disk.kiosk(&room);
        kiosk.wait_for("请把卡放在读卡器上");
        if killed {
            redeem(&kiosk, "1");
            kiosk.signal(Signal::KILL);
            kiosk.exit_code(PATIENCE);
        } else {
            ends_well(&mut kiosk);
        }
        disk.run(&["mount", "-o", "remount,ro", &data]);
        let operations = disk.number(&room, "SELECT count(*) FROM operation");
        let mut kiosk = disk.kiosk(&room);
        kiosk.wait_for("现在只能查积分，磁盘不能写");
        kiosk.key(CARD);
        kiosk.wait_for(HELLO);
        kiosk.press("5");
        kiosk.wait_for("您的记录");
        assert_eq!(kiosk.screen().contains("老人午餐"), killed);
        kiosk.press("0");
        kiosk.wait_for(HELLO);
        kiosk.press("2");
        kiosk.wait_for("老人午餐");
        kiosk.press("1");
        kiosk.wait_for("机器现在不能记账，这一次没有办");
        let doctor = disk.output(&[WENMING, "doctor", "--lang=zh", "--data", &data]);
        let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(told.contains("磁盘只能读，不能写"), "{told}");
        assert!(!told.contains("账本打不开"), "{told}");
        disk.audit(&room);
        assert_eq!(
            disk.number(&room, "SELECT count(*) FROM operation"),
            operations
        );
        disk.run(&["mount", "-o", "remount,rw", &data]);
        kiosk.press("\r");
        kiosk.press(".");
        kiosk.wait_without("磁盘不能写");
        kiosk.wait_for("请把卡放在读卡器上");
        // The same card at once would be the same tap.
        pause(1_600);
        redeem(&kiosk, "2");
        ends_well(&mut kiosk);
        disk.audit(&room);
    }
}

#[test]
fn a_ledger_that_another_program_keeps_is_a_plain_refusal() {
    let room = village(0);
    let mut kiosk = room.open();
    choose(&kiosk, "1");
    let other = room.plain();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    kiosk.press("1");
    kiosk.wait_for("机器正忙，这一次没有办");
    assert_eq!(number(&other, HOLDS), 0);
    other.execute_batch("ROLLBACK").unwrap();
    kiosk.press("\r");
    kiosk.wait_for(ASK);
    kiosk.press("1");
    kiosk.wait_for(WAIT);
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    kiosk.key(BADGE);
    kiosk.wait_for("机器正忙，这一次没有办");
    other.execute_batch("ROLLBACK").unwrap();
    kiosk.press("\r");
    kiosk.wait_for(WAIT);
    kiosk.key(BADGE);
    kiosk.wait_for("请输密码");
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    kiosk.type_slowly("135790");
    kiosk.press("\r");
    kiosk.wait_for("机器正忙，这一次没有办");
    other.execute_batch("ROLLBACK").unwrap();
    kiosk.press("\r");
    kiosk.wait_for("请输密码");
    kiosk.type_slowly("135790");
    kiosk.press("\r");
    kiosk.wait_for("换好了");
    ends_well(&mut kiosk);
    assert_eq!((number(&other, HOLDS), number(&other, POSTS)), (1, 1));
    // At the start it is not there for anyone, and says why.
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let mut kiosk = room.kiosk(SMALL);
    ends_calmly(
        &mut kiosk,
        "账本被别的程序占用",
        &["another program is writing it", "station.db"],
    );
    other.execute_batch("ROLLBACK").unwrap();
    room.assert_clean();
}

#[test]
fn a_damaged_file_is_not_sold_from() {
    let room = village(0);
    let database = room.data().join("station.db");
    let mut file = OpenOptions::new().write(true).open(&database).unwrap();
    let pages = number(&room.plain(), "PRAGMA page_count");
    let size = number(&room.plain(), "PRAGMA page_size");
    file.seek(SeekFrom::Start(u64::try_from(pages / 2 * size).unwrap()))
        .unwrap();
    file.write_all(&[0xFF; 4_096]).unwrap();
    let mut kiosk = room.kiosk(SMALL);
    let file = database.display().to_string();
    ends_calmly(
        &mut kiosk,
        "账本文件损坏，请运行 wenming audit",
        &["damaged", &file, "wenming audit"],
    );
}

#[test]
fn a_large_file_opens_at_once_and_its_damage_is_found_beside_the_work() {
    let room = village(0);
    let size = usize::try_from(number(&room.plain(), "PRAGMA page_size")).unwrap();
    // Pages that a table of others left free make the file as large as a town's.
    room.plain()
        .execute_batch(
            "CREATE TABLE ballast AS SELECT zeroblob(100 << 20) AS bytes; DROP TABLE ballast;
             PRAGMA wal_checkpoint(TRUNCATE)",
        )
        .unwrap();
    let database = room.data().join("station.db");
    let mut kiosk = room.open();
    redeem(&kiosk, "1");
    pause(1_000);
    ends_well(&mut kiosk);
    room.assert_clean();

    assert_eq!(number(&room.plain(), POSTS), 1);
    // The page of an old operation, which no start has a reason to read.
    let mut bytes = fs::read(&database).unwrap();
    let old = b"\"seq\":300,";
    let place = bytes.windows(old.len()).position(|at| at == old).unwrap();
    let page = bytes.iter_mut().skip(place / size * size).take(size);
    page.for_each(|byte| *byte = 0xFF);
    fs::write(&database, bytes).unwrap();
    let mut kiosk = room.kiosk(SMALL);
    let file = database.display().to_string();
    ends_calmly(
        &mut kiosk,
        "账本文件损坏，请运行 wenming audit",
        &["damaged", &file, "wenming audit"],
    );
    // It had opened: a file that is refused at the start gets no line of a start.
    let log = room.log();
    assert_eq!(log.matches(" boot\n").count(), 2, "{log}");
    assert!(log.contains("out of order: "), "{log}");
}

/// Something done to a data folder before the start.
type Fault = fn(&Room);

#[test]
fn a_file_that_is_not_ours_or_newer_or_open_to_others_is_left_alone() {
    let cases: [(Fault, &[&str]); 4] = [
        (
            |room| {
                room.plain()
                    .execute_batch("PRAGMA user_version = 99")
                    .unwrap();
            },
            &["its schema is 99", "station.db"],
        ),
        (
            |room| {
                let database = room.data().join("station.db");
                fs::remove_file(&database).unwrap();
                let other = Connection::open(&database).unwrap();
                other
                    .execute_batch("CREATE TABLE recipes(name TEXT)")
                    .unwrap();
                fs::set_permissions(&database, Permissions::from_mode(0o600)).unwrap();
            },
            &["not a ledger of this program", "station.db"],
        ),
        (
            |room| {
                let mode = Permissions::from_mode(0o644);
                fs::set_permissions(room.data().join("station.db"), mode).unwrap();
            },
            &["others can read or write it; chmod 600", "station.db"],
        ),
        (
            |room| fs::remove_file(room.data().join("keys/card.key")).unwrap(),
            &["the card key is missing; put it back"],
        ),
    ];
    let rooms = cases.map(|(break_it, sentences)| {
        let room = village(0);
        break_it(&room);
        let before = fs::read(room.data().join("station.db")).unwrap();
        let kiosk = room.kiosk(SMALL);
        (room, kiosk, before, sentences)
    });
    thread::scope(|scope| {
        for (room, mut kiosk, before, sentences) in rooms {
            scope.spawn(move || {
                ends_calmly(&mut kiosk, "看程序的出错信息", sentences);
                let after = fs::read(room.data().join("station.db")).unwrap();
                assert!(before == after, "{sentences:?}: the file was changed");
            });
        }
    });
}

/// The system wants the end while the calm screen stands: the terminal is given back at once.
#[test]
fn an_end_that_is_wanted_while_it_is_out_of_order_gives_the_terminal_back() {
    let room = village(0);
    fs::write(room.data().join("station.db"), "x".repeat(4_096)).unwrap();
    let mut kiosk = room.kiosk(SMALL);
    kiosk.wait_for(CALM);
    kiosk.signal(Signal::TERM);
    // Ten seconds are those of the screen itself.
    assert_eq!(kiosk.exit_code(5), Some(0));
    kiosk.assert_given_back();
}

/// The same while the ledger is being opened: another program sets it up, and that may take half a minute.
#[test]
fn an_end_that_is_wanted_while_the_ledger_opens_gives_the_terminal_back() {
    let room = village(0);
    let setup = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(room.data().join("setup.lock"));
    let setup = setup.unwrap();
    fs::set_permissions(
        room.data().join("setup.lock"),
        Permissions::from_mode(0o600),
    )
    .unwrap();
    setup.lock().unwrap();
    let mut kiosk = room.kiosk(SMALL);
    kiosk.wait_for("正在");
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(5), Some(0));
    kiosk.assert_given_back();
    drop(setup);
    room.assert_clean();
}
