//! What is wrong with a config file, and where.

use crate::domain::Text;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// One thing to mend in a config file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was opened.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a Chinese character counts once.
    pub column: usize,
    /// What is wrong.
    pub wrong: Text,
    /// What would be right.
    pub right: Text,
}

impl Fault {
    /// A fault of a file as a whole.
    pub(super) fn of_file(file: &Path, wrong: Text, right: Text) -> Self {
        Self {
            file: file.to_owned(),
            line: 1,
            column: 1,
            wrong,
            right,
        }
    }

    /// The same as a sentence: `file:line:column: what is wrong; what would be right`.
    pub fn told(&self) -> Text {
        Text::of("fault")
            .word("file", self.file.display())
            .word("line", self.line)
            .word("column", self.column)
            .fact("wrong", self.wrong.clone().into())
            .fact("right", self.right.clone().into())
    }
}

/// What is found in the files.
#[derive(Default)]
pub(super) struct Found {
    /// What must be mended.
    pub(super) faults: Vec<Fault>,
    /// What is allowed, and better otherwise.
    pub(super) doubts: Vec<Fault>,
}

/// A fault or a doubt by its byte: what is wrong, and what would be right.
pub(super) struct Note {
    pub(super) at: usize,
    pub(super) wrong: Text,
    pub(super) right: Text,
}

/// Faults or doubts of a file.
pub(super) type Notes = Vec<Note>;

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
    pub(super) fn fault(&self, at: usize, wrong: Text, right: Text) {
        self.found.borrow_mut().push(Note { at, wrong, right });
    }

    /// Notes a doubt at a byte: what is doubtful there and what would be better.
    pub(super) fn doubt(&self, at: usize, wrong: Text, right: Text) {
        self.doubted.borrow_mut().push(Note { at, wrong, right });
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
