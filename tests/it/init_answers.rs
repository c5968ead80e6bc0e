//! `wenming init --answers`: the same folder without a question, and every wrong answer by its line.
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot run the program must fail; tables are long"
)]

use crate::folder::Folder;
use crate::harness::{run, text};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Output;

/// The hash of 482915.
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$atS9WKKE4LTPQCNUqZE2+A$jKyNS5tDaWHegdY6ElNKZZyM0eymgyVi62l4cY2+CXA";

/// Answers that are right; what is not among them has its usual answer.
pub(crate) fn good() -> String {
    format!(
        r#"town = "QINGTOWN"
village = "青石村"
manager = "林一山"
manager-badge = "0009000011"
manager-pin = "{HASH}"
technician = "方小河"
technician-badge = "0009000012"
technician-pin = "{HASH}"
"#
    )
}

/// A folder with a file of answers, and devices that are plugged in nowhere.
fn init(place: &Folder, answers: &str, lang: &str) -> Output {
    let file = place.join("answers.toml");
    fs::write(&file, answers).unwrap();
    fs::create_dir_all(place.join("dev")).unwrap();
    let (dir, dev) = (place.join("station"), place.join("dev"));
    run([
        "init",
        text(&dir),
        "--answers",
        text(&file),
        "--lang",
        lang,
        "--dev",
        text(&dev),
    ]
    .map(AsRef::as_ref))
}

fn errors(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

fn checked(dir: &Path) -> String {
    let checked = run(["check".as_ref(), "--config".as_ref(), dir.as_os_str()]);
    assert!(checked.status.success(), "{checked:?}");
    String::from_utf8(checked.stdout).unwrap()
}

#[test]
fn few_answers_make_a_station_without_devices() {
    let place = Folder::new("init");
    let done = init(&place, &good(), "en");
    assert_eq!((done.status.code(), errors(&done).as_str()), (Some(0), ""));
    let dir = place.join("station");
    let said = String::from_utf8(done.stdout).unwrap();
    // 11 goods and services of the station itself.
    assert!(
        said.contains("QINGTOWN S01, rewards 11, rules 33, badges 2, readers 0: no faults"),
        "{said}"
    );
    assert!(
        checked(&dir)
            .ends_with("QINGTOWN S01, rewards 11, rules 33, badges 2, readers 0: no faults\n")
    );
    // No data folder was named, so the keys are still to be made, first of what needs them.
    let keys = said.find("wenming keys --data /var/lib/wenming").unwrap();
    assert!(keys < said.find("wenming import roster").unwrap(), "{said}");
    assert!(
        said.contains(&format!("mv -T {} /etc/wenming\n", dir.display())),
        "{said}"
    );
}

/// The answers are not lost with a data folder that cannot take keys: the config stands, and how to go on.
#[test]
fn keys_that_cannot_be_made_are_the_next_step() {
    let place = Folder::new("init-keys");
    let (file, dir, data) = (
        place.join("answers.toml"),
        place.join("station"),
        place.join("data"),
    );
    fs::write(&file, good()).unwrap();
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o777)).unwrap();
    let args = [
        "init",
        text(&dir),
        "--answers",
        text(&file),
        "--data",
        text(&data),
        "--lang",
        "en",
    ];
    let done = run(args.map(AsRef::as_ref));
    let said = String::from_utf8(done.stdout.clone()).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(
        errors(&done).contains("the config is there, the keys are not"),
        "{}",
        errors(&done)
    );
    let step = format!("wenming keys --data {}\n", data.display());
    assert!(said.contains(&step), "no {step} in {said}");
    assert!(checked(&dir).contains("no faults"));
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}

