//! The house: which room may know which. `docs/ARCHITECTURE.md` draws this table; here it is kept.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "tables are long; a source file that cannot be read fails the test"
)]

mod circles;
mod clones;

use std::fs;
use std::path::{Path, PathBuf};

/// The most lines of a file; a longer one has two subjects.
const MAX_LINES: usize = 400;

/// What a room may know.
struct Room {
    name: &'static str,
    /// Rooms that it may import beside itself; `*` for all.
    rooms: &'static [&'static str],
    /// Outside crates that it may name; `*` for all but those with a home of their own.
    crates: &'static [&'static str],
}

const ROOMS: &[Room] = &[
    Room {
        name: "domain",
        rooms: &[],
        crates: &[
            "chrono",
            "pinyin",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "unicode_normalization",
            "unicode_segmentation",
            "zeroize",
        ],
    },
    Room {
        name: "disk",
        rooms: &[],
        crates: &["rustix"],
    },
    Room {
        name: "wire",
        rooms: &["domain"],
        crates: &["encoding_rs", "qrcode", "sha2", "thiserror"],
    },
    Room {
        name: "sim",
        rooms: &["domain"],
        crates: &["encoding_rs"],
    },
    Room {
        name: "bundle",
        rooms: &["domain"],
        crates: &[
            "age",
            "chrono",
            "ed25519_dalek",
            "sha2",
            "thiserror",
            "zeroize",
            "zstd",
        ],
    },
    Room {
        name: "config",
        rooms: &["disk", "domain", "wire"],
        crates: &[
            "chrono",
            "croner",
            "serde_json",
            "thiserror",
            "toml",
            "unicode_width",
        ],
    },
    Room {
        name: "words",
        rooms: &["domain", "services", "wire"],
        crates: &[
            "chinese_lunisolar_calendar",
            "chrono",
            "fluent_bundle",
            "unicode_width",
        ],
    },
    Room {
        name: "sheet",
        rooms: &["domain", "services", "words"],
        crates: &["rust_xlsxwriter", "unicode_width"],
    },
    Room {
        name: "panel",
        rooms: &["domain"],
        crates: &[],
    },
    Room {
        name: "services",
        rooms: &["domain", "panel"],
        crates: &["chrono", "serde", "serde_json"],
    },
    Room {
        name: "app",
        rooms: &["config", "domain", "panel", "services", "wire"],
        crates: &["zeroize"],
    },
    Room {
        name: "view",
        rooms: &["app", "config", "domain", "panel", "wire", "words"],
        crates: &["chrono", "ratatui", "unicode_width"],
    },
    Room {
        name: "store",
        rooms: &["bundle", "disk", "domain", "services"],
        crates: &[
            "argon2",
            "chrono",
            "getrandom",
            "hmac",
            "rusqlite",
            "rusqlite_migration",
            "rustix",
            "serde_json",
            "sha2",
            "thiserror",
            "unicode_normalization",
            "zeroize",
        ],
    },
    Room {
        name: "shell",
        rooms: &["*"],
        crates: &["*"],
    },
    Room {
        name: "cli",
        rooms: &["*"],
        crates: &["*"],
    },
];

/// Crates that live in one room, whatever others may name.
const HOMES: &[(&str, &str)] = &[
    ("rusqlite", "store"),
    ("rusqlite_migration", "store"),
    ("libsqlite3_sys", "store"),
    ("fluent_bundle", "words"),
    ("chinese_lunisolar_calendar", "words"),
    ("rust_xlsxwriter", "sheet"),
    ("toml", "config"),
    ("croner", "config"),
    ("qrcode", "wire"),
    ("evdev", "shell"),
    ("pcsc", "shell"),
];

/// Paths that stand in one file only.
const CLOCK: &str = "src/shell/clock.rs";
const CLOCK_READS: &[&str] = &["Utc::now", "Local::now", "Instant::now", "SystemTime::now"];

/// Reading files waits for nobody in one room only.
const DISK: &str = "src/disk/mod.rs";
const FILE_READS: &[&str] = &["fs::read", "fs::read_to_string", "fs::copy", "File::open"];

