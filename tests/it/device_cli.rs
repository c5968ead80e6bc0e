//! `wenming device`: bytes in, JSON out; and the ports of a computer.

#![expect(clippy::unwrap_used, reason = "a command that cannot be run must fail")]

use crate::folder::Folder;
use crate::harness::wenming;
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use wenming::domain::Lang;
use wenming::words::Words;

fn device(args: &[&str]) -> Output {
    wenming(&[&["device"], args].concat())
}

/// What `decode` printed, one JSON object a line.
fn frames(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn decoded(format: &str, hex: &str) -> (Vec<Value>, Option<i32>) {
    let output = device(&["decode", "--format", format, "--hex", hex]);
    (frames(&output), output.status.code())
}

/// Numbers that stand for many cards, or for none; and those that only look like it.
#[test]
#[rustfmt::skip] // one row a line
fn a_number_that_is_no_one_cards_is_refused_with_its_own_reason() {
    let pn532 = "00 00 FF 0C F4 D5 4B 01 01 00 04";
    for (args, hex, want) in [
        (&["pn532"][..], format!("{pn532} 04 04 88 04 A1 B2 F3 00"), "cut-id"),
        (&["pn532"], format!("{pn532} 08 04 00 00 00 00 CE 00"), "blank-id"),
        (&["pn532"], format!("{pn532} 08 04 FF FF FF FF D2 00"), "blank-id"),
        (&["pn532"], format!("{pn532} 08 04 01 02 03 04 C4 00"), "factory-id"),
        (&["pn532"], format!("{pn532} 20 04 08 01 02 03 A8 00"), "random-id"),
        (&["pn532"], format!("{pn532} 08 04 88 04 A1 B2 EF 00"), "8804A1B2"),
        (&["pcsc"], "41 06 88 04 A1 B2 90 00".to_owned(), "cut-id"),
        (&["pcsc"], "41 06 00 00 00 00 90 00".to_owned(), "blank-id"),
        (&["em4100"], format!("02 {} 03", "30".repeat(12)), "blank-id"),
        (&["lines", "--number", "UID"], line("8804A1B2"), "cut-id"),
        (&["lines", "--number", "UID"], line("88:04:a1:b2"), "cut-id"),
        (&["lines", "--number", "UID"], line("08123456"), "random-id"),
        (&["lines", "--number", "UID"], line("00000000"), "blank-id"),
        (&["lines", "--number", "UID"], line("FFFFFFFFFFFFFF"), "blank-id"),
        (&["lines", "--number", "UID"], line("DEADBEEF"), "factory-id"),
        (&["lines", "--number", "8H10D"], line("0000000000"), "blank-id"),
        (&["lines", "--number", "8H10D"], line("4294967295"), "blank-id"),
        (&["lines", "--number", "10H"], line("3C00000000"), "blank-id"),
        (&["lines", "--number", "13D"], line("0000000000000"), "blank-id"),
        (&["lines"], line("0000000000"), "blank-id"),
        (&["lines"], line("8804A1B2"), "cut-id"),
        (&["lines"], line("08123456"), "08123456"),
        (&["lines"], line("88123456"), "88123456"),
        (&["gm65"], line("]C00000000000"), "blank-id"),
        (&["gm65"], line(r"]Q2\000026WB1:YUNDAO:7K3M9Q2X:EVS4"), "Q7K3M9Q2X"),
        (&["gm65"], line(r"]Q1\000026WB1:YUNDAO:7K3M9Q2X:EVS4"), "no-card"),
    ] {
        let all = [&["decode", "--town", "YUNDAO", "--hex", &hex, "--format"], args].concat();
        let output = device(&all);
        let frames = frames(&output);
        let said = |key: &str| frames.first().and_then(|frame| frame.get(key)?.as_str());
        let got = said("error").or_else(|| said("id"));
        assert_eq!(got, Some(want), "{args:?} {hex} {output:?}");
    }
}

/// A text and a carriage return in hex.
fn line(text: &str) -> String {
    let hex: Vec<String> = text.bytes().map(|byte| format!("{byte:02X} ")).collect();
    hex.concat() + "0D"
}

#[test]
fn every_format_is_decoded_to_its_card() {
    for (format, hex, id, form) in [
        (
            "em4100",
            "02 36 37 30 30 33 42 35 31 43 36 43 42 03",
            "67003B51C6",
            ("8H10D", "0003887558"),
        ),
        (
            "em4100",
            "0233433030434537353443434203",
            "3C00CE754C",
            ("8H10D", "0013530444"),
        ),
        (
            "pn532",
            "00:00:FF:0C:F4:D5:4B:01:01:00:04:08:04:9E:B3:6E:66:A9:00",
            "9EB36E66",
            ("UID-reversed", "666EB39E"),
        ),
        (
            "pcsc",
            "41 06 9E B3 6E 66 90 00",
            "9EB36E66",
            ("UID-reversed", "666EB39E"),
        ),
        (
            "gm65",
            "02 00 00 01 00 33 31 30 30 30 35 35 39 31 32 33 34 0D",
            "0005591234",
            ("text", "0005591234"),
        ),
        (
            "lines",
            "57 42 31 3A 59 55 4E 44 41 4F 0D 30 30 30 35 35 39 31 32 33 34 0A",
            "0005591234",
            ("text", "0005591234"),
        ),
    ] {
        let (frames, _) = decoded(format, hex);
        let frame = frames
            .iter()
            .find(|frame| frame["ok"] == json!(true))
            .unwrap();
        assert_eq!(frame["id"], json!(id));
        assert_eq!(frame["forms"][form.0], json!(form.1));
    }
}

/// One frame that is no card, with this word, the sentence and remedy of the technician's screen, and no others.
fn refuses(format: &str, hex: &str, error: &str) {
    let (frames, code) = decoded(format, hex);
    assert_eq!((frames.len(), code), (1, Some(1)), "{hex}: {frames:?}");
    let frame = frames.first().unwrap();
    let (words, id) = (Words::new(), format!("frame-{error}"));
    let say = words.say(Lang::En);
    let advice = format!("{}: {}", say.text(&id), say.text(&format!("{id}-todo")));
    assert_eq!(frame["ok"], json!(false), "{hex}");
    assert_eq!(frame["error"], json!(error), "{hex}");
    assert_eq!(frame["advice"], json!(advice), "{hex}");
}

#[test]
fn what_a_pc_sc_reader_refuses_has_its_word() {
    for (hex, error) in [
        ("41 06 08 11 22 33 90 00", "random-id"),
        ("41 02 63 00", "no-uid"),
        ("4D", "no-uid"),
        ("41 07 01 02 03 04 05 90 00", "id-length"),
        ("41 01 90", "too-short"),
        ("58", "bad-byte"),
    ] {
        refuses("pcsc", hex, error);
    }
}

#[test]
fn every_documented_error_has_its_word() {
    for (format, hex, error) in [
        (
            "em4100",
            "02 36 37 30 30 33 42 35 31 43 36 43 43 03",
            "checksum",
        ),
        (
            "em4100",
            "02 36 37 30 30 33 42 35 31 43 36 43 03",
            "too-short",
        ),
        ("em4100", "02 36 37 30 30 33 42", "too-short"),
        (
            "em4100",
            "02 36 37 30 30 33 42 35 31 43 36 43 42 42 03",
            "too-long",
        ),
        ("em4100", "02 36 37 30 47", "bad-byte"),
        (
            "em4100",
            "AA AA AA 96 69 00 04 00 00 9F 00",
            "id-card-reader",
        ),
        (
            "lines",
            "AA AA AA 96 69 00 04 00 00 9F 00",
            "id-card-reader",
        ),
        ("lines", "30 30 30 35 35 39 31 32 33 34", "no-end-of-line"),
        (
            "lines",
            "03 0A 30 30 30 35 35 39 31 32 33 34",
            "protocol-mode",
        ),
        ("lines", "1B 5B 32 4A 0D", "not-text"),
        ("lines", "68 69 21 21 0D", "no-card"),
        ("lines", "C1 AA CD A8 0D", "foreign-text"),
        ("lines", "31 37 36 2C 34 32 34 39 33 0D", "24-bit"),
        (
            "gm65",
            "57 42 31 3A 4C 55 43 48 45 4E 47 3A 37 4B 33 4D 39 51 32 58 3A 30 30 30 30 0D",
            "code-check",
        ),
        (
            "gm65",
            "57 42 31 3A 4C 55 43 48 45 4E 47 3A 37 4B 33 4D 39 51 32 58 3A 52 31 38 31 0D",
            "other-town",
        ),
        (
            "pn532",
            "00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 9E B3 6E 66 AA 00",
            "checksum",
        ),
        (
            "pn532",
            "00 00 FF 0C F4 D5 4B 01 01 00 04 20 04 08 11 22 33 48 00",
            "random-id",
        ),
    ] {
        refuses(format, hex, error);
    }
}

#[test]
fn a_card_that_is_taken_away_is_told() {
    let (frames, code) = decoded("pcsc", "41 09 04 A1 B2 C3 D4 E5 F6 90 00 47 47");
    assert_eq!(frames[0]["id"], json!("04A1B2C3D4E5F6"));
    assert_eq!(frames[1]["removed"], json!("04A1B2C3D4E5F6"));
    assert_eq!((frames.len(), code), (2, Some(0)));
}

#[test]
fn text_of_a_foreign_code_is_shown_and_made_harmless() {
    // 联通 in GBK, an escape sequence, and bytes of no encoding.
    let (frames, _) = decoded("lines", "C1 AA CD A8 0D 1B 5B 32 4A 35 0D FF FE 35 35 0D");
    let said: Vec<_> = frames
        .iter()
        .map(|f| (f["encoding"].clone(), f["text"].clone()))
        .collect();
    assert_eq!(
        said,
        [
            (json!("gb18030"), json!("联通")),
            (json!("utf-8"), json!("[2J5")),
            (json!("hex"), json!("FF FE 35 35 0D")),
        ]
    );
}

#[test]
fn a_number_form_is_held_to() {
    let text = "30 30 34 35 31 33 31 32 36 31 0D 31 31 35 37 36 38 32 39 0D";
    let output = device(&[
        "decode", "--format", "lines", "--number", "8H10D", "--hex", text,
    ]);
    let frames = frames(&output);
    assert_eq!(frames[0]["forms"]["4H+4H"], json!("00688,42493"));
    assert_eq!(frames[1]["error"], json!("other-number-form"));
    for wrong in ["6H8D", "2H+4H", "9X"] {
        let refused = device(&[
            "decode", "--format", "lines", "--number", wrong, "--hex", "30",
        ]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn files_and_standard_input_are_read() {
    let path =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("caught-{}", std::process::id()));
    fs::write(&path, b"\x023C00CE754CCB\x03\x0262E3086CED08\r\n\x03").unwrap();
    let output = device(&["decode", "--format", "em4100", path.to_str().unwrap()]);
    let ids: Vec<_> = frames(&output)
        .iter()
        .map(|frame| frame["id"].clone())
        .collect();
    assert_eq!(ids, [json!("3C00CE754C"), json!("62E3086CED")]);
    assert_eq!(output.status.code(), Some(0));
    fs::remove_file(&path).unwrap();

    let gone = device(&["decode", "--format", "em4100", path.to_str().unwrap()]);
    assert_eq!(gone.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&gone.stderr).contains("caught-"));

    let mut child = Command::new(env!("CARGO_BIN_EXE_wenming"))
        .args(["device", "decode", "--format", "em4100"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"\x0262E3086CED08\x03")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(frames(&output)[0]["id"], json!("62E3086CED"));

    for (hex, said) in [
        ("0", "pairs of hex"),
        ("zz", "pairs of hex"),
        ("", "no frame"),
    ] {
        let output = device(&["decode", "--format", "em4100", "--hex", hex]);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(said), "{hex}");
    }
}

/// A folder that looks like `/dev`, and a config with a reader in it and one that is missing.
struct Computer(Folder);

impl Computer {
    fn new() -> Self {
        let dir = Folder::new("dev");
        for place in [
            "dev/serial/by-id",
            "dev/serial/by-path",
            "dev/usb",
            "config",
        ] {
            fs::create_dir_all(dir.join(place)).unwrap();
        }
        for device in ["ttyUSB0", "ttyUSB1", "ttyACM0", "usb/lp0", "null"] {
            fs::write(dir.join("dev").join(device), "").unwrap();
        }
        for (link, device) in [
            ("by-id/usb-1a86_USB_Serial-if00-port0", "ttyUSB1"),
            ("by-path/pci-1-port0", "ttyUSB0"),
            ("by-path/pci-2-port0", "ttyUSB1"),
            ("by-id/usb-Scanner_CDC-if00", "ttyACM0"),
            ("by-path/pci-3", "ttyACM0"),
        ] {
            symlink(
                dir.join("dev").join(device),
                dir.join("dev/serial").join(link),
            )
            .unwrap();
        }
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("kiosk-config");
        for file in ["station.toml", "catalogue.toml", "rules.toml", "staff.toml"] {
            let text = fs::read_to_string(example.join(file)).unwrap();
            let text = text.replace("\"/dev/serial", &format!("\"{}/dev/serial", dir.display()));
            let text = text.replace("usb-1a86_USB_Serial-if00-port0\"", "usb-gone\"");
            fs::write(dir.join("config").join(file), text).unwrap();
        }
        Self(dir)
    }

    fn list(&self, more: &[&str]) -> String {
        let (dev, config) = (self.0.join("dev"), self.0.join("config"));
        let mut args = vec![
            "list",
            "--dev",
            dev.to_str().unwrap(),
            "--config",
            config.to_str().unwrap(),
        ];
        args.extend(more);
        let output = device(&args);
        assert_eq!(output.status.code(), Some(0));
        let text = String::from_utf8(output.stdout).unwrap();
        text.replace(&self.0.display().to_string(), "")
    }
}

#[test]
fn ports_are_listed_by_the_names_that_stay() {
    let computer = Computer::new();
    assert_eq!(
        computer.list(&[]),
        "serial   /dev/serial/by-id/usb-Scanner_CDC-if00 = /dev/ttyACM0, used by reader \"scanner\"\n\
         serial   /dev/serial/by-path/pci-1-port0 = /dev/ttyUSB0\n\
         serial   /dev/serial/by-path/pci-2-port0 = /dev/ttyUSB1\n\
         printer  /dev/usb/lp0\n\
         missing  /dev/serial/by-id/usb-gone, of reader \"card\"\n"
    );
    let list: Value = serde_json::from_str(&computer.list(&["--json"])).unwrap();
    assert_eq!(list["ports"][0]["reader"], json!("scanner"));
    assert_eq!(list["ports"][2]["names"].as_array().unwrap().len(), 3);
    assert_eq!(list["ports"][3]["kind"], json!("printer"));
    assert_eq!(list["missing"][0]["reader"], json!("card"));
    assert_eq!(list["missing"][0]["why"], Value::Null);
    let empty = device(&["list", "--dev", "/nowhere", "--config", "/nowhere"]);
    assert_eq!(
        String::from_utf8_lossy(&empty.stdout),
        "no device is plugged in\n"
    );
}

impl Computer {
    /// Gives the reader that is missing another port and another format.
    fn replug(&self, port: &str, format: &str) {
        let path = self.0.join("config/station.toml");
        let text = fs::read_to_string(&path).unwrap();
        let gone = format!("\"{}/dev/serial/by-id/usb-gone\"", self.0.display());
        let (head, tail) = text.split_once(&gone).unwrap();
        let (format_of, tail) = tail.split_once("format = \"em4100\"").unwrap();
        // The speed is the format's own.
        let tail = tail.replacen("baud = 9600\n", "", 1);
        let text = format!("{head}\"{port}\"{format_of}format = \"{format}\"{tail}");
        fs::write(path, text).unwrap();
    }
}

#[test]
fn a_port_that_the_program_plays_is_not_missing() {
    let computer = Computer::new();
    computer.replug("sim:rdm6300", "em4100");
    let list = computer.list(&[]);
    let played = "played   sim:rdm6300, used by reader \"card\"\n";
    assert!(list.ends_with(played), "{list}");
    let list: Value = serde_json::from_str(&computer.list(&["--json"])).unwrap();
    assert_eq!(list["played"][0]["reader"], json!("card"));
    assert_eq!(list["missing"], json!([]));
}

#[cfg(not(feature = "pcsc"))]
#[test]
fn a_program_without_pc_sc_says_so_of_a_reader_that_needs_it() {
    let computer = Computer::new();
    computer.replug("pcsc:ACR122", "pcsc");
    let list = computer.list(&[]);
    let fault = list.lines().last().unwrap();
    let why = "this program was built without `pcsc`";
    assert!(fault.starts_with("config   /config/station.toml:"));
    assert!(fault.contains(why), "{list}");
    assert!(!list.contains("missing"), "{list}");
    let list: Value = serde_json::from_str(&computer.list(&["--json"])).unwrap();
    assert_eq!(list["config-faults"].as_array().unwrap().len(), 1);
}
