//! G13: hashing, signing and compressing one day's bundle. Prints limit, measured and ratio.
#![expect(clippy::unwrap_used, reason = "a bench that cannot run must stop")]
#![expect(clippy::print_stdout, reason = "its only output")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use chrono::DateTime;
use std::hint::black_box;
use std::time::{Duration, Instant};
use wenming::bundle::{Entry, Header, Heartbeat, LedgerState, Origin, StationKey, open, pack};
use wenming::domain::{ChainHash, Incarnation, Seq, StationId, TownshipCode};
use zeroize::Zeroizing;

/// The goal of G13.
const LIMIT: Duration = Duration::from_millis(10);
/// How many operations have about 60 kB of bodies.
const DAY: i64 = 200;
const RUNS: usize = 200;

fn main() {
    let key = StationKey::from_seed(&Zeroizing::new([1; 32]));
    let header = Header {
        origin: Origin {
            township: TownshipCode::parse("YUNDAO").unwrap(),
            station: StationId::parse("HY01").unwrap(),
            incarnation: Incarnation::FIRST,
        },
        from: Seq::new(1),
        prev: ChainHash::genesis(),
        ledger: LedgerState::Whole,
        snapshot_seen: 0,
        app: "0.1.0".to_owned(),
        created: DateTime::parse_from_rfc3339("2026-11-21T18:00:00+08:00").unwrap(),
    };
    let day = day();
    let raw: usize = day.iter().map(|entry| entry.body.len()).sum();
    let mut heartbeat = Heartbeat::default();
    heartbeat.set("disk.free-mib", "51200").unwrap();
    let bundle = pack(header.clone(), day.clone(), &heartbeat, &key).unwrap();
    println!(
        "one day: {DAY} operations, {raw} bytes of bodies, {} bytes as a bundle",
        bundle.bytes.len()
    );
    report("G13 hash, sign, compress", || {
        black_box(pack(header.clone(), day.clone(), &heartbeat, &key).unwrap());
    });
    let (public, name) = (key.public(), bundle.manifest.name(false));
    report("G13 unpack, verify, check the chain", || {
        black_box(open(&bundle.bytes, &public, &header.origin, &name).unwrap());
    });
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

fn report(what: &str, mut run: impl FnMut()) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    let median = *times.get(RUNS / 2).unwrap();
    let permille = median.as_micros() * 1000 / LIMIT.as_micros();
    println!(
        "{what}: limit {} us, p50 {} us, ratio 0.{permille:03}",
        LIMIT.as_micros(),
        median.as_micros()
    );
}
