//! Codes, hours, texts, days, badges, PINs, readers, printers.

use super::{STAFF, check};

#[test]
fn codes_malformed_dangling_or_twice() {
    check(
        "code = \"RICE\"",
        "code = \"rice-of-the-village\"",
        &[
            "catalogue.toml:9:8: `code` is \"rice-of-the-village\"; write 1 to 12 of A-Z 0-9 -, not beginning with -",
        ],
    );
    check(
        "category = \"FOOD\"",
        "category = \"FOOT\"",
        &["catalogue.toml:10:12: `category` is \"FOOT\"; did you mean \"FOOD\"?"],
    );
    check(
        "partner = \"SHOP\"",
        "partner = \"CLINIC\"",
        &["catalogue.toml:15:11: `partner` is \"CLINIC\"; this file has SHOP"],
    );
    check(
        "[[partner]]",
        "[[category]]\ncode = \"FOOD\"\nname = { zh = \"别的\", en = \"Other\" }\n[[partner]]",
        &["catalogue.toml:5:8: code \"FOOD\" is already used on line 2; give each its own"],
    );
    check(
        "price = 30\n",
        "[[item.option]]\ncode = \"A\"\nname = { zh = \"甲\", en = \"A\" }\nprice = 3\n[[item.option]]\ncode = \"A\"\nname = { zh = \"乙\", en = \"B\" }\nprice = 4\n",
        &[
            "catalogue.toml:8:1: [[item]] has no `partner`; add `partner = ...` to it",
            "catalogue.toml:19:8: code \"A\" is already used on line 15; give each its own",
            "catalogue.toml:22:1: unknown key `partner` in [[item.option]]; known keys are code, name, price, price-60plus, price-group",
        ],
    );
    check(
        "partner = \"SHOP\"",
        "partner = \"SHOP\"\n[[item.option]]\ncode = \"A\"\nname = { zh = \"甲\", en = \"A\" }\nprice = 3\n",
        &[
            "catalogue.toml:14:9: `price` beside [[item.option]]; give each option its price and leave this one out",
        ],
    );
    check(
        "price = 30",
        "option = []",
        &["catalogue.toml:8:1: [[item]] has no `price`; add `price = ...` to it"],
    );
    check(
        "mon-fri 08:00-11:30",
        "mon-fri 25:00-26:00",
        &[
            "catalogue.toml:7:10: `hours` has the time \"25:00\"; times are 00:00 to 24:00, always with two digits each",
        ],
    );
}

#[test]
fn codes_that_a_spreadsheet_would_change() {
    for (code, thing, other) in [
        ("1E5", "a number", "K1E5"),
        ("0012", "a number", "K0012"),
        ("123456789012", "a number", "K12345678901"),
        ("3-4", "a date", "K3-4"),
        ("MAR1", "a date", "KMAR1"),
        ("TRUE", "true or false", "KTRUE"),
    ] {
        check(
            "code = \"RICE\"",
            &format!("code = \"{code}\""),
            &[&format!(
                "catalogue.toml:9:8: `code` is \"{code}\"; a spreadsheet reads that as {thing}: put a letter before it, such as \"{other}\""
            )],
        );
    }
    check(
        "id = \"A001\"",
        "id = \"0001\"",
        &[
            "staff.toml:2:6: `id` is \"0001\"; a spreadsheet reads that as a number: put a letter before it, such as \"K0001\"",
        ],
    );
}

#[test]
fn impossible_hours() {
    check(
        "mon-fri 08:00-11:30",
        "mon 08:00-07:00",
        &[
            "catalogue.toml:7:10: `hours` \"mon 08:00-07:00\" ends before it begins; write the earlier time first, and an opening past midnight as two",
        ],
    );
    check(
        "mon-fri 08:00-11:30",
        "fun 08:00-09:00",
        &[
            "catalogue.toml:7:10: `hours` has the unknown day \"fun\"; days are mon, tue, wed, thu, fri, sat, sun",
        ],
    );
    check(
        "mon-fri 08:00-11:30",
        "fri-mon 08:00-09:00",
        &[
            "catalogue.toml:7:10: `hours` has the days \"fri-mon\" backwards; begin with the earlier day, mon to sun",
        ],
    );
    check(
        "mon-fri 08:00-11:30",
        "always",
        &[
            "catalogue.toml:7:10: `hours` is \"always\"; write days and times such as \"mon-fri 08:00-11:30\"",
        ],
    );
    check(
        "mon-fri 08:00-11:30",
        "mon 8:00-9:00",
        &[
            "catalogue.toml:7:10: `hours` has the time \"8:00\"; times are 00:00 to 24:00, always with two digits each",
        ],
    );
}

