//! A slip as a value: what it says and how, before any printer is known. Text files and ESC/POS bytes both come from it.

use super::gb::{char_width, paper_width};
use crate::domain::clean;

/// The longest line that is kept, in characters; names are bounded far below it.
const MAX_CHARS: usize = 200;

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
}

/// How big a line is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Size {
    /// 24 dots high, 3 mm.
    #[default]
    Normal,
    /// Twice as high.
    Tall,
    /// Twice as high and as wide.
    Big,
}

impl Size {
    /// How many columns a column of the text takes.
    pub const fn columns(self) -> usize {
        match self {
            Self::Normal | Self::Tall => 1,
            Self::Big => 2,
        }
    }
}

/// A part of a slip, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A line of text; it goes on in the next row where it is too long.
    Line {
        /// What it says.
        text: String,
        /// Where.
        align: Align,
        /// How big.
        size: Size,
        /// Thick.
        bold: bool,
    },
    /// A label at the left edge and its value at the right one; on two rows where they would touch.
    Pair {
        /// At the left.
        label: String,
        /// At the right.
        value: String,
        /// How big.
        size: Size,
        /// Thick.
        bold: bool,
    },
    /// A rule from edge to edge.
    Rule,
    /// A QR code in the middle.
    Qr(String),
}

/// A slip. Its end is the cut, whichever the printer has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    parts: Vec<Part>,
}

/// A row as it comes out: never wider than the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Text.
    Text {
        /// What it says, padded where a value stands at the right.
        text: String,
        /// Where.
        align: Align,
        /// How big.
        size: Size,
        /// Thick.
        bold: bool,
    },
    /// A QR code.
    Qr(String),
}

impl Slip {
    /// The parts, from top to bottom.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// Adds a plain line.
    #[must_use]
    pub fn line(self, text: impl Into<String>) -> Self {
        self.styled(text, Align::Left, Size::Normal, false)
    }

    /// Adds a line of its own size.
    #[must_use]
    pub fn sized(self, size: Size, text: impl Into<String>) -> Self {
        self.styled(text, Align::Left, size, false)
    }

    /// Adds a thick line in the middle.
    #[must_use]
    pub fn title(self, size: Size, text: impl Into<String>) -> Self {
        self.styled(text, Align::Centre, size, true)
    }

    /// Adds a line.
    #[must_use]
    pub fn styled(self, text: impl Into<String>, align: Align, size: Size, bold: bool) -> Self {
        let text = clean_line(&text.into());
        self.with(Part::Line {
            text,
            align,
            size,
            bold,
        })
    }

    /// Adds a label and its value.
    #[must_use]
    pub fn pair(self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.sized_pair(Size::Normal, label, value)
    }

    /// Adds a label and its value, of their own size; big ones are thick.
    #[must_use]
    pub fn sized_pair(
        self,
        size: Size,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        self.with(Part::Pair {
            label: clean_line(&label.into()),
            value: clean_line(&value.into()),
            size,
            bold: size == Size::Big,
        })
    }

    /// Adds a rule from edge to edge.
    #[must_use]
    pub fn rule(self) -> Self {
        self.with(Part::Rule)
    }

    /// Adds a QR code of printable ASCII.
    #[must_use]
    pub fn qr(self, text: impl Into<String>) -> Self {
        self.with(Part::Qr(text.into()))
    }

    /// The rows as they come out on paper of so many columns.
    pub fn rows(&self, columns: usize) -> Vec<Row> {
        self.parts
            .iter()
            .flat_map(|part| rows(part, columns))
            .collect()
    }

    /// The slip as text, a row a line, all of one size; a code is named by what it says.
    pub fn to_text(&self, columns: usize) -> String {
        let mut text = String::new();
        for row in self.rows(columns) {
            match row {
                Row::Text {
                    text: line,
                    align,
                    size,
                    ..
                } => {
                    let wide = paper_width(&line).saturating_mul(size.columns());
                    if align == Align::Centre {
                        text.extend((0..columns.saturating_sub(wide) / 2).map(|_| ' '));
                    }
                    text.push_str(line.trim_end());
                }
                Row::Qr(code) => text.push_str(&code),
            }
            text.push('\n');
        }
        text
    }
}

