//! The real terminal: taken over whole, given back on every way out.

use crate::domain::Theme;
use crate::shell::canvas::Canvas;
use crate::view::Page;
use ratatui::Terminal;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableMouseCapture};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::layout::{Position, Rect};
use std::io::{self, Write as _, stdout};

/// The terminal while the program has it.
pub(super) struct Screen {
    terminal: Terminal<Canvas>,
    /// The theme of what is on the glass.
    theme: Theme,
}

impl Screen {
    /// Takes the terminal over; a panic of any thread gives it back and ends the program.
    pub(super) fn open() -> io::Result<Self> {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            before(panic);
            // A thread that died leaves the station half alive; a new start is whole.
            std::process::exit(101);
        }));
        enable_raw_mode()?;
        // A paste in brackets would be one more thing with an end to wait for; a program before may have asked for it.
        execute!(
            stdout(),
            EnterAlternateScreen,
            DisableBracketedPaste,
            EnableMouseCapture,
            Hide
        )?;
        let terminal = Terminal::new(Canvas::new())?;
        Ok(Self {
            terminal,
            theme: Theme::default(),
        })
    }

    /// The size in cells.
    pub(super) fn area(&self) -> io::Result<Rect> {
        Ok(Rect::from((Position::ORIGIN, self.terminal.size()?)))
    }

    /// Paints a page: what has changed, and all of it where the theme has. A font's blocks may reach
    /// a hairline over their cells, and what they leave there shows on other colours only.
    pub(super) fn draw(&mut self, page: &Page) -> io::Result<()> {
        if page.theme != self.theme {
            self.theme = page.theme;
            // Terminal::clear would ask where the cursor is, which the canvas does not.
            self.terminal.resize(self.area()?)?;
        }
        self.terminal.draw(|frame| page.paint(frame.buffer_mut()))?;
        Ok(())
    }
}

/// Rings the terminal's bell so often.
pub(super) fn ring(times: u8) -> io::Result<()> {
    if times == 0 {
        return Ok(());
    }
    let mut out = stdout();
    out.write_all("\x07".repeat(times.into()).as_bytes())?;
    out.flush()
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back as it was. Twice does no harm.
pub(super) fn give_back() {
    let shown = execute!(stdout(), DisableMouseCapture, LeaveAlternateScreen, Show);
    // There is nobody left to tell when the terminal itself is gone.
    shown.and(disable_raw_mode()).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use pty_process::blocking::{Command, open};
    use rustix::termios::{LocalModes, tcgetattr};
    use std::io::Read as _;

    /// Set in the process that panics.
    const PANICS: &str = "WENMING_TEST_PANICS";

    /// The test runs itself again in a terminal of its own, and there a thread that is not the main one panics.
    #[test]
    fn a_panic_of_any_thread_gives_the_terminal_back() {
        if std::env::var_os(PANICS).is_some() {
            let _screen = Screen::open().unwrap();
            let ended = std::thread::spawn(|| panic!("a bug")).join();
            unreachable!("the program must end with its first panic: {ended:?}");
        }
        let (mut pty, pts) = open().unwrap();
        pty.resize(pty_process::Size::new(16, 64)).unwrap();
        let name = "shell::terminal::tests::a_panic_of_any_thread_gives_the_terminal_back";
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(PANICS, "1")
            .spawn_borrowed(&pts)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(101));
        let modes = tcgetattr(&pts).unwrap().local_modes;
        assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG));
        // With the last holder of its other side gone, the line ends after what is still in it.
        drop(pts);
        let mut bytes = Vec::new();
        let mut buffer = [0; 8_192];
        while let Ok(n @ 1..) = pty.read(&mut buffer) {
            bytes.extend_from_slice(&buffer[..n]);
        }
        let text = String::from_utf8_lossy(&bytes);
        let (_, after) = text.split_once("\x1b[?1049h").unwrap();
        assert!(
            !text.contains("\x1b[?2004h"),
            "pastes in brackets: {text:?}"
        );
        for end in ["\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l"] {
            assert!(after.contains(end), "no {end:?} in {text:?}");
        }
        let (_, said) = after.split_once("\x1b[?1049l").unwrap();
        assert!(
            said.contains("a bug"),
            "the message must stay readable: {text:?}"
        );
    }
}
