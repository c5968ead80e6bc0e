//! The price of a service: its folder and one row of the registry. No file outside `src/services` names a service's command.
#![expect(
    clippy::unwrap_used,
    reason = "a source file that cannot be read fails the test"
)]

use crate::house::sources;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The commands of the registry, as `services!` lists them.
fn commands() -> Vec<String> {
    let registry = fs::read_to_string(root().join("services/command.rs")).unwrap();
    let (_, rows) = registry.split_once("\nservices! {").unwrap();
    let (rows, _) = rows.split_once('}').unwrap();
    let names = rows.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What a file says of a service that it must not know.
fn named(path: &str, text: &str, commands: &[String]) -> Vec<String> {
    let folders = fs::read_dir(root().join("services")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.is_dir());
    let folders = folders.map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        format!("services::{name}")
    });
    let variants = commands.iter().map(|name| format!("Command::{name}"));
    let wanted: Vec<String> = folders.chain(variants).collect();
    wanted
        .into_iter()
        .filter(|word| {
            text.match_indices(word.as_str()).any(|(at, _)| {
                let next = text[at + word.len()..].chars().next();
                !next.is_some_and(|next| next.is_alphanumeric() || next == '_')
            })
        })
        .map(|word| format!("{path} names {word}"))
        .collect()
}

#[test]
fn only_the_registry_names_a_command() {
    let commands = commands();
    assert!(commands.len() > 5, "{commands:?}");
    let faults: Vec<String> = sources("src")
        .iter()
        .filter(|(path, _)| !path.starts_with("src/services/"))
        .flat_map(|(path, text)| named(path, text, &commands))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_file_that_names_one_is_seen() {
    let commands = commands();
    for text in [
        "use crate::services::award::Award;",
        "let order = Command::Redeem(redeem);",
    ] {
        assert_eq!(named("app/mod.rs", text, &commands).len(), 1, "{text}");
    }
    for text in [
        "let order = Command::redeem(&who, &wish, shown);",
        "use crate::services::Command;",
        "let redeemed = Command::RedeemedElsewhere;",
    ] {
        assert_eq!(named("app/mod.rs", text, &commands).len(), 0, "{text}");
    }
}

/// `rule.rs` is as pure as the domain: no clock, no disk, no screen. The house test keeps its imports.
#[test]
fn every_service_has_its_rule() {
    for entry in fs::read_dir(root().join("services")).unwrap() {
        let path = entry.unwrap().path();
        assert!(
            !path.is_dir() || path.join("rule.rs").is_file(),
            "{}",
            path.display()
        );
    }
}