#[test]
fn impossible_hours_too() {
    check(
        "mon-fri 08:00-11:30",
        "mon 08:60-09:00",
        &[
            "catalogue.toml:7:10: `hours` has the time \"08:60\"; times are 00:00 to 24:00, always with two digits each",
        ],
    );
    check(
        "[\"mon-fri 08:00-11:30\"]",
        "[]",
        &[
            "catalogue.toml:7:9: `hours` is an empty list; write a list such as [\"mon-fri 08:00-11:30\"], or leave it out",
        ],
    );
    check(
        "[\"mon-fri 08:00-11:30\"]",
        "\"mon 08:00-09:00\"",
        &[
            "catalogue.toml:7:9: `hours` is \"mon 08:00-09:00\"; write a list such as [\"mon-fri 08:00-11:30\"], or leave it out",
        ],
    );
    check(
        "[\"mon-fri 08:00-11:30\"]",
        "[8, \"sat 09:00-24:00\"]",
        &["catalogue.toml:7:10: `hours` is 8; write a text between two \""],
    );
    check(
        "price = 30",
        "price = 30\nhours = [\"sat 08:00-11:30\", \"fri 11:30-12:00\"]",
        &[
            "catalogue.toml:15:9: RICE is never open while its partner SHOP is; choose times within the partner's hours",
        ],
    );
    check(
        "zh = \"大米\"",
        "zh = \" \"",
        &["catalogue.toml:11:15: `zh` is empty; write a text"],
    );
}

#[test]
fn texts_that_no_screen_should_show() {
    check(
        "zh = \"大米\"",
        "zh = \"大\\u202e米\"",
        &["catalogue.toml:11:15: `zh` holds U+202E, which is invisible; write the text without it"],
    );
    check(
        "zh = \"大米\"",
        "zh = \"大\\u001b米\"",
        &["catalogue.toml:11:15: `zh` holds U+001B, which is invisible; write the text without it"],
    );
    check(
        "zh = \"大米\"",
        "zh = \"“大米”\"",
        &[
            "catalogue.toml:11:15: `zh` holds `“` (U+201C), which some terminals draw twice as wide; write the text without it",
        ],
    );
    check(
        "zh = \"大米\"",
        "zh = \"大米大米大米大米大米五公斤\"",
        &[
            "catalogue.toml:11:15: `zh` \"大米大米大米大米大米五公斤\" is 26 cells wide; at most 14 fit, a Chinese character takes 2",
        ],
    );
    check(
        "en = \"Rice\"",
        "en = \"Rice from the river farm\"",
        &[
            "catalogue.toml:11:26: `en` \"Rice from the river farm\" is 24 cells wide; at most 14 fit, a Chinese character takes 2",
        ],
    );
    check(
        "zh = \"小店\"",
        "zh = \"禾月村口大槐树下的便民小店\"",
        &[
            "catalogue.toml:6:15: `zh` \"禾月村口大槐树下的便民小店\" is 26 cells wide; at most 24 fit, a Chinese character takes 2",
        ],
    );
    check(
        "zh = \"邻里互助\"",
        "zh = \"邻里互助邻里互助邻里互助邻里互助\"",
        &[
            "rules.toml:4:15: `zh` \"邻里互助邻里互助邻里互助邻里互助\" is 32 cells wide; at most 30 fit, a Chinese character takes 2",
        ],
    );
    check(
        "name = \"陈小兰\"",
        "name = \"陈小兰\\n\"",
        &["staff.toml:3:8: `name` holds U+000A, which is invisible; write the text without it"],
    );
    check(
        "points = 5",
        "points = 5\nfrom = 2026-02-01\nuntil = 2026-01-31",
        &["rules.toml:8:9: `until` is 2026-01-31; write the day of `from` or a later one"],
    );
}

