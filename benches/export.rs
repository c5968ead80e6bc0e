//! G13: hashing, signing and compressing one day's bundle.
#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[expect(dead_code, reason = "each bench uses a part of it")]
mod common;

use chrono::DateTime;
use common::{Board, Outcome, Samples, time, timed};
use std::hint::black_box;
use std::process::ExitCode;
use wenming::bundle::{Entry, Header, Heartbeat, LedgerState, Origin, StationKey, open, pack};
use wenming::domain::{ChainHash, Incarnation, Seq, StationId, TownshipCode};
use zeroize::Zeroizing;

/// The goal of G13, in nanoseconds.
const LIMIT: u64 = 10_000_000;
/// How many operations have about 60 kB of bodies.
const DAY: i64 = 200;
const RUNS: usize = 200;

fn main() -> ExitCode {
    common::run(day_bundle)
}

fn day_bundle(board: &mut Board) -> Outcome<()> {
    let key = StationKey::from_seed(&Zeroizing::new([1; 32]));
    let header = Header {
        origin: Origin {
            township: TownshipCode::parse("YUNDAO").ok_or("no town")?,
            station: StationId::parse("HY01").ok_or("no station")?,
            incarnation: Incarnation::FIRST,
        },
        from: Seq::new(1),
        prev: ChainHash::genesis(),
        ledger: LedgerState::Whole,
        snapshot_seen: 0,
        app: "0.1.0".to_owned(),
        created: DateTime::parse_from_rfc3339("2026-11-21T18:00:00+08:00")?,
    };
    let day = day();
    let raw: usize = day.iter().map(|entry| entry.body.len()).sum();
    let mut heartbeat = Heartbeat::default();
    heartbeat.set("disk.free-mib", "51200")?;
    let bundle = pack(header.clone(), day.clone(), &heartbeat, &key)?;
    board.block("G13", "one day's bundle");
    board.note(&format!(
        "{DAY} operations, {raw} bytes of bodies, {} bytes as a bundle",
        bundle.bytes.len()
    ));
    let origin = header.origin.clone();
    let (public, name) = (key.public(), bundle.manifest.name(false));
    let [mut packed, mut opened] = [const { Samples::new() }; 2];
    for _ in 0..RUNS {
        let (header, day) = (header.clone(), day.clone());
        let (bundle, ns) = timed(|| pack(header, day, &heartbeat, &key));
        packed.push(ns);
        let bytes = bundle?.bytes;
        let (read, ns) = timed(|| open(black_box(&bytes), &public, &origin, &name).map(|_| ()));
        read?;
        opened.push(ns);
    }
    board.row("us: hash, sign, compress, p50", packed.p50(), LIMIT);
    board.row(
        "us: unpack, verify, check the chain, p50",
        opened.p50(),
        LIMIT,
    );
    board.verdict("hash, sign, compress, p50", (packed.p50(), LIMIT), time);
    Ok(())
}

/// Operations like a redemption's hold, of some 300 bytes each, chained; ids as unlike as real ones.
fn day() -> Vec<Entry> {
    let mut prev = ChainHash::genesis();
    let mut id = prev.next("ids").to_string();
    let entry = |seq| {
        id = prev.next(&id).to_string();
        let (op, resident) = (&id[..32], &id[32..48]);
        let body = format!(
            "{{\"actor\":\"R-{resident}\",\"boot\":\"0123456789abcdef0123456789abcdef\",\"kind\":\"hold\",\"legs\":[{{\"amount\":20,\"bucket\":0,\"credit\":\"PARTNER-SHOP\",\"debit\":\"R-{resident}\",\"phase\":\"hold\",\"unit\":\"POINTS\"}}],\"mono\":{seq}000,\"op\":\"{op}\",\"seq\":{seq},\"v\":1,\"wall\":1795406400000,\"what\":{{\"item\":\"RICE\",\"quantity\":1}}}}"
        );
        prev = prev.next(&body);
        Entry {
            seq: Seq::new(seq),
            body,
            hash: prev.to_string(),
        }
    };
    (1..=DAY).map(entry).collect()
}
