//! A page: pieces with places. Made from the model, painted on the screen, felt by a finger.

use crate::app::Key;
use crate::domain::Theme;
use crate::panel;
use crate::view::layout::row;
use crate::view::theme::Ink;
use ratatui::layout::{HorizontalAlignment, Position, Rect};
use unicode_width::UnicodeWidthStr as _;

/// How far a finger may miss or drift, in columns and rows. Source: elders miss by 3.4 mm on average;
/// two columns are 10 mm at 42 px type, one row 12 mm.
const DRIFT: (u16, u16) = (2, 1);

/// What a button means, and so its colour. Each also differs in its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// One of several.
    Choice,
    /// Yes.
    Confirm,
    /// Back, help, no, and what cannot be had now.
    Neutral,
    /// Finish.
    Finish,
    /// It cannot be undone, and nobody can have read the screen yet.
    Unarmed,
    /// It has just acted.
    Pressed,
}

impl From<panel::Tone> for Tone {
    fn from(tone: panel::Tone) -> Self {
        match tone {
            panel::Tone::Choice => Self::Choice,
            panel::Tone::Confirm => Self::Confirm,
            panel::Tone::Neutral => Self::Neutral,
            panel::Tone::Finish => Self::Finish,
        }
    }
}

impl Tone {
    /// Its colours.
    pub const fn ink(self) -> Ink {
        match self {
            Self::Choice => Ink::Choice,
            Self::Confirm => Ink::Confirm,
            Self::Neutral => Ink::Neutral,
            Self::Finish => Ink::Finish,
            Self::Unarmed => Ink::Unarmed,
            Self::Pressed => Ink::Pressed,
        }
    }
}

/// Something that can be touched; touching it is pressing its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// Where a touch counts, painted gap included.
    pub at: Rect,
    /// The key it stands for.
    pub key: Key,
    /// The sign on the keypad, in front of the label; empty for none.
    pub badge: String,
    /// The word.
    pub label: String,
    /// A figure at the right end, such as a price; empty for none.
    pub note: String,
    /// The meaning.
    pub tone: Tone,
}

impl Button {
    /// A button of a key with the sign on the keypad, without a figure.
    pub(crate) fn of(at: Rect, (key, badge): (Key, &str), label: String, tone: Tone) -> Self {
        Self {
            at,
            key,
            badge: badge.to_owned(),
            label,
            note: String::new(),
            tone,
        }
    }
}

/// One thing on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A filled area.
    Fill(Rect, Ink),
    /// One line of text.
    Text {
        /// Where.
        at: Rect,
        /// What.
        text: String,
        /// In which colours.
        ink: Ink,
        /// On which side.
        side: HorizontalAlignment,
    },
    /// A number five rows tall.
    Digits {
        /// Where; the number stands at its left.
        at: Rect,
        /// Digits, comma, minus, colon.
        text: String,
    },
    /// Boxes for the digits of a PIN.
    Boxes {
        /// Where.
        at: Rect,
        /// How many are filled.
        filled: usize,
        /// How many there are.
        total: usize,
    },
    /// How far something is: one row of cells.
    Bar {
        /// Where.
        at: Rect,
        /// So much is done.
        done: u64,
        /// So much there is; nothing is filled while this is 0.
        total: u64,
    },
    /// A button.
    Button(Button),
}

/// Everything on the screen, in painting order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// In which colours.
    pub theme: Theme,
    /// The pieces; later ones cover earlier ones.
    pub pieces: Vec<Piece>,
}

impl Page {
    /// The buttons, in painting order.
    pub fn buttons(&self) -> impl DoubleEndedIterator<Item = &Button> {
        self.pieces.iter().filter_map(|piece| {
            let Piece::Button(button) = piece else {
                return None;
            };
            Some(button)
        })
    }

    /// The numbers that are painted five rows tall, as text.
    pub fn figures(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| {
            let Piece::Digits { text, .. } = piece else {
                return None;
            };
            Some(text.as_str())
        })
    }

    /// The button at a cell, or the nearest one within a row and two columns: elders miss more
    /// often than they slip.
    pub fn button_at(&self, column: u16, row: u16) -> Option<&Button> {
        let cell = Position::new(column, row);
        let near = |button: &&Button| near(button.at).contains(cell);
        let exact = self.buttons().rev().find(|button| button.at.contains(cell));
        exact.or_else(|| self.buttons().rev().find(near))
    }

    /// Says whether a secret is typed here.
    pub(crate) fn is_secret(&self) -> bool {
        let boxes = |piece: &Piece| matches!(piece, Piece::Boxes { .. });
        self.pieces.iter().any(boxes)
    }

    /// Makes a button look pressed.
    pub(crate) fn press(&mut self, pressed: &Button) {
        for piece in &mut self.pieces {
            if let Piece::Button(button) = piece
                && button == pressed
            {
                button.tone = Tone::Pressed;
            }
        }
    }

    /// Adds a line of text at the left.
    pub(crate) fn text(&mut self, at: Rect, ink: Ink, text: impl Into<String>) {
        self.line(at, ink, HorizontalAlignment::Left, text);
    }

    /// Adds a line of text in the middle.
    pub(crate) fn centred(&mut self, at: Rect, ink: Ink, text: impl Into<String>) {
        self.line(at, ink, HorizontalAlignment::Center, text);
    }

    /// Adds a line of text at the right.
    pub(crate) fn right(&mut self, at: Rect, ink: Ink, text: impl Into<String>) {
        self.line(at, ink, HorizontalAlignment::Right, text);
    }

    fn line(&mut self, at: Rect, ink: Ink, side: HorizontalAlignment, text: impl Into<String>) {
        self.pieces.push(Piece::Text {
            at,
            text: text.into(),
            ink,
            side,
        });
    }

    /// Fills an area.
    pub(crate) fn fill(&mut self, at: Rect, ink: Ink) {
        self.pieces.push(Piece::Fill(at, ink));
    }

    /// Adds a number five rows tall.
    pub(crate) fn digits(&mut self, at: Rect, text: impl Into<String>) {
        self.pieces.push(Piece::Digits {
            at,
            text: text.into(),
        });
    }

    /// Adds a bar, done and in all.
    pub(crate) fn bar(&mut self, at: Rect, (done, total): (u64, u64)) {
        self.pieces.push(Piece::Bar { at, done, total });
    }

    /// Adds a button; where room is scarce, its word comes before its sign.
    pub(crate) fn button(&mut self, mut button: Button) {
        if button.label.width() > button.label_room() {
            button.badge.clear();
        }
        self.pieces.push(Piece::Button(button));
    }

    /// Fills an area and adds a line of text in its middle.
    pub(crate) fn banner(&mut self, at: Rect, ink: Ink, text: impl Into<String>) {
        self.fill(at, ink);
        self.centred(row(at, at.height / 2), ink, text);
    }
}

/// A place, grown by as much as a finger may miss.
pub(crate) fn near(at: Rect) -> Rect {
    let (columns, rows) = DRIFT;
    let (x, y) = (at.x.saturating_sub(columns), at.y.saturating_sub(rows));
    Rect {
        x,
        y,
        width: at.right().saturating_add(columns).saturating_sub(x),
        height: at.bottom().saturating_add(rows).saturating_sub(y),
    }
}