#[test]
fn names_that_no_button_can_hold() {
    check("en = \"Rice\"", "en = \"Rice, 14 cells\"", &[]);
    check(
        "en = \"Rice\"",
        "en = \"Rice, 15 cells!\"",
        &[
            "catalogue.toml:11:26: `en` \"Rice, 15 cells!\" is 15 cells wide; at most 14 fit, a Chinese character takes 2",
        ],
    );
    check(
        "zh = \"食品\"",
        "zh = \"食品和日用品等\"",
        &[
            "catalogue.toml:3:15: `zh` \"食品和日用品等\" is 14 cells wide; at most 12 fit, a Chinese character takes 2",
        ],
    );
    check(
        "price = 30\npartner = \"SHOP\"",
        "partner = \"SHOP\"\n[[item.option]]\ncode = \"BIG\"\nname = { zh = \"五常大米十斤\", en = \"Rice, a big sack!\" }\nprice = 30",
        &[
            "catalogue.toml:17:30: `en` \"Rice, a big sack!\" is 17 cells wide; at most 15 fit, a Chinese character takes 2",
        ],
    );
}

#[test]
fn a_reward_and_its_option_share_a_line() {
    let option = |en: &str| {
        format!(
            "[[item.option]]\ncode = \"BIG\"\nname = {{ zh = \"大袋\", en = \"{en}\" }}\nprice = 30\n"
        )
    };
    let item = |name: &str, en: &str| {
        format!(
            "en = \"{name}\" }}\nkind = \"goods\"\nsupply = \"counted\"\npartner = \"SHOP\"\n{}",
            option(en)
        )
    };
    let good =
        "en = \"Rice\" }\nkind = \"goods\"\nsupply = \"counted\"\nprice = 30\npartner = \"SHOP\"\n";
    check(good, &item("Rice from far", "a large bag"), &[]);
    check(
        good,
        &item("Rice from afar", "a large bag"),
        &[
            "catalogue.toml:17:8: \"Rice from afar a large bag\" is 26 cells wide; at most 25 fit for a reward with its option",
        ],
    );
}

#[test]
fn more_groups_than_the_home_screen_has_buttons() {
    let group = |code: &str| {
        format!("[[category]]\ncode = \"{code}\"\nname = {{ zh = \"食\", en = \"F\" }}\n")
    };
    let groups = |codes: &[&str]| codes.iter().map(|code| group(code)).collect::<String>();
    let four = groups(&["B", "C", "D"]) + "[[partner]]";
    check("[[partner]]", &four, &[]);
    let six = groups(&["B", "C", "D", "E", "F"]) + "[[partner]]";
    check(
        "[[partner]]",
        &six,
        &[
            "catalogue.toml:13:1: there are 6 [[category]]; at most 4 fit the home screen, join some",
        ],
    );
}

#[test]
fn impossible_days() {
    check(
        "points = 5",
        "points = 5\nfrom = \"2026-02-01\"\nuntil = 2026-02-30",
        &[
            "rules.toml:7:8: `from` is \"2026-02-01\"; write a day such as 2026-01-31, without \"",
            "rules.toml:8:9: not TOML: invalid date, expected day between 01 and 28; write a day that exists, such as 2026-01-31",
        ],
    );
    check(
        "points = 5",
        "points = 5\nfrom = 2026-02-01T08:00:00",
        &[
            "rules.toml:7:8: `from` is 2026-02-01T08:00:00; write a day such as 2026-01-31, without \"",
        ],
    );
    check(
        "badge = \"0009000001\"",
        "badge = \"12\"",
        &[
            "staff.toml:5:9: `badge` is no card number; write 4 to 32 letters and digits between two \", as the reader gives them",
        ],
    );
}

