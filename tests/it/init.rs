//! `wenming init` from an empty folder: typed at a terminal, then `check`, then the real kiosk, to which the new manager
//! signs in; and what is left where somebody stops or the disk is full.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot drive the program must fail"
)]

use crate::disk::Disk;
use crate::harness::{Kiosk, Line, Room, WENMING, fed, pause, run, text, until};
use rustix::process::Signal;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

pub(crate) const MANAGER_BADGE: &str = "0009000011";
pub(crate) const MANAGER_PIN: &str = "482915";
pub(crate) const TECHNICIAN_PIN: &str = "719284";

/// A bare machine: a folder in which there is nothing, and the one to be made in it.
pub(crate) fn bare(room: &Room) -> (PathBuf, PathBuf) {
    let above = room.path().join("bare");
    fs::create_dir(&above).unwrap();
    let dir = above.join("station");
    (above, dir)
}

/// Every name below a folder, with its rights.
fn names(dir: &Path) -> BTreeSet<(String, u32)> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let meta = path.symlink_metadata().unwrap();
        let rights = meta.permissions().mode() & 0o777;
        names.insert((text(&path).to_owned(), rights));
        if meta.is_dir() {
            names.extend(self::names(&path));
        }
    }
    names
}

/// A technician at the questions.
pub(crate) struct Talk {
    pub(crate) kiosk: Kiosk,
    /// How much of the questions has been read.
    read: usize,
}

impl Talk {
    pub(crate) fn begin(room: &Room, args: &[&str]) -> Self {
        // The harness speaks English; a technician is asked in Chinese.
        let chinese = ["--lang", "zh"];
        let args: Vec<_> = args.iter().chain(&chinese).map(AsRef::as_ref).collect();
        let kiosk = Kiosk::spawn(room, &args, (120, 60));
        Self { kiosk, read: 0 }
    }

    /// Waits until this is said after all that was said before.
    fn hears(&mut self, what: &str) {
        let mut place = None;
        let heard = until(|| {
            let said = self.kiosk.errors();
            place = said.get(self.read..).and_then(|new| new.find(what));
            place.is_some()
        });
        assert!(
            heard,
            "no {what} after {} in\n{}",
            self.read,
            self.kiosk.errors()
        );
        self.read += place.unwrap() + what.len();
    }

    /// A question, and what is typed.
    fn answers(&mut self, question: &str, typed: &str) {
        self.hears(question);
        self.hears("> ");
        self.kiosk.key(format!("{typed}\n"));
    }

    /// What was shown on the terminal and said beside it.
    fn all(&self) -> String {
        let shown = self.kiosk.bytes();
        format!("{}{}", String::from_utf8_lossy(&shown), self.kiosk.errors())
    }
}

/// Everything up to the first badge, with slips on the way.
pub(crate) fn describe(talk: &mut Talk, port: &Path) {
    talk.answers("镇的代码", "qingtown");
    talk.answers("不行：写 1 到 12 个 A-Z（大写）", "QINGTOWN");
    // As a Chinese keyboard types it.
    talk.answers("本站的代码", "ＱＳ０１");
    talk.answers("村名？", "");
    talk.answers("不行：写一个名字", "青石\u{200b}\u{1b}村");
    talk.answers("村名的英文", "Qingshi");
    talk.hears("站名？\n[青石村服务站]");
    talk.answers("", "一个很长很长很长很长的站名");
    talk.answers("不行：写一个名字，最多 10 个汉字", "");
    talk.answers("站名的英文？\n[Qingshi Station]", "");
    talk.answers("打给谁", "none");
    talk.answers("不行：写电话", "-");
    talk.answers("几点可以领东西", "mon-fri 8-11");
    talk.answers("隔开。星期是", "mon-fri 08:00-11:30；sat 09:00-11:00");
    talk.answers("哪几家", "3 9");
    talk.answers("不行：打列出来的数字或词", "3 elders");
    talk.answers("读卡器插在哪里", text(port));
    talk.answers("哪一种？em4100", "1");
    talk.answers("小票打印机在哪里", "printer");
    talk.answers("不行：打列出来的数字，或者写 /dev/usb/lp0", "-");
    talk.answers("卷标是什么？不用 U 盘就打 -。\n[VPB]", "");
}

/// The manager with the card and the technician by the number, each with a PIN; slips on the way.
pub(crate) fn employ(talk: &mut Talk, line: &Line) {
    talk.answers("站长姓名", "林一山");
    talk.hears("胸牌：把卡放到读卡器上");
    talk.hears("读卡器接好了，请放卡");
    line.tap(MANAGER_BADGE);
    talk.hears("读到了");
    talk.answers("密码：6 到 8 位", "123456");
    talk.hears("不行：这是连号");
    talk.answers("密码：6 到 8 位", MANAGER_PIN);
    talk.answers("再输一遍", "482916");
    talk.hears("不行：两遍不一样");
    talk.answers("密码：6 到 8 位", MANAGER_PIN);
    talk.answers("再输一遍", MANAGER_PIN);
    talk.answers("技术员姓名", "方小河");
    talk.answers("胸牌：", MANAGER_BADGE);
    talk.answers("不行：这张卡已经给了另一个人", "00000000");
    talk.answers("不行：这个号码很多卡都一样", "0009000003");
    talk.answers("不行：这是公开的例子里的卡号", "0009000012");
    talk.answers("密码：6 到 8 位", TECHNICIAN_PIN);
    talk.answers("再输一遍", TECHNICIAN_PIN);
}

