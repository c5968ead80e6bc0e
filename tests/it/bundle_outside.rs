//! Tools that know nothing of us accept our bundles and refuse changed ones: tar, zstd, openssl,
//! sha256sum, sqlite3, frictionless, `DuckDB`.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::bundles::{NAMES, contents, header, heartbeat, key, unpacked, village};
use crate::equipment::{only, python, tool};
use crate::folder::Folder;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use wenming::bundle::pack;
use wenming::domain::{ChainHash, hex};

/// Stands for the Python that has frictionless and `DuckDB`.
const PYTHON: &str = "python";

fn run(dir: &Path, program: &str, args: &[&str]) -> Output {
    let mut command = if program == PYTHON {
        Command::new(python(&["frictionless", "duckdb"]))
    } else {
        Command::new(tool(program))
    };
    command.args(args).current_dir(dir).output().unwrap()
}

/// What a tool printed when it was content.
fn accepts(dir: &Path, program: &str, args: &[&str]) -> String {
    let output = run(dir, program, args);
    let said = said(&output);
    assert!(output.status.success(), "{program} {args:?}: {said}");
    said
}

fn refuses(dir: &Path, program: &str, args: &[&str]) -> String {
    let output = run(dir, program, args);
    let said = said(&output);
    assert!(!output.status.success(), "{program} {args:?}: {said}");
    said
}

fn said(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&both).into_owned()
}

/// A bundle of the village, unpacked by zstd and tar alone, beside the station's public key.
fn laid_out() -> Folder {
    let dir = Folder::new("bundle");
    let header = header(1, ChainHash::genesis());
    let bundle = pack(header, village(), &heartbeat(), &key(1)).unwrap();
    fs::write(dir.join("bundle.tar.zst"), &bundle.bytes).unwrap();
    fs::write(dir.join("station.pub.pem"), key(1).public().pem().unwrap()).unwrap();
    accepts(
        &dir,
        "zstd",
        &["-q", "-d", "bundle.tar.zst", "-o", "bundle.tar"],
    );
    accepts(&dir, "tar", &["-xf", "bundle.tar"]);
    dir
}

const VERIFY: [&str; 9] = [
    "pkeyutl",
    "-verify",
    "-pubin",
    "-inkey",
    "station.pub.pem",
    "-rawin",
    "-in",
    "datapackage.json",
    "-sigfile",
];

fn verify() -> Vec<&'static str> {
    [&VERIFY[..], &["datapackage.json.sig"]].concat()
}

const VALIDATE: [&str; 4] = ["-m", "frictionless", "validate", "datapackage.json"];

/// How many hashes are not those of the hash before and the body; one statement over the whole chain.
const CHAIN: &str = "
import duckdb, json
vpb = json.load(open('datapackage.json'))['vpb']
wrong = duckdb.execute('''
  SELECT count(*) FILTER (hash <> sha256(prev || body)) + (count(*) <> $to - $from + 1)::INT
       + (coalesce(max_by(hash, seq::BIGINT), $prev) <> $head)::INT
  FROM (SELECT *, lag(hash, 1, $prev) OVER (ORDER BY seq::BIGINT) AS prev
        FROM read_csv('data/operations.csv', header = true, all_varchar = true, delim = ',',
                      quote = '\"', escape = '\"'))
''', {k: vpb[k] for k in ('from', 'to', 'prev', 'head')}).fetchone()[0]
raise SystemExit(f'{wrong} wrong' if wrong else 0)
";

/// The same with sqlite3 and sha256sum, for a few operations.
const SOME_ROWS: &str = r#"
sqlite3 operations.db -cmd '.mode csv' '.import data/operations.csv o'
for seq in 2 7 100 500 1000 1500; do
  have=$(sqlite3 operations.db "SELECT p.hash || o.body FROM o JOIN o p ON p.seq = o.seq - 1 WHERE o.seq = $seq" |
    tr -d '\n' | sha256sum | cut -d' ' -f1)
  [ "$have" = "$(sqlite3 operations.db "SELECT hash FROM o WHERE seq = $seq")" ] && echo ok || echo BAD
done"#;

#[test]
fn every_tool_accepts_a_bundle() {
    let dir = laid_out();
    let listed = accepts(&dir, "tar", &["-tf", "bundle.tar"]);
    assert!(listed.lines().eq(NAMES), "{listed}");
    accepts(&dir, "zstd", &["-q", "-t", "bundle.tar.zst"]);
    let answer = accepts(&dir, "openssl", &verify());
    assert!(
        answer.contains("Signature Verified Successfully"),
        "{answer}"
    );
    accepts(&dir, PYTHON, &VALIDATE);
    accepts(&dir, PYTHON, &["-c", CHAIN]);
    let shell = Command::new(tool("sh"))
        .args(["-c", SOME_ROWS])
        .env("PATH", only(&["sh", "sqlite3", "sha256sum", "tr", "cut"]))
        .current_dir(&dir)
        .output();
    let rows = said(&shell.unwrap());
    assert!(rows.lines().eq(["ok"; 6]), "{rows}");
}

#[test]
fn gnu_tar_writes_the_same_tar() {
    let dir = laid_out();
    let mut args = vec![
        "--format=ustar",
        "-b1",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=0644",
        "--mtime=@0",
        "-cf",
        "again.tar",
    ];
    args.extend(NAMES);
    accepts(&dir, "tar", &args);
    assert_eq!(
        hex(&Sha256::digest(fs::read(dir.join("again.tar")).unwrap())),
        hex(&Sha256::digest(fs::read(dir.join("bundle.tar")).unwrap()))
    );
}

