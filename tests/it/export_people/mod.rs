//! What leaves for clerks: right to the point, masked, harmless, readable by others' programs.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod run;
use crate::station;
use crate::station::till::{Fill as _, Till as _, Voider};

use run::{Out, export, lines, read_by, strip, summary};
use rustix::fs::{CWD, Mode, mkfifoat};
use station::{Dir, alice, assert_clean, at, bob, catalogue, open, quote, rule, staff_id};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use wenming::domain::{
    AccountId, Bucket, CardId, HolderKind, Member, MemberGroup, Now, Pin, Points, Role, Staff,
    StaffEntry,
};
use wenming::store::{Store, hash_pin};

const MONTH: [&str; 4] = ["--from", "2026-11-01", "--to", "2026-11-30"];

/// Texts that a spreadsheet could run, and what may stand in the cell instead.
const NAMES: [(&str, &str); 10] = [
    (
        "=HYPERLINK(\"http://x\",\"y\")",
        "'=HYPERLINK(\"http://x\",\"y\")",
    ),
    ("＝1+1", "'＝1+1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠SUM(A1)", "'＠SUM(A1)"),
    ("+1;=2,\"3\"", "'+1;=2,\"3\""),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("'; DROP TABLE", "'; DROP TABLE"),
    ("\t=1\r\n+2", "'=1+2"),
];

fn day(text: &str) -> Now {
    at(&format!("2026-11-{text}+08:00"), 1_000)
}

/// Holds and posts; the answer is the place of the post.
fn redeem(store: &mut Store, now: &Now, who: &AccountId, item: &str, quantity: i64) -> i64 {
    let quote = quote(store, who, item, quantity);
    let held = store.hold(now, &catalogue(), who, &quote).unwrap().unwrap();
    let a001 = staff_id("A001");
    let receipt = store.post(now, held.settle, held.seq, &a001).unwrap();
    receipt.unwrap().seq.get()
}

/// The station of the other tests on 23 November, a manager, and a busy end of the month:
/// redemptions, a reversal in the same month and one in the next, a void, a hold that waits.
fn busy(dir: &Dir) -> Store {
    let mut store = open(dir);
    let mut everyone = station::staff();
    everyone.push(StaffEntry {
        staff: Staff {
            id: staff_id("M001"),
            name: "M".to_owned(),
            role: Role::Manager,
            account: None,
        },
        badge: CardId::parse("BADGE009").unwrap(),
        pin_hash: hash_pin(&Pin::parse("2468").unwrap()).unwrap(),
    });
    let morning = day("24T08:00:00");
    store
        .apply_config(&morning, &catalogue(), &everyone)
        .unwrap();
    let mirrored = redeem(&mut store, &day("24T09:00:00"), &alice(), "RICE", 2);
    redeem(&mut store, &day("24T10:00:00"), &bob(), "SOAP", 2);
    redeem(&mut store, &day("25T10:00:00"), &bob(), "HAIRCUT", 1);
    let late = redeem(&mut store, &day("30T23:59:59"), &alice(), "RICE", 1);
    let a001 = staff_id("A001");
    let reverse = |store: &mut Store, now: &Now, n, seq| {
        let of = wenming::domain::Seq::new(seq);
        let done = store.reverse(now, station::op(n), of, &a001).unwrap();
        done.unwrap();
    };
    reverse(&mut store, &day("25T11:00:00"), 1, mirrored);
    let void = quote(&mut store, &alice(), "RICE", 1);
    let now = day("26T10:00:00");
    let held = store
        .hold(&now, &catalogue(), &alice(), &void)
        .unwrap()
        .unwrap();
    let voider = Voider::Staff(a001.clone());
    store
        .void(&now, held.settle, held.seq, &voider)
        .unwrap()
        .unwrap();
    let open = quote(&mut store, &alice(), "RICE", 2);
    store
        .hold(&now, &catalogue(), &alice(), &open)
        .unwrap()
        .unwrap();
    let december = at("2026-12-01T00:00:00+08:00", 1_000);
    reverse(&mut store, &december, 2, late);
    assert_clean(&store);
    store
}

