//! Loading a whole folder: the example station, broken files on disk, and any text at all.

use crate::common::told::{english, line};
use argon2::{Argon2, PasswordHash, PasswordVerifier as _};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};
use wenming::config::{Fault, ReaderFormat, Schedule, SinkKind, Sources, load, parse};
use wenming::domain::{ItemCode, Lang, MemberGroup, OptionCode, Points, Role, RuleCategory};
use wenming::words::told;

const EXAMPLE: Sources<'_> = Sources {
    station: include_str!("../../kiosk-config/station.toml"),
    catalogue: include_str!("../../kiosk-config/catalogue.toml"),
    rules: include_str!("../../kiosk-config/rules.toml"),
    staff: include_str!("../../kiosk-config/staff.toml"),
    notices: include_str!("../../kiosk-config/notices.toml"),
};

/// A copy of the example in a folder of its own.
fn folder(name: &str) -> io::Result<PathBuf> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir)?;
    for (file, text) in [
        ("station.toml", EXAMPLE.station),
        ("catalogue.toml", EXAMPLE.catalogue),
        ("rules.toml", EXAMPLE.rules),
        ("staff.toml", EXAMPLE.staff),
    ] {
        fs::write(dir.join(file), text)?;
    }
    Ok(dir)
}

/// The faults of a folder, without its path.
fn faults(dir: &Path) -> Vec<String> {
    let prefix = format!("{}/", dir.display());
    let faults = load(dir).err().unwrap_or_default();
    faults
        .iter()
        .map(|fault| line(fault).replace(&prefix, ""))
        .collect()
}

#[test]
fn the_example_station_is_complete() {
    let config = load(Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/kiosk-config"
    )))
    .unwrap();
    assert_eq!(parse(EXAMPLE), Ok(config.clone()));

    let station = &config.station;
    assert_eq!(station.township.as_str(), "YUNDAO");
    assert_eq!(station.village.zh, "禾月村");
    assert_eq!(station.screen, wenming::config::ScreenSetting::default());
    let formats: Vec<_> = station.readers.iter().map(|r| (r.format, r.baud)).collect();
    assert_eq!(
        formats,
        [(ReaderFormat::Em4100, 9600), (ReaderFormat::Lines, 9600)]
    );

    let twice = Schedule::parse(&["12:00", "18:00"]).unwrap();
    assert_eq!(config.export.schedule, twice);
    assert_eq!(
        (&config.export.recipient, config.export.sinks.len()),
        (&None, 0)
    );

    let catalogue = &config.catalogue;
    assert_eq!(catalogue.categories.len(), 4);
    assert_eq!((catalogue.partners.len(), catalogue.items.len()), (6, 26));
    for category in &catalogue.categories {
        assert!(catalogue.items_in(&category.code).count() >= 4);
    }
    let doors = catalogue
        .partners
        .iter()
        .map(|p| (p.code.as_str(), &p.hours));
    let closed: Vec<_> = doors.filter(|(_, h)| !h.spans.is_empty()).collect();
    assert_eq!(closed.len(), 1, "only the clinic closes");

    let categories: BTreeSet<RuleCategory> = config.rules.iter().map(|r| r.category).collect();
    assert_eq!((config.rules.len(), categories.len()), (33, 7));
}

#[test]
fn the_sinks_that_the_example_shows_work_once_their_hash_is_gone() {
    let (head, sinks) = EXAMPLE.station.split_once("# [[sink]]").unwrap();
    let sinks = sinks.replace("\n# ", "\n").replace("\n#\n", "\n\n");
    let station = format!("{head}[[sink]]{sinks}");
    let config = parse(Sources {
        station: &station,
        ..EXAMPLE
    })
    .unwrap();
    let kinds: Vec<&SinkKind> = config.export.sinks.iter().map(|sink| &sink.kind).collect();
    assert!(
        matches!(
            kinds[..],
            [
                SinkKind::Stick { .. },
                SinkKind::Directory { .. },
                SinkKind::S3 { .. }
            ]
        ),
        "{kinds:?}"
    );
}

#[test]
fn a_mother_and_a_daughter_pay_196_for_their_hair() {
    let config = parse(EXAMPLE).unwrap();
    let code = ItemCode::parse("DYE").unwrap();
    let dye = config.catalogue.item(&code).unwrap();
    let prices = |code| {
        &dye.option(&OptionCode::parse(code).unwrap())
            .unwrap()
            .prices
    };
    let mother = prices("SHORT-PLANT").senior.unwrap();
    let daughter = prices("LONG-STD").base;
    assert_eq!(mother.checked_add(daughter), Some(Points::new(196)));

    let code = ItemCode::parse("AFTER").unwrap();
    let groups = &config.catalogue.item(&code).unwrap().prices.groups;
    assert_eq!(groups, &[(MemberGroup::Minor, Points::new(10))]);
}

