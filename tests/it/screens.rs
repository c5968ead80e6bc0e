//! Every screen at every size: nothing cut, nothing covered, nothing too small for a finger; and
//! pictures of them that a person can review.
#![expect(
    clippy::unwrap_used,
    reason = "a screen that cannot be built fails the test"
)]

use crate::common::checkup::checking;
use crate::common::devices::{bare, bench};
use crate::common::exports::exporting;
use crate::common::printer::printing;
use crate::common::screens::{example, is_pictured, now, screens, speaking, stretched, typing};
use ratatui::layout::{HorizontalAlignment, Rect};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr as _;
use wenming::app::{Key, Model, Screen};
use wenming::config::Config;
use wenming::domain::{Lang, StaffId};
use wenming::view::{Demo, DemoStaff, Page, Piece, View, digits_width, page};
use wenming::words::Words;

const SIZES: [(u16, u16); 6] = [(64, 16), (65, 17), (80, 20), (80, 24), (96, 24), (120, 40)];
const LANGS: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

/// Columns that a text covers on its row, from and until.
fn extent(at: Rect, text: &str, side: HorizontalAlignment) -> (u16, u16) {
    let width = u16::try_from(text.width()).unwrap_or(u16::MAX);
    let spare = at.width.saturating_sub(width);
    let from = match side {
        HorizontalAlignment::Left => at.x,
        HorizontalAlignment::Center => at.x + spare / 2,
        HorizontalAlignment::Right => at.x + spare,
    };
    (from, from.saturating_add(width))
}

/// The cells that a piece draws on, beside a fill.
fn drawn(piece: &Piece) -> Option<(Rect, &str)> {
    match piece {
        Piece::Fill(..) => None,
        Piece::Text { at, text, side, .. } => {
            let (from, until) = extent(*at, text, *side);
            Some((Rect::new(from, at.y, until - from, 1), text))
        }
        Piece::Digits { at, text } => Some((Rect::new(at.x, at.y, digits_width(text), 5), text)),
        Piece::Boxes { at, total, .. } => {
            let width = u16::try_from(total * 3 - 1).unwrap();
            Some((Rect::new(at.x, at.y, width, 1), "boxes"))
        }
        Piece::Bar { at, .. } => Some((Rect { height: 1, ..*at }, "bar")),
        Piece::Button(button) => Some((button.at, &button.label)),
    }
}

fn place(piece: &Piece) -> Rect {
    match piece {
        Piece::Fill(at, _)
        | Piece::Text { at, .. }
        | Piece::Digits { at, .. }
        | Piece::Boxes { at, .. }
        | Piece::Bar { at, .. } => *at,
        Piece::Button(button) => button.at,
    }
}

fn is_within(inner: Rect, outer: Rect) -> bool {
    inner.intersection(outer) == inner
}

/// The screen in front, or what stands before it.
fn shown(model: &Model) -> &'static str {
    if model.asking_until_ms.is_some() {
        "asking"
    } else if model.notice.is_some() {
        "notice"
    } else {
        model.screen.name()
    }
}

/// Says whether language and colours must be one touch away here.
fn is_first(model: &Model) -> bool {
    matches!(shown(model), "idle" | "home")
}

