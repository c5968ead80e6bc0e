//! Bundles for tests: of the seeded village as it lies on the disk, and of bodies made up.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot make its bundle must fail"
)]
#![expect(
    clippy::indexing_slicing,
    reason = "a bundle that is short of a byte must fail the test"
)]

use crate::folder::Folder;
use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use wenming::bundle::{
    BundleName, Entry, Header, Heartbeat, LedgerState, Origin, Packed, StationKey, pack,
};
use wenming::cli::{Size, example_config, seed_village};
use wenming::domain::{ChainHash, Incarnation, Seq, StationId, TownshipCode};
use zeroize::Zeroizing;

pub(crate) fn key(byte: u8) -> StationKey {
    StationKey::from_seed(&Zeroizing::new([byte; 32]))
}

pub(crate) fn origin(station: &str, incarnation: u16) -> Origin {
    Origin {
        township: TownshipCode::parse("YUNDAO").unwrap(),
        station: StationId::parse(station).unwrap(),
        incarnation: Incarnation::new(incarnation).unwrap(),
    }
}

pub(crate) fn noon() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T12:00:00+08:00").unwrap()
}

pub(crate) fn header(from: i64, prev: ChainHash) -> Header {
    Header {
        origin: origin("HY01", 1),
        from: Seq::new(from),
        prev,
        ledger: LedgerState::Whole,
        snapshot_seen: 0,
        app: "0.1.0".to_owned(),
        created: noon(),
    }
}

pub(crate) fn heartbeat() -> Heartbeat {
    let mut heartbeat = Heartbeat::default();
    for (key, value) in [
        ("app.version", "0.1.0"),
        ("disk.free-mib", "51200"),
        ("holds.open", "2"),
        ("reader.door", "读卡器 \"ok\", 好"),
    ] {
        heartbeat.set(key, value).unwrap();
    }
    heartbeat
}

/// The operations of the seeded village, read from its disk by a second connection.
pub(crate) fn village() -> Vec<Entry> {
    let dir = Folder::new("bundle");
    let data = dir.join("data");
    let mut config = example_config().unwrap();
    seed_village(&data, &mut config, Size::Village).unwrap();
    let conn = Connection::open(data.join("station.db")).unwrap();
    let mut query = conn
        .prepare("SELECT seq, body, hash FROM operation ORDER BY seq")
        .unwrap();
    let rows = query.query_map([], |row| {
        Ok(Entry {
            seq: Seq::new(row.get(0)?),
            body: row.get(1)?,
            hash: row.get(2)?,
        })
    });
    rows.unwrap().map(Result::unwrap).collect()
}

/// Operations whose bodies hold these texts, chained on `prev`.
pub(crate) fn chained(from: i64, prev: &ChainHash, texts: &[&str]) -> Vec<Entry> {
    let mut prev = prev.clone();
    let entry = |(seq, text): (i64, &&str)| {
        let text = wenming::domain::json::Value::Text((*text).to_owned()).render();
        let body = format!("{{\"seq\":{seq},\"what\":{text}}}");
        prev = prev.next(&body);
        Entry {
            seq: Seq::new(seq),
            body,
            hash: prev.to_string(),
        }
    };
    (from..).zip(texts).map(entry).collect()
}

/// A small bundle from the middle of a log.
pub(crate) fn small() -> Packed {
    let prev = ChainHash::genesis().next("before");
    let entries = chained(41, &prev, &["米", "a,b", "say \"hi\"", "two\nlines"]);
    pack(header(41, prev), entries, &heartbeat(), &key(1)).unwrap()
}

pub(crate) fn small_name() -> BundleName {
    small().manifest.name(false)
}

/// The tar inside.
pub(crate) fn unpacked(bundle: &[u8]) -> Vec<u8> {
    zstd::stream::decode_all(bundle).unwrap()
}

/// A tar as a frame like ours.
pub(crate) fn repacked(tar: &[u8]) -> Vec<u8> {
    let mut frame = frame();
    std::io::Write::write_all(&mut frame, tar).unwrap();
    frame.finish().unwrap()
}

/// A frame like ours, to be written into.
pub(crate) fn frame() -> zstd::stream::write::Encoder<'static, Vec<u8>> {
    let mut frame = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    frame.include_checksum(true).unwrap();
    frame
}

/// The contents of the members, in order.
pub(crate) fn contents(tar: &[u8]) -> [Vec<u8>; 4] {
    let mut at = 0;
    [(); 4].map(|()| {
        let size = str::from_utf8(&tar[at + 124..at + 135]).unwrap();
        let size = usize::from_str_radix(size, 8).unwrap();
        let content = tar[at + 512..at + 512 + size].to_vec();
        at += 512 + size.next_multiple_of(512);
        content
    })
}

/// A ustar header as our writer makes it, by another hand.
pub(crate) fn tar_header(name: &[u8], kind: u8, size: usize) -> [u8; 512] {
    let mut block = [0; 512];
    block[..name.len().min(100)].copy_from_slice(&name[..name.len().min(100)]);
    block[100..124].copy_from_slice(b"0000644\x000000000\x000000000\0");
    block[124..148].copy_from_slice(format!("{size:011o}\x0000000000000\0").as_bytes());
    block[148..156].copy_from_slice(b"        ");
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    block[329..345].copy_from_slice(b"0000000\x000000000\0");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// A tar of these members, by another hand.
pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, content) in members {
        tar.extend(tar_header(name.as_bytes(), b'0', content.len()));
        tar.extend(*content);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

pub(crate) const NAMES: [&str; 4] = [
    "datapackage.json",
    "datapackage.json.sig",
    "data/operations.csv",
    "data/heartbeat.csv",
];

/// A bundle whose manifest was changed and signed again by the station itself.
pub(crate) fn resigned(bundle: &[u8], change: impl FnOnce(String) -> String) -> Vec<u8> {
    let [json, _, operations, heartbeat] = contents(&unpacked(bundle));
    let json = change(String::from_utf8(json).unwrap()).into_bytes();
    let signature = key(1).sign(&json);
    let all: [&[u8]; 4] = [&json, &signature, &operations, &heartbeat];
    let members: Vec<(&str, &[u8])> = NAMES.into_iter().zip(all).collect();
    repacked(&tar(&members))
}
