//! One workbook, a sheet a table. Rows leave the memory as they are written.

use super::caught::{Patient, caught};
use crate::sheet::Cell;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;
use std::path::Path;
use unicode_width::UnicodeWidthStr as _;

/// Rows of a sheet, the header among them. Source: Excel's limit of 2^20.
const MAX_ROWS: u32 = 1_048_576;
/// The widest column, in cells; a longer text is read by clicking it.
const MAX_WIDTH: u16 = 40;
/// The largest number that a spreadsheet keeps exactly. Source: Excel's 15 digits.
const MAX_NUMBER: u64 = 999_999_999_999_999;

/// How a moment is shown.
const MOMENT: &str = "yyyy-mm-dd hh:mm:ss";

/// A workbook in the making.
pub struct Book {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    bold: Format,
    moment: Format,
}

/// What is known of a sheet while it grows.
struct Sheet {
    /// The place in the workbook.
    place: usize,
    title: String,
    headers: Vec<String>,
    rows: u32,
    widths: Vec<u16>,
}

impl Book {
    /// Begins a workbook. What does not fit in memory goes to nameless files in `scratch`; `made`
    /// is the moment it is dated, such as `2026-11-21T09:41:05`.
    ///
    /// # Errors
    /// [`XlsxError`] when `scratch` cannot be written.
    pub fn new(scratch: &Path, made: &str) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch)?;
        let date = ExcelDateTime::parse_from_str(made)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
        Ok(Self {
            workbook,
            sheets: Vec::new(),
            bold: Format::new().set_bold(),
            moment: Format::new().set_num_format(MOMENT),
        })
    }

    /// Begins a sheet with its header, which stays in sight.
    ///
    /// # Errors
    /// [`XlsxError`] when the title cannot be that of a sheet, or the disk fails.
    pub fn begin(&mut self, title: &str, headers: &[String]) -> Result<(), XlsxError> {
        let nth = self
            .sheets
            .iter()
            .filter(|sheet| sheet.title == title)
            .count();
        let name = match nth {
            0 => title.to_owned(),
            more => format!("{title} {}", more.saturating_add(1)),
        };
        let place = self.sheets.len();
        let (workbook, bold) = (&mut self.workbook, &self.bold);
        caught(|| {
            let worksheet = workbook.add_worksheet_with_constant_memory();
            worksheet.set_name(name)?;
            worksheet.set_freeze_panes(1, 0)?;
            for (column, header) in (0_u16..).zip(headers) {
                worksheet.write_with_format(0, column, header.as_str(), bold)?;
            }
            Ok(())
        })?;
        self.sheets.push(Sheet {
            place,
            title: title.to_owned(),
            headers: headers.to_vec(),
            rows: 1,
            widths: headers.iter().map(|header| width(header)).collect(),
        });
        Ok(())
    }

    /// Adds a row to the sheet that was begun last; a full sheet goes on in a next one.
    ///
    /// # Errors
    /// [`XlsxError`] when no sheet was begun, or the disk fails.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let full = self.sheets.last().filter(|sheet| sheet.rows >= MAX_ROWS);
        if let Some((title, headers)) =
            full.map(|sheet| (sheet.title.clone(), sheet.headers.clone()))
        {
            self.begin(&title, &headers)?;
        }
        let none = || XlsxError::ParameterError("a row before its sheet".to_owned());
        let sheet = self.sheets.last_mut().ok_or_else(none)?;
        let worksheet = self.workbook.worksheet_from_index(sheet.place)?;
        let moment = &self.moment;
        caught(|| {
            for (column, cell) in (0_u16..).zip(cells) {
                let wide = write(worksheet, (sheet.rows, column), cell, moment)?;
                if let Some(width) = sheet.widths.get_mut(usize::from(column)) {
                    *width = wide.max(*width);
                }
            }
            Ok(())
        })?;
        sheet.rows = sheet.rows.saturating_add(1);
        Ok(())
    }

    /// Writes the whole workbook.
    ///
    /// # Errors
    /// [`XlsxError`] when the writer or the disk fails.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        for sheet in &self.sheets {
            let worksheet = self.workbook.worksheet_from_index(sheet.place)?;
            for (column, width) in (0_u16..).zip(&sheet.widths) {
                worksheet.set_column_width(column, width.saturating_add(2).min(MAX_WIDTH))?;
            }
        }
        let mut out = Patient { out, failed: None };
        let saved = caught(|| self.workbook.save_to_writer(&mut out));
        out.failed.map_or(saved, |error| Err(error.into()))
    }
}

/// Writes a cell; the answer is its width in cells.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    moment: &Format,
) -> Result<u16, XlsxError> {
    match cell {
        Cell::Moment(text) => {
            // A clock before 1900 or after 9999 is no date of a spreadsheet; it stays a text.
            match ExcelDateTime::parse_from_str(&text.replace(' ', "T")) {
                Ok(date) => sheet.write_datetime_with_format(row, column, &date, moment)?,
                Err(_) => sheet.write_string(row, column, text)?,
            };
            Ok(width(text))
        }
        Cell::Number(number) if number.unsigned_abs() <= MAX_NUMBER => {
            sheet.write(row, column, *number)?;
            Ok(width(&number.to_string()))
        }
        Cell::Number(number) => {
            sheet.write_string(row, column, number.to_string())?;
            Ok(MAX_WIDTH)
        }
        Cell::Text(text) if text.is_empty() => Ok(0),
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
            Ok(width(text))
        }
    }
}

fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(MAX_WIDTH)
}
