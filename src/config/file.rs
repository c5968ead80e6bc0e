//! One file: its text from the disk, its tree, and the faults found on the way.

use crate::config::fault::{Fault, Found, Notes, Page, Places};
use crate::config::form::Form;
use crate::config::table::Table;
use crate::disk;
use crate::domain::OddSign;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;
use toml::de::DeTable;

/// The largest file that is read, in bytes. A town's whole rule book has a hundredth of it.
const MAX_BYTES: u64 = 1 << 20;

/// Reads one file's text with `read` and adds its faults and doubts, in the order of their places.
pub(super) fn examine<T>(
    file: &Path,
    text: &str,
    form: &'static Form,
    all: &mut Found,
    read: impl FnOnce(&Table<'_>) -> Option<T>,
) -> Option<T> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let page = Page::of(text, !errors.is_empty());
    let value = read(&Table::root(&page, root.get_ref(), form));

    let (places, mut found, mut doubted) = page.close();
    let mut syntax: Vec<(usize, String)> = errors
        .iter()
        .map(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let wrong = format!("not TOML: {}", error.message());
            let right = places.text(offset).and_then(odd_sign).map_or_else(
                || remedy(error.message()).to_owned(),
                |sign| sign.to_string(),
            );
            (offset, format!("{wrong}; {right}"))
        })
        .collect();
    // A half-read line says nothing reliable beyond where it went wrong first.
    syntax.sort_by_key(|(at, _)| *at);
    syntax.dedup_by_key(|(at, _)| places.line(*at));
    let half_read: BTreeSet<usize> = syntax.iter().map(|(at, _)| places.line(*at)).collect();
    for notes in [&mut found, &mut doubted] {
        notes.retain(|(at, _)| !half_read.contains(&places.line(*at)));
    }
    found.extend(syntax);
    all.faults.extend(placed(file, &places, found));
    all.doubts.extend(placed(file, &places, doubted));
    value
}

/// Notes with their lines and columns, in order.
fn placed(file: &Path, places: &Places<'_>, mut notes: Notes) -> impl Iterator<Item = Fault> {
    notes.sort_by_key(|(at, _)| *at);
    notes.into_iter().map(|(offset, what)| {
        let (line, column) = places.place(offset);
        Fault {
            file: file.to_owned(),
            line,
            column,
            what,
        }
    })
}

/// The first sign outside quotes and remarks that only looks like one of TOML's.
fn odd_sign(line: &str) -> Option<OddSign> {
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some('"'), '\\') => drop(chars.next()),
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => return None,
            (None, c) => {
                if let Some(sign) = OddSign::of(c) {
                    return Some(sign);
                }
            }
        }
    }
    None
}

/// What to do about a line that is not TOML.
fn remedy(message: &str) -> &'static str {
    if message.contains("duplicate key") {
        "keep one of them"
    } else if message.contains("date") {
        "write a day that exists, such as 2026-01-31"
    } else if message.contains("string") {
        "put texts between two \" on one line"
    } else {
        "a line is key = value, [section], [[entry]] or # comment"
    }
}

/// Takes a file's text from the disk, without a byte order mark.
pub(super) fn text_of(file: &Path) -> Result<String, Fault> {
    let fault = |line, column, what: String| Fault {
        file: file.to_owned(),
        line,
        column,
        what,
    };
    let bytes = disk::read(file, MAX_BYTES).map_err(|error| {
        let what = if error.kind() == ErrorKind::NotFound {
            "no such file; a config folder holds station.toml, catalogue.toml, rules.toml \
             and staff.toml"
                .to_owned()
        } else if error.kind() == ErrorKind::FileTooLarge {
            "larger than 1 MiB; this is not a config file, take it from a backup".to_owned()
        } else {
            format!("cannot be read: {error}; it must be a file the station's user may read")
        };
        fault(1, 1, what)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let (line, column) = Places::of(&before).place(valid);
        fault(
            line,
            column,
            "not UTF-8; save the file as UTF-8, not as GBK or ANSI".to_owned(),
        )
    })?;
    Ok(disk::without_mark(text))
}
