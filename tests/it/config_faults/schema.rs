//! The JSON schemas that `wenming schema` prints, beside the reader: a validator that knows nothing of us takes what the
//! reader takes, and refuses what it refuses wherever a schema can say so.
#![expect(
    clippy::unwrap_used,
    reason = "a validator that cannot run fails the test"
)]

use crate::common::told::what;
use crate::equipment::python;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};
use wenming::config::{Sources, parse};

const FILES: [&str; 5] = ["station", "catalogue", "rules", "staff", "notices"];

/// Validates texts, one a line; dates become texts, as editors have it.
const VALIDATE: &str = r#"
import json, sys, tomllib
from datetime import date
from jsonschema import Draft7Validator
schemas = json.loads(sys.stdin.readline())
for schema in schemas.values():
    Draft7Validator.check_schema(schema)
validators = {name: Draft7Validator(schema) for name, schema in schemas.items()}
for line in sys.stdin:
    name, text = json.loads(line)
    try:
        tree = json.loads(json.dumps(tomllib.loads(text), default=lambda day: day.isoformat()))
    except tomllib.TOMLDecodeError:
        print("null", flush=True)
        continue
    errors = [f"{error.json_path}: {error.message}" for error in validators[name].iter_errors(tree)]
    print(json.dumps(errors), flush=True)
"#;

/// What a schema cannot say: what several entries share, what another value decides, what only a parser or a checksum knows.
const BEYOND: &[&str] = &[
    "is already used on line",
    "catalogue.toml:10:12: `category` is",
    "catalogue.toml:15:11: `partner` is \"",
    "ends before it begins",
    "has the days \"fri-mon\" backwards",
    "is never open while its partner",
    "some terminals draw twice as wide",
    "is a number that many cards have",
    "holds marks that belong to no letter",
    "write the day of `from` or a later one",
    "fit for a reward with its option",
    "`schedule` has the minute",
    "`schedule` has the hour",
    "`schedule` has the day",
    "`schedule` has the month",
    "`schedule` has the weekday \"MAN\"",
    "which no day of any year matches",
    "this program was built without",
    "a port in /dev/input is for \"wedge\"",
    "a port that begins with pcsc: is for \"pcsc\"",
    "its `port` is",
    "sim:gm65 speaks",
    "write a whole number from 5 to 100000",
    "write a whole number from 1 to 30",
    "does not say where the clip goes",
    "higher than the one before",
    "but `points` is",
    "F4: ",
];

/// What a schema says of some texts: it counts characters, of which Chinese ones are two cells wide.
const WIDTH: &str = " cells wide; at most";

fn printed(name: Option<&str>) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenming"));
    let output = command.arg("schema").args(name).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{name:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The validator, started once.
fn validator() -> &'static Mutex<(Child, BufReader<ChildStdout>)> {
    static VALIDATOR: OnceLock<Mutex<(Child, BufReader<ChildStdout>)>> = OnceLock::new();
    VALIDATOR.get_or_init(|| {
        let mut child = Command::new(python(&["jsonschema"]))
            .args(["-c", VALIDATE])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let all = FILES.map(|name| (name.to_owned(), printed(Some(name))));
        let all: Map<_, _> = all
            .into_iter()
            .chain([("any".to_owned(), printed(None))])
            .collect();
        writeln!(child.stdin.as_mut().unwrap(), "{}", Value::Object(all)).unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Mutex::new((child, out))
    })
}

/// What the validator has against a text; `None` where it is no TOML.
fn errors(name: &str, text: &str) -> Option<Vec<String>> {
    let mut validator = validator().lock().unwrap();
    let (child, out) = &mut *validator;
    writeln!(child.stdin.as_mut().unwrap(), "{}", json!([name, text])).unwrap();
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

/// Compares the schemas with the reader's faults.
#[track_caller]
pub(crate) fn agrees(texts: &[(&str, &str)], faults: &[String]) {
    for (name, text) in texts {
        let Some(errors) = errors(name, text) else {
            continue;
        };
        let file = format!("{name}.toml:");
        let mut own = faults.iter().filter(|fault| fault.starts_with(&file));
        let visible = own.find(|fault| !BEYOND.iter().any(|beyond| fault.contains(beyond)));
        if visible.is_some_and(|fault| fault.contains(WIDTH)) {
            continue;
        }
        assert_eq!(
            !errors.is_empty(),
            visible.is_some(),
            "{text}\n{visible:?}\n{errors:?}"
        );
    }
}

#[test]
fn the_example_fits_its_schemas() {
    for (name, text) in [
        (
            "station",
            include_str!("../../../kiosk-config/station.toml"),
        ),
        (
            "catalogue",
            include_str!("../../../kiosk-config/catalogue.toml"),
        ),
        ("rules", include_str!("../../../kiosk-config/rules.toml")),
        ("staff", include_str!("../../../kiosk-config/staff.toml")),
        (
            "notices",
            include_str!("../../../kiosk-config/notices.toml"),
        ),
    ] {
        assert_eq!(errors(name, text), Some(Vec::new()), "{name}");
        assert_eq!(errors("any", text), Some(Vec::new()), "{name}");
        // What is shown behind a hash fits as well.
        let shown = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with("[[sink]]") || rest.starts_with("[printer]") => rest,
            Some(rest) if rest.starts_with("[voice]") || rest.starts_with("[help]") => rest,
            Some(rest)
                if rest
                    .split_once(" = ")
                    .is_some_and(|(key, _)| !key.contains(' ')) =>
            {
                rest
            }
            _ => line,
        });
        let shown = shown.collect::<Vec<_>>().join("\n");
        let shown = shown.replace(
            "age1...",
            "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
        );
        assert_eq!(errors(name, &shown), Some(Vec::new()), "{name}: {shown}");
    }
}