/// What does not fit on a page.
fn misfits(page: &Page, area: Rect, model: &Model) -> Vec<String> {
    let mut misfits = Vec::new();
    for (n, piece) in page.pieces.iter().enumerate() {
        if !is_within(place(piece), area) {
            misfits.push(format!("{piece:?} is not all on the screen"));
        }
        let Some((at, what)) = drawn(piece) else {
            continue;
        };
        if !is_within(at, place(piece)) {
            misfits.push(format!("'{what}' takes {at:?}, has {:?}", place(piece)));
        }
        for other in page.pieces.iter().skip(n + 1) {
            // What is painted over on purpose is filled first.
            if matches!(other, Piece::Fill(over, _) if is_within(at, *over)) {
                break;
            }
            if let Some((over, with)) = drawn(other)
                && !at.intersection(over).is_empty()
            {
                misfits.push(format!("'{what}' is covered by '{with}'"));
            }
        }
    }
    let staff = matches!(
        model.screen,
        Screen::Holds(_)
            | Screen::Operations(_)
            | Screen::Task(_)
            | Screen::Detective(_)
            | Screen::OutOfOrder(_)
    );
    for button in page.buttons() {
        if button.label.width() > button.label_room() {
            let room = button.label_room();
            misfits.push(format!("'{}' is cut at {room} cells", button.label));
        }
        let least = if staff { 2 } else { 3 };
        if button.at.height < least || button.at.width < 8 {
            misfits.push(format!(
                "'{}' is too small for a finger: {:?}",
                button.label, button.at
            ));
        }
    }
    let switch = |label: &str| matches!(label, "中文" | "English");
    if is_first(model) && !page.buttons().any(|button| switch(&button.label)) {
        misfits.push("the other language is missing".to_owned());
    }
    let has = |key| page.buttons().any(|button| button.key == key);
    let whole = !matches!(model.screen, Screen::OutOfOrder(_));
    let private = whole && (model.holder.is_some() || !matches!(model.screen, Screen::Idle(_)));
    for (key, due) in [
        (Key::Help, whole),
        (Key::Finish, private),
        // Nothing lies behind the first screen of a session.
        (Key::Back, private && !matches!(shown(model), "home")),
        (Key::Theme, is_first(model)),
    ] {
        if due && !has(key) {
            misfits.push(format!("{key:?} is missing"));
        }
    }
    misfits
}

fn staff(id: &str) -> DemoStaff {
    DemoStaff {
        id: StaffId::parse(id).unwrap(),
        badge: "0009000001".to_owned(),
        pin: "135790".to_owned(),
    }
}

fn demo() -> Demo {
    Demo {
        card: "0005591234".to_owned(),
        code: "WB1:YUNDAO:7K3M9Q2X:EVS4".to_owned(),
        staff: ["A001", "M001", "T001"].map(staff).to_vec(),
        receipts: "/tmp/wenming-demo/spool".to_owned(),
        exports: "/tmp/wenming-1234567/exports".to_owned(),
    }
}

/// The same model in a terminal of so many rows.
fn sized(model: &Model, rows: u16) -> Model {
    let mut sized = model.clone();
    sized.rows = rows;
    sized
}

/// What does not fit on any screen of a station.
fn check(config: &Config, shots: &[(String, Model)], lang: &str) -> Vec<String> {
    let (words, now, demo) = (Words::new(), now(), demo());
    let mut faults = Vec::new();
    for (columns, rows) in SIZES {
        let area = Rect::new(0, 0, columns, rows);
        for (name, model) in shots {
            let model = &sized(model, rows);
            for demo in [None, Some(&demo)] {
                let view = View {
                    demo,
                    ..View::new(model, config, &words, &now)
                };
                let misfits = misfits(&page(&view, area), area, model);
                let what = if demo.is_some() { "demo " } else { "" };
                faults.extend(
                    misfits
                        .into_iter()
                        .map(|fault| format!("{columns}x{rows} {lang} {what}{name}: {fault}")),
                );
            }
        }
    }
    faults
}

