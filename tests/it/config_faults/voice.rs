//! Faults of `[voice]` and `[help]`.

use super::{STATION, check};
use wenming::config::{Sounds, Sources, parse};
use wenming::domain::Lang;

/// The good station with some lines more.
fn with(lines: &str) -> String {
    format!("village = {{ zh = \"禾月村\", en = \"Heyue\" }}\n{lines}")
}

const LAST: &str = "village = { zh = \"禾月村\", en = \"Heyue\" }";

#[test]
fn commands_are_lists_of_words() {
    let list =
        "write a list such as [\"aplay\", \"-q\", \"{file}\"], at most 16 words of 200 bytes";
    for (lines, wrong) in [
        (
            "[voice]\nspeak-zh = \"espeak-ng --stdin\"",
            "7:12: `speak-zh` is \"espeak-ng --stdin\"",
        ),
        (
            "[voice]\nspeak-en = []",
            "7:12: `speak-en` is an empty list",
        ),
        (
            "[voice]\nspeak-en = [\"espeak-ng\", \"\"]",
            "7:26: `speak-en` is \"\"",
        ),
        ("[help]\ncommand = [\"\"]", "7:12: `command` is \"\""),
    ] {
        check(
            LAST,
            &with(lines),
            &[&format!("station.toml:{wrong}; {list}")],
        );
    }
    check(
        LAST,
        &with("[voice]\nclips = \"/clips\"\nclip = [\"aplay\"]"),
        &[
            "station.toml:8:8: `clip` does not say where the clip goes; write [\"aplay\", \"-q\", \"{file}\"]",
        ],
    );
    check(
        LAST,
        &with("[voice]\nclip = [\"aplay\", \"{file}\"]"),
        &["station.toml:7:8: `clip` says nothing without `clips`; add the folder with zh/ and en/"],
    );
    check(
        LAST,
        &with("[voice]\nclips = \"clips\""),
        &["station.toml:7:9: `clips` is \"clips\"; write an absolute path"],
    );
    check(
        LAST,
        &with("[voice]\nsounds = \"bel\""),
        &["station.toml:7:10: `sounds` is \"bel\"; did you mean \"bell\"?"],
    );
    check(
        LAST,
        &with("[help]\n"),
        &["station.toml:6:1: [help] has no `command`; add `command = ...` to it"],
    );
}

#[test]
fn a_voice_is_read_and_is_off_without() {
    let read = |station: &str| {
        let config = parse(Sources {
            station,
            catalogue: super::CATALOGUE,
            rules: super::RULES,
            staff: super::STAFF,
            notices: "",
        });
        config.map(|config| config.voice)
    };
    let off = read(STATION).unwrap_or_default();
    assert!(!off.speaks() && off.sounds == Sounds::Off && off.help.is_none());
    let on =
        format!("{STATION}[voice]\nspeak-zh = [\"say\"]\nsounds = [\"play\", \"{{sound}}\"]\n");
    let on = read(&on).unwrap_or_default();
    assert!(on.speaks());
    assert_eq!(on.speak(Lang::Zh), Some(&vec!["say".to_owned()]));
    assert_eq!(on.speak(Lang::En), None);
    assert_eq!(
        on.sounds,
        Sounds::Command(vec!["play".to_owned(), "{sound}".to_owned()])
    );
}
