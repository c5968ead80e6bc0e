//! The program itself: keys, `export now`, `list` and `verify`, and a real small disk that is full.
#![expect(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::too_many_lines,
    clippy::needless_raw_string_hashes,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test stops at the first surprise, tables are long, and names are written in one way"
)]

use crate::station;

use crate::equipment::{only, tool};
use crate::exporting::{Exporting, bundles, covered};
use crate::folder::names;
use crate::harness::{ENGLISH, WENMING, text, wenming};
use station::assert_clean;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use wenming::store::Store;

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The example's config with a directory, beside the station.
fn config(station: &Exporting, more: &str) -> PathBuf {
    let dir = station.around.path().join("config");
    fs::create_dir_all(&dir).unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
    for name in ["station.toml", "catalogue.toml", "rules.toml", "staff.toml"] {
        fs::copy(example.join(name), dir.join(name)).unwrap();
    }
    let share = station.around.path().join("share");
    let mut text = fs::read_to_string(dir.join("station.toml")).unwrap();
    text.push_str(&format!(
        "\n[[sink]]\nname = \"share\"\nkind = \"directory\"\npath = \"{}\"\n{more}",
        share.display()
    ));
    fs::write(dir.join("station.toml"), text).unwrap();
    dir
}

/// Town and station of the example, by which bundles are named.
fn as_the_example(station: &mut Exporting) {
    let example = wenming::cli::example_config().unwrap();
    station.setup.origin.township = example.station.township;
    station.setup.origin.station = example.station.id;
}

#[test]
fn keys_are_made_once_and_read_by_others() {
    let dir = station::Dir::new();
    let data = text(dir.path());
    let none = wenming(&["keys", "--data", data, "--show"]);
    assert_eq!(none.status.code(), Some(1));
    let made = wenming(&["keys", "--data", data]);
    assert!(made.status.success(), "{}", err(&made));
    let public = dir.path().join("keys/station.pub");
    let pem = fs::read_to_string(&public).unwrap();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----"));
    let key = wenming::bundle::PublicKey::from_pem(&pem).unwrap();
    let shown = out(&made);
    for part in [
        key.fingerprint().hex(),
        key.fingerprint().words(wenming::domain::Lang::Zh),
        public.display().to_string(),
    ] {
        assert!(shown.contains(&part), "{shown}");
    }
    let before = fs::read(dir.path().join("keys/station.key")).unwrap();
    let again = wenming(&["keys", "--data", data]);
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("never overwritten"), "{}", err(&again));
    assert_eq!(
        fs::read(dir.path().join("keys/station.key")).unwrap(),
        before
    );
    // The public half can be made again, the private one never.
    fs::remove_file(&public).unwrap();
    let show = wenming(&["keys", "--data", data, "--show"]);
    assert!(out(&show).contains(&key.fingerprint().hex()));
    assert_eq!(fs::read_to_string(&public).unwrap(), pem);
    fs::write(&public, "another").unwrap();
    let other = wenming(&["keys", "--data", data, "--show"]);
    assert!(
        err(&other).contains("not the public half"),
        "{}",
        err(&other)
    );
}

#[test]
fn now_writes_and_list_says_what_waits() {
    let mut station = Exporting::new();
    as_the_example(&mut station);
    let config = config(&station, "");
    let dirs = [
        "--config",
        text(&config),
        "--data",
        text(station.dir.path()),
    ];
    let list = |more: &[&str]| {
        let arguments = [&["export", "list"][..], &dirs[..], more].concat();
        let output = wenming(&arguments);
        assert!(output.status.success(), "{}", err(&output));
        out(&output)
    };
    let empty = list(&[]);
    assert!(empty.contains("outbox        0\n"), "{empty}");
    assert!(empty.contains("last          none"), "{empty}");
    let now = wenming(&[&["export", "now"][..], &dirs[..]].concat());
    assert!(now.status.success(), "{}", err(&now));
    let (name, _) = bundles(&station.outbox()).pop_first().unwrap();
    assert!(
        out(&now).contains(&format!("{name}: 12 operations, 1 to 12")),
        "{}",
        out(&now)
    );
    assert!(
        out(&now).contains("share: everything is there"),
        "{}",
        out(&now)
    );
    assert_eq!(err(&now), "", "no bar where nobody sees it");
    let listed = list(&[]);
    assert!(listed.contains(&name), "{listed}");
    assert!(listed.contains("waiting       13\n"), "{listed}");
    let json: serde_json::Value = serde_json::from_str(&list(&["--json"])).unwrap();
    assert_eq!(json["outbox"][0]["file"], name.as_str());
    assert_eq!(json["outbox"][0]["recorded"], true);
    assert_eq!(json["waiting"], 13);
    assert_eq!(json["acknowledged"], serde_json::Value::Null);
    assert_eq!(json["last"]["why"], "asked");
    assert!(json["next_ms"].is_i64());
    // A sink that is not there is said, with exit code 1, and the outbox has the bundle all the same.
    fs::remove_dir_all(station.around.path().join("share")).unwrap();
    let now = wenming(&[&["export", "now"][..], &dirs[..]].concat());
    assert_eq!(now.status.code(), Some(1));
    assert!(err(&now).contains("share: not there"), "{}", err(&now));
    assert_eq!(bundles(&station.outbox()).len(), 2);
    // Nothing is made where there is no ledger.
    let nowhere = station.around.path().join("nowhere");
    let absent = wenming(&[
        "export",
        "now",
        "--config",
        text(&config),
        "--data",
        text(&nowhere),
    ]);
    assert_eq!(absent.status.code(), Some(1));
    assert!(!nowhere.exists());
}