#[test]
fn what_is_plugged_in_is_the_usual_answer_by_the_name_that_stays() {
    let place = Folder::new("init-devices");
    let dev = place.join("dev");
    for dir in ["serial/by-id", "usb"] {
        fs::create_dir_all(dev.join(dir)).unwrap();
    }
    for device in ["ttyUSB0", "ttyUSB1", "usb/lp0"] {
        fs::write(dev.join(device), "").unwrap();
    }
    symlink("../../ttyUSB1", dev.join("serial/by-id/usb-Reader-if00")).unwrap();
    // An empty folder that is there keeps its rights.
    let dir = place.join("station");
    fs::create_dir(&dir).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o750)).unwrap();
    let more = "partners = [\"hair\", \"clinic\"]\nhours = [\"mon-fri 08:00-11:30\", \"sat 09:00-11:00\"]\nreader-format = \"lines\"\n";
    let done = init(&place, &(good() + more), "zh");
    assert_eq!((done.status.code(), errors(&done).as_str()), (Some(0), ""));
    assert_eq!(dir.metadata().unwrap().permissions().mode() & 0o777, 0o750);
    let station = fs::read_to_string(dir.join("station.toml")).unwrap();
    let dev = dev.display();
    let reader = format!(
        "[[reader]]\nname = \"scanner\"\nport = \"{dev}/serial/by-id/usb-Reader-if00\"\nformat = \"lines\"\n\n# "
    );
    assert!(station.contains(&reader), "{station}");
    let printer = format!("\n[printer]\nport = \"{dev}/usb/lp0\"\nprofile = \"58mm\"\n# baud");
    assert!(station.contains(&printer), "{station}");
    assert!(
        checked(&dir).contains(", rewards 14, "),
        "{}",
        checked(&dir)
    );
}

/// What the README shows is taken from there, with a hash where it leaves one out.
#[test]
fn the_answers_in_the_readme_make_a_station() {
    let readme = include_str!("../../README.md");
    let (_, answers) = readme
        .split_once("<!-- test answers -->\n```toml\n")
        .unwrap();
    let (answers, _) = answers.split_once("```").unwrap();
    assert_eq!(answers.matches("$argon2id$...").count(), 2);
    let place = Folder::new("init-readme");
    let done = init(&place, &answers.replace("$argon2id$...", HASH), "en");
    assert_eq!((done.status.code(), errors(&done).as_str()), (Some(0), ""));
    let said = checked(&place.join("station"));
    assert!(
        said.contains("QINGTOWN S01, rewards 14, rules 33, badges 2, readers 1"),
        "{said}"
    );
}

/// A line that is put in the place of the one with its key, or added.
fn with(line: &str) -> String {
    let key = line.split(' ').next().unwrap();
    let mut lines: Vec<String> = good().lines().map(str::to_owned).collect();
    match lines
        .iter_mut()
        .find(|old| old.split(' ').next() == Some(key))
    {
        Some(old) => line.clone_into(old),
        None => lines.push(line.to_owned()),
    }
    lines.join("\n") + "\n"
}

/// One wrong line is named in a sentence, and nothing is made.
fn check(line: &str, sentence: &str) {
    let lang = if sentence.is_ascii() { "en" } else { "zh" };
    let place = Folder::new("init-wrong");
    let done = init(&place, &with(line), lang);
    let errors = errors(&done);
    assert_eq!(done.status.code(), Some(1), "{line}: {errors}");
    assert!(
        errors.contains(sentence),
        "{line}: no {sentence:?} in {errors}"
    );
    assert!(done.stdout.is_empty(), "{line}");
    let left = fs::read_dir(&*place).unwrap().count();
    assert_eq!(left, 2, "{line}: only the answers and the devices");
}

