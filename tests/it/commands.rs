//! `wenming do`: commands from a file are booked once, by the rules, whatever happens to the program on the way.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use crate::folder::Folder;
use crate::harness::{ENGLISH, WENMING, assert_clean, number, plain};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use wenming::cli::{Size, example_config, seed_village};

const RESIDENT: &str = "0005591234";

struct Village(Folder);

impl Village {
    fn new() -> Self {
        let folder = Folder::new("commands");
        let mut config = example_config().unwrap();
        seed_village(&folder.join("data"), &mut config, Size::Village).unwrap();
        Self(folder)
    }

    fn file(&self, lines: &[Value]) -> PathBuf {
        let path = self.0.join("commands.jsonl");
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        path
    }

    fn command(&self, file: &Path) -> Command {
        let mut command = Command::new(WENMING);
        command.envs(ENGLISH);
        let config = concat!(env!("CARGO_MANIFEST_DIR"), "/kiosk-config");
        command.arg("do").arg(file).args(["--config", config]);
        command.arg("--data").arg(self.0.join("data"));
        command
    }

    /// What the program answers to these lines.
    fn answers(&self, lines: &[Value]) -> Vec<Value> {
        let output = self.command(&self.file(lines)).output().unwrap();
        answers(&output)
    }

    fn number(&self, sql: &str) -> i64 {
        number(&plain(&self.0.join("data")), sql)
    }

    fn head(&self) -> i64 {
        self.number("SELECT max(seq) FROM operation")
    }

    fn assert_answers(&self, rows: &[(Value, &str)]) {
        let lines: Vec<Value> = rows.iter().map(|(line, _)| line.clone()).collect();
        let answers = self.answers(&lines);
        assert_eq!(answers.len(), rows.len());
        for ((_, want), answer) in rows.iter().zip(answers) {
            let code = answer["code"].as_str().unwrap_or("ok");
            assert_eq!(code, *want, "{answer}");
            assert_eq!(answer["ok"], *want == "ok");
        }
    }
}