#[test]
fn the_tables_say_what_plain_sql_says() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    export(&dir, &out, &MONTH).ok();
    let until = "o.wall_ms < strftime('%s', '2026-11-30 16:00') * 1000";
    let rows = lines(&out.read("wenming-operations-20261101-20261130.csv"));
    let count = dir.number(&format!("SELECT count(*) FROM operation o WHERE {until}"));
    assert_eq!(i64::try_from(rows.len()).unwrap(), count + 1);
    let sum = |column: usize| -> i64 { rows.iter().skip(1).map(|row| number(row, column)).sum() };
    let residents = "(SELECT id FROM account WHERE kind = 'resident')";
    let settled = |side: &str, of: &str| {
        format!(
            "SELECT coalesce(sum(amount), 0) FROM transfer t JOIN operation o USING(seq)
              WHERE {until} AND t.unit = 1 AND t.phase IN ('single', 'post') AND t.{side} IN {of}"
        )
    };
    let net = |of: &str| dir.number(&settled("credit", of)) - dir.number(&settled("debit", of));
    assert_eq!(sum(6), net(residents));
    assert_eq!(
        sum(8),
        net("(SELECT id FROM account WHERE name = 'BUDGET')")
    );
    let held = "SELECT sum(CASE phase WHEN 'hold' THEN amount ELSE -amount END) FROM transfer t
       JOIN operation o USING(seq) WHERE phase IN ('hold', 'post', 'void') AND unit = 1 AND ";
    assert_eq!(sum(7), dir.number(&format!("{held}{until}")));
    assert_eq!(sum(7), 20);

    let balances = lines(&out.read("wenming-balances-20261101-20261130.csv"));
    let (a, b) = (alice(), bob());
    let wanted = [
        vec![a.as_str(), "张*友", "0", "100", "10", "20", "70"],
        vec![b.as_str(), "李*", "0", "100", "26", "0", "74"],
    ];
    assert_eq!(balances[1..], wanted);
    assert_eq!(
        lines(&out.read("wenming-redemptions-20261101-20261130.csv"))[1..],
        [
            ["HAIRCUT", "HAIRCUT", "", "SHOP", "1", "0", "1", "20"],
            ["RICE", "RICE", "", "SHOP", "1", "1", "1", "10"],
            ["SOAP", "SOAP", "", "SHOP", "1", "0", "2", "6"],
        ]
    );
    // What each partner is owed is what its account has.
    let owed = lines(&out.read("wenming-partners-20261101-20261130.csv"));
    assert_eq!(owed[1..], [["SHOP", "SHOP", "3", "4", "36"]]);
    for row in &owed[1..] {
        let account = format!("(SELECT id FROM account WHERE name = 'PARTNER-{}')", row[0]);
        assert_eq!(number(row, 4), net(&account), "{row:?}");
    }
    // Who signed, by name, masked as everybody's.
    let signed: Vec<&str> = rows[1..].iter().map(|row| row[10].as_str()).collect();
    assert!(
        signed.contains(&wenming::domain::mask_name("A001").as_str()),
        "{signed:?}"
    );
    let stock = lines(&out.read("wenming-stock-20261101-20261130.csv"));
    assert_eq!(
        stock[1..],
        [
            ["RICE", "RICE", "0", "5", "1", "2", "2"],
            ["SOAP", "SOAP", "0", "9", "2", "0", "7"],
        ]
    );
}

fn number(row: &[String], column: usize) -> i64 {
    row.get(column).unwrap().parse().unwrap()
}

#[test]
fn a_correction_of_last_month_is_a_negative_number() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    let december = ["--from", "2026-12-01", "--to", "2026-12-31"];
    export(&dir, &out, &december).ok();
    let text = out.read("wenming-redemptions-20261201-20261231.csv");
    assert!(
        text.ends_with("\"RICE\",\"RICE\",\"\",\"SHOP\",-1,1,-1,-10\r\n"),
        "{text}"
    );
    let balances = lines(&out.read("wenming-balances-20261201-20261231.csv"));
    let free = dir.free(alice().as_str(), "POINTS").to_string();
    let account = alice();
    let wanted = [
        account.as_str(),
        "张*友",
        "90",
        "0",
        "-10",
        "20",
        free.as_str(),
    ];
    assert_eq!(balances[1], wanted);
    let stock = lines(&out.read("wenming-stock-20261201-20261231.csv"));
    let left = dir.free("STOCK", "I-RICE").to_string();
    assert_eq!(
        stock[1],
        ["RICE", "RICE", "4", "0", "-1", "2", left.as_str()]
    );
}

