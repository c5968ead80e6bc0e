//! The promise of `wenming check`: every fault of the config at once, at its place, with its remedy.

mod export;
mod meaning;
mod notices;
mod reader;
mod rules;
mod schema;
mod shape;
mod signs;
mod voice;

use crate::common::told::line;
use wenming::config::{Sources, parse};

const STATION: &str = r#"[station]
township = "YUNDAO"
id = "HY01"
name = { zh = "禾月服务站", en = "Heyue Station" }
village = { zh = "禾月村", en = "Heyue" }
"#;
const CATALOGUE: &str = r#"[[category]]
code = "FOOD"
name = { zh = "食品", en = "Food" }
[[partner]]
code = "SHOP"
name = { zh = "小店", en = "Shop" }
hours = ["mon-fri 08:00-11:30"]
[[item]]
code = "RICE"
category = "FOOD"
name = { zh = "大米", en = "Rice" }
kind = "goods"
supply = "counted"
price = 30
partner = "SHOP"
"#;
const RULES: &str = r#"[[rule]]
code = "R1"
category = "good-deeds"
name = { zh = "邻里互助", en = "Helping" }
direction = "plus"
points = 5
unit = "time"
recorder = "attendant"
"#;
const STAFF: &str = r#"[[staff]]
id = "A001"
name = "陈小兰"
role = "attendant"
badge = "0009000001"
pin = "$argon2id$v=19$m=19456,t=2,p=1$oQXy0g5/JZsZWPXUa7j21Q$NyFWPd+TaRhWwYqaZxhSynLSv1aHZH4FjfpwdZWtAhc"
"#;
/// Changes `right` into `wrong` in the one good file that has it, and compares the faults.
#[track_caller]
fn check(right: &str, wrong: &str, want: &[&str]) {
    let good = [STATION, CATALOGUE, RULES, STAFF];
    let holders = good.iter().filter(|text| text.contains(right)).count();
    assert_eq!(holders, 1, "{right} stands in {holders} files");
    let [station, catalogue, rules, staff] = good.map(|text| text.replacen(right, wrong, 1));
    let result = parse(Sources {
        station: &station,
        catalogue: &catalogue,
        rules: &rules,
        staff: &staff,
        notices: "",
    });
    let faults = result.err().unwrap_or_default();
    let got: Vec<String> = faults.iter().map(line).collect();
    assert_eq!(got, want, "{wrong}");
    schema::agrees(
        &[
            ("station", &station),
            ("catalogue", &catalogue),
            ("rules", &rules),
            ("staff", &staff),
        ],
        &got,
    );
    for fault in got {
        let right = fault.split_once("; ").map(|(_, right)| right);
        assert!(right.is_some_and(|right| right.len() > 10), "{fault}");
    }
}

#[test]
fn the_good_files_have_no_faults() {
    let result = parse(Sources {
        station: STATION,
        catalogue: CATALOGUE,
        rules: RULES,
        staff: STAFF,
        notices: "",
    });
    assert_eq!(result.map(|config| config.staff.len()), Ok(1));
}
