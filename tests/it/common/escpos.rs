//! An ESC/POS printer made of paper: bytes in, rows and codes out. It knows nothing of the program's own encoder and is
//! stricter than a real one: what a real printer would garble, wrap or leave out in silence is an error here.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "bytes that no printer could print must fail the test"
)]

use encoding_rs::GB18030;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Something on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A row of text.
    Text(Row),
    /// A code that the printer drew: what it says, and dots of a module.
    Code { data: String, module: usize },
    /// A picture, row by row, black true.
    Picture(Vec<Vec<bool>>),
}

/// A row of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) text: String,
    pub(crate) centred: bool,
    pub(crate) bold: bool,
    /// Times as wide and as high as normal.
    pub(crate) size: (usize, usize),
    /// Columns that it takes, at its size.
    pub(crate) columns: usize,
}

/// What ended the slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Full,
    Partial,
    /// Fed by so many rows, to be torn off.
    Torn(u8),
}

/// A slip as a person would see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paper {
    pub(crate) dots: usize,
    pub(crate) marks: Vec<Mark>,
    pub(crate) ends: Vec<End>,
}

struct Head<'a> {
    rest: &'a [u8],
    dots: usize,
    chinese: bool,
    centred: bool,
    bold: bool,
    size: (usize, usize),
    row: Vec<u8>,
    module: usize,
    stored: Vec<u8>,
    paper: Paper,
}

/// Prints bytes on paper of so many dots.
pub(crate) fn printed(bytes: &[u8], dots: usize) -> Paper {
    let mut head = Head {
        rest: bytes,
        dots,
        chinese: false,
        centred: false,
        bold: false,
        size: (1, 1),
        row: Vec::new(),
        module: 3,
        stored: Vec::new(),
        paper: Paper {
            dots,
            marks: Vec::new(),
            ends: Vec::new(),
        },
    };
    while !head.rest.is_empty() {
        head.step();
    }
    assert!(head.row.is_empty(), "text that was never fed");
    head.paper
}

impl Head<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.rest.split_first().expect_byte();
        self.rest = rest;
        *first
    }

    fn word(&mut self) -> usize {
        usize::from(self.byte()) + 256 * usize::from(self.byte())
    }

    fn at_line_start(&self, what: &str) {
        assert!(self.row.is_empty(), "{what} inside a row");
    }

    fn step(&mut self) {
        match self.byte() {
            0x0A => self.feed(),
            0x1B => self.escape(),
            0x1C => match self.byte() {
                0x26 => {
                    self.at_line_start("FS &");
                    self.chinese = true;
                }
                0x2E => self.chinese = false,
                other => panic!("FS {other:02X}"),
            },
            0x1D => self.group(),
            0x10 => panic!("a question about the status inside a slip is printed as data"),
            control @ (0..=0x1F | 0x7F) => panic!("control {control:02X}"),
            ascii @ 0x20..=0x7E => self.row.push(ascii),
            lead => {
                assert!(self.chinese, "Chinese before FS &");
                let second = self.byte();
                self.row.extend([lead, second]);
                if (0x30..=0x39).contains(&second) {
                    let (third, fourth) = (self.byte(), self.byte());
                    self.row.extend([third, fourth]);
                }
            }
        }
    }

    fn escape(&mut self) {
        match self.byte() {
            0x40 => {
                self.at_line_start("init");
                self.chinese = false;
                (self.centred, self.bold, self.size) = (false, false, (1, 1));
                self.stored.clear();
            }
            0x61 => {
                self.at_line_start("ESC a");
                let n = self.byte();
                assert!(n < 2, "ESC a {n}");
                self.centred = n == 1;
            }
            0x45 => self.bold = self.byte() & 1 == 1,
            0x64 => {
                self.at_line_start("ESC d");
                let n = self.byte();
                self.paper.ends.push(End::Torn(n));
            }
            other => panic!("ESC {other:02X}"),
        }
    }

    fn group(&mut self) {
        match self.byte() {
            0x21 => {
                let n = usize::from(self.byte());
                self.size = (n / 16 + 1, n % 16 + 1);
                assert!(
                    self.size.0 <= 2 && self.size.1 <= 2,
                    "cheap printers stop at 2"
                );
            }
            0x56 => {
                self.at_line_start("cut");
                let end = match (self.byte(), self.byte()) {
                    (0x41, 0) => End::Full,
                    (0x42, 0) => End::Partial,
                    other => panic!("GS V {other:?}"),
                };
                self.paper.ends.push(end);
            }
            0x28 => {
                assert_eq!(self.byte(), 0x6B, "GS ( of something else");
                let length = self.word();
                let (body, rest) = self.rest.split_at(length);
                self.rest = rest;
                self.code(body);
            }
            0x76 => {
                assert_eq!((self.byte(), self.byte()), (0x30, 0), "GS v");
                let (across, down) = (self.word(), self.word());
                self.at_line_start("picture");
                assert!(across * 8 <= self.dots, "a picture wider than the paper");
                let (body, rest) = self.rest.split_at(across * down);
                self.rest = rest;
                let bits = |byte: &u8| {
                    (0..8)
                        .rev()
                        .map(|bit| byte >> bit & 1 == 1)
                        .collect::<Vec<_>>()
                };
                let rows = body
                    .chunks(across)
                    .map(|row| row.iter().flat_map(bits).collect());
                let picture = Mark::Picture(rows.collect());
                assert!(self.centred, "codes stand in the middle");
                self.paper.marks.push(picture);
            }
            other => panic!("GS {other:02X}"),
        }
    }

    fn code(&mut self, body: &[u8]) {
        match body {
            [0x31, 0x43, module @ 1..=16] => self.module = usize::from(*module),
            [0x31, 0x41, 0x32, 0] | [0x31, 0x45, 0x30..=0x33] => {}
            [0x31, 0x50, 0x30, data @ ..] => self.stored = data.to_vec(),
            [0x31, 0x51, 0x30] => {
                self.at_line_start("code");
                let data = String::from_utf8(std::mem::take(&mut self.stored)).unwrap();
                let wide = modules(&data).len() * self.module;
                assert!(
                    wide <= self.dots,
                    "the printer leaves out a code of {wide} dots"
                );
                assert!(self.centred, "codes stand in the middle");
                self.paper.marks.push(Mark::Code {
                    data,
                    module: self.module,
                });
            }
            other => panic!("GS ( k {other:02X?}"),
        }
    }

    fn feed(&mut self) {
        if self.row.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.row);
        let (text, lost) = GB18030.decode_without_bom_handling(&bytes);
        assert!(!lost, "{bytes:02X?} is no GB18030");
        // 24 dots for every character that is not ASCII, whatever a terminal thinks of it.
        let columns = text
            .chars()
            .map(|c| 1 + usize::from(!c.is_ascii()))
            .sum::<usize>()
            * self.size.0;
        assert!(
            columns * 12 <= self.dots,
            "the printer wraps {text:?}: {columns} columns"
        );
        let text = Row {
            text: text.into_owned(),
            centred: self.centred,
            bold: self.bold,
            size: self.size,
            columns,
        };
        self.paper.marks.push(Mark::Text(text));
    }
}

