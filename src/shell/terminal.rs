//! The real terminal: taken over whole, given back on every way out.

use crate::view::Page;
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::layout::Rect;
use std::io::{self, Stdout, Write as _, stdout};

/// The terminal while the program has it.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
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
        execute!(
            stdout(),
            EnterAlternateScreen,
            EnableMouseCapture,
            EnableBracketedPaste,
            Hide
        )?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(Self { terminal })
    }

    /// The size in cells.
    pub(super) fn area(&self) -> io::Result<Rect> {
        let size = self.terminal.size()?;
        Ok(Rect::new(0, 0, size.width, size.height))
    }

    /// Paints a page.
    pub(super) fn draw(&mut self, page: &Page) -> io::Result<()> {
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
fn give_back() {
    let shown = execute!(
        stdout(),
        DisableBracketedPaste,
        DisableMouseCapture,
        LeaveAlternateScreen,
        Show
    );
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
        for end in ["\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l", "\x1b[?2004l"] {
            assert!(after.contains(end), "no {end:?} in {text:?}");
        }
        let (_, said) = after.split_once("\x1b[?1049l").unwrap();
        assert!(
            said.contains("a bug"),
            "the message must stay readable: {text:?}"
        );
    }
}
