//! What ratatui paints on: the terminal, never larger than a screen can be, and never asked anything.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use rustix::termios::tcgetwinsize;
use std::io::{self, Stdout, stdout};

/// The most columns and rows that are painted. A terminal may report 65535 of each, and a buffer of that size would be
/// 200 GB; what lies beyond stays empty.
pub(super) const MOST: Size = Size::new(500, 200);

/// The terminal as a place to paint on.
pub(super) struct Canvas(CrosstermBackend<Stdout>);

impl Canvas {
    /// The terminal of standard output.
    pub(super) fn new() -> Self {
        Self(CrosstermBackend::new(stdout()))
    }
}

/// The size of the terminal in cells, as far as it is painted.
///
/// # Errors
/// Standard output is no terminal.
pub(super) fn size() -> io::Result<Size> {
    let size = tcgetwinsize(stdout())?;
    Ok(Size::new(
        size.ws_col.min(MOST.width),
        size.ws_row.min(MOST.height),
    ))
}

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // The terminal's answer would come among the keys.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.0)
    }
}