/// What stands on the disk after it: for this user alone, and nothing half done.
fn written(dir: &Path, data: &Path) {
    let config = names(dir.parent().unwrap());
    let files = [
        "catalogue.toml",
        "deploy/60-wenming.rules",
        "deploy/61-wenming-stick.rules",
        "deploy/foot.ini",
        "deploy/media-wenming.mount",
        "deploy/wenming.service",
        "deploy/wenming.sysusers",
        "notices.toml",
        "rules.toml",
        "staff.toml",
        "station.toml",
    ];
    let files = files.map(|name| (text(&dir.join(name)).to_owned(), 0o600));
    let dirs = [dir.to_owned(), dir.join("deploy")].map(|dir| (text(&dir).to_owned(), 0o700));
    assert_eq!(config, files.into_iter().chain(dirs).collect());
    for key in ["card.key", "station.key", "station.pub"] {
        assert!(data.join("keys").join(key).exists(), "{key}");
    }
    let staff = fs::read_to_string(dir.join("staff.toml")).unwrap();
    assert_eq!(staff.matches("[[staff]]").count(), 2, "{staff}");
    assert!(!staff.contains("示例"), "{staff}");
    let station = fs::read_to_string(dir.join("station.toml")).unwrap();
    for line in [
        "village = { zh = \"青石村\", en = \"Qingshi\" }  # 村名 / village\n",
        "# technician-phone = ",
        "\n# [printer]\n",
        "\n[[sink]]\nname = \"U盘\"\nkind = \"stick\"\nlabel = \"VPB\"  # ",
    ] {
        assert!(station.contains(line), "no {line} in {station}");
    }
    assert_eq!(station.matches("\n[[reader]]\n").count(), 1, "{station}");
    let catalogue = fs::read_to_string(dir.join("catalogue.toml")).unwrap();
    for line in [
        "name = { zh = \"青石村服务站\", en = \"Qingshi Station\" }\nhours = [\"mon-fri 08:00-11:30\", \"sat 09:00-11:00\"]\n",
        "name = { zh = \"卫生室\", en = \"Clinic\" }\n",
        "code = \"LUNCH\"\n",
    ] {
        assert!(catalogue.contains(line), "no {line} in {catalogue}");
    }
    for gone in ["SALON", "KIDS", "CHILD", "儿童服务", "禾月", "SHORT-STD"] {
        assert!(!catalogue.contains(gone), "{gone} in {catalogue}");
    }
}