#[test]
fn everything_fits_on_every_screen() {
    let mut faults = Vec::new();
    for config in [example(), stretched()] {
        for (lang, name) in LANGS {
            let shots = screens(&config, lang);
            assert!(shots.len() > 90, "only {} screens", shots.len());
            faults.extend(check(&config, &shots, name));
            for build in [typing, exporting, printing, checking, speaking, bench, bare] {
                let (config, shots) = build(&config, lang);
                faults.extend(check(&config, &shots, name));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults\n{}\n",
        faults.len(),
        faults.join("\n")
    );
}

/// Screens that have a picture at every size, beside those at 64x16.
const WIDER: [&str; 6] = ["idle", "home", "rewards-1", "done", "pin", "holds"];

/// The screen as text, named and under its size.
fn picture(
    config: &Config,
    (name, model): &(String, Model),
    (columns, rows): (u16, u16),
) -> String {
    let (words, now) = (Words::new(), now());
    let area = Rect::new(0, 0, columns, rows);
    let model = sized(model, rows);
    let page = page(&View::new(&model, config, &words, &now), area);
    format!(
        "=== {name} {columns}x{rows}\n{}",
        page.to_lines(area).join("\n")
    )
}

/// Pictures for one file, and the screens that they show.
struct Book {
    label: String,
    pictures: Vec<String>,
    shown: BTreeSet<&'static str>,
}

impl Book {
    fn new(label: String) -> Self {
        Self {
            label,
            pictures: Vec::new(),
            shown: BTreeSet::new(),
        }
    }

    fn add(&mut self, (config, shots): &(Config, Vec<(String, Model)>), size: (u16, u16)) {
        for shot in shots {
            self.pictures.push(picture(config, shot, size));
            self.shown.insert(shot.1.screen.name());
        }
    }
}

/// All pictures of a language.
fn books((lang, tag): (Lang, &str)) -> Vec<Book> {
    let small = (64, 16);
    let example = example();
    let mut shots = screens(&example, lang);
    shots.retain(|(name, _)| !name.starts_with("operations-") || name == "operations-empty");
    shots.retain(|(name, _)| is_pictured(name));
    let (notices, others): (Vec<_>, Vec<_>) = shots
        .into_iter()
        .partition(|(name, _)| name.starts_with("notice-"));
    let wider = others
        .iter()
        .filter(|(name, _)| WIDER.contains(&name.as_str()));
    let wider = (example.clone(), wider.cloned().collect());
    let mut books = Vec::new();
    for (part, shots) in [("screens", others), ("notices", notices)] {
        let mut book = Book::new(format!("{part}-{tag}-64x16"));
        book.add(&(example.clone(), shots), small);
        // What looks as another does is shown once.
        let mut seen = BTreeSet::new();
        book.pictures
            .retain(|picture| seen.insert(picture.split_once('\n').unwrap().1.to_owned()));
        if part == "screens" {
            book.add(&typing(&example, lang), small);
        }
        books.push(book);
    }
    let (checker, mut shots) = checking(&example, lang);
    shots.retain(|(name, _)| !name.starts_with("checkup-all-") || name == "checkup-all-0");
    for (part, sets) in [
        ("exports", vec![exporting(&example, lang)]),
        ("printer", vec![printing(&example, lang)]),
        ("checkup", vec![(checker, shots)]),
        ("devices", vec![bench(&example, lang), bare(&example, lang)]),
    ] {
        let mut book = Book::new(format!("{part}-{tag}-64x16"));
        for set in &sets {
            book.add(set, small);
        }
        books.push(book);
    }
    for size in [(80, 24), (96, 24)] {
        let mut book = Book::new(format!("screens-{tag}-{}x{}", size.0, size.1));
        book.add(&wider, size);
        books.push(book);
    }
    books
}

#[test]
fn the_pictures_are_as_reviewed() {
    for book in LANGS.into_iter().flat_map(books) {
        insta::assert_snapshot!(book.label, book.pictures.join("\n\n"));
    }
}

/// Every name that a screen can have, out of the program's own table, so that a new one cannot be forgotten.
fn names() -> BTreeSet<&'static str> {
    let source = include_str!("../../src/app/screens/mod.rs");
    let (_, after) = source.split_once("\nscreens! {\n").unwrap();
    let (table, _) = after.split_once("\n}\n").unwrap();
    let rows = table.lines().map(str::trim);
    let rows = rows.filter(|row| !row.starts_with("///"));
    rows.map(|row| row.strip_prefix('"').unwrap().split_once('"').unwrap().0)
        .collect()
}

#[test]
fn every_screen_has_a_picture() {
    let books = books((Lang::Zh, "zh")).into_iter();
    let pictured: BTreeSet<&str> = books.flat_map(|book| book.shown).collect();
    let all = names();
    let missing: Vec<&&str> = all.difference(&pictured).collect();
    assert_eq!(missing, Vec::<&&str>::new(), "screens without a picture");
    assert!(all.contains("idle") && all.len() >= 22, "{all:?}");
}

#[test]
fn a_terminal_that_is_too_small_says_so() {
    let config = example();
    let (words, now) = (Words::new(), now());
    let model = Model::new(0, Lang::default(), &now);
    let view = View::new(&model, &config, &words, &now);
    for (columns, rows) in [(63, 16), (64, 15), (20, 5)] {
        let area = Rect::new(0, 0, columns, rows);
        let text = page(&view, area).to_lines(area).concat();
        let want = format!("屏幕太小：要64x16，现在{columns}x{rows}");
        assert!(text.contains(&want), "{text}");
    }
    for (columns, rows) in [(1, 1), (2, 1), (3, 40)] {
        let area = Rect::new(0, 0, columns, rows);
        assert_eq!(page(&view, area).to_lines(area).len(), usize::from(rows));
    }
}
