//! Bundles made by others, or wrongly by a station: refused before they do harm, each by its own sentence.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
#![expect(clippy::too_many_lines, reason = "tables of refusals are long")]

use crate::bundles::{
    NAMES, chained, contents, frame, header, heartbeat, key, origin, repacked, resigned, small,
    small_name, tar, tar_header, unpacked,
};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use wenming::bundle::{
    BundleFault, Entry, Header, LedgerState, MAX_BUNDLE, MAX_OPERATIONS, Opened, open, pack,
};
use wenming::domain::{ChainHash, Seq};

fn read(bytes: &[u8]) -> Result<Opened, BundleFault> {
    open(bytes, &key(1).public(), &origin("HY01", 1), &small_name())
}

/// The sentence by which a changed small bundle is refused.
fn refusal(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn foreign_members_are_refused_by_what_they_are() {
    let all = contents(&unpacked(&small().bytes));
    let long = "n".repeat(300);
    let rows: [(&str, u8, String); 14] = [
        ("../etc/passwd", b'0', "member ../etc/passwd would be written elsewhere; members have the names of the format".to_owned()),
        ("data/../../x", b'0', "member data/../../x would be written elsewhere; members have the names of the format".to_owned()),
        ("/etc/passwd", b'0', "member /etc/passwd would be written elsewhere; members have the names of the format".to_owned()),
        ("readme.txt", b'0', "member readme.txt does not belong in a bundle".to_owned()),
        ("\u{1b}[2J", b'0', "member \\x1b[2J does not belong in a bundle".to_owned()),
        (NAMES[0], b'1', "member datapackage.json is a hard link; members are regular files".to_owned()),
        (NAMES[0], b'2', "member datapackage.json is a symbolic link; members are regular files".to_owned()),
        (NAMES[0], b'3', "member datapackage.json is a device; members are regular files".to_owned()),
        (NAMES[0], b'4', "member datapackage.json is a device; members are regular files".to_owned()),
        (NAMES[0], b'5', "member datapackage.json is a folder; members are regular files".to_owned()),
        (NAMES[0], b'6', "member datapackage.json is a pipe; members are regular files".to_owned()),
        (NAMES[0], b'S', "member datapackage.json is of an unknown kind; members are regular files".to_owned()),
        ("././@LongLink", b'L', "member ././@LongLink is an extension, as for names over 100 bytes; members are regular files".to_owned()),
        (&long, b'0', format!("member {}… does not belong in a bundle", "n".repeat(60))),
    ];
    for (name, kind, want) in rows {
        let first = tar_header(name.as_bytes(), kind, all[0].len());
        let mut tar = unpacked(&small().bytes);
        tar[..512].copy_from_slice(&first);
        assert_eq!(refusal(&repacked(&tar)), want);
        // The same as a fifth member, after all is well.
        let whole = unpacked(&small().bytes);
        let end = whole.len() - 1024;
        let fifth = [&whole[..end], &first, &whole[end..]].concat();
        assert_eq!(refusal(&repacked(&fifth)), want);
    }
}

#[test]
fn members_are_there_once_in_order_and_not_too_large() {
    let all = contents(&unpacked(&small().bytes));
    let member = |n: usize| (NAMES[n], all[n].as_slice());
    for (order, want) in [
        (
            vec![0, 0, 1, 2, 3],
            "member datapackage.json is there twice; each is there once",
        ),
        (
            vec![0, 1, 2, 3, 3],
            "member data/heartbeat.csv is there twice; each is there once",
        ),
        (
            vec![0, 1, 2],
            "member data/heartbeat.csv is missing or not in its place",
        ),
        (
            vec![0, 2, 1, 3],
            "member datapackage.json.sig is missing or not in its place",
        ),
        (
            vec![],
            "member datapackage.json is missing or not in its place",
        ),
    ] {
        let members: Vec<_> = order.into_iter().map(member).collect();
        assert_eq!(refusal(&repacked(&tar(&members))), want);
    }
    let mut tar = unpacked(&small().bytes);
    tar[..512].copy_from_slice(&tar_header(NAMES[0].as_bytes(), b'0', 1 << 20));
    assert_eq!(
        refusal(&repacked(&tar)),
        "member datapackage.json has 1048576 bytes; at most 65536 are allowed"
    );
    let signature = tar_header(NAMES[0].as_bytes(), b'0', all[0].len() - 1);
    tar[..512].copy_from_slice(&signature);
    assert!(refusal(&repacked(&tar)).starts_with("the tar header or padding at byte "));
}

#[test]
fn a_million_members_are_refused_at_the_second() {
    let mut million = frame();
    let header = tar_header(NAMES[0].as_bytes(), b'0', 0);
    let many = header.repeat(1000);
    for _ in 0..1000 {
        million.write_all(&many).unwrap();
    }
    let million = million.finish().unwrap();
    assert_eq!(
        refusal(&million),
        "member datapackage.json is there twice; each is there once"
    );
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let zeros = vec![0; 1 << 20];
    let bomb = |start: &[u8], mib: u64, pledge: bool| {
        let mut bomb = frame();
        if pledge {
            let size = mib * (1 << 20) + u64::try_from(start.len()).unwrap();
            bomb.set_pledged_src_size(Some(size)).unwrap();
        }
        bomb.write_all(start).unwrap();
        for _ in 0..mib {
            bomb.write_all(&zeros).unwrap();
        }
        bomb.finish().unwrap()
    };
    assert_eq!(
        refusal(&bomb(&[], 600, true)),
        "the file would unpack to 629145600 bytes; a bundle has at most 536870912"
    );
    let small = unpacked(&small().bytes);
    assert_eq!(
        refusal(&bomb(&small, 600, false)),
        "something follows the end of the bundle; nothing may"
    );
    let all = contents(&small);
    let large = tar_header(NAMES[2].as_bytes(), b'0', 600 << 20);
    let two = tar(&[(NAMES[0], &all[0]), (NAMES[1], &all[1])]);
    let start = [&two[..two.len() - 1024], &large].concat();
    assert_eq!(
        refusal(&bomb(&start, 600, false)),
        "member data/operations.csv has 629145600 bytes; at most 62914560 are allowed"
    );
    let mut wide = frame();
    wide.window_log(27).unwrap();
    wide.write_all(&zeros).unwrap();
    assert_eq!(
        refusal(&wide.finish().unwrap()),
        "the file cannot be unpacked after 0 bytes: damaged, or not packed as a bundle is"
    );
    assert_eq!(
        refusal(&vec![0; MAX_BUNDLE + 1]),
        "the file has 67108865 bytes; a bundle has at most 67108864"
    );
    assert_eq!(
        refusal(b""),
        "the file does not begin like a zstd file; a bundle is a .tar.zst"
    );
    assert_eq!(
        refusal(b"PK\x03\x04"),
        "the file does not begin like a zstd file; a bundle is a .tar.zst"
    );
    assert_eq!(
        refusal(b"age-encryption.org/v1\n"),
        "the file is sealed; open it with the town's identity first"
    );
}

#[test]
fn what_the_station_itself_signed_wrong_is_refused() {
    let bundle = small().bytes;
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(9), "]".repeat(9));
    for (from, to, want) in [
        (
            "\"v\":1}",
            "\"v\":2}",
            "datapackage.json says format 2; this program reads format 1: update it",
        ),
        (
            "\"v\":1}",
            "\"v\":0}",
            "datapackage.json: vpb.v is missing or not what it must be",
        ),
        (
            "\"v\":1}",
            "\"v\":\"1\"}",
            "datapackage.json: vpb.v is missing or not what it must be",
        ),
        (
            "\"vpb\"",
            "\"vqb\"",
            "datapackage.json: vpb is missing or not what it must be",
        ),
        (
            "\"to\":44",
            "\"to\":\"44\"",
            "datapackage.json: vpb.to is missing or not what it must be",
        ),
        (
            "\"to\":44",
            "\"to\":39",
            "datapackage.json: vpb.to is missing or not what it must be",
        ),
        (
            "\"from\":41",
            "\"from\":0",
            "datapackage.json: vpb.from is missing or not what it must be",
        ),
        (
            "\"incarnation\":1",
            "\"incarnation\":0",
            "datapackage.json: vpb.incarnation is missing or not what it must be",
        ),
        (
            "\"export\"",
            "\"import\"",
            "datapackage.json: vpb.kind is missing or not what it must be",
        ),
        (
            "\"whole\"",
            "\"wholly\"",
            "datapackage.json: vpb.ledger is missing or not what it must be",
        ),
        (
            "YUNDAO",
            "Yundao",
            "datapackage.json: vpb.township is missing or not what it must be",
        ),
        (
            "2026-11-21T",
            "2026-11-32T",
            "datapackage.json: created is missing or not what it must be",
        ),
        (
            "\"to\":44",
            "\"to\": 44",
            "datapackage.json is not canonical JSON: sorted keys, no spaces, whole numbers, NFC",
        ),
        (
            "\"to\":44",
            "\"to\":44.0",
            "datapackage.json is not canonical JSON: sorted keys, no spaces, whole numbers, NFC",
        ),
        (
            "\"to\":44",
            "\"to\":44,\"to\":44",
            "datapackage.json is not canonical JSON: sorted keys, no spaces, whole numbers, NFC",
        ),
        (
            "\"v\":1}",
            "\"v\":1,\"w\":1}",
            "datapackage.json differs from what the format prescribes for these values",
        ),
        (
            "text/csv",
            "text/xml",
            "datapackage.json differs from what the format prescribes for these values",
        ),
        (
            "sha256:",
            "sha256:0",
            "data/operations.csv has another SHA-256 than the manifest says; it was changed",
        ),
        (
            "\"bytes\":",
            "\"bytes\":1",
            "data/operations.csv has 430 bytes; the manifest says 1430",
        ),
        (
            "\"resources\"",
            "\"sources\"",
            "datapackage.json: resources is missing or not what it must be",
        ),
        (
            "\"export\"",
            &deep,
            "datapackage.json is nested 12 deep; at most 8 is allowed",
        ),
    ] {
        let changed = resigned(&bundle, |json| {
            assert!(json.contains(from), "{from} in {json}");
            json.replacen(from, to, 1)
        });
        assert_eq!(refusal(&changed), want, "{from} → {to}");
    }
}

