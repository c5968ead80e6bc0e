//! Signs that only look like the right ones: a fault names the sign, its number and what to type.

use super::check;
use crate::common::told::{self, assert_chinese, english};
use wenming::domain::{Lang, OddSign};
use wenming::words;

#[test]
fn a_sign_that_is_not_toml_is_named() {
    check(
        "id = \"HY01\"",
        "id = “HY01”",
        &[
            "station.toml:3:6: not TOML: string values must be quoted, expected literal string; `“` (U+201C) is a Chinese quotation mark: write `\"`",
        ],
    );
    for (blank, name) in [
        ("\u{3000}", "U+3000 is a wide blank"),
        ("\u{a0}", "U+00A0 is a blank that keeps words together"),
    ] {
        for line in [
            format!("id{blank}= \"HY01\""),
            format!("id ={blank}\"HY01\""),
            format!("{blank}id = \"HY01\""),
        ] {
            let want = format!("{name}: write an ordinary one");
            assert_fault(&line, &want);
        }
    }
    assert_fault("id ＝ \"HY01\"", "`＝` (U+FF1D) is a wide sign: write `=`");
    assert_fault("id\u{200b} = \"HY01\"", "U+200B is invisible: take it out");
    assert_fault(
        "id = \"HY01\" ＃ here",
        "`＃` (U+FF03) is a wide sign: write `#`",
    );
}

/// That this line in place of the station's id is one fault, which ends so.
#[track_caller]
fn assert_fault(line: &str, want: &str) {
    let station = super::STATION.replacen("id = \"HY01\"", line, 1);
    let result = super::parse(super::Sources {
        station: &station,
        catalogue: super::CATALOGUE,
        rules: super::RULES,
        staff: super::STAFF,
        notices: "",
    });
    let faults = result.err().unwrap_or_default();
    let got: Vec<String> = faults.iter().map(told::line).collect();
    assert_eq!(got.len(), 1, "{line}: {got:#?}");
    for fault in got {
        assert!(fault.starts_with("station.toml:3:"), "{fault}");
        assert!(fault.ends_with(&format!("; {want}")), "{fault}");
    }
}

#[test]
fn a_sign_in_a_value_is_named() {
    check(
        "hours = [\"mon-fri 08:00-11:30\"]",
        "hours = [\"mon-fri 08：00-11:30\"]",
        &[
            "catalogue.toml:7:10: `hours` has the time \"08：00\"; times are 00:00 to 24:00, always with two digits each; `：` (U+FF1A) is a wide sign: write `:`",
        ],
    );
    check(
        "id = \"A001\"",
        "id = \"А001\"",
        &[
            "staff.toml:2:6: `id` is \"А001\"; write 1 to 12 of A-Z 0-9 -, not beginning with -; `А` (U+0410) is a letter of another alphabet: write `A`",
        ],
    );
    check(
        "kind = \"goods\"",
        "kind = \"goods\u{200b}\"",
        &[
            "catalogue.toml:12:8: `kind` is \"goods\"; did you mean \"goods\"?; U+200B is invisible: take it out",
        ],
    );
    check(
        "price = 30",
        "\"price\u{200b}\" = 30",
        &[
            "catalogue.toml:14:1: unknown key `price` in [[item]]; did you mean `price`?; U+200B is invisible: take it out",
        ],
    );
    // A secret is not told, not one sign of it.
    check(
        "badge = \"0009000001\"",
        "badge = \"０００９\"",
        &[
            "staff.toml:5:9: `badge` is no card number; write 4 to 32 letters and digits between two \", as the reader gives them",
        ],
    );
}

#[test]
fn letters_of_two_widths_and_piled_marks() {
    for (label, letter, point) in [
        ("α菜", 'α', "03B1"),
        ("café", 'é', "00E9"),
        ("Ёлка", 'Ё', "0401"),
    ] {
        check(
            "zh = \"大米\"",
            &format!("zh = \"{label}\""),
            &[&format!(
                "catalogue.toml:11:15: `zh` holds `{letter}` (U+{point}), which some terminals draw twice as wide; write the text without it"
            )],
        );
    }
    for label in [format!("米{}", "\u{335}".repeat(9)), "\u{301}米".to_owned()] {
        check(
            "zh = \"大米\"",
            &format!("zh = \"{label}\""),
            &[
                "catalogue.toml:11:15: `zh` holds marks that belong to no letter, or too many for one; write each letter with the marks it has in a book",
            ],
        );
    }
}

#[test]
fn odd_signs_are_named_with_what_to_type() {
    for (text, want) in [
        (
            "“HY01”",
            "`“` (U+201C) is a Chinese quotation mark: write `\"`",
        ),
        ("12：00", "`：` (U+FF1A) is a wide sign: write `:`"),
        ("Ａ01", "`Ａ` (U+FF21) is a wide sign: write `A`"),
        (
            "a\u{3000}b",
            "U+3000 is a wide blank: write an ordinary one",
        ),
        (
            "a\u{a0}b",
            "U+00A0 is a blank that keeps words together: write an ordinary one",
        ),
        ("tap\u{200b}", "U+200B is invisible: take it out"),
        ("\u{feff}#", "U+FEFF is invisible: take it out"),
        (
            "08:00–11:30",
            "`–` (U+2013) is a dash of another kind: write `-`",
        ),
        (
            "А001",
            "`А` (U+0410) is a letter of another alphabet: write `A`",
        ),
        (
            "Υ1",
            "`Υ` (U+03A5) is a letter of another alphabet: write `Y`",
        ),
    ] {
        let sign = OddSign::in_word(text).unwrap().told();
        assert_chinese(&words::told(&sign, Lang::Zh));
        assert_eq!(english(&sign), want, "{text:?}");
    }
}