#[test]
fn badges_that_are_no_one_cards() {
    for badge in ["0000000000", "FFFFFFFF", "01020304", "08A1B2C3", "8804A1B2"] {
        check(
            "badge = \"0009000001\"",
            &format!("badge = \"{badge}\""),
            &[
                "staff.toml:5:9: `badge` is a number that many cards have, or none; give this person another card, whose number is its own",
            ],
        );
    }
}

#[test]
fn badges_and_pins() {
    check(
        "[[staff]]\n",
        "[[staff]]\nid = \"B\"\nname = \"乙\"\nrole = \"manager\"\nbadge = \"0009000001\"\npin = \"1234\"\naccount = \"12\"\n[[staff]]\n",
        &[
            "staff.toml:6:7: `pin` is not an argon2id hash that this station can check; run `wenming pin` and paste the line that begins with $argon2id$",
            "staff.toml:7:11: `account` is \"12\"; write the resident's account, R- and 16 of 0-9 A-F",
            "staff.toml:12:9: this badge is already used on line 5; give each its own",
        ],
    );
    check(
        "pin = \"$argon2id$v=19$m=19456,t=2,p=1$oQXy0g5/JZsZWPXUa7j21Q$NyFWPd+TaRhWwYqaZxhSynLSv1aHZH4FjfpwdZWtAhc\"",
        "pin = 135790",
        &[
            "staff.toml:6:7: `pin` is not an argon2id hash that this station can check; run `wenming pin` and paste the line that begins with $argon2id$",
        ],
    );
    check(
        "badge = \"0009000001\"",
        "badge = 9000001",
        &[
            "staff.toml:5:9: `badge` is no card number; write 4 to 32 letters and digits between two \", as the reader gives them",
        ],
    );
    check(
        "m=19456",
        "m=4194304",
        &[
            "staff.toml:6:7: `pin` is not an argon2id hash that this station can check; run `wenming pin` and paste the line that begins with $argon2id$",
        ],
    );
    check(
        "[[staff]]\nid",
        "id",
        &[
            "staff.toml:1:1: unknown key `id` in staff.toml; known keys are staff",
            "staff.toml:1:1: nobody may confirm anything; add at least one [[staff]]",
            "staff.toml:2:1: unknown key `name` in staff.toml; known keys are staff",
            "staff.toml:3:1: unknown key `role` in staff.toml; known keys are staff",
            "staff.toml:4:1: unknown key `badge` in staff.toml; known keys are staff",
            "staff.toml:5:1: unknown key `pin` in staff.toml; known keys are staff",
        ],
    );
    check(
        STAFF,
        "",
        &["staff.toml:1:1: nobody may confirm anything; add at least one [[staff]]"],
    );
    check(
        STAFF,
        "staff = []\n",
        &["staff.toml:1:1: nobody may confirm anything; add at least one [[staff]]"],
    );
    check(
        "[station]",
        "[[reader]]\nname = \"card\"\nport = \"/dev/ttyS0\"\nformat = \"lines\"\n[[reader]]\nname = \"card\"\nport = \"/dev/ttyS0\"\nformat = \"lines\"\n[station]",
        &[
            "station.toml:6:8: reader name \"card\" is already used on line 2; give each its own",
            "station.toml:7:8: this port is already used on line 3; give each its own",
        ],
    );
}