/// The modules of a code at level M, as a printer would draw them.
fn modules(data: &str) -> Vec<Vec<bool>> {
    let code = qrcode::QrCode::with_error_correction_level(data, qrcode::EcLevel::M).unwrap();
    let width = code.width();
    let dark = code
        .to_colors()
        .into_iter()
        .map(|c| c == qrcode::Color::Dark);
    let dark: Vec<bool> = dark.collect();
    dark.chunks(width).map(<[bool]>::to_vec).collect()
}

impl Paper {
    /// The rows of text.
    pub(crate) fn texts(&self) -> Vec<&Row> {
        let texts = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            Mark::Code { .. } | Mark::Picture(_) => None,
        });
        texts.collect()
    }

    /// The slip for eyes: rows in their place, `*` thick, `#` twice as wide, `^` twice as high, codes by what they say.
    pub(crate) fn picture(&self) -> String {
        let columns = self.dots / 12;
        let mut picture = String::new();
        for mark in &self.marks {
            match mark {
                Mark::Text(text) => {
                    let sign = |on, sign| if on { sign } else { ' ' };
                    let signs = [
                        sign(text.bold, '*'),
                        sign(text.size.0 == 2, '#'),
                        sign(text.size.1 == 2, '^'),
                    ];
                    let left = if text.centred {
                        (columns - text.columns) / 2
                    } else {
                        0
                    };
                    let signs: String = signs.iter().collect();
                    writeln!(picture, "{signs}|{}{}", " ".repeat(left), text.text).unwrap();
                }
                Mark::Code { data, module } => {
                    writeln!(picture, "   |[code {data}, {module} dots a module]").unwrap();
                }
                Mark::Picture(rows) => {
                    let across = rows.first().map_or(0, Vec::len);
                    writeln!(picture, "   |[picture {across}x{}]", rows.len()).unwrap();
                }
            }
        }
        writeln!(picture, "   |{:?}", self.ends).unwrap();
        picture
    }

    /// Paints the slip as a grey picture: codes dot by dot, rows of text as empty paper of their height.
    pub(crate) fn paint(&self, path: &Path) {
        let mut rows: Vec<Vec<bool>> = Vec::new();
        for mark in &self.marks {
            match mark {
                Mark::Text(text) => rows.extend(vec![vec![false; self.dots]; 30 * text.size.1]),
                Mark::Code { data, module } => {
                    let modules = modules(data);
                    for row in &modules {
                        let dots: Vec<bool> = row.iter().flat_map(|d| vec![*d; *module]).collect();
                        rows.extend(vec![self.centred(&dots); *module]);
                    }
                }
                Mark::Picture(picture) => rows.extend(picture.iter().map(|row| self.centred(row))),
            }
        }
        let mut pgm = format!("P5 {} {} 255\n", self.dots, rows.len()).into_bytes();
        pgm.extend(
            rows.iter()
                .flatten()
                .map(|black| if *black { 0 } else { 255 }),
        );
        fs::write(path, pgm).unwrap();
    }

    fn centred(&self, row: &[bool]) -> Vec<bool> {
        let left = (self.dots - row.len()) / 2;
        let mut line = vec![false; left];
        line.extend_from_slice(row);
        line.resize(self.dots, false);
        line
    }
}

/// A byte that must be there.
trait ExpectByte<T> {
    fn expect_byte(self) -> T;
}

impl<T> ExpectByte<T> for Option<T> {
    fn expect_byte(self) -> T {
        self.unwrap_or_else(|| panic!("a command without its end"))
    }
}