/// A clerk checks what a station brought: the whole stick at once.
#[test]
fn verify_takes_several_bundles_and_a_whole_stick() {
    let mut station = Exporting::new();
    as_the_example(&mut station);
    station.run();
    station.happen();
    station.run();
    let (share, folder) = (station.around.path().join("share"), station.share());
    let key = station.dir.path().join("keys/station.pub");
    let found: Vec<String> = bundles(&folder).into_keys().collect();
    assert_eq!(found.len(), 2);
    let verify = |files: &[&Path]| {
        let files = files.iter().map(|file| text(file));
        let all: Vec<&str> = ["export", "verify", "--key", text(&key)]
            .into_iter()
            .chain(files)
            .collect();
        wenming(&all)
    };
    let ran = verify(&[&share]);
    assert!(ran.status.success(), "{}", err(&ran));
    let said = out(&ran);
    assert!(
        found.iter().all(|name| said.contains(name)) && said.contains("2 bundles, all sound"),
        "{said}"
    );
    let (one, two) = (folder.join(&found[0]), folder.join(&found[1]));
    assert!(verify(&[&one, &two]).status.success());
    // One that is cut short is told, and the other is checked all the same.
    let bytes = fs::read(&one).unwrap();
    fs::write(&one, &bytes[..bytes.len() - 9]).unwrap();
    let ran = verify(&[&share]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        out(&ran).contains(&found[1]) && err(&ran).contains(&found[0]),
        "{}",
        err(&ran)
    );
    assert!(
        err(&ran).contains("1 of 2 bundles is wrong"),
        "{}",
        err(&ran)
    );
    let nothing = station.around.path().join("nothing");
    fs::create_dir(&nothing).unwrap();
    let ran = verify(&[&nothing]);
    assert_eq!(ran.status.code(), Some(1));
    assert!(err(&ran).contains("no bundle in it"), "{}", err(&ran));
}

#[test]
fn verify_says_what_is_wrong_in_one_sentence() {
    let station = Exporting::new();
    station.run();
    let (name, _) = bundles(&station.share()).pop_first().unwrap();
    let good = station.share().join(&name);
    let key = station.dir.path().join("keys/station.pub");
    let verify = |file: &Path, key: &Path| {
        let output = wenming(&["export", "verify", text(file), "--key", text(key)]);
        (output.status.code(), out(&output), err(&output))
    };
    let (code, said, _) = verify(&good, &key);
    assert_eq!(code, Some(0));
    assert!(
        said.contains(": sound\noperations  12 operations, 1 to 12"),
        "{said}"
    );

    let other = station::Dir::new();
    assert!(
        wenming(&["keys", "--data", text(other.path())])
            .status
            .success()
    );
    let bytes = fs::read(&good).unwrap();
    let place = |folder: &str, name: &str, bytes: &[u8]| {
        let dir = station.around.path().join(folder);
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join(name), bytes).unwrap();
        dir.join(name)
    };
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let renamed = name.replace("HY01", "HY02");
    let ranged = name.replace("0000000012", "0000000011");
    let rows: [(PathBuf, PathBuf, &str); 9] = [
        (place("a", &name, &flipped), key.clone(), "damaged"),
        (
            place("b", &name, &bytes[..bytes.len() - 1]),
            key.clone(),
            "too early",
        ),
        (
            place("c", &name, b""),
            key.clone(),
            "does not begin like a zstd file",
        ),
        (place("d", &renamed, &bytes), key.clone(), "was expected"),
        (
            place("e", &ranged, &bytes),
            key.clone(),
            "its file name must be that",
        ),
        (
            place("f", &format!("{name}.part"), &bytes),
            key.clone(),
            "not the name of a bundle",
        ),
        (
            good.clone(),
            other.path().join("keys/station.pub"),
            "not signed by the station's key",
        ),
        (good.clone(), good.clone(), "not an ed25519 key"),
        (
            station.around.path().join("none").join(&name),
            key.clone(),
            "No such file",
        ),
    ];
    for (file, key, want) in rows {
        let (code, said, wrong) = verify(&file, &key);
        assert_eq!(code, Some(1), "{want}");
        assert_eq!(said, "", "{want}");
        assert!(wrong.contains(want), "{want}: {wrong}");
        assert_eq!(wrong.lines().count(), 1, "{wrong}");
    }
}

