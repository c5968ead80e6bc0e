//! Schedules, recipients and sinks.

use super::check;

/// A station with these lines at its end.
#[track_caller]
fn with(lines: &str, want: &[&str]) {
    let end = "village = { zh = \"禾月村\", en = \"Heyue\" }\n";
    check(end, &format!("{end}{lines}"), want);
}

#[test]
fn good_exports_have_no_faults() {
    with(
        r#"[export]
schedule = ["12:00", "18:00", "0 */2 * * *", "30 20 L * *", "0 8-18 * JAN,JUL MON-FRI"]
recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
[[sink]]
name = "共享盘"
kind = "directory"
path = "/srv/vpb"
[[sink]]
name = "U盘"
kind = "stick"
label = "VPB_STICK"
[[sink]]
name = "云盘"
kind = "s3"
endpoint = "http://127.0.0.1:5000/"
bucket = "vpb"
region = "us-east-1"
key-file = "/etc/wenming/s3.key"
"#,
        &[],
    );
}

#[test]
fn times_and_patterns_that_are_none() {
    for (entry, want) in [
        (
            "25:00",
            "has the time \"25:00\"; times are 00:00 to 23:59, always with two digits each",
        ),
        (
            "24:00",
            "has the time \"24:00\"; times are 00:00 to 23:59, always with two digits each",
        ),
        (
            "8:00",
            "has the time \"8:00\"; times are 00:00 to 23:59, always with two digits each",
        ),
        (
            "noon",
            "has \"noon\"; write a time such as \"18:00\", or minute hour day month weekday such as \"0 */2 * * *\"",
        ),
        (
            "0 0 12 * * *",
            "has \"0 0 12 * * *\"; write a time such as \"18:00\", or minute hour day month weekday such as \"0 */2 * * *\"",
        ),
        ("61 * * * *", "has the minute \"61\"; minutes are 0 to 59"),
        ("0 25 * * *", "has the hour \"25\"; hours are 0 to 23"),
        ("0 */0 * * *", "has the hour \"*/0\"; hours are 0 to 23"),
        ("0 18-8 * * *", "has the hour \"18-8\"; hours are 0 to 23"),
        (
            "0 0 32 * *",
            "has the day \"32\"; days are 1 to 31, or L for the last",
        ),
        (
            "0 0 * 13 *",
            "has the month \"13\"; months are 1 to 12, or JAN to DEC",
        ),
        (
            "0 0 * * MAN",
            "has the weekday \"MAN\"; weekdays are 0 to 6 from Sunday, or SUN to SAT",
        ),
        (
            "0 0 * * 柳",
            "has the weekday \"柳\"; weekdays are 0 to 6 from Sunday, or SUN to SAT",
        ),
        (
            "0 0 30 2 *",
            "has \"0 0 30 2 *\", which no day of any year matches; choose a day that its month has, or L for the last one",
        ),
    ] {
        with(
            &format!("[export]\nschedule = [\"12:00\", \"{entry}\"]\n"),
            &[&format!("station.toml:7:22: `schedule` {want}")],
        );
    }
}

#[test]
fn schedules_and_recipients_of_the_wrong_shape() {
    with(
        "[export]\nschedule = []\nrecipients = \"age1\"\n",
        &[
            "station.toml:7:12: `schedule` is an empty list; write a list such as [\"12:00\", \"18:00\"], or leave it out",
            "station.toml:8:1: unknown key `recipients` in [export]; did you mean `recipient`?",
        ],
    );
    with(
        "[export]\nschedule = [12, \"12:60\"]\nrecipient = \"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q\"\n",
        &[
            "station.toml:7:13: `schedule` is 12; write a text between two \"",
            "station.toml:7:17: `schedule` has the time \"12:60\"; times are 00:00 to 23:59, always with two digits each",
            "station.toml:8:13: `recipient` is \"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2el\"; copy the whole line that begins with age1 from HQ, a character is missing or wrong",
        ],
    );
    let many = ["\"12:00\""; 9].join(", ");
    with(
        &format!("[export]\nschedule = [{many}]\n"),
        &[
            "station.toml:7:85: `schedule` has 9 entries; at most 8 work; \"0 8-18 * * *\" says every hour from 8 to 18",
        ],
    );
}

