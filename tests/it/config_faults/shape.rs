//! Syntax, keys, types, ranges and choices.

use super::check;

#[test]
fn what_is_not_toml() {
    check(
        "id = \"HY01\"",
        "id = \"HY01",
        &[
            "station.toml:3:11: not TOML: invalid basic string, expected `\"`; put texts between two \" on one line",
        ],
    );
    check(
        "id = \"HY01\"",
        "id HY01",
        &[
            "station.toml:3:4: not TOML: key with no value, expected `=`; a line is key = value, [section], [[entry]] or # comment",
        ],
    );
    check(
        "id = \"HY01\"",
        "id = \"HY01\"\nid = \"LW02\"",
        &["station.toml:4:1: not TOML: duplicate key; keep one of them"],
    );
    check(
        "price = 30",
        "price =",
        &[
            "catalogue.toml:14:8: not TOML: string values must be quoted, expected literal string; put texts between two \" on one line",
        ],
    );
    check(
        "kind = \"goods\"",
        "kind = goods",
        &[
            "catalogue.toml:12:8: not TOML: string values must be quoted, expected literal string; put texts between two \" on one line",
        ],
    );
    check(
        "[[item]]",
        "[[item]",
        &[
            "catalogue.toml:8:8: not TOML: unclosed array table, expected `]`; a line is key = value, [section], [[entry]] or # comment",
        ],
    );
    check(
        "zh = \"邻里互助\", en",
        "zh = \"邻里互助\" en",
        &[
            "rules.toml:4:22: not TOML: missing comma between key-value pairs, expected `,`; a line is key = value, [section], [[entry]] or # comment",
        ],
    );
}

#[test]
fn one_fault_for_each_line_that_is_not_toml() {
    check(
        "id = \"HY01\"",
        "==== id\nid = HY01 LW02 LW03",
        &[
            "station.toml:3:1: not TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`; a line is key = value, [section], [[entry]] or # comment",
            "station.toml:4:6: not TOML: string values must be quoted, expected literal string; put texts between two \" on one line",
        ],
    );
}

#[test]
fn unknown_and_missing_keys() {
    check(
        "price = 30",
        "pirce = 30",
        &["catalogue.toml:14:1: unknown key `pirce` in [[item]]; did you mean `price`?"],
    );
    check(
        "price = 30",
        "price = 30\ncolour = 1",
        &[
            "catalogue.toml:15:1: unknown key `colour` in [[item]]; known keys are code, category, name, unit, kind, supply, price, price-60plus, price-group, limit, hours, partner, max-quantity, option",
        ],
    );
    check(
        "price = 30\n",
        "",
        &["catalogue.toml:8:1: [[item]] has no `price`; add `price = ...` to it"],
    );
    check(
        "[station]",
        "[ststion]",
        &["station.toml:1:2: unknown key `ststion` in station.toml; did you mean `station`?"],
    );
    check(
        "[station]",
        "[x]\n[station]",
        &[
            "station.toml:1:2: unknown key `x` in station.toml; known keys are station, screen, desk, disk, reader, printer, voice, help, export, sink",
        ],
    );
    check(
        "zh = \"小店\", en",
        "zh = \"小店\", eng",
        &["catalogue.toml:6:21: unknown key `eng` in { zh, en }; did you mean `en`?"],
    );
    check(
        "price = 30",
        "\"\\u001b[2J\\u202e\" = 1\nprice = 30",
        &[
            "catalogue.toml:14:1: unknown key `[2J` in [[item]]; known keys are code, category, name, unit, kind, supply, price, price-60plus, price-group, limit, hours, partner, max-quantity, option; U+001B is invisible: take it out",
        ],
    );
    check(
        "price = 30",
        "price = \"30\"",
        &["catalogue.toml:14:9: `price` is \"30\"; write a whole number from 1 to 9999"],
    );
}

