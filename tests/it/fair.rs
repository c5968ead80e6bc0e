//! The fair rules at the real program: `wenming check` names the line and the number of each that a rule book breaks or
//! may break.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use crate::common::told::what;
use crate::folder::Folder;
use crate::harness::{fed, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use wenming::config::survey;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What `wenming check` prints of a folder on that day, without its path: on standard output, and on the other.
fn check(dir: &Path, day: &str) -> (Option<i32>, Vec<String>, Vec<String>) {
    let output = fed(
        &["check", "--config", text(dir), "--day", day],
        "",
        Stdio::piped(),
    );
    let path = format!("{}/", dir.display());
    let lines = |bytes: Vec<u8>| {
        let all = String::from_utf8(bytes).unwrap().replace(&path, "");
        all.lines().map(str::to_owned).collect()
    };
    (
        output.status.code(),
        lines(output.stdout),
        lines(output.stderr),
    )
}

#[test]
fn eleven_planted_faults_are_eleven_findings() {
    let (code, doubts, faults) = check(&root("fixtures/configs/unfair"), "2026-12-01");
    assert_eq!(code, Some(1));
    assert_eq!(
        doubts,
        [
            "warning: rules.toml:20:8: F2: `name` of a rule that takes points says 不参加; nobody loses points for saying something or staying away: take the rule out if it does that",
            "warning: rules.toml:56:1: F5: nothing bounds what one person can get by this rule; add `cap = { points = 40, per = \"month\" }`, or the cap of a household",
            "warning: rules.toml:132:8: F10: `from` is 2026-12-05, 4 days after 2026-12-01; a change is shown 7 days before it holds: if it was not, write a later day",
            "warning: rules.toml:149:8: F11: minors would propose entries that no guardian sees; write `path = \"guardian\"` in a rule of their own, or take `minor` or `self` out",
        ]
    );
    assert_eq!(
        faults,
        [
            "wenming: 7 faults in the config",
            "rules.toml:13:8: F1: one person alone would take points; write `path = \"second\"`, or `review` or `town`",
            "rules.toml:40:1: F3: unknown key `answer` in [[rule]]; how somebody votes or rates never changes points, only taking part may: take it out",
            "rules.toml:53:13: F4: \"yard\" is the set of this rule alone; give the other rule of the same fact the same word, or take it out",
            "rules.toml:77:1: F6: unknown key `min-standing` in [[rule]]; standing opens something and never closes anything to anybody: take it out",
            "rules.toml:92:1: F7: unknown key `publish` in [[rule]]; lists show a plus with a masked name and a minus as a number only: take it out",
            "rules.toml:104:12: F8: a manager decides this, and would decide what a manager submits; write `recorder = \"attendant\"`",
            "rules.toml:121:1: F9: unknown key `expires` in [[rule]]; when points end is one rule for all of them and is said when they are earned: take it out",
        ]
    );
}

/// The places and numbers of what is doubtful in the example with a part of its rule book exchanged.
fn doubts(right: &str, wrong: &str, day: &str) -> Vec<String> {
    let dir = Folder::new("fair");
    let example = root("kiosk-config");
    for file in ["station.toml", "catalogue.toml", "staff.toml"] {
        fs::copy(example.join(file), dir.join(file)).unwrap();
    }
    let rules = fs::read_to_string(example.join("rules.toml")).unwrap();
    assert!(rules.contains(right), "{right}");
    let rules = rules.replacen(right, wrong, 1);
    fs::write(dir.join("rules.toml"), &rules).unwrap();
    let survey = survey(&dir, day.parse().unwrap());
    assert!(survey.config.is_ok(), "{:?}", survey.config);
    let told = survey.doubts.iter().map(|doubt| {
        let line = rules.lines().nth(doubt.line - 1).unwrap();
        let what = what(doubt);
        let (rule, _) = what.split_once(':').unwrap();
        format!("{rule} {line}")
    });
    told.collect()
}

const DAY: &str = "2026-11-21";
const NONE: [&str; 0] = [];

#[test]
fn the_example_leaves_no_doubt() {
    assert_eq!(doubts("", "", DAY), NONE);
    let (code, told, faults) = check(&root("kiosk-config"), DAY);
    assert_eq!((code, faults.as_slice()), (Some(0), &[][..]));
    assert!(
        !told.iter().any(|line| line.contains("rules.toml")),
        "{told:?}"
    );
}

#[test]
fn f2_looks_at_every_text_of_a_minus_and_at_no_plus() {
    for word in [
        "信访",
        "上访",
        "投诉",
        "举报",
        "12345",
        "不参与",
        "不参加",
        "拒绝参与",
        "漠不关心",
        "意见",
    ] {
        let name = format!("name = {{ zh = \"去{word}的\", en = \"Loose poultry\" }}");
        let told = doubts(
            "name = { zh = \"家禽散养\", en = \"Loose poultry\" }",
            &name,
            DAY,
        );
        assert_eq!(told, [format!("F2 {name}")]);
        // What adopts somebody's words, or thanks for them, is welcome.
        let plus = format!("name = {{ zh = \"{word}\"");
        assert_eq!(doubts("name = { zh = \"建议被采纳\"", &plus, DAY), NONE);
    }
    let evidence = "evidence = { zh = \"信 访 记录\", en = \"note\" }";
    let told = doubts(
        "evidence = { zh = \"照片编号\", en = \"photo number\" }",
        evidence,
        DAY,
    );
    assert_eq!(told, [format!("F2 {evidence}")]);
    let right = "points = 8\nrepeat = [8, 15, 20]";
    let choices = "choices = [{ zh = \"上访一次\", en = \"One\", points = 5 }, { zh = \"别的\", en = \"Other\", points = 6 }]";
    assert_eq!(doubts(right, choices, DAY), [format!("F2 {choices}")]);
}

#[test]
fn f5_wants_a_bound_a_notice_and_somebody_who_looks() {
    let cap = "cap = { points = 40, per = \"month\" }\n";
    assert_eq!(doubts(cap, "", DAY), ["F5 [[rule]]"]);
    let household = format!("household-{cap}");
    assert_eq!(doubts(cap, &household, DAY), NONE);
    assert_eq!(doubts("notice-days = 7\n", "", DAY), ["F5 [[rule]]"]);
    let shown = "evidence = { zh = \"失主签字\", en = \"signature of the owner\" }\n";
    assert_eq!(doubts(shown, "", DAY), ["F5 recorder = \"attendant\""]);
    for more in ["second-above = 10\n", "path = \"second\"\n"] {
        assert_eq!(doubts(shown, more, DAY), NONE, "{more}");
    }
}

#[test]
fn f10_counts_the_days_until_a_change_holds() {
    let from = "from = 2026-06-01";
    for (day, doubtful) in [
        ("2026-05-24", false),
        ("2026-05-25", false),
        ("2026-05-26", true),
        ("2026-05-31", true),
        ("2026-06-01", false),
        ("2026-06-02", false),
        ("1970-01-01", false),
    ] {
        let want: &[String] = if doubtful {
            &[format!("F10 {from}")]
        } else {
            &[]
        };
        assert_eq!(doubts("", "", day), want, "{day}");
    }
}

#[test]
fn f11_a_minor_proposes_before_a_guardian_only() {
    let award = "choices = [\n    { zh = \"国家级\", en = \"National\", points = 50 },\n    { zh = \"省级\", en = \"Province\", points = 30 },\n    { zh = \"县级\", en = \"County\", points = 15 },\n    { zh = \"村级\", en = \"Village\", points = 5 },\n]";
    let of = |groups: &str| format!("points = 5\npoints-group = {{ {groups} }}");
    assert_eq!(doubts(award, &of("minor = 3"), DAY), ["F11 self = true"]);
    assert_eq!(doubts(award, &of("party-member = 3"), DAY), NONE);
    let child = "recorder = \"attendant\"\npath = \"guardian\"";
    let group = format!("points-group = {{ minor = 1 }}\n{child}");
    assert_eq!(doubts(child, &group, DAY), NONE);
}