/// A bundle of operations that do not hang together, as a faulty station would sign it.
fn faulty(change: impl FnOnce(&mut Vec<Entry>)) -> Vec<u8> {
    let prev = ChainHash::genesis().next("before");
    let mut entries = chained(41, &prev, &["米", "a,b", "say \"hi\"", "two\nlines"]);
    change(&mut entries);
    let header = Header {
        ledger: LedgerState::Damaged,
        ..header(41, prev)
    };
    pack(header, entries, &heartbeat(), &key(1)).unwrap().bytes
}

#[test]
fn operations_that_do_not_hang_together_are_refused() {
    type Change = Box<dyn FnOnce(&mut Vec<Entry>)>;
    let body = |n: usize, body: String| -> Change { Box::new(move |all| all[n].body = body) };
    let rows: Vec<(Change, &str)> = vec![
        (
            body(1, "{\"seq\":42,\"what\":\"x\"}".to_owned()),
            "the chain breaks at operation 42: its hash is not that of the hash before and its body",
        ),
        (
            body(1, "{\"seq\":43}".to_owned()),
            "the body of operation 42 says another seq than its row",
        ),
        (
            body(1, "{\"seq\":\"42\"}".to_owned()),
            "the body of operation 42 says another seq than its row",
        ),
        (
            body(1, "{\"seq\": 42}".to_owned()),
            "the body of operation 42 is not canonical JSON: sorted keys, no spaces, whole numbers, NFC",
        ),
        (
            body(1, "seq".to_owned()),
            "the body of operation 42 is not canonical JSON: sorted keys, no spaces, whole numbers, NFC",
        ),
        (
            body(2, "[".repeat(60_000)),
            "the body of operation 43 is nested 60000 deep; at most 8 is allowed",
        ),
        (
            body(2, "{\n}".to_owned()),
            "data/operations.csv line 4 is not as the format prescribes",
        ),
        (
            Box::new(|all| all[3].hash = "0".repeat(64)),
            "the chain breaks at operation 44: its hash is not that of the hash before and its body",
        ),
        (
            Box::new(|all| all[0].hash = "0".repeat(64)),
            "the chain breaks at operation 41: its hash is not that of the hash before and its body",
        ),
    ];
    for (change, want) in rows {
        assert_eq!(refusal(&faulty(change)), want);
    }
}

