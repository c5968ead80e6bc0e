//! The rule book: what cannot stand together in a rule, and the fair rules that are faults.

use super::check;

/// What follows the name in the good file.
const PLUS: &str = r#"direction = "plus"
points = 5
unit = "time"
recorder = "attendant"
"#;
/// The same for a rule that takes points, without fault.
const MINUS: &str = r#"direction = "minus"
points = 8
unit = "time"
evidence = { zh = "照片", en = "photo" }
recorder = "manager"
path = "second"
remedy = { days = 7, back = 50 }
"#;

/// The good rule with something more, from line 9 on.
#[track_caller]
fn plus(more: &str, want: &[&str]) {
    check(PLUS, &format!("{PLUS}{more}\n"), want);
}

/// The minus with a part exchanged.
#[track_caller]
fn minus(right: &str, wrong: &str, want: &[&str]) {
    assert!(MINUS.contains(right), "{right}");
    check(PLUS, &MINUS.replacen(right, wrong, 1), want);
}

/// A rule that a committee decides, with a part exchanged; `path` is on line 9.
#[track_caller]
fn review(right: &str, wrong: &str, want: &[&str]) {
    let good = "path = \"review\"\ncommittee = \"HONGBAI\"\nnotice-days = 7";
    assert!(good.contains(right), "{right}");
    plus(&good.replacen(right, wrong, 1), want);
}

#[test]
fn rules_as_villages_have_them() {
    minus("", "", &[]);
    minus("remedy = { days = 7, back = 50 }", "remedy = \"none\"", &[]);
    minus("points = 8", "points = 8\nrepeat = [8, 15, 20]", &[]);
    minus("second", "town", &[]);
    review("", "", &[]);
    plus(
        "path = \"guardian\"\nself = true\npoints-group = { minor = 1 }",
        &[],
    );
    plus(
        "scope = \"town\"\ncounts = \"points\"\nsecond-above = 20\npath = \"direct\"",
        &[],
    );
    plus(
        "household-cap = { points = 20, per = \"month\" }\nminutes = false",
        &[],
    );
    check(
        PLUS,
        "direction = \"plus\"\nchoices = [{ zh = \"县级\", en = \"County\", points = 15 }, { zh = \"村级\", en = \"Village\", points = 5 }]\nunit = \"time\"\nrecorder = \"attendant\"\n",
        &[],
    );
}

#[test]
fn what_only_a_minus_or_only_a_plus_has() {
    plus(
        "remedy = { days = 7, back = 50 }\nrepeat = [5, 10]",
        &[
            "rules.toml:9:10: `remedy` is for minus; take it out, or correct `direction`",
            "rules.toml:10:10: `repeat` is for minus; take it out, or correct `direction`",
        ],
    );
    minus(
        "points = 8",
        "points = 8\nminutes = true\nhousehold-cap = { points = 20, per = \"month\" }",
        &[
            "rules.toml:7:11: `minutes` is for plus; take it out, or correct `direction`",
            "rules.toml:8:17: `household-cap` is for plus; take it out, or correct `direction`",
        ],
    );
    minus(
        "points = 8",
        "points = 8\nself = true\nsecond-above = 5",
        &[
            "rules.toml:7:8: `self` is true; nobody proposes that points are taken from somebody: take it out",
            "rules.toml:8:16: `second-above` is for direct; take it out, or correct `path`",
        ],
    );
}

#[test]
fn what_goes_with_a_path() {
    review(
        "committee = \"HONGBAI\"\n",
        "",
        &["rules.toml:1:1: [[rule]] has no `committee`; add `committee = ...` to it"],
    );
    review(
        "HONGBAI",
        "hongbai",
        &[
            "rules.toml:10:13: `committee` is \"hongbai\"; write 1 to 12 of A-Z 0-9 -, not beginning with -",
        ],
    );
    review(
        "notice-days = 7",
        "notice-days = 16",
        &["rules.toml:11:15: `notice-days` is 16; write a whole number from 0 to 15"],
    );
    let lone = [
        "rules.toml:9:13: `committee` is for review; take it out, or correct `path`",
        "rules.toml:10:15: `notice-days` is for review; take it out, or correct `path`",
    ];
    review("path = \"review\"\n", "", &lone);
    for path in ["direct", "second", "guardian", "town"] {
        let after = ["10:13", "11:15"];
        let moved: Vec<String> = lone
            .iter()
            .zip(["9:13", "10:15"].into_iter().zip(after))
            .map(|(line, (from, to))| line.replace(from, to))
            .collect();
        let want: Vec<&str> = moved.iter().map(String::as_str).collect();
        review("\"review\"", &format!("\"{path}\""), &want);
    }
    plus(
        "self = true",
        &[
            "rules.toml:9:8: `self` is for second and review and guardian and town; take it out, or correct `path`",
        ],
    );
    plus(
        "path = \"second\"\nsecond-above = 20",
        &["rules.toml:10:16: `second-above` is for direct; take it out, or correct `path`"],
    );
    plus(
        "path = \"reveiw\"\nscope = \"village\"\ncounts = \"none\"",
        &[
            "rules.toml:9:8: `path` is \"reveiw\"; did you mean \"review\"?",
            "rules.toml:10:9: `scope` is \"village\"; write one of home, here, town",
            "rules.toml:11:10: `counts` is \"none\"; write one of points, standing, both",
        ],
    );
}