#[test]
fn the_example_pins_are_those_that_the_comment_names() {
    let config = parse(EXAMPLE).unwrap();
    let want = [
        ("A001", Role::Attendant, "0009000001", "135790"),
        ("M001", Role::Manager, "0009000002", "246813"),
        ("T001", Role::Technician, "0009000003", "975310"),
    ];
    assert_eq!(config.staff.len(), want.len());
    for (entry, (id, role, badge, pin)) in config.staff.iter().zip(want) {
        let got = (
            entry.staff.id.as_str(),
            entry.staff.role,
            entry.badge.as_str(),
        );
        assert_eq!(got, (id, role, badge));
        let hash = PasswordHash::new(&entry.pin_hash).unwrap();
        let verified = Argon2::default().verify_password(pin.as_bytes(), &hash);
        assert!(verified.is_ok(), "{id}");
    }
}

#[test]
fn files_that_cannot_be_read_are_faults_beside_the_others() {
    let dir = folder("config-unreadable").unwrap();
    fs::remove_file(dir.join("station.toml")).unwrap();
    // "禾月" in GBK, as an old editor saves it.
    fs::write(
        dir.join("catalogue.toml"),
        b"# \xe8\x8a\xa6\n# \xc1\xf8\xcd\xe5\n",
    )
    .unwrap();
    fs::write(dir.join("rules.toml"), "#".repeat((1 << 20) + 1)).unwrap();
    fs::write(dir.join("staff.toml"), "\u{feff}x = 1").unwrap();
    assert_eq!(
        faults(&dir),
        [
            "station.toml:1:1: no such file; a config folder holds station.toml, catalogue.toml, \
             rules.toml and staff.toml",
            "catalogue.toml:2:3: not UTF-8; save the file as UTF-8, not as GBK or ANSI",
            "rules.toml:1:1: larger than 1 MiB; this is not a config file, take it from a backup",
            "staff.toml:1:1: unknown key `x` in staff.toml; known keys are staff",
            "staff.toml:1:1: nobody may confirm anything; add at least one [[staff]]",
        ]
    );
}

#[test]
fn a_folder_with_windows_line_ends_and_a_byte_order_mark_loads() {
    let dir = folder("config-windows").unwrap();
    let text = format!("\u{feff}{}", EXAMPLE.catalogue.replace('\n', "\r\n"));
    fs::write(dir.join("catalogue.toml"), text).unwrap();
    assert_eq!(faults(&dir), [""; 0]);
}

/// A catalogue in which almost every line is wrong.
const WRECK: &str = r#"[[category]]
code = "食品"
name = { zh = "食\u200b品", en = "" }
[[partner]]
code = "SHOP"
name = { zh = "小店", en = "Shop" }
hours = ["mon 25:00-26:00", "tue 09:00-08:00", 7]
[[item]]
code = "RICE"
category = "FOOD"
name = { zh = "大米" }
kind = "thing"
suply = "counted"
price = 0
partner = "SHOPS"
limit = { count = 1 }
[[item]]
code = "RICE"
price = -1
"#;

