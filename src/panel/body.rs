//! The kinds of body that a screen can have. Each is laid out once, in `view`.

use crate::domain::Text;
use crate::panel::{LINES_A_PAGE, MENU_A_PAGE, MENU_BESIDE_PAGER, TALL, TALLER};

/// What a screen is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Numbered buttons, two in a row.
    Menu {
        /// The most on one page without a pager.
        most: usize,
        /// So many places are laid out, whether taken or not.
        places: usize,
        /// What stands there when there are none.
        empty: Option<Text>,
    },
    /// Numbered lines, each with a figure at its end.
    List {
        /// What stands there when there are none.
        empty: Text,
    },
    /// Centred sentences above the answers.
    Question(Vec<Line>),
    /// A keypad at the right; what is typed, and lines about it, at the left.
    Keypad {
        /// What stands in the place of the digits until there are any.
        above: Option<Text>,
        /// The digits so far.
        typed: String,
        /// What helps.
        lines: Vec<Line>,
    },
    /// Lines from the left, in groups; there is room between groups where the screen has it.
    Lines(Vec<Vec<Line>>),
    /// What happened: one line each in four columns.
    Entries {
        /// Newest first.
        rows: Vec<Entry>,
        /// What stands there when there are none.
        empty: Text,
    },
    /// Drawn by a file of its own in `view`; its choices are data all the same.
    Own,
}

impl Body {
    /// How many entries stand on a page, of so many in all, in a terminal of so many rows and beside so many buttons at the
    /// foot: each of them needs a digit.
    pub(super) fn a_page(&self, entries: usize, (rows, foot): (u16, usize)) -> usize {
        match self {
            Self::Menu { most, .. } if entries <= *most => *most,
            Self::Menu { .. } if rows >= TALL => MENU_A_PAGE,
            Self::Menu { .. } => MENU_BESIDE_PAGER,
            Self::List { .. } => {
                let fits = match rows {
                    TALLER.. => 7,
                    TALL.. => 6,
                    _ => LINES_A_PAGE,
                };
                LINES_A_PAGE.max(7_usize.saturating_sub(foot).min(fits))
            }
            Self::Question(_)
            | Self::Keypad { .. }
            | Self::Lines(_)
            | Self::Entries { .. }
            | Self::Own => LINES_A_PAGE,
        }
    }

    /// Leaves room for the pager.
    pub(super) const fn beside_pager(&mut self, a_page: usize) {
        if let Self::Menu { places, .. } = self {
            *places = a_page;
        }
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// As running text.
    Plain,
    /// To be read first.
    Strong,
    /// Somebody must see it.
    Warning,
    /// A band of its own, in the middle.
    Banner,
}

/// A line of text. One too long for its row is cut at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: Text,
    /// How it looks.
    pub emphasis: Emphasis,
    /// How far something is, done and in all, in the right half of the row.
    pub bar: Option<(u64, u64)>,
    /// It goes on in a second row, one column further in.
    pub wraps: bool,
    /// It is cut at its beginning: the end of a path says most.
    pub tail: bool,
}

impl Line {
    /// A line that looks so.
    pub const fn new(emphasis: Emphasis, text: Text) -> Self {
        Self {
            text,
            emphasis,
            bar: None,
            wraps: false,
            tail: false,
        }
    }

    /// Running text.
    pub const fn plain(text: Text) -> Self {
        Self::new(Emphasis::Plain, text)
    }

    /// What is to be read first.
    pub const fn strong(text: Text) -> Self {
        Self::new(Emphasis::Strong, text)
    }

    /// What somebody must see.
    pub const fn warning(text: Text) -> Self {
        Self::new(Emphasis::Warning, text)
    }
}

/// Something that happened, in four columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub when: Text,
    /// What it was.
    pub what: Text,
    /// By how much.
    pub change: Text,
    /// What was left.
    pub after: Text,
}