/// Whoever makes a folder makes its name last: in one room only, tests of that room included.
const DIR_HOME: &str = "src/disk/";
const DIR_MAKERS: &[&str] = &[
    "fs::create_dir",
    "fs::create_dir_all",
    "DirBuilder::new",
    "fs::mkdir",
    "fs::mkdirat",
];

/// A piece of Rust: a word, or one sign; blanks, comments and what stands in quotes are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Sign(char),
}

/// The text after a quoted string, from behind its opening quote.
fn after_quote(text: &str) -> &str {
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '"' => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

/// The text after a raw string such as `r#"…"#`, or nothing when here is none.
fn after_raw(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let body = rest[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.split_once(&end).map_or("", |(_, after)| after))
}

/// The text after a block comment; they nest.
fn after_comment(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut rest = text;
    loop {
        if let Some(inner) = rest.strip_prefix("/*") {
            (depth, rest) = (depth + 1, inner);
        } else if let Some(outer) = rest.strip_prefix("*/") {
            (depth, rest) = (depth - 1, outer);
            if depth == 0 {
                return rest;
            }
        } else {
            let mut chars = rest.chars();
            if chars.next().is_none() {
                return "";
            }
            rest = chars.as_str();
        }
    }
}

/// A character in quotes, with what follows it; a lifetime is none.
fn after_char(text: &str) -> Option<&str> {
    let body = text.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        let mut chars = escape.chars();
        chars.next();
        return chars.as_str().split_once('\'').map(|(_, after)| after);
    }
    let mut chars = body.chars();
    chars.next();
    chars.as_str().strip_prefix('\'')
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        rest = if rest.starts_with("//") {
            rest.split_once('\n').map_or("", |(_, after)| after)
        } else if rest.starts_with("/*") {
            after_comment(rest)
        } else if let Some(after) = after_raw(rest) {
            after
        } else if let Some(after) = rest.strip_prefix('"') {
            after_quote(after)
        } else if let Some(after) = after_char(rest) {
            after
        } else if is_word(c) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            &rest[end..]
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::Sign(c));
            }
            &rest[c.len_utf8()..]
        };
    }
    tokens
}

/// A path of words joined by `::`, and whether it goes on in braces or a star.
#[derive(Debug, PartialEq, Eq)]
struct Route {
    words: Vec<String>,
    grouped: bool,
}

impl Route {
    fn word(&self, place: usize) -> &str {
        self.words.get(place).map_or("", String::as_str)
    }
}

/// Words after which `::` begins a path instead of going on with one.
const BEFORE_PATHS: &[&str] = &[
    "as", "dyn", "else", "for", "impl", "in", "mut", "return", "use",
];

fn is_join(tokens: &[Token]) -> bool {
    matches!(tokens, [Token::Sign(':'), Token::Sign(':'), ..])
}

/// All paths of a text, each one as long as it goes; a lone word is a path of one.
fn routes(tokens: &[Token]) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let Token::Word(word) = first else { continue };
        if BEFORE_PATHS.contains(&word.as_str()) {
            continue;
        }
        let mut route = Route {
            words: vec![word.clone()],
            grouped: false,
        };
        while is_join(rest) {
            match rest.get(2) {
                Some(Token::Word(word)) => {
                    route.words.push(word.clone());
                    rest = &rest[3..];
                }
                next => {
                    route.grouped = matches!(next, Some(Token::Sign('{' | '*')));
                    rest = &rest[2..];
                    break;
                }
            }
        }
        routes.push(route);
    }
    routes
}

/// The dependencies of the program, as Rust names them.
fn dependencies() -> Vec<String> {
    let manifest = include_str!("../../../Cargo.toml");
    let (_, after) = manifest.split_once("[dependencies]\n").unwrap();
    let (section, _) = after.split_once("\n[").unwrap();
    let names = section.lines().filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.replace('-', "_")).collect()
}

/// Crates that come with others and could be named by mistake.
const INSIDE_OTHERS: &[&str] = &[
    "crossterm",
    "libsqlite3_sys",
    "fluent_syntax",
    "libc",
    "tokio",
];

