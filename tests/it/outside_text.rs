//! Texts from outside: what nobody sees shows no name, and no mark before a file stops it from being read.

use crate::folder::Folder;
use crate::harness::{plain, run, text};
use std::fs;
use std::path::Path;
use std::process::Output;
use wenming::cli::{Size, example_config, seed_village};
use wenming::domain::mask_name;

fn play(script: &Path) -> Output {
    run(["play".as_ref(), script.as_os_str()])
}

#[test]
fn a_name_that_got_into_the_ledger_with_unseen_signs_is_masked_everywhere() {
    let folder = Folder::new("unseen");
    let data = folder.join("data");
    let mut config = example_config().unwrap();
    seed_village(&data, &mut config, Size::Village).unwrap();
    let names = [
        "李\u{200b}强",
        "王\u{fe0f}芳",
        "葛\u{e0100}城",
        "\u{feff}赵敏",
        "孙\u{3000}丽",
        "周\u{3164}平",
    ];
    let conn = plain(&data);
    for (row, name) in (1..).zip(names) {
        let sql = "UPDATE resident SET name = ?1 WHERE account % 6 = ?2 - 1";
        assert!(conn.execute(sql, (name, row)).unwrap() > 1);
        assert_eq!(mask_name(name).chars().count(), 2, "{name:?}");
    }
    drop(conn);
    let out = folder.join("out");
    fs::create_dir(&out).unwrap();
    let days = ["--from", "2026-10-01", "--to", "2026-11-30"];
    let output = run([
        "export".as_ref(),
        "csv".as_ref(),
        "--table".as_ref(),
        "balances".as_ref(),
        days[0].as_ref(),
        days[1].as_ref(),
        days[2].as_ref(),
        days[3].as_ref(),
        "--to-dir".as_ref(),
        out.as_os_str(),
        "--data".as_ref(),
        data.as_os_str(),
    ]);
    assert!(output.status.success(), "{output:?}");
    let mut masked = 0;
    for entry in fs::read_dir(&out).unwrap() {
        let table = fs::read_to_string(entry.unwrap().path()).unwrap();
        for (first, last) in [
            ('李', '强'),
            ('王', '芳'),
            ('葛', '城'),
            ('赵', '敏'),
            ('孙', '丽'),
            ('周', '平'),
        ] {
            masked += usize::from(table.contains(&format!("\"{first}*\"")));
            let whole = table
                .lines()
                .find(|line| line.contains(first) && line.contains(last));
            assert_eq!(whole, None);
        }
    }
    assert_eq!(masked, 6);
}

#[test]
fn a_script_may_begin_with_a_byte_order_mark() {
    let folder = Folder::new("marked");
    let script = folder.join("a.play");
    for (body, code) in [
        ("\u{feff}# as an editor writes it\r\nwait 1s\r\n", 0),
        ("\u{feff}wait 1s\n\u{feff}wait 1s\n", 0),
        ("wait\u{3000}1s\n", 1),
    ] {
        fs::write(&script, body).unwrap();
        let output = play(&script);
        assert_eq!(output.status.code(), Some(code), "{body:?} {output:?}");
        if code == 1 {
            let why = String::from_utf8(output.stderr).unwrap();
            let want = format!(
                "{}: line 1: U+3000 is a wide blank: write an ordinary one; ",
                text(&script)
            );
            assert!(why.contains(&want), "{why}");
        }
    }
}
