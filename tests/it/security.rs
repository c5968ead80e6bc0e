//! docs/SECURITY.md names a test for each promise: each of them is there.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("../../docs/SECURITY.md");

/// The tests that a page names: what stands in grave accents and has a double colon.
fn named(page: &str) -> Vec<(&str, &str)> {
    let quoted = page.split('`').skip(1).step_by(2);
    quoted.filter_map(|name| name.split_once("::")).collect()
}

/// The files of a module of the tests.
fn files(module: &str) -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let folder = fs::read_dir(tests.join(module)).into_iter().flatten();
    let inside = folder.map(|entry| entry.unwrap().path());
    let alone = tests.join(format!("{module}.rs"));
    inside.chain(alone.exists().then_some(alone)).collect()
}

/// Says whether a module has a test of exactly that name; with no name, whether it has any.
fn has(module: &str, test: &str) -> bool {
    let is_it = |line: &str| {
        let name = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.split_once('('));
        name.is_some_and(|(name, _)| test.is_empty() || name == test)
    };
    let is_test = |text: String| {
        let mut lines = text.lines().map(str::trim_start);
        // Attributes may stand between.
        while lines.any(|line| line == "#[test]") {
            let named = lines.find(|line| line.starts_with("fn "));
            if named.is_some_and(is_it) {
                return true;
            }
        }
        false
    };
    let texts = files(module).into_iter();
    texts
        .map(|path| fs::read_to_string(path).unwrap())
        .any(is_test)
}

#[test]
fn every_test_that_the_page_names_is_there() {
    let named = named(PAGE);
    assert!(named.len() > 50, "{named:?}");
    let missing: Vec<_> = named
        .iter()
        .filter(|(module, test)| !has(module, test))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(!has("kiosk", "there_is_no_such_test"));
    assert!(has("security", "every_test_that_the_page_names_is_there"));
    assert!(!has("security", "every_test_that_the_page_names"));
    assert!(!has("no_such_module", ""));
}
