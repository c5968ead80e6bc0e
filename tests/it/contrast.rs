//! Every visible cell of every screen in both themes: its contrast by the formula of the standard, its
//! width, and that it does not blink.
#![expect(
    clippy::panic,
    clippy::disallowed_types,
    clippy::float_arithmetic,
    reason = "a screen that cannot be built fails the test; the standard's formula is in fractions"
)]

use crate::common::checkup::checking;
use crate::common::devices::{bare, bench};
use crate::common::exports::exporting;
use crate::common::printer::printing;
use crate::common::screens::{example, now, screens, speaking, stretched, typing};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr as _;
use wenming::app::{Key, Model};
use wenming::config::Config;
use wenming::domain::{Lang, Theme};
use wenming::view::{Ink, Page, Tone, View, page};
use wenming::words::Words;

const SIZES: [(u16, u16); 3] = [(64, 16), (80, 20), (96, 24)];

/// The light of a colour of the 256-colour cube or grey ramp, 0 to 1.
/// Source: WCAG 2.1, relative luminance; xterm-256, cube levels 0 95 135 .. 255, greys 8 + 10n.
fn light(color: Color) -> f64 {
    let Color::Indexed(index) = color else {
        panic!("{color:?} differs from terminal to terminal");
    };
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    let rgb = match index {
        16..=231 => {
            let n = index - 16;
            [level(n / 36), level(n / 6 % 6), level(n % 6)]
        }
        232..=255 => [8 + 10 * (index - 232); 3],
        0..=15 => panic!("{index} differs from terminal to terminal"),
    };
    let linear = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast((fg, bg): (Color, Color)) -> f64 {
    let (one, other) = (light(fg), light(bg));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The least contrast of a pair. An empty PIN box is no text and must only be found.
fn least(theme: Theme, pair: (Color, Color)) -> f64 {
    if pair == Ink::EmptyBox.pair(theme) {
        return 3.0;
    }
    match theme {
        Theme::Light => 7.0,
        Theme::Contrast => 12.0,
    }
}

/// What is drawn out of halves of cells, not written.
fn is_block(symbol: &str) -> bool {
    matches!(symbol, "█" | "▀" | "▄")
}

/// Says whether a cell is the edge of a button: its face against the page.
fn edge(cell: &Cell, theme: Theme) -> Option<Tone> {
    let page = Ink::Page.pair(theme).1;
    let tones = [
        Tone::Choice,
        Tone::Confirm,
        Tone::Neutral,
        Tone::Finish,
        Tone::Unarmed,
        Tone::Pressed,
    ];
    let is_face = |tone: &Tone| tone.ink().pair(theme).1 == cell.fg;
    (cell.bg == page && matches!(cell.symbol(), "▀" | "▄"))
        .then(|| tones.into_iter().find(is_face))
        .flatten()
}

/// What is wrong with the cells of a screen.
fn faults(page: &Page, area: Rect) -> Vec<String> {
    let mut buffer = Buffer::empty(area);
    page.paint(&mut buffer);
    let mut found = Vec::new();
    for cell in buffer.content() {
        let symbol = cell.symbol();
        if cell
            .modifier
            .intersects(Modifier::SLOW_BLINK | Modifier::RAPID_BLINK)
        {
            found.push(format!("'{symbol}' blinks"));
        }
        if symbol.trim().is_empty() {
            continue;
        }
        if !is_block(symbol) && symbol.width() != symbol.width_cjk() {
            found.push(format!("'{symbol}' is as wide as the terminal likes"));
        }
        let pair = (cell.fg, cell.bg);
        let needed = match edge(cell, page.theme) {
            // A button that does nothing yet need not stand out; its word says why. A pressed one
            // is seen for 150 ms, on a page that has been read.
            Some(Tone::Unarmed | Tone::Pressed) => 1.0,
            Some(Tone::Choice | Tone::Confirm | Tone::Neutral | Tone::Finish) => 3.0,
            None => least(page.theme, pair),
        };
        let ratio = contrast(pair);
        if ratio < needed {
            found.push(format!("{pair:?}: {ratio:.2}, needs {needed}"));
        }
    }
    found
}

/// Walks the screens of a station; gives the faults by what they are, with one screen that has them.
fn walk(config: &Config, shots: &[(String, Model)], into: &mut BTreeMap<String, String>) -> usize {
    let (words, now) = (Words::new(), now());
    let mut walked = 0;
    for (columns, rows) in SIZES {
        let area = Rect::new(0, 0, columns, rows);
        for (name, model) in shots {
            for (theme, tag) in Theme::ALL {
                let mut model = model.clone();
                model.theme = theme;
                let page = page(&View::new(&model, config, &words, &now), area);
                assert_eq!(page.theme, theme);
                for fault in faults(&page, area) {
                    into.insert(fault, format!("{name} {tag} {columns}x{rows}"));
                }
                walked += 1;
            }
        }
    }
    walked
}

#[test]
fn every_cell_of_every_screen_has_contrast_in_both_themes() {
    let (mut found, mut walked) = (BTreeMap::new(), 0);
    for config in [example(), stretched()] {
        for lang in [Lang::Zh, Lang::En] {
            walked += walk(&config, &screens(&config, lang), &mut found);
            for build in [typing, exporting, checking, printing, speaking, bench, bare] {
                let (config, shots) = build(&config, lang);
                walked += walk(&config, &shots, &mut found);
            }
        }
    }
    assert!(walked > 2_000, "only {walked} screens");
    assert!(found.is_empty(), "{found:#?}");
}

/// Pairs that no screen happens to show in a picture, and the formula itself.
#[test]
fn every_pair_of_the_palette_has_contrast() {
    let black_on_white = contrast((Color::Indexed(16), Color::Indexed(231)));
    assert!((20.99..21.01).contains(&black_on_white));
    assert!(contrast((Color::Indexed(17), Color::Indexed(16))) < 1.5);
    for (theme, name) in Theme::ALL {
        for ink in Ink::ALL {
            let pair = ink.pair(theme);
            let (ratio, least) = (contrast(pair), least(theme, pair));
            assert!(
                ratio >= least,
                "{name} {ink:?} has {ratio:.2}, needs {least}"
            );
        }
    }
}

/// The walk itself can fail: a page with the wrong colours, a sign of two widths.
#[test]
fn the_walk_sees_a_fault() {
    let (config, words, now) = (example(), Words::new(), now());
    let area = Rect::new(0, 0, 64, 16);
    let model = Model::new(0, Lang::default(), &now);
    let fine = page(&View::new(&model, &config, &words, &now), area);
    assert_eq!(faults(&fine, area), Vec::<String>::new());
    assert!(fine.buttons().any(|button| button.key == Key::Theme));
    let mut wrong = fine.clone();
    for piece in &mut wrong.pieces {
        if let wenming::view::Piece::Text { text, .. } = piece {
            *text = "·".to_owned();
        }
    }
    assert!(!faults(&wrong, area).is_empty());
    let grey = (Color::Indexed(244), Color::Indexed(231));
    assert!(contrast(grey) < least(Theme::Light, grey));
}