/// A small bundle whose table was changed, with a manifest that fits it and is signed by the station itself.
fn with_table(change: impl FnOnce(String) -> String) -> Vec<u8> {
    let [json, _, before, heartbeat] = contents(&unpacked(&small().bytes));
    let table = change(String::from_utf8(before.clone()).unwrap()).into_bytes();
    let mut json = String::from_utf8(json).unwrap();
    let described = |table: &[u8]| {
        let hash = Sha256::digest(table);
        let hash = hash
            .iter()
            .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        [format!("\"bytes\":{}", table.len()), hash]
    };
    for (old, new) in described(&before).iter().zip(described(&table)) {
        assert_eq!(json.matches(old).count(), 1, "{old}");
        json = json.replace(old, &new);
    }
    let signature = key(1).sign(json.as_bytes());
    let all: [&[u8]; 4] = [json.as_bytes(), &signature, &table, &heartbeat];
    let members: Vec<(&str, &[u8])> = NAMES.into_iter().zip(all).collect();
    repacked(&tar(&members))
}

#[test]
fn tables_are_bounded_in_rows_and_in_bodies() {
    assert_eq!(
        read(&with_table(|table| table)).unwrap().operations.len(),
        4
    );
    let prev = ChainHash::genesis().next("before");
    let row = |entry: &Entry| {
        let body = entry.body.replace('"', "\"\"");
        format!("{},\"{body}\",{}\n", entry.seq, entry.hash)
    };
    let with = |texts: &[&str]| {
        let rows: String = chained(41, &prev, texts).iter().map(row).collect();
        refusal(&with_table(|table| {
            let (head, _) = table.split_once('\n').unwrap();
            format!("{head}\n{rows}")
        }))
    };
    // As many as are allowed are read; then the manifest is right that they are too many for it.
    let most = vec!["x"; MAX_OPERATIONS];
    assert_eq!(
        with(&most),
        "the operations end at 50040; the manifest says 44"
    );
    assert_eq!(
        with(&[&most[..], &["x"]].concat()),
        "data/operations.csv has more than 50000 operations"
    );
    // `{"seq":44,"what":""}` and the text: 65536 bytes and not one more.
    let long = "x".repeat((64 << 10) - 20);
    let whole = with(&["米", "a,b", "c", &long]);
    assert!(whole.contains("manifest"), "{whole}");
    let longer = format!("{long}x");
    assert_eq!(
        with(&["米", "a,b", "c", &longer]),
        "the body of operation 44 has more than 65536 bytes"
    );
}