#[test]
fn one_wrecked_config_gives_all_its_faults_at_once_in_order() {
    let dir = folder("config-wreck").unwrap();
    fs::write(dir.join("catalogue.toml"), WRECK).unwrap();
    let example = EXAMPLE.rules.replacen("points = 4\n", "points = \n", 1);
    fs::write(dir.join("rules.toml"), example).unwrap();
    fs::write(
        dir.join("staff.toml"),
        "[[staff]]\nid = \"a\"\npin = \"1234\"\n",
    )
    .unwrap();
    assert_eq!(
        faults(&dir),
        [
            "catalogue.toml:2:8: `code` is \"食品\"; write 1 to 12 of A-Z 0-9 -, not beginning with -",
            "catalogue.toml:3:15: `zh` holds U+200B, which is invisible; write the text without it",
            "catalogue.toml:3:32: `en` is empty; write a text",
            "catalogue.toml:7:10: `hours` has the time \"25:00\"; times are 00:00 to 24:00, always with two digits each",
            "catalogue.toml:7:29: `hours` \"tue 09:00-08:00\" ends before it begins; write the earlier time first, and an opening past midnight as two",
            "catalogue.toml:7:48: `hours` is 7; write a text between two \"",
            "catalogue.toml:10:12: `category` is \"FOOD\"; add a [[category]] with it",
            "catalogue.toml:11:8: { zh, en } has no `en`; add `en = ...` to it",
            "catalogue.toml:12:8: `kind` is \"thing\"; write one of goods, service",
            "catalogue.toml:13:1: unknown key `suply` in [[item]]; did you mean `supply`?",
            "catalogue.toml:14:9: `price` is 0; write a whole number from 1 to 9999",
            "catalogue.toml:15:11: `partner` is \"SHOPS\"; did you mean \"SHOP\"?",
            "catalogue.toml:16:9: { count, per } has no `per`; add `per = ...` to it",
            "catalogue.toml:17:1: [[item]] has no `category`; add `category = ...` to it",
            "catalogue.toml:17:1: [[item]] has no `name`; add `name = ...` to it",
            "catalogue.toml:17:1: [[item]] has no `kind`; add `kind = ...` to it",
            "catalogue.toml:17:1: [[item]] has no `supply`; add `supply = ...` to it",
            "catalogue.toml:17:1: [[item]] has no `partner`; add `partner = ...` to it",
            "catalogue.toml:18:8: code \"RICE\" is already used on line 9; give each its own",
            "catalogue.toml:19:9: `price` is -1; write a whole number from 1 to 9999",
            "rules.toml:41:10: not TOML: string values must be quoted, expected literal string; put texts between two \" on one line",
            "staff.toml:1:1: [[staff]] has no `name`; add `name = ...` to it",
            "staff.toml:1:1: [[staff]] has no `role`; add `role = ...` to it",
            "staff.toml:1:1: [[staff]] has no `badge`; add `badge = ...` to it",
            "staff.toml:2:6: `id` is \"a\"; write 1 to 12 of A-Z 0-9 -, not beginning with -",
            "staff.toml:3:7: `pin` is not an argon2id hash that this station can check; run `wenming pin` and paste the line that begins with $argon2id$"
        ]
    );
}

/// Every fault has a place in its file and says what would be right.
fn assert_useful(faults: &[Fault], files: &[&str]) {
    assert!(!faults.is_empty());
    for fault in faults {
        assert!(fault.line >= 1 && fault.column >= 1, "{fault:?}");
        let told = [Lang::En, Lang::Zh].map(|lang| told(&fault.told(), lang));
        assert!(english(&fault.right).len() > 10, "{told:?}");
        assert!(!told.concat().chars().any(char::is_control), "{told:?}");
        assert!(
            fault
                .file
                .to_str()
                .is_some_and(|file| files.contains(&file)),
            "{told:?}"
        );
    }
    let places: BTreeMap<&Path, Vec<(usize, usize)>> =
        faults.iter().fold(BTreeMap::new(), |mut places, fault| {
            let of_file: &mut Vec<_> = places.entry(&fault.file).or_default();
            of_file.push((fault.line, fault.column));
            places
        });
    assert!(places.values().all(|of_file| of_file.is_sorted()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_at_all_gives_faults_and_no_panic(text in "(?s).{0,200}") {
        let result = parse(Sources { staff: &text, ..EXAMPLE });
        assert_useful(&result.unwrap_err(), &["staff.toml"]);
    }

    #[test]
    fn toml_like_text_gives_faults_and_no_panic(
        text in r#"([\[\]{}=,."'#\n -]|\[\[item\]\]|name|zh|price|hours|option|[0-9]{1,3}|柳){0,80}"#,
    ) {
        let result = parse(Sources { station: &text, catalogue: &text, rules: &text, staff: &text, notices: &text });
        let files = ["station.toml", "catalogue.toml", "rules.toml", "staff.toml", "notices.toml"];
        assert_useful(&result.unwrap_err(), &files);
    }

    #[test]
    fn a_slip_anywhere_in_the_catalogue_gives_useful_faults_or_none(
        at in any::<prop::sample::Index>(), cut in 0_usize..12, slip in "[\\[\\]{}=,\"\n0-9a-zA-Z柳·-]{0,4}",
    ) {
        let chars: Vec<char> = EXAMPLE.catalogue.chars().collect();
        let at = at.index(chars.len());
        let end = (at + cut).min(chars.len());
        let text: String =
            chars[..at].iter().copied().chain(slip.chars()).chain(chars[end..].iter().copied()).collect();
        if let Err(faults) = parse(Sources { catalogue: &text, ..EXAMPLE }) {
            assert_useful(&faults, &["catalogue.toml"]);
        }
    }
}
