//! A file that is being read, and the faults found on the way.

use crate::config::fault::Places;
use std::cell::RefCell;
use std::fmt::Display;

/// A file that is being read.
pub(super) struct Page<'a> {
    pub(super) places: Places<'a>,
    /// The text is not all TOML, so what seems missing may only be unread.
    pub(super) broken: bool,
    /// A cell, because every reader below goes on after a fault and many hold the page at once.
    pub(super) found: RefCell<Vec<(usize, String)>>,
}

impl Page<'_> {
    /// Notes a fault at a byte: what is wrong there and what would be right.
    pub(super) fn fault(&self, offset: usize, wrong: impl Display, right: impl Display) {
        self.found
            .borrow_mut()
            .push((offset, format!("{wrong}; {right}")));
    }

    /// The line that holds a byte, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.places.line(offset)
    }
}