/// The room of a file: `src/app/update.rs` is in app, `src/lib.rs` in none.
fn room_of(path: &str) -> Option<&str> {
    let (room, _) = path.strip_prefix("src/")?.split_once('/')?;
    Some(room)
}

/// How deep a file's module lies below its room: `src/app/mod.rs` 0, `src/app/a.rs` 1.
fn depth_of(path: &str) -> usize {
    let inside = path.split('/').count().saturating_sub(2);
    inside - usize::from(path.ends_with("/mod.rs"))
}

/// What is wrong with a source file, one line each.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = form_faults(path, text);
    let tokens = tokens(text);
    let routes = routes(&tokens);
    for route in &routes {
        let last_two = route.words.last_chunk::<2>().map(|two| two.join("::"));
        let Some(last_two) = last_two else { continue };
        for (reads, home) in [(CLOCK_READS, CLOCK), (FILE_READS, DISK)] {
            if reads.contains(&last_two.as_str()) && path != home {
                faults.push(format!("{path}: {last_two} stands in {home} only"));
            }
        }
    }
    faults.extend(maker_faults(path, &tokens, &routes));
    let Some(name) = room_of(path) else {
        return faults;
    };
    let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
        faults.push(format!("{path}: {name} is no room of the house"));
        return faults;
    };
    let known = dependencies();
    for route in &routes {
        faults.extend(import_fault(path, room, route));
        faults.extend(crate_fault(path, room, route, &known));
    }
    faults.extend(rename_faults(path, &tokens));
    faults.dedup();
    faults
}

/// Folders that are made elsewhere than in their room, by a path or by a name that was imported.
fn maker_faults(path: &str, tokens: &[Token], routes: &[Route]) -> Vec<String> {
    if path.starts_with(DIR_HOME) {
        return Vec::new();
    }
    let ends = DIR_MAKERS.iter().filter(|maker| {
        let by_path = routes.iter().any(|route| {
            let last_two = route.words.last_chunk::<2>().map(|two| two.join("::"));
            last_two.as_deref() == Some(**maker)
        });
        let name = maker.rsplit("::").next().unwrap_or_default();
        let by_name = name != "new" && tokens.contains(&Token::Word(name.to_owned()));
        by_path || by_name
    });
    ends.map(|maker| format!("{path}: {maker}: folders are made by disk::make_dir_synced only"))
        .collect()
}

/// Length, header, and words that promise work instead of doing it.
fn form_faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push(format!(
            "{path}: begins without a //! line that says what it is for"
        ));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        faults.push(format!(
            "{path}: {lines} lines, at most {MAX_LINES}; split it"
        ));
    }
    for word in [
        "TODO",
        "FIXME",
        "XXX",
        "#[ignore",
        "unimplemented!",
        "todo!",
    ] {
        if text.contains(word) {
            faults.push(format!("{path}: {word} is a promise; keep it or drop it"));
        }
    }
    faults
}

fn import_fault(path: &str, room: &Room, route: &Route) -> Option<String> {
    let name = room.name;
    if route.word(0) == "super" {
        // One step up leaves a room only from its front door, where `super` is the crate itself.
        let twice = route.word(1) == "super";
        let out =
            depth_of(path) == 0 && !route.grouped && ROOMS.iter().any(|r| r.name == route.word(1));
        return (twice || out).then(|| {
            format!(
                "{path}: {} climbs out of {name}; name the path from crate::",
                route.words[..2].join("::")
            )
        });
    }
    if route.word(0) != "crate" && route.word(0) != "wenming" {
        return None;
    }
    let other = route.word(1);
    if other.is_empty() {
        return route
            .grouped
            .then(|| format!("{path}: crate::{{..}} hides rooms; write one use a room"));
    }
    let may = other == name || room.rooms.contains(&"*") || room.rooms.contains(&other);
    (!may).then(|| format!("{path}: {name} may not import {other}"))
}