#[test]
fn every_wrong_answer_is_named_and_nothing_is_made() {
    for (line, sentence) in [
        (
            "town = \"qing\"",
            "answers.toml:1: town: write 1 to 12 of A-Z (capitals)",
        ),
        ("town = \"0012\"", "nothing like a number or a date"),
        ("town = \"\"", "answers.toml:1: town: write 1 to 12"),
        (
            "town = 5",
            "answers.toml:1: town: write a text between two \", or a list of texts",
        ),
        ("town = \"-\"", "town: write 1 to 12"),
        (
            "village = \"一二三四五六七八九十一\"",
            "answers.toml:2: village: 写一个名字，最多 10 个汉字",
        ),
        ("name = \"A…B\"", "answers.toml:9: name: write a name"),
        ("phone = \"call me\"", "phone: write a phone number"),
        (
            "hours = [\"mon 25:00-26:00\"]",
            "hours: write days and times",
        ),
        (
            "hours = [\"sat\", 5]",
            "hours: write a text between two \", or a list of texts",
        ),
        (
            "partners = \"hair, bar\"",
            "partners: type numbers or words of the list",
        ),
        (
            "reader = \"COM3\"",
            "reader: type a number of the list, or a port",
        ),
        (
            "reader-format = \"em4100\"",
            "answers.toml:9: reader-format: nobody asks this; take it out",
        ),
        ("printer = \"lp0\"", "printer: type a number of the list"),
        (
            "stick = \"MY STICK\"",
            "stick: write 1 to 16 letters, digits, - or _",
        ),
        ("vilage = \"x\"", "answers.toml:9: vilage: nobody asks this"),
        (
            "manager-badge = \"12\"",
            "manager-badge: write 4 to 32 letters and digits",
        ),
        (
            "manager-badge = \"00000000\"",
            "manager-badge: many cards have this number",
        ),
        (
            "manager-badge = \"DEADBEEF\"",
            "manager-badge: many cards have this number",
        ),
        (
            "technician-badge = \"0009000011\"",
            "technician-badge: this card belongs to somebody else already",
        ),
        (
            "technician-badge = \"0009000002\"",
            "technician-badge: this number stands in the published example",
        ),
        (
            "manager-pin = \"719284\"",
            "answers.toml:5: manager-pin: 密码不能明着写在文件里。运行 wenming pin",
        ),
        (
            "manager-pin = \"719284\"",
            "a PIN must not stand in a file. Run `wenming pin`",
        ),
        (
            "manager-pin = \"secret\"",
            "manager-pin: write the hash of a PIN: run `wenming pin`",
        ),
        ("manager-pin = ", "answers.toml:5:15: not TOML"),
    ] {
        check(line, sentence);
    }
}

#[test]
fn all_wrong_answers_are_named_at_once_and_no_secret_is_quoted() {
    let place = Folder::new("init-many");
    let published = include_str!("../../kiosk-config/staff.toml");
    let published = published
        .lines()
        .find_map(|line| line.strip_prefix("pin = "))
        .unwrap();
    let text = format!(
        "station = \"x\"\nvillage = \"青石村\"\nmanager-badge = \"7\"\nmanager-pin = \"719284\"\ntechnician = \"方小河\"\ntechnician-pin = {published}\nstatoin = \"S02\"\n"
    );
    let done = init(&place, &text, "en");
    let errors = errors(&done);
    assert_eq!(done.status.code(), Some(1), "{errors}");
    for (key, line) in [
        ("town", None),
        ("manager", None),
        ("technician-badge", None),
        ("station", Some(1)),
        ("manager-badge", Some(3)),
        ("manager-pin", Some(4)),
        ("technician-pin", Some(6)),
        ("statoin", Some(7)),
    ] {
        let place = line.map_or_else(String::new, |line| format!("{line}:"));
        let start = format!("answers.toml:{place} {key}: ");
        assert!(errors.contains(&start), "no {start} in {errors}");
    }
    assert_eq!(errors.lines().count(), 9, "{errors}");
    assert!(
        errors.contains("it stands in the published example"),
        "{errors}"
    );
    assert!(
        !errors.contains("719284") && !errors.contains("argon2id$v"),
        "{errors}"
    );
    assert!(!place.join("station").exists());
}