#[test]
fn from_an_empty_folder_to_a_manager_who_is_signed_in() {
    let room = Room::new();
    let line = Line::plug(&room);
    let (_, dir) = bare(&room);
    let data = room.data();
    let mut talk = Talk::begin(&room, &["init", text(&dir), "--data", text(&data)]);
    describe(&mut talk, &room.port());
    employ(&mut talk, &line);
    assert_eq!(talk.kiosk.exit_code(20), Some(0), "{}", talk.kiosk.errors());
    assert!(talk.kiosk.is_cooked());
    let all = talk.all();
    for pin in [MANAGER_PIN, TECHNICIAN_PIN, "482916"] {
        assert!(!all.contains(pin), "{all}");
    }
    let steps = [
        "没有错",
        "钥匙做好了",
        "wenming import roster FILE.csv",
        "wenming kiosk --config",
        "systemctl enable --now wenming",
    ];
    let places = steps.map(|step| all.find(step));
    assert!(
        places.is_sorted() && places[0].is_some(),
        "{places:?} in {all}"
    );
    written(&dir, &data);

    let checked = run(["check".as_ref(), "--config".as_ref(), dir.as_os_str()]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(
        checked.status.success() && checked.stderr.is_empty(),
        "{said}"
    );
    assert!(
        said.contains("QINGTOWN QS01, rewards 14, rules 33, badges 2, readers 1: no faults"),
        "{said}"
    );
    assert!(!said.contains("warning"), "{said}");

    // The real kiosk on what was made.
    let args = ["kiosk", "--config", text(&dir), "--data", text(&data)];
    let args: Vec<_> = args.iter().map(AsRef::as_ref).collect();
    let mut kiosk = Kiosk::spawn(&room, &args, (64, 16));
    kiosk.wait_for("您好，欢迎来到积分银行");
    kiosk.wait_for("青石村");
    assert!(
        until(|| room.log().contains("# reader 0 up")),
        "{}",
        room.log()
    );
    line.tap(MANAGER_BADGE);
    kiosk.wait_for("林一山，请输密码");
    pause(1_200);
    kiosk.type_slowly(&format!("{MANAGER_PIN}\r"));
    kiosk.wait_for("记分");
    assert!(
        until(|| room.log().contains("signed in M001")),
        "{}",
        room.log()
    );
    kiosk.signal(Signal::TERM);
    assert_eq!(kiosk.exit_code(5), Some(0));
    let staff = "SELECT count(*) FROM staff WHERE active = 1 AND (id, name, role) IN
                  (VALUES ('M001', '林一山', 'manager'), ('T001', '方小河', 'technician'))";
    assert_eq!(room.number(staff), 2);
    room.assert_clean();
}

#[test]
fn who_stops_in_the_middle_leaves_nothing() {
    for (asked, typed) in [
        ("镇的代码", "\u{3}"),
        ("村名？", "青石\u{3}"),
        ("村名？", "\u{4}"),
        ("技术员姓名", "\u{4}"),
        ("密码：6", "4829\u{3}"),
        ("密码：6", "\u{4}"),
    ] {
        let room = Room::new();
        let (above, dir) = bare(&room);
        let data = room.data();
        let mut talk = Talk::begin(
            &room,
            &[
                "init",
                text(&dir),
                "--data",
                text(&data),
                "--dev",
                text(&above),
            ],
        );
        let answers = [
            ("镇的代码", "QINGTOWN"),
            ("本站的代码", ""),
            ("村名？", "青石村"),
            ("村名的英文", ""),
            ("站名？", ""),
            ("站名的英文", ""),
            ("打给谁", ""),
            ("几点", ""),
            ("哪几家", ""),
            ("读卡器插", ""),
            ("小票打印机", ""),
            ("卷标", ""),
            ("站长姓名", "林一山"),
            ("胸牌", MANAGER_BADGE),
            ("密码：6", MANAGER_PIN),
            ("再输一遍", MANAGER_PIN),
            ("技术员姓名", "方小河"),
        ];
        for (question, answer) in answers
            .into_iter()
            .take_while(|(question, _)| *question != asked)
        {
            talk.answers(question, answer);
        }
        talk.hears(asked);
        talk.hears("> ");
        talk.kiosk.key(typed);
        assert_eq!(talk.kiosk.exit_code(5), Some(1), "{asked} {typed:?}");
        assert!(
            talk.kiosk.errors().contains("停下了，什么也没有写"),
            "{}",
            talk.kiosk.errors()
        );
        assert!(talk.kiosk.is_cooked(), "{asked} {typed:?}");
        assert_eq!(names(&above), BTreeSet::new(), "{asked} {typed:?}");
        assert!(!data.exists(), "{asked} {typed:?}");
    }
}

#[test]
fn where_something_is_nothing_is_asked_or_changed() {
    let room = Room::new();
    let (above, dir) = bare(&room);
    let file = above.join("file");
    fs::write(&file, "ours").unwrap();
    let full = above.join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("staff.toml"), "ours").unwrap();
    let cut = above.join("cut");
    fs::create_dir(above.join(".cut.part")).unwrap();
    let before = names(&above);
    for (place, sentence) in [
        (&file, "这里已经有东西"),
        (&full, "这里已经有东西"),
        (&PathBuf::from("/"), "这里已经有东西"),
        (&above.join("no/where"), "上一级要有"),
        (&cut, ".cut.part 是上次没有做完留下的"),
    ] {
        let mut talk = Talk::begin(&room, &["init", text(place)]);
        talk.hears(sentence);
        assert_eq!(talk.kiosk.exit_code(5), Some(1), "{}", place.display());
        assert_eq!(names(&above), before);
    }
    // Nobody is there to be asked.
    let done = fed(
        &["init", text(&dir), "--lang", "zh"],
        "QINGTOWN\n",
        Stdio::piped(),
    );
    let errors = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{errors}");
    assert!(
        errors.contains("请在终端里运行，或者用 --answers"),
        "{errors}"
    );
    assert!(done.stdout.is_empty());
    assert_eq!(names(&above), before);
}

#[test]
fn a_disk_that_fills_up_leaves_nothing() {
    let room = Room::village();
    let answers = room.path().join("answers.toml");
    fs::write(&answers, crate::init_answers::good()).unwrap();
    let disk = Disk::mount(&room, 8);
    let dir = room.data().join("station");
    let before = names(&disk.inside).len();
    let mut met = BTreeSet::new();
    for kib in [0, 4, 12, 20, 32, 2_000] {
        disk.leave(kib);
        let done = disk.output(&[WENMING, "init", text(&dir), "--answers", text(&answers)]);
        let errors = String::from_utf8_lossy(&done.stderr);
        let code = done.status.code().unwrap();
        met.insert(code);
        let made = disk.inside.join("station");
        assert!(!errors.contains("panicked"), "{kib}: {errors}");
        assert!(
            !disk.inside.join(".station.part").exists(),
            "{kib}: {errors}"
        );
        assert_eq!(made.exists(), code == 0, "{kib}: {errors}");
        if code == 0 {
            assert_eq!(names(&made).len(), 12);
            fs::remove_dir_all(&made).unwrap();
        } else {
            assert!(errors.contains("the disk is full"), "{kib}: {errors}");
        }
        assert!(names(&disk.inside).len() <= before + 1, "{kib}");
    }
    assert_eq!(met, BTreeSet::from([0, 1]));
}
