//! The two word files against each other, against the program, and against the terminal.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a word file that cannot be read fails the test"
)]

use crate::common::refusals::refusals;
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser::parse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};
use wenming::domain::is_ambiguous_letter;
use wenming::domain::{CardMiss, Cause, Check, ExportWhy, Health, Lang, PrinterTrouble, Refusal};
use wenming::wire::{FrameFault, Looks};
use wenming::words::source;

/// What a message is made of.
#[derive(Default)]
struct Made {
    args: BTreeSet<String>,
    texts: Vec<String>,
}

impl Made {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.texts.push((*value).to_owned()),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.args.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { value } => self.texts.push((*value).to_owned()),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::NumberLiteral { .. }
            | InlineExpression::FunctionReference { .. }
            | InlineExpression::MessageReference { .. }
            | InlineExpression::TermReference { .. } => {
                panic!("{inline:?}: only texts and arguments, so that ids stay greppable")
            }
        }
    }
}

/// The messages of a file, with their order.
fn messages<'s>(resource: &'s Resource<&'s str>) -> Vec<&'s Message<&'s str>> {
    resource
        .body
        .iter()
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(message),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => None,
            Entry::Term(_) | Entry::Junk { .. } => panic!("{entry:?}"),
        })
        .collect()
}

/// What every message of a file is made of; or what is wrong with the file.
fn made(source: &str) -> Result<BTreeMap<String, Made>, String> {
    let resource = parse(source).map_err(|(_, errors)| format!("{errors:?}"))?;
    let mut all = BTreeMap::new();
    for message in messages(&resource) {
        let id = message.id.name.to_owned();
        let value = message
            .value
            .as_ref()
            .ok_or_else(|| format!("{id} is empty"))?;
        let mut made = Made::default();
        made.pattern(value);
        if all.insert(id.clone(), made).is_some() {
            return Err(format!("{id} stands there twice"));
        }
    }
    Ok(all)
}

/// In which ids and arguments two files differ.
fn differences(one: &BTreeMap<String, Made>, other: &BTreeMap<String, Made>) -> Vec<String> {
    let ids: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    ids.into_iter()
        .filter_map(|id| match (one.get(id), other.get(id)) {
            (Some(one), Some(other)) if one.args == other.args => None,
            (Some(one), Some(other)) => Some(format!("{id}: {:?} and {:?}", one.args, other.args)),
            _ => Some(format!("{id} is missing in one")),
        })
        .collect()
}

/// Characters that one terminal draws in one cell and the next in two.
fn ambiguous(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.width() != c.width_cjk() || is_ambiguous_letter(*c))
        .collect()
}

fn file(lang: Lang) -> BTreeMap<String, Made> {
    made(&source(lang)).unwrap()
}

/// The Rust sources of the program, one after the other.
fn program() -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut program = String::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                program += &fs::read_to_string(path).unwrap();
            }
        }
    }
    program
}

/// Ids that are said by name: `.text("back")`, `.with("points", ..)`, over line ends too.
fn said(program: &str) -> BTreeSet<String> {
    let calls = [".text(", ".with(", "Text::of("]
        .into_iter()
        .flat_map(|call| program.split(call).skip(1));
    calls
        .filter_map(|after| after.trim_start().strip_prefix('"'))
        .filter_map(|text| text.split_once('"'))
        .map(|(id, _)| id.to_owned())
        .collect()
}

/// Everything that a check-up can find.
fn causes() -> BTreeSet<Cause> {
    let own = Check::ALL.into_iter().flat_map(|(check, _)| check.causes());
    own.chain([Cause::NotLooked, Cause::Silent]).collect()
}

/// Ids that are put together, with the template in the program that does it.
fn families() -> Vec<(&'static str, Vec<String>)> {
    let codes: Vec<&str> = refusals().iter().map(Refusal::code).collect();
    let kinds: Vec<String> = wenming::services::kinds()
        .map(|kind| format!("kind-{kind}"))
        .collect();
    vec![
        (
            "\"refusal-{}\"",
            codes.iter().map(|code| format!("refusal-{code}")).collect(),
        ),
        (
            "\"{id}-next\"",
            codes
                .iter()
                .map(|code| format!("refusal-{code}-next"))
                .collect(),
        ),
        ("\"kind-{}\"", kinds),
        (
            "\"check-{}\"",
            Check::ALL.map(|(_, name)| format!("check-{name}")).to_vec(),
        ),
        (
            "\"health-{}\"",
            [Health::Well, Health::Note, Health::Wrong]
                .map(|health| format!("health-{}", health.name()))
                .to_vec(),
        ),
        (
            "\"doctor-{}\"",
            causes()
                .iter()
                .map(|cause| format!("doctor-{}", cause.name()))
                .collect(),
        ),
        (
            "\"{id}-do\"",
            causes()
                .iter()
                .filter(|cause| cause.health() > Health::Well)
                .map(|cause| format!("doctor-{}-do", cause.name()))
                .collect(),
        ),
        (
            "\"export-why-{}\"",
            ExportWhy::ALL
                .map(|(_, name)| format!("export-why-{name}"))
                .to_vec(),
        ),
        (
            "\"printer-trouble-{}\"",
            PrinterTrouble::ALL
                .map(|(_, name)| format!("printer-trouble-{name}"))
                .to_vec(),
        ),
        (
            "\"weekday-{}\"",
            (1..=7).map(|day| format!("weekday-{day}")).collect(),
        ),
        (
            "\"{prefix}-goods\"",
            vec!["done-goods".to_owned(), "receipt-goods".to_owned()],
        ),
        (
            "\"{prefix}-service\"",
            vec!["done-service".to_owned(), "receipt-service".to_owned()],
        ),
    ]
}

