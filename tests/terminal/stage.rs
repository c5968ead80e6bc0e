//! A stage: an X server that shows nothing, one real terminal of 64x16 cells at 42 pixels on it, the real program in it.
//! The hand and the camera are the X server's; what is in the terminal's own buffer comes from the terminal itself.

use crate::picture::Picture;
use crate::tools::{equip, run};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;
use unicode_width::UnicodeWidthStr as _;

/// The smallest screen that the kiosk promises to fit: columns and rows.
pub(crate) const GRID: (u16, u16) = (64, 16);
/// The font of a station with a screen of 15.6 inches, in pixels.
const FONT_PX: u16 = 42;
/// The user that cage runs as when the test is root, which cage refuses to be.
const NOBODY: u32 = 65_534;
/// Longer than the kiosk is deaf after a change of screen (`deaf-ms`, 500), in milliseconds.
const DEAF_MS: u64 = 700;
/// Longer than the kiosk wants a screen to be read before what cannot be undone.
pub(crate) const ARMS_MS: u64 = 1_300;
/// How a person types, in milliseconds from key to key; faster is a scanner, or a key that bounces.
const PACE_MS: &str = "150";
/// How long a finger stays.
const TAP_MS: u64 = 90;
/// How often to look, and how long it may take on a busy machine.
const LOOK_MS: u64 = 100;
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

/// A process that goes with the stage: asked first, then made to.
struct Player(Child);

impl Drop for Player {
    fn drop(&mut self) {
        let pid = Pid::from_child(&self.0);
        let _gone = kill_process(pid, Signal::TERM);
        for _ in 0..20 {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            pause(LOOK_MS);
        }
        self.0.kill().unwrap_or_default();
        self.0.wait().map(|_| ()).unwrap_or_default();
    }
}