#[test]
fn sinks_that_lack_something() {
    with(
        "[[sink]]\nname = \"A\"\n[[sink]]\nkind = \"ftp\"\n[[sink]]\nname = \"B\"\nkind = \"stik\"\n",
        &[
            "station.toml:6:1: [[sink]] has no `kind`; add `kind = ...` to it",
            "station.toml:8:1: [[sink]] has no `name`; add `name = ...` to it",
            "station.toml:9:8: `kind` is \"ftp\"; write one of directory, stick, s3",
            "station.toml:12:8: `kind` is \"stik\"; did you mean \"stick\"?",
        ],
    );
    with(
        "[[sink]]\nname = \"A\"\nkind = \"directory\"\n[[sink]]\nname = \"B\"\nkind = \"stick\"\n[[sink]]\nname = \"C\"\nkind = \"s3\"\n",
        &[
            "station.toml:6:1: [[sink]] has no `path`; add `path = ...` to it",
            "station.toml:9:1: [[sink]] has no `label`; add `label = ...` to it",
            "station.toml:12:1: [[sink]] has no `endpoint`; add `endpoint = ...` to it",
            "station.toml:12:1: [[sink]] has no `bucket`; add `bucket = ...` to it",
            "station.toml:12:1: [[sink]] has no `region`; add `region = ...` to it",
            "station.toml:12:1: [[sink]] has no `key-file`; add `key-file = ...` to it",
        ],
    );
}

#[test]
fn sinks_with_values_that_cannot_be() {
    for path in ["srv/vpb", "./vpb", "/srv/../etc", ""] {
        with(
            &format!("[[sink]]\nname = \"A\"\nkind = \"directory\"\npath = \"{path}\"\n"),
            &[&format!(
                "station.toml:9:8: `path` is \"{path}\"; write a path that begins with / and has no .."
            )],
        );
    }
    with(
        "[[sink]]\nname = \"A\"\nkind = \"stick\"\nlabel = \"../x\"\n",
        &[
            "station.toml:9:9: `label` is \"../x\"; write 1 to 16 letters, digits, - or _, as on the stick",
        ],
    );
    with(
        "[[sink]]\nname = \"云盘·镇\"\nkind = \"s3\"\nendpoint = \"http://s3.example.org\"\nbucket = \"-vpb\"\nregion = \"US\"\nkey-file = \"s3.key\"\n",
        &[
            "station.toml:7:8: `name` holds `·` (U+00B7), which some terminals draw twice as wide; write the text without it",
            "station.toml:9:12: `endpoint` is \"http://s3.example.org\"; write an address such as https://s3.example.org",
            "station.toml:10:10: `bucket` is \"-vpb\"; write 3 to 63 of a-z 0-9 . -, beginning and ending with a-z 0-9",
            "station.toml:11:10: `region` is \"US\"; write 1 to 40 of a-z 0-9 -, us-east-1 where the store has none",
            "station.toml:12:12: `key-file` is \"s3.key\"; write a path that begins with / and has no ..",
        ],
    );
    for endpoint in [
        "https://",
        "https://a/b",
        "https://u:p@a",
        "s3.example.org",
        "ftp://a",
        "http://localhost.example.org",
    ] {
        with(
            &format!(
                "[[sink]]\nname = \"A\"\nkind = \"s3\"\nendpoint = \"{endpoint}\"\nbucket = \"vpb\"\nregion = \"r\"\nkey-file = \"/k\"\n"
            ),
            &[&format!(
                "station.toml:9:12: `endpoint` is \"{endpoint}\"; write an address such as https://s3.example.org"
            )],
        );
    }
}

#[test]
fn sinks_that_disturb_each_other() {
    let folder = |name: &str, path: &str| {
        format!("[[sink]]\nname = \"{name}\"\nkind = \"directory\"\npath = \"{path}\"\n")
    };
    with(
        &format!("{}{}", folder("A", "/srv/vpb"), folder("A", "/srv/vpb")),
        &[
            "station.toml:11:8: sink name \"A\" is already used on line 7; give each its own",
            "station.toml:13:8: this folder is already used on line 9; give each its own",
        ],
    );
    with(
        "[[sink]]\nname = \"A\"\nkind = \"stick\"\nlabel = \"A\"\npath = \"/a\"\n[[sink]]\nname = \"B\"\nkind = \"stick\"\nlabel = \"B\"\n",
        &[
            "station.toml:10:8: `path` is for directory; take it out, or correct `kind`",
            "station.toml:13:8: kind \"stick\" is already used on line 8; give each its own",
        ],
    );
    let five: String = (0..5)
        .map(|n| folder(&format!("S{n}"), &format!("/s/{n}")))
        .collect();
    with(
        &five,
        &["station.toml:22:1: there are 5 [[sink]]; at most 4 work, take the others out"],
    );
}
