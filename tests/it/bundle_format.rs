//! Bundles: what goes in comes out; what was changed, cut or made by others is refused, and why.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::bundles;

use bundles::{
    NAMES, chained, contents, header, heartbeat, key, origin, repacked, small, small_name,
    unpacked, village,
};
use proptest::prelude::*;
use wenming::bundle::{
    BundleError, BundleFault, Entry, Header, LedgerState, MAX_BUNDLE, MAX_OPERATIONS, Opened,
    Packer, Pushed, open, pack,
};
use wenming::domain::{ChainHash, Seq, hex};

fn read(bytes: &[u8]) -> Result<Opened, BundleFault> {
    open(bytes, &key(1).public(), &origin("HY01", 1), &small_name())
}

/// The sentence by which a changed small bundle is refused.
fn refusal(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn a_village_travels_whole_and_repeats_byte_for_byte() {
    let entries = village();
    let packed = || {
        let header = header(1, ChainHash::genesis());
        pack(header, entries.clone(), &heartbeat(), &key(1)).unwrap()
    };
    let bundle = packed();
    assert_eq!(bundle, packed());
    let name = bundle.manifest.name(false);
    let opened = open(&bundle.bytes, &key(1).public(), &origin("HY01", 1), &name).unwrap();
    assert_eq!(opened.operations, entries);
    assert_eq!(opened.heartbeat, heartbeat());
    assert_eq!(opened.manifest, bundle.manifest);
    assert_eq!(opened.manifest.head.as_str(), entries.last().unwrap().hash);
    assert_eq!(
        opened.table.as_bytes(),
        contents(&unpacked(&bundle.bytes))[2]
    );
}

#[test]
fn the_bytes_of_format_1_do_not_change() {
    let tar = unpacked(&small().bytes);
    assert_eq!(
        hex(&sha2::Digest::finalize(
            <sha2::Sha256 as sha2::Digest>::new_with_prefix(&tar)
        )),
        "631c800dd3faf686521c8b2a3da36a46ec3456f4e0b90c675aa06127e06c40eb"
    );
    let all = contents(&tar);
    let members: Vec<(&str, &[u8])> = NAMES
        .into_iter()
        .zip(all.iter().map(Vec::as_slice))
        .collect();
    assert_eq!(bundles::tar(&members), tar);
}

#[test]
fn a_bundle_without_operations_carries_its_heartbeat() {
    let prev = ChainHash::genesis().next("before");
    let bundle = pack(header(41, prev.clone()), [], &heartbeat(), &key(1)).unwrap();
    let name = bundle.manifest.name(false);
    assert_eq!(
        name.to_string(),
        "VPB1-YUNDAO-HY01-i01-0000000041-0000000040.tar.zst"
    );
    let opened = open(&bundle.bytes, &key(1).public(), &origin("HY01", 1), &name).unwrap();
    assert_eq!((opened.operations.len(), opened.manifest.count()), (0, 0));
    assert_eq!(opened.manifest.head, prev);
    assert_eq!(opened.heartbeat, heartbeat());
}

#[test]
fn a_full_bundle_is_followed_by_the_next() {
    let mut packer = Packer::new(header(1, ChainHash::genesis())).unwrap();
    let texts = vec!["x"; MAX_OPERATIONS + 1];
    let entries = chained(1, &ChainHash::genesis(), &texts);
    let (last, fits) = entries.split_last().unwrap();
    for Entry { seq, body, hash } in fits {
        assert_eq!(packer.push(*seq, body, hash), Ok(Pushed::In));
    }
    assert_eq!(
        packer.push(last.seq, &last.body, &last.hash),
        Ok(Pushed::Full)
    );
    let next = packer.follow();
    assert_eq!(next.from, last.seq);
    let first = packer.finish(&heartbeat(), &key(1)).unwrap();
    assert_eq!(next.prev, first.manifest.head);
    let second = pack(next, [last.clone()], &heartbeat(), &key(1)).unwrap();
    let name = second.manifest.name(false);
    open(&second.bytes, &key(1).public(), &origin("HY01", 1), &name).unwrap();
    let all = pack(
        header(1, ChainHash::genesis()),
        entries,
        &heartbeat(),
        &key(1),
    );
    assert_eq!(all, Err(BundleError::Full));
}

#[test]
fn bytes_that_cannot_be_compressed_still_fit() {
    let mut packer = Packer::new(Header {
        ledger: LedgerState::Damaged,
        ..header(1, ChainHash::genesis())
    })
    .unwrap();
    let mut random = 1_u64;
    let mut seq = 1;
    loop {
        let letter = |()| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            char::from_u32(0x4e00 + u32::try_from(random % 20_000).unwrap()).unwrap()
        };
        let body: String = std::iter::repeat_n((), 20_000).map(letter).collect();
        match packer.push(Seq::new(seq), &body, &"0".repeat(64)).unwrap() {
            Pushed::In => seq += 1,
            Pushed::Full => break,
        }
    }
    let bundle = packer.finish(&heartbeat(), &key(1)).unwrap();
    assert!(bundle.bytes.len() <= MAX_BUNDLE);
    assert!(seq > 900, "{seq}");
}