#[test]
fn an_empty_period_gives_headers_only() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    let before = ["--from", "2025-01-01", "--to", "2025-12-31", "--lang", "en"];
    export(&dir, &out, &before).ok();
    for (table, first) in [
        ("operations", "No."),
        ("balances", "Account"),
        ("redemptions", "Code"),
        ("partners", "Code"),
        ("stock", "Code"),
    ] {
        let text = out.read(&format!("wenming-{table}-20250101-20251231.csv"));
        assert!(text.starts_with(&format!("\u{feff}\"{first}\",")), "{text}");
        assert_eq!(text.matches("\r\n").count(), 1, "{table}");
    }
    export(&dir, &out, &[&before[..], &["--xlsx"]].concat()).ok();
    let read = read_by("rows.py", &out.path("wenming-20250101-20251231.xlsx"));
    assert_eq!(read.lines().count(), 5, "{read}");
}

/// Kinds of operations with how many of them the ledger has by then.
type Kinds = &'static [(&'static str, i64)];

#[test]
fn names_are_shown_to_a_manager_only() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    let full = "wenming-balances-20261101-20261130-names.csv";
    let table = [&MONTH[..], &["--table", "balances", "--names"]].concat();
    let rows: [(&str, &str, &str, Kinds); 5] = [
        ("A001", "1234", "站长", &[("refusal", 1)]),
        (
            "M001",
            "9999",
            "密码不对",
            &[("refusal", 1), ("sign-in-refused", 1)],
        ),
        ("M001", "pin", "密码是", &[("sign-in-refused", 1)]),
        ("X999", "1234", "工作人员", &[("sign-in-refused", 1)]),
        ("m", "1234", "no badge id", &[("sign-in", 0)]),
    ];
    for (who, pin, told, want) in rows {
        let failed = export(&dir, &out, &[&table[..], &[who]].concat()).with_pin(pin);
        let said = failed.refused();
        assert!(said.contains(told), "{who} {pin}: {said}");
        assert!(out.is_empty(), "{who} {pin}");
        for (kind, count) in want {
            assert_eq!(dir.count(kind), *count, "{who} {pin}: {kind}");
        }
    }
    export(&dir, &out, &[&table[..], &["M001"]].concat())
        .with_pin("2468")
        .ok();
    assert_eq!(dir.count("sign-in"), 1);
    assert!(out.read(full).contains("\"张三友\""));
    export(&dir, &out, &[&MONTH[..], &["--table", "all"]].concat()).ok();
    for table in ["operations", "balances", "redemptions", "stock"] {
        let masked = out.read(&format!("wenming-{table}-20261101-20261130.csv"));
        assert!(
            !masked.contains("张三友") && !masked.contains("李四"),
            "{table}"
        );
    }
    assert_clean(&Store::open_existing(dir.path()).unwrap());
}

/// A resident for each of [`NAMES`], written past the entry, with a point so that they are listed.
fn attacked(dir: &Dir) {
    let mut store = busy(dir);
    for (place, (name, _)) in (1_u8..).zip(NAMES) {
        let account = AccountId::resident([place; 8]);
        let new = Member {
            account: account.clone(),
            name: "何云秀".to_owned(),
            kind: HolderKind::Individual,
            group: MemberGroup::Villager,
            birth_year: None,
            household: None,
        };
        let now = day("27T10:00:00");
        let points = (Points::new(1), Bucket::NEVER);
        store
            .write(&now, |writer| {
                writer.open_account(&new)?.unwrap();
                writer.points_in(&account, &rule(), points, None)
            })
            .unwrap()
            .unwrap();
        let sql = "UPDATE resident SET name = ?1 WHERE account =
                     (SELECT id FROM account WHERE name = ?2)";
        dir.plain().execute(sql, [name, account.as_str()]).unwrap();
    }
}