fn crate_fault(path: &str, room: &Room, route: &Route, known: &[String]) -> Option<String> {
    let (name, first) = (room.name, route.word(0));
    if name == "view"
        && route
            .words
            .iter()
            .any(|word| word == "crossterm" || word == "backend")
    {
        return Some(format!("{path}: view may not name crossterm"));
    }
    let is_crate = known.iter().any(|c| c == first) || INSIDE_OTHERS.contains(&first);
    // A lone word may be a variable or a field of that name.
    if !is_crate || (route.words.len() == 1 && !route.grouped) {
        return None;
    }
    let home = HOMES.iter().find(|(crate_name, _)| *crate_name == first);
    let may = match home {
        Some((_, home)) => *home == name,
        None => room.crates.contains(&"*") || room.crates.contains(&first),
    };
    (!may).then(|| format!("{path}: {name} may not name {first}"))
}

/// `use crate as c`, `extern crate`, `use rusqlite as sql` and `#[path]` would hide an import.
fn rename_faults(path: &str, tokens: &[Token]) -> Vec<String> {
    let word = |text: &str| Token::Word(text.to_owned());
    let known = dependencies();
    let mut faults = Vec::new();
    for three in tokens.windows(3) {
        let [Token::Word(first), Token::Word(second), third] = three else {
            continue;
        };
        match (first.as_str(), second.as_str()) {
            ("extern", "crate") => faults.push(format!("{path}: extern crate hides an import")),
            ("use", name)
                if *third == word("as") && (name == "crate" || known.iter().any(|c| c == name)) =>
            {
                faults.push(format!("{path}: use {name} as .. hides an import"));
            }
            ("use", name) if *third == Token::Sign(';') && known.iter().any(|c| c == name) => {
                faults.push(format!("{path}: use {name}; hides an import"));
            }
            _ => {}
        }
    }
    if tokens
        .windows(3)
        .any(|three| *three == [Token::Sign('#'), Token::Sign('['), word("path")])
    {
        faults.push(format!("{path}: #[path] moves a file out of its room"));
    }
    faults
}