fn answers(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn marks_and_signs_that_nobody_sees_are_passed_over_or_named() {
    let village = Village::new();
    let good = award("a1", "NO-RULE", &json!({"n": 1})).to_string();
    let path = village.0.join("odd.jsonl");
    let odd = good.replacen('"', "“", 1);
    let twin = good.replacen("a1", "a1\u{200b}", 1);
    fs::write(
        &path,
        format!("\u{feff}{good}\n\u{feff}{good}\n{odd}\n{twin}\n"),
    )
    .unwrap();
    let answers = answers(&village.command(&path).output().unwrap());
    let codes: Vec<&str> = answers
        .iter()
        .map(|a| a["code"].as_str().unwrap())
        .collect();
    assert_ne!(codes[0], "bad-line", "{}", answers[0]);
    assert_eq!(codes[1], codes[0]);
    for (answer, want) in [
        (
            &answers[2],
            "`“` (U+201C) is a Chinese quotation mark: write `\"`; ",
        ),
        (&answers[3], "id: U+200B is invisible: take it out"),
    ] {
        assert_eq!(answer["code"], "bad-line");
        assert!(
            answer["why"].as_str().unwrap().starts_with(want),
            "{answer}"
        );
    }
}

fn award(id: &str, about: &str, what: &Value) -> Value {
    let mut what = what.clone();
    what["about"] = about.into();
    json!({ "id": id, "kind": "award", "staff": "A001", "card": RESIDENT, "what": what })
}

/// The rule gives 4 for each time, and what it gave is in the log as the screen would have it.
#[test]
fn points_come_by_the_rule_and_not_otherwise() {
    let village = Village::new();
    let rows = [
        (award("1", "VS-PATROL", &json!({ "n": 2 })), "ok"),
        (
            award("2", "VS-PATROL", &json!({ "n": 1, "points": 5 })),
            "price-changed",
        ),
        (award("3", "NO-RULE", &json!({ "n": 1 })), "rule-gone"),
        (award("4", "CC-LITTER", &json!({ "n": 1 })), "rule-minus"),
        (award("5", "CC-WEDDING", &json!({ "n": 1 })), "role-too-low"),
        (award("5a", "CC-FILIAL", &json!({ "n": 1 })), "rule-path"),
        (award("5b", "EV-AWARD", &json!({ "n": 1 })), "quantity"),
        (award("6", "VS-ELDER", &json!({ "n": 0 })), "quantity"),
        (award("7", "VS-ELDER", &json!({ "n": 100 })), "quantity"),
        (
            award("8", "VS-ELDER", &json!({ "n": 1, "day": "2090-01-01" })),
            "day-too-far",
        ),
        (
            award("9", "VS-ELDER", &json!({ "n": 1, "robot": 1 })),
            "bad-line",
        ),
        (
            json!({ "id": "10", "kind": "budget-in", "staff": "M001", "what": { "n": 9 } }),
            "role-too-low",
        ),
        (
            json!({ "id": "11", "kind": "post", "staff": "A001", "what": { "of": 1 } }),
            "no-such-operation",
        ),
        (
            json!({ "id": "12", "kind": "boot", "staff": "A001" }),
            "bad-line",
        ),
        (
            json!({ "id": "13", "kind": "stock-in", "staff": "Z999", "what": { "about": "SOAP", "n": 1 } }),
            "not-staff",
        ),
        (
            json!({ "id": "1", "kind": "stock-in", "staff": "A001", "what": { "about": "SOAP", "n": 1 } }),
            "op-reused",
        ),
        (
            json!({ "id": "14", "kind": "points-in", "staff": "A001", "card": RESIDENT, "what": { "points": 5 } }),
            "second-person",
        ),
        (
            json!({ "id": "15", "kind": "points-in", "staff": "A001", "second": "M001", "card": RESIDENT, "what": { "points": 5 } }),
            "already-there",
        ),
        (
            json!({ "id": "16", "kind": "points-in", "staff": "A001", "second": "M001", "card": "0005591239", "what": { "points": 5 } }),
            "own-account",
        ),
    ];
    let before = village.head();
    village.assert_answers(&rows);
    let booked = "SELECT count(*) FROM operation WHERE kind = 'award' AND about = 'VS-PATROL' AND n = 2 AND actor = 'A001'
         AND json_extract(body, '$.what.points') = 8 AND seq > ";
    assert_eq!(village.number(&format!("{booked}{before}")), 1);
    // What the town wants to know of stands there, too: the reused key, and who signed for the own account.
    let refused =
        format!("SELECT count(*) FROM operation WHERE kind = 'refusal' AND seq > {before}");
    assert_eq!(village.number(&refused), 2);
}

/// What no rule lets through, and what only the guards know, such as a signature more than the kind has. What follows is
/// booked all the same.
#[test]
fn a_line_that_cannot_stand_in_the_ledger_keeps_no_other_from_it() {
    let village = Village::new();
    let before = village.head();
    let too_long = json!({ "id": "16", "kind": "stock-in", "staff": "A001", "what": { "about": "SOAP", "n": 1 } });
    let too_long = format!("{too_long}{}\n", " ".repeat(20_000));
    fs::write(village.0.join("long.jsonl"), too_long).unwrap();
    let output = village.command(&village.0.join("long.jsonl")).output();
    assert_eq!(answers(&output.unwrap())[0]["code"], "bad-line");
    village.assert_answers(&[
        (
            json!({ "id": "17", "kind": "points-in", "staff": "A001", "second": "M001", "card": "0005591236", "what": { "points": 2_000_000_000 } }),
            "quantity",
        ),
        (
            json!({ "id": "18", "kind": "stock-in", "staff": "A001", "what": { "about": "NO-SUCH", "n": 1 } }),
            "item-gone",
        ),
        // A signature more than the kind has: only the guards know, and what follows is booked all the same.
        (
            json!({ "id": "19", "kind": "stock-in", "staff": "A001", "second": "M001", "what": { "about": "SOAP", "n": 1 } }),
            "guard",
        ),
        (
            json!({ "id": "20", "kind": "stock-in", "staff": "A001", "what": { "about": "SOAP", "n": 77 } }),
            "ok",
        ),
    ]);
    let soap = "SELECT sum(n) FROM operation WHERE kind = 'stock-in' AND about = 'SOAP' AND seq > ";
    assert_eq!(village.number(&format!("{soap}{before}")), 77);
}

/// A redemption, every fifth called off, every seventh mended, each named by its line.
fn redemptions(count: usize) -> Vec<Value> {
    let mut lines = vec![
        json!({ "id": "goods", "kind": "stock-in", "staff": "A001", "what": { "about": "SOAP", "n": 100_000 } }),
    ];
    for n in 0..count {
        let card = format!("{:010}", 10_000_006 + n % 250);
        lines.push(
            json!({ "id": format!("award {n}"), "kind": "award", "staff": "A001", "card": card,
            "what": { "about": "VS-ELDER", "n": 5 } }),
        );
        let hold = json!({ "id": format!("hold {n}"), "kind": "hold", "staff": "A001", "card": card,
            "what": { "about": "SALT", "n": 1 } });
        lines.push(hold);
        let (id, of) = (format!("settle {n}"), format!("@hold {n}"));
        let kind = if n % 5 == 0 { "void" } else { "post" };
        lines.push(json!({ "id": id, "kind": kind, "staff": "A001", "what": { "of": of } }));
        if n % 7 == 3 && n % 5 != 0 {
            let of = format!("@settle {n}");
            lines.push(json!({ "id": format!("mend {n}"), "kind": "reversal", "staff": "A001", "what": { "of": of, "why": "twice" } }));
        }
    }
    lines
}

/// Killed again and again after a commit and run again from the same file: each command stands once in the log.
#[test]
fn a_file_that_was_interrupted_is_simply_run_again() {
    let village = Village::new();
    let lines = redemptions(1_000);
    let file = village.file(&lines);
    let mut killed_at = village.head();
    // Some sixteen commits bring the file in, and a kill may come one late.
    let kills = 6;
    for kill in 0..kills {
        let mut child = village
            .command(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while village.head() == killed_at {
            let ended = child.try_wait().unwrap();
            assert!(ended.is_none(), "kill {kill}: it ended, {ended:?}");
        }
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        assert!(!ended.success(), "kill {kill}: it was done");
        killed_at = village.head();
    }
    let output = village.command(&file).output().unwrap();
    let answers = answers(&output);
    assert_eq!(answers.len(), lines.len());
    assert!(village.head() > killed_at, "nothing was left to be done");
    let again = village.command(&file).output().unwrap();
    assert_eq!(again.stdout, output.stdout);
    let done = answers.iter().filter(|answer| answer["ok"] == true);
    let mut seqs: Vec<i64> = done.map(|answer| answer["seq"].as_i64().unwrap()).collect();
    seqs.sort_unstable();
    let told = seqs.len();
    seqs.dedup();
    assert_eq!(seqs.len(), told, "two commands have one place");
    let count = |kind: &str| -> i64 {
        let ok = lines.iter().zip(&answers);
        let ok = ok.filter(|(line, answer)| line["kind"] == kind && answer["ok"] == true);
        i64::try_from(ok.count()).unwrap()
    };
    let first = seqs[0];
    for kind in ["award", "hold", "post", "void", "reversal", "stock-in"] {
        let sql =
            format!("SELECT count(*) FROM operation WHERE kind = '{kind}' AND seq >= {first}");
        assert_eq!(
            village.number(&sql),
            count(kind),
            "{kind} after {kills} kills"
        );
        assert!(count(kind) > 0, "{kind}");
    }
    // Double entry: nothing came out of nothing, and every sum equals plain SQL.
    let sum = "SELECT coalesce(sum(credits - debits), 0) FROM balance WHERE unit = 1";
    assert_eq!(village.number(sum), 0);
    assert_clean(&village.0.join("data"));
}