#[test]
fn rows_and_manifest_agree_even_where_the_station_signed_otherwise() {
    let name = small_name();
    for (from, to, want) in [
        (
            "\"to\":44",
            "\"to\":45",
            "the operations end at 44; the manifest says 45",
        ),
        (
            "\"from\":41",
            "\"from\":40",
            "data/operations.csv: operation 41 came where 40 is next",
        ),
        (
            "\"prev\":\"",
            "\"prev\":\"0",
            "datapackage.json: vpb.prev is missing or not what it must be",
        ),
    ] {
        let changed = resigned(&small().bytes, |json| {
            let json = json.replacen(from, to, 1);
            json.replace(
                "-i1-41-44",
                match to {
                    "\"to\":45" => "-i1-41-45",
                    _ => "-i1-40-44",
                },
            )
        });
        let mut name = name.clone();
        if to.contains("45") {
            name.to = Seq::new(45);
        } else {
            name.from = Seq::new(40);
        }
        let answer = open(&changed, &key(1).public(), &origin("HY01", 1), &name);
        assert_eq!(answer.unwrap_err().to_string(), want);
    }
    let head = small().manifest.head.to_string();
    let zero = "0".repeat(64);
    let changed = resigned(&small().bytes, |json| json.replace(&head, &zero));
    assert_eq!(
        refusal(&changed),
        format!("the operations end with hash {head}; the manifest says {zero}")
    );
}
