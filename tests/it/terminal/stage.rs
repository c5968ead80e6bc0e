//! A stage: an X server that shows nothing, one real terminal of 64x16 cells at 42 pixels on it, the real program in it.
//! The hand and the camera are the X server's; what is in the terminal's own buffer comes from the terminal itself.

use super::picture::Picture;
use super::players::{NOBODY, Player, as_user, foot, script, serve, window, xterm};
use super::tools::run;
use crate::folder::Folder;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;
use unicode_width::UnicodeWidthStr as _;

/// The smallest screen that the kiosk promises to fit: columns and rows.
pub(crate) const GRID: (u16, u16) = (64, 16);
/// Longer than the kiosk is deaf after a change of screen (`deaf-ms`, 500), in milliseconds.
const DEAF_MS: u64 = 700;
/// Longer than the kiosk wants a screen to be read before what cannot be undone.
pub(crate) const ARMS_MS: u64 = 1_300;
/// How a person types, in milliseconds from key to key; faster is a scanner, or a key that bounces.
const PACE_MS: &str = "150";
/// How long a finger stays.
const TAP_MS: u64 = 90;
/// How often to look, and how long it may take on a busy machine.
pub(crate) const LOOK_MS: u64 = 100;
const LOOKS: u64 = 200;

/// A terminal emulator that stations use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Terminal {
    /// Full screen in cage, on Wayland.
    Foot,
    /// On X11.
    Xterm,
}

pub(crate) fn pause(ms: u64) {
    thread::sleep(Duration::from_millis(ms));
}

/// Looks until there is something to see, but not for ever.
fn until<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    (0..LOOKS).find_map(|_| {
        let found = look();
        if found.is_none() {
            pause(LOOK_MS);
        }
        found
    })
}

/// A program in a terminal. The terminal goes first, then the server, then the folder.
pub(crate) struct Stage {
    _terminal: Player,
    _server: Player,
    dir: Folder,
    kind: Terminal,
    display: String,
    window: String,
    /// Width and height of a cell in pixels, as the terminal says.
    pub(crate) cell: (usize, usize),
}

impl Stage {
    /// Starts the program with these arguments.
    pub(crate) fn open(kind: Terminal, args: &[&str]) -> Self {
        let stage = Self::prepare(kind, |_| ());
        stage.play(args);
        stage
    }

    /// A stage on which nobody plays yet; its folder can be filled.
    pub(crate) fn prepare(kind: Terminal, fill: impl FnOnce(&Path)) -> Self {
        let dir = folder();
        fill(&dir.join("home"));
        script(&dir);
        // On a busy machine two servers may choose the same number, and one goes without a word.
        let open = |_| {
            let (server, display) = serve(&dir);
            let terminal = Player(match kind {
                Terminal::Foot => foot(&dir, &display),
                Terminal::Xterm => xterm(&dir, &display),
            });
            let window = until(|| window(&display))?;
            Some((server, terminal, display, window))
        };
        let (server, terminal, display, window) = (0..3).find_map(open).expect("a window");
        let mut stage = Self {
            _terminal: terminal,
            _server: server,
            dir,
            kind,
            display,
            window,
            cell: (0, 0),
        };
        stage.cell = until(|| stage.cell_size()).expect("the size of a cell");
        if kind == Terminal::Foot {
            let size = [stage.wide(), stage.high()].map(|size| size.to_string());
            stage.tool(
                "xdotool",
                &["windowsize", &stage.window, &size[0], &size[1]],
            );
            pause(500);
        }
        stage.tool("xdotool", &["windowfocus", &stage.window]);
        stage.park();
        stage
    }

    /// Starts the program in the window, which has its size; `{dir}` is the folder of the stage.
    pub(crate) fn play(&self, args: &[&str]) {
        let home = self.dir();
        let args = args.join(" ").replace("{dir}", home.to_str().unwrap());
        let part = self.dir.join("part");
        fs::write(&part, args).unwrap();
        fs::rename(part, self.dir.join("go")).unwrap();
    }

    fn wide(&self) -> usize {
        self.cell.0 * usize::from(GRID.0)
    }

    fn high(&self) -> usize {
        self.cell.1 * usize::from(GRID.1)
    }

    /// The folder in which the program has its temporary ones.
    pub(crate) fn dir(&self) -> PathBuf {
        self.dir.join("home")
    }

    /// The program, beside the one in the terminal, as the same user.
    pub(crate) fn program(&self) -> Command {
        let program = self.dir.join("wenming");
        as_user(program.to_str().unwrap(), &self.dir())
    }

    /// Runs the program beside the one in the terminal.
    pub(crate) fn beside(&self, args: &[&str]) -> Output {
        self.program().args(args).output().unwrap()
    }

    fn tool(&self, program: &str, args: &[&str]) -> Vec<u8> {
        run(&self.display, program, args)
    }

