//! What is wrong with a config file, and where.

use std::cell::RefCell;
use std::fmt::Display;
use std::path::PathBuf;

/// One thing to mend in a config file.
///
/// Displayed as `file:line:column: what is wrong; what would be right`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {what}", file.display())]
pub struct Fault {
    /// The file, as it was opened.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a Chinese character counts once.
    pub column: usize,
    /// What is wrong, a semicolon, and what would be right.
    pub what: String,
}

/// What is found in the files.
#[derive(Default)]
pub(super) struct Found {
    /// What must be mended.
    pub(super) faults: Vec<Fault>,
    /// What is allowed, and better otherwise.
    pub(super) doubts: Vec<Fault>,
}

/// Faults or doubts of a file by their bytes.
pub(super) type Notes = Vec<(usize, String)>;

/// Finds lines and columns of byte offsets.
pub(super) struct Places<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at.saturating_add(1));
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The line that holds a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The text of the line that holds a byte.
    pub(super) fn text(&self, offset: usize) -> Option<&'a str> {
        let line = self.line(offset);
        let start = *self.starts.get(line.checked_sub(1)?)?;
        self.text.get(start..)?.lines().next()
    }

    /// The line and the column of a byte, both from 1.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.starts.get(line.saturating_sub(1)).copied();
        let end = self.text.floor_char_boundary(offset);
        let before = start.and_then(|start| self.text.get(start..end));
        (line, before.unwrap_or_default().chars().count() + 1)
    }
}

/// A file that is being read, and the faults found so far.
pub(super) struct Page<'a> {
    places: Places<'a>,
    /// The text is not all TOML, so what seems missing may only be unread.
    pub(super) broken: bool,
    /// A cell, because every reader goes on after a fault and many hold the page at once.
    found: RefCell<Notes>,
    doubted: RefCell<Notes>,
}

impl<'a> Page<'a> {
    pub(super) fn of(text: &'a str, broken: bool) -> Self {
        Self {
            places: Places::of(text),
            broken,
            found: RefCell::default(),
            doubted: RefCell::default(),
        }
    }

    /// Notes a fault at a byte: what is wrong there and what would be right.
    pub(super) fn fault(&self, offset: usize, wrong: impl Display, right: impl Display) {
        self.found
            .borrow_mut()
            .push((offset, format!("{wrong}; {right}")));
    }

    /// Notes a doubt at a byte: what is doubtful there and what would be better.
    pub(super) fn doubt(&self, offset: usize, wrong: impl Display, right: impl Display) {
        self.doubted
            .borrow_mut()
            .push((offset, format!("{wrong}; {right}")));
    }

    /// The line that holds a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.places.line(offset)
    }

    /// The places of the text, the faults and the doubts.
    pub(super) fn close(self) -> (Places<'a>, Notes, Notes) {
        let Self {
            places,
            found,
            doubted,
            ..
        } = self;
        (places, found.into_inner(), doubted.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let places = Places::of("禾月 = 1\r\n\n村x");
        for (offset, want) in [
            (0, (1, 1)),
            (3, (1, 2)),
            (7, (1, 4)),
            (11, (1, 8)),
            (12, (2, 1)),
            (13, (3, 1)),
            (15, (3, 1)),
            (16, (3, 2)),
            (99, (3, 3)),
        ] {
            assert_eq!(places.place(offset), want, "{offset}");
        }
    }
}