#[test]
fn values_of_the_wrong_type() {
    check(
        "price = 30",
        "price = 3.5",
        &["catalogue.toml:14:9: `price` is 3.5; write a whole number from 1 to 9999"],
    );
    check(
        "price = 30",
        "price = 99999999999999999999",
        &[
            "catalogue.toml:14:9: `price` is 99999999999999999999; write a whole number from 1 to 9999",
        ],
    );
    check(
        "zh = \"食品\"",
        "zh = 7",
        &["catalogue.toml:3:15: `zh` is 7; write a text between two \""],
    );
    check(
        "{ zh = \"食品\", en = \"Food\" }",
        "\"食品\"",
        &["catalogue.toml:3:8: `name` is \"食品\"; write a table with zh, en"],
    );
    check(
        "[[partner]]",
        "[partner]",
        &[
            "catalogue.toml:4:1: `partner` is a table; write each as [[partner]]",
            "catalogue.toml:15:11: `partner` is \"SHOP\"; add a [[partner]] with it",
        ],
    );
    check(
        "village = ",
        "technician-phone = \"call me\"\nvillage = ",
        &[
            "station.toml:5:20: `technician-phone` is \"call me\"; write 3 to 20 digits, + - or blanks",
        ],
    );
    check(
        "price = 30",
        "price = 0",
        &["catalogue.toml:14:9: `price` is 0; write a whole number from 1 to 9999"],
    );
}

#[test]
fn numbers_out_of_range() {
    check(
        "price = 30",
        "price = -5",
        &["catalogue.toml:14:9: `price` is -5; write a whole number from 1 to 9999"],
    );
    check(
        "price = 30",
        "price = 30\nprice-60plus = 31",
        &["catalogue.toml:15:16: `price-60plus` is 31; write a whole number from 1 to 30"],
    );
    check(
        "price = 30",
        "price = 30\nprice-group = { minor = 40, child = 1 }",
        &[
            "catalogue.toml:15:25: `minor` is 40; write a whole number from 1 to 30",
            "catalogue.toml:15:29: unknown key `child` in { group = points }; known keys are party-member, street-chief, villager, minor, social-unit",
        ],
    );
    check(
        "price = 30",
        "price = 30\nmax-quantity = 10",
        &["catalogue.toml:15:16: `max-quantity` is 10; write a whole number from 1 to 6"],
    );
    check(
        "price = 30",
        "price = 30\nlimit = { count = 0, per = \"fortnight\" }",
        &[
            "catalogue.toml:15:19: `count` is 0; write a whole number from 1 to 999",
            "catalogue.toml:15:28: `per` is \"fortnight\"; write one of day, week, month, year",
        ],
    );
    check(
        "points = 5",
        "points = 0",
        &["rules.toml:6:10: `points` is 0; write a whole number from 1 to 100000"],
    );
    check(
        "points = 5",
        "points = 5\ncap = { points = 4, per = \"month\" }",
        &["rules.toml:7:18: `points` is 4; write a whole number from 5 to 100000"],
    );
    check(
        "[station]",
        "[screen]\nidle-secs = 5\ntyped-cards = \"no\"\n[disk]\nmin-free-mib = -1\n[station]",
        &[
            "station.toml:2:13: `idle-secs` is 5; write a whole number from 15 to 600",
            "station.toml:3:15: `typed-cards` is \"no\"; write true or false",
            "station.toml:5:16: `min-free-mib` is -1; write a whole number from 0 to 100000",
        ],
    );
    check(
        "[station]",
        "[screen]\ndeaf-ms = 2001\n[disk]\nmin-free-mib = 100001\n[station]",
        &[
            "station.toml:2:11: `deaf-ms` is 2001; write a whole number from 0 to 2000",
            "station.toml:4:16: `min-free-mib` is 100001; write a whole number from 0 to 100000",
        ],
    );
    check(
        "[station]",
        "[screen]\ndeaf-ms = -1\n[station]",
        &["station.toml:2:11: `deaf-ms` is -1; write a whole number from 0 to 2000"],
    );
    check(
        "kind = \"goods\"",
        "kind = \"good\"",
        &["catalogue.toml:12:8: `kind` is \"good\"; did you mean \"goods\"?"],
    );
}

#[test]
fn words_that_are_none_of_the_choices() {
    check(
        "supply = \"counted\"",
        "supply = \"lots\"",
        &["catalogue.toml:13:10: `supply` is \"lots\"; write one of counted, open"],
    );
    check(
        "category = \"good-deeds\"",
        "category = \"志愿服务\"",
        &[
            "rules.toml:3:12: `category` is \"志愿服务\"; write one of volunteer-service, civil-customs, civic-participation, good-deeds, evaluations, special-work, employment-promotion",
        ],
    );
    check(
        "role = \"attendant\"",
        "role = \"boss\"",
        &["staff.toml:4:8: `role` is \"boss\"; write one of attendant, manager, technician"],
    );
    check(
        "township = \"YUNDAO\"",
        "township = \"云稻\"",
        &[
            "station.toml:2:12: `township` is \"云稻\"; write 1 to 12 of A-Z 0-9 -, not beginning with -",
        ],
    );
}
