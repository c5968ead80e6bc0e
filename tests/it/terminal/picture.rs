//! What the camera saw: pixels, read back without the help of the program that painted them.

use crate::equipment::tool;
use ratatui::style::Color;
use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Red, green, blue.
pub(crate) type Rgb = [u8; 3];

/// A picture of a whole terminal.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Columns and rows.
    grid: (usize, usize),
    pixels: Vec<Rgb>,
    /// The same in the format that it came in.
    ppm: Vec<u8>,
}

impl Picture {
    /// Reads a binary portable pixmap with 8 bits a colour: `P6 width height 255`, then the pixels.
    pub(crate) fn read(ppm: Vec<u8>, grid: (u16, u16)) -> Self {
        let mut numbers = Vec::new();
        let mut at = 2;
        assert_eq!(&ppm[..2], b"P6");
        while numbers.len() < 3 {
            let digits = ppm[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 0 {
                let number = std::str::from_utf8(&ppm[at..at + digits]).unwrap();
                numbers.push(number.parse::<usize>().unwrap());
            }
            at += digits + 1;
        }
        assert_eq!(numbers[2], 255, "8 bits a colour");
        let pixels: Vec<Rgb> = ppm[at..].as_chunks::<3>().0.to_vec();
        assert_eq!(pixels.len(), numbers[0] * numbers[1]);
        Self {
            width: numbers[0],
            height: numbers[1],
            grid: (grid.0.into(), grid.1.into()),
            pixels,
            ppm,
        }
    }

    /// The pixels of some cells of one row; column and row count from 0.
    pub(crate) fn cells(&self, (column, row): (usize, usize), columns: usize) -> Vec<Rgb> {
        let (wide, high) = (self.width / self.grid.0, self.height / self.grid.1);
        let lines = row * high..(row + 1) * high;
        lines
            .flat_map(|y| {
                let from = y * self.width + column * wide;
                self.pixels[from..from + wide * columns].to_vec()
            })
            .collect()
    }

    /// The colour of an empty cell, which must have one only.
    pub(crate) fn colour(&self, at: (usize, usize)) -> Rgb {
        let cell = self.cells(at, 1);
        let all: HashSet<&Rgb> = cell.iter().collect();
        assert_eq!(all.len(), 1, "cell {at:?} is not of one colour: {all:?}");
        cell[0]
    }

    /// How many pixels have exactly this colour.
    pub(crate) fn count(&self, colour: Rgb) -> usize {
        self.pixels.iter().filter(|pixel| **pixel == colour).count()
    }

    /// Writes it as PNG, fast rather than small.
    pub(crate) fn save(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut convert = Command::new(tool("convert"))
            .args(["ppm:-", "-define", "png:compression-level=2"])
            .arg(format!("png24:{}", path.display()))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        convert.stdin.take().unwrap().write_all(&self.ppm).unwrap();
        assert!(convert.wait().unwrap().success(), "{}", path.display());
    }
}

/// What an indexed colour from 16 to 255 looks like: a cube of six steps, then 24 greys, as xterm has them.
pub(crate) fn rgb(colour: Color) -> Rgb {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let Color::Indexed(index @ 16..) = colour else {
        unreachable!("the palette has indexed colours only, not {colour:?}");
    };
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = usize::from(index) - 16;
    [cube / 36, cube / 6 % 6, cube % 6].map(|step| STEPS[step])
}