#[test]
fn no_text_runs_in_a_spreadsheet() {
    let dir = Dir::new();
    attacked(&dir);
    let out = Out::new();
    let args = [&MONTH[..], &["--names", "M001"]].concat();
    export(&dir, &out, &args).with_pin("2468").ok();
    let file = "wenming-balances-20261101-20261130-names.csv";
    let ours = lines(&out.read(file));
    for (place, (_, want)) in (1_u8..).zip(NAMES) {
        let account = AccountId::resident([place; 8]);
        let row = ours.iter().find(|row| row[0] == account.as_str()).unwrap();
        assert_eq!(row[1], want);
    }
    let text = out.read(file);
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let masked = Out::new();
    export(&dir, &masked, &MONTH).ok();
    for table in ["operations", "balances", "redemptions", "stock"] {
        for row in lines(&masked.read(&format!("wenming-{table}-20261101-20261130.csv"))) {
            for cell in row.iter().filter(|cell| cell.parse::<i64>().is_err()) {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']),
                    "{cell}"
                );
            }
        }
    }
}

#[test]
fn other_programs_read_the_same() {
    let dir = Dir::new();
    attacked(&dir);
    let out = Out::new();
    let args = [&MONTH[..], &["--names", "M001"]].concat();
    export(&dir, &out, &args).with_pin("2468").ok();
    export(&dir, &out, &[&args[..], &["--xlsx"]].concat())
        .with_pin("2468")
        .ok();
    let book = read_by("rows.py", &out.path("wenming-20261101-20261130-names.xlsx"));
    let mut files = String::new();
    for (table, title) in [
        ("operations", "操作"),
        ("balances", "余额"),
        ("redemptions", "兑换"),
        ("partners", "商户结算"),
        ("stock", "库存"),
    ] {
        let path = out.path(&format!("wenming-{table}-20261101-20261130-names.csv"));
        files += &read_by("rows.py", &path).replace("csv\t", &format!("{title}\t"));
    }
    // The sign-in of the second export is in the ledger before it reads.
    let book: Vec<&str> = book.lines().collect();
    let files: Vec<&str> = files.lines().collect();
    let more: Vec<&&str> = book.iter().filter(|line| !files.contains(*line)).collect();
    assert_eq!(book.len(), files.len() + more.len());
    assert!(more.iter().all(|line| line.contains("登录")), "{more:#?}");
    assert!(files.iter().all(|line| book.contains(line)));
    assert!(
        book.iter().any(|line| line.contains("s:张三友")),
        "{book:#?}"
    );
    assert!(book.iter().any(|line| line.contains("s:'＝1+1")));
    assert!(
        book.iter().any(|line| line.contains("\tn:20\t")),
        "{book:#?}"
    );
}

#[test]
fn the_workbook_shows_its_headers_and_fits_its_texts() {
    let dir = Dir::new();
    attacked(&dir);
    let out = Out::new();
    export(&dir, &out, &[&MONTH[..], &["--xlsx"]].concat()).ok();
    let read = read_by("looks.py", &out.path("wenming-20261101-20261130.xlsx"));
    let wanted = [
        "操作 A2 bold formulas=0 time=21 kind=10 total=G,H,I",
        "余额 A2 bold formulas=0 total=C,D,E,F,G",
        "兑换 A2 bold formulas=0 total=E,F,G,H",
        "商户结算 A2 bold formulas=0 total=C,D,E",
        "库存 A2 bold formulas=0 total=C,D,E,F,G",
    ];
    // Every sum is that of the rows that the filter has, and the page is A4 across with the header on each.
    let page = " sums=right filter=right landscape A4 fit=True tall=0 head=$1:$1";
    let wanted: Vec<String> = wanted.iter().map(|line| format!("{line}{page}")).collect();
    assert_eq!(read.lines().collect::<Vec<_>>(), wanted);
}

#[test]
fn a_file_has_its_name_only_when_it_is_whole() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    let one = [&MONTH[..], &["--table", "stock"]].concat();
    let (name, part) = (
        "wenming-stock-20261101-20261130.csv",
        "wenming-stock-20261101-20261130.csv.part",
    );
    fs::write(out.path(part), "cut off").unwrap();
    export(&dir, &out, &one).ok();
    assert_eq!(out.names(), [name]);
    assert_eq!(fs::metadata(out.path(name)).unwrap().mode() & 0o777, 0o600);

    fs::write(out.path(name), "mine").unwrap();
    assert!(
        export(&dir, &out, &MONTH)
            .refused()
            .contains("never overwritten")
    );
    assert_eq!(out.names(), [name], "a table beside it was left");
    assert_eq!(out.read(name), "mine");

    fs::remove_file(out.path(name)).unwrap();
    let busy = fs::File::create(out.path(part)).unwrap();
    busy.lock().unwrap();
    assert!(
        export(&dir, &out, &one)
            .refused()
            .contains("another export")
    );
    drop(busy);
    fs::remove_file(out.path(part)).unwrap();
    let other = out.path("other");
    fs::write(&other, "other's").unwrap();
    symlink(&other, out.path(part)).unwrap();
    export(&dir, &out, &one).ok();
    assert_eq!(fs::read_to_string(&other).unwrap(), "other's");
    assert_eq!(out.names(), ["other", name]);
}