#[test]
fn every_help_has_an_example() {
    for command in [
        &["keys"][..],
        &["export", "now"],
        &["export", "list"],
        &["export", "verify"],
    ] {
        let help = out(&wenming(&[command, &["--help"]].concat()));
        assert!(help.contains("Example: wenming "), "{command:?}: {help}");
    }
    assert_eq!(wenming(&["export"]).status.code(), Some(2));
}

/// Runs a shell script where it may mount, unseen by the rest of the machine.
fn with_mounts(script: &str) -> Output {
    let names = [
        "unshare", "sh", "mount", "head", "find", "truncate", "mkdir", "cp", "ls", "rm",
    ];
    let output = Command::new(tool("unshare"))
        .args(["--map-root-user", "--mount", "sh", "-eu", "-c", script])
        .env("PATH", only(&names))
        .envs(ENGLISH)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "this test mounts a small disk of its own, for which `unshare --map-root-user --mount` must work:\n{}{}",
        out(&output),
        err(&output)
    );
    output
}

#[test]
fn a_real_disk_that_is_full_is_said_and_heals() {
    let mut station = Exporting::new();
    as_the_example(&mut station);
    let config = config(&station, "");
    let around = station.around.path();
    let (share, outbox) = (around.join("share"), station.outbox());
    fs::create_dir_all(&outbox).unwrap();
    let now = format!(
        "{WENMING} export now --config {} --data {}",
        config.display(),
        station.dir.path().display()
    );
    // The sink is full first, then the outbox; each is looked at before and after room is made.
    let script = format!(
        r#"
        mount -t tmpfs -o size=1m tmpfs {share}
        head -c 2m /dev/zero > {share}/fill 2>/dev/null || true
        if {now} 2> {around}/full-share; then exit 7; fi
        find {share} -name 'VPB*' > {around}/on-full-share
        truncate -s 700k {share}/fill
        {now}
        mkdir {around}/kept && cp -r {share}/up {around}/kept/
        mount -t tmpfs -o size=1m tmpfs {outbox}
        head -c 2m /dev/zero > {outbox}/fill 2>/dev/null || true
        if {now} 2> {around}/full-outbox; then exit 8; fi
        ls {outbox} > {around}/in-full-outbox
        mount -o remount,ro {outbox}
        if {now} 2> {around}/read-only; then exit 9; fi
        mount -o remount,rw {outbox}
        rm {outbox}/fill
        {now}
        mkdir {around}/healed && cp {outbox}/* {around}/healed/
        "#,
        share = share.display(),
        around = around.display(),
        outbox = outbox.display(),
    );
    with_mounts(&script);
    let told = |name: &str| fs::read_to_string(around.join(name)).unwrap();
    assert!(
        told("full-share").contains("share: full"),
        "{}",
        told("full-share")
    );
    assert_eq!(told("on-full-share"), "");
    let full = told("full-outbox");
    assert!(
        full.contains("the disk is full") || full.contains("No space left"),
        "{full}"
    );
    assert_eq!(told("in-full-outbox"), "fill\n");
    assert!(
        told("read-only").contains("read-only") || told("read-only").contains("Read-only"),
        "{}",
        told("read-only")
    );
    let kept = around.join("kept/up/YUNDAO/HY01");
    assert_eq!(covered(&kept, 0), 13);
    station.assert_sound(&kept);
    let healed = around.join("healed");
    assert!(names(&healed).iter().all(|name| !name.ends_with(".part")));
    station.assert_sound(&healed);
    let to = station.dir.number(
        "SELECT max(json_extract(body, '$.what.to')) FROM operation WHERE kind = 'bundle-written'",
    );
    assert_eq!(covered(&healed, 0), to);
    assert_clean(&Store::open_existing(station.dir.path()).unwrap());
}