#[test]
fn some_tool_refuses_every_changed_byte() {
    let dir = laid_out();
    let whole = unpacked(&fs::read(dir.join("bundle.tar.zst")).unwrap());
    for (name, content) in NAMES.into_iter().zip(contents(&whole)) {
        // The first byte, the last, and one in the middle, which is inside of a text.
        for at in [0, content.len() / 2, content.len() - 1] {
            let mut changed = content.clone();
            changed[at] ^= 1;
            fs::write(dir.join(name), &changed).unwrap();
            if name.starts_with("data/") {
                let answer = refuses(&dir, PYTHON, &VALIDATE);
                assert!(answer.contains("hash"), "{name} {at}: {answer}");
            } else {
                refuses(&dir, "openssl", &verify());
            }
        }
        fs::write(dir.join(name), &content).unwrap();
    }
    for at in [0, 100, 5000] {
        let mut cut = fs::read(dir.join("bundle.tar.zst")).unwrap();
        cut.truncate(cut.len() - 1 - at);
        fs::write(dir.join("cut.tar.zst"), &cut).unwrap();
        refuses(&dir, "zstd", &["-q", "-t", "cut.tar.zst"]);
    }
    fs::write(dir.join("station.pub.pem"), key(2).public().pem().unwrap()).unwrap();
    refuses(&dir, "openssl", &verify());
}

/// Changes the table of operations and makes the manifest agree, as a thief with the key might.
fn forge(dir: &Path, change: impl FnOnce(String) -> String) {
    let [json, table] = ["datapackage.json", "data/operations.csv"].map(|name| dir.join(name));
    let before = fs::read_to_string(&table).unwrap();
    let after = change(before.clone());
    assert_ne!(before, after);
    let bytes = |text: &str| format!("\"bytes\":{},", text.len());
    let hash = |text: &str| hex(&Sha256::digest(text));
    let text = fs::read_to_string(&json).unwrap();
    let text = text
        .replace(&bytes(&before), &bytes(&after))
        .replace(&hash(&before), &hash(&after));
    fs::write(&json, text).unwrap();
    fs::write(&table, after).unwrap();
}

#[test]
fn a_changed_operation_is_found_by_the_chain_even_under_a_right_hash() {
    type Change = fn(String) -> String;
    let changes: [Change; 3] = [
        |table| table.replacen("\"\"amount\"\":20,", "\"\"amount\"\":21,", 1),
        |table| {
            let mut lines: Vec<&str> = table.lines().collect();
            lines.remove(300);
            lines.join("\n") + "\n"
        },
        |table| {
            let mut lines: Vec<&str> = table.lines().collect();
            lines.pop();
            lines.join("\n") + "\n"
        },
    ];
    for change in changes {
        let dir = laid_out();
        forge(&dir, change);
        accepts(&dir, PYTHON, &VALIDATE);
        let answer = refuses(&dir, PYTHON, &["-c", CHAIN]);
        assert!(answer.contains(" wrong"), "{answer}");
        refuses(&dir, "openssl", &verify());
    }
}

#[test]
fn the_schema_says_what_a_row_may_be() {
    type Change = fn(String) -> String;
    let changes: [(Change, &str); 3] = [
        (|table| table.replacen("\n7,", "\n6,", 1), "primary-key"),
        (|table| table.replacen("\n7,", "\nseven,", 1), "type-error"),
        (
            |table| table.replacen("seq,body,hash", "seq,hash,body", 1),
            "incorrect-label",
        ),
    ];
    for (change, want) in changes {
        let dir = laid_out();
        forge(&dir, change);
        let answer = refuses(&dir, PYTHON, &[&VALIDATE[..], &["--json"]].concat());
        assert!(answer.contains(want), "{want}: {answer}");
    }
}

#[test]
fn openssl_reads_our_keys_and_signs_as_we_do() {
    let dir = laid_out();
    fs::write(dir.join("station.pem"), key(1).pem().unwrap().as_bytes()).unwrap();
    let public = accepts(&dir, "openssl", &["pkey", "-in", "station.pem", "-pubout"]);
    assert_eq!(public, key(1).public().pem().unwrap());
    let sign = [
        "pkeyutl",
        "-sign",
        "-inkey",
        "station.pem",
        "-rawin",
        "-in",
        "datapackage.json",
        "-out",
        "theirs.sig",
    ];
    accepts(&dir, "openssl", &sign);
    let theirs = fs::read(dir.join("theirs.sig")).unwrap();
    assert_eq!(theirs, fs::read(dir.join("datapackage.json.sig")).unwrap());
    accepts(
        &dir,
        "openssl",
        &[
            "pkey",
            "-pubin",
            "-in",
            "station.pub.pem",
            "-outform",
            "DER",
            "-out",
            "pub.der",
        ],
    );
    // The last 32 bytes of the DER are the key itself; their SHA-256 is the fingerprint.
    let der = fs::read(dir.join("pub.der")).unwrap();
    fs::write(dir.join("raw"), &der[der.len() - 32..]).unwrap();
    let sum = accepts(&dir, "sha256sum", &["raw"]);
    assert!(
        sum.starts_with(&key(1).public().fingerprint().hex()),
        "{sum}"
    );
}
