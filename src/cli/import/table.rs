//! A CSV file as spreadsheets write it: in UTF-8, with or without a byte order mark, or in GB18030, which holds GBK.

use crate::cli::Failure;
use crate::disk;
use crate::domain::{OddSign, Text, clean, code_point, is_hostile};
use std::path::Path;

/// The longest file, in bytes: ten times a list of 60,000 people.
const MAX_FILE: u64 = 64 << 20;
/// So much of a wrong cell is shown, in characters.
pub(super) const MAX_SHOWN: usize = 40;
/// The longest cell, in characters.
const MAX_CELL: usize = 200;

/// A column: its names, and what a template shows in it.
pub(super) struct Column {
    /// Its names, any of which may head it; the first one is the template's.
    names: &'static [&'static str],
    /// It must be there.
    needed: bool,
    /// An example, invented.
    example: &'static str,
}

impl Column {
    /// One that may be left out.
    pub(super) const fn new(names: &'static [&'static str], example: &'static str) -> Self {
        Self {
            names,
            needed: false,
            example,
        }
    }

    /// One that must be there.
    pub(super) const fn needed(names: &'static [&'static str], example: &'static str) -> Self {
        Self {
            needed: true,
            ..Self::new(names, example)
        }
    }
}

/// A line of the file: its number, from 1, and its cells in the order of the columns.
pub(super) struct Line {
    pub(super) number: u64,
    cells: Vec<String>,
}

impl Line {
    /// The cell of a column; empty where the file does not have it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// All lines that hold something.
pub(super) struct Table {
    pub(super) lines: Vec<Line>,
}

/// A file to begin with. The mark before it makes spreadsheets read it as UTF-8.
pub(super) fn template(columns: &[Column]) -> String {
    let heads = columns.iter().filter_map(|column| column.names.first());
    let heads: Vec<&str> = heads.copied().collect();
    let examples: Vec<&str> = columns.iter().map(|column| column.example).collect();
    format!("\u{feff}{}\n{}", heads.join(","), examples.join(","))
}

impl Table {
    /// Reads a file whole.
    pub(super) fn read(path: &Path, columns: &[Column]) -> Result<Self, Failure> {
        let named = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let bytes = disk::read(path, MAX_FILE).map_err(|error| named(&error))?;
        let text = decoded(&bytes)
            .ok_or_else(|| Text::of("import-encoding").word("file", path.display()))?;
        // Lines are counted by one sign, whichever the spreadsheet ends them with.
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let first = text.lines().next().unwrap_or_default();
        // Spreadsheets separate with what their country does.
        let separator = *[b',', b';', b'\t']
            .iter()
            .max_by_key(|sign| first.bytes().filter(|byte| byte == *sign).count())
            .unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let heads = reader.headers().map_err(|error| named(&error))?.clone();
        let places = places(&heads, columns).map_err(|what| what.word("file", path.display()))?;
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| named(&error))?;
            let number = record.position().map_or(0, csv::Position::line);
            let cell = |place: &Option<usize>| place.and_then(|place| record.get(place));
            let cells = places.iter().map(|place| cell(place).unwrap_or_default());
            let cells: Vec<String> = cells.map(str::to_owned).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                lines.push(Line { number, cells });
            }
        }
        Ok(Self { lines })
    }
}

/// The text of a file in one of the two encodings; `None` where it is in neither.
fn decoded(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(disk::MARK_BYTES).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Where each column stands in the file.
fn places(heads: &csv::StringRecord, columns: &[Column]) -> Result<Vec<Option<usize>>, Text> {
    let is = |column: &Column, head: &str| column.names.contains(&head.to_lowercase().as_str());
    if let Some(head) = heads
        .iter()
        .find(|head| !head.is_empty() && !columns.iter().any(|column| is(column, head)))
    {
        return Err(Text::of("import-column").word("column", clean(head, MAX_SHOWN)));
    }
    columns
        .iter()
        .map(|column| {
            let mut places = (0..).zip(heads).filter(|(_, head)| is(column, head));
            let (first, again) = (places.next(), places.next());
            let name = column.names.first().copied().unwrap_or_default();
            match (first, again) {
                (_, Some(_)) => Err(Text::of("import-twice").word("column", name)),
                (None, None) if column.needed => {
                    Err(Text::of("import-missing").word("column", name))
                }
                (place, None) => Ok(place.map(|(place, _)| place)),
            }
        })
        .collect()
}

/// A cell as a text that people read, or what is wrong with it.
pub(super) fn sound(cell: &str) -> Result<&str, Text> {
    if let Some(sign) = cell.chars().find(|c| is_hostile(*c)) {
        let sign =
            OddSign::of(sign).map_or_else(|| Text::verbatim(code_point(sign)), OddSign::told);
        return Err(Text::of("import-sign").fact("sign", sign.into()));
    }
    if cell.chars().count() > MAX_CELL {
        return Err(Text::of("import-long").word("most", MAX_CELL));
    }
    Ok(cell)
}
