//! `wenming import`: lists as spreadsheets write them are taken over whole, once, or not at all, and every fault has its line.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::folder::copy_all;
use crate::harness::{Room, assert_clean};
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output, Stdio};

const HEAD: &str = "编号,姓名,出生年,身份,账户,户号,监护人编号,卡号,本人同意\n";

/// How often an import is killed at each moment.
const KILLS: usize = 3;

/// Takes a list over; `more` are further arguments.
fn command(room: &Room, what: &str, bytes: &[u8], more: &[&str]) -> Command {
    let file = room.path().join("list.csv");
    fs::write(&file, bytes).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenming"));
    command.args(["import", what]).arg(file).args(more);
    command
        .arg("--config")
        .arg(room.config())
        .arg("--data")
        .arg(room.data());
    command.envs(crate::harness::ENGLISH);
    command
}

fn import(room: &Room, what: &str, bytes: &[u8], more: &[&str]) -> (i32, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command(room, what, bytes, more).output().unwrap();
    let said = String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap();
    (status.code().unwrap(), said)
}

fn roster(room: &Room, text: &str) -> (i32, String) {
    import(room, "roster", text.as_bytes(), &["--by", "M001"])
}

/// Lines of people of one village, none of whom is another.
fn people(count: usize) -> Vec<String> {
    let given = ["禾", "秀", "云", "福", "月", "春", "兰", "根", "水", "山"];
    let name = |n: usize| format!("陆{}{}", given[n / 10 % 10], given[n % 10]);
    let person = |n: usize| {
        format!(
            "{n},{},{},村民,个人,H-{},,{:010},是",
            name(n),
            1940 + n % 60,
            n / 3,
            700_000_000 + n
        )
    };
    (1..=count).map(person).collect()
}

#[test]
fn a_thousand_lines_with_seven_faults_name_seven_lines_and_take_nothing() {
    let room = Room::village();
    let mut lines = people(1_000);
    for (line, wrong) in [
        (
            11,
            "11,=HYPERLINK(\"http://x\"),1950,村民,个人,,,0700000011,是",
        ),
        (120, "120,陆禾\u{202e}云,1950,村民,个人,,,0700000120,是"),
        (230, "230,陆水,1850,村民,个人,,,0700000230,是"),
        (340, "340,陆山,1950,村长,个人,,,0700000340,是"),
        (450, "450,陆月,1950,村民,个人,,,0700000449,是"),
        (560, "560,陆春,2016,未成年人,个人,,,0700000560,是"),
        (670, "670,陆根,1950,村民,个人,,,0700000670,"),
    ] {
        lines[line - 1] = wrong.to_owned();
    }
    let text = format!("{HEAD}{}\n", lines.join("\r\n"));
    let (bytes, _, lost) = encoding_rs::GB18030.encode(&text);
    assert!(!lost);
    let taken = "SELECT count(*) FROM operation WHERE kind IN ('account-opened', 'card-issued')";
    let before = room.number(taken);
    let (code, said) = import(&room, "roster", &bytes, &["--by", "M001"]);
    let found: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split(".csv:").nth(1))
        .collect();
    let numbers: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(
        numbers,
        ["12", "121", "231", "341", "451", "561", "671"],
        "{said}"
    );
    assert_eq!(code, 1);
    assert!(said.contains("7 wrong, nothing was written"), "{said}");
    assert!(said.contains("U+202E"), "{said}");
    assert_eq!(room.number(taken), before);
    assert_clean(&room.data());
}

