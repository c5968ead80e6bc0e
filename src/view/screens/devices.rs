//! One reader: its port, whether it is there, what it sent last as hex and text, what that looks like, the card in all
//! its forms, or what is wrong and what to do.

use crate::app::{Devices, Heard};
use crate::config::{ReaderFormat, ReaderSetting};
use crate::domain::{Form, NumberForm, forms_of_chip, forms_of_printed, forms_of_uid};
use crate::panel::Panel;
use crate::view::body::{body, tail};
use crate::view::context::View;
use crate::view::layout::{Grid, row, rows};
use crate::view::page::Page;
use crate::view::paint::fitted;
use crate::view::theme::Ink;
use crate::wire::{guess, hex_dump, shown};
use crate::words::plain;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr as _;

/// Rows above what was sent earlier: port, gap, hex, text, and the forms of a card.
const HEAD: u16 = 8;

pub(super) fn page<A>(
    page: &mut Page,
    grid: &Grid,
    view: &View<'_>,
    (panel, devices): (&Panel<A>, &Devices),
) {
    body(page, grid, view, panel);
    let above = rows(grid.body, 0, grid.body.height - 3);
    reader_rows(page, view, above, devices);
}

fn reader_rows(page: &mut Page, view: &View<'_>, above: Rect, devices: &Devices) {
    let say = view.say;
    let readers = &view.config.station.readers;
    let Some(reader) = readers.get(devices.page) else {
        return;
    };
    let width = usize::from(above.width);
    let port = tail(&plain(reader.port.as_str()), width);
    page.text(row(above, 0), Ink::Page, port);
    let heard = devices.shown();
    let Some(((last, gap), older)) = heard.split_first() else {
        page.text(row(above, 1), Ink::Strong, say.text("devices-tap"));
        if view.model.readers.get(devices.page) != Some(&true) {
            warn(page, row(above, 3), &say.text("devices-lost"));
            page.text(row(above, 4), Ink::Page, say.text("devices-lost-do"));
        }
        return;
    };
    let looks =
        guess(last.raw.bytes()).map_or_else(String::new, |looks| say.looks(&looks, reader.baud));
    let first = format!("{}  {looks}", waited(view, *gap));
    page.text(row(above, 1), Ink::Strong, fitted(&first, width));
    let bytes = last.raw.bytes();
    page.text(row(above, 2), Ink::Page, fitted(&hex_dump(bytes), width));
    page.text(row(above, 3), Ink::Page, fitted(&shown(bytes), width));
    meaning(page, view, rows(above, 4, 4), (reader, last));
    for (y, (heard, gap)) in (HEAD..above.height).zip(older) {
        let line = format!("{}  {}", waited(view, *gap), hex_dump(heard.raw.bytes()));
        page.text(row(above, y), Ink::Quiet, fitted(&line, width));
    }
}

/// How long after what was said before.
fn waited(view: &View<'_>, gap_ms: Option<i64>) -> String {
    gap_ms.map_or_else(
        || view.say.text("listen-first"),
        |ms| {
            let seconds = format!("{}.{:03}", ms.div_euclid(1_000), ms.rem_euclid(1_000));
            view.say.with("listen-after", &[("seconds", &seconds)])
        },
    )
}

/// The card in all its forms, or what is wrong with the bytes and what to do.
fn meaning(page: &mut Page, view: &View<'_>, at: Rect, (reader, heard): (&ReaderSetting, &Heard)) {
    match &heard.read {
        Ok(card) => {
            let forms = match (reader.format, reader.line.number) {
                (ReaderFormat::Em4100, _) => forms_of_chip(card),
                (ReaderFormat::Pn532 | ReaderFormat::Pcsc, _) => forms_of_uid(card),
                (ReaderFormat::Lines | ReaderFormat::Gm65 | ReaderFormat::Wedge, Some(number)) => {
                    match number.form {
                        NumberForm::Hex10 | NumberForm::Dec13 | NumberForm::Dec12 => {
                            forms_of_chip(card)
                        }
                        NumberForm::Uid => forms_of_uid(card),
                        NumberForm::Dec10
                        | NumberForm::Halves
                        | NumberForm::Dec8
                        | NumberForm::Site => forms_of_printed(card),
                    }
                }
                (ReaderFormat::Lines | ReaderFormat::Gm65 | ReaderFormat::Wedge, None) => {
                    Vec::new()
                }
            };
            let forms = if forms.is_empty() {
                let number = [("number", card.as_str())];
                vec![view.say.with("listen-card", &number)]
            } else {
                packed(&forms, at.width.into())
            };
            for (y, line) in (0..at.height).zip(forms) {
                page.text(row(at, y), Ink::Strong, fitted(&line, at.width.into()));
            }
        }
        Err(fault) => {
            let (sentence, remedy) = view.say.frame_fault(*fault);
            warn(page, row(at, 0), &sentence);
            let remedy = view.say.with("checkup-do", &[("remedy", &remedy)]);
            page.text(row(at, 1), Ink::Page, fitted(&remedy, at.width.into()));
        }
    }
}

/// Forms side by side, as many as fit in a line.
fn packed(forms: &[Form], columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (name, number) in forms {
        let form = format!("{name} {number}");
        match lines.last_mut() {
            Some(line) if line.width() + 2 + form.width() <= columns => {
                line.push_str("  ");
                line.push_str(&form);
            }
            _ => lines.push(form),
        }
    }
    lines
}

/// A line that somebody must see.
fn warn(page: &mut Page, at: Rect, text: &str) {
    page.fill(at, Ink::Warning);
    page.text(at, Ink::Warning, fitted(text, at.width.into()));
}