/// Every table of a schema: a text in which it holds the key `zzzzzz` alone, and its keys.
fn tables(
    schema: &Value,
    wrap: &dyn Fn(String) -> String,
    found: &mut Vec<(String, BTreeSet<String>)>,
) {
    if let Some(items) = schema.get("items") {
        return tables(items, &|inner| wrap(format!("[{inner}]")), found);
    }
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    found.push((
        wrap("{ zzzzzz = 1 }".to_owned()),
        properties.keys().cloned().collect(),
    ));
    for (key, property) in properties {
        tables(
            property,
            &|inner| wrap(format!("{{ {key} = {inner} }}")),
            found,
        );
    }
}

#[test]
fn a_schema_has_the_keys_that_the_reader_knows() {
    let mut count = 0;
    for name in FILES {
        let mut found = Vec::new();
        tables(&printed(Some(name)), &|inner| inner, &mut found);
        count += found.len();
        for (table, keys) in found {
            let text = table
                .strip_prefix("{ ")
                .and_then(|text| text.strip_suffix(" }"))
                .unwrap();
            let text = |file| if file == name { text } else { "" };
            let faults = parse(Sources {
                station: text("station"),
                catalogue: text("catalogue"),
                rules: text("rules"),
                staff: text("staff"),
                notices: text("notices"),
            });
            let faults = faults.unwrap_err();
            let known = faults.iter().map(what).find_map(|fault| {
                fault
                    .strip_prefix("unknown key `zzzzzz` in ")?
                    .split_once("; known keys are ")
                    .map(|(_, known)| known.to_owned())
            });
            let known = known.unwrap_or_else(|| panic!("{name}: {table}: {faults:?}"));
            let known: BTreeSet<String> = known.split(", ").map(str::to_owned).collect();
            assert_eq!(known, keys, "{name}: {table}");
        }
    }
    assert!(count > 30, "only {count} tables");
}

/// Every `required`, `if` and `dependencies` names keys that are there, and every key says what it is for.
#[test]
fn a_schema_names_no_key_that_it_has_not() {
    /// Gives how many tables it came through.
    fn walk(schema: &Value, known: &BTreeSet<String>) -> usize {
        if !schema.is_object() {
            return 0;
        }
        let mut tables = 0;
        let own: BTreeSet<String>;
        let mut known = known;
        if schema["additionalProperties"] == false {
            let properties = schema["properties"].as_object().unwrap();
            own = properties.keys().cloned().collect();
            known = &own;
            tables += 1;
            for (key, property) in properties {
                assert!(
                    property["description"]
                        .as_str()
                        .is_some_and(|text| text.len() > 5),
                    "{key}"
                );
            }
        }
        for key in schema["required"].as_array().into_iter().flatten() {
            assert!(known.contains(key.as_str().unwrap()), "{key}");
        }
        for word in ["properties", "dependencies"] {
            for (key, value) in schema[word].as_object().into_iter().flatten() {
                assert!(known.contains(key), "{key}");
                tables += walk(value, known);
            }
        }
        for part in ["items", "if", "then", "else"] {
            tables += walk(&schema[part], known);
        }
        for part in schema["allOf"]
            .as_array()
            .into_iter()
            .chain(schema["oneOf"].as_array())
            .flatten()
        {
            tables += walk(part, known);
        }
        tables
    }
    let count = FILES.map(|name| walk(&printed(Some(name)), &BTreeSet::new()));
    assert!(count.iter().sum::<usize>() > 30, "only {count:?} tables");
}
