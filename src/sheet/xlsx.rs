//! One workbook, a sheet a table. Rows leave the memory as they are written.

use super::caught::{Patient, caught};
use crate::sheet::Cell;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use unicode_width::UnicodeWidthStr as _;

/// Rows of a sheet, the header among them. Source: Excel's limit of 2^20.
const MAX_ROWS: u32 = 1_048_576;
/// The widest column, in cells; a longer text is read by clicking it.
const MAX_WIDTH: u16 = 40;
/// The largest number that a spreadsheet keeps exactly. Source: Excel's 15 digits.
const MAX_NUMBER: u64 = 999_999_999_999_999;

/// The paper: A4. Source: `rust_xlsxwriter`, `set_paper_size`.
const A4: u8 = 9;

/// How a moment is shown.
const MOMENT: &str = "yyyy-mm-dd hh:mm:ss";

/// A workbook in the making.
pub struct Book {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    bold: Format,
    moment: Format,
    /// What stands before sums.
    total: String,
}

/// What is known of a sheet while it grows.
struct Sheet {
    /// The place in the workbook.
    place: usize,
    title: String,
    headers: Vec<String>,
    rows: u32,
    widths: Vec<u16>,
    /// What its numbers come to, those of full sheets before it included, in the columns that are summed.
    sums: Vec<Option<i64>>,
}

impl Book {
    /// Begins a workbook. What does not fit in memory goes to nameless files in `scratch`; `made`
    /// is the moment it is dated, such as `2026-11-21T09:41:05`; `total` stands before sums.
    ///
    /// # Errors
    /// [`XlsxError`] when `scratch` cannot be written.
    pub fn new(scratch: &Path, made: &str, total: &str) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(scratch)?;
        let date = ExcelDateTime::parse_from_str(made)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
        Ok(Self {
            workbook,
            sheets: Vec::new(),
            bold: Format::new().set_bold(),
            moment: Format::new().set_num_format(MOMENT),
            total: total.to_owned(),
        })
    }

    /// Begins a sheet with its header, which stays in sight, and ends the one before with its sums. It prints on A4 across, all
    /// columns on one page, the header on each.
    ///
    /// # Errors
    /// [`XlsxError`] when the title cannot be that of a sheet, or the disk fails.
    pub fn begin(
        &mut self,
        title: &str,
        headers: &[String],
        summed: Range<usize>,
    ) -> Result<(), XlsxError> {
        self.sum_up()?;
        let sums = (0..headers.len()).map(|column| summed.contains(&column).then_some(0));
        self.sheet(title, headers, sums.collect())
    }

    fn sheet(
        &mut self,
        title: &str,
        headers: &[String],
        sums: Vec<Option<i64>>,
    ) -> Result<(), XlsxError> {
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
            worksheet.set_landscape();
            worksheet.set_paper_size(A4);
            worksheet.set_print_fit_to_pages(1, 0);
            worksheet.set_repeat_rows(0, 0)?;
            worksheet.set_footer("&C&A  &P / &N");
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
            sums,
        });
        Ok(())
    }

    /// Writes the sums below the rows of the last sheet, where there are any. A filter leaves them alone.
    fn sum_up(&mut self) -> Result<(), XlsxError> {
        let Some(sheet) = self.sheets.last().filter(|sheet| sheet.rows > 1) else {
            return Ok(());
        };
        let worksheet = self.workbook.worksheet_from_index(sheet.place)?;
        let (bold, total) = (&self.bold, self.total.as_str());
        caught(|| {
            worksheet.write_with_format(sheet.rows, 0, total, bold)?;
            for (column, sum) in (0_u16..).zip(&sheet.sums) {
                match sum {
                    Some(sum) if sum.unsigned_abs() <= MAX_NUMBER => {
                        worksheet.write_with_format(sheet.rows, column, *sum, bold)?;
                    }
                    // More than a spreadsheet counts exactly.
                    Some(sum) => {
                        let sum = sum.to_string();
                        worksheet.write_with_format(sheet.rows, column, sum, bold)?;
                    }
                    None => {}
                }
            }
            Ok(())
        })
    }

    /// Adds a row to the sheet that was begun last; a full sheet goes on in a next one.
    ///
    /// # Errors
    /// [`XlsxError`] when no sheet was begun, or the disk fails.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        // The last row is for the sums.
        let full = self
            .sheets
            .last()
            .filter(|sheet| sheet.rows >= MAX_ROWS.saturating_sub(1));
        if let Some((title, headers, sums)) = full.map(|sheet| {
            let Sheet {
                title,
                headers,
                sums,
                ..
            } = sheet;
            (title.clone(), headers.clone(), sums.clone())
        }) {
            self.sheet(&title, &headers, sums)?;
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
        for (sum, cell) in sheet.sums.iter_mut().zip(cells) {
            if let (Some(sum), Cell::Number(number)) = (sum, cell) {
                *sum = sum.saturating_add(*number);
            }
        }
        sheet.rows = sheet.rows.saturating_add(1);
        Ok(())
    }

    /// Writes the whole workbook.
    ///
    /// # Errors
    /// [`XlsxError`] when the writer or the disk fails.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        self.sum_up()?;
        for sheet in &self.sheets {
            let worksheet = self.workbook.worksheet_from_index(sheet.place)?;
            let last = u16::try_from(sheet.widths.len().saturating_sub(1)).unwrap_or(0);
            worksheet.autofilter(0, 0, sheet.rows.saturating_sub(1), last)?;
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