#[test]
fn what_is_no_chain_is_not_packed_as_whole() {
    let prev = ChainHash::genesis();
    let good = chained(1, &prev, &["a", "b"]);
    let try_pack = |ledger, change: fn(&mut Vec<Entry>)| {
        let mut entries = good.clone();
        change(&mut entries);
        let header = Header {
            ledger,
            ..header(1, prev.clone())
        };
        pack(header, entries, &heartbeat(), &key(1))
    };
    let whole = LedgerState::Whole;
    let broken: fn(&mut Vec<Entry>) = |all| all[1].body = all[1].body.replace('b', "c");
    assert_eq!(
        try_pack(whole, broken),
        Err(BundleError::Chain(Seq::new(2)))
    );
    let gap: fn(&mut Vec<Entry>) = |all| drop(all.remove(0));
    assert!(matches!(
        try_pack(whole, gap),
        Err(BundleError::Order { .. })
    ));
    let hash: fn(&mut Vec<Entry>) = |all| all[0].hash.make_ascii_uppercase();
    assert_eq!(try_pack(whole, hash), Err(BundleError::Hash(Seq::new(1))));
    let long: fn(&mut Vec<Entry>) = |all| all[0].body = "x".repeat(65_537);
    assert_eq!(try_pack(whole, long), Err(BundleError::Body(Seq::new(1))));
    // A ledger known to be damaged still travels; the town sees where the chain breaks.
    let evidence = try_pack(LedgerState::Damaged, broken).unwrap();
    let name = evidence.manifest.name(false);
    let answer = open(&evidence.bytes, &key(1).public(), &origin("HY01", 1), &name);
    assert_eq!(answer, Err(BundleFault::Chain(Seq::new(2))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_texts_come_back(texts in proptest::collection::vec("[a-z\",\\\\\n\r\t\u{0}文明é👍]{0,40}|\\PC{0,20}", 0..20), from in 1_i64..1_000_000_000_000) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let prev = ChainHash::genesis().next("before");
        let entries = chained(from, &prev, &texts);
        let bundle = pack(header(from, prev), entries.clone(), &heartbeat(), &key(1)).unwrap();
        let name = bundle.manifest.name(false);
        let opened = open(&bundle.bytes, &key(1).public(), &origin("HY01", 1), &name).unwrap();
        prop_assert_eq!(opened.operations, entries);
    }
}

#[test]
fn no_byte_of_the_tar_may_change() {
    let tar = unpacked(&small().bytes);
    read(&repacked(&tar)).unwrap();
    for at in 0..tar.len() {
        let mut changed = tar.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(read(&repacked(&changed)).is_err(), "byte {at}");
    }
}

#[test]
fn a_changed_file_is_refused_or_unpacks_to_the_very_same() {
    // zstd has a few bits that mean nothing. What they leave unchanged is still what was signed.
    let bundle = small().bytes;
    let whole = read(&bundle).unwrap();
    let mut harmless = 0;
    for at in 0..bundle.len() {
        let mut changed = bundle.clone();
        changed[at] ^= 1 << (at % 8);
        if let Ok(opened) = read(&changed) {
            assert_eq!(opened, whole, "byte {at}");
            harmless += 1;
        }
    }
    assert!(harmless * 10 < bundle.len(), "{harmless}");
}

#[test]
fn nothing_may_be_cut_off_or_added() {
    let bundle = small().bytes;
    for end in 0..bundle.len() {
        assert!(read(&bundle[..end]).is_err(), "cut at {end}");
    }
    let tar = unpacked(&bundle);
    for end in (0..tar.len()).step_by(512) {
        assert!(read(&repacked(&tar[..end])).is_err(), "tar cut at {end}");
    }
    let cut = &bundle[..bundle.len() - 1];
    assert_eq!(
        refusal(cut),
        format!(
            "the file ends too early, after {} unpacked bytes; it was not copied whole",
            tar.len()
        )
    );
    assert_eq!(
        refusal(&repacked(&tar[..512])),
        "the file ends too early, after 512 unpacked bytes; it was not copied whole"
    );
    let trailing = "something follows the end of the bundle; nothing may";
    assert_eq!(refusal(&[&bundle[..], b"x"].concat()), trailing);
    assert_eq!(refusal(&[&bundle[..], &bundle].concat()), trailing);
    assert_eq!(
        refusal(&repacked(&[&tar[..], &[0; 512]].concat())),
        trailing
    );
}

#[test]
fn what_is_another_stations_is_refused() {
    let bundle = small().bytes;
    let name = small_name();
    let ask = |byte, station, incarnation| {
        let answer = open(
            &bundle,
            &key(byte).public(),
            &origin(station, incarnation),
            &name,
        );
        answer.unwrap_err().to_string()
    };
    assert_eq!(
        ask(2, "HY01", 1),
        "datapackage.json is not signed by the station's key: changed on the way, or by another station"
    );
    assert_eq!(
        ask(1, "HY02", 1),
        "the bundle is of YUNDAO HY01 i1; YUNDAO HY02 i1 was expected"
    );
    assert_eq!(
        ask(1, "HY01", 2),
        "the bundle is of YUNDAO HY01 i1; YUNDAO HY01 i2 was expected"
    );
    let mut other = name.clone();
    other.to = Seq::new(45);
    let answer = open(&bundle, &key(1).public(), &origin("HY01", 1), &other);
    assert_eq!(
        answer.unwrap_err().to_string(),
        "the bundle holds VPB1-YUNDAO-HY01-i01-0000000041-0000000044.tar.zst; its file name must be that"
    );
}