#[test]
fn amounts_by_degree() {
    let county = "{ zh = \"县级\", en = \"County\", points = 15 }";
    let village = "{ zh = \"村级\", en = \"Village\", points = 5 }";
    plus(
        &format!("points-group = {{ minor = 6 }}\nchoices = [{county}, {village}]"),
        &[
            "rules.toml:6:10: `points` beside `choices`; the amount goes by the degree: leave this one out",
            "rules.toml:9:16: `points-group` beside `choices`; the amount goes by the degree: leave this one out",
        ],
    );
    let degrees = |all: &str, want: &[&str]| {
        let text = PLUS.replacen("points = 5", &format!("choices = [{all}]"), 1);
        check(PLUS, &text, want);
    };
    degrees(
        county,
        &[
            "rules.toml:6:11: `choices` has fewer than two degrees; write two or more, or `points` instead",
        ],
    );
    degrees(
        &format!("{county}, {county}"),
        &["rules.toml:6:62: choice \"县级\" is already used on line 6; give each its own"],
    );
    let ten: Vec<String> = (0..10)
        .map(|n| county.replace("县级", &format!("第{n}级")))
        .collect();
    degrees(
        &ten.join(", "),
        &[
            "rules.toml:6:408: there are 10 { zh, en, points }; at most 9 can be told apart, join some",
        ],
    );
}

#[test]
fn amounts_by_the_time_and_what_they_bound() {
    minus(
        "points = 8",
        "points = 8\nrepeat = [8, 15, 15]",
        &[
            "rules.toml:7:10: `repeat` is a list; write each amount higher than the one before, such as [8, 15, 20]",
        ],
    );
    minus(
        "points = 8",
        "points = 8\nrepeat = 8",
        &["rules.toml:7:10: `repeat` is 8; write two to five amounts, such as [8, 15, 20]"],
    );
    minus(
        "points = 8",
        "points = 8\nrepeat = [8]",
        &["rules.toml:7:10: `repeat` is a list; write two to five amounts, such as [8, 15, 20]"],
    );
    minus(
        "points = 8",
        "points = 8\nrepeat = [10, 20]",
        &[
            "rules.toml:7:10: `repeat` begins with 10, but `points` is 8; write the same number in both",
        ],
    );
    minus(
        "points = 8",
        "points = 8\npoints-group = { minor = 4 }\nrepeat = [8, 20]",
        &[
            "rules.toml:8:10: `repeat` beside `points-group`; the amounts go by the time: take one of them out",
        ],
    );
    plus(
        "minutes = true",
        &[
            "rules.toml:9:11: `minutes` is true; service time is counted by unit = \"hour\": write that, or take this out",
        ],
    );
    plus(
        "household-cap = { points = 4, per = \"month\" }",
        &["rules.toml:9:28: `points` is 4; write a whole number from 5 to 100000"],
    );
}