#[test]
fn readers() {
    check(
        "[station]",
        "[[reader]]\nname = \"card\"\nport = \"COM3\"\nformat = \"em\"\nbaud = 9601\n[station]",
        &[
            "station.toml:3:8: `port` is \"COM3\"; write a path such as /dev/serial/by-id/usb-1a86",
            "station.toml:4:10: `format` is \"em\"; write one of em4100, lines, pn532, gm65, wedge, pcsc",
            "station.toml:5:8: `baud` is 9601; write one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200",
        ],
    );
    check(
        "[station]",
        "[[reader]]\nname = \"a\"\nport = \"sim:rdm630\"\nformat = \"em4100\"\n[[reader]]\nname = \"b\"\nport = \"sim:printer\"\nformat = \"lines\"\n[[reader]]\nname = \"c\"\nport = \"sim:pn532\"\nformat = \"em4100\"\n[[reader]]\nname = \"d\"\nport = \"sim:gm65\"\nformat = \"lines\"\n[station]",
        &[
            "station.toml:3:8: `port` is \"sim:rdm630\"; did you mean \"sim:rdm6300\"?",
            "station.toml:7:8: `port` is \"sim:printer\"; write one of sim:rdm6300, sim:pn532, sim:gm65",
            "station.toml:12:10: `format` is \"em4100\"; sim:pn532 speaks \"pn532\"",
        ],
    );
    check(
        "[station]",
        "[[reader]]\nname = \"r0\"\nport = \"/dev/ttyS0\"\nformat = \"lines\"\n[[reader]]\nname = \"r1\"\nport = \"/dev/ttyS1\"\nformat = \"lines\"\n[[reader]]\nname = \"r2\"\nport = \"/dev/ttyS2\"\nformat = \"lines\"\n[[reader]]\nname = \"r3\"\nport = \"/dev/ttyS3\"\nformat = \"lines\"\n[[reader]]\nname = \"r4\"\nport = \"/dev/ttyS4\"\nformat = \"lines\"\n[station]",
        &["station.toml:17:1: there are 5 [[reader]]; at most 4 work, take the others out"],
    );
}

#[test]
fn how_a_reader_speaks() {
    check(
        "[station]",
        "[[reader]]\nname = \"a\"\nport = \"/dev/ttyS0\"\nformat = \"lines\"\nnumber = \"6H8D\"\nprefix = \"\"\nsuffix = \"村\"\nend = \"crlf\"\nask = \"trigger\"\nholds-card = true\n[station]",
        &[
            "station.toml:5:10: `number` is \"6H8D\"; 24 bits are shared by 65536 cards, set the reader to 8H10D or 10H",
            "station.toml:6:10: `prefix` is \"\"; write 1 to 15 letters, digits or signs of ASCII",
            "station.toml:7:10: `suffix` is \"村\"; write 1 to 15 letters, digits or signs of ASCII",
            "station.toml:8:7: `end` is \"crlf\"; write one of mark, gap",
            "station.toml:9:7: `ask` is for gm65; take it out, or correct `format`",
            "station.toml:10:14: `holds-card` is for pn532 and pcsc; take it out, or correct `format`",
        ],
    );
    check(
        "[station]",
        "[[reader]]\nname = \"a\"\nport = \"/dev/ttyS0\"\nformat = \"gm65\"\nreversed = true\nask = \"hartbeat\"\n[[reader]]\nname = \"b\"\nport = \"/dev/ttyS1\"\nformat = \"pn532\"\nnumber = \"10H\"\n[station]",
        &[
            "station.toml:5:12: `reversed` says nothing without `number`; add `number = ...` or take it out",
            "station.toml:6:7: `ask` is \"hartbeat\"; did you mean \"heartbeat\"?",
            "station.toml:11:10: `number` is for lines and gm65 and wedge; take it out, or correct `format`",
        ],
    );
}

#[test]
fn printers() {
    check(
        "[station]",
        "[printer]\nport = \"tcp:printer:9100\"\nprofile = \"58\"\nbaud = 9601\nqr = \"picture\"\ngb18030 = \"yes\"\ncut = \"half\"\npaper = 58\n[station]",
        &[
            "station.toml:2:8: `port` is \"tcp:printer:9100\"; write /dev/usb/lp0, /dev/serial/by-id/..., tcp:192.168.1.50:9100, file:/var/... or sim:printer",
            "station.toml:3:11: `profile` is \"58\"; did you mean \"58mm\"?",
            "station.toml:4:8: `baud` is 9601; write one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200",
            "station.toml:5:6: `qr` is \"picture\"; write one of native, raster",
            "station.toml:6:11: `gb18030` is \"yes\"; write true or false",
            "station.toml:7:7: `cut` is \"half\"; write one of full, partial, none",
            "station.toml:8:1: unknown key `paper` in [printer]; known keys are port, profile, baud, qr, gb18030, cut",
        ],
    );
    check(
        "[station]",
        "[printer]\nport = \"file:/var/x\"\n[station]",
        &["station.toml:1:1: [printer] has no `profile`; add `profile = ...` to it"],
    );
}