/// Those of readers and the printer.
fn device_families() -> Vec<(&'static str, Vec<String>)> {
    vec![
        (
            "\"looks-{}\"",
            Looks::ALL.map(|(_, name)| format!("looks-{name}")).to_vec(),
        ),
        (
            "\"frame-{}\"",
            FrameFault::ALL
                .map(|(_, name)| format!("frame-{name}"))
                .to_vec(),
        ),
        (
            "\"miss-{}\"",
            CardMiss::ALL
                .map(|(_, name)| format!("miss-{name}"))
                .to_vec(),
        ),
        (
            "\"{id}-remedy\"",
            CardMiss::ALL
                .map(|(_, name)| format!("miss-{name}-remedy"))
                .to_vec(),
        ),
        (
            "\"{id}-how\"",
            ["print", "ruler", "code", "characters", "cut"]
                .map(|step| format!("setup-{step}-how"))
                .to_vec(),
        ),
        (
            "\"{id}-todo\"",
            FrameFault::ALL
                .map(|(_, name)| format!("frame-{name}-todo"))
                .to_vec(),
        ),
    ]
}

#[test]
fn both_files_say_the_same_things() {
    let faults = differences(&file(Lang::Zh), &file(Lang::En));
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_character_has_one_width_on_every_terminal() {
    for lang in [Lang::Zh, Lang::En] {
        for (id, made) in file(lang) {
            for text in made.texts {
                assert!(ambiguous(&text).is_empty(), "{id} in {lang:?}");
                assert_eq!(text.width(), text.width_cjk(), "{id} in {lang:?}");
            }
        }
    }
}

#[test]
fn every_sentence_that_is_said_exists_and_every_other_is_dead() {
    let (program, file) = (program(), file(Lang::Zh));
    let said = said(&program);
    assert!(said.len() > 60, "only {} were found", said.len());
    let mut faults: Vec<String> = Vec::new();
    let mut used: BTreeSet<String> = file
        .keys()
        .filter(|id| program.contains(&format!("\"{id}\"")))
        .cloned()
        .collect();
    used.extend(said);
    for (template, ids) in families().into_iter().chain(device_families()) {
        assert!(
            program.contains(template),
            "{template} is not in the program any more"
        );
        used.extend(ids);
    }
    faults.extend(
        used.iter()
            .filter(|id| !file.contains_key(*id))
            .map(|id| format!("{id} is said but not written")),
    );
    faults.extend(
        file.keys()
            .filter(|id| !used.contains(*id))
            .map(|id| format!("{id} is written but never said")),
    );
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_refusal_is_known_to_these_tests() {
    // The list of the tests is held against the program's, so that a new one cannot be forgotten.
    let program = program();
    let (_, faults) = program.split_once("fn from(fault: CardFault)").unwrap();
    let (faults, _) = faults.split_once("})").unwrap();
    let named = program
        .split("no(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let all: BTreeSet<&str> = faults.split('"').skip(1).step_by(2).chain(named).collect();
    let tested: BTreeSet<&str> = refusals().iter().map(Refusal::code).collect();
    assert_eq!(tested, all);
}

#[test]
fn a_faulty_file_is_seen() {
    let good = made("a = A { $x }\nb = B\n").unwrap();
    for (text, want) in [
        ("a = A { $y }\nb = B\n", "a: {\"x\"} and {\"y\"}"),
        ("a = A\nb = B\n", "a: {\"x\"} and {}"),
        (
            "a = A { $x ->\n    [one] 1\n   *[other] { $z }\n}\nb = B\n",
            "a: {\"x\"} and {\"x\", \"z\"}",
        ),
        ("a = A { $x }\n", "b is missing in one"),
        ("a = A { $x }\nb = B\nc = C\n", "c is missing in one"),
    ] {
        assert_eq!(differences(&good, &made(text).unwrap()), [want]);
    }
    assert_eq!(
        made("a = A\na = B\n").err().unwrap(),
        "a stands there twice"
    );
    assert!(made("a = { $x\n").is_err());
    for text in ["“好”", "1…2", "—", "①", "25℃", "a·b"] {
        assert!(!ambiguous(text).is_empty(), "{text}");
    }
    assert_eq!(
        said("x.text(\"one\") .with(\n    \"two\", &[]) .text(id)"),
        BTreeSet::from(["one".to_owned(), "two".to_owned()])
    );
}