    /// What the terminal says of its cells: foot in its log, xterm in the hints to a window manager.
    fn cell_size(&self) -> Option<(usize, usize)> {
        let (said, before, between) = match self.kind {
            Terminal::Foot => (
                fs::read(self.dir.join("log")).unwrap(),
                "cell width=",
                ", height=",
            ),
            Terminal::Xterm => (
                self.tool("xprop", &["-id", &self.window, "WM_NORMAL_HINTS"]),
                "resize increment: ",
                " by ",
            ),
        };
        let said = String::from_utf8_lossy(&said).into_owned();
        let (width, rest) = said.rsplit_once(before)?.1.split_once(between)?;
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        Some((width.parse().ok()?, rest[..digits].parse().ok()?))
    }

    /// Moves the pointer out of the picture.
    fn park(&self) {
        let corner = [self.wide() - 1, self.high() - 1].map(|at| at.to_string());
        self.tool("xdotool", &["mousemove", &corner[0], &corner[1]]);
    }

    /// Takes a picture. An old wlroots shows a frame only when asked to.
    pub(crate) fn picture(&self) -> Picture {
        if self.kind == Terminal::Foot {
            self.tool("xrefresh", &[]);
        }
        pause(300);
        let ppm = self.tool("import", &["-window", &self.window, "-depth", "8", "ppm:-"]);
        Picture::read(ppm, GRID)
    }

    /// The rows in the terminal's own buffer: F12 is the terminal's key here, the program never sees it.
    pub(crate) fn rows(&self) -> Vec<String> {
        until(|| {
            self.tool("xdotool", &["key", "F12"]);
            let rows = (0..20).find_map(|_| {
                pause(50);
                self.dumped()
            });
            self.dump().map(fs::remove_file).transpose().unwrap();
            rows
        })
        .expect("the terminal's buffer")
    }

    fn dump(&self) -> Option<PathBuf> {
        fs::read_dir(self.dir()).unwrap().find_map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name()?.to_str()?;
            name.starts_with("dump").then_some(path)
        })
    }

    /// The rows, once they are all there: between a clearing and a painting there are fewer.
    fn dumped(&self) -> Option<Vec<String>> {
        let text = fs::read_to_string(self.dump()?).ok()?;
        // xterm writes a sign that is no character after each wide one.
        let text = text.replace('\u{FFFF}', "");
        let rows: Vec<_> = text.lines().map(|row| row.trim_end().to_owned()).collect();
        (rows.len() == usize::from(GRID.1)).then_some(rows)
    }

    /// Waits until the terminal shows every one of these.
    pub(crate) fn sees(&self, wanted: &[&str]) {
        let mut last = String::new();
        for _ in 0..LOOKS {
            last = self.rows().join("\n");
            if wanted.iter().all(|text| last.contains(text)) {
                return;
            }
            pause(LOOK_MS);
        }
        panic!("{:?}: no {wanted:?} in\n{last}", self.kind);
    }

    /// The column and the row, from 0, where a text begins; the last of several.
    pub(crate) fn find(&self, text: &str) -> (usize, usize) {
        let rows = self.rows();
        let mut all = rows.iter().enumerate().rev();
        let found = all.find_map(|(y, row)| Some((row[..row.rfind(text)?].width(), y)));
        found.unwrap_or_else(|| panic!("no {text:?} in\n{}", rows.join("\n")))
    }

    /// Touches the label of a button, as soon as the kiosk listens.
    pub(crate) fn touch(&self, label: &str) {
        let (column, row) = self.find(label);
        pause(DEAF_MS);
        let x = column * self.cell.0 + self.cell.0 / 2;
        let y = row * self.cell.1 + self.cell.1 / 2;
        let [x, y] = [x, y].map(|at| at.to_string());
        self.tool("xdotool", &["mousemove", &x, &y, "mousedown", "1"]);
        pause(TAP_MS);
        self.tool("xdotool", &["mouseup", "1"]);
        self.park();
    }

    /// Presses keys, by their X names, as soon as the kiosk listens.
    pub(crate) fn keys(&self, keys: &[&str]) {
        for key in keys {
            pause(DEAF_MS);
            self.tool("xdotool", &["key", key]);
        }
    }

    /// Types digits at a person's pace, and Enter.
    pub(crate) fn types(&self, digits: &str) {
        pause(DEAF_MS);
        self.tool("xdotool", &["type", "--delay", PACE_MS, digits]);
        pause(TAP_MS);
        self.tool("xdotool", &["key", "Return"]);
    }
}

/// A new folder, with `home` in it for the user of the terminal, and the program where that user can read it.
fn folder() -> Folder {
    let dir = Folder::new("stage");
    let home = dir.join("home");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&dir, Permissions::from_mode(0o711)).unwrap();
    fs::set_permissions(&home, Permissions::from_mode(0o700)).unwrap();
    if rustix::process::geteuid().is_root() {
        chown(&home, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_wenming"));
    let copy = dir.join("wenming");
    fs::hard_link(program, &copy)
        .or_else(|_| fs::copy(program, &copy).map(|_| ()))
        .unwrap();
    dir
}