#[test]
fn a_list_is_taken_over_once_and_its_people_have_cards() {
    let room = Room::village();
    let text = format!("\u{feff}{HEAD}{}\n", people(300).join("\n"));
    let people = "SELECT count(*) FROM resident WHERE name LIKE '陆%' AND household LIKE 'H-%'";
    let before = room.number(people);
    let dry = import(
        &room,
        "roster",
        text.as_bytes(),
        &["--by", "M001", "--dry-run"],
    );
    assert_eq!((dry.0, room.number(people)), (0, before), "{}", dry.1);
    assert!(
        dry.1.contains("300 accounts opened, 300 cards issued"),
        "{}",
        dry.1
    );
    let (code, said) = roster(&room, &text);
    assert_eq!((code, room.number(people)), (0, before + 300), "{said}");
    // The same list again, with one more card on one line.
    let more = text.replace("0700000007", "0700000007 0799999999");
    let (code, said) = roster(&room, &more);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("0 accounts opened, 1 cards issued; 300 people"),
        "{said}"
    );
    let cards = "SELECT count(*) FROM card c JOIN resident r ON r.account = c.account
                  WHERE r.name LIKE '陆%' AND r.household LIKE 'H-%'";
    assert_eq!(room.number(cards), 301);
    // The same person under another row name is pointed out.
    let (code, said) = roster(&room, &format!("{HEAD}x,陆禾秀,1941,村民,个人,H-0,,,是\n"));
    assert_eq!(code, 1);
    assert!(said.contains("has an account already"), "{said}");
    let names = "SELECT count(*) FROM operation WHERE body LIKE '%陆%' OR body LIKE '%0700000007%'";
    assert_eq!(room.number(names), 0);
    assert_clean(&room.data());
}

#[test]
fn what_is_wrong_with_a_list_is_said_at_its_line() {
    let room = Room::village();
    let check = |text: &str, want: &str| {
        let (code, said) = roster(&room, text);
        assert!(said.contains(want), "{text:?}: {said}");
        assert_eq!(code, 1, "{text:?}");
    };
    let row = |row: &str| format!("{HEAD}{row}\n");
    check("姓名,出生\n张三,1950\n", "no column is called \"出生\"");
    check("姓名\n张三\n", "the column \"本人同意\" is missing");
    check(
        "姓名,name,本人同意\n张三,李四,是\n",
        "the column \"姓名\" is there twice",
    );
    check(&row("1,,1950,,,,,,是"), "2: no name");
    check(&row("1,张三,五零,,,,,,是"), "year of birth \"五零\"");
    check(&row("1,张三,1950,,公司,,,,是"), "holder \"公司\"");
    check(&row("1,张三,1950,,,h-1,,,是"), "household \"h-1\"");
    check(
        &row("1,张三,1950,,,,,00000000,是"),
        "card number \"00000000\"",
    );
    check(&row("1,张三,1950,,,,,0009000001,是"), "2: ");
    check(&row("1,张三,1950,,,,9,,是"), "no guardian with row \"9\"");
    check(&row("1,张三,1950,,,,,,否"), "no consent");
    check(
        &row("1,张三,1950,,,,,,是\n1,李四,1950,,,,,,是"),
        "3: the same row name as line 2",
    );
    check(
        &row("1,张三,1950,,,,,,是\n2,张三,1950,,,,,,是"),
        "3: the same person as line 2",
    );
    check(
        &row("1,张三,,,,,,0711111111,是\n2,李四,,,,,,0711111111,是"),
        "3: the same card as line 2",
    );
    assert_eq!(
        roster(&room, &row(&format!("9,{},1950,,,,,,是", "长".repeat(40)))).0,
        0
    );
    check(
        &row(&format!("1,{},1950,,,,,,是", "长".repeat(41))),
        "is no name, or too long",
    );
    let (code, said) = import(
        &room,
        "roster",
        &[0xff, 0xfe, 0x41, 0x00],
        &["--by", "M001"],
    );
    assert!(said.contains("neither UTF-8 nor GB18030"), "{said}");
    assert_eq!(code, 1);
    let (code, said) = import(
        &room,
        "roster",
        row("1,张三,1950,,,,,,是").as_bytes(),
        &["--by", "NOBODY"],
    );
    assert_eq!(code, 1, "{said}");
    assert_eq!(
        room.number("SELECT count(*) FROM resident WHERE name = '张三'"),
        0
    );
}

