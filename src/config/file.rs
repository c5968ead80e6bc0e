//! One file: its text from the disk, its tree, and the faults found on the way.

use crate::config::fault::{Fault, Found, Note, Notes, Page, Places};
use crate::config::form::Form;
use crate::config::table::Table;
use crate::disk;
use crate::domain::{Fact, OddSign, Text};
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
    let mut syntax: Notes = errors
        .iter()
        .map(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let sign = places.text(at).and_then(odd_sign);
            Note {
                at,
                wrong: Text::of("fault-toml").word("why", error.message()),
                right: sign.map_or_else(|| remedy(error.message()), OddSign::told),
            }
        })
        .collect();
    // A half-read line says nothing reliable beyond where it went wrong first.
    syntax.sort_by_key(|note| note.at);
    syntax.dedup_by_key(|note| places.line(note.at));
    let half_read: BTreeSet<usize> = syntax.iter().map(|note| places.line(note.at)).collect();
    for notes in [&mut found, &mut doubted] {
        notes.retain(|note| !half_read.contains(&places.line(note.at)));
    }
    found.extend(syntax);
    all.faults.extend(placed(file, &places, found));
    all.doubts.extend(placed(file, &places, doubted));
    value
}

/// Notes with their lines and columns, in order.
fn placed(file: &Path, places: &Places<'_>, mut notes: Notes) -> impl Iterator<Item = Fault> {
    notes.sort_by_key(|note| note.at);
    notes.into_iter().map(|Note { at, wrong, right }| {
        let (line, column) = places.place(at);
        Fault {
            file: file.to_owned(),
            line,
            column,
            wrong,
            right,
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
fn remedy(message: &str) -> Text {
    let kind = if message.contains("duplicate key") {
        "twice"
    } else if message.contains("date") {
        "day"
    } else if message.contains("string") {
        "text"
    } else {
        "line"
    };
    Text::of("right-toml").fact("kind", Fact::Variant(kind))
}

/// Takes a file's text from the disk, without a byte order mark.
pub(super) fn text_of(file: &Path) -> Result<String, Fault> {
    let bytes = disk::read(file, MAX_BYTES).map_err(|error| {
        let (wrong, right) = if error.kind() == ErrorKind::NotFound {
            (Text::of("fault-no-file"), Text::of("right-files"))
        } else if error.kind() == ErrorKind::FileTooLarge {
            (Text::of("fault-too-large"), Text::of("right-no-config"))
        } else {
            let wrong = Text::of("fault-unread").word("why", error);
            (wrong, Text::of("right-readable"))
        };
        Fault::of_file(file, wrong, right)
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default());
        let (line, column) = Places::of(&before).place(valid);
        Fault {
            line,
            column,
            ..Fault::of_file(file, Text::of("fault-not-utf8"), Text::of("right-utf8"))
        }
    })?;
    Ok(disk::without_mark(text))
}