/// Every Rust file below a folder, with its path from the root of the project.
pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join(folder)];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        (name, fs::read_to_string(&path).unwrap())
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_room_keeps_to_itself() {
    let sources = sources("src");
    assert!(
        sources.len() > 50,
        "only {} files were found",
        sources.len()
    );
    for room in ROOMS.iter().filter(|room| room.name != "cli") {
        let front = format!("src/{}/mod.rs", room.name);
        assert!(
            sources.iter().any(|(path, _)| *path == front),
            "{front} is missing"
        );
    }
    let faults: Vec<String> = sources
        .iter()
        .flat_map(|(path, text)| faults(path, text))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_test_says_what_it_is_for_and_runs() {
    let faults: Vec<String> = sources("tests")
        .iter()
        .filter(|(path, _)| path != "tests/it/house/mod.rs")
        .flat_map(|(path, text)| form_faults(path, text))
        .filter(|fault| !fault.contains(" lines, at most "))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A text whose only fault is `body`, at this path.
#[track_caller]
fn check(path: &str, body: &str, want: &[&str]) {
    let text = format!("//! A file.\n\n{body}\n");
    assert_eq!(faults(path, &text), want, "{body}");
}

#[test]
fn an_import_across_the_house_is_seen_however_it_is_written() {
    let path = "src/app/update.rs";
    for body in [
        "use crate::store::Ledger;",
        "use crate::store;",
        "use crate::store::{Ledger, StoreError};",
        "use crate :: store :: *;",
        "use crate::\n    store::Ledger;",
        "pub(crate) use crate::store::Ledger;",
        "fn f() { let _ = crate::store::open(); }",
        "fn f(ledger: &crate::store::Ledger) {}",
        "fn f() { ::wenming::store::open(); }",
        "impl crate::store::Hand for X {}",
        "/* a remark */ use /* here */ crate::/* too */store::Ledger;",
    ] {
        check(path, body, &["src/app/update.rs: app may not import store"]);
    }
    check(
        path,
        "use crate::{store::Ledger, domain::Points};",
        &["src/app/update.rs: crate::{..} hides rooms; write one use a room"],
    );
    check(
        "src/view/page.rs",
        "use crate::*;",
        &["src/view/page.rs: crate::{..} hides rooms; write one use a room"],
    );
    check(
        path,
        "use super::super::store::Ledger;",
        &["src/app/update.rs: super::super climbs out of app; name the path from crate::"],
    );
    check(
        "src/app/mod.rs",
        "use super::store::Ledger;",
        &["src/app/mod.rs: super::store climbs out of app; name the path from crate::"],
    );
    check(
        path,
        "use crate as house;",
        &["src/app/update.rs: use crate as .. hides an import"],
    );
    check(
        path,
        "#[path = \"../store/mod.rs\"]\nmod ledger;",
        &["src/app/update.rs: #[path] moves a file out of its room"],
    );
    for (path, body, want) in [
        (
            "src/domain/points.rs",
            "use crate::words::Say;",
            "domain may not import words",
        ),
        (
            "src/wire/code.rs",
            "use crate::config::Config;",
            "wire may not import config",
        ),
        (
            "src/words/mod.rs",
            "use crate::app::Model;",
            "words may not import app",
        ),
        (
            "src/config/mod.rs",
            "use crate::app::Key;",
            "config may not import app",
        ),
        (
            "src/view/mod.rs",
            "use crate::store::Ledger;",
            "view may not import store",
        ),
        (
            "src/store/mod.rs",
            "use crate::app::Answer;",
            "store may not import app",
        ),
        (
            "src/store/redeem.rs",
            "use crate::config::Config;",
            "store may not import config",
        ),
        (
            "src/app/screens/home.rs",
            "use crate::shell::Clock;",
            "app may not import shell",
        ),
        (
            "src/app/screens/home.rs",
            "use crate::view::Page;",
            "app may not import view",
        ),
    ] {
        check(path, body, &[&format!("{path}: {want}")]);
    }
}

#[test]
fn a_crate_outside_its_rooms_is_seen_however_it_is_written() {
    for (path, body, want) in [
        (
            "src/app/model.rs",
            "use rusqlite::Connection;",
            "app may not name rusqlite",
        ),
        (
            "src/app/model.rs",
            "use ::rusqlite::Connection;",
            "app may not name rusqlite",
        ),
        (
            "src/app/model.rs",
            "fn f(c: rusqlite::Connection) {}",
            "app may not name rusqlite",
        ),
        (
            "src/app/model.rs",
            "use ratatui::layout::Rect;",
            "app may not name ratatui",
        ),
        (
            "src/app/model.rs",
            "use serialport::{SerialPort};",
            "app may not name serialport",
        ),
        (
            "src/app/model.rs",
            "use crossterm::event::KeyCode;",
            "app may not name crossterm",
        ),
        (
            "src/app/model.rs",
            "use chrono::NaiveDate;",
            "app may not name chrono",
        ),
        (
            "src/view/page.rs",
            "use ratatui::crossterm::event;",
            "view may not name crossterm",
        ),
        (
            "src/view/page.rs",
            "use ratatui::{layout::Rect};\nuse ratatui::backend::TestBackend;",
            "view may not name crossterm",
        ),
        (
            "src/shell/perform.rs",
            "use rusqlite::Connection;",
            "shell may not name rusqlite",
        ),
        (
            "src/cli/audit.rs",
            "use rusqlite::{Connection};",
            "cli may not name rusqlite",
        ),
        (
            "src/domain/points.rs",
            "use rusqlite::types::ToSql;",
            "domain may not name rusqlite",
        ),
        (
            "src/wire/code.rs",
            "use serialport::SerialPort;",
            "wire may not name serialport",
        ),
        (
            "src/words/mod.rs",
            "use ratatui::text::Line;",
            "words may not name ratatui",
        ),
    ] {
        check(path, body, &[&format!("{path}: {want}")]);
    }
    check(
        "src/app/model.rs",
        "use rusqlite as sql;",
        &["src/app/model.rs: use rusqlite as .. hides an import"],
    );
    check(
        "src/app/model.rs",
        "extern crate rusqlite;",
        &["src/app/model.rs: extern crate hides an import"],
    );
}

#[test]
fn the_clock_is_read_in_one_place() {
    for read in CLOCK_READS {
        let body = format!("fn f() {{ let _ = {read}(); }}");
        check(
            "src/shell/kiosk.rs",
            &body,
            &[&format!(
                "src/shell/kiosk.rs: {read} stands in src/shell/clock.rs only"
            )],
        );
        check(
            "src/main.rs",
            &format!("fn f() {{ let _ = std::time::{read}(); }}"),
            &[&format!(
                "src/main.rs: {read} stands in src/shell/clock.rs only"
            )],
        );
        check(CLOCK, &body, &[]);
    }
}

#[test]
fn files_are_opened_in_one_place() {
    for read in FILE_READS {
        let body = format!("fn f() {{ let _ = std::{read}(path); }}");
        check(
            "src/cli/play.rs",
            &body,
            &[&format!(
                "src/cli/play.rs: {read} stands in src/disk/mod.rs only"
            )],
        );
        check(DISK, &body, &[]);
    }
}

#[test]
fn folders_are_made_in_one_place() {
    for (body, maker) in [
        ("fn f() { std::fs::create_dir(path); }", "fs::create_dir"),
        ("fn f() { fs::create_dir_all(path); }", "fs::create_dir_all"),
        ("use std::fs::{create_dir, File};", "fs::create_dir"),
        ("fn f() { fs::DirBuilder::new(); }", "DirBuilder::new"),
        ("fn f() { rustix::fs::mkdirat(a, b, c); }", "fs::mkdirat"),
    ] {
        let path = "src/shell/spool.rs";
        let want = format!("{path}: {maker}: folders are made by disk::make_dir_synced only");
        check(path, body, &[&want]);
        check("src/disk/folder.rs", body, &[]);
    }
}

#[test]
fn what_is_allowed_is_not_seen() {
    for (path, body) in [
        (
            "src/app/update.rs",
            "use crate::app::Model;\nuse crate::domain::Points;",
        ),
        (
            "src/app/update.rs",
            "// use crate::store::Ledger;\n/* crate::store */ fn f() {}",
        ),
        (
            "src/app/update.rs",
            "const S: &str = \"crate::store \\\" rusqlite::Connection\";",
        ),
        (
            "src/app/update.rs",
            "const S: &str = r#\"crate::store\"#;\nconst C: char = '\"';",
        ),
        (
            "src/app/update.rs",
            "fn f<'a>(store: &'a str) -> &'a str { store }",
        ),
        (
            "src/store/redeem.rs",
            "use super::append::Draft;\nuse rusqlite::{Connection, params};",
        ),
        ("src/store/mod.rs", "mod tests { use super::*; }"),
        (
            "src/shell/perform.rs",
            "use crate::store::Ledger;\nuse crate::view::Page;",
        ),
        ("src/main.rs", "fn main() { wenming::cli::run() }"),
    ] {
        check(path, body, &[]);
    }
}

#[test]
fn the_form_of_a_file_is_kept() {
    assert_eq!(
        faults("src/app/a.rs", "use std::fmt;\n"),
        ["src/app/a.rs: begins without a //! line that says what it is for"]
    );
    check("src/app/a.rs", &"\n".repeat(MAX_LINES - 3), &[]);
    check(
        "src/app/a.rs",
        &"\n".repeat(MAX_LINES - 1),
        &["src/app/a.rs: 402 lines, at most 400; split it"],
    );
    for word in ["TODO", "FIXME", "#[ignore"] {
        check(
            "src/app/a.rs",
            &format!("// {word} later"),
            &[&format!(
                "src/app/a.rs: {word} is a promise; keep it or drop it"
            )],
        );
    }
    check(
        "src/misc/a.rs",
        "",
        &["src/misc/a.rs: misc is no room of the house"],
    );
}

#[test]
fn the_readme_names_every_room() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let missing: Vec<&str> = ROOMS
        .iter()
        .map(|room| room.name)
        .filter(|name| !readme.contains(&format!("| `{name}` |")))
        .collect();
    assert_eq!(
        missing,
        Vec::<&str>::new(),
        "rooms that README.md leaves out"
    );
}
