//! Faults of `notices.toml`, which a station may do without.

use super::{CATALOGUE, RULES, STAFF, STATION, schema};
use crate::common::told::line;
use wenming::config::{ActivityDay, Config, Notices, parse};

fn read(notices: &str) -> Result<Config, Vec<String>> {
    let sources = wenming::config::Sources {
        station: STATION,
        catalogue: CATALOGUE,
        rules: RULES,
        staff: STAFF,
        notices,
    };
    let config = parse(sources).map_err(|faults| faults.iter().map(line).collect());
    let faults: &[String] = config.as_ref().err().map_or(&[], Vec::as_slice);
    schema::agrees(&[("notices", notices)], faults);
    config
}

#[test]
fn notices_that_are_right_are_read() {
    let text = "[[announcement]]\ntext = { zh = \"开会\", en = \"Meeting\" }\nuntil = 2026-12-01\n\
        [[activity]]\nweekday = \"sun\"\ntime = \"09:05\"\ntext = { zh = \"太极\", en = \"Tai chi\" }\n\
        [[honour]]\nname = \"石大山\"\nreason = { zh = \"扫雪\", en = \"snow\" }\n";
    let notices = read(text).map(|config| config.notices).unwrap_or_default();
    assert_eq!(notices.announcements.len(), 1);
    assert!(notices.announcements.iter().all(|a| a.until.is_some()));
    let sunday = ActivityDay::Weekly(chrono::Weekday::Sun);
    let activities: Vec<_> = notices
        .activities
        .iter()
        .map(|a| (a.on, a.minute))
        .collect();
    assert_eq!(activities, [(sunday, 545)]);
    assert_eq!(notices.honours.len(), 1);
    assert!(read("").is_ok_and(|config| config.notices == Notices::default()));
}

#[test]
fn every_fault_has_its_place_and_its_remedy() {
    let wide = "宽".repeat(26);
    let long = format!("[[announcement]]\ntext = {{ zh = \"{wide}\", en = \"a\" }}\n");
    let many = "[[honour]]\nname = \"石\"\nreason = { zh = \"雪\", en = \"snow\" }\n".repeat(13);
    for (text, want) in [
        (long.as_str(), "notices.toml:2:15: `zh` \"宽宽"),
        (long.as_str(), "is 52 cells wide; at most 50 fit"),
        (
            many.as_str(),
            "notices.toml:37:1: there are 13 [[honour]]; at most 12 are shown",
        ),
        (
            "[[activity]]\ntime = \"09:00\"\ntext = { zh = \"会\", en = \"a\" }",
            "notices.toml:1:1: [[activity]] needs one of `day` and `weekday`; write `day",
        ),
        (
            "[[activity]]\nweekday = \"sta\"\ntime = \"9:00\"\ntext = { zh = \"会\", en = \"a\" }",
            "notices.toml:2:11: `weekday` is \"sta\"; write one of mon, tue",
        ),
        (
            "[[activity]]\nweekday = \"sat\"\ntime = \"9:00\"\ntext = { zh = \"会\", en = \"a\" }",
            "notices.toml:3:8: `time` is \"9:00\"; write a time such as",
        ),
        (
            "[[anouncement]]\n",
            "notices.toml:1:3: unknown key `anouncement` in notices.toml; did you mean `announcement`?",
        ),
        (
            "[[honour]]\nname = \"a\\u001b[2J\"\nreason = { zh = \"雪\", en = \"snow\" }",
            "notices.toml:2:8: `name` holds U+001B, which is invisible; write",
        ),
        (
            "[[announcement]]\ntext = { zh = \"会·会\", en = \"a\" }",
            "which some terminals draw twice as wide",
        ),
    ] {
        let faults = read(text).err().unwrap_or_default();
        assert!(
            faults.iter().any(|fault| fault.contains(want)),
            "want {want}; got {faults:?}"
        );
    }
}