/// A folder that goes away with the stage.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
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
        equip();
        let dir = folder();
        fill(&dir.0.join("home"));
        script(&dir.0);
        // On a busy machine two servers may choose the same number, and one goes without a word.
        let open = |_| {
            let (server, display) = serve(&dir.0);
            let terminal = Player(match kind {
                Terminal::Foot => foot(&dir.0, &display),
                Terminal::Xterm => xterm(&dir.0, &display),
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
        let part = self.dir.0.join("part");
        fs::write(&part, args).unwrap();
        fs::rename(part, self.dir.0.join("go")).unwrap();
    }

    fn wide(&self) -> usize {
        self.cell.0 * usize::from(GRID.0)
    }

    fn high(&self) -> usize {
        self.cell.1 * usize::from(GRID.1)
    }

    /// The folder in which the program has its temporary ones.
    pub(crate) fn dir(&self) -> PathBuf {
        self.dir.0.join("home")
    }

    /// Runs the program beside the one in the terminal, as the same user.
    pub(crate) fn beside(&self, args: &[&str]) -> Output {
        let program = self.dir.0.join("wenming");
        as_user(program.to_str().unwrap(), &self.dir())
            .args(args)
            .output()
            .unwrap()
    }

    fn tool(&self, program: &str, args: &[&str]) -> Vec<u8> {
        run(&self.display, program, args)
    }

    /// What the terminal says of its cells: foot in its log, xterm in the hints to a window manager.
    fn cell_size(&self) -> Option<(usize, usize)> {
        let (said, before, between) = match self.kind {
            Terminal::Foot => (
                fs::read(self.dir.0.join("log")).unwrap(),
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
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("wenming-stage-{}-{n}", std::process::id()));
    let _none = fs::remove_dir_all(&dir);
    let home = dir.join("home");
    fs::create_dir_all(&home).unwrap();
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
    Folder(dir)
}

/// Starts the X server, which chooses its own number.
fn serve(dir: &Path) -> (Player, String) {
    let mut child = Command::new("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            "2048x1200x24",
        ])
        .stdout(Stdio::piped())
        .stderr(File::create(dir.join("xvfb.log")).unwrap())
        .spawn()
        .unwrap();
    let mut number = String::new();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut number).unwrap();
    assert!(!number.trim().is_empty(), "Xvfb did not start");
    (Player(child), format!(":{}", number.trim()))
}

/// What the terminal runs: it waits to be told the arguments, none of which has a blank.
fn script(dir: &Path) {
    let home = dir.join("home");
    let path = dir.join("run");
    let (dir, home) = (dir.to_str().unwrap(), home.to_str().unwrap());
    let text = format!(
        "#!/bin/sh\nuntil [ -e {dir}/go ]; do sleep 0.05; done\nTMPDIR={home}; export TMPDIR\ncd {home}\n\
         exec {dir}/wenming $(cat {dir}/go)\n"
    );
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
}

/// A command as the user who may run cage, with a home and a place for Wayland's socket.
fn as_user(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    if rustix::process::geteuid().is_root() {
        command = Command::new("setpriv");
        let nobody = NOBODY.to_string();
        command
            .args(["--reuid", &nobody, "--regid", &nobody, "--clear-groups"])
            .arg(program);
    }
    command
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", home)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("WAYLAND_DISPLAY");
    command
}

/// How far to raise the glyphs, in hundredths of the font's size, so that they stand where `kiosk-config/deploy/foot.ini` puts
/// them: a foot of Debian 12, 1.13, does not centre them in a line of a given height as later ones do.
fn raise() -> u16 {
    let said = run("", "foot", &["--version"]);
    let said = String::from_utf8_lossy(&said).into_owned();
    if said.contains(" 1.13.") { 27 } else { 12 }
}

/// foot, full screen in cage, and cage as a window of the X server.
fn foot(dir: &Path, display: &str) -> Child {
    let home = dir.join("home");
    let home_text = home.to_str().unwrap();
    let ini = format!(
        "[main]\nfont=Noto Sans Mono CJK SC:pixelsize={FONT_PX}\nline-height={}px\nvertical-letter-offset=-{}px\npad=0x0\n\
         [tweak]\noverflowing-glyphs=no\n[scrollback]\nlines=0\n[mouse]\nhide-when-typing=yes\n\
         [key-bindings]\npipe-visible=[sh -c \"cat > {home_text}/part; mv {home_text}/part {home_text}/dump\"] F12\n",
        FONT_PX * 113 / 100,
        FONT_PX * raise() / 100,
    );
    let path = dir.join("foot.ini");
    fs::write(&path, ini).unwrap();
    let log = File::create(dir.join("log")).unwrap();
    as_user("cage", &home)
        .args(["--", "foot", "-d", "info", "-F", "-c"])
        .args([&path, &dir.join("run")])
        .env("DISPLAY", display)
        .env("WLR_BACKENDS", "x11")
        .env("WLR_RENDERER", "pixman")
        .env("WLR_X11_OUTPUTS", "1")
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// xterm, whose cells are as tall as its font wants them.
fn xterm(dir: &Path, display: &str) -> Child {
    let home = dir.join("home");
    let dump = home.join("dump");
    let dump = dump.to_str().unwrap();
    let (columns, rows) = GRID;
    let mut command = as_user("xterm", &home);
    command
        .env("DISPLAY", display)
        .args(["-geometry", &format!("{columns}x{rows}+0+0")])
        .args(["-b", "0", "-bw", "0", "+sb", "-u8"])
        .args(["-fa", &format!("DejaVu Sans Mono:pixelsize={FONT_PX}")])
        .args(["-fd", &format!("Noto Sans Mono CJK SC:pixelsize={FONT_PX}")]);
    for resource in [
        "pointerMode: 3",
        "printModeImmediate: 0",
        "printOptsImmediate: 0",
        "VT100.translations: #override <Key>F12: print-immediate()",
        &format!("printFileImmediate: {dump}"),
    ] {
        command.args(["-xrm", &format!("XTerm*{resource}")]);
    }
    command
        .arg("-e")
        .arg(dir.join("run"))
        .stdout(Stdio::null())
        .stderr(File::create(dir.join("log")).unwrap())
        .spawn()
        .unwrap()
}

/// The one window of some size that the server shows.
fn window(display: &str) -> Option<String> {
    let children = Command::new("xwininfo")
        .env("DISPLAY", display)
        .args(["-root", "-children"])
        .output()
        .unwrap();
    let children = String::from_utf8_lossy(&children.stdout).into_owned();
    let ids = children.lines().filter_map(|line| {
        let id = line.trim_start().split(' ').next()?;
        let large = !line.contains(" 1x1+") && id.starts_with("0x");
        large.then(|| id.to_owned())
    });
    // A window may go between the two questions.
    let mut shown = ids.filter(|id| {
        let said = Command::new("xwininfo")
            .env("DISPLAY", display)
            .args(["-id", id])
            .output()
            .unwrap();
        String::from_utf8_lossy(&said.stdout).contains("IsViewable")
    });
    shown.next()
}