/// One line of it: a leading blank is an indent and stays.
fn clean_line(text: &str) -> String {
    let indent = text.chars().take_while(|c| *c == ' ').count();
    let indent = " ".repeat(indent.min(MAX_CHARS));
    indent + &clean(text, MAX_CHARS)
}

fn rows(part: &Part, columns: usize) -> Vec<Row> {
    match part {
        Part::Rule => vec![Row::Text {
            text: "-".repeat(columns),
            align: Align::Left,
            size: Size::Normal,
            bold: false,
        }],
        Part::Qr(code) => vec![Row::Qr(code.clone())],
        Part::Line {
            text,
            align,
            size,
            bold,
        } => {
            let size = fitting(*size, paper_width(text), columns);
            wrapped(text, columns / size.columns())
                .into_iter()
                .map(|text| Row::Text {
                    text,
                    align: *align,
                    size,
                    bold: *bold,
                })
                .collect()
        }
        Part::Pair {
            label,
            value,
            size,
            bold,
        } => {
            let used = paper_width(label).saturating_add(paper_width(value));
            let size = fitting(*size, used.saturating_add(1), columns);
            let columns = columns / size.columns();
            pair(label, value, used, columns)
                .into_iter()
                .map(|text| Row::Text {
                    text,
                    align: Align::Left,
                    size,
                    bold: *bold,
                })
                .collect()
        }
    }
}

/// The size, or the next smaller one with which a line stays in one row.
fn fitting(size: Size, width: usize, columns: usize) -> Size {
    match size {
        Size::Big if width.saturating_mul(2) > columns => Size::Tall,
        Size::Normal | Size::Tall | Size::Big => size,
    }
}

fn pair(label: &str, value: &str, used: usize, columns: usize) -> Vec<String> {
    if used < columns {
        let gap = " ".repeat(columns.saturating_sub(used));
        return vec![format!("{label}{gap}{value}")];
    }
    let mut rows = wrapped(label, columns);
    rows.extend(wrapped(value, columns).into_iter().map(|part| {
        let gap = columns.saturating_sub(paper_width(&part));
        " ".repeat(gap) + &part
    }));
    rows
}

/// Signs that must not begin a row: what they close would stand alone.
fn closes(c: char) -> bool {
    "，。：；！？、）」》,.:;!?)".contains(c)
}

/// Breaks a line so that no part is wider than `columns`: at a blank where there is one, else between characters.
fn wrapped(line: &str, columns: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest: Vec<char> = line.chars().collect();
    loop {
        let at = break_at(&rest, columns);
        let tail = rest.split_off(at);
        let row: String = rest.into_iter().collect();
        rest = tail.into_iter().skip_while(|c| *c == ' ').collect();
        if rest.is_empty() {
            parts.push(row);
            return parts;
        }
        parts.push(row.trim_end().to_owned());
    }
}

/// How many characters stand in the first row, at least one.
fn break_at(chars: &[char], columns: usize) -> usize {
    let mut width = 0_usize;
    let over = chars.iter().position(|c| {
        width = width.saturating_add(char_width(*c));
        width > columns
    });
    let Some(over) = over else {
        return chars.len();
    };
    let head = chars.get(..over).unwrap_or_default();
    let between = |place: usize| {
        let sides = (chars.get(place.wrapping_sub(1)), chars.get(place));
        let word = |c: Option<&char>| c.is_some_and(char::is_ascii_graphic);
        let inside = word(sides.0) && word(sides.1);
        !inside && !sides.1.copied().is_some_and(closes)
    };
    let least = head.len() / 2;
    let place = (least..=over)
        .rev()
        .find(|place| *place > 0 && between(*place));
    place.unwrap_or(over).max(1)
}
