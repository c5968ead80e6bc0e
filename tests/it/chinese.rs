//! What `wenming check` and `wenming audit` find, for a technician who reads Chinese.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::told::assert_chinese;
use crate::harness::{fed, text};
use crate::station::till::Till as _;
use crate::station::{Dir, alice, catalogue, noon, open, quote, staff_id};
use std::path::Path;
use std::process::Stdio;

/// What the program says in Chinese, on both outputs.
fn said(args: &[&str]) -> (Option<i32>, Vec<String>) {
    let args = [args, &["--lang", "zh"]].concat();
    let output = fed(&args, "", Stdio::piped());
    let all = [output.stdout, output.stderr].concat();
    let all = String::from_utf8(all).unwrap();
    (
        output.status.code(),
        all.lines().map(str::to_owned).collect(),
    )
}

/// The pictures of these are the Chinese of nearly every fault: to be read by a person when they change.
#[test]
fn what_check_says_of_a_faulty_config_is_chinese() {
    for (name, faults) in [("faulty", 106), ("not-toml", 8)] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/configs");
        let dir = dir.join(name);
        let (code, lines) = said(&["check", "--day", "2026-11-28", "--config", text(&dir)]);
        assert_eq!(code, Some(1));
        let prefix = format!("{}/", dir.display());
        let lines: Vec<String> = lines.iter().map(|line| line.replace(&prefix, "")).collect();
        assert_eq!(lines.len(), faults + 1, "{lines:#?}");
        for line in &lines {
            assert_chinese(line);
        }
        insta::assert_snapshot!(format!("check-{name}"), lines.join("\n"));
    }
}

#[test]
fn what_an_audit_finds_is_chinese() {
    let dir = Dir::new();
    let mut store = open(&dir);
    let quote = quote(&mut store, &alice(), "RICE", 1);
    let held = store.hold(&noon(), &catalogue(), &alice(), &quote);
    let held = held.unwrap().unwrap();
    let posted = store.post(&noon(), held.settle, held.seq, &staff_id("A001"));
    posted.unwrap().unwrap();
    drop(store);
    let damage = "DROP TRIGGER operation_update; DROP TRIGGER operation_delete; DROP TRIGGER balance_update;
        DROP TRIGGER balance_delete; DROP TRIGGER transfer_delete; DROP TRIGGER transfer_update; DROP TRIGGER kind_update;
        PRAGMA foreign_keys = OFF;
        CREATE TRIGGER t AFTER INSERT ON transfer BEGIN SELECT 1; END;
        UPDATE operation SET body = replace(body, '\"boot\"', '\"bOot\"'), actor = 'X' WHERE seq = 1;
        UPDATE operation SET pends = 1, reverses = 1 WHERE kind = 'post';
        DELETE FROM operation WHERE seq IN (2, 13);
        UPDATE transfer SET amount = amount + 1, phase = 'void' WHERE seq = (SELECT max(seq) FROM transfer);
        DELETE FROM transfer WHERE seq = (SELECT min(seq) FROM transfer WHERE seq > 2);
        UPDATE kind SET signed = 'none' WHERE name = 'post';
        UPDATE balance SET credits = credits + 5, floored = 0 WHERE unit = 1;
        DELETE FROM balance WHERE unit = 2";
    dir.plain().execute_batch(damage).unwrap();
    let (code, lines) = said(&["audit", "--data", text(dir.path())]);
    assert_eq!(code, Some(1));
    let all = lines.join("\n");
    for want in [
        "序号 -：结构：触发器 operation_update 不见了，或者被改过",
        "序号 -：结构：kind 的一行 post 不见了，或者被改过",
        "序号 -：结构：触发器 t 不是本程序的",
        "序号 1：hash 和 prev、body 对不上",
        "序号 3：序号中间缺了一段",
        "序号 3：prev 不是前一笔的 hash",
        "分录少了或者多了",
        "有分录，没有这一笔操作",
        "POINTS 的余额和分录加起来的对不上",
        "的 floored 和账户的不一样",
        "一笔留分结了两次，或者结的不是留分",
        "借方和贷方不相等",
    ] {
        assert!(all.contains(want), "{want}:\n{all}");
    }
    // The first lines are figures, and what SQLite says of a file are its own words.
    let found = lines.iter().filter(|line| line.contains("序号"));
    let found = found.filter(|line| !line.contains("quick_check"));
    found.for_each(|line| assert_chinese(line));
}