#[test]
fn what_others_put_in_the_way_is_removed_or_named() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    let one = [&MONTH[..], &["--table", "stock"]].concat();
    let name = "wenming-stock-20261101-20261130.csv";
    let part = out.path(&format!("{name}.part"));
    // A pipe would wait for its other side.
    mkfifoat(CWD, &part, Mode::RUSR | Mode::WUSR).unwrap();
    export(&dir, &out, &one).ok();
    assert_eq!(out.names(), [name]);
    fs::remove_file(out.path(name)).unwrap();
    fs::create_dir(&part).unwrap();
    fs::write(part.join("theirs"), "theirs").unwrap();
    let said = export(&dir, &out, &one).refused();
    assert!(
        said.contains(".part: a folder, not ours; look who"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(part.join("theirs")).unwrap(), "theirs");
    assert_eq!(out.names(), [format!("{name}.part")]);
}

#[test]
fn wrong_arguments_write_nothing() {
    let dir = Dir::new();
    drop(busy(&dir));
    let out = Out::new();
    let back = ["--from", "2026-11-30", "--to", "2026-11-01"];
    assert!(export(&dir, &out, &back).refused().contains("is before"));
    let usage = ["--from", "2026-11-31", "--to", "2026-12-01"];
    assert!(export(&dir, &out, &usage).code(2).contains("2026-11-31"));
    let gone = Dir::new();
    assert!(export(&gone, &out, &MONTH).refused().contains("no ledger"));
    assert_eq!(fs::read_dir(gone.path()).unwrap().count(), 0);
    assert!(out.is_empty());
    let nowhere = [&MONTH[..], &["--config", "/nowhere"]].concat();
    assert!(
        export(&dir, &out, &nowhere)
            .refused()
            .contains("in the config")
    );
    drop(fs::remove_dir(out.path("")));
    assert!(
        export(&dir, &out, &MONTH)
            .refused()
            .contains("no such folder")
    );
}

#[test]
fn the_day_fits_a_slip_and_agrees_with_the_disk() {
    let dir = Dir::new();
    drop(busy(&dir));
    let head: String = dir
        .plain()
        .query_row("SELECT hash FROM operation ORDER BY seq DESC", [], |row| {
            row.get(0)
        })
        .unwrap();
    for lang in ["zh", "en"] {
        let text = summary(&dir, &["--date", "2026-11-24", "--lang", lang]);
        for line in text.lines() {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= 32, "{line}");
        }
        assert!(strip(&text).contains(&head), "{text}");
    }
    let text = summary(
        &dir,
        &["--date", "2026-11-24", "--lang", "en", "--low", "3"],
    );
    let said: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    for want in [
        vec!["Before", "200"],
        vec!["Earned", "0"],
        vec!["Spent", "26"],
        vec!["Free", "174"],
        vec!["Redeemed", "2"],
        vec!["RICE", "2"],
        vec!["SOAP", "2"],
        vec!["RICE", "3"],
        vec!["Waiting", "0"],
    ] {
        assert!(said.contains(&want), "{want:?} in\n{text}");
    }
    let range = "SELECT min(seq) || '-' || max(seq) FROM operation
                  WHERE date(wall_ms / 1000, 'unixepoch', '+8 hours') = '2026-11-24'";
    let range: String = dir.plain().query_row(range, [], |row| row.get(0)).unwrap();
    assert!(text.contains(&range), "{text}");
    // What is counted and never came in is sold out, too; the ledger has no line for it.
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/kiosk-config");
    let day = ["--date", "2026-11-24", "--lang", "en", "--config", example];
    let text = summary(&dir, &day);
    let (_, short) = text.split_once("Running out").unwrap();
    assert!(short.contains("Cooking oil"), "{text}");
    let empty = summary(&dir, &["--date", "2020-01-01", "--lang", "en"]);
    assert_eq!(empty.matches("none").count(), 3, "{empty}");
}