/// Killed at what the disk shows, from the start over the commit, when the write log grows, to the end.
#[test]
fn a_killed_import_leaves_nothing_or_all() {
    let room = Room::village();
    let text = format!("{HEAD}{}\n", people(300).join("\n"));
    let people = "SELECT count(*) FROM resident WHERE name LIKE '陆%' AND household LIKE 'H-%'";
    let (data, kept) = (room.data(), room.path().join("kept"));
    let before = room.number(people);
    copy_all(&data, &kept);
    let log = data.join("station.db-wal");
    let written = || fs::metadata(&log).map_or(0, |log| log.len());
    let mut seen = BTreeMap::<(&str, bool), usize>::new();
    for moment in ["start", "log", "begun", "half", "commit", "end"] {
        for _ in 0..KILLS {
            fs::remove_dir_all(&data).unwrap();
            copy_all(&kept, &data);
            let mut child = command(&room, "roster", text.as_bytes(), &["--by", "M001"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            let is_there = || match moment {
                "start" => true,
                "log" => log.exists(),
                "begun" => written() > 0,
                "half" => written() > 300_000,
                "commit" => room.number(people) > before,
                _ => false,
            };
            while child.try_wait().unwrap().is_none() && !is_there() {
                std::thread::yield_now();
            }
            child.kill().unwrap();
            child.wait().unwrap();
            let now = room.number(people) - before;
            assert!(now == 0 || now == 300, "{now} at {moment}");
            *seen.entry((moment, now == 300)).or_default() += 1;
            assert_clean(&data);
        }
    }
    // What is counted is committed. Before anything is in the log nothing can be.
    assert_eq!(seen.get(&("commit", true)), Some(&KILLS), "{seen:?}");
    assert!(seen.contains_key(&("start", false)), "{seen:?}");
    fs::remove_dir_all(&data).unwrap();
    copy_all(&kept, &data);
    let (code, said) = roster(&room, &text);
    assert_eq!((code, room.number(people)), (0, before + 300), "{said}");
    assert_clean(&data);
}

#[test]
fn a_paper_register_is_brought_over_by_two_and_once() {
    let room = Room::village();
    let text = format!("{HEAD}1,张小明,1952,,,,,0711111111,是\n2,张小芳,1955,,,,,,是\n");
    assert_eq!(roster(&room, &text).0, 0);
    let number = |name: &str| {
        room.number(&format!(
            "SELECT number FROM resident WHERE name = '{name}'"
        ))
    };
    let (ming, fang) = (number("张小明"), number("张小芳"));
    let balances = |rows: &str, more: &[&str]| {
        import(
            &room,
            "balances",
            format!("储户号,卡号,姓名,分\n{rows}\n").as_bytes(),
            more,
        )
    };
    let two = ["--by", "A001", "--second", "M001"];
    for (rows, want) in [
        (format!("{ming},,张小明,0"), "points \"0\""),
        (format!("{ming},,张小明,1.5"), "points \"1.5\""),
        (
            format!("{ming},,张大明,5"),
            "the name is not that of the account",
        ),
        (format!("{fang},0711111111,张小芳,5"), "two people's"),
        ("99999,,张小明,5".to_owned(), "there is no such account"),
        (",,张小明,5".to_owned(), "whose is it?"),
        (format!("{ming},,张小明,5\n{ming},,张小明,6"), "3: "),
    ] {
        let (code, said) = balances(&rows, &two);
        assert!(said.contains(want), "{rows}: {said}");
        assert_eq!(code, 1, "{rows}");
    }
    let rows = format!(",0711111111,张小明,120\n{fang},,张小芳,80");
    assert_eq!(balances(&rows, &["--by", "A001"]).0, 1, "one person alone");
    for want in ["2 people, 200 points", "0 people, 0 points in all; 2 were"] {
        let (code, said) = balances(&rows, &two);
        assert!(said.contains(want), "{said}");
        assert_eq!(code, 0);
    }
    let sums = "SELECT count(*), sum(t.amount) FROM operation o JOIN transfer t USING(seq)
                 WHERE o.kind = 'points-in' AND o.approver = 'M001' AND o.who IN
                 (SELECT a.name FROM account a JOIN resident r ON r.account = a.id WHERE r.name LIKE '张小_')";
    assert_eq!(room.number(sums), 2);
    assert_clean(&room.data());
}

#[test]
fn a_template_is_a_list() {
    for (what, more) in [
        ("roster", &["--by", "M001"][..]),
        ("balances", &["--by", "A001", "--second", "M001"]),
    ] {
        let room = Room::village();
        let output = Command::new(env!("CARGO_BIN_EXE_wenming"))
            .args(["import", what, "--template"])
            .output()
            .unwrap();
        assert!(
            output.stdout.starts_with("\u{feff}".as_bytes()),
            "for spreadsheets"
        );
        let (_, said) = import(&room, what, &output.stdout, more);
        assert!(!said.contains("column"), "{said}");
    }
}
