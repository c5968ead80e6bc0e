//! Tables for the people who settle accounts: what stands in them, as CSV and as one workbook.
//! Bytes go to a writer that is handed in; no name of a file is known here.

mod caught;
mod csv;
mod rows;
mod safe;
mod xlsx;

pub use self::csv::{BOM, write_row};
pub use rows::Rows;
pub use safe::safe;
pub use xlsx::Book;

use std::ops::Range;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text that no spreadsheet takes for a formula; made by [`Cell::text`].
    Text(String),
    /// A moment such as `2026-11-21 09:41:05`: in a workbook a date that can be filtered and grouped.
    Moment(String),
    /// A whole number, negative for corrections.
    Number(i64),
}

impl Cell {
    /// A text from anywhere, made [`safe`].
    pub fn text(text: &str) -> Self {
        Self::Text(safe(text))
    }
}

/// A table that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Every operation, a line each.
    Operations,
    /// Every resident's points.
    Balances,
    /// Rewards handed over.
    Redemptions,
    /// What partners are owed.
    Partners,
    /// Goods in the station.
    Stock,
}

impl Table {
    /// Every table, in the order of a workbook.
    pub const ALL: [Self; 5] = [
        Self::Operations,
        Self::Balances,
        Self::Redemptions,
        Self::Partners,
        Self::Stock,
    ];

    /// The name in files' names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Balances => "balances",
            Self::Redemptions => "redemptions",
            Self::Partners => "partners",
            Self::Stock => "stock",
        }
    }

    /// The id of its title in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Operations => "table-operations",
            Self::Balances => "table-balances",
            Self::Redemptions => "table-redemptions",
            Self::Partners => "table-partners",
            Self::Stock => "table-stock",
        }
    }

    /// The ids of its headers in words, in the order of the columns.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Operations => &[
                "column-seq",
                "column-time",
                "column-kind",
                "column-account",
                "column-name",
                "column-what",
                "column-points",
                "column-held",
                "column-budget",
                "column-staff",
                "column-staff-name",
                "column-of",
            ],
            Self::Balances => &[
                "column-account",
                "column-name",
                "column-before",
                "column-earned",
                "column-spent",
                "column-held",
                "column-free",
            ],
            Self::Redemptions => &[
                "column-code",
                "column-reward",
                "column-option",
                "column-partner",
                "column-count",
                "column-corrected",
                "column-pieces",
                "column-points",
            ],
            Self::Partners => &[
                "column-code",
                "column-partner",
                "column-count",
                "column-pieces",
                "column-points",
            ],
            Self::Stock => &[
                "column-code",
                "column-reward",
                "column-before",
                "column-in",
                "column-out",
                "column-held",
                "column-left",
            ],
        }
    }

    /// The columns that a workbook sums up, from 0.
    pub const fn summed(self) -> Range<usize> {
        match self {
            Self::Operations => 6..9,
            Self::Redemptions => 4..8,
            Self::Partners => 2..5,
            Self::Balances | Self::Stock => 2..7,
        }
    }
}