#[test]
fn f1_a_minus_is_proved_seen_by_two_and_can_be_put_right() {
    minus(
        "evidence = { zh = \"照片\", en = \"photo\" }\n",
        "",
        &[
            "rules.toml:1:1: F1: nothing need be shown for what is taken; add `evidence = { zh = \"...\", en = \"...\" }`",
        ],
    );
    minus(
        "remedy = { days = 7, back = 50 }\n",
        "",
        &[
            "rules.toml:1:1: F1: nothing says whether it can be put right; add `remedy = { days = 7, back = 50 }` or `remedy = \"none\"`",
        ],
    );
    let alone =
        "F1: one person alone would take points; write `path = \"second\"`, or `review` or `town`";
    minus(
        "path = \"second\"\n",
        "",
        &[&format!("rules.toml:1:1: {alone}")],
    );
    for path in ["direct", "guardian"] {
        let want = format!("rules.toml:10:8: {alone}");
        minus("second", path, &[&want]);
    }
    minus(
        "{ days = 7, back = 50 }",
        "\"no\"",
        &["rules.toml:11:10: `remedy` is \"no\"; write { days = 7, back = 50 }, or \"none\""],
    );
    minus(
        "{ days = 7, back = 50 }",
        "{ days = 0, back = 101 }",
        &[
            "rules.toml:11:19: `days` is 0; write a whole number from 1 to 90",
            "rules.toml:11:29: `back` is 101; write a whole number from 1 to 100",
        ],
    );
}

#[test]
fn f3_f6_f7_f9_have_no_field() {
    for (key, why) in [
        ("vote", "F3"),
        ("answer", "F3"),
        ("rating", "F3"),
        ("min-standing", "F6"),
        ("max-standing", "F6"),
        ("publish", "F7"),
        ("expires", "F9"),
        ("valid-for", "F9"),
    ] {
        let reason = match why {
            "F3" => "how somebody votes or rates never changes points, only taking part may",
            "F6" => "standing opens something and never closes anything to anybody",
            "F7" => "lists show a plus with a masked name and a minus as a number only",
            _ => "when points end is one rule for all of them and is said when they are earned",
        };
        let want = format!("{why}: unknown key `{key}` in [[rule]]; {reason}: take it out");
        plus(&format!("{key} = 1"), &[&format!("rules.toml:9:1: {want}")]);
    }
    // Nothing that can be had asks for it either.
    check(
        "price = 30",
        "price = 30\nmin-standing = 70",
        &[
            "catalogue.toml:15:1: F6: unknown key `min-standing` in [[item]]; standing opens something and never closes anything to anybody: take it out",
        ],
    );
}

#[test]
fn f4_a_set_has_rules_that_go_the_same_way() {
    let other = |direction: &str| {
        let base = if direction == "minus" { MINUS } else { PLUS };
        format!(
            "same-fact = \"clean\"\n[[rule]]\ncode = \"R2\"\ncategory = \"evaluations\"\nname = {{ zh = \"庭院\", en = \"Yard\" }}\n{base}same-fact = \"clean\""
        )
    };
    plus(&other("plus"), &[]);
    plus(
        &other("minus"),
        &[
            "rules.toml:21:13: F4: the rule of line 9 in \"clean\" does not go the same way; a set has rules that give or rules that take, not both",
        ],
    );
    plus(
        "same-fact = \"clean\"",
        &[
            "rules.toml:9:13: F4: \"clean\" is the set of this rule alone; give the other rule of the same fact the same word, or take it out",
        ],
    );
    plus(
        "same-fact = \"Clean yard\"",
        &[
            "rules.toml:9:13: `same-fact` is \"Clean yard\"; write 1 to 24 of a-z 0-9 -, not beginning with -",
        ],
    );
}

#[test]
fn f8_who_decides_does_not_submit() {
    let submits = "a manager decides this, and would decide what a manager submits; write `recorder = \"attendant\"`";
    for more in [
        "path = \"second\"",
        "path = \"review\"\ncommittee = \"HONGBAI\"",
    ] {
        let text = PLUS.replacen("attendant", "manager", 1);
        let want = format!("rules.toml:8:12: F8: {submits}");
        check(PLUS, &format!("{text}{more}\n"), &[&want]);
    }
    minus(
        "manager",
        "attendant",
        &[
            "rules.toml:9:12: F8: points are taken by the manager, before somebody else; write `recorder = \"manager\"`",
        ],
    );
    check(
        "recorder = \"attendant\"",
        "recorder = \"technician\"",
        &["rules.toml:8:12: `recorder` is \"technician\"; write one of attendant, manager"],
    );
}

#[test]
fn f11_a_guardian_confirms_for_minors_only() {
    plus(
        "path = \"guardian\"\npoints-group = { minor = 1, villager = 2 }",
        &[
            "rules.toml:10:16: F11: a guardian confirms for minors only; keep `minor`, or write another `path`",
        ],
    );
}
